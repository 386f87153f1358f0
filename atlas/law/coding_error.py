"""How often a code is wrong, by how it was read: twice with one result, twice and settled, or once.

Compared is what each reading's level counts for: one that says "partial, since a court must order it" and one that
says "full, by a court" mean the same and differ in no draw.

Two blind readings that are each right in a share p of cases, and whose mistakes are independent, agree in p² of them
on the right level and, of three levels, in (1-p)²/2 on one and the same wrong one. So the share on which they agree
gives p, and p the chance of error of each kind. A mistake that both readings share cannot be seen this way:
`shared_error` of the method stands for it until a third reading of a sample has been made. CODEBOOK.md, "Facts".
"""

from functools import lru_cache

import numpy as np
import pandas as pd

from atlas.law.powers import ABSENT, CONFIDENCE, FULL, PARTIAL
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method

LEVELS = (ABSENT, PARTIAL, FULL)
AGREED, SETTLED, ONCE = HISTORIES = ("agreed", "settled", "once")
# Where the chances come from: how a code was read, or, as up to data 1.3.0, its confidence.
BY_READING, BY_CONFIDENCE = "by_reading", "by_confidence"
RESAMPLES, SEED, RANGE = 1000, 20261126, (0.025, 0.975)
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


@lru_cache(maxsize=4)
def histories(atlas: Atlas) -> dict[tuple[str, str], str]:
    """How each power of each instrument was read: `agreed` (both count the same), `settled` or `once`."""
    rows = _read_twice(atlas)
    same = rows["first_effective"].astype(int) == rows["second_effective"].astype(int)
    twice = {tuple(record.split("/")): AGREED if agree else SETTLED for record, agree in zip(rows["record_id"], same)}
    columns = atlas.columns("powers")
    return {key: twice.get(key, ONCE) for key in zip(columns["instrument_id"], columns["power"])}


def right_once(agree: float) -> float:
    """Share of single readings that are right, from the share on which two agree.

    Solves agree = p² + (1-p)²/2 for the larger p; below a third, chance alone explains the agreement.
    """
    return (1 + np.sqrt(max(6 * agree - 2, 0.0))) / 3


def rates(agree: float) -> dict[str, float]:
    """Chance of error of a code by its history, from the share on which two readings agree.

    A settled code is right if one of the two readings was, and the one who settled it chose as well as a reading does.
    """
    right, shared = right_once(agree), settings()["shared_error"]
    one_of_two = min(2 * right * (1 - right) / (1 - agree), 1.0) if agree < 1 else 1.0
    found = {AGREED: (1 - right) ** 2 / 2 / agree if agree else 1.0, SETTLED: 1 - one_of_two * right, ONCE: 1 - right}
    return {history: min(float(error) + shared, 1.0) for history, error in found.items()}


def settings() -> dict:
    """The numbers of the method that chances and draws follow."""
    return get_method()["facts"]


@lru_cache(maxsize=4)
def error_rates(atlas: Atlas) -> dict[str, dict]:
    """Chance of error by history, each with the range of 95 % of bootstrap samples and the number of such codes.

    Without two readings (a release before 1.1.0) the method's own rates stand, without a range.
    """
    rows, counts = readings(atlas), pd.Series(histories(atlas)).value_counts()
    same = (rows["first_effective"] == rows["second_effective"]).to_numpy()
    if len(same) < settings()["least_pairs"]:
        found: dict[str, tuple[float, list[float] | None]] = {
            history: (settings()["without_readings"][history], None) for history in HISTORIES
        }
    else:
        random = np.random.default_rng(SEED)
        drawn = [rates(float(same[random.integers(0, len(same), len(same))].mean())) for _ in range(RESAMPLES)]
        point = rates(float(same.mean()))
        found = {
            history: (point[history], [float(end) for end in np.quantile([one[history] for one in drawn], RANGE)])
            for history in HISTORIES
        }
    return {
        history: {
            "error": round(error, 4),
            "range": ends and [round(end, 4) for end in ends],
            "codes": int(counts.get(history, 0)),
        }
        for history, (error, ends) in found.items()
    }


@lru_cache(maxsize=8)
def chances(atlas: Atlas, by: str = BY_READING) -> dict[tuple[int, str], Chances]:
    """Chance that a coded level is in truth 0, 1, 2, by level and history (or by level and confidence).

    Args:
        by: `by_reading`, or `by_confidence`: the assumption of data up to 1.3.0, kept for comparison.

    Errors go where the readings differed, with one added to each count so that nothing rare is impossible. A higher
    code never has the better chance of a lower level.
    """
    where = _directions(atlas)
    if by == BY_READING:
        wrong = {history: found["error"] for history, found in error_rates(atlas).items()}
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
    if by == BY_READING:
        return histories(atlas)[instrument, power]
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
