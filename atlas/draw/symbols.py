"""Marks as path data, by the names that Plotly gives them."""

from math import cos, pi, sin

from atlas.draw.canvas import Canvas, number

_TRIANGLE = 1.15


def _polygon(x: float, y: float, points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x + dx)} {number(y + dy)}" for dx, dy in points) + "z"


def _outline(name: str, x: float, y: float, radius: float) -> str:
    up = radius * _TRIANGLE
    star = [
        (
            radius * (1 if i % 2 == 0 else 0.42) * sin(i * pi / 5),
            -radius * (1 if i % 2 == 0 else 0.42) * cos(i * pi / 5),
        )
        for i in range(10)
    ]
    side = radius * 0.9
    points = {
        "triangle-up": [(0, -up), (up * 0.87, up * 0.6), (-up * 0.87, up * 0.6)],
        "triangle-down": [(0, up), (up * 0.87, -up * 0.6), (-up * 0.87, -up * 0.6)],
        "square": [(-side, -side), (side, -side), (side, side), (-side, side)],
        "diamond": [(0, -radius), (radius, 0), (0, radius), (-radius, 0)],
        "diamond-tall": [(0, -radius * 1.2), (radius * 0.7, 0), (0, radius * 1.2), (-radius * 0.7, 0)],
        "star": star,
    }[name]
    return _polygon(x, y, points)


def mark(canvas: Canvas, name: str, x: float, y: float, radius: float, colour: str) -> None:
    """Draws a shape, filled with a thin edge or, where its name says so, open.

    Raises:
        KeyError: the shape is unknown.
    """
    if name == "circle-open":
        canvas.circle(x, y, radius, fill="paper", stroke=colour, weight=1.2)
    elif name == "circle":
        canvas.circle(x, y, radius, fill=colour, stroke="mute", weight=0.5)
    elif name == "line-ns-open":
        canvas.line(x, y - radius, x, y + radius, colour, 1.2)
    else:
        canvas.path(_outline(name, x, y, radius), fill=colour, stroke="mute", weight=0.5)
