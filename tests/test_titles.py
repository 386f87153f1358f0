"""Titles fit on one line of a page: every chart, on days of change, and the longest names beside each other."""

from itertools import combinations, pairwise

import pytest

from atlas.charts import options
from atlas.charts.catalogue import CHARTS, read, view
from atlas.law.priorities import VERDICTS
from atlas.law.standing import Pair
from atlas.response.changes import change_counts
from atlas.words.compare import compare_title
from atlas.words.grammar import LONGEST_TITLE
from atlas.words.strength import triangle_title

# Every so many days of change; the law's charts take long for a day.
EVERY = {"map": 3, "timeline": 3, "clock": 6, "compare": 30, "strength": 30, "priorities": 30, "powers-response": 30}


def asked(atlas, slug):
    """Options of a chart, by turns those that make other titles."""
    if slug == "map":
        return [{"colour": colour} for colour in options.COLOUR.terms(atlas)]
    if slug == "clock":
        return [{"start": start} for start in options.START.terms(atlas)]
    return [{"places": "JPN,EU"}, {"places": "JPN,EU,GBR,USA"}] if slug == "compare" else [{}]


@pytest.mark.parametrize("slug", CHARTS)
def test_every_title_fits_on_a_line(atlas, slug):
    days = [day for day in change_counts(atlas) if options.is_shown(atlas, day)][:: EVERY.get(slug, 30)]
    found = {
        view(atlas, slug, read(atlas, CHARTS[slug], {"date": day} | more)[0]).title
        for more in asked(atlas, slug)
        for day in [*days, atlas.package.evidence_to]
    }
    assert found and [title for title in found if not 0 < len(title) <= LONGEST_TITLE] == []
    assert [title for title in found if "{" in title or title.endswith(".")] == []


def test_titles_with_the_longest_names_fit_too(atlas):
    names = sorted(atlas.jurisdictions.index, key=lambda place: -len(atlas.name(place, in_sentence=True)))[:12]
    said = [
        compare_title([atlas.name(place, in_sentence=True) for place in places], *counts)
        for many in (2, 3, 4)
        for places in combinations(names[:8], many)
        for counts in ((0, 0, 13), (9, 0, 13), (9, 4, 13), (0, 13, 13))
    ]
    said += [
        triangle_title(atlas, Pair(verdict, first, second, 0.91, 0.01), first, second)
        for first, second in pairwise([*names, "JPN", "EU"])
        for verdict in VERDICTS
    ]
    assert [title for title in said if not 0 < len(title) <= LONGEST_TITLE] == []
