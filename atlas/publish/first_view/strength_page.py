"""The first view of the page on the strength of the law."""

from atlas.charts.options import FIRST, SECOND, read, refusal
from atlas.charts.priorities.view import priorities
from atlas.law.standing import standings
from atlas.publish import strength as published
from atlas.publish.first_view.parts import FirstView, Page, blocks, day_field, place_field, take, twin
from atlas.publish.page_figures import strength_figure
from atlas.templating import render
from atlas.words import strength as say
from atlas.words import texts


def strength_page(page: Page) -> FirstView:
    """The ranges of all, and how two of them compare."""
    atlas, values, prose = page.atlas, page.asked.values, texts()["first"]
    view = page.asked.view()
    pair, refused = read(atlas, (FIRST, SECOND), page.query)
    one, other = pair[FIRST.name], pair[SECOND.name]
    kept = {name: values[name] for name in ("region", "kind", "force", "find", "unfold")}
    body = blocks(
        page.form(
            day_field(page),
            place_field(atlas, FIRST.name, one, prose["form"]["place"]),
            place_field(atlas, SECOND.name, other, prose["form"]["other"]),
            **kept,
        ),
        strength_figure(atlas, view, None, (one, other)),
        render("strength_foot.html", view=view),
        take(page),
        twin(page, view, prose["tables"]["chart"]),
        render("section.html", title=prose["pair"]),
        *_pair(page, one, other),
    )
    return FirstView(
        view.title,
        view.deck,
        body,
        sheets=("strength",),
        notices=tuple(refusal(atlas, option, page.query[option.name]) for option in refused),
    )


def _pair(page: Page, one: str, other: str) -> list[str]:
    """What is said of two regimes, and their powers side by side."""
    atlas, day = page.atlas, page.day
    if one == other:
        return [render("lead.html", paragraphs=[say.pair_sentence(atlas, None, one, other)])]
    if standings(atlas, day) is None:
        return [render("lead.html", paragraphs=[texts()["strength"]["waits"]])]
    view = priorities(atlas, one, other, day)
    return [
        render("verdict.html", title=view.title, lines=view.lines),
        render("pair_powers.html", **published.side_by_side(atlas, (one, other), day)),
    ]
