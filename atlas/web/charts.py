"""What the routes of charts share: answers kept by address, made a few at a time in threads, and what stands in for
one.
"""

from collections.abc import Callable

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request

from atlas.charts.options import Option
from atlas.law.standing import mark
from atlas.publish.chart_request import Asked, ask
from atlas.tables.atlas import Atlas
from atlas.tables.kept_releases import releases
from atlas.tables.store import get_store
from atlas.web.public_address import Site, public_site
from atlas.web.response_cache import Body, Shelf

LIVE = "public, max-age=300, stale-while-revalidate=86400"
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
# Pictures as PNG are the largest answers, some hundred kilobytes each.
MOST_KEPT, MOST_BYTES = 600, 64_000_000
# New answers are made so many at a time; more would only take processors from the visitors of the app.
AT_ONCE = 2
LONGEST_KEPT_QUERY = 2000

shelf = Shelf(MOST_KEPT, MOST_BYTES)
_limit = CapacityLimiter(AT_ONCE)


async def kept(request: Request, atlas: Atlas, make: Callable[[Atlas, Site, Request], Body]) -> Body:
    """The answer at an address: from the shelf without any work, else made in a thread and kept unless it is a
    refusal.
    """
    where = public_site(request)
    query = request.url.query
    key = (atlas.digest, mark(atlas), releases(get_store().folder), where, request.url.path, query)
    found = shelf.get(key)
    if found is not None:
        return found
    made = await to_thread.run_sync(make, atlas, where, request, limiter=_limit)
    return shelf.make(key, lambda: made) if made.status == 200 and len(query) <= LONGEST_KEPT_QUERY else made


def asked_by(atlas: Atlas, request: Request, own: tuple[Option, ...] = (), slug: str = "") -> Asked:
    """The chart that a path names, with the options of the query.

    Args:
        own: options beside those of the chart.
        slug: of the chart, where the path does not name it.

    Raises:
        KeyError: there is no such chart.
    """
    return ask(atlas, get_store().folder, slug or request.path_params["slug"], request.query_params, own)


def same(atlas: Atlas, where: Site, asked: Asked, kind: str, work: Callable[[], Body]) -> Body:
    """The answer to what was asked, whatever the address it was asked at: names that mean nothing make no new one."""
    return shelf.make(
        (
            atlas.digest,
            mark(atlas),
            asked.atlas.digest,
            where,
            kind,
            asked.chart.slug,
            asked.query,
            tuple(asked.own.items()),
            asked.notices,
        ),
        work,
    )
