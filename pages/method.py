"""Method: codebook, assumptions, limits, and what was done by machine."""

import streamlit as st

from atlas.publish import audit
from atlas.publish.codebook import WRITTEN, parts
from atlas.publish.trust import section
from atlas.tables.schema import DATA
from atlas.ui import page as ui
from atlas.words import texts

here = ui.begin("method")
ui.head(texts()["method"]["title"], texts()["method"]["deck"], tab=texts()["embed"]["pages"]["method"]["title"])
ui.block("prose.html", sections=texts()["method"]["sections"])
ui.block("trust.html", **section(here.atlas))
# Read from its file only when a reader opens it.
shown = st.expander(texts()["audit"]["open"], key="audit", on_change="rerun")
if shown.open:
    with shown:
        ui.block("audit.html", label=texts()["audit"]["open"], **audit.section(here.atlas))
# Our own text, kept with the data; nothing from the tables passes through Markdown.
with st.container(key="codebook"):
    st.markdown((DATA / "INTERPRETATION.md").read_text(encoding="utf-8"))
    for part in parts((DATA / WRITTEN).read_text(encoding="utf-8").partition("\n")[2]):
        if isinstance(part, str):
            st.markdown(part)
        else:
            ui.block("codebook_table.html", **part)
ui.block(
    "vocabularies.html",
    groups=[
        (name, rows.to_dict("records")) for name, rows in here.atlas["vocabulary"].groupby("vocabulary", sort=False)
    ],
)
