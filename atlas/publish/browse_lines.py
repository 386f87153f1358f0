"""What a table of the data shows of each row before it is opened: cells by column, and what they are sorted by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from atlas.publish.record_addresses import supported_by
from atlas.response.ladder import acts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import texts
from atlas.words.powers import counts_for, qualifiers

# Columns of each table from the left. The one that opens a row is `MAIN`; `-` before a name is from last to first.
COLUMNS = {
    "responses": ("date", "place", "act", "kind", "state", "counts", "sources"),
    "instruments": ("date", "place", "law", "force", "kind", "state", "sources"),
    "powers": ("place", "law", "power", "level", "route", "provision", "sources"),
    "sources": ("date", "publisher", "source", "kind", "supports"),
    "search_log": ("date", "place", "question", "kind", "result"),
    "context_events": ("date", "actor", "event", "kind", "sources"),
    "labels_elsewhere": ("date", "place", "tracker", "said", "sources"),
    "curation": ("entry", "decision", "record"),
}
MAIN = {
    "responses": "act",
    "instruments": "law",
    "powers": "power",
    "sources": "source",
    "search_log": "question",
    "context_events": "event",
    "labels_elsewhere": "said",
    "curation": "entry",
}
USUAL = {
    "responses": "-date",
    "instruments": "place",
    "powers": "place",
    "sources": "-date",
    "search_log": "-date",
    "context_events": "-date",
    "labels_elsewhere": "tracker",
    "curation": "entry",
}
# The column of the data behind each filter of a table, where its vocabulary is; what else can be filtered is `counted`,
# of acts, and the year of what has a date.
FILTERED = {
    "responses": {"kind": "action", "state": "status"},
    "instruments": {"kind": "domain", "state": "status"},
    "powers": {"kind": "power", "state": "level"},
    "sources": {"kind": "kind"},
    "search_log": {"kind": "subject", "state": "result"},
    "context_events": {"kind": "kind"},
    "curation": {"kind": "decision"},
}


@dataclass(frozen=True)
class Line:
    """One row: `cells` are shown and `keys` sorted by, each in the order of the columns; `terms` are what filters ask
    for, by filter; `style` is `bill`, `aside` (shown, not counted) or empty."""

    cells: tuple[str, ...]
    keys: tuple[Any, ...]
    terms: Mapping[str, str]
    style: str = ""


@lru_cache(maxsize=16)
def lines(atlas: Atlas, table: str) -> tuple[Line, ...]:
    """All rows of a table, in its order; kept for the release."""
    make = {
        "responses": _act,
        "instruments": _law,
        "powers": _power,
        "sources": _source,
        "search_log": _search,
        "context_events": _event,
        "labels_elsewhere": _label,
        "curation": _entry,
    }[table]
    each = make(atlas)
    return tuple(_line(atlas, table, row, *each(row)) for row in atlas.rows_at(table, range(len(atlas[table]))))


# Text and sort key by column, terms by filter, style.
Said = tuple[Mapping[str, tuple[str, Any]], Mapping[str, str], str]


def _line(atlas: Atlas, table: str, row: dict, said: Mapping, terms: Mapping, style: str) -> Line:
    shown = [said[column] for column in COLUMNS[table]]
    filters = {name: str(row[column]) for name, column in FILTERED.get(table, {}).items()} | dict(terms)
    return Line(tuple(text for text, _ in shown), tuple(key for _, key in shown), filters, style)


def _plain(text: str) -> tuple[str, str]:
    return text, text.casefold()


def _dated(day: str) -> dict[str, tuple[str, str]]:
    return {"date": (in_words(day) if day else texts()["evidence"]["no_date"], day)}


def _placed(atlas: Atlas, place: str) -> dict[str, tuple[str, str]]:
    return {"place": _plain(atlas.name(place) if place else "")}


def _term(atlas: Atlas, field: str, term: object) -> tuple[str, str]:
    return _plain(atlas.label(field, str(term)))


def _counted(atlas: Atlas, links: str, *columns: str) -> Callable[[dict], dict[str, tuple[str, int]]]:
    """The number of sources of a row, as the column of sources has it."""
    found: dict[tuple, int] = {}
    for key in zip(*(atlas.columns(links)[column] for column in columns)):
        found[key] = found.get(key, 0) + 1

    def of(row: dict) -> dict[str, tuple[str, int]]:
        number = found.get(tuple(row[column] for column in columns), 0)
        return {"sources": (str(number), number)}

    return of


def _act(atlas: Atlas) -> Callable[[dict], Said]:
    counts = dict(acts(atlas).drop_duplicates("response_id")[["response_id", "counts"]].itertuples(index=False))
    sources, prose = _counted(atlas, "response_sources", "response_id"), texts()["evidence"]

    def say(row: dict) -> Said:
        counted = str(int(counts.get(row["response_id"], False)))
        state = atlas.label("status", row["status"])
        if row["end_date"]:
            state = prose["ended"].format(state=state, day=in_words(row["end_date"]))
        said = {
            **_dated(row["date"]),
            **_placed(atlas, row["jurisdiction_id"]),
            "act": _plain(row["title"]),
            "kind": _term(atlas, "action", row["action"]),
            "state": _plain(state),
            "counts": (prose["counts"][counted], -int(counted)),
            **sources(row),
        }
        return said, {"counted": counted, "year": row["date"][:4]}, "" if counted == "1" else "aside"

    return say


def _law(atlas: Atlas) -> Callable[[dict], Said]:
    sources = _counted(atlas, "instrument_sources", "instrument_id")

    def say(row: dict) -> Said:
        day = row["in_force_date"] or row["adopted_date"] or row["proposed_date"]
        said = {
            **_dated(day),
            **_placed(atlas, row["jurisdiction_id"]),
            "law": _plain(row["title"]),
            "force": _term(atlas, "legal_force", row["legal_force"]),
            "kind": _term(atlas, "domain", row["domain"]),
            "state": _term(atlas, "status", row["status"]),
            **sources(row),
        }
        return said, {"year": day[:4]}, "bill" if row["status"] == "bill" else ""

    return say


def _power(atlas: Atlas) -> Callable[[dict], Said]:
    laws, order = atlas.instruments.to_dict("index"), atlas.package.tables["powers"].vocabulary("power")
    sources = _counted(atlas, "power_sources", "instrument_id", "power")

    def say(row: dict) -> Said:
        law, level = laws[row["instrument_id"]], counts_for(row)
        limit = qualifiers(row) if level else ""
        label = atlas.label("level", str(level))
        said = {
            **_placed(atlas, law["jurisdiction_id"]),
            "law": _plain(law["short_name"]),
            "power": (atlas.label("power", row["power"]), order.index(row["power"])),
            "level": (f"{label}, {limit}" if limit else label, -level),
            "route": _term(atlas, "route", row["route"]),
            "provision": _plain(row["provision"] or atlas.label("provision_status", row["provision_status"])),
            **sources(row),
        }
        return said, {"state": str(level)}, "bill" if law["status"] == "bill" else ""

    return say


def _source(atlas: Atlas) -> Callable[[dict], Said]:
    supported = supported_by(atlas)

    def say(row: dict) -> Said:
        number = len(supported.get(row["source_id"], ()))
        said = {
            **_dated(row["published"]),
            "publisher": _plain(row["publisher"]),
            "source": _plain(row["title"]),
            "kind": _term(atlas, "kind", row["kind"]),
            "supports": (str(number), number),
        }
        return said, {"year": row["published"][:4]}, ""

    return say


def _search(atlas: Atlas) -> Callable[[dict], Said]:
    def say(row: dict) -> Said:
        said = {
            **_dated(row["searched_on"]),
            **_placed(atlas, row["jurisdiction_id"]),
            "question": _plain(row["question"]),
            "kind": _term(atlas, "subject", row["subject"]),
            "result": _term(atlas, "result", row["result"]),
        }
        return said, {"year": row["searched_on"][:4]}, ""

    return say


def _event(atlas: Atlas) -> Callable[[dict], Said]:
    sources = _counted(atlas, "context_event_sources", "event_id")

    def say(row: dict) -> Said:
        said = {
            **_dated(row["date"]),
            "actor": _plain(row["actor"]),
            "event": _plain(row["title"]),
            "kind": _term(atlas, "kind", row["kind"]),
            **sources(row),
        }
        return said, {"year": row["date"][:4]}, ""

    return say


def _label(atlas: Atlas) -> Callable[[dict], Said]:
    key = atlas.package.tables["labels_elsewhere"].key
    sources = _counted(atlas, "label_sources", *key)

    def say(row: dict) -> Said:
        said = {
            **_dated(row["accessed"]),
            **_placed(atlas, row["jurisdiction_id"]),
            "tracker": _plain(row["tracker"]),
            "said": _plain(row["label"]),
            **sources(row),
        }
        return said, {"year": row["accessed"][:4]}, ""

    return say


def _entry(atlas: Atlas) -> Callable[[dict], Said]:
    def say(row: dict) -> Said:
        said = {
            "entry": _plain(row["evidence_id"]),
            "decision": _term(atlas, "decision", row["decision"]),
            "record": _plain(row["data_id"]),
        }
        return said, {}, ""

    return say
