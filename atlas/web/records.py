"""A page for each record, and the same as JSON: `/record/powers/eu-dsa/order`, `…/order.json`; and the sitemap."""

import json
from collections.abc import Callable
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response

from atlas.publish import record_rows, records
from atlas.publish.codebook import whole
from atlas.publish.dataset import page_json_ld
from atlas.publish.links import record_path
from atlas.tables.atlas import Atlas
from atlas.tables.releases import Unreadable, load_release, releases
from atlas.tables.store import get_store
from atlas.templating import render, safe_link
from atlas.web.answers import LATER, NO_DATA, Body, Shelf, body, no_data, reply
from atlas.web.files import AN_HOUR
from atlas.web.nearby import led_to
from atlas.web.pages import frame, html
from atlas.web.problems import problem
from atlas.web.public import Site, public_site
from atlas.words import texts

OPEN = {"Access-Control-Allow-Origin": "*"}
TWIN = ".json"
PAGES = ("", "compare", "strength", "timeline", "jurisdiction", "present", "evidence", "method", "api/v1")
LONGEST_SHOWN = 120

shelf = Shelf()


def record_page(request: Request) -> Response:
    """One record; 404 if there never was one, 410 with its last kept state if it left the data."""
    where, atlas = public_site(request), get_store().state.atlas
    asked = request.path_params["path"]
    twin = asked.lower().endswith(TWIN)
    if atlas is None:
        return reply(request, problem(where.root, "no-data", 503, NO_DATA, LATER))
    table, _, identity = (asked[: -len(TWIN)] if twin else asked).partition("/")
    # Another set of kept releases is another history.
    key = (atlas.digest, releases(get_store().folder), where, table, identity, twin)
    row = record_rows.find(atlas, table, identity)
    if row is None:
        right = record_rows.written(atlas, table, identity)
        if right:
            return led_to(request, f"/{record_path(*right)}{TWIN if twin else ''}")
        return reply(request, _without(atlas, where, table, identity, twin))
    make = _twin if twin else _page
    return reply(request, shelf.make(key, lambda: make(atlas, where, _everything(atlas, where, table, identity, row))))


def _everything(atlas: Atlas, where: Site, table: str, identity: str, row: dict) -> dict:
    link = f"{where.base}/{record_path(table, identity)}"
    return records.record(atlas, get_store().folder, table, identity, row, link)


def _page(atlas: Atlas, where: Site, what: dict, gone: str = "", status: int = 200) -> Body:
    prose = texts()["records"]
    deck = what["summary"] or f"{what['kind']}: {what['title']}"
    values = frame(
        atlas, where, prose["gone"]["title"].format(title=what["title"]) if gone else what["title"], deck, what["path"]
    )
    return html(
        where,
        render(
            "record.html",
            **values,
            record=what,
            prose=prose,
            gone=gone,
            how=texts()["site"]["error_report"]["how"],
            json_ld=page_json_ld(atlas, where.base, what["path"], what["title"], deck),
        ),
        status=status,
    )


def _twin(atlas: Atlas, where: Site, what: dict, gone: str = "", status: int = 200) -> Body:
    """The same as JSON: cells as they are beside their words."""
    content = {
        "meta": {
            "record": f"{where.root}/{what['path']}",
            "table": what["table"],
            "id": what["id"],
            "data_version": atlas.package.version,
            "released": atlas.package.released,
            "evidence_to": atlas.package.evidence_to,
            "citation": what["citation"],
            "licence": atlas.package.descriptor["licenses"][0]["name"],
            "in_data": not gone,
            "links": {
                "html": f"{where.root}/{what['path']}",
                "codebook": f"{where.root}/data/CODEBOOK.md",
                "api": f"{where.root}/api/v1",
            },
        },
        "title": what["title"],
        "fields": {
            fact.name: {"label": fact.label, "value": fact.value, "words": fact.words, "meaning": fact.meaning or None}
            for fact in what["facts"]
        },
        "lists": {heading: [vars(item) for item in items] for heading, items in what["lists"]},
        "second_reading": what["reading"]
        and {"done": what["reading"]["done"], "facts": {label: words for label, words, _ in what["reading"]["facts"]}},
        "sources": [
            {
                "source_id": source["source_id"],
                "url": safe_link(source["url"]) or None,
                "title": source["title"],
                "publisher": source["publisher"],
                "kind": source["kind"],
                "published": source["published"] or None,
                "accessed": source["accessed"],
                "language": source["language"],
                "record": f"{where.root}/{source['record']}",
            }
            for source in what["sources"]
        ],
        "history": what["history"],
        "curation": what["curation"],
    }
    return body(json.dumps(content, ensure_ascii=False, allow_nan=False), "application/json", OPEN, status)


def _without(atlas: Atlas, where: Site, table: str, identity: str, twin: bool) -> Body:
    """What stands at the address of a record that is not in the data."""
    gone = _gone(atlas, where, table, identity, twin)
    if gone is not None:
        return gone
    prose = texts()["records"]["missing"]
    asked = f"{table}/{identity}"
    asked = asked if len(asked) <= LONGEST_SHOWN else asked[:LONGEST_SHOWN] + "…"
    if twin:
        return problem(where.root, "not-found", 404, prose["deck"].format(asked=asked))
    values = frame(atlas, where, prose["title"], prose["deck"].format(asked=asked), "")
    return html(where, render("record_missing.html", **values, prose=prose), status=404)


def _gone(atlas: Atlas, where: Site, table: str, identity: str, twin: bool) -> Body | None:
    """The last kept state of a record that left the data; None if there never was one or its release cannot be read."""
    folder = get_store().folder
    release = records.last_kept(atlas, folder, table, identity)
    if release is None:
        return None
    try:
        old = load_release(release, folder)
    except Unreadable:
        return None
    row = record_rows.find(old, table, identity)
    link = f"{where.base}/{record_path(table, identity)}"
    what = records.record(old, folder, table, identity, row, link, newest=atlas)
    said = texts()["records"]["gone"]["deck"].format(version=release.version)
    make: Callable[..., Body] = _twin if twin else _page
    return make(old, where, what, gone=said, status=410)


def sitemap(request: Request) -> Response:
    """Every page of the app and of the records (https://www.sitemaps.org/protocol.html)."""
    where, atlas = public_site(request), get_store().state.atlas
    if atlas is None:
        return reply(request, no_data())
    return reply(
        request,
        shelf.make(
            (atlas.digest, where, "sitemap"), lambda: body(_sitemap(atlas, where), "application/xml; charset=utf-8")
        ),
        AN_HOUR,
    )


def _sitemap(atlas: Atlas, where: Site) -> str:
    paths = [*PAGES, *(record_path(table, identity) for table, identity in record_rows.every(atlas))]
    lines = [
        f"<url><loc>{escape(f'{where.base}/{path}')}</loc><lastmod>{atlas.package.released}</lastmod></url>"
        for path in paths
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>",
            "",
        ]
    )


def codebook(request: Request) -> Response:
    """How each variable is coded, as text."""
    made = body(whole(), "text/markdown; charset=utf-8", OPEN)
    return reply(request, made, AN_HOUR)
