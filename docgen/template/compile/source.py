"""A part's tree written out as one Jinja source that holds no XML, only tags and numbers of data.

The XML between the tags is kept aside as `data`; the source names it by index, so Jinja's lexer
never reads it and no text of the document can be mistaken for a tag. Every tag holds exactly one
newline, so that Jinja's line number says which tag it is.
"""

import re
from collections.abc import Iterator
from typing import Final

from jinja2 import Environment, nodes
from lxml import etree

from docgen.template.model import signs
from docgen.template.model.program import PartSource, TagSpot
from docgen.template.model.signs import (
    HELD_START,
    HELD_TAG,
    Signal,
    Token,
    freed_tags,
    freed_tokens,
    token,
)
from docgen.template.model.tags import (
    ROUND_END_NODE,
    ROUND_NODE,
    SIGNAL_NODE,
    TAG_NODE,
    Tag,
    TagForm,
    TagKind,
    TagScope,
    TemplatePart,
)
from docgen.template.word.names import MAIN, T, W

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NODE: Final = re.compile(rf"<\?({TAG_NODE}|{SIGNAL_NODE}) (\w+)\?>")
_SIGNALS: Final = {signal.name: signal.value for signal in Signal}
_ROUNDS: Final = {ROUND_NODE: Token.ROUND, ROUND_END_NODE: Token.ROUND_END}
_NAME: Final = re.compile(r"[^\W\d]\w*")
_WORDS: Final = frozenset((
    "and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "True", "False", "None",
))  # fmt: skip
_NAMES: Final = re.compile(f"{signs.NAME}\n(\\w+){signs.NAME}")


def source_of(part: TemplatePart) -> PartSource:
    r"""The source of a part whose tags stand in its tree as nodes.

    `<w:t>共<?t 0?>户</w:t>` with the tag `{{ 户数|abs }}` gives the text `0\x03\n户数|abs\x041`
    and the data `<w:t>共` and `户</w:t>`.
    """
    text: list[str] = []
    spots: list[TagSpot] = []
    data: list[str] = []
    pending = DECLARATION
    pieces = _NODE.split(_serialised(part))
    for index in range(0, len(pieces) - 1, 3):
        between, kind, name = pieces[index : index + 3]
        pending += between
        if kind == SIGNAL_NODE:
            signal, _, columns = name.partition("__")
            rounds = _ROUNDS.get(signal)
            pending += token(rounds, columns) if rounds else f"{_SIGNALS[signal]}{columns}"
            continue
        tag = part.tags[int(name)]
        if tag.said.kind is TagKind.COMMENT:
            continue
        if pending:
            text.append(str(len(data)))
            data.append(pending)
            pending = ""
        text.append(_signed(tag))
        form = _form(tag)
        spots.append(TagSpot(tag.where, tag.said.text, form, tag.levels, len(data), tag.beside))
    text.append(str(len(data)))
    data.append(pending + pieces[-1])
    return PartSource(
        part.file, "".join(text), tuple(data), tuple(spots), part.has_signals, part.has_contents
    )


def _serialised(part: TemplatePart) -> str:
    """The part's XML; the prefix `w`, which values are written with, is always declared."""
    root = part.root
    text = etree.tostring(root, encoding="unicode")
    if HELD_START in text:
        text = freed_tokens(text)
    if HELD_TAG in text:
        text = freed_tags(text, TAG_NODE)
    if root.nsmap.get("w") == MAIN or not str(root.tag).startswith(W):
        return text
    name = text[1 : re.search(r"[\s/>]", text).start()]  # type: ignore[union-attr]
    return f'<{name} xmlns:w="{MAIN}"{text[1 + len(name) :]}'


def _form(tag: Tag) -> TagForm:
    """The tag's form, PLAIN where it stands in something that is no text of a run."""
    if tag.form is not TagForm.TEXT or tag.said.kind is TagKind.BLOCK:
        return tag.form
    parent = tag.node.getparent()
    if tag.said.scope is not TagScope.TEXT or parent is None or parent.tag == T:
        return TagForm.TEXT
    return TagForm.PLAIN


def _signed(tag: Tag) -> str:
    if tag.said.kind is TagKind.BLOCK:
        return f"{signs.BLOCK_START}\n{tag.body}{signs.BLOCK_END}"
    if _NAME.fullmatch(tag.body) and tag.body not in _WORDS:
        return f"{signs.NAME}\n{tag.body}{signs.NAME}"
    return f"{signs.OUTPUT_START}\n{tag.body}{signs.OUTPUT_END}"


def parsed(source: str, environment: Environment) -> nodes.Template:
    """The tree of a part's source.

    A tag that only names a value is data to Jinja's parser, which is spared thousands of them; here
    it becomes a node like any other.
    """
    tree = environment.parse(source)
    if signs.NAME in source:
        for output in tree.find_all(nodes.Output):
            put_names(output)
    return tree


def put_names(output: nodes.Output) -> None:
    """Let the names that the parser took for data be nodes."""
    output.nodes = [made for node in output.nodes for made in _expanded(node)]


def _expanded(node: nodes.Expr) -> Iterator[nodes.Expr]:
    if not isinstance(node, nodes.TemplateData):
        yield node
        return
    line = node.lineno
    for index, piece in enumerate(_NAMES.split(node.data)):
        if index % 2:
            line += 1
            yield nodes.Name(piece, "load", lineno=line)
        elif piece:
            yield nodes.TemplateData(piece, lineno=line)
