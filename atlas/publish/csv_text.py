"""The one maker of CSV (RFC 4180): what a person saves opens right in a spreadsheet, what programs exchange stays
plain.
"""

import csv
import io
import re
from collections.abc import Iterable

# Excel on Windows takes a file for one of its own code page unless it begins with this.
BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet takes for a formula at the start of a cell (OWASP, CSV injection; the wide forms in East Asian
# versions); a leading apostrophe makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[-+]?\d+)?")


def harmless(cell: object) -> object:
    """A cell that no spreadsheet runs as a formula. Numbers stay numbers, those written as text too."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def for_spreadsheets(columns: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A header and rows as a person saves them: a byte-order mark, lines ended by CR LF, no cell a formula."""
    return BYTE_ORDER_MARK + _written(map(harmless, columns), (map(harmless, row) for row in rows), "\r\n")


def plain(columns: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """The same as the files of the data package are: nothing before the header, lines ended by LF, cells as
    they are.
    """
    return _written(columns, rows, "\n")


def _written(columns: Iterable[object], rows: Iterable[Iterable[object]], end: str) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator=end)
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue()
