"""Everything behind one record, for its own page and its JSON twin: fields in words, readings, sources, history."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from atlas.law.regime import instrument_types
from atlas.publish import receipts
from atlas.publish.cells_in_words import Fact, fact, said, term
from atlas.publish.citation import bibtex, plain
from atlas.publish.comparison.receipts import power_state
from atlas.publish.history import CHANGED, REMOVED, UNREADABLE, Step, steps_of
from atlas.publish.history import last_kept as last_release
from atlas.publish.record_addresses import RECORDS, home, record_path
from atlas.publish.record_lists import Item, curation, lists
from atlas.publish.record_rows import HEADING, find, title
from atlas.tables.atlas import Atlas
from atlas.tables.cells import is_empty
from atlas.tables.dates import in_words
from atlas.tables.kept_releases import Release
from atlas.words import capital, texts
from atlas.words.acts import act_sentence
from atlas.words.laws import prison_words

# Which readings belong to which table, by the words that `second_readings` may use for it.
READING_KINDS = {"powers": ("power",), "responses": ("act", "action")}
SAME = "same"
READ_FIELD = {"powers": "level", "responses": "action"}


def facts(atlas: Atlas, table: str, row: dict) -> list[Fact]:
    """Every field of a record in words, in the order of the table."""
    schema = atlas.package.tables[table]
    found = [fact(atlas, schema, name, cell) for name, cell in row.items() if name in schema.fields]
    if table != "instruments":
        return found
    term = prison_words(atlas, row["instrument_id"])
    return [replace(one, words=term) if one.name == "max_prison_months" and term else one for one in found]


def groups(atlas: Atlas, table: str, row: dict) -> list[tuple[str, list[Fact]]]:
    """The fields under headings, without those that head the page; what no heading names comes last."""
    prose = texts()["records"]
    above = {*atlas.package.tables[table].key, HEADING.get(table), "summary"}
    named = {name for group in prose["groups"][table] for name in group["fields"]}
    left = {one.name: one for one in facts(atlas, table, row) if one.name in named or one.name not in above}
    found = []
    for group in prose["groups"][table]:
        shown = [left.pop(name) for name in group["fields"] if name in left]
        if shown:
            found.append((group["label"], shown))
    return [*found, (prose["rest"], list(left.values()))] if left else found


def sources(atlas: Atlas, table: str, identity: str) -> list[dict]:
    """Sources of a record, official ones first, each with the address of its own page."""
    links = RECORDS[table]
    rows = receipts.sources(atlas, links, *identity.split("/")) if links else []
    return [row | {"record": record_path("sources", row["source_id"])} for row in rows]


def reading(atlas: Atlas, table: str, identity: str, row: dict) -> dict | None:
    """Both readings of a record's code, and how a difference was settled; None for tables that are read once.

    Returns:
        `done` (bool) and `facts`, a list of (term, words, meaning).
    """
    if table not in READING_KINDS:
        return None
    prose, field = texts()["records"]["readings"], READ_FIELD[table]
    held = _second(atlas, table, identity)
    if held is None:
        second = row.get("second_coder_level") if table == "powers" else None
        if is_empty(second):
            return {"done": False, "facts": [(prose["first"], *term(atlas, field, str(row[field])))]}
        facts = [
            (prose["first"], *term(atlas, field, str(row[field]))),
            (prose["second"], *term(atlas, field, str(second))),
        ]
        return {"done": True, "facts": [*facts, (prose["how"], prose["unsettled"], "")]}
    facts = [
        (prose["first"], *term(atlas, field, str(held["first_value"]))),
        (
            prose["second"],
            *(term(atlas, field, str(held["second_value"])) if held["second_value"] else (prose["undecided"], "")),
        ),
        (prose["settled"], *term(atlas, field, str(held["settled_value"]))),
        (
            prose["how"],
            prose["settled_how"].get(held["settled_how"])
            or capital(term(atlas, "settled_how", held["settled_how"])[0]),
            "",
        ),
    ]
    for names, label in (
        (("reason",), "reason"),
        (("second_confidence", "confidence"), "confidence"),
        (("coder",), "coder"),
        (("read_on",), "read_on"),
    ):
        text = next((held[name] for name in names if not is_empty(held.get(name))), "")
        if text:
            said = (
                term(atlas, "confidence", text)
                if label == "confidence"
                else (in_words(text), "")
                if label == "read_on"
                else (text, "")
            )
            facts.append((prose[label], *said))
    return {"done": True, "facts": [*facts, *_third(atlas, table, identity)]}


def _third(atlas: Atlas, table: str, identity: str) -> list[tuple[str, str, str]]:
    """What a third reading says of a power, as terms, words and meanings; nothing where none was made."""
    mine = table == "powers" and "third_readings" in atlas.tables
    found = atlas.rows_of("third_readings", "instrument_id", identity.split("/")[0]) if mine else []
    prose = texts()["records"]["readings"]
    for held in found:
        if held["power"] == identity.split("/")[1]:
            level = held["third_value"]
            facts = [
                (prose["third"], *((prose["undecided"], "") if is_empty(level) else term(atlas, "level", str(level)))),
                (prose["third_text"], *term(atlas, "text_read", held["text_read"])),
                (prose["third_outcome"], *term(atlas, "outcome", held["outcome"])),
            ]
            told = (("third_reason", held["reason"]), ("third_on", in_words(held["read_on"])))
            return facts + [(prose[label], text, "") for label, text in told if text]
    return []


def _second(atlas: Atlas, table: str, identity: str) -> dict | None:
    """The row of `second_readings`, in data that have such a table."""
    if "second_readings" not in atlas.tables:
        return None
    rows = atlas["second_readings"]
    rows = rows[rows["record_kind"].isin(READING_KINDS[table]) & (rows["record_id"] == identity)]
    return dict(rows.iloc[0]) if len(rows) else None


def history(atlas: Atlas, folder: Path, table: str, identity: str) -> list[dict]:
    """The steps of a record through the releases, in words, oldest first.

    Args:
        folder: the data folder whose releases are kept.
    """
    steps = steps_of(atlas, folder, (table, identity))
    return [
        step_in_words(atlas, table, step)
        for step in sorted(steps, key=lambda step: (_numbers(step.version), step.released == ""))
    ]


def step_in_words(atlas: Atlas, table: str, step: Step) -> dict:
    """One step of a record as its page says it.

    Returns:
        `version`, `released` (ISO, or empty), `kind`, `words` (empty for a change), `changes` (dicts of
        `field`, `label`,
        `old`, `new`), `sources_added` and `sources_removed` (titles).
    """
    prose, schema = texts()["records"]["history"], atlas.package.tables[table]
    changes = [
        {
            "field": change.field,
            "label": fact(atlas, schema, change.field, "").label,
            "old": said(atlas, schema, change.field, change.old),
            "new": said(atlas, schema, change.field, change.new),
        }
        for change in step.changes
        if change.field in schema.fields
    ]
    known = atlas.sources.index
    return {
        "version": step.version,
        "released": step.released,
        "kind": step.kind,
        "words": "" if step.kind == CHANGED else prose[step.kind],
        "changes": changes,
        "sources_added": [atlas.sources.at[one, "title"] for one in step.sources_added if one in known],
        "sources_removed": [atlas.sources.at[one, "title"] if one in known else one for one in step.sources_removed],
    }


def since(newest: Atlas, folder: Path, table: str, identity: str, version: str) -> str:
    """What became of a record after a release: `same`, `changed` or `removed`.

    Args:
        newest: the data served now.
        folder: the data folder whose releases are kept.
        version: of the release.
    """
    if find(newest, table, identity) is None:
        return REMOVED
    at = _numbers(version)
    later = [
        step
        for step in steps_of(newest, folder, (table, identity))
        if (_numbers(step.version), not step.released) > (at, False)
    ]
    return CHANGED if any(step.kind != UNREADABLE for step in later) else SAME


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def last_kept(atlas: Atlas, folder: Path, table: str, identity: str) -> Release | None:
    """The release that last held a record which is no longer in the data; None if there never was such a record."""
    return last_release(folder, (table, identity))


def record(
    atlas: Atlas, folder: Path, table: str, identity: str, row: dict, link: str, newest: Atlas | None = None
) -> dict:
    """All that a record's page shows.

    Args:
        atlas: the release that holds the record.
        row: as `find` gives it.
        link: its whole address, for the citation.
        newest: the data served now, if that is another release: history and decisions reach up to it.

    Returns:
        `table`, `id`, `key` (both, with a slash), `path` (from the root, without a slash before it), `link`; `title`,
        `kind` (the table in words), `summary` (may be empty), `places` (`Item` each); `facts`, `groups`, `lists`: what
        the row says, what belongs to it, what it leads to, under their headings; `reading` (how it was read),
        `sources`, `history` (newest first), `curation` (decisions), `citation`, `bibtex`; `sentence`, one to quote,
        empty for all but acts.
    """
    heading = title(atlas, table, identity, row)
    places = home(atlas, table, identity)
    return {
        "table": table,
        "id": identity,
        "key": f"{table}/{identity}",
        "path": record_path(table, identity),
        "title": heading,
        "kind": texts()["records"]["tables"][table],
        "summary": _summary(atlas, table, row),
        "places": [Item(atlas.name(place), "", f"jurisdiction?place={place}") for place in places],
        "facts": facts(atlas, table, row),
        "groups": groups(atlas, table, row),
        "lists": lists(atlas, table, identity),
        "reading": reading(atlas, table, identity, row),
        "sources": sources(atlas, table, identity),
        "history": history(newest or atlas, folder, table, identity),
        "curation": curation(newest or atlas, identity),
        "citation": plain(atlas.package, heading, link),
        "bibtex": bibtex(atlas.package, heading, link),
        "link": link,
        "sentence": _sentence(atlas, identity, row) if table == "responses" else "",
    }


def _sentence(atlas: Atlas, identity: str, row: dict) -> str:
    """An act as a sentence to quote, as it stood at the end of the evidence."""
    day = atlas.package.evidence_to
    return act_sentence(atlas, identity, row["jurisdiction_id"], day, instrument_types(atlas, day))


def _summary(atlas: Atlas, table: str, row: dict) -> str:
    """The line under the title: what the record says, before any of its fields."""
    if table == "powers":
        return _power_lead(atlas, row["instrument_id"], row["power"])
    return "" if table == "sources" or pd.isna(row.get("summary")) else row["summary"]


def _power_lead(atlas: Atlas, instrument: str, power: str) -> str:
    """What a power gives at the end of the evidence, and where it stands."""
    prose, day, row = texts()["records"], atlas.package.evidence_to, receipts.power(atlas, instrument, power)
    level = row["level_label"].lower() + (f" ({row['limits']})" if row["limits"] else "")
    provision = f", {row['provision']}" if row["provision"] else prose["no_provision"] if row["level"] else ""
    return prose["power_lead"].format(
        day=in_words(day), state=power_state(atlas, instrument, power, day), level=level, provision=provision
    )
