"""What a third, blind reading of a random sample of codes found: how many of each kind were wrong.

Counted are readings of the text of the law (official, its official translation, or a reproduction). A code counts as
wrong if it was changed after that reading. A difference that is not settled counts half, since either reading may be
the wrong one; what the chance would be if each were an error of the code is published beside it. The share has
Jeffreys' range for a share, which is sound for few or no mistakes (Brown, Cai and DasGupta 2001). CODEBOOK.md, "Facts".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method

# The kinds of which samples were drawn, as `third_readings.drawn_as` names them.
SAMPLED = ("agreed", "settled")
FROM_LAW = ("official", "official_translation", "reproduction")
CHANGED, OPEN, NOT_DECIDED = "changed", "open", "not_decided"
DRAWS, RANGE = 1000, (0.025, 0.975)


@dataclass(frozen=True)
class Sample:
    """Codes of one kind that were read a third time against the text of the law.

    Attributes:
        read: how many.
        wrong: how many of them were changed.
        open: against how many a third reading stands unsettled.
    """

    read: int
    wrong: int
    open: int

    @property
    def mistakes(self) -> float:
        return self.wrong + self.open / 2

    @property
    def error(self) -> float:
        """Chance that a code of this kind is wrong: the mean of Jeffreys' distribution, (mistakes + 1/2)/(read + 1)."""
        return (self.mistakes + 0.5) / (self.read + 1)

    @property
    def at_most(self) -> float:
        """The same if every open difference were an error of the code."""
        return (self.wrong + self.open + 0.5) / (self.read + 1)

    def drawn(self, seed: int) -> np.ndarray:
        """Chances of error that fit what was found, shape (DRAWS,)."""
        return np.random.default_rng(seed).beta(self.mistakes + 0.5, self.read - self.mistakes + 0.5, DRAWS)


def range_of(values: Sequence[float] | np.ndarray) -> list[float]:
    """The ends between which 95 % of some values lie."""
    return [float(end) for end in np.quantile(values, RANGE)]


@lru_cache(maxsize=4)
def audited(atlas: Atlas) -> dict[str, Sample]:
    """The sample of each kind; empty unless each has as many codes as the method needs."""
    columns = atlas.columns("third_readings")
    rows = [
        (kind, outcome)
        for kind, outcome, text in zip(*(columns[name] for name in ("drawn_as", "outcome", "text_read")))
        if outcome != NOT_DECIDED and text in FROM_LAW
    ]
    found = {kind: [outcome for own, outcome in rows if own == kind] for kind in SAMPLED}
    if min(map(len, found.values())) < get_method()["facts"]["least_audited"]:
        return {}
    return {kind: Sample(len(own), own.count(CHANGED), own.count(OPEN)) for kind, own in found.items()}


def read_thrice(atlas: Atlas) -> dict[tuple[str, str], bool]:
    """Codes read a third time against the law, by instrument and power: whether nothing stands against them now."""
    columns = atlas.columns("third_readings")
    names = ("instrument_id", "power", "outcome", "text_read")
    return {
        (instrument, power): outcome != OPEN
        for instrument, power, outcome, text in zip(*(columns[name] for name in names))
        if outcome != NOT_DECIDED and text in FROM_LAW
    }
