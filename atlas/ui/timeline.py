"""The parts of the Timeline page: swimlanes, one clock, what changed, kept releases."""

import datetime as dt

import streamlit as st

from atlas.charts.clock.page import HEIGHT, clock_figure
from atlas.charts.clock.view import clock, counts_by_day
from atlas.charts.timeline.page import timeline_figure, timeline_height
from atlas.charts.timeline.view import ORDERS, SPANS, Filters, TimelineView
from atlas.publish import receipts
from atlas.publish import timeline as lists
from atlas.response.durations import starts
from atlas.tables.dates import in_words
from atlas.tables.kept_releases import releases
from atlas.tables.method import get_method
from atlas.tables.store import get_store
from atlas.ui import page as ui
from atlas.ui.page import Page
from atlas.ui.present_link import present_link
from atlas.ui.url_keys import ACT, ACTIONS, BODIES, ORDER, REGIONS, RELEASE, SINCE, SPAN, START
from atlas.words import texts
from atlas.words import time as time_words

PLAIN = {"displayModeBar": False, "scrollZoom": False}


def controls(here: Page) -> tuple[str, str, Filters]:
    """Span, order and filters of the swimlanes."""
    prose, atlas = texts()["time"], here.atlas
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="timeline_controls"):
        span = st.segmented_control(
            "Zoom",
            SPANS,
            format_func=prose["spans"].__getitem__,
            key=SPAN.name,
            required=True,
            label_visibility="collapsed",
        )
        order = st.segmented_control(
            "Order of the lanes",
            ORDERS,
            format_func=prose["orders"].__getitem__,
            key=ORDER.name,
            required=True,
            label_visibility="collapsed",
        )
        with st.popover("Filter"):
            actions = st.multiselect(
                "Kinds of acts",
                atlas.package.tables["responses"].vocabulary("action"),
                format_func=lambda term: atlas.label("action", term),
                key=ACTIONS.name,
                placeholder="All",
            )
            bodies = st.multiselect(
                "Authorities",
                atlas.package.tables["authorities"].vocabulary("authority_type"),
                format_func=lambda term: atlas.label("authority_type", term),
                key=BODIES.name,
                placeholder="All",
            )
            regions = st.multiselect(
                "Regions", sorted(set(atlas["jurisdictions"]["region"]) - {""}), key=REGIONS.name, placeholder="All"
            )
    for key, value in ((ACTIONS, actions), (BODIES, bodies), (REGIONS, regions)):
        here.address.give(key, value)
    return (
        here.address.give(SPAN, span),
        here.address.give(ORDER, order),
        Filters(tuple(actions), tuple(bodies), tuple(regions)),
    )


def swimlanes(here: Page, view: TimelineView) -> None:
    """The chart with its legend, and beside it the receipt of what was picked."""
    left, right = st.columns([3, 1.15], gap="large")
    with right, st.container(key="timeline_side"):
        picked = _receipt(here, view)
    with left:
        st.plotly_chart(
            timeline_figure(view, here.dark, picked),
            key="timeline",
            theme=None,
            alt=view.alt,
            height=timeline_height(view),
            on_select=pick_from_timeline,
            selection_mode="points",
            config=PLAIN,
        )
        shapes = texts()["time"]["marks"]
        ui.block(
            "timeline_legend.html",
            classes=[
                (klass, shapes[klass.id.removeprefix("rung-")], klass.colour.on(here.dark)) for klass in view.classes
            ],
        )
        ui.block(
            "chart_footer.html", as_of=in_words(view.as_of), evidence_to=in_words(view.evidence_to), caveat=view.caveat
        )
        present_link(here, "timeline")
        ui.twin("Table of this timeline", "timeline_table", view.title, view.table)


def pick_from_timeline() -> None:
    """A click on a mark or a bar picks its record, as the list does."""
    for point in st.session_state["timeline"]["selection"]["points"]:
        picked = point.get("customdata")
        picked = picked[0] if isinstance(picked, list) and picked else picked
        if isinstance(picked, str) and picked:
            st.session_state[ACT.name] = picked


def _receipt(here: Page, view: TimelineView) -> str:
    """The list to pick from, the receipt of what is picked, and the numbered changes of the product; returns the id."""
    atlas = here.atlas
    shown = [mark.id for mark in sorted([*view.marks, *view.events], key=lambda mark: mark.day)] + list(view.undated)
    chosen = st.session_state.get(ACT.name)
    # An act of a shared address is shown even where a filter or the day leaves it out of the chart.
    labels = lists.choices(atlas, tuple(dict.fromkeys(shown + ([chosen] if chosen else []))))
    value = st.selectbox(
        "Receipt of",
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        key=ACT.name,
        placeholder="An act or event",
    )
    picked = here.address.give(ACT, value)
    is_act = picked in atlas.responses.index
    ui.block(
        "picked.html",
        act=receipts.act(atlas, picked) if is_act else None,
        event=lists.event(atlas, picked) if picked and not is_act else None,
        place=atlas.name(atlas.responses.at[picked, "jurisdiction_id"]) if is_act else "",
    )
    events = atlas["context_events"].set_index("event_id")
    ui.block(
        "company.html",
        changes=[
            {"number": mark.number, "title": events.at[mark.id, "title"], "date": events.at[mark.id, "date"]}
            for mark in view.events
            if mark.number
        ],
        undated=list(lists.choices(atlas, view.undated).values()),
    )
    return picked


def one_clock(here: Page, day: str) -> None:
    """Curves by days from the chosen start, first acts, and how long restrictions lasted."""
    prose, found = texts()["time"], starts(here.atlas)
    head = st.container()
    left, right = st.columns([3, 1.15], gap="large")
    with right:
        value = st.selectbox(
            "The clock starts with",
            list(found.index),
            key=START.name,
            format_func=lambda identity: f"{in_words(found.at[identity, 'date'])}: {found.at[identity, 'label']}",
        )
        view = clock(here.atlas, here.address.give(START, value), day)
        ui.block("prose_lines.html", lines=[view.start_reason, prose["milestones_mean"]])
    with head:
        ui.block("section_head.html", id="clock", title=view.title, deck=view.deck)
    with left:
        st.plotly_chart(
            clock_figure(view, here.dark), key="clock", theme=None, alt=view.alt, height=HEIGHT, config=PLAIN
        )
        ui.block(
            "chart_footer.html", as_of=in_words(view.as_of), evidence_to=in_words(view.evidence_to), caveat=view.caveat
        )
        present_link(here, "clock")
        ui.twin(
            "Table: jurisdictions by day and rung",
            "clock_counts",
            f"Jurisdictions at each rung or higher, by days from {in_words(view.start_date)}",
            counts_by_day(view),
        )
        ui.twin(
            "Table: days to the first act of each kind",
            "clock_table",
            f"Days from {in_words(view.start_date)}, as of {in_words(day)}",
            view.table,
        )
    ui.block(
        "restrictions.html",
        title=time_words.restrictions_title(here.atlas, day),
        columns=["Jurisdiction", "What", "From", "How long"],
        rows=lists.restriction_rows(here.atlas, day),
    )


def what_changed(here: Page, day: str) -> None:
    """New and ended acts and laws between two days, and the dates ahead, with their feeds."""
    prose = texts()["time"]
    head = st.container()
    left, right = st.columns([1, 1], gap="large")
    with left:
        value = st.date_input(
            "Changes after",
            value=None,
            min_value=dt.date.fromisoformat(here.atlas.case.first_day),
            max_value=dt.date.fromisoformat(here.atlas.case.last_day),
            key=SINCE.name,
            format="DD/MM/YYYY",
            width=180,
            help="Empty: half a year before the as-of date.",
        )
        after = here.address.give(SINCE, value) or _half_a_year_before(day)
        first, last = sorted((after, day))
        title, found = lists.changed(here.atlas, first, last)
        # Each list apart, its numbers before it: one that is as it was is not sent again when the day moves on.
        with st.container(gap=None):
            if not found:
                ui.block("aside.html", text=prose["nothing"])
            for label, items, more in found:
                ui.block("changed_head.html", label=label, total=len(items) + more)
                ui.block("changed.html", label=label, items=items)
                if more:
                    ui.block("changed_more.html", more=more)
    with right:
        ahead_title, coming, later = lists.ahead(here.atlas, day)
        ui.block("subhead.html", title=ahead_title, deck=prose["upcoming"] if coming else prose["no_upcoming"])
        # What is near counts down from day to day; what is far stays as it was and is not sent again.
        with st.container(gap=None):
            for label, items in coming:
                ui.block("changed.html", label=label, items=items)
            if later:
                ui.block("aside.html", text=f"{later:,} later dates are in the calendar below.")
        ui.block("feeds.html")
    with head:
        ui.block("section_head.html", id="changed", title=title, deck="")


def _half_a_year_before(day: str) -> str:
    return (dt.date.fromisoformat(day) - dt.timedelta(days=get_method()["clock"]["since_days"])).isoformat()


def kept_releases(here: Page, day: str) -> None:
    """The releases that are kept, each as a view of the same day and as a download."""
    prose = texts()["time"]
    rows = [vars(release) for release in reversed(releases(get_store().folder))]
    ui.block(
        "releases.html",
        deck=prose["releases"],
        empty=prose["no_releases"],
        rows=rows,
        day=day,
        pinned=st.session_state.get(RELEASE.name) or "",
    )
