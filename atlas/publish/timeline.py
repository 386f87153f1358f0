"""What the Timeline page lists: receipts of context events, restrictions, changes, dates ahead, first acts."""

from functools import lru_cache

from markupsafe import Markup

from atlas.publish import receipts
from atlas.response.changes import Change, between, upcoming
from atlas.response.durations import restrictions
from atlas.tables.atlas import Atlas
from atlas.tables.dates import days_between, in_words
from atlas.tables.method import get_method
from atlas.templating import render
from atlas.words import texts
from atlas.words import time as time_words
from atlas.words.acts import kind_words

LISTS = ("acts", "ended", "adopted", "in_force", "applicable", "law_ended")
LIST_OF_STAGE = {
    "adopted": "adopted",
    "in_force": "in_force",
    "applicable": "applicable",
    "powers": "applicable",
    "ended": "law_ended",
    "withdrawn": "law_ended",
}
LONGEST_LABEL, SHOWN, AHEAD = 90, 8, 40


def event(atlas: Atlas, event_id: str) -> dict:
    """One context event with its classes in words, sources and conflicts.

    Raises:
        KeyError: there is no such event.
    """
    rows = atlas["context_events"]
    found = rows[rows["event_id"] == event_id]
    if found.empty:
        raise KeyError(event_id)
    row = dict(found.iloc[0])
    return row | {
        "id": event_id,
        "kind_label": atlas.label("kind", row["kind"]),
        "confidence_label": atlas.label("confidence", row["confidence"]).lower(),
        "span": ""
        if row["date_earliest"] == row["date_latest"]
        else f"between {in_words(row['date_earliest'])} and {in_words(row['date_latest'])}",
        "sources": receipts.sources(atlas, "context_event_sources", event_id),
    }


def choices(atlas: Atlas, ids: tuple[str, ...]) -> dict[str, str]:
    """Acts and events by id, as labels of a list to pick from: date, place or actor, title."""
    known = _labels(atlas)
    return {identity: known[identity] for identity in ids}


@lru_cache(maxsize=4)
def _labels(atlas: Atlas) -> dict[str, str]:
    names = atlas.jurisdictions["name"].to_dict()
    found = {
        row.response_id: (row.date, names[row.jurisdiction_id], row.title) for row in atlas["responses"].itertuples()
    }
    found |= {row.event_id: (row.date, row.actor, row.title) for row in atlas["context_events"].itertuples()}
    texts_of = {identity: f"{date or 'undated'} · {who} · {title}" for identity, (date, who, title) in found.items()}
    return {
        identity: text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…"
        for identity, text in texts_of.items()
    }


def restriction_rows(atlas: Atlas, day: str) -> list[tuple]:
    """Table of restrictions as of a day: place, what, from, how long and how it ended."""
    return [
        (
            atlas.name(row.place),
            atlas.responses.at[row.response_id, "target_product"]
            or atlas.responses.at[row.response_id, "target_entity"],
            in_words(row.started),
            time_words.restriction_days(atlas, row, day),
        )
        for row in restrictions(atlas, day)
    ]


def change_row(atlas: Atlas, change: Change) -> dict:
    """One change for a list: headline, date, what it is about, receipt."""
    law = change.kind == "law"
    record = atlas.instruments.loc[change.record] if law else atlas.responses.loc[change.record]
    return {
        "id": change.id,
        "record": change.record,
        "date": change.date,
        "headline": time_words.change_words(atlas, change),
        "tag": time_words.stage_words(change) if law else kind_words(atlas, record),
        "summary": record["summary"],
        "powers": time_words.powers_words(atlas, change),
        "confidence": atlas.label("confidence", record["confidence"]).lower(),
        "conflict": record["conflict_note"],
        "in_days": "",
        "sources": receipts.sources(atlas, "instrument_sources" if law else "response_sources", change.record),
    }


@lru_cache(maxsize=1024)
def change_html(atlas: Atlas, change: Change, in_days: str = "") -> Markup:
    """One change as an item of a list, kept: it stands in the lists of many days."""
    return Markup(render("change_item.html", row=change_row(atlas, change) | {"in_days": in_days}))


def changed(atlas: Atlas, after: str, until: str) -> tuple[str, list[tuple[str, list[Markup], int]]]:
    """What changed after one day and until another, newest first; a law stands in the list of each stage it reached.

    Returns:
        The title, and for each list its label, its newest items as HTML, and how many earlier ones are not among them.
    """
    found = between(atlas, after, until)
    lists: dict[str, list[Change]] = {name: [] for name in LISTS}
    for change in reversed(found):
        names = {"act": ["acts"], "act_ended": ["ended"]}.get(change.kind) or dict.fromkeys(
            LIST_OF_STAGE[stage] for stage in change.stages
        )
        for name in names:
            lists[name].append(change)
    labels = texts()["time"]["lists"]
    shown = [
        (labels[name], [change_html(atlas, change) for change in rows[:SHOWN]], len(rows) - len(rows[:SHOWN]))
        for name, rows in lists.items()
        if rows
    ]
    return time_words.changed_title(len(found), after, until), shown


def ahead(atlas: Atlas, day: str) -> tuple[str, list[tuple[str, list[Markup]]], int]:
    """The next dates after a day that were fixed by it.

    Returns:
        The title; items as HTML under "Next dates", those of the next weeks, which say in how many days, and under
        "Later dates"; and how many still later ones are not among them.
    """
    every, near = upcoming(atlas, day), get_method()["clock"]["quick_days"]
    soon, later = [], []
    for change in every[:AHEAD]:
        if len(change.date) == 10 and days_between(day, change.day) <= near:
            soon.append(change_html(atlas, change, time_words.in_days(day, change.day)))
        else:
            later.append(change_html(atlas, change))
    lists = [(label, items) for label, items in (("Next dates", soon), ("Later dates", later)) if items]
    return time_words.ahead_title(atlas, every, day), lists, len(every) - len(every[:AHEAD])
