"""What a question finds: the view it opens, a sentence that answers it, and records by kind."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from atlas.charts.options import LONGEST_TEXT
from atlas.find.answers import Answer, answer
from atlas.find.folding import words
from atlas.find.index import Index, index
from atlas.find.names import names
from atlas.find.records import KINDS, TABLE, Entry
from atlas.find.understood import Understood, stop_words, understand
from atlas.find.views import Opening, on_day, openings
from atlas.tables.atlas import Atlas
from atlas.words import listed, texts

MOST_VIEWS, MOST_OF_A_KIND = 3, 5
_THINGS = ("places", "laws", "authorities")
# A kind that an address can open by itself, where no rule knows a view.
_OPENED = ("places", "laws", "acts", "authorities", "powers", "events", "sources", "codebook", "searches")


@dataclass(frozen=True)
class Group:
    """Records of one kind, best first; `more` is the address of a page with all of them, empty if these are all."""

    kind: str
    label: str
    entries: tuple[Entry, ...]
    more: str


@dataclass(frozen=True)
class Found:
    """What a question finds.

    Attributes:
        question: as it was read, shortened if it was too long.
        cut: whether it was.
        day: ISO day that the views show: the one that the question names, else the one asked for.
        views: what it opens, the likeliest first.
        answer: a sentence from the tables, if they answer it.
        groups: records by kind.
        meant: names as they were understood, where they were mistyped.
        searched: what was searched; said where nothing is found.
    """

    question: str
    cut: bool
    day: str
    views: tuple[Opening, ...]
    answer: Answer | None
    groups: tuple[Group, ...]
    meant: str
    searched: str

    @property
    def nothing(self) -> bool:
        return not (self.views or self.groups or self.answer)


def find(atlas: Atlas, question: str, day: str = "", release: str = "", other: Atlas | None = None) -> Found:
    """Finds. Nothing of the question is kept.

    Args:
        question: any text.
        day: ISO as-of day that the reader has chosen, for a question that names none; empty for the last day of the
            evidence, which then stands in no address.
        release: version that addresses are to carry; empty for the newest data.
        other: the data whose other names of places are understood, where those of an older release are looked at.
    """
    other, most = other or atlas, MOST_OF_A_KIND
    held = index(atlas, other)
    text = " ".join(question[: LONGEST_TEXT * 4].split())
    text, cut = text[:LONGEST_TEXT], len(text) > LONGEST_TEXT or len(question) > LONGEST_TEXT * 4
    asked = understand(atlas, names(atlas, other), held, text)
    chosen = asked.day or day
    day = chosen or atlas.package.evidence_to
    entries, whole = _entries(atlas, held, text, asked, most + 1)
    views = openings(atlas, asked) or (_best(entries, held, text) if whole else [])
    if not views and not whole:
        entries = _loosely(held, asked, text, most + 1)
    said = answer(atlas, asked, day)
    return Found(
        question=text,
        cut=cut,
        day=day,
        views=tuple(Opening(one.words, on_day(one.path, chosen, release)) for one in views[:MOST_VIEWS]),
        answer=said and _dated(said, chosen, release),
        groups=tuple(
            _group(kind, entries[kind], most, text, (chosen, day), release) for kind in KINDS if kind in entries
        ),
        meant=listed([_capitals(name) for name in asked.nearly]),
        searched=searched(atlas, other),
    )


def searched(atlas: Atlas, other: Atlas) -> str:
    """What is searched, in numbers; arguments as of `find`."""
    held = index(atlas, other)
    counts = {kind: f"{held.count(kind):,}" for kind in KINDS}
    return texts()["find"]["searched"].format(names=f"{len(other['names']):,}", version=atlas.package.version, **counts)


def _telling(held: Index, text: str) -> list[str]:
    """The words of a question that say something; all of them if none does."""
    every = [held.forgiven(word) for word in words(text)]
    return [word for word in every if word not in stop_words()] or every


def _entries(atlas: Atlas, held: Index, text: str, asked: Understood, most: int) -> tuple[dict[str, list[Entry]], bool]:
    """Entries that hold every telling word as it was typed, then of the other kinds those that hold what it means.

    Returns:
        Entries by kind, and whether some hold the words as they were typed.
    """
    typed = held.search(_telling(held, text), most=most)
    if not asked.named:
        return typed, bool(typed)
    rest = [word for word in asked.rest if held.begins(word)]
    meant = _meaning(atlas, asked)
    found = held.search([*rest, *meant], most=most)
    if not found and not typed:
        found = held.search(meant, most=most) or held.search((), meant, most=most, kinds=_THINGS)
    return found | typed, bool(typed)


def _meaning(atlas: Atlas, asked: Understood) -> list[str]:
    """Names of what a question means, as the tables write them, with the power that it asks about."""
    called = [atlas.name(place) for place in asked.places]
    called += [atlas.instruments.at[law, "short_name"] for law in asked.laws]
    called += [atlas.authorities.at[body, "name"] for body in asked.bodies]
    if asked.power:
        called.append(atlas.label("power", asked.power))
    return list(dict.fromkeys(words(" ".join(called))))


def _loosely(held: Index, asked: Understood, text: str, most: int) -> dict[str, list[Entry]]:
    """Entries that hold any of the words, for a question that opens nothing."""
    known = [word for word in _telling(held, text) if word in held.known]
    return held.search((), known, most=most)


def _best(entries: dict[str, list[Entry]], held: Index, text: str) -> list[Opening]:
    """The record that a question most likely means, as a view: one whose title holds all its words, else the first."""
    telling = set(_telling(held, text))
    for kind in _OPENED:
        for entry in entries.get(kind, ())[:1]:
            if telling <= set(words(entry.title)):
                return [_opening(entry)]
    first = next((entries[kind][0] for kind in _OPENED if kind in entries), None)
    return [_opening(first)] if first else []


def _opening(entry: Entry) -> Opening:
    label = texts()["find"]["singular"][entry.kind]
    return Opening(texts()["find"]["views_words"]["record"].format(kind=label, title=entry.title), entry.path)


def _group(kind: str, entries: list[Entry], most: int, text: str, days: tuple[str, str], release: str) -> Group:
    """The records of a kind.

    Args:
        days: the day that addresses carry, if any, and the day that is shown.
    """
    chosen, day = days
    later = texts()["find"]["later"]
    shown = tuple(
        replace(
            entry,
            path=on_day(entry.path, chosen if entry.dated else "", release),
            note=f"{entry.note} · {later}" if entry.day > day else entry.note,
        )
        for entry in entries[:most]
    )
    more = ""
    if len(entries) > most and kind in TABLE:
        more = on_day(f"evidence?{urlencode({'table': TABLE[kind], 'find': text})}", "", release)
    return Group(kind, texts()["find"]["kinds"][kind], shown, more)


def _dated(said: Answer, day: str, release: str) -> Answer:
    """Its receipts with the day, where they lead to a view."""
    return replace(said, receipts=tuple(replace(one, path=on_day(one.path, day, release)) for one in said.receipts))


def _capitals(name: str) -> str:
    return name.title() if len(name) > 3 else name.upper()
