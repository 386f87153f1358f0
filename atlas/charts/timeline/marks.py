"""What stands in the lanes of the timeline: acts and events as marks, restrictions and cases as bars."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from atlas.response.durations import last_evidence
from atlas.response.proceedings import CASES, proceeding_of, proceedings
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, in_words
from atlas.words import small
from atlas.words.acts import bodies, kind_words

JOINT = "joint"

CONTEXT_LANES = {
    "company_change": "product",
    "company_reply": "company",
    "private_lawsuit": "suits",
    "study": "studies",
    "press_report": "studies",
}


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


@lru_cache(maxsize=4)
def records_of(atlas: Atlas) -> dict[str, dict]:
    """Acts by id, as plain rows: a page of two hundred marks asks for each many times."""
    return atlas.responses.to_dict("index")


def marks_of(atlas: Atlas, frame: pd.DataFrame, lanes: set[str], as_of: str) -> tuple[Mark, ...]:
    records, result = records_of(atlas), []
    names = atlas.jurisdictions["name"].to_dict()
    for identity, rows in by_act(frame).items():
        row, act = rows[0], records[identity]
        who = f"{len(rows)} jurisdictions on record together" if row.joint else names[row.jurisdiction_id]
        by = "" if row.joint else f", {bodies(atlas, identity, row.jurisdiction_id)}"
        text = f"{in_words(act['date'])}: {who}{by}: {act['title']} ({small(kind_words(atlas, act, as_of))})"
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


def by_act(frame: pd.DataFrame) -> dict[str, list]:
    """Rows of each act, its parties, in the order of the frame."""
    found: dict[str, list] = {}
    for row in frame.itertuples():
        found.setdefault(row.response_id, []).append(row)
    return found


def bars_of(atlas: Atlas, frame: pd.DataFrame, day: str) -> tuple[Bar, ...]:
    reach, records, names = last_evidence(atlas), records_of(atlas), atlas.jurisdictions["name"].to_dict()
    lasting = frame[frame["counts"] & frame["lasting"] & (frame["until_day"] > frame["from_day"])]
    result, of, drawn = [], proceeding_of(atlas), set()
    files = {one.id: one for one in proceedings(atlas, day)}
    for row in lasting.itertuples():
        # The steps of one case are marks; its bar is drawn once, from the first of them.
        case = of[row.response_id]
        if row.action in CASES and (case, row.jurisdiction_id) in drawn:
            continue
        drawn |= {(case, row.jurisdiction_id)} if row.action in CASES else set()
        is_open = row.until_day > day
        end = min(row.until_day, day)
        seen = files[case].seen if row.action in CASES else reach.get(row.response_id, row.from_day)
        known = min(max(seen, row.from_day), end) if is_open else end
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
def events_of(atlas: Atlas, day: str) -> tuple[Mark, ...]:
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
