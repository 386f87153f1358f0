"""A reform tried out: what a place's law would be with other levels of some powers, and who could serve as its
model.
"""

from dataclasses import dataclass

import numpy as np

from atlas.law.facts import Row, applicable_rows, levels_from
from atlas.law.inheritance import arsenal
from atlas.law.law_cache import while_law_stands
from atlas.law.powers import ABSENT, FULL, absences, coded_powers
from atlas.law.regime import ORDER, Regime, instrument_type, instrument_types, regimes
from atlas.law.spans import power_spans
from atlas.law.standing import Pair, fields_against
from atlas.law.strength import Weights, equal_weights, whole_scores
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method


@dataclass(frozen=True)
class Reform:
    """A supposed change of one instrument.

    Attributes:
        place: whose instrument it is.
        instrument_id: which.
        given: compulsory powers that it would have in full.
        taken: compulsory powers that it would not have.
        named: whether its text would name sexual deepfakes.
    """

    place: str
    instrument_id: str
    given: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    named: bool = False

    @property
    def changes(self) -> bool:
        return bool(self.given or self.taken or self.named)


@dataclass(frozen=True)
class Outcome:
    """What a place would be under a reform: types of instrument, AI law and whole arsenal, strength, levels."""

    instrument: str
    ai_law: Regime
    whole: Regime
    point: float | None
    levels: np.ndarray


def reformable(atlas: Atlas, place: str, day: str) -> list[str]:
    """The place's own instruments that apply on a day: AI laws first, binding before soft, then by short name."""
    types = instrument_types(atlas, day)
    own = atlas["instruments"][
        (atlas["instruments"]["jurisdiction_id"] == place) & atlas["instruments"]["instrument_id"].isin(types)
    ]
    ai = own["domain"].isin(get_method()["ai_law_domains"])
    order = sorted(zip(~ai, own["legal_force"] == "soft_law", own["short_name"].str.lower(), own["instrument_id"]))
    return [identity for *_, identity in order]


def reformed_rows(atlas: Atlas, reform: Reform, day: str) -> tuple[Row, ...]:
    """The codings that would apply in the place."""
    rows = applicable_rows(atlas, day).get(reform.place, ())
    changed = {**dict.fromkeys(reform.taken, ABSENT), **dict.fromkeys(reform.given, FULL)}
    kept = [row for row in rows if not (row.instrument_id == reform.instrument_id and row.power in changed)]
    earned = absences(atlas, day)
    supposed = (
        Row(reform.instrument_id, reform.place, power, level)
        for power, level in sorted(changed.items())
        if level > ABSENT or earned.earned(reform.place, power)
    )
    return (*kept, *supposed)


def outcome(atlas: Atlas, reform: Reform, day: str, chosen: Weights) -> Outcome:
    """Types and strength under a reform; with no change, those of the law as it is."""
    rows = reformed_rows(atlas, reform, day)
    levels = levels_from(rows)
    point = float(whole_scores(levels[None, :], chosen).point[0])
    kind = _type(atlas, reform, day)
    return Outcome(
        kind,
        _stronger(atlas, reform, day, kind, True),
        _stronger(atlas, reform, day, kind, False),
        None if np.isnan(point) else point,
        levels,
    )


def _type(atlas: Atlas, reform: Reform, day: str) -> str:
    """Type of the instrument: a law that is given a penalty is one with penalties, and so on down."""
    method = get_method()
    if not reform.changes:
        return instrument_types(atlas, day)[reform.instrument_id]
    row = atlas.instruments.loc[reform.instrument_id]
    spans = power_spans(atlas)
    own = spans[(spans["instrument_id"] == reform.instrument_id) & (spans["starts"] <= day) & (day <= spans["ends"])]
    levels = (
        dict(zip(own["power"], own["level"].astype(int)))
        | dict.fromkeys(reform.taken, ABSENT)
        | dict.fromkeys(reform.given, FULL)
    )
    explicit = set(own.loc[own["basis"] == "explicit", "power"]) | set(reform.given)
    force = row["legal_force"]
    if set(reform.given) & set(method["penalty_powers"]):
        force = "binding_with_penalties"
    elif reform.given and force == "soft_law":
        force = "binding_without_penalties"
    covers = "explicit" if reform.named else row["covers_deepfake_ncii"]
    return instrument_type(force, covers, levels, explicit, method)


def _stronger(atlas: Atlas, reform: Reform, day: str, kind: str, ai_law_only: bool) -> Regime:
    """Regime of the place with the reformed instrument in it."""
    now = regimes(atlas, day, ai_law_only)[reform.place]
    domain = atlas.instruments.at[reform.instrument_id, "domain"]
    if not reform.changes or (ai_law_only and domain not in get_method()["ai_law_domains"]):
        return now
    if ORDER.index(kind) >= ORDER.index(now.type):
        return Regime(kind, reform.instrument_id, "")
    return _without(atlas, reform, day, kind, ai_law_only) if now.instrument_id == reform.instrument_id else now


def _without(atlas: Atlas, reform: Reform, day: str, kind: str, ai_law_only: bool) -> Regime:
    """What decides once the deciding instrument is weakened: the strongest of the others, or what is left of it."""
    types, laws = instrument_types(atlas, day), arsenal(atlas, day)
    laws = laws[
        (laws["jurisdiction_id"] == reform.place)
        & laws["instrument_id"].isin(types)
        & (laws["instrument_id"] != reform.instrument_id)
    ]
    if ai_law_only:
        laws = laws[
            atlas.instruments.loc[laws["instrument_id"], "domain"].isin(get_method()["ai_law_domains"]).to_numpy()
        ]
    options = [
        (ORDER.index(types[row.instrument_id]), row.inherited_from == "", row.instrument_id, row.inherited_from)
        for row in laws.itertuples()
    ]
    rank, _, identity, source = max([*options, (ORDER.index(kind), True, reform.instrument_id, "")])
    return Regime(ORDER[rank], identity, source) if rank else Regime("none_found", "", "")


def reformed_pairs(atlas: Atlas, reform: Reform, day: str) -> dict[str, Pair]:
    """The reformed place against every other comparable one; see `_reformed_pairs`."""
    return _reformed_pairs(atlas, day, reform)


@while_law_stands(maxsize=64)
def _reformed_pairs(atlas: Atlas, day: str, reform: Reform) -> dict[str, Pair]:
    """The reformed place against every other comparable one; empty where too little is assessed."""
    rows = reformed_rows(atlas, reform, day)
    if np.isnan(whole_scores(levels_from(rows)[None, :], equal_weights()).point[0]):
        return {}
    return fields_against(atlas, day, reform.place, rows)


@dataclass(frozen=True)
class Model:
    """A law elsewhere that has a power in full: a model for drafting. `provision` is never empty."""

    place: str
    instrument_id: str
    power: str
    provision: str


def models(atlas: Atlas, power: str, day: str, without: str, count: int = 5) -> list[Model]:
    """Provisions elsewhere that give a power in full on a day: those that name such images first, then the surest."""
    rows = coded_powers(atlas)
    rows = rows[
        (rows["power"] == power)
        & (rows["effective"] == FULL)
        & (rows["starts"] <= day)
        & (day <= rows["ends"])
        & (rows["provision"] != "")
    ]
    laws = atlas.instruments.loc[rows["instrument_id"]]
    rows = rows.assign(
        place=laws["jurisdiction_id"].to_numpy(), named=(laws["covers_deepfake_ncii"] == "explicit").to_numpy()
    )
    rows = rows[(rows["place"] != without) & (laws["covers_deepfake_ncii"] != "no").to_numpy()]
    rows = rows.sort_values(
        ["named", "sureness", "rank", "instrument_id"], ascending=[False, False, False, True]
    ).drop_duplicates("place")
    return [Model(row.place, row.instrument_id, power, row.provision) for row in rows.head(count).itertuples()]
