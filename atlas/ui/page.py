"""What every page begins and ends with: data, notices, title, footer."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from atlas.charts.view import View
from atlas.maps.geometry import get_geometry
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.tables.store import get_store
from atlas.templating import render
from atlas.ui.keys import notices
from atlas.web.files import ASSETS
from atlas.words import texts


@dataclass(frozen=True)
class Page:
    """What a page script works with."""

    atlas: Atlas
    dark: bool


def begin(defaults: dict[str, str]) -> Page:
    """Loads the data, says what in the address or on disk is wrong, or stops with a designed message.

    Args:
        defaults: for each URL key of the page, in words, what it falls back to.
    """
    st.html(ASSETS / "app.css")
    state = get_store().state
    if state.atlas is None:
        st.html(render("no_data.html", faults=[str(fault) for fault in state.faults[:10]], count=len(state.faults)))
        st.stop()
    if state.faults:
        st.html(render("notice.html", kind="alert", lines=[
            f"The data files on disk are not valid ({len(state.faults)} found, the first: {state.faults[0]}). "
            f"You are looking at the last good version, {state.atlas.package.version}.",
        ]))
    lines = [notice.text for notice in notices(state.atlas, defaults)]
    # A widget drops a value it does not know from the address; keep the notice until the reader acts.
    key = f"_notice_{','.join(defaults)}"
    if lines:
        st.session_state[key] = lines
    elif key in st.session_state:
        lines = st.session_state.pop(key)
    if lines:
        st.html(render("notice.html", kind="status", lines=lines))
    return Page(state.atlas, st.context.theme.type == "dark")


def head(title: str, deck: str) -> None:
    """Title and the line under it. The title is a finding."""
    st.html(f'<header class="ra-head"><h1>{escape(title)}</h1><p class="ra-deck">{escape(deck)}</p></header>')


def legend(view: View, dark: bool) -> None:
    """Classes with their counts; texture and words say what colour alone would not."""
    st.html(render("legend.html", classes=[(klass, klass.colour.on(dark)) for klass in view.classes]))


def map_footer(view: View, links: list[tuple[str, str]] | None = None) -> None:
    """As-of date, reach of the evidence, caveat, base map."""
    st.html(render(
        "footer.html", as_of=in_words(view.as_of), evidence_to=in_words(view.evidence_to), caveat=view.caveat,
        boundaries=texts()["boundaries"].format(base_map=get_geometry().base_map), links=links or [],
    ))


def block(template: str, **values: object) -> None:
    """A template as a block of the page; values are escaped."""
    st.html(render(template, **values))
