"""The index: SQLite's full-text search over everything on record, in memory, one for each release.

Words are cut to their stems (Porter) by SQLite, accents and scripts without spaces are dealt with in `folding` on both
sides. Entries of a kind stand in one range of rows, so that each kind is asked for by itself.
"""

import sqlite3
import threading
from bisect import bisect_left
from collections.abc import Collection, Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from atlas.find.folding import is_paired, words
from atlas.find.records import KINDS, Entry, entries
from atlas.tables.atlas import Atlas

_TABLE = """CREATE VIRTUAL TABLE entry USING fts5(names, body, content='', prefix='2 3',
    tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co M*'")"""
# A word in a name says more than one in a text.
_NAMES, _BODY = 8.0, 1.0
# Kinds whose names are forgiven typing errors.
_NAMED = ("places", "laws", "authorities")
MOST_WORDS, SHORTEST_FORGIVEN, ALIKE = 24, 4, 0.75
# A word of which a part is typed so far.
SHORTEST_PREFIX = 2


class Index:
    """Everything that can be found in one release. Safe to use from many threads."""

    def __init__(self, atlas: Atlas, other: Atlas):
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(_TABLE)
        self._entries: list[Entry] = []
        self.ranges: dict[str, tuple[int, int]] = {}
        self.known: set[str] = set()
        named: set[str] = set()
        rows = []
        for entry, names, body in entries(atlas, other):
            number = len(self._entries)
            first, _ = self.ranges.get(entry.kind, (number, number))
            self.ranges[entry.kind] = (first, number)
            self._entries.append(entry)
            in_names, in_body = words(names), words(body)
            self.known.update(in_names, in_body)
            if entry.kind in _NAMED:
                named.update(in_names)
            rows.append((number, " ".join(in_names), " ".join(in_body)))
        self._database.executemany("INSERT INTO entry (rowid, names, body) VALUES (?, ?, ?)", rows)
        self._database.execute("INSERT INTO entry (entry) VALUES ('optimize')")
        self._sorted = sorted(self.known)
        self._named = sorted(word for word in named if len(word) >= SHORTEST_FORGIVEN and not is_paired(word))

    def count(self, kind: str) -> int:
        """How many entries of a kind there are."""
        first, last = self.ranges.get(kind, (0, -1))
        return last - first + 1

    def begins(self, word: str) -> bool:
        """Whether a word, or one that begins with it, stands somewhere."""
        at = bisect_left(self._sorted, word)
        return at < len(self._sorted) and self._sorted[at].startswith(word)

    def forgiven(self, word: str) -> str:
        """The word of a name that an unknown word is nearly; the word itself where none is, or it is known."""
        if len(word) < SHORTEST_FORGIVEN or is_paired(word) or self.begins(word):
            return word
        found = process.extractOne(word, self._named, scorer=OSA.normalized_similarity, score_cutoff=ALIKE)
        return found[0] if found else word

    def search(
        self, every: Iterable[str], any_of: Iterable[str] = (), most: int = 5, kinds: Collection[str] = KINDS
    ) -> dict[str, list[Entry]]:
        """The best entries of each kind that has some, best first.

        Args:
            every: words that an entry must hold; the last may be the beginning of one.
            any_of: words of which an entry must hold one, where `every` is empty.
            most: of each kind.
        """
        query = _all_of(list(every)[:MOST_WORDS]) or _one_of(list(any_of)[:MOST_WORDS])
        if not query:
            return {}
        found = {}
        with self._lock:
            for kind in kinds:
                first, last = self.ranges.get(kind, (0, -1))
                rows = self._database.execute(
                    "SELECT rowid FROM entry WHERE entry MATCH ? AND rowid BETWEEN ? AND ?"
                    f" ORDER BY bm25(entry, {_NAMES}, {_BODY}), rowid LIMIT ?",
                    (query, first, last, most),
                ).fetchall()
                if rows:
                    found[kind] = [self._entries[number] for (number,) in rows]
        return found


def _quoted(word: str) -> str:
    """A word as SQLite takes it for a word and nothing else."""
    return '"' + word.replace('"', '""') + '"'


def _all_of(asked: list[str]) -> str:
    if not asked:
        return ""
    *before, last = asked
    ending = f"{_quoted(last)} OR {_quoted(last)} *" if len(last) >= SHORTEST_PREFIX else _quoted(last)
    if is_paired(last) and len(last) == 1:
        ending = f"{_quoted(last)} *"
    return " AND ".join([*map(_quoted, before), f"({ending})"])


def _one_of(asked: list[str]) -> str:
    return " OR ".join(map(_quoted, asked))


@lru_cache(maxsize=3)
def index(atlas: Atlas, other: Atlas) -> Index:
    """The index of a release, made when it is first asked for.

    Args:
        other: the data whose other names are taken.
    """
    return Index(atlas, other)
