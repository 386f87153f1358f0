"""Method: codebook, assumptions, limits, and what was done by machine."""

import streamlit as st

from atlas.publish import audit, method_page
from atlas.publish.codebook import WRITTEN, parts
from atlas.publish.trust import section
from atlas.tables.schema import DATA
from atlas.ui import page as ui
from atlas.words import texts

here = ui.begin("method")
ui.style("method")
prose, trust = texts()["method"], section(here.atlas)
ui.head(prose["title"], prose["deck"], tab=texts()["embed"]["pages"]["method"]["title"])
codebook = (DATA / WRITTEN).read_text(encoding="utf-8").partition("\n")[2]
with ui.beside_contents(method_page.contents(trust["blocks"], codebook)):
    ui.block("figures.html", id="figures", figures=method_page.figures(here.atlas))
    worked = method_page.worked(here.atlas)
    if worked:
        ui.block("worked.html", **worked)
    ui.block("prose.html", sections=prose["sections"])
    ui.block("trust.html", **trust)
    # Read from its file only when a reader opens it.
    shown = st.expander(texts()["audit"]["open"], key="audit", on_change="rerun")
    if shown.open:
        with shown:
            ui.block("audit.html", label=texts()["audit"]["open"], **audit.section(here.atlas))
    # Our own text, kept with the data; nothing from the tables passes through Markdown.
    with st.container(key="codebook"):
        for part in parts(method_page.linked(here.atlas, codebook)):
            if isinstance(part, str):
                st.markdown(part)
            else:
                ui.block("codebook_table.html", **part)
        st.markdown(method_page.linked(here.atlas, (DATA / "INTERPRETATION.md").read_text(encoding="utf-8")))
    groups = here.atlas["vocabulary"].groupby("vocabulary", sort=False)
    ui.block(
        "vocabularies.html",
        title=prose["vocabularies"],
        groups=[(name, rows.to_dict("records")) for name, rows in groups],
    )
