"""What an address of the data interface may ask for.

A parameter is declared once. Parsing, the message that refuses a value and the OpenAPI description all come
from its JSON Schema, so they cannot disagree.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from atlas.charts import options as o
from atlas.tables.atlas import Atlas
from atlas.tables.dates import is_real_day
from atlas.tables.kept_releases import releases
from atlas.tables.store import get_store
from atlas.words import texts

LONGEST_SHOWN, NAMED_TERMS = 60, 20
FIRST_POSSIBLE = "1900-01-01"
DEFAULT_LIMIT, LARGEST_LIMIT, LARGEST_OFFSET = 2000, 5000, 1_000_000


@dataclass(frozen=True)
class Fault:
    """One parameter that was not accepted: its name, what is wrong, what was expected."""

    parameter: str
    detail: str
    expected: str


class Refused(ValueError):
    """Parameters that were not accepted, in the order of the address."""

    def __init__(self, faults: list[Fault]):
        super().__init__("; ".join(fault.detail for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Parameter:
    """One parameter.

    Attributes:
        name: key in the address.
        about: key of what it does, in `parameters` of data/texts/api.json.
        schema: JSON Schema of one value, by the data served.
        many: whether several values may be given, separated by commas or by repeating the parameter.
        default: the value taken where none is given, as text; empty if that means no restriction.
        number: whether its value is a whole number.
    """

    name: str
    about: str
    schema: Callable[[Atlas], dict]
    many: bool = False
    default: Callable[[Atlas], str] = lambda atlas: ""
    number: bool = False

    def described(self, atlas: Atlas) -> dict:
        """The parameter as OpenAPI 3.1 has it. A list may be written with commas or by repeating the name."""
        one = self.schema(atlas)
        default = self.default(atlas)
        if self.many:
            one = {"type": "array", "items": one, "minItems": 1}
        elif default:
            one = one | {"default": int(default) if one["type"] == "integer" else default}
        list_style = {"style": "form", "explode": False} if self.many else {}
        return {
            "name": self.name,
            "in": "query",
            "required": False,
            "description": self.described_in_words(),
            "schema": one,
        } | list_style

    def described_in_words(self) -> str:
        """What it does, for a reader."""
        prose = texts()["api"]["parameters"]
        return f"{prose[self.about]} {prose['many']}" if self.many else prose[self.about]

    def expected(self, atlas: Atlas) -> str:
        """What it takes, in words."""
        schema = self.schema(atlas)
        if "enum" in schema:
            terms = list(map(str, schema["enum"]))
            shown = terms if len(terms) <= NAMED_TERMS else [*terms[:3], "…"]
            words = f"one of {len(terms)} terms ({', '.join(shown)})"
        elif "maxLength" in schema:
            words = f"a text of at most {schema['maxLength']} characters"
        elif schema["type"] == "integer":
            words = f"a whole number from {schema['minimum']} to {schema['maximum']}"
        else:
            words = f"a day that exists, as YYYY-MM-DD, from {schema['x-from']} to {schema['x-to']}"
        return f"{words}; several may be given, separated by commas" if self.many else words

    def accepts(self, atlas: Atlas, text: str) -> bool:
        """Whether one value may stand under it."""
        schema = self.schema(atlas)
        if "enum" in schema:
            return text in map(str, schema["enum"])
        if "maxLength" in schema:
            return len(text) <= schema["maxLength"]
        if schema["type"] == "integer":
            plain = text.isascii() and text.isdigit() and len(text) <= len(str(schema["maximum"]))
            return plain and schema["minimum"] <= int(text) <= schema["maximum"]
        return is_real_day(text) and schema["x-from"] <= text <= schema["x-to"]


def terms(name: str, about: str, known: Callable[[Atlas], Iterable[object]], many: bool = True) -> Parameter:
    """A parameter that takes terms of a list."""
    return Parameter(name, about, lambda atlas: _terms_schema(known(atlas)), many)


def _terms_schema(known: Iterable[object]) -> dict:
    listed = [int(term) if isinstance(term, int) else str(term) for term in known]
    return {"type": "integer" if listed and isinstance(listed[0], int) else "string", "enum": listed}


def day(name: str, about: str, default: Callable[[Atlas], str], first: str = "") -> Parameter:
    """A parameter that takes a calendar day up to the last of the case, from `first` or the first of the case on."""

    def schema(atlas: Atlas) -> dict:
        return {
            "type": "string",
            "format": "date",
            "x-from": first or atlas.case.first_day,
            "x-to": atlas.case.last_day,
        }

    return Parameter(name, about, schema, False, default)


def whole(name: str, about: str, default: int, least: int, most: int) -> Parameter:
    """A parameter that takes a whole number."""
    return Parameter(
        name,
        about,
        lambda atlas: {"type": "integer", "minimum": least, "maximum": most},
        False,
        lambda atlas: str(default) if default else "",
        True,
    )


def words(name: str, about: str, most: int) -> Parameter:
    """A parameter that takes any text of at most so many characters."""
    return Parameter(name, about, lambda atlas: {"type": "string", "maxLength": most})


DATE = day("date", "date", o.DATE.default)
FROM = day("from", "from", lambda atlas: "", FIRST_POSSIBLE)
JURISDICTION = terms("jurisdiction", "jurisdiction", lambda atlas: atlas.jurisdictions.index)
LIMIT = whole("limit", "limit", DEFAULT_LIMIT, 1, LARGEST_LIMIT)
# Read before all others: the rows, and the days that may be asked for, are those of its case.
CASE = Parameter("case", "case", lambda atlas: _terms_schema(o.CASE.terms(atlas)), False, o.CASE.default)
# A saved file shows no page's end: without a limit it has all rows.
LIMIT_CSV = whole("limit", "limit_csv", 0, 1, LARGEST_LIMIT)
OFFSET = whole("offset", "offset", 0, 0, LARGEST_OFFSET)
QUESTION = words("q", "q", 2000)
RELEASE = terms("release", "release", lambda atlas: [one.version for one in releases(get_store().folder)], many=False)


def vocabulary(table: str, field: str) -> Parameter:
    """A parameter that takes terms of a field's vocabulary (or whole numbers of its range)."""

    def known(atlas: Atlas) -> Iterable[object]:
        described = atlas.package.tables[table]
        limits = described.fields[field].get("constraints", {})
        return described.vocabulary(field) or range(limits["minimum"], limits["maximum"] + 1)

    return terms(field, f"{table}.{field}", known)


def read(atlas: Atlas, parameters: Iterable[Parameter], query: Iterable[tuple[str, str]]) -> dict[str, object]:
    """The values of an address.

    Args:
        query: names and texts in the order of the address; a name may occur more than once.

    Returns:
        By name: a tuple of texts for parameters that take many (empty: no restriction), an int for whole numbers,
        else a text; empty or 0: not given and without default.

    Raises:
        Refused: a name is unknown or a value is not accepted; it names each.
    """
    known = {parameter.name: parameter for parameter in parameters}
    given: dict[str, list[str]] = {}
    for name, text in query:
        given.setdefault(name, []).append(text)
    faults = [_unknown(name, known) for name in given if name not in known]
    values = {}
    for parameter in known.values():
        try:
            values[parameter.name] = _value(atlas, parameter, given.get(parameter.name, []))
        except Refused as refused:
            faults += refused.faults
    if faults:
        order = {name: position for position, name in enumerate(given)}
        raise Refused(sorted(faults, key=lambda fault: order[fault.parameter]))
    return values


def _unknown(name: str, known: Mapping[str, Parameter]) -> Fault:
    return Fault(name, f"There is no parameter “{_short(name)}” here.", f"one of {', '.join(known)}")


def _value(atlas: Atlas, parameter: Parameter, given: list[str]) -> object:
    def refused(detail: str, end: str = "") -> Refused:
        return Refused([Fault(parameter.name, f"{parameter.name} {detail}.", parameter.expected(atlas) + end)])

    if parameter.many:
        parts = list(dict.fromkeys(part for text in given for part in text.split(",")))
        wrong = next((part for part in parts if not parameter.accepts(atlas, part)), None)
        if wrong is not None:
            raise refused(f"does not take “{_short(wrong)}”")
        return tuple(parts)
    if len(given) > 1:
        raise refused(f"is given {len(given)} times", ", once")
    text = given[0] if given else parameter.default(atlas)
    if given and not parameter.accepts(atlas, text):
        raise refused(f"does not take “{_short(text)}”")
    return int(text or 0) if parameter.number else text


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
