"""Evidence: every table, searchable, each row with its sources; what was read; downloads, citing, errors."""

import streamlit as st

from atlas.publish import coverage
from atlas.publish.browse import TABLES
from atlas.publish.citation import bibtex, plain
from atlas.ui import evidence as parts
from atlas.ui import page as ui
from atlas.ui.labels import label
from atlas.ui.pickers import find_field, place_filter
from atlas.ui.url_keys import COVERAGE, FIND, KEPT_ROWS, ONLY, PAGE, SORT, TABLE
from atlas.words import texts

here = ui.begin("evidence", TABLE, FIND, ONLY, PAGE, SORT, *KEPT_ROWS.values())
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
ui.style("evidence")
filters = st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="evidence_filters")
with filters:
    text, place = find_field(here), place_filter(here)
if table == COVERAGE:
    ui.style("coverage")
    ui.block("coverage.html", **coverage.page(here.atlas, text, place))
else:
    parts.table_of_rows(here, filters, table, text, place)
ui.block(
    "take.html",
    tables=[(name, package.tables[name].title) for name in package.tables],
    version=package.version,
    plain=plain(package),
    bibtex=bibtex(package),
    how=texts()["site"]["error_report"]["how"],
)
