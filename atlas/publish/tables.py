"""The tables as CSV, XLSX and a zipped data package."""

import io
import json
import zipfile
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from atlas.cache_key import Keyed
from atlas.fixed_time import EPOCH, instant
from atlas.publish import csv_text
from atlas.publish.csv_text import FORMULA_STARTS, harmless  # noqa: F401 - what makes a cell harmless is asked for here
from atlas.tables.atlas import Atlas
from atlas.tables.cells import is_empty
from atlas.tables.schema import DATA, DESCRIPTOR

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

# Characters that one cell of a workbook takes.
LONGEST_CELL, CUT = 32_767, " … (cut here: a cell of a workbook holds no more; the CSV has all of it)"
COMPANIONS = (
    "CODEBOOK.md",
    "CHANGELOG.md",
    "LICENSE.md",
    "method.json",
    "built/VOCABULARIES.md",
    "built/standing.json",
    "built/standing.npz",
)


def cell_text(value: object) -> str:
    """A text as a workbook holds it: no formula, and cut with a word about it where Excel's limit would drop it
    whole.
    """
    text = str(harmless(value))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(CUT)] + CUT


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Booleans as `true` and `false`, whole numbers without a point: as the source files have them."""
    columns = {}
    for name, column in frame.items():
        if isinstance(column.dtype, pd.BooleanDtype):
            column = column.map({True: "true", False: "false"}, na_action="ignore")
        elif pd.api.types.is_float_dtype(column) and not isinstance(column.dtype, pd.Int64Dtype):
            column = column.map(lambda number: f"{number:.10g}", na_action="ignore")
        columns[name] = column
    return pd.DataFrame(columns, columns=frame.columns)


def as_csv(atlas: Atlas, name: str, safe: bool = True) -> bytes:
    """A table as UTF-8 CSV; `safe` makes it one for spreadsheets (off inside the data package)."""
    frame = _plain(atlas.whole[name]).astype(object)
    make = csv_text.for_spreadsheets if safe else csv_text.plain
    return make(frame.columns, frame.where(frame.notna(), "").itertuples(index=False)).encode("utf-8")


@lru_cache(maxsize=1)
def _workbook(keyed: Keyed[Atlas]) -> bytes:
    import xlsxwriter

    atlas, buffer = keyed.value, io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": atlas.package.descriptor["title"], "created": instant(atlas.package.released)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    about = book.add_worksheet("About")
    about.set_column(0, 0, 24)
    about.set_column(1, 1, 100)
    for row, (key, value) in enumerate(_about(atlas)):
        about.write_string(row, 0, key, head)
        about.write_string(row, 1, value, cell)
        # Some programs give a row one line's height, whatever its cells hold.
        about.set_row(row, 15 * -(-len(value) // 95))
    _on_paper(about, atlas, "About")
    for name, table in atlas.package.tables.items():
        sheet = book.add_worksheet(name[:31])
        _on_paper(sheet, atlas, name)
        sheet.freeze_panes(1, 1)
        frame = atlas.whole[name]
        for column, field in enumerate(frame.columns):
            sheet.write_string(0, column, field, head)
            sheet.write_comment(0, column, table.fields[field]["description"])
            sheet.set_column(column, column, 50 if field in ("summary", "note", "conflict_note", "definition") else 18)
            numeric = table.fields[field]["type"] in ("number", "integer")
            for row, value in enumerate(frame[field], 1):
                if is_empty(value):
                    continue
                if numeric:
                    sheet.write_number(row, column, float(value), cell)
                else:
                    sheet.write_string(row, column, cell_text(value), cell)
        sheet.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)
    book.close()
    return buffer.getvalue()


def _on_paper(sheet: "Worksheet", atlas: Atlas, name: str) -> None:
    """A printed sheet, on A4 across, says on each page what it is and of when, and begins with the names of its columns
    and the ids of its rows. Its letters stay legible: a table of thirty columns takes several pages side by side.
    """
    package = atlas.package
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_print_scale(60)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    # An ampersand begins a code of the spreadsheet's.
    sheet.set_footer(f"&L{name}, data {package.version}, evidence to {package.evidence_to}&RPage &P of &N")


def workbook(atlas: Atlas) -> bytes:
    """All tables as XLSX, one sheet each, column descriptions as comments."""
    return _workbook(Keyed(atlas, atlas.digest))


def _about(atlas: Atlas) -> list[tuple[str, str]]:
    from atlas.publish.citation import plain

    package = atlas.package
    return [
        ("Title", package.descriptor["title"]),
        ("Version", package.version),
        ("Evidence to", package.evidence_to),
        ("Licence", package.descriptor["licenses"][0]["title"]),
        ("Cite as", plain(package)),
        (
            "Read first",
            (
                "A missing power row means not assessed, which is not absent. A ceiling is not a fine. Only acts with"
                " relation = prompted count."
            ),
        ),
    ]


def zipped(atlas: Atlas) -> bytes:
    """The data package as outsiders can use it; the same bytes for the same release."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:

        def add(name: str, content: bytes) -> None:
            info = zipfile.ZipInfo(f"regime-atlas/{name}", EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)

        add(DESCRIPTOR, (json.dumps(atlas.package.descriptor, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
        for name, table in atlas.package.tables.items():
            add(table.file, as_csv(atlas, name, safe=False))
        for name in COMPANIONS:
            # What is built may be missing from a fresh copy; the package is whole without it.
            if (DATA / name).exists():
                add(name, (DATA / name).read_bytes())
    return buffer.getvalue()
