"""The clock as SVG: stepped curves, each named with its count at its end."""

from collections.abc import Callable

from atlas.charts.clock.view import DASHES, LAST_SHOWN, ClockView, Curve
from atlas.draw.marks import Box, Run
from atlas.draw.markup import number
from atlas.draw.palette import LADDER_LINES
from atlas.draw.scene import Scene
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import texts

DASH = {"solid": "", "dot": "1.5 3.5", "dash": "7 4", "longdash": "12 4", "dashdot": "9 3 1.5 3"}
NATURAL, HIGHEST = 0.5, 0.9  # height for its width: where the height is free, and at most
STEPS = (1, 2, 5, 10, 20, 50, 100)

# From days or counts to lengths of the drawing.
Scale = Callable[[float], float]


def draw(scene: Scene, atlas: Atlas, view: ClockView, box: Box, keys: bool = True) -> float:
    """The curves in a box; their names stand at their ends, without `keys` their counts alone."""
    small, body = scene.type.small, scene.type.body
    height = min(
        box.height, max(box.width * (NATURAL if scene.free else HIGHEST), len(view.curves) * body * 1.4 + 5 * small)
    )
    shown = max(min(view.last, LAST_SHOWN), 7)
    first = min([0, *(curve.days[0] for curve in view.curves)])
    top = max([1, *(curve.counts[-1] for curve in view.curves)])
    labels = [(curve, curve.label if keys else "", str(_count(curve, shown))) for curve in view.curves]
    right = (
        max((scene.width(f"{name} {count}".strip(), 2, strong=True) for _, name, count in labels), default=0)
        + 1.2 * body
    )
    said = scene.wrap(_axis(view, shown), 3, box.width - 2.4 * small)
    plot = Box(
        box.x + 2.4 * small, box.y + small, box.width - 2.4 * small - right, height - (3.2 + 1.38 * len(said)) * small
    )

    def x(day: float) -> float:
        return plot.x + plot.width * (day - first) / (shown - first)

    def y(count: float) -> float:
        return plot.bottom - plot.height * count / (top * 1.03)

    _axes(scene, plot, x, y, (first, shown, top))
    scene.lines(plot.x, plot.bottom + 2.1 * small, said, 3, "mute")
    for curve in view.curves:
        colour = scene.colour(f"line-{curve.rung}", LADDER_LINES[curve.rung])
        with scene.group(
            f"rung-{curve.rung}", f"{curve.label}: {_count(curve, shown)} by day {shown}", f"rung-{curve.rung}"
        ):
            scene.path(
                _steps(curve, shown, x, y), stroke=colour, weight=max(small * 0.18, 1.6), dash=DASH[DASHES[curve.rung]]
            )
    labels.sort(key=lambda label: (-_count(label[0], shown), label[0].rung))
    for place, (_, name, count) in zip(
        _apart([y(int(count)) for *_, count in labels], plot.y, body * 1.3), labels, strict=True
    ):
        scene.runs(plot.right + 0.7 * body, place + 0.34 * body, [Run(name), Run(count, strong=True)][not keys :])
    return box.y + height


def _apart(wanted: list[float], top: float, gap: float) -> list[float]:
    """Heights from the top down, as near to those wanted as a gap between them allows, none over the top."""
    places, below = [], float("inf")
    for place in reversed(wanted):
        below = min(place, below - gap)
        places.append(below)
    above, result = top - gap, []
    for place in reversed(places):
        above = max(place, above + gap)
        result.append(above)
    return result


def _count(curve: Curve, day: int) -> int:
    return next(
        (count for when, count in zip(reversed(curve.days), reversed(curve.counts), strict=True) if when <= day), 0
    )


def _steps(curve: Curve, shown: int, x: Scale, y: Scale) -> str:
    """Path data: along to each day, then up to its count."""
    points = [(day, count) for day, count in zip(curve.days, curve.counts, strict=True) if day <= shown]
    d = f"M{number(x(points[0][0]))} {number(y(points[0][1]))}"
    for day, count in points[1:]:
        d += f"H{number(x(day))}V{number(y(count))}"
    return d + f"H{number(x(shown))}"


def _axis(view: ClockView, shown: int) -> str:
    """What the days are counted from; and where counts rise after the last day shown, that they do."""
    prose = texts()["pictures"]["clock"]
    said = prose["axis"].format(
        start=f"{view.start_label[0].lower()}{view.start_label[1:]}", day=in_words(view.start_date)
    )
    later = any(curve.counts[-1] != _count(curve, shown) for curve in view.curves)
    return f"{said} {prose['later'].format(shown=shown)}" if later else said


def _axes(scene: Scene, plot: Box, x: Scale, y: Scale, reach: tuple[int, int, int]) -> None:
    small, (first, shown, top) = scene.type.small, reach
    step = next((step for step in STEPS if top / step <= 6), STEPS[-1])
    for count in range(0, top + 1, step):
        scene.line(plot.x, y(count), plot.right, y(count), "coast" if count == 0 else "rule")
        scene.text(plot.x - 0.6 * small, y(count) + 0.34 * small, str(count), 3, "mute", anchor="end")
    step = next((step for step in (1, 7, 14, 30, 60) if (shown - first) / step <= max(plot.width / (5 * small), 2)), 60)
    for day in range(-(-first // step) * step, shown + 1, step):
        scene.line(x(day), plot.bottom, x(day), plot.bottom + 0.35 * small, "coast")
        scene.text(x(day), plot.bottom + 1.5 * small, str(day), 3, "mute", anchor="middle")
