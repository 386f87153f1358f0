"""Where a view stands: its page, its embed, its picture, its slide, and the snippets that carry it elsewhere."""

import re
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from atlas.charts.view import View
from atlas.publish.chart_request import Asked
from atlas.tables.dates import in_words
from atlas.words import texts

# An embed needs its own script, and links that open beside the page that holds it. Nothing of the host's.
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")


@dataclass(frozen=True)
class Links:
    """Addresses of one view, all absolute.

    Attributes:
        base: address of the site, without a slash at its end.
        slug: of the chart.
        path: of the page that shows it, empty for the start page.
        query: options of the view, its date among them.
    """

    base: str
    slug: str
    path: str
    query: str

    def _at(self, path: str, **more: str) -> str:
        extra = urlencode({name: value for name, value in more.items() if value})
        return f"{self.base}/{path}?{self.query}" + (f"&{extra}" if extra else "")

    @property
    def page(self) -> str:
        """The page of the app that shows the view: its permalink."""
        return self._at(self.path)

    @property
    def slides(self) -> str:
        """The slide with editable shapes."""
        return self._at(f"slides/{self.slug}.pptx")

    def embed(self, theme: str = "") -> str:
        """The light page for frames; `theme` is `light` or `dark`, empty for the reader's own."""
        return self._at(f"embed/{self.slug}", theme=theme)

    def picture(self, kind: str = "png", size: str = "", theme: str = "", scale: str = "", frame: str = "") -> str:
        """The picture as `svg`, `png` or `pdf`; empty options stand for their defaults."""
        return self._at(f"picture/{self.slug}.{kind}", size=size, theme=theme, scale=scale, frame=frame)

    def table(self, kind: str = "csv") -> str:
        """The table of the chart as `csv` or `json`."""
        return self._at(f"table/{self.slug}.{kind}")

    def qr(self, kind: str = "svg") -> str:
        """The permalink as a QR code, `svg` or `png`."""
        return self._at(f"qr/{self.slug}.{kind}")

    def oembed(self, form: str = "json") -> str:
        """What a platform asks to turn the embed's address into the chart."""
        return f"{self.base}/oembed?{urlencode({'url': self.embed(), 'format': form})}"


def links(asked: Asked, base: str) -> Links:
    """The addresses of a view below the address of a site."""
    return Links(base, asked.chart.slug, asked.chart.page, asked.query)


def iframe(address: str, title: str, width: str | int = "100%", height: int = 640) -> str:
    """HTML that shows an embed, live or frozen, inside another page.

    Args:
        address: of the embed.
        title: name of the frame for those who do not see it.
        width: pixels, or a share with its sign.
        height: pixels.
    """
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" height="{height}" loading="lazy"'
        f' sandbox="{SANDBOX}" style="border:0;max-width:100%"></iframe>'
    )


def short_caption(asked: Asked, view: View, link: str = "") -> str:
    """The short caption: finding, day, reach of the evidence, who and which data; with a link if one is given."""
    package = asked.atlas.package
    said = texts()["embed"]["caption"].format(
        title=view.title,
        as_of=in_words(view.as_of),
        evidence_to=in_words(view.evidence_to),
        name=texts()["site"]["name"],
        version=package.version,
        licence=package.descriptor["licenses"][0]["name"].replace("-", " "),
    )
    return f"{said} {link}".strip()


def markdown(asked: Asked, view: View, where: Links, picture: str = "") -> str:
    """The picture with its text alternative as Markdown, linked to its page, and the caption under it; the wide PNG
    unless another is given.
    """
    return (
        f"[![{_plain(view.alt)}]({picture or where.picture()})]({where.page})\n\n{_plain(short_caption(asked, view))}\n"
    )


def image(asked: Asked, view: View, where: Links, picture: str = "") -> str:
    """The same as HTML."""
    return (
        f'<figure><a href="{escape(where.page)}"><img src="{escape(picture or where.picture())}"'
        f' alt="{escape(view.alt)}" style="max-width:100%;height:auto"></a>'
        f"<figcaption>{escape(short_caption(asked, view))}</figcaption></figure>"
    )


def _plain(text: str) -> str:
    """Text that Markdown reads as text."""
    return _MARKDOWN.sub(r"\\\1", text)
