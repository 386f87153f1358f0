"""Whose law applies where: own, a federation's in its states, the Union's in its members by date."""

from bisect import bisect_right
from functools import lru_cache

import pandas as pd

from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, FAR_PAST, day_after


def sources_of_law(atlas: Atlas, jurisdiction_id: str, day: str) -> list[str]:
    """The jurisdictions whose law applies in this one on a day: itself first, then those it inherits from."""
    found, queue = [], [jurisdiction_id]
    while queue:
        current = queue.pop(0)
        if current in found:
            continue
        found.append(current)
        (row,) = atlas.rows_of("jurisdictions", "jurisdiction_id", current)
        if row["parent_id"] and row["inherits_parent_law"] is not pd.NA and bool(row["inherits_parent_law"]):
            queue.append(row["parent_id"])
        queue += members_of(atlas, current, day)
    return found


def members_of(atlas: Atlas, jurisdiction_id: str, day: str) -> list[str]:
    """The unions of which a jurisdiction is a member on a day."""
    return [
        span["organisation_id"]
        for span in atlas.rows_of("memberships", "jurisdiction_id", jurisdiction_id)
        if _holds(span, day)
    ]


def members(atlas: Atlas, organisation_id: str, day: str) -> list[str]:
    """The members of a union on a day."""
    return [
        span["jurisdiction_id"]
        for span in atlas.rows_of("memberships", "organisation_id", organisation_id)
        if _holds(span, day)
    ]


def _holds(span: dict, day: str) -> bool:
    return span["from_date"] <= day <= (span["to_date"] or FAR_FUTURE)


@lru_cache(maxsize=4)
def membership_days(atlas: Atlas) -> tuple[str, ...]:
    """Days on which a membership begins or has just ended, in order, after the far past."""
    spans = atlas["memberships"]
    ended = {day_after(day) for day in spans["to_date"] if day}
    return (FAR_PAST, *sorted({*spans["from_date"], *ended} - {FAR_PAST}))


def arsenal(atlas: Atlas, day: str) -> pd.DataFrame:
    """Every instrument that belongs to the law of each jurisdiction on a day, whether it applies yet or not.

    Returns:
        Columns `jurisdiction_id` (where), `instrument_id`, `inherited_from` (empty where own). A parent's
        instrument counts only if it applies there of itself (`direct_in_members`) and no exception names the place.
    """
    # Nothing but memberships moves here, and they seldom do: one frame serves every day between two changes.
    days = membership_days(atlas)
    return _arsenal(atlas, days[bisect_right(days, day) - 1])


@lru_cache(maxsize=8)
def _arsenal(atlas: Atlas, day: str) -> pd.DataFrame:
    own = atlas["instruments"][["jurisdiction_id", "instrument_id", "direct_in_members"]]
    by_maker = dict(tuple(own.groupby("jurisdiction_id", sort=False)))
    exceptions = set(map(tuple, atlas["instrument_exceptions"][["instrument_id", "jurisdiction_id"]].to_numpy()))
    rows = []
    for place in atlas.jurisdictions.index:
        for maker in sources_of_law(atlas, place, day):
            laws = by_maker.get(maker)
            if laws is None:
                continue
            for instrument, direct in zip(laws["instrument_id"], laws["direct_in_members"]):
                if maker == place:
                    rows.append((place, instrument, ""))
                elif direct is not pd.NA and bool(direct) and (instrument, place) not in exceptions:
                    rows.append((place, instrument, maker))
    return pd.DataFrame(rows, columns=["jurisdiction_id", "instrument_id", "inherited_from"])
