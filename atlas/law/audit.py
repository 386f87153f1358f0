"""The audit of the scores: all sources of uncertainty together, and two other rules of aggregation.

`make build` writes `data/built/audit.json`; pages read it when asked. Scores of the comparable places on the last day
of the evidence are drawn again with the codes, the weights of the groups, those of the powers within a group, the value
of a partial power and the rule of aggregation varied at once. Which source moves a score how far is told by Sobol
indices, by the SALib library (Saisana, Saltelli and Tarantola 2005). The front of the dashboard keeps these sources
apart; this says what that leaves out. CODEBOOK.md, "Audit".
"""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np

from atlas.law import built_figures
from atlas.law.build_standing import law_key, pools
from atlas.law.facts import applicable_rows, comparable_on, drawn_groups, drawn_scores, place_levels
from atlas.law.facts import settings as facts_settings
from atlas.law.priorities import ORDERED, field, verdict
from atlas.law.priorities import settings as priorities_settings
from atlas.law.strength import compulsory, equal_weights, group_index, group_scores, groups, levels_of
from atlas.progress import say
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method

FILE = "audit.json"
# Raised when the same data and settings would give other figures.
METHOD = 1
MEAN, GEOMETRIC, WEAKEST = RULES = ("mean", "geometric", "weakest")
CODES, GROUPS, POWERS, PART, RULE = SOURCES = ("codes", "groups", "powers", "partial", "rule")
TOP = 100.0


def settings() -> dict:
    """The numbers of the method that the audit follows."""
    return get_method()["audit"]


def audit_key(atlas: Atlas) -> str:
    """SHA-256 of all that the figures hang on."""
    return sha256(json.dumps([METHOD, settings(), law_key(atlas)], sort_keys=True).encode()).hexdigest()


def aggregate(parts: np.ndarray, weights: np.ndarray, rule: str) -> np.ndarray:
    """One score from those of the groups.

    Args:
        parts: scores of the groups, 0 to 100, shape (groups, ...); NaN where a group is not assessed.
        weights: of the groups, of the same shape or one that fits it.
        rule: `mean`; `geometric`, in which a group of less than a point counts as one, so that it pulls the whole down
            and does not end it; or `weakest`, the lowest group alone.

    Returns:
        Scores of shape (...).
    """
    if rule == WEAKEST:
        return np.nanmin(parts, axis=0)
    known = ~np.isnan(parts)
    share = np.where(known, weights, 0.0)
    share = share / share.sum(0)
    if rule == GEOMETRIC:
        return np.exp((share * np.log(np.maximum(np.where(known, parts, 1.0), 1.0))).sum(0))
    return (share * np.where(known, parts, 0.0)).sum(0)


def second_opinions(atlas: Atlas, day: str) -> dict[str, dict[str, float]]:
    """Score of each comparable place as coded, under equal weights, by each rule of aggregation."""
    places = comparable_on(atlas, day)
    parts = np.array([part.point for part in group_scores(levels_of(atlas, day, places), equal_weights())])
    parts = parts.reshape(len(groups()), len(places))
    weights = np.array(equal_weights().group)[:, None]
    return {rule: dict(zip(places, aggregate(parts, weights, rule).tolist())) for rule in RULES}


def turned(atlas: Atlas, day: str) -> dict[str, int]:
    """Pairs of one pool that the method puts in an order, and how many of them each other rule turns, or levels."""
    rows, places, scores = applicable_rows(atlas, day), comparable_on(atlas, day), second_opinions(atlas, day)
    pool = pools(atlas, places)
    found = {"ordered": 0, **{f"{rule}_{what}": 0 for rule in RULES[1:] for what in ("turned", "level")}}
    for index, one in enumerate(places):
        for position, other in enumerate(places[:index]):
            first, second = field(drawn_groups(one, rows[one]), drawn_groups(other, rows[other])).shares
            if pool[index] != pool[position] or verdict(first, second) not in ORDERED:
                continue
            found["ordered"] += 1
            ahead, behind = (one, other) if first > second else (other, one)
            for rule in RULES[1:]:
                apart = scores[rule][ahead] - scores[rule][behind]
                found[f"{rule}_level"] += abs(apart) < 1e-9
                found[f"{rule}_turned"] += apart <= -1e-9
    return found


def problem() -> dict:
    """The sources as SALib takes them: uniform numbers, of which those of one source vary together."""
    names = [CODES, *(f"{GROUPS}{number}" for number in (1, 2)), *(f"{POWERS} {power}" for power in compulsory())]
    names += [PART, RULE]
    of_source = [CODES, GROUPS, GROUPS, *(POWERS for _ in compulsory()), PART, RULE]
    return {"num_vars": len(names), "names": names, "groups": of_source, "bounds": [[0.0, 1.0]] * len(names)}


def group_weights(sample: np.ndarray) -> np.ndarray:
    """Weights spread evenly over the triangle of priorities, from two uniform numbers each; shape (groups, runs)."""
    low, high = np.sort(sample, axis=1).T
    floor = priorities_settings()["floor"]
    return floor + (1 - len(groups()) * floor) * np.array([low, high - low, 1 - high])


def power_weights(sample: np.ndarray) -> np.ndarray:
    """Weights of the powers within their group, each at least its share of `power_floor`; shape (powers, runs)."""
    raw, index = -np.log(np.clip(sample.T, 1e-12, 1.0)), group_index()
    found = np.empty_like(raw)
    for group in range(len(groups())):
        mine = index == group
        floor = settings()["power_floor"] / mine.sum()
        found[mine] = floor + (1 - mine.sum() * floor) * raw[mine] / raw[mine].sum(0)
    return found


def runs(levels: np.ndarray, sample: np.ndarray) -> np.ndarray:
    """Score of one place in each run.

    Args:
        levels: of its powers in each draw of codes, shape (powers, draws).
        sample: a number from 0 to 1 for each name of `problem`, shape (runs, names).

    Returns:
        Shape (runs,).
    """
    count = len(compulsory())
    drawn = levels[:, np.minimum((sample[:, 0] * levels.shape[1]).astype(int), levels.shape[1] - 1)]
    low, high = settings()["partial"]
    partial = low + (high - low) * sample[:, 3 + count]
    value = np.where(drawn == 1, partial, np.where(drawn > 1, TOP, 0.0)) * power_weights(sample[:, 3 : 3 + count])
    parts = np.array([value[group_index() == position].sum(0) for position in range(len(groups()))])
    weights = group_weights(sample[:, 1:3])
    rule = np.minimum((sample[:, 4 + count] * len(RULES)).astype(int), len(RULES) - 1)
    return np.choose(rule, [aggregate(parts, weights, name) for name in RULES])


def variance(atlas: Atlas, day: str) -> dict:
    """Sobol indices of each source over the comparable places, and the ranges of scores with every source at once.

    Returns:
        `first` and `total` by source, means over the places whose score varies: the share of the variance that a
        source makes by itself, and with all that it makes together with others; `width`, the median range in points;
        `facts_width`, the same for codes alone; `runs`.
    """
    from SALib.analyze import sobol as analyse
    from SALib.sample import sobol as saltelli

    chosen, ends = settings(), facts_settings()["range"]
    asked = problem()
    sample = saltelli.sample(asked, chosen["samples"], calc_second_order=False, seed=chosen["seed"])
    rows, places = applicable_rows(atlas, day), comparable_on(atlas, day)
    found, widths, facts = [], [], []
    for place in places:
        scores = runs(place_levels(place, rows[place]), sample)
        widths.append(np.subtract(*np.quantile(scores, ends[::-1])))
        facts.append(np.subtract(*np.quantile(drawn_scores(place, rows[place]), ends[::-1])))
        if scores.std() > 0:
            indices = analyse.analyze(asked, scores, calc_second_order=False, num_resamples=2, seed=chosen["seed"])
            found.append([np.array(indices[name], dtype=float) for name in ("S1", "ST")])
    # SALib names groups in the order in which they first stand.
    order = list(dict.fromkeys(asked["groups"]))
    first, total = np.mean(found, axis=0) if found else np.zeros((2, len(order)))
    return {
        "first": {name: round(float(value), 3) for name, value in zip(order, first)},
        "total": {name: round(float(value), 3) for name, value in zip(order, total)},
        "width": round(float(np.median(widths)), 1) if widths else 0.0,
        "facts_width": round(float(np.median(facts)), 1) if facts else 0.0,
        "runs": len(sample),
        "places": len(found),
    }


def compute(atlas: Atlas) -> dict:
    """All figures of the audit on the last day of the evidence."""
    say("audit: all sources together, other rules of aggregation")
    day = atlas.package.evidence_to
    opinions = second_opinions(atlas, day)
    return {
        "key": audit_key(atlas),
        "day": day,
        "settings": settings(),
        "variance": variance(atlas, day),
        "scores": {
            place: {rule: round(opinions[rule][place], 1) for rule in RULES} for place in comparable_on(atlas, day)
        },
        "pairs": turned(atlas, day),
    }


def build(atlas: Atlas, where: Path, afresh: bool) -> str:
    """Writes the figures into a folder of built files, whole or not at all, unless they are those of these data.

    Returns:
        What was done, in words.
    """
    found = built_figures.renewed(where / FILE, audit_key(atlas), afresh, lambda: compute(atlas))
    if not found:
        return "up to date"
    return f"{found['variance']['runs']:,} runs over {found['variance']['places']} places"


def read(where: Path) -> dict:
    """The figures that lie in a folder of built files; empty where there are none."""
    return built_figures.read(where / FILE)
