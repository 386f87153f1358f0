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
# Which of the titles of what is in force, by whether there are restrictions, orders and open cases.
NOW_TITLES = {
    (False, False, False): "nothing",
    (False, False, True): "open",
    (False, True, False): "ordered",
    (False, True, True): "ordered_open",
    (True, False, False): "restricted",
    (True, False, True): "restricted_open",
    (True, True, False): "restricted_ordered",
    (True, True, True): "restricted_ordered_open",
}
# Longer lists of names give way to their number in a title.
LONGEST_NAMES = 16


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
    years = {month[:4] for month in months}
    last = max(rows["until_day"])
    # A year stands where it is not that of the day, which stands under every map.
    named = [in_words(month) if years != {day[:4]} else in_words(month).rpartition(" ")[0] for month in months]
    when = named[0] if len(months) == 1 else f"{named[0]} to {named[-1]}"
    start = f"{capital(_who(atlas, places))} restricted {what} in {when}"
    if held:
        still = _names(atlas, held)
        return f"{start}; {still if len(still) <= LONGEST_NAMES else _counted(atlas, held)} still did"
    over = {1: "it was lifted", 2: "both lifted it"}.get(len(places), "all lifted it")
    return f"{start}; {over}" + (f" by {in_words(last).rpartition(' ')[0]}" if last[:4] == day[:4] else "")


def _who(atlas: Atlas, places: list[str]) -> str:
    if len(places) <= 2:
        return _names(atlas, places)
    return _counted(atlas, places)


def _counted(atlas: Atlas, places: list[str]) -> str:
    """How many places: countries where all of them are."""
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
            f"{capital(counted(len(reached), 'jurisdiction', 'jurisdictions'))} had spoken, asked or warned;"
            " none had opened a case"
        )
    return (
        f"{capital(counted(cases, 'jurisdiction', 'jurisdictions'))} had opened a formal case; none had restricted"
        f" {product_of_case(atlas)}"
    )


def now_title(atlas: Atlas, frame: pd.DataFrame, day: str) -> str:
    """The finding of the map of what was in force or open on a day."""
    held = in_force(frame[frame["counts"]], day)
    restricted = set(held.loc[held["action"] == "restriction", "jurisdiction_id"])
    orders = set(held.loc[held["action"] == "binding_order", "jurisdiction_id"])
    cases = open_cases(atlas, day)
    prose = texts()["map"]["titles"]["now"]
    parts = {
        "restrictions": counted(len(restricted), "restriction", "restrictions"),
        "orders": counted(len(orders), "order", "orders"),
        "cases": counted(len(cases), "formal case", "formal cases"),
    }
    form = NOW_TITLES[bool(restricted), bool(orders), bool(cases)]
    return capital(prose[form].format(**parts))


def regime_title(atlas: Atlas, found: dict[str, Regime], day: str) -> str:
    """The finding of the map of AI-law types: the two regimes that students ask about, then the count."""
    prose = texts()["map"]["titles"]["regime"]
    japan, union = found.get("JPN"), found.get("EU")
    typed = sum(regime.type not in ("none_found",) for regime in found.values())
    if japan and union and japan.type == "guidance_only" and union.type.startswith("penalties"):
        return prose["pair"][union.type == "penalties_explicit"]
    return prose["count"].format(count=capital(counted(typed, "jurisdiction", "jurisdictions")))


def evidence_title(known: dict[str, Knowledge], day: str) -> str:
    """The finding of the map of what we know."""
    found = sum(place.state == "found" for place in known.values())
    nothing = sum(place.state == NOTHING_FOUND for place in known.values())
    form = texts()["map"]["titles"]["evidence"]
    return form.format(found=counted(found, "place", "places"), nothing=number(nothing))


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
