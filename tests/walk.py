"""Every page and every HTTP address of the app, so that a test walks a list and a new page is in it from the first day."""

import ast
from pathlib import Path

from atlas.charts.catalogue import CHARTS
from atlas.maps.geometry import get_geometry
from atlas.tables.releases import releases
from atlas.tables.schema import DATA
from atlas.web.compare import TYPES
from atlas.web.routes import ROUTES

ROOT = Path(__file__).resolve().parents[1]
PAIR = "places=JPN,EU"


def pages() -> tuple[str, ...]:
    """Paths of the pages, as `dashboard.py` lists them; the start page's is empty."""
    tree = ast.parse((ROOT / "dashboard.py").read_text(encoding="utf-8"))
    listed = next(node.value for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == "PAGES")
    return tuple(url for _, _, url, _ in ast.literal_eval(listed))


# What a parameter of a route may hold. A route with another parameter adds it here, and so joins every test.
def _values(atlas) -> dict[str, list[str]]:
    return {
        "table": list(atlas.tables), "kind": list(TYPES), "version": [release.version for release in releases(DATA)],
        "chart": list(CHARTS), "slug": list(CHARTS), "path": [],
    }


def addresses(atlas) -> list[str]:
    """Addresses of all our routes with real values in their places, without a slash before them."""
    found, values = [], _values(atlas)
    for route in ROUTES:
        template = route.path.lstrip("/")
        if template.startswith("geo/{"):
            found += [get_geometry().url(name.removesuffix(".json")) for name in get_geometry().manifest["files"] if not name.startswith("world_110m")]
            continue
        filled = [template]
        for name in getattr(route, "param_convertors", {}):
            assert name in values, f"tests/pages.py does not know what {{{name}}} of /{template} may hold"
            filled = [one.replace(f"{{{name}}}", value) for one in filled for value in values[name]]
        found += [f"{one}?{PAIR}" if template.startswith("compare.") else one for one in filled]
    return found
