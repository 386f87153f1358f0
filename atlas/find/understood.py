"""What a question asks for: places, laws, authorities, a power, a kind of act, a day, and what about them."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from atlas.charts.options import is_shown
from atlas.find.folding import Unit, key, units
from atlas.find.index import Index
from atlas.find.names import BODY, LAW, PLACE, Meant, Names, Seen, used
from atlas.tables.atlas import Atlas
from atlas.words import texts

MOST_UNITS = 40


@dataclass(frozen=True)
class Understood:
    """A question in its parts.

    Attributes:
        places, laws, bodies: ids in the order in which they are named.
        power: what the law is asked about, or empty.
        action: the kind of act that is asked about, or empty.
        about: which of `intents` in data/texts/find.json it speaks of.
        day: ISO day that it names, or empty.
        words: its words, folded.
        rest: those of them that are none of these, and say something.
        named: whether it names anything.
        nearly: names that were understood although they are mistyped, as they are written.
    """

    places: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    power: str = ""
    action: str = ""
    about: frozenset[str] = frozenset()
    day: str = ""
    words: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    named: bool = False
    nearly: tuple[str, ...] = field(default=(), compare=False)


@cache
def _phrases(part: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """By their units, the phrases of a part of data/texts/find.json, each with all terms that it stands for."""
    found: dict[tuple[str, ...], list[str]] = {}
    for term, phrases in texts()["find"][part].items():
        for phrase in phrases:
            found.setdefault(key(phrase), []).append(term)
    return {units: tuple(terms) for units, terms in found.items()}


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing of what is looked for."""
    return frozenset(word for phrase in texts()["find"]["stop"] for word in key(phrase))


def understand(atlas: Atlas, named: Names, index: Index, question: str) -> Understood:
    """Takes a question apart; of a very long one the beginning."""
    found = units(question)[:MOST_UNITS]
    free = [True] * len(found)
    day = _day(atlas, found, free)
    seen = [one for one in named.exact(found, question.isupper()) if _is_meant(found, one)]
    seen = [one for one in seen if all(free[one.start : one.end])]
    words = [unit.folded for unit in found]
    seen = [
        one
        for one in seen
        if not _is_any_law(atlas, one, words, _ids(it.meant for it in seen if it.meant.kind == PLACE))
    ]
    _take(free, seen)
    unknown = [not index.begins(unit.folded) for unit in found]
    near = named.nearly(found, free, unknown)
    _take(free, near)
    seen = sorted([*seen, *near], key=lambda one: one.start)
    places = _ids(one.meant for one in seen if one.meant.kind == PLACE)
    powers, actions, about = (_terms(part, words, free) for part in ("powers", "actions", "intents"))
    taken = _taken(words, free)
    return Understood(
        places=places,
        laws=_deciding(seen, LAW, places, *used(atlas, LAW)),
        bodies=_deciding(seen, BODY, places, *used(atlas, BODY)),
        power=next(iter(powers), ""),
        action=next(iter(actions), ""),
        about=frozenset(about),
        day=day,
        words=tuple(words),
        rest=tuple(
            word for word, open_, used in zip(words, free, taken) if open_ and not used and word not in stop_words()
        ),
        named=bool(seen),
        nearly=tuple(one.nearly for one in near),
    )


def _take(free: list[bool], seen: Iterable[Seen]) -> None:
    for one in seen:
        free[one.start : one.end] = [False] * (one.end - one.start)


def _is_meant(found: list[Unit], one: Seen) -> bool:
    """Whether `us` is the country and not those who ask."""
    unit = found[one.start]
    if one.end - one.start == 1 and unit.typed == "us":
        before = found[one.start - 1].folded if one.start else ""
        return before not in texts()["find"]["pronoun_after"]
    return True


def _is_any_law(atlas: Atlas, one: Seen, words: list[str], places: tuple[str, ...]) -> bool:
    """Whether a law's name means laws at large: `AI law`, or a general name beside a place without such a law."""
    if one.meant.kind != LAW:
        return False
    written, (home, _) = tuple(words[one.start : one.end]), used(atlas, LAW)
    if _related(atlas, places) & {home[law] for law in one.meant.ids}:
        return False
    general = set(written) <= set(texts()["find"]["generic"])
    return general and (bool(places) or written in _phrases("intents"))


def _related(atlas: Atlas, places: tuple[str, ...]) -> set[str]:
    """Places, with the federations and unions that they belong to."""
    above = {atlas.jurisdictions.at[place, "parent_id"] for place in places}
    unions = {
        row["organisation_id"] for place in places for row in atlas.rows_of("memberships", "jurisdiction_id", place)
    }
    return {*places, *above, *unions} - {""}


def _ids(meant: Iterable[Meant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(identity for one in meant for identity in one.ids))


def _deciding(
    seen: list[Seen], kind: str, places: tuple[str, ...], home: Mapping[str, str], use: Mapping[str, int]
) -> tuple[str, ...]:
    """One thing for each name: of several that have it the one of a place named, else the one that was used most."""
    found = []
    for one in seen:
        if one.meant.kind == kind:
            mine = [identity for identity in one.meant.ids if home[identity] in places] or one.meant.ids
            found.append(max(mine, key=lambda identity: use.get(identity, 0)))
    return tuple(dict.fromkeys(found))


def _terms(part: str, words: list[str], free: list[bool]) -> list[str]:
    """Terms that a question speaks of, those of the longest phrase first, then in the order of the file."""
    phrases, order = _phrases(part), list(texts()["find"][part])
    found: dict[str, int] = {}
    for width in range(min(len(words), max(map(len, phrases))), 0, -1):
        for at in range(len(words) - width + 1):
            if all(free[at : at + width]):
                for term in phrases.get(tuple(words[at : at + width]), ()):
                    found.setdefault(term, width)
    return sorted(found, key=lambda term: (-found[term], order.index(term)))


def _taken(words: list[str], free: list[bool]) -> list[bool]:
    """For each word, whether a phrase of ours has it."""
    taken = [False] * len(words)
    for part in ("powers", "actions", "intents"):
        phrases = _phrases(part)
        for width in range(min(len(words), max(map(len, phrases))), 0, -1):
            for at in range(len(words) - width + 1):
                if all(free[at : at + width]) and tuple(words[at : at + width]) in phrases:
                    taken[at : at + width] = [True] * width
    return taken


@cache
def _months() -> Mapping[str, int]:
    prose = texts()["find"]
    return {name: number % 12 + 1 for number, name in enumerate([*prose["months"], *prose["months_short"]])}


def _day(atlas: Atlas, found: list[Unit], free: list[bool]) -> str:
    """A day of the case that the question names; takes its units. A month stands for its last day."""
    words = [unit.folded for unit in found]
    for at in range(len(words)):
        for width, day in _dates(words[at : at + 3]):
            if day and is_shown(atlas, day):
                free[at : at + width] = [False] * width
                return day
    return ""


def _dates(part: list[str]) -> Iterable[tuple[int, str]]:
    """Days that up to three units can stand for, with how many units that takes."""
    first, second, third = [*part, "", "", ""][:3]
    months = _months()
    if len(first) == 4 and _number(first) and _number(second) and _number(third):
        yield 3, f"{first}-{second:0>2}-{third:0>2}"
    if _number(first) and second in months and len(third) == 4 and _number(third):
        yield 3, f"{third}-{months[second]:02d}-{first:0>2}"
    if first in months and _number(second) and len(third) == 4 and _number(third):
        yield 3, f"{third}-{months[first]:02d}-{second:0>2}"
    if first in months and len(second) == 4 and _number(second):
        last = calendar.monthrange(int(second), months[first])[1] if "1900" < second < "9999" else 0
        yield 2, f"{second}-{months[first]:02d}-{last:02d}"


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit()
