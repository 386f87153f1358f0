"""Evidence: every table, searchable, each row with its sources; what was read; downloads, citing, errors."""

import streamlit as st

from atlas.publish import coverage
from atlas.publish.browse import TABLES, browse
from atlas.publish.citation import bibtex, plain
from atlas.ui import page as ui
from atlas.ui.labels import label
from atlas.ui.pickers import find_field, page_asked, page_picker, place_filter
from atlas.ui.url_keys import COVERAGE, FIND, ONLY, PAGE, TABLE
from atlas.words import texts

here = ui.begin("evidence", TABLE, FIND, ONLY, PAGE)
prose = texts()["coverage"]
ui.head(
    "Every fact opens to its source",
    "All tables of the data package. A search looks in every column; a row opens to its sources.",
    tab=texts()["embed"]["pages"]["evidence"]["title"],
)
package = here.atlas.package
table = st.segmented_control(
    "Table",
    (*TABLES, COVERAGE),
    format_func=lambda name: prose["tab"] if name == COVERAGE else label(package.tables[name].title),
    key=TABLE.name,
    required=True,
    label_visibility="collapsed",
)
table = here.address.give(TABLE, table)
left, right = st.columns([1, 1])
with left:
    text = find_field(here)
with right:
    place = place_filter(here)
if table == COVERAGE:
    ui.style("coverage")
    ui.block("coverage.html", **coverage.page(here.atlas, text, place))
else:
    found = browse(here.atlas, table, text, place, page_asked(table, text, place))
    ui.block("rows.html", table=package.tables[table].title, description=package.tables[table].description, found=found)
    page_picker(here, found.page, found.pages)
ui.block(
    "take.html",
    tables=[(name, package.tables[name].title) for name in package.tables],
    version=package.version,
    plain=plain(package),
    bibtex=bibtex(package),
    how=texts()["site"]["error_report"]["how"],
)
