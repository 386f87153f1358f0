"""Compare: two to four places or instruments side by side, down to the provision."""

import streamlit as st

from atlas.charts.compare.view import FEWEST, comparison
from atlas.draw.palette import LADDER, ladder_steps
from atlas.publish.comparison.page import REST, matrix_html, rest, sanctions
from atlas.ui import page as ui
from atlas.ui.address import public_address
from atlas.ui.compare import ids_picker, keep_place, mode_from_address, mode_picker, switches, turnover_field
from atlas.ui.copies import quote
from atlas.ui.pickers import date_picker
from atlas.ui.present_link import present_link
from atlas.ui.url_keys import BY, COMPULSORY, DATE, DIFFERENCES, LAWS, PLACES, RELEASE, TURNOVER
from atlas.words import texts

keep_place()
mode_from_address()
here = ui.begin("compare", BY, PLACES, LAWS, DATE, DIFFERENCES, COMPULSORY, TURNOVER)
ui.style("compare")
head = st.container()
mode = mode_picker(here)
ids = ids_picker(here, mode)
lead = st.container()
day = date_picker(here, folded=True)
if len(ids) < FEWEST:
    with head:
        ui.head("Compare regimes side by side", texts()["compare"]["too_few"])
    st.stop()

view = comparison(here.atlas, mode, ids, day)
with head:
    ui.head(view.title, f"{view.deck} {texts()['compare']['open']}")
with lead:
    ui.block("compare_lead.html", view=view)
only_differences, only_compulsory = switches(here)
for part in matrix_html(here.atlas, mode, ids, day, only_differences, only_compulsory):
    ui.show(part)
st.html('<h2 class="cmp-h2" id="cmp-sanctions">Sanctions</h2>')
turnover = turnover_field(here)
ui.block("compare_sanctions.html", **sanctions(here.atlas, view, turnover))
release = st.session_state.get(RELEASE.name) or ""
values = rest(here.atlas, view, turnover, release, public_address()) | {
    "ladder": {rung: colour.on(here.dark) for rung, colour in LADDER.items()},
    "steps": ladder_steps(here.dark),
}
for template in REST:
    ui.block(template, **values)
present_link(here, "compare")
sentence = " ".join([*(column.sentence for column in view.columns), *(pair.sentence for pair in view.pairs)])
named_in = f"{PLACES.name if mode == PLACES.name else LAWS.name}={','.join(ids)}&{DATE.name}={day}"
quote(here, view.title, sentence, day, f"compare?{BY.name}={mode}&{named_in}")
