"""Addresses of records: where each has its page, and which records each source stands behind."""

from collections.abc import Mapping
from functools import lru_cache

from atlas.tables.atlas import Atlas

# Tables whose rows have a page of their own, with the link table of their sources.
RECORDS = {
    "responses": "response_sources",
    "instruments": "instrument_sources",
    "powers": "power_sources",
    "sources": "",
    "context_events": "context_event_sources",
}


def record_id(atlas: Atlas, table: str, row: Mapping[str, object]) -> str:
    """The id of a row: its key, joined by slashes (`eu-dsa/order`)."""
    return "/".join(str(row[column]) for column in atlas.package.tables[table].key)


def record_path(table: str, identity: str) -> str:
    """Address of a record's page from the site's root, without a slash before it."""
    return f"record/{table}/{identity}"


@lru_cache(maxsize=4)
def supported_by(atlas: Atlas) -> dict[str, list[tuple[str, str]]]:
    """By source id, the records it stands behind, as (table, record id), in the order of the tables."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table, links in RECORDS.items():
        if links:
            for *key, source in atlas[links].itertuples(index=False):
                found.setdefault(source, []).append((table, "/".join(key)))
    return found


def home(atlas: Atlas, table: str, identity: str) -> tuple[str, ...]:
    """The jurisdictions a record belongs to: of an act all that took part, of a power its instrument's; none for
    others.
    """
    if table == "responses":
        return _parties(atlas.whole).get(identity, ())
    if table in ("instruments", "powers"):
        return (atlas.instruments.at[identity.split("/")[0], "jurisdiction_id"],)
    return ()


@lru_cache(maxsize=4)
def _parties(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """Jurisdictions of each act: its own first, then the other parties', each once."""
    lead = atlas.responses["jurisdiction_id"].to_dict()
    found = {identity: [place] for identity, place in lead.items()}
    for row in atlas["response_parties"].itertuples():
        if row.jurisdiction_id not in found[row.response_id]:
            found[row.response_id].append(row.jurisdiction_id)
    return {identity: tuple(places) for identity, places in found.items()}
