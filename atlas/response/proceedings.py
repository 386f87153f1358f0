"""Case files: acts that are steps of one proceeding. Proceedings are counted, steps are shown.

A lasting act that is a step of no proceeding on record is a proceeding of its own, so that nothing is left out of a
count because nobody has grouped it yet.
"""

from dataclasses import dataclass
from functools import lru_cache

from atlas.response.durations import last_evidence
from atlas.response.ladder import acts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE

# What makes a proceeding a formal case: the ladder's fourth rung, see the codebook.
CASES = ("investigation", "criminal_investigation", "lawsuit")
ENDINGS = ("finding", "lifting", "closing")


@dataclass(frozen=True)
class Proceeding:
    """One proceeding as it stood on a day.

    Attributes:
        id: of `proceedings`, or of the act that stands alone.
        place: where it is conducted.
        title: a short noun phrase.
        steps: ids of its acts by the day, in their order.
        opened: day of the first of them, ISO.
        ended: day on which it ended, by the day; empty while no end was found.
        ended_by: the act that ended it; empty where none is on record.
        seen: newest day that a source on its steps by the day reaches, not after the day.
        looked_for: day on which a later step was last looked for; empty where no search is on record.
        case: whether it is a formal case: an investigation, a criminal investigation or a suit.
        counts: whether an act of it counts.
    """

    id: str
    place: str
    title: str
    steps: tuple[str, ...]
    opened: str
    ended: str
    ended_by: str
    seen: str
    looked_for: str
    case: bool
    counts: bool


@lru_cache(maxsize=4)
def proceeding_of(atlas: Atlas) -> dict[str, str]:
    """By act: the proceeding it is a step of, or, for a lasting act that stands alone, its own id."""
    found = dict(zip(atlas["responses"]["response_id"], atlas["responses"]["proceeding_id"]))
    frame = acts(atlas)
    lasting = set(frame.loc[frame["lasting"], "response_id"])
    return {act: named or act for act, named in found.items() if named or act in lasting}


@lru_cache(maxsize=4)
def _steps(atlas: Atlas) -> dict[str, list[dict]]:
    """By proceeding, its steps as plain rows with what the ladder makes of each, in their order."""
    of = proceeding_of(atlas)
    found: dict[str, list[dict]] = {}
    rows, reach = atlas.responses.to_dict("index"), last_evidence(atlas)
    for row in acts(atlas).drop_duplicates("response_id").to_dict("records"):
        identity = row["response_id"]
        if identity in of:
            found.setdefault(of[identity], []).append(rows[identity] | row | {"reach": reach.get(identity, "")})
    return found


@lru_cache(maxsize=512)
def proceedings(atlas: Atlas, day: str) -> tuple[Proceeding, ...]:
    """Every proceeding of which a step had happened by a day, by day of its first step."""
    described, found = {row["proceeding_id"]: row for row in atlas["proceedings"].to_dict("records")}, []
    for identity, every in _steps(atlas).items():
        steps = [step for step in every if step["from_day"] <= day]
        # What was only announced is no proceeding yet.
        if any(step["status"] != "announced" for step in steps):
            found.append(_one(identity, steps, described.get(identity), day))
    return tuple(sorted(found, key=lambda one: (one.opened, one.id)))


def _one(identity: str, steps: list[dict], row: dict | None, day: str) -> Proceeding:
    ended, by = _end(steps, day)
    return Proceeding(
        identity,
        (row or steps[0])["jurisdiction_id"],
        (row or steps[0])["title"],
        tuple(step["response_id"] for step in steps),
        min(step["from_day"] for step in steps),
        ended,
        by,
        max(max(min(step["reach"], day), step["from_day"]) for step in steps),
        row["last_looked_for"] if row else "",
        any(step["action"] in CASES for step in steps),
        any(step["counts"] for step in steps),
    )


def _end(steps: list[dict], day: str) -> tuple[str, str]:
    """Day and act of the end: a step that ends it, or the end of every act of it that lasts."""
    closing = [step for step in steps if step["step"] in ENDINGS]
    lasting = [step for step in steps if step["lasting"]]
    over = lasting and all(step["until_day"] <= day and step["until_day"] != FAR_FUTURE for step in lasting)
    if over and (closing or any(step["end_date"] for step in lasting)):
        last = max(lasting, key=lambda step: step["until_day"])
        return last["until_day"], last["ended_by"]
    if closing and not lasting:
        return closing[-1]["date_latest"], closing[-1]["response_id"]
    return "", ""


def open_cases(atlas: Atlas, day: str) -> tuple[Proceeding, ...]:
    """Formal cases that count and of which no end had been found by a day."""
    return tuple(one for one in proceedings(atlas, day) if one.case and one.counts and not one.ended)
