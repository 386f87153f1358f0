"""A data folder with two kept releases of its own, for tests of what becomes of records."""

import csv
import json

import pytest

from atlas.publish.make_release import keep

GONE, STAYS = "event-2025-12-24-edit-image-button", "event-2026-01-02-grok-admits-lapses"


def edit(path, change):
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    fields, rows = list(rows[0]), change(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def two_releases(broken):
    """The data kept as one release, then changed and kept as a second, then changed again and not kept."""
    for number in (1, 2):
        descriptor = json.loads((broken / "datapackage.json").read_text(encoding="utf-8"))
        descriptor["version"] = f"9.{number}.0"
        (broken / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
        if number == 2:
            edit(
                broken / "powers.csv",
                lambda rows: [
                    row | {"provision": "Art. 999"}
                    if (row["instrument_id"], row["power"]) == ("eu-dsa", "order")
                    else row
                    for row in rows
                ],
            )
            edit(broken / "context_events.csv", lambda rows: [row for row in rows if row["event_id"] != GONE])
            # Its sources go to another event: a source that stands behind nothing is a fault.
            edit(
                broken / "context_event_sources.csv",
                lambda rows: list(
                    {
                        (row["event_id"], row["source_id"]): row
                        for row in (row | {"event_id": STAYS} if row["event_id"] == GONE else row for row in rows)
                    }.values()
                ),
            )
        keep(broken)
    spare = next(
        row
        for row in csv.DictReader((broken / "power_sources.csv").open(encoding="utf-8"))
        if row["instrument_id"] == "eu-ai-act"
    )
    edit(broken / "power_sources.csv", lambda rows: [*rows, spare | {"instrument_id": "eu-dsa", "power": "order"}])
    return broken
