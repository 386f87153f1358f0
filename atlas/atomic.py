"""Files and folders that appear whole or not at all, whatever stops the program that writes them.

New content is written beside its place under a name that starts with `.part-`, flushed to the disk, and put in place
by renaming. A full disk or a killed run leaves the old content as it was. What a killed run left behind is removed by
the next one, which knows it by its lock: the system lets go of a lock when its process ends, however it ends.
"""

import ctypes
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

PART = ".part-"
# Between making a part and locking it lie microseconds; a part this young is never taken for a left-over.
YOUNG_SECONDS = 1.0
_AT_CWD, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2)


def write_file(path: Path, content: bytes | str) -> None:
    """Puts one file in place, text as UTF-8.

    Raises:
        OSError: it cannot be written; an old file is still there, unchanged.
    """
    write_files(path.parent, {path.name: content})


def write_files(folder: Path, files: Mapping[str, bytes | str]) -> None:
    """Puts several files in place in the order given, once all of them are safely written.

    Each appears whole. A run that is killed between two renames leaves some new and some old files, so the last one
    should say what the others must be (a manifest with their digests).

    Args:
        folder: made if it is not there.
        files: content by name.

    Raises:
        OSError: one of them cannot be written; then none was put in place.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _part(folder, "files") as part:
        for name, content in files.items():
            (part / name).write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        _flush(part)
        for name in files:
            os.replace(part / name, folder / name)
    _sync(folder)


@contextmanager
def new_folder(place: Path) -> Iterator[Path]:
    """A folder to fill, which takes the place of the old one when the block ends without an error.

    The old folder stays whole until then; on Linux there is no moment without one. Nothing of it is kept.

    Yields:
        An empty folder on the same disk.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with _part(place.parent, place.name) as part:
        made = part / "new"
        made.mkdir()
        yield made
        _flush(made)
        if not place.exists():
            os.rename(made, place)
        elif not _exchange(made, place):
            os.rename(place, part / "old")
            os.rename(made, place)
    _sync(place.parent)


@contextmanager
def _part(beside: Path, name: str) -> Iterator[Path]:
    """A locked working folder that is gone afterwards; left-overs of killed runs go first."""
    _clean(beside)
    part = Path(mkdtemp(prefix=f"{PART}{name}-", dir=beside))
    lock = _lock(part)
    try:
        part.chmod(0o755)
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _clean(beside: Path) -> None:
    for left in beside.glob(f"{PART}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > YOUNG_SECONDS and (lock := _lock(left)) is not None:
                # Killed between the two renames of a system that cannot exchange folders: the old one comes back.
                place = beside / left.name.removeprefix(PART).rpartition("-")[0]
                if (left / "old").exists() and not place.exists():
                    os.rename(left / "old", place)
                shutil.rmtree(left, ignore_errors=True)
                os.close(lock)


def _lock(folder: Path) -> int | None:
    """An open, locked descriptor of a folder; none if another process holds it or the system has no such locks."""
    try:
        import fcntl
    except ImportError:
        return None
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        return None
    return opened


def _flush(folder: Path) -> None:
    """Waits until a folder with all it holds is on the disk."""
    for root, _, names in os.walk(folder):
        for name in names:
            _sync(Path(root, name))
        _sync(Path(root))


def _sync(path: Path) -> None:
    """Waits until a file or folder is on the disk, where the system can do that."""
    try:
        opened = os.open(path, os.O_RDONLY)
    except PermissionError:  # a folder, on a system that opens none
        return
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _exchange(one: Path, other: Path) -> bool:
    """Swaps two paths in one step; False where the system or the disk cannot."""
    try:
        swap = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return swap(_AT_CWD, os.fsencode(one), _AT_CWD, os.fsencode(other), _EXCHANGE) == 0
