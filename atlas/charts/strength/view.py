"""Ranges of enforcement strength: one row a regime, with its groups, soft powers, coverage and type."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from atlas.charts.view import PLACE_COLUMN, View
from atlas.draw.palette import REGIME, Colour
from atlas.law.build_standing import pools
from atlas.law.inheritance import arsenal, members_of
from atlas.law.law_cache import while_law_stands
from atlas.law.regime import instrument_types, regimes
from atlas.law.standing import Standings, dominance_pairs, mark, pair, standings
from atlas.law.strength import Strength, compulsory, groups, strengths
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import texts
from atlas.words.strength import dominance_words, ranges_title, rank_words

FORCES = ("binding_with_penalties", "binding_without_penalties", "soft_law")
KINDS = ("country", "supranational", "subnational", "territory", "city")


@dataclass(frozen=True)
class Range:
    """One regime.

    Attributes:
        place, name: id and name.
        strength: score, bounds, groups, soft powers, coverage.
        median, low, high: of the draws of codes; None where there are none or too little is assessed.
        rank: rank in words; empty likewise.
        type, type_label, colour: of the whole arsenal.
        folded: names of the parts or members that stand folded under this row.
    """

    place: str
    name: str
    strength: Strength
    median: float | None
    low: float | None
    high: float | None
    rank: str
    type: str
    type_label: str
    colour: Colour
    folded: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class RangesView(View):
    """The view with its rows, those that can be compared first.

    `built` says whether ranges match the data; `unread` counts places whose law was not read; `notes` are
    sentences, as on dominance; `labels` name the groups.
    """

    rows: tuple[Range, ...] = ()
    built: bool = True
    unread: int = 0
    notes: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Filter:
    """What a reader asked to see; empty fields ask for nothing."""

    find: str = ""
    region: str = ""
    kind: str = ""
    force: str = ""
    unfold: tuple[str, ...] = ()


def regions(atlas: Atlas) -> tuple[str, ...]:
    """Regions of jurisdictions, by name."""
    return tuple(sorted(set(atlas["jurisdictions"]["region"]) - {""}))


@while_law_stands(maxsize=8)
def families(atlas: Atlas, day: str) -> dict[str, tuple[str, ...]]:
    """Places whose law was read and that are folded under a federation, a state or the Union, by that one's id."""
    read = {place for place, found in strengths(atlas, day).items() if found.assessed}
    result: dict[str, list[str]] = {}
    for place in sorted(read, key=atlas.name):
        row = atlas.jurisdictions.loc[place]
        heads = members_of(atlas, place, day) or (
            [row["parent_id"]]
            if row["parent_id"] and row["inherits_parent_law"] is not pd.NA and row["inherits_parent_law"]
            else []
        )
        for head in heads:
            result.setdefault(head, []).append(place)
    return {head: tuple(parts) for head, parts in sorted(result.items(), key=lambda item: atlas.name(item[0]))}


@while_law_stands(maxsize=8)
def forces(atlas: Atlas, day: str) -> dict[str, frozenset[str]]:
    """Legal forces of the instruments that apply in each place on a day."""
    laws = arsenal(atlas, day)
    laws = laws[laws["instrument_id"].isin(instrument_types(atlas, day))]
    force = atlas.instruments.loc[laws["instrument_id"], "legal_force"].to_numpy()
    return {place: frozenset(found) for place, found in laws.assign(force=force).groupby("jurisdiction_id")["force"]}


def strength_ranges(atlas: Atlas, day: str, wanted: Filter = Filter()) -> RangesView:
    """The ranges on a day, sorted by the score that is printed.

    Regimes without enough assessed follow by name, with bounds alone: they are in no order.
    """
    return _ranges(atlas, day, wanted, mark(atlas))


@lru_cache(maxsize=24)
def _ranges(atlas: Atlas, day: str, wanted: Filter, build: str) -> RangesView:
    found, drawn, types = strengths(atlas, day), standings(atlas, day), regimes(atlas, day)
    read = {place for place, what in found.items() if what.assessed}
    shown = [place for place in read if _fits(atlas, place, day, wanted)]
    rows = [_range(atlas, place, day, found[place], drawn, types[place].type, wanted) for place in shown]
    rows.sort(key=lambda row: (row.strength.whole.point is None, -(row.strength.whole.point or 0.0), row.name))
    title = _title(found, drawn, atlas, day)
    prose = texts()["strength"]
    deck, caveat = prose["deck"], prose["caveat"] if drawn else prose["waits"]
    labels = {name: atlas.label("power_group", name) for name in (*groups(), "soft")}
    scored = sum(row.strength.whole.point is not None for row in rows)
    ordered = tuple(place for place, what in found.items() if what.whole.point is not None)
    dominated: dict[str, list[str]] = {}
    for stronger, weaker in dominance_pairs(atlas, day, ordered):
        dominated.setdefault(stronger, []).append(weaker)
    notes = (_dominance(atlas, ordered, dominated),)
    return RangesView(
        slug="strength",
        title=title,
        deck=deck,
        as_of=day,
        evidence_to=atlas.package.evidence_to,
        caveat=caveat,
        alt=(
            f"Ranges of enforcement strength. {title}. {len(rows)} regimes shown on {in_words(day)}, {scored} of them"
            " with a score. The table gives each."
        ),
        hover={row.place: _hover(row) for row in rows},
        table=_table(atlas, rows, labels, dominated),
        options={"date": day},
        rows=tuple(rows),
        built=drawn is not None,
        unread=len(found) - len(read),
        notes=notes,
        labels=labels,
    )


def _fits(atlas: Atlas, place: str, day: str, wanted: Filter) -> bool:
    row = atlas.jurisdictions.loc[place]
    if wanted.region and row["region"] != wanted.region:
        return False
    if wanted.kind and row["kind"] != wanted.kind:
        return False
    if wanted.force and wanted.force not in forces(atlas, day).get(place, ()):
        return False
    if wanted.find:
        return wanted.find.casefold() in f"{row['name']} {place}".casefold()
    heads = [head for head, parts in families(atlas, day).items() if place in parts]
    return not heads or wanted.kind == "subnational" or any(head in wanted.unfold for head in heads)


def _range(
    atlas: Atlas, place: str, day: str, strength: Strength, drawn: Standings | None, kind: str, wanted: Filter
) -> Range:
    position = drawn.row(place) if drawn else None
    median, low, high, rank = None, None, None, ""
    if drawn is not None and position is not None:
        median, low, high = (float(values[position]) for values in (drawn.median, drawn.low, drawn.high))
        rank = rank_words(int(drawn.rank_low[position]), int(drawn.rank_high[position]), drawn.ranked(place))
    hidden = not wanted.find and place not in wanted.unfold
    folded = tuple(atlas.name(part) for part in families(atlas, day).get(place, ())) if hidden else ()
    return Range(
        place,
        atlas.name(place),
        strength,
        median,
        low,
        high,
        rank,
        kind,
        atlas.label("regime_type", kind),
        REGIME[kind],
        folded,
    )


def _title(found: Mapping[str, Strength], drawn: Standings | None, atlas: Atlas, day: str) -> str:
    """Counts pairs among countries and the Union, whatever is filtered: a finding about the data, not the filter.

    Members of the Union are not among them: they hold its law, and would count it again and again.
    """
    scored = tuple(place for place, what in found.items() if what.whole.point is not None)
    kept = _counted(atlas, scored, day)
    if not drawn:
        return ranges_title(day, len(kept), 0, False)
    pairs = [pair(drawn, one, other) for index, one in enumerate(kept) for other in kept[index + 1 :]]
    return ranges_title(day, len(kept), sum(found is not None and found.ordered for found in pairs), True)


def _counted(atlas: Atlas, places: tuple[str, ...], day: str) -> tuple[str, ...]:
    """Of some places those that count as regimes of their own: no members, no states."""
    return tuple(
        place for place, pool in zip(places, pools(atlas, places)) if pool and not members_of(atlas, place, day)
    )


def _dominance(atlas: Atlas, ordered: tuple[str, ...], dominated: dict[str, list[str]]) -> str:
    top = {place for place, pool in zip(ordered, pools(atlas, ordered)) if pool}
    pairs = sum(weaker in top for stronger, others in dominated.items() if stronger in top for weaker in others)
    return dominance_words(pairs, len(top) * (len(top) - 1) // 2)


def _hover(row: Range) -> str:
    whole = row.strength.whole
    if whole.point is None:
        return (
            f"{row.name}: between {whole.low:.0f} and {whole.high:.0f}; {row.strength.assessed} of {len(compulsory())}"
            " powers assessed, no score"
        )
    drawn = (
        f"; 90% of the draws of codes between {row.low:.0f} and {row.high:.0f}, median {row.median:.0f}; {row.rank}"
        if row.median is not None
        else ""
    )
    return f"{row.name}: {whole.point:.0f} points{drawn}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _table(atlas: Atlas, rows: list[Range], labels: dict[str, str], dominated: dict[str, list[str]]) -> pd.DataFrame:
    """Table twin: one row a regime, in the order of the chart."""
    cells = []
    for row in rows:
        whole, parts = row.strength.whole, row.strength.groups
        cells.append(
            (
                row.name,
                row.place,
                _number(whole.point) or "too little assessed",
                _number(row.median),
                _number(row.low),
                _number(row.high),
                row.rank,
                _number(whole.low),
                _number(whole.high),
                f"{row.strength.assessed} of {len(compulsory())}",
                f"{100 * whole.coverage:.0f}%",
                *(_number(parts[name].point) or "not assessed" for name in groups()),
                _number(row.strength.soft.point) or "not assessed",
                _number(row.strength.outlined),
                row.type_label,
                ", ".join(sorted(map(atlas.name, dominated.get(row.place, [])))),
            )
        )
    columns = [
        "Jurisdiction",
        PLACE_COLUMN,
        "Score",
        "Median",
        "Low (5%)",
        "High (95%)",
        "Order",
        "If unassessed were absent",
        "If unassessed were full",
        "Powers assessed",
        "Weight assessed",
        *(labels[name] for name in groups()),
        labels["soft"],
        "Once adopted laws apply",
        "All laws together",
        "At least as strong on every power as",
    ]
    return pd.DataFrame(cells, columns=columns)
