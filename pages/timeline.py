"""Timeline: one incident, one clock: who acted when, what is still open, what changed, what comes."""

import streamlit as st

from atlas.charts.timeline.view import timeline
from atlas.ui import page as ui
from atlas.ui import timeline as parts
from atlas.ui.pickers import date_picker
from atlas.ui.url_keys import ACT, ACTIONS, BODIES, DATE, ORDER, REGIONS, SINCE, SPAN, START

here = ui.begin("timeline", DATE, ORDER, SPAN, ACTIONS, BODIES, REGIONS, ACT, START, SINCE)
ui.style("timeline")
head = st.container()
day = date_picker(here)
span, order, filters = parts.controls(here)
view = timeline(here.atlas, day, order, span, filters)
with head:
    ui.head(view.title, view.deck)
parts.swimlanes(here, view)
parts.one_clock(here, day)
parts.what_changed(here, day)
parts.kept_releases(here, day)
