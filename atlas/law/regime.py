"""Regime type: a label by rule, never a score, that always names the instrument which decides.

The decision table stands in CODEBOOK.md ("Regime type"); tests hold each branch to it.
"""

from dataclasses import dataclass
from functools import lru_cache

from atlas.law.inheritance import arsenal
from atlas.law.law_cache import while_law_stands
from atlas.law.spans import instrument_spans, power_spans
from atlas.tables.atlas import Atlas
from atlas.tables.method import Method, get_method

ORDER = ("none_found", "guidance_only", "duties_without_penalty", "penalties_by_interpretation", "penalties_explicit")


@dataclass(frozen=True)
class Regime:
    """A type and the instrument that decides it; `instrument_id` is empty for `none_found`."""

    type: str
    instrument_id: str
    inherited_from: str


def instrument_type(force: str, covers: str, levels: dict[str, int], explicit: set[str], method: Method) -> str:
    """Type of one instrument that applies.

    Args:
        force: `legal_force` of the instrument.
        covers: `covers_deepfake_ncii` of the instrument.
        levels: level of each assessed power that applies on the day.
        explicit: powers whose basis is explicit.
        method: which powers punish and which bind.
    """
    held = {power for power, level in levels.items() if level > 0}
    penalties = held & set(method["penalty_powers"])
    if covers == "no":
        return "none_found"
    if force == "soft_law":
        return "guidance_only"
    # A text "with penalties" whose penalty powers nobody has assessed keeps its label; one where they were
    # assessed and do not apply (or not yet) does not.
    assessed = set(levels) & set(method["penalty_powers"])
    if force == "binding_with_penalties" and (penalties or not assessed):
        named = covers == "explicit" and (not penalties or penalties & explicit)
        return "penalties_explicit" if named else "penalties_by_interpretation"
    if held & set(method["duty_powers"]):
        return "duties_without_penalty"
    if force == "binding_with_penalties" and not held:
        return "none_found"
    return "guidance_only"


@lru_cache(maxsize=4)
def _coded(atlas: Atlas) -> dict[str, list[tuple]]:
    """Codings of each instrument as `(power, level, basis, starts, ends)`: plain tuples, read for every day."""
    coded: dict[str, list[tuple]] = {}
    spans = power_spans(atlas)
    for instrument, *coding in zip(
        *(spans[name].tolist() for name in ("instrument_id", "power", "level", "basis", "starts", "ends"))
    ):
        coded.setdefault(instrument, []).append(tuple(coding))
    return coded


@while_law_stands(maxsize=64)
def instrument_types(atlas: Atlas, day: str) -> dict[str, str]:
    """Type of each instrument that applies on a day, by instrument id; others are left out."""
    method, coded = get_method(), _coded(atlas)
    laws, spans = atlas.columns("instruments"), instrument_spans(atlas)
    types = {}
    rows = zip(
        laws["instrument_id"],
        laws["legal_force"],
        laws["covers_deepfake_ncii"],
        spans["starts"].tolist(),
        spans["ends"].tolist(),
    )
    for instrument, force, covers, starts, ends in rows:
        codings = coded.get(instrument, [])
        begun = [coding for coding in codings if coding[3] <= day <= coding[4]]
        if not starts <= day <= ends and not any(level for _, level, *_ in begun):
            continue
        if codings and not begun:
            # In force, but each of its coded powers starts later.
            types[instrument] = "none_found"
            continue
        levels = {power: level for power, level, *_ in begun}
        explicit = {power for power, _, basis, *_ in begun if basis == "explicit"}
        types[instrument] = instrument_type(force, covers, levels, explicit, method)
    return types


@while_law_stands(maxsize=64)
def regimes(atlas: Atlas, day: str, ai_law_only: bool = False) -> dict[str, Regime]:
    """Regime type of every jurisdiction on a day: of its AI law alone, or of its whole arsenal.

    The strongest type decides; among equals, an own instrument before an inherited one, then the newest.
    """
    types = instrument_types(atlas, day)
    if ai_law_only:
        wanted = set(get_method()["ai_law_domains"])
        domain = atlas.columns("instruments")["domain"]
        types = {
            law: types[law]
            for law, of in zip(atlas.columns("instruments")["instrument_id"], domain)
            if law in types and of in wanted
        }
    starts, laws = instrument_spans(atlas)["starts"].to_dict(), arsenal(atlas, day)
    found = {place: Regime("none_found", "", "") for place in atlas.jurisdictions.index}
    best: dict[str, tuple] = {}
    for place, instrument, inherited in zip(
        *(laws[name].tolist() for name in ("jurisdiction_id", "instrument_id", "inherited_from"))
    ):
        if instrument not in types:
            continue
        rank = (ORDER.index(types[instrument]), inherited == "", starts[instrument], instrument)
        if rank[0] > 0 and rank > best.get(place, (0,)):
            best[place] = rank
            found[place] = Regime(types[instrument], instrument, inherited)
    return found
