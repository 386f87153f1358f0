"""Legends: a key, its words, and how many there are, in the order of the view."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from atlas.draw.canvas import Box, Canvas, Run, number
from atlas.draw.legend_class import LegendClass

GAP, BETWEEN = 0.55, 1.5  # in sizes of its text
PITCH, LEAST_PITCH = 1.7, 1.45


@dataclass(frozen=True)
class Entry:
    """One line of a legend: `draw` puts the key into a box; `count` is left out where it says nothing."""

    label: str
    draw: Callable[[Canvas, Box], None]
    count: int | None = None
    id: str = ""


STROKES = {"lines": "M0 1.5H4", "hatch": "M-1 7L7-1M-1 1L1-1M5 7L7 5"}
SIDES = {"lines": 4, "hatch": 6}
TEXTURES = ("dots", *STROKES)


def patterns(canvas: Canvas, strokes: Iterable[tuple[str, LegendClass]], prefix: str, scale: float = 1) -> str:
    """The textures as SVG patterns: dots (searched, nothing found), and for each class lines (off the ladder) and hatch (old evidence) that show on its fill.

    Args:
        canvas: gets the colours.
        strokes: `lines` or `hatch`, and the class whose fill it lies over.
        prefix: of their ids, `dots`, `lines-<class>` and `hatch-<class>`.
        scale: of the coordinates in which they are used; the texture keeps its size on the screen.
    """
    canvas.colour("dots")
    size = canvas.type.small / 13
    turned = f'patternTransform="scale({size / scale:.4g})"'
    return (
        f'<pattern id="{prefix}dots" width="5" height="5" patternUnits="userSpaceOnUse" {turned}><circle class="f-dots" cx="1.25" cy="1.25" r=".85"/>'
        f'<circle class="f-dots" cx="3.75" cy="3.75" r=".85"/></pattern>'
        + "".join(_stroked(canvas, klass, name, prefix, turned) for name, klass in strokes)
    )


def stroke_over(canvas: Canvas, klass: LegendClass) -> str:
    """Name of the colour of strokes that show on a class's fill."""
    return canvas.colour(f"o-{klass.id}", klass.strokes)


def _stroked(canvas: Canvas, klass: LegendClass, name: str, prefix: str, turned: str) -> str:
    colour = stroke_over(canvas, klass)
    side = SIDES[name]
    return f'<pattern id="{prefix}{name}-{klass.id}" width="{side}" height="{side}" patternUnits="userSpaceOnUse" {turned}><path class="s-{colour}" d="{STROKES[name]}"/></pattern>'


def textured(texture: str, identity: str) -> str:
    """Id of the pattern of a class, behind its prefix."""
    return texture if texture == "dots" else f"{texture}-{identity}"


def class_entries(canvas: Canvas, classes: Sequence[LegendClass]) -> list[Entry]:
    """The classes of a legend as swatches."""
    if any(klass.texture in TEXTURES for klass in classes):
        strokes = [(klass.texture, klass) for klass in classes if klass.texture in STROKES]
        canvas.parts.append(f"<defs>{patterns(canvas, strokes, f'{canvas.prefix}key-')}</defs>")
    return [
        Entry(klass.label, _swatch(klass.id, klass.texture), None if klass.texture == "open" else klass.count, klass.id)
        for klass in classes
        if canvas.colour(f"k-{klass.id}", klass.colour)
    ]


def _swatch(identity: str, texture: str) -> Callable[[Canvas, Box], None]:
    def draw(canvas: Canvas, box: Box) -> None:
        side = min(box.height, box.width)
        x = box.right - side
        canvas.rect(x, box.y, side, side, fill=f"k-{identity}", stroke="edge")
        if texture in TEXTURES:
            canvas.parts.append(
                f'<rect x="{number(x)}" y="{number(box.y)}" width="{number(side)}" height="{number(side)}" fill="url(#{canvas.prefix}key-{textured(texture, identity)})"/>'
            )

    return draw


def _width(canvas: Canvas, entry: Entry, step: int, key: float) -> float:
    size = canvas.type.of(step)
    count = canvas.width(f" {entry.count}", step) if entry.count is not None else 0
    return (key + GAP) * size + canvas.width(entry.label, step) + count


def _entry(canvas: Canvas, entry: Entry, x: float, y: float, step: int, key: float) -> None:
    """One entry whose line has its top at `y`."""
    size = canvas.type.of(step)
    with canvas.group(attributes=f' data-key="{entry.id}"' if entry.id else ""):
        entry.draw(canvas, Box(x, y + 0.32 * size, key * size, 0.85 * size))
        left = x + (key + GAP) * size
        if entry.count is None:
            canvas.text(left, y + 1.08 * size, entry.label, step)
        else:
            canvas.runs(left, y + 1.08 * size, [Run(entry.label), Run(str(entry.count), "mute")], step)


def rows(
    canvas: Canvas, entries: Iterable[Entry], most: float, step: int = 2, key: float = 0.85
) -> list[list[tuple[float, Entry]]]:
    """Entries set one after the other into lines of at most `most` pixels, each with its x."""
    found, x = [[]], 0.0
    size = canvas.type.of(step)
    for entry in entries:
        wide = _width(canvas, entry, step, key)
        if found[-1] and x + wide > most:
            found.append([])
            x = 0.0
        found[-1].append((x, entry))
        x += wide + BETWEEN * size
    return found


def flow(
    canvas: Canvas, entries: Iterable[Entry], x: float, y: float, most: float, step: int = 2, key: float = 0.85
) -> float:
    """Draws entries in lines; returns the bottom."""
    pitch = PITCH * canvas.type.of(step)
    lines = rows(canvas, entries, most, step, key)
    for index, line in enumerate(lines):
        for left, entry in line:
            _entry(canvas, entry, x + left, y + pitch * index, step, key)
    return y + pitch * len(lines) if lines[0] else y


def flow_height(canvas: Canvas, entries: Iterable[Entry], most: float, step: int = 2, key: float = 0.85) -> float:
    lines = rows(canvas, entries, most, step, key)
    return PITCH * canvas.type.of(step) * len(lines) if lines[0] else 0


def column(
    canvas: Canvas, entries: Iterable[Entry], x: float, y: float, step: int = 2, key: float = 0.85, pitch: float = PITCH
) -> float:
    """Draws entries one under the other, `pitch` sizes of their text apart; returns the bottom."""
    for entry in entries:
        _entry(canvas, entry, x, y, step, key)
        y += pitch * canvas.type.of(step)
    return y


def column_width(canvas: Canvas, entries: Iterable[Entry], step: int = 2, key: float = 0.85) -> float:
    return max((_width(canvas, entry, step, key) for entry in entries), default=0)
