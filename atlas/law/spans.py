"""What applies on a day: instruments by their dates, powers by their own.

Rules, in the words of CODEBOOK.md: a bill is not law; adopted is not applicable; a partial date counts from
its last day, so that nothing is shown as law before it certainly was; a law found in force whose start no
source states counts as applying throughout; a power whose commencement was not found never applies.
"""

from functools import lru_cache
from typing import Any

import pandas as pd

from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, FAR_PAST, latest_day

NEVER = ("bill", "withdrawn")
LAW_NOW = ("in_force", "partly_in_force", "repealed")


@lru_cache(maxsize=4)
def instrument_spans(atlas: Atlas) -> pd.DataFrame:
    """First and last day on which each instrument applies.

    Returns:
        One row per instrument, indexed by id: `adopted` (ISO day, far future if never), `starts` (first day it
        applies, far future if never or not known), `ends` (last day, far future while it lasts),
        `start_stated` (False where the start is an assumption).
    """
    rows = {row.instrument_id: _span(row) for row in atlas["instruments"].itertuples()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["adopted", "starts", "ends", "start_stated"])


def _span(row: Any) -> tuple[str, str, str, bool]:
    ends = latest_day(row.end_date)
    if row.status in NEVER:
        return FAR_FUTURE, FAR_FUTURE, ends, False
    stated = row.applicable_date or row.in_force_date
    if stated:
        starts = latest_day(stated)
        adopted = latest_day(row.adopted_date) if row.adopted_date else starts
        return min(adopted, starts), starts, ends, True
    if row.status in LAW_NOW:
        starts = latest_day(row.adopted_date) if row.adopted_date else FAR_PAST
        return starts, starts, ends, False
    return latest_day(row.adopted_date), FAR_FUTURE, ends, False


@lru_cache(maxsize=4)
def power_spans(atlas: Atlas) -> pd.DataFrame:
    """The powers table with the days on which each power applies.

    Returns:
        `atlas["powers"]` with `starts` and `ends` (ISO days) added, in the same order.
    """
    powers = atlas["powers"]
    spans = instrument_spans(atlas).loc[powers["instrument_id"]]
    starts, ends = [], []
    for row, start, end in zip(powers.itertuples(), spans["starts"], spans["ends"]):
        if row.commencement == "not_found":
            start = FAR_FUTURE
        elif row.applies_from:
            own = latest_day(row.applies_from)
            start = own if start == FAR_FUTURE and not _is_bill(atlas, row.instrument_id) else max(start, own)
        starts.append(start)
        ends.append(min(end, latest_day(row.applies_until)))
    return powers.assign(starts=starts, ends=ends)


def _is_bill(atlas: Atlas, instrument_id: str) -> bool:
    return atlas.instruments.at[instrument_id, "status"] in NEVER


def instrument_state(atlas: Atlas, instrument_id: str, day: str) -> str:
    """`not_yet`, `bill`, `adopted`, `in_force`, `ended` or `withdrawn`: the state on a day, by the dates known."""
    row = atlas.instruments.loc[instrument_id]
    adopted, starts, ends, _ = _span(row)
    if row["status"] == "withdrawn":
        return "withdrawn"
    if ends < day:
        return "ended"
    if starts <= day:
        return "in_force"
    if adopted <= day:
        return "adopted"
    proposed = row["proposed_date"]
    known_later = proposed and latest_day(proposed) > day
    return "not_yet" if known_later or (not proposed and row["status"] not in NEVER) else "bill"
