"""Every generated sentence. Each is plain text, computed from the data, and true at every as-of date.

One module a subject; functions take the `Atlas`, a day as ISO text and what they speak about. Tests read them
over all days on which something changes.
"""

from atlas.words.grammar import capital, counted, listed, named, number, small, texts, when
from atlas.words.map_titles import evidence_title, map_title, now_title, regime_title
from atlas.words.places import (
    aside_words,
    asides,
    dated_standing,
    end_words,
    ended_step_words,
    headlines,
    law_sentence,
    place_title,
    reached_words,
    response_sentence,
    step_words,
)

__all__ = [
    "aside_words",
    "asides",
    "capital",
    "counted",
    "dated_standing",
    "end_words",
    "ended_step_words",
    "evidence_title",
    "headlines",
    "law_sentence",
    "listed",
    "map_title",
    "named",
    "now_title",
    "number",
    "place_title",
    "reached_words",
    "regime_title",
    "response_sentence",
    "small",
    "step_words",
    "texts",
    "when",
]
