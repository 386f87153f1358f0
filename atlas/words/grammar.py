"""Small grammar: numbers, lists, names of laws, and the prose that stands in `data/texts/`."""

import json
from functools import cache

from atlas.tables.dates import in_words
from atlas.tables.schema import DATA

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
LAW_NOUNS = {
    "Act",
    "Code",
    "Law",
    "Regulation",
    "Ordinance",
    "Directive",
    "Rules",
    "Guidelines",
    "Constitution",
    "Order",
}


@cache
def texts() -> dict:
    """The prose of the pages: one file a subject in `data/texts/`, by its name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((DATA / "texts").glob("*.json"))}


def number(count: int) -> str:
    """Small numbers as words, others as figures."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)


def counted(count: int, one: str, many: str) -> str:
    """`three countries`, `one country`, `no country`."""
    return f"{number(count)} {one if count == 1 or count == 0 else many}"


def listed(items: list[str]) -> str:
    """`A, B and C`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def when(partial: str) -> str:
    """`on 16 January 2026`, `in January 2026`, `on a day not known`."""
    if not partial:
        return "on a day not known"
    return f"{'on' if len(partial) == 10 else 'in'} {in_words(partial)}"


def named(short_name: str) -> str:
    """A law's short name with its article where English wants one: `the DSA`, `AB 602`, `Art. 226-8-1 CP`."""
    last = short_name.split()[-1]
    acronym = short_name.isalpha() and short_name.isupper()
    return f"the {short_name}" if acronym or last in LAW_NOUNS else short_name
