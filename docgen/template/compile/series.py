"""Plain names, which most tags are: read and printed in series, past Jinja's parser and compiler.

A form may hold thousands of tags that only name a value. Each would cost Jinja a parse, a node to
walk again and again and three lines of code to compile: more than its printing ever will.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import CodeType
from typing import Any, Final, NamedTuple

from jinja2 import Environment, nodes
from jinja2.utils import missing

NAME_SIGN: Final = "\x07"
SERIES_SIGN: Final = "\x0b"
_NAME: Final = re.compile(r"[^\W\d]\w*")
_WORDS: Final = frozenset((
    "and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "True", "False", "None",
))  # fmt: skip
_SPLIT: Final = re.compile(f"{NAME_SIGN}\n(\\w+){NAME_SIGN}")


class Item(NamedTuple):
    """The XML before a name, the name, and the line of its tag."""

    before: str
    name: str
    line: int
    is_marked: bool


def is_plain_name(body: str) -> bool:
    """Whether `body` is a name and nothing else."""
    return _NAME.fullmatch(body) is not None and body not in _WORDS


def plain_tag(name: str) -> str:
    """The source of a tag that prints `name`, which Jinja's parser takes for data."""
    return f"{NAME_SIGN}\n{name}{NAME_SIGN}"


def parsed(source: str, environment: Environment) -> nodes.Template:
    """The tree of a part's source, with the plain names as nodes like any other."""
    tree = environment.parse(source)
    if NAME_SIGN in source:
        for output in tree.find_all(nodes.Output):
            output.nodes = [made for node in output.nodes for made in _expanded(node)]
    return tree


def _expanded(node: nodes.Expr) -> Iterator[nodes.Expr]:
    if not isinstance(node, nodes.TemplateData):
        yield node
        return
    line = node.lineno
    for index, piece in enumerate(_SPLIT.split(node.data)):
        if index % 2:
            line += 1
            yield nodes.Name(piece, "load", lineno=line)
        elif piece:
            yield nodes.TemplateData(piece, lineno=line)


def take_series(
    tree: nodes.Template, data: Sequence[str], marked: frozenset[int]
) -> list[list[Item]]:
    """The plain names outside all blocks, taken out of `tree`, which names them by number.

    What the template itself assigns stays: its value is Jinja's to know.
    """
    assigned = _assigned(tree)
    taken: list[list[Item]] = []
    for output in tree.body:
        if isinstance(output, nodes.Output):
            output.nodes = _without_series(output.nodes, data, marked, assigned, taken)
    return taken


def _assigned(tree: nodes.Template) -> frozenset[str]:
    stored = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    return frozenset(stored | {macro.name for macro in tree.find_all(nodes.Macro)})


def _without_series(
    children: Sequence[nodes.Expr],
    data: Sequence[str],
    marked: frozenset[int],
    assigned: frozenset[str],
    taken: list[list[Item]],
) -> list[nodes.Expr]:
    kept: list[nodes.Expr] = []
    series: list[Item] = []
    before: nodes.TemplateData | None = None

    def close() -> None:
        nonlocal series, before
        if series:
            kept.append(nodes.TemplateData(f"{SERIES_SIGN}{len(taken)}", lineno=series[0].line))
            taken.append(series)
        if before is not None:
            kept.append(before)
        series, before = [], None

    for child in children:
        if isinstance(child, nodes.Name) and child.name not in assigned:
            text = "" if before is None else data[int(before.data)]
            series.append(Item(text, child.name, child.lineno, child.lineno in marked))
            before = None
        elif isinstance(child, nodes.TemplateData) and before is None:
            before = child
        else:
            close()
            kept.append(child)
    close()
    return kept


def printed(context: Any, items: Sequence[Item]) -> Iterator[str]:
    """What a series prints, a piece at a time."""
    text, mark, resolve = context.text, context.mark, context.resolve_or_missing
    for before, name, line, is_marked in items:
        value = resolve(name)
        if value is missing:
            value = context.environment.undefined(name=name)
        yield before
        yield mark(value, line) if is_marked else text(value, line)


def current_line(code: CodeType, names: Mapping[str, Any]) -> int | None:
    """The line of the tag that a frame is printing, None for a frame that prints no series."""
    return names.get("line") if code is printed.__code__ else None
