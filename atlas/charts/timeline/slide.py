"""The timeline as shapes in lanes: one mark an act, a bar for what lasted, each named by what it says on the page."""

from datetime import date, timedelta

from atlas.charts.timeline import lanes
from atlas.charts.timeline.lanes import OTHER, PRODUCT, SHAPES, UNCOUNTED
from atlas.charts.timeline.view import JOINT, Bar, Mark, TimelineView
from atlas.draw import fonts
from atlas.draw import slide_legend as keys
from atlas.draw.canvas import Box
from atlas.draw.deck import Deck
from atlas.draw.drawingml import MUTE, Run, Stage, line, paragraph, solid
from atlas.draw.fit_text import cut
from atlas.draw.palette import ACCENT, DOTS, INK, LADDER, MUTED, PAPER, RULE
from atlas.tables.dates import in_words
from atlas.words import texts

# Plotly's names of marks -> preset shapes, turned upside down where needed, and their diameter in points.
PRESETS = {
    "circle": ("ellipse", "", 7.0),
    "triangle-up": ("triangle", "", 7.5),
    "triangle-down": ("triangle", ' flipV="1"', 7.5),
    "square": ("rect", "", 6.5),
    "diamond": ("diamond", "", 9.0),
    "star": ("star5", "", 10.5),
    OTHER: ("rect", "", 7.0),
    UNCOUNTED: ("ellipse", "", 6.0),
    PRODUCT: ("diamond", "", 8.0),
}
LEAST_PITCH, MOST_PITCH, NAME, SMALL = 16.5, 24.0, 11.0, 9.0
AXIS_ROOM, LONGEST_NAMES, TICK_DAYS = 18.0, 170.0, 7


def draw(deck: Deck) -> None:
    """As many slides as its lanes need to be legible; what companies and others did comes first, on the first of them."""
    view, box, prose = deck.view, deck.body(several=True), texts()["slides"]["timeline"]
    assert isinstance(view, TimelineView)
    named = (*view.context_lanes, *view.lanes)
    entries = _keys(view)
    room = box.height - keys.flow_height(entries, box.width) - 6 - AXIS_ROOM
    parts = deck.chunk(named, int(room // LEAST_PITCH))
    pitch = min(MOST_PITCH, room / max(1, *map(len, parts)))
    more = _more(view)
    for number, part in enumerate(parts, start=1):
        stage = deck.slide(number, len(parts), more=more)
        top = keys.flow(stage, entries, texts()["slides"]["map"]["legend"], box.x, box.y, box.width) + 6
        names = min(max(fonts.width(label, NAME) for _, label in named) + 14, LONGEST_NAMES)
        _Lanes(
            stage,
            view,
            part,
            Box(box.x + names, top + AXIS_ROOM, box.width - names - 8, pitch * len(part)),
            box.x,
            pitch,
        ).draw()
        if not view.lanes:
            stage.text(
                texts()["slides"]["nothing"],
                Box(box.x, box.bottom - 20, box.width, 18),
                [paragraph([Run(prose["empty"], 14)])],
            )


def _more(view: TimelineView) -> tuple[str, ...]:
    """For the notes: what the numbers in the lane of the product mean, and how much lies outside the days shown."""
    prose = texts()["slides"]["timeline"]
    outside = sum(not view.span[0] <= mark.day <= view.span[1] for mark in (*view.marks, *view.events))
    changes = [f"{mark.number}. {mark.text}" for mark in view.events if mark.number]
    return (
        *([prose["changes"], *changes] if changes else ()),
        *([prose["outside"].format(count=outside)] if outside else ()),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


class _Lanes:
    """The lanes of one slide."""

    def __init__(
        self, stage: Stage, view: TimelineView, named: tuple[tuple[str, str], ...], box: Box, left: float, pitch: float
    ):
        self.stage, self.view, self.named, self.box, self.left, self.pitch = stage, view, named, box, left, pitch
        self.first, self.last = (_day(day) for day in view.span)
        self.row_of = {identity: -number for number, (identity, _) in enumerate(named)}
        self.rows = {identity: self.y(row) for identity, row in self.row_of.items()}
        self.prose = texts()["slides"]["timeline"]

    def x(self, day: str) -> float:
        """Where a day falls, held within the axis."""
        share = (_day(day) - self.first).days / max((self.last - self.first).days, 1)
        return self.box.x + min(max(share, 0), 1) * self.box.width

    def y(self, row: float) -> float:
        """Where a height in rows lies (see `atlas.charts.timeline.lanes`)."""
        return self.box.y + self.pitch * (0.5 - row)

    def draw(self) -> None:
        stage = self.stage
        stage.begin()
        self._axis()
        self._ground()
        self._bars()
        self._joint()
        heights = lanes.spots((*self.view.events, *self.view.marks), self.row_of)
        for name, marks in ((self.prose["events"], self.view.events), (self.prose["marks"], self.view.marks)):
            stage.begin()
            for mark in marks:
                if mark.id in heights and self._within(mark.day):
                    self._mark(mark, self.y(heights[mark.id]))
            stage.end(name)
        stage.end(self.view.title, self.view.alt)

    def _within(self, day: str) -> bool:
        return self.view.span[0] <= day <= self.view.span[1]

    def _axis(self) -> None:
        """Days over the lanes: weeks where few are shown, else months."""
        self.stage.begin()
        for day in self._ticks():
            x = self.x(day.isoformat())
            self.stage.stroke(in_words(day.isoformat()), (x, self.box.y), (x, self.box.bottom), line(RULE.light, 0.75))
            words = f"{day.day} {day:%b}" if (self.last - self.first).days <= 100 else f"{day:%b %Y}"
            self.stage.text(words, Box(x - 30, self.box.y - 16, 60, 13), [paragraph([Run(words, 10, MUTE)], "ctr")])
        self.stage.end(self.prose["axis"])

    def _ticks(self) -> list[date]:
        span = (self.last - self.first).days
        if span <= 100:
            step = TICK_DAYS * max(1, round(span / TICK_DAYS / 8))
            return [self.first + timedelta(days=at) for at in range(0, span + 1, step)]
        months = [
            date(self.first.year + (self.first.month + at) // 12, (self.first.month + at) % 12 + 1, 1)
            for at in range(span // 28 + 1)
        ]
        months = [day for day in months if day <= self.last]
        return months[:: max(1, -(-len(months) // 10))]

    def _ground(self) -> None:
        """Names of the lanes, hairlines between them, changes of the product, the as-of day."""
        self.stage.begin()
        for number, (identity, label) in enumerate(self.named):
            y, middle = self.box.y + self.pitch * number, self.rows[identity]
            self.stage.stroke(label, (self.left, y), (self.box.right, y), line(RULE.light, 0.5))
            self.stage.text(
                label,
                Box(self.left, middle - self.pitch / 2, self.box.x - self.left - 8, self.pitch),
                [paragraph([Run(cut(label, NAME, self.box.x - self.left - 8), NAME)])],
                anchor="ctr",
            )
        for mark in self.view.events:
            if mark.number and self._within(mark.day):
                self.stage.stroke(
                    f"{self.prose['change']}: {mark.text}",
                    (self.x(mark.day), self.box.y),
                    (self.x(mark.day), self.box.bottom),
                    line(DOTS.light, 0.75, "sysDot"),
                )
        for day, name, outline in (
            (self.view.starts, self.prose["start"], line(MUTED.light, 1)),
            (self.view.as_of, self.prose["as_of"], line(ACCENT.light, 1.25)),
        ):
            if self._within(day):
                self.stage.stroke(
                    f"{name}: {in_words(day)}", (self.x(day), self.box.y), (self.x(day), self.box.bottom), outline
                )
        self.stage.end(self.prose["lanes"])

    def _bars(self) -> None:
        """Solid as far as the evidence reaches, dotted on from there; an end is a stroke, none an arrow."""
        self.stage.begin()
        heights = lanes.levels(self.view.bars, self.row_of)
        for bar in self.view.bars:
            if bar.id + bar.lane in heights and bar.start <= self.view.span[1] and bar.end >= self.view.span[0]:
                self._bar(bar, self.y(heights[bar.id + bar.lane]))
        self.stage.end(self.prose["bars"])

    def _bar(self, bar: Bar, y: float) -> None:
        start, known, end = (self.x(day) for day in (bar.start, bar.known_to, bar.end))
        colour = LADDER[bar.rung].light
        self.stage.begin()
        if known > start:
            self.stage.stroke(bar.text, (start, y), (known, y), line(colour, 3))
        if end > known:
            self.stage.stroke(
                bar.text, (known, y), (end, y), line(colour, 1.25, "sysDot", "triangle" if bar.open else "")
            )
        if not bar.open and self._within(bar.end):
            self.stage.stroke(bar.text, (end, y - 3.5), (end, y + 3.5), line(LADDER[max(bar.rung, 4)].light, 1.5))
        self.stage.end(bar.text, bar.text)

    def _joint(self) -> None:
        """A joint act is one mark; ticks, and a hairline where its own lane is on the slide, show whose lanes it runs through."""
        self.stage.begin()
        for mark in self.view.marks:
            rows = sorted(self.rows[lane] for lane in mark.also if lane in self.rows)
            if not rows or not self._within(mark.day):
                continue
            x = self.x(mark.day)
            if JOINT in self.rows:
                self.stage.stroke(mark.text, (x, self.rows[JOINT]), (x, rows[-1]), line(DOTS.light, 0.5))
            for y in rows:
                self.stage.stroke(
                    f"{self.prose['joined']}: {mark.text}", (x - 3, y), (x + 3, y), line(DOTS.light, 1.25)
                )
        self.stage.end(self.prose["joint"])

    def _mark(self, mark: Mark, y: float) -> None:
        x = self.x(mark.day)
        if mark.earliest < mark.day:
            self.stage.stroke(
                f"{self.prose['uncertain']}: {mark.text}", (self.x(mark.earliest), y), (x, y), line(DOTS.light, 0.75)
            )
        _put(self.stage, lanes.shape(mark), mark.rung, x, y, mark.text, mark.text)
        if mark.number:
            self.stage.text(
                f"Number of {mark.text}",
                Box(x + 5, y - 6, 16, 12),
                [paragraph([Run(str(mark.number), SMALL, MUTE)])],
                anchor="ctr",
            )


def _put(stage: Stage, kind: str, rung: int, x: float, y: float, name: str, alt: str = "") -> None:
    """A mark around a point, with the page's shape and colour."""
    preset, turn, size = PRESETS[kind]
    wide = {OTHER: 1.5, PRODUCT: 5.0}.get(kind, size)
    fill = (
        LADDER[rung].light if rung else INK.light if kind == PRODUCT else MUTED.light if kind == OTHER else PAPER.light
    )
    edge = line(MUTED.light, 1 if kind == UNCOUNTED else 0.5) if kind != OTHER else line("")
    stage.shape(name, Box(x - wide / 2, y - size / 2, wide, size), preset, solid(fill), edge, alt, turn)


def _keys(view: TimelineView) -> list[keys.Key]:
    prose = texts()["pictures"]["timeline"]

    def marked(kind: str, rung: int):
        return lambda stage, box: _put(
            stage, kind, rung, box.x + box.width / 2, box.y + box.height / 2, texts()["slides"]["key"]
        )

    found = []
    for klass in view.classes:
        rung = int(klass.id.removeprefix("rung-")) if klass.id.startswith("rung-") else 0
        kind = SHAPES[rung] if rung else OTHER if klass.id == "other" else UNCOUNTED
        found.append(keys.Key(klass.label, marked(kind, rung), klass.count))
    if any(not bar.open for bar in view.bars):
        found.append(keys.Key(prose["lasted"], _ended, width=24))
    if any(bar.open for bar in view.bars):
        found.append(keys.Key(prose["no_end"], _unended, width=24))
    return found


def _ended(stage: Stage, box: Box) -> None:
    middle = box.y + box.height / 2
    stage.stroke(texts()["slides"]["key"], (box.x, middle), (box.right, middle), line(LADDER[4].light, 3))
    stage.stroke(
        texts()["slides"]["key"], (box.right, middle - 3.5), (box.right, middle + 3.5), line(LADDER[4].light, 1.5)
    )


def _unended(stage: Stage, box: Box) -> None:
    middle = box.y + box.height / 2
    stage.stroke(texts()["slides"]["key"], (box.x, middle), (box.x + 10, middle), line(LADDER[4].light, 3))
    stage.stroke(
        texts()["slides"]["key"],
        (box.x + 10, middle),
        (box.right, middle),
        line(LADDER[4].light, 1.25, "sysDot", "triangle"),
    )
