"""The page around an embedded chart: finding, dates, caveat, source and link, so that none of them is lost on the way.

One document without further requests. Its style sheet and its script are returned apart, so that whoever serves it
can allow these by their hashes and nothing else.
"""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from atlas import templating
from atlas.charts.catalogue import CHARTS
from atlas.charts.view import PLACE_COLUMN, View
from atlas.draw.palette import Colour
from atlas.publish.caption import notices
from atlas.publish.chart_addresses import links
from atlas.publish.chart_request import Asked
from atlas.publish.citation import HOLDER
from atlas.publish.embeds.figures import figure
from atlas.publish.embeds.theme import THEMES, colours
from atlas.tables.atlas import Atlas
from atlas.templating import render
from atlas.words import texts

ASSETS = Path(templating.__file__).parent / "assets"
LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Embed:
    """A document, and the exact texts of its inline style sheet and script (empty for none)."""

    html: str
    style: str
    script: str = ""


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8").strip()


def embed(asked: Asked, base: str, theme: str = "auto", more: tuple[str, ...] = (), home: str = "") -> Embed:
    """A chart as a page for frames.

    Args:
        asked: the chart and its options.
        base: address of the site that its links lead to, without a slash at its end; empty for a frozen page
            without one.
        theme: one of `THEMES`.
        more: further sentences for the reader, beside those of `asked`.
        home: of a frozen page, the way to the list of all, relative; it then says that it is frozen, and
            carries its own policy.

    Raises:
        KeyError: the theme is unknown.
    """
    dark, view, where = THEMES[theme], asked.view(), links(asked, base)
    drawn = figure(asked.atlas, view, where, dark)
    style = _style(dark, drawn.colours, drawn.strokes, *drawn.sheets) + drawn.css
    script = _asset("embed.js")
    html = render(
        "embed.html",
        view=view,
        figure=drawn,
        where=where,
        style=Markup(style),
        script=Markup(script),
        prose=texts()["embed"],
        site=texts()["site"],
        unaccepted=[*asked.notices, *more],
        embed_link=where.embed("" if theme == "auto" else theme),
        home=home,
        policy=policy(style, script) if home else "",
        **_foot(asked.atlas, view),
    )
    return Embed(html, style, script)


def policy(style: str, script: str = "") -> str:
    """The content security policy of such a page: nothing is loaded, and no other style sheet or script is used."""
    scripts = _hash(script) if script else "'none'"
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {scripts}; img-src data:; base-uri 'none';"
        " form-action 'none'; object-src 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _foot(atlas: Atlas, view: View) -> dict:
    """Values of the lines under a chart, and of its table."""
    package, prose = atlas.package, texts()["embed"]
    return {
        "lines": notices(view),
        "credit": f"{HOLDER} ({package.released[:4]}), data {package.version}.",
        "licence": package.descriptor["licenses"][0],
        "columns": list(view.table.columns),
        "rows": view.table.to_numpy().tolist(),
        "ids": _ids(view),
        "table_label": prose["table"].format(count=len(view.table)),
    }


def _ids(view: View) -> list[str]:
    """Id of the place in each row of the table, by which the script orders the marks; empty where rows have none."""
    return view.table[PLACE_COLUMN].tolist() if PLACE_COLUMN in view.table else [""] * len(view.table)


def message(name: str, base: str, asked: str = "") -> Embed:
    """A page in place of a chart.

    Args:
        name: `missing` (no such chart; the others are listed) or `no_data`.
        base: address of the site.
        asked: what was asked for.
    """
    prose = texts()["embed"][name]
    shown = asked if len(asked) <= LONGEST_SHOWN else asked[:LONGEST_SHOWN] + "…"
    charts = [(chart.name, f"{base}/embed/{chart.slug}") for chart in CHARTS.values()] if name == "missing" else []
    style = _style(None, {}, {})
    html = render(
        "embed_message.html",
        title=prose["title"],
        deck=prose["deck"].format(asked=shown),
        charts=charts,
        style=Markup(style),
        home=f"{base}/",
        prose=texts()["embed"],
    )
    return Embed(html, style)


def _style(dark: bool | None, more: dict[str, Colour], strokes: dict[str, Colour], *sheets: str) -> str:
    return colours(dark, more, strokes) + _asset("embed.css") + "".join(_asset(f"{name}.css") for name in sheets)
