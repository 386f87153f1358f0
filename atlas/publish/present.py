"""What the Present page hands out for one view: files, and texts to copy."""

from dataclasses import dataclass

from atlas.charts.view import View
from atlas.draw.sizes import SIZES
from atlas.publish import chart_addresses as permalinks
from atlas.publish import citation
from atlas.publish.caption import caption
from atlas.publish.chart_addresses import Links
from atlas.publish.chart_request import Asked
from atlas.publish.embeds import frame_height
from atlas.publish.site.frozen import FOUND, Frozen
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import texts

NAME_OF_SERVER = "https://example.org/atlas"


@dataclass(frozen=True)
class Item:
    """A text to copy, with a note; an empty text leaves the note alone."""

    id: str
    label: str
    text: str
    note: str = ""


def files(where: Links, size: str, theme: str, height: int) -> list[tuple[str, str, str]]:
    """Label, address and note of each file.

    Args:
        where: addresses of the view.
        size: of pictures.
        theme: `light`, `dark` or `auto`; a picture is light unless it is asked for dark.
        height: pixels of the SVG, for the sizes of the PNG.
    """
    notes, scale, shade = texts()["present"]["notes"], SIZES[size].scale, "dark" if theme == "dark" else ""
    pixels = notes["png"].format(width=round(SIZES[size].width * scale), height=round(height * scale))
    return [
        ("PNG", where.picture("png", size, shade), pixels),
        ("SVG", where.picture("svg", size, shade), notes["svg"]),
        ("PDF", where.picture("pdf", size, shade), notes["pdf"]),
        ("PowerPoint", where.slides, notes["pptx"]),
        ("HTML", where.embed("" if theme == "auto" else theme), notes["html"]),
        ("CSV", where.table("csv"), notes["csv"]),
        ("JSON", where.table("json"), notes["json"]),
    ]


def copies(asked: Asked, view: View, where: Links, size: str, theme: str, frozen: Frozen) -> dict[str, list[Item]]:
    """Texts to copy by group.

    Args:
        asked: the chart and its options.
        view: its view.
        where: its addresses.
        size, theme: of picture and embed.
        frozen: its frozen twin.
    """
    words = caption(asked.atlas, view, where.page)
    picture = where.picture("png", "" if size == "wide" else size, "dark" if theme == "dark" else "")
    found: dict[str, list[tuple[str, ...]]] = {
        "words": [
            ("short", permalinks.short_caption(asked, view, where.page)),
            ("caption", words.caption),
            ("alt", words.alt),
        ],
        "frames": [
            ("link", where.page),
            ("live", _frame(asked, view, where.embed("" if theme == "auto" else theme))),
            _frozen(asked, view, frozen),
            ("markdown", permalinks.markdown(asked, view, where, picture)),
            ("image", permalinks.image(asked, view, where, picture)),
            ("oembed", where.oembed()),
        ],
        "cite": [("plain", words.citation), ("bibtex", citation.bibtex(asked.atlas.package, view.title, where.page))],
    }
    prose = texts()["present"]
    return {
        group: [
            Item(name, prose["items"][name], text, *(note or [prose["item_notes"].get(name, "")]))
            for name, text, *note in items
        ]
        for group, items in found.items()
    }


def quotes(atlas: Atlas, title: str, sentence: str, day: str, link: str) -> dict[str, list[Item]]:
    """A sentence to quote, with its day, data and link, and how to cite the page it stands on."""
    prose, package = texts()["present"], atlas.package
    quoted = prose["quoted"].format(sentence=sentence, day=in_words(day), version=package.version, link=link)
    dated = prose["dated"].format(title=title, day=in_words(day))
    found = {
        "words": [("sentence", quoted)],
        "cite": [
            ("plain", citation.plain(package, dated, link)),
            ("bibtex", citation.bibtex(package, dated, link)),
            ("link", link),
        ],
    }
    return {
        group: [Item(name, prose["items"][name], text, prose["item_notes"].get(name, "")) for name, text in items]
        for group, items in found.items()
    }


def _frame(asked: Asked, view: View, address: str, frozen: bool = False) -> str:
    title = f"{view.title} ({texts()['site']['name']})"
    return permalinks.iframe(address, title, height=frame_height(asked, frozen=frozen))


def _frozen(asked: Asked, view: View, frozen: Frozen) -> tuple[str, str, str]:
    prose = texts()["present"]["frozen"]
    if frozen.state != FOUND:
        return "frozen", "", prose[frozen.state]
    where = prose["here"].format(url=frozen.url) if frozen.url else prose["anywhere"]
    address = f"{frozen.url or NAME_OF_SERVER}/{frozen.path}"
    return "frozen", _frame(asked, view, address, frozen=True), prose["found"].format(where=where)
