"""Runs of one format made one, where a block takes its text away to do something with it."""

from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.names import PROOF_ERR, R_PR, P, R, T
from docgen.template.read.splice import fill
from docgen.template.read.tree import nearest
from docgen.template.shape.blocks import Block

TAKING: Final = frozenset(("filter", "set", "macro", "call"))


def merge_runs(blocks: Sequence[Block]) -> None:
    """Make neighbours of one format one run in the paragraphs of blocks that take text away.

    Word cuts a text anywhere; `{% filter upper %}` is to see the text, not where it was cut.
    """
    for block in blocks:
        if block.keyword in TAKING:
            for paragraph in {nearest(tag.node, P) for tag in block.tags}:
                if paragraph is not None:
                    _merge(paragraph)


def _merge(paragraph: Element) -> None:
    last: Element | None = None
    for child in list(paragraph):
        if child.tag == PROOF_ERR:
            paragraph.remove(child)
        elif last is not None and _is_plain(child) and _format(last) == _format(child):
            fill(_text(last), [*_contents(_text(last)), *_contents(_text(child))])
            paragraph.remove(child)
        else:
            last = child if _is_plain(child) else None


def _is_plain(run: Element) -> bool:
    """Whether `run` holds one text and nothing else."""
    return run.tag == R and [child.tag for child in run if child.tag != R_PR] == [T]


def _format(run: Element) -> bytes:
    properties = run.find(R_PR)
    return b"" if properties is None else etree.tostring(properties, with_tail=False)


def _text(run: Element) -> Element:
    text = run.find(T)
    assert text is not None
    return text


def _contents(text: Element) -> Iterator[str | Element]:
    """The texts and nodes in a `w:t`, in order."""
    yield text.text or ""
    for node in list(text):
        tail = node.tail or ""
        yield node
        yield tail
