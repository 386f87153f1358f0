"""Strength: how strong is the law, and how sure is the comparison?"""

import streamlit as st

from atlas.charts.powers_response.view import powers_vs_response
from atlas.charts.strength.view import strength_ranges
from atlas.publish.page_figures import strength_figure
from atlas.publish.strength import review
from atlas.ui import page as ui
from atlas.ui import strength as parts
from atlas.ui.pickers import date_picker
from atlas.ui.present_link import present_link
from atlas.ui.url_keys import DATE, FIND, FORCE, GIVE, KIND, NAMED, OTHER, PLACE, REFORM, REGION, TAKE, UNFOLD, WEIGHTS

here = ui.begin(
    "strength", DATE, PLACE, OTHER, FIND, REGION, KIND, FORCE, UNFOLD, REFORM, GIVE, TAKE, NAMED, *WEIGHTS.values()
)
ui.style("strength")
head = st.container()
day = date_picker(here)
wanted = parts.filters(here, day)
ranges = st.container()

parts.section("Two regimes")
one, other = parts.pickers(here)
parts.pair_section(here, one, other, day)
parts.section(f"What if the law of {here.atlas.name(one, in_sentence=True)} were changed?")
parts.reform_section(here, one, other, day)

view = strength_ranges(here.atlas, day, wanted)
with head:
    ui.head(view.title, view.deck)
with ranges:
    ui.show(strength_figure(here.atlas, view, here.dark, (one, other)))
    parts.foot(view)
    present_link(here, "strength")
    parts.table(view)

scatter = powers_vs_response(here.atlas, day)
parts.scatter_section(here, scatter, (one, other))
parts.table(scatter)
found = review(here.atlas, day)
with st.expander(f"For review: acts without a coded power ({len(found['rows'])})"):
    ui.block("review.html", **found)
parts.section(f"What authorities in {here.atlas.name(one, in_sentence=True)} could legally do next")
parts.next_section(here, one, day)
