"""Runs the benchmarks and writes RESULTS.md: `python -m benchmarks [part ...]`.

A part that is not run keeps what an earlier run wrote, with its own date and machine.
"""

import datetime as dt
import importlib.metadata
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

from atlas.progress import say
from benchmarks import actions, crowd, embeds, find, first_visit, scale_out, start
from benchmarks.figures import Section
from benchmarks.growth import measure as growth

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
PARTS = {
    "first_visit": first_visit.measure,
    "actions": actions.measure,
    "start": start.measure,
    "crowd": crowd.measure,
    "scale_out": scale_out.measure,
    "embeds": embeds.measure,
    "growth": growth.measure,
    "find": find.measure,
}
HEAD = """# What was measured

Written by `make bench`. Times are worth little off the machine they were taken on, so read the ratios: each is taken
against a baseline that ran by turns with ours in the same minutes. *floor* (`floor/app.py`) is a Streamlit page with
one small Plotly chart, *naive* (`naive/app.py`) the map page as a quick developer would write it; both with default
settings.
"""


def machine() -> str:
    """Cores, memory, load and versions, in one line."""
    packages = ", ".join(
        f"{name} {importlib.metadata.version(name)}"
        for name in ("streamlit", "starlette", "uvicorn", "pandas", "plotly")
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, load {load:.1f} at the end; {platform.system()}"
        f" {platform.machine()}, Python {platform.python_version()}, {packages}"
    )


def _table(header: tuple[str, ...], rows: list[tuple]) -> list[str]:
    lines = [" | ".join(header), " | ".join("---" for _ in header), *(" | ".join(map(str, row)) for row in rows)]
    return [f"| {line} |" for line in lines]


def _written(section: Section) -> list[str]:
    lines = [f"### {section.title}", "", section.note, ""]
    if section.rows:
        lines += [*_table(section.columns, section.rows), ""]
    verdicts = {True: "met", False: "**missed**", None: "open"}
    return [
        *lines,
        *_table(
            ("target", "wanted", "found", ""),
            [(goal.what, goal.wanted, goal.found, verdicts[goal.met]) for goal in section.targets],
        ),
        "",
    ]


def part(name: str) -> str:
    """Runs one part; its text for the report."""
    begun = time.perf_counter()
    sections = PARTS[name]()
    revision = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    lines = [f"<!-- part: {name} -->", f"## {name.replace('_', ' ').capitalize()}", ""]
    lines += [
        (
            f"{dt.date.today().isoformat()}, revision {revision or 'unknown'}, {time.perf_counter() - begun:.0f} s."
            f" {machine()}."
        ),
        "",
    ]
    for section in sections:
        lines += _written(section)
        for goal in section.targets:
            print(
                f"{'ok  ' if goal.met else 'open' if goal.met is None else 'MISS'} {section.title}: {goal.what}:"
                f" {goal.found} (wanted {goal.wanted})",
                flush=True,
            )
    return "\n".join(lines)


def earlier() -> dict[str, str]:
    """The parts of the report as it lies there."""
    if not RESULTS.exists():
        return {}
    pieces = RESULTS.read_text(encoding="utf-8").split("<!-- part: ")[1:]
    return {piece.split(" -->", 1)[0]: f"<!-- part: {piece}" for piece in pieces}


def main(names: list[str]) -> int:
    """Runs the named parts, or all; 1 if a target was missed or a name is unknown."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(PARTS)}")
        return 1
    texts = earlier()
    wanted = names or list(PARTS)
    for position, name in enumerate(wanted, 1):
        say(f"bench {position}/{len(wanted)}: {name}")
        texts[name] = part(name)
        RESULTS.write_text(
            "\n".join([HEAD, *(texts[known].rstrip() + "\n" for known in PARTS if known in texts)]), encoding="utf-8"
        )
    return int(any("**missed**" in text for text in texts.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
