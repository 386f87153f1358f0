"""Rules about fields of law: an absence may be coded only where the power could stand, and a reading has its laws."""

from collections.abc import Iterator

from atlas.tables.fault import Fault
from atlas.tables.method import get_method
from atlas.tables.rules.frames import Frames, fault_in, rows
from atlas.tables.schema import Package

NO_LAW = ("bill", "withdrawn")


def _fields(frames: Frames) -> dict[str, set[str]]:
    """Fields of law of each instrument."""
    found: dict[str, set[str]] = {}
    for _, row in rows(frames["instrument_fields"]):
        found.setdefault(row["instrument_id"], set()).add(row["field"])
    return found


def instruments_have_fields(frames: Frames, package: Package) -> Iterator[Fault]:
    """Every instrument belongs to a field of law."""
    named = set(frames["instrument_fields"]["instrument_id"])
    for line, identity in frames["instruments"]["instrument_id"].items():
        if identity not in named:
            expected = f"at least one row in {package.tables['instrument_fields'].file}"
            yield fault_in(package, "instruments", line, "instrument_id", identity, expected)


def absences_are_where_the_power_could_stand(frames: Frames, package: Package) -> Iterator[Fault]:
    """A level 0 says something only in an instrument of a field that could hold the power, and that could bind."""
    could, fields = get_method()["fields_of_power"], _fields(frames)
    force = dict(zip(frames["instruments"]["instrument_id"], frames["instruments"]["legal_force"]))
    gentle = set(get_method().powers(get_method()["strength"]["soft_group"]))
    for line, row in rows(frames["powers"][frames["powers"]["level"] == "0"]):
        own, power = fields.get(row["instrument_id"], set()), row["power"]
        if own.isdisjoint(could[power]):
            expected = f"no row: a level 0 of {power} counts in a law of {', '.join(could[power])} only"
            yield fault_in(package, "powers", line, "level", "0", expected)
        elif force.get(row["instrument_id"]) == "soft_law" and power not in gentle:
            yield fault_in(package, "powers", line, "level", "0", "no row: soft law could not hold a power that binds")


def fields_read_are_whole(frames: Frames, package: Package) -> Iterator[Fault]:
    """Each jurisdiction with an instrument has a row a field; what was read has a law, what was not needs a source."""
    known = package.tables["fields_read"].vocabulary("field")
    makers = dict(zip(frames["instruments"]["instrument_id"], frames["instruments"]["jurisdiction_id"]))
    stands = set(map(tuple, frames["fields_read"][["jurisdiction_id", "field"]].to_numpy()))
    for place in sorted(set(makers.values())):
        for field in known:
            if (place, field) not in stands:
                expected = f"a row for {place} and {field}, as it has an instrument"
                yield fault_in(package, "fields_read", 0, "field", f"{place}/{field}", expected)
    gentle = get_method().powers(get_method()["strength"]["soft_group"])
    powers, fields = frames["powers"], _fields(frames)
    coded = set(powers["instrument_id"])
    compels = set(powers.loc[~powers["power"].isin(gentle), "instrument_id"])
    laws = frames["instruments"]
    binding = laws[~laws["status"].isin(NO_LAW) & (laws["legal_force"] != "soft_law")]["instrument_id"]
    read = {(makers[law], field) for law in binding if law in coded for field in fields.get(law, ())}
    bound = {(makers[law], field) for law in binding if law in compels for field in fields.get(law, ())}
    sourced = set(map(tuple, frames["field_sources"][["jurisdiction_id", "field"]].to_numpy()))
    for line, row in rows(frames["fields_read"]):
        key, state = (row["jurisdiction_id"], row["field"]), row["reading"]
        if state == "read" and key not in read:
            expected = "another state: no binding law of this field with coded powers is in the data"
            yield fault_in(package, "fields_read", line, "reading", state, expected)
        if state == "none_exists" and key in bound:
            expected = "another state: a law of this field that compels is in the data"
            yield fault_in(package, "fields_read", line, "reading", state, expected)
        if state in ("none_exists", "not_its_to_make") and key not in sourced:
            expected = f"at least one row in {package.tables['field_sources'].file}, as the state is {state}"
            yield fault_in(package, "fields_read", line, "jurisdiction_id,field", "/".join(key), expected)
        if (state == "not_read") == bool(row["read_on"]):
            expected = "empty" if state == "not_read" else "the day on which it was read or looked for"
            yield fault_in(package, "fields_read", line, "read_on", row["read_on"], expected)
