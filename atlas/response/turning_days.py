"""The days on which a case turned, by rule: the first formal case, the most restrictions at once, the end of the last
one, the latest order. What is later than the day that is shown is not known on it.
"""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from atlas.response.ladder import acts, in_force
from atlas.tables.atlas import Atlas

FORMAL_CASE_RUNG = 4
KINDS = ("case", "most", "over", "order", "alone")


@dataclass(frozen=True)
class TurningDay:
    """One day.

    Attributes:
        day: ISO.
        kind: one of `KINDS`; `alone` is the day that is shown, where no other is known.
        places: whose first case, last ended restriction or latest order it was; who restricted at once.
    """

    day: str
    kind: str
    places: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def turning_days(atlas: Atlas, day: str) -> tuple[TurningDay, ...]:
    """The days up to an as-of date, in their order; at least one, and of one day the first that applies.

    Args:
        atlas: the data.
        day: as-of date, ISO.
    """
    frame = acts(atlas)
    frame = frame[frame["counts"] & frame["own"] & (frame["from_day"] <= day)]
    cases = frame[frame["rung"] >= FORMAL_CASE_RUNG]
    restrictions = frame[(frame["action"] == "restriction") & frame["lasting"]]
    orders = frame[frame["action"] == "binding_order"]
    found: list[TurningDay] = []
    if len(cases):
        found.append(_at(cases, "from_day", cases["from_day"].min(), "case"))
    if len(restrictions):
        found.append(_most(restrictions, day))
        if in_force(restrictions, day).empty:
            found.append(_at(restrictions, "until_day", restrictions["until_day"].max(), "over"))
    if len(orders):
        found.append(_at(orders, "from_day", orders.groupby("jurisdiction_id")["from_day"].min().max(), "order"))
    by_day: dict[str, TurningDay] = {}
    for one in found:
        by_day.setdefault(one.day, one)
    return tuple(by_day[one] for one in sorted(by_day)) or (TurningDay(day, "alone"),)


def _at(frame: pd.DataFrame, column: str, day: str, kind: str) -> TurningDay:
    return TurningDay(day, kind, tuple(dict.fromkeys(frame.loc[frame[column] == day, "jurisdiction_id"])))


def _most(restrictions: pd.DataFrame, day: str) -> TurningDay:
    """The first day on which most places restricted: the first whole one, where it was known and still so."""

    def at(when: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(in_force(restrictions, when)["jurisdiction_id"]))

    begun = sorted(set(restrictions["from_day"]))
    first = max(begun, key=lambda when: (len(at(when)), -begun.index(when)))
    whole = str(dt.date.fromisoformat(first) + dt.timedelta(days=1))
    chosen = whole if whole <= day and len(at(whole)) == len(at(first)) else first
    return TurningDay(chosen, "most", at(chosen))
