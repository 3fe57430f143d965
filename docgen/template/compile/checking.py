"""What a template may say: the allow-list, the names that exist, faults tag by tag, and its costs.

What a pass through a loop takes is known when the template is compiled, so that a loop pays once
for all of its passes, before the first, and its rows pay nothing.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, nodes

from docgen.template.compile.source import put_names
from docgen.template.model import signs
from docgen.template.model.errors import Location, TemplateFault
from docgen.template.model.hints import near
from docgen.template.model.reasons import in_chinese, in_english
from docgen.template.model.tags import PAIRS, TagKind, TemplatePart, Trouble
from docgen.template.sandbox.environment import METHODS_OF_VALUES, PASSES, STEPS

Walk = list[tuple[nodes.Node, nodes.Node]]
Locator = Callable[[int], tuple[Location, str]]

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

# what is allowed whatever it holds; most of a tree is this
_HARMLESS: Final = frozenset(STATEMENTS + EXPRESSIONS) - {
    nodes.Name, nodes.NSRef, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test,
    nodes.Call,
}  # fmt: skip

SHOWN: Final = 60  # letters of a tag that goes on and on
MOST_BITS: Final = 4_096  # of a whole number that somebody writes
_TOO_LARGE: Final = {"reason": "数太大", "reason_en": "the number is too large"}

# About how many tenths of a microsecond an operation takes; what is not named here takes one.
_TAKES: Final[Mapping[type[nodes.Node], int]] = {
    nodes.Getattr: 8,
    nodes.Getitem: 8,
    nodes.Filter: 4,
    nodes.Test: 3,
    nodes.Call: 25,
    nodes.Compare: 3,
    nodes.Concat: 10,
    nodes.For: 8,
    nodes.Assign: 1,
    nodes.AssignBlock: 10,
    nodes.FilterBlock: 10,
    nodes.With: 4,
    nodes.Macro: 20,
    nodes.CallBlock: 30,
}
_OF_AN_OPERATOR: Final = 5
_OF_A_VALUE: Final = 12  # that is printed


# what says already that a tag is no expression
OF_A_STATEMENT: Final = ("block-in-output", "unknown-tag")
_ONCE: Final = ("iter", "else_")
_INNER_TAG: Final = re.compile(r"\{\{[^{}]{1,100}\}\}")


@dataclass(frozen=True, slots=True)
class Dialect:
    """The names known to an environment, and whether its templates are trusted."""

    environment: Environment
    trusted: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """What one tag says to Jinja: `Statement(where, "{% if 数>0 %}", "if 数>0", False)`."""

    where: Location
    text: str
    body: str
    is_output: bool


def statements_of(part: TemplatePart) -> list[Statement]:
    """What the tags of a part say, as their author wrote them, that has other faults already."""
    told = {(fault.where, fault.tag) for fault in part.faults if fault.code in OF_A_STATEMENT}
    return [
        Statement(tag.where, tag.text, tag.said.body, tag.said.kind is TagKind.OUTPUT)
        for tag in part.tags
        if tag.said.kind is not TagKind.COMMENT
        and not tag.said.troubles
        and tag.said.end  # one that was made in the name of another says what that says
        and (tag.where, tag.text) not in told
    ]


def statement_faults(statements: Iterable[Statement], dialect: Dialect) -> list[TemplateFault]:
    """The faults of all `statements`, each looked at alone, so that all are told at once."""
    return [fault for statement in statements for fault in _faults(statement, dialect)]


def _faults(statement: Statement, dialect: Dialect) -> Iterator[TemplateFault]:
    source = _alone(statement)
    if source is None:
        return
    try:
        tree = dialect.environment.parse(source)
        place = statement.where, statement.text
        yield from tree_faults(walked(tree), dialect, lambda _: place)
    except TemplateSyntaxError as error:
        yield syntax_fault(statement.where, statement.text, error)
    except RecursionError:
        yield too_deep_fault(statement.where, statement.text)
    except ValueError:  # Python reads no whole number of more digits
        yield TemplateFault("syntax", statement.where, statement.text[:SHOWN], _TOO_LARGE)


def too_deep_fault(where: Location, text: str) -> TemplateFault:
    """The fault of what goes deeper than Jinja and Python follow."""
    return TemplateFault("too-deep", where, text[:SHOWN])


def tree_alone(body: str, dialect: Dialect) -> nodes.Template | None:
    """The tree of the statement `body` with nothing in it, None for one that says nothing alone."""
    source = _alone(Statement(Location(), "", body, is_output=False))
    return None if source is None else dialect.environment.parse(source)


def _alone(statement: Statement) -> str | None:
    """A template of this tag only, or None for a tag that says nothing by itself."""
    if statement.is_output:
        return f"{signs.OUTPUT_START}{statement.body}{signs.OUTPUT_END}"
    keyword, _, rest = statement.body.partition(" ")
    if keyword == "elif":
        keyword, body = "if", f"if {rest}"
    else:
        body = statement.body
    if keyword not in PAIRS:
        return None
    start = f"{signs.BLOCK_START}{body}{signs.BLOCK_END}"
    is_assignment = keyword == "set" and "=" in body
    return (
        start if is_assignment else f"{start}{signs.BLOCK_START}{PAIRS[keyword]}{signs.BLOCK_END}"
    )


def syntax_fault(where: Location, text: str, error: TemplateSyntaxError) -> TemplateFault:
    """The fault for what Jinja's parser says."""
    reason = error.message or ""
    said = {"reason": in_chinese(reason), "reason_en": in_english(reason)}
    return TemplateFault("syntax", where, text, said)


def walked(tree: nodes.Template) -> Walk:
    """Every node of a tree with the loop or macro that it stands in, gone through once.

    The names that the parser took for data become nodes on the way.
    """
    walk: Walk = []
    waiting: list[tuple[nodes.Node, nodes.Node]] = [(tree, tree)]
    while waiting:
        node, owner = step = waiting.pop()
        walk.append(step)
        is_loop = isinstance(node, nodes.For)
        if isinstance(node, nodes.Output) and _holds_names(node):
            put_names(node)
        inside = node if is_loop or isinstance(node, nodes.Macro | nodes.CallBlock) else owner
        for name in node.fields:
            # what a loop goes through is looked up once, not for each pass
            one = owner if is_loop and name in _ONCE else inside
            value = getattr(node, name, None)
            if isinstance(value, nodes.Node):
                waiting.append((value, one))
            elif value.__class__ is list:
                waiting += [(item, one) for item in value if isinstance(item, nodes.Node)]
    return walk


def _holds_names(output: nodes.Output) -> bool:
    return any(
        isinstance(one, nodes.TemplateData) and signs.NAME in one.data for one in output.nodes
    )


def tree_faults(walk: Walk, dialect: Dialect, spot: Locator) -> Iterator[TemplateFault]:
    """The faults of a parsed template; `spot` gives the place and text of the tag on a line."""
    for line, (code, details) in sorted(_troubles(walk, dialect), key=lambda found: found[0]):
        where, text = spot(line)
        yield TemplateFault(code, where, text, details)


def _troubles(walk: Walk, dialect: Dialect) -> Iterator[tuple[int, Trouble]]:
    """Everything in a tree that must not be rendered, by line."""
    filters, tests = dialect.environment.filters, dialect.environment.tests
    for node, _ in walk:
        if type(node) in _HARMLESS:
            continue
        if isinstance(node, nodes.Filter) and node.name not in filters:
            yield node.lineno, ("unknown-filter", {"name": node.name, **near(node.name, filters)})
        elif isinstance(node, nodes.Test) and node.name not in tests:
            yield node.lineno, ("unknown-test", {"name": node.name, **near(node.name, tests)})
        elif isinstance(node, nodes.Const) and _is_huge(node.value):
            yield node.lineno, ("syntax", _TOO_LARGE)
        elif isinstance(node, nodes.Const) and (inner := _tag_in(node.value)):
            yield node.lineno, ("tag-in-quotes", {"inner": inner, "instead": _opened(inner)})
        elif not dialect.trusted and (what := _forbidden(node)):
            yield node.lineno, ("forbidden", {"what": what})


def _is_huge(value: object) -> bool:
    return isinstance(value, int) and value.bit_length() > MOST_BITS


def _tag_in(value: object) -> str:
    """The tag that somebody wrote between quotes."""
    match = _INNER_TAG.search(value) if isinstance(value, str) else None
    return match[0] if match else ""


def _opened(inner: str) -> str:
    return f"'…' ~ {inner[2:-2].strip()} ~ '…'"


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
    if isinstance(called, nodes.Getattr) and called.attr in METHODS_OF_VALUES:
        return ""
    return f"{called.attr}()" if isinstance(called, nodes.Getattr) else "()"


def put_counters(walk: Walk) -> None:
    """Let each loop and each macro of a tree spend what its body takes."""
    takes: dict[nodes.Node, int] = defaultdict(int)
    for node, owner in walk:
        takes[owner] += _takes(node)
    for node, _ in walk:
        if isinstance(node, nodes.For):
            _count_passes(node, 2 + takes[node])
        elif isinstance(node, nodes.Macro | nodes.CallBlock):
            node.body.insert(0, _counter(node, 0, takes[node]))


def _count_passes(loop: nodes.For, steps: int) -> None:
    if loop.recursive:  # `loop(…)` goes through other items than those that stand here
        loop.body.insert(0, _counter(loop, 1, steps))
        return
    line = loop.iter.lineno
    loop.iter = nodes.Filter(loop.iter, PASSES, [nodes.Const(steps)], [], None, None, lineno=line)


def _counter(node: nodes.Node, passes: int, steps: int) -> nodes.ExprStmt:
    line = node.lineno
    count = nodes.Const(passes, lineno=line)
    return nodes.ExprStmt(
        nodes.Filter(count, STEPS, [nodes.Const(steps)], [], None, None, lineno=line), lineno=line
    )


def _takes(node: nodes.Node) -> int:
    if isinstance(node, nodes.Output):
        return 1 + _OF_A_VALUE * sum(not isinstance(one, nodes.TemplateData) for one in node.nodes)
    return _TAKES.get(type(node), _OF_AN_OPERATOR if isinstance(node, nodes.BinExpr) else 1)
