"""What a table schema cannot say: rules between columns and between tables.

Each rule is a small function `(frames, package)` that yields `Fault`s; `RULES` lists them all.
"""

from pathlib import Path

from atlas.tables.fault import Fault
from atlas.tables.read import read_text
from atlas.tables.rules import cases, codes, dates, fields, names, proceedings, provenance, text, third_readings
from atlas.tables.schema import Package

RULES = (
    dates.dates_exist,
    dates.spans_hold,
    dates.ends_follow_starts,
    dates.dates_are_in_order,
    dates.statuses_fit_dates,
    provenance.every_row_has_a_source,
    provenance.every_act_has_parties,
    codes.qualifiers_fit_levels,
    codes.provisions_are_marked,
    provenance.readings_lead_to_records,
    provenance.second_levels_were_read,
    third_readings.third_readings_are_whole,
    provenance.high_confidence_is_earned,
    fields.instruments_have_fields,
    fields.absences_are_where_the_power_could_stand,
    fields.fields_read_are_whole,
    codes.money_has_a_currency,
    cases.there_is_a_case,
    cases.cases_have_products_and_days,
    cases.one_default_start,
    cases.targets_are_of_the_case,
    cases.establishments_have_sources,
    cases.searches_name_their_case,
    cases.days_lie_in_the_case,
    codes.vocabulary_is_complete,
    names.names_lead_to_one_place,
    names.codes_are_codes,
    proceedings.steps_belong_to_proceedings,
    proceedings.states_follow_steps,
    proceedings.looks_are_logged,
    text.text_is_plain,
)


def rule_faults(folder: Path, package: Package) -> list[Fault]:
    """All faults that the rules find; the tables must already hold their schema."""
    frames = {name: read_text(folder, table) for name, table in package.tables.items()}
    return [fault for rule in RULES for fault in rule(frames, package)]
