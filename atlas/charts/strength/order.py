"""Orders in which the rows of the ranges can stand, and which rows cannot be told apart from a chosen one."""

from dataclasses import replace
from functools import lru_cache

from atlas.charts.strength.view import Range, RangesView
from atlas.law.standing import pair, standings
from atlas.law.strength import groups, strengths
from atlas.tables.atlas import Atlas

ORDERS = ("score", "range", *groups(), "name")


@lru_cache(maxsize=24)
def in_order(view: RangesView, order: str) -> RangesView:
    """The same view with its rows in another order of `ORDERS`; what has no value of that kind comes last, by name."""
    if order == ORDERS[0]:
        return view
    ranks = sorted(view.rows, key=lambda row: row.name)
    if order != "name":
        ranks.sort(key=lambda row: _rank(row, order))
    return replace(view, rows=tuple(ranks))


def _rank(row: Range, order: str) -> tuple[bool, float]:
    if order == "range":
        value = None if row.low is None or row.high is None else row.high - row.low
    else:
        value = row.strength.groups[order].point
    return value is None, -(value or 0.0)


def not_told_apart(atlas: Atlas, place: str, day: str) -> frozenset[str]:
    """Places with a score that the verdicts of the pairs put neither ahead of a place nor behind it."""
    drawn = standings(atlas, day)
    if drawn is None:
        return frozenset()
    scored = (other for other, found in strengths(atlas, day).items() if found.whole.point is not None)
    pairs = {other: pair(drawn, place, other) for other in scored if other != place}
    return frozenset(other for other, found in pairs.items() if found is not None and not found.ordered)
