"""The comments of an earlier audit taken out of a report, since they may be true no more."""

from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.word.changes import Changes, serialised
from docgen.template.word.names import COMMENT, COMMENT_ANCHORS, COMMENT_REFERENCE, R, T, W
from docgen.template.word.package import Package, deflated, main_part, replaced
from workbook.catalogue.audits import OF_REMARKS
from workbook.catalogue.findings import AUTHOR

HEADS: Final = tuple(  # of an audit's remarks, in both languages
    head.strip() for text in OF_REMARKS for head in text
)


def without_remarks(package: Package) -> Package:
    """The report without the comments that an audit has put into it; those of people stay."""
    main = main_part(package)
    name = Changes(package).related(main, "comments")
    if name is None or name not in package.names():
        return package
    comments = etree.fromstring(package.read(name))
    ours = [one for one in comments.iter(COMMENT) if _is_ours(one)]
    if not ours:
        return package
    numbers = {one.get(f"{W}id") for one in ours}
    for one in ours:
        comments.remove(one)
    root = etree.fromstring(package.read(main))
    for anchor in list(root.iter(*COMMENT_ANCHORS)):
        if anchor.get(f"{W}id") in numbers:
            _take_out(anchor)
    made = [deflated(name, serialised(comments)), deflated(main, serialised(root))]
    return replaced(package, made)


def _is_ours(comment: Element) -> bool:
    text = "".join(one.text or "" for one in comment.iter(T))
    return comment.get(f"{W}author") in AUTHOR and text.startswith(HEADS)


def _take_out(anchor: Element) -> None:
    """Remove an end of what a comment is on, or the run that refers to it."""
    run = anchor.getparent()
    taken = run if anchor.tag == COMMENT_REFERENCE and run is not None and run.tag == R else anchor
    holder = taken.getparent()
    if holder is not None:
        holder.remove(taken)
