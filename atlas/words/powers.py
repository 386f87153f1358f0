"""A power in words: what its level counts for, and why it is less than plain and general. The same words everywhere."""

from collections.abc import Mapping

import pandas as pd

from atlas.law.powers import effective_level


def qualifiers(row: pd.Series | dict) -> str:
    """Why a power is not plain and general: court, scope, basis. Empty where nothing limits it."""
    found = []
    if row["level"] == 0:
        return ""
    if row["route"] == "court":
        found.append("by a court")
    if row["scope"] == "narrow":
        found.append("narrow scope")
    if row["basis"] == "interpretation":
        found.append("by interpretation")
    return ", ".join(found)


def counts_for(row: pd.Series | Mapping) -> int:
    """The level that a coding counts for, 0 to 2: a court's route counts as an authority's (codebook, "Powers")."""
    return effective_level(int(row["level"]), row["route"], row["scope"], row["basis"], row["commencement"])
