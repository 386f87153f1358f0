"""All about one place on one day, ready for a card, a page or a brief."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from atlas import words
from atlas.draw.palette import ladder_steps
from atlas.law.inheritance import arsenal
from atlas.law.regime import Regime, instrument_types, regimes
from atlas.law.spans import instrument_spans, instrument_state
from atlas.publish import receipts
from atlas.response.evidence import Knowledge, knowledge
from atlas.response.ladder import acts, held_rung
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.templating import render
from atlas.words.acts import kind_words
from atlas.words.laws import ORDER, prison_words, state_words
from atlas.words.laws import law as law_in_words
from atlas.words.parts import acting_parts, beside_sentence, parts_sentence, whole_of

# What a card lists of acts and of instruments, more than twice as many as any place has; its own page lists all.
LISTED = 40


@dataclass(frozen=True)
class Summary:
    """What a card says of a place."""

    title: str
    response: str
    law: str
    rung: int | None
    knowledge: Knowledge
    ai_law: Regime
    whole: Regime
    strongest_act: str
    parts: str = ""
    beside: str = ""


def summary(atlas: Atlas, place: str, day: str) -> Summary:
    """The sentences and figures of one place on one day."""
    known = knowledge(atlas, day)[place]
    top = words.headlines(atlas, day).get(place)
    ai_law = regimes(atlas, day, ai_law_only=True)[place]
    whole = regimes(atlas, day)[place]
    types = instrument_types(atlas, day)
    rung = top.rung if top else known.rung_without_step
    if place in _laws(atlas, day):
        law = words.law_sentence(atlas, place, ai_law, whole, _with_penalties(atlas, place, day, types, ai_law))
    else:
        law = "Its law has not been read; nothing can be said about what it allows."
    response = words.response_sentence(atlas, known, place, day, types)
    title = words.place_title(atlas, known, place, day)
    return Summary(
        title,
        response,
        law,
        rung,
        known,
        ai_law,
        whole,
        top.response_id if top else "",
        parts_sentence(atlas, place, day),
        beside_sentence(atlas, place, day),
    )


@lru_cache(maxsize=32)
def _laws(atlas: Atlas, day: str) -> dict[str, list[tuple[str, str]]]:
    """By place: each instrument, and whom it is inherited from. Kept: many places are asked for on one day."""
    frame = arsenal(atlas, day)
    laws: dict[str, list[tuple[str, str]]] = {}
    for place, law, maker in zip(frame["jurisdiction_id"], frame["instrument_id"], frame["inherited_from"]):
        laws.setdefault(place, []).append((law, maker))
    return laws


def _with_penalties(atlas: Atlas, place: str, day: str, types: dict[str, str], ai_law: Regime) -> list[str]:
    """Names of instruments in force there that have penalties: those that name deepfakes first, own first."""
    rows = [
        (
            types[identity] != "penalties_explicit",
            inherited_from != "",
            atlas.instruments.at[identity, "short_name"],
            law_in_words(atlas, identity),
        )
        for identity, inherited_from in _laws(atlas, day)[place]
        if types.get(identity, "").startswith("penalties") and identity != ai_law.instrument_id
    ]
    return [name for *_, name in sorted(rows)]


def card(atlas: Atlas, place: str, day: str) -> dict:
    """Values of the card template, without colours.

    Returns:
        `name`, `kind`, `region`; sentences `response`, `law`, `parts`, `beside`, `near`; `day` (ISO); `rung` (1 to 6;
        0 or None without a step) and `rung_label`; `sources` of the strongest act; `acts` and `laws` in short, and how
        many `more_acts` and `more_laws` there are; `held`, the highest rung on which the place still
        stands; `rows`, pairs of a heading and a text.
    """
    what = summary(atlas, place, day)
    frame = acts(atlas)
    mine = frame[(frame["jurisdiction_id"] == place) & (frame["from_day"] <= day)]
    laws = arsenal(atlas, day)
    laws = laws[laws["jurisdiction_id"] == place]
    row = atlas.jurisdictions.loc[place]
    inherited = int((laws["inherited_from"] != "").sum())
    reach = in_words(what.knowledge.evidence_to) if what.knowledge.evidence_to else "none found"
    return {
        "name": row["name"],
        "kind": atlas.label("kind", row["kind"]),
        "region": row["subregion"],
        "response": what.response,
        "law": what.law,
        "parts": what.parts,
        "beside": what.beside,
        "near": near_places(atlas, place, day),
        "day": day,
        "rung": what.rung,
        "held": held_rung(atlas, place, day),
        "rung_label": words.reached_words(atlas, what.knowledge, place, what.rung, day)
        if what.rung is not None
        else "",
        "sources": receipts.sources(atlas, "response_sources", what.strongest_act) if what.strongest_act else [],
        "acts": _acts_in_short(atlas, mine, day),
        "laws": _laws_in_short(atlas, laws, day),
        "more_acts": max(0, len(mine) - LISTED),
        "more_laws": max(0, len(laws) - LISTED),
        "rows": [
            ("Acts recorded", _acts_words(len(mine), int(mine["counts"].sum()))),
            ("Instruments read", f"{len(laws) - inherited} own" + (f", {inherited} inherited" if inherited else "")),
            ("Evidence to", reach + (" (old)" if what.knowledge.stale else "")),
        ],
    }


@lru_cache(maxsize=256)
def card_html(atlas: Atlas, place: str, day: str, dark: bool | None) -> str:
    """The card of a place as HTML, in the page's mode, None for both. Kept: the same few cards are asked for often."""
    return render("card.html", steps=ladder_steps(dark), **card(atlas, place, day))


def near_titles(atlas: Atlas, place: str, day: str) -> list[tuple[str, str, str]]:
    """As `near_places`, each with the finding on it."""
    known = knowledge(atlas, day)
    return [(one, name, words.place_title(atlas, known[one], one, day)) for one, name in near_places(atlas, place, day)]


def near_places(atlas: Atlas, place: str, day: str) -> list[tuple[str, str]]:
    """Id and name of the whole that a place is a part of, and of its own parts that acted by a day."""
    whole = whole_of(atlas, place)
    found = ([whole] if whole else []) + list(acting_parts(atlas, place, day))
    return [(one, atlas.name(one)) for one in found]


def _acts_in_short(atlas: Atlas, mine: pd.DataFrame, day: str) -> list[dict]:
    """A line for each act, newest first, with its sources."""
    rows = mine.sort_values(["from_day", "response_id"], ascending=[False, True]).head(LISTED)
    return [
        {
            "id": act["response_id"],
            "date": act["date"],
            "title": act["title"],
            "label": kind_words(atlas, act, day),
            "counts": bool(counts),
            "sources": receipts.sources(atlas, "response_sources", act["response_id"]),
        }
        for act, counts in zip(atlas.responses.loc[rows["response_id"]].to_dict("records"), rows["counts"])
    ]


def _laws_in_short(atlas: Atlas, laws: pd.DataFrame, day: str) -> list[dict]:
    """A line for each instrument: own first, with its state on the day and its sources where it is own law."""
    found = sorted(
        (
            law.inherited_from != "",
            atlas.instruments.at[law.instrument_id, "short_name"].lower(),
            law.instrument_id,
            law.inherited_from,
        )
        for law in laws.itertuples()
    )
    return [
        {
            "id": identity,
            "name": law_in_words(atlas, identity, article=False),
            "state": state_words(atlas, identity, day),
            "from": atlas.name(maker) if maker else "",
            "sources": [] if maker else receipts.sources(atlas, "instrument_sources", identity),
        }
        for _, _, identity, maker in found[:LISTED]
    ]


def _acts_words(total: int, counted: int) -> str:
    if total == counted:
        return str(total) if total else "none"
    return f"{total}, {counted} of them counted" if counted else f"{total}, none counted"


def acts_of(atlas: Atlas, place: str, day: str) -> tuple[list[dict], int]:
    """Receipts of a place's acts by a day, newest first, and how many are later."""
    frame = acts(atlas)
    mine = frame[frame["jurisdiction_id"] == place]
    by_day = mine[mine["from_day"] <= day].sort_values(["from_day", "response_id"], ascending=[False, True])
    return [receipts.act(atlas, identity, day) for identity in by_day["response_id"]], len(mine) - len(by_day)


def instruments_of(atlas: Atlas, place: str, day: str) -> list[dict]:
    """Receipts of all instruments of a place, own first, in force first, each with its state on the day."""
    laws = arsenal(atlas, day)
    laws = laws[laws["jurisdiction_id"] == place]
    types = instrument_types(atlas, day)
    rows = []
    for law in laws.itertuples():
        row = receipts.instrument(atlas, law.instrument_id)
        state = instrument_state(atlas, law.instrument_id, day)
        row |= {
            "inherited_from": atlas.name(law.inherited_from) if law.inherited_from else "",
            "state_words": state_words(atlas, law.instrument_id, day),
            "type_words": atlas.label("regime_type", types[law.instrument_id]).lower()
            if law.instrument_id in types
            else "",
            "dates_words": dates_words(atlas, row),
            "prison_words": prison_words(atlas, law.instrument_id),
        }
        if row["covers_deepfake_ncii"] == "no":
            held = any(power["level"] for power in row["powers"])
            row["type_words"] = words.texts()["laws"]["general" if held else "not_reached"]
        rows.append((law.inherited_from != "", ORDER.index(state), row["short_name"], row))
    return [row for *_, row in sorted(rows, key=lambda item: item[:3])]


def dates_words(atlas: Atlas, row: dict) -> str:
    """`adopted 28 May 2025; in force 1 September 2025`; says what is not known."""
    names = (
        ("proposed_date", "proposed"),
        ("adopted_date", "adopted"),
        ("in_force_date", "in force"),
        ("applicable_date", "applicable"),
        ("end_date", "ended"),
    )
    known = [f"{word} {in_words(row[field])}" for field, word in names if row[field]]
    stated = instrument_spans(atlas).at[row["instrument_id"], "start_stated"]
    if row["status"] in ("in_force", "partly_in_force") and not stated:
        known.append("start not stated in the sources read; in force when they were")
    return "; ".join(known) or "no date found"
