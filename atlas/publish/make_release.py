"""`make release`: keeps the data as they are as the release of their version, and never changes one that was kept."""

import io
import json
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

from atlas.atomic import write_file
from atlas.fixed_time import EPOCH
from atlas.publish.history import read as read_history
from atlas.publish.history import write as write_history
from atlas.publish.tables import COMPANIONS
from atlas.tables.atlas import digest
from atlas.tables.check import check
from atlas.tables.kept_releases import FOLDER, INDEX, VERSION, Release, releases
from atlas.tables.schema import DATA, DESCRIPTOR, read_package


def archive(folder: Path) -> bytes:
    """The folder's data package as it lies on disk: the same bytes for the same files, whenever it is made."""
    names = sorted(
        [
            DESCRIPTOR,
            *(table.file for table in read_package(folder).tables.values()),
            *(name for name in COMPANIONS if (folder / name).exists()),
        ]
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as opened:
        for name in names:
            info = zipfile.ZipInfo(f"regime-atlas/{name}", EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            opened.writestr(info, (folder / name).read_bytes())
    return buffer.getvalue()


def keep(folder: Path = DATA) -> Release:
    """Keeps the folder's data under their version.

    Raises:
        ValueError: the data have faults, the version is none, or a release of it holds other data.
    """
    faults = check(folder)
    if faults:
        raise ValueError(f"the data have {len(faults)} faults; the first: {faults[0]}")
    package = read_package(folder)
    if not VERSION.fullmatch(package.version):
        raise ValueError(f"{package.version!r} is no version like 1.2.3")
    raw = archive(folder)
    made = Release(
        package.version, package.released, package.evidence_to, digest(folder), sha256(raw).hexdigest(), len(raw)
    )
    kept = {release.version: release for release in releases(folder)}
    if package.version in kept:
        if kept[package.version].digest != made.digest:
            raise ValueError(
                f"release {package.version} was kept with other data and is not changed. Raise `version` and `created`"
                f" in {DESCRIPTOR} and say in CHANGELOG.md what is new"
            )
        if read_history(folder) is None:
            write_history(folder)
        return kept[package.version]
    place = folder / FOLDER
    write_file(place / f"{package.version}.zip", raw)
    rows = [
        vars(release)
        for release in sorted(
            [*kept.values(), made], key=lambda release: [int(part) for part in release.version.split(".")]
        )
    ]
    write_file(place / INDEX, json.dumps({"releases": rows}, indent=1) + "\n")
    write_history(folder)
    return made


def main(arguments: list[str]) -> int:
    """Keeps the release of a folder (default: the repository's data) and names it."""
    try:
        release = keep(Path(arguments[0]) if arguments else DATA)
    except ValueError as error:
        print(f"not released: {error}", file=sys.stderr)
        return 1
    print(f"release {release.version}, evidence to {release.evidence_to}: {release.bytes:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
