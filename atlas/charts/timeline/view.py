"""The timeline: one lane a jurisdiction, one mark an act, a bar for what lasted. `TimelineView` is what it means."""

from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from atlas.charts.view import View
from atlas.draw.legend_class import LegendClass
from atlas.draw.palette import LADDER, MUTED
from atlas.law.strength import strengths
from atlas.response.durations import default_start, last_evidence, starts
from atlas.response.ladder import acts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, days_between, in_words
from atlas.tables.method import get_method
from atlas.words import texts
from atlas.words import time as time_words

ORDERS = ("first", "strength", "region")
SPANS = ("weeks", "half", "all")
JOINT = "joint"
CONTEXT_LANES = {
    "company_change": "product",
    "company_reply": "company",
    "private_lawsuit": "suits",
    "study": "studies",
    "press_report": "studies",
}
CASES = ("investigation", "criminal_investigation", "lawsuit")
WEEKS_DAYS, BEFORE_DAYS = 42, 10
HALF = "2026-06-30"


@dataclass(frozen=True)
class Filters:
    """What to show: empty means all. Ids of actions, types of authority, and UN regions."""

    actions: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mark:
    """One act or context event. `day` is the last it can have happened on, `earliest` the first.

    `rung` is 1 to 6, or 0 for other tracks and what does not count; `number` is given to company changes;
    `also` holds the other lanes of a joint act.
    """

    id: str
    lane: str
    day: str
    earliest: str
    rung: int
    counts: bool
    text: str
    number: int = 0
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bar:
    """A lasting act: from `start` to `end`, known until `known_to`; `open` where no end was found by the day."""

    id: str
    lane: str
    start: str
    end: str
    known_to: str
    rung: int
    open: bool
    text: str


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
    start = starts(atlas).at[default_start(atlas), "date"]
    own = frame[~frame["joint"]]
    lanes = _lanes(atlas, own, day, order)
    marks = _marks(atlas, frame, set(lanes))
    has_joint = any(mark.lane == JOINT for mark in marks)
    bars = _bars(atlas, frame, day)
    once = frame[frame["counts"]].drop_duplicates("response_id")
    quick = sum(days_between(start, when) <= get_method()["clock"]["quick_days"] for when in once["from_day"])
    cases = sum(bar.open and bar.rung == 4 for bar in bars)
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
        alt=f"Timeline of acts by jurisdiction. {title}. Marks by kind: {spoken}. Its table gives each act.",
        classes=classes,
        table=_table(atlas, frame),
        options={"date": day, "order": order, "span": span},
        context_lanes=tuple((name, prose["lanes"][name]) for name in dict.fromkeys(CONTEXT_LANES.values())),
        lanes=((JOINT, prose["lanes"]["joint"]),) * has_joint + tuple((place, atlas.name(place)) for place in lanes),
        marks=marks,
        events=_events(atlas, day),
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


@lru_cache(maxsize=4)
def _records(atlas: Atlas) -> dict[str, dict]:
    """Acts by id, as plain rows: a page of two hundred marks asks for each many times."""
    return atlas.responses.to_dict("index")


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


def _marks(atlas: Atlas, frame: pd.DataFrame, lanes: set[str]) -> tuple[Mark, ...]:
    records, result = _records(atlas), []
    names = atlas.jurisdictions["name"].to_dict()
    for identity, rows in _by_act(frame).items():
        row, act = rows[0], records[identity]
        who = f"{len(rows)} jurisdictions on record together" if row.joint else names[row.jurisdiction_id]
        text = f"{in_words(act['date'])}: {who}, {act['title']} ({atlas.label('action', act['action']).lower()})"
        if not row.counts:
            text += ". Shown, not counted"
        # What a party joined later does not move the act: it stands on its own day.
        day = min(party.from_day for party in rows)
        also = tuple(sorted({party.jurisdiction_id for party in rows} & lanes)) if row.joint else ()
        result.append(
            Mark(
                identity,
                JOINT if row.joint else row.jurisdiction_id,
                day,
                min(act["date_earliest"] or day, day),
                int(row.rung),
                bool(row.counts),
                text,
                0,
                also,
            )
        )
    return tuple(result)


def _by_act(frame: pd.DataFrame) -> dict[str, list]:
    """Rows of each act, its parties, in the order of the frame."""
    found: dict[str, list] = {}
    for row in frame.itertuples():
        found.setdefault(row.response_id, []).append(row)
    return found


def _bars(atlas: Atlas, frame: pd.DataFrame, day: str) -> tuple[Bar, ...]:
    reach, records, names = last_evidence(atlas), _records(atlas), atlas.jurisdictions["name"].to_dict()
    lasting = frame[frame["counts"] & frame["lasting"] & (frame["until_day"] > frame["from_day"])]
    result = []
    for row in lasting.itertuples():
        is_open = row.until_day > day
        end = min(row.until_day, day)
        known = min(max(reach.get(row.response_id, row.from_day), row.from_day), end) if is_open else end
        title = records[row.response_id]["title"]
        how = "in force" if row.action in ("restriction", "binding_order", "information_order") else "open"
        state = (
            f"{how} at last evidence, {in_words(known)}"
            if row.until_day == FAR_FUTURE
            else f"{how}, until {in_words(row.until_day)}"
            if is_open
            else f"ended {in_words(row.until_day)}"
        )
        text = f"{names[row.jurisdiction_id]}: {title}, from {in_words(row.from_day)}; {state}"
        result.append(Bar(row.response_id, row.jurisdiction_id, row.from_day, end, known, row.rung, is_open, text))
    return tuple(result)


@lru_cache(maxsize=64)
def _events(atlas: Atlas, day: str) -> tuple[Mark, ...]:
    """Context events by a day; changes of the product are numbered, so that a list can name them."""
    rows = atlas["context_events"]
    rows = rows[(rows["date_latest"] <= day) & rows["date_precision"].isin(("day", "month"))].sort_values(
        ["date_latest", "event_id"]
    )
    result, number = [], 0
    for row in rows.itertuples():
        changed = row.kind == "company_change"
        number += changed
        text = (
            f"{in_words(row.date)}: {row.title} ({atlas.label('kind', row.kind).lower()}; not an act of an authority)"
        )
        result.append(
            Mark(
                row.event_id,
                CONTEXT_LANES[row.kind],
                row.date_latest,
                row.date_earliest,
                0,
                False,
                text,
                number if changed else 0,
            )
        )
    return tuple(result)


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


def _table(atlas: Atlas, frame: pd.DataFrame) -> pd.DataFrame:
    """Table twin: one row an act, joint acts once."""
    records, names, rows = _records(atlas), atlas.jurisdictions["name"].to_dict(), []
    for identity, parties in _by_act(frame).items():
        row, act = parties[0], records[identity]
        end = "" if not row.lasting else in_words(row.until_day) if row.until_day != FAR_FUTURE else "no end found"
        place = names[act["jurisdiction_id"]] + (f" and {len(parties) - 1} more" if len(parties) > 1 else "")
        rows.append(
            (
                in_words(act["date"]),
                place,
                act["title"],
                atlas.label("action", act["action"]),
                end,
                "yes" if row.counts else "no",
            )
        )
    return pd.DataFrame(rows, columns=["Date", "Jurisdiction", "Act", "Kind", "Ended", "Counted"])
