"""Titles of the map's readings: the finding on a day, as a sentence."""

import pandas as pd

from atlas.law.regime import Regime
from atlas.response.evidence import NOTHING_FOUND, Knowledge
from atlas.response.ladder import in_force, peak
from atlas.response.proceedings import open_cases
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.tables.method import get_method
from atlas.words.grammar import capital, counted, listed, number, texts
from atlas.words.targets import product_of_case

# Rung of a formal case, see the codebook.
FORMAL_CASE_RUNG = 4


def _names(atlas: Atlas, places: list[str]) -> str:
    return listed(sorted(atlas.name(place, in_sentence=True) for place in places))


def _restrictions(frame: pd.DataFrame, day: str) -> pd.DataFrame:
    begun = frame["from_day"] <= day
    return frame[frame["counts"] & begun & (frame["action"] == "restriction") & frame["lasting"]]


def map_title(atlas: Atlas, frame: pd.DataFrame, day: str) -> str:
    """The finding of the response maps: who restricted, and whether it still held on the day."""
    rows = _restrictions(frame, day)
    places = list(dict.fromkeys(rows["jurisdiction_id"]))
    held = sorted(set(in_force(rows, day)["jurisdiction_id"]))
    if not places:
        return _title_without_restriction(atlas, frame, day)
    what = product_of_case(atlas)
    if len(held) == len(places):
        return (
            f"{capital(_who(atlas, held))} {'was' if len(held) == 1 else 'were'} restricting {what} on {in_words(day)}"
        )
    months = sorted({start[:7] for start in rows["from_day"]})
    when = in_words(months[0]) if len(months) == 1 else f"{in_words(months[0])} to {in_words(months[-1])}"
    start = f"{capital(_who(atlas, places))} restricted {what} in {when}"
    if held:
        return f"{start}; {_names(atlas, held)} still did on {in_words(day)}"
    last = max(rows["until_day"])
    every = "it" if len(places) == 1 else "both" if len(places) == 2 else f"all {number(len(places))}"
    return f"{start}; {every} had lifted it by {in_words(last)}"


def _who(atlas: Atlas, places: list[str]) -> str:
    if len(places) <= 2:
        return _names(atlas, places)
    countries = all(atlas.jurisdictions.at[place, "kind"] == "country" for place in places)
    return counted(
        len(places), "country" if countries else "jurisdiction", "countries" if countries else "jurisdictions"
    )


def _title_without_restriction(atlas: Atlas, frame: pd.DataFrame, day: str) -> str:
    reached = peak(frame, day)
    if reached.empty:
        what = "step on the ladder" if (frame["counts"] & (frame["from_day"] <= day)).any() else "act in this case"
        return f"By {in_words(day)} no authority's {what} had been found"
    cases = int((reached >= FORMAL_CASE_RUNG).sum())
    if not cases:
        return (
            f"By {in_words(day)} {counted(len(reached), 'jurisdiction', 'jurisdictions')} had spoken, asked or warned;"
            " none had opened a formal case"
        )
    return (
        f"By {in_words(day)} {counted(cases, 'jurisdiction', 'jurisdictions')} had opened a formal case; none had"
        f" restricted {product_of_case(atlas)}"
    )


def now_title(atlas: Atlas, frame: pd.DataFrame, day: str) -> str:
    """The finding of the map of what was in force or open on a day."""
    held = in_force(frame[frame["counts"]], day)
    restricted = sorted(set(held.loc[held["action"] == "restriction", "jurisdiction_id"]))
    cases = open_cases(atlas, day)
    orders = set(held.loc[held["action"] == "binding_order", "jurisdiction_id"])
    verb = "was" if len(restricted) == 1 else "were"
    held_words = f"{_who(atlas, restricted)} {verb} restricting {product_of_case(atlas)}"
    parts = [held_words if restricted else "no restriction was in force"]
    if orders:
        parts.append(f"{counted(len(orders), 'jurisdiction', 'jurisdictions')} had a binding order in force")
    places = counted(len({case.place for case in cases}), "jurisdiction", "jurisdictions")
    open_words = counted(len(cases), "formal case", "formal cases")
    parts.append(f"{open_words} had no end found, in {places}" if cases else "no formal case was open")
    return capital(f"on {in_words(day)} {listed(parts)}")


def regime_title(atlas: Atlas, found: dict[str, Regime], day: str) -> str:
    """The finding of the map of AI-law types: the two regimes that students ask about, then the count."""
    japan, union = found.get("JPN"), found.get("EU")
    typed = sum(regime.type not in ("none_found",) for regime in found.values())
    if japan and union and japan.type == "guidance_only" and union.type.startswith("penalties"):
        how = "names sexual deepfakes and has penalties" if union.type == "penalties_explicit" else "has penalties"
        return f"On {in_words(day)} Japan's AI law offers guidance only; the European Union's {how}"
    return (
        f"On {in_words(day)} {counted(typed, 'jurisdiction', 'jurisdictions')} had an AI law in force that reaches"
        " sexual deepfakes"
    )


def evidence_title(known: dict[str, Knowledge], day: str) -> str:
    """The finding of the map of what we know."""
    found = sum(place.state == "found" for place in known.values())
    nothing = sum(place.state == NOTHING_FOUND for place in known.values())
    old = sum(place.stale for place in known.values())
    aged = f", with old evidence in {number(old)} of them" if old else ""
    return (
        f"Acts by {in_words(day)} were found in {counted(found, 'jurisdiction', 'jurisdictions')}{aged};"
        f" {number(nothing)} were searched and showed none; elsewhere nobody has looked"
    )


def aged_note(known: dict[str, Knowledge]) -> str:
    """For how many of the places with acts the evidence is old; empty where it is for none."""
    found = sum(place.state == "found" for place in known.values())
    old = sum(place.stale for place in known.values())
    said = texts()["map"]["aged"]["all" if old == found else "some"]
    return said.format(days=get_method()["stale_after_days"], old=old, found=found) if old else ""


def regime_note(found: dict[str, Regime]) -> str:
    """That one law stands behind many of the places counted, where it does; empty else."""
    inherited = sum(bool(regime.inherited_from) for regime in found.values())
    return texts()["map"]["one_law"].format(count=inherited) if inherited > 1 else ""
