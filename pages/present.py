"""Present: choose a chart and its options, see it as it will appear, take it."""

import streamlit as st

from atlas.ui import page as ui
from atlas.ui import present as parts
from atlas.ui.pickers import date_picker
from atlas.ui.url_keys import CHART, OF_CHARTS, SIZE, THEME
from atlas.words import texts

here = ui.begin("present", CHART, SIZE, THEME, *OF_CHARTS.values())
ui.style("present")
head = st.container()
chart = parts.chart_picker(here)
left, right = st.columns([3, 1.15], gap="large")
with left:
    picture = st.container()
    day = date_picker(here)
with right:
    size, theme = parts.look_picker(here)
    values = parts.option_widgets(here, chart, day)

asked = parts.asked_for(here, chart, values)
view = asked.view()
with head:
    ui.head(
        texts()["present"]["title"], texts()["present"]["deck"], tab=texts()["present"]["tab"].format(title=view.title)
    )
with picture:
    height = parts.preview(asked, view, size, theme)
parts.take(asked, view, size, theme, height)
parts.copy_list(here, asked, view, size, theme)
