"""The fields that answers of the interface have, as its page and its description list them."""

from collections.abc import Callable

from atlas.law.powers import STATES
from atlas.law.priorities import VERDICTS
from atlas.law.regime import ORDER
from atlas.law.strength import compulsory, groups, soft
from atlas.response.evidence import FOUND, NOT_SEARCHED, NOTHING_FOUND, OFF_LADDER
from atlas.tables.schema import Package
from atlas.web.api import found, scores
from atlas.web.api.fields import Field, of_table, own

INSTRUMENT_STATES = ("not_yet", "bill", "adopted", "in_force", "ended", "withdrawn")

CODING_STATES = ("full", "partial", "absent", "not_yet", "bill", "ended")

EVIDENCE = (FOUND, NOTHING_FOUND, NOT_SEARCHED)

WITHOUT_STEP = (OFF_LADDER, NOTHING_FOUND, NOT_SEARCHED)


def record_field() -> Field:
    return own("record", "string", format="uri-reference")


def as_of_field() -> Field:
    return own("as_of", "string", format="date")


def page_field() -> Field:
    return own("page", "string", format="uri-reference")


def share_field(name: str, about: str = "") -> Field:
    return own(name, "number", empty=True, about=about, minimum=0, maximum=1)


def points_field(name: str, empty: bool = True, about: str = "") -> Field:
    return own(name, "number", empty=empty, about=about, minimum=0, maximum=100)


def with_fields(table: str, *more: Field) -> Callable[[Package], tuple[Field, ...]]:
    return lambda package: (*of_table(package, table), *more)


def looked_fields() -> tuple[Field, ...]:
    return (
        own("evidence", "string", enum=list(EVIDENCE)),
        own("reaches_to", "string", empty=True, format="date"),
        own("stale", "boolean"),
    )


def regime_fields() -> tuple[Field, ...]:
    """Types of a place's law, each with the instrument that decides it and whose that is."""
    found = []
    for kind in ("ai_law", "regime"):
        found += [
            own(f"{kind}_type", "string", empty=True, enum=list(ORDER)),
            own(f"{kind}_instrument_id", "string", empty=True),
            own(f"{kind}_inherited_from", "string", empty=True),
        ]
    return tuple(found)


def place_fields(name: str = "jurisdiction_id", label: str = "name") -> tuple[Field, ...]:
    return own(name, "string"), own(label, "string")


def strength_fields(package: Package) -> tuple[Field, ...]:
    return (
        *place_fields(),
        as_of_field(),
        own("state", "string", about="strength.state", enum=[scores.SCORED, scores.TOO_LITTLE, scores.NOT_READ]),
        points_field("score"),
        points_field("score_if_absent", empty=False),
        points_field("score_if_full", empty=False),
        own("coverage", "number", minimum=0, maximum=1),
        own("powers_assessed", "integer", minimum=0, maximum=len(compulsory())),
        own("powers", "integer", minimum=0),
        points_field("median"),
        points_field("low_5"),
        points_field("high_95"),
        own("order", "string", empty=True),
        *(points_field(group, about="group") for group in groups()),
        points_field("soft"),
        points_field("outlined"),
        own("regime_type", "string", empty=True, enum=list(ORDER)),
        own("at_least_as_strong_as", "array"),
        page_field(),
    )


def ladder_fields(package: Package) -> tuple[Field, ...]:
    return (
        *place_fields(),
        as_of_field(),
        own("state", "string", about="ladder.state", enum=["rung", *WITHOUT_STEP]),
        own("peak", "integer", empty=True, minimum=1, maximum=6),
        own("peak_ended", "boolean", empty=True),
        own("peak_label", "string"),
        own("strongest_act", "string", empty=True),
        own("strongest_act_date", "string", empty=True),
        own("current", "integer", empty=True, minimum=1, maximum=6),
        own("current_state", "string", enum=["rung", "past", *WITHOUT_STEP]),
        own("counted_acts", "integer", empty=True, minimum=0),
        *looked_fields(),
        own("record", "string", empty=True, format="uri-reference"),
        page_field(),
    )


def pair_fields(package: Package) -> tuple[Field, ...]:
    return (
        *place_fields("first", "first_name"),
        *place_fields("second", "second_name"),
        as_of_field(),
        own("state", "string", about="pairs.state", enum=[scores.JUDGED, scores.TOO_LITTLE, scores.NO_BUILD]),
        own("word", "string", empty=True, enum=list(VERDICTS)),
        own("ahead", "string", empty=True),
        share_field("share_first_ahead"),
        share_field("share_second_ahead"),
        own("dominates", "string", empty=True),
        share_field("share_undecided"),
        own("draws", "integer", empty=True, minimum=1),
        own("points", "integer", empty=True, minimum=1),
        page_field(),
    )


def law_fields(package: Package) -> tuple[Field, ...]:
    return (
        *place_fields(),
        own("power", "string", enum=[*soft(), *compulsory()]),
        as_of_field(),
        own("state", "string", about="law.state", enum=list(STATES)),
        own("level", "integer", empty=True, minimum=0, maximum=2),
        own("words", "string"),
        own("instrument_id", "string", empty=True),
        own("provision", "string", empty=True),
        own("inherited_from", "string", empty=True),
        own("confidence", "string", empty=True, enum=list(package.tables["powers"].vocabulary("confidence"))),
        own("later_instrument_id", "string", empty=True),
        own("later_level", "integer", empty=True, minimum=1, maximum=2),
        own("later_from", "string", empty=True, format="date"),
        own("record", "string", empty=True, format="uri-reference"),
    )


def find_fields(package: Package) -> tuple[Field, ...]:
    return (
        own("kind", "string", about="find.kind", enum=list(found.ROW_KINDS)),
        own("title", "string", about="find.title"),
        own("note", "string", empty=True, about="find.note"),
        own("id", "string", empty=True, about="find.id"),
        own("page", "string", empty=True, about="find.page", format="uri-reference"),
    )
