"""One page of rows as JSON or CSV, with what must travel with it: version, dates, licence, citation, caveat."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from atlas.publish import csv_text
from atlas.publish.citation import plain
from atlas.tables.atlas import Atlas
from atlas.tables.schema import SEVERAL
from atlas.web.api.endpoints import Endpoint
from atlas.web.api.parameters import DEFAULT_LIMIT
from atlas.web.public_address import Site
from atlas.web.response_cache import Body, body

JSON, CSV = "application/json", "text/csv; charset=utf-8"
LINKS = ("record", "page")


@dataclass(frozen=True)
class Page:
    """One page of rows.

    Attributes:
        asked: values of all parameters.
        rows: those shown, with addresses from the site's root.
        total: how many there are in all.
    """

    endpoint: Endpoint
    asked: Mapping[str, Any]
    rows: list[dict]
    total: int

    @property
    def next(self) -> str:
        """Query of the next page; empty on the last."""
        after = self.asked["offset"] + len(self.rows)
        return query({**self.asked, "offset": after}) if self.rows and after < self.total else ""


def query(asked: Mapping[str, object]) -> str:
    """Parameters as a query: what is not empty, lists with commas."""
    texts = {name: ",".join(value) if isinstance(value, tuple) else str(value) for name, value in asked.items()}
    return urlencode({name: text for name, text in texts.items() if text and (name, text) != ("limit", "0")}, safe=",")


def page(atlas: Atlas, endpoint: Endpoint, asked: Mapping[str, Any], root: str) -> Page:
    """The rows that an address asks for.

    Args:
        root: path of the site, without a slash at its end.
    """
    found = endpoint.rows(atlas, asked)
    shown = found[asked["offset"] :][: asked["limit"] or None]
    names = [field.name for field in endpoint.fields(atlas.package)]
    # What a row leads to shows the release that the row is of.
    pin = f"release={asked['release']}" if asked.get("release") else ""
    rows = [
        {name: f"{root}/{_pinned(row[name], pin)}" if name in LINKS and row[name] else row[name] for name in names}
        for row in shown
    ]
    return Page(endpoint, asked, rows, len(found))


def _pinned(path: str, pin: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{pin}" if pin else path


def meta(atlas: Atlas, what: Page, where: Site) -> dict:
    """What a reader needs to use and cite the rows."""
    package, name = atlas.package, what.endpoint.name
    licence = package.descriptor["licenses"][0]
    root, base = where.root, f"{where.root}/api/v1"
    asked = query(what.asked)
    # The first page as CSV would be a file that ends without a word; the whole is meant.
    whole = what.asked["limit"] == DEFAULT_LIMIT and not what.asked["offset"]
    as_file = query({**what.asked, "limit": 0}) if whole else asked
    answer = {
        "endpoint": name,
        "title": what.endpoint.title,
        "data_version": package.version,
        "released": package.released,
        "evidence_to": package.evidence_to,
        "as_of": what.asked.get("date", package.evidence_to),
        "licence": {"name": licence["name"], "title": licence["title"], "url": licence["path"]},
        "citation": plain(package, what.endpoint.title, f"{where.base}/api/v1/{name}?{asked}"),
    }
    if what.endpoint.caveat:
        answer["caveat"] = what.endpoint.caveat
    return answer | {
        "filters": {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in what.asked.items()
            if value not in ("", ())
        },
        "total": what.total,
        "count": len(what.rows),
        "links": {
            "self": f"{base}/{name}?{asked}",
            "next": f"{base}/{name}?{what.next}" if what.next else None,
            "csv": f"{base}/{name}.csv?{as_file}",
            "codebook": f"{root}/data/CODEBOOK.md",
            "method": f"{root}/method",
            "openapi": f"{base}/openapi.json",
            "about": f"{base}#{name}",
        },
    }


def encode(atlas: Atlas, what: Page, kind: str, where: Site) -> Body:
    """The answer in one of the two forms; the size of the whole and the next page stand in headers of both."""
    about, root = meta(atlas, what, where), where.root
    path = f"{root}/api/v1/{what.endpoint.name}{'.csv' if kind == 'csv' else ''}"
    links = [f'<{root}/api/v1/openapi.json>; rel="service-desc"', f'<{about["licence"]["url"]}>; rel="license"']
    links += [f'<{path}?{what.next}>; rel="next"'] if what.next else []
    headers = {"X-Total-Count": str(what.total), "Link": ", ".join(links)}
    if kind == "csv":
        name = f"regime-atlas-{what.endpoint.name}-{about['as_of']}-data-{atlas.package.version}{_part(what)}.csv"
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return body(as_csv([field.name for field in what.endpoint.fields(atlas.package)], what.rows), CSV, headers)
    return body(json.dumps({"meta": about, "data": what.rows}, ensure_ascii=False, allow_nan=False), JSON, headers)


def _part(what: Page) -> str:
    """What a saved file of some of the rows is to say in its name; empty where it has them all."""
    first, count = what.asked["offset"], len(what.rows)
    if count == what.total:
        return ""
    return f"-rows-{first + 1}-to-{first + count}-of-{what.total}" if count else f"-no-rows-of-{what.total}"


def as_csv(columns: list[str], rows: list[dict]) -> str:
    """Rows as CSV for a spreadsheet, lists joined, null empty."""
    return csv_text.for_spreadsheets(columns, ([_cell(row[column]) for column in columns] for row in rows))


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return SEVERAL.join(value)
    return f"{value:.10g}" if isinstance(value, float) else value
