"""The plan of the house: who may import what, how long a page may be, what the server is told."""

import ast
import tomllib
from pathlib import Path

import pytest
import streamlit.config
from vacuous import asserting, bare_returns, each_test, surely_asserts

from atlas.maps.geometry import get_geometry

ROOT = Path(__file__).resolve().parents[1]
LAYERS = {
    "tables": set(),
    "maps": {"tables"},
    "law": {"tables"},
    "response": {"tables", "law"},
    "words": {"tables", "law", "response"},
    "draw": set(),
    "charts": {"tables", "law", "response", "maps", "words", "draw"},
    "publish": {"tables", "law", "response", "maps", "words", "draw", "charts"},
    "find": {"tables", "law", "response", "maps", "words", "draw", "charts", "publish"},
    "web": {"tables", "law", "response", "maps", "words", "draw", "charts", "publish", "find"},
    "ui": {"tables", "law", "response", "maps", "words", "draw", "charts", "publish", "find", "web"},
}
STREAMLIT_ALLOWED = ("dashboard.py", "pages", "atlas/ui", "atlas/web/serve.py")
PAGE_LINES, MODULE_LINES = 80, 300


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def modules():
    return [*sorted((ROOT / "atlas").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py")), ROOT / "dashboard.py"]


def test_arrows_run_one_way():
    wrong = []
    for path in sorted((ROOT / "atlas").rglob("*.py")):
        layer = path.relative_to(ROOT / "atlas").parts[0]
        if layer not in LAYERS:
            continue
        for name in imports(path):
            parts = name.split(".")
            if (
                parts[0] == "atlas"
                and len(parts) > 1
                and parts[1] in LAYERS
                and parts[1] != layer
                and parts[1] not in LAYERS[layer]
            ):
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


def _modules_that_import_each_other() -> list[list[str]]:
    """Groups of modules under atlas/ of which each reaches every other by imports, at the top or within functions."""
    paths = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in (ROOT / "atlas").rglob("*.py")
    }
    graph = {}
    for name, path in paths.items():
        found = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                full = (f"{node.module}.{alias.name}" for alias in node.names)
                found |= {one if one in paths else node.module for one in full}
            elif isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
        graph[name] = (found & paths.keys()) - {name}
    reach = {name: _reached(graph, name) for name in graph}
    together = {frozenset(other for other in reach[name] if name in reach[other]) | {name} for name in graph}
    return sorted(sorted(group) for group in together if len(group) > 1)


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    seen, waiting = set(), [start]
    while waiting:
        for name in graph[waiting.pop()] - seen:
            seen.add(name)
            waiting.append(name)
    return seen


def test_no_modules_import_each_other_in_a_circle():
    assert _modules_that_import_each_other() == []


def test_charts_make_no_html():
    """What a chart means and how it is drawn is decided there; markup is made in publish, where values are escaped."""
    for path in sorted((ROOT / "atlas" / "charts").rglob("*.py")):
        assert "atlas.templating" not in set(imports(path)), path.name


def test_only_pages_and_ui_import_streamlit():
    pure = [path for path in modules() if not path.relative_to(ROOT).as_posix().startswith(STREAMLIT_ALLOWED)]
    assert len(pure) > 50
    for path in pure:
        place = path.relative_to(ROOT).as_posix()
        assert not [name for name in imports(path) if name.split(".")[0] == "streamlit"], place


def test_only_the_map_build_imports_geopandas():
    for path in modules():
        place = path.relative_to(ROOT).as_posix()
        if not place.startswith("atlas/maps/"):
            assert not [name for name in imports(path) if name.split(".")[0] in ("geopandas", "shapely")], place
    assert "geopandas" not in (ROOT / "atlas/maps/geometry.py").read_text(encoding="utf-8").split('"""', 2)[2]


def test_pages_are_thin_and_modules_have_one_job():
    for path in modules():
        limit = PAGE_LINES if path.parent.name == "pages" else MODULE_LINES
        assert len(path.read_text(encoding="utf-8").splitlines()) <= limit, path.name


def test_streamlit_knows_every_option_we_set():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    known = streamlit.config.get_config_options()
    assert {"server", "browser", "runner"} <= set(settings)
    for section, options in settings.items():
        for name, value in options.items():
            if not isinstance(value, dict):
                assert f"{section}.{name}" in known, f"{section}.{name}"


def test_nothing_is_reported_home():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["runner"]["postScriptGC"] is False


def test_the_base_map_is_named():
    assert get_geometry().base_map == "Natural Earth 1:50m"


def test_no_test_can_end_without_having_asserted():
    """No early way out, and an assertion that no condition and no empty list passes over."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "tests").glob("*.py"))}
    known, found = asserting(list(trees.values())), []
    for path, tree in trees.items():
        for test in each_test(tree):
            found += [f"{path.name}:{line}: {test.name} returns" for line in bare_returns(test)]
            if not surely_asserts(test, known):
                found.append(f"{path.name}:{test.lineno}: {test.name} may assert nothing")
    assert "\n".join(found) == ""


@pytest.mark.parametrize(
    ("code", "sure"),
    [
        ("assert one", True),
        ("for one in PLACES:\n  assert one", True),
        ("for one in [one for one in PLACES if one.old]:\n  assert one", False),
        ("old = frame[frame['a'] > 1]\nfor one in old.itertuples():\n  assert one", False),
        ("old = [one for one in PLACES if one]\nassert old\nfor one in old:\n  assert one.a", True),
        ("if one:\n  assert two", False),
        ("if one:\n  assert two\nelse:\n  check(two)", True),
        ("with pytest.raises(ValueError):\n  run()", True),
        ("run()", False),
    ],
)
def test_what_may_assert_nothing_is_known(code, sure):
    tree = ast.parse("def test_it():\n" + "\n".join(f"    {line}" for line in code.split("\n")))
    assert surely_asserts(each_test(tree)[0], {"check"}) == sure and bare_returns(each_test(tree)[0]) == []
