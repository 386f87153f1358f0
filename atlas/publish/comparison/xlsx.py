"""A comparison as a workbook: the formatted matrix first, its sources on the second sheet, then the parts."""

import io
from typing import Any

from atlas.charts.compare.cells import one_line
from atlas.charts.compare.view import Comparison
from atlas.fixed_time import instant
from atlas.law.ceilings import rates
from atlas.publish.citation import plain
from atlas.publish.comparison import receipts as comparing
from atlas.publish.comparison import response as compare_response
from atlas.publish.tables import cell_text
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.templating import safe_link
from atlas.words import texts

STATE_FILLS = {
    "full": "#B9CDE0",
    "partial": "#E3EBF3",
    "absent": "#F4F1EB",
    "not_yet": "#FFFFFF",
    "not_assessed": "#FFFFFF",
    "bill": "#FFFFFF",
    "ended": "#F4F1EB",
}
LONGEST_LINK = 2000


class _Book:
    """A workbook with its few formats; every text goes through `cell_text`."""

    def __init__(self) -> None:
        import xlsxwriter

        self.buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        wrap = {"text_wrap": True, "valign": "top"}
        self.title = self.book.add_format({"bold": True, "font_size": 16})
        self.text = self.book.add_format(wrap)
        self.head = self.book.add_format(wrap | {"bold": True, "bottom": 1})
        self.group = self.book.add_format(wrap | {"italic": True, "font_color": "#6B675F"})
        self.states = {
            state: self.book.add_format(
                wrap | {"bg_color": fill, "italic": state in ("not_assessed", "not_yet", "bill")}
            )
            for state, fill in STATE_FILLS.items()
        }

    def sheet(self, name: str, widths: list[int]) -> Any:
        page = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        return page

    def put(self, page: Any, row: int, column: int, value: object, form: Any = None) -> None:
        if isinstance(value, int | float):
            page.write_number(row, column, value, form or self.text)
        else:
            page.write_string(row, column, cell_text(str(value)), form or self.text)

    def table(self, name: str, head: list[str], rows: list[list], widths: list[int]) -> None:
        page = self.sheet(name, widths)
        for column, words in enumerate(head):
            self.put(page, 0, column, words, self.head)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                self.put(page, number, column, value)
        page.freeze_panes(1, 0)
        page.repeat_rows(0)

    def bytes(self) -> bytes:
        self.book.close()
        return self.buffer.getvalue()


def workbook(atlas: Atlas, view: Comparison, turnover: float, link: str = "") -> bytes:
    """The comparison as XLSX."""
    book = _Book()
    about = {"title": view.title, "comments": plain(atlas.package, view.title, link)}
    book.book.set_properties(about | {"created": instant(atlas.package.released)})
    _matrix(book, atlas, view, link)
    _sources(book, atlas, view)
    _parts(book, atlas, view, turnover)
    return book.bytes()


def _matrix(book: _Book, atlas: Atlas, view: Comparison, link: str) -> None:
    page = book.sheet("Comparison", [26, *[44] * len(view.columns)])
    book.put(page, 0, 0, view.title, book.title)
    lines = [
        view.deck,
        *(column.sentence for column in view.columns),
        *(pair.sentence for pair in view.pairs),
        f"As of {in_words(view.as_of)}; evidence to {in_words(view.evidence_to)}. {view.caveat}",
        f"Cite as: {plain(atlas.package, view.title, link)}",
    ]
    for at, text in enumerate(lines, 1):
        # A merged cell wraps over the width of the table; its height is given, as spreadsheets do not fit merged rows.
        page.merge_range(at, 0, at, len(view.columns), "", book.text)
        book.put(page, at, 0, text)
        page.set_row(at, 15 * (1 + len(text) // (24 + 40 * len(view.columns))))
    top = len(lines) + 2
    for column, words in enumerate(["Power", *(one.name for one in view.columns)]):
        book.put(page, top, column, words, book.head)
    page.repeat_rows(top)
    notes, _ = comparing.numbered(atlas, view)
    row, group = top + 1, ""
    for line in view.rows:
        if line.group_label != group:
            group = line.group_label
            book.put(page, row, 0, group, book.group)
            row += 1
        book.put(page, row, 0, line.label)
        for at, cell in enumerate(line.cells, 1):
            numbers = notes.get((view.columns[at - 1].id, line.power), [])
            book.put(
                page,
                row,
                at,
                one_line(cell) + (f" [{', '.join(map(str, numbers))}]" if numbers else ""),
                book.states[cell.state],
            )
        row += 1
    page.freeze_panes(top + 1, 1)


def _sources(book: _Book, atlas: Atlas, view: Comparison) -> None:
    """Every source behind every cell; those of deciding provisions carry the number used in the matrix."""
    head = [
        "Number",
        "Place or instrument",
        "Power",
        "Instrument",
        "Decides",
        "Provision",
        "Source",
        "Publisher",
        "Published",
        "Kind",
        "Language",
        "Read",
        "Address",
        "Record",
    ]
    page = book.sheet("Sources", [8, 20, 20, 24, 8, 22, 46, 24, 12, 12, 9, 12, 50, 14])
    for at, words in enumerate(head):
        book.put(page, 0, at, words, book.head)
    books = comparing.cell_receipts(atlas, view.mode, tuple(column.id for column in view.columns), view.as_of)
    numbers = {source["source_id"]: source["number"] for source in comparing.numbered(atlas, view)[1]}
    row = 1
    for line in view.rows:
        for position, column in enumerate(view.columns):
            deciding = line.cells[position].instrument_id
            for entry in books[column.id, line.power]:
                for source in entry["sources"]:
                    decides = entry["instrument_id"] == deciding
                    values = [
                        numbers.get(source["source_id"], "") if decides else "",
                        column.name,
                        line.label,
                        entry["instrument"],
                        "yes" if decides else "no",
                        entry["provision"],
                        source["title"],
                        source["publisher"],
                        source["published"],
                        source["kind_label"],
                        source["language"],
                        source["accessed"],
                        source["url"],
                        source["source_id"],
                    ]
                    for at, value in enumerate(values):
                        book.put(page, row, at, value)
                    if safe_link(source["url"]) and len(source["url"]) < LONGEST_LINK:
                        page.write_url(row, 12, source["url"], book.text, source["url"])
                    row += 1
    page.autofilter(0, 0, max(row - 1, 1), len(head) - 1)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)


def _parts(book: _Book, atlas: Atlas, view: Comparison, turnover: float) -> None:
    ceilings = comparing.sanctions(atlas, view, turnover)
    book.table(
        "Sanctions",
        [
            "Place",
            "Instrument",
            "State",
            "Origin",
            "Ceiling, as the law words it",
            "Counted",
            "Amount in law",
            "About, in US dollars",
            "Worked for the turnover set",
            "Prison, at most",
        ],
        [
            [
                name,
                one.name,
                one.state,
                one.origin or "own law",
                one.wording,
                one.counted,
                one.amount,
                one.usd,
                one.worked,
                one.prison,
            ]
            for name, ones in ceilings
            for one in ones
        ]
        + [[texts()["compare"]["sanctions"]["deck"]]],
        [20, 26, 22, 22, 50, 18, 18, 18, 40, 22],
    )
    book.table(
        "Scope",
        ["", *(column.name for column in view.columns)],
        [[heading, *("; ".join(cell) for cell in cells)] for heading, cells in comparing.scope(atlas, view)],
        [28, *[44] * len(view.columns)],
    )
    lanes = compare_response.responses(atlas, view)["lanes"]
    book.table(
        "Response",
        ["Place", "Day", "Date", "Act", "Kind", "Rung", "Next legal step"],
        [
            [lane["name"], act["number"], act["date"], act["title"], act["action"], act["rung"], ""]
            for lane in lanes
            for act in lane["acts"]
        ]
        + [[lane["name"], "", "", "", "", "", " ".join(lane["next"])] for lane in lanes if lane["next"]],
        [20, 8, 14, 60, 24, 8, 70],
    )
    book.table(
        "Labels elsewhere",
        ["Place", "Tracker", "Its label", "One of", "What settles it here", "Agree or differ", "Read"],
        [
            [
                row["place"],
                row["tracker"],
                row["label"],
                row["scale"],
                row["settled"],
                row["explanation"],
                row["accessed"],
            ]
            for row in compare_response.labels(atlas, view)
        ],
        [20, 24, 34, 40, 40, 60, 12],
    )
    book.table(
        "Exchange rates",
        ["Currency", "US dollars for one unit", "From", "To", "Source"],
        [
            [rate.currency, rate.usd_per_unit, rate.date, rate.valid_to, comparing.rate_sources(atlas)[0]["url"]]
            for rate in rates(atlas).values()
        ],
        [10, 22, 12, 12, 90],
    )
