"""Rungs used, rungs available with their article, rungs that would need a new law.

A step needs a power in law (`action_powers` of the method); speaking and asking need none. Courts count: the
powers are those of the jurisdiction's law, and which of its bodies holds one is in the provision.
"""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from atlas.law.inheritance import arsenal
from atlas.law.law_cache import while_law_stands
from atlas.law.powers import ABSENT, NOT_ASSESSED, cells, coded_powers
from atlas.law.what_if import provision_of
from atlas.response.durations import case_start
from atlas.response.ladder import NOTHING, acts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import days_between
from atlas.tables.method import get_method

FREE, HELD, LATER, NEW_LAW, UNREAD = "free", "held", "later", "new_law", "unread"


@dataclass(frozen=True)
class Basis:
    """A power that a step may rest on: in force (`starts` has come), or adopted for later."""

    power: str
    level: int
    instrument_id: str
    provision: str
    inherited_from: str
    starts: str


@dataclass(frozen=True)
class Step:
    """One kind of act on the ladder, for one place on one day.

    Attributes:
        action: the kind of act.
        rung: its rung, 1 to 6.
        used: id of the first such act that counts, or empty.
        used_day: by when it had happened, or empty.
        state: `free` (needs no power), `held` (a power in force allows it), `later` (an adopted law will),
            `new_law` (every power that would allow it was looked for and found absent), `unread` (none was found,
            and at least one was not assessed).
        bases: the powers behind `held` or `later`.
        unread: powers that were not assessed.
    """

    action: str
    rung: int
    used: str
    used_day: str
    state: str
    bases: tuple[Basis, ...]
    unread: tuple[str, ...]


@lru_cache(maxsize=512)
def steps(atlas: Atlas, place: str, day: str) -> tuple[Step, ...]:
    """Every kind of act on the ladder, lowest rung first."""
    method = get_method()
    frame = acts(atlas)
    mine = frame[frame["own"] & (frame["jurisdiction_id"] == place) & (frame["from_day"] <= day)]
    mine = mine[mine["rung"] > NOTHING]
    announced = atlas.responses.loc[mine["response_id"], "status"].to_numpy() == method["announced_status"]
    first = mine[~announced].drop_duplicates("action").set_index("action")
    found = cells(atlas, day)
    result = []
    for action, rung in sorted(method.rung_of.items(), key=lambda item: item[1]):
        powers = method["action_powers"].get(action, [])
        held, later, unread = [], [], []
        for power in powers:
            cell = found.get((place, power), NOT_ASSESSED)
            if cell.level:
                held.append(_basis(atlas, power, cell.level, cell.instrument_id, cell.inherited_from, cell.starts))
            elif cell.later:
                later.append(_basis(atlas, power, cell.later_level, cell.later, "", cell.later_starts))
            elif cell.level is None:
                unread.append(power)
        state = FREE if not powers else HELD if held else LATER if later else UNREAD if unread else NEW_LAW
        used = first.loc[action] if action in first.index else None
        result.append(
            Step(
                action,
                rung,
                used["response_id"] if used is not None else "",
                used["from_day"] if used is not None else "",
                state,
                tuple(held or later),
                tuple(unread),
            )
        )
    return tuple(result)


def _basis(atlas: Atlas, power: str, level: int, instrument_id: str, inherited_from: str, starts: str) -> Basis:
    return Basis(power, int(level), instrument_id, provision_of(atlas, instrument_id, power), inherited_from, starts)


def next_step(atlas: Atlas, place: str, day: str) -> Step | None:
    """The lowest step above the highest rung used that law in force allows; None where there is none."""
    every = steps(atlas, place, day)
    top = max((step.rung for step in every if step.used), default=NOTHING)
    return next((step for step in every if step.rung > top and step.state in (FREE, HELD)), None)


@lru_cache(maxsize=8)
def beyond_powers(atlas: Atlas, day: str) -> pd.DataFrame:
    """Acts by a day whose kind needs a power that was not coded as in force where and when they were done.

    Each is a gap in the coding or a use beyond explicit powers: a list for review, and no finding.

    Returns:
        `response_id`, `jurisdiction_id`, `action`, `rung`, `from_day`, `powers` (tuple: what would have allowed it),
        `unread` (tuple: which of them were not assessed there then), `bases` (tuple: instruments that the act itself
        names as its basis), by day.
    """
    needed = get_method()["action_powers"]
    frame = acts(atlas)
    frame = frame[frame["own"] & (frame["from_day"] <= day) & (frame["rung"] > NOTHING)]
    frame = frame[frame["action"].isin(needed)]
    frame = frame[(atlas.responses.loc[frame["response_id"], "status"] != get_method()["announced_status"]).to_numpy()]
    codings = _codings(atlas, day)
    states = {act_day: cells(atlas, act_day) for act_day in set(frame["from_day"])}
    links = atlas["response_instruments"]
    named = links[links["role"] == "basis"].groupby("response_id")["instrument_id"].agg(tuple).to_dict()
    rows = []
    for act in frame.itertuples():
        powers = tuple(needed[act.action])
        mine = [codings.get((act.jurisdiction_id, power), []) for power in powers]
        read = [[level for level, starts, ends in spans if starts <= act.from_day <= ends] for spans in mine]
        if any(level > ABSENT for levels in read for level in levels):
            continue
        then = states[act.from_day]
        unread = tuple(
            power for power in powers if then.get((act.jurisdiction_id, power), NOT_ASSESSED).state == "not_assessed"
        )
        rows.append(
            (
                act.response_id,
                act.jurisdiction_id,
                act.action,
                act.rung,
                act.from_day,
                powers,
                unread,
                named.get(act.response_id, ()),
            )
        )
    return pd.DataFrame(
        rows, columns=["response_id", "jurisdiction_id", "action", "rung", "from_day", "powers", "unread", "bases"]
    )


@while_law_stands(maxsize=4)
def _codings(atlas: Atlas, day: str) -> dict[tuple[str, str], list[tuple[int, str, str]]]:
    """Level and span of every coding by place and power; memberships as on the day."""
    rows = arsenal(atlas, day).merge(
        coded_powers(atlas)[["instrument_id", "power", "effective", "starts", "ends"]], on="instrument_id"
    )
    found: dict[tuple[str, str], list[tuple[int, str, str]]] = {}
    for place, power, level, starts, ends in zip(
        *(rows[name].tolist() for name in ("jurisdiction_id", "power", "effective", "starts", "ends"))
    ):
        found.setdefault((place, power), []).append((level, starts, ends))
    return found


@lru_cache(maxsize=8)
def first_rungs(atlas: Atlas, day: str) -> pd.DataFrame:
    """First day on which each place reached each rung by a day, with the days since the case's start.

    The case's start is the one marked as default in `case_starts`. A joint act counts for each of its parties.

    Returns:
        `jurisdiction_id`, `rung`, `response_id`, `from_day`, `days` (negative for acts before the start), by place
        and rung.
    """
    start, _ = case_start(atlas)
    frame = acts(atlas)
    # An act dated to its year alone would get a count of days that nobody knows.
    dated = atlas.responses.loc[frame["response_id"], "date_precision"].isin(("day", "month")).to_numpy()
    frame = frame[dated & frame["own"] & (frame["from_day"] <= day) & (frame["rung"] > NOTHING)]
    first = frame.drop_duplicates(["jurisdiction_id", "rung"]).sort_values(
        ["jurisdiction_id", "rung"], ignore_index=True
    )
    first = first[["jurisdiction_id", "rung", "response_id", "from_day"]]
    return first.assign(days=[days_between(start, reached) for reached in first["from_day"]])
