"""What stands beside a place's own case: what its states, provinces and cities did, and acts that do not count."""

from collections.abc import Sequence
from functools import lru_cache

from atlas.response.ladder import acts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words.acts import bodies, deed, records, title_in_sentence
from atlas.words.grammar import capital, listed, number, texts, when
from atlas.words.places import FORMAL_CASE_RUNG, headlines

# How many acts that do not count one sentence tells; the page lists them all.
TOLD = 3
TERRITORY = "territory"


@lru_cache(maxsize=4)
def parts_of(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """By country: its states, provinces and territories on record, by name."""
    frame = atlas["jurisdictions"].sort_values("name")
    found: dict[str, list[str]] = {}
    for place, parent in zip(frame["jurisdiction_id"], frame["parent_id"]):
        if parent:
            found.setdefault(parent, []).append(place)
    return {place: tuple(parts) for place, parts in found.items()}


def whole_of(atlas: Atlas, place: str) -> str:
    """The country that a state, province or territory is a part of; empty for others."""
    return atlas.jurisdictions.at[place, "parent_id"]


@lru_cache(maxsize=4)
def _aside(atlas: Atlas) -> dict[str, list[tuple[str, str, str]]]:
    """By place, (day, act, `group` or `outside`): acts that are not its own, and acts outside the case; by day."""
    relation = dict(zip(atlas["responses"]["response_id"], atlas["responses"]["relation"]))
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in acts(atlas).itertuples():
        kind = "outside" if relation[row.response_id] != "prompted" else "group" if not row.own and row.counts else ""
        if kind:
            found.setdefault(row.jurisdiction_id, []).append((row.from_day, row.response_id, kind))
    return found


def _asides_by(atlas: Atlas, place: str, day: str, kind: str) -> tuple[str, ...]:
    return tuple(act for from_day, act, what in _aside(atlas).get(place, ()) if what == kind and from_day <= day)


def group_acts(atlas: Atlas, place: str, day: str) -> tuple[str, ...]:
    """Acts by a day in which a group of the place's states took part, and not the place itself."""
    return _asides_by(atlas, place, day, "group")


def acting_parts(atlas: Atlas, place: str, day: str) -> tuple[str, ...]:
    """Parts of a place with a step on the ladder by a day, those that went furthest first."""
    tops = headlines(atlas, day)
    return tuple(sorted((part for part in parts_of(atlas).get(place, ()) if part in tops), key=lambda p: -tops[p].rung))


def parts_sentence(atlas: Atlas, place: str, day: str) -> str:
    """What a place's states, provinces, territories and cities did; empty where nothing is on record.

    A formal case or more is told by itself; who spoke or asked is counted. A group of states is told as one.
    Territories that are not within a country, such as the Isle of Man, are never said to be.
    """
    prose, kinds = texts()["act"]["parts"], atlas.jurisdictions["kind"]
    acting = acting_parts(atlas, place, day)
    within, outside = ([part for part in acting if (kinds[part] == TERRITORY) == apart] for apart in (False, True))
    together = group_acts(atlas, place, day)[-1:]
    deeds = _far_deeds(atlas, within, day)
    for identity in together:
        act = records(atlas)[identity]
        who = bodies(atlas, identity, place)
        deeds.append(prose["group"].format(bodies=who, deed=deed(atlas, act), when=when(act["date"])))
    more = _count_of_others(atlas, within, together, day)
    if more:
        deeds.append(prose["more" if deeds else "some"].format(count=number(more)))
    said = [prose["head"].format(deeds="; ".join(deeds))] if deeds else []
    far = _far_deeds(atlas, outside, day)
    said += [prose["outside_deeds"].format(deeds="; ".join(far))] if far else []
    spoke = _count_of_others(atlas, outside, together, day)
    said += [prose["outside"].format(count=number(spoke))] if spoke else []
    return " ".join(said)


def _far_deeds(atlas: Atlas, parts: Sequence[str], day: str) -> list[str]:
    """What those parts did that went as far as a formal case, each in a clause."""
    prose, tops, said = texts()["act"]["parts"], headlines(atlas, day), []
    for part in parts:
        if tops[part].rung >= FORMAL_CASE_RUNG:
            act = records(atlas)[tops[part].response_id]
            who = bodies(atlas, act["response_id"], part)
            form = prose["group"] if atlas.name(part) in who else prose["deed"]
            name = atlas.name(part, in_sentence=True)
            said.append(form.format(place=name, bodies=who, deed=deed(atlas, act), when=when(act["date"])))
    return said


def _count_of_others(atlas: Atlas, parts: Sequence[str], together: Sequence[str], day: str) -> int:
    """How many parts spoke or asked; who stands for nothing but a joint act that is told already is not counted."""
    tops = headlines(atlas, day)
    return sum(tops[part].rung < FORMAL_CASE_RUNG and tops[part].response_id not in together for part in parts)


def uncounted(atlas: Atlas, place: str, day: str) -> tuple[str, ...]:
    """Acts of a place's bodies by a day that no source ties to the case, newest first."""
    return _asides_by(atlas, place, day, "outside")[::-1]


def beside_sentence(atlas: Atlas, place: str, day: str) -> str:
    """Acts of a place outside the case, in another case or on the same subject, which are shown and never counted."""
    prose, found = texts()["act"]["beside"], uncounted(atlas, place, day)
    if not found:
        return ""
    told = []
    for identity in found[:TOLD]:
        act = records(atlas)[identity]
        told.append(
            prose["one"].format(
                title=title_in_sentence(act["title"]),
                relation=prose[act["relation"]],
                date=in_words(act["date"]) if act["date"] else when(""),
            )
        )
    more = len(found) - len(told)
    told += [prose["more"].format(count=number(more))] if more else []
    return capital(prose["head"].format(acts=listed(told)))
