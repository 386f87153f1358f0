"""The frozen twin of a view: its file in the static site beside the app, if there is one."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from atlas.publish.chart_request import Asked

PLACE = Path(__file__).resolve().parents[3] / "build" / "site"
MANIFEST, FORMAT = "manifest.json", "regime-atlas-site/1"
FOUND, MISSING, STALE, UNPLANNED = "found", "missing", "stale", "unplanned"


@dataclass(frozen=True)
class Frozen:
    """Where a view is frozen.

    Attributes:
        state: `found`, `missing` (no site), `stale` (a site of other data) or `unplanned` (not among its views).
        path: of the file within the site.
        url: address at which the site stands; empty if it is not known.
    """

    state: str
    path: str = ""
    url: str = ""


def read_manifest(place: Path) -> dict | None:
    """The manifest of a site; None if the folder holds none of ours."""
    try:
        held = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return held if isinstance(held, dict) and held.get("format") == FORMAT else None


def frozen(asked: Asked, theme: str = "auto", place: Path = PLACE) -> Frozen:
    """Looks a view up.

    Args:
        asked: the chart and its options.
        theme: `auto`, `light` or `dark`; a view that is not frozen in it stands as `auto`.
        place: folder of the site.
    """
    try:
        written = (place / MANIFEST).stat().st_mtime_ns
    except OSError:
        return Frozen(MISSING)
    held = _held(place, written)
    if held is None:
        return Frozen(MISSING)
    digest, url, pages = held
    if digest != asked.atlas.digest:
        return Frozen(STALE)
    found = pages.get((asked.chart.slug, asked.query))
    return Frozen(FOUND, found.get(theme) or next(iter(found.values())), url) if found else Frozen(UNPLANNED)


@lru_cache(maxsize=2)
def _held(place: Path, written: int) -> tuple[str, str, dict[tuple[str, str], dict[str, str]]] | None:
    """Digest of the data, address, and pages by theme of each view; read again when the manifest is another."""
    manifest = read_manifest(place)
    if manifest is None:
        return None
    pages = {
        (view["chart"], view["query"]): {one["theme"]: one["path"] for one in view["files"] if one["kind"] == "html"}
        for view in manifest["views"]
    }
    return manifest["data_digest"], manifest["url"], pages
