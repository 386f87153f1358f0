"""What changed on which day: acts begun and ended, laws adopted, in force, applicable; and dates still to come.

A change knows its date as exactly as the record does and counts from the last day it can stand for. Joint acts
are one change. A future date is known on a day only if the law that sets it had been adopted by then.
"""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from atlas.law.spans import NEVER, instrument_spans
from atlas.response.ladder import acts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, latest_day

KINDS = ("act", "act_ended", "law")
STAGES = ("adopted", "in_force", "applicable", "powers", "ended", "withdrawn")
DATES = (("adopted", "adopted_date"), ("in_force", "in_force_date"), ("applicable", "applicable_date"))


@dataclass(frozen=True, order=True)
class Change:
    """One change of one record.

    Attributes:
        day: the day from which it counts, ISO: the last day that `date` can stand for.
        place: jurisdiction; of a joint act the one that led it.
        kind: one of `KINDS`.
        record: id of the act or the instrument.
        date: as known: a day, a month or a year.
        stages: what a law reached, of `STAGES`; empty for acts.
        powers: powers of the law that start to apply on that date.
    """

    day: str
    place: str
    kind: str
    record: str
    date: str
    stages: tuple[str, ...] = ()
    powers: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """A name that lasts: an act keeps it if its date is corrected; a law's stage is named by its date."""
        return f"{self.record}/{self.kind}" + (f"/{self.date}" if self.kind == "law" else "")


@lru_cache(maxsize=4)
def changes(atlas: Atlas) -> tuple[Change, ...]:
    """Every dated change, past and future, by day."""
    return tuple(sorted([*_acts(atlas), *_ends(atlas), *_laws(atlas)]))


def between(atlas: Atlas, after: str, until: str) -> tuple[Change, ...]:
    """Changes later than the day `after` and not later than the day `until`, both ISO."""
    return tuple(change for change in changes(atlas) if after < change.day <= until)


def upcoming(atlas: Atlas, day: str) -> tuple[Change, ...]:
    """Dates after a day that were fixed by it: stages of laws adopted by then, and terms of acts in force."""
    return tuple(change for change in changes(atlas) if change.day > day and _fixed_by(atlas, change, day))


@lru_cache(maxsize=4)
def change_counts(atlas: Atlas) -> dict[str, int]:
    """Number of changes by day, for marks and steps. Dates known no better than the year mark no day."""
    days = pd.Series([change.day for change in changes(atlas) if len(change.date) > 4], dtype=str)
    return {day: int(count) for day, count in days.value_counts().sort_index().items()}


def _fixed_by(atlas: Atlas, change: Change, day: str) -> bool:
    if change.kind == "law":
        return instrument_spans(atlas).at[change.record, "adopted"] <= day and change.stages != ("withdrawn",)
    if change.kind == "act_ended":
        act = atlas.responses.loc[change.record]
        return act["end_kind"] == "expired" and act["date_latest"] <= day
    return False


@lru_cache(maxsize=4)
def _counted(atlas: Atlas) -> pd.DataFrame:
    """Acts that count and whose day is known to the month at least, each once."""
    frame = acts(atlas)
    rows = frame[frame["counts"]].drop_duplicates("response_id").set_index("response_id")
    dated = atlas.responses.loc[rows.index, "date_precision"].isin(("day", "month"))
    return rows[dated.to_numpy()].join(
        atlas.responses[["jurisdiction_id", "date", "end_date", "ended_by", "date_latest"]], rsuffix="_led"
    )


def _acts(atlas: Atlas) -> list[Change]:
    return [
        Change(row.date_latest, row.jurisdiction_id_led, "act", row.Index, row.date)
        for row in _counted(atlas).itertuples()
    ]


def _ends(atlas: Atlas) -> list[Change]:
    """Ends of lasting acts, unless an act of its own on that day says it."""
    rows = _counted(atlas)
    rows = rows[rows["lasting"] & (rows["end_date"] != "")]
    told = {
        row.Index
        for row in rows.itertuples()
        if row.ended_by and atlas.responses.at[row.ended_by, "date_latest"] == latest_day(row.end_date)
    }
    return [
        Change(latest_day(row.end_date), row.jurisdiction_id_led, "act_ended", row.Index, row.end_date)
        for row in rows.itertuples()
        if row.Index not in told
    ]


def _laws(atlas: Atlas) -> list[Change]:
    """Stages of laws; stages of one law that share a date are one change."""
    found: dict[tuple[str, str], list[str]] = {}
    powers: dict[tuple[str, str], list[str]] = {}
    for row in atlas["instruments"].itertuples():
        if row.status in NEVER:
            if row.status == "withdrawn" and row.end_date:
                found[row.instrument_id, row.end_date] = ["withdrawn"]
            continue
        for stage, field in DATES:
            if getattr(row, field):
                found.setdefault((row.instrument_id, getattr(row, field)), []).append(stage)
        if row.end_date:
            found.setdefault((row.instrument_id, row.end_date), []).append("ended")
    bills = set(atlas.instruments.index[atlas.instruments["status"].isin(NEVER)])
    for row in atlas["powers"].itertuples():
        if row.applies_from and row.instrument_id not in bills and row.level > 0 and row.commencement != "not_found":
            key = (row.instrument_id, row.applies_from)
            powers.setdefault(key, []).append(row.power)
            if not {"in_force", "applicable"} & set(found.setdefault(key, [])) and "powers" not in found[key]:
                found[key].append("powers")
    home = atlas.instruments["jurisdiction_id"]
    return [
        Change(
            latest_day(date),
            home[instrument],
            "law",
            instrument,
            date,
            tuple(stages),
            tuple(powers.get((instrument, date), ())),
        )
        for (instrument, date), stages in found.items()
        if latest_day(date) != FAR_FUTURE
    ]
