"""References that lead to the bookmark of their own pass, where both stand in one repeating block.

The bookmarks of all passes but the first have other names, which are only given while the document
is written. So each pass says where it begins, and what refers to a bookmark in it says so.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.tags import ROUND_NODE, SIGNAL_NODE, TagBlock, TemplatePart
from docgen.template.shape.pairs import REPEATING
from docgen.template.word.names import W
from docgen.template.word.references import BOOKMARK, references

_NAME: Final = f"{W}name"
Passes = Collection[tuple[Element, str]]  # behind which tag, and what the pass is called there


def lead_to_passes(part: TemplatePart, blocks: Sequence[TagBlock]) -> Passes:
    """Let references lead to the bookmarks of their passes; the passes that have to be told apart.

    Inner blocks come first. `3_图` is the bookmark 图 in a pass of the block 3.
    """
    bookmarks: dict[str, Element] = {}
    for start in part.root.iter(BOOKMARK):
        bookmarks.setdefault(start.get(_NAME, ""), start)
    found = [one for one in references(part.root) if one.name in bookmarks] if bookmarks else []
    holders = _holders(blocks) if found else {}
    passes: dict[tuple[Element, str], None] = {}
    for reference in found:
        around = set(_around(bookmarks[reference.name], holders))
        shared = next((n for n in _around(reference.holders[0], holders) if n in around), None)
        if shared is not None:
            said = f"{shared}_{reference.name}"
            reference.lead(said)
            passes[blocks[shared].tags[0].node, said] = None
    return passes.keys()


def tell_passes(passes: Passes) -> None:
    """Put a sign at the beginning of each pass that has to be told apart."""
    for opener, said in passes:
        opener.addnext(etree.ProcessingInstruction(SIGNAL_NODE, f"{ROUND_NODE}__{said}"))


def _holders(blocks: Sequence[TagBlock]) -> dict[Element, list[int]]:
    """The repeating blocks that each element stands in directly, by number, innermost first."""
    holders: dict[Element, list[int]] = {}
    for number, block in enumerate(blocks):
        if block.keyword in REPEATING and block.tags[0].node.getparent() is not None:
            for sibling in block.tags[0].node.itersiblings():
                if sibling is block.tags[-1].node:
                    break
                holders.setdefault(sibling, []).append(number)
    return holders


def _around(element: Element, holders: dict[Element, list[int]]) -> Iterator[int]:
    """The repeating blocks around an element, innermost first."""
    for one in (element, *element.iterancestors()):
        yield from holders.get(one, ())
