"""Where the names of powers against response stand: each beside its dot, in lanes of its band, none over another."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from atlas.charts.powers_response.view import Dot
from atlas.words import texts

# Nearer than this in points, places are at one spot where there is little room.
ONE_SPOT = 0.25
# Of the width of a row: a name that several places share is cut off there.
LONGEST = 0.42


@dataclass(frozen=True)
class Spot:
    """One dot with its name.

    Attributes:
        dots: the places at it, one unless they were put together.
        name: what stands beside it.
        lane: from 0, from the top of its band.
        west: whether the name stands at its left.
    """

    dots: tuple[Dot, ...]
    name: str
    lane: int
    west: bool

    @property
    def rung(self) -> int:
        return self.dots[0].rung

    @property
    def x(self) -> float:
        return self.dots[0].x


def spots(
    dots: Iterable[Dot],
    room: float,
    measure: Callable[[str], float],
    radius: float,
    east: float = 0.0,
    together: bool = False,
    line: float | None = None,
) -> tuple[Spot, ...]:
    """A spot for each dot, from the highest band down and from few points to many.

    Args:
        dots: those that are drawn.
        room: width from 0 to 100 points, in the unit of `measure`.
        measure: width of a name.
        radius: of a dot, with the white around it.
        east: room for names beyond 100 points.
        together: whether places of one band with the same score share a dot.
        line: points at which a line is drawn that no name should cross, where a name has no ground of its own.
    """
    found: list[Spot] = []
    lanes: dict[int, list[list[tuple[float, float]]]] = {}
    for group in _groups(dots, together):
        name = _name(group, measure, LONGEST * room)
        x, wide = group[0].x / 100 * room, measure(name)
        sides = [(x - radius, x + 2 * radius + wide, False), (x - 2 * radius - wide, x + radius, True)]
        fitting = [side for side in sides if side[0] >= -radius and side[1] <= room + east]
        if line is not None:
            at = line / 100 * room
            fitting = [side for side in fitting if not _crosses(side, x, radius, at)] or fitting
        taken = lanes.setdefault(group[0].rung, [])
        lane, side = _free(taken, fitting or [sides[x > room / 2]])
        taken[lane:] = taken[lane:] or [[]]
        taken[lane].append(side[:2])
        found.append(Spot(group, name, lane, side[2]))
    return tuple(found)


def lanes_of(found: Iterable[Spot], rung: int) -> int:
    """How many lanes a band has, at least one."""
    return 1 + max((spot.lane for spot in found if spot.rung == rung), default=0)


def _groups(dots: Iterable[Dot], together: bool) -> list[tuple[Dot, ...]]:
    groups: list[list[Dot]] = []
    for dot in sorted(dots, key=lambda dot: (-dot.rung, dot.x, dot.name)):
        last = groups[-1][0] if groups else None
        if together and last and last.rung == dot.rung and abs(last.x - dot.x) < ONE_SPOT:
            groups[-1].append(dot)
        else:
            groups.append([dot])
    return [tuple(group) for group in groups]


def _name(group: tuple[Dot, ...], measure: Callable[[str], float], most: float) -> str:
    """All names of a spot, or as many as fit and how many more there are."""
    names = [dot.shown for dot in group]
    whole = ", ".join(names)
    if len(names) == 1 or measure(whole) <= most:
        return whole
    more = texts()["strength"]["scatter"]["more"]
    shown = len(names) - 1
    while shown > 1 and measure(more.format(names=", ".join(names[:shown]), count=len(names) - shown)) > most:
        shown -= 1
    return more.format(names=", ".join(names[:shown]), count=len(names) - shown)


def _crosses(side: tuple[float, float, bool], x: float, radius: float, at: float) -> bool:
    """Whether the name, its dot apart, lies on a line."""
    return side[0] <= at <= x - radius if side[2] else x + radius <= at <= side[1]


def _free(
    taken: list[list[tuple[float, float]]], sides: list[tuple[float, float, bool]]
) -> tuple[int, tuple[float, float, bool]]:
    """The first lane, and the side in it, where nothing else stands; a new lane where there is none."""
    for lane, others in enumerate(taken):
        for side in sides:
            if all(side[1] <= low or high <= side[0] for low, high in others):
                return lane, side
    return len(taken), sides[0]
