"""Names in a question: places, laws and authorities by whatever name they have, typing errors forgiven."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from atlas.find.folding import Unit, is_paired, key
from atlas.tables.atlas import Atlas

PLACE, LAW, BODY = "place", "law", "body"
LONGEST_NAME = 14
# Names of one short word are too easily something else.
SHORTEST_BODY, SHORTEST_LAW = 3, 3
SHORTEST_FORGIVEN, ALIKE, WIDEST = 5, 0.78, 4
_YEAR = re.compile(r"[\s,]*\(?\b(19|20)\d\d\)?$")
_BRACKET = re.compile(r"\s*\([^()]*\)$")


@dataclass(frozen=True)
class Meant:
    """What a name means.

    Attributes:
        kind: `PLACE`, `LAW` or `BODY`.
        ids: whatever has this name; more than one where the name does not decide.
        capitals: whether it is understood in capitals only.
    """

    kind: str
    ids: tuple[str, ...]
    capitals: bool = False


@dataclass(frozen=True)
class Seen:
    """A name found in a question: which units it takes, what it means, and the name where it was mistyped."""

    start: int
    end: int
    meant: Meant
    nearly: str = ""


class Names:
    """Every name of a release, by its units."""

    def __init__(self, atlas: Atlas, other: Atlas):
        held: dict[tuple[str, tuple[str, ...]], dict[str, bool]] = {}
        for kind, name, identity, capitals in _written(atlas, other):
            units = key(name)
            if units and len(units) <= LONGEST_NAME:
                ids = held.setdefault((kind, units), {})
                ids[identity] = ids.get(identity, True) and capitals
        self._exact: dict[tuple[str, ...], list[Meant]] = {}
        for (kind, units), ids in held.items():
            self._exact.setdefault(units, []).append(Meant(kind, tuple(ids), all(ids.values())))
        self._longest = max(map(len, self._exact), default=1)
        self._spelled = {
            " ".join(units): meant[0]
            for units, meant in self._exact.items()
            if len(" ".join(units)) >= SHORTEST_FORGIVEN and not is_paired(units[0]) and not meant[0].capitals
        }
        self._choices = list(self._spelled)

    def exact(self, found: list[Unit], shouted: bool) -> list[Seen]:
        """Names as they are, the longest at each place.

        Args:
            found: the units of a question.
            shouted: whether all of it is in capitals, so that capitals say nothing.
        """
        seen, at = [], 0
        while at < len(found):
            for end in range(min(len(found), at + self._longest), at, -1):
                part = found[at:end]
                for meant in self._exact.get(tuple(unit.folded for unit in part), ()):
                    if not meant.capitals or (len(found) == len(part)) or (not shouted and part[0].typed.isupper()):
                        seen.append(Seen(at, end, meant))
                        break
                else:
                    continue
                at = end - 1
                break
            at += 1
        return seen

    def nearly(self, found: list[Unit], free: list[bool], unknown: list[bool]) -> list[Seen]:
        """Names that are mistyped: windows of free units of which one is known nowhere.

        Args:
            free: for each unit, whether no name has taken it.
            unknown: for each unit, whether it stands nowhere in the index.
        """
        seen, at = [], 0
        while at < len(found):
            best = None
            for width in range(1, WIDEST + 1):
                part = range(at, at + width)
                if at + width > len(found) or not all(free[i] for i in part):
                    break
                typed = " ".join(found[i].folded for i in part)
                if any(unknown[i] for i in part) and len(typed) >= SHORTEST_FORGIVEN and not is_paired(typed[0]):
                    one = process.extractOne(typed, self._choices, scorer=OSA.normalized_similarity, score_cutoff=ALIKE)
                    if one and (best is None or one[1] > best[1]):
                        best = (one[0], one[1], width)
            if best:
                seen.append(Seen(at, at + best[2], self._spelled[best[0]], best[0]))
                at += best[2]
            else:
                at += 1
        return seen


def _written(atlas: Atlas, other: Atlas) -> Iterator[tuple[str, str, str, bool]]:
    """Every name: kind, as it is written, what it means, and whether in capitals only."""
    for place, row in atlas.jurisdictions.iterrows():
        yield PLACE, row["name"], place, False
        yield PLACE, row["name_in_sentence"], place, False
        # Ids that are words in small letters (PER, CAN) are meant in capitals alone.
        yield PLACE, place, place, True
    for row in other["names"].itertuples():
        if row.jurisdiction_id in atlas.jurisdictions.index:
            yield PLACE, row.name, row.jurisdiction_id, row.name_kind == "code"
    for law, row in atlas.instruments.iterrows():
        for name in _forms(row["short_name"], row["title"], row["title_native"], row["citation"]):
            if len(name) >= SHORTEST_LAW:
                yield LAW, name, law, False
    for body, row in atlas.authorities.iterrows():
        for name in _forms(row["name"], row["name_native"], row["short_name"]):
            if len(name) >= SHORTEST_BODY:
                yield BODY, name, body, False


def _forms(*texts: str) -> list[str]:
    """Names with and without what stands in brackets or as a year at their end, each once."""
    found: dict[str, None] = {}
    for text in texts:
        short = _BRACKET.sub("", text)
        for form in (text, short, _YEAR.sub("", short)):
            if form:
                found[form.strip(" ,")] = None
    return list(found)


@lru_cache(maxsize=3)
def names(atlas: Atlas, other: Atlas) -> Names:
    """The names of a release, put together when they are first asked for.

    Args:
        other: the data whose other names are taken.
    """
    return Names(atlas, other)


@lru_cache(maxsize=8)
def used(atlas: Atlas, kind: str) -> tuple[dict[str, str], Counter]:
    """The jurisdiction of each law or authority, and in how many acts each played a part.

    Args:
        kind: `LAW` or `BODY`.
    """
    table, links, column = (
        ("instruments", "response_instruments", "instrument_id")
        if kind == LAW
        else ("authorities", "response_parties", "authority_id")
    )
    home = dict(zip(atlas.columns(table)[column], atlas.columns(table)["jurisdiction_id"]))
    return home, Counter(atlas.columns(links)[column])
