"""The options of charts in words: what an option is called, and what each of its terms is."""

from collections.abc import Callable

from atlas.charts.catalogue import CHARTS
from atlas.response.durations import starts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import texts
from atlas.words.laws import law


def name(option: str) -> str:
    """What an option is called beside its widget."""
    return texts()["present"]["options"][option]


def term(atlas: Atlas, option: str, text: str) -> str:
    """One term of an option in words; days, regions and free text stand for themselves."""
    if option == "date":
        return in_words(text)
    return _WORDS[option](atlas, text) if option in _WORDS and text else text


def value(atlas: Atlas, slug: str, option: str, text: str) -> str:
    """The value of a chart's option in words; several terms are separated by commas."""
    terms = next(one for one in CHARTS[slug].options if one.name == option).terms(atlas)
    parts = text.split(",") if terms and text not in terms else [text]
    return ", ".join(term(atlas, option, part) for part in parts)


def _place(atlas: Atlas, text: str) -> str:
    return atlas.name(text)


def _instrument(atlas: Atlas, text: str) -> str:
    return f"{atlas.name(atlas.instruments.at[text, 'jurisdiction_id'])}: {law(atlas, text)}"


def _start(atlas: Atlas, text: str) -> str:
    return f"{in_words(starts(atlas).at[text, 'date'])}: {starts(atlas).at[text, 'label']}"


_WORDS: dict[str, Callable[[Atlas, str], str]] = {
    "colour": lambda atlas, text: texts()["map"]["readings"][text]["label"],
    "order": lambda atlas, text: texts()["time"]["orders"][text],
    "span": lambda atlas, text: texts()["time"]["spans"][text],
    "by": lambda atlas, text: texts()["present"]["by"][text],
    "actions": lambda atlas, text: atlas.label("action", text),
    "bodies": lambda atlas, text: atlas.label("authority_type", text),
    "kind": lambda atlas, text: atlas.label("kind", text),
    "force": lambda atlas, text: atlas.label("legal_force", text),
    "places": _place,
    "place": _place,
    "with": _place,
    "unfold": _place,
    "instruments": _instrument,
    "start": _start,
}
