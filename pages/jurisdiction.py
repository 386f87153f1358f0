"""Jurisdiction: all about one place, as a printable dossier."""

import streamlit as st

from atlas.publish.places import instruments_of, summary
from atlas.publish.preview import place_title
from atlas.ui import jurisdiction as parts
from atlas.ui import page as ui
from atlas.ui.copies import quote
from atlas.ui.pickers import date_picker, place_picker
from atlas.ui.url_keys import DATE, PLACE, RECEIPTS
from atlas.words import texts

here = ui.begin("jurisdiction", DATE, PLACE, RECEIPTS)
choose, _ = st.columns([1, 2])
with choose:
    place = place_picker(here)
head = st.container()
top = st.container()
with st.container(key="dossier_date"):
    day = date_picker(here, folded=True)
if not place:
    with head:
        ui.unrecorded(here, whole=True)
    st.stop()

ui.style("jurisdiction")
what = summary(here.atlas, place, day)
with head:
    ui.head(what.title, "", tab=place_title(here.atlas, place, what))
with top:
    parts.first_screen(here, place, day, what)
laws = instruments_of(here.atlas, place, day)
parts.contents(here, place, day, len(laws))
opened = st.toggle(texts()["site"]["receipts"]["open_all"], key=RECEIPTS.name)
opened = here.address.give(RECEIPTS, opened) == "1"
parts.acts_and_searches(here, place, day, what, opened)
parts.laws(here, laws, day, opened)
with st.container(key="dossier_quote"):
    quote(here, what.title, f"{what.response} {what.law}", day, f"jurisdiction?{PLACE.name}={place}&{DATE.name}={day}")
