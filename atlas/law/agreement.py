"""How far the two readings agree, by power and for the class of acts, with bootstrap ranges.

`make build` writes `data/built/agreement.json`. Krippendorff's alpha by NLTK: ordinal for levels and for rungs, nominal
for the
classes of acts. Alpha says little where nearly all codes are the same (Hayes and Krippendorff 2007), so raw agreement
stands beside it, and an alpha that is not defined is null.
"""

import json
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from atlas.law import built_figures
from atlas.law.coding_error import readings
from atlas.progress import say, told
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method

FILE = "agreement.json"
# Raised when the same readings would give other figures.
METHOD = 1
RESAMPLES, SEED, RANGE = 1000, 20261126, (0.025, 0.975)
Pairs = Sequence[tuple[Any, Any]]


def ordinal(labels: Sequence[Any]) -> Callable[[Any, Any], float]:
    """Krippendorff's ordinal distance: the ranks between two values, counted by how often each was used.

    Args:
        labels: every value either reading gave.
    """
    used = Counter(labels)

    def distance(one: Any, other: Any) -> float:
        low, high = sorted((one, other))
        between = sum(count for value, count in used.items() if low <= value <= high)
        return (between - (used[low] + used[high]) / 2) ** 2 if low != high else 0.0

    return distance


def nominal(labels: Sequence[Hashable]) -> Callable[[Hashable, Hashable], float]:
    """All different values are equally far apart."""
    return lambda one, other: float(one != other)


def alpha(pairs: Pairs, scale: Callable = ordinal) -> float | None:
    """Krippendorff's alpha of two readings; None where all values are the same, or there is no pair.

    Args:
        pairs: first and second value of each record that both readings decided.
        scale: `ordinal` or `nominal`.
    """
    from nltk.metrics.agreement import AnnotationTask

    labels = [value for pair in pairs for value in pair]
    if len(set(labels)) < 2:
        return None
    data = [
        (reader, item, value) for item, pair in enumerate(pairs) for reader, value in zip(("first", "second"), pair)
    ]
    return float(AnnotationTask(data, distance=scale(labels)).alpha())


def measured(pairs: Pairs, scale: Callable = ordinal) -> dict:
    """Raw agreement and alpha of some pairs with their bootstrap ranges (records drawn anew, fixed seed)."""
    if not pairs:
        return {"pairs": 0, "agreed": 0, "raw": None, "raw_range": None, "alpha": None, "alpha_range": None}
    random = np.random.default_rng(SEED)
    same = np.array([one == other for one, other in pairs])
    raws, alphas = [], []
    for _ in range(RESAMPLES):
        drawn = random.integers(0, len(pairs), len(pairs))
        raws.append(float(same[drawn].mean()))
        found = alpha([pairs[index] for index in drawn], scale)
        if found is not None:
            alphas.append(found)
    value = alpha(pairs, scale)
    return {
        "pairs": len(pairs),
        "agreed": int(same.sum()),
        "raw": _rounded(float(same.mean())),
        "raw_range": _ends(raws),
        "alpha": _rounded(value),
        "alpha_range": _ends(alphas) if value is not None else None,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _ends(values: list[float]) -> list[float] | None:
    return [round(float(end), 3) for end in np.quantile(values, RANGE)] if values else None


def readings_key(atlas: Atlas) -> str:
    """SHA-256 of all that the figures hang on, whatever the version of the data."""
    rows = atlas["second_readings"].drop(columns=["reason", "second_confidence", "read_on"])
    lines = sorted("\x1f".join(map(str, row)) for row in rows.itertuples(index=False))
    powers = atlas.package.tables["powers"].vocabulary("power")
    chosen = [METHOD, RESAMPLES, SEED, RANGE, get_method().rung_of, powers]
    return sha256("\x1e".join([json.dumps(chosen), *lines]).encode()).hexdigest()


def act_pairs(atlas: Atlas) -> list[tuple[str, str]]:
    """Action classes of the acts that both readings decided."""
    rows = atlas["second_readings"]
    rows = rows[(rows["record_kind"] == "act") & (rows["second_value"] != "")]
    return list(zip(rows["first_value"], rows["second_value"]))


def compute(atlas: Atlas) -> dict:
    """All figures of agreement, with how many records the second reading could not decide."""
    rows, method = readings(atlas), get_method()
    levels = list(zip(rows["first"].tolist(), rows["second"].tolist()))
    acts = act_pairs(atlas)
    rungs = [
        (method.rung_of[one], method.rung_of[other])
        for one, other in acts
        if one in method.rung_of and other in method.rung_of
    ]
    by_power = {
        power: measured(list(zip(mine["first"].tolist(), mine["second"].tolist())))
        for power in told(atlas.package.tables["powers"].vocabulary("power"), "agreement: powers")
        for mine in [rows[rows["power"] == power]]
    }
    by_confidence = {
        name: measured(list(zip(mine["first"].tolist(), mine["second"].tolist())))
        for name, mine in told(list(rows.groupby("confidence")), "agreement: grades of confidence")
    }
    say("agreement: all powers, all acts")
    return {
        "effective": measured(list(zip(rows["first_effective"].tolist(), rows["second_effective"].tolist()))),
        "resamples": RESAMPLES,
        "seed": SEED,
        "range": list(RANGE),
        "key": readings_key(atlas),
        "powers": measured(levels),
        "by_power": by_power,
        "by_confidence": by_confidence,
        "acts": measured(acts, nominal),
        "rungs": measured(rungs),
        "confusion": (
            pd.crosstab(rows["first"], rows["second"])
            .reindex(index=range(3), columns=range(3), fill_value=0)
            .to_numpy()
            .tolist()
        ),
        "settled": _settled(atlas),
    }


def _settled(atlas: Atlas) -> dict[str, dict[str, int]]:
    """How many readings of each kind were settled in each way."""
    rows = atlas["second_readings"]
    ways = atlas.package.tables["second_readings"].vocabulary("settled_how")
    return {
        kind: {way: int(((rows["record_kind"] == kind) & (rows["settled_how"] == way)).sum()) for way in ways}
        for kind in ("power", "act")
    }


def build(atlas: Atlas, where: Path, afresh: bool) -> str:
    """Writes the figures into a folder of built files, whole or not at all, unless they are those of these readings.

    Returns:
        What was done, in words.
    """
    found = built_figures.renewed(where / FILE, readings_key(atlas), afresh, lambda: compute(atlas))
    if not found:
        return "up to date"
    return f"{found['powers']['pairs']} powers and {found['acts']['pairs']} acts read twice"


def read(where: Path) -> dict:
    """The figures that lie in a folder of built files; empty where there are none."""
    return built_figures.read(where / FILE)
