"""What can be found: one entry for each place, law, act, authority, power, event, search, source and word."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from atlas.publish.codebook import WRITTEN
from atlas.publish.record_addresses import record_path
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words, latest_day
from atlas.tables.schema import DATA
from atlas.words import texts

# In the order in which they are listed.
KINDS = ("places", "laws", "acts", "authorities", "powers", "events", "codebook", "questions", "searches", "sources")
# The table on the Evidence page that has more of a kind.
TABLE = {
    "laws": "instruments",
    "acts": "responses",
    "powers": "powers",
    "events": "context_events",
    "searches": "search_log",
    "sources": "sources",
}
CODEBOOK = (WRITTEN, "INTERPRETATION.md")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found.

    Attributes:
        kind: one of `KINDS`.
        id: of the record, unique within its kind.
        title: what it is called.
        note: a few words beside it.
        path: address from the site's root, without a slash before it.
        day: ISO day of what happened, empty where it has none.
        dated: whether the address takes the day that a reader looks at.
    """

    kind: str
    id: str
    title: str
    note: str
    path: str
    day: str = ""
    dated: bool = False


# An entry with its names and its text, as they are indexed.
Indexed = tuple[Entry, str, str]


def entries(atlas: Atlas, other: Atlas) -> Iterator[Indexed]:
    """Everything that can be found, kind by kind in the order of `KINDS`: entry, names, text.

    Args:
        other: the data whose other names are taken.
    """
    yield from _places(atlas, other)
    for make in (_laws, _acts, _authorities, _powers, _events, _codebook, _questions, _searches, _sources):
        yield from make(atlas)


def _rows(atlas: Atlas, table: str) -> list[dict]:
    return atlas.rows_at(table, range(len(atlas[table])))


def place_path(place: str) -> str:
    return f"jurisdiction?{urlencode({'place': place})}"


def _places(atlas: Atlas, other: Atlas) -> Iterator[Indexed]:
    others: dict[str, list[str]] = {}
    for row in _rows(other, "names"):
        others.setdefault(row["jurisdiction_id"], []).append(row["name"])
    for row in _rows(atlas, "jurisdictions"):
        place, kind = row["jurisdiction_id"], atlas.label("kind", row["kind"])
        names = " ".join([place, row["name"], *others.get(place, ())])
        note = f"{kind} · {row['subregion'] or row['region']}" if row["subregion"] or row["region"] else kind
        yield Entry("places", place, row["name"], note, place_path(place), dated=True), names, note


def _laws(atlas: Atlas) -> Iterator[Indexed]:
    for row in _rows(atlas, "instruments"):
        place = atlas.name(row["jurisdiction_id"])
        names = " ".join([place, row["short_name"], row["title"], row["title_native"], row["citation"]])
        note = " · ".join(
            part for part in (row["title"] if row["title"] != row["short_name"] else "", _label(atlas, row)) if part
        )
        title = f"{place}: {row['short_name']}"
        path = record_path("instruments", quote(row["instrument_id"]))
        text = " ".join([row["summary"], row["authority_text"], row["note"], atlas.label("domain", row["domain"])])
        yield Entry("laws", row["instrument_id"], title, note, path), names, text


def _label(atlas: Atlas, row: dict) -> str:
    return atlas.label("status", row["status"]).lower()


@lru_cache(maxsize=4)
def bodies(atlas: Atlas) -> dict[str, list[str]]:
    """By act, the names of the authorities that took part in it, the lead first."""
    found: dict[str, list[str]] = {}
    for row in sorted(_rows(atlas, "response_parties"), key=lambda row: row["role"] != "lead"):
        body = atlas.authorities.loc[row["authority_id"]]
        found.setdefault(row["response_id"], []).append(
            f"{body['name']} {body['short_name']} {body['name_native']}".strip()
        )
    return found


def _acts(atlas: Atlas) -> Iterator[Indexed]:
    """The acts of every case; those of another than the one shown say of which."""
    cases = {case.id: case.name for case in atlas.cases}
    for row in _rows(atlas.whole, "responses"):
        identity, place = row["response_id"], atlas.name(row["jurisdiction_id"])
        action = atlas.label("action", row["action"])
        parts = [action, in_words(row["date"]) if row["date"] else ""]
        if row["relation"] != "prompted":
            parts.append(atlas.label("relation", row["relation"]).lower())
        if row["case_id"] != atlas.case.id:
            parts.append(cases[row["case_id"]])
        names = " ".join([place, row["title"], action])
        text = " ".join([row["summary"], row["note"], row["target_entity"], *bodies(atlas.whole).get(identity, ())])
        note = " · ".join(part for part in parts if part)
        day = latest_day(row["date"]) if row["date"] else ""
        path = record_path("responses", quote(identity))
        yield Entry("acts", identity, f"{place}: {row['title']}", note, path, day), names, text


def _authorities(atlas: Atlas) -> Iterator[Indexed]:
    for row in _rows(atlas, "authorities"):
        place, kind = atlas.name(row["jurisdiction_id"]), atlas.label("authority_type", row["authority_type"])
        names = " ".join([row["name"], row["name_native"], row["short_name"]])
        title = row["name"] + (f" ({row['short_name']})" if row["short_name"] not in ("", row["name"]) else "")
        path = place_path(row["jurisdiction_id"])
        note = f"{place} · {kind.lower()}"
        yield Entry("authorities", row["authority_id"], title, note, path, dated=True), names, note


def _powers(atlas: Atlas) -> Iterator[Indexed]:
    laws = atlas.instruments
    names_of = dict(zip(laws.index, laws["short_name"]))
    titles = dict(zip(laws.index, laws["title"]))
    home = dict(zip(laws.index, laws["jurisdiction_id"]))
    for row in _rows(atlas, "powers"):
        law, power = row["instrument_id"], atlas.label("power", row["power"])
        place = atlas.name(home[law])
        level = atlas.label("level", str(row["level"])).lower()
        names = f"{power} {names_of[law]} {titles[law]} {place}"
        text = f"{row['note']} {row['provision']} {level}"
        note = f"{level}, {row['provision']}" if row["provision"] else level
        path = record_path("powers", f"{quote(law)}/{row['power']}")
        title = f"{place}: {power}, {names_of[law]}"
        yield Entry("powers", f"{law}/{row['power']}", title, note, path), names, text


def _events(atlas: Atlas) -> Iterator[Indexed]:
    for row in _rows(atlas.whole, "context_events"):
        identity, kind = row["event_id"], atlas.label("kind", row["kind"])
        note = f"{kind} · {in_words(row['date'])}" if row["date"] else kind
        names, text = f"{row['title']} {row['actor']}", f"{row['summary']} {row['note']}"
        day = latest_day(row["date"]) if row["date"] else ""
        path = record_path("context_events", quote(identity))
        yield Entry("events", identity, row["title"], note, path, day), names, text


def _codebook(atlas: Atlas) -> Iterator[Indexed]:
    for row in _rows(atlas, "vocabulary"):
        identity = f"{row['vocabulary']}/{row['term']}"
        yield Entry("codebook", identity, row["label"], row["definition"], "method"), row["label"], row["definition"]
    for file in CODEBOOK:
        for number, (head, text) in enumerate(_sections((DATA / file).read_text(encoding="utf-8"))):
            note = " ".join(text.split())
            short = note if len(note) <= 160 else note[:160].rsplit(" ", 1)[0] + "…"
            yield Entry("codebook", f"{file}/{number}", head, short, "method"), head, text


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Heading and text of each part of a Markdown file, without its marks."""
    head = ""
    lines: list[str] = []
    for line in [*text.splitlines(), "## "]:
        if line.startswith("#"):
            if head and lines:
                yield head, " ".join(lines)
            head, lines = line.lstrip("# ").strip(), []
        elif not line.startswith(("|--", "<!--")):
            lines.append(line.replace("*", "").replace("`", "").replace("|", " "))


def _questions(atlas: Atlas) -> Iterator[Indexed]:
    for number, one in enumerate(texts()["find"]["questions"]):
        yield Entry("questions", str(number), one["words"], "", one["path"], dated=True), one["words"], ""


def _searches(atlas: Atlas) -> Iterator[Indexed]:
    for row in _rows(atlas, "search_log"):
        place, result = atlas.name(row["jurisdiction_id"]), atlas.label("result", row["result"])
        path = f"evidence?{urlencode({'table': 'search_log', 'find': row['search_id']})}"
        note = f"{result}, {in_words(row['searched_on'])}"
        title = f"{place}: {row['question']}"
        yield Entry("searches", row["search_id"], title, note, path), title, result


def _sources(atlas: Atlas) -> Iterator[Indexed]:
    for row in _rows(atlas, "sources"):
        note = f"{row['publisher']} · {in_words(row['published'])}" if row["published"] else row["publisher"]
        path = record_path("sources", quote(row["source_id"]))
        yield Entry("sources", row["source_id"], row["title"], note, path), f"{row['title']} {row['publisher']}", ""
