"""One act in words: who did what to whom, when, under which law that was used, and how it stood on a day.

Every outlet that tells of an act in a sentence asks here, so that none drops the body, the status or the end.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from atlas.law.spans import instrument_state
from atlas.response.durations import last_evidence
from atlas.response.ladder import acts
from atlas.response.proceedings import Proceeding, proceeding_of, proceedings
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, in_words
from atlas.tables.method import get_method
from atlas.words.grammar import capital, listed, texts, when
from atlas.words.laws import law, law_words
from atlas.words.targets import product, whom

# From this rung on an act rests on a power: who asks or speaks needs none.
POWERED_RUNG = 3
COURT, LAW_MADE = "court", "object"


@lru_cache(maxsize=4)
def records(atlas: Atlas) -> dict[str, dict]:
    """Acts by id as plain rows: a page asks for the same few many times."""
    return atlas.responses.to_dict("index")


def known_by(atlas: Atlas, day: str) -> str:
    """The day up to which anything can be said to have been looked for: no later than the evidence, in words."""
    return in_words(min(day, atlas.package.evidence_to))


@lru_cache(maxsize=1024)
def body(atlas: Atlas, authority_id: str) -> str:
    """An authority as it stands in a sentence: `the European Commission`, `Ofcom`, `the City of Baltimore`."""
    row = atlas.authorities.loc[authority_id]
    # Releases before 1.4.0 have no such form of the name.
    return row["name_in_sentence"] or f"the {row['name'].split(' (')[0]}"


def bodies(atlas: Atlas, response_id: str, place: str) -> str:
    """Who acted for a place: those that led, or, where it only joined, its own bodies `and others`."""
    parties = atlas.rows_of("response_parties", "response_id", response_id)
    own = [party for party in parties if party["jurisdiction_id"] == place]
    led = sorted((party for party in own if party["role"] != "signatory"), key=lambda party: party["role"] != "lead")
    names = _at_the_suit(atlas, led) or listed([body(atlas, party["authority_id"]) for party in led or own])
    # What single legislators did is not the body's.
    if records(atlas)[response_id]["capacity"] == get_method()["uncounted_capacity"]:
        names = texts()["act"]["members"].format(bodies=names)
    joined = bool(own) and not any(party["role"] == "lead" for party in own)
    return texts()["act"]["and_others"].format(bodies=names) if joined else names


def _at_the_suit(atlas: Atlas, led: Sequence[Mapping]) -> str:
    """A court with those who went to it: `the Federal Court of Australia, at the suit of the eSafety Commissioner,`.

    Empty for all others: a court decides, and who sued did not.
    """
    kinds = atlas.authorities["authority_type"]
    courts = [kinds[party["authority_id"]] == COURT for party in led]
    if len(led) < 2 or not courts[0] or any(courts[1:]):
        return ""
    court, *others = (body(atlas, party["authority_id"]) for party in led)
    return texts()["act"]["at_the_suit"].format(court=court, others=listed(others))


def is_announced(act: Mapping) -> bool:
    return act["status"] == get_method()["announced_status"]


def is_reported(act: Mapping) -> bool:
    """Whether one report alone says so and what became of it is not known: said with the kind, never dropped."""
    return act["confidence"] == "low" and act["status"] == "unknown"


def deed(atlas: Atlas, act: Mapping) -> str:
    """What was done, to whom: `opened an investigation of X and xAI over Grok`, `announced a suit against X`."""
    prose, action = texts()["act"], act["action"]
    if is_announced(act):
        form = prose["announced"].get(action, prose["announced"][""])
    elif action in prose["reported"] and act["status"] == "unknown":
        form = prose["reported"][action]
    elif action not in get_method().rung_of and (made := _made(atlas, act)):
        form = prose["made"][made]
    else:
        later = {} if act["step"] in prose["first_steps"] else prose["stepped"]
        form = (prose["widened"] if act["step"] == "widening" else later).get(action) or prose["verbs"][action]
    said = form.format(whom=whom(atlas, act), product=product(atlas, act))
    about = act["target_product"] and product(atlas, act)
    powered = action in prose["said_whole"] and action != "restriction"
    return said + prose["over"].format(product=about) if powered and about and about not in whom(atlas, act) else said


def _made(atlas: Atlas, act: Mapping) -> str:
    """Whether an act that makes law adopted one or brought one into force on its day, by the dates of that law: a key
    of `made` in data/texts/act.json; empty where neither is known.
    """
    links = atlas.rows_of("response_instruments", "response_id", act["response_id"])
    laws = [atlas.instruments.loc[link["instrument_id"]] for link in links if link["role"] == LAW_MADE]
    return next((date for date in texts()["act"]["made"] if any(row[date] == act["date"] for row in laws)), "")


@lru_cache(maxsize=512)
def _own_words(atlas: Atlas, place: str) -> tuple[str, ...]:
    """The forms of a place's name that say where a body is: its names and adjectives, `Italian`, `European`."""
    rows = atlas.rows_of("names", "jurisdiction_id", place) if "names" in atlas.tables else []
    adjectives = [row["name"] for row in rows if row["name_kind"] == "adjective" and row["language"] == "en"]
    return atlas.name(place, in_sentence=True), atlas.name(place), *adjectives


def place_in(atlas: Atlas, place: str, who: str) -> str:
    """`In Maryland `, unless the name of who acted says it already; empty then."""
    said = any(re.search(rf"{re.escape(form)}\b", who) for form in _own_words(atlas, place))
    return "" if said else texts()["act"]["in_place"].format(place=atlas.name(place, in_sentence=True))


def title_in_sentence(title: str) -> str:
    """A title within a sentence: its first letter is small unless its first word is a name."""
    first = title.split()[0]
    return title if first in texts()["act"]["names"] or not first[:1].isupper() else title[:1].lower() + title[1:]


def _early(atlas: Atlas, link: dict) -> str:
    """What a law was on the day of an act that names it, where it was no law that could be used: a key of
    `early_states`; empty for law that was in force. A law that an act used may wait in part."""
    state = instrument_state(atlas, link["instrument_id"], records(atlas)[link["response_id"]]["date_latest"])
    known = texts()["act"]["early_states"]
    return state if state in known and (link["role"] != "basis" or state != "adopted") else ""


def _laws(atlas: Atlas, response_id: str, role: str, types: Mapping[str, str]) -> str:
    links = [
        link
        for link in atlas.rows_of("response_instruments", "response_id", response_id)
        if link["role"] == role and not _early(atlas, link)
    ]
    return listed([law_words(atlas, link, types, len(links) == 1) for link in links])


def _early_laws(atlas: Atlas, response_id: str) -> str:
    """Bills and laws to come that the sources of an act name, each with what it was on the day of the act."""
    states = texts()["act"]["early_states"]
    # Each has a comma in it, so that a comma between them would join the wrong halves.
    return texts()["act"]["early_and"].join(
        f"{law(atlas, link['instrument_id'])}, {states[state]}"
        for link in atlas.rows_of("response_instruments", "response_id", response_id)
        if (state := _early(atlas, link))
    )


def basis_words(atlas: Atlas, response_id: str, types: Mapping[str, str]) -> str:
    """The laws that an act used (`role` is basis), with the kind of law where it is one; empty where none is known."""
    return _laws(atlas, response_id, "basis", types)


def law_note(atlas: Atlas, response_id: str, rung: int, types: Mapping[str, str]) -> str:
    """A sentence on laws of an act without a known basis: what was only named is called named."""
    # Law-making names the law that it makes.
    makes_law = records(atlas)[response_id]["action"] not in get_method().rung_of
    prose, early = texts()["act"], "" if makes_law else _early_laws(atlas, response_id)
    used = basis_words(atlas, response_id, types)
    only_named = "" if used else _laws(atlas, response_id, "named", types)
    ahead = prose["early_too" if only_named else "early"].format(laws=early) if early else ""
    if used:
        return ahead
    found = (prose["named"].format(laws=only_named) if only_named else "") + ahead
    return found if rung < POWERED_RUNG else found + prose["no_basis"]


@lru_cache(maxsize=4)
def _spans(atlas: Atlas) -> dict[str, dict]:
    """By act, whether it lasts and its last day in force or open."""
    frame = acts(atlas).drop_duplicates("response_id")
    return dict(zip(frame["response_id"], frame[["lasting", "until_day"]].to_dict("records")))


def standing(atlas: Atlas, act: Mapping, day: str) -> tuple[str, dict[str, str]]:
    """How an act stood on a day: a key of `standing` in data/texts/act.json and its arguments; empty for one-off acts.

    An end is told only once its day has come.
    """
    row = _spans(atlas)[act["response_id"]]
    if is_announced(act):
        return "announced", {"known": known_by(atlas, day)}
    until = row["until_day"]
    if act["end_date"] and (not row["lasting"] or until <= day):
        return _ended(atlas, act, day)
    if not row["lasting"]:
        return "", {}
    if until <= day:
        return "over", {}
    if until != FAR_FUTURE and act["end_kind"] == "expired":
        return "runs", {"day": in_words(act["end_date"])}
    if act["action"] == "restriction":
        return "held", {"day": in_words(day)}
    return "open", {
        "known": known_by(atlas, day),
        "seen": in_words(last_seen(atlas, act["response_id"], day)),
        "looked": _looked_words(atlas, act["response_id"], day),
    }


def _looked_words(atlas: Atlas, response_id: str, day: str) -> str:
    """When a later step was last looked for, told where the day is one that the search reaches; else empty."""
    one = _case_of(atlas, response_id, day)
    if one is None or not one.looked_for or day < atlas.package.evidence_to:
        return ""
    return texts()["act"]["standing"]["looked"].format(day=in_words(one.looked_for))


def _ended(atlas: Atlas, act: Mapping, day: str) -> tuple[str, dict[str, str]]:
    by = act["ended_by"]
    ended = records(atlas)[by]["date_latest"] if by else act["end_date"]
    if max(ended, act["end_date"]) > day:
        return "", {}
    title = f": {title_in_sentence(records(atlas)[by]['title'])}" if by else ""
    return act["end_kind"], {"day": in_words(act["end_date"]), "by": title, "product": product(atlas, act)}


def last_seen(atlas: Atlas, response_id: str, day: str) -> str:
    """Newest day that the evidence on an act, or on the proceeding it is a step of, reaches by a day; ISO."""
    one = _case_of(atlas, response_id, day)
    return one.seen if one else min(last_evidence(atlas).get(response_id, day), day)


def _case_of(atlas: Atlas, response_id: str, day: str) -> Proceeding | None:
    """The proceeding that an act is a step of, as it stood on a day."""
    identity = proceeding_of(atlas).get(response_id)
    return next((one for one in proceedings(atlas, day) if one.id == identity), None)


def standing_words(atlas: Atlas, act: Mapping, day: str, short: bool = False) -> str:
    """How an act stood on a day as a sentence, or as a clause for a title; empty for what was done and over."""
    key, given = standing(atlas, act, day)
    return texts()["act"]["short_standing" if short else "standing"][key].format(**given) if key else ""


def act_sentence(atlas: Atlas, response_id: str, place: str, day: str, types: Mapping[str, str]) -> str:
    """Who did what to whom, when, under which law that was used, and how it stood on a day.

    Args:
        place: for which of its parties the act is told.
        day: as-of date, ISO.
        types: kind of law by instrument on the day, see `atlas.law.regime`.
    """
    prose, act = texts()["act"], records(atlas)[response_id]
    whole = act["action"] in prose["said_whole"] and act["step"] in ("", "opening", "widening", "order")
    title = "" if whole and not is_announced(act) else f": {title_in_sentence(act['title'])}"
    basis = basis_words(atlas, response_id, types)
    who = bodies(atlas, response_id, place)
    said = prose["sentence"].format(
        in_place=place_in(atlas, place, who),
        bodies=who,
        deed=deed(atlas, act),
        when=when(act["date"]),
        title=title,
        basis=prose["basis"].format(laws=basis) if basis else "",
    )
    rung = 0 if is_announced(act) else get_method().rung_of.get(act["action"], 0)
    one_report = act["action"] in prose["reported"] and act["status"] == "unknown"
    report = prose["reported_note"].format(known=known_by(atlas, day)) if one_report else ""
    # The laws of a joint act are those of all who took part, and say nothing of one that joined.
    joined = who != bodies(atlas, response_id, act["jurisdiction_id"]) and place != act["jurisdiction_id"]
    note = "" if joined else law_note(atlas, response_id, rung, types)
    return capital(said) + note + report + standing_words(atlas, act, day)


def kind_words(atlas: Atlas, act: Mapping, day: str = "") -> str:
    """The kind of an act with what must not be dropped: announced only, one report, its end by a day.

    Args:
        act: a row of `responses`.
        day: as-of date; empty for the end of the evidence.
    """
    states, label = texts()["act"]["kind_states"], atlas.label("action", act["action"])
    if is_announced(act):
        return f"{label} ({states['announced']})"
    found = [states["reported"]] if is_reported(act) else []
    if act["action"] in get_method()["lasting_actions"]:
        key, given = standing(atlas, act, day or atlas.package.evidence_to)
        if key in states:
            found.append(states[key].format(**given))
    return f"{label} ({', '.join(found)})" if found else label
