"""The first view of the timeline's page."""

from markupsafe import Markup

from atlas.charts.clock.view import clock
from atlas.charts.options import START, read, refusal
from atlas.charts.timeline.view import ORDERS, SPANS
from atlas.charts.view import View
from atlas.publish import timeline as lists
from atlas.publish.embeds.figures import figure
from atlas.publish.first_view.parts import Field, FirstView, Page, blocks, day_field, take, twin
from atlas.response.durations import starts
from atlas.tables.dates import in_words
from atlas.templating import render
from atlas.words import texts
from atlas.words import time as time_words


def timeline_page(page: Page) -> FirstView:
    """The swimlanes, the clock, how long restrictions lasted, and what comes."""
    atlas, values, prose = page.atlas, page.asked.values, texts()["time"]
    view = page.asked.view()
    drawn = figure(atlas, view, page.links, None)
    found, refused = read(atlas, (START,), page.query)
    turning = clock(atlas, found[START.name], page.day)
    second = figure(atlas, turning, page.links, None)
    ahead, coming, _ = lists.ahead(atlas, page.day)
    first_days = starts(atlas)
    body = blocks(
        page.form(
            day_field(page),
            _choice("span", prose["spans"], SPANS, values["span"]),
            _choice("order", prose["orders"], ORDERS, values["order"]),
            Field(
                START.name,
                texts()["first"]["clock"],
                found[START.name],
                tuple(
                    (one, f"{in_words(first_days.at[one, 'date'])}: {first_days.at[one, 'label']}")
                    for one in first_days.index
                ),
            ),
            **{name: values[name] for name in ("actions", "bodies", "regions")},
        ),
        Markup(f'<div class="first-chart timeline">{drawn.html}</div>'),
        _foot(view),
        take(page),
        twin(page, view, texts()["first"]["tables"]["timeline"]),
        render("section_head.html", id="clock", title=turning.title, deck=turning.deck),
        Markup(f'<div class="first-chart clock">{second.html}</div>'),
        _foot(turning),
        render(
            "restrictions.html",
            title=time_words.restrictions_title(atlas, page.day),
            columns=texts()["first"]["restrictions"],
            rows=lists.restriction_rows(atlas, page.day),
        ),
        render("subhead.html", title=ahead, deck=prose["upcoming"] if coming else prose["no_upcoming"]),
        *(render("changed.html", label=label, items=items) for label, items in coming),
        render("feeds.html"),
    )
    return FirstView(
        view.title,
        view.deck,
        body,
        drawn.css + second.css,
        ("timeline",),
        tuple(refusal(atlas, one, page.query[one.name]) for one in refused),
    )


def _choice(name: str, words: dict[str, str], terms: tuple[str, ...], value: str) -> Field:
    return Field(name, texts()["first"]["form"][name], value, tuple((term, words[term]) for term in terms))


def _foot(view: View) -> str:
    return render(
        "chart_footer.html", as_of=in_words(view.as_of), evidence_to=in_words(view.evidence_to), caveat=view.caveat
    )
