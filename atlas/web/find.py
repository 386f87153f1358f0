"""Find without scripts: `/find?q=…` as a page, the search's description for browsers, and what robots leave alone.

What is typed makes the answer and is kept nowhere: not on a shelf, not in a log, not by a cache on the way.
"""

from starlette.requests import Request
from starlette.responses import Response

from atlas.charts.options import DATE, read, refusal
from atlas.find.find import find
from atlas.find.views import on_day
from atlas.publish.near_misses import near_misses
from atlas.publish.pin_release import read_pin
from atlas.tables.dates import in_words
from atlas.tables.store import get_store
from atlas.templating import render
from atlas.web.files import AN_HOUR
from atlas.web.pages import frame, html, no_data_page
from atlas.web.public_address import public_site
from atlas.web.response_cache import NOT_KEPT, body, no_data, reply
from atlas.words import texts

QUESTION, RELEASE = "q", "release"
NAMES = (QUESTION, DATE.name, RELEASE)


def find_page(request: Request) -> Response:
    """What a question finds, on a day and in a release if the address names them."""
    newest, where = get_store().state.atlas, public_site(request)
    if newest is None:
        return reply(request, no_data_page(where))
    query, prose = request.query_params, texts()["find"]
    pin = read_pin(newest, get_store().folder, {name: query[name] for name in (RELEASE,) if name in query})
    values, wrong = read(pin.atlas, (DATE,), query)
    day = values[DATE.name] if DATE.name in query and not wrong else ""
    question = query.get(QUESTION, "")
    found = find(pin.atlas, question, day, pin.version, newest) if question.strip() else None
    title = prose["result"].format(question=found.question) if found else prose["title"]
    notices = [*pin.refused, *(refusal(pin.atlas, one, query[one.name]) for one in wrong), *near_misses(query, NAMES)]
    values = frame(pin.atlas, where, title, prose["deck"], "" if query else "find")
    page = render(
        "find.html",
        **values,
        prose=prose,
        found=found,
        question=found.question if found else "",
        carried={name: value for name, value in ((DATE.name, day), (RELEASE, pin.version)) if value},
        notices=notices,
        shown=[
            words
            for words, there in (
                (prose["as_of"].format(day=in_words(found.day if found else day or DATE.default(pin.atlas))), True),
                (prose["release"].format(version=pin.version), pin.version),
            )
            if there
        ],
        examples=[(one["words"], on_day(one["path"], day, pin.version)) for one in prose["questions"]],
    )
    return reply(request, html(where, page), NOT_KEPT)


def opensearch(request: Request) -> Response:
    """The search's description, for browsers that offer it in their own box (OpenSearch 1.1)."""
    where = public_site(request)
    if get_store().state.atlas is None:
        return reply(request, no_data())
    content = render("opensearch.xml", base=where.base, prose=texts()["find"]["opensearch"])
    return reply(request, body(content, "application/opensearchdescription+xml; charset=utf-8"), AN_HOUR)


def robots(request: Request) -> Response:
    """Questions are nobody's business; everything else may be read (RFC 9309)."""
    where = public_site(request)
    if get_store().state.atlas is None:
        return reply(request, no_data())
    lines = ["User-agent: *", f"Disallow: {where.root}/find", f"Disallow: {where.root}/api/v1/find", ""]
    content = "\n".join([*lines, f"Sitemap: {where.base}/sitemap.xml", ""])
    return reply(request, body(content, "text/plain; charset=utf-8"), AN_HOUR)
