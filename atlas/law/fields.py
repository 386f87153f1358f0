"""Fields of law: what was read where, and which absences of a power are earned.

A power counts as absent in a place only if every field of law that could hold it there was read in the place's own
law for that power, or does not exist, or is not the place's to make. An absence coded in a law of another field says
nothing, and a parent's absence says nothing about a place that could legislate itself. CODEBOOK.md, "Fields of law".
"""

from functools import lru_cache

import pandas as pd

from atlas.law.inheritance import sources_of_law
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method

READ, NONE_EXISTS, NOT_READ, NOT_ITS_TO_MAKE = "read", "none_exists", "not_read", "not_its_to_make"


@lru_cache(maxsize=4)
def fields_of(atlas: Atlas) -> dict[str, frozenset[str]]:
    """Fields of law of each instrument; an instrument of a release without fields has none."""
    found: dict[str, set[str]] = {}
    columns = atlas.columns("instrument_fields")
    for instrument, field in zip(columns["instrument_id"], columns["field"]):
        found.setdefault(instrument, set()).add(field)
    return {instrument: frozenset(own) for instrument, own in found.items()}


@lru_cache(maxsize=4)
def readings_of_fields(atlas: Atlas) -> dict[tuple[str, str], str]:
    """State of reading by place and field; what has no row was not read."""
    columns = atlas.columns("fields_read")
    return dict(zip(zip(columns["jurisdiction_id"], columns["field"]), columns["reading"]))


def reading(atlas: Atlas, place: str, field: str) -> str:
    """`read`, `none_exists`, `not_read` or `not_its_to_make`."""
    return readings_of_fields(atlas).get((place, field), NOT_READ)


def could_hold(power: str) -> tuple[str, ...]:
    """The fields of law in which a legal system holds a power."""
    return tuple(get_method()["fields_of_power"][power])


class Absences:
    """Which absences are earned on one day.

    Args:
        atlas: the data.
        day: for whose law a place inherits.
        rows: codings that apply on the day: `jurisdiction_id`, `instrument_id`, `inherited_from`, `power`,
            `effective`; those of a place's own binding laws are what it was read for.
    """

    def __init__(self, atlas: Atlas, day: str, rows: pd.DataFrame):
        self.atlas, self.day = atlas, day
        self._read: set[tuple[str, str, str]] = set()
        fields, gentle = fields_of(atlas), set(get_method().powers(get_method()["strength"]["soft_group"]))
        force = dict(zip(*(atlas.columns("instruments")[name] for name in ("instrument_id", "legal_force"))))
        own = rows[rows["inherited_from"] == ""]
        for place, instrument, power in zip(*(own[name] for name in ("jurisdiction_id", "instrument_id", "power"))):
            if force[instrument] == "soft_law" and power not in gentle:
                continue
            for field in fields.get(instrument, ()):
                self._read.add((place, field, power))

    def earned(self, place: str, power: str) -> bool:
        """Whether nothing found is an absence: no field that could hold the power there was left unread."""
        return all(self._closed(place, field, power) for field in could_hold(power))

    def _closed(self, place: str, field: str, power: str) -> bool:
        state = reading(self.atlas, place, field)
        if state == READ:
            return (place, field, power) in self._read
        if state == NOT_ITS_TO_MAKE:
            # It belongs to those above, where there are any: then their reading decides.
            above = sources_of_law(self.atlas, place, self.day)[1:]
            return all(self._closed(maker, field, power) for maker in above)
        return state == NONE_EXISTS

    def not_its_own(self, place: str, power: str) -> bool:
        """Whether none of the fields that could hold a power is the place's to make."""
        return all(reading(self.atlas, place, field) == NOT_ITS_TO_MAKE for field in could_hold(power))

    def counts(self, place: str, instrument: str, inherited_from: str, power: str) -> bool:
        """Whether a level 0 of a power in an instrument is an absence of the place: its own, earned, in such a law."""
        could = not fields_of(self.atlas).get(instrument, frozenset()).isdisjoint(could_hold(power))
        return could and not inherited_from and self.earned(place, power)
