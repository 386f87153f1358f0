"""How long Find takes to answer, at today's size and a hundred times that, letter by letter as a reader types."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.apps import ROOT
from benchmarks.figures import Section, Target, median, p95
from benchmarks.growth.generate import generate, sizes

# By growth of the data, the seconds within which 95 of 100 answers must come.
WANTED = {1: 0.030, 100: 0.200}
QUESTIONS = ROOT / "tests" / "find_questions.csv"
# The box asks after each pause of the keys: here, after every so many letters.
EVERY, FEWEST = 4, 3


def asked() -> list[str]:
    """Each question in full, and as it stands while it is typed."""
    with QUESTIONS.open(encoding="utf-8") as opened:
        whole = [row["question"] for row in csv.DictReader(opened)]
    parts = (question[:end] for question in whole for end in range(FEWEST, len(question), EVERY))
    return list(dict.fromkeys([*whole, *parts]))


def inside(folder: Path) -> dict[str, object]:
    """Seconds of the index and of every answer; run in a process of its own."""
    from atlas.find.find import find
    from atlas.tables.atlas import load

    atlas, found = load(folder), []
    start = time.perf_counter()
    find(atlas, "Japan")
    first = time.perf_counter() - start
    for question in asked():
        start = time.perf_counter()
        find(atlas, question)
        found.append(time.perf_counter() - start)
    return {"first": first, "answers": found}


def measure() -> list[Section]:
    """The 95th percentile of all answers at each size."""
    rows, targets = [], []
    with tempfile.TemporaryDirectory() as temporary:
        for times, wanted in WANTED.items():
            folder = generate(Path(temporary) / f"x{times}", times)
            command = [sys.executable, "-m", "benchmarks.find", str(folder)]
            run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=1800)
            found = json.loads(run.stdout.strip().splitlines()[-1])
            answers, size = found["answers"], sum(sizes(folder).values())
            slow = p95(answers)
            rows.append(
                (
                    f"×{times}",
                    f"{size:,}",
                    f"{found['first']:.1f} s",
                    f"{median(answers) * 1000:.1f} ms",
                    f"{slow * 1000:.1f} ms",
                    f"{max(answers) * 1000:.0f} ms",
                )
            )
            targets.append(
                Target(
                    f"95 of 100 answers at ×{times}",
                    f"≤ {wanted * 1000:.0f} ms",
                    f"{slow * 1000:.1f} ms",
                    slow <= wanted,
                )
            )
    note = (
        f"{len(asked())} texts: the questions of `tests/find_questions.csv`, whole and as they stand while they are"
        " typed, each asked once. The first answer makes the index."
    )
    return [
        Section("Find", note, ("data", "rows", "first answer", "median", "95th percentile", "longest"), rows, targets)
    ]


if __name__ == "__main__":
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    print(json.dumps(inside(Path(sys.argv[1]))))
