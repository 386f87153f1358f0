"""The height that a platform is told holds the chart, and is not much too large: as Chromium draws it."""

import pytest

from atlas.charts.catalogue import CHARTS
from atlas.publish.chart_request import ask
from atlas.publish.embeds import embed, frame_height
from atlas.tables.schema import DATA
from tests.look.subjects import views

USUAL = (320, 390, 600, 800, 1000, 1400)
WIDTHS = (320, 390, 479, 480, 560, 561, 600, 800, 860, 981, 1000, 1201, 1400, 1700)
FOUR = {"compare": [{"places": "JPN,EU,GBR,USA"}, {"places": "FRA,GBR,KOR,US-CA", "date": "2026-02-01"}]}
MORE = {
    "strength": [{"unfold": "EU,USA"}, {"find": "no such place"}],
    "timeline": [{"span": "all", "order": "region"}],
    "map": [{"date": "2026-01-11", "colour": "now"}, {"date": "not a day"}],
    **FOUR,
}
HEIGHT = "() => document.body.getBoundingClientRect().height"


def _queries(atlas, slug):
    """The usual view and some that are long, short, or explain themselves, in every width; each choice of an option in
    usual ones.
    """
    return [
        *((query, WIDTHS) for query in ({}, *MORE.get(slug, []))),
        *((query, USUAL) for query in views(atlas, CHARTS[slug])),
    ]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("slug", CHARTS)
def test_the_height_that_is_named_holds_the_chart_at_every_width(atlas, page, slug):
    """Up to 15 % and 40 pixels more than this machine's fonts need: others may need more."""
    wrong = []
    for query, widths in _queries(atlas, slug):
        asked = ask(atlas, DATA, slug, query)
        page.set_content(embed(asked, "https://example.org/atlas").html)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 600})
            needed, named = page.evaluate(HEIGHT), frame_height(asked, width)
            if not needed <= named <= needed * 1.15 + 40:
                wrong.append((query, width, round(needed), named))
    assert wrong == []


@pytest.mark.browser
@pytest.mark.parametrize("slug", CHARTS)
def test_a_frozen_copy_fits_its_frame_too(atlas, page, slug):
    asked = ask(atlas, DATA, slug, {})
    page.set_content(embed(asked, "https://example.org/atlas", home="../index.html#x").html)
    for width in (390, 800):
        page.set_viewport_size({"width": width, "height": 600})
        needed = page.evaluate(HEIGHT)
        assert needed <= frame_height(asked, width, frozen=True) <= needed * 1.15 + 40, width


@pytest.mark.browser
@pytest.mark.parametrize("query", FOUR["compare"])
def test_a_narrow_comparison_is_a_row_a_power_and_says_its_words_on_demand(atlas, page, query):
    asked = ask(atlas, DATA, "compare", query)
    view = asked.view()
    page.set_viewport_size({"width": 320, "height": 700})
    page.set_content(embed(asked, "https://example.org/atlas").html)
    assert page.evaluate(HEIGHT) < 2400
    assert page.locator("table.cmp").is_hidden()
    rows = page.locator(".brief details")
    assert rows.count() == len(view.rows)
    for row, said in zip(rows.all(), view.rows, strict=True):
        shown = [one.get_attribute("data-state") for one in row.locator("summary [data-state]").all()]
        assert shown == [cell.state for cell in said.cells]
        assert row.locator("summary").bounding_box()["height"] >= 24
    rows.first.locator("summary").click()
    for column, cell in zip(view.columns, view.rows[0].cells, strict=True):
        assert rows.first.locator("dt", has_text=column.name).first.is_visible()
        assert rows.first.locator("dd", has_text=cell.words).first.is_visible()
    page.get_by_text(f"Each of the {len(view.pairs)} pairs in words").click()
    for pair in view.pairs:
        assert page.locator(".folded li", has_text=pair.sentence[:60]).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("slug", CHARTS)
def test_a_wider_frame_is_told_the_height_of_that_width(atlas, slug):
    asked = ask(atlas, DATA, slug, {})
    assert len({frame_height(asked, width) for width in (320, 600, 1000)}) == 3
