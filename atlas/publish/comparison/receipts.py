"""What stands behind a comparison, ready for a page or a file: receipts of cells, ceilings, scope, numbered sources."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from atlas.charts.compare.cells import codings
from atlas.charts.compare.view import PLACES, Comparison, comparison
from atlas.law.ceilings import Ceiling, ceiling, ceilings, illustrate, rates
from atlas.law.inheritance import arsenal
from atlas.law.spans import instrument_spans, instrument_state
from atlas.publish import receipts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, in_words
from atlas.tables.schema import SEVERAL
from atlas.words import compare as say
from atlas.words import texts
from atlas.words.laws import prison_words, state_words

UNKNOWN = ("", "unknown", "not_applicable")


@lru_cache(maxsize=4096)
def _power(atlas: Atlas, instrument_id: str, power: str) -> dict:
    """One coding with its sources, looked up once. Callers copy before they change it."""
    return receipts.power(atlas, instrument_id, power)


@lru_cache(maxsize=64)
def cell_receipts(
    atlas: Atlas, mode: str, ids: tuple[str, ...], day: str, most: int | None = None
) -> dict[tuple[str, str], list[dict]]:
    """For each column and power: a receipt for every instrument that bears on the cell (the first `most`), the deciding
    one first.
    """
    view = comparison(atlas, mode, ids, day)
    found = {}
    for position, column in enumerate(view.columns):
        makers = _makers_by_law(atlas, column.id, day) if mode == PLACES else {}
        for row in view.rows:
            found[column.id, row.power] = [
                _receipt(atlas, instrument, row.power, day, makers.get(instrument, ""))
                for instrument in row.cells[position].bearing[:most]
            ]
    return found


def _makers_by_law(atlas: Atlas, place: str, day: str) -> dict[str, str]:
    laws = arsenal(atlas, day)
    laws = laws[laws["jurisdiction_id"] == place]
    return dict(zip(laws["instrument_id"], laws["inherited_from"]))


def _receipt(atlas: Atlas, instrument_id: str, power: str, day: str, maker: str) -> dict:
    row = dict(_power(atlas, instrument_id, power))
    second = row["second_coder_level"]
    row |= {
        "origin": f"inherited from {atlas.name(maker)}" if maker else "own law",
        "state_words": power_state(atlas, instrument_id, power, day),
        "second_words": (
            "not read a second time yet" if pd.isna(second) else atlas.label("level", str(int(second))).lower()
        ),
    }
    return row


def power_state(atlas: Atlas, instrument_id: str, power: str, day: str) -> str:
    """Whether one coding is law on the day, in words."""
    state = instrument_state(atlas, instrument_id, day)
    if state in ("bill", "withdrawn", "not_yet"):
        return state_words(atlas, instrument_id, day)
    row = codings(atlas)[instrument_id, power]
    if row["ends"] < day:
        return texts()["laws"]["states"]["ended"]
    if row["starts"] > day:
        return f"not yet applicable: {say.start_words(row['starts'])}"
    return (
        "applies"
        if not instrument_spans(atlas).at[instrument_id, "start_stated"]
        else f"applies since {in_words(row['starts'])}"
    )


def states(view: Comparison) -> list[tuple[str, str, str]]:
    """The key of the matrix: id, label and meaning of each state that occurs in it."""
    seen = {cell.state for row in view.rows for cell in row.cells}
    return [
        (state, words["label"], words["help"]) for state, words in texts()["compare"]["states"].items() if state in seen
    ]


@dataclass(frozen=True)
class Sanction:
    """One ceiling in words. `usd` is empty where no amount is named; `worked` where turnover plays no part."""

    instrument_id: str
    name: str
    origin: str
    state: str
    wording: str
    counted: str
    amount: str
    usd: str
    worked: str
    prison: str
    sources: tuple


def sanctions(atlas: Atlas, view: Comparison, turnover: float) -> list[tuple[str, list[Sanction]]]:
    """Ceilings by column: as worded, in the law's currency, in dollars, worked for a turnover (US dollars), prison in
    months.
    """
    found = []
    for column in view.columns:
        ones = (
            ceilings(atlas, column.id, view.as_of) if view.mode == PLACES else (ceiling(atlas, column.id, view.as_of),)
        )
        found.append(
            (
                column.name,
                [
                    _sanction(atlas, one, turnover, view.as_of)
                    for one in ones
                    if one.has_fine or one.prison_months is not None
                ],
            )
        )
    return found


def _sanction(atlas: Atlas, one: Ceiling, turnover: float, day: str) -> Sanction:
    prose = texts()["compare"]["sanctions"]
    row = atlas.instruments.loc[one.instrument_id]
    state = state_words(atlas, one.instrument_id, day)
    if one.fine_from and one.state == "in_force":
        state += (
            f"; fine {'adopted, no start found' if one.fine_from == FAR_FUTURE else 'from ' + in_words(one.fine_from)}"
        )
    dollars = "" if one.amount is None else prose["no_rate"] if one.usd is None else say.money_words(one.usd, "USD")
    return Sanction(
        one.instrument_id,
        row["short_name"],
        f"inherited from {atlas.name(one.inherited_from)}" if one.inherited_from else "",
        state,
        one.wording or ("" if one.has_fine else prose["no_fine"]),
        atlas.label("max_fine_basis", one.basis or "unknown").lower() if one.has_fine else "",
        "" if one.amount is None else say.money_words(one.amount, one.currency),
        dollars,
        _worked(one, turnover),
        ""
        if one.prison_months is None
        else prison_words(atlas, one.instrument_id, say.prison_months(one.prison_months)),
        tuple(source["source_id"] for source in receipts.sources(atlas, "instrument_sources", one.instrument_id)),
    )


def _worked(one: Ceiling, turnover: float) -> str:
    """`6% of USD 1 billion: USD 60 million`, with which of amount and share would count."""
    shown = illustrate(one, turnover)
    if shown is None:
        return ""
    sum_words = f"{one.percent:g}% of {say.money_words(turnover, 'USD')}: {say.money_words(shown.share, 'USD')}"
    prose = texts()["compare"]["sanctions"]
    if shown.rule == "greater" and shown.ceiling is not None:
        return f"{sum_words}; {prose['greater']}: {say.money_words(shown.ceiling, 'USD')}"
    if shown.rule == "open":
        return f"{sum_words}; {prose['open']}"
    return sum_words


def rate_words(atlas: Atlas) -> str:
    """Which rates the comparable figures rest on, and their days."""
    table = rates(atlas)
    if not table:
        return ""
    newest = max(table.values(), key=lambda rate: rate.date)
    first = rate_sources(atlas)[0]
    return texts()["compare"]["sanctions"]["rates"].format(
        publisher=first["publisher"], from_day=in_words(newest.date), to_day=in_words(newest.valid_to)
    )


def rate_sources(atlas: Atlas) -> list[dict]:
    """Sources of the dollar's own rate, official ones first."""
    dollar = rates(atlas)["USD"]
    return receipts.sources(atlas, "exchange_rate_sources", "USD", dollar.date)


def scope(atlas: Atlas, view: Comparison) -> list[tuple[str, list[list[str]]]]:
    """What is covered, who is bound, whom it protects and how far it reaches: a heading and, by column, its lines."""
    laws = [_laws_in_force(atlas, view, column.id) for column in view.columns]
    named, images, bound, protected = "covers_deepfake_ncii", "real_images_only", "duty_bearers", "protects"
    rows = [
        ("Names such images", named, [_names(atlas, one, named, ("explicit",)) for one in laws]),
        ("Reaches them by interpretation", named, [_names(atlas, one, named, ("by_interpretation",)) for one in laws]),
        ("Limited to real photographs", images, [_names(atlas, one, images, ("yes",)) for one in laws]),
        *(
            (f"Binds: {term}", bound, [_names(atlas, one, bound, (term,)) for one in laws])
            for term in ("user", "platform", "developer")
        ),
        ("Protects adults", protected, [_names(atlas, one, protected, ("adults", "both")) for one in laws]),
        ("Protects children", protected, [_names(atlas, one, protected, ("children", "both")) for one in laws]),
        ("Reach beyond the territory", "territorial_reach", [_reach(atlas, one) for one in laws]),
    ]
    return [
        (heading, [lines or [_blank(atlas, one, column)] for lines, one in zip(columns, laws)])
        for heading, column, columns in rows
        if any(columns)
    ]


def _reach(atlas: Atlas, laws: list[str]) -> list[str]:
    found = ((atlas.instruments.at[law, "short_name"], atlas.instruments.at[law, "territorial_reach"]) for law in laws)
    return [f"{name}: {reach}" for name, reach in found if reach]


def _blank(atlas: Atlas, laws: list[str], column: str) -> str:
    """What an empty line means: no law read, none of those read, or not stated in the column it is made of."""
    prose = texts()["compare"]["scope"]
    if not laws:
        return prose["no_law"]
    stated = [atlas.instruments.at[law, column] not in ("", "unknown") for law in laws]
    return prose["none"] if all(stated) else prose["not_stated"]


def _laws_in_force(atlas: Atlas, view: Comparison, identity: str) -> list[str]:
    """Instruments in force that reach such images, own law first; the instrument itself in the other mode."""
    if view.mode != PLACES:
        return [identity]
    laws = arsenal(atlas, view.as_of)
    laws = laws[laws["jurisdiction_id"] == identity]
    spans = instrument_spans(atlas)
    held = [
        law.instrument_id
        for law in laws.itertuples()
        if spans.at[law.instrument_id, "starts"] <= view.as_of <= spans.at[law.instrument_id, "ends"]
        and atlas.instruments.at[law.instrument_id, "covers_deepfake_ncii"] != "no"
    ]
    return sorted(
        held,
        key=lambda law: (
            atlas.instruments.at[law, "jurisdiction_id"] != identity,
            atlas.instruments.at[law, "short_name"],
        ),
    )


def _names(atlas: Atlas, laws: list[str], field: str, wanted: tuple[str, ...]) -> list[str]:
    """Short names of the laws whose field has one of the terms, as one line."""
    found = [
        atlas.instruments.at[law, "short_name"]
        for law in laws
        if set(atlas.instruments.at[law, field].split(SEVERAL)) & set(wanted)
        and atlas.instruments.at[law, field] not in UNKNOWN
    ]
    return [", ".join(found)] if found else []


def numbered(atlas: Atlas, view: Comparison) -> tuple[dict[tuple[str, str], list[int]], list[dict]]:
    """Sources of the deciding provisions, numbered in the order of the matrix.

    Returns:
        Numbers by (column id, power), and the sources in that order, each with `number`.
    """
    books = cell_receipts(atlas, view.mode, tuple(column.id for column in view.columns), view.as_of)
    order: dict[str, int] = {}
    sources: list[dict] = []
    notes: dict[tuple[str, str], list[int]] = {}
    for row in view.rows:
        for column, cell in zip(view.columns, row.cells):
            for source in books[column.id, row.power][0]["sources"] if cell.instrument_id else ():
                if source["source_id"] not in order:
                    order[source["source_id"]] = len(order) + 1
                    sources.append(source | {"number": order[source["source_id"]]})
                notes.setdefault((column.id, row.power), []).append(order[source["source_id"]])
    return notes, sources
