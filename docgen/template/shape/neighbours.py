"""Tables that may come to stand side by side, which Word would show as one.

Between two tables of a template there is always a paragraph; where that paragraph is only a tag, or
may be left out, nothing parts them in the document. The writer sees to it where this is signalled.
"""

from collections.abc import Iterator, Mapping

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.signs import Signal
from docgen.template.model.tags import SIGNAL_NODE, Tag, TagRole, TagScope, TemplatePart
from docgen.template.word.names import COMMENT_ANCHORS, RANGES, TBL, P

_UNSEEN = frozenset((*RANGES, *COMMENT_ANCHORS))

Tags = Mapping[Element, Tag]


def part_tables(part: TemplatePart) -> bool:
    """Whether there are tables that may follow another one, before which a signal now stands."""
    tags = {tag.node: tag for tag in part.tags}
    close = [item for item in _tables(part, tags) if _may_follow(item, tags)]
    for item in close:
        item.addprevious(etree.ProcessingInstruction(SIGNAL_NODE, Signal.APART.name))
    return bool(close)


def _tables(part: TemplatePart, tags: Tags) -> Iterator[Element]:
    """The tables of a part, and the tags in whose places another document may print some."""
    for item in part.root.iter(TBL, etree.ProcessingInstruction):
        if item.tag == TBL or _prints_document(item, tags):
            yield item


def _prints_document(item: Element, tags: Tags) -> bool:
    tag = tags.get(item)
    is_value = tag is not None and tag.role is TagRole.NONE
    return is_value and tag is not None and tag.said.scope is TagScope.PARAGRAPH


def _may_follow(table: Element, tags: Tags) -> bool:
    """Whether a table may be written right before `table`, from which only tags part it."""
    before = table.getprevious()
    while before is not None and before.tag in _UNSEEN:
        before = before.getprevious()
    return before in tags and _ends_with_table(before, tags)


def _ends_with_table(last: Element | None, tags: Tags, *, once: bool = True) -> bool:
    """Whether what ends with `last` may end with a table, whatever its blocks do.

    A paragraph inside a block may be left out, one outside of all may not.
    """
    depth = 0
    while last is not None:
        tag = tags.get(last)
        if last.tag == TBL or _prints_document(last, tags):
            return True
        if last.tag == P and not depth:
            return False
        if tag is not None and tag.role is TagRole.ENDS:
            depth += 1
        elif tag is not None and tag.role is TagRole.OPENS and depth:
            depth -= 1
        elif tag is not None and once and tag.role is TagRole.OPENS:  # out of the table's own block
            if tag.said.keyword == "for" and _ends_with_table(
                _end_of(last, tags), tags, once=False
            ):
                return True
        elif tag is not None and tag.role is TagRole.MIDDLE and not depth:
            depth += 1  # the other branch is not written; it is gone through up to its opener
        last = last.getprevious()
    return False


def _end_of(opener: Element, tags: Tags) -> Element | None:
    """What stands last in the block that `opener` opens."""
    depth = 0
    for item in opener.itersiblings():
        tag = tags.get(item)
        if tag is not None and tag.role is TagRole.OPENS:
            depth += 1
        elif tag is not None and tag.role is TagRole.ENDS:
            if depth == 0:
                return item.getprevious()
            depth -= 1
    return None
