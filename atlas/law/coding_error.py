"""How often a code is wrong: what two blind readings showed, or what was assumed before there were two.

Compared is what each reading's level counts for: one that says "partial, since a court must order it" and one that
says "full, by a court" mean the same and differ in no variant.

Two readings that differ mean that at least one is wrong, so the share on which they agree is a cautious estimate of
how often the kept code stands (settling has mended some of the differences since). Where a code does not stand, the
other levels come up as often as the two readings exchanged them.
"""

from functools import lru_cache

import numpy as np
import pandas as pd

from atlas.law.powers import ABSENT, CONFIDENCE, FULL, PARTIAL
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method

LEVELS = (ABSENT, PARTIAL, FULL)
OBSERVED, ASSUMED = "observed", "assumed"
Chances = tuple[float, float, float]


@lru_cache(maxsize=4)
def readings(atlas: Atlas) -> pd.DataFrame:
    """Powers that both readings decided.

    Returns:
        `power`; `first` and `second`, the levels; `first_effective` and `second_effective`, what they count for (0 to
        2 all four); `confidence`, as the first reading gave it: the kept one hangs on whether the two agree.
    """
    rows = atlas["second_readings"]
    rows = rows[(rows["record_kind"] == "power") & (rows["second_value"] != "")]
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


def source(atlas: Atlas) -> str:
    """`observed` if every class of confidence was read twice often enough, else `assumed`."""
    counts = readings(atlas)["confidence"].value_counts()
    enough = all(counts.get(name, 0) >= get_method()["robustness"]["least_pairs"] for name in CONFIDENCE)
    return OBSERVED if enough else ASSUMED


def agreed(atlas: Atlas) -> dict[str, float]:
    """Share of codes that count the same in both readings, by confidence."""
    rows = readings(atlas)
    return (rows["first_effective"] == rows["second_effective"]).groupby(rows["confidence"]).mean().to_dict()


@lru_cache(maxsize=8)
def chances(atlas: Atlas, by: str = "") -> dict[tuple[int, int], Chances]:
    """Chance that a coded level is in truth 0, 1, 2, by level and confidence (`law.powers.CONFIDENCE`).

    Args:
        by: `observed`, `assumed`, or empty for what the data allow.

    Assumed errors go to a neighbouring level, both sides alike. Observed ones go where the readings differed, with one
    added to each count so that nothing rare is impossible. A higher code never has the better chance of a lower level.
    """
    by = by or source(atlas)
    right = agreed(atlas) if by == OBSERVED else get_method()["robustness"]["code_is_right"]
    where = _observed_directions(atlas) if by == OBSERVED else _neighbours()
    result = {}
    for name, rank in CONFIDENCE.items():
        wrong = 1 - right[name]
        for level in LEVELS:
            row = wrong * where[level]
            row[level] = 1 - wrong
            result[level, rank] = tuple(float(value) for value in row)
    return result


def _neighbours() -> np.ndarray:
    """Shares by which a wrong code goes to each level, shape (levels, levels)."""
    return np.array([[0.0, 1.0, 0.0], [0.5, 0.0, 0.5], [0.0, 1.0, 0.0]])


def _observed_directions(atlas: Atlas) -> np.ndarray:
    """The same from the readings' differences, which have no direction: either may be the wrong one."""
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
