"""One incident, one clock: days from the case's start to each kind of first act, and how long restrictions lasted.

Only acts that count. Where jurisdictions are counted, a joint act counts once, for the jurisdiction that led it,
and an act of the Union counts for the Union and not for its members.
"""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from atlas.response.ladder import acts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, days_between, earliest_day
from atlas.tables.method import get_method

GROUP = " (group of states)"


@dataclass(frozen=True)
class First:
    """The first act of a kind: its record, day and days from the start (negative before it); `joint` if shared."""

    response_id: str
    day: str
    days: int
    joint: bool


@dataclass(frozen=True)
class Restriction:
    """One restriction as it stood on a day: `days` it had lasted; `ended` is empty while it held."""

    response_id: str
    place: str
    started: str
    ended: str
    end_kind: str
    days: int


def starts(atlas: Atlas) -> pd.DataFrame:
    """The defensible starts of the case, by id, earliest first: `label`, `date` (ISO day), `is_default`, `reason`."""
    return atlas["case_starts"].set_index("start_id", drop=False).sort_values("date", kind="stable")


def default_start(atlas: Atlas) -> str:
    """The id of the start that is used unless a reader chooses another."""
    frame = starts(atlas)
    return frame.index[frame["is_default"].fillna(False).astype(bool)][0]


def case_start(atlas: Atlas) -> tuple[str, str]:
    """The day of that start (ISO), and its label."""
    row = starts(atlas).loc[default_start(atlas)]
    return row["date"], row["label"]


@lru_cache(maxsize=4)
def _counted(atlas: Atlas) -> pd.DataFrame:
    """Counted acts by party, with `led` (the place it is counted for) and `milestone` (empty if of no kind)."""
    frame = acts(atlas)
    frame = frame[frame["counts"]].copy()
    rows = atlas.responses.loc[frame["response_id"]]
    kind_of = {action: kind for kind, actions in get_method()["clock"]["milestones"].items() for action in actions}
    announced = (rows["status"] == get_method()["announced_status"]).to_numpy()
    # A group of states counts once, for itself, and not for the federation under which its act is filed.
    by_group = frame["response_id"].isin(set(frame.loc[~frame["own"], "response_id"])).to_numpy()
    frame["led"] = rows["jurisdiction_id"].where(~by_group, rows["jurisdiction_id"] + GROUP).to_numpy()
    frame["milestone"] = (
        frame["action"]
        .map(kind_of)
        .fillna("")
        .where(~announced | (frame["rung"] == 1) & (frame["action"] == "statement"), "")
    )
    # A day no better known than the year cannot be put on a clock of days.
    return frame[rows["date_precision"].isin(("day", "month")).to_numpy()]


def milestones() -> tuple[str, ...]:
    """Kinds of first acts on the clock, in the order shown; a restriction or a sanction also compels."""
    return tuple(get_method()["clock"]["milestones"])


@lru_cache(maxsize=64)
def first_acts(atlas: Atlas, start: str, day: str) -> dict[str, dict[str, First]]:
    """By place and kind, the first act by a day. Every party of a joint act has it as its own, marked.

    Args:
        start: day from which days are counted, ISO.
        day: as-of date, ISO.
    """
    also = get_method()["clock"]["also_compulsory"]
    frame = _counted(atlas)
    frame = frame[frame["own"] & (frame["from_day"] <= day)]
    found: dict[str, dict[str, First]] = {}
    for row in frame.itertuples():
        kinds = [row.milestone] if row.milestone else []
        kinds += ["compulsory"] if row.milestone in also else []
        for kind in kinds:
            found.setdefault(row.jurisdiction_id, {}).setdefault(
                kind, First(row.response_id, row.from_day, days_between(start, row.from_day), bool(row.joint))
            )
    return found


@lru_cache(maxsize=64)
def reached(atlas: Atlas, day: str) -> dict[int, list[str]]:
    """By rung, the days by which one jurisdiction more had reached it or a higher one; one entry a jurisdiction."""
    frame = _counted(atlas)
    frame = frame[(frame["from_day"] <= day) & (frame["rung"] > 0)]
    return {rung: sorted(frame[frame["rung"] >= rung].groupby("led")["from_day"].min()) for rung in range(1, 7)}


@lru_cache(maxsize=4)
def last_evidence(atlas: Atlas) -> dict[str, str]:
    """By act, the newest day that a source on it reaches. A source dated to a month or a year reaches its first day."""
    links = atlas["response_sources"]
    published = links["source_id"].map(atlas.sources["published"])
    known = links[published != ""].assign(day=published[published != ""].map(earliest_day))
    return dict(known.groupby("response_id")["day"].max())


def restrictions(atlas: Atlas, day: str) -> list[Restriction]:
    """Restrictions begun by a day, in order. The day of lifting no longer counts as restricted."""
    frame = acts(atlas)
    rows = frame[frame["counts"] & frame["lasting"] & (frame["action"] == "restriction") & (frame["from_day"] <= day)]
    result = []
    for row in rows.drop_duplicates("response_id").itertuples():
        over = row.until_day != FAR_FUTURE and row.until_day <= day
        kind = atlas.responses.at[row.response_id, "end_kind"] if over else ""
        days = days_between(row.from_day, row.until_day if over else day)
        result.append(
            Restriction(row.response_id, row.jurisdiction_id, row.from_day, row.until_day if over else "", kind, days)
        )
    return result
