"""The strongest steps of a day in a few words each, as a map names them: `Brazil: order 11 Feb`."""

from dataclasses import dataclass
from functools import lru_cache

from atlas.response.ladder import acts, in_force
from atlas.tables.atlas import Atlas
from atlas.tables.dates import latest_day
from atlas.words.acts import records
from atlas.words.grammar import texts
from atlas.words.places import headlines

# Steps below a warning are too many to be called the strongest.
LEAST_RUNG = 3


@dataclass(frozen=True)
class Step:
    """One place's strongest step.

    Attributes:
        place: its id.
        rung: 3 to 6.
        when: its date or span in short, and what it was where the rung does not say it.
        label: the same with the name of the place.
    """

    place: str
    rung: int
    when: str
    label: str


@lru_cache(maxsize=64)
def strongest(atlas: Atlas, day: str, standing: bool = False) -> tuple[Step, ...]:
    """Places by their strongest step, the highest first, then the earliest.

    Args:
        atlas: the data.
        day: as-of date, ISO.
        standing: only what was in force or open on the day.
    """
    if standing:
        held = in_force(acts(atlas), day)
        held = held[held["own"] & (held["rung"] >= LEAST_RUNG)].sort_values(
            ["rung", "from_day", "response_id"], ascending=[False, True, True]
        )
        held = held.drop_duplicates("jurisdiction_id")
        found = list(zip(held["jurisdiction_id"], held["response_id"], held["rung"].astype(int)))
    else:
        tops = headlines(atlas, day).items()
        found = [(place, top.response_id, top.rung) for place, top in tops if top.rung >= LEAST_RUNG]
    rows = records(atlas)
    found.sort(key=lambda one: (-one[2], latest_day(rows[one[1]]["date"]), atlas.name(one[0])))
    return tuple(_step(atlas, place, rows[response], rung, day) for place, response, rung in found)


def _step(atlas: Atlas, place: str, act: dict, rung: int, day: str) -> Step:
    prose = texts()["map"]["labels"]
    kind = act["action"] if act["action"] in prose["kinds"] else str(rung)
    said = prose["kinds"][kind].format(when=_when(act, day))
    form = prose["plain" if prose["kinds"][kind] == "{when}" else "named"]
    return Step(place, rung, said, form.format(name=atlas.name(place), said=said))


def _when(act: dict, day: str) -> str:
    """The day of an act, or its span where it had ended by a day."""
    prose, start, end = texts()["map"]["labels"], act["date"], act["end_date"]
    if not end or latest_day(end) > day:
        said = _short(start, day)
        return prose["since"].format(start=said) if act["action"] == "restriction" else said
    if start[:7] == end[:7] and len(start) == len(end) == len("2026-01-10"):
        return prose["same_month"].format(first=int(start[8:]), last=_short(end, day))
    return prose["span"].format(start=_short(start, day), end=_short(end, day))


def _short(partial: str, day: str) -> str:
    """A date as `10 Jan`, or less where less is known; with its year where that is not the year of the day shown."""
    prose, (year, *rest) = texts()["map"]["labels"], partial.split("-")
    if not rest:
        return year
    month = prose["months"][int(rest[0]) - 1]
    said = prose["day"].format(day=int(rest[1]), month=month) if len(rest) > 1 else month
    return said if year == day[:4] else prose["with_year"].format(day=said, year=year)
