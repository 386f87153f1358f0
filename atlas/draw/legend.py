"""Legends: a key, its words, and how many there are, in the order of the view."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from atlas.draw.legend_class import LegendClass
from atlas.draw.marks import ENDED_WEIGHT, Box, Run
from atlas.draw.scene import Scene

GAP, BETWEEN = 0.55, 1.5  # in sizes of its text
PITCH, LEAST_PITCH = 1.7, 1.45


@dataclass(frozen=True)
class Entry:
    """One line of a legend: `draw` puts the key into a box; `count` is left out where it says nothing."""

    label: str
    draw: Callable[[Scene, Box], None]
    count: int | None = None
    id: str = ""


def class_entries(classes: Sequence[LegendClass]) -> list[Entry]:
    """The classes of a legend as swatches."""
    return [
        Entry(klass.label, _swatch(klass), None if klass.texture == "open" else klass.count, klass.id)
        for klass in classes
    ]


def _swatch(klass: LegendClass) -> Callable[[Scene, Box], None]:
    def draw(scene: Scene, box: Box) -> None:
        side = min(box.height, box.width)
        ended = klass.texture == "ended"
        edge, weight, inner = (scene.over_class(klass), ENDED_WEIGHT, ENDED_WEIGHT / 2) if ended else ("edge", 1, 0)
        left, top, side = box.right - side + inner, box.y + inner, side - 2 * inner
        scene.rect(left, top, side, side, klass, fill=scene.class_colour(klass), stroke=edge, weight=weight)

    return draw


def _width(scene: Scene, entry: Entry, step: int, key: float) -> float:
    size = scene.type.of(step)
    count = scene.width(f" {entry.count}", step) if entry.count is not None else 0
    return (key + GAP) * size + scene.width(entry.label, step) + count


def _entry(scene: Scene, entry: Entry, x: float, y: float, step: int, key: float) -> None:
    """One entry whose line has its top at `y`."""
    size = scene.type.of(step)
    with scene.group(key=entry.id):
        entry.draw(scene, Box(x, y + 0.32 * size, key * size, 0.85 * size))
        left = x + (key + GAP) * size
        if entry.count is None:
            scene.text(left, y + 1.08 * size, entry.label, step)
        else:
            scene.runs(left, y + 1.08 * size, [Run(entry.label), Run(str(entry.count), "mute")], step)


def rows(
    scene: Scene, entries: Iterable[Entry], most: float, step: int = 2, key: float = 0.85
) -> list[list[tuple[float, Entry]]]:
    """Entries set one after the other into lines of at most `most` pixels, each with its x."""
    found: list[list[tuple[float, Entry]]] = [[]]
    x = 0.0
    size = scene.type.of(step)
    for entry in entries:
        wide = _width(scene, entry, step, key)
        if found[-1] and x + wide > most:
            found.append([])
            x = 0.0
        found[-1].append((x, entry))
        x += wide + BETWEEN * size
    return found


def flow(
    scene: Scene, entries: Iterable[Entry], x: float, y: float, most: float, step: int = 2, key: float = 0.85
) -> float:
    """Draws entries in lines; returns the bottom."""
    pitch = PITCH * scene.type.of(step)
    lines = rows(scene, entries, most, step, key)
    for index, line in enumerate(lines):
        for left, entry in line:
            _entry(scene, entry, x + left, y + pitch * index, step, key)
    return y + pitch * len(lines) if lines[0] else y


def flow_height(scene: Scene, entries: Iterable[Entry], most: float, step: int = 2, key: float = 0.85) -> float:
    lines = rows(scene, entries, most, step, key)
    return PITCH * scene.type.of(step) * len(lines) if lines[0] else 0


def column(
    scene: Scene, entries: Iterable[Entry], x: float, y: float, step: int = 2, key: float = 0.85, pitch: float = PITCH
) -> float:
    """Draws entries one under the other, `pitch` sizes of their text apart; returns the bottom."""
    for entry in entries:
        _entry(scene, entry, x, y, step, key)
        y += pitch * scene.type.of(step)
    return y


def column_width(scene: Scene, entries: Iterable[Entry], step: int = 2, key: float = 0.85) -> float:
    return max((_width(scene, entry, step, key) for entry in entries), default=0)
