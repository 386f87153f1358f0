"""The first view of the page that compares two to four places or instruments."""

from atlas.charts.compare.view import INSTRUMENTS, MOST, PLACES, comparison
from atlas.charts.options import TURNOVER, read, refusal
from atlas.draw.palette import LADDER, ladder_steps
from atlas.publish.comparison.page import REST, matrix_html, rest, sanctions
from atlas.publish.first_view.parts import Field, FirstView, Page, blocks, day_field, place_field, take
from atlas.templating import render
from atlas.words import texts
from atlas.words.laws import law


def compare_page(page: Page) -> FirstView:
    """The matrix, sanctions, acts, and the files of the comparison."""
    atlas, values, prose, first = page.atlas, page.asked.values, texts()["compare"], texts()["first"]
    mode = values["by"]
    ids = tuple(values[mode].split(","))
    view = comparison(atlas, mode, ids, page.day)
    turnover, refused = read(atlas, (TURNOVER,), page.query)
    amount = int(turnover[TURNOVER.name])
    base = page.links.base
    rest_of = rest(atlas, view, amount, page.asked.release, base) | {
        "ladder": {rung: colour.on(None) for rung, colour in LADDER.items()},
        "steps": ladder_steps(None),
    }
    choices = [(PLACES, first["modes"]["places"]), (INSTRUMENTS, first["modes"]["instruments"])]
    body = blocks(
        page.choices(
            first["modes"]["label"], [(page.address("compare", by=one), name, one == mode) for one, name in choices]
        ),
        page.form(*_sides(page, mode, ids), day_field(page), by=mode),
        render("compare_lead.html", view=view),
        *matrix_html(atlas, mode, ids, view.as_of, False, False),
        render("section_head.html", id="cmp-sanctions", title=first["sanctions"], deck=""),
        render("compare_sanctions.html", **sanctions(atlas, view, amount)),
        *(render(template, **rest_of) for template in REST),
        take(page),
    )
    return FirstView(
        view.title,
        f"{view.deck} {prose['open']}",
        body,
        sheets=("compare",),
        notices=tuple(refusal(atlas, one, page.query[one.name]) for one in refused),
    )


def _sides(page: Page, mode: str, ids: tuple[str, ...]) -> list[Field]:
    """A choice for each of the sides; the third and the fourth may be left empty."""
    words = texts()["first"]["form"]
    sides = [*ids, *[""] * (MOST - len(ids))]
    if mode == PLACES:
        return [
            place_field(page.atlas, mode, one, words["nth"][nth], "" if nth < 2 else words["none"])
            for nth, one in enumerate(sides)
        ]
    home = page.atlas["instruments"]["jurisdiction_id"]
    names = {
        one: f"{page.atlas.name(place)}: {law(page.atlas, one)}"
        for one, place in zip(page.atlas.instruments.index, home)
    }
    chosen = tuple((one, names[one]) for one in sorted(names, key=names.__getitem__))
    none = (("", words["none"]),)
    return [Field(mode, words["nth"][nth], one, chosen if nth < 2 else none + chosen) for nth, one in enumerate(sides)]
