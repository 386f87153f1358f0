"""Each chart is made from an address, and its address makes it again."""

from urllib.parse import parse_qsl

import pytest

from atlas.charts import catalogue


@pytest.mark.parametrize("slug", catalogue.CHARTS)
def test_an_empty_address_makes_the_chart_and_a_wrong_one_makes_the_same_with_notices(atlas, slug):
    chart = catalogue.CHARTS[slug]
    plain, notices = catalogue.read(atlas, chart, {})
    assert notices == [] and catalogue.view(atlas, slug, plain).slug == slug
    wrong, notices = catalogue.read(atlas, chart, {option.name: "x" * 300 for option in chart.options})
    assert wrong == plain and len(notices) == len(chart.options)


@pytest.mark.parametrize(
    ("slug", "query"),
    [
        ("map", {"date": "2026-01-17", "colour": "now"}),
        ("compare", {"places": "FRA,GBR,KOR", "date": "2026-02-01"}),
        ("compare", {"instruments": "eu-dsa,eu-ai-act"}),
        ("strength", {"region": "Asia", "unfold": "USA"}),
        ("timeline", {"order": "region", "actions": "restriction,investigation", "span": "weeks"}),
        ("clock", {"date": "2026-03-01"}),
    ],
)
def test_an_address_comes_back_as_it_was_with_its_date(atlas, slug, query):
    chart = catalogue.CHARTS[slug]
    asked, notices = catalogue.read(atlas, chart, query)
    assert notices == []
    written = dict(parse_qsl(catalogue.address(atlas, chart, asked)))
    assert catalogue.read(atlas, chart, written) == (asked, [])
    assert query.items() <= written.items() and "date" in written
