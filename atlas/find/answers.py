"""One sentence that answers a question, computed from the tables as the pages compute theirs, with its receipts.

A question that no rule fits has no answer: nothing is guessed, and nothing is written that the tables do not hold.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from atlas.charts.compare.cells import place_cell
from atlas.find.folding import key
from atlas.find.records import place_path
from atlas.find.understood import Understood
from atlas.find.views import is_about_law
from atlas.law.powers import FULL, PARTIAL, cells
from atlas.law.regime import instrument_types, regimes
from atlas.publish.places import summary
from atlas.publish.record_addresses import record_path
from atlas.response.changes import upcoming
from atlas.response.evidence import NOT_SEARCHED, knowledge
from atlas.response.ladder import acts
from atlas.response.next_step import next_step, steps
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method
from atlas.words import evidence_title, map_title, now_title, regime_title, texts
from atlas.words import find as say
from atlas.words.compare import instrument_line
from atlas.words.next_step import next_sentence
from atlas.words.time import ahead_title

MOST_RECEIPTS = 3


@dataclass(frozen=True)
class Receipt:
    """Where a sentence can be checked: words, and an address from the site's root."""

    words: str
    path: str


@dataclass(frozen=True)
class Answer:
    """A sentence with its receipts."""

    sentence: str
    receipts: tuple[Receipt, ...]


def answer(atlas: Atlas, asked: Understood, day: str) -> Answer | None:
    """The sentence that answers a question on a day; None if no rule fits it.

    How strong regimes are is drawn with its doubt on the page itself: no sentence alone can stand for that.
    """
    if "strength" in asked.about:
        return None
    for rule in _RULES:
        found = rule(atlas, asked, day)
        if found is not None:
            return found
    return None


def _receipt(form: str, path: str, **values: str) -> Receipt:
    return Receipt(texts()["find"]["receipts"][form].format(**values), path)


def _record(title: str, table: str, identity: str) -> Receipt:
    return _receipt("record", record_path(table, identity), title=title)


def _of_acts(atlas: Atlas, found: list[str]) -> tuple[Receipt, ...]:
    return tuple(_record(atlas.responses.at[act, "title"], "responses", act) for act in found[:MOST_RECEIPTS])


def _place_receipt(atlas: Atlas, place: str) -> Receipt:
    return _receipt("place", place_path(place), name=atlas.name(place, in_sentence=True))


def _law(atlas: Atlas, asked: Understood, day: str) -> Answer | None:
    if len(asked.laws) != 1 or len(asked.places) > 1:
        return None
    (law,) = asked.laws
    receipt = _record(atlas.instruments.at[law, "short_name"], "instruments", law)
    if asked.power == "fine":
        return Answer(say.ceiling_answer(atlas, law), (receipt,))
    return Answer(instrument_line(atlas, law, day, instrument_types(atlas, day)), (receipt,))


def _power_of_place(atlas: Atlas, asked: Understood, day: str) -> Answer | None:
    if len(asked.places) != 1 or not asked.power or not is_about_law(asked):
        return None
    (place,) = asked.places
    cell = place_cell(atlas, place, asked.power, day)
    receipts = [_place_receipt(atlas, place)]
    if cell.instrument_id:
        title = f"{cell.short_name}: {atlas.label('power', asked.power)}"
        receipts.insert(0, _record(title, "powers", f"{cell.instrument_id}/{asked.power}"))
    sentence = say.power_answer(
        atlas, place, asked.power, (cell.state, cell.limit), cell.short_name, cell.provision, cell.inherited, day
    )
    return Answer(sentence, tuple(receipts))


def _next(atlas: Atlas, asked: Understood, day: str) -> Answer | None:
    places = asked.places or tuple(atlas.authorities.at[body, "jurisdiction_id"] for body in asked.bodies)
    if len(places) != 1 or "next" not in asked.about:
        return None
    (place,) = places
    top = max((step.rung for step in steps(atlas, place, day) if step.used), default=0)
    sentence = next_sentence(atlas, place, next_step(atlas, place, day), top, day)
    return Answer(sentence, (_receipt("strength", f"strength?place={place}"),))


def _did(atlas: Atlas, asked: Understood, day: str) -> Answer | None:
    if len(asked.places) != 1 or not asked.action or asked.bodies:
        return None
    (place,) = asked.places
    frame = acts(atlas)
    mine = frame[(frame["jurisdiction_id"] == place) & (frame["action"] == asked.action) & (frame["from_day"] <= day)]
    done = mine[mine["counts"] & _done(atlas, mine)]
    found, others = (
        rows["response_id"].tolist()[::-1] for rows in (done, mine[~mine["response_id"].isin(done["response_id"])])
    )
    searched = knowledge(atlas, day)[place].state != NOT_SEARCHED
    sentence = say.did_answer(atlas, place, asked.action, found, others, searched, day)
    return Answer(sentence, (*_of_acts(atlas, [*found, *others]), _place_receipt(atlas, place)))


def _done(atlas: Atlas, frame: pd.DataFrame) -> pd.Series:
    """Which of some acts were more than announced."""
    announced = get_method()["announced_status"]
    return pd.Series((atlas.responses.loc[frame["response_id"], "status"] != announced).to_numpy(), frame.index)


def _place(atlas: Atlas, asked: Understood, day: str) -> Answer | None:
    if len(asked.places) != 1 or asked.laws or asked.bodies or "compare" in asked.about:
        return None
    (place,) = asked.places
    said, receipt = summary(atlas, place, day), _place_receipt(atlas, place)
    if {"law", "regime"} & asked.about:
        return Answer(said.law, (receipt,))
    return Answer(said.response, (*_of_acts(atlas, [said.strongest_act] if said.strongest_act else []), receipt))


def _body(atlas: Atlas, asked: Understood, day: str) -> Answer | None:
    if len(asked.bodies) != 1 or asked.laws:
        return None
    (body,) = asked.bodies
    mine = {row["response_id"] for row in atlas.rows_of("response_parties", "authority_id", body)}
    frame = acts(atlas)
    done = frame[frame["response_id"].isin(mine) & frame["counts"] & (frame["from_day"] <= day)]
    if asked.action in set(done["action"]):
        done = done[done["action"] == asked.action]
    found = list(dict.fromkeys(done["response_id"].tolist()[::-1]))
    receipts = (*_of_acts(atlas, found), _place_receipt(atlas, atlas.authorities.at[body, "jurisdiction_id"]))
    return Answer(say.body_answer(atlas, body, found, day), receipts)


def _holders(atlas: Atlas, asked: Understood, day: str) -> Answer | None:
    if asked.places or asked.laws or asked.bodies or not asked.power or not is_about_law(asked):
        return None
    held = {place: cell.level for (place, power), cell in cells(atlas, day).items() if power == asked.power}
    read = {place: level for place, level in held.items() if level is not None}
    full = sorted((place for place, level in read.items() if level == FULL), key=atlas.name)
    partial = sum(level == PARTIAL for level in read.values())
    sentence = say.holders_answer(atlas, asked.power, full, partial, len(read), day)
    return Answer(sentence, (_receipt("strength", "strength"),))


def _who(atlas: Atlas, asked: Understood, day: str) -> Answer | None:
    if asked.places or asked.laws or asked.bodies or not asked.action:
        return None
    frame = acts(atlas)
    done = frame[(frame["action"] == asked.action) & frame["counts"] & (frame["from_day"] <= day)]
    first = done[_done(atlas, done)].drop_duplicates("jurisdiction_id")
    places, found = first["jurisdiction_id"].tolist(), first["response_id"].tolist()
    sentence = say.who_answer(atlas, asked.action, places, found[0] if found else "", day)
    if asked.action == "restriction":
        sentence = f"{map_title(atlas, frame, day)}. {sentence}"
    receipts = tuple(dict.fromkeys(_of_acts(atlas, found)))
    return Answer(sentence, (*receipts, _receipt("timeline", f"timeline?actions={asked.action}")))


def _term(atlas: Atlas, asked: Understood, day: str) -> Answer | None:
    """The word of the codebook that a question about meaning holds: the longest, the first of that length."""
    if "method" not in asked.about or asked.places or asked.laws or asked.bodies:
        return None
    spoken, best = f" {' '.join(asked.words)} ", ("", "", "")
    for label, definition in zip(atlas.columns("vocabulary")["label"], atlas.columns("vocabulary")["definition"]):
        written = " ".join(key(label))
        if f" {written} " in spoken and len(written) > len(best[0]):
            best = (written, label, definition)
    return Answer(say.term_answer(*best[1:]), (_receipt("method", "method"),)) if best[0] else None


def _everywhere(atlas: Atlas, asked: Understood, day: str) -> Answer | None:
    if asked.places or asked.laws or asked.bodies or asked.power:
        return None
    if "known" in asked.about:
        title, colour = evidence_title(knowledge(atlas, day), day), "evidence"
    elif "regime" in asked.about:
        title, colour = regime_title(atlas, regimes(atlas, day, ai_law_only=True), day), "regime"
    elif "now" in asked.about:
        title, colour = now_title(atlas, acts(atlas), day), "now"
    elif "coming" in asked.about:
        return Answer(f"{ahead_title(atlas, upcoming(atlas, day), day)}.", (_receipt("timeline", "timeline"),))
    elif asked.about & {"what_happened", "map"}:
        title, colour = map_title(atlas, acts(atlas), day), "peak"
    else:
        return None
    return Answer(f"{title}.", (_receipt("map", f"?colour={colour}"),))


_RULES: tuple[Callable[[Atlas, Understood, str], Answer | None], ...] = (
    _term,
    _law,
    _power_of_place,
    _next,
    _did,
    _body,
    _place,
    _holders,
    _who,
    _everywhere,
)
