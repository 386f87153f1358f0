"""The rest of a comparison: responses on one clock, authorities, like regimes, labels of other trackers."""

from typing import Any

from atlas.charts.compare.cells import place_cell
from atlas.charts.compare.view import PLACES, Column, Comparison
from atlas.law.likeness import holders_of_what_it_lacks, nearest
from atlas.publish import receipts
from atlas.response.durations import case_start
from atlas.response.evidence import OFF_LADDER, knowledge
from atlas.response.ladder import acts, held_rung, peak
from atlas.response.next_step import next_step, steps
from atlas.tables.atlas import Atlas
from atlas.tables.dates import days_between, in_words
from atlas.tables.method import get_method
from atlas.words import aside_words, asides, counted, end_words, reached_words, texts
from atlas.words import compare as say
from atlas.words.acts import kind_words

TOP = 6


def responses(atlas: Atlas, view: Comparison) -> dict:
    """Acts of every column on one clock.

    Returns:
        `start`, `label`, `deck`, `ticks` (words at both ends of the axis), `later` (what follows the last act),
        `lanes`: for each column its name, `acts` (day
        number, position and height in per cent, rung, receipts' words), `rung`, `held`, `rung_label`, `next` (lines),
        `authorities`.
    """
    start, label = case_start(atlas)
    lanes = [_lane(atlas, view, column) for column in view.columns]
    days = [act["from_day"] for lane in lanes for act in lane["acts"]]
    # The axis ends soon after the last act: most acts fall into the first weeks, and an empty year would hide them.
    first, last = min([start, *days]), max([start, *days])
    span = max(days_between(first, last), 1)
    for lane in lanes:
        for act in lane["acts"]:
            act["at"] = round(100 * days_between(first, act["from_day"]) / span, 2)
            act["number"] = days_between(start, act["from_day"])
            act["height"] = round(25 + 75 * act["rung"] / TOP, 1)
    later = _later(atlas, view, last) if days and last < view.as_of else ""
    return {
        "later": later,
        "start": start,
        "label": label,
        "lanes": lanes,
        "deck": (
            texts()["compare"]["response"]["deck"].format(start=in_words(start), label=label[:1].lower() + label[1:])
        ),
        "ticks": [
            f"day {days_between(start, day)}, {in_words(day)}" for day in ((first, last) if last > first else (first,))
        ],
    }


def _later(atlas: Atlas, view: Comparison, last: str) -> str:
    """What follows the axis: further acts of these places that stand on no rung or do not count, or none."""
    prose = texts()["compare"]["response"]
    if view.mode != PLACES:
        return prose["no_later"].format(last=in_words(last), day=in_words(view.as_of))
    frame = acts(atlas)
    mine = frame[frame["jurisdiction_id"].isin([column.id for column in view.columns])]
    after = mine[(mine["from_day"] > last) & (mine["from_day"] <= view.as_of)].drop_duplicates("response_id")
    if after.empty:
        return prose["no_later"].format(last=in_words(last), day=in_words(view.as_of))
    newest = max(after["from_day"])
    count = counted(len(after), prose["later_act"], prose["later_acts"])
    return prose["later_found"].format(last=in_words(last), count=count, newest=in_words(newest))


def _lane(atlas: Atlas, view: Comparison, column: Column) -> dict:
    frame = acts(atlas)
    frame = frame[frame["counts"] & (frame["rung"] > 0) & (frame["from_day"] <= view.as_of)]
    if view.mode == PLACES:
        mine = frame[frame["own"] & (frame["jurisdiction_id"] == column.id)]
        reached = peak(frame, view.as_of).get(column.id)
        known = knowledge(atlas, view.as_of)[column.id]
        rung = int(reached) if reached is not None else known.rung_without_step
        held = held_rung(atlas, column.id, view.as_of)
        label = reached_words(atlas, known, column.id, rung, view.as_of) if rung is not None else ""
        empty = "" if rung else _empty(atlas, view.as_of, column.id, known.without_step)
    else:
        links = atlas["response_instruments"]
        tied = set(links.loc[(links["instrument_id"] == column.id) & (links["role"] == "basis"), "response_id"])
        mine = frame[frame["response_id"].isin(tied)].drop_duplicates("response_id")
        rung, held, label, empty = None, 0, "", texts()["compare"]["response"]["instrument_none"]
    found = [_act(atlas, row, view.as_of) for row in mine.itertuples()]
    return {
        "id": column.id,
        "name": column.name,
        "acts": found,
        "rung": rung,
        "rung_label": label,
        "held": held,
        "empty": empty,
        "next": _next(atlas, view, column),
        "authorities": _authorities(atlas, view, column, list(mine["response_id"])),
    }


def _empty(atlas: Atlas, day: str, place: str, state: str) -> str:
    """What a lane without a step says: nothing found, not searched, or what was done off the ladder."""
    label = atlas.label("silence", state)
    return f"{label}: {aside_words(atlas, asides(atlas, day)[place])}" if state == OFF_LADDER else label


def _next(atlas: Atlas, view: Comparison, column: Column) -> list[str]:
    """The next legal step of a place; an instrument takes none."""
    if view.mode != PLACES:
        return []
    return say.step_lines(atlas, next_step(atlas, column.id, view.as_of), steps(atlas, column.id, view.as_of))


def _act(atlas: Atlas, row: Any, day: str) -> dict:
    act = atlas.responses.loc[row.response_id]
    ended = row.lasting and row.until_day <= day
    state = end_words(atlas, row.until_day, act["status"], day) if ended else ""
    state = state or (texts()["time"]["no_end"] if row.lasting else "")
    return {
        "id": row.response_id,
        "from_day": row.from_day,
        "rung": int(row.rung),
        "title": act["title"],
        "date": act["date"],
        "action": kind_words(atlas, act, day),
        "state": state,
        "sources": receipts.sources(atlas, "response_sources", row.response_id),
    }


def _authorities(atlas: Atlas, view: Comparison, column: Column, ids: list[str]) -> list[str]:
    """Bodies that took part, by name."""
    parties = atlas["response_parties"]
    parties = parties[parties["response_id"].isin(ids)]
    if view.mode == PLACES:
        parties = parties[parties["jurisdiction_id"] == column.id]
    return sorted({atlas.authorities.at[one, "name"] for one in parties["authority_id"]})


def likeness(atlas: Atlas, view: Comparison) -> list[dict]:
    """Per place: the nearest regimes with what sets them apart, and who holds in full what it lacks.

    Empty for instruments.
    """
    if view.mode != PLACES:
        return []
    found = []
    for column in view.columns:
        near = nearest(atlas, column.id, view.as_of)[: get_method()["likeness"]["shown"]]
        found.append(
            {
                "name": column.name,
                "near": [
                    (
                        like.place,
                        say.likeness_line(
                            atlas, column.id, like.place, [atlas.label("power", one) for one in like.apart], like.shared
                        ),
                    )
                    for like in near
                ],
                "lacks": [
                    say.holders_line(
                        atlas.label("power", power),
                        [_holder(atlas, one, power, view.as_of) for one in holders],
                        view.as_of,
                    )
                    for power, holders in holders_of_what_it_lacks(atlas, column.id, view.as_of)
                ],
            }
        )
    return found


def _holder(atlas: Atlas, place: str, power: str, day: str) -> str:
    """A place that holds a power in full, with what that takes: `Canada (by a court)`."""
    name, limit = atlas.name(place, in_sentence=True), place_cell(atlas, place, power, day).limit
    return f"{name} ({limit})" if limit else name


def labels(atlas: Atlas, view: Comparison) -> list[dict]:
    """Labels of other trackers on the places (or the very instruments) compared, with the provision that
    settles each.
    """
    frame = atlas["labels_elsewhere"]
    wanted = [column.id for column in view.columns]
    frame = frame[frame["jurisdiction_id" if view.mode == PLACES else "instrument_id"].isin(wanted)]
    order = {identity: position for position, identity in enumerate(wanted)}
    rows = [
        _label(atlas, row)
        | {"place_order": order[row["jurisdiction_id"] if view.mode == PLACES else row["instrument_id"]]}
        for row in frame.to_dict("records")
    ]
    return sorted(rows, key=lambda row: (row["place_order"], row["tracker"], row["label_id"]))


def _label(atlas: Atlas, row: dict) -> dict:
    settled = ""
    if row["settled_by_instrument"] and row["settled_by_power"]:
        coding = receipts.power(atlas, row["settled_by_instrument"], row["settled_by_power"])
        level = coding["level_label"].lower() + (f": {coding['limits']}" if coding["limits"] else "")
        settled = (
            f"{coding['instrument']}{', ' + coding['provision'] if coding['provision'] else ''}:"
            f" {coding['power_label'].lower()} {level}"
        )
    return row | {
        "place": atlas.name(row["jurisdiction_id"]),
        "settled": settled,
        "verified_label": atlas.label("verified", row["verified"]).lower(),
        "sources": receipts.sources(atlas, "label_sources", row["label_id"]),
    }
