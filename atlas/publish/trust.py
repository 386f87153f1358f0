"""How far the data can be trusted, in figures: agreement of two readings, official sources, provisions, coverage."""

from pathlib import Path

import pandas as pd

from atlas.law.agreement import read, readings_key
from atlas.law.powers import cell
from atlas.law.priorities import VERDICTS
from atlas.law.standing import built, folder
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.tables.method import get_method
from atlas.words import capital, counted, texts
from atlas.words.strength import percent

OFFICIAL = ("official", "statute")


def agreement(atlas: Atlas, where: Path | None = None) -> dict | None:
    """The built figures of agreement; None where they are missing or those of other readings."""
    found = read(where or folder())
    return found if found.get("key") == readings_key(atlas) else None


def official_shares(atlas: Atlas) -> pd.DataFrame:
    """Share of instruments and of acts with an official page or a statute text among their sources, by core place.

    Returns:
        Columns `place`, `instruments`, `instruments_official`, `acts`, `acts_official`; a last row named `all` sums up.
    """
    official = set(atlas.sources.index[atlas.sources["kind"].isin(OFFICIAL)])
    laws = _with_official(atlas, "instruments", "instrument_id", "instrument_sources", official)
    acts = _with_official(atlas, "responses", "response_id", "response_sources", official)
    rows = []
    for place in get_method()["trust"]["core_places"]:
        law, act = (frame.loc[frame["jurisdiction_id"] == place, "official"] for frame in (laws, acts))
        rows.append((place, len(law), int(law.sum()), len(act), int(act.sum())))
    table = pd.DataFrame(rows, columns=["place", "instruments", "instruments_official", "acts", "acts_official"])
    return pd.concat(
        [table, pd.DataFrame([{"place": "all", **table.drop(columns="place").sum().to_dict()}])], ignore_index=True
    )


def _with_official(atlas: Atlas, table: str, key: str, links: str, official: set[str]) -> pd.DataFrame:
    held = atlas[links].loc[atlas[links]["source_id"].isin(official), key]
    return atlas[table][[key, "jurisdiction_id"]].assign(official=atlas[table][key].isin(held).to_numpy())


def fully_read(atlas: Atlas, day: str) -> list[str]:
    """Places for whose law every one of the thirteen powers is assessed on a day."""
    powers = atlas.package.tables["powers"].vocabulary("power")
    return [
        place
        for place in atlas.jurisdictions.index
        if all(cell(atlas, place, power, day).state != "not_assessed" for power in powers)
    ]


def section(atlas: Atlas) -> dict:
    """Values of the trust template: sentences and tables, all computed from the data."""
    prose, day = texts()["trust"], atlas.package.evidence_to
    return {
        "title": prose["title"],
        "lines": [*prose["lines"], *_coverage(atlas, day)],
        "blocks": [*_agreement_blocks(atlas), *_comparison_blocks(atlas), _official_block(atlas)],
    }


def _agreement_blocks(atlas: Atlas) -> list[dict]:
    """What the two readings say of each other; nothing without second readings, a word where figures await a build."""
    if not len(atlas["second_readings"]):
        return []
    prose, found = texts()["trust"], agreement(atlas)
    if found is None:
        return [{"title": prose["powers_title"], "deck": prose["waits"], "columns": [], "rows": []}]
    return [_powers_block(atlas, found), _acts_block(found), _settled_block(atlas, found)]


def _coverage(atlas: Atlas, day: str) -> list[str]:
    prose, powers = texts()["trust"], atlas["powers"]
    countries = [
        place
        for place in fully_read(atlas, day)
        if atlas.jurisdictions.at[place, "kind"] in ("country", "supranational", "territory")
    ]
    missing = int((powers["provision_status"] == "not_found").sum())
    return [
        prose["coverage"].format(day=in_words(day), count=len(countries)),
        prose["provisions"].format(missing=missing, total=int((powers["level"] > 0).sum())),
        *_read_once(atlas),
    ]


def _read_once(atlas: Atlas) -> list[str]:
    """How many records no second reading has seen; nothing where there are no second readings at all."""
    second = atlas["second_readings"]["record_kind"].value_counts()
    counts = {
        table: (len(atlas.whole[table]), len(atlas.whole[table]) - int(second.get(kind, 0)))
        for table, kind in (("powers", "power"), ("responses", "act"))
    }
    if not len(second) or not any(once for _, once in counts.values()):
        return []
    (all_powers, powers), (all_acts, acts) = counts["powers"], counts["responses"]
    return [texts()["trust"]["once"].format(powers=powers, all_powers=all_powers, acts=acts, all_acts=all_acts)]


def _powers_block(atlas: Atlas, found: dict) -> dict:
    prose = texts()["trust"]
    rows = [
        (
            atlas.label("power", power),
            str(figures["pairs"]),
            _share(figures["raw"], figures["raw_range"]),
            _alpha(figures),
        )
        for power, figures in found["by_power"].items()
    ]
    rows += [
        (prose[name], str(found[key]["pairs"]), _share(found[key]["raw"], found[key]["raw_range"]), _alpha(found[key]))
        for name, key in (("all_powers", "powers"), ("all_effective", "effective"))
    ]
    return {
        "title": prose["powers_title"],
        "deck": prose["powers_deck"],
        "columns": prose["powers_columns"],
        "rows": rows,
    }


def _acts_block(found: dict) -> dict:
    prose = texts()["trust"]
    rows = [
        (
            prose[name],
            str(found[name]["pairs"]),
            _share(found[name]["raw"], found[name]["raw_range"]),
            _alpha(found[name]),
        )
        for name in ("acts", "rungs")
    ]
    return {"title": prose["acts_title"], "deck": prose["acts_deck"], "columns": prose["acts_columns"], "rows": rows}


def _settled_block(atlas: Atlas, found: dict) -> dict:
    prose = texts()["trust"]
    rows = [
        (atlas.label("settled_how", way), str(found["settled"]["power"][way]), str(found["settled"]["act"][way]))
        for way in found["settled"]["power"]
    ]
    return {
        "title": prose["settled_title"],
        "deck": prose["settled_deck"],
        "columns": prose["settled_columns"],
        "rows": rows,
    }


def _comparison_blocks(atlas: Atlas) -> list[dict]:
    """Chance of error by how a code was read, and what other cut-offs would say of all pairs."""
    prose, found = texts()["trust"], built(atlas)
    if found is None:
        return [{"title": prose["errors_title"], "deck": texts()["strength"]["waits"], "columns": [], "rows": []}]
    error = found[0]["error"]
    errors = [_error_row(history, one) for history, one in error.items()]
    counts = {f"{kind}_read": error[kind]["read"] for kind in ("agreed", "settled")}
    sampled = "errors_deck" if error["agreed"]["read"] else "errors_deck_agreement"
    cuts = [
        (
            prose["cuts"][one["name"]].format(share=percent(one["ahead_from"]), floor=percent(one["floor"])),
            *(str(one["verdicts"][verdict]) for verdict in VERDICTS),
            f"{one['width']:.0f}",
        )
        for one in found[0]["variants"]
    ]
    method = found[0]["variants"][0]
    shared = percent(get_method()["facts"]["shared_error"])
    verdicts = [texts()["strength"]["verdicts"][verdict] for verdict in VERDICTS]
    return [
        {
            "title": prose["errors_title"],
            "deck": prose[sampled].format(shared=shared, **counts),
            "columns": prose["errors_columns"],
            "rows": errors,
        },
        {
            "title": prose["cuts_title"],
            "deck": prose["cuts_deck"].format(pairs=counted(method["pairs"], "pair", "pairs")),
            "columns": [prose["cuts_first"], *(capital(verdict) for verdict in verdicts), prose["cuts_width"]],
            "rows": cuts,
        },
    ]


def _error_row(history: str, one: dict) -> tuple[str, ...]:
    """One kind of reading history: how many codes, what the sample found, the chance of error with its range."""
    prose = texts()["trust"]
    sampled = [str(one[name]) for name in ("read", "wrong", "open")] if one["read"] else [prose["not_sampled"], "", ""]
    chance = _share(one["error"], one["range"])
    chance = chance if one["range"] else prose["assumed"].format(share=chance)
    most = percent(one["at_most"]) if one["at_most"] else ""
    return (prose["histories"][history], f"{one['codes']:,}", *sampled, chance, most)


def _official_block(atlas: Atlas) -> dict:
    prose = texts()["trust"]
    rows = [
        (
            prose["all_places"] if row.place == "all" else atlas.name(row.place),
            *(
                _of(part, whole)
                for part, whole in ((row.instruments_official, row.instruments), (row.acts_official, row.acts))
            ),
        )
        for row in official_shares(atlas).itertuples()
    ]
    return {
        "title": prose["official_title"],
        "deck": prose["official_deck"],
        "columns": prose["official_columns"],
        "rows": rows,
    }


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole} ({percent(part / whole)})" if whole else "none"


def _share(value: float | None, ends: list[float] | None) -> str:
    if value is None:
        return "none"
    return f"{percent(value)} ({percent(ends[0])} to {percent(ends[1])})" if ends else percent(value)


def _alpha(figures: dict) -> str:
    if figures["alpha"] is None:
        return texts()["trust"]["no_alpha"]
    low, high = figures["alpha_range"]
    return f"{figures['alpha']:.2f} ({low:.2f} to {high:.2f})"
