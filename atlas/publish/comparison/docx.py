"""A comparison as a brief for a word processor: landscape A4, real tables with repeated headers, numbered sources."""

import io
from typing import TYPE_CHECKING

from atlas.charts.compare.cells import one_line
from atlas.charts.compare.view import Comparison
from atlas.fixed_time import instant, settled
from atlas.publish.citation import plain
from atlas.publish.comparison import receipts as comparing
from atlas.publish.comparison import response as compare_response
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import texts

if TYPE_CHECKING:
    from docx.document import Document

FONT, BODY, SMALL = "Calibri", 10, 8.5


def brief(atlas: Atlas, view: Comparison, turnover: float, link: str = "") -> bytes:
    """The comparison as DOCX."""
    from docx import Document as new_document

    document = new_document()
    _page(document, view)
    properties = document.core_properties
    properties.created = properties.modified = instant(atlas.package.released)
    document.add_heading(view.title, level=1)
    document.add_paragraph(view.deck)
    for column in view.columns:
        document.add_paragraph(column.sentence, style="List Bullet")
    for pair in view.pairs:
        document.add_paragraph(pair.sentence, style="List Bullet")
    notes, sources = comparing.numbered(atlas, view)
    names = [column.name for column in view.columns]
    document.add_heading("Powers", level=2)
    _table(
        document,
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
    _sanctions(document, atlas, view, turnover)
    document.add_heading("Scope", level=2)
    _table(
        document,
        ["", *names],
        [[heading, *("; ".join(cell) for cell in cells)] for heading, cells in comparing.scope(atlas, view)],
    )
    _response(document, atlas, view)
    rows = compare_response.labels(atlas, view)
    if rows:
        document.add_heading("Labels elsewhere", level=2)
        _table(
            document,
            ["Place", "Tracker", "Its label", "What settles it here", "Agree or differ"],
            [[row["place"], row["tracker"], row["label"], row["settled"], row["explanation"]] for row in rows],
        )
    document.add_heading("Sources", level=2)
    for source in sources:
        published = f", {in_words(source['published'])}" if source["published"] else ""
        _small(
            document,
            f"[{source['number']}] {source['title']}. {source['publisher']}{published}"
            f" ({source['kind_label'].lower()}). {source['url']}",
        )
    document.add_paragraph(f"As of {in_words(view.as_of)}; evidence to {in_words(view.evidence_to)}. {view.caveat}")
    document.add_paragraph(f"Cite as: {plain(atlas.package, view.title, link)}")
    buffer = io.BytesIO()
    document.save(buffer)
    return settled(buffer.getvalue())


def _page(document: "Document", view: Comparison) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin = section.bottom_margin = Mm(14)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = FONT, Pt(BODY)
    section.footer.paragraphs[0].text = f"Regime Atlas · as of {in_words(view.as_of)} · {view.caveat}"
    document.core_properties.title, document.core_properties.author = view.title, "The Regime Atlas contributors"


def _table(document: "Document", head: list[str], rows: list[list[str]]) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, head):
        cell.text = ""
        cell.paragraphs[0].add_run(words).bold = True
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in rows:
        added = table.add_row()
        # A row is kept on one page, so that no cell is cut in two.
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, words in zip(added.cells, row):
            cell.text = words or "–"
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(2)
                for run in paragraph.runs:
                    run.font.size = Pt(SMALL)
    document.add_paragraph()


def _marks(numbers: list[int]) -> str:
    return f" [{', '.join(map(str, numbers))}]" if numbers else ""


def _small(document: "Document", text: str) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.add_run(text).font.size = Pt(SMALL)


def _sanctions(document: "Document", atlas: Atlas, view: Comparison, turnover: float) -> None:
    document.add_heading("Sanctions", level=2)
    document.add_paragraph(texts()["compare"]["sanctions"]["deck"])
    _table(
        document,
        [
            "Place",
            "Instrument",
            "Ceiling, as the law words it",
            "Amount in law",
            "About, in US dollars",
            "Worked",
            "Prison, at most",
        ],
        [
            [
                name,
                f"{one.name} ({one.state}{', ' + one.origin if one.origin else ''})",
                one.wording,
                one.amount,
                one.usd,
                one.worked,
                one.prison,
            ]
            for name, ones in comparing.sanctions(atlas, view, turnover)
            for one in ones
        ],
    )
    _small(document, comparing.rate_words(atlas))


def _response(document: "Document", atlas: Atlas, view: Comparison) -> None:
    document.add_heading("Response", level=2)
    found = compare_response.responses(atlas, view)
    document.add_paragraph(found["deck"])
    for lane in found["lanes"]:
        document.add_heading(lane["name"], level=3)
        for act in lane["acts"]:
            document.add_paragraph(
                f"Day {act['number']} ({in_words(act['date'])}): {act['action'].lower()}: {act['title']}",
                style="List Bullet",
            )
        if not lane["acts"]:
            document.add_paragraph(lane["empty"])
        for line in lane["next"]:
            document.add_paragraph(line)
