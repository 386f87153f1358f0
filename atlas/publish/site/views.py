"""One view as files: pages for frames, pictures, its table; and what the manifest says of it."""

from atlas.charts.view import View
from atlas.draw import raster
from atlas.draw.sizes import INLINE
from atlas.publish import option_words
from atlas.publish import picture as picture_frame
from atlas.publish import table_file as twin
from atlas.publish.caption import caption, notices
from atlas.publish.chart_addresses import links, short_caption
from atlas.publish.chart_request import Asked, ask
from atlas.publish.embeds import embed, frame_height
from atlas.publish.site.files import Out
from atlas.publish.site.plan import Cover, PictureOf, Planned
from atlas.tables.atlas import Atlas
from atlas.tables.schema import DATA

EMBEDS, PICTURES, TABLES = "embed", "picture", "table"
INDEX = "index.html"
EDGE = 8


def freeze(atlas: Atlas, planned: Planned, base: str, out: Out) -> dict:
    """Writes all files of one view.

    Args:
        atlas: the data.
        planned: the view.
        base: address of the app that its links lead to, without a slash at its end; empty for none.
        out: where to.

    Returns:
        The view's entry in the manifest.

    Raises:
        ValueError: the chart does not take the options.
    """
    asked = ask(atlas, DATA, planned.slug, dict(planned.query))
    if asked.notices:
        raise ValueError(f"{planned.id}: {' '.join(asked.notices)}")
    view = asked.view()
    link = links(asked, base).page if base else ""
    words = caption(atlas, view, link)
    files = [
        *_pages(asked, planned, base, out),
        *(_picture(atlas, view, planned.id, one, link, out) for one in planned.files.pictures),
    ]
    files += [
        _cover(atlas, view, planned.id, kind, wanted, out)
        for kind, wanted in (("cover", planned.cover), ("narrow", planned.narrow))
        if wanted
    ]
    files.append(out.put(TABLES, planned.id, "csv", twin.as_csv(view)) | {"kind": "csv"})
    files.append(out.put(TABLES, planned.id, "json", twin.as_json(asked, view, link)) | {"kind": "json"})
    return {
        "id": planned.id,
        "group": planned.group,
        "chart": view.slug,
        "label": ", ".join(option_words.value(atlas, view.slug, *one) for one in planned.query),
        "title": view.title,
        "deck": view.deck,
        "as_of": view.as_of,
        "evidence_to": view.evidence_to,
        "notices": list(notices(view)),
        "options": dict(asked.values),
        "query": asked.query,
        "live": link,
        "frame_height": frame_height(asked, frozen=True),
        "short_caption": short_caption(asked, view, link),
        "caption": words.caption,
        "alt": words.alt,
        "citation": words.citation,
        "files": files,
    }


def _pages(asked: Asked, planned: Planned, base: str, out: Out) -> list[dict]:
    # A view without a cover stands in the list of places.
    found, home = [], f"../{INDEX}#{planned.id if planned.cover else 'places'}"
    for theme in planned.files.themes:
        page = embed(asked, base, theme, home=home)
        stem = planned.id if theme == "auto" else f"{planned.id}.{theme}"
        found.append(out.put(EMBEDS, stem, "html", page.html) | {"kind": "html", "theme": theme})
    return found


def _picture(atlas: Atlas, view: View, stem: str, one: PictureOf, link: str, out: Out) -> dict:
    drawn = picture_frame.picture(atlas, view, one.size, one.theme == "dark", link)
    content = drawn.svg if one.kind == "svg" else raster.png(drawn, one.scale)
    scale = one.scale if one.kind == "png" else 1
    return out.put(PICTURES, f"{stem}.{one.suffix}", one.kind, content) | {
        "kind": one.kind,
        "size": one.size,
        "theme": one.theme,
        "width": round(drawn.width * scale),
        "height": round(drawn.height * scale),
    }


def _cover(atlas: Atlas, view: View, stem: str, kind: str, wanted: Cover, out: Out) -> dict:
    """The chart alone as an SVG document, light or dark as the reader's device asks, to stand under its title."""
    drawn = picture_frame.drawing(atlas, view, wanted.width, wanted.height, kinds=INLINE, keys=wanted.legend)
    # Circles of small places may reach over the edge.
    content = drawn.document(EDGE)
    return out.put(PICTURES, f"{stem}.{kind}", "svg", content) | {
        "kind": kind,
        "width": round(drawn.width + 2 * EDGE),
        "height": round(drawn.height + 2 * EDGE),
    }
