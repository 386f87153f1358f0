"""Long commands say what they do and how far they are."""

import ast
import re
from pathlib import Path

import pytest

from atlas import progress

ROOT = Path(__file__).resolve().parents[1]


def test_beginning_end_and_what_lies_between_are_said(monkeypatch, capsys):
    clock = iter([0.0, 1.0, 6.0, 7.0, 8.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    assert list(progress.told("abcd", "site: views")) == list("abcd")
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "… site: views: 0 of 4",
        "… site: views: 2 of 4, 6 s",
        "… site: views: 4 of 4, 8 s",
    ]


def test_steps_without_a_length_need_a_total(capsys):
    assert list(progress.told(iter("ab"), "x", 2)) == ["a", "b"]
    with pytest.raises(TypeError):
        list(progress.told(iter("ab"), "x"))


def commands() -> dict[str, list[str]]:
    """Modules that the long commands of the Makefile run, by command."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    found = {}
    for name in ("build", "site", "bench"):
        rule = re.search(rf"^{name}:.*\n((?:\t.*\n)+)", text, re.M)[1]
        found[name] = re.findall(r"-m (\S+)", rule)
    return found


@pytest.mark.parametrize(
    ("command", "module"), [(name, module) for name, all_ in commands().items() for module in all_]
)
def test_each_module_of_a_long_command_says_how_far_it_is(command, module):
    place = ROOT / module.replace(".", "/")
    files = [place.with_suffix(".py")] if place.with_suffix(".py").is_file() else sorted(place.glob("*.py"))
    imported = {
        node.module
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    }
    assert "atlas.progress" in imported, f"make {command}: {module}"
