"""`/oembed?url=…`: what a platform asks to turn a pasted address into the chart (https://oembed.com, version 1.0).

An address is taken apart and never fetched. It is ours if it begins with the address of this site.
"""

import json
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlsplit
from xml.etree import ElementTree

from starlette.requests import Request
from starlette.responses import Response

from atlas.charts.catalogue import CHARTS
from atlas.draw.sizes import SIZES
from atlas.publish.chart_addresses import Links, iframe, links
from atlas.publish.chart_request import ask
from atlas.publish.embeds import THEMES, frame_height
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store
from atlas.web.charts import LIVE, OPEN, kept
from atlas.web.picture import SCALES
from atlas.web.public_address import Site, requested_site
from atlas.web.response_cache import Body, body, no_data, reply
from atlas.words import texts

FORMATS = {"json": "application/json", "xml": "text/xml; charset=utf-8"}
LONGEST_URL, LONGEST_NUMBER = 2000, 5
WIDTH, CACHE_AGE = 800, 3600
HTTP_PORTS = {"http": 80, "https": 443}


class Foreign(ValueError):
    """The address is not one of ours, or shows no chart."""


@dataclass(frozen=True)
class Found:
    """A chart that an address shows: its slug, the query with its options, and the theme of an embed."""

    slug: str
    query: dict[str, str]
    theme: str


async def oembed(request: Request) -> Response:
    """The description of one embed, as JSON or XML."""
    atlas = get_store().state.atlas
    if atlas is None:
        return reply(request, no_data())
    return reply(request, await kept(request, atlas, _made), LIVE)


def _refused(status: int, reason: str) -> Body:
    return body(reason, "text/plain; charset=utf-8", OPEN, status)


def _made(atlas: Atlas, where: Site, request: Request) -> Body:
    asked = request.query_params
    form = asked.get("format", "json")
    if form not in FORMATS:
        return _refused(501, "The formats are json and xml.")
    if "url" not in asked:
        return _refused(400, "The parameter url is missing.")
    limits = {name: asked.get(name, "") for name in ("maxwidth", "maxheight")}
    for name, text in limits.items():
        if text and not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER and int(text)):
            return _refused(400, f"{name} takes a whole number of pixels.")
    try:
        found = locate(asked["url"], (where.base, requested_site(request).base))
    except Foreign as reason:
        return _refused(404, str(reason))
    content = _described(atlas, where, found, *(int(text) if text else 0 for text in limits.values()))
    return body(_xml(content) if form == "xml" else json.dumps(content), FORMATS[form], OPEN)


def locate(url: str, bases: tuple[str, ...]) -> Found:
    """The chart that an address shows.

    Args:
        url: of an embed, or of a page of the app.
        bases: addresses of this site.

    Raises:
        Foreign: it is no address of this site, or none that shows a chart.
    """
    path, query = _below(url, bases)
    path = path.lower()
    pages = {chart.page: chart.slug for chart in reversed(CHARTS.values())}
    folder, _, name = path.partition("/")
    slug = name if folder == "embed" else "" if name else pages.get(folder, "")
    if slug not in CHARTS:
        raise Foreign("There is no chart at this address.")
    theme = query.get("theme", "") if folder == "embed" else ""
    return Found(slug, query, theme if theme in THEMES and theme != "auto" else "")


def _below(url: str, bases: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """Path below the site without slashes around it, and the query."""
    if len(url) > LONGEST_URL:
        raise Foreign("The address is too long.")
    try:
        parts = urlsplit(url)
        origin = _origin(parts)
        for base in bases:
            site_parts = urlsplit(base)
            root = site_parts.path.rstrip("/")
            # A page is the same by http and by https: a proxy may end the encryption.
            if origin and origin == _origin(site_parts) and (parts.path == root or parts.path.startswith(f"{root}/")):
                return parts.path[len(root) :].strip("/"), dict(
                    parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
                )
    except ValueError as error:
        raise Foreign("This is no address.") from error
    raise Foreign("This address is not one of ours.")


def _origin(parts: SplitResult) -> tuple[str, int] | None:
    """Host and port; the two usual ports are one.

    None for anything but http and https, and for addresses with a user in them.
    """
    if parts.scheme not in HTTP_PORTS or not parts.hostname or parts.username is not None:
        return None
    port = parts.port or HTTP_PORTS[parts.scheme]
    return parts.hostname.rstrip("."), 443 if port == 80 else port


def _described(atlas: Atlas, where: Site, found: Found, most_wide: int, most_high: int) -> dict:
    asked = ask(atlas, get_store().folder, found.slug, found.query)
    view, to = asked.view(), links(asked, where.base)
    width = min(WIDTH, most_wide or WIDTH)
    height = frame_height(asked, width)
    height = min(height, most_high or height)
    name = texts()["site"]["name"]
    return {
        "version": "1.0",
        "type": "rich",
        "title": view.title,
        "provider_name": name,
        "provider_url": f"{where.base}/",
        "cache_age": CACHE_AGE,
        "html": iframe(to.embed(found.theme), f"{view.title} ({name})", width, height),
        "width": width,
        "height": height,
        **_thumbnail(to, most_wide, most_high),
    }


def _thumbnail(to: Links, most_wide: int, most_high: int) -> dict:
    """The largest picture that keeps to the limits, at most 1280 pixels wide; none where even the smallest is too
    large.
    """
    size = SIZES["wide"]
    for scale in sorted((float(text) for text in SCALES), reverse=True):
        width, height = round(size.width * scale), round(size.height * scale)
        if scale <= 1 and width <= (most_wide or width) and height <= (most_high or height):
            return {
                "thumbnail_url": to.picture(scale=f"{scale:g}"),
                "thumbnail_width": width,
                "thumbnail_height": height,
            }
    return {}


def _xml(content: dict) -> bytes:
    root = ElementTree.Element("oembed")
    for name, value in content.items():
        ElementTree.SubElement(root, name).text = str(value)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
