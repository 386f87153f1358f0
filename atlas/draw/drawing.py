"""A chart alone, as SVG for a page or a file: its marks are only ever handed out with the colours they name.

Marks name colours by class (see `svg`); without the style sheet, or outside the element that it holds for, a browser
paints them black. So whoever sets a drawing into a page gets the element and the sheet in one, and never the marks.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from atlas.draw import fonts
from atlas.draw.markup import escape, number
from atlas.draw.sizes import Type
from atlas.draw.svg import Svg, sizes

# Classes of the elements that a style sheet holds for: in both modes, light, dark.
_SCOPES = {None: "ra-auto", False: "ra-light", True: "ra-dark"}
_TITLE = re.compile("<title>[^<]*</title>")
# A path of a shape, as `svg` writes it; shorter ones are not worth an id.
_ENDS = re.compile(r"(<use[^>]*>(?:<title>[^<]*</title>)?)</path>")
_LAND = re.compile(r'<path((?: data-id="[^"]*")?) d="([^"]{40,})">')


@dataclass(frozen=True)
class Inline:
    """Drawings as elements of a page.

    Attributes:
        html: the elements.
        css: what colours them; the page must have it.
    """

    html: str
    css: str


@dataclass(frozen=True)
class Drawing:
    """Marks and legend of a view, without title and footer.

    Attributes:
        width, height: of its view box.
        dark: mode; None for both, as the reader's device asks.
    """

    width: float
    height: float
    dark: bool | None
    _svg: Svg = field(repr=False)

    def svg(self, label: str = "") -> str:
        """As an element that carries its style.

        Without a label it is hidden from assistive technology: the table says the same.
        """
        return self._element(label, sheet=self._sheet())

    def document(self, edge: float = 0) -> str:
        """As an SVG file with its fonts, so many pixels larger at each side: an image cuts what reaches over
        its edge.
        """
        width, height = number(self.width + 2 * edge), number(self.height + 2 * edge)
        room = f'width="{width}" height="{height}" viewBox="{number(-edge)} {number(-edge)} {width} {height}"'
        sheet = fonts.font_faces(self._svg.body) + self._svg.style(self.dark)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="ra-drawing" {room}>'
            f"<style>{sheet}</style>{self._svg.body}</svg>"
        )

    def has(self, element: str) -> bool:
        """Whether an SVG element of this name is drawn."""
        return f"<{element}" in self._svg.body

    @property
    def _scope(self) -> str:
        return _SCOPES[self.dark]

    def _sheet(self) -> str:
        return self._svg.style(self.dark, self._scope)

    def _element(self, label: str, kind: str = "", sheet: str = "", silent: bool = False) -> str:
        spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
        room = f"0 0 {number(self.width)} {number(self.height)}"
        classes = " ".join(filter(None, ("ra-drawing", self._scope, kind)))
        body = _TITLE.sub("", self._svg.body) if silent else self._svg.body
        rules = f"<style>{sheet}</style>" if sheet else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{classes}" viewBox="{room}" {spoken}>{rules}{body}</svg>'
        )


def inline(
    label: str, drawings: Mapping[str, Drawing], texts: Mapping[str, Type] | None = None, keys: str = ""
) -> Inline:
    """Drawings of one view for one page, all in the same mode, with the one sheet that colours them.

    Args:
        label: text alternative of each.
        drawings: each by the class of its element. The line of a mark stands in the first alone.
        texts: sizes in which text is shown, by the same classes; as drawn where there are none.
        keys: further markup whose marks name colours of the drawings.

    Raises:
        ValueError: the drawings are not all in one mode.
    """
    first, *rest = drawings.values()
    if any(one.dark != first.dark for one in rest):
        raise ValueError("drawings of one page are in one mode")
    elements = [one._element(label, kind, silent=one is not first) for kind, one in drawings.items()]
    if keys:
        elements.append(f'<div class="{first._scope}">{keys}</div>')
    together = {name: colour for one in drawings.values() for name, colour in one._svg.colours.items()}
    sized = "".join(sizes(kind, f".{name} ") for name, kind in (texts or {}).items())
    sheet = Svg("", together, first._svg.type).style(first.dark, first._scope)
    return Inline(_each_once("".join(elements)), sheet + sized)


def _each_once(markup: str) -> str:
    """Shapes that come again, as the world does in small maps, written once and named after that."""
    counts = Counter(d for _, d in _LAND.findall(markup))
    seen: dict[str, str] = {}

    def write(found: re.Match[str]) -> str:
        who, d = found.groups()
        if counts[d] == 1:
            return found[0]
        if d in seen:
            return f'<use{who} href="#{seen[d]}">'
        seen[d] = f"shape-{len(seen)}"
        return f'<path id="{seen[d]}"{who} d="{d}">'

    # A path that carries its own title is closed by its own end tag, and so must be what stands for it.
    return (
        _ENDS.sub(lambda found: f"{found[1]}</use>", _LAND.sub(write, markup))
        if max(counts.values(), default=0) > 1
        else markup
    )
