"""References that lead to the bookmark of their own pass, where both stand in one repeating block.

The bookmarks of all passes but the first have other names, which are only given while the document
is written. So each pass says where it begins and ends, and what refers to a bookmark in it says so.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.tags import (
    REPEATING,
    ROUND_END_NODE,
    ROUND_NODE,
    SIGNAL_NODE,
    TagBlock,
    TemplatePart,
)
from docgen.template.word.names import W
from docgen.template.word.references import BOOKMARK, references

_NOTES: Final = (f"{W}footnote", f"{W}endnote")
_NOTE_PARTS: Final = (f"{W}footnotes", f"{W}endnotes")
_NAME: Final = f"{W}name"
_ELSEWHERE: Final = ("macro", "set", "call")  # what they hold is printed where they are called
Passes = Collection[tuple[TagBlock, str]]  # and the bookmark for which they are told apart


def lead_to_passes(part: TemplatePart, blocks: Sequence[TagBlock]) -> Passes:
    """Let references lead to the bookmarks of their passes; the passes that have to be told apart.

    Inner blocks come first. Word does not tell capital letters from small ones in names.
    """
    bookmarks: dict[str, list[Element]] = {}
    for start in part.root.iter(BOOKMARK):
        bookmarks.setdefault(start.get(_NAME, "").lower(), []).append(start)
    found = [one for one in references(part.root) if one.name.lower() in bookmarks]
    found = [one for one in found if not _is_in_taken_note(one.holders[0])]
    holders = _holders(blocks) if found else {}
    passes: dict[tuple[int, str], None] = {}
    for reference in found:
        starts = bookmarks[reference.name.lower()]
        around_them = {number for start in starts for number in _around(start, holders)}
        around_it = set(_around(reference.holders[0], holders))
        if shared := _shared(around_it, around_them, blocks):
            name = starts[0].get(_NAME, "")
            reference.lead(name)
            passes.update(dict.fromkeys((number, name) for number in shared))
    return [(blocks[number], name) for number, name in passes]


def _is_in_taken_note(element: Element) -> bool:
    """Whether it stands in a note that a loop makes, which is finished before its pass is."""
    return any(note.getparent().tag not in _NOTE_PARTS for note in element.iterancestors(*_NOTES))  # type: ignore[union-attr]


def tell_passes(passes: Passes) -> None:
    """Put signs at the beginning and the end of each pass that has to be told apart."""
    for block, name in passes:
        opener, ender, *_ = block.tags  # an `else` is no pass any more
        opener.node.addnext(etree.ProcessingInstruction(SIGNAL_NODE, f"{ROUND_NODE}__{name}"))
        ender.node.addprevious(
            etree.ProcessingInstruction(SIGNAL_NODE, f"{ROUND_END_NODE}__{name}")
        )


def _shared(one: set[int], other: set[int], blocks: Sequence[TagBlock]) -> Iterable[int]:
    """The blocks that two places may have in common, by number, where both are printed."""
    either = one | other
    if any(blocks[number].keyword in _ELSEWHERE for number in either):
        return sorted(either)
    return sorted(one & other)


def _holders(blocks: Sequence[TagBlock]) -> dict[Element, list[int]]:
    """The repeating blocks that each element stands in directly, by number, innermost first."""
    holders: dict[Element, list[int]] = {}
    for number, block in enumerate(blocks):
        if block.keyword in REPEATING and block.tags[0].node.getparent() is not None:
            for sibling in block.tags[0].node.itersiblings():
                if sibling is block.tags[1].node:
                    break
                holders.setdefault(sibling, []).append(number)
    return holders


def _around(element: Element, holders: dict[Element, list[int]]) -> Iterator[int]:
    """The repeating blocks around an element, innermost first."""
    for one in (element, *element.iterancestors()):
        yield from holders.get(one, ())
