"""What visitors do: the same few actions on each app, and the mixed walk of a crowd."""

import random
from collections.abc import Awaitable, Callable

from benchmarks.visitor import TEXT, TEXTS, TRUTH, Answer, Visitor

COLOURS = ("In force now", "Enforcement strength", "Type of AI law", "What we know", "Strongest step")
PLACES = (
    "Malaysia",
    "India",
    "Brazil",
    "France",
    "Canada",
    "Italy",
    "Texas",
    "Indonesia",
    "Japan",
    "European Union",
    "South Korea",
    "California",
)
NAIVE_COLOURS = ("In force now", "Enforcement strength", "Strongest step")
FLOOR_CHOICES = ("second", "third", "first")
DAYS = tuple(f"2026-0{month}-{day:02d}" for month in (1, 2, 3, 4, 5, 6) for day in range(3, 28, 4))
ORDERS = ("By strength of law", "By region", "By first act")
PAIRS = (
    ("Japan", "South Korea"),
    ("Japan", "European Union", "India"),
    ("Malaysia", "Indonesia"),
    ("France", "Germany", "Italy", "Spain"),
)

Action = Callable[[Visitor, int], Awaitable[Answer]]


def _day(visitor: Visitor, turn: int) -> Awaitable[Answer]:
    return visitor.trigger("date_track", "day", DAYS[turn % len(DAYS)])


# By page, the actions that are measured on it. `turn` counts up, so that no action repeats the one before.
OURS: dict[str, dict[str, Action]] = {
    "": {
        "map: colour": lambda visitor, turn: visitor.act("colour", TEXTS, [COLOURS[turn % len(COLOURS)]]),
        "map: day": _day,
        "map: place": lambda visitor, turn: visitor.act("place", TEXT, PLACES[turn % len(PLACES)]),
    },
    "compare": {
        "compare: only differences": lambda visitor, turn: visitor.act("differences", TRUTH, turn % 2 == 0),
        "compare: places": lambda visitor, turn: visitor.act("places", TEXTS, PAIRS[turn % len(PAIRS)]),
        "compare: day": _day,
    },
    "strength": {
        "strength: place": lambda visitor, turn: visitor.act("place", TEXT, PLACES[turn % len(PLACES)]),
        "strength: day": _day,
    },
    "timeline": {
        "timeline: order": lambda visitor, turn: visitor.act("order", TEXTS, [ORDERS[turn % len(ORDERS)]]),
        "timeline: day": _day,
    },
}
FLOOR: dict[str, dict[str, Action]] = {
    "": {"floor: choice": lambda visitor, turn: visitor.act("choice", TEXT, FLOOR_CHOICES[turn % 3])}
}
NAIVE: dict[str, dict[str, Action]] = {
    "": {"naive: colour": lambda visitor, turn: visitor.act("colour", TEXT, NAIVE_COLOURS[turn % 3])}
}


def actions(app: str) -> dict[str, dict[str, Action]]:
    """The actions of an app by page."""
    return {"floor": FLOOR, "naive": NAIVE}.get(app, OURS)


async def walk(visitor: Visitor, app: str, dice: random.Random, turn: int) -> Answer:
    """One step of a visitor who looks around: mostly an action on the page at hand, at times another page."""
    known = actions(app)
    page = getattr(visitor, "at", "")
    if len(known) > 1 and dice.random() < 0.2:
        visitor.at = page = dice.choice([name for name in known if name != page])
        return await visitor.go(page)
    return await dice.choice(list(known[page].values()))(visitor, turn + dice.randrange(1000))
