"""What every page begins and ends with: data, notices, title, footer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from atlas.charts.view import PLACE_COLUMN, View
from atlas.maps.geometry import get_geometry
from atlas.publish.pin_release import with_view
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.tables.store import get_store
from atlas.templating import render
from atlas.ui.asked_case import case_in_address, case_picker, of_asked_case
from atlas.ui.pin_notice import pin_notice, pinned
from atlas.ui.start_lock import START_PAGE
from atlas.ui.url_keys import CASE, DATE, PLACE, RELEASE, Address, Key
from atlas.web.files import ASSETS
from atlas.words import texts

SHOWN_FAULTS = 10
LOOK_EVERY = 3.0
ONE_DAY = 86_400.0
TWIN_ROWS = 150


@dataclass(frozen=True)
class Page:
    """What a page script works with."""

    atlas: Atlas
    dark: bool
    address: Address


def begin(name: str, *keys: Key) -> Page:
    """Loads the data, says what in the address or on disk is wrong, or stops with a designed message.

    Args:
        name: the page, to know a change of page from a change of address.
        keys: the URL keys that the page uses.
    """
    dark = st.context.theme.type == "dark"
    st.html(ASSETS / "app.css")
    st.html(ASSETS / "controls.css")
    if dark:
        st.html(ASSETS / "dark.css")
    _come_back()
    with START_PAGE:
        state = get_store().state
    if state.atlas is None:
        st.set_page_config(page_title=tab_title(texts()["site"]["no_data"]["title"]))
        block(
            "no_data.html",
            prose=texts()["site"]["no_data"],
            faults=[str(fault) for fault in state.faults[:SHOWN_FAULTS]],
            count=len(state.faults),
        )
        _look_again()
        st.stop()
    # A place of their own, always there: a notice that comes or goes must not move the widgets below it, or the
    # browser would build them anew under the reader's hands.
    notices = st.container(key="notices")
    if state.faults:
        with notices:
            block(
                "notice.html",
                kind="alert",
                lines=[
                    f"The data files on disk are not valid ({len(state.faults)} found, the first: {state.faults[0]}). "
                    f"You are looking at the last good version, {state.atlas.package.version}."
                ],
            )
    shown, unoffered = of_asked_case(state.atlas, name)
    atlas, unshown = pinned(shown, name)
    address = Address(atlas, name, (RELEASE, *keys))
    if not unoffered:
        st.session_state[CASE.name] = atlas.case.id
        address.give(CASE, atlas.case.id)
    if unshown:
        st.session_state[RELEASE.name] = RELEASE.parse("")
    address.give(RELEASE, st.session_state[RELEASE.name])
    lines = [*address.notices, *unoffered, *unshown, *pin_notice(atlas, shown)]
    if lines:
        with notices:
            block("notice.html", kind="status", lines=lines)
    case_picker(atlas, name)
    return Page(atlas, dark, address)


@st.fragment(run_every=ONE_DAY)
def _come_back() -> None:
    """Nothing, but there: a browser whose line was cut asks for the page again by itself only where something is to run
    by the clock. Without that, a reader who came to another replica would lose the next thing they choose."""


@st.fragment(run_every=LOOK_EVERY)
def _look_again() -> None:
    """Runs the page as soon as there are data, so that a visitor who waits need not reload."""
    if get_store().state.atlas is not None:
        st.rerun()


def style(name: str) -> None:
    """Adds a page's own style sheet, `atlas/assets/<name>.css`."""
    st.html(ASSETS / f"{name}.css")


def head(title: str, deck: str, tab: str = "") -> None:
    """Title and the line under it. The title is a finding.

    Args:
        title: of the page.
        deck: the line under it, or empty.
        tab: what stands in the browser's tab, if that is not the title: the same as in the page's first answer.
    """
    st.set_page_config(page_title=tab_title(tab or title))
    below = f'<p class="ra-deck">{escape(deck)}</p>' if deck else ""
    st.html(f'<header class="ra-head"><h1>{escape(title)}</h1>{below}</header>')


@contextmanager
def beside_contents(groups: list[tuple[str, list[tuple[str, str]]]]) -> Iterator[None]:
    """What is drawn inside stands beside its list of contents, which stays in sight; on a phone behind a button.

    Args:
        groups: titles, each with the ids of headings and their words.
    """
    with st.container(key="contents"):
        block("contents.html", label=texts()["dossier"]["contents"]["label"], groups=groups)
    with st.container(key="beside_contents"):
        yield


def unrecorded(here: Page, whole: bool = False) -> None:
    """What is said of a country that nobody has searched: as the head of a whole page, or as a card."""
    prose, name = texts()["map"]["unrecorded"], here.address.unrecorded
    title, said = prose["title"].format(name=name), prose["why"]
    if whole:
        head(title, said)
    else:
        block("unrecorded.html", title=title, said=said, tell=prose["tell"])


def tab_title(text: str) -> str:
    """A finding or a place as the browser's tab, its history and its bookmarks name it."""
    return f"{text} · {texts()['site']['name']}"


def legend(view: View, dark: bool) -> None:
    """Classes with their counts; texture and words say what colour alone would not."""
    st.html(
        render(
            "legend.html", classes=[(klass, klass.colour.on(dark), klass.strokes.on(dark)) for klass in view.classes]
        )
    )


def map_footer(view: View, links: list[tuple[str, str]] | None = None) -> None:
    """As-of date, reach of the evidence, caveat, base map."""
    st.html(
        render(
            "footer.html",
            as_of=in_words(view.as_of),
            evidence_to=in_words(view.evidence_to),
            caveat=view.caveat,
            boundaries=texts()["map"]["boundaries"].format(base_map=get_geometry().base_map),
            links=links or [],
        )
    )


def twin(label: str, key: str, caption: str, table: pd.DataFrame, day: str = "") -> None:
    """A table twin of a chart, sent when it is opened and only while it is: later runs do not carry it along.

    A long one comes page by page. With a day it has ids of places under `Id`, and each first cell leads to its place.
    """
    shown = st.expander(label, key=key, on_change="rerun")
    if not shown.open:
        return
    with shown:
        pages = -(-len(table) // TWIN_ROWS)
        if pages > 1:
            st.session_state[f"{key}_page"] = min(st.session_state.get(f"{key}_page", 1), pages)
            page = st.pagination(pages, key=f"{key}_page")
            table = table.iloc[(page - 1) * TWIN_ROWS : page * TWIN_ROWS]
        places = table[PLACE_COLUMN] if day else []
        links = [f"jurisdiction?{urlencode({PLACE.name: place, DATE.name: day})}" for place in places]
        block("table.html", caption=caption, columns=list(table.columns), rows=table.to_numpy().tolist(), links=links)


def block(template: str, **values: object) -> None:
    """A template as a block of the page; values are escaped."""
    show(render(template, **values))


def show(html: str) -> None:
    """HTML of ours as a block of the page; what it leads to shows the case and the release that the page shows."""
    st.html(with_view(html, case_in_address(), st.session_state.get(RELEASE.name) or ""))
