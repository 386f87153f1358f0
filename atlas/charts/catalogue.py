"""The charts that can be taken away, each with its options and the one function that makes its View.

A page, an embed, a picture, a slide and the data interface all come here: an entry in `CHARTS` is all that makes a
chart known to them (see `Chart`).
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from atlas.charts import options as o
from atlas.charts.chart import Chart
from atlas.charts.clock.view import clock
from atlas.charts.compare.view import INSTRUMENTS, PLACES, comparison
from atlas.charts.map.view import world_map
from atlas.charts.powers_response.view import powers_vs_response
from atlas.charts.priorities.view import priorities
from atlas.charts.small_maps.view import small_maps
from atlas.charts.strength.view import Filter, strength_ranges
from atlas.charts.timeline.view import Filters, timeline
from atlas.charts.view import View
from atlas.law.subject import law_was_read
from atlas.tables.atlas import Atlas


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()


def _strength(atlas: Atlas, asked: Mapping[str, str]) -> View:
    return strength_ranges(
        atlas,
        asked["date"],
        Filter(asked["find"], asked["region"], asked["kind"], asked["force"], _parts(asked["unfold"])),
    )


def _timeline(atlas: Atlas, asked: Mapping[str, str]) -> View:
    return timeline(
        atlas,
        asked["date"],
        asked["order"],
        asked["span"],
        Filters(_parts(asked["actions"]), _parts(asked["bodies"]), _parts(asked["regions"])),
    )


def _compare(atlas: Atlas, asked: Mapping[str, str]) -> View:
    mode = asked["by"]
    return comparison(atlas, mode, _parts(asked[mode]), asked["date"])


CHARTS = {
    chart.slug: chart
    for chart in (
        Chart(
            "map",
            "",
            (o.DATE, o.COLOUR, o.AGED),
            lambda atlas, asked: world_map(atlas, asked["colour"], asked["date"], asked["aged"]),
        ),
        Chart("small-maps", "", (o.DATE,), lambda atlas, asked: small_maps(atlas, asked["date"])),
        Chart("timeline", "timeline", (o.DATE, o.ORDER, o.SPAN, o.ACTIONS, o.BODIES, o.REGIONS), _timeline),
        Chart("clock", "timeline", (o.DATE, o.START), lambda atlas, asked: clock(atlas, asked["start"], asked["date"])),
        Chart("compare", "compare", (o.DATE, o.BY, o.COMPARED, o.LAWS), _compare, about_law=True),
        Chart("strength", "strength", (o.DATE, o.REGION, o.KIND, o.FORCE, o.FIND, o.UNFOLD), _strength, about_law=True),
        Chart(
            "priorities",
            "strength",
            (o.DATE, o.FIRST, o.SECOND),
            lambda atlas, asked: priorities(atlas, asked["place"], asked["with"], asked["date"]),
            about_law=True,
        ),
        Chart(
            "powers-response",
            "strength",
            (o.DATE,),
            lambda atlas, asked: powers_vs_response(atlas, asked["date"]),
            about_law=True,
        ),
    )
}


def offered(atlas: Atlas) -> tuple[str, ...]:
    """The charts that speak to the case that is shown."""
    return tuple(slug for slug, chart in CHARTS.items() if law_was_read(atlas) or not chart.about_law)


def read(atlas: Atlas, chart: Chart, query: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The values of a chart's options by an address, and a notice for each text that was not accepted."""
    values, refused = o.read(atlas, chart.options, query)
    # An address that names instruments alone means instruments, without saying so twice.
    if o.BY in chart.options and INSTRUMENTS in query and not {PLACES, o.BY.name} & set(query):
        values[o.BY.name] = INSTRUMENTS
    return values, [o.refusal(atlas, option, query[option.name]) for option in refused]


def view(atlas: Atlas, slug: str, asked: Mapping[str, str]) -> View:
    """The View of one chart for accepted values of its options (see `options.read`).

    Raises:
        KeyError: the chart is unknown.
    """
    return CHARTS[slug].make(atlas, asked)


def address(atlas: Atlas, chart: Chart, asked: Mapping[str, str]) -> str:
    """The query of a view, in a fixed order: what differs from the defaults, and always the date.

    The date always stands in it: a link that is cited must show the same day when the evidence has moved on.
    """
    unused = {PLACES: INSTRUMENTS, INSTRUMENTS: PLACES}.get(asked.get("by", ""), "")
    chosen = {
        option.name: asked[option.name]
        for option in chart.options
        if option.name != unused and (option.name == "date" or asked[option.name] != option.default(atlas))
    }
    return urlencode(chosen, safe=",")
