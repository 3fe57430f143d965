"""Which names a template uses, as paths such as `项目[*].金额`, each with its places."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from jinja2 import Environment, nodes

from docgen.template.compile.source import parsed
from docgen.template.model.errors import Location
from docgen.template.model.program import FIRST_LINE, PartSource
from docgen.template.sandbox.environment import PASSES

ITEM: Final = "[*]"
GROUPED: Final = "|"  # between a table's path and the column that `groups` brings rows together by
KEEPS_ITEMS: Final = frozenset((
    "sort", "reverse", "list", "unique", "select", "selectattr", "reject", "rejectattr",
    "default", "d", PASSES,
))  # fmt: skip
BY_ATTRIBUTE: Final = frozenset(
    ("sum", "map", "sort", "min", "max", "unique", "join", "groupby", "selectattr", "rejectattr")
)
FIRST_IS_ATTRIBUTE: Final = frozenset(("sum", "groupby", "selectattr", "rejectattr"))
ALL_ARE_ATTRIBUTES: Final = frozenset(("groups", "pie_chart", "bar_chart", "column_chart"))
ONE_ITEM: Final = frozenset(("first", "last"))


@dataclass(frozen=True, slots=True)
class Use:
    """A name that a template needs, by its path, and the tag that needs it."""

    path: str
    where: Location
    tag: str


@dataclass(slots=True)
class Walk:
    """The paths met so far: line of the tag and path."""

    found: list[tuple[int, str]] = field(default_factory=list)

    def statements(self, body: Iterable[nodes.Node], scope: dict[str, str]) -> None:
        """Collect the paths of statements in order; what they set is known to those after."""
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: dict[str, str]) -> None:
        match node:
            case nodes.For():
                self._loop(node, scope)
            case nodes.Assign():
                path = self.path(node.node, scope)
                self._bind(node.target, path if isinstance(node.node, nodes.Name) else "", scope)
            case nodes.AssignBlock():
                self.statements(node.body, dict(scope))
                self._bind(node.target, "", scope)
            case nodes.With():
                inner = dict(scope)
                for target, value in zip(node.targets, node.values, strict=True):
                    self._bind(target, self.path(value, scope), inner)
                self.statements(node.body, inner)
            case nodes.Macro() | nodes.CallBlock():
                self._macro(node, scope)
            case nodes.Expr():
                self.path(node, scope)
            case _:
                self.statements(node.iter_child_nodes(), scope)

    def _loop(self, node: nodes.For, scope: dict[str, str]) -> None:
        items = self.path(node.iter, scope)
        inner = {**scope, "loop": ""}
        self._bind(node.target, f"{items}{ITEM}" if items else "", inner)
        if node.test is not None:
            self.path(node.test, inner)
        self.statements(node.body, inner)
        self.statements(node.else_, dict(scope))

    def _macro(self, node: nodes.Macro | nodes.CallBlock, scope: dict[str, str]) -> None:
        if isinstance(node, nodes.Macro):
            scope[node.name] = ""
        else:
            self.path(node.call, scope)
        inner = {**scope, "caller": "", "varargs": "", "kwargs": ""}
        for argument in node.args:
            self._bind(argument, "", inner)
        for default in node.defaults:
            self.path(default, scope)
        self.statements(node.body, inner)

    def _bind(self, target: nodes.Node, path: str, scope: dict[str, str]) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = path
        for name in target.find_all(nodes.Name):
            scope.setdefault(name.name, "")
            if name is not target:
                scope[name.name] = ""

    def path(self, node: nodes.Node, scope: dict[str, str]) -> str:
        """The path that an expression stands for, empty for what is calculated; notes its use."""
        path = self._path(node, scope)
        self._note(node.lineno, path)
        return path

    def _note(self, line: int, path: str) -> None:
        """Note a use of `path`; what is grouped uses the table."""
        if path:
            self.found.append((line, path.partition(GROUPED)[0]))

    def _path(self, node: nodes.Node, scope: dict[str, str]) -> str:
        match node:
            case nodes.Name(name=name):
                return scope.get(name, name)
            case nodes.Getattr(node=owner, attr=attribute):
                return self._step(owner, f".{attribute}", scope)
            case nodes.Getitem(node=owner, arg=nodes.Const(value=str() as attribute)):
                return self._step(owner, f".{attribute}", scope)
            case nodes.Getitem(node=owner, arg=argument):
                self.path(argument, scope)
                return self._step(owner, "" if isinstance(argument, nodes.Slice) else ITEM, scope)
            case nodes.Filter():
                return self._filtered(node, scope)
            case nodes.Call(node=called):
                self._parts([*node.args, *(keyword.value for keyword in node.kwargs)], scope)
                if isinstance(called, nodes.Getattr):
                    self.path(called.node, scope)
                return ""
        self._parts(node.iter_child_nodes(), scope)
        return ""

    def _parts(self, parts: Iterable[nodes.Node], scope: dict[str, str]) -> None:
        for part in parts:
            self.path(part, scope)

    def _step(self, owner: nodes.Node, step: str, scope: dict[str, str]) -> str:
        path = self._path(owner, scope)
        table, grouped, column = path.partition(GROUPED)
        if not grouped or step in ("", ITEM):
            return f"{path}{step}" if path else ""
        if step in (".rows", ".all_rows"):
            return table
        return f"{table}{ITEM}.{column.removesuffix(ITEM)}" if step == ".name" else ""

    def _filtered(self, node: nodes.Filter, scope: dict[str, str]) -> str:
        values = [*node.args, *(keyword.value for keyword in node.kwargs)]
        self._parts(values, scope)
        if node.node is None:
            return ""
        path = self._path(node.node, scope)
        if path and node.name in ONE_ITEM:
            return f"{path}{ITEM}"
        attributes = _attributes(node) if path else []
        for attribute in attributes:
            self._note(node.lineno, f"{path}{ITEM}.{attribute}")
        if node.name == "groups" and attributes:
            return f"{path}{GROUPED}{attributes[0]}"
        if node.name not in KEEPS_ITEMS:
            self._note(node.lineno, path)
            return ""
        return path


def _attributes(node: nodes.Filter) -> list[str]:
    """The attributes of each item that a filter looks at."""
    named = [keyword.value for keyword in node.kwargs if keyword.key == "attribute"]
    first = node.args[:1] if node.name in FIRST_IS_ATTRIBUTE else []
    if node.name in ALL_ARE_ATTRIBUTES:
        values = list(node.args)
    else:
        values = [*named, *first] if node.name in BY_ATTRIBUTE else []
    return [
        value.value
        for value in values
        if isinstance(value, nodes.Const) and isinstance(value.value, str)
    ]


def uses_in(source: PartSource, environment: Environment, known: Iterable[str]) -> Iterator[Use]:
    """The names that a part needs, each with its tag; raises what Jinja raises of its text."""
    for line, path in paths(parsed(source.text, environment), known):
        spot = source.spots[max(line - FIRST_LINE, 0)]
        yield Use(path, spot.where, spot.text)


def paths(
    tree: nodes.Template, known: Iterable[str], *, every: bool = False
) -> Iterator[tuple[int, str]]:
    """The lines and paths of what `tree` needs beyond the names in `known`.

    A path that others lead on from is left out, unless `every` path is wanted.
    """
    walk = Walk()
    walk.statements(tree.body, dict.fromkeys(known, ""))
    longer = {path for _, path in walk.found}
    for line, path in walk.found:
        if every or not any(other.startswith((f"{path}.", f"{path}{ITEM}")) for other in longer):
            yield line, path


def names_by_line(tree: nodes.Template, known: Iterable[str]) -> dict[int, tuple[str, ...]]:
    """Every path that the tag on a line uses, each once: `{2: ("项目[*].金额", "项目")}`."""
    found: dict[int, dict[str, None]] = {}
    for line, path in paths(tree, known, every=True):
        found.setdefault(line, {})[path] = None
    return {line: tuple(names) for line, names in found.items()}
