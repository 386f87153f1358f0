"""Small grammar: numbers, lists, names of laws, and the prose that stands in `data/texts/`."""

import json
import re
from functools import cache

from atlas.tables.dates import in_words
from atlas.tables.schema import DATA

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


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
    prose, words = texts()["laws"], re.findall(r"[^\W\d_]{4,}", short_name)
    if short_name in prose["plain"]:
        return False
    return not any(word[1:].islower() and word not in prose["short_words"] for word in words)


def law_name(short_name: str, title: str, article: bool = True) -> str:
    """A law's short name as it stands in a sentence; a code comes with its name: `the DSA (Digital Services Act)`.

    A bill's number comes second, since a number alone would make law of a bill, or a bill of law:
    `the Protecting Victims Act (Bill C-16)`.

    Args:
        title: its full title, of which what stands in brackets or repeats the code is left out.
        article: whether the name has its article; not so in lists and after a possessor.
    """
    prose = texts()["laws"]
    said = dict(prose["said_as"]).get(short_name)
    if said:
        return _with_article(said, article)
    if not is_code(short_name):
        return named(short_name, article)
    name = _name_behind(short_name, title)
    if re.fullmatch(prose["bill_number"], short_name) and re.fullmatch(prose["one_act"], name):
        return prose["with_name"].format(short=_with_article(name, article), name=short_name)
    short = named(short_name, article)
    return prose["with_name"].format(short=short, name=name) if name else short


def _name_behind(code: str, title: str) -> str:
    """What a title says beyond a law's code: `Digital Services Act`, `Criminal Code, article 144.a`."""
    whole = re.sub(r" \([^()]*\)(?=,)", "", title.replace(f" ({code})", ""))
    first, *rest = re.split(r":\s", whole, maxsplit=1)
    # What stands after a colon is a second matter only where a name stands before it.
    if rest and re.search(texts()["laws"]["act_name"], first):
        whole = first
    elif rest and _bare(code) == _bare(first)[-len(_bare(code)) :]:
        whole = rest[0]
    name = re.sub(r" \([^()]*\)$", "", whole)
    words = name.split()
    # The code again, in whatever dots and spaces: `A.R.S. 13-1425, unlawful disclosure`.
    for count in range(len(words), 0, -1):
        if _bare(" ".join(words[:count])) == _bare(code):
            return " ".join(words[count:]).lstrip(" ,")
    return name


def _bare(text: str) -> str:
    """A code without what is written now one way, now another: dots, spaces, `No.`."""
    return re.sub(rf"{texts()['laws']['number_sign']}|[^\w/-]", "", text).lower()


def named(short_name: str, article: bool = True) -> str:
    """A law's short name with its article where English wants one: `the DSA`, `AB 602`, `Art. 226-8-1 CP`."""
    return _with_article(short_name, article)


def _with_article(short_name: str, article: bool) -> str:
    if not article:
        return short_name
    prose = texts()["laws"]
    base = re.sub(r" \(.*", "", short_name)
    # A year or a section behind a name leaves it one: `the Data Protection Act 2012`, `the Penal Code s. 377BE`.
    noun = re.sub(prose["after_name"], "", base).split()[-1]
    dated = re.fullmatch(r"[A-Z]{3,} \d{4}", base) is not None
    acronym = short_name.isalpha() and short_name.isupper() and short_name not in prose["no_article"]
    # What bears a person's name has no article: `Brooke's Law`.
    own = "'s " in base
    wanted = (acronym or dated or noun in prose["nouns"]) and not own
    return f"the {short_name}" if wanted else short_name
