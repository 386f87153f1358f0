"""Cases: the incidents that the data tell of, and what of the tables belongs to one of them.

An `Atlas` shows one case. Its acts, context events, starts, proceedings and searches are those of that case alone, and
so are the rows that hang on them; everything about law is the same in each. So nothing that is computed from an atlas
can mix two incidents.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from atlas.tables.schema import Package

CASES, CASE_ID = "cases", "case_id"
COLUMNS = ("name", "law_subject", "product", "description", "first_day", "last_day")
# A search without a case is about law: it is the same in every case.
ABOUT_LAW = {"search_log"}


@dataclass(frozen=True)
class Case:
    """One incident.

    Attributes:
        id: as it stands in addresses.
        name: short, for lists.
        law_subject: what the law must reach; cases of one subject share strength and comparison.
        product: target of the acts that the case is about, a `target_id` of `case_targets`.
        description: what happened.
        first_day, last_day: between which days it is shown, ISO.
    """

    id: str
    name: str
    law_subject: str
    product: str
    description: str
    first_day: str
    last_day: str


def cases_of(tables: Mapping[str, pd.DataFrame]) -> tuple[Case, ...]:
    """The cases in the order of the file, of which the first is shown where none is asked for.

    Releases before 1.6.0 say less of theirs.
    """
    return tuple(
        Case(row[CASE_ID], *(row.get(name, "") for name in COLUMNS)) for row in tables[CASES].to_dict("records")
    )


def tables_of_case(package: Package, tables: Mapping[str, pd.DataFrame], case: str) -> dict[str, pd.DataFrame]:
    """The tables with the rows of one case and those of none.

    Rows that lead to a record of another case by a key that must be filled go with it; `sources` and what was read a
    second time are kept whole, since they are looked up by the record.
    """
    found, kept = dict(tables), {}
    for name, frame in tables.items():
        if name == CASES or CASE_ID not in frame.columns:
            continue
        mine = frame[CASE_ID] == case
        if name in ABOUT_LAW:
            mine |= frame[CASE_ID] == ""
        if not mine.all():
            found[name] = frame[mine].reset_index(drop=True)
            kept[name] = found[name]
    for name in tables.keys() & package.tables.keys() - kept.keys():
        fields = package.tables[name].fields
        for key in package.tables[name].descriptor["schema"].get("foreignKeys", ()):
            to, (column, *others) = key["reference"], key["fields"]
            required = fields[column].get("constraints", {}).get("required")
            if to["resource"] in kept and required and not others:
                mine = found[name][column].isin(set(kept[to["resource"]][to["fields"][0]]))
                found[name] = found[name][mine].reset_index(drop=True)
    return found
