"""Figures of the charts as rows, taken from the very Views that pages draw from.

What is not assessed is null, with a state.
"""

from itertools import combinations

from atlas.charts.compare.cells import codings, place_cell
from atlas.charts.map.view import NOT_SEARCHED, world_map
from atlas.charts.strength.view import Filter, Range, families, strength_ranges
from atlas.law.powers import cells
from atlas.law.standing import Standings, dominance_pairs, pair, standings
from atlas.law.strength import compulsory, groups, soft, strengths
from atlas.publish.record_addresses import record_path
from atlas.response.evidence import knowledge
from atlas.response.ladder import acts, current, ended_peaks, peak
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE
from atlas.web.api.rows import APPLYING, Asked
from atlas.words import headlines, reached_words

DIGITS = 6
SCORED, TOO_LITTLE, NOT_READ = "scored", "too_little_assessed", "law_not_read"
JUDGED, NO_BUILD = "judged", "not_built"
RUNG, PAST = "rung", "past"


def _figure(value: float | None) -> float | None:
    return None if value is None else round(float(value), DIGITS)


def _wanted(atlas: Atlas, asked: Asked) -> tuple[str, ...]:
    return asked["jurisdiction"] or tuple(atlas.jurisdictions.index)


def strength(atlas: Atlas, asked: Asked) -> list[dict]:
    """Enforcement strength as the Strength page's ranges have it, in their order; places whose law was not read come
    last.
    """
    day = asked["date"]
    view = strength_ranges(atlas, day, Filter(unfold=tuple(families(atlas, day))))
    shown, wanted = {row.place for row in view.rows}, set(_wanted(atlas, asked))
    ordered = tuple(place for place, what in strengths(atlas, day).items() if what.whole.point is not None)
    weaker: dict[str, list[str]] = {}
    for stronger, other in dominance_pairs(atlas, day, ordered):
        weaker.setdefault(stronger, []).append(other)
    rows = [_strength(row, day, sorted(weaker.get(row.place, []))) for row in view.rows if row.place in wanted]
    unread = [place for place in atlas.jurisdictions.index if place in wanted - shown]
    return rows + [_unread(atlas, place, day) for place in unread]


def _strength(row: Range, day: str, weaker: list[str]) -> dict:
    whole, parts = row.strength.whole, row.strength.groups
    return {
        "jurisdiction_id": row.place,
        "name": row.name,
        "as_of": day,
        "state": SCORED if whole.point is not None else TOO_LITTLE,
        "score": _figure(whole.point),
        "score_if_absent": _figure(whole.low),
        "score_if_full": _figure(whole.high),
        "coverage": _figure(whole.coverage),
        "powers_assessed": row.strength.assessed,
        "powers": len(compulsory()),
        "median": _figure(row.median),
        "low_5": _figure(row.low),
        "high_95": _figure(row.high),
        "order": row.rank or None,
        **{group: _figure(parts[group].point) for group in groups()},
        "soft": _figure(row.strength.soft.point),
        "outlined": _figure(row.strength.outlined),
        "regime_type": row.type,
        "at_least_as_strong_as": weaker,
        "page": f"jurisdiction?place={row.place}&date={day}",
    }


def _unread(atlas: Atlas, place: str, day: str) -> dict:
    """A place whose law nobody has read: nothing is known, so everything is possible."""
    what = strengths(atlas, day)[place]
    return {
        "jurisdiction_id": place,
        "name": atlas.name(place),
        "as_of": day,
        "state": NOT_READ,
        "score": None,
        "score_if_absent": _figure(what.whole.low),
        "score_if_full": _figure(what.whole.high),
        "coverage": _figure(what.whole.coverage),
        "powers_assessed": what.assessed,
        "powers": len(compulsory()),
        "median": None,
        "low_5": None,
        "high_95": None,
        "order": None,
        **dict.fromkeys(groups()),
        "soft": _figure(what.soft.point),
        "outlined": None,
        "regime_type": None,
        "at_least_as_strong_as": [],
        "page": f"jurisdiction?place={place}&date={day}",
    }


def ladder(atlas: Atlas, asked: Asked) -> list[dict]:
    """The response reached, as the map colours it: the strongest step so far, and what is in force or open on
    the day.
    """
    day = asked["date"]
    reached, held = world_map(atlas, "peak", day).class_of, world_map(atlas, "now", day).class_of
    known, tops, frame = knowledge(atlas, day), headlines(atlas, day), acts(atlas)
    highest, now, ended = peak(frame, day), current(frame, day), ended_peaks(atlas, day)
    counted = frame[frame["counts"] & (frame["from_day"] <= day)].groupby("jurisdiction_id")["response_id"].nunique()
    rows = []
    for place in _wanted(atlas, asked):
        act = tops[place].response_id if place in highest else ""
        # Nothing found, law-making alone and not searched are told apart by `state`; none of them is a rung.
        rung = int(highest[place]) if place in highest else None
        rows.append(
            {
                "jurisdiction_id": place,
                "name": atlas.name(place),
                "as_of": day,
                "state": RUNG if place in highest else reached[place],
                "peak": rung,
                "peak_ended": place in ended if rung else None,
                "peak_label": reached_words(atlas, known[place], place, rung, day)
                if rung
                else atlas.label("silence", reached[place]),
                "strongest_act": act or None,
                "strongest_act_date": (atlas.responses.at[act, "date"] or None) if act else None,
                "current": int(now[place]) if place in now else None,
                "current_state": RUNG if place in now else held[place],
                "counted_acts": int(counted.get(place, 0)) if known[place].state != NOT_SEARCHED else None,
                "evidence": known[place].state,
                "reaches_to": known[place].evidence_to or None,
                "stale": known[place].stale,
                "record": record_path("responses", act) if act else None,
                "page": f"jurisdiction?place={place}&date={day}",
            }
        )
    return rows


def pairs(atlas: Atlas, asked: Asked) -> list[dict]:
    """For which priorities one of two regimes is ahead, as Compare says it.

    Two ids or more: every pair among them. One id: it against every place with enough assessed. None: every pair of
        such places.
    """
    day, wanted = asked["date"], asked["jurisdiction"]
    ordered = tuple(place for place, what in strengths(atlas, day).items() if what.whole.point is not None)
    found = (
        combinations(wanted, 2)
        if len(wanted) > 1
        else ((wanted[0], other) for other in ordered if other != wanted[0])
        if wanted
        else combinations(ordered, 2)
    )
    # Dominance asks nothing of coverage: bounds decide, so places without a score may be in such a pair.
    every = tuple(dict.fromkeys((*ordered, *wanted)))
    strongest = set(dominance_pairs(atlas, day, every))
    drawn = standings(atlas, day)
    return [_pair(atlas, one, other, day, strongest, drawn) for one, other in found]


def _pair(atlas: Atlas, one: str, other: str, day: str, strongest: set, drawn: Standings | None) -> dict:
    result = pair(drawn, one, other) if drawn else None
    state = JUDGED if result else NO_BUILD if drawn is None else TOO_LITTLE
    dominates = one if (one, other) in strongest else other if (other, one) in strongest else None
    return {
        "first": one,
        "first_name": atlas.name(one),
        "second": other,
        "second_name": atlas.name(other),
        "as_of": day,
        "state": state,
        "word": result.verdict if result else None,
        "ahead": result.first if result and result.ordered else None,
        "share_first_ahead": _figure((result.share if result.first == one else result.reverse) if result else None),
        "share_second_ahead": _figure((result.reverse if result.first == one else result.share) if result else None),
        "dominates": dominates,
        "share_undecided": _figure(result.undecided) if result else None,
        "draws": drawn.draws if drawn else None,
        "points": drawn.points if drawn else None,
        "page": f"compare?places={one},{other}&date={day}",
    }


def law(atlas: Atlas, asked: Asked) -> list[dict]:
    """Each power of each place with the instrument that decides it, as Compare's matrix has it."""
    day, found = asked["date"], cells(atlas, asked["date"])
    wanted = asked["power"] or (*soft(), *compulsory())
    rows = []
    for place in _wanted(atlas, asked):
        for power in wanted:
            one = place_cell(atlas, place, power, day)
            if asked["state"] and one.state not in asked["state"]:
                continue
            what = found.get((place, power))
            starts = what.later_starts if what and what.later else ""
            identity = one.instrument_id
            maker = atlas.instruments.at[identity, "jurisdiction_id"] if identity else place
            rows.append(
                {
                    "jurisdiction_id": place,
                    "name": atlas.name(place),
                    "power": power,
                    "as_of": day,
                    "state": one.state,
                    "level": what.level if what and one.state in APPLYING else None,
                    "words": one.words,
                    "instrument_id": identity or None,
                    "provision": one.provision or None,
                    "inherited_from": maker if maker != place else None,
                    "confidence": codings(atlas)[identity, power]["confidence"] if identity else None,
                    "later_instrument_id": (what.later or None) if what else None,
                    "later_level": what.later_level if what and what.later else None,
                    "later_from": starts if starts and starts != FAR_FUTURE else None,
                    "record": record_path("powers", f"{identity}/{power}") if identity else None,
                }
            )
    return rows
