"""What became of a record from release to release: when it came, what changed in it, when it went."""

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from atlas.atomic import write_file
from atlas.publish.record_addresses import RECORDS
from atlas.tables.atlas import Atlas
from atlas.tables.kept_releases import FOLDER, Release, Unreadable, archive_path, load_release, releases

HISTORY = "history.json"
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
    found, atlas = {}, atlas.whole
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
    """Kept releases gone through.

    Attributes:
        steps: of each record.
        last_in: the release that a record was last in.
        newest: a mark of each record of the newest release, which changes with it.
        columns: of each table of the newest release.
    """

    steps: dict[Key, tuple[Step, ...]]
    last_in: dict[Key, Release]
    unreadable: tuple[Step, ...]
    newest: dict[Key, str]
    columns: dict[str, list[str]]


def steps_of(atlas: Atlas, folder: Path, key: Key) -> tuple[Step, ...]:
    """The steps of one record through the kept releases of a data folder, up to the data served now."""
    kept = releases(folder)
    gone = walk(folder)
    steps = [*gone.steps.get(key, ()), *gone.unreadable]
    if kept and kept[-1].digest == atlas.digest:
        return tuple(steps)
    now, version = _row(atlas, *key), atlas.package.version
    if key not in gone.newest:
        return (*steps, *([Step(version, "", ADDED if gone.newest else FIRST)] if now else []))
    if now is None:
        return (*steps, Step(version, "", REMOVED))
    # Only a record that has changed since makes its reader wait for the release that it changed from.
    if _mark(now, gone.columns[key[0]]) != gone.newest[key]:
        try:
            then = _row(load_release(gone.last_in[key], folder), *key)
        except Unreadable:
            then = None
        steps += _changed(then, now, version, "") if then else []
    return tuple(steps)


def all_steps(atlas: Atlas, folder: Path) -> dict[Key, tuple[Step, ...]]:
    """The steps of every record through the kept releases of a data folder, up to the data served now.

    Unreadable releases are no step here. A step that no release keeps has an empty `released`.
    """
    kept, gone = releases(folder), walk(folder)
    if kept and kept[-1].digest == atlas.digest:
        return gone.steps
    now, version = _rows(atlas), atlas.package.version
    if not gone.newest:
        return gone.steps | {key: (*gone.steps.get(key, ()), Step(version, "", FIRST)) for key in now}
    steps = dict(gone.steps)
    for key in now.keys() - gone.newest.keys():
        steps[key] = (*steps.get(key, ()), Step(version, "", ADDED))
    for key in gone.newest.keys() - now.keys():
        steps[key] = (*steps[key], Step(version, "", REMOVED))
    changed = [key for key, mark in gone.newest.items() if key in now and _mark(now[key], gone.columns[key[0]]) != mark]
    if changed:
        try:
            then = _rows(load_release(gone.last_in[changed[0]], folder))
        except Unreadable:
            then = {}
        for key in changed:
            if key in then:
                steps[key] = (*steps[key], *_changed(then[key], now[key], version, ""))
    return steps


def last_kept(folder: Path, key: Key) -> Release | None:
    """The newest kept release that has a record; None if none has."""
    return walk(folder).last_in.get(key)


def walk(folder: Path) -> Walk:
    """What became of each record from one kept release to the next.

    Made when a release is kept and read from then on; gone through anew where the archives are not those it was
    made of.
    """
    return _walk(folder, _archives(folder))


@lru_cache(maxsize=2)
def _walk(folder: Path, archives: tuple[str, ...]) -> Walk:
    return read(folder) or go_through(folder)


def _archives(folder: Path) -> tuple[str, ...]:
    """SHA-256 of each kept archive as it lies there, oldest first; empty where there is none."""
    return tuple(_archive_digest(*_state(archive_path(release, folder))) for release in releases(folder))


def _state(path: Path) -> tuple[Path, int, int]:
    try:
        stat = path.stat()
    except OSError:
        return path, 0, 0
    return path, stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=256)
def _archive_digest(path: Path, changed: int, size: int) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def go_through(folder: Path) -> Walk:
    """Goes through the kept releases themselves, seconds for each."""
    steps: dict[Key, list[Step]] = {}
    last_in: dict[Key, Release] = {}
    unreadable, before = [], None
    for release in releases(folder):
        try:
            now = _rows(load_release(release, folder))
        except Unreadable:
            unreadable.append(Step(release.version, release.released, UNREADABLE))
            continue
        _compare(before, now, release.version, release.released, steps)
        last_in |= dict.fromkeys(now, release)
        before = now
    columns = {table: list(row.cells) for (table, _), row in (before or {}).items()}
    newest = {key: _mark(row, columns[key[0]]) for key, row in (before or {}).items()}
    return Walk({key: tuple(found) for key, found in steps.items()}, last_in, tuple(unreadable), newest, columns)


def write(folder: Path) -> None:
    """Writes down what `walk` needs; to be called when a release has been kept.

    Unreadable releases are not written down.
    """
    gone = go_through(folder)
    if gone.unreadable:
        return
    kept = releases(folder)
    number = {release.version: at for at, release in enumerate(kept)}
    records = [
        [
            *key,
            number[gone.last_in[key].version],
            gone.newest.get(key, ""),
            [
                [number[step.version], step.kind, [list(vars(change).values()) for change in step.changes]]
                + [list(step.sources_added), list(step.sources_removed)]
                for step in steps
            ],
        ]
        for key, steps in sorted(gone.steps.items())
    ]
    content = {"archives": list(_archives(folder)), "columns": gone.columns, "records": records}
    write_file(folder / FOLDER / HISTORY, json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")


def read(folder: Path) -> Walk | None:
    """What `write` has written; None if it is not there, or is not of the archives that lie there."""
    kept, archives = releases(folder), _archives(folder)
    try:
        content = json.loads((folder / FOLDER / HISTORY).read_text(encoding="utf-8"))
        if content["archives"] != list(archives) or archives != tuple(release.sha256 for release in kept):
            return None
        steps, last_in, newest, columns = {}, {}, {}, dict(content["columns"])
        for table, identity, last, mark, found in content["records"]:
            key = (table, identity)
            last_in[key] = kept[last]
            if mark:
                newest[key] = mark
            steps[key] = tuple(
                Step(
                    kept[at].version,
                    kept[at].released,
                    kind,
                    tuple(Change(*change) for change in changes),
                    tuple(added),
                    tuple(removed),
                )
                for at, kind, changes, added, removed in found
            )
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return None
    return Walk(steps, last_in, (), newest, columns)


def _row(atlas: Atlas, table: str, identity: str) -> _Row | None:
    """One record of an atlas as text, with its sources."""
    atlas = atlas.whole
    if table not in atlas.tables:
        return None
    parts = tuple(identity.split("/"))
    at = atlas.position(table, parts)
    if at is None:
        return None
    cells = atlas[table].iloc[[at]].astype("string").fillna("").to_dict("records")[0]
    links = RECORDS[table]
    return _Row(cells, frozenset(atlas.sources_of(links, *parts) if links else ()))


def _mark(row: _Row, columns: list[str]) -> str:
    """A few letters that change with a record. A column added since is no change of it."""
    cells = [row.cells.get(name) for name in columns]
    return sha256(json.dumps([cells, sorted(row.sources)]).encode()).hexdigest()[:12]


def _compare(
    before: dict[Key, _Row] | None, now: dict[Key, _Row], version: str, released: str, steps: dict[Key, list[Step]]
) -> None:
    for key, row in now.items():
        old = (before or {}).get(key)
        if old is None:
            steps.setdefault(key, []).append(Step(version, released, FIRST if before is None else ADDED))
        else:
            steps[key] += _changed(old, row, version, released)
    for key in (before or {}).keys() - now.keys():
        steps[key].append(Step(version, released, REMOVED))


def _changed(old: _Row, row: _Row, version: str, released: str) -> list[Step]:
    """The step from one state of a record to another; none if nothing changed."""
    changes = tuple(
        Change(name, old.cells[name], cell)
        for name, cell in row.cells.items()
        if name in old.cells and old.cells[name] != cell
    )
    added, removed = tuple(sorted(row.sources - old.sources)), tuple(sorted(old.sources - row.sources))
    return [Step(version, released, CHANGED, changes, added, removed)] if changes or added or removed else []
