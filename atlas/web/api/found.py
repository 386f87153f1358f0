"""What a question finds, as rows: views first, then the answer with its receipts, then records by kind."""

from collections.abc import Mapping
from typing import Any

from atlas.charts.options import DATE
from atlas.find.find import find
from atlas.find.records import KINDS
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store

VIEW, ANSWER, RECEIPT = "view", "answer", "receipt"
ROW_KINDS = (VIEW, ANSWER, RECEIPT, *KINDS)


def find_rows(atlas: Atlas, asked: Mapping[str, Any]) -> list[dict]:
    """Rows for a question; none for an empty one."""
    if not asked["q"].strip():
        return []
    chosen = asked["date"] if asked["date"] != DATE.default(atlas) else ""
    found = find(atlas, asked["q"], chosen, other=get_store().state.atlas)
    rows = [_row(VIEW, one.words, page=one.path) for one in found.views]
    if found.answer:
        rows.append(_row(ANSWER, found.answer.sentence))
        rows += [_row(RECEIPT, one.words, page=one.path) for one in found.answer.receipts]
    for group in found.groups:
        rows += [_row(group.kind, one.title, one.note, one.path, one.id) for one in group.entries]
    return rows


def _row(kind: str, title: str, note: str = "", page: str = "", identity: str = "") -> dict:
    return {"kind": kind, "title": title, "note": note or None, "id": identity or None, "page": page or None}
