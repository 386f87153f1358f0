"""How often a code is wrong, by how it was read: twice with one result, twice and settled, once, or three times.

Compared is what each reading's level counts for: one that says "partial, since a court must order it" and one that
says "full, by a court" mean the same and differ in no draw.

Of codes that were read twice, a random sample was read a third time, blind, against the text of the law
(`law.audited_sample`): how many of them were wrong is the chance of error of their kind. Where a release has no such
sample, and for codes that were read once, the chance follows from how often two blind readings agree: two that are
each right in a share p of cases, and whose mistakes are independent, agree in p² of them on the right level and, of
three levels, in (1-p)²/2 on one and the same wrong one. CODEBOOK.md, "Facts".
"""

from functools import lru_cache

import numpy as np
import pandas as pd

from atlas.law.audited_sample import SAMPLED, audited, range_of, read_thrice
from atlas.law.powers import ABSENT, CONFIDENCE, FULL, PARTIAL
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method

LEVELS = (ABSENT, PARTIAL, FULL)
AGREED, SETTLED, ONCE, THIRD = HISTORIES = ("agreed", "settled", "once", "third")
# Where the chances come from: the audited sample; as up to data 1.4.0, how often two readings agree; or, as up to
# data 1.3.0, a code's confidence.
BY_READING, BY_AGREEMENT, BY_CONFIDENCE = "by_reading", "by_agreement", "by_confidence"
RESAMPLES, SEED = 1000, 20261126
Chances = tuple[float, float, float]


def _read_twice(atlas: Atlas) -> pd.DataFrame:
    """Rows of the second readings about powers that both readings decided."""
    rows = atlas["second_readings"]
    return rows[(rows["record_kind"] == "power") & (rows["second_value"] != "")]


@lru_cache(maxsize=4)
def readings(atlas: Atlas) -> pd.DataFrame:
    """Powers that both readings decided.

    Returns:
        `power`; `first` and `second`, the levels; `first_effective` and `second_effective`, what they count for (0 to
        2 all four); `confidence`, as the first reading gave it: the kept one hangs on whether the two agree.
    """
    rows = _read_twice(atlas)
    return pd.DataFrame(
        {
            "power": rows["record_id"].str.split("/").str[-1],
            "first": rows["first_value"].astype(int),
            "second": rows["second_value"].astype(int),
            "first_effective": rows["first_effective"].astype(int),
            "second_effective": rows["second_effective"].astype(int),
            "confidence": rows["first_confidence"],
        }
    ).reset_index(drop=True)


@lru_cache(maxsize=8)
def histories(atlas: Atlas, by: str = BY_READING) -> dict[tuple[str, str], str]:
    """How each power of each instrument was read: `agreed` (both count the same), `settled`, `once`, or `third`.

    `third` is a code that a third reading bears out, or that was settled after it; one against which a third reading
    stands unsettled counts as `settled`. `by_agreement` knows no third reading.
    """
    rows = _read_twice(atlas)
    same = rows["first_effective"].astype(int) == rows["second_effective"].astype(int)
    found = {tuple(record.split("/")): AGREED if agree else SETTLED for record, agree in zip(rows["record_id"], same)}
    if by == BY_READING:
        found |= {key: THIRD if sure else SETTLED for key, sure in read_thrice(atlas).items()}
    columns = atlas.columns("powers")
    return {key: found.get(key, ONCE) for key in zip(columns["instrument_id"], columns["power"])}


def right_once(agree: float) -> float:
    """Share of single readings that are right, from the share on which two agree.

    Solves agree = p² + (1-p)²/2 for the larger p; below a third, chance alone explains the agreement.
    """
    return (1 + np.sqrt(max(6 * agree - 2, 0.0))) / 3


def rates(agree: float, shared: float) -> dict[str, float]:
    """Chance of error of a code by its history, from the share on which two readings agree.

    A settled code is right if one of the two readings was, and the one who settled it chose as well as a reading does.

    Args:
        agree: share of codes on which two readings count the same.
        shared: chance of a mistake that both readings make, which their agreement cannot show.
    """
    right = right_once(agree)
    one_of_two = min(2 * right * (1 - right) / (1 - agree), 1.0) if agree < 1 else 1.0
    found = {AGREED: by_chance(agree), SETTLED: 1 - one_of_two * right, ONCE: 1 - right}
    return {history: min(float(error) + shared, 1.0) for history, error in found.items()}


def by_chance(agree: float) -> float:
    """Share of the codes on which two readings agree that are wrong, if their mistakes are independent."""
    return (1 - right_once(agree)) ** 2 / 2 / agree if agree else 1.0


def settings() -> dict:
    """The numbers of the method that chances and draws follow."""
    return get_method()["facts"]


@lru_cache(maxsize=8)
def error_rates(atlas: Atlas, by: str = BY_READING) -> dict[str, dict]:
    """Chance of error by history.

    Args:
        by: `by_reading`, or `by_agreement`: as if no sample had been read a third time.

    Returns:
        For each history `error`; `range`, which holds 95 % of what other samples would give, or None for what the
        method assumes; `codes`, how many there are; `read`, `wrong` and `open`, what the audited sample found (0
        where there is none); `at_most`, the error if every open difference were one of the code, or None.
    """
    rows, counts = readings(atlas), pd.Series(histories(atlas, by)).value_counts()
    same = (rows["first_effective"] == rows["second_effective"]).to_numpy()
    sample = audited(atlas) if by == BY_READING else {}
    if len(same) < settings()["least_pairs"]:
        found: dict[str, tuple[float, list[float] | None]] = {
            history: (settings()["without_readings"][history], None) for history in (AGREED, SETTLED, ONCE)
        }
    else:
        found = _from_sample(same, sample) if sample else _from_agreement(same)
    # What a third reading has seen, no further reading has: the method assumes what it may have missed.
    found[THIRD] = (settings()["shared_error"], None)
    ends = {history: found[history][1] for history in HISTORIES}
    return {
        history: {
            "error": round(float(found[history][0]), 4),
            "range": [round(float(end), 4) for end in ends[history] or ()] or None,
            "codes": int(counts.get(history, 0)),
            "read": sample[history].read if history in sample else 0,
            "wrong": sample[history].wrong if history in sample else 0,
            "open": sample[history].open if history in sample else 0,
            "at_most": round(sample[history].at_most, 4) if history in sample else None,
        }
        for history in HISTORIES
    }


def _resampled(same: np.ndarray) -> np.ndarray:
    """Shares of agreement of bootstrap samples, shape (RESAMPLES,)."""
    random = np.random.default_rng(SEED)
    return np.array([same[random.integers(0, len(same), len(same))].mean() for _ in range(RESAMPLES)])


def _from_agreement(same: np.ndarray) -> dict[str, tuple]:
    """Chances and ranges from agreement alone, with what the method assumes for mistakes that both readings share."""
    shared = settings()["shared_error"]
    point, drawn = rates(float(same.mean()), shared), [rates(float(one), shared) for one in _resampled(same)]
    return {history: (point[history], range_of([one[history] for one in drawn])) for history in (AGREED, SETTLED, ONCE)}


def _from_sample(same: np.ndarray, sample: dict) -> dict[str, tuple]:
    """Chances and ranges from the audited sample.

    Codes read once were not sampled: to what one reading gets wrong by itself comes what agreed codes were wrong
    beyond chance, since only a mistake that readings share can bring that about.
    """
    agree, drawn = float(same.mean()), {kind: sample[kind].drawn(SEED) for kind in SAMPLED}
    found = {kind: (sample[kind].error, range_of(drawn[kind])) for kind in SAMPLED}
    shared = max(sample[AGREED].error - by_chance(agree), 0.0)
    again = [
        rates(float(one), max(wrong - by_chance(float(one)), 0.0))[ONCE]
        for one, wrong in zip(_resampled(same), drawn[AGREED])
    ]
    return found | {ONCE: (rates(agree, shared)[ONCE], range_of(again))}


@lru_cache(maxsize=8)
def chances(atlas: Atlas, by: str = BY_READING) -> dict[tuple[int, str], Chances]:
    """Chance that a coded level is in truth 0, 1, 2, by level and history (or by level and confidence).

    Args:
        by: `by_reading`; or, kept for comparison, `by_agreement`, the rates of data 1.4.0, or `by_confidence`, the
            assumption of data up to 1.3.0.

    Errors go where the readings differed, with one added to each count so that nothing rare is impossible. A higher
    code never has the better chance of a lower level.
    """
    where = _directions(atlas)
    if by != BY_CONFIDENCE:
        wrong = {history: found["error"] for history, found in error_rates(atlas, by).items()}
    else:
        wrong = {name: 1 - right for name, right in settings()["right_by_confidence"].items()}
    result = {}
    for kind, error in wrong.items():
        for level in LEVELS:
            row = error * where[level]
            row[level] = 1 - error
            absent, partial, full = (float(value) for value in row)
            result[level, kind] = absent, partial, full
    return result


def kind_of(atlas: Atlas, by: str, instrument: str, power: str, sureness: int) -> str:
    """Under which kind `chances` holds a coding: its history, or its confidence (as `law.powers.CONFIDENCE`)."""
    if by != BY_CONFIDENCE:
        return histories(atlas, by)[instrument, power]
    return next(name for name, rank in CONFIDENCE.items() if rank == sureness)


def _directions(atlas: Atlas) -> np.ndarray:
    """Shares by which a wrong code goes to each level, shape (levels, levels), from the readings' differences.

    They have no direction: either reading may be the wrong one.
    """
    rows = readings(atlas)
    counts = np.zeros((len(LEVELS), len(LEVELS)))
    np.add.at(counts, (rows["first_effective"], rows["second_effective"]), 1)
    counts = counts + counts.T + 1
    np.fill_diagonal(counts, 0)
    shares = counts / counts.sum(1, keepdims=True)
    # Two steps are never likelier than one from the level between: else a higher code could fare worse than a lower.
    far = min(shares[ABSENT, FULL], shares[FULL, ABSENT], shares[PARTIAL, ABSENT], shares[PARTIAL, FULL])
    shares[ABSENT], shares[FULL] = [0, 1 - far, far], [far, 1 - far, 0]
    return shares
