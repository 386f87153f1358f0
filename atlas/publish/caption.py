"""What goes with a picture: the caption below it, the text for who cannot see it, and how to cite it."""

from dataclasses import dataclass

from atlas.charts.view import View
from atlas.maps.geometry import get_geometry
from atlas.publish import citation
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import texts

# Charts with borders in them.
MAPS = ("map", "small-maps")


@dataclass(frozen=True)
class Caption:
    """Plain text, each part one paragraph.

    Attributes:
        caption: the finding, what is shown, its dates, caveat and source: complete without the picture's own text.
        alt: text alternative.
        citation: how to cite the view, with its link.
    """

    caption: str
    alt: str
    citation: str


def caption(atlas: Atlas, view: View, link: str = "") -> Caption:
    """The words that go with a view, as Present page, slide notes and embeds give them.

    Args:
        atlas: the data behind the view.
        view: any view of the catalogue.
        link: its address; empty leaves it out.
    """
    said = [f"{view.title}.", view.deck, *notices(view), citation.short(atlas.package), link]
    return Caption(" ".join(part for part in said if part), view.alt, citation.plain(atlas.package, view.title, link))


def notices(view: View) -> tuple[str, ...]:
    """What must travel with a view: its dates with its caveat; of a map, that its borders take no side."""
    prose = texts()
    dates = prose["pictures"]["dates"].format(as_of=in_words(view.as_of), evidence_to=in_words(view.evidence_to))
    borders = (prose["map"]["boundaries"].format(base_map=get_geometry().base_map),) if view.slug in MAPS else ()
    return (f"{dates} {view.caveat}", *borders)
