"""What a chart can be asked for: each option's name in an address, what it accepts and what it falls back to.

Pages, embeds, pictures and the data interface read addresses with the same options, so that a link means the
same view everywhere. Options of pages alone stand in `atlas.ui.url_keys`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from atlas.charts.compare.view import FEWEST, INSTRUMENTS, MOST, PLACES
from atlas.charts.map.areas import AREAS
from atlas.charts.map.areas import WORLD as WHOLE
from atlas.charts.map.view import AGED as AGES
from atlas.charts.map.view import QUIET, readings
from atlas.charts.strength.view import FORCES, KINDS, regions
from atlas.charts.timeline.view import ORDERS, SPANS
from atlas.maps.geometry import unrecorded_name
from atlas.response.durations import default_start, starts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words, is_real_day
from atlas.words import listed, texts

LONGEST_SHOWN, LONGEST_TEXT, LONGEST_TURNOVER = 40, 200, 13
# Of an option with more terms than that, the first few stand for all.
MOST_NAMED = 20
# Options whose values are places.
OF_PLACES = ("place", "with", "only", "places", "unfold")


@dataclass(frozen=True)
class Option:
    """One option.

    Attributes:
        name: key in the address.
        accept: whether a text may stand under it.
        default: the text it falls back to.
        fallback: that default in words, for a notice.
        terms: the single values it takes, in order; empty where they are not a list (days, free text).
        takes: what it takes, in words, where `terms` do not say it; fields of the case in braces.
    """

    name: str
    accept: Callable[[Atlas, str], bool]
    default: Callable[[Atlas], str]
    fallback: str
    terms: Callable[[Atlas], tuple[str, ...]] = lambda atlas: ()
    takes: str = ""

    def fallback_words(self, atlas: Atlas) -> str:
        return f"{self.fallback}, {in_words(self.default(atlas))}," if self.name == "date" else self.fallback


def read(atlas: Atlas, options: Iterable[Option], query: Mapping[str, str]) -> tuple[dict[str, str], list[Option]]:
    """The value of each option by an address: what is asked for if it is accepted, else the default.

    Returns:
        Values by name, and the options whose text was not accepted.
    """
    values: dict[str, str] = {}
    refused: list[Option] = []
    for option in options:
        asked = query.get(option.name)
        if asked is not None and option.accept(atlas, asked):
            values[option.name] = asked
            continue
        values[option.name] = option.default(atlas)
        if asked is not None:
            refused.append(option)
    return values, refused


def refusal(atlas: Atlas, option: Option, asked: str) -> str:
    """The notice for an unknown value: what was asked, shortened, and what is shown instead."""
    return f"{_not_known(atlas, option, asked)} Showing {option.fallback_words(atlas)} instead."


def reason(atlas: Atlas, option: Option, asked: str) -> str:
    """Why there is no file for an unknown value: what was asked, shortened, and what can be asked."""
    return f"{_not_known(atlas, option, asked)} {option.name} takes {_taken(atlas, option)}."


def _not_known(atlas: Atlas, option: Option, asked: str) -> str:
    """What was asked, shortened; a country without a record is known, and nothing is known of it."""
    names = [unrecorded_name(atlas, one) for one in asked.split(",")] if option.name in OF_PLACES else []
    if any(names):
        prose = texts()["map"]["unrecorded"]
        title = prose["title"].format(name=listed([name for name in names if name]))
        return prose["said"].format(title=title, why=prose["why"])
    shown = asked if len(asked) <= LONGEST_SHOWN else asked[:LONGEST_SHOWN] + "…"
    return f"The address asked for the {option.name} “{shown}”, which is not known here."


def _taken(atlas: Atlas, option: Option) -> str:
    terms = option.terms(atlas)
    shown = ", ".join(terms if len(terms) <= MOST_NAMED else [*terms[:3], "…"])
    return option.takes.format(**vars(atlas.case)) if option.takes else f"one of these: {shown}"


def one_of(name: str, terms: Callable[[Atlas], Iterable[str]], default: str, fallback: str) -> Option:
    """An option that takes one of a list of terms; an empty default means all of them."""
    return Option(
        name,
        lambda atlas, text: text in terms(atlas) or text == default,
        lambda atlas: default,
        fallback,
        lambda atlas: tuple(terms(atlas)),
    )


def several_of(name: str, terms: Callable[[Atlas], Iterable[str]], fallback: str) -> Option:
    """An option that takes different terms of a list, separated by commas, or none."""

    def accept(atlas: Atlas, text: str) -> bool:
        ids = text.split(",") if text else []
        known = set(terms(atlas))
        return len(ids) == len(set(ids)) and all(one in known for one in ids)

    takes = "different known terms, separated by commas"
    return Option(name, accept, lambda atlas: "", fallback, lambda atlas: tuple(terms(atlas)), takes)


def side_by_side(name: str, known: Callable[[Atlas], pd.Index], default: str, fallback: str) -> Option:
    """An option that takes as many different ids as a comparison does."""

    def accept(atlas: Atlas, text: str) -> bool:
        ids = text.split(",")
        return FEWEST <= len(ids) == len(set(ids)) <= MOST and all(one in known(atlas) for one in ids)

    takes = f"{FEWEST} to {MOST} different known ids, separated by commas"
    return Option(name, accept, lambda atlas: default, fallback, lambda atlas: tuple(known(atlas)), takes)


def is_shown(atlas: Atlas, day: str) -> bool:
    """Whether a text is a day that the case can be shown on."""
    return is_real_day(day) and atlas.case.first_day <= day <= atlas.case.last_day


DATE = Option(
    "date",
    is_shown,
    lambda atlas: min(atlas.package.evidence_to, atlas.case.last_day),
    "the last day of the evidence",
    takes="a day that exists, as YYYY-MM-DD, from {first_day} to {last_day}",
)
# Which incident is shown. The data of an address are those of its case, so it is read before all other options.
CASE = Option(
    "case",
    lambda atlas, text: text in {case.id for case in atlas.whole.cases},
    lambda atlas: atlas.whole.cases[0].id,
    "the first incident",
    lambda atlas: tuple(case.id for case in atlas.whole.cases),
)
COLOUR = one_of("colour", readings, "peak", "the strongest step")
AGED = one_of("aged", lambda atlas: AGES, QUIET, "old evidence unmarked")
# Which part of the world the page's map shows; what is drawn of it is the same.
AREA = one_of("area", lambda atlas: AREAS, WHOLE, "the whole world")
BY = one_of("by", lambda atlas: (PLACES, INSTRUMENTS), PLACES, "jurisdictions")
COMPARED = side_by_side("places", lambda atlas: atlas.jurisdictions.index, "JPN,EU", "Japan and the European Union")
LAWS = side_by_side(
    "instruments",
    lambda atlas: atlas.instruments.index,
    "jpn-ai-promotion-act-2025,eu-ai-act",
    "Japan's AI Promotion Act and the EU's AI Act",
)
FIRST = one_of("place", lambda atlas: atlas.jurisdictions.index, "JPN", "Japan")
# On the map nobody is chosen until a reader chooses; pages about one place begin with one.
ON_MAP = one_of("place", lambda atlas: atlas.jurisdictions.index, "", "nobody")
SECOND = one_of("with", lambda atlas: atlas.jurisdictions.index, "EU", "the European Union")
FIND = Option(
    "find",
    lambda atlas, text: len(text) <= LONGEST_TEXT,
    lambda atlas: "",
    "no search",
    takes=f"a text of at most {LONGEST_TEXT} characters",
)
REGION = one_of("region", regions, "", "all regions")
KIND = one_of("kind", lambda atlas: KINDS, "", "all kinds")
FORCE = one_of("force", lambda atlas: FORCES, "", "any legal force")
UNFOLD = several_of("unfold", lambda atlas: atlas.jurisdictions.index, "members and states folded")
ORDER = one_of("order", lambda atlas: ORDERS, "first", "the order of first acts")
SPAN = one_of("span", lambda atlas: SPANS, "half", "the first half of 2026")
ACTIONS = several_of(
    "actions", lambda atlas: atlas.package.tables["responses"].vocabulary("action"), "all kinds of acts"
)
BODIES = several_of(
    "bodies", lambda atlas: atlas.package.tables["authorities"].vocabulary("authority_type"), "all authorities"
)
REGIONS = several_of("regions", regions, "all regions")
START = Option(
    "start",
    lambda atlas, text: text in starts(atlas).index,
    default_start,
    "the usual start of the case",
    lambda atlas: tuple(starts(atlas).index),
)
# A company's yearly turnover in US dollars, for the worked illustration of a comparison.
TURNOVER = Option(
    "turnover",
    lambda atlas, text: text.isascii() and text.isdigit() and len(text) <= LONGEST_TURNOVER,
    lambda atlas: "1000000000",
    "one billion US dollars",
    takes="a whole number of US dollars",
)
