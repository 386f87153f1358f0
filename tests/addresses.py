"""Every address of ours for tests that must hold for all of them: new routes and pages are taken in as they are listed."""

import re
from itertools import product
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.routing import Mount, Route

from atlas.charts.catalogue import CHARTS
from atlas.web.api.endpoints import ENDPOINTS
from atlas.web.routes import ROUTES
from atlas.web.serve import middleware, routes

PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
# What may stand in a path where a route has a parameter: something good for each that we know, then what is not.
GOOD = {
    "table": ("responses",),
    "kind": ("html", "csv", "md", "xlsx", "docx"),
    "version": ("0.1.0",),
    "chart": tuple(CHARTS),
    "slug": tuple(CHARTS),
    "jurisdiction_id": ("JPN",),
    "place": ("JPN",),
    "id": ("JPN",),
    "record": ("eu-ai-act",),
    "resource": ("responses", "openapi.json"),
    "extension": ("svg", "html", "csv", "json"),
    "format": ("svg", "csv"),
    "size": ("wide",),
}
# Routes whose one parameter is a whole path.
GOOD_PATHS = {
    "/api/{path:path}": ("v1", "v1/openapi.json", *(f"v1/{name}{kind}" for name in ENDPOINTS for kind in ("", ".csv"))),
    "/record/{path:path}": (
        "instruments/eu-ai-act",
        "instruments/eu-ai-act.json",
        "jurisdictions/JPN",
        "powers/eu-dsa/order",
    ),
}
BAD = (
    "..",
    "../../etc/passwd",
    "%2e%2e%2fetc%2fpasswd",
    "..%5c..%5cwindows",
    "a\r\nSet-Cookie: a=b",
    "\x00",
    "a" * 3000,
    "é☃",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "' OR 1=1 --",
    "-1",
    ".",
    "con",
    "a;b",
    "a?b#c",
    "~root",
)


def app_pages() -> tuple[tuple[str, str, str, bool], ...]:
    """The pages as `dashboard.py` lists them (file, title, path, whether it is the start page), read without running it."""
    import ast
    from pathlib import Path

    tree = ast.parse((Path(__file__).resolve().parents[1] / "dashboard.py").read_text(encoding="utf-8"))
    listed = next(
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "PAGES"
    )
    return ast.literal_eval(listed)


def app_paths() -> tuple[str, ...]:
    """Paths of the pages."""
    return tuple(url for _, _, url, _ in app_pages())


def app_files() -> tuple[str, ...]:
    """Files of the pages, the start page first."""
    return tuple(file for file, _, _, _ in app_pages())


def flat(routes=ROUTES, prefix="") -> list[str]:
    """The path of each route, those below mounts included."""
    paths = []
    for route in routes:
        if isinstance(route, Mount):
            paths += (
                flat(route.routes, prefix + route.path) if route.routes else [f"{prefix}{route.path}/{{file:path}}"]
            )
        elif isinstance(route, Route):
            paths.append(prefix + route.path)
    return paths


def filled(path: str, value: str) -> str:
    """A route's path with one text for each of its parameters, as it is written in an address."""
    return PARAMETER.sub(lambda found: quote(value, safe=""), path)


def good(path: str) -> list[str]:
    """A route's path with what we know to be good for its parameters."""
    if path in GOOD_PATHS:
        return [PARAMETER.sub(text, path) for text in GOOD_PATHS[path]]
    names = PARAMETER.findall(path)
    choices = [GOOD.get(name, ("JPN", "map", "responses")) for name in names]
    return [filled_each(path, values) for values in product(*choices)]


def filled_each(path: str, values: tuple[str, ...]) -> str:
    """A route's path with a text for each parameter in turn."""
    left = iter(values)
    return PARAMETER.sub(lambda found: quote(next(left), safe=""), path)


def served() -> Starlette:
    """Our routes behind the middleware of the app, without Streamlit."""
    pages = dict.fromkeys(app_paths(), "")
    return Starlette(routes=ROUTES, middleware=middleware(pages, routes(pages)))
