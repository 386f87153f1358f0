"""The clock, inheritance and regime types, held to known days and to each line of the decision table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.law.inheritance import arsenal, members_of, sources_of_law
from atlas.law.powers import cell, cells, effective_level
from atlas.law.regime import ORDER, instrument_type, instrument_types, regimes
from atlas.law.spans import instrument_spans, instrument_state, power_spans
from atlas.tables.dates import FAR_FUTURE, earliest_day, latest_day
from atlas.tables.method import get_method


def test_the_union_ban_applies_from_december(atlas):
    assert regimes(atlas, "2026-11-23", ai_law_only=True)["EU"].type == "penalties_by_interpretation"
    later = regimes(atlas, "2026-12-03", ai_law_only=True)["EU"]
    assert (later.type, later.instrument_id) == ("penalties_explicit", "eu-ai-omnibus-2026")


def test_the_ai_promotion_act_is_guidance_only(atlas):
    for day in ("2025-12-01", "2026-01-16", "2026-11-23", "2027-12-31"):
        assert instrument_types(atlas, day)["jpn-ai-promotion-act-2025"] == "guidance_only"
        japan = regimes(atlas, day, ai_law_only=True)["JPN"]
        assert (japan.type, japan.instrument_id) == ("guidance_only", "jpn-ai-promotion-act-2025")
        assert regimes(atlas, day)["JPN"].type.startswith("penalties")


def test_the_crime_and_policing_act_is_not_law_on_the_day_of_assent(atlas):
    assert instrument_state(atlas, "gbr-crime-and-policing-act-2026", "2026-04-28") in ("bill", "not_yet")
    assert instrument_state(atlas, "gbr-crime-and-policing-act-2026", "2026-04-29") == "adopted"
    spans = power_spans(atlas)
    mine = spans[spans["instrument_id"] == "gbr-crime-and-policing-act-2026"]
    assert (mine["starts"] > "2026-04-29").all()
    assert (mine.loc[mine["commencement"] == "not_found", "starts"] == FAR_FUTURE).all()


def test_minnesota_applies_from_august(atlas):
    starts = instrument_spans(atlas)["starts"]
    identity = next(name for name in starts.index if name.startswith("us-mn") and starts[name] == "2026-08-01")
    assert instrument_state(atlas, identity, "2026-07-31") == "adopted"
    assert instrument_state(atlas, identity, "2026-08-01") == "in_force"


def test_a_bill_is_never_law(atlas):
    bills = atlas.instruments[atlas.instruments["status"].isin(("bill", "withdrawn"))].index
    assert len(bills) > 20
    assert (instrument_spans(atlas).loc[bills, "starts"] == FAR_FUTURE).all()
    assert not set(bills) & set(instrument_types(atlas, "2027-12-31"))
    assert not {found.instrument_id for found in cells(atlas, "2027-12-31").values()} & set(bills)


def test_the_union_reaches_its_members_by_date(atlas):
    assert members_of(atlas, "GBR", "2020-01-31") == ["EU"]
    assert members_of(atlas, "GBR", "2020-02-01") == []
    assert sources_of_law(atlas, "DE-BY", "2026-11-23") == ["DE-BY", "DEU", "EU"]
    laws = arsenal(atlas, "2026-11-23")
    french = laws[laws["jurisdiction_id"] == "FRA"].set_index("instrument_id")["inherited_from"]
    assert french["eu-dsa"] == "EU" and french["fra-code-penal-226-8-1"] == ""
    assert "eu-directive-2024-1385-violence-against-women" not in french.index


def test_mainland_law_does_not_reach_hong_kong(atlas):
    laws = arsenal(atlas, "2026-11-23")
    assert set(laws.loc[laws["jurisdiction_id"] == "HKG", "inherited_from"]) == {""}


def test_an_exception_keeps_a_law_out(atlas):
    laws = set(map(tuple, arsenal(atlas, "2026-11-23")[["instrument_id", "jurisdiction_id"]].to_numpy()))
    exceptions = list(map(tuple, atlas["instrument_exceptions"][["instrument_id", "jurisdiction_id"]].to_numpy()))
    assert exceptions
    assert not laws & set(exceptions)


BOTH = {"fine": 2}


@pytest.mark.parametrize(
    ("force", "covers", "levels", "explicit", "kind"),
    [
        ("binding_with_penalties", "no", BOTH, {"fine"}, "none_found"),
        ("soft_law", "explicit", {"guide": 2}, {"guide"}, "guidance_only"),
        ("binding_with_penalties", "explicit", BOTH, {"fine"}, "penalties_explicit"),
        ("binding_with_penalties", "explicit", {}, set(), "penalties_explicit"),
        ("binding_with_penalties", "explicit", BOTH, set(), "penalties_by_interpretation"),
        ("binding_with_penalties", "by_interpretation", BOTH, {"fine"}, "penalties_by_interpretation"),
        ("binding_with_penalties", "explicit", {"fine": 0, "order": 2}, {"order"}, "duties_without_penalty"),
        ("binding_without_penalties", "by_interpretation", {"order": 1}, set(), "duties_without_penalty"),
        ("binding_with_penalties", "explicit", {"fine": 0}, set(), "none_found"),
        ("binding_without_penalties", "by_interpretation", {"inquire": 2, "fine": 0}, set(), "guidance_only"),
    ],
)
def test_each_line_of_the_decision_table(force, covers, levels, explicit, kind):
    assert instrument_type(force, covers, levels, explicit, get_method()) == kind


def test_every_type_names_its_instrument(atlas):
    for found in regimes(atlas, "2026-11-23").values():
        assert found.type in ORDER
        assert (found.instrument_id == "") == (found.type == "none_found")


LEVELS, ROUTES = st.integers(0, 2), st.sampled_from(["authority", "court", "either", "unknown"])
SCOPES, BASES = (
    st.sampled_from(["general", "narrow", "unknown"]),
    st.sampled_from(["explicit", "interpretation", "unknown"]),
)


@given(LEVELS, ROUTES, SCOPES, BASES, st.sampled_from(["with_instrument", "own_date", "not_found"]))
def test_what_a_level_counts_for(level, route, scope, basis, commencement):
    counted = effective_level(level, route, scope, basis, commencement)
    assert (counted == 0) == (level == 0)
    if scope == "narrow" and level:
        assert counted == 1
    assert effective_level(max(level, 1), "court", "general", "explicit", "with_instrument") == 2


@given(st.dates().filter(lambda day: day.year >= 1000), st.sampled_from([4, 7, 10]))
def test_partial_dates_bound_the_day(day, length):
    text = day.isoformat()
    assert earliest_day(text[:length]) <= text <= latest_day(text[:length])


def test_absent_is_not_the_same_as_not_assessed(atlas):
    assert cell(atlas, "JPN", "duty_label", "2026-11-23").state == "absent"
    assert cell(atlas, "JPN", "duty_label", "2026-11-23").level == 0
    assert cell(atlas, "CHE", "duty_label", "2026-11-23").state == "not_assessed"
    assert cell(atlas, "CHE", "duty_label", "2026-11-23").level is None


def test_a_law_for_later_is_not_yet(atlas):
    before, after = (cell(atlas, "EU", "criminal_distribution", day) for day in ("2026-11-23", "2027-12-31"))
    assert before.state == "not_yet" and before.later == "eu-directive-2024-1385-violence-against-women"
    assert before.later_starts > "2026-11-23" and after.state != "not_yet"
