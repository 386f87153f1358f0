"""Values of the comparison's templates, and the addresses of its files."""

from functools import lru_cache
from urllib.parse import urlencode

from atlas.charts.compare.view import Comparison, Row, comparison
from atlas.publish.citation import plain
from atlas.publish.comparison import receipts as comparing
from atlas.publish.comparison import response as compare_response
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method
from atlas.templating import render
from atlas.words import compare as say
from atlas.words import texts

RECEIPTS = 20
FILES = (
    ("html", "Printable view"),
    ("xlsx", "Workbook (XLSX)"),
    ("docx", "Brief (DOCX)"),
    ("md", "Text (Markdown)"),
    ("csv", "Table (CSV)"),
)

# Each apart, so that another day sends anew only what it changes.
REST = (
    "compare_scope_head.html",
    "compare_scope.html",
    "compare_response.html",
    "compare_similar.html",
    "compare_labels.html",
    "compare_take.html",
)
# What stands below the matrix, a part at a time, each with its address.
PARTS = {
    "sanctions": ("compare_sanctions.html",),
    "scope": ("compare_scope_head.html", "compare_scope.html"),
    "response": ("compare_response.html",),
    "similar": ("compare_similar.html",),
    "labels": ("compare_labels.html",),
}


def query(view: Comparison, **more: str) -> str:
    """The view's options as a query, ids separated by commas as in the page's address."""
    return urlencode(view.options | more, safe=",")


def links(view: Comparison, turnover: int, release: str = "") -> list[tuple[str, str]]:
    """Label and address of each file of this comparison.

    Args:
        release: version to which the data are pinned; empty for the newest.
    """
    more = {"turnover": str(turnover)} | ({"release": release} if release else {})
    return [(label, f"compare.{kind}?{query(view, **more)}") for kind, label in FILES]


def grouped(rows: tuple[Row, ...]) -> list[tuple[str, list[Row]]]:
    """Rows under the label of their group, in order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.group_label, []).append(row)
    return list(found.items())


def matrix(atlas: Atlas, view: Comparison, only_differences: bool = False, only_compulsory: bool = False) -> dict:
    """Values of compare_key.html and compare_matrix.html: at most `RECEIPTS` a cell, twice as many as any has; the
    files hold them all.
    """
    shown = view.shown(only_differences, only_compulsory)
    return {
        "prose": texts()["compare"],
        "state_labels": {state: words["label"] for state, words in texts()["compare"]["states"].items()},
        "state_help": {state: words["help"] for state, words in texts()["compare"]["states"].items()},
        "view": view,
        "states": comparing.states(view),
        "groups": grouped(shown),
        "hidden": len(view.rows) - len(shown),
        "receipts": comparing.cell_receipts(
            atlas, view.mode, tuple(column.id for column in view.columns), view.as_of, RECEIPTS
        ),
    }


@lru_cache(maxsize=32)
def matrix_html(
    atlas: Atlas, mode: str, ids: tuple[str, ...], day: str, only_differences: bool, only_compulsory: bool
) -> tuple[str, str]:
    """The key with the caption, and the matrix, as HTML; kept, since the same few comparisons are asked for over and
    over.
    """
    values = matrix(atlas, comparison(atlas, mode, ids, day), only_differences, only_compulsory)
    return render("compare_key.html", **values), render("compare_matrix.html", **values)


def sanctions(atlas: Atlas, view: Comparison, turnover: float) -> dict:
    """Values of compare_sanctions.html.

    Returns:
        `sanctions` (rows of ceilings), `prose`, `rates` and `rate_sources` (of exchange), `turnover` (in words).
    """
    return {
        "sanctions": comparing.sanctions(atlas, view, turnover),
        "prose": texts()["compare"]["sanctions"],
        "rates": comparing.rate_words(atlas),
        "rate_sources": comparing.rate_sources(atlas),
        "turnover": say.money_words(turnover, "USD"),
    }


@lru_cache(maxsize=64)
def _parts(atlas: Atlas, mode: str, ids: tuple[str, ...], day: str) -> dict:
    """What a switch or another turnover does not change, worked out once."""
    view = comparison(atlas, mode, ids, day)
    return {
        "scope": comparing.scope(atlas, view),
        "response": compare_response.responses(atlas, view),
        "likeness": compare_response.likeness(atlas, view),
        "labels": compare_response.labels(atlas, view),
    }


def rest(atlas: Atlas, view: Comparison, turnover: int, release: str = "", base: str = "") -> dict:
    """Values of the templates in `REST`, colours apart.

    Args:
        release: version to which the data are pinned; empty for the newest.
        base: address of the site, without a slash at its end; empty leaves relative what is cited.

    Returns:
        `scope` (headings with their lines by column), `response` (acts on one clock), `likeness`, `labels` (of other
        trackers), `view`, `prose`, `min_shared` (powers that likeness needs), `links` (to the files), `citation`.
    """
    more = {"release": release} if release else {}
    link = f"{base}/compare?{query(view, **more)}".lstrip("/")
    return _parts(atlas, view.mode, tuple(column.id for column in view.columns), view.as_of) | {
        "view": view,
        "prose": texts()["compare"],
        "min_shared": get_method()["likeness"]["min_shared"],
        "links": links(view, turnover, release),
        "citation": plain(atlas.package, view.title, link),
    }


def printable(atlas: Atlas, view: Comparison, turnover: int, style: str, link: str) -> dict:
    """Values of compare_print.html; `style` is our own style sheet, put into the page so that it stands alone."""
    notes, sources = comparing.numbered(atlas, view)
    money = sanctions(atlas, view, turnover)
    return rest(atlas, view, turnover) | {
        "states": comparing.states(view),
        "groups": grouped(view.rows),
        "notes": notes,
        "sources": sources,
        "style": style,
        "sanctions": money["sanctions"],
        "sanction_prose": money["prose"],
        "rates": money["rates"],
        "turnover": money["turnover"],
        "citation": plain(atlas.package, view.title, link),
    }
