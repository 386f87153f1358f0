"""`make build`: everything that is made from data/ by a machine, into data/built/ and CITATION.cff.

    python -m atlas.build [--all]

Each step says what it did. What has the same inputs as before is left as it is, to the byte; `--all` makes all afresh.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from atlas.atomic import write_file
from atlas.progress import say as say_begin
from atlas.tables.atlas import Atlas, load
from atlas.tables.check import check
from atlas.tables.schema import DATA

Say = Callable[[str], None]
UP_TO_DATE = "up to date"


def write_if_changed(path: Path, text: str) -> str:
    """Puts a text in place if it is not there already; what was done, in words."""
    if path.is_file() and path.read_bytes() == text.encode("utf-8"):
        return UP_TO_DATE
    write_file(path, text)
    return f"wrote {path.name}"


def geometry(atlas: Atlas, folder: Path, afresh: bool) -> str:
    """The map's shapes."""
    from atlas.maps.inputs import SOURCE, up_to_date

    target = folder / "built" / "geo"
    if not afresh and up_to_date(folder, SOURCE, target):
        return UP_TO_DATE
    from atlas.maps.build import build, publish

    return f"wrote {', '.join(publish(build(folder, former=None if afresh else target), target)) or 'nothing'}"


def agreement(atlas: Atlas, folder: Path, afresh: bool) -> str:
    """How far the two readings agree."""
    from atlas.law.agreement import build

    return build(atlas, folder / "built", afresh)


def standing(atlas: Atlas, folder: Path, afresh: bool) -> str:
    """Ranges of scores, and what can be said of every pair."""
    from atlas.law.build_standing import build

    return build(atlas, folder / "built", afresh)


def audit(atlas: Atlas, folder: Path, afresh: bool) -> str:
    """All sources of uncertainty together, and other rules of aggregation."""
    from atlas.law.audit import build

    return build(atlas, folder / "built", afresh)


def vocabularies(atlas: Atlas, folder: Path, afresh: bool) -> str:
    """The last part of the codebook."""
    from atlas.publish.codebook import VOCABULARIES
    from atlas.publish.codebook import vocabularies as written

    return write_if_changed(folder / VOCABULARIES, written(atlas))


def citation(atlas: Atlas, folder: Path, afresh: bool) -> str:
    """How to cite, where GitHub and Zenodo look for it."""
    from atlas.publish.citation import citation_cff

    return write_if_changed(folder.parent / "CITATION.cff", citation_cff(atlas.package))


STEPS = (geometry, agreement, standing, audit, vocabularies, citation)


def build(folder: Path = DATA, afresh: bool = False, say: Say = print) -> int:
    """Runs every step for one data folder, whose CITATION.cff lies beside it.

    Returns:
        0, or 1 if the data have faults; then nothing is written.
    """
    say_begin("build: checking the data")
    faults = check(folder)
    if faults:
        say(f"nothing is built: the data have {len(faults)} faults; the first: {faults[0]}")
        return 1
    atlas = load(folder)
    for number, step in enumerate(STEPS, 1):
        begun = time.perf_counter()
        done = step(atlas, folder, afresh)
        say(f"[{number}/{len(STEPS)}] {step.__name__}: {done} ({time.perf_counter() - begun:.1f} s)")
    return 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m atlas.build", description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="make everything afresh, whatever its inputs")
    parser.add_argument("--data", type=Path, default=DATA, help="the data folder (default: the repository's)")
    chosen = parser.parse_args(arguments)
    return build(chosen.data, chosen.all, lambda line: print(line, flush=True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
