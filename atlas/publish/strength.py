"""Values of the Strength page's templates: pairs power by power, reforms, ladders, the list for review."""

from atlas.charts.compare.cells import place_cell
from atlas.law.powers import NOT_ASSESSED, Cell, cells
from atlas.law.reform import Outcome, Reform, models
from atlas.law.standing import Pair
from atlas.law.strength import compulsory, groups, soft
from atlas.publish import receipts
from atlas.response.durations import case_start
from atlas.response.next_step import FREE, HELD, LATER, Basis, beyond_powers, first_rungs, steps
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.tables.method import get_method
from atlas.words import capital, listed, named, texts
from atlas.words import strength as say
from atlas.words.next_step import basis_words, later_words


def side_by_side(atlas: Atlas, places: tuple[str, str], day: str) -> dict:
    """Every power of two places with level, law, provision and sources, group after group.

    Returns:
        `names` of both places; `day` (ISO); `groups`, each with `label` and `powers`, each of which has `label` and, by
        place, `cells` as `_cell` makes them.
    """
    found = cells(atlas, day)
    order = [("soft", power) for power in soft()] + [(get_method().group_of[power], power) for power in compulsory()]
    groups_shown = [
        {
            "label": atlas.label("power_group", group),
            "powers": [
                {
                    "label": atlas.label("power", power),
                    "cells": [
                        _cell(atlas, place, found.get((place, power), NOT_ASSESSED), power, day) for place in places
                    ],
                }
                for own, power in order
                if own == group
            ],
        }
        for group in (*groups(), "soft")
    ]
    return {"names": [atlas.name(place) for place in places], "groups": groups_shown, "day": day}


def decisive(atlas: Atlas, places: tuple[str, str], day: str) -> dict:
    """The compulsory powers of which two places hold different levels, each with its strongest provision."""
    prose, found = texts()["strength"]["triangle"], cells(atlas, day)
    levels = {power: [found.get((place, power), NOT_ASSESSED).level for place in places] for power in compulsory()}
    return {
        "title": prose["decides"],
        "deck": prose["decides_deck"].format(day=in_words(day)),
        "alike": prose["alike"],
        "names": [atlas.name(place) for place in places],
        "powers": [
            {
                "label": atlas.label("power", power),
                "cells": [_cell(atlas, place, found.get((place, power), NOT_ASSESSED), power, day) for place in places],
            }
            for power, held in levels.items()
            if held[0] != held[1]
        ],
    }


def _cell(atlas: Atlas, place: str, cell: Cell, power: str, day: str) -> dict:
    """One power of one place, in the words of the comparison.

    Returns:
        `mark` (the level shown, `0` to `2`, or empty), `words`, `law`, `provision`, `from` (whose law it is), `later`
        (what an adopted law will bring), `sources`; all but `mark` and `words` may be empty.
    """
    said = place_cell(atlas, place, power, day)
    later = ""
    if cell.later:
        level = atlas.label("level", str(cell.later_level)).lower()
        later = f"{level} {later_words(cell.later_starts)}: {atlas.instruments.at[cell.later, 'short_name']}"
    decided = bool(cell.instrument_id) and cell.level is not None
    return {
        "mark": "" if cell.level is None else str(cell.level),
        "words": said.words,
        "law": said.short_name if decided else "",
        "provision": said.provision if decided else "",
        "from": said.inherited if decided else "",
        "later": later,
        "sources": receipts.sources(atlas, "power_sources", cell.instrument_id, power) if decided else [],
    }


def reform(
    atlas: Atlas,
    wanted: Reform,
    before: Outcome,
    after: Outcome,
    pairs: tuple[dict[str, Pair], dict[str, Pair]] | None,
    other: str,
    day: str,
) -> dict:
    """What a supposed change would do, beside the law as it is.

    Returns:
        `label`, `changes` (whether anything would change), `sentence`; `rows`, each with `name`, `before`, `after`,
        `changed`; `lines`, sentences on the order; `models`, each with `power` and `laws` to look at, each of which has
        `place`, `law`, `provision`, `sources`.
    """
    rows = [
        (
            "Type of the instrument",
            atlas.label("regime_type", before.instrument),
            atlas.label("regime_type", after.instrument),
        ),
        (
            "Type of the AI law",
            atlas.label("regime_type", before.ai_law.type),
            atlas.label("regime_type", after.ai_law.type),
        ),
        (
            "All laws together",
            atlas.label("regime_type", before.whole.type),
            atlas.label("regime_type", after.whole.type),
        ),
        ("Enforcement strength", _points(before), _points(after)),
    ]
    lines = []
    if pairs is None:
        lines.append(texts()["strength"]["reform_waits"])
    elif not pairs[1]:
        lines.append("Under 80% of the weight is assessed here, so it is not put in an order with others.")
    else:
        shown = pairs if wanted.changes else pairs[:1]
        for found, label, as_it_is in zip(shown, ("As it is", "If changed"), (True, False)):
            said = (
                say.tally_sentence(atlas, wanted.place, found, as_it_is)
                if found
                else "not enough is assessed for an order."
            )
            lines.append(f"{label}: {said}")
        if other in pairs[1] and other in pairs[0]:
            rows.append(
                (
                    f"Against {atlas.name(other, in_sentence=True)}",
                    _short(atlas, pairs[0][other]),
                    _short(atlas, pairs[1][other]),
                )
            )
    return {
        "label": texts()["strength"]["reform"],
        "changes": wanted.changes,
        "sentence": say.reform_sentence(atlas, wanted.instrument_id, wanted.given, wanted.taken, wanted.named),
        "rows": [{"name": name, "before": old, "after": new, "changed": old != new} for name, old, new in rows],
        "lines": lines,
        "models": [
            {
                "power": atlas.label("power", power),
                "laws": [
                    {
                        "place": atlas.name(model.place),
                        "law": atlas.instruments.at[model.instrument_id, "short_name"],
                        "provision": model.provision,
                        "sources": receipts.sources(atlas, "power_sources", model.instrument_id, power),
                    }
                    for model in models(atlas, power, day, wanted.place)
                ],
            }
            for power in wanted.given
        ],
    }


def _points(found: Outcome) -> str:
    return "no score: too little assessed" if found.point is None else f"{found.point:.1f}"


def _short(atlas: Atlas, found: Pair) -> str:
    first, second = (atlas.name(place, in_sentence=True) for place in (found.first, found.second))
    form = texts()["strength"]["short"]["ordered" if found.ordered else "other"]
    shares = (say.whole_percent(share) for share in (found.share, found.reverse))
    words = dict(zip(("share", "reverse"), shares))
    return capital(form.format(first=first, second=second, verdict=say.verdict_words(found), **words))


def ladder(atlas: Atlas, place: str, day: str) -> dict:
    """The ladder of a place, highest rung first: each kind of act with what was done and what law allows.

    Returns:
        `name`, `start` (of the case, in words), `note`; `rungs`, each with `label`, `when` (first reached, or empty)
        and `steps`, each of which has `label`, `used` (a day or empty), `state` (see `response.next_step.Step`),
        `words`, `bases` (laws in words), `unread` (powers not assessed), `beyond` (done without a power found).
    """
    first = first_rungs(atlas, day)
    days = {row.rung: (row.days, row.from_day) for row in first[first["jurisdiction_id"] == place].itertuples()}
    states = texts()["strength"]["states"]
    every = steps(atlas, place, day)
    rungs = []
    for rung in sorted({step.rung for step in every}, reverse=True):
        rungs.append(
            {
                "label": atlas.label("rung", str(rung)),
                "when": _reached(*days[rung]) if rung in days else "",
                "steps": [
                    {
                        "label": atlas.label("action", step.action),
                        "used": in_words(step.used_day) if step.used else "",
                        "state": step.state,
                        "words": states[step.state],
                        "bases": [_basis(atlas, basis, step.state) for basis in step.bases],
                        "unread": listed([atlas.label("power", power).lower() for power in step.unread]),
                        "beyond": bool(step.used) and step.state not in (FREE, HELD),
                    }
                    for step in every
                    if step.rung == rung
                ],
            }
        )
    start, label = case_start(atlas)
    return {
        "rungs": rungs,
        "start": f"{in_words(start)} ({label[0].lower() + label[1:]})",
        "name": atlas.name(place),
        "note": texts()["strength"]["next"],
    }


def _reached(days: int, day: str) -> str:
    if days < 0:
        return f"first on {in_words(day)}, before the case's start"
    return f"first on {in_words(day)}, day {days}"


def _basis(atlas: Atlas, basis: Basis, state: str) -> str:
    said = basis_words(atlas, basis)
    later = f", {later_words(basis.starts)}" if state == LATER else ""
    return f"{said}{later}"


def review(atlas: Atlas, day: str) -> dict:
    """Acts taken without a coded power, newest last."""
    rows = []
    for row in beyond_powers(atlas, day).itertuples():
        title = atlas.responses.at[row.response_id, "title"]
        unread = [atlas.label("power", power).lower() for power in row.unread]
        absent = [atlas.label("power", power).lower() for power in row.powers if power not in row.unread]
        why = [f"not assessed: {listed(unread)}"] if unread else []
        why += [f"read and not in force there then: {listed(absent)}"] if absent else []
        bases = listed([named(atlas.instruments.at[identity, "short_name"]) for identity in row.bases])
        rows.append(
            {
                "place": atlas.name(row.jurisdiction_id),
                "title": title,
                "when": in_words(row.from_day),
                "action": atlas.label("action", row.action),
                "why": "; ".join(why),
                "bases": bases or "none named",
                "id": row.response_id,
                "sources": receipts.sources(atlas, "response_sources", row.response_id),
            }
        )
    return {"rows": rows, "note": texts()["strength"]["review"]}
