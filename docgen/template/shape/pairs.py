"""What has two ends in a document, kept whole where a block repeats or leaves out what it holds.

A bookmark that begins inside a loop and ends behind it would begin many times. Its beginning is
taken out of the loop; a field cannot be, and is a fault. A comment is shown once.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.signs import is_held
from docgen.template.model.tags import REPEATING, TagBlock, TagForm, TemplatePart
from docgen.template.read.placing import new_tag
from docgen.template.word.ids import part_changes
from docgen.template.word.names import (
    CHANGES,
    COMMENT_ANCHORS,
    COMMENT_REFERENCE,
    FIELD_CHAR,
    FIELD_MARK,
    RANGES,
    P,
    W,
)
from docgen.template.word.xml import nearest, remove

_ENDS: Final = (*RANGES, *COMMENT_ANCHORS[:2])
PAIRED: Final = (*_ENDS, COMMENT_REFERENCE, FIELD_CHAR, *CHANGES)
_ID: Final = f"{W}id"
_DECLARATION: Final = re.compile(r' xmlns:\w+="[^"]*"')


def balance(part: TemplatePart, blocks: Sequence[TagBlock]) -> None:
    """Bring what has two ends into or out of each block as a whole; inner blocks come first."""
    part_changes(part.root)
    for block in blocks:
        if block.tags[0].node.getparent() is not None:
            _free_ends(block)
            _check_fields(block, part)
    _drop_half_comments(part.root)
    for block in blocks:
        if block.keyword in REPEATING and block.tags[0].node.getparent() is not None:
            _show_once(block, part)


def _branches(block: TagBlock) -> Iterator[list[Element]]:
    """What stands between a tag of the block and the next, branch by branch."""
    for first, last in zip(block.tags, block.tags[1:], strict=False):
        branch: list[Element] = []
        for sibling in first.node.itersiblings():
            if sibling is last.node:
                break
            branch.append(sibling)
        yield branch


def _free_ends(block: TagBlock) -> None:
    """Take the ends out of the block whose other ends do not stand in the same branch."""
    opener, ender = block.tags[0].node, block.tags[-1].node
    for branch in _branches(block):
        ends = [
            end for item in branch for end in item.iter(*_ENDS) if not is_held(end.get(_ID, ""))
        ]
        keys = [_key(end) for end in ends]
        for end, key in zip(ends, keys, strict=True):
            if keys.count(key) == 2:
                continue
            remove(end)
            if str(end.tag).endswith("Start"):
                opener.addprevious(end)
            else:
                ender.addnext(end)


def _key(end: Element) -> tuple[str, str | None]:
    """What both ends of a range have in common."""
    return str(end.tag).removesuffix("Start").removesuffix("End"), end.get(_ID)


def _check_fields(block: TagBlock, part: TemplatePart) -> None:
    """Note a fault where a branch holds the beginning of a field without its end, or the end."""
    for branch in _branches(block):
        depth = 0
        for mark in (mark for item in branch for mark in item.iter(FIELD_CHAR)):
            kind = mark.get(FIELD_MARK)
            depth += (kind == "begin") - (kind == "end")
            if depth < 0:
                break
        if depth:
            part.fault("split-field", block.tags[0], **block.tags[-1].as_other())
            return


def _drop_half_comments(root: Element) -> None:
    """Take away the ends of comments that lost the other end, or what shows the comment."""
    anchors: dict[str, list[Element]] = {}
    for anchor in root.iter(*COMMENT_ANCHORS):
        if not is_held(identity := anchor.get(_ID, "")):
            anchors.setdefault(identity, []).append(anchor)
    for found in anchors.values():
        tags = [anchor.tag for anchor in found]
        ends = [anchor for anchor in found if anchor.tag != COMMENT_REFERENCE]
        if ends and (len(ends) == 1 or COMMENT_REFERENCE not in tags):
            for end in ends:
                remove(end)


def _show_once(block: TagBlock, part: TemplatePart) -> None:
    """Let the anchors of comments in a block be printed in its first pass only."""
    opener = block.tags[0]
    for branch in _branches(block):
        for anchor in [anchor for item in branch for anchor in item.iter(*COMMENT_ANCHORS)]:
            if is_held(anchor.get(_ID, "")):  # of a comment that each pass has for itself
                continue
            shown = anchor
            if anchor.tag == COMMENT_REFERENCE and (run := anchor.getparent()) is not None:
                shown = run
            if nearest(shown, P) is None and anchor.tag == COMMENT_REFERENCE:
                continue
            xml = etree.tostring(shown, encoding="unicode", with_tail=False)
            markup = repr(_DECLARATION.sub("", xml))
            shown.addprevious(new_tag(part, opener, markup, form=TagForm.ONCE))
            remove(shown)
