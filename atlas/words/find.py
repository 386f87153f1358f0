"""Sentences that answer a question from the tables: who did what, what a law allows, what a word means."""

from collections.abc import Sequence

from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words.grammar import capital, listed, named, number, texts
from atlas.words.laws import law as law_in_words

MOST_NAMED, MOST_ACTS = 12, 3


def power_answer(
    atlas: Atlas, place: str, power: str, said: tuple[str, str], law: str, provision: str, maker: str, day: str
) -> str:
    """What the law of a place says about a power on a day.

    Args:
        said: the state, a key of `states` in data/texts/compare.json, and what limits it, as Compare says it.
        law: short name of the law that decides; empty where nothing was read.
        provision: its article; empty where the sources name none.
        maker: name of whose law it is, if not the place's own.
    """
    state, limit = said
    label = texts()["compare"]["states"][state]["label"]
    under = named(law) if law else ""
    under += (f", {provision}" if provision else "") + (f" (law of {maker})" if maker else "")
    return _said(
        "power_unread" if not law else "power_absent" if state == "absent" else "power",
        power=atlas.label("power", power).lower(),
        name=atlas.name(place, in_sentence=True),
        day=in_words(day),
        state=f"{label} ({limit})" if limit else label,
        law=under,
    )


def body_answer(atlas: Atlas, body: str, acts: Sequence[str], day: str) -> str:
    """What an authority did by a day.

    Args:
        acts: ids of its acts that count, the newest first.
    """
    row = atlas.authorities.loc[body]
    if not acts:
        return _said("body_none", body=row["name"], day=in_words(day))
    rows = [atlas.responses.loc[act] for act in acts[:MOST_ACTS]]
    shown = [_said("body_one", title=one["title"], when=in_words(one["date"])) for one in rows]
    return _said(
        "body",
        body=row["name"],
        name=atlas.name(row["jurisdiction_id"], in_sentence=True),
        acts=_and_more("; ".join(shown), len(acts) - len(shown)),
    )


def holders_answer(atlas: Atlas, power: str, full: Sequence[str], partial: int, read: int, day: str) -> str:
    """Which places have a power in full.

    Args:
        full: ids of the places.
        partial: how many have it with a limit.
        read: in how many places law was read for it.
    """
    return _said(
        "holders" if full else "holders_none",
        power=atlas.label("power", power).lower(),
        day=in_words(day),
        count=number(len(full)),
        read=str(read),
        names=_names(atlas, full),
        partial=number(partial),
    )


def did_answer(
    atlas: Atlas, place: str, action: str, acts: Sequence[str], others: Sequence[str], searched: bool, day: str
) -> str:
    """What a place did of one kind by a day.

    Args:
        acts: ids of its acts of that kind that count, the newest first.
        others: ids of those that do not count, or were only announced.
        searched: whether the place was searched or something was found.
    """
    name, what = capital(atlas.name(place, in_sentence=True)), atlas.label("action", action).lower()
    aside = _said("aside", acts=_acts(atlas, others, place)) if others else ""
    if not acts:
        form = "did_not" if searched else "did_not_searched"
        return _said(form, name=name, action=what, day=in_words(day)) + aside
    return _said("did", name=name, action=what, acts=_acts(atlas, acts, place)) + aside


def _acts(atlas: Atlas, acts: Sequence[str], place: str) -> str:
    shown = [_act(atlas, act, place) for act in acts[:MOST_ACTS]]
    return _and_more("; ".join(shown), len(acts) - len(shown))


def who_answer(atlas: Atlas, action: str, places: Sequence[str], first: str, day: str) -> str:
    """Which places did something of one kind by a day, and who did first.

    Args:
        places: ids, in the order in which they acted.
        first: id of the first act; empty if there is none.
    """
    form = "who_none" if not places else "who_one" if len(places) == 1 else "who"
    began = ""
    if first:
        act = atlas.responses.loc[first]
        name = atlas.name(places[0], in_sentence=True)
        began = _said("first", name=name, when=in_words(act["date"]), title=act["title"])
    return _said(
        form,
        action=atlas.label("action", action).lower(),
        day=in_words(day),
        count=number(len(places)),
        names=_names(atlas, places),
        first=began,
    )


def ceiling_answer(atlas: Atlas, law: str) -> str:
    """The ceiling of a law's fine, in the law's own words."""
    row = atlas.instruments.loc[law]
    name = capital(law_in_words(atlas, law))
    wording = row["max_fine_text"].rstrip(".")
    return _said("ceiling", law=name, ceiling=wording) if wording else _said("no_ceiling", law=name)


def term_answer(label: str, definition: str) -> str:
    """What a word of the codebook means."""
    return _said("term", label=label, definition=definition)


def _act(atlas: Atlas, act: str, place: str) -> str:
    row = atlas.responses.loc[act]
    parties = atlas.rows_of("response_parties", "response_id", act)
    bodies = [atlas.authorities.at[one["authority_id"], "name"] for one in parties if one["jurisdiction_id"] == place]
    return _said("did_one", title=row["title"], when=in_words(row["date"]), body=listed(bodies[:2]))


def _names(atlas: Atlas, places: Sequence[str]) -> str:
    shown = [atlas.name(place, in_sentence=True) for place in places]
    if len(shown) <= MOST_NAMED:
        return listed(shown)
    return _and_more(", ".join(shown[:MOST_NAMED]), len(shown) - MOST_NAMED)


def _and_more(said: str, left: int) -> str:
    return _said("and_more", names=said, count=str(left)) if left else said


def _said(form: str, **values: str) -> str:
    return texts()["find"]["answers"][form].format(**values)
