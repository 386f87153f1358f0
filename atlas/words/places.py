"""Sentences about what authorities did and what kind of law they have."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from atlas.law.regime import Regime
from atlas.response.evidence import NOT_SEARCHED, NOTHING_FOUND, OFF_LADDER, Knowledge
from atlas.response.ladder import NOTHING, acts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, in_words
from atlas.words.grammar import capital, listed, named, number, texts, when
from atlas.words.map_titles import FORMAL_CASE_RUNG

STOPPED = 6


@dataclass(frozen=True)
class Headline:
    """The act that stands for a place, and its rung."""

    response_id: str
    rung: int


@lru_cache(maxsize=4)
def _by_prominence(atlas: Atlas) -> pd.DataFrame:
    """Counted acts, those that stand for a place first.

    The highest rung first; on one rung an act about the product before others, one with a legal basis before
    others, the body's own before an office-holder's, then the first.
    """
    frame = acts(atlas)
    frame = frame[frame["rung"] > 0]
    rows = atlas.responses.loc[frame["response_id"]]
    links = atlas["response_instruments"]
    based = links.loc[links["role"] == "basis", "response_id"]
    return frame.assign(
        height=-frame["rung"],
        elsewhere=~rows["target_product"].str.contains("Grok", regex=False).to_numpy(bool),
        unbased=~frame["response_id"].isin(based),
        spoken=(rows["capacity"] != "institution").to_numpy(bool),
    ).sort_values(["height", "elsewhere", "unbased", "spoken", "from_day", "response_id"])


@lru_cache(maxsize=64)
def headlines(atlas: Atlas, day: str) -> dict[str, Headline]:
    """The act that stands for each place's peak on a day; places without a counted act are left out."""
    done = _by_prominence(atlas)
    done = done[done["from_day"] <= day].drop_duplicates("jurisdiction_id")
    return {
        place: Headline(act, int(rung))
        for place, act, rung in zip(done["jurisdiction_id"], done["response_id"], done["rung"])
    }


@lru_cache(maxsize=64)
def asides(atlas: Atlas, day: str) -> dict[str, str]:
    """The newest counted act off the ladder of each place that has one by a day: law-making, or the government's own
    use.
    """
    frame = acts(atlas)
    done = frame[frame["counts"] & (frame["rung"] == NOTHING) & (frame["from_day"] <= day)]
    return dict(zip(done["jurisdiction_id"], done["response_id"]))


def aside_words(atlas: Atlas, response_id: str) -> str:
    """An act off the ladder in a few words: `law adopted, March 2026`."""
    act = atlas.responses.loc[response_id]
    return f"{atlas.label('action', act['action']).lower()}, {in_words(act['date'])}"


def verb_of(act: pd.Series) -> str:
    return texts()["act"]["verbs"]["announced" if act["status"] == "announced" else act["action"]]


def step_words(atlas: Atlas, known: Knowledge, rung: int = NOTHING) -> str:
    """How far a place went, in the words of the ladder or, where it reached no rung, of what is known of it."""
    if rung > NOTHING or known.without_step == NOTHING_FOUND:
        return atlas.label("rung", str(rung))
    return atlas.label("silence", known.without_step)


def response_sentence(atlas: Atlas, known: Knowledge, place: str, day: str, types: dict[str, str]) -> str:
    """What a place did by a day, in one to three short sentences."""
    name = capital(atlas.name(place, in_sentence=True))
    top = headlines(atlas, day).get(place)
    if top is None:
        if known.without_step == NOT_SEARCHED:
            return f"{name} has not been searched: nothing can be said about what it did."
        if known.without_step == OFF_LADDER:
            return _aside(atlas, name, place, day)
        return (
            f"Searched; no counted act of an authority in {atlas.name(place, in_sentence=True)} by {in_words(day)} was"
            " found."
        )
    act = atlas.responses.loc[top.response_id]
    if act["action"] == "restriction":
        return f"{name} {_restriction(act, day)}"
    body = _leads(atlas, top.response_id, place)
    sentence = f"{name} {verb_of(act)} {when(act['date'])}: {act['title']} ({body})"
    basis = basis_words(atlas, top.response_id, types)
    sentence += f", under {basis}." if basis else "."
    return sentence + _what_was_not_found(day, top.rung)


def _aside(atlas: Atlas, name: str, place: str, day: str) -> str:
    """What a place did whose acts are all on the other tracks; it is no silence, and no step either."""
    act = atlas.responses.loc[asides(atlas, day)[place]]
    done = f"{name} {verb_of(act)} {when(act['date'])}: {act['title']} ({_leads(atlas, act.name, place)})."
    return (
        f"{done} Law-making and a government's own use are not on the ladder; no step on it was found by"
        f" {in_words(day)}."
    )


def _restriction(act: pd.Series, day: str) -> str:
    """`restricted Grok from 11 January 2026; lifted on 23 January 2026.`"""
    what = act["target_product"] or act["target_entity"] or "the service"
    start = f"restricted {what} from {in_words(act['date'])}"
    if act["end_date"] and act["end_date"] <= day:
        how = "lifted with conditions" if act["end_kind"] == "lifted_conditionally" else "lifted"
        return f"{start}; {how} on {in_words(act['end_date'])}. It is not restricted since."
    return f"{start}; it was in force on {in_words(day)}."


def _leads(atlas: Atlas, response_id: str, place: str) -> str:
    """Who acted for the place, or who led a joint act that it signed."""
    parties = atlas.rows_of("response_parties", "response_id", response_id)
    return listed(
        [atlas.authorities.at[party["authority_id"], "name"] for party in parties if party["jurisdiction_id"] == place]
    )


def basis_words(atlas: Atlas, response_id: str, types: dict[str, str]) -> str:
    """The instrument an act rests on, with the kind of law it is; empty where no source names one."""
    for instrument in (
        link["instrument_id"]
        for link in atlas.rows_of("response_instruments", "response_id", response_id)
        if link["role"] != "object"
    ):
        short = atlas.instruments.at[instrument, "short_name"]
        phrase = texts()["regime"]["phrases"].get(types.get(instrument, ""))
        return f"{named(short)}, {phrase}" if phrase else named(short)
    return ""


def _what_was_not_found(day: str, rung: int) -> str:
    if rung >= STOPPED:
        return ""
    missing = ([] if rung >= FORMAL_CASE_RUNG else ["formal case"]) + ["restriction"]
    return f" No {' or '.join(missing)} was found by {in_words(day)}."


def place_title(atlas: Atlas, known: Knowledge, place: str, day: str) -> str:
    """The finding on one place, short enough for a title."""
    name = capital(atlas.name(place, in_sentence=True))
    top = headlines(atlas, day).get(place)
    if top is None:
        if known.without_step == OFF_LADDER:
            return (
                f"{name} {verb_of(atlas.responses.loc[asides(atlas, day)[place]])}; no step on the ladder found by"
                f" {in_words(day)}"
            )
        return (
            f"{name}: not searched"
            if known.without_step == NOT_SEARCHED
            else f"{name}: searched, no act found by {in_words(day)}"
        )
    act = atlas.responses.loc[top.response_id]
    if act["action"] == "restriction":
        held = not (act["end_date"] and act["end_date"] <= day)
        return (
            f"{name} restricts {act['target_product'] or 'access'}"
            if held
            else f"{name} restricted {act['target_product'] or 'access'}, and has lifted it"
        )
    rest = "no restriction" if top.rung >= FORMAL_CASE_RUNG else "no formal case or restriction"
    return f"{name} {verb_of(act)}; {rest} found by {in_words(day)}"


def law_sentence(atlas: Atlas, place: str, ai_law: Regime, whole: Regime, others: list[str]) -> str:
    """What kind of AI law a place has, and that its other law may have penalties.

    Args:
        ai_law: type of its AI law.
        whole: type of its whole arsenal.
        others: short names of other instruments in force that have penalties.
    """
    if ai_law.type == "none_found":
        first = "No AI law in force that reaches sexual deepfakes was found."
    else:
        short = atlas.instruments.at[ai_law.instrument_id, "short_name"]
        owner = (
            f"{atlas.name(ai_law.inherited_from, in_sentence=True)}'s {short}"
            if ai_law.inherited_from
            else named(short)
        )
        first = f"AI law: {atlas.label('regime_type', ai_law.type).lower()} ({owner})."
    if others and not ai_law.type.startswith("penalties"):
        more = f" and {number(len(others) - 3)} more" if len(others) > 3 else ""
        return f"{first} Other laws have penalties: {', '.join(others[:3])}{more}."
    if whole.type == "none_found":
        return f"{first} No other instrument in force that reaches them was read."
    return first


def end_words(until_day: str, status: str) -> str:
    """How an act's end reads: a day, or that no end was found."""
    if until_day != FAR_FUTURE:
        return f"to {in_words(until_day)}"
    return "no end found" if status in ("ongoing", "unknown") else "in effect at last evidence"
