"""Builds the site beside the old one and puts it in its place in one step: whole or not at all."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from atlas import atomic, templating
from atlas.progress import say, told
from atlas.publish import citation
from atlas.publish.feeds import alternates
from atlas.publish.site.files import Out
from atlas.publish.site.frozen import FORMAT, MANIFEST, read_manifest
from atlas.publish.site.index import write_index
from atlas.publish.site.place_pages import freeze_place
from atlas.publish.site.plan import Plan, Planned
from atlas.publish.site.style import style_sheet
from atlas.publish.site.views import freeze
from atlas.tables.atlas import Atlas, load
from atlas.tables.dates import in_words

ASSETS = Path(templating.__file__).parent / "assets"
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Wanted:
    """What a build is to make.

    Attributes:
        data: folder of the data.
        place: folder of the site.
        base: address of the app that the site's links lead to, without a slash at its end; empty for none.
        url: address at which the site will stand, the same way; empty if it is not known.
        keep: whether files of earlier builds stay beside the new ones.
        packed: whether text gets a compressed twin.
        workers: processes; 1 for none beside this one.
    """

    data: Path
    place: Path
    base: str = ""
    url: str = ""
    keep: bool = False
    packed: bool = False
    workers: int = 1


@dataclass(frozen=True)
class Built:
    """What a build made: counts, and bytes of all files without their compressed twins."""

    views: int
    places: int
    files: int
    png: int
    bytes: int
    kept: int


def build(atlas: Atlas, plan: Plan, places: tuple[str, ...], wanted: Wanted) -> Built:
    """Writes the site.

    Args:
        atlas: the data of `wanted.data`.
        plan: the views.
        places: ids of the jurisdictions that get a page.
        wanted: where, and how.

    Raises:
        ValueError: the place holds something that is no such site, or the site would be larger than the plan allows.
        OSError: it cannot be written; the old site is untouched.
    """
    _refuse_foreign(wanted.place)
    with atomic.new_folder(wanted.place) as folder:
        out = Out(folder, wanted.packed)
        assets = [
            out.put("assets", "site", "css", style_sheet()),
            out.put("assets", "site", "js", (ASSETS / "site.js").read_text(encoding="utf-8")),
        ]
        frame = _frame(atlas, wanted, *(asset["path"] for asset in assets))
        with _workers(atlas, wanted) as run:
            views = run(partial(_view, base=wanted.base, out=out), plan.views, "site: views")
            compared = _compared(views)
            pages = run(
                partial(_place, frame=_below(frame), out=out),
                [(place, compared.get(place)) for place in places],
                "site: places",
            )
        say("site: index and manifest")
        write_index(frame, views, pages, out)
        manifest = _manifest(atlas, wanted, views, pages, assets)
        _bound(manifest, plan)
        out.write(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
        kept = _keep(wanted.place, folder) if wanted.keep else 0
    return Built(len(views), len(pages), manifest["count"], manifest["png"], manifest["bytes"], kept)


def _refuse_foreign(place: Path) -> None:
    """A build replaces its folder, so that folder must be one of ours, empty, or not there."""
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise ValueError(f"{place} is no folder of its own")
    if place.exists() and any(place.iterdir()) and read_manifest(place) is None:
        raise ValueError(f"{place} holds something that is no site of ours; nothing was written")


def _frame(atlas: Atlas, wanted: Wanted, css: str, js: str) -> dict:
    package = atlas.package
    return {
        "root": "",
        "css": css,
        "js": js,
        "base": wanted.base,
        # A frozen site has no feeds of its own; those of the app it leads to go on.
        "feeds": alternates(wanted.base) if wanted.base else [],
        "url": wanted.url,
        "version": package.version,
        "evidence_to": in_words(package.evidence_to),
        "digest": atlas.digest,
        "licence": package.descriptor["licenses"][0],
        "cite": citation.plain(package, link=wanted.url or wanted.base),
    }


def _below(frame: dict) -> dict:
    """The frame of a page that stands in a folder of the site."""
    return frame | {"root": "../"}


def _compared(views: list[dict]) -> dict[str, dict]:
    """The comparison that shows each place; of several, the first in which it stands first."""
    found: dict[str, dict] = {}
    for position in (0, 1):
        for view in views:
            ids = view["options"].get("places", "").split(",")
            if view["chart"] == "compare" and len(ids) == 2:
                found.setdefault(ids[position], view)
    return found


def _manifest(atlas: Atlas, wanted: Wanted, views: list[dict], places: list[dict], assets: list[dict]) -> dict:
    files = {one["path"]: one for entry in (*views, *places) for one in entry["files"]} | {
        one["path"]: one for one in assets
    }
    package = atlas.package
    return {
        "format": FORMAT,
        "data_version": package.version,
        "data_digest": atlas.digest,
        "released": package.released,
        "evidence_to": package.evidence_to,
        "licence": package.descriptor["licenses"][0],
        "citation": citation.plain(package, link=wanted.url or wanted.base),
        "app": wanted.base,
        "url": wanted.url,
        "count": len(files),
        "png": sum(path.endswith(".png") for path in files),
        "bytes": sum(one["bytes"] for one in files.values()),
        "assets": assets,
        "views": views,
        "places": places,
    }


def _bound(manifest: dict, plan: Plan) -> None:
    if manifest["png"] > plan.most_png or manifest["bytes"] > plan.most_megabytes * MEGABYTE:
        raise ValueError(
            f"the site would hold {manifest['png']} PNG and {manifest['bytes'] / MEGABYTE:.1f} MB; site.json allows"
            f" {plan.most_png} and {plan.most_megabytes:g}"
        )


def _keep(old: Path, new: Path) -> int:
    """Files of the old site that the new one does not have, all but those without a hash in their name; returns how
    many.
    """
    kept = 0
    for path in sorted(old.rglob("*")) if read_manifest(old) else ():
        target = new / path.relative_to(old)
        if path.is_file() and path.parent != old and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, target)
            except OSError:
                shutil.copyfile(path, target)
            kept += 1
    return kept


def _view(atlas: Atlas, planned: Planned, *, base: str, out: Out) -> dict:
    return freeze(atlas, planned, base, out)


def _place(atlas: Atlas, asked: tuple[str, dict | None], *, frame: dict, out: Out) -> dict:
    place, compared = asked
    return freeze_place(atlas, place, frame, compared, out)


@contextmanager
def _workers(atlas: Atlas, wanted: Wanted) -> Iterator[Callable[[Callable, Sequence, str], list]]:
    """What runs a function of (atlas, task) over tasks, in order, in this process or in several that each load the
    data; its third argument says what is done.
    """
    if wanted.workers == 1:
        yield lambda function, tasks, what: [function(atlas, task) for task in told(tasks, what)]
        return
    with ProcessPoolExecutor(wanted.workers, get_context("spawn"), _begin, (wanted.data,)) as pool:
        yield lambda function, tasks, what: list(
            told(pool.map(partial(_work, function), tasks, chunksize=4), what, len(tasks))
        )


_loaded: list[Atlas] = []


def _begin(data: Path) -> None:
    _loaded[:] = [load(data)]


def _work(function: Callable, task: object) -> dict:
    return function(_loaded[0], task)
