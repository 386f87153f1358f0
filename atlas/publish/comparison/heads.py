"""What stands over each column of the comparison: what a place did, and of which type its AI law is."""

from dataclasses import dataclass
from functools import lru_cache

from atlas.charts.compare.view import PLACES, Column, Comparison, comparison
from atlas.law.regime import instrument_types, regimes
from atlas.publish.comparison.response import responses
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import capital, texts
from atlas.words.laws import state_words


@dataclass(frozen=True)
class Head:
    """One column's head.

    Attributes:
        name: of the column.
        rung, held: strongest step reached, and the one that still stands; `rung` is None where nobody looked, and over
            an instrument.
        step: the strongest step in words; empty over an instrument.
        lines: what is said below the ladder.
    """

    name: str
    rung: int | None
    held: int
    step: str
    lines: tuple[str, ...]


@lru_cache(maxsize=64)
def heads(atlas: Atlas, mode: str, ids: tuple[str, ...], day: str) -> tuple[Head, ...]:
    """The heads of a comparison's columns, in their order."""
    view = comparison(atlas, mode, ids, day)
    if mode != PLACES:
        return tuple(_of_law(atlas, column, day) for column in view.columns)
    return _of_places(atlas, view)


def _of_places(atlas: Atlas, view: Comparison) -> tuple[Head, ...]:
    prose, types = texts()["compare"]["heads"], regimes(atlas, view.as_of, ai_law_only=True)
    found = []
    for lane in responses(atlas, view)["lanes"]:
        first = min((act["from_day"] for act in lane["acts"] if act["rung"] == lane["rung"]), default="")
        step = lane["rung_label"] or lane["empty"]
        said = prose["since"].format(step=step, day=in_words(first)) if first else step
        law = prose["ai_law"].format(type=atlas.label("regime_type", types[lane["id"]].type).lower())
        found.append(Head(lane["name"], lane["rung"], lane["held"], step, (said, law)))
    return tuple(found)


def _of_law(atlas: Atlas, column: Column, day: str) -> Head:
    types = instrument_types(atlas, day)
    lines = [atlas.name(column.place), capital(state_words(atlas, column.id, day))]
    if column.id in types:
        lines[1:] = [f"{lines[1]}; {atlas.label('regime_type', types[column.id]).lower()}"]
    return Head(column.name, None, 0, "", tuple(lines))
