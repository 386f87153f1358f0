"""A comparison as text: Markdown for a document, CSV for a table."""

import re

from atlas.charts.compare.cells import one_line
from atlas.charts.compare.view import Comparison
from atlas.publish import csv_text
from atlas.publish.citation import plain
from atlas.publish.comparison import receipts as comparing
from atlas.publish.comparison import response as compare_response
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import texts

COLUMNS = (
    "column_id",
    "column",
    "group",
    "power",
    "power_label",
    "state",
    "words",
    "instrument_id",
    "instrument",
    "provision",
    "origin",
    "later",
    "confidence",
    "note",
    "conflict_note",
    "sources",
    "as_of",
    "data_version",
)
MARKS = re.compile(r"([\\`*_\[\]<>#|$~&])")


def records(atlas: Atlas, view: Comparison) -> list[dict[str, str]]:
    """One record per cell, with its deciding receipt; the columns are `COLUMNS`."""
    books = comparing.cell_receipts(atlas, view.mode, tuple(column.id for column in view.columns), view.as_of)
    rows = []
    for row in view.rows:
        for column, cell in zip(view.columns, row.cells):
            receipt = books[column.id, row.power][0] if cell.instrument_id else {}
            rows.append(
                dict(
                    zip(
                        COLUMNS,
                        (
                            column.id,
                            column.name,
                            row.group_label,
                            row.power,
                            row.label,
                            cell.state,
                            cell.words,
                            cell.instrument_id,
                            cell.short_name,
                            cell.provision,
                            cell.origin,
                            cell.later,
                            receipt.get("confidence_label", ""),
                            receipt.get("note", ""),
                            receipt.get("conflict_note", ""),
                            " ".join(source["url"] for source in receipt.get("sources", [])),
                            view.as_of,
                            atlas.package.version,
                        ),
                    )
                )
            )
    return rows


def as_csv(atlas: Atlas, view: Comparison) -> bytes:
    """One row per cell, as UTF-8 for a spreadsheet."""
    return csv_text.for_spreadsheets(COLUMNS, (row.values() for row in records(atlas, view))).encode("utf-8")


def plain_mark(text: object) -> str:
    """Text with the characters that Markdown reads made literal, on one line."""
    return MARKS.sub(r"\\\1", " ".join(str(text).split()))


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    lines = ["| " + " | ".join(map(plain_mark, head)) + " |", "|" + "---|" * len(head)]
    return [*lines, *("| " + " | ".join(plain_mark(cell) or "–" for cell in row) + " |" for row in rows), ""]


def as_markdown(atlas: Atlas, view: Comparison, turnover: float, link: str) -> str:
    """The whole comparison as Markdown: sentences, matrix, ceilings, scope, response, labels, numbered sources,
    citation.
    """
    notes, sources = comparing.numbered(atlas, view)
    names = [column.name for column in view.columns]
    lines = [
        f"# {plain_mark(view.title)}",
        "",
        plain_mark(view.deck),
        "",
        *(f"- {plain_mark(column.sentence)}" for column in view.columns),
        "",
    ]
    lines += [*(f"- {plain_mark(pair.sentence)}" for pair in view.pairs), "", "## Powers", ""]
    lines += _table(
        ["Power", *names],
        [
            [
                row.label,
                *(
                    one_line(cell) + _marks(notes.get((column.id, row.power), []))
                    for column, cell in zip(view.columns, row.cells)
                ),
            ]
            for row in view.rows
        ],
    )
    prose = texts()["compare"]
    lines += ["## Sanctions", "", prose["sanctions"]["deck"], ""]
    lines += _table(
        [
            "Place",
            "Instrument",
            "Ceiling, as the law words it",
            "Amount",
            "About, in US dollars",
            "Worked",
            "Prison, at most",
        ],
        [
            [name, f"{one.name} ({one.state})", one.wording, one.amount, one.usd, one.worked, one.prison]
            for name, ones in comparing.sanctions(atlas, view, turnover)
            for one in ones
        ],
    )
    lines += [plain_mark(comparing.rate_words(atlas)), "", "## Scope", ""]
    lines += _table(
        ["", *names],
        [[heading, *("; ".join(cell) for cell in cells)] for heading, cells in comparing.scope(atlas, view)],
    )
    lines += ["## Response", "", *_response(atlas, view), "## Labels elsewhere", ""]
    lines += _table(
        ["Place", "Tracker", "Its label", "What settles it here", "Agree or differ"],
        [
            [row["place"], row["tracker"], row["label"], row["settled"], row["explanation"]]
            for row in compare_response.labels(atlas, view)
        ],
    )
    lines += ["## Sources", "", *(_source(source) for source in sources), ""]
    lines += [f"As of {in_words(view.as_of)}; evidence to {in_words(view.evidence_to)}. {plain_mark(view.caveat)}", ""]
    lines += [f"Cite as: {plain_mark(plain(atlas.package, view.title))} {link}".rstrip(), ""]
    return "\n".join(lines)


def _marks(numbers: list[int]) -> str:
    return f" [{', '.join(map(str, numbers))}]" if numbers else ""


def _response(atlas: Atlas, view: Comparison) -> list[str]:
    lines = []
    for lane in compare_response.responses(atlas, view)["lanes"]:
        lines += [f"### {plain_mark(lane['name'])}", ""]
        lines += [
            f"- Day {act['number']} ({in_words(act['date'])}): {plain_mark(act['action'].lower())}:"
            f" {plain_mark(act['title'])}"
            for act in lane["acts"]
        ]
        lines += [f"- {plain_mark(lane['empty'])}"] if not lane["acts"] else []
        lines += [f"- {plain_mark(line)}" for line in lane["next"]] + [""]
    return lines


def _source(source: dict) -> str:
    published = f", {in_words(source['published'])}" if source["published"] else ""
    return (
        f"{source['number']}. {plain_mark(source['title'])}. {plain_mark(source['publisher'])}{published}"
        f" ({plain_mark(source['kind_label'].lower())}). <{source['url']}>"
    )
