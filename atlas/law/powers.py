"""Powers held: for each place and power on a day, the strongest one in any instrument that applies there.

OxCGRT's rule, applied to law: the highest level in force counts; what is inherited counts and is marked
(codebook and sub-national interpretation of the Oxford COVID-19 Government Response Tracker).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from atlas.law.fields import Absences
from atlas.law.inheritance import arsenal
from atlas.law.law_cache import while_law_stands
from atlas.law.spans import NEVER, instrument_spans, power_spans
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_PAST
from atlas.tables.method import get_method

ABSENT, PARTIAL, FULL = 0, 1, 2
HELD = (
    "jurisdiction_id",
    "instrument_id",
    "inherited_from",
    "power",
    "effective",
    "starts",
    "sureness",
    "rank",
    "breadth",
    "applies",
)
STATES = ("full", "partial", "absent", "not_yet", "not_assessed")
CONFIDENCE = {"high": 2, "medium": 1, "low": 0}


@dataclass(frozen=True)
class Cell:
    """One power of one place on one day.

    Attributes:
        state: one of `STATES`. `not_yet`: nothing applies, and an adopted law will give the power.
        level: effective level that applies (0 to 2); None where not assessed or not yet applicable.
        instrument_id: the instrument that decides; empty where not assessed, and where the power is absent because it
            is not the place's to make.
        inherited_from: whose law that is, if not the place's own.
        starts: first day on which the deciding power applies.
        read: how many instruments were read for this power (those that apply).
        later: instrument that will raise the level once it applies, if there is one; empty otherwise.
        later_level: the level it will bring.
        later_starts: from when; far future where no start was found.
    """

    state: str
    level: int | None
    instrument_id: str
    inherited_from: str
    starts: str
    read: int
    later: str
    later_level: int
    later_starts: str


NOT_ASSESSED = Cell("not_assessed", None, "", "", "", 0, "", 0, "")


def effective_level(level: int, route: str, scope: str, basis: str, commencement: str) -> int:
    """What a coded level counts for.

    A narrow power counts as partial, whatever its level. A power coded partial only because a court must order
    it, or because it starts later than its law, counts as full: a court's route counts as an authority's, and
    dates are kept by the clock. Everything else counts as coded.
    """
    if level == ABSENT:
        return ABSENT
    if scope == "narrow":
        return PARTIAL
    only_court_or_date = (
        scope == "general" and basis == "explicit" and (route == "court" or commencement != "with_instrument")
    )
    return FULL if level == FULL or only_court_or_date else PARTIAL


@lru_cache(maxsize=4)
def coded_powers(atlas: Atlas) -> pd.DataFrame:
    """All power codings that are or will be law, with `starts`, `ends`, `adopted` and `effective` (0 to 2)."""
    powers = power_spans(atlas)
    status = atlas.instruments.loc[powers["instrument_id"], "status"].to_numpy()
    adopted = instrument_spans(atlas).loc[powers["instrument_id"], "adopted"].to_numpy()
    effective = [
        effective_level(int(row.level), row.route, row.scope, row.basis, row.commencement)
        for row in powers.itertuples()
    ]
    laws = atlas.instruments.loc[powers["instrument_id"]]
    rank = 2 * (laws["legal_force"] != "soft_law").to_numpy(int) + (
        laws["covers_deepfake_ncii"] == "explicit"
    ).to_numpy(int)
    breadth = powers["instrument_id"].map((powers["level"] > ABSENT).groupby(powers["instrument_id"]).sum())
    frame = powers.assign(
        effective=effective, adopted=adopted, sureness=powers["confidence"].map(CONFIDENCE), rank=rank, breadth=breadth
    )
    return frame[~pd.Series(status, index=powers.index).isin(NEVER)]


def _adopted(atlas: Atlas, day: str) -> pd.DataFrame:
    """All codings of laws that were adopted and have not ended, where each belongs to the law, with `applies`."""
    rows = arsenal(atlas, day).merge(coded_powers(atlas), on="instrument_id")
    rows = rows[(rows["adopted"] <= day) & (day <= rows["ends"])]
    return rows.assign(applies=rows["starts"] <= day)


@while_law_stands(maxsize=16)
def absences(atlas: Atlas, day: str) -> Absences:
    """Which absences are earned by what applies on a day."""
    rows = _adopted(atlas, day)
    return Absences(atlas, day, rows[rows["applies"]])


@while_law_stands(maxsize=16)
def held(atlas: Atlas, day: str) -> pd.DataFrame:
    """Every power coding that belongs to each place's law on a day, applicable or adopted for later.

    An absence is among them only where it was earned (`law.fields`), in the place's own law; an earned absence of a
    power that is not the place's to make has an empty `instrument_id`, as no law of its own could say so.

    Returns:
        Columns `jurisdiction_id`, `instrument_id`, `inherited_from`, `power`, `effective`, `starts`, `applies`
        (bool), and what breaks ties: `rank`, `sureness`, `breadth`. Adopted laws only.
    """
    rows = _adopted(atlas, day)
    now, later = absences(atlas, day), Absences(atlas, day, rows)
    columns = ("jurisdiction_id", "instrument_id", "inherited_from", "power", "effective", "applies")
    # What is absent once every adopted law applies is kept among what is to come, for the outline of the score.
    counts = [
        (True, applies) if level > ABSENT else (later.counts(place, law, above, power), now.earned(place, power))
        for place, law, above, power, level, applies in zip(*(rows[name].tolist() for name in columns))
    ]
    kept, applies = (np.array([count[position] for count in counts], dtype=bool) for position in (0, 1))
    rows = rows.assign(applies=rows["applies"].to_numpy() & applies)
    return pd.concat([rows.loc[kept, list(HELD)], _not_its_own(atlas, now)], ignore_index=True)


def _not_its_own(atlas: Atlas, earned: Absences) -> pd.DataFrame:
    """Absences of powers that are not a place's to make."""
    powers = [power for powers in get_method()["power_groups"].values() for power in powers]
    makers = dict.fromkeys(atlas.columns("fields_read")["jurisdiction_id"])
    found = [
        (place, "", "", power, ABSENT, FAR_PAST, CONFIDENCE["high"], 0, 0, True)
        for place in makers
        for power in powers
        if earned.not_its_own(place, power) and earned.earned(place, power)
    ]
    return pd.DataFrame(found, columns=list(HELD))


@while_law_stands(maxsize=16)
def with_own_law(atlas: Atlas, day: str) -> frozenset[str]:
    """Places of which a binding law of their own applies on a day and was coded."""
    rows = held(atlas, day)
    own = rows[rows["applies"] & (rows["inherited_from"] == "") & (rows["instrument_id"] != "")]
    force = atlas.instruments.loc[own["instrument_id"], "legal_force"].to_numpy()
    return frozenset(own["jurisdiction_id"][force != "soft_law"])


def _strongest(rows: pd.DataFrame) -> pd.DataFrame:
    """The deciding row per place and power: highest level, own law before inherited, binding before soft, one that
    names such images before others, then the surer coding, then the law that holds most powers, then by id."""
    ordered = rows.assign(own=rows["inherited_from"] == "").sort_values(
        ["effective", "own", "rank", "sureness", "breadth", "instrument_id"],
        ascending=[False, False, False, False, False, True],
        kind="stable",
    )
    return ordered.drop_duplicates(["jurisdiction_id", "power"]).set_index(["jurisdiction_id", "power"])


@while_law_stands(maxsize=32)
def cells(atlas: Atlas, day: str) -> dict[tuple[str, str], Cell]:
    """The cell of each (place, power) on which something was read; others are `NOT_ASSESSED`."""
    rows = held(atlas, day)
    now = _strongest(rows[rows["applies"]])
    read = rows[rows["applies"]].groupby(["jurisdiction_id", "power"])["instrument_id"].nunique().to_dict()
    later = _strongest(rows[~rows["applies"] & (rows["effective"] > ABSENT)])
    to_come = {row.Index: row for row in later.itertuples()}
    result = {}
    for row in now.itertuples():
        coming = to_come.get(row.Index)
        if coming is not None and coming.effective <= row.effective:
            coming = None
        state = "absent" if row.effective == ABSENT else "full" if row.effective == FULL else "partial"
        if state == "absent" and coming is not None:
            state = "not_yet"
        result[row.Index] = Cell(
            state,
            int(row.effective),
            row.instrument_id,
            row.inherited_from,
            row.starts,
            int(read[row.Index]),
            coming.instrument_id if coming is not None else "",
            int(coming.effective) if coming is not None else 0,
            coming.starts if coming is not None else "",
        )
    for index, row in to_come.items():
        if index not in result:
            result[index] = Cell(
                "not_yet",
                None,
                row.instrument_id,
                row.inherited_from,
                row.starts,
                0,
                row.instrument_id,
                int(row.effective),
                row.starts,
            )
    return result


def cell(atlas: Atlas, place: str, power: str, day: str) -> Cell:
    """One cell."""
    return cells(atlas, day).get((place, power), NOT_ASSESSED)


def level_matrix(atlas: Atlas, day: str, places: tuple[str, ...], powers: tuple[str, ...]) -> np.ndarray:
    """Effective levels that apply, as floats.

    Returns:
        Shape (places, powers); 0, 1 or 2, and NaN where not assessed (or only a later law has the power).
    """
    found = cells(atlas, day)
    values = [[found.get((place, power), NOT_ASSESSED).level for power in powers] for place in places]
    return np.array([[np.nan if value is None else value for value in row] for row in values], dtype=float).reshape(
        len(places), len(powers)
    )
