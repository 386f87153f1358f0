"""A law in words: its name, how it stood on a day, and what its prison term means. The same words on every screen."""

import re
from collections.abc import Mapping
from functools import lru_cache

from atlas.law.spans import instrument_spans, instrument_state
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, FAR_PAST, in_words, latest_day
from atlas.words.grammar import counted, law_name, texts

# The states in the order in which lists show them.
ORDER = ("in_force", "adopted", "bill", "withdrawn", "ended", "not_yet")


@lru_cache(maxsize=2048)
def law(atlas: Atlas, instrument_id: str, article: bool = True) -> str:
    """A law as it stands in a sentence, a code with its name; without its article in lists and after a possessor."""
    row = atlas.instruments.loc[instrument_id]
    return law_name(row["short_name"], row["title"], article)


def says_more(provision: str, law_said: str) -> bool:
    """Whether a provision tells an article that a law's name has not told: a name such as `CP arts. 173, 189` has."""
    new = set(re.findall(r"\d+\w*", provision)) - set(re.findall(r"\d+\w*", law_said))
    return bool(provision) and (bool(new) or not re.search(r"\d", provision))


def law_words(atlas: Atlas, link: dict, types: Mapping[str, str], phrase: bool) -> str:
    """`the DSA (Digital Services Act), Article 34`, with the kind of law it is where `phrase` asks for it."""
    words = law(atlas, link["instrument_id"])
    words += f", {link['provision']}" if says_more(link["provision"], words) else ""
    kind = texts()["regime"]["phrases"].get(types.get(link["instrument_id"], "")) if phrase else ""
    return f"{words}, {kind}," if kind and link["role"] == "named" else f"{words}, {kind}" if kind else words


def state_words(atlas: Atlas, instrument_id: str, day: str) -> str:
    """How a law stood on a day, with the day from which it counts where that lies ahead.

    A law in force of which the main duties wait is partly in force, here and everywhere.
    """
    prose, state = texts()["laws"]["states"], instrument_state(atlas, instrument_id, day)
    if state != "adopted":
        return prose[state]
    row, starts = atlas.instruments.loc[instrument_id], instrument_spans(atlas).at[instrument_id, "starts"]
    begun = latest_day(row["in_force_date"]) <= day if row["in_force_date"] else row["status"] == "partly_in_force"
    partly = row["status"] in ("partly_in_force", "in_force") and begun
    if starts in (FAR_FUTURE, FAR_PAST):
        return prose["partly_unknown" if partly else "adopted_unknown"]
    return prose["partly" if partly else "adopted"].format(starts=in_words(starts))


def prison_term(months: float) -> str:
    """A prison term in years and months: `two years`, `18 months` as `one year and six months`."""
    years, rest = divmod(int(months), 12)
    parts = [counted(years, "year", "years")] if years else []
    parts += [counted(rest, "month", "months")] if rest or not years else []
    return " and ".join(parts)


def prison_words(atlas: Atlas, instrument_id: str, term: str = "") -> str:
    """The highest prison term of a law; empty where none is recorded.

    A directive sets what national law must at least allow: its term is a floor, and never the most that it allows.

    Args:
        term: the term as a table has it; in years and months if left out.
    """
    row = atlas.instruments.loc[instrument_id]
    if row["max_prison_months"] != row["max_prison_months"]:
        return ""
    said = term or prison_term(row["max_prison_months"])
    return texts()["laws"]["floor"].format(term=said) if row["direct_in_members"] is False else said
