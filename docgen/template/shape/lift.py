"""Block tags moved to where their block begins and ends, by operations on the tree.

`{%p %}`, `{%tr %}`, `{%tc %}` and `{%r %}` take the place of their element. A bare block inside one
paragraph is moved between runs, so that every run keeps its formatting. A bare block over several
paragraphs or rows is moved to their edges where its tags stand at edges.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.errors import TemplateFault
from docgen.template.model.names import TC, TR, P, R, T, W
from docgen.template.read.scan import SPECIAL
from docgen.template.read.splice import Tag
from docgen.template.read.tree import (
    child_towards,
    common_ancestor,
    ends,
    hoist,
    is_blank,
    nearest,
    remove,
    replace_by,
    starts,
)
from docgen.template.shape.blocks import Block

SCOPES: Final = {"p": P, "tr": TR, "tc": TC, "r": R}
UNITS: Final = {
    "p": ("段", "paragraph"),
    "tr": ("行", "table row"),
    "tc": ("格", "table cell"),
    "r": ("个文字块", "run"),
    "": ("段", "paragraph"),
}
_DECLARATION = re.compile(r' xmlns:\w+="[^"]*"')

Level = tuple[str, str]
Frame = tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Lifted:
    """The faults of lifting, and the frames of the tags that print in an element's place."""

    faults: list[TemplateFault]
    frames: dict[int, Frame]


def lift(tags: Sequence[Tag], blocks: Sequence[Block]) -> Lifted:
    """Move the nodes of `tags` to their places; outer blocks go first."""
    lifted = Lifted([], {})
    for tag in tags:
        if tag.found.scope in SCOPES and not tag.found.troubles:
            _lift_scoped(tag, tags, lifted)
    if not lifted.faults:
        printing = frozenset(
            str(tag.number)
            for tag in tags
            if tag.found.kind == "output" and tag.found.scope not in SPECIAL
        )
        for block in reversed(blocks):
            lifted.faults.extend(_settle(block, printing))
    return lifted


def _lift_scoped(tag: Tag, tags: Sequence[Tag], lifted: Lifted) -> None:
    scope = tag.found.scope
    target = nearest(tag.node, SCOPES[scope])
    if target is None:
        lifted.faults.append(_fault("misplaced-scope", tag, instead=_rescoped(tag, "p")))
        return
    if tag.found.kind == "output":
        lifted.frames[tag.number] = frame(tag.node, target)
    parent = target.getparent()
    if scope == "r" and parent is not None:
        hoist(tag.node, parent)
        return
    others = [tags[int(node.text or 0)] for node in target.iter(etree.ProcessingInstruction)]
    if len(others) > 1:
        named = " ".join(other.text for other in others if other is not tag)
        lifted.faults.append(_fault("shared-scope", tag, others=named))
        return
    replace_by(target, tag.node, closing=tag.found.keyword.startswith("end"))


def frame(node: Element, target: Element) -> Frame:
    """The elements from `target` down to the text of `node`: local names and opening markup."""
    levels: list[Level] = []
    for element in node.iterancestors(T, R, P, TC, TR):
        name = str(element.tag).removeprefix(W)
        space = ' xml:space="preserve"' if element.tag == T else ""
        levels.append((name, f"<w:{name}{space}>{_properties(element)}"))
        if element is target:
            break
    return tuple(reversed(levels))


def _properties(element: Element) -> str:
    properties = element.find(f"{element.tag}Pr")
    if properties is None:
        return ""
    return _DECLARATION.sub("", etree.tostring(properties, encoding="unicode", with_tail=False))


def _settle(block: Block, printing: frozenset[str]) -> Iterable[TemplateFault]:
    """Bring the tags of `block` to one level; yields the fault if there is none."""
    first, last = block.tags[0], block.tags[-1]
    scopes = {tag.found.scope.replace("r", "") if tag.found.scope == "r" else tag.found.scope
              for tag in block.tags}  # fmt: skip
    if len(scopes) > 1:
        return [_mixed(block)]
    nodes = [tag.node for tag in block.tags]
    if len({node.getparent() for node in nodes}) == 1:
        return []
    ancestor = common_ancestor(nodes)
    if ancestor is not None and scopes == {""} and _spread(nodes, ancestor, printing):
        return []
    scope = "tr" if nearest(first.node, TR) is not None else "p"
    instead = f"{_rescoped(first, scope)} … {_rescoped(last, scope)}"
    return [_fault("crossed-structure", first, other=_named(last), instead=instead)]


def _spread(nodes: Sequence[Element], ancestor: Element, printing: frozenset[str]) -> bool:
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
            return own and (_at_edges(nodes, holders, printing) or _between_runs(nodes, holders))
    return False


def _around_row(nodes: Sequence[Element], row: Element, printing: frozenset[str]) -> bool:
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
    nodes: Sequence[Element], holders: Sequence[Element], printing: frozenset[str]
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
    for holder in dict.fromkeys(holders):
        _drop_carrier(holder, printing)
    return True


def _pull_out(node: Element) -> None:
    """Split `node` out of its run, so that it can be moved without the text that follows it."""
    run = nearest(node, R)
    parent = node.getparent() if run is None else run.getparent()
    if parent is not None:
        hoist(node, parent)


def _drop_carrier(holder: Element, printing: frozenset[str]) -> None:
    """Remove a paragraph, row or cell that held nothing but the tags that were lifted out."""
    if holder.getparent() is None or not is_blank(holder, printing):
        return
    if next(holder.iter(etree.ProcessingInstruction), None) is not None:
        return
    marker = etree.ProcessingInstruction("x", "")
    replace_by(holder, marker)
    remove(marker)


def _between_runs(nodes: Sequence[Element], holders: Sequence[Element]) -> bool:
    """Whether the tags now stand between runs of sibling paragraphs, which they cut in two."""
    if holders[0].tag != P:
        return False
    for node, holder in zip(nodes, holders, strict=True):
        hoist(node, holder)
    return True


def _mixed(block: Block) -> TemplateFault:
    first = block.tags[0]
    scope = max((tag.found.scope for tag in block.tags), key=len)
    odd = next(tag for tag in block.tags if tag.found.scope != first.found.scope)
    wrong, right = (first, odd) if not first.found.scope else (odd, first)
    unit, unit_en = UNITS[scope]
    return _fault(
        "mixed-scopes",
        wrong,
        other=_named(right),
        instead=_rescoped(wrong, scope),
        unit=unit,
        unit_en=unit_en,
    )


def _rescoped(tag: Tag, scope: str) -> str:
    return f"{{%{scope} {tag.found.body} %}}"


def _named(tag: Tag) -> str:
    return f"{tag.text}({tag.where.within()})"


def _fault(code: str, tag: Tag, **details: str) -> TemplateFault:
    unit, unit_en = UNITS[tag.found.scope]
    return TemplateFault(
        code, tag.where, tag.text,
        {"scope": tag.found.scope, "unit": unit, "unit_en": unit_en, **details},
    )  # fmt: skip
