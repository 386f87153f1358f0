"""The as-of date as one control: a date field, steps to days of change, a track with arrow keys, and play.

A Streamlit component of our own. Script, markup and styles are cacheable files, so that a run of the page sends days
only. The browser asks for one day at a time and for the next one after that was drawn; `track.js` says how.
"""

import datetime as dt
from functools import lru_cache
from secrets import token_hex

import streamlit as st

from atlas.charts.options import is_shown
from atlas.response.changes import change_counts
from atlas.response.durations import restrictions
from atlas.response.ladder import acts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import days_between
from atlas.ui.page import Page
from atlas.ui.script_loader import script_loader
from atlas.ui.url_keys import DATE

NAME = "regime_atlas_date_track"
# Rungs whose first day has its name on the track: a formal case, an order, a restriction.
NAMED_FROM = 4


@lru_cache(maxsize=4)
def steps(atlas: Atlas) -> list[int]:
    """Days of change in short: days since the one before (for the first, since the first day of the case) and number of
    changes, by turns.
    """
    gaps, before = [], atlas.case.first_day
    for day, count in change_counts(atlas).items():
        if is_shown(atlas, day):
            gaps += [days_between(before, day), count]
            before = day
    return gaps


@lru_cache(maxsize=4)
def days_that_matter(atlas: Atlas) -> list[str]:
    """Days that are named on the track, the most telling first: the first act of each of the upper rungs, from the top;
    the end of the last restriction; the next date that law sets after the evidence.
    """
    end, frame = atlas.package.evidence_to, acts(atlas)
    upper = frame[frame["counts"] & (frame["rung"] >= NAMED_FROM) & (frame["from_day"] <= end)]
    firsts = upper.groupby("rung")["from_day"].min().sort_index(ascending=False)
    ends = sorted(row.ended for row in restrictions(atlas, end) if row.ended)
    ahead = [day for day in change_counts(atlas) if day > end]
    return list(dict.fromkeys([*firsts, *ends[-1:], *ahead[:1]]))


def _take(atlas: Atlas) -> None:
    """Adopts the day that the browser asks for. It comes from outside, so it is tried like an address."""
    wanted = st.session_state["date_track"].get("day")
    if isinstance(wanted, str) and DATE.accept(atlas, wanted):
        st.session_state[DATE.name] = dt.date.fromisoformat(wanted)


def date_track(here: Page, folded: bool = False) -> str:
    """The control, in step with the address.

    Args:
        here: the page.
        folded: where the day changes little: a line that names it, until a reader wants to change it.

    Returns:
        The chosen day, ISO.
    """
    day = here.address.give(DATE, st.session_state[DATE.name])
    # Without this number two runs in a row with the same data would be one to the browser, which waits for each.
    st.session_state["_runs"] = run = st.session_state.get("_runs", 0) + 1
    session = st.session_state.setdefault("_session", token_hex(4))
    # Registered in every run: the registry belongs to the server, not to this module. The same definition is no news.
    mount = st.components.v2.component(NAME, js=script_loader("date_track", "track"))
    mount(
        key="date_track",
        on_day_change=lambda: _take(here.atlas),
        data={
            "day": day,
            "first": here.atlas.case.first_day,
            "last": here.atlas.case.last_day,
            "ticks": days_that_matter(here.atlas),
            "folded": folded,
            "dark": here.dark,
            "evidence_to": here.atlas.package.evidence_to,
            "run": run,
            "session": session,
            "steps": steps(here.atlas),
        },
    )
    return day
