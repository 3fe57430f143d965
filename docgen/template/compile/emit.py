"""A part's tree written out as one Jinja source that holds no XML, only tags and numbers of data.

The XML between the tags is kept aside as `data`; the source names it by index, so Jinja's lexer
never reads it and no text of the document can be mistaken for a tag. Every tag holds exactly one
newline, so that Jinja's line number says which tag it is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.compile.series import is_plain_name, plain_tag
from docgen.template.model.errors import Place
from docgen.template.model.names import MAIN, T, W
from docgen.template.read.scan import SPECIAL
from docgen.template.read.splice import Tag
from docgen.template.shape.figures import MARK_SCOPES
from docgen.template.shape.guard import MARKS
from docgen.template.shape.ids import written
from docgen.template.shape.lift import Frame

BLOCK_START, BLOCK_END, OUTPUT_START, OUTPUT_END = "\x01", "\x02", "\x03", "\x04"
COMMENT_START, COMMENT_END = "\x05", "\x06"
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NODE = re.compile(r"<\?([tg]) (\w+)\?>")


@dataclass(frozen=True, slots=True)
class Spot:
    """One emitted tag: where it stands, its text, and how its value is written.

    The form is `text`, `plain` where there can be no markup, or a special statement's name; the
    frame holds the elements that the tag replaced; `data` pieces of XML come before it.
    """

    where: Place
    text: str
    form: str = "text"
    frame: Frame = ()
    data: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """The Jinja source of a part; `spots[n]` is the tag on line n + 2."""

    file: str
    text: str
    data: tuple[str, ...]
    spots: tuple[Spot, ...]
    guarded: bool
    has_contents: bool = False


def emit(
    file: str,
    root: Element,
    tags: Sequence[Tag],
    frames: Mapping[int, Frame],
    *,
    guarded: bool,
) -> Source:
    """The source of the part `root`, whose tags stand in it as nodes."""
    source: list[str] = []
    spots: list[Spot] = []
    data: list[str] = []
    pending = DECLARATION
    pieces = _NODE.split(_serialised(root))
    for index in range(0, len(pieces), 3):
        pending += pieces[index]
        if index + 1 == len(pieces):
            break
        if pieces[index + 1] == "g":
            pending += MARKS[pieces[index + 2]]
            continue
        tag = tags[int(pieces[index + 2])]
        if tag.found.kind == "comment":
            continue
        if pending:
            source.append(str(len(data)))
            data.append(pending)
            pending = ""
        source.append(_signed(tag))
        spots.append(Spot(tag.where, tag.text, _form(tag), frames.get(tag.number, ()), len(data)))
    source.append(str(len(data)))
    data.append(pending)
    return Source(file, "".join(source), tuple(data), tuple(spots), guarded)


def _serialised(root: Element) -> str:
    """The XML of `root`; the prefix `w`, which values are written with, is always declared."""
    text = written(etree.tostring(root, encoding="unicode"))
    if root.nsmap.get("w") == MAIN or not str(root.tag).startswith(W):
        return text
    name = text[1 : re.search(r"[\s/>]", text).start()]  # type: ignore[union-attr]
    return f'<{name} xmlns:w="{MAIN}"{text[1 + len(name) :]}'


def _form(tag: Tag) -> str:
    if tag.found.scope in SPECIAL or tag.found.scope in MARK_SCOPES:
        return tag.found.scope
    parent = tag.node.getparent()
    if tag.found.kind == "block" or tag.found.scope or parent is None or parent.tag == T:
        return "text"
    return "plain"


def _signed(tag: Tag) -> str:
    if tag.found.kind == "output":
        if is_plain_name(tag.found.body):
            return plain_tag(tag.found.body)
        return f"{OUTPUT_START}\n{tag.found.body}{OUTPUT_END}"
    return f"{BLOCK_START}\n{tag.found.body}{BLOCK_END}"
