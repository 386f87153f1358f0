"""What a page of the app says of itself to those who do not run it: search engines, link previews, readers without
scripts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from atlas.charts.catalogue import CHARTS, offered
from atlas.charts.options import DATE, one_of, read
from atlas.maps.geometry import unrecorded_name
from atlas.publish.caption import notices
from atlas.publish.chart_addresses import Links, links
from atlas.publish.chart_request import Asked, ask
from atlas.publish.places import Summary, summary
from atlas.tables.atlas import Atlas
from atlas.words import texts

CHART = one_of("chart", offered, "map", "the map")
PLACE = one_of("place", lambda atlas: atlas.jurisdictions.index, "JPN", "Japan")
# The chart that stands for a page: the first that the catalogue has for it, else the map.
LEAD = {chart.page: chart.slug for chart in reversed(CHARTS.values())}
PRESENT = "present"
LONGEST_DESCRIPTION = 300


@dataclass(frozen=True)
class Preview:
    """One page for one address.

    Attributes:
        title: the finding, or the name of a page that has none.
        description: one or two sentences.
        canonical: the page's address with those of the asked options that it understands.
        chart: addresses of the chart that stands for it.
        alt: what its picture shows.
        asked: that chart, as the address asks for it.
    """

    title: str
    description: str
    canonical: str
    chart: Links
    alt: str
    asked: Asked


def preview(newest: Atlas, folder: Path, page: str, query: Mapping[str, str], base: str) -> Preview:
    """The preview of a page.

    Args:
        newest: the data served.
        folder: the data folder that keeps the releases.
        page: path of a page of the app, the start page's empty.
        query: of its address; what is not understood is passed over, as the page itself says so.
        base: address of the site, without a slash at its end.
    """
    slug = read(newest, (CHART,), query)[0][CHART.name] if page == PRESENT else LEAD.get(page, "map")
    asked = ask(newest, folder, slug, query)
    without_chart = page in texts()["embed"]["pages"]
    make = _MAKE.get(page, _of_text if without_chart else _of_chart)
    title, lines, own = make(asked, page, query)
    # A description stands alone in a list of results; a finding that is its title belongs to it as well.
    said = [f"{asked.view().title}.", *lines] if make is _of_chart else lines
    chosen = own | _given(asked, query) if not without_chart else {}
    address = urlencode(chosen, safe=",")
    return Preview(
        title,
        _short(" ".join(said)),
        f"{base}/{page}" + (f"?{address}" if address else ""),
        links(asked, base),
        asked.view().title,
        asked,
    )


def _given(asked: Asked, query: Mapping[str, str]) -> dict[str, str]:
    """The options that an address names and that are not the default, the release among them."""
    found = {
        option.name: asked.values[option.name]
        for option in asked.chart.options
        if query.get(option.name) == asked.values[option.name] != option.default(asked.atlas)
    }
    found |= {"case": asked.case} if asked.case else {}
    return found | ({"release": asked.release} if asked.release else {})


def _of_chart(asked: Asked, page: str, query: Mapping[str, str]) -> tuple[str, list[str], dict[str, str]]:
    view = asked.view()
    own = {CHART.name: asked.chart.slug} if page == PRESENT and asked.chart.slug != CHART.default(asked.atlas) else {}
    title = texts()["present"]["tab"].format(title=view.title) if page == PRESENT else view.title
    return title, [notices(view)[0], view.deck], own


def _of_place(asked: Asked, page: str, query: Mapping[str, str]) -> tuple[str, list[str], dict[str, str]]:
    atlas = asked.atlas
    if name := unrecorded_name(atlas, query.get(PLACE.name)):
        prose = texts()["map"]["unrecorded"]
        return prose["title"].format(name=name), [prose["why"]], {PLACE.name: query[PLACE.name]}
    values, _ = read(atlas, (PLACE, DATE), query)
    place = values[PLACE.name]
    said = summary(atlas, place, values[DATE.name])
    own = {PLACE.name: place} if place != PLACE.default(atlas) else {}
    return place_title(atlas, place, said), [said.response, said.law], own


def place_title(atlas: Atlas, place: str, said: Summary) -> str:
    """What is said of a place, with its name in it."""
    name = atlas.name(place)
    return said.title if name in said.title else f"{name}: {said.title}"


def _of_text(asked: Asked, page: str, query: Mapping[str, str]) -> tuple[str, list[str], dict[str, str]]:
    prose = texts()["embed"]["pages"][page]
    return prose["title"], [prose["description"]], {}


_MAKE: dict[str, Callable[[Asked, str, Mapping[str, str]], tuple[str, list[str], dict[str, str]]]] = {
    "jurisdiction": _of_place
}


def _short(text: str) -> str:
    """At most as much as previews show, ended at a word."""
    return (
        text if len(text) <= LONGEST_DESCRIPTION else text[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    )
