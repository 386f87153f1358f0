"""TimelineView -> Plotly figure. Days go in as ISO text, which Plotly draws without any time zone."""

import plotly.graph_objects as go

from atlas.charts.inert import plotly_text
from atlas.charts.lanes import SIZE, SIZES, levels, shape, spots
from atlas.charts.palette import ACCENT, DOTS, INK, LADDER, LADDER_LINES, MUTED, PAPER, RULE
from atlas.charts.timeline import Bar, Mark, TimelineView

ROW_PIXELS, HEAD_PIXELS, FOOT_PIXELS = 24, 34, 12
PICKED = 6
HIDDEN = "rgba(0,0,0,0)"


def timeline_height(view: TimelineView) -> int:
    """Height in pixels: every lane has the same, however many there are."""
    return HEAD_PIXELS + FOOT_PIXELS + ROW_PIXELS * (len(view.context_lanes) + len(view.lanes) + 1)


def timeline_figure(view: TimelineView, dark: bool, picked: str = "") -> go.Figure:
    """The swimlanes in the page's mode; the picked act is ringed."""
    names = [*view.context_lanes, ("", ""), *view.lanes]
    row_of = {name: -index for index, (name, _) in enumerate(names) if name}
    figure = go.Figure()
    _ground(figure, view, row_of, dark)
    _bars(figure, view, row_of, dark)
    places = spots([*view.events, *view.marks], row_of)
    for mark in view.marks:
        if mark.also:
            _joined(figure, mark, row_of, dark)
    _whiskers(figure, [*view.events, *view.marks], places, dark)
    _points(figure, view, places, dark, picked)
    figure.update_layout(
        height=timeline_height(view), margin={"l": 8, "r": 10, "t": HEAD_PIXELS, "b": FOOT_PIXELS}, paper_bgcolor=HIDDEN, plot_bgcolor=HIDDEN,
        showlegend=False, template=None, hovermode="closest", hoverdistance=12, dragmode="zoom", clickmode="event+select",
        uirevision=f"{view.options['span']}", font={"family": '"Source Sans", sans-serif', "size": 13, "color": INK.on(dark)},
        hoverlabel={"bgcolor": PAPER.on(dark), "bordercolor": INK.on(dark), "font": {"color": INK.on(dark), "size": 13}, "namelength": -1},
    )
    figure.update_xaxes(
        type="date", range=list(view.span), side="top", showgrid=True, gridcolor=RULE.on(dark), gridwidth=1, zeroline=False,
        tickfont={"color": MUTED.on(dark), "size": 12}, tickformatstops=[
            {"dtickrange": [None, 1209600000], "value": "%-d %b"}, {"dtickrange": [1209600000, None], "value": "%b %Y"},
        ],
    )
    figure.update_yaxes(
        tickvals=[row_of[name] for name, _ in names if name], ticktext=[plotly_text(label) for name, label in names if name], showgrid=False, zeroline=False,
        fixedrange=True, range=[-len(names) + 0.3, 0.7], automargin=True, tickfont={"size": 12.5, "color": INK.on(dark)},
    )
    return figure


def _ground(figure: go.Figure, view: TimelineView, row_of: dict[str, int], dark: bool) -> None:
    """Hairlines between lanes, the start of the case, changes of the product, the as-of day."""
    line = {"layer": "below", "type": "line", "xref": "paper", "x0": 0, "x1": 1}
    shapes = [{**line, "y0": row - 0.5, "y1": row - 0.5, "line": {"color": RULE.on(dark), "width": 0.6}} for row in row_of.values()]
    down = {"layer": "below", "type": "line", "yref": "paper", "y0": 0, "y1": 1}
    shapes += [{**down, "x0": mark.day, "x1": mark.day, "line": {"color": DOTS.on(dark), "width": 1, "dash": "dot"}} for mark in view.events if mark.number]
    shapes.append({**down, "x0": view.as_of, "x1": view.as_of, "line": {"color": ACCENT.on(dark), "width": 1.5}})
    figure.update_layout(shapes=shapes)


def _bars(figure: go.Figure, view: TimelineView, row_of: dict[str, int], dark: bool) -> None:
    """Solid as far as the evidence on the act reaches, dotted on to the as-of day; an end is a stroke, none an arrow."""
    places = levels(view.bars, row_of)
    for rung in sorted({bar.rung for bar in view.bars}):
        mine = [bar for bar in view.bars if bar.rung == rung and bar.id + bar.lane in places]
        for solid in (True, False):
            xs, ys, texts, ids = [], [], [], []
            for bar in mine:
                first, last = (bar.start, bar.known_to) if solid else (bar.known_to, bar.end)
                if first < last:
                    y = places[bar.id + bar.lane]
                    xs += [first, last, None]
                    ys += [y, y, None]
                    texts += [plotly_text(bar.text)] * 2 + [""]
                    ids += [bar.id] * 2 + [""]
            if xs:
                figure.add_trace(go.Scatter(
                    x=xs, y=ys, mode="lines", text=texts, customdata=ids, hovertemplate="%{text}<extra></extra>", meta="bar",
                    line={"color": LADDER_LINES[rung].on(dark), "width": 4 if solid else 1.2, "dash": "solid" if solid else "dot"},
                ))
        _ends(figure, mine, places, rung, dark)


def _ends(figure: go.Figure, bars: list[Bar], places: dict[str, float], rung: int, dark: bool) -> None:
    if bars:
        figure.add_trace(go.Scatter(
            x=[bar.end for bar in bars], y=[places[bar.id + bar.lane] for bar in bars], mode="markers", meta="end",
            text=[plotly_text(bar.text) for bar in bars], customdata=[bar.id for bar in bars], hovertemplate="%{text}<extra></extra>", unselected={"marker": {"opacity": 1}},
            marker={"symbol": ["triangle-right-open" if bar.open else "line-ns-open" for bar in bars], "size": 9, "color": LADDER[max(rung, 4)].on(dark), "line": {"width": 1.6}},
        ))


def _joined(figure: go.Figure, mark: Mark, row_of: dict[str, int], dark: bool) -> None:
    """A joint act is one mark; a hairline and small ticks show whose lanes it runs through."""
    rows = sorted((row_of[lane] for lane in mark.also if lane in row_of), reverse=True)
    figure.add_trace(go.Scatter(
        x=[mark.day] * (len(rows) + 1), y=[row_of[mark.lane], *rows], mode="lines+markers", hoverinfo="skip", meta="joint",
        line={"color": DOTS.on(dark), "width": 1}, marker={"symbol": "line-ew-open", "size": 7, "color": DOTS.on(dark), "line": {"width": 1.4}, "opacity": [0] + [1] * len(rows)},
    ))


def _whiskers(figure: go.Figure, marks: list[Mark], places: dict[str, float], dark: bool) -> None:
    """Where only a span of days is known, a thin line runs back from the last to the first of them."""
    xs, ys = [], []
    for mark in marks:
        if mark.earliest < mark.day and mark.id in places:
            xs += [mark.earliest, mark.day, None]
            ys += [places[mark.id], places[mark.id], None]
    if xs:
        figure.add_trace(go.Scatter(x=xs, y=ys, mode="lines", hoverinfo="skip", line={"color": DOTS.on(dark), "width": 1}, meta="whisker"))


def _points(figure: go.Figure, view: TimelineView, places: dict[str, float], dark: bool, picked: str) -> None:
    """Marks last, so that they win the click."""
    for marks, meta in ((view.events, "events"), (view.marks, "acts")):
        mine = [mark for mark in marks if mark.id in places]
        if not mine:
            continue
        symbols = [shape(mark) for mark in mine]
        figure.add_trace(go.Scatter(
            x=[mark.day for mark in mine], y=[places[mark.id] for mark in mine], mode="markers+text", customdata=[mark.id for mark in mine], meta=meta,
            text=[str(mark.number) if mark.number else "" for mark in mine], textposition="middle right", textfont={"size": 11, "color": MUTED.on(dark)},
            hovertext=[plotly_text(mark.text) for mark in mine], hovertemplate="%{hovertext}<extra></extra>",
            selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}, "textfont": {"color": MUTED.on(dark)}},
            marker={
                "symbol": symbols, "size": [SIZES.get(symbol, SIZE) + (PICKED if mark.id == picked else 0) for symbol, mark in zip(symbols, mine, strict=True)], "opacity": 1,
                "color": [_fill(mark, dark) for mark in mine],
                "line": {"color": [INK.on(dark) if mark.id == picked else MUTED.on(dark) for mark in mine], "width": [2 if mark.id == picked else 0.8 for mark in mine]},
            },
        ))


def _fill(mark: Mark, dark: bool) -> str:
    if mark.rung:
        return LADDER[mark.rung].on(dark)
    return INK.on(dark) if mark.number else MUTED.on(dark)
