"""Block tags moved to where their block begins and ends, by operations on the tree.

`{%p %}`, `{%tr %}`, `{%tc %}` and `{%r %}` take the place of their element. A bare block inside one
paragraph is moved between runs, so that every run keeps its formatting. A bare block over several
paragraphs or rows is moved to their edges where its tags stand at edges.
"""

import re
from collections.abc import Container, Sequence
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.tags import (
    Level,
    Levels,
    Tag,
    TagBlock,
    TagForm,
    TagKind,
    TagRole,
    TagScope,
    TemplatePart,
)
from docgen.template.shape.carriers import (
    begins_merge,
    break_before,
    content,
    drop,
    in_english,
    take_place,
)
from docgen.template.shape.columns import shifts
from docgen.template.word.names import TC, TR, P, R, T, W
from docgen.template.word.xml import (
    child_towards,
    common_ancestor,
    ends,
    hoist,
    is_blank,
    nearest,
    starts,
)

ELEMENTS: Final = {TagScope.PARAGRAPH: P, TagScope.ROW: TR, TagScope.CELL: TC, TagScope.RUN: R}
UNITS: Final = {
    TagScope.PARAGRAPH: ("段", "paragraph"),
    TagScope.ROW: ("行", "table row"),
    TagScope.CELL: ("格", "table cell"),
    TagScope.RUN: ("个文字块", "run"),
    TagScope.TEXT: ("段", "paragraph"),
}
_DECLARATION = re.compile(r' xmlns:\w+="[^"]*"')


def move_tags(part: TemplatePart, blocks: Sequence[TagBlock]) -> None:
    """Move the nodes of the tags to their places, outer blocks first.

    `前<?t 0?>文<?t 1?>后` of `{% if %}` and `{% endif %}` inside one run becomes three runs with
    the tags between them; `{%p if %}` takes the place of its paragraph.
    """
    for tag in part.tags:
        if tag.said.scope is not TagScope.TEXT and not tag.said.troubles:
            _stand_for_element(tag, part)
    printing = frozenset(
        tag.node
        for tag in part.tags
        if tag.said.kind is TagKind.OUTPUT and tag.form is TagForm.TEXT
    )
    for block in reversed(blocks):
        if part.misplaced.isdisjoint(block.tags):
            _settle(block, printing, part)


def _stand_for_element(tag: Tag, part: TemplatePart) -> None:
    """Put the tag in the place of the element that its scope names."""
    scope = tag.said.scope
    if tag.string:
        signs = tag.said.kind.value
        closer = "}}" if tag.said.kind is TagKind.OUTPUT else "%}"
        part.fault("text-only", tag, instead=f"{signs} {tag.body} {closer}")
        return
    target = next(tag.node.iterancestors(ELEMENTS[scope]), None)
    if target is None:
        _fault(part, "misplaced-scope", tag, instead=_rescoped(tag, TagScope.PARAGRAPH))
        return
    if tag.said.kind is TagKind.OUTPUT:
        tag.levels = levels_between(tag.node, target)
    parent = target.getparent()
    if scope is TagScope.RUN and parent is not None:
        hoist(tag.node, parent)
        return
    if others := _others(tag, target, part):
        _fault(part, "shared-scope", tag, others=others, others_en=in_english(others))
    elif scope is TagScope.ROW and begins_merge(target):
        part.fault("merged-carrier", tag)
    else:
        take_place(target, tag.node, closing=tag.role is TagRole.ENDS)


def _others(tag: Tag, target: Element, part: TemplatePart) -> str:
    """What else stands in the element that a tag stands for, empty if nothing does."""
    # those of a note that a loop took, and around it, stand for nothing that is seen here
    texts = {other.node: other.said.text for other in part.tags if other.note == tag.note}
    nodes = (node for node in target.iter(etree.ProcessingInstruction) if node is not tag.node)
    if others := [text for node in nodes if (text := texts.get(node))]:
        return " ".join(others)
    # a value in place of a paragraph keeps the paragraph's properties
    is_value = tag.said.kind is TagKind.OUTPUT
    return content(target, own_place=True) or ("" if is_value else break_before(target))


def levels_between(node: Element, target: Element) -> Levels:
    """The elements from `target` down to the text of `node`."""
    levels: list[Level] = []
    for element in node.iterancestors(T, R, P, TC, TR):
        name = str(element.tag).removeprefix(W)
        space = ' xml:space="preserve"' if element.tag == T else ""
        levels.append(Level(name, f"<w:{name}{space}>{_properties(element)}"))
        if element is target:
            break
    return tuple(reversed(levels))


def _properties(element: Element) -> str:
    properties = element.find(f"{element.tag}Pr")
    if properties is None:
        return ""
    return _DECLARATION.sub("", etree.tostring(properties, encoding="unicode", with_tail=False))


def _settle(block: TagBlock, printing: Container[Element], part: TemplatePart) -> None:
    """Bring the tags of `block` to one level; a fault where there is none."""
    first, last = block.tags[0], block.tags[-1]
    scopes = {tag.said.scope for tag in block.tags}
    if TagScope.RUN in scopes:  # a run's tag stands between runs, as a bare one may
        scopes = scopes - {TagScope.RUN} | {TagScope.TEXT}
    if len(scopes) > 1:
        _mixed(block, part)
        return
    nodes = [tag.node for tag in block.tags]
    if len({node.getparent() for node in nodes}) == 1:
        return
    ancestor = common_ancestor(nodes)
    if (
        ancestor is not None
        and scopes == {TagScope.TEXT}
        and _spread(nodes, ancestor, printing, keeps_paragraphs=part.as_docxtpl)
    ):
        if ancestor.tag == TR and block.keyword in ("if", "for") and shifts(nodes):
            part.fault("shifted-cells", first, **last.as_other())
        return
    scope = TagScope.ROW if nearest(first.node, TR) is not None else TagScope.PARAGRAPH
    instead = f"{_rescoped(first, scope)} … {_rescoped(last, scope)}"
    _fault(part, "crossed-structure", first, **last.as_other(), instead=instead)


def _spread(
    nodes: Sequence[Element],
    ancestor: Element,
    printing: Container[Element],
    *,
    keeps_paragraphs: bool,
) -> bool:
    """Whether bare tags could be brought to one level below `ancestor`."""
    if len({nearest(node, P) for node in nodes}) == 1:
        for node in nodes:
            hoist(node, ancestor)
        return True
    holders = [child_towards(ancestor, node) for node in nodes]
    if ancestor.tag == TR:
        return _around_row(nodes, ancestor, printing) or _at_edges(nodes, holders, printing)
    for tag in (TR, P):
        if all(holder.tag == tag for holder in holders):
            own = all(
                nearest(node, tag) is holder for node, holder in zip(nodes, holders, strict=True)
            )
            if own and tag == P and keeps_paragraphs:
                return _between_runs(nodes, holders)
            return own and (_at_edges(nodes, holders, printing) or _between_runs(nodes, holders))
    return False


def _around_row(nodes: Sequence[Element], row: Element, printing: Container[Element]) -> bool:
    """Whether a block from a row's first cell to its last now stands around the row."""
    first, last = nodes[0], nodes[-1]
    if len(nodes) > 2 or not starts(row, first, printing) or not ends(row, last, printing):
        return False
    for node in (first, last):
        _pull_out(node)
    row.addprevious(first)
    row.addnext(last)
    return True


def _at_edges(
    nodes: Sequence[Element], holders: Sequence[Element], printing: Container[Element]
) -> bool:
    """Whether all tags stood at edges of their paragraphs, rows or cells and now stand outside."""
    at_start = [starts(holder, node, printing) for node, holder in zip(nodes, holders, strict=True)]
    at_end = [ends(holder, node, printing) for node, holder in zip(nodes, holders, strict=True)]
    if not all(start or end for start, end in zip(at_start, at_end, strict=True)):
        return False
    if holders[0].tag == P and not at_start[0] and not at_end[-1]:
        return False  # text on both outer sides: the block begins and ends inside sentences
    before = [*at_start[:-1], not at_end[-1]]
    for node, holder, goes_before in zip(nodes, holders, before, strict=True):
        _pull_out(node)
        if goes_before:
            holder.addprevious(node)
        else:
            holder.addnext(node)
    for node, holder in zip(nodes, holders, strict=True):
        if _is_carrier(holder, printing):
            drop(holder, node, closing=holder is holders[-1])
    return True


def _pull_out(node: Element) -> None:
    """Split `node` out of its run, so that it can be moved without the text that follows it."""
    run = nearest(node, R)
    parent = node.getparent() if run is None else run.getparent()
    if parent is not None:
        hoist(node, parent)


def _is_carrier(holder: Element, printing: Container[Element]) -> bool:
    """Whether a paragraph, row or cell held nothing but the tags that were lifted out."""
    if holder.getparent() is None or not is_blank(holder, printing):
        return False
    if next(holder.iter(etree.ProcessingInstruction), None) is not None:
        return False
    return not content(holder, own_place=False) and not (holder.tag == TR and begins_merge(holder))


def _between_runs(nodes: Sequence[Element], holders: Sequence[Element]) -> bool:
    """Whether the tags now stand between runs of sibling paragraphs, which they cut in two."""
    if holders[0].tag != P:
        return False
    for node, holder in zip(nodes, holders, strict=True):
        hoist(node, holder)
    return True


def _mixed(block: TagBlock, part: TemplatePart) -> None:
    """Note that of two tags of a block only one stands for a whole element."""
    first = block.tags[0]
    scope = max((tag.said.scope for tag in block.tags), key=lambda scope: len(scope.value))
    odd = next(tag for tag in block.tags if tag.said.scope is not first.said.scope)
    wrong, right = (first, odd) if first.said.scope is TagScope.TEXT else (odd, first)
    instead = _rescoped(wrong, scope)
    _fault(part, "mixed-scopes", wrong, scope, **right.as_other(), instead=instead)


def _rescoped(tag: Tag, scope: TagScope) -> str:
    return f"{{%{scope.value} {tag.body} %}}"


def _fault(
    part: TemplatePart, code: str, tag: Tag, scope: TagScope | None = None, /, **details: str
) -> None:
    unit, unit_en = UNITS[scope or tag.said.scope]
    part.fault(code, tag, unit=unit, unit_en=unit_en, **details)
