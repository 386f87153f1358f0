"""ClockView -> Plotly figure: stepped curves, each named at its end."""

from functools import lru_cache

from atlas.charts.clock.view import DASHES, LAST_SHOWN, ClockView
from atlas.charts.plotly_figure import HIDDEN, Drawn
from atlas.charts.plotly_text import plotly_text
from atlas.draw.palette import INK, LADDER_LINES, MUTED, PAPER, RULE

HEIGHT, NAME_PIXELS = 380, 17


@lru_cache(maxsize=16)
def clock_figure(view: ClockView, dark: bool) -> Drawn:
    """The curves in the page's mode. A rung's curve counts whoever reached it or a higher one."""
    shown = min(view.last, LAST_SHOWN)
    data = [
        {
            "type": "scatter",
            "x": list(curve.days),
            "y": list(curve.counts),
            "mode": "lines",
            "name": plotly_text(curve.label),
            "meta": f"rung-{curve.rung}",
            "line": {
                "shape": "hv",
                "color": LADDER_LINES[curve.rung].on(dark),
                "width": 2.4,
                "dash": DASHES[curve.rung],
            },
            "hovertemplate": f"{plotly_text(curve.label)}: %{{y}} by day %{{x}}<extra></extra>",
        }
        for curve in view.curves
    ]
    first = min((curve.days[0] for curve in view.curves), default=0)
    return Drawn(
        data,
        {
            "height": HEIGHT,
            "margin": {"l": 30, "r": 158, "t": 14, "b": 44},
            "paper_bgcolor": HIDDEN,
            "plot_bgcolor": HIDDEN,
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "font": {"family": '"Source Sans", sans-serif', "size": 13, "color": INK.on(dark)},
            "hoverlabel": {
                "bgcolor": PAPER.on(dark),
                "bordercolor": INK.on(dark),
                "font": {"color": INK.on(dark), "size": 13},
            },
            "annotations": _names(view, shown, dark),
            "xaxis": {
                "title": {"text": "Days from the start", "font": {"size": 13, "color": MUTED.on(dark)}},
                "range": [min(first, 0), max(shown, 7)],
                "showgrid": False,
                "zeroline": False,
                "ticks": "outside",
                "tickcolor": RULE.on(dark),
                "linecolor": RULE.on(dark),
                "showline": True,
                "tickfont": {"color": MUTED.on(dark)},
                "fixedrange": True,
            },
            "yaxis": {
                "gridcolor": RULE.on(dark),
                "zeroline": False,
                "rangemode": "tozero",
                "tickfont": {"color": MUTED.on(dark)},
                "fixedrange": True,
                "nticks": 6,
            },
        },
    )


def _names(view: ClockView, shown: int, dark: bool) -> list[dict]:
    """Each curve's name and count at its end; names of curves that end close together are moved apart."""
    ends = []
    for curve in view.curves:
        pairs = zip(reversed(curve.days), reversed(curve.counts), strict=True)
        ends.append((next((count for day, count in pairs if day <= shown), 0), curve))
    gap = NAME_PIXELS * max((count for count, _ in ends), default=1) * 1.05 / (HEIGHT - 58)
    place: float | None = None
    names = []
    for count, curve in sorted(ends, key=lambda end: (end[0], -end[1].rung)):
        place = count if place is None else max(count, place + gap)
        names.append(
            {
                "x": 1,
                "xref": "paper",
                "y": place,
                "text": f"{plotly_text(curve.label)} {count}",
                "showarrow": False,
                "xanchor": "left",
                "xshift": 8,
                "font": {"size": 13, "color": INK.on(dark)},
            }
        )
    return names
