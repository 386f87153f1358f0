"""Receipts: everything behind one record, ready for a template, a file or a page."""

from functools import lru_cache

from atlas.response.ladder import acts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import end_words
from atlas.words.acts import kind_words
from atlas.words.laws import law
from atlas.words.powers import counts_for, qualifiers


def sources(atlas: Atlas, links: str, *key: str) -> list[dict]:
    """Sources of a row: official ones and statutes first, then by publisher."""
    order = {kind: rank for rank, kind in enumerate(atlas.package.tables["sources"].vocabulary("kind"))}
    rows = [
        row for identity in atlas.sources_of(links, *key) for row in atlas.rows_of("sources", "source_id", identity)
    ]
    for row in rows:
        row["kind_label"] = atlas.label("kind", row["kind"])
    return sorted(rows, key=lambda row: (order[row["kind"]], row["publisher"].lower(), row["url"]))


@lru_cache(maxsize=4)
def _spans(atlas: Atlas) -> dict[str, dict]:
    """By act, its span and whether it counts, as for the first of those who took part."""
    first = acts(atlas).drop_duplicates("response_id")
    return {
        row["response_id"]: row for row in first[["response_id", "until_day", "counts", "lasting"]].to_dict("records")
    }


def act(atlas: Atlas, response_id: str, day: str = "") -> dict:
    """One act: its classes in words, parties, legal basis, sources, conflicts.

    Args:
        day: as-of date; empty for the end of the evidence. An end is told only once its day has come.

    Returns:
        The columns of `responses`, and: `id`; in words `action_label`, `date_kind_label`, `relation_label`,
        `capacity_label`, `confidence_label`, `confidence_why`, `status_label`, `end_words` (empty for an act without
        end); `counts` (on the ladder) and `lasting`; `parties`, each with `name`, `place`, `role`, `joined` (ISO day or
        empty), `note`; `bases`, each with `instrument_id`, `name`, `role`, `provision`; `sources` as `sources` has it.

    Raises:
        ValueError: there is no such act.
    """
    (row,) = atlas.rows_of("responses", "response_id", response_id)
    parties = sorted(
        atlas.rows_of("response_parties", "response_id", response_id), key=lambda party: party["role"] == "signatory"
    )
    span = _spans(atlas)[response_id]
    row |= {
        "id": response_id,
        "action_label": kind_words(atlas, row, day),
        "date_kind_label": atlas.label("date_kind", row["date_kind"]).lower(),
        "relation_label": atlas.label("relation", row["relation"]),
        "capacity_label": atlas.label("capacity", row["capacity"]),
        "confidence_label": atlas.label("confidence", row["confidence"]).lower(),
        "confidence_why": atlas.definition("confidence", row["confidence"]),
        "status_label": atlas.label("status", row["status"]),
        "counts": bool(span["counts"]),
        "lasting": bool(span["lasting"]),
        "end_words": end_words(atlas, span["until_day"], row["status"], day) if span["lasting"] else "",
        "parties": [
            {
                "name": atlas.authorities.at[party["authority_id"], "name"],
                "place": atlas.name(party["jurisdiction_id"]),
                "role": atlas.label("role", party["role"]).lower(),
                "joined": party["joined_date"],
                "note": party["note"],
            }
            for party in parties
        ],
        "bases": [
            {
                "instrument_id": basis["instrument_id"],
                "name": law(atlas, basis["instrument_id"], article=False),
                "role": atlas.label("role", basis["role"]).lower(),
                "provision": basis["provision"],
            }
            for basis in atlas.rows_of("response_instruments", "response_id", response_id)
        ],
        "sources": sources(atlas, "response_sources", response_id),
    }
    return row


def power(atlas: Atlas, instrument_id: str, power_id: str) -> dict:
    """One power in one instrument.

    Returns:
        The columns of `powers` with `level` as it counts (0, 1, 2), and in words: `power_label`, `definition`,
        `level_label`, `coded_label` (the level as it was coded), `limits` (why it is less than full),
        `confidence_label`, `instrument` (short name); `sources` as `sources` has them.

    Raises:
        StopIteration: the power is not coded in that instrument.
    """
    row = next(row for row in atlas.rows_of("powers", "instrument_id", instrument_id) if row["power"] == power_id)
    row |= {
        "power_label": atlas.label("power", power_id),
        "definition": atlas.definition("power", power_id),
        # One word everywhere for what the power counts for; what was coded stands beside it where codings are shown.
        "level": counts_for(row),
        "level_label": atlas.label("level", str(counts_for(row))),
        "coded_label": atlas.label("level", str(row["level"])),
        "limits": limits(row),
        "confidence_label": atlas.label("confidence", row["confidence"]).lower(),
        "instrument": atlas.instruments.at[instrument_id, "short_name"],
        "sources": sources(atlas, "power_sources", instrument_id, power_id),
    }
    return row


def limits(row: dict) -> str:
    """Why a power is less than full, in words: court, scope, basis, start."""
    if row["level"] == 0:
        return ""
    found = [words] if (words := qualifiers(row)) else []
    if row["commencement"] == "not_found":
        found.append("start not found")
    elif row["applies_from"]:
        found.append(f"from {in_words(row['applies_from'])}")
    return ", ".join(found)


def instrument(atlas: Atlas, instrument_id: str) -> dict:
    """One instrument with its powers, dates, ceilings, sources and conflicts.

    Returns:
        The columns of `instruments`, and: `id`; `place` (name of whose law it is); `powers`, each as `power` has it, in
        the order of the vocabulary; `unassessed` (labels of the powers not coded in it); `sources`; in words
        `domain_label`, `legal_force_label`, `status_label`, `covers_deepfake_ncii_label`, `confidence_label`.

    Raises:
        ValueError: there is no such instrument.
    """
    (row,) = atlas.rows_of("instruments", "instrument_id", instrument_id)
    held = [power["power"] for power in atlas.rows_of("powers", "instrument_id", instrument_id)]
    order = atlas.package.tables["powers"].vocabulary("power")
    row |= {
        "id": instrument_id,
        "place": atlas.name(row["jurisdiction_id"]),
        "powers": [power(atlas, instrument_id, name) for name in sorted(held, key=order.index)],
        "unassessed": [atlas.label("power", name) for name in order if name not in held],
        "sources": sources(atlas, "instrument_sources", instrument_id),
    }
    for field in ("domain", "legal_force", "status", "covers_deepfake_ncii", "confidence"):
        row[f"{field}_label"] = atlas.label(field, row[field])
    return row
