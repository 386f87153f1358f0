"""Computes the variants for every day on which the law changes, and writes what pages need of them.

`make build` writes `data/built/robustness.npz` (numbers) and `robustness.json` (settings, days, places, key), whole or
not at
all; the same data give the same bytes. The key is a digest of what the numbers hang on: a page that meets data of
another key says that robustness awaits a build, and shows none.
"""

import io
import json
from hashlib import sha256
from pathlib import Path

import numpy as np

from atlas.atomic import write_files
from atlas.law.clock import power_spans
from atlas.law.coding_error import ASSUMED, OBSERVED, agreed, chances, source
from atlas.law.inheritance import membership_days
from atlas.law.powers import with_own_law
from atlas.law.strength import compulsory, equal_weights, whole_scores
from atlas.law.variants import SOURCES, Row, applicable_rows, levels_from, settings, variant_scores, word_of
from atlas.progress import say, told
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, day_after
from atlas.tables.method import get_method

# Raised when the same data and settings would give other numbers.
METHOD = 2
WINDOW = ("2025-12-01", "2027-12-31")
FOLDER, NUMBERS, SETTINGS = "built", "robustness.npz", "robustness.json"
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
    "instrument_exceptions": ["instrument_id", "jurisdiction_id"],
    "instrument_fields": ["instrument_id", "field"],
    "fields_read": ["jurisdiction_id", "field", "reading"],
}


def law_key(atlas: Atlas) -> str:
    """SHA-256 of all that the numbers hang on, whatever the order of rows and the words of notes."""
    method = get_method()
    chosen = {name: method[name] for name in ("robustness", "strength", "power_groups", "fields_of_power", "corners")}
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


def comparable(rows: dict[str, tuple[Row, ...]], own: frozenset[str]) -> tuple[str, ...]:
    """Places with law of their own of which enough is assessed to be put in an order."""
    places = tuple(sorted(own.intersection(rows)))
    levels = np.array([levels_from(rows[place]) for place in places]).reshape(len(places), len(compulsory()))
    point = whole_scores(levels, equal_weights()).point
    return tuple(place for place, value in zip(places, point) if not np.isnan(value))


def pools(atlas: Atlas, places: tuple[str, ...]) -> np.ndarray:
    """Which places are ranked among one another: 0 for states, provinces and other parts, 1 for the rest."""
    inherits = atlas.jurisdictions.loc[list(places), "inherits_parent_law"]
    return (~inherits.fillna(False).astype(bool)).to_numpy().astype(np.int8)


def summarise(scores: np.ndarray, pool: np.ndarray) -> dict[str, np.ndarray]:
    """What pages show of the variants of one day.

    Args:
        scores: shape (places, variants).
        pool: which places are ranked together, shape (places,).

    Returns:
        `median`, `low`, `high` (points), `rank_low`, `rank_high` (1 is the highest of the pool), `held` (variants
        at or over the corner's line), each of shape (places,); `over`, shape (places, places): in how many variants
        the row's place is strictly ahead of the column's.
    """
    ends = settings()["range"]
    over = np.zeros((len(scores), len(scores)), dtype=np.uint16)
    ranks = np.zeros((len(scores), 2), dtype=np.uint16)
    for row, mine in enumerate(scores):
        above = scores > mine
        over[:, row] = above.sum(1)
        rank = 1 + above[pool == pool[row]].sum(0)
        ranks[row] = np.quantile(rank, ends, method="inverted_cdf")
    low, median, high = np.quantile(scores, [ends[0], 0.5, ends[1]], axis=1) if len(scores) else np.zeros((3, 0))
    line = get_method()["corners"]["strength"]
    return {
        "median": median.astype(np.float32),
        "low": low.astype(np.float32),
        "high": high.astype(np.float32),
        "rank_low": ranks[:, 0],
        "rank_high": ranks[:, 1],
        "held": (scores >= line).sum(1).astype(np.uint16),
        "over": over,
    }


def compute(atlas: Atlas) -> tuple[dict, dict[str, np.ndarray]]:
    """Settings and arrays of all days; a place whose law is as it was is not scored again."""
    kept: dict[tuple[str, tuple[Row, ...]], np.ndarray] = {}
    days, arrays, before = [], {}, None
    for day in told(change_days(atlas), "robustness: days on which the law changed"):
        rows = applicable_rows(atlas, day)
        places = comparable(rows, with_own_law(atlas, day))
        now = [(place, rows[place]) for place in places]
        if now == before:
            continue
        before = now
        kept = {key: kept[key] if key in kept else variant_scores(*key) for key in now}
        position = len(days)
        pool = pools(atlas, places)
        for name, values in summarise(np.array([kept[key] for key in now]), pool).items():
            arrays[f"{position}.{name}"] = values
        arrays[f"{position}.pool"] = pool
        days.append({"from": day, "places": list(places)})
    say("robustness: what each source of doubt adds, and what the assumed chances would say")
    described = {
        "key": law_key(atlas),
        "evidence_to": atlas.package.evidence_to,
        "window": list(WINDOW),
        "settings": settings(),
        "strength": get_method()["strength"],
        "power_groups": get_method()["power_groups"],
        "method": METHOD,
        "width_by_source": widths(atlas),
        "coding": coding(atlas),
        "days": days,
    }
    return described, arrays


def coding(atlas: Atlas) -> dict:
    """Where coding errors come from, their chances, and what the assumed ones of before would have said instead.

    `assumed` compares the two settings at the release's last day: how many pairs get another word, of how many, and
    the median width of the range under each.
    """
    by = source(atlas)
    found = {by: _words(atlas, by), ASSUMED: _words(atlas, ASSUMED)}
    return {
        "source": by,
        "right": agreed(atlas) if by == OBSERVED else settings()["code_is_right"],
        "chances": [
            {"level": level, "confidence": rank, "levels": list(row)}
            for (level, rank), row in sorted(chances(atlas).items())
        ],
        "assumed": {
            "pairs": len(found[by][0]),
            "other_word": sum(one != other for one, other in zip(found[by][0], found[ASSUMED][0])),
            "width": found[by][1],
            "assumed_width": found[ASSUMED][1],
        },
    }


def _words(atlas: Atlas, by: str) -> tuple[list[str], float]:
    """The word on every pair of places of one pool at the last day, and the median width of the range."""
    rows = applicable_rows(atlas, atlas.package.evidence_to, by)
    places = comparable(rows, with_own_law(atlas, atlas.package.evidence_to))
    scores, pool = np.array([variant_scores(place, rows[place]) for place in places]), pools(atlas, places)
    pairs = [(a, b) for a in range(len(places)) for b in range(a) if pool[a] == pool[b]]
    words = [word_of(float((scores[a] > scores[b]).mean()), float((scores[b] > scores[a]).mean())) for a, b in pairs]
    ends = np.quantile(scores, settings()["range"], axis=1)
    return words, round(float(np.median(ends[1] - ends[0])), 2)


def widths(atlas: Atlas) -> dict[str, float]:
    """Median width of the range over places at the release's last day, each source of uncertainty varied alone."""
    rows = applicable_rows(atlas, atlas.package.evidence_to)
    result = {}
    for varied in SOURCES:
        spans = [
            np.subtract(
                *np.quantile(variant_scores(place, rows[place], frozenset({varied})), settings()["range"][::-1])
            )
            for place in comparable(rows, with_own_law(atlas, atlas.package.evidence_to))
        ]
        result[varied] = round(float(np.median(spans)), 2) if spans else 0.0
    return result


def write(folder: Path, described: dict, arrays: dict[str, np.ndarray]) -> None:
    """Writes both files, the settings last: they name the digest of the numbers, so a half-done build is noticed."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    described = described | {"numbers_sha256": sha256(buffer.getvalue()).hexdigest()}
    text = json.dumps(described, indent=1, ensure_ascii=False) + "\n"
    write_files(folder, {NUMBERS: buffer.getvalue(), SETTINGS: text})


def build(atlas: Atlas, where: Path, afresh: bool) -> str:
    """Writes the variants into a folder of built files, unless those that lie there are of the same law.

    Returns:
        What was done, in words.
    """
    if not afresh and _is_built(atlas, where):
        return "up to date"
    described, arrays = compute(atlas)
    write(where, described, arrays)
    return f"{settings()['variants']:,} variants on {len(described['days'])} days"


def _is_built(atlas: Atlas, where: Path) -> bool:
    """Whether both files lie there, belong together and were made of what these data hold."""
    try:
        described = json.loads((where / SETTINGS).read_text(encoding="utf-8"))
        numbers = sha256((where / NUMBERS).read_bytes()).hexdigest()
        said = [described[name] for name in ("key", "evidence_to", "numbers_sha256")]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return said == [law_key(atlas), atlas.package.evidence_to, numbers]
