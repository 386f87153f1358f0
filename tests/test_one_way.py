"""What one thing decides: nothing beside it reads, parses or lists the same."""

import ast
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from addresses import app_pages

from atlas.response.durations import case_start
from atlas.tables.cells import is_empty, plain
from atlas.words import texts

ROOT = Path(__file__).resolve().parents[1]
PYTHON = [*(ROOT / "atlas").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "dashboard.py"]


@pytest.mark.parametrize(
    ("decision", "sign", "deciders"),
    [
        ("the start of the case", r"[\"']is_default[\"']", {"durations.py", "cases.py"}),
        ("an empty cell", r"\bis pd\.NA\b", {"cells.py"}),
        ("the path below a mount", r"[\"']root_path[\"']|def route_path", {"headers.py", "public_address.py"}),
        ("whether a visitor has it already", r"[\"']if-none-match[\"']", {"conditional.py"}),
        ("what separates terms of a cell", r"^[A-Z]+ = [\"'] \| [\"']", {"schema.py"}),
        ("which powers compel", r"^def compulsory\b", {"strength.py"}),
        ("what goes past the key of a cache", r"def __hash__", {"cache_key.py"}),
        ("a loader of a component's script", r"document\.baseURI", {"script_loader.py"}),
    ],
)
def test_one_module_decides(decision, sign, deciders):
    found = {path.name for path in PYTHON if re.search(sign, path.read_text(encoding="utf-8"), re.I | re.M)}
    assert found and found <= deciders, decision


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_name_of_a_module_stands_for_one_thing(path):
    """A second value would take the first from all who import it, without a word: two pages once shared `SORT`."""
    names = [
        target.id
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id.isupper()
    ]
    assert len(names) == len(set(names)), sorted({name for name in names if names.count(name) > 1})


def test_light_pages_and_phones_list_the_pages_of_the_app():
    site = texts()["site"]
    assert list(site["menu"].items()) == [(url, title) for _, title, url, _ in app_pages()]
    assert set(site["phone"]["bar"]) < set(site["menu"])


@pytest.mark.parametrize("cell", [None, "", float("nan"), np.float64("nan"), pd.NA, pd.NaT])
def test_empty_cells_are_empty_everywhere(cell):
    assert is_empty(cell) and plain(cell) in (None, "")


@pytest.mark.parametrize("cell", [0, 0.0, False, "no", np.int64(0), np.bool_(False)])
def test_nought_and_no_are_no_empty_cells(cell):
    assert not is_empty(cell) and plain(cell) == cell and type(plain(cell)) in (int, float, bool, str)


def test_the_case_starts_on_the_day_marked_so(atlas):
    (row,) = [row for row in atlas["case_starts"].to_dict("records") if row["is_default"]]
    assert case_start(atlas) == (row["date"], row["label"])
