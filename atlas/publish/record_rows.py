"""Records of the tables by their address: one row, its heading, and the list of all."""

from atlas.publish.record_addresses import RECORDS
from atlas.tables.atlas import Atlas
from atlas.tables.cases import CASE_ID

HEADING = {"responses": "title", "instruments": "short_name", "sources": "title", "context_events": "title"}


def find(atlas: Atlas, table: str, identity: str) -> dict | None:
    """The row of a record, or None."""
    if table not in RECORDS:
        return None
    whole = atlas.whole
    at = whole.position(table, tuple(identity.split("/")))
    return None if at is None else dict(whole[table].iloc[at])


def showing(atlas: Atlas, row: dict) -> Atlas:
    """The same release, showing the case that a row belongs to: what is told beside a record is of its own case."""
    case = row.get(CASE_ID, "")
    return atlas if not case or case == atlas.case.id else atlas.of_case(case)


def row(atlas: Atlas, table: str, identity: str) -> dict:
    """The row of a record that there is.

    Raises:
        KeyError: there is none.
    """
    found = find(atlas, table, identity)
    if found is None:
        raise KeyError(f"{table}/{identity}")
    return found


def written(atlas: Atlas, table: str, identity: str) -> tuple[str, str] | None:
    """Table and id as a record has them that are given in another case; None if there is none, or if they are right."""
    if table.lower() not in RECORDS:
        return None
    small = identity.lower()
    found = [one for one in every(atlas, table.lower()) if one[1].lower() == small]
    return found[0] if len(found) == 1 and found[0] != (table, identity) else None


def every(atlas: Atlas, only: str = "") -> list[tuple[str, str]]:
    """All records as (table, id), table by table; with `only`, those of one table."""
    found = []
    for table in (only,) if only else RECORDS:
        keys = list(atlas.package.tables[table].key)
        found += [(table, "/".join(parts)) for parts in atlas.whole[table][keys].astype(str).itertuples(index=False)]
    return found


def title(atlas: Atlas, table: str, identity: str, row: dict) -> str:
    """What the record is called on its page and in citations."""
    if table == "powers":
        return f"{atlas.label('power', row['power'])}: {atlas.instruments.at[row['instrument_id'], 'short_name']}"
    return str(row[HEADING[table]])
