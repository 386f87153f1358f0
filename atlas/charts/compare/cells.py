"""Cells of the comparison: what the law of a place, or one instrument, says about a power on a day."""

from dataclasses import dataclass
from functools import lru_cache

from atlas.law.inheritance import arsenal
from atlas.law.law_cache import while_law_stands
from atlas.law.powers import ABSENT, FULL, cell
from atlas.law.spans import NEVER, instrument_spans, instrument_state, power_spans
from atlas.tables.atlas import Atlas
from atlas.words import compare as say
from atlas.words import texts
from atlas.words.powers import counts_for, qualifiers


@dataclass(frozen=True)
class MatrixCell:
    """One power of one column.

    Attributes:
        state: a key of `states` in data/texts/compare.json.
        words: the state with its qualifier, as shown.
        instrument_id: the instrument that decides; empty where not assessed.
        short_name, provision: of that instrument; `provision` is empty where the sources name none.
        inherited: name of the place whose law it is; empty where own.
        later: what a law adopted for later will bring; empty if nothing.
        bearing: every instrument coded on this power here, the deciding one first.
        limit: what `words` say after the state; empty for nothing.
    """

    state: str
    words: str
    instrument_id: str = ""
    short_name: str = ""
    provision: str = ""
    inherited: str = ""
    later: str = ""
    bearing: tuple[str, ...] = ()
    limit: str = ""

    @property
    def origin(self) -> str:
        return "" if not self.instrument_id else f"inherited from {self.inherited}" if self.inherited else "own law"


@lru_cache(maxsize=4)
def codings(atlas: Atlas) -> dict[tuple[str, str], dict]:
    """Each coding with its days, by instrument and power."""
    return {(row["instrument_id"], row["power"]): row for row in power_spans(atlas).to_dict("records")}


@while_law_stands(maxsize=8)
def _laws(atlas: Atlas, day: str) -> dict[str, dict[str, str]]:
    """The instruments of each place on a day, with whose law each is."""
    return {
        place: dict(zip(rows["instrument_id"], rows["inherited_from"]))
        for place, rows in arsenal(atlas, day).groupby("jurisdiction_id", sort=False)
    }


def place_cell(atlas: Atlas, place: str, power: str, day: str) -> MatrixCell:
    """The cell of one power in the law of a place."""
    what = cell(atlas, place, power, day)
    bearing = _bearing(atlas, place, power, day, what.instrument_id)
    if what.state == "not_assessed":
        return MatrixCell(what.state, say.cell_words(what.state, ""), bearing=bearing)
    if not what.instrument_id and what.state != "not_yet":
        why = texts()["compare"]["not_its_to_make"]
        return MatrixCell(what.state, say.not_its_to_make_words(), bearing=bearing, limit=why)
    later = ""
    if what.later and what.state != "not_yet":
        level = "full" if what.later_level == FULL else "partial"
        later = f"{level} {say.start_words(what.later_starts)} ({atlas.instruments.at[what.later, 'short_name']})"
    deciding = what.later if what.state == "not_yet" else what.instrument_id
    row = codings(atlas)[deciding, power]
    limits = (what.state, qualifiers(row), what.later_starts if what.state == "not_yet" else "")
    return MatrixCell(
        what.state,
        say.cell_words(*limits),
        deciding,
        atlas.instruments.at[deciding, "short_name"],
        row["provision"],
        _owner(atlas, place, deciding, day),
        later,
        _first(deciding, bearing),
        say.cell_limit(*limits),
    )


def _owner(atlas: Atlas, place: str, instrument_id: str, day: str) -> str:
    maker = _laws(atlas, day).get(place, {}).get(instrument_id, "")
    return atlas.name(maker) if maker else ""


def _first(deciding: str, bearing: tuple[str, ...]) -> tuple[str, ...]:
    return (deciding, *(one for one in bearing if one != deciding))


def _bearing(atlas: Atlas, place: str, power: str, day: str, deciding: str) -> tuple[str, ...]:
    """Every instrument of a place coded on a power: what applies first, then what is to come, then bills."""
    coded = codings(atlas)
    own = _laws(atlas, day).get(place, {})
    found = [one for one in own if (one, power) in coded]
    return tuple(sorted(found, key=lambda one: _rank(atlas, coded[one, power], day, own[one])))


def _rank(atlas: Atlas, row: dict, day: str, inherited: str) -> tuple:
    bill = atlas.instruments.at[row["instrument_id"], "status"] in NEVER
    applies = row["starts"] <= day <= row["ends"]
    return (bill, not applies, -int(row["level"]), inherited != "", row["instrument_id"])


def instrument_cell(atlas: Atlas, instrument_id: str, power: str, day: str) -> MatrixCell:
    """The cell of one power in one instrument."""
    row = codings(atlas).get((instrument_id, power))
    if row is None:
        return MatrixCell("not_assessed", say.cell_words("not_assessed", ""))
    state, starts = _instrument_power_state(atlas, row, day)
    words = say.cell_words(state, "" if state == "bill" else qualifiers(row), starts)
    if state == "bill":
        words += f": {say.cell_words(_level(row), qualifiers(row))}"
    return MatrixCell(
        state,
        words,
        instrument_id,
        atlas.instruments.at[instrument_id, "short_name"],
        row["provision"],
        "",
        "",
        (instrument_id,),
    )


def _instrument_power_state(atlas: Atlas, row: dict, day: str) -> tuple[str, str]:
    state = instrument_state(atlas, row["instrument_id"], day)
    if state in ("bill", "withdrawn"):
        return "bill", ""
    if row["ends"] < day:
        return "ended", ""
    if row["level"] == ABSENT and instrument_spans(atlas).at[row["instrument_id"], "starts"] <= day:
        return "absent", ""
    if row["starts"] > day:
        return "not_yet", row["starts"]
    return _level(row), ""


def _level(row: dict) -> str:
    """The state that a coding has where it applies."""
    level = counts_for(row)
    return "absent" if level == ABSENT else "full" if level == FULL else "partial"


def one_line(one: MatrixCell) -> str:
    """A cell as plain text: state, instrument, provision, origin, what is to come."""
    law = f" · {one.short_name}" + (f", {one.provision}" if one.provision else "") if one.short_name else ""
    origin = f" ({one.origin})" if one.inherited else ""
    return f"{one.words}{law}{origin}" + (f"; {one.later}" if one.later else "")
