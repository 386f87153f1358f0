"""Map: what happened where?"""

import streamlit as st

from atlas.charts.map.view import QUIET, RESPONSE, readings, world_map
from atlas.publish.furthest import furthest_html
from atlas.publish.places import card_html
from atlas.tables.method import get_method
from atlas.ui import page as ui
from atlas.ui.compare import with_another
from atlas.ui.labels import label
from atlas.ui.map_view import area_picker, map_chart, map_view
from atlas.ui.pickers import date_picker, nobody, place_picker
from atlas.ui.present_link import present_link
from atlas.ui.small_maps import small_maps_below
from atlas.ui.url_keys import AGED, AREA, COLOUR, DATE, MAP_PLACE, PLACE, PLACES
from atlas.words import texts

here = ui.begin("map", DATE, MAP_PLACE, COLOUR, AGED, AREA)
ui.style("map")
head = st.container()
reading = st.segmented_control(
    "Colour the map by",
    readings(here.atlas),
    format_func=lambda key: texts()["map"]["readings"][key]["label"],
    key=COLOUR.name,
    required=True,
    label_visibility="collapsed",
)
reading = here.address.give(COLOUR, reading)
with st.container(key="map_stage"):
    picture, areas, foot = st.container(), st.container(key="map_areas"), st.container(key="map_foot")
    card = st.container(key="map_card")
day = date_picker(here)
switch = st.container()
aged = QUIET
if reading in RESPONSE:
    said = texts()["map"]["aged"]["switch"].format(days=get_method()["stale_after_days"])
    aged = here.address.give(AGED, switch.toggle(said, key=AGED.name))
else:
    here.address.leave(AGED)
with areas:
    area = area_picker(here)
with card:
    place = place_picker(here, MAP_PLACE, unchosen=texts()["map"]["nobody"])
    if place or here.address.unrecorded:
        st.button(texts()["map"]["close"], key="map_close", on_click=nobody)
    if here.address.unrecorded:
        ui.unrecorded(here)
    elif not place:
        ui.show(furthest_html(here.atlas, day, here.dark))
    else:
        ui.show(card_html(here.atlas, place, day, here.dark))
        st.page_link(
            "pages/jurisdiction.py",
            label=f"All about {label(here.atlas.name(place, in_sentence=True))}",
            query_params={PLACE.name: place, DATE.name: day},
        )
        others = {PLACES.name: with_another(place), DATE.name: day}
        st.page_link("pages/compare.py", label="Compare with…", query_params=others)

view = world_map(here.atlas, reading, day, aged)
with head:
    ui.head(view.title, view.deck)
with picture:
    map_chart(here, view, place, area)
with foot:
    map_view(area)
    ui.legend(view, here.dark)
ui.map_footer(view)
present_link(here, "map")
ui.block("way_in.html", words=texts()["steps"]["link"])
ui.twin("Table of this map", "map_table", view.title, view.table, day)
small_maps_below(here, day)
