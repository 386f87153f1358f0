"""Time: the clock, the timeline, what changed and what comes, each as of a day."""

import calendar
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.charts.clock.page import clock_figure
from atlas.charts.clock.view import clock
from atlas.charts.timeline.marks import JOINT
from atlas.charts.timeline.page import timeline_figure
from atlas.charts.timeline.view import ORDERS, SPANS, Filters, timeline
from atlas.law.strength import strengths
from atlas.publish.caption import caption
from atlas.publish.timeline import ahead, changed, choices, event
from atlas.response.changes import between, change_counts, changes, upcoming
from atlas.response.durations import default_start, first_acts, milestones, reached, restrictions, starts
from atlas.response.ladder import acts
from atlas.tables.dates import days_between, in_words
from atlas.words import time as time_words

LAST = "2026-11-23"
days = st.dates(dt.date(2025, 12, 1), dt.date(2027, 12, 31)).map(dt.date.isoformat)


# The clock


def test_the_start_is_stated_and_may_be_chosen(atlas):
    found = starts(atlas)
    assert len(found) >= 3 and list(found["date"]) == sorted(found["date"])
    assert found.at[default_start(atlas), "date"] == "2026-01-02"
    for identity in found.index:
        view = clock(atlas, identity, LAST)
        assert view.start_reason and view.start_date == found.at[identity, "date"]
    early, usual = (first_acts(atlas, day, LAST)["MYS"]["restriction"].days for day in ("2025-12-24", "2026-01-02"))
    assert (early, usual) == (18, 9)


def test_durations_of_the_three_restrictions_by_hand(atlas):
    rows = {row.place: row for row in restrictions(atlas, LAST)}
    assert {place: row.days for place, row in rows.items()} == {"IDN": 22, "MYS": 12, "PHL": 5}
    assert [in_words(rows["MYS"].started), in_words(rows["MYS"].ended)] == ["11 January 2026", "23 January 2026"]
    assert time_words.restriction_days(atlas, rows["IDN"], LAST) == "22 days; lifted with conditions on 1 February 2026"


def test_a_restriction_in_force_has_lasted_so_far(atlas):
    rows = {row.place: row for row in restrictions(atlas, "2026-01-12")}
    assert set(rows) == {"IDN", "MYS"} and rows["MYS"].days == 1 and not rows["MYS"].ended
    assert time_words.restriction_days(atlas, rows["MYS"], "2026-01-12") == "1 day so far; in force on 12 January 2026"
    assert {row.place for row in restrictions(atlas, "2026-01-23") if row.ended} == {"MYS", "PHL"}, (
        "the day of lifting is not restricted"
    )


def test_joint_acts_count_once_and_the_union_not_as_its_members(atlas):
    counted = atlas.responses.loc[[*{*acts(atlas).query("counts and rung > 0")["response_id"]}]]
    dated = counted[counted["date_precision"].isin(("day", "month"))]
    # A group of states counts once for itself: the federation that it is no body of counts only for its own acts.
    grouped = dated.index.isin(set(acts(atlas).query("not own")["response_id"]))
    leaders = {*dated.loc[~grouped, "jurisdiction_id"], *(dated.loc[grouped, "jurisdiction_id"] + " as a group")}
    assert len(reached(atlas, LAST)[1]) == len(leaders)
    joined_only = {row.jurisdiction_id for row in acts(atlas).itertuples() if row.joint} - leaders
    assert joined_only and joined_only <= set(first_acts(atlas, "2026-01-02", LAST)) | joined_only
    at_last = first_acts(atlas, "2026-01-02", LAST)
    assert all(first.joint for place in joined_only & set(at_last) for first in at_last[place].values())
    before, after = (len(reached(atlas, day)[1]) for day in ("2026-02-22", "2026-02-23"))
    assert after - before <= 1, "the statement of many privacy authorities is one more at most"


@settings(max_examples=40, deadline=None)
@given(day=days)
def test_curves_rise_and_each_rung_holds_the_next(atlas, day):
    found = reached(atlas, day)
    assert all(when <= day for counts in found.values() for when in counts)
    for lower, higher in zip(range(1, 6), range(2, 7), strict=True):
        assert len(found[lower]) >= len(found[higher])
        assert all(low <= high for low, high in zip(found[lower], found[higher], strict=False))
    for curve in clock(atlas, default_start(atlas), day).curves:
        assert list(curve.days) == sorted(curve.days) and list(curve.counts) == sorted(curve.counts)


def test_an_announced_suit_is_no_formal_case_on_the_clock(atlas):
    announced = atlas.responses.query("status == 'announced' and action not in ('statement', 'guidance_issued')").index
    assert len(announced)
    used = {first.response_id for kinds in first_acts(atlas, "2026-01-02", LAST).values() for first in kinds.values()}
    assert not used & set(announced)


def test_a_warning_compels_nothing(atlas):
    for kinds in first_acts(atlas, "2026-01-02", LAST).values():
        if "compulsory" in kinds:
            assert atlas.responses.at[kinds["compulsory"].response_id, "action"] in (
                "information_order",
                "binding_order",
                "restriction",
                "sanction",
            )
    assert tuple(milestones()) == ("statement", "compulsory", "formal_case", "restriction", "sanction")


# The timeline


@pytest.mark.parametrize("day", ["2025-12-01", "2026-01-12", "2026-01-17", "2026-02-02", LAST, "2027-12-31"])
@pytest.mark.parametrize("order", ORDERS)
def test_nothing_later_than_the_day_is_drawn(atlas, day, order):
    view = timeline(atlas, day, order)
    assert all(mark.day <= day for mark in (*view.marks, *view.events))
    assert all(bar.start <= bar.known_to <= bar.end <= day for bar in view.bars)
    assert in_words(day) in caption(atlas, view).caption and in_words(day) in view.alt
    assert len(view.table) == len(view.marks), "one row an act"
    timeline_figure(view, dark=False).checked()


def test_each_act_is_one_mark_and_joint_acts_too(atlas):
    view = timeline(atlas, LAST, span="all")
    ids = [mark.id for mark in view.marks]
    assert len(ids) == len(set(ids))
    joint = [mark for mark in view.marks if mark.lane == JOINT]
    assert {mark.id for mark in joint} == {
        identity
        for identity, many in acts(atlas).groupby("response_id")["jurisdiction_id"].nunique().items()
        if many > 1
    }
    assert all(mark.also for mark in joint)
    drawn = {*ids, *view.undated}
    assert drawn == set(atlas["responses"].query("relation != 'background'")["response_id"])


def test_open_bars_end_where_the_evidence_on_the_act_does(atlas):
    view = timeline(atlas, LAST)
    bars = {bar.id: bar for bar in view.bars}
    malaysia = bars["mys-2026-01-11-mcmc-restriction"]
    assert not malaysia.open and malaysia.end == malaysia.known_to == "2026-01-23"
    open_bars = [bar for bar in view.bars if bar.open]
    assert open_bars and all("at last evidence" in bar.text or ", until " in bar.text for bar in open_bars)
    assert any(bar.known_to < bar.end for bar in open_bars), "after the last evidence a bar is dotted"
    assert timeline(atlas, "2026-01-22").title != view.title


def test_context_events_are_apart_and_never_counted(atlas):
    view = timeline(atlas, LAST)
    events = set(atlas["context_events"]["event_id"])
    assert {mark.id for mark in view.events} <= events and not events & {mark.id for mark in view.marks}
    assert not any(mark.counts or mark.rung for mark in view.events)
    assert not events & set(acts(atlas)["response_id"]) and not events & {change.record for change in changes(atlas)}
    numbered = [mark for mark in view.events if mark.number]
    assert [mark.number for mark in numbered] == list(range(1, len(numbered) + 1))
    shown = event(atlas, "event-2026-01-09-paid-only")
    assert shown["sources"] and shown["kind_label"] == "Company change"


def test_filters_leave_what_fits(atlas):
    only = timeline(atlas, LAST, filters=Filters(actions=("restriction",)))
    restricted = atlas["responses"].query("action == 'restriction'").set_index("response_id")["relation"]
    assert {mark.id for mark in only.marks} == set(restricted.index[restricted != "background"])
    assert "background" in set(restricted), "an earlier case is on record, and no part of this one's clock"
    asia = timeline(atlas, LAST, filters=Filters(regions=("Asia",)))
    assert {atlas.jurisdictions.at[lane, "region"] for lane, _ in asia.lanes if lane != JOINT} == {"Asia"}
    courts = timeline(atlas, LAST, filters=Filters(bodies=("court",)))
    assert courts.marks and len(courts.marks) < len(asia.marks)
    nothing = timeline(atlas, LAST, filters=Filters(actions=("sanction",), regions=("Oceania",)))
    assert not nothing.marks and "no counted act that fits" in nothing.title
    timeline_figure(nothing, dark=True).checked()


def test_orders_are_what_they_say(atlas):
    first = [lane for lane, _ in timeline(atlas, LAST, "first").lanes if lane != JOINT]
    began = acts(atlas).query("not joint and from_day <= @LAST")
    record = atlas.responses.loc[began["response_id"]]
    drawn = record["date_precision"].isin(("day", "month")) & (record["relation"] != "background")
    began = began[drawn.to_numpy()].groupby("jurisdiction_id")["from_day"].min()
    assert [began[lane] for lane in first] == sorted(began[lane] for lane in first)
    points = [
        strengths(atlas, LAST)[lane].whole.point for lane, _ in timeline(atlas, LAST, "strength").lanes if lane != JOINT
    ]
    ranked = [point for point in points if point is not None]
    assert ranked == sorted(ranked, reverse=True) and points[len(ranked) :] == [None] * (len(points) - len(ranked))
    by_region = [
        atlas.jurisdictions.at[lane, "region"] for lane, _ in timeline(atlas, LAST, "region").lanes if lane != JOINT
    ]
    assert by_region == sorted(by_region)


@pytest.mark.parametrize("span", SPANS)
def test_days_go_to_the_chart_as_text(atlas, span):
    figure = timeline_figure(timeline(atlas, LAST, span=span), dark=False).checked()
    shown = [x for trace in figure.data for x in (trace.x if trace.x is not None else ()) if x]
    assert shown and all(isinstance(x, str) and len(x) == 10 for x in shown)
    assert all(isinstance(end, str) and len(end) == 10 for end in figure.layout.xaxis.range)


def test_every_mark_opens_to_a_receipt(atlas):
    view = timeline(atlas, LAST)
    ids = tuple(mark.id for mark in (*view.marks, *view.events))
    assert set(choices(atlas, ids)) == set(ids)
    picked = {
        identity
        for trace in timeline_figure(view, dark=False).checked().data
        if trace.meta in ("acts", "events")
        for identity in trace.customdata
    }
    assert picked == set(ids)


def test_text_from_data_is_inert_in_the_charts(atlas):
    figure = clock_figure(clock(atlas, default_start(atlas), LAST), dark=False).to_dict()
    assert "<b>" not in str(figure) and "<a" not in str(timeline_figure(timeline(atlas, LAST), dark=False).to_dict())


# What changed, and what comes


def test_dates_ahead_at_the_end_of_the_evidence(atlas):
    found = {(change.record, change.date): change for change in upcoming(atlas, LAST)}
    ban = found["eu-ai-omnibus-2026", "2026-12-02"]
    assert ban.place == "EU" and "applicable" in ban.stages and "fine" in ban.powers
    assert found["us-ut-hb276-2026", "2027-01-01"].place == "US-UT"
    title, lists, later = ahead(atlas, LAST)
    assert title.startswith("Next after 23 November 2026: European Union: AI Omnibus") and not later
    (soon, first), (_, rest) = lists
    assert soon == "Next dates" and "2 December 2026 · in 9 days" in first[0] and " · in " not in "".join(rest)


@settings(max_examples=40, deadline=None)
@given(day=days)
def test_what_comes_was_fixed_by_the_day(atlas, day):
    """A date set by a law adopted later, or an end that nobody could know, is not told in advance."""
    for change in upcoming(atlas, day):
        assert change.day > day
        if change.kind == "law":
            law = atlas.instruments.loc[change.record]
            assert law["status"] not in ("bill", "withdrawn")
            if len(law["adopted_date"]) == 10:
                assert law["adopted_date"] <= day
        else:
            assert (
                atlas.responses.at[change.record, "end_kind"] == "expired"
                and atlas.responses.at[change.record, "date_latest"] <= day
            )


def test_a_lifting_is_not_told_in_advance(atlas):
    assert "mys-2026-01-11-mcmc-restriction" not in {change.record for change in upcoming(atlas, "2026-01-12")}
    assert "eu-ai-omnibus-2026" not in {change.record for change in upcoming(atlas, "2026-01-12")}, (
        "it was adopted in June"
    )


@settings(max_examples=40, deadline=None)
@given(first=days, second=days, third=days)
def test_changes_between_days_add_up(atlas, first, second, third):
    first, second, third = sorted((first, second, third))
    assert between(atlas, first, second) + between(atlas, second, third) == between(atlas, first, third)
    assert not between(atlas, first, first)


def test_changes_of_a_known_fortnight(atlas):
    told = {change.record for change in between(atlas, "2026-01-10", "2026-01-24")}
    assert {
        "mys-2026-01-11-mcmc-restriction",
        "mys-2026-01-23-restriction-lifted",
        "phl-2026-01-16-ntc-block",
        "usa-2026-01-23-ag-coalition-letter",
    } <= told
    assert sum(change.record == "usa-2026-01-23-ag-coalition-letter" for change in changes(atlas)) == 1
    title, lists = changed(atlas, "2026-01-10", "2026-01-24")
    assert {label for label, _, _ in lists} >= {"New acts", "Laws in force"} and "10 January 2026" in title
    assert "No change on record" in changed(atlas, "2026-11-01", "2026-11-02")[0]


def test_marks_are_the_changes(atlas):
    assert sum(change_counts(atlas).values()) == sum(len(change.date) > 4 for change in changes(atlas))
    assert change_counts(atlas)["2026-12-02"] >= 1 and "2026-01-11" in change_counts(atlas)


@settings(max_examples=60, deadline=None)
@given(day=days)
def test_titles_are_true_and_whole_on_every_day(atlas, day):
    later = [in_words(other) for other in ("2026-01-23", "2026-02-01", "2026-06-29") if other > day]
    start = starts(atlas).at[default_start(atlas), "date"]
    for text in (
        timeline(atlas, day).title,
        time_words.clock_title(atlas, start, day),
        time_words.restrictions_title(atlas, day),
    ):
        assert (
            text == text.strip()
            and (text[0].isupper() or text[0].isdigit())
            and not text.endswith(".")
            and "  " not in text
            and "None" not in text
        )
        assert not [name for name in later if f" {name}" in text], (day, text)
    held = sum(not row.ended for row in restrictions(atlas, day))
    said = time_words.restrictions_title(atlas, day)
    assert (held == 0) == ("No restriction" in said or "none was in force" in said)


def test_days_are_calendar_days(atlas):
    assert days_between("2026-01-02", "2026-03-01") == sum(calendar.monthrange(2026, month)[1] for month in (1, 2)) - 1
