"""The way in for students as a plain page: `/first-steps`."""

from starlette.requests import Request
from starlette.responses import Response

from atlas.find.views import on_day
from atlas.publish.near_misses import near_misses
from atlas.publish.pin_release import read_pin
from atlas.publish.steps import steps
from atlas.tables.store import get_store
from atlas.templating import render
from atlas.web.pages import frame, html, no_data_page
from atlas.web.public_address import public_site
from atlas.web.response_cache import reply
from atlas.words import texts

RELEASE = "release"


def steps_page(request: Request) -> Response:
    """Five steps, of the release that the address names if it names one."""
    newest, where, prose = get_store().state.atlas, public_site(request), texts()["steps"]
    if newest is None:
        return reply(request, no_data_page(where))
    query = request.query_params
    pin = read_pin(newest, get_store().folder, {name: query[name] for name in (RELEASE,) if name in query})
    values = frame(pin.atlas, where, prose["title"], prose["deck"], "first-steps")
    page = render(
        "first_steps.html",
        **values,
        prose=prose,
        steps=[one | {"path": on_day(one["path"], "", pin.version)} for one in steps(pin.atlas)],
        carried={RELEASE: pin.version} if pin.version else {},
        notices=[*pin.refused, *near_misses(query, (RELEASE,))],
    )
    return reply(request, html(where, page))
