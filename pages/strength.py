"""Strength: how strong is the law, and how sure is the comparison?"""

import streamlit as st

from atlas.charts.powers_response.view import powers_vs_response
from atlas.charts.strength.order import in_order, not_told_apart
from atlas.charts.strength.view import strength_ranges
from atlas.publish.page_figures import strength_figure
from atlas.publish.strength import review
from atlas.ui import page as ui
from atlas.ui import strength as sections
from atlas.ui.parts import part_boxes, part_picker
from atlas.ui.pickers import date_picker
from atlas.ui.present_link import present_link
from atlas.ui.url_keys import (
    DATE,
    FIND,
    FORCE,
    GIVE,
    KIND,
    NAMED,
    OTHER,
    PLACE,
    RANKING,
    REFORM,
    REGION,
    SECTION,
    TAKE,
    UNFOLD,
    WEIGHTS,
)
from atlas.words import texts

here = ui.begin(
    "strength",
    *(DATE, PLACE, OTHER, FIND, REGION, KIND, FORCE, UNFOLD, RANKING, SECTION, REFORM, GIVE, TAKE, NAMED),
    *WEIGHTS.values(),
)
ui.style("strength")
ui.style("strength_beside")
prose = texts()["strength"]
head = st.container()
top = st.container()
ranges, beside = st.columns([2.35, 1], gap="large")
day = date_picker(here)
with top:
    wanted = sections.filters(here, day)
with beside:
    one, other = sections.pickers(here)
    sections.pair_section(here, one, other, day)

view = strength_ranges(here.atlas, day, wanted)
with head:
    ui.head(view.title, view.deck)
with ranges:
    shown, lit = in_order(view, st.session_state[RANKING.name]), not_told_apart(here.atlas, one, day)
    ui.show(strength_figure(here.atlas, shown, here.dark, (one, other), lit))
    sections.foot(view)
    present_link(here, "strength")
    sections.table(view)

names = {part: prose["parts"][part] for part in ("weights", "reform", "scatter", "next")}
boxes = part_boxes(names, part_picker(here, SECTION, prose["parts"]["label"], names))
with boxes["weights"]:
    sections.section(f"{here.atlas.name(one)} and {here.atlas.name(other, in_sentence=True)}")
    sections.weighed_section(here, one, other, day)
with boxes["reform"]:
    sections.section(f"What if the law of {here.atlas.name(one, in_sentence=True)} were changed?")
    sections.reform_section(here, one, other, day)
with boxes["scatter"]:
    sections.section(names["scatter"])
    scatter = powers_vs_response(here.atlas, day)
    sections.scatter_section(here, scatter, (one, other))
    sections.table(scatter)
    found = review(here.atlas, day)
    with st.expander(f"For review: acts without a coded power ({len(found['rows'])})"):
        ui.block("review.html", **found)
with boxes["next"]:
    sections.section(f"What authorities in {here.atlas.name(one, in_sentence=True)} could legally do next")
    sections.next_section(here, one, day)
