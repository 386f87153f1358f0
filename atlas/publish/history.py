"""What became of a record from release to release: when it came, what changed in it, when it went."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from atlas.publish.links import RECORDS
from atlas.tables.atlas import Atlas
from atlas.tables.releases import Release, Unreadable, load_release, releases

FIRST, ADDED, CHANGED, REMOVED, UNREADABLE = "first", "added", "changed", "removed", "unreadable"
Key = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """One field that changed, as text; `old` and `new` are empty where the cell was."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Step:
    """One release in which something happened to a record.

    Attributes:
        version, released: of the release; `released` is empty for data served now that no release keeps.
        kind: `first` (in the first release kept), `added`, `changed`, `removed` or `unreadable`.
        changes: fields that changed; a column that only one of two releases has is no change of a record.
        sources_added, sources_removed: ids of sources.
    """

    version: str
    released: str
    kind: str
    changes: tuple[Change, ...] = ()
    sources_added: tuple[str, ...] = ()
    sources_removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Row:
    cells: dict[str, str]
    sources: frozenset[str]


def _rows(atlas: Atlas) -> dict[Key, _Row]:
    """Every record of a release as text, with its sources."""
    found = {}
    for table, links in RECORDS.items():
        if table not in atlas.tables:
            continue
        key = atlas.package.tables[table].key
        frame = atlas[table].astype("string").fillna("")
        for cells in frame.to_dict("records"):
            parts = tuple(cells[column] for column in key)
            found[table, "/".join(parts)] = _Row(cells, frozenset(atlas.sources_of(links, *parts) if links else ()))
    return found


@dataclass(frozen=True)
class Walk:
    """The releases of a folder gone through: steps of each record, and in which release it was last."""

    steps: dict[Key, tuple[Step, ...]]
    last_in: dict[Key, Release | None]
    unreadable: tuple[Step, ...]


def walk(atlas: Atlas, folder: Path) -> Walk:
    """Goes through the kept releases of a data folder up to the data served now; once for each set of them."""
    return _walk(atlas, folder, releases(folder))


@lru_cache(maxsize=2)
def _walk(atlas: Atlas, folder: Path, kept: tuple[Release, ...]) -> Walk:
    steps: dict[Key, list[Step]] = {}
    last_in: dict[Key, Release | None] = {}
    unreadable, before = [], None
    for release in kept:
        try:
            now = _rows(load_release(release, folder))
        except Unreadable:
            unreadable.append(Step(release.version, release.released, UNREADABLE))
            continue
        _compare(before, now, release.version, release.released, steps)
        last_in |= dict.fromkeys(now, release)
        before = now
    if not kept or kept[-1].digest != atlas.digest:
        now = _rows(atlas)
        _compare(before, now, atlas.package.version, "", steps)
        last_in |= dict.fromkeys(now)
    return Walk({key: tuple(found) for key, found in steps.items()}, last_in, tuple(unreadable))


def _compare(
    before: dict[Key, _Row] | None, now: dict[Key, _Row], version: str, released: str, steps: dict[Key, list[Step]]
) -> None:
    for key, row in now.items():
        old = (before or {}).get(key)
        if old is None:
            steps.setdefault(key, []).append(Step(version, released, FIRST if before is None else ADDED))
            continue
        changes = tuple(
            Change(name, old.cells[name], cell)
            for name, cell in row.cells.items()
            if name in old.cells and old.cells[name] != cell
        )
        added, removed = tuple(sorted(row.sources - old.sources)), tuple(sorted(old.sources - row.sources))
        if changes or added or removed:
            steps[key].append(Step(version, released, CHANGED, changes, added, removed))
    for key in (before or {}).keys() - now.keys():
        steps[key].append(Step(version, released, REMOVED))
