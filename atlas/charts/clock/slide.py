"""The clock as a native chart of stepped lines, each named at its end."""

from atlas.charts.clock.view import DASHES, LAST_SHOWN, ClockView, Curve
from atlas.draw import fonts
from atlas.draw.deck import Deck
from atlas.draw.drawingml import Run, line, paragraph
from atlas.draw.marks import Box
from atlas.draw.native_chart import Axis, Series, Sheet, scatter
from atlas.draw.palette import LADDER_LINES
from atlas.tables.dates import in_words
from atlas.words import texts

NAME, NAME_PITCH = 12.0, 15.0
LEFT_ROOM, AXIS_ROOM, LEAST_DAYS = 34.0, 36.0, 7
# Plotly's names of dashes -> those of DrawingML.
PRESETS = {"dot": "sysDot", "dash": "dash", "longdash": "lgDash", "solid": "", "dashdot": "dashDot"}
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def draw(deck: Deck) -> None:
    """One slide."""
    view, box, prose = deck.view, deck.body(), texts()["slides"]["clock"]
    assert isinstance(view, ClockView)
    shown = max(min(view.last, LAST_SHOWN), LEAST_DAYS)
    more = (view.start_reason, *([prose["cut"].format(last=shown)] if view.last > shown else []))
    stage = deck.slide(more=tuple(line for line in more if line))
    if not view.curves:
        stage.text(texts()["slides"]["nothing"], box, [paragraph([Run(prose["empty"], 14)])])
        return
    ends = [(at_end(curve, shown), curve) for curve in view.curves]
    names = [prose["end"].format(label=curve.label, count=count) for count, curve in ends]
    room = max(fonts.width(name, NAME) for name in names) + 16
    plot = Box(box.x + LEFT_ROOM, box.y + 6, box.width - LEFT_ROOM - room, box.height - AXIS_ROOM - 6)
    step = next((step for step in STEPS if max(count for count, _ in ends) <= 6 * step), STEPS[-1])
    high = step * (max(count for count, _ in ends) // step + 1)
    first = min(0, *(curve.days[0] for curve in view.curves))
    sheet, series = Sheet(), []
    for _, curve in ends:
        points = stepped(curve, shown)
        x = sheet.add(prose["day"].format(label=curve.label), [day for day, _ in points])
        y = sheet.add(prose["count"].format(label=curve.label), [count for _, count in points])
        series.append(Series(x, y, path=line(LADDER_LINES[curve.rung].light, 2.25, PRESETS[DASHES[curve.rung]])))
    places = _apart([count for count, _ in ends], high, NAME_PITCH / plot.height * high)
    x = sheet.add(prose["names"], [shown] * len(names))
    series.append(Series(x, sheet.add(prose["names_height"], places), labels=dict(enumerate(names)), text=NAME))
    series.sort(key=lambda one: -len(sheet.columns[one.x]))
    axis = Axis(first, shown, 30 if shown > 60 else 7, prose["axis"].format(day=in_words(view.start_date)))
    scatter(stage, prose["name"], view.alt, box, plot, sheet, series, axis, Axis(0, high, step, grid=True))


def stepped(curve: Curve, last: int) -> list[tuple[int, int]]:
    """Corners of a curve up to a day: level until the day on which the count rises, then up."""
    points: list[tuple[int, int]] = []
    for day, count in zip(curve.days, curve.counts):
        if day > last:
            break
        if points and points[-1][0] != day:
            points.append((day, points[-1][1]))
        if not points or points[-1] != (day, count):
            points.append((day, count))
    if points and points[-1][0] < last:
        points.append((last, points[-1][1]))
    return points


def at_end(curve: Curve, last: int) -> int:
    """The count on a day."""
    return next((count for day, count in zip(reversed(curve.days), reversed(curve.counts)) if day <= last), 0)


def _apart(heights: list[int], most: float, gap: float) -> list[float]:
    """Heights for names, in the order given: none nearer to another than `gap`, none above `most`."""
    order = sorted(range(len(heights)), key=lambda at: (heights[at], -at))
    found = [0.0] * len(heights)
    low = -gap
    for at in order:
        low = max(float(heights[at]), low + gap)
        found[at] = low
    high = most + gap
    for at in reversed(order):
        high = min(found[at], high - gap)
        found[at] = high
    return found
