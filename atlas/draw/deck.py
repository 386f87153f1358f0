"""What a chart needs of the presentation that its slides go into; `atlas.publish.slides.frame` has the real one."""

from typing import Any, Protocol

from atlas.draw.drawingml import Stage
from atlas.draw.marks import Box


class Deck(Protocol):
    """A presentation being made of one view. Lengths are points."""

    atlas: Any
    view: Any

    def body(self) -> Box:
        """The room for the chart."""

    def slide(self, number: int = 1, count: int = 1, more: tuple[str, ...] = ()) -> Stage:
        """Adds a slide with all but its chart; `more` are further lines for its notes."""

    def chunk(self, rows: tuple, most: int) -> list[tuple]:
        """Rows cut into as few parts of at most `most` as it takes, all nearly equal in length."""
