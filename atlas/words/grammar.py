"""Small grammar: numbers, lists, names of laws, and the prose that stands in `data/texts/`."""

import json
import re
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
    "Bill",
    "bill",
    "Codes",
    "Standard",
    "ordinance",
    "offence",
    "reform",
    "ban",
}


@cache
def texts() -> dict:
    """The prose of the pages: one file a subject in `data/texts/`, by its name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((DATA / "texts").glob("*.json"))}


# Letters that a title has room for on one line of a page.
LONGEST_TITLE = 75


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


def small(words: str) -> str:
    """Words that begin with a small letter, unless they begin with an acronym."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def when(partial: str) -> str:
    """`on 16 January 2026`, `in January 2026`, `on a day not known`."""
    if not partial:
        return "on a day not known"
    return f"{'on' if len(partial) == 10 else 'in'} {in_words(partial)}"


def is_code(short_name: str) -> bool:
    """Whether a law's short name says nothing by itself: `DSA`, `SOA s.66B`, `Art. 6:162 BW`, `Law 5651`."""
    words = re.findall(r"[^\W\d_]{4,}", short_name)
    return not any(word[1:].islower() and word not in texts()["laws"]["short_words"] for word in words)


def law_name(short_name: str, title: str, article: bool = True) -> str:
    """A law's short name as it stands in a sentence; a code comes with its name: `the DSA (Digital Services Act)`.

    Args:
        title: its full title, of which what stands in brackets or repeats the code is left out.
        article: whether the name has its article; not so in lists and after a possessor.
    """
    if not is_code(short_name):
        return named(short_name, article)
    whole = re.split(r":\s", title.replace(f" ({short_name})", ""))[0]
    name = re.sub(r" \([^()]*\)$", "", whole).removeprefix(short_name).lstrip(" ,")
    short = named(short_name, article)
    return texts()["laws"]["with_name"].format(short=short, name=name) if name else short


def named(short_name: str, article: bool = True) -> str:
    """A law's short name with its article where English wants one: `the DSA`, `AB 602`, `Art. 226-8-1 CP`."""
    base = short_name.split(" (")[0]
    last = base.split()[-1]
    dated = re.fullmatch(r"[A-Z]{3,} \d{4}", base) is not None
    acronym = short_name.isalpha() and short_name.isupper() and short_name not in texts()["laws"]["no_article"]
    # What bears a person's name has no article: `Brooke's Law`.
    own = "'s " in base
    wanted = article and (acronym or dated or last in LAW_NOUNS) and not own
    return f"the {short_name}" if wanted else short_name
