"""Ceilings of fines and prison terms: what a law allows at most, and one comparable figure.

A ceiling is never a fine imposed. Amounts are set beside each other with the dated rates of `exchange_rates`;
a currency without a sourced rate has no comparable figure, and none is made up.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from atlas.law.inheritance import arsenal
from atlas.law.spans import NEVER, instrument_spans, instrument_state, power_spans
from atlas.tables.atlas import Atlas

GREATER, SHARE = "greater_of_amount_or_turnover", "turnover_only"
LAW = ("in_force", "adopted")


@dataclass(frozen=True)
class Rate:
    """US dollars for one unit of a currency, and the span for which the table holds."""

    currency: str
    usd_per_unit: float
    date: str
    valid_to: str


@dataclass(frozen=True)
class Ceiling:
    """What one instrument allows at most.

    Attributes:
        instrument_id: the instrument.
        inherited_from: whose law it is, if not the place's own.
        state: as `instrument_state` gives it on the day.
        wording: the ceiling in the words of the law, or empty.
        amount: the fixed amount in `currency`; None where the law names none.
        basis: how it is counted; empty where the sources do not say.
        percent: ceiling as a share of turnover, per cent; None where there is none.
        prison_months: highest prison term, months; None where there is none.
        usd: the amount in US dollars; None without an amount or without a sourced rate.
        fine_from: day from which the fine applies, where that is after the chosen day; else empty.
    """

    instrument_id: str
    inherited_from: str
    state: str
    wording: str
    amount: float | None
    currency: str
    basis: str
    percent: float | None
    prison_months: float | None
    usd: float | None
    fine_from: str

    @property
    def has_fine(self) -> bool:
        return bool(self.wording) or self.amount is not None or self.percent is not None


@dataclass(frozen=True)
class Illustration:
    """A ceiling worked out for a turnover that the reader sets, in US dollars.

    `share` is the percentage of that turnover; `ceiling` the figure that would bind, None where the wording does
    not settle how amount and share go together, or no rate is known; `rule` says which it was: `greater`, `share`,
    `open`.
    """

    share: float
    ceiling: float | None
    rule: str


@lru_cache(maxsize=4)
def rates(atlas: Atlas) -> dict[str, Rate]:
    """The newest rate of each currency."""
    frame = atlas["exchange_rates"].sort_values("date")
    return {
        row.currency: Rate(row.currency, float(row.usd_per_unit), row.date, row.valid_to) for row in frame.itertuples()
    }


def in_dollars(atlas: Atlas, amount: float, currency: str) -> float | None:
    """An amount in US dollars, or None where no sourced rate is known."""
    rate = rates(atlas).get(currency)
    return amount * rate.usd_per_unit if rate else None


def illustrate(ceiling: Ceiling, turnover: float) -> Illustration | None:
    """The ceiling for a turnover in US dollars; None where turnover plays no part in it."""
    if ceiling.percent is None:
        return None
    share = turnover * ceiling.percent / 100
    if ceiling.basis == GREATER:
        return Illustration(share, None if ceiling.usd is None else max(share, ceiling.usd), "greater")
    if ceiling.basis == SHARE:
        return Illustration(share, share, "share")
    return Illustration(
        share, None if ceiling.amount is not None else share, "open" if ceiling.amount is not None else "share"
    )


def ceiling(atlas: Atlas, instrument_id: str, day: str, inherited_from: str = "") -> Ceiling:
    """The ceiling of one instrument on a day."""
    row = atlas.instruments.loc[instrument_id]
    amount = _number(row["max_fine_amount"])
    return Ceiling(
        instrument_id,
        inherited_from,
        instrument_state(atlas, instrument_id, day),
        row["max_fine_text"],
        amount,
        row["max_fine_currency"],
        row["max_fine_basis"],
        _number(row["max_fine_turnover_pct"]),
        _number(row["max_prison_months"]),
        None if amount is None else in_dollars(atlas, amount, row["max_fine_currency"]),
        _fine_from(atlas, instrument_id, day),
    )


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _fine_from(atlas: Atlas, instrument_id: str, day: str) -> str:
    start = _fine_starts(atlas).get(instrument_id, "")
    return start if start > day else ""


@lru_cache(maxsize=4)
def _fine_starts(atlas: Atlas) -> dict[str, str]:
    """By instrument, the day on which its fine starts."""
    rows = power_spans(atlas)
    rows = rows[(rows["power"] == "fine") & (rows["level"] > 0)]
    return dict(zip(rows["instrument_id"], rows["starts"]))


@lru_cache(maxsize=256)
def ceilings(atlas: Atlas, place: str, day: str) -> tuple[Ceiling, ...]:
    """Ceilings of the law of a place that reaches such images, in force or adopted on a day.

    Own law before inherited, in force before adopted, the highest comparable amount or share first. Bills are left out.
    """
    laws = arsenal(atlas, day)
    laws = laws[laws["jurisdiction_id"] == place]
    spans = instrument_spans(atlas)
    found = []
    for law in laws.itertuples():
        row = atlas.instruments.loc[law.instrument_id]
        if row["status"] in NEVER or row["covers_deepfake_ncii"] == "no" or spans.at[law.instrument_id, "ends"] < day:
            continue
        one = ceiling(atlas, law.instrument_id, day, law.inherited_from)
        if one.state in LAW and (one.has_fine or one.prison_months is not None):
            found.append(one)
    return tuple(sorted(found, key=_order))


def _order(one: Ceiling) -> tuple:
    return (
        one.inherited_from != "",
        one.state != "in_force",
        -(one.percent or 0),
        -(one.usd or 0),
        -(one.prison_months or 0),
        one.instrument_id,
    )
