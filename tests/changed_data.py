"""The data with something changed, for tests of what the change may move."""

from types import MappingProxyType

import pandas as pd

from atlas.law.strength import compulsory
from atlas.tables.atlas import Atlas


def changed(atlas: Atlas, **tables: pd.DataFrame) -> Atlas:
    """The atlas with some tables replaced."""
    return Atlas(atlas.package, MappingProxyType({**atlas.tables, **tables}), atlas.digest + "changed")


def model_law(atlas: Atlas, **columns: object) -> pd.DataFrame:
    """One row of a binding law that has applied since 2020, in place and under the id that are given."""
    law = atlas["instruments"].iloc[[0]]
    whole = {
        "legal_force": "binding_with_penalties",
        "status": "in_force",
        "adopted_date": "2020-01-01",
        "in_force_date": "2020-01-01",
        "applicable_date": "",
        "end_date": "",
        "direct_in_members": True,
    }
    return law.assign(**(whole | columns))


def with_a_newcomer(atlas: Atlas) -> Atlas:
    """The atlas with one more jurisdiction whose one law has every power in full."""
    place = (
        atlas["jurisdictions"]
        .iloc[[0]]
        .assign(jurisdiction_id="ZZZ", name="Newcomer", parent_id="", kind="country", inherits_parent_law=pd.NA)
    )
    law = model_law(atlas, instrument_id="zzz-law", jurisdiction_id="ZZZ")
    row = (
        atlas["powers"]
        .iloc[[0]]
        .assign(
            instrument_id="zzz-law",
            level=2,
            route="authority",
            scope="general",
            basis="explicit",
            commencement="with_instrument",
            applies_from="",
            applies_until="",
            confidence="high",
        )
    )
    rows = [row.assign(power=power) for power in compulsory()]
    return changed(
        atlas,
        jurisdictions=pd.concat([atlas["jurisdictions"], place], ignore_index=True),
        instruments=pd.concat([law, atlas["instruments"]], ignore_index=True),
        powers=pd.concat([*rows, atlas["powers"]], ignore_index=True),
    )
