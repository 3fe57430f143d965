"""Faults in what single tags say, found tag by tag so that all of them can be told at once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes

from docgen.template.compile.allow import Rules, troubles
from docgen.template.compile.emit import BLOCK_END, BLOCK_START, OUTPUT_END, OUTPUT_START
from docgen.template.model.errors import Place, TemplateFault
from docgen.template.shape.blocks import PAIRS

Locator = Callable[[int], tuple[Place, str]]


@dataclass(frozen=True, slots=True)
class Statement:
    """What one tag says to Jinja."""

    where: Place
    text: str
    body: str
    is_output: bool


def statement_faults(statements: Iterable[Statement], rules: Rules) -> list[TemplateFault]:
    """The faults of all `statements`, each looked at alone."""
    return [fault for statement in statements for fault in _faults(statement, rules)]


def _faults(statement: Statement, rules: Rules) -> Iterator[TemplateFault]:
    source = _alone(statement)
    if source is None:
        return
    try:
        tree = rules.environment.parse(source)
    except TemplateSyntaxError as error:
        yield syntax_fault(statement.where, statement.text, error)
        return
    yield from tree_faults(tree, rules, lambda line: (statement.where, statement.text))


def _alone(statement: Statement) -> str | None:
    """A template of this tag only, or None for a tag that says nothing by itself."""
    if statement.is_output:
        return f"{OUTPUT_START}{statement.body}{OUTPUT_END}"
    keyword, _, rest = statement.body.partition(" ")
    if keyword == "elif":
        keyword, body = "if", f"if {rest}"
    else:
        body = statement.body
    if keyword not in PAIRS:
        return None
    start = f"{BLOCK_START}{body}{BLOCK_END}"
    is_assignment = keyword == "set" and "=" in body
    return start if is_assignment else f"{start}{BLOCK_START}{PAIRS[keyword]}{BLOCK_END}"


def syntax_fault(where: Place, text: str, error: TemplateSyntaxError) -> TemplateFault:
    """The fault for what Jinja's parser says."""
    return TemplateFault("syntax", where, text, {"reason": error.message or ""})


def tree_faults(tree: nodes.Template, rules: Rules, spot: Locator) -> Iterator[TemplateFault]:
    """The faults of a parsed template; `spot` gives the place and text of the tag on a line."""
    for line, code, details in sorted(troubles(tree, rules), key=lambda trouble: trouble[0]):
        where, text = spot(line)
        yield TemplateFault(code, where, text, details)
