"""The table of a chart as a file: CSV for spreadsheets, JSON with all that must travel with the figures."""

import json

from atlas.charts.view import View
from atlas.publish import citation, csv_text
from atlas.publish.chart_request import Asked
from atlas.tables.cells import plain


def as_csv(view: View) -> str:
    """The table twin as CSV for a spreadsheet, with a header line."""
    rows = ([plain(cell) for cell in row] for row in view.table.itertuples(index=False))
    return csv_text.for_spreadsheets(view.table.columns, rows)


def as_json(asked: Asked, view: View, link: str = "") -> str:
    """The table twin as JSON, its rows as objects by column, beside what must travel with it.

    Args:
        asked: the chart and its options.
        view: the view of `asked`.
        link: its address; empty leaves it out.
    """
    columns = [str(column) for column in view.table.columns]
    rows = [
        dict(zip(columns, (plain(cell) for cell in row), strict=True)) for row in view.table.itertuples(index=False)
    ]
    return (
        json.dumps(
            {"meta": about(asked, view, link), "columns": columns, "rows": rows},
            ensure_ascii=False,
            allow_nan=False,
            indent=1,
        )
        + "\n"
    )


def about(asked: Asked, view: View, link: str = "") -> dict:
    """What a reader needs to use and cite a view: finding, dates, caveat, data, licence, options."""
    package = asked.atlas.package
    licence = package.descriptor["licenses"][0]
    return {
        "chart": view.slug,
        "title": view.title,
        "as_of": view.as_of,
        "evidence_to": view.evidence_to,
        "caveat": view.caveat,
        "options": dict(asked.values),
        "data_version": package.version,
        "data_digest": asked.atlas.digest,
        "licence": {"name": licence["name"], "url": licence["path"]},
        "citation": citation.plain(package, view.title, link),
        **({"link": link} if link else {}),
    }
