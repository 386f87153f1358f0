"""The audit of the scores in words and tables, for whoever asks for it on the Method page."""

from pathlib import Path

from atlas.law.audit import MEAN, RULES, SOURCES, audit_key, read
from atlas.law.standing import folder
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import texts
from atlas.words.strength import percent


def section(atlas: Atlas, where: Path | None = None) -> dict:
    """Values of the audit's template: sentences and tables; one sentence where the figures are those of other data."""
    prose, found = texts()["audit"], read(where or folder())
    if found.get("key") != audit_key(atlas):
        return {"lines": [prose["waits"]], "blocks": []}
    return {
        "lines": [line.format(**_numbers(found)) for line in prose["lines"]],
        "blocks": [_variance(found), _pairs(found), _scores(atlas, found)],
    }


def _numbers(found: dict) -> dict[str, str]:
    chosen, variance = found["settings"], found["variance"]
    return {
        "day": in_words(found["day"]),
        "runs": f"{variance['runs']:,}",
        "places": str(variance["places"]),
        "width": f"{variance['width']:.0f}",
        "facts": f"{variance['facts_width']:.0f}",
        "low": f"{chosen['partial'][0]}",
        "high": f"{chosen['partial'][1]}",
        "power_floor": percent(chosen["power_floor"]),
    }


def _variance(found: dict) -> dict:
    prose, shares = texts()["audit"]["variance"], found["variance"]
    order = sorted(SOURCES, key=lambda source: -shares["total"][source])
    rows = [(prose["sources"][name], percent(shares["first"][name]), percent(shares["total"][name])) for name in order]
    return {"title": prose["title"], "deck": prose["deck"], "columns": prose["columns"], "rows": rows}


def _pairs(found: dict) -> dict:
    prose, counts = texts()["audit"]["pairs"], found["pairs"]
    rows = [
        (prose["rules"][rule], str(counts[f"{rule}_turned"]), str(counts[f"{rule}_level"]), _kept(counts, rule))
        for rule in RULES
        if rule != MEAN
    ]
    return {
        "title": prose["title"],
        "deck": prose["deck"].format(ordered=counts["ordered"]),
        "columns": prose["columns"],
        "rows": rows,
    }


def _kept(counts: dict, rule: str) -> str:
    return str(counts["ordered"] - counts[f"{rule}_turned"] - counts[f"{rule}_level"])


def _scores(atlas: Atlas, found: dict) -> dict:
    prose = texts()["audit"]["scores"]
    order = sorted(found["scores"], key=lambda place: (-found["scores"][place][MEAN], atlas.name(place)))
    rows = [(atlas.name(place), *(f"{found['scores'][place][rule]:.0f}" for rule in RULES)) for place in order]
    return {"title": prose["title"], "deck": prose["deck"], "columns": prose["columns"], "rows": rows}
