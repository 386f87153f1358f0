"""Text as it is compared: without case and accents, in words; Chinese, Japanese and Korean in pairs of characters."""

import re
import unicodedata
from dataclasses import dataclass

from atlas.tables.fold import fold

# Scripts written without spaces, or (Hangul) with endings at their words.
_PAIRED = re.compile(
    r"[\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f]+"
)
_PLAIN = re.compile(r"[A-Za-z0-9]+")
_POSSESSIVE = re.compile(r"'s\b")


def _runs(text: str) -> list[str]:
    """Runs of letters, digits and the marks that belong to them."""
    if text.isascii():
        return _PLAIN.findall(text)
    found, run = [], []
    for character in text:
        if character.isalnum() or unicodedata.category(character)[0] == "M":
            run.append(character)
        elif run:
            found.append("".join(run))
            run = []
    return [*found, "".join(run)] if run else found


@dataclass(frozen=True)
class Unit:
    """A word, or a character of a script without spaces: folded, and as it was typed."""

    folded: str
    typed: str


def units(text: str) -> list[Unit]:
    """The units in which names are looked for in a text."""
    found = []
    for run in _runs(_POSSESSIVE.sub("", text.replace("’", "'"))):
        folded = fold(run)
        if _PAIRED.search(folded):
            found += [Unit(part, part) for part in _split(folded)]
        elif folded:
            found.append(Unit(folded, run))
    return found


def key(name: str) -> tuple[str, ...]:
    """A name in units, as it is looked up."""
    return tuple(unit.folded for unit in units(name))


def _split(run: str) -> list[str]:
    """A run in characters where it is of a script without spaces, else in words."""
    found, at = [], 0
    for match in _PAIRED.finditer(run):
        if run[at : match.start()]:
            found.append(run[at : match.start()])
        found += match[0]
        at = match.end()
    return [*found, run[at:]] if run[at:] else found


def words(text: str) -> list[str]:
    """The words of a text as the index has them: folded, pairs where there are no spaces."""
    found = []
    for run in _runs(fold(text.replace("’", "'"))):
        at = 0
        for match in _PAIRED.finditer(run):
            if run[at : match.start()]:
                found.append(run[at : match.start()])
            paired = match[0]
            found += [paired[i : i + 2] for i in range(len(paired) - 1)] if len(paired) > 1 else [paired]
            at = match.end()
        if run[at:]:
            found.append(run[at:])
    return found


def is_paired(word: str) -> bool:
    """Whether a word is of a script that is cut in pairs."""
    return bool(_PAIRED.fullmatch(word))
