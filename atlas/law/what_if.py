"""Suppositions, always labelled so: what one changed code would do to a pair, and what a reform would do.

Nothing here touches the data. A supposed code is certain: it has no coding error in the variants.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import numpy as np

from atlas.law.clock import power_spans
from atlas.law.inheritance import arsenal
from atlas.law.powers import ABSENT, FULL, PARTIAL, coded_powers
from atlas.law.regime import ORDER, Regime, instrument_type, instrument_types, regimes
from atlas.law.robustness import Pair, all_scores, pair_of
from atlas.law.still import while_law_stands
from atlas.law.strength import Weights, compulsory, equal_weights, whole_scores
from atlas.law.variants import Row, applicable_rows, levels_from, variant_scores
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method

LEVELS = (ABSENT, PARTIAL, FULL)


@dataclass(frozen=True)
class Change:
    """One code that would turn a pair.

    Attributes:
        place: whose law it is in; for a law that both share, the place behind.
        instrument_id: the coded instrument, or empty where the power is not assessed at all.
        power: the power.
        now: its level now; None where it is not assessed.
        then: the level that turns the pair.
        provision: where it stands; empty where the sources read name none.
        shared: whether the law applies in both places.
    """

    place: str
    instrument_id: str
    power: str
    now: int | None
    then: int
    provision: str
    shared: bool


def smallest_change(atlas: Atlas, one: str, other: str, day: str, chosen: Weights) -> tuple[int, Change | None]:
    """The smallest change of one code that puts the place now behind ahead; see `_smallest_change`."""
    return _smallest_change(atlas, day, one, other, chosen)


@while_law_stands(maxsize=256)
def _smallest_change(atlas: Atlas, day: str, one: str, other: str, chosen: Weights) -> tuple[int, Change | None]:
    """The smallest change of one code that puts the place now behind ahead.

    Smallest in steps of level, then in the margin it leaves; a code that was never assessed comes after codes
    that were, being no change of what was found.

    Returns:
        1, 0 or -1 as `one` is now ahead, level or behind; and the change, or None where no single one suffices
        (or the two are level, or either has too little assessed).
    """
    rows = applicable_rows(atlas, day)
    mine, theirs = rows.get(one, ()), rows.get(other, ())
    margin = _margin(mine, theirs, chosen)
    order = 0 if np.isnan(margin) else int(np.sign(round(margin, 9)))
    if order == 0:
        return 0, None
    first, second = _Levels(mine), _Levels(theirs)

    @cache
    def turned(power: str, one_level: float, other_level: float) -> float:
        return first.score(power, one_level, chosen) - second.score(power, other_level, chosen)

    found = []
    for row in dict.fromkeys((*mine, *theirs)):
        for level in LEVELS:
            if level != row.level:
                left = turned(row.power, first.with_changed(row, level), second.with_changed(row, level))
                if left * order < -1e-9:
                    shared = row in first and row in second
                    place = one if row in first and not (shared and order > 0) else other
                    found.append(
                        (
                            abs(level - row.level),
                            abs(left),
                            row.instrument_id,
                            Change(place, row.instrument_id, row.power, row.level, level, "", shared),
                        )
                    )
    for place, own in ((one, first), (other, second)):
        for power in own.unread:
            for level in LEVELS:
                left = turned(
                    power, level if place == one else first.now(power), level if place == other else second.now(power)
                )
                if left * order < -1e-9:
                    found.append((FULL + 1, abs(left), power, Change(place, "", power, None, level, "", False)))
    if not found:
        return order, None
    best = min(found, key=lambda item: item[:3] + (item[3].power, item[3].then))[3]
    return order, replace(best, provision=provision_of(atlas, best.instrument_id, best.power))


class _Levels:
    """The codings of one place, ready for asking what one of them changed would make of its levels."""

    def __init__(self, rows: tuple[Row, ...]):
        self.rows = frozenset(rows)
        self.levels = levels_from(rows)
        counts: dict[str, list[int]] = {power: [0, 0, 0] for power in compulsory()}
        for row in rows:
            counts[row.power][row.level] += 1
        self.counts, self.repeats = counts, Counter(rows)
        self.unread = {power for power, count in counts.items() if not any(count)}

    def __contains__(self, row: Row) -> bool:
        return row in self.rows

    def now(self, power: str) -> float:
        """The level of a power; NaN where it is not assessed."""
        return self.levels[compulsory().index(power)]

    def with_changed(self, row: Row, level: int) -> float:
        """The level of the row's power if the row had another one."""
        if row not in self.rows:
            return self.now(row.power)
        rest = list(self.counts[row.power])
        rest[row.level] -= self.repeats[row]
        return max([level, *(other for other, count in enumerate(rest) if count)])

    def score(self, power: str, level: float, chosen: Weights) -> float:
        """The score with another level of one power; NaN where too little is assessed."""
        changed = self.levels.copy()
        changed[compulsory().index(power)] = level
        return float(whole_scores(changed[None, :], chosen).point[0])


def _margin(mine: tuple[Row, ...], theirs: tuple[Row, ...], chosen: Weights) -> float:
    point = whole_scores(np.array([levels_from(mine), levels_from(theirs)]), chosen).point
    return float(point[0] - point[1])


@lru_cache(maxsize=4)
def _provisions(atlas: Atlas) -> dict[tuple[str, str], str]:
    frame = atlas["powers"]
    return dict(zip(zip(frame["instrument_id"], frame["power"]), frame["provision"]))


def provision_of(atlas: Atlas, instrument_id: str, power: str) -> str:
    """The provision that holds a power in an instrument; empty where the sources read name none."""
    return _provisions(atlas).get((instrument_id, power), "")


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
    return (*kept, *(Row(reform.instrument_id, reform.place, power, level) for power, level in sorted(changed.items())))


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
    """The reformed place against every other comparable one, over the same variants; empty where too little is assessed.

    Only the one supposed regime is scored; the others come from the arrays in memory.
    """
    rows = reformed_rows(atlas, reform, day)
    if np.isnan(whole_scores(levels_from(rows)[None, :], equal_weights()).point[0]):
        return {}
    places, scores = all_scores(atlas, day)
    mine = variant_scores(reform.place, rows)
    over, under = (mine > scores).mean(1), (mine < scores).mean(1)
    return {
        other: pair_of(reform.place, other, float(a), float(b))
        for other, a, b in zip(places, over, under)
        if other != reform.place
    }


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
