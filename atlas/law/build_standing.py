"""Computes ranges and pairs for every day on which the law changes, and writes what pages need of them.

`make build` writes `data/built/standing.npz` (numbers) and `standing.json` (settings, days, places, key), whole or not
at all; the same data give the same bytes. The key is a digest of what the numbers hang on: a page that meets data of
another key says that comparisons await a build, and shows none.
"""

import io
import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from atlas.atomic import write_files
from atlas.law.coding_error import BY_AGREEMENT, BY_CONFIDENCE, BY_READING, error_rates
from atlas.law.coding_error import settings as facts_settings
from atlas.law.facts import Row, applicable_rows, comparable, drawn_groups, drawn_scores
from atlas.law.inheritance import membership_days
from atlas.law.powers import with_own_law
from atlas.law.priorities import VERDICTS, field, same_law, triangle, verdict
from atlas.law.priorities import settings as priorities_settings
from atlas.law.spans import power_spans
from atlas.progress import say, told
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, day_after
from atlas.tables.method import get_method

# Raised when the same data and settings would give other numbers.
METHOD = 4
WINDOW = ("2025-12-01", "2027-12-31")
FOLDER, NUMBERS, SETTINGS = "built", "standing.npz", "standing.json"
RELEVANT = {
    "powers": [
        "instrument_id",
        "power",
        "level",
        "route",
        "scope",
        "basis",
        "commencement",
        "applies_from",
        "applies_until",
        "confidence",
    ],
    "instruments": [
        "instrument_id",
        "jurisdiction_id",
        "legal_force",
        "status",
        "covers_deepfake_ncii",
        "adopted_date",
        "in_force_date",
        "applicable_date",
        "end_date",
        "direct_in_members",
    ],
    "jurisdictions": ["jurisdiction_id", "kind", "parent_id", "inherits_parent_law"],
    "memberships": ["jurisdiction_id", "organisation_id", "from_date", "to_date"],
    "second_readings": ["record_kind", "record_id", "first_effective", "second_effective", "first_confidence"],
    "third_readings": ["instrument_id", "power", "drawn_as", "text_read", "outcome"],
    "instrument_exceptions": ["instrument_id", "jurisdiction_id"],
    "instrument_fields": ["instrument_id", "field"],
    "fields_read": ["jurisdiction_id", "field", "reading"],
}


def law_key(atlas: Atlas) -> str:
    """SHA-256 of all that the numbers hang on, whatever the order of rows and the words of notes."""
    method = get_method()
    chosen = {
        name: method[name] for name in ("facts", "priorities", "strength", "power_groups", "fields_of_power", "corners")
    }
    total = sha256(json.dumps([METHOD, WINDOW, chosen], sort_keys=True).encode())
    for table, columns in RELEVANT.items():
        lines = sorted("\x1f".join(map(str, row)) for row in atlas[table][columns].itertuples(index=False))
        total.update("\x1e".join([table, *lines]).encode())
    return total.hexdigest()


def change_days(atlas: Atlas) -> list[str]:
    """The first day of the window, and each later one on which a power starts, has ended, or a membership moves."""
    spans = power_spans(atlas)
    ended = {day_after(day) for day in spans["ends"] if day < FAR_FUTURE}
    moving = {*spans["starts"], *ended, *membership_days(atlas)}
    return [WINDOW[0], *sorted(day for day in moving if WINDOW[0] < day <= WINDOW[1])]


def pools(atlas: Atlas, places: tuple[str, ...]) -> np.ndarray:
    """Which places are ranked among one another: 0 for states, provinces and other parts, 1 for the rest."""
    inherits = atlas.jurisdictions.loc[list(places), "inherits_parent_law"]
    return (~inherits.fillna(False).astype(bool)).to_numpy().astype(np.int8)


def summarise(now: list[tuple[str, tuple[Row, ...]]], pool: np.ndarray, pairs: dict) -> dict[str, np.ndarray]:
    """What pages show of one day.

    Args:
        now: each place that is compared, with the codings that apply in it.
        pool: which places are ranked together, shape (places,).
        pairs: shares of priorities by pair, kept from day to day; what is new is added.

    Returns:
        `median`, `low`, `high` (points), `rank_low`, `rank_high` (1 is the highest of the pool), `held` (draws at or
        over the corner's line), each of shape (places,); `over`, shape (places, places): at how many points of the
        triangle the row's place is ahead of the column's; `same`: whether the two hold the same law.
    """
    ends, count = facts_settings()["range"], len(now)
    scores = np.array([drawn_scores(*key) for key in now]).reshape(count, -1)
    over, same = np.zeros((count, count), dtype=np.uint16), np.zeros((count, count), dtype=bool)
    ranks = np.zeros((count, 2), dtype=np.uint16)
    for row, mine in enumerate(now):
        rank = 1 + (scores > scores[row])[pool == pool[row]].sum(0)
        ranks[row] = np.quantile(rank, ends, method="inverted_cdf")
        for column, theirs in enumerate(now[:row]):
            if (mine, theirs) not in pairs:
                sign = field(drawn_groups(*mine), drawn_groups(*theirs)).sign
                pairs[mine, theirs] = int((sign > 0).sum()), int((sign < 0).sum()), same_law(mine[1], theirs[1])
            over[row, column], over[column, row], same[row, column] = pairs[mine, theirs]
    low, median, high = np.quantile(scores, [ends[0], 0.5, ends[1]], axis=1) if count else np.zeros((3, 0))
    line = get_method()["corners"]["strength"]
    return {
        "median": median.astype(np.float32),
        "low": low.astype(np.float32),
        "high": high.astype(np.float32),
        "rank_low": ranks[:, 0],
        "rank_high": ranks[:, 1],
        "held": (scores >= line).sum(1).astype(np.uint16),
        "over": over,
        "same": same | same.T,
    }


def compute(atlas: Atlas) -> tuple[dict, dict[str, np.ndarray]]:
    """Settings and arrays of all days; a pair whose laws are as they were is not drawn again."""
    pairs: dict = {}
    days: list[dict] = []
    arrays: dict[str, np.ndarray] = {}
    before: list[tuple[str, tuple[Row, ...]]] | None = None
    for day in told(change_days(atlas), "standing: days on which the law changed"):
        rows = applicable_rows(atlas, day)
        places = comparable(rows, with_own_law(atlas, day))
        now = [(place, rows[place]) for place in places]
        if now == before:
            continue
        before = now
        position, pool = len(days), pools(atlas, places)
        for name, values in summarise(now, pool, pairs).items():
            arrays[f"{position}.{name}"] = values
        arrays[f"{position}.pool"] = pool
        days.append({"from": day, "places": list(places)})
    say("standing: what other cut-offs and the former chances of error would say")
    described = {
        "key": law_key(atlas),
        "evidence_to": atlas.package.evidence_to,
        "window": list(WINDOW),
        "facts": facts_settings(),
        "priorities": priorities_settings(),
        "points": len(triangle()),
        "strength": get_method()["strength"],
        "power_groups": get_method()["power_groups"],
        "method": METHOD,
        "error": error_rates(atlas),
        "variants": variants(atlas),
        "days": days,
    }
    return described, arrays


def variants(atlas: Atlas) -> list[dict]:
    """How many pairs of one pool get each verdict at the release's last day, under the method and under others.

    The others change one thing: the share of draws that puts a regime ahead, the floor of a group's weight, or where
    the chances of error come from (`by_agreement`, as in data 1.4.0; `by_confidence`, as up to 1.3.0).
    """
    chosen = priorities_settings()
    tried = [("method", chosen["ahead_from"], chosen["floor"], BY_READING)]
    tried += [("ahead_from", share, chosen["floor"], BY_READING) for share in chosen["other_ahead_from"]]
    tried += [("floor", chosen["ahead_from"], floor, BY_READING) for floor in chosen["other_floors"]]
    tried += [(by, chosen["ahead_from"], chosen["floor"], by) for by in (BY_AGREEMENT, BY_CONFIDENCE)]
    return [
        {"name": name, "ahead_from": share, "floor": floor, "errors": by} | _counts(atlas, share, floor, by)
        for name, share, floor, by in tried
    ]


def _counts(atlas: Atlas, ahead_from: float, floor: float, by: str) -> dict:
    day = atlas.package.evidence_to
    rows = applicable_rows(atlas, day, by)
    places = comparable(rows, with_own_law(atlas, day))
    pool, points = pools(atlas, places), triangle(floor=floor)
    words = []
    for a, one in enumerate(places):
        for b in range(a):
            if pool[a] == pool[b]:
                other = places[b]
                found = field(drawn_groups(one, rows[one]), drawn_groups(other, rows[other]), points, ahead_from)
                words.append(verdict(*found.shares, same_law(rows[one], rows[other])))
    ends = [np.quantile(drawn_scores(place, rows[place]), facts_settings()["range"]) for place in places]
    return {
        "pairs": len(words),
        "verdicts": {name: words.count(name) for name in VERDICTS},
        "width": round(float(np.median([high - low for low, high in ends])), 2) if ends else 0.0,
    }


def write(folder: Path, described: dict, arrays: Mapping[str, Any]) -> None:
    """Writes both files, the settings last: they name the digest of the numbers, so a half-done build is noticed."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    described = described | {"numbers_sha256": sha256(buffer.getvalue()).hexdigest()}
    text = json.dumps(described, indent=1, ensure_ascii=False) + "\n"
    write_files(folder, {NUMBERS: buffer.getvalue(), SETTINGS: text})


def build(atlas: Atlas, where: Path, afresh: bool) -> str:
    """Writes them into a folder of built files, unless those that lie there are of the same law.

    Returns:
        What was done, in words.
    """
    if not afresh and _is_built(atlas, where):
        return "up to date"
    described, arrays = compute(atlas)
    write(where, described, arrays)
    return f"{facts_settings()['draws']:,} draws of codes on {len(described['days'])} days"


def _is_built(atlas: Atlas, where: Path) -> bool:
    """Whether both files lie there, belong together and were made of what these data hold."""
    try:
        described = json.loads((where / SETTINGS).read_text(encoding="utf-8"))
        numbers = sha256((where / NUMBERS).read_bytes()).hexdigest()
        said = [described[name] for name in ("key", "evidence_to", "numbers_sha256")]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return said == [law_key(atlas), atlas.package.evidence_to, numbers]
