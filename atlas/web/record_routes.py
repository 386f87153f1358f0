"""A page for each record, and the same as JSON: `/record/powers/eu-dsa/order`, `…/order.json`; and the sitemap."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response

from atlas.publish import record_page as records
from atlas.publish import record_rows
from atlas.publish.codebook import whole
from atlas.publish.dataset import page_json_ld
from atlas.publish.pin_release import Pin, read_pin, release_option
from atlas.publish.record_addresses import record_path
from atlas.tables.atlas import Atlas
from atlas.tables.kept_releases import Unreadable, load_release, releases
from atlas.tables.store import get_store
from atlas.templating import render, safe_link
from atlas.web.files import AN_HOUR
from atlas.web.nearby import led_to
from atlas.web.pages import frame, html, no_data_page
from atlas.web.problems import no_data as no_data_problem
from atlas.web.problems import problem
from atlas.web.public_address import Site, public_site
from atlas.web.response_cache import Body, Shelf, body, no_data, reply
from atlas.words import texts

OPEN = {"Access-Control-Allow-Origin": "*"}
TWIN = ".json"
# What the server calls the route of a page of the app, before its path.
PAGE_ROUTE = "page-"
LONGEST_SHOWN = 120
# Status of what left the data.
GONE = 410

shelf = Shelf()


def record_page(request: Request) -> Response:
    """One record, as the release that `release=` names had it, else as the data served have it.

    404 if there never was one, or not in that release; 410 with its last kept state if it left the data.
    """
    where, newest, folder = public_site(request), get_store().state.atlas, get_store().folder
    asked = request.path_params["path"]
    twin = asked.lower().endswith(TWIN)
    if newest is None:
        return reply(request, no_data_problem(where.root) if twin else no_data_page(where))
    table, _, identity = (asked[: -len(TWIN)] if twin else asked).partition("/")
    pin = read_pin(newest, folder, request.query_params)
    if twin and pin.reasons:
        return reply(request, _not_understood(newest, where, pin))
    row = record_rows.find(pin.atlas, table, identity)
    if row is None:
        right = record_rows.written(pin.atlas, table, identity)
        if right:
            return led_to(request, f"/{record_path(*right)}{TWIN if twin else ''}")
        return reply(request, _without(newest, where, table, identity, twin, pin.version))
    pin = replace(pin, atlas=record_rows.showing(pin.atlas, row))

    def made() -> Body:
        link = f"{where.base}/{record_path(table, identity)}{_asking(pin.version)}"
        what = records.record(pin.atlas, folder, table, identity, row, link, newest=newest)
        if twin:
            return _twin(pin.atlas, where, what, version=pin.version)
        return _page(pin.atlas, where, what, _notices(newest, folder, table, identity, pin), pin.version)

    # Another set of kept releases is another history.
    key = (newest.digest, pin.atlas.digest, pin.version, pin.refused, releases(folder), where, table, identity, twin)
    return reply(request, made() if pin.refused else shelf.make(key, made))


def _asking(version: str) -> str:
    """The query that asks for a release; empty for the newest data."""
    return f"?{urlencode({'release': version})}" if version else ""


def _notices(newest: Atlas, folder: Path, table: str, identity: str, pin: Pin) -> list[str]:
    """What a reader must be told of the address: what was not understood, and of the release what came after it."""
    if not pin.version:
        return [*pin.refused]
    prose = texts()["records"]["pinned"]
    became = prose[records.since(newest, folder, table, identity, pin.version)].format(version=newest.package.version)
    return [*pin.refused, f"{prose['shown'].format(version=pin.version)} {became}"]


def _not_understood(newest: Atlas, where: Site, pin: Pin) -> Body:
    """The answer to a program that asked for what is not there."""
    option = release_option(lambda: get_store().folder)
    kept = ", ".join(option.terms(newest))
    return problem(
        where.root, "parameters", 400, " ".join(pin.reasons), parameter=option.name, expected=f"one of these: {kept}"
    )


def _page(
    atlas: Atlas, where: Site, what: dict, notices: Sequence[str] = (), version: str = "", status: int = 200
) -> Body:
    prose, gone, path = texts()["records"], status == GONE, what["path"] + _asking(version)
    deck = what["summary"] or f"{what['kind']}: {what['title']}"
    values = frame(
        atlas, where, prose["gone"]["title"].format(title=what["title"]) if gone else what["title"], deck, path
    )
    return html(
        where,
        render(
            "record.html",
            **values,
            record=what,
            prose=prose,
            gone=gone,
            notices=notices,
            version_asked=version,
            how=texts()["site"]["error_report"]["how"],
            json_ld=page_json_ld(atlas, where.base, path, what["title"], deck),
        ),
        status=status,
    )


def _twin(
    atlas: Atlas, where: Site, what: dict, notices: Sequence[str] = (), version: str = "", status: int = 200
) -> Body:
    """The same as JSON: cells as they are beside their words."""
    pin = _asking(version)
    content = {
        "meta": {
            "record": f"{where.root}/{what['path']}{pin}",
            "table": what["table"],
            "id": what["id"],
            "data_version": atlas.package.version,
            "released": atlas.package.released,
            "evidence_to": atlas.package.evidence_to,
            "citation": what["citation"],
            "licence": atlas.package.descriptor["licenses"][0]["name"],
            "release": version or None,
            "in_data": status != GONE,
            "links": {
                "html": f"{where.root}/{what['path']}{pin}",
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
                "record": f"{where.root}/{source['record']}{pin}",
            }
            for source in what["sources"]
        ],
        "history": what["history"],
        "curation": what["curation"],
    }
    return body(json.dumps(content, ensure_ascii=False, allow_nan=False), "application/json", OPEN, status)


def _without(newest: Atlas, where: Site, table: str, identity: str, twin: bool, version: str = "") -> Body:
    """What stands at the address of a record that is not in the data.

    Args:
        version: of the release that was asked for; empty for the newest data.
    """
    gone = None if version else _gone(newest, where, table, identity, twin)
    if gone is not None:
        return gone
    prose = texts()["records"]["missing"]
    asked = f"{table}/{identity}"
    asked = asked if len(asked) <= LONGEST_SHOWN else asked[:LONGEST_SHOWN] + "…"
    said = prose["in_release" if version else "deck"].format(asked=asked, version=version)
    if twin:
        return problem(where.root, "not-found", 404, said)
    there = bool(version) and record_rows.find(newest, table, identity) is not None
    values = frame(newest, where, prose["title"], said, "")
    page = render("record_missing.html", **values, prose=prose, now=record_path(table, identity) if there else "")
    return html(where, page, status=404)


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
    row = record_rows.row(old, table, identity)
    old = record_rows.showing(old, row)
    link = f"{where.base}/{record_path(table, identity)}"
    what = records.record(old, folder, table, identity, row, link, newest=atlas)
    said = texts()["records"]["gone"]["deck"].format(version=release.version)
    make: Callable[..., Body] = _twin if twin else _page
    return make(old, where, what, [said], status=GONE)


def sitemap(request: Request) -> Response:
    """Every page of the app and of the records (https://www.sitemaps.org/protocol.html)."""
    where, atlas = public_site(request), get_store().state.atlas
    if atlas is None:
        return reply(request, no_data())
    pages = _pages(request)
    return reply(
        request,
        shelf.make(
            (atlas.digest, where, pages, "sitemap"),
            lambda: body(_sitemap(atlas, where, pages), "application/xml; charset=utf-8"),
        ),
        AN_HOUR,
    )


def _pages(request: Request) -> tuple[str, ...]:
    """Paths of the app's pages, as the server lists them beside this route (`dashboard.PAGES`), and of the API."""
    beside = getattr(request.scope.get("router"), "routes", ())
    found = [route.path.strip("/") for route in beside if (getattr(route, "name", "") or "").startswith(PAGE_ROUTE)]
    return (*found, "api/v1")


def _sitemap(atlas: Atlas, where: Site, pages: Sequence[str]) -> str:
    paths = [*pages, *(record_path(table, identity) for table, identity in record_rows.every(atlas))]
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
