"""Absence must be earned: what counts as absent, what is not assessed, and what no further statute may change."""

import numpy as np
import pandas as pd
import pytest
from changed_data import changed, model_law

from atlas.law.fields import NONE_EXISTS, NOT_ITS_TO_MAKE, READ, could_hold, fields_of, reading
from atlas.law.inheritance import sources_of_law
from atlas.law.powers import cells, held, with_own_law
from atlas.law.strength import compulsory, levels_of, soft, strengths
from atlas.publish.strength import side_by_side
from atlas.tables.method import get_method
from atlas.tables.read import read_text
from atlas.tables.rules import RULES
from atlas.tables.rules import fields as rule
from atlas.tables.schema import DATA, read_package
from tests.test_strength import CODEBOOK

DAYS = ("2025-12-01", "2026-01-17", "2026-06-30", "2026-11-26", "2027-08-02")
POWERS = (*soft(), *compulsory())


@pytest.mark.parametrize("day", DAYS)
def test_every_absence_is_earned_field_by_field(atlas, day):
    """Worked out from the tables alone, another way than the code: 0 absences that were not earned."""
    powers, laws = atlas["powers"], atlas.instruments
    rows = held(atlas, day)
    own = rows[rows["applies"] & (rows["inherited_from"] == "")]

    def closed(place, field, power):
        state = reading(atlas, place, field)
        if state == READ:
            mine = [law for law in own.loc[own["jurisdiction_id"] == place, "instrument_id"] if law]
            coded = powers.loc[powers["power"] == power, "instrument_id"]
            return any(
                laws.at[law, "legal_force"] != "soft_law" and field in fields_of(atlas)[law]
                for law in set(mine) & set(coded)
            )
        if state == NOT_ITS_TO_MAKE:
            return all(closed(above, field, power) for above in sources_of_law(atlas, place, day)[1:])
        return state == NONE_EXISTS

    absent = [key for key, cell in cells(atlas, day).items() if cell.level == 0]
    assert absent
    assert [(p, power) for p, power in absent if not all(closed(p, field, power) for field in could_hold(power))] == []


@pytest.mark.parametrize("day", DAYS)
def test_no_absence_is_inherited(atlas, day):
    found = cells(atlas, day)
    assert [key for key, cell in found.items() if cell.level == 0 and cell.inherited_from] == []
    # And none where an own field that could hold the power was left unread.
    for (place, power), cell in found.items():
        if cell.level == 0:
            assert "not_read" not in {reading(atlas, place, field) for field in could_hold(power)}, (place, power)


@pytest.mark.parametrize("day", DAYS)
def test_no_place_is_scored_without_law_of_its_own(atlas, day):
    scored = {place for place, what in strengths(atlas, day).items() if what.whole.point is not None}
    assert scored <= with_own_law(atlas, day)
    own = set(atlas.instruments.loc[atlas.instruments["legal_force"] != "soft_law", "jurisdiction_id"])
    assert scored and scored <= own


def test_one_more_irrelevant_statute_changes_nothing(atlas):
    """In every place a statute of each field that lacks every power which that field could not hold."""
    laws, powers, fields = (atlas[name] for name in ("instruments", "powers", "instrument_fields"))
    zero = powers[powers["level"] == 0].iloc[[0]]
    vocabulary = atlas.package.tables["fields_read"].vocabulary("field")
    new_laws, new_powers, new_fields = [], [], []
    for place in atlas.jurisdictions.index:
        for field in vocabulary:
            name = f"zz-{place.lower()}-{field.replace('_', '-')}"
            new_laws.append(model_law(atlas, instrument_id=name, jurisdiction_id=place))
            new_fields.append({"instrument_id": name, "field": field})
            for power in POWERS:
                if field not in could_hold(power):
                    new_powers.append(zero.assign(instrument_id=name, power=power))
    more = changed(
        atlas,
        instruments=pd.concat([laws, *new_laws], ignore_index=True),
        powers=pd.concat([powers, *new_powers], ignore_index=True),
        instrument_fields=pd.concat([fields, pd.DataFrame(new_fields)], ignore_index=True),
    )
    places = tuple(atlas.jurisdictions.index)
    for day in DAYS:
        np.testing.assert_array_equal(
            levels_of(more, day, places, POWERS), levels_of(atlas, day, places, POWERS), err_msg=day
        )


def test_reading_the_last_open_field_earns_the_absence(atlas):
    """New Zealand's duty to assess risk: law on platforms was read for it and none on AI exists; with data protection
    read it is absent.
    """
    day, key = "2026-11-26", ("NZL", "duty_risk")
    assert key not in cells(atlas, day)
    powers = atlas["powers"]
    platforms = "nzl-harmful-digital-communications-act-2015"
    like = powers[(powers["instrument_id"] == platforms) & (powers["power"] == "duty_risk")]
    read = changed(
        atlas, powers=pd.concat([powers, like.assign(instrument_id="nzl-privacy-act-2020")], ignore_index=True)
    )
    assert cells(read, day)[key].state == "absent"
    unread = atlas["fields_read"].copy()
    mine = (unread["jurisdiction_id"] == "NZL") & (unread["field"] == "ai")
    unread.loc[mine, "reading"] = "not_read"
    open_again = changed(read, fields_read=unread)
    assert key not in cells(open_again, day)


def test_the_union_makes_no_crimes_and_its_members_do_not_inherit_that(atlas):
    found = cells(atlas, "2026-11-26")
    crime = found["EU", "criminal_creation"]
    assert (crime.state, crime.instrument_id, crime.inherited_from) == ("absent", "", "")
    assert ("LUX", "criminal_creation") not in found and ("LUX", "criminal_distribution") not in found
    shown = side_by_side(atlas, ("EU", "LUX"), "2026-11-26")
    words = {
        row["label"]: [cell["words"] for cell in row["cells"]] for group in shown["groups"] for row in group["powers"]
    }
    assert words["Crime to make"] == ["absent: not its to make", "not assessed"]


def test_a_release_that_named_no_fields_has_no_absences(atlas):
    bare = {name: atlas[name].iloc[:0] for name in ("instrument_fields", "fields_read", "field_sources")}
    old = changed(atlas, **bare)
    assert [key for key, cell in cells(old, "2026-11-26").items() if cell.level == 0] == []


@pytest.fixture(scope="module")
def frames():
    package = read_package(DATA)
    return package, {name: read_text(DATA, table) for name, table in package.tables.items()}


def faults(frames, **tables):
    """What the rules about fields find, with some tables changed; each rule is one that the check runs."""
    package, found = frames
    rules = (rule.instruments_have_fields, rule.absences_are_where_the_power_could_stand, rule.fields_read_are_whole)
    assert set(rules) <= set(RULES)
    return [fault for one in rules for fault in one({**found, **tables}, package)]


def with_zero(frames, law, power):
    powers = frames[1]["powers"]
    like = powers[(powers["instrument_id"] == "jpn-ai-promotion-act-2025") & (powers["power"] == "duty_risk")]
    return pd.concat([powers, like.assign(instrument_id=law, power=power)], ignore_index=True)


@pytest.mark.parametrize(
    ("law", "power", "said"),
    [
        ("eu-ai-act", "criminal_creation", "no row: a level 0 of criminal_creation counts in a law of criminal_images"),
        ("eu-dsa", "criminal_distribution", "no row: a level 0 of criminal_distribution"),
        ("jpn-penal-code", "block", "no row: a level 0 of block counts in a law of data_protection"),
        ("phl-voyeurism-act-9995", "redress", "no row: a level 0 of redress"),
        ("jpn-ai-guidelines-for-business", "duty_risk", "no row: soft law could not hold a power that binds"),
    ],
)
def test_the_check_refuses_an_absence_where_the_power_could_not_stand(frames, law, power, said):
    assert faults(frames) == []
    (fault,) = faults(frames, powers=with_zero(frames, law, power))
    assert (fault.file, fault.column, fault.value) == ("powers.csv", "level", "0") and fault.expected.startswith(said)


def at(frame, place, field):
    return (frame["jurisdiction_id"] == place) & (frame["field"] == field)


def stated(frames, place, field, **cells):
    frame = frames[1]["fields_read"].copy()
    for column, value in cells.items():
        frame.loc[at(frame, place, field), column] = value
    return frame


def test_the_check_names_a_broken_reading(frames):
    tables = frames[1]
    read, sources, laws = tables["fields_read"], tables["field_sources"], tables["instrument_fields"]
    cases = [
        ({"fields_read": read[~at(read, "JPN", "ai")]}, "a row for JPN and ai"),
        (
            {"fields_read": stated(frames, "JPN", "telecom_blocking", reading="read", read_on="2026-11-30")},
            "no binding law of this field",
        ),
        ({"fields_read": stated(frames, "JPN", "ai", reading="none_exists")}, "a law of this field that compels"),
        ({"field_sources": sources[~at(sources, "GBR", "ai")]}, "at least one row in field_sources.csv"),
        ({"fields_read": stated(frames, "JPN", "ai", read_on="")}, "the day on which it was read"),
        ({"instrument_fields": laws[laws["instrument_id"] != "jpn-appi"]}, "at least one row in instrument_fields.csv"),
    ]
    for changes, said in cases:
        assert any(said in fault.expected for fault in faults(frames, **changes)), said


def test_the_codebook_prints_the_fields_of_the_method(atlas):
    table = CODEBOOK.split("Table: Fields of law that could hold each power", 1)[1].split("\n\n", 2)[1]
    printed = {}
    for line in table.splitlines()[2:]:
        powers, fields = (cell.strip() for cell in line.strip("|").split("|"))
        printed |= dict.fromkeys(powers.split(", "), fields.split("; "))
    method = get_method()["fields_of_power"]
    assert printed == {
        atlas.label("power", power): [atlas.label("field", field) for field in fields]
        for power, fields in method.items()
    }
