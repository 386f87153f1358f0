"""One class of a legend: its words, its colour, its texture, and how many are in it."""

from dataclasses import dataclass

from atlas.draw.palette import Colour, over


@dataclass(frozen=True)
class LegendClass:
    """One class of a legend.

    Attributes:
        id: stable id, as in URLs and tables.
        label: words of the legend.
        colour: fill in both modes.
        texture: `""` (flat), `"ended"` (a step that has ended: within an outline of the colour `over`), `"hatch"`
            (evidence is old) or `"open"` (outline only).
        count: how many places are in it; not shown for the open class, which has no bounds.
        over: colour of its outline or texture, where that says what the fill does not; else what shows on the fill.
    """

    id: str
    label: str
    colour: Colour
    texture: str = ""
    count: int = 0
    over: Colour | None = None

    @property
    def strokes(self) -> Colour:
        """Colour of an outline and of hatch over its fill, in map and legend alike."""
        return self.over or Colour(over(self.colour.light), over(self.colour.dark))
