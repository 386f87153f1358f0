"""Jurisdiction: all about one place, as a printable brief."""

import streamlit as st

from atlas.publish.places import acts_of, instruments_of, near_titles, summary
from atlas.publish.preview import place_title
from atlas.tables.dates import in_words
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
day = date_picker(here, folded=True)
if not place:
    with head:
        ui.unrecorded(here, whole=True)
    st.stop()

what = summary(here.atlas, place, day)
with head:
    ui.head(what.title, "", tab=place_title(here.atlas, place, what))
    ui.block("lead.html", paragraphs=[text for text in (what.response, what.parts, what.beside, what.law) if text])
opened = st.toggle(texts()["site"]["receipts"]["open_all"], key=RECEIPTS.name)
opened = here.address.give(RECEIPTS, opened) == "1"
acts, later = acts_of(here.atlas, place, day)
log = here.atlas["search_log"]
mine = log[(log["jurisdiction_id"] == place) & (log["result"] == "nothing_found")]
name = here.atlas.name(place)
ui.block(
    "jurisdiction.html",
    acts=acts,
    later=later,
    day=day,
    counted=sum(act["counts"] for act in acts),
    no_acts=(
        texts()["site"]["empty"]["place"].format(name=name) if what.rung is None else "No act by this day is on record."
    ),
    searches=mine.to_dict("records"),
    opened=opened,
    near=near_titles(here.atlas, place, day),
    contents=texts()["site"]["contents"],
)
ui.block(
    "instruments.html",
    instruments=instruments_of(here.atlas, place, day),
    opened=opened,
    deck=(
        "Own instruments first, then those that apply here as law of a federation or of the Union, as they stood on"
        f" {in_words(day)}."
    ),
)
quote(here, what.title, f"{what.response} {what.law}", day, f"jurisdiction?{PLACE.name}={place}&{DATE.name}={day}")
