"""Response reached: a ladder, ordinal and never averaged. Peak and current are both kept; what ended, ended.

Only acts that a source ties to the case count, and only acts of authorities: what individual legislators did
on their own is shown and not counted. An announcement counts as having spoken, whatever it announces.
"""

from functools import lru_cache

import pandas as pd

from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, latest_day
from atlas.tables.method import get_method

NOTHING = 0


@lru_cache(maxsize=4)
def acts(atlas: Atlas) -> pd.DataFrame:
    """One row per act and jurisdiction that took part in it.

    Returns:
        `response_id`, `jurisdiction_id`, `action`, `rung` (1 to 6; 0 for other tracks and acts that do not
        count), `counts` (bool), `own` (bool: False where only a group of the place's states took part),
        `from_day` (ISO day by which it had happened), `until_day` (last day it was
        in force or open; the same day for one-off acts), `lasting` (bool), `joint` (bool), sorted by day.
    """
    method = get_method()
    rows = atlas["responses"]
    rung = rows["action"].map(method.rung_of).fillna(NOTHING).astype(int)
    rung = rung.where(rows["status"] != method["announced_status"], rung.clip(upper=method["announced_rung"]))
    counts = (rows["relation"] == method["counted_relation"]) & (rows["capacity"] != method["uncounted_capacity"])
    lasting = rows["action"].isin(method["lasting_actions"]) & (rows["status"] != method["announced_status"])
    ended = rows["status"].isin(("concluded", "superseded", "lifted"))
    until = [
        _until(one_off, over, end, start)
        for one_off, over, end, start in zip(~lasting, ended, rows["end_date"], rows["date_latest"])
    ]
    frame = rows.assign(
        rung=rung.where(counts, NOTHING), counts=counts, lasting=lasting, from_day=rows["date_latest"], until_day=until
    )[["response_id", "action", "rung", "counts", "lasting", "from_day", "until_day"]]
    parties = atlas["response_parties"][["response_id", "jurisdiction_id", "joined_date"]]
    joined = parties.sort_values("joined_date").drop_duplicates(["response_id", "jurisdiction_id"])
    merged = joined.merge(frame, on="response_id")
    later = merged["joined_date"].map(lambda text: latest_day(text) if text else "")
    merged["from_day"] = merged["from_day"].where(later <= merged["from_day"], later)
    merged["until_day"] = merged["until_day"].where(merged["until_day"] >= merged["from_day"], merged["from_day"])
    merged["own"] = _own(atlas, merged)
    merged["joint"] = merged["response_id"].map(merged["response_id"].value_counts()) > 1
    return merged.drop(columns="joined_date").sort_values(["from_day", "response_id"], ignore_index=True)


def _own(atlas: Atlas, parties: pd.DataFrame) -> pd.Series:
    """Whether a place itself took part in an act: a group of its states acts for them, and not for the whole."""
    rows = atlas["response_parties"]
    group = rows["authority_id"].map(atlas.authorities["acts_as"]) == "group"
    whole = set(zip(rows.loc[~group, "response_id"], rows.loc[~group, "jurisdiction_id"]))
    keys = zip(parties["response_id"], parties["jurisdiction_id"])
    return pd.Series([key in whole for key in keys], index=parties.index, dtype=bool)


def _until(one_off: bool, over: bool, end: str, start: str) -> str:
    """Last day in force or open. A lasting act said to be over, with no end date, is not shown as lasting."""
    if one_off:
        return start
    if end:
        return latest_day(end)
    return start if over else FAR_FUTURE


def in_force(frame: pd.DataFrame, day: str) -> pd.DataFrame:
    """Lasting acts in force or open on a day. The day on which an act ends no longer belongs to it."""
    return frame[frame["lasting"] & (frame["from_day"] <= day) & (day < frame["until_day"])]


def peak(frame: pd.DataFrame, day: str) -> pd.Series:
    """Highest rung that each jurisdiction had reached by a day; those without a counted act are left out."""
    done = frame[(frame["from_day"] <= day) & (frame["rung"] > NOTHING) & frame["own"]]
    return done.groupby("jurisdiction_id")["rung"].max()


def current(frame: pd.DataFrame, day: str) -> pd.Series:
    """Highest rung that is in force or open on a day, for jurisdictions that have one."""
    held = in_force(frame, day)
    return held[(held["rung"] > NOTHING) & held["own"]].groupby("jurisdiction_id")["rung"].max()


@lru_cache(maxsize=64)
def ended_peaks(atlas: Atlas, day: str) -> frozenset[str]:
    """Places whose highest rung by a day rests on acts that last, none of which was in force or open on the day.

    A block that was lifted, an order that ran out, a case that was closed: the rung was reached, and is past. A fine
    or a warning is done at once and has no end.
    """
    frame = acts(atlas)
    reached, done = peak(frame, day), frame[frame["own"] & (frame["rung"] > NOTHING) & (frame["from_day"] <= day)]
    top = done[done["rung"] == done["jurisdiction_id"].map(reached)]
    over = (top["lasting"] & (top["until_day"] <= day)).groupby(top["jurisdiction_id"]).all()
    return frozenset(over.index[over])


@lru_cache(maxsize=64)
def _standing(atlas: Atlas, day: str) -> dict[str, int]:
    """By place, the highest rung of its acts by a day that have not ended."""
    frame = acts(atlas)
    done = frame[frame["own"] & (frame["from_day"] <= day) & ~(frame["lasting"] & (frame["until_day"] <= day))]
    return done.groupby("jurisdiction_id")["rung"].max().to_dict()


def held_rung(atlas: Atlas, place: str, day: str) -> int:
    """The highest rung on which a place still stands on a day: what was done at once, or is in force or open."""
    return int(_standing(atlas, day).get(place, NOTHING))


def change_days(atlas: Atlas, frame: pd.DataFrame) -> pd.Series:
    """Acts begun or ended by day, joint acts once: the days on which something changed, with their number.

    Acts whose day is known no better than the year are left out: nothing can be said to have changed that day.
    """
    dated = atlas.responses.loc[frame["response_id"], "date_precision"].isin(("day", "month")).to_numpy()
    frame = frame[dated]
    begun = frame[frame["counts"]].drop_duplicates("response_id")["from_day"]
    ended = frame[frame["counts"] & frame["lasting"]].drop_duplicates("response_id")["until_day"]
    days = pd.concat([begun, ended[(ended <= atlas.package.evidence_to)]])
    return days.value_counts().sort_index()
