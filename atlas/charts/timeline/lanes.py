"""Where marks and bars lie within the lanes of a timeline, and their shapes: one layout for page and picture.

Heights are in rows, upwards: a lane's middle is its row, its edges half a row away.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from atlas.charts.timeline.marks import Bar, Mark
from atlas.draw.scene import Scene

SHAPES = {1: "circle", 2: "triangle-up", 3: "triangle-down", 4: "square", 5: "diamond", 6: "star"}
OTHER, UNCOUNTED, PRODUCT = "line-ns-open", "circle-open", "diamond-tall"
# Diameters in pixels beside an ordinary mark of SIZE.
SIZE, SIZES = 9, {"star": 13, "diamond": 11, "line-ns-open": 9, "circle-open": 7}
SPREAD = 0.66


def shape(mark: Mark) -> str:
    """Shape of a mark, by the name that Plotly gives it."""
    if mark.rung:
        return SHAPES[mark.rung]
    return OTHER if mark.counts else PRODUCT if mark.number else UNCOUNTED


def spots(marks: Iterable[Mark], row_of: dict[str, int]) -> dict[str, float]:
    """Height of each mark: marks of one lane and day stand one over the other. Marks of unknown lanes are left out."""
    together = defaultdict(list)
    for mark in marks:
        together[mark.lane, mark.day].append(mark.id)
    found = {}
    for (lane, _), ids in together.items():
        for index, identity in enumerate(ids):
            shift = SPREAD * (index / (len(ids) - 1) - 0.5) if len(ids) > 1 else 0.0
            if lane in row_of:
                found[identity] = round(row_of[lane] - shift, 2)
    return found


def levels(bars: Iterable[Bar], row_of: dict[str, int]) -> dict[str, float]:
    """Height of each bar by its id and lane, put together: in the lower half of its lane, one under the other."""
    lanes = defaultdict(list)
    for bar in bars:
        lanes[bar.lane].append(bar)
    return {
        bar.id + bar.lane: round(row_of[lane] + _level(index, len(own)), 2)
        for lane, own in lanes.items()
        if lane in row_of
        for index, bar in enumerate(own)
    }


def _level(index: int, count: int) -> float:
    return -0.12 - 0.3 * index / max(count - 1, 1) if count > 1 else -0.22


# In sizes of small text: the least lane for a name in two lines, and the distance of these.
TWO_LINES, LINE = 1.6, 0.95


def name_lines(scene: Scene, label: str, room: float, pitch: float) -> Iterator[tuple[float, str]]:
    """A lane's name in a line, or in two; each with its distance from the middle in sizes of small text."""
    lines = scene.wrap(label, 3, room)
    if len(lines) == 2 and pitch >= TWO_LINES * scene.type.small:
        yield from zip((-LINE / 2, LINE / 2), lines, strict=True)
    else:
        yield 0, scene.cut(label, 3, room)
