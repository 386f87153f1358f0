"""What a drawing consists of: marks in a box, each naming its colours; no file format and no data.

`atlas.draw.svg` writes them as SVG, `atlas.draw.slide_shapes` as PowerPoint shapes. Lengths are those of the box:
pixels of a picture, points of a slide.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from atlas.draw.legend_class import LegendClass

# Weight of the outline of what has ended.
ENDED_WEIGHT = 1.8


@dataclass(frozen=True)
class Box:
    """A rectangle, y downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


class Run(NamedTuple):
    """Words of one colour within a line."""

    words: str
    colour: str = "ink"
    strong: bool = False


class Paint(NamedTuple):
    """Names of the colours of a mark (empty for none), the weight of its stroke, and its dashes as SVG takes them."""

    fill: str = ""
    stroke: str = ""
    weight: float = 1
    dash: str = ""


class Text(NamedTuple):
    """One line of text with its baseline at `y`; `anchor` is `start`, `middle` or `end`.

    A `halo` in the colour of the paper lies around letters that stand on shapes.
    """

    x: float
    y: float
    runs: tuple[Run, ...]
    step: int
    anchor: str = "start"
    halo: bool = False


class Rect(NamedTuple):
    """A rectangle; over its fill the texture of a class, where it has one."""

    box: Box
    paint: Paint
    textured: LegendClass | None = None


class Line(NamedTuple):
    x1: float
    y1: float
    x2: float
    y2: float
    paint: Paint


class Circle(NamedTuple):
    """A circle. One that stands for a place with old evidence has a stroke across it, as it has no room for hatch."""

    x: float
    y: float
    radius: float
    paint: Paint
    textured: LegendClass | None = None
    old: bool = False


class Path(NamedTuple):
    """Path data of SVG."""

    d: str
    paint: Paint


class Symbol(NamedTuple):
    """A mark of a chart by the name that Plotly gives its shape."""

    name: str
    x: float
    y: float
    radius: float
    colour: str


class Place(NamedTuple):
    """A place of a map: its id, its path on the grid, one line of words, and whether its evidence is old."""

    id: str
    path: str
    words: str
    old: bool = False


@dataclass(frozen=True)
class Fit:
    """Where a window of the map's grid falls: scale and shift to the lengths of the drawing."""

    window: Box
    scale: float
    x: float
    y: float

    def point(self, grid: tuple[float, float] | list[int]) -> tuple[float, float]:
        """A point of the grid in the drawing."""
        return self.x + (grid[0] - self.window.x) * self.scale, self.y + (grid[1] - self.window.y) * self.scale

    def holds(self, grid: tuple[float, float] | list[int]) -> bool:
        """Whether a point of the grid lies within the window."""
        return self.window.x < grid[0] < self.window.right and self.window.y < grid[1] < self.window.bottom


@dataclass(frozen=True)
class Land:
    """The shapes of a map.

    Attributes:
        fit: where the grid falls.
        unit: units of the grid to one of the paths.
        rest: countries without a record, as (path, words).
        classes: each class with its places, in the order in which they are drawn; a class may come again.
        hatched: ids of the places that are hatched.
        outline: path of the Union's outline; empty for none.
        coast, outline_weight: weights of their strokes.
        prefix: begins every id within.
        ended: weight of the outline of what has ended.
    """

    fit: Fit
    unit: int
    rest: tuple[tuple[str, str], ...]
    classes: tuple[tuple[LegendClass, tuple[Place, ...]], ...]
    hatched: tuple[str, ...]
    outline: str
    coast: float
    outline_weight: float
    prefix: str
    ended: float = ENDED_WEIGHT


@dataclass
class Group:
    """Marks that belong together.

    Attributes:
        marks: in the order in which they are drawn.
        identity: id of the place, act or row that they stand for.
        title: what they say, in one line.
        role: id of their class in the legend.
        key: id of the class that a key of the legend is for.
    """

    marks: list = field(default_factory=list)
    identity: str = ""
    title: str = ""
    role: str = ""
    key: str = ""


Mark = Text | Rect | Line | Circle | Path | Symbol | Land | Group
