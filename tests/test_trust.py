"""Second readings, agreement, and what the data say of their own trustworthiness."""

import json
import re
from dataclasses import replace
from types import MappingProxyType

import pandas as pd
import pytest

from atlas.law.agreement import alpha, compute, measured, nominal
from atlas.law.powers import cells, effective_level
from atlas.law.spans import NEVER
from atlas.publish import trust
from atlas.tables.check import check
from atlas.tables.kept_releases import load_release, releases
from atlas.tables.method import get_method
from atlas.tables.schema import DATA
from tests.test_releases import edit

GUIDE = (DATA / "INTERPRETATION.md").read_text(encoding="utf-8")


def test_alpha_is_that_of_the_textbook():
    """Krippendorff's worked example of two observers and ten units, nominal and ordinal by hand.

    Values 0/1: 0-0 four times, 1-1 twice, 0-1 four times; De = 2 * 12 * 8 / (20 * 19), Do = 4 / 10.
    """
    pairs = [(0, 0)] * 4 + [(1, 1)] * 2 + [(0, 1)] * 4
    expected = 1 - (4 / 10) / (2 * 12 * 8 / (20 * 19))
    assert alpha(pairs, nominal) == pytest.approx(expected)
    assert alpha(pairs) == pytest.approx(expected), "with two values the ordinal scale is the nominal one"


def test_alpha_weighs_two_steps_more_than_one():
    near = [(0, 0)] * 5 + [(1, 1)] * 5 + [(2, 2)] * 5 + [(1, 2)] * 3
    far = [(0, 0)] * 5 + [(1, 1)] * 5 + [(2, 2)] * 5 + [(0, 2)] * 3
    assert alpha(near) > alpha(far) and alpha(near, nominal) == pytest.approx(alpha(far, nominal), abs=0.03)


def test_alpha_is_undefined_where_nothing_varies():
    assert alpha([(2, 2)] * 9) is None and alpha([]) is None
    found = measured([(2, 2)] * 9)
    assert found["raw"] == 1 and found["alpha"] is None and found["alpha_range"] is None


def test_bootstrap_ranges_hold_the_value_and_are_the_same_each_time():
    pairs = [(0, 0)] * 10 + [(1, 1)] * 12 + [(2, 2)] * 20 + [(1, 2)] * 6
    found = measured(pairs)
    assert found == measured(pairs)
    assert (
        found["raw_range"][0] < found["raw"] < found["raw_range"][1]
        and found["alpha_range"][0] < found["alpha"] < found["alpha_range"][1]
    )


def test_the_figures_published_are_those_of_the_data(atlas):
    built = trust.agreement(atlas, DATA / "built")
    assert built is not None, "run `make build`"
    assert json.loads(json.dumps(compute(atlas))) == built, "run `make build`"


def test_no_second_reading_that_was_kept_is_lost(atlas):
    """A record without a row in `second_readings` was read once; a row that a release had stays while its record does."""
    kept = load_release(releases()[-1])
    records = {"act": set(atlas.responses.index), "power": _power_ids(atlas)}
    read = set(zip(atlas["second_readings"]["record_kind"], atlas["second_readings"]["record_id"]))
    before = list(zip(kept["second_readings"]["record_kind"], kept["second_readings"]["record_id"]))
    assert len(before) > 900
    assert [key for key in before if key[1] in records[key[0]] and key not in read] == []


def _power_ids(atlas):
    return set(atlas["powers"]["instrument_id"] + "/" + atlas["powers"]["power"])


def test_an_undecided_second_reading_is_settled_so(atlas):
    rows = atlas["second_readings"]
    assert (rows["second_value"] == "").any()
    assert (rows.loc[rows["second_value"] == "", "settled_how"].isin(["not_decided", "third_value"])).all()


def test_the_page_says_both_readings_are_by_machine(atlas):
    said = json.dumps(trust.section(atlas))
    assert "All readings were made by machine" in said and "No person has audited them yet" in said
    assert "not what the first had coded" in said


def test_targets_of_sources_and_provisions_hold(atlas):
    """Of what is or was law, under 100 powers name no provision; 80 % of the core places' instruments have an official
    text.
    """
    missing = atlas["powers"][atlas["powers"]["provision_status"] == "not_found"]
    status = atlas.instruments.loc[missing["instrument_id"], "status"]
    assert (~status.isin(NEVER)).sum() < 100
    total = trust.official_shares(atlas).iloc[-1]
    assert total["instruments_official"] >= 0.8 * total["instruments"]


def test_the_page_publishes_the_shares_whatever_they_are(atlas):
    said = json.dumps(trust.section(atlas))
    total = trust.official_shares(atlas).iloc[-1]
    assert (
        f"{total['acts_official']} of {total['acts']}" in said
        and f"{total['instruments_official']} of {total['instruments']}" in said
    )
    assert str((atlas["powers"]["provision_status"] == "not_found").sum()) in said


def test_the_regimes_read_in_full_are_those_without_a_cell_left_open(atlas):
    """43 were said to be before absences had to be earned; what is not assessed is on the list of fields to read."""
    kinds, day = atlas.jurisdictions["kind"], atlas.package.evidence_to
    full = [place for place in trust.fully_read(atlas, day) if kinds[place] in ("country", "supranational")]
    powers = atlas.package.tables["powers"].vocabulary("power")
    assert all((place, power) in cells(atlas, day) for place in full for power in powers)
    assert len(full) >= 15


def test_each_place_with_an_open_act_was_searched_for_later_developments(atlas):
    log = atlas["search_log"]
    late = set(log.loc[(log["subject"] == "outcome") & (log["searched_on"] >= "2026-11-26"), "jurisdiction_id"])
    assert {
        "AUS",
        "BRA",
        "EU",
        "FRA",
        "GBR",
        "IDN",
        "IND",
        "IRL",
        "MYS",
        "NLD",
        "TUR",
        "US-AZ",
        "US-CA",
        "US-MD",
    } <= late


def guide_examples():
    return sorted(set(re.findall(r"`([a-z]{2,3}(?:-[a-z0-9]+)+(?:/[a-z_]+)?)`", GUIDE)))


def test_the_guide_has_examples():
    assert len(guide_examples()) > 15


@pytest.mark.parametrize("record", guide_examples())
def test_each_example_of_the_guide_is_in_the_data(atlas, record):
    powers = set(atlas["powers"]["instrument_id"] + "/" + atlas["powers"]["power"])
    assert record in powers or record in atlas.instruments.index or record in atlas.responses.index


def test_what_the_guide_says_of_its_examples_is_so(atlas):
    powers = (
        atlas["powers"].assign(id=atlas["powers"]["instrument_id"] + "/" + atlas["powers"]["power"]).set_index("id")
    )
    for name in ("jpn-penal-code", "mys-communications-multimedia-act-1998", "ind-bns-2023"):
        row = powers.loc[f"{name}/criminal_distribution"]
        assert (row["level"], row["basis"]) == (1, "interpretation")
    for name in ("chl-ley-21675", "ita-codice-penale-612-ter"):
        assert powers.at[f"{name}/criminal_distribution", "level"] == 0
    assert powers.at["nzl-harmful-digital-communications-act-2015/criminal_distribution", "level"] == 1
    assert powers.at["jpn-ai-promotion-act-2025/duty_risk", "level"] == 0
    assert powers.at["ken-computer-misuse-act-2018/block", "applies_until"] == "2026-07-01"
    assert powers.at["eu-gdpr/order", "level"] == 2 and powers.at["jpn-appi/order", "level"] == 1
    assert powers.at["jpn-information-distribution-platform-act/fine", "level"] == 1
    for name in ("arg-ley-27736/takedown", "aus-online-safety-act-2021/block"):
        assert powers.at[name, "level"] == 1 and powers.at[name, "route"] == "court"
    assert effective_level(1, "court", "general", "explicit", "with_instrument") == 2
    assert powers.at["gbr-crime-and-policing-act-2026/criminal_creation", "commencement"] == "not_found"
    assert powers.at["eu-ai-act/duty_risk", "level"] == 1 and powers.at["eu-ai-act/duty_risk", "scope"] == "narrow"
    assert atlas.responses.at["jpn-2026-01-16-cabinet-office-improvement-demand", "action"] == "engagement"
    assert atlas.responses.at["mys-2026-01-13-mcmc-legal-action", "status"] == get_method()["announced_status"]
    assert (
        atlas.instruments.at["usa-defiance-act", "status"] == "bill"
        and atlas.instruments.at["can-aida-c27", "status"] == "withdrawn"
    )


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        (
            "powers",
            {"provision_status": "found", "provision": ""},
            "a provision exactly where provision_status is found",
        ),
        ("second_readings", {"record_id": "no-such-law/fine"}, "a power in the data"),
        ("second_readings", {"settled_value": "7"}, "as the data hold"),
        ("second_readings", {"settled_how": "third_value"}, "by the three values"),
    ],
)
def test_a_wrong_reading_is_named(broken, table, change, said):
    def edited(rows):
        target = next(
            row
            for row in rows
            if row.get("settled_how", "agreed") == "agreed" and row.get("record_kind", "power") == "power"
        )
        target.update(change)
        return rows

    edit(broken, table, edited)
    faults = [str(fault) for fault in check(broken)]
    assert any(said in fault and fault.startswith(f"{table}.csv:") for fault in faults), faults


def test_a_second_level_without_a_reading_is_named(broken):
    edit(broken, "second_readings", lambda rows: [row for row in rows if row["record_kind"] == "act"])
    faults = [str(fault) for fault in check(broken)]
    wanted = "expected empty, as second_readings.csv has no row for this power"
    # Third readings were drawn from what was read twice: they say so too.
    third = [text for text in faults if text.startswith("third_readings.csv:") and "drawn_as" in text]
    rest = [text for text in faults if text not in third]
    assert third and len(rest) > 700 and all("second_coder_level" in text and wanted in text for text in rest)


def test_the_page_says_how_many_records_were_read_once(atlas):
    rows, said = atlas["second_readings"], "\n".join(trust.section(atlas)["lines"])
    acts = set(atlas.responses.index) - set(rows.loc[rows["record_kind"] == "act", "record_id"])
    powers = _power_ids(atlas) - set(rows.loc[rows["record_kind"] == "power", "record_id"])
    assert acts and powers
    assert f"{len(powers)} of {len(atlas['powers'])} powers and {len(acts)} of {len(atlas.responses)} acts" in said


def test_high_confidence_needs_its_sources(broken):
    """With every source turned into an aggregator nothing is of high confidence."""
    edit(broken, "sources", lambda rows: [row | {"kind": "aggregator"} for row in rows])
    faults = [fault for fault in check(broken) if fault.column == "confidence"]
    assert {fault.file for fault in faults} == {"responses.csv", "instruments.csv", "powers.csv"}
    assert all("two independent reputable ones" in fault.expected for fault in faults)


def test_figures_of_other_readings_are_not_shown_and_the_page_says_so(atlas):
    later = replace(atlas, package=type(atlas.package)({**atlas.package.descriptor, "version": "99.0.0"}))
    assert trust.agreement(later, DATA / "built"), "a version without other readings keeps the figures"
    readings = atlas["second_readings"].assign(second_value="0")
    other = replace(atlas, tables=MappingProxyType({**atlas.tables, "second_readings": readings}))
    assert trust.agreement(other, DATA / "built") is None
    said = trust.section(other)["blocks"]
    assert any("being worked out anew" in block["deck"] and "readings" in block["deck"] for block in said)
    none = replace(atlas, tables=MappingProxyType({**atlas.tables, "second_readings": readings.iloc[:0]}))
    assert not any("readings" in block["deck"] for block in trust.section(none)["blocks"])


def test_shares_count_official_and_statute_only(atlas):
    sources = atlas["sources"].assign(kind="press")
    bare = replace(atlas, tables=MappingProxyType({**atlas.tables, "sources": sources}))
    total = trust.official_shares(bare).iloc[-1]
    assert total["instruments_official"] == 0 == total["acts_official"] and total["instruments"] > 50
    assert isinstance(trust.official_shares(atlas), pd.DataFrame)
