"""What a template may say: the allow-list over the syntax tree, and names of filters that exist."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment, nodes

from docgen.template.model.hints import near

Trouble = tuple[int, str, dict[str, str]]

STATEMENTS: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign,
    nodes.AssignBlock, nodes.With, nodes.Macro, nodes.CallBlock, nodes.FilterBlock,
)  # fmt: skip
EXPRESSIONS: Final = (
    nodes.Name, nodes.NSRef, nodes.Const, nodes.Tuple, nodes.List, nodes.Dict, nodes.Pair,
    nodes.Keyword, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Call, nodes.Getitem,
    nodes.Getattr, nodes.Slice, nodes.Concat, nodes.Compare, nodes.Operand, nodes.BinExpr,
    nodes.UnaryExpr,
)  # fmt: skip
METHODS: Final = frozenset((
    "items", "keys", "values", "get", "count", "index", "copy", "upper", "lower", "title",
    "capitalize", "casefold", "swapcase", "strip", "lstrip", "rstrip", "split", "rsplit",
    "splitlines", "partition", "rpartition", "startswith", "endswith", "find", "rfind",
    "replace", "join", "format", "zfill", "ljust", "rjust", "center", "isdigit", "isalpha",
    "isalnum", "isnumeric", "isdecimal", "isspace", "isupper", "islower", "removeprefix",
    "removesuffix", "strftime", "isoformat", "date", "time", "weekday", "isoweekday",
    "timestamp", "total_seconds", "quantize", "normalize", "is_integer", "cycle", "changed",
    "next", "reset",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rules:
    """The names known to an environment, and whether its templates are trusted."""

    environment: Environment
    trusted: bool


def troubles(tree: nodes.Template, rules: Rules) -> Iterator[Trouble]:
    """Everything in `tree` that must not be rendered: line, code of the fault, details."""
    waiting: list[nodes.Node] = [tree]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.iter_child_nodes())
        if isinstance(node, nodes.Filter) and node.name not in rules.environment.filters:
            yield _unknown("unknown-filter", node, list(rules.environment.filters))
        elif isinstance(node, nodes.Test) and node.name not in rules.environment.tests:
            yield _unknown("unknown-test", node, list(rules.environment.tests))
        elif not rules.trusted and (what := _forbidden(node)):
            yield node.lineno, "forbidden", {"what": what}


def _unknown(code: str, node: nodes.Filter | nodes.Test, known: list[str]) -> Trouble:
    return node.lineno, code, {"name": node.name, **near(node.name, known)}


def _forbidden(node: nodes.Node) -> str:
    """What an untrusted template must not write at `node`, or an empty text."""
    match node:
        case nodes.Name(name=name) | nodes.NSRef(attr=name) | nodes.Getattr(attr=name):
            return name if name.startswith("_") else ""
        case nodes.Getitem(arg=nodes.Const(value=str() as name)):
            return name if name.startswith("__") else ""
        case nodes.Filter(name=name):
            return name if name.startswith("_") else _hidden_attribute(node)
        case nodes.Call():
            return _forbidden_call(node)
    return "" if isinstance(node, STATEMENTS + EXPRESSIONS) else type(node).__name__.lower()


def _hidden_attribute(node: nodes.Filter) -> str:
    """A name such as `__class__` given to a filter that looks up attributes."""
    values = [*node.args, *(keyword.value for keyword in node.kwargs)]
    texts = [str(value.value) for value in values if isinstance(value, nodes.Const)]
    return next((text for text in texts if text.startswith("__") or ".__" in text), "")


def _forbidden_call(node: nodes.Call) -> str:
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        return "*"
    called = node.node
    if isinstance(called, nodes.Name):
        return ""
    if isinstance(called, nodes.Getattr) and called.attr in METHODS:
        return ""
    return f"{called.attr}()" if isinstance(called, nodes.Getattr) else "()"
