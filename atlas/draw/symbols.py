"""The shapes of marks, by the names that Plotly gives them."""

from math import cos, pi, sin

_TRIANGLE = 1.15


def outline(name: str, radius: float) -> list[tuple[float, float]]:
    """Corners of a shape around the origin, y downwards.

    Raises:
        KeyError: the shape is unknown, or has no corners.
    """
    up, side = radius * _TRIANGLE, radius * 0.9
    return {
        "triangle-up": [(0, -up), (up * 0.87, up * 0.6), (-up * 0.87, up * 0.6)],
        "triangle-down": [(0, up), (up * 0.87, -up * 0.6), (-up * 0.87, -up * 0.6)],
        "square": [(-side, -side), (side, -side), (side, side), (-side, side)],
        "diamond": [(0, -radius), (radius, 0), (0, radius), (-radius, 0)],
        "diamond-tall": [(0, -radius * 1.2), (radius * 0.7, 0), (0, radius * 1.2), (-radius * 0.7, 0)],
        "star": [_star(radius, corner) for corner in range(10)],
    }[name]


def _star(radius: float, corner: int) -> tuple[float, float]:
    reach, angle = radius * (1 if corner % 2 == 0 else 0.42), corner * pi / 5
    return reach * sin(angle), -reach * cos(angle)
