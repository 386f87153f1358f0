"""What hangs on a record: the acts, laws, powers and sources that name it, each with its address."""

from dataclasses import dataclass

from atlas.publish import receipts
from atlas.publish.cells_in_words import term
from atlas.publish.record_addresses import record_path, supported_by
from atlas.publish.record_rows import row, title
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import texts


@dataclass(frozen=True)
class Item:
    """One related record or body: `text`, a `note` beside it, a `link` from the site's root (or empty)."""

    text: str
    note: str = ""
    link: str = ""


def lists(atlas: Atlas, table: str, identity: str) -> list[tuple[str, list[Item]]]:
    """What hangs on a record: parties and legal basis of an act, powers and acts of an instrument, records of a
    source.
    """
    make = {"responses": _of_act, "instruments": _of_instrument, "sources": _of_source}.get(table)
    return [(heading, items) for heading, items in make(atlas, identity) if items] if make else []


def _of_act(atlas: Atlas, identity: str) -> list[tuple[str, list[Item]]]:
    act, heads = receipts.act(atlas, identity), texts()["records"]["headings"]
    parties = [
        Item(
            party["name"],
            "; ".join(
                part
                for part in (
                    party["place"],
                    party["role"],
                    f"joined {in_words(party['joined'])}" if party["joined"] else "",
                    party["note"],
                )
                if part
            ),
        )
        for party in act["parties"]
    ]
    bases = [
        Item(
            basis["name"],
            ", ".join(filter(None, (basis["role"], basis["provision"]))),
            record_path("instruments", basis["instrument_id"]),
        )
        for basis in act["bases"]
    ]
    ended = atlas["responses"][atlas["responses"]["ended_by"] == identity]
    ends = [
        Item(row.title, in_words(row.date), record_path("responses", row.response_id)) for row in ended.itertuples()
    ]
    return [(heads["parties"], parties), (heads["bases"], bases), (heads["ends"], ends)]


def _of_instrument(atlas: Atlas, identity: str) -> list[tuple[str, list[Item]]]:
    law, heads = receipts.instrument(atlas, identity), texts()["records"]["headings"]
    powers = [
        Item(
            power["power_label"],
            ", ".join(filter(None, (power["level_label"].lower(), power["limits"], power["provision"]))),
            record_path("powers", f"{identity}/{power['power']}"),
        )
        for power in law["powers"]
    ]
    if law["unassessed"]:
        powers.append(Item(texts()["records"]["unread_powers"], ", ".join(law["unassessed"]).lower()))
    links = atlas["response_instruments"]
    acts = [
        Item(
            atlas.responses.at[row.response_id, "title"],
            _act_note(atlas, row.response_id, row.role, row.provision),
            record_path("responses", row.response_id),
        )
        for row in links[links["instrument_id"] == identity].itertuples()
    ]
    labels = atlas["labels_elsewhere"]
    said = [
        Item(f"“{row.label}”", f"{row.tracker}. {row.explanation}")
        for row in labels[labels["instrument_id"] == identity].itertuples()
    ]
    return [(heads["powers"], powers), (heads["acts"], acts), (heads["labels"], said)]


def _act_note(atlas: Atlas, identity: str, role: str, provision: str) -> str:
    act = atlas.responses.loc[identity]
    return ", ".join(
        filter(
            None,
            (atlas.name(act["jurisdiction_id"]), in_words(act["date"]), atlas.label("role", role).lower(), provision),
        )
    )


def _of_source(atlas: Atlas, identity: str) -> list[tuple[str, list[Item]]]:
    items = []
    for table, record in supported_by(atlas).get(identity, []):
        items.append(
            Item(
                title(atlas, table, record, row(atlas, table, record)),
                texts()["records"]["tables"][table].lower(),
                record_path(table, record),
            )
        )
    return [(texts()["records"]["headings"]["supports"], items)]


def curation(atlas: Atlas, identity: str) -> list[dict]:
    """What was decided about a record when it was entered, and why."""
    rows = atlas["curation"]
    rows = rows[(rows["data_id"] == identity) | (rows["evidence_id"] == identity)]
    return [
        {
            "decision": term(atlas, "decision", row.decision)[0],
            "reason": row.reason,
            "evidence_id": row.evidence_id,
            "data_id": row.data_id,
        }
        for row in rows.itertuples()
    ]
