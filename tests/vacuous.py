"""Tests that may end without having asserted anything, found by reading their code."""

import ast
from pathlib import Path

TESTS = Path(__file__).resolve().parent
# What asserts without the word: pytest's own, Playwright's, and a helper of ours that asserts is found by its name.
CHECKING = ("raises", "expect", "fail", "warns")
LOOPS = (ast.For, ast.AsyncFor)
NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def each_test(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


def asserting(trees: list[ast.Module]) -> set[str]:
    """Names of functions that assert, or call one that does: fixtures and helpers among them."""
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    called = {one: {_name(node) for node in ast.walk(one) if isinstance(node, ast.Call)} for one in functions}
    known = {one.name for one in functions if any(_asserts(node, set()) for node in ast.walk(one))}
    while more := {one.name for one in functions if called[one] & known} - known:
        known |= more
    return known


def bare_returns(test: ast.FunctionDef) -> list[int]:
    """Lines on which a test itself, not a function within it, returns."""
    return [node.lineno for node in _own(test) if isinstance(node, ast.Return)]


def surely_asserts(test: ast.FunctionDef, known: set[str]) -> bool:
    """Whether some assertion stands neither under a condition nor in a loop over what a filter may have emptied."""
    named = {
        target.id: node.value
        for node in ast.walk(test)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return any(_sure(statement, named, known) for statement in test.body)


def _own(node: ast.AST):
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, NESTED):
            yield child
            yield from _own(child)


def _asserts(node: ast.AST, known: set[str]) -> bool:
    if isinstance(node, ast.Assert):
        return True
    name = _name(node) if isinstance(node, ast.Call) else ""
    return name in known or name in CHECKING or name.startswith("assert_")


def _name(call: ast.Call) -> str:
    """The last word of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _sure(node: ast.AST, named: dict[str, ast.expr], known: set[str]) -> bool:
    if isinstance(node, ast.If):
        return all(any(_sure(one, named, known) for one in branch) for branch in (node.body, node.orelse))
    if isinstance(node, ast.While) or isinstance(node, LOOPS) and _filtered(node.iter, named):
        return False
    return _asserts(node, known) or any(_sure(child, named, known) for child in ast.iter_child_nodes(node))


def _filtered(node: ast.expr, named: dict[str, ast.expr]) -> bool:
    """Whether a loop runs over what a condition chose."""
    if isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        return any(part.ifs or _filtered(part.iter, named) for part in node.generators)
    if isinstance(node, ast.Name):
        return node.id in named and _filtered(named[node.id], {})
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, (ast.Compare, ast.BinOp, ast.BoolOp)) or _filtered(node.value, named)
    if isinstance(node, ast.Call):
        method = node.func if isinstance(node.func, ast.Attribute) else None
        if method and (method.attr in ("findall", "finditer") or _filtered(method.value, named)):
            return True
        return any(_filtered(argument, named) for argument in node.args)
    return False
