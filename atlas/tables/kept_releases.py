"""Data releases that were kept: `data/releases/<version>.zip`, each as it was on the day of its release.

`index.json` beside them lists versions and the SHA-256 of each file. A release is read from its archive into a
folder that lasts as long as the reading; nothing in the archive is ever written elsewhere or changed.
"""

import io
import json
import re
import tempfile
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from atlas.tables.atlas import Atlas, load
from atlas.tables.cases import CASE_ID, CASES
from atlas.tables.read import typed
from atlas.tables.schema import DATA, DESCRIPTOR, Package, read_package

# What describes a case.
OF_CASES = (CASES, "case_targets")
FOLDER, INDEX = "releases", "index.json"
VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}")
# A release is about a megabyte; an archive that claims far more is not one.
LARGEST_BYTES = 50_000_000


@dataclass(frozen=True)
class Release:
    """One kept release: `digest` is the atlas's own, `sha256` that of the archive; days are ISO."""

    version: str
    released: str
    evidence_to: str
    digest: str
    sha256: str
    bytes: int


class Unreadable(ValueError):
    """A release that cannot be shown: its message says why, in words for a reader."""


def releases(folder: Path = DATA) -> tuple[Release, ...]:
    """The releases kept with a data folder, oldest first; none if there is no index or it cannot be read."""
    path = folder / FOLDER / INDEX
    try:
        stat = path.stat()
    except OSError:
        return ()
    return _read_index(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def _read_index(path: Path, changed: int, size: int) -> tuple[Release, ...]:
    try:
        rows = [Release(**row) for row in json.loads(path.read_text(encoding="utf-8"))["releases"]]
    except (OSError, ValueError, TypeError, KeyError):
        return ()
    return tuple(sorted((row for row in rows if VERSION.fullmatch(row.version)), key=_order))


def _order(release: Release) -> tuple[int, ...]:
    return tuple(int(part) for part in release.version.split("."))


def archive_path(release: Release, folder: Path = DATA) -> Path:
    """Where a release lies. Only a release of the index has a path, so that no address can name another file."""
    return folder / FOLDER / f"{release.version}.zip"


@lru_cache(maxsize=2)
def load_release(release: Release, folder: Path = DATA) -> Atlas:
    """A release as an `Atlas`.

    Raises:
        Unreadable: the archive is missing, is not the one of the index, or does not hold a data package.
    """
    try:
        raw = archive_path(release, folder).read_bytes()
    except OSError as error:
        raise Unreadable("its file is missing") from error
    if sha256(raw).hexdigest() != release.sha256:
        raise Unreadable("its file is not the one that was released")
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        try:
            _unpack(raw, place)
            atlas = load(place)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise Unreadable("its file does not hold a data package") from error
    if atlas.digest != release.digest:
        raise Unreadable("its tables are not those that were released")
    return atlas


def _unpack(raw: bytes, place: Path) -> None:
    """Takes the descriptor and the tables out of an archive; whatever else it names stays inside."""
    with zipfile.ZipFile(io.BytesIO(raw)) as opened:
        inside = {Path(info.filename).name: info for info in opened.infolist() if not info.is_dir()}
        if sum(info.file_size for info in inside.values()) > LARGEST_BYTES:
            raise ValueError("too large")
        (place / DESCRIPTOR).write_bytes(opened.read(inside[DESCRIPTOR]))
        for table in read_package(place).tables.values():
            name = Path(table.file).name
            (place / name).write_bytes(opened.read(inside[name]))


def fits(old: Package, new: Package) -> bool:
    """Whether pages written for `new` can show `old`: it lacks nothing but what was added since and reads as empty."""
    for name, table in new.tables.items():
        if name not in old.tables:
            if not table.since:
                return False
        elif any(
            field not in old.tables[name].fields and "since" not in descriptor
            for field, descriptor in table.fields.items()
        ):
            return False
    return True


@lru_cache(maxsize=2)
def bridged(old: Atlas, new: Atlas) -> Atlas:
    """An older release in the present structure, with the rows of all its cases: tables and columns added since are
    empty, terms added since are known.
    """
    old, new, tables = old.whole, new.whole, {}
    for name, table in new.package.tables.items():
        kept = old.tables.get(name)
        blank = typed(
            pd.DataFrame("", index=range(0 if kept is None else len(kept)), columns=list(table.fields)), table
        )
        if name in OF_CASES and (kept is None or set(kept.columns) < set(table.fields)):
            # What is told of a case since was true of it then.
            known_cases = set(old[CASES][CASE_ID])
            tables[name] = new[name][new[name][CASE_ID].isin(known_cases)].reset_index(drop=True)
            continue
        tables[name] = (
            blank
            if kept is None
            else blank.assign(**{column: kept[column] for column in kept.columns if column in table.fields})
        )
    known = pd.concat([old["vocabulary"], new["vocabulary"]]).drop_duplicates(["vocabulary", "term"])
    return Atlas(old.package, MappingProxyType(tables | {"vocabulary": known.reset_index(drop=True)}), old.digest)
