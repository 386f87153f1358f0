"""Two to four places, or instruments, side by side: a matrix of powers whose every cell names what decides it.

The law decides each cell (`atlas/law/powers.py`); here the cells are put in order, compared and said in words.
Receipts, money and files hang on it in `atlas/publish/comparison/receipts.py`.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

import pandas as pd

from atlas.charts.compare.cells import MatrixCell, instrument_cell, one_line, place_cell
from atlas.charts.view import View
from atlas.law.regime import instrument_types
from atlas.law.standing import dominance, pair, standings
from atlas.response.evidence import knowledge
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.tables.method import get_method
from atlas.words import compare as say
from atlas.words import named, texts
from atlas.words.strength import whole_percent

PLACES, INSTRUMENTS = "places", "instruments"
FEWEST, MOST = 2, 4
SOFT = "soft"
# States in which a cell says something about the law of the day; the others say nothing or not yet.
READ = ("full", "partial", "absent", "not_yet")


@dataclass(frozen=True)
class Column:
    """A place or an instrument: id, heading, heading within a sentence, what is said of it in one sentence."""

    id: str
    name: str
    in_sentence: str
    sentence: str
    place: str

    @property
    def code(self) -> str:
        """What stands over a narrow column: the id of a place, the short name of an instrument."""
        return self.id if self.id == self.place else self.name


@dataclass(frozen=True)
class Row:
    """One power over all columns. `differs` is None where fewer than two columns were read."""

    power: str
    label: str
    definition: str
    group: str
    group_label: str
    cells: tuple[MatrixCell, ...]
    differs: bool | None


@dataclass(frozen=True)
class Pair:
    """Two columns (ids) and the sentence on them."""

    one: str
    other: str
    sentence: str


@dataclass(frozen=True)
class Comparison(View):
    """A `View` with its matrix. `mode` is `places` or `instruments`."""

    mode: str = PLACES
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    pairs: tuple[Pair, ...] = ()

    def shown(self, only_differences: bool, only_compulsory: bool) -> tuple[Row, ...]:
        """The rows that the reader's switches leave."""
        return tuple(
            row
            for row in self.rows
            if not (only_compulsory and row.group == SOFT) and not (only_differences and not row.differs)
        )


def comparison(atlas: Atlas, mode: str, ids: tuple[str, ...], day: str) -> Comparison:
    """The comparison of two to four places or instruments on a day.

    Raises:
        ValueError: fewer than two or more than four different ids.
        KeyError: an id is unknown.
    """
    base = _matrix(atlas, mode, ids, day)
    # Pairs are made anew: what can be said of their order depends on built files, which may appear while the app runs.
    return replace(
        base,
        pairs=tuple(
            Pair(base.columns[i].id, base.columns[j].id, _pair(atlas, base, i, j))
            for i, j in combinations(range(len(base.columns)), 2)
        ),
    )


@lru_cache(maxsize=32)
def _matrix(atlas: Atlas, mode: str, ids: tuple[str, ...], day: str) -> Comparison:
    """A comparison without its pairs."""
    if not FEWEST <= len(set(ids)) == len(ids) <= MOST:
        raise ValueError(f"a comparison takes {FEWEST} to {MOST} different ids, not {ids}")
    columns = tuple(_place(atlas, one, day) if mode == PLACES else _instrument(atlas, one, day) for one in ids)
    rows = tuple(
        _row(atlas, mode, ids, power, group, day)
        for group in get_method()["power_groups"]
        for power in get_method().powers(group)
    )
    differing, open_rows = sum(row.differs is True for row in rows), sum(row.differs is None for row in rows)
    title = say.compare_title([column.in_sentence for column in columns], differing, open_rows, len(rows))
    prose = texts()["compare"]
    return Comparison(
        slug="compare",
        title=title,
        deck=prose["deck" if mode == PLACES else "deck_instruments"].format(day=in_words(day)),
        as_of=day,
        evidence_to=atlas.package.evidence_to,
        caveat=prose["caveat"],
        alt=_alt(title, columns, rows, day),
        table=_table(columns, rows),
        options={mode: ",".join(ids), "date": day},
        mode=mode,
        columns=columns,
        rows=rows,
    )


def _place(atlas: Atlas, place: str, day: str) -> Column:
    atlas.jurisdictions.loc[place]
    sentence = say.place_line(atlas, knowledge(atlas, day)[place], place, day, instrument_types(atlas, day))
    return Column(place, atlas.name(place), atlas.name(place, in_sentence=True), sentence, place)


def _instrument(atlas: Atlas, instrument_id: str, day: str) -> Column:
    row = atlas.instruments.loc[instrument_id]
    sentence = say.instrument_line(atlas, instrument_id, day, instrument_types(atlas, day))
    return Column(instrument_id, row["short_name"], named(row["short_name"]), sentence, row["jurisdiction_id"])


def _row(atlas: Atlas, mode: str, ids: tuple[str, ...], power: str, group: str, day: str) -> Row:
    make = place_cell if mode == PLACES else instrument_cell
    found = tuple(make(atlas, one, power, day) for one in ids)
    read = [one.state for one in found if one.state in READ]
    return Row(
        power,
        atlas.label("power", power),
        atlas.definition("power", power),
        group,
        atlas.label("power_group", group),
        found,
        len(set(read)) > 1 if len(read) > 1 else None,
    )


def _verdict(atlas: Atlas, one: Column, other: Column, day: str) -> str:
    """What can be said of the order of two places, as a clause."""
    names = {one.id: one.in_sentence, other.id: other.in_sentence}
    strongest = dominance(atlas, one.id, other.id, day)
    if strongest:
        return say.verdict_clause("dominates", names[strongest])
    found = standings(atlas, day)
    if found is None:
        return say.verdict_clause("not_built")
    result = pair(found, one.id, other.id)
    if result is None:
        return say.verdict_clause("too_little")
    shares = whole_percent(result.share), whole_percent(result.reverse)
    return say.verdict_clause(result.verdict, names[result.first], names[result.second], *shares)


def _pair(atlas: Atlas, view: Comparison, i: int, j: int) -> str:
    columns, rows = view.columns, view.rows
    read = [row for row in rows if row.cells[i].state in READ and row.cells[j].state in READ]
    apart = [row for row in read if row.cells[i].state != row.cells[j].state]
    widths = pd.Series({row.power: _width(row.cells[i], row.cells[j]) for row in apart}, dtype=float)
    by_group = widths.groupby({row.power: row.group_label for row in apart}, sort=False).sum() if apart else widths
    group = by_group.idxmax() if apart else ""
    inside = sorted((row for row in apart if row.group_label == group), key=lambda row: -widths[row.power])
    gaps = [(row.label.lower(), _word(row.cells[i]), _word(row.cells[j])) for row in inside]
    verdict = _verdict(atlas, columns[i], columns[j], view.as_of) if view.mode == PLACES else ""
    return say.pair_line((columns[i].in_sentence, columns[j].in_sentence), len(read), len(apart), group, gaps, verdict)


def _width(one: MatrixCell, other: MatrixCell) -> float:
    """How far two cells are apart, in levels; what does not apply yet counts as absent today."""
    level = {"full": 2, "partial": 1, "absent": 0, "not_yet": 0.25}
    return abs(level[one.state] - level[other.state])


def _word(one: MatrixCell) -> str:
    return texts()["compare"]["states"][one.state]["label"]


def _alt(title: str, columns: tuple[Column, ...], rows: tuple[Row, ...], day: str) -> str:
    parts = []
    for position, column in enumerate(columns):
        counts = pd.Series([row.cells[position].state for row in rows]).value_counts()
        spoken = ", ".join(
            f"{texts()['compare']['states'][state]['label']}: {count}" for state, count in counts.items()
        )
        parts.append(f"{column.name}: {spoken}")
    return f"Table of powers. {title}. On {in_words(day)}, number of powers by state. {'; '.join(parts)}."


def _table(columns: tuple[Column, ...], rows: tuple[Row, ...]) -> pd.DataFrame:
    """The table twin: one row per power, one column per place or instrument, each cell in one line."""
    return pd.DataFrame(
        [[row.group_label, row.label, *(one_line(cell) for cell in row.cells)] for row in rows],
        columns=["Group", "Power", *(column.name for column in columns)],
    )
