"""TimelineView -> Plotly figure. Days go in as ISO text, which Plotly draws without any time zone."""

from collections.abc import Iterator
from functools import lru_cache

from atlas.charts.plotly_figure import HIDDEN, Drawn
from atlas.charts.plotly_text import plotly_text
from atlas.charts.timeline.lanes import SIZE, SIZES, levels, shape, spots
from atlas.charts.timeline.marks import Bar, Mark
from atlas.charts.timeline.view import TimelineView
from atlas.draw.palette import ACCENT, DOTS, INK, LADDER, LADDER_LINES, MUTED, PAPER, RULE

ROW_PIXELS, HEAD_PIXELS, FOOT_PIXELS = 24, 34, 12
PICKED = 6


def timeline_height(view: TimelineView) -> int:
    """Height in pixels: every lane has the same, however many there are."""
    return HEAD_PIXELS + FOOT_PIXELS + ROW_PIXELS * (len(view.context_lanes) + len(view.lanes) + 1)


@lru_cache(maxsize=16)
def timeline_figure(view: TimelineView, dark: bool, picked: str = "") -> Drawn:
    """The swimlanes in the page's mode; the picked act is ringed."""
    names = [*view.context_lanes, ("", ""), *view.lanes]
    row_of = {name: -row for row, (name, _) in enumerate(names) if name}
    marks = [*view.events, *view.marks]
    places = spots(marks, row_of)
    data = [
        *_bars(view, row_of, dark),
        *(_joined(mark, row_of, dark) for mark in view.marks if mark.also),
        *_whiskers(marks, places, dark),
        *_points(view, places, dark, picked),
    ]
    return Drawn(data, _layout(view, names, row_of, dark))


def _layout(view: TimelineView, names: list[tuple[str, str]], row_of: dict[str, int], dark: bool) -> dict:
    """Axes; hairlines between lanes, the start of the case, changes of the product, the as-of day."""
    down = {"layer": "below", "type": "line", "yref": "paper", "y0": 0, "y1": 1}
    shapes = [
        {**down, "x0": mark.day, "x1": mark.day, "line": {"color": DOTS.on(dark), "width": 1, "dash": "dot"}}
        for mark in view.events
        if mark.number
    ]
    shapes.append({**down, "x0": view.as_of, "x1": view.as_of, "line": {"color": ACCENT.on(dark), "width": 1.5}})
    return {
        "height": timeline_height(view),
        "margin": {"l": 8, "r": 10, "t": HEAD_PIXELS, "b": FOOT_PIXELS},
        "paper_bgcolor": HIDDEN,
        "plot_bgcolor": HIDDEN,
        "showlegend": False,
        "hovermode": "closest",
        "hoverdistance": 12,
        "dragmode": "zoom",
        "clickmode": "event+select",
        "shapes": shapes,
        "uirevision": view.options["span"],
        "font": {"family": '"Source Sans", sans-serif', "size": 13, "color": INK.on(dark)},
        "hoverlabel": {
            "bgcolor": PAPER.on(dark),
            "bordercolor": INK.on(dark),
            "font": {"color": INK.on(dark), "size": 13},
            "namelength": -1,
        },
        "xaxis": {
            "type": "date",
            "range": list(view.span),
            "side": "top",
            "showgrid": True,
            "gridcolor": RULE.on(dark),
            "gridwidth": 1,
            "zeroline": False,
            "tickfont": {"color": MUTED.on(dark), "size": 12},
            "tickformatstops": [
                {"dtickrange": [None, 1209600000], "value": "%-d %b"},
                {"dtickrange": [1209600000, None], "value": "%b %Y"},
            ],
        },
        "yaxis": {
            "tickvals": [row_of[name] for name, _ in names if name],
            "ticktext": [plotly_text(label) for name, label in names if name],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "range": [-len(names) + 0.3, 0.7],
            "automargin": True,
            "ticks": "outside",
            "ticklen": 8,
            "tickcolor": HIDDEN,
            "tickfont": {"size": 12.5, "color": INK.on(dark)},
            "minor": {
                "tickvals": [row - 0.5 for row in row_of.values()],
                "showgrid": True,
                "gridcolor": RULE.on(dark),
                "gridwidth": 0.6,
            },
        },
    }


def _bars(view: TimelineView, row_of: dict[str, int], dark: bool) -> Iterator[dict]:
    """Solid as far as the evidence on the act reaches, dotted on to the as-of day; an end is a stroke, none an
    arrow.
    """
    places = levels(view.bars, row_of)
    for rung in sorted({bar.rung for bar in view.bars}):
        mine = [bar for bar in view.bars if bar.rung == rung and bar.id + bar.lane in places]
        for solid in (True, False):
            xs, ys, texts, ids = [], [], [], []
            for bar in mine:
                first, last = (bar.start, bar.known_to) if solid else (bar.known_to, bar.end)
                if first < last:
                    y, text = places[bar.id + bar.lane], plotly_text(bar.text)
                    xs += [first, last, None]
                    ys += [y, y, None]
                    # The mark at the end, and where the solid line stops, say it already.
                    told = not solid and bar.start < bar.known_to
                    texts += ["" if told else text, text if solid else "", ""]
                    ids += ["" if told else bar.id, bar.id if solid else "", ""]
            if xs:
                yield {
                    "type": "scatter",
                    "x": xs,
                    "y": ys,
                    "mode": "lines",
                    "text": texts,
                    "customdata": ids,
                    "hovertemplate": "%{text}<extra></extra>",
                    "meta": "bar",
                    "line": {
                        "color": LADDER_LINES[rung].on(dark),
                        "width": 4 if solid else 1.2,
                        "dash": "solid" if solid else "dot",
                    },
                }
        if mine:
            yield _ends(mine, places, rung, dark)


def _ends(bars: list[Bar], places: dict[str, float], rung: int, dark: bool) -> dict:
    return {
        "type": "scatter",
        "x": [bar.end for bar in bars],
        "y": [places[bar.id + bar.lane] for bar in bars],
        "mode": "markers",
        "meta": "end",
        "text": [plotly_text(bar.text) for bar in bars],
        "customdata": [bar.id for bar in bars],
        "hovertemplate": "%{text}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
        "marker": {
            "symbol": ["triangle-right-open" if bar.open else "line-ns-open" for bar in bars],
            "size": 9,
            "color": LADDER_LINES[rung].on(dark),
            "line": {"width": 1.6},
        },
    }


def _joined(mark: Mark, row_of: dict[str, int], dark: bool) -> dict:
    """A joint act is one mark; a hairline and small ticks show whose lanes it runs through."""
    rows = sorted((row_of[lane] for lane in mark.also if lane in row_of), reverse=True)
    return {
        "type": "scatter",
        "x": [mark.day] * (len(rows) + 1),
        "y": [row_of[mark.lane], *rows],
        "mode": "lines+markers",
        "hoverinfo": "skip",
        "meta": "joint",
        "line": {"color": DOTS.on(dark), "width": 1},
        "marker": {
            "symbol": "line-ew-open",
            "size": 7,
            "color": DOTS.on(dark),
            "line": {"width": 1.4},
            "opacity": [0] + [1] * len(rows),
        },
    }


def _whiskers(marks: list[Mark], places: dict[str, float], dark: bool) -> Iterator[dict]:
    """Where only a span of days is known, a thin line runs back from the last to the first of them."""
    xs, ys = [], []
    for mark in marks:
        if mark.earliest < mark.day and mark.id in places:
            xs += [mark.earliest, mark.day, None]
            ys += [places[mark.id], places[mark.id], None]
    if xs:
        yield {
            "type": "scatter",
            "x": xs,
            "y": ys,
            "mode": "lines",
            "hoverinfo": "skip",
            "line": {"color": DOTS.on(dark), "width": 1},
            "meta": "whisker",
        }


def _points(view: TimelineView, places: dict[str, float], dark: bool, picked: str) -> Iterator[dict]:
    """Marks last, so that they win the click."""
    for marks, meta in ((view.events, "events"), (view.marks, "acts")):
        mine = [mark for mark in marks if mark.id in places]
        if not mine:
            continue
        symbols = [shape(mark) for mark in mine]
        yield {
            "type": "scatter",
            "x": [mark.day for mark in mine],
            "y": [places[mark.id] for mark in mine],
            "mode": "markers+text",
            "customdata": [mark.id for mark in mine],
            "meta": meta,
            "text": _once([str(mark.number) if mark.number else "" for mark in mine]),
            "textposition": "middle right",
            "textfont": {"size": 11, "color": MUTED.on(dark)},
            "hovertext": [plotly_text(mark.text) for mark in mine],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "selected": {"marker": {"opacity": 1}},
            "unselected": {"marker": {"opacity": 1}, "textfont": {"color": MUTED.on(dark)}},
            "marker": {
                "symbol": symbols,
                "size": [
                    SIZES.get(symbol, SIZE) + (PICKED if mark.id == picked else 0)
                    for symbol, mark in zip(symbols, mine, strict=True)
                ],
                "opacity": 1,
                "color": [_fill(mark, dark) for mark in mine],
                "line": {
                    "color": _once([INK.on(dark) if mark.id == picked else MUTED.on(dark) for mark in mine]),
                    "width": _once([2 if mark.id == picked else 0.8 for mark in mine]),
                },
            },
        }


def _once(values: list) -> object:
    """The one value where all are alike, which says it once."""
    return values[0] if len(set(values)) == 1 else values


def _fill(mark: Mark, dark: bool) -> str:
    if mark.rung:
        return LADDER[mark.rung].on(dark)
    return INK.on(dark) if mark.number else MUTED.on(dark)
