"""Compare: two to four places or instruments side by side, down to the provision."""

import streamlit as st

from atlas.charts.compare.view import FEWEST, comparison
from atlas.draw.palette import LADDER, ladder_steps
from atlas.publish.comparison.heads import heads
from atlas.publish.comparison.page import PARTS, matrix_html, rest, sanctions
from atlas.ui import page as ui
from atlas.ui.address import public_address
from atlas.ui.compare import (
    chosen_ids,
    head_pickers,
    keep_place,
    mode_from_address,
    mode_picker,
    switches,
    turnover_field,
)
from atlas.ui.copies import quote
from atlas.ui.parts import part_boxes, part_picker
from atlas.ui.pickers import date_picker
from atlas.ui.present_link import present_link
from atlas.ui.url_keys import BY, COMPULSORY, DATE, DIFFERENCES, LAWS, PART, PLACES, RELEASE, TURNOVER
from atlas.words import texts

keep_place()
mode_from_address()
here = ui.begin("compare", BY, PLACES, LAWS, DATE, DIFFERENCES, COMPULSORY, TURNOVER, PART)
ui.style("compare")
ui.style("compare_matrix")
prose = texts()["compare"]
head = st.container()
with st.container(horizontal=True, gap="medium", vertical_alignment="center", key="cmp_bar"):
    mode = mode_picker(here)
    only_differences, only_compulsory = switches(here)
    day = date_picker(here, folded=True)
sheet = st.container(key="cmp_sheet")
ids = chosen_ids(here, mode)
with sheet:
    over = head_pickers(here, mode, ids)
if len(ids) < FEWEST:
    with head:
        ui.head("Compare regimes side by side", prose["too_few"])
    st.stop()

view = comparison(here.atlas, mode, ids, day)
steps = ladder_steps(here.dark)
with head:
    ui.head(view.title, f"{view.deck} {prose['open']}")
for box, above in zip(over, heads(here.atlas, mode, ids, day)):
    with box:
        ui.block("compare_head.html", head=above, steps=steps)
with sheet:
    key, matrix = matrix_html(here.atlas, mode, ids, day, only_differences, only_compulsory)
    ui.show(matrix)
    ui.show(key)
    ui.block("compare_lead.html", view=view)

# What is like a regime is asked of places alone.
names = {part: prose["parts"][part] for part in PARTS if part != "similar" or mode == PLACES.name}
boxes = part_boxes(names, part_picker(here, PART, prose["parts"]["label"], names))
with boxes["sanctions"]:
    st.html(f'<h2 class="cmp-h2" id="cmp-sanctions">{names["sanctions"]}</h2>')
    turnover = turnover_field(here)
    ui.block("compare_sanctions.html", **sanctions(here.atlas, view, turnover))
release = st.session_state.get(RELEASE.name) or ""
values = rest(here.atlas, view, turnover, release, public_address()) | {
    "ladder": {rung: colour.on(here.dark) for rung, colour in LADDER.items()},
    "steps": steps,
}
for part in names:
    with boxes[part]:
        for template in PARTS[part] if part != "sanctions" else ():
            ui.block(template, **values)
ui.block("compare_take.html", **values)
present_link(here, "compare")
sentence = " ".join([*(column.sentence for column in view.columns), *(pair.sentence for pair in view.pairs)])
named_in = f"{PLACES.name if mode == PLACES.name else LAWS.name}={','.join(ids)}&{DATE.name}={day}"
quote(here, view.title, sentence, day, f"compare?{BY.name}={mode}&{named_in}")
