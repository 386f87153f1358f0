"""Parts that first views share: forms by GET, links under a chart, its table, its legend."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from markupsafe import Markup

from atlas.charts.options import CASE
from atlas.charts.view import PLACE_COLUMN, View
from atlas.maps.geometry import get_geometry
from atlas.publish.chart_addresses import Links
from atlas.publish.chart_request import Asked
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.templating import render
from atlas.words import texts

# Of a longer table the address of the whole one follows.
MOST_ROWS = 60


@dataclass(frozen=True)
class FirstView:
    """One page as it is first sent.

    Attributes:
        title: its heading, as the app has it.
        deck: the line under it, or empty.
        body: markup below.
        css: style sheets of its drawings.
        sheets: names of further style sheets in atlas/assets.
        notices: sentences on what was not accepted of the address.
    """

    title: str
    deck: str
    body: Markup
    css: str = ""
    sheets: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """A field of a form: a day, a text, or a choice where it has `options`, pairs of value and words."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    type: str = "text"
    least: str = ""
    most: str = ""

    def html(self) -> Markup:
        """The field alone, to stand outside its form."""
        return Markup(render("first_field.html", field=self))


@dataclass(frozen=True)
class Page:
    """What an address asks of a page: its chart with options, and the query as it came.

    Attributes:
        page: path of the page, the start page's empty.
        asked: the chart that stands for it.
        query: of the address.
        links: addresses of the chart.
        pinned: the case and the release in the address, by name, where they are not the usual ones.
    """

    page: str
    asked: Asked
    query: Mapping[str, str]
    links: Links
    pinned: dict[str, str] = field(default_factory=dict)

    @property
    def atlas(self) -> Atlas:
        return self.asked.atlas

    @property
    def day(self) -> str:
        return self.asked.values["date"]

    def address(self, path: str, **options: str) -> str:
        """A page of the app, relative, with the options given and what is pinned."""
        query = urlencode({name: value for name, value in (options | self.pinned).items() if value}, safe=",")
        return f"./{path}" + (f"?{query}" if query else "")

    def choices(self, label: str, choices: list[tuple[str, str, bool]]) -> Markup:
        """Links to the same page with one option changed: address, words, and whether it is the one shown."""
        return Markup(render("first_choices.html", label=label, choices=choices))

    def form(self, *fields: Field, **kept: str) -> Markup:
        """A form that leads to this page: its fields, and what it keeps unseen where it has a value."""
        hidden = [(name, value) for name, value in (kept | self.pinned).items() if value]
        return Markup(
            render("first_form.html", fields=fields, hidden=hidden, prose=texts()["first"]["form"], path=self.page)
        )


def pinned(asked: Asked) -> dict[str, str]:
    """The case and the release of an address, by name."""
    return {name: value for name, value in ((CASE.name, asked.case), ("release", asked.release)) if value}


def beside(place: str) -> str:
    """A place and one to set it beside, as the app's links to the comparison do."""
    return f"{place},{'JPN' if place == 'EU' else 'EU'}"


def day_field(page: Page) -> Field:
    """The as-of day."""
    case = page.atlas.case
    return Field(
        "date", texts()["first"]["form"]["date"], page.day, type="date", least=case.first_day, most=case.last_day
    )


def place_field(atlas: Atlas, name: str, value: str, label: str, none: str = "") -> Field:
    """One of all jurisdictions; with `none`, the words for no one of them, also none."""
    names = atlas.jurisdictions["name"]
    chosen = [(place, names[place]) for place in sorted(names.index, key=names.__getitem__)]
    return Field(name, label, value, tuple([("", none)] * bool(none) + chosen))


def legend(view: View) -> Markup:
    """The classes of a map with their counts, in both modes."""
    return Markup(
        render("legend.html", classes=[(one, one.colour.on(None), one.strokes.on(None)) for one in view.classes])
    )


def map_foot(view: View) -> Markup:
    """As-of date, reach of the evidence, caveat, base map: as under the app's map."""
    return Markup(
        render(
            "footer.html",
            as_of=in_words(view.as_of),
            evidence_to=in_words(view.evidence_to),
            caveat=view.caveat,
            boundaries=texts()["map"]["boundaries"].format(base_map=get_geometry().base_map),
            links=[],
        )
    )


def blocks(*parts: str) -> Markup:
    """Parts of a page below each other."""
    return Markup("\n".join(f'<div class="first-block">{part}</div>' for part in parts if part))


def take(page: Page) -> Markup:
    """What can be taken away of the page's chart."""
    prose, where = texts()["first"], page.links
    takes = [
        (where.picture(), prose["picture"]),
        (where.table(), prose["csv"]),
        (where.slides, prose["slide"]),
        (where.embed(), prose["embed"]),
    ]
    return Markup(render("first_take.html", takes=takes, prose=prose))


def twin(page: Page, view: View, label: str, most: int = MOST_ROWS) -> Markup:
    """The table of a chart under a label."""
    return Markup(render("first_twin.html", label=label, table=table_html(page, view, most)))


def table_html(page: Page, view: View, most: int = MOST_ROWS) -> Markup:
    """The table of a chart; each row leads to its place where the rows are places."""
    table = view.table.iloc[:most]
    places: Iterable[str] = table.get(PLACE_COLUMN, ())
    links = [page.address("jurisdiction", place=place, date=view.as_of) for place in places]
    rows = table.to_numpy().tolist()
    html = render("table.html", caption=view.title, columns=list(table.columns), rows=rows, links=links)
    return Markup(html)
