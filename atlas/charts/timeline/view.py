"""The timeline: one lane a jurisdiction, one mark an act, a bar for what lasted. `TimelineView` is what it means."""

from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from atlas.charts.timeline.marks import (
    CONTEXT_LANES,
    JOINT,
    Bar,
    Mark,
    bars_of,
    by_act,
    events_of,
    marks_of,
    records_of,
)
from atlas.charts.view import View
from atlas.draw.legend_class import LegendClass
from atlas.draw.palette import LADDER, MUTED
from atlas.law.strength import strengths
from atlas.response.durations import case_start
from atlas.response.ladder import acts
from atlas.response.proceedings import open_cases
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, days_between, in_words
from atlas.tables.method import get_method
from atlas.words import texts
from atlas.words import time as time_words
from atlas.words.acts import kind_words

ORDERS = ("first", "strength", "region")
SPANS = ("weeks", "half", "all")
WEEKS_DAYS, BEFORE_DAYS = 42, 10
HALF = "2026-06-30"


@dataclass(frozen=True)
class Filters:
    """What to show: empty means all. Ids of actions, types of authority, and UN regions."""

    actions: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class TimelineView(View):
    """The timeline complete in itself: `lanes` are (id, label) from the top; `span` its first and last day."""

    context_lanes: tuple[tuple[str, str], ...] = ()
    lanes: tuple[tuple[str, str], ...] = ()
    marks: tuple[Mark, ...] = ()
    events: tuple[Mark, ...] = ()
    bars: tuple[Bar, ...] = ()
    span: tuple[str, str] = ("", "")
    starts: str = ""
    undated: tuple[str, ...] = field(default=())


@lru_cache(maxsize=24)
def timeline(
    atlas: Atlas, day: str, order: str = "first", span: str = "half", filters: Filters = Filters()
) -> TimelineView:
    """The swimlanes as of a day.

    Args:
        order: one of `ORDERS`.
        span: one of `SPANS`.

    Raises:
        KeyError: order or span are unknown.
    """
    prose = texts()["time"]
    frame = _shown(atlas, day, filters)
    undated = frame[~frame["dated"]].drop_duplicates("response_id")
    frame = frame[frame["dated"]]
    start, _ = case_start(atlas)
    own = frame[~frame["joint"]]
    lanes = _lanes(atlas, own, day, order)
    marks = marks_of(atlas, frame, set(lanes), day)
    has_joint = any(mark.lane == JOINT for mark in marks)
    bars = bars_of(atlas, frame, day)
    once = frame[frame["counts"]].drop_duplicates("response_id")
    quick = sum(days_between(start, when) <= get_method()["clock"]["quick_days"] for when in once["from_day"])
    shown = set(frame["response_id"])
    cases = sum(not shown.isdisjoint(one.steps) for one in open_cases(atlas, day))
    title = time_words.timeline_title(len(once), quick, cases, day)
    classes = _classes(atlas, marks)
    spoken = "; ".join(f"{klass.label}: {klass.count}" for klass in classes) or "none"
    return TimelineView(
        slug="timeline",
        title=title,
        deck=prose["deck"],
        as_of=day,
        evidence_to=atlas.package.evidence_to,
        caveat=prose["caveat"],
        alt=prose["alt"].format(day=in_words(day), title=title, counts=spoken),
        classes=classes,
        table=_table(atlas, frame, day),
        options={"date": day, "order": order, "span": span},
        context_lanes=tuple((name, prose["lanes"][name]) for name in dict.fromkeys(CONTEXT_LANES.values())),
        lanes=((JOINT, prose["lanes"]["joint"]),) * has_joint + tuple((place, atlas.name(place)) for place in lanes),
        marks=marks,
        events=events_of(atlas, day),
        bars=bars,
        span=_span(span, start, day),
        starts=start,
        undated=tuple(undated["response_id"]),
    )


def _shown(atlas: Atlas, day: str, filters: Filters) -> pd.DataFrame:
    """Acts by a day that pass the filters, by party. A day known no better than the year has no place on an axis."""
    frame = acts(atlas)
    frame = frame[frame["from_day"] <= day]
    if filters.actions:
        frame = frame[frame["action"].isin(filters.actions)]
    if filters.bodies:
        parties = atlas["response_parties"]
        kinds = atlas.authorities["authority_type"].reindex(parties["authority_id"]).to_numpy()
        frame = frame[
            frame["response_id"].isin(
                parties.loc[pd.Series(kinds, index=parties.index).isin(filters.bodies), "response_id"]
            )
        ]
    if filters.regions:
        frame = frame[frame["jurisdiction_id"].map(atlas.jurisdictions["region"]).isin(filters.regions)]
    rows = atlas.responses.loc[frame["response_id"], ["date_precision", "relation"]]
    # A case begun earlier is no part of this one's clock; its record stays on the jurisdiction's page.
    frame = frame.assign(
        dated=rows["date_precision"].isin(("day", "month")).to_numpy(), relation=rows["relation"].to_numpy()
    )
    return frame[frame["relation"] != "background"]


def _lanes(atlas: Atlas, own: pd.DataFrame, day: str, order: str) -> list[str]:
    """Places with an act of their own. Who only joined others is named in the joint act's receipt."""
    first = own.groupby("jurisdiction_id")["from_day"].min()
    names = {place: atlas.name(place) for place in first.index}
    if order == "strength":
        scores = strengths(atlas, day)
        point = {place: scores[place].whole.point if place in scores else None for place in first.index}
        # Without a point value there is no order by strength: those follow, by first act.
        return sorted(
            first.index, key=lambda place: (point[place] is None, -(point[place] or 0), first[place], names[place])
        )
    if order == "region":
        where = atlas.jurisdictions
        return sorted(
            first.index,
            key=lambda place: (where.at[place, "region"], where.at[place, "subregion"], first[place], names[place]),
        )
    if order != "first":
        raise KeyError(order)
    return sorted(first.index, key=lambda place: (first[place], names[place]))


def _span(span: str, start: str, day: str) -> tuple[str, str]:
    """First and last day of the axis; only `all` follows the as-of day."""

    def later(days: int) -> str:
        return (pd.Timestamp(start) + pd.Timedelta(days=days)).strftime("%Y-%m-%d")

    last = {"weeks": later(WEEKS_DAYS), "half": HALF, "all": max(day, later(WEEKS_DAYS // 2))}[span]
    return later(-BEFORE_DAYS), last


def _classes(atlas: Atlas, marks: tuple[Mark, ...]) -> tuple[LegendClass, ...]:
    prose = texts()["time"]
    by_rung = [
        LegendClass(
            f"rung-{rung}", atlas.label("rung", str(rung)), LADDER[rung], "", sum(mark.rung == rung for mark in marks)
        )
        for rung in sorted(LADDER, reverse=True)
    ]
    other = LegendClass("other", prose["other_track"], MUTED, "", sum(mark.rung == 0 and mark.counts for mark in marks))
    uncounted = LegendClass("uncounted", prose["uncounted"], MUTED, "", sum(not mark.counts for mark in marks))
    return tuple(klass for klass in [*by_rung, other, uncounted] if klass.count)


def _table(atlas: Atlas, frame: pd.DataFrame, day: str) -> pd.DataFrame:
    """Table twin: one row an act, joint acts once."""
    records, names, rows, prose = records_of(atlas), atlas.jurisdictions["name"].to_dict(), [], texts()["time"]
    for identity, parties in by_act(frame).items():
        row, act = parties[0], records[identity]
        ended = row.until_day != FAR_FUTURE and row.until_day <= day
        end = "" if not row.lasting else in_words(row.until_day) if ended else prose["no_end"]
        place = names[act["jurisdiction_id"]] + (f" and {len(parties) - 1} more" if len(parties) > 1 else "")
        rows.append(
            (
                in_words(act["date"]),
                place,
                act["title"],
                kind_words(atlas, act, day),
                end,
                "yes" if row.counts else "no",
            )
        )
    return pd.DataFrame(rows, columns=["Date", "Jurisdiction", "Act", "Kind", "Ended", "Counted"])
