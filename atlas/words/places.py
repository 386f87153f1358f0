"""Sentences about what authorities did and what kind of law they have."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from atlas.law.regime import Regime
from atlas.response.evidence import NOTHING_FOUND, OFF_LADDER, Knowledge
from atlas.response.ladder import NOTHING, acts, ended_peaks
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, in_words
from atlas.tables.schema import SEVERAL
from atlas.words.acts import act_sentence, bodies, deed, known_by, records, standing_words
from atlas.words.grammar import capital, listed, number, texts
from atlas.words.laws import law
from atlas.words.map_titles import FORMAL_CASE_RUNG

STOPPED = 6
# How many laws with penalties one sentence names; the page lists them all.
SHOWN_LAWS = 3


@dataclass(frozen=True)
class Headline:
    """The act that stands for a place, and its rung."""

    response_id: str
    rung: int


@lru_cache(maxsize=4)
def _by_prominence(atlas: Atlas) -> pd.DataFrame:
    """Counted acts, those that stand for a place first.

    The highest rung first; on one rung a case of which something became known before others, an act about the
    product before others, one with a legal basis before others, the body's own before an office-holder's, then the
    first.
    """
    frame = acts(atlas)
    frame = frame[(frame["rung"] > 0) & frame["own"]]
    rows = atlas.responses.loc[frame["response_id"]]
    links = atlas["response_instruments"]
    based = links.loc[links["role"] == "basis", "response_id"]
    return frame.assign(
        height=-frame["rung"],
        vague=(rows["status"] == "unknown").to_numpy(bool) & (frame["rung"] >= FORMAL_CASE_RUNG).to_numpy(bool),
        elsewhere=np.array(
            [atlas.case.product not in cell.split(SEVERAL) for cell in rows["target_product"]], dtype=bool
        ),
        unbased=~frame["response_id"].isin(based),
        spoken=(rows["capacity"] != "institution").to_numpy(bool),
    ).sort_values(["height", "vague", "elsewhere", "unbased", "spoken", "from_day", "response_id"])


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
    done = frame[frame["own"] & frame["counts"] & (frame["rung"] == NOTHING) & (frame["from_day"] <= day)]
    return dict(zip(done["jurisdiction_id"], done["response_id"]))


def aside_words(atlas: Atlas, response_id: str) -> str:
    """An act off the ladder in a few words: `law adopted, March 2026`."""
    act = atlas.responses.loc[response_id]
    return f"{atlas.label('action', act['action']).lower()}, {in_words(act['date'])}"


def step_words(atlas: Atlas, known: Knowledge, rung: int = NOTHING) -> str:
    """How far a place went, in the words of the ladder or, where it reached no rung, of what is known of it."""
    if rung > NOTHING or known.without_step == NOTHING_FOUND:
        return atlas.label("rung", str(rung))
    return atlas.label("silence", known.without_step)


def ended_step_words(rung: int) -> str:
    """A step that was reached and has ended, in words: `Restricted (ended)`."""
    return texts()["act"]["ended_steps"][str(rung)]


def reached_words(atlas: Atlas, known: Knowledge, place: str, rung: int, day: str) -> str:
    """How far a place had gone by a day, and whether that step had ended."""
    return ended_step_words(rung) if place in ended_peaks(atlas, day) else step_words(atlas, known, rung)


def dated_standing(atlas: Atlas, response_id: str, day: str) -> str:
    """The date of an act and how it stood on a day: `10 January 2026, lifted on 1 February 2026`."""
    act = records(atlas)[response_id]
    return in_words(act["date"]) + standing_words(atlas, act, day, short=True)


def response_sentence(atlas: Atlas, known: Knowledge, place: str, day: str, types: dict[str, str]) -> str:
    """What a place did by a day, in one to four short sentences."""
    top, prose = headlines(atlas, day).get(place), texts()["act"]
    if top is not None:
        said = act_sentence(atlas, top.response_id, place, day, types)
        return said + _what_was_not_found(atlas, day, top.rung, "sentence")
    if known.without_step == OFF_LADDER:
        said = act_sentence(atlas, asides(atlas, day)[place], place, day, types)
        return said + prose["aside"].format(known=known_by(atlas, day))
    name = atlas.name(place, in_sentence=True)
    return capital(prose["silence"][known.without_step].format(place=name, known=known_by(atlas, day)))


def _what_was_not_found(atlas: Atlas, day: str, rung: int, form: str) -> str:
    """That no restriction, or no formal case either, was found: a sentence, or a clause of a title."""
    if rung >= STOPPED:
        return ""
    prose = texts()["act"]["missing"]
    missing = ([] if rung >= FORMAL_CASE_RUNG else [prose["case"]]) + [prose["restriction"]]
    return prose[form].format(what=" or ".join(missing), known=known_by(atlas, day))


def place_title(atlas: Atlas, known: Knowledge, place: str, day: str) -> str:
    """The finding on one place, short enough for a title: who, what, and how it stands."""
    prose, name = texts()["act"], capital(atlas.name(place, in_sentence=True))
    top = headlines(atlas, day).get(place)
    if top is None and known.without_step != OFF_LADDER:
        return prose["silence"][f"{known.without_step}_title"].format(place=name, known=known_by(atlas, day))
    identity = top.response_id if top else asides(atlas, day)[place]
    act = records(atlas)[identity]
    return prose["title"].format(
        place=name,
        bodies=bodies(atlas, identity, place),
        deed=deed(atlas, act),
        standing=standing_words(atlas, act, day, short=True),
        missing=_what_was_not_found(atlas, day, top.rung, "title")
        if top
        else prose["aside_title"].format(known=known_by(atlas, day)),
    )


def law_sentence(atlas: Atlas, place: str, ai_law: Regime, whole: Regime, others: list[str]) -> str:
    """What kind of AI law a place has, and that its other law may have penalties.

    Args:
        ai_law: type of its AI law.
        whole: type of its whole arsenal.
        others: short names of other instruments in force that have penalties.
    """
    prose = texts()["laws"]["sentence"]
    if ai_law.type == "none_found":
        first = prose["none"]
    else:
        owner = law(atlas, ai_law.instrument_id, article=not ai_law.inherited_from)
        if ai_law.inherited_from:
            owner = f"{atlas.name(ai_law.inherited_from, in_sentence=True)}'s {owner}"
        first = prose["type"].format(law=owner, type=atlas.label("regime_type", ai_law.type).lower())
    if others and not ai_law.type.startswith("penalties"):
        more = [prose["more"].format(count=number(len(others) - SHOWN_LAWS))] if len(others) > SHOWN_LAWS else []
        return prose["others"].format(first=first, laws=listed(others[:SHOWN_LAWS] + more))
    if whole.type == "none_found":
        return prose["alone"].format(first=first)
    return first


def end_words(atlas: Atlas, until_day: str, status: str, day: str = "") -> str:
    """How a lasting act's end reads by a day: the day on which it ended, or that no end was found."""
    if until_day != FAR_FUTURE and until_day <= (day or atlas.package.evidence_to):
        return f"to {in_words(until_day)}"
    return "no end found" if status in ("ongoing", "unknown") else "in effect at last evidence"
