"""`python -m atlas.publish.site`: freezes the data as they are into build/site."""

import argparse
import os
import sys
import time
from pathlib import Path

from atlas.law.standing import standings
from atlas.publish.site.build import MEGABYTE, Wanted, build
from atlas.publish.site.frozen import PLACE
from atlas.publish.site.plan import plan
from atlas.tables.atlas import load
from atlas.tables.check import check
from atlas.tables.schema import DATA
from atlas.templating import safe_link

# More processes than that wait for the disk.
MOST_WORKERS = 8


def _address(text: str) -> str:
    text = text.strip().rstrip("/")
    if text and not safe_link(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no address like https://example.org/atlas")
    return text


def _asked(arguments: list[str]) -> Wanted:
    parser = argparse.ArgumentParser(
        prog="python -m atlas.publish.site", description="Writes every chart and every place as static files."
    )
    parser.add_argument(
        "--to", type=Path, default=PLACE, help="folder of the site (default: build/site); an old site in it is replaced"
    )
    parser.add_argument("--base", type=_address, default="", help="address of the app, to which charts then link")
    parser.add_argument(
        "--url",
        type=_address,
        default="",
        help="address at which the site will stand, for snippets that can be pasted as they are",
    )
    parser.add_argument(
        "--keep", action="store_true", help="keep the files of earlier builds, so that what was embedded stays"
    )
    parser.add_argument("--gzip", action="store_true", help="a compressed twin beside each larger text file")
    parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, MOST_WORKERS), help="processes")
    asked = parser.parse_args(arguments)
    return Wanted(DATA, asked.to.absolute(), asked.base, asked.url, asked.keep, asked.gzip, max(asked.workers, 1))


def main(arguments: list[str]) -> int:
    """Builds the site and says what it holds."""
    wanted, began = _asked(arguments), time.monotonic()
    faults = check(wanted.data)
    if faults:
        print(f"not built: the data have {len(faults)} faults; the first: {faults[0]}", file=sys.stderr)
        return 1
    atlas = load(wanted.data)
    if standings(atlas, atlas.package.evidence_to) is None:
        print(
            "not built: data/built is older than the data; run `make build` first, or ranges would be missing for ever",
            file=sys.stderr,
        )
        return 1
    try:
        made = build(atlas, plan(atlas), tuple(atlas.jurisdictions.index), wanted)
    except (ValueError, OSError) as error:
        print(f"not built: {error}", file=sys.stderr)
        return 1
    print(
        f"{wanted.place}: {made.views} views, {made.places} places; {made.files} files, {made.png} of them PNG;"
        f" {made.bytes / MEGABYTE:.1f} MB"
        + (f"; {made.kept} older files kept" if wanted.keep else "")
        + f"; {time.monotonic() - began:.0f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
