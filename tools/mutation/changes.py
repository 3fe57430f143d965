"""The faults that can be planted in one piece of code: `a < b` becomes `a <= b`, or `a >= b`.

In goes a node of the syntax tree, out come pieces of the source and what stands there instead.
"""

import ast
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

Place = tuple[int, int]
"""Where a piece of source begins and ends, in bytes from the beginning of the file."""

_COMPARED = {
    ast.Lt: ("<", ("<=", ">=")),
    ast.LtE: ("<=", ("<", ">")),
    ast.Gt: (">", (">=", "<=")),
    ast.GtE: (">=", (">", "<")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.Is: (r"is", ("is not",)),
    ast.IsNot: (r"is\s+not", ("is",)),
    ast.In: (r"in", ("not in",)),
    ast.NotIn: (r"not\s+in", ("in",)),
}
_CALCULATED = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "*"),
    ast.Pow: ("**", "*"),
    ast.BitOr: ("|", "&"),
    ast.BitAnd: ("&", "|"),
}
_CHINESE = re.compile(r"[㐀-鿿＀-￯「」“”、。]")


class Change(NamedTuple):
    """A piece of the source and what is written there instead."""

    place: Place
    new: str


class Source:
    """A module's text, which gives the places of its nodes and what stands there."""

    def __init__(self, text: str) -> None:
        self.data = text.encode()
        self.tree = ast.parse(text)
        self._lines = [0]
        for line in self.data.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def place(self, node: ast.expr | ast.stmt) -> Place:
        """Where a node stands."""
        assert node.end_lineno is not None and node.end_col_offset is not None
        begin = self._lines[node.lineno - 1] + node.col_offset
        return begin, self._lines[node.end_lineno - 1] + node.end_col_offset

    def text(self, node: ast.expr | ast.stmt) -> str:
        """What stands in a node's place."""
        return self.at(self.place(node))

    def at(self, place: Place) -> str:
        """What stands at a place."""
        return self.data[slice(*place)].decode()

    def with_change(self, change: Change) -> str:
        """The whole text with the fault in it."""
        begin, end = change.place
        return (self.data[:begin] + change.new.encode() + self.data[end:]).decode()


def changes(node: ast.AST, source: Source) -> Iterator[Change]:
    """Every fault that can be planted at `node` itself, its parts left aside."""
    for kind, find in _FINDERS:
        if isinstance(node, kind):
            yield from find(node, source)


def _comparison(node: ast.Compare, source: Source) -> Iterator[Change]:
    sides = [node.left, *node.comparators]
    for operator, (left, right) in zip(node.ops, pairwise(sides), strict=True):
        sign, others = _COMPARED[type(operator)]
        pattern = rf"\b{sign}\b" if sign[0].isalpha() else re.escape(sign)
        for other in others:
            yield from _between(left, right, pattern, other, source)


def _calculation(node: ast.BinOp, source: Source) -> Iterator[Change]:
    if type(node.op) in _CALCULATED:
        sign, other = _CALCULATED[type(node.op)]
        yield from _between(node.left, node.right, re.escape(sign), other, source)


def _and_or(node: ast.BoolOp, source: Source) -> Iterator[Change]:
    word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    for left, right in pairwise(node.values):
        yield from _between(left, right, rf"\b{word}\b", other, source)
    if len(node.values) == 2:
        for value in node.values:
            yield Change(source.place(node), f"({source.text(value)})")


def _between(
    left: ast.expr, right: ast.expr, pattern: str, other: str, source: Source
) -> Iterator[Change]:
    """Another operator between two operands; brackets and line breaks stay."""
    begin, end = source.place(left)[1], source.place(right)[0]
    between = source.at((begin, end))
    if found := re.search(pattern, between):
        start = begin + len(between[: found.start()].encode())
        whole = source.place(left)[0], source.place(right)[1]
        text = source.at((whole[0], start)) + other
        yield Change(whole, text + source.at((start + len(found[0].encode()), whole[1])))


def _negation(node: ast.UnaryOp, source: Source) -> Iterator[Change]:
    if isinstance(node.op, ast.Not | ast.USub):
        yield Change(source.place(node), f"({source.text(node.operand)})")


def _condition(
    node: ast.If | ast.While | ast.IfExp | ast.comprehension | ast.match_case, source: Source
) -> Iterator[Change]:
    match node:
        case ast.comprehension():
            tests = node.ifs
        case ast.match_case():
            tests = [node.guard] if node.guard else []
        case _:
            tests = [node.test]
    for test in tests:
        is_turned_elsewhere = isinstance(test, ast.Compare | ast.UnaryOp)
        if not is_turned_elsewhere and not isinstance(test, ast.NamedExpr):
            yield Change(source.place(test), f"(not ({source.text(test)}))")
        if not isinstance(node, ast.If | ast.While | ast.IfExp):
            yield Change(source.place(test), "(True)")


def _constant(node: ast.Constant, source: Source) -> Iterator[Change]:
    match node.value:
        case bool():
            yield Change(source.place(node), str(not node.value))
        case int() | float():
            yield Change(source.place(node), str(node.value + 1))
            yield Change(source.place(node), f"({node.value - 1})")
        case str() | bytes():
            empty, other = ("b''", "b'XX'") if isinstance(node.value, bytes) else ("''", "'XX'")
            is_message = isinstance(node.value, str) and _CHINESE.search(node.value)
            if not is_message:
                yield Change(source.place(node), empty if node.value else other)


def _call(node: ast.Call, source: Source) -> Iterator[Change]:
    """Two arguments exchanged; of the least or the largest of them the order says nothing."""
    if isinstance(node.func, ast.Name) and node.func.id in ("max", "min"):
        return
    if len(node.args) >= 2 and not any(isinstance(one, ast.Starred) for one in node.args):
        first, second = node.args[:2]
        between = source.at((source.place(first)[1], source.place(second)[0]))
        whole = source.place(first)[0], source.place(second)[1]
        yield Change(whole, source.text(second) + between + source.text(first))


def _returned(node: ast.Return, source: Source) -> Iterator[Change]:
    if node.value is not None and not isinstance(node.value, ast.Constant):
        yield Change(source.place(node), "return None")


def _statement(node: ast.stmt, source: Source) -> Iterator[Change]:
    """A statement left out; an assignment is not, for a missing name cannot be missed."""
    if isinstance(node, ast.Assign | ast.Expr) and not _has_effect(node):
        return
    yield Change(source.place(node), "pass")
    if isinstance(node, ast.Break | ast.Continue):
        other = "continue" if isinstance(node, ast.Break) else "break"
        yield Change(source.place(node), other)


def _has_effect(node: ast.Assign | ast.Expr) -> bool:
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Constant)
    return isinstance(node.targets[0], ast.Attribute | ast.Subscript)


_LEFT_OUT = (ast.Expr, ast.Assign, ast.AugAssign, ast.Raise, ast.Break, ast.Continue)
_TESTED = (ast.If, ast.While, ast.IfExp, ast.comprehension, ast.match_case)
_FINDERS: tuple[tuple[type | tuple[type, ...], Callable[..., Iterator[Change]]], ...] = (
    (ast.Compare, _comparison),
    (ast.BinOp, _calculation),
    (ast.BoolOp, _and_or),
    (ast.UnaryOp, _negation),
    (_TESTED, _condition),
    (ast.Constant, _constant),
    (ast.Call, _call),
    (ast.Return, _returned),
    (_LEFT_OUT, _statement),
)
