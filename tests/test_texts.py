"""The prose in data/texts: none that nothing reads, and none that code takes apart or compares."""

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = [*(ROOT / "atlas").rglob("*"), *(ROOT / "pages").glob("*.py"), ROOT / "dashboard.py"]
TEXTS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "data" / "texts").glob("*.json")}
# Names of another program: Streamlit's own words, which the shell replaces by ours.
OTHERS = ("site.shell.instead.",)
# Names that protocols and libraries give: headers of HTTP, a style of Word, a kind of geometry.
THEIRS = {"Vary", "Cache-Control", "Content-Length", "Content-Encoding", "Content-Disposition", "Normal", "Polygon"}
# What a text is asked in order to choose a way: its words are then logic.
ASKS = {"startswith", "endswith", "removeprefix", "removesuffix", "split", "rsplit", "partition", "rpartition", "index"}
ASKS |= {"find", "count", "replace", "contains", "match", "fullmatch"}
# Letters and a space, or a word that a sentence could begin with.
WORDS = re.compile(r"[A-Za-z]{2,} |[ ][A-Za-z]{2,}|^[A-Z][a-z]+\b|[A-Za-z]: ?$|^: $")


def names_in(paths) -> set[str]:
    return {name for path in paths for name in re.findall(r"[\w-]+", path.read_text(encoding="utf-8"))}


def keys(value, path=""):
    """Paths of all keys below a value, joined with dots, each with its last name."""
    for name, inner in value.items() if isinstance(value, dict) else ():
        yield f"{path}.{name}", name
        yield from keys(inner, f"{path}.{name}")
    for inner in value if isinstance(value, list) else ():
        yield from keys(inner, path)


def unread(texts: dict, known: set[str], made: set[str]) -> list[str]:
    """Keys that no file of the code and no term of the data is called by.

    Args:
        known: names in the code and terms of the data.
        made: what code puts after or before a name to make another (`{state}_title`).
    """
    found = []
    for path, name in (one for subject, text in texts.items() for one in keys(text, subject)):
        # A key such as `law.state` is put together of what it is of and its field; the empty one stands for all others.
        parts = name.split(".")[-1:]
        joined = [name.removesuffix(end) for end in made if name.endswith(end)]
        joined += [name.removeprefix(start) for start in made if name.startswith(start)]
        if name and not path.startswith(OTHERS) and not known & {*parts, *joined}:
            found.append(path)
    return found


@pytest.fixture(scope="module")
def code():
    return [path for path in CODE if path.suffix in (".py", ".html", ".js", ".xml", ".css")]


def test_every_text_is_read(code):
    data = [*(ROOT / "data").glob("*.csv"), ROOT / "data" / "datapackage.json", ROOT / "data" / "method.json"]
    written = "\n".join(path.read_text(encoding="utf-8") for path in code)
    made = set(re.findall(r"\}(_\w+)[\"']", written)) | set(re.findall(r"f[\"'](\w+_)\{", written))
    known = names_in(code) | names_in(data)
    assert unread(TEXTS, known, made) == []
    assert unread({"site": {"nobody_reads_this": "", "search": {"nor_this": ""}}}, known, made) == [
        "site.nobody_reads_this",
        "site.search.nor_this",
    ]


def asked_in_words(tree: ast.AST) -> list[str]:
    """Comparisons and cuts of a text by words of a language: literals with a space or a capital within them."""
    found = []
    for node in ast.walk(tree):
        asked = []
        if isinstance(node, ast.Compare):
            asked = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKS:
            asked = node.args
        elif isinstance(node, ast.Subscript):
            # A list of headings, and a piece of a split heading, are asked for by their words too.
            asked = [node.slice]
            if "split()" in ast.unparse(node.slice):
                found.append(ast.unparse(node))
        literals = [part for one in asked for part in (getattr(one, "elts", None) or [one])]
        words = [one.value for one in literals if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        words = [word for word in words if word not in THEIRS]
        if any(WORDS.search(word) for word in words):
            found.append(ast.unparse(node))
    return found


def test_no_words_of_a_language_decide_anything(code):
    found = [
        f"{path.relative_to(ROOT)}: {asked}"
        for path in code
        if path.suffix == ".py"
        for asked in asked_in_words(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "LOOKED_AT[heading.split()[0]]",
        'label == "As it is"',
        'name.startswith("The ")',
        'rows["a"].str.contains("Grok")',
        'words.partition(": ")',
        'refusal.partition(" Showing ")',
        'counted(low, "one", "of them").removesuffix(" one")',
        'title in ("Not read", "Read once")',
        'view.table["Strongest step"]',
    ],
)
def test_a_decision_by_words_is_found(line):
    assert asked_in_words(ast.parse(line))


@pytest.mark.parametrize(
    "line", ['state == "not_yet"', 'cell.split(" | ")', 'text.split(",")', 'name.endswith(".json")']
)
def test_ids_and_marks_may_decide(line):
    assert asked_in_words(ast.parse(line)) == []


# Words of the workshop: commands, names of tools and of our own parts. A reader has no use for them.
WORKSHOP = re.compile(
    r"`make |\bmake (site|build|run|release)\b|\bTODO\b|\bTBD\b|lorem|placeholder|\bpytest\b|\bjinja\b|traceback"
    r"|script run|\brerun|\bwidgets?\b|\bstack trace|localhost|\bNaN\b|\bworktree",
    re.IGNORECASE,
)
# What replaces another program's words has to name them, and keys of the interface are named as they are.
MAY = ("site.shell.", "find.")


def said(value, path=""):
    """Every text with the path of its key."""
    if isinstance(value, str):
        yield path, value
    for name, inner in (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    ):
        yield from said(inner, f"{path}.{name}")


def test_no_text_speaks_of_the_workshop():
    """Seen to fail where four pages told their readers to wait for `make build`, or to run `make site`."""
    found = [
        (path, WORKSHOP.search(text)[0])
        for subject, texts in TEXTS.items()
        for path, text in said(texts, subject)
        if WORKSHOP.search(text) and not path.startswith(MAY)
    ]
    assert found == []
    assert WORKSHOP.search("The figures await `make build`.") and not WORKSHOP.search("Three countries make law.")


def test_no_template_speaks_of_the_workshop():
    markup = re.compile(r"<[^>]*>|\{[%{#].*?[%}#]\}", re.DOTALL)
    for path in sorted((ROOT / "atlas" / "templates").glob("*")):
        assert not WORKSHOP.search(markup.sub(" ", path.read_text(encoding="utf-8"))), path.name
