"""The figures at marks, rewritten in the format in which they stand."""

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element as Element

from docgen.audit.tracking import Tracking
from docgen.manifest.lines import inside
from docgen.template.word.names import R_PR, XML_SPACE, R, T, W


def rewrite(root: Element, texts: Mapping[str, str], tracking: Tracking | None = None) -> None:
    """Put texts in the place of what stands at marks, as changes to be accepted if `tracking`."""
    for start in list(root.iter(f"{W}bookmarkStart")):
        text = texts.get(start.get(f"{W}name", ""))
        if text is not None:
            _write(start, text, tracking)


def _write(start: Element, text: str, tracking: Tracking | None) -> None:
    """Put a text into the runs of a mark, in the format of the first."""
    held = list(inside(start))
    if held and held[-1].tag != f"{W}bookmarkEnd":
        return  # the mark ends elsewhere: nobody knows what is inside of it
    words = [word for one in held for word in one.iter(T) if _is_plain(word)]
    if not words:
        words = [_new_run(start)]
    if tracking is not None:
        tracking.rewrite(words, text)
        return
    words[0].text = text
    words[0].set(XML_SPACE, "preserve")
    for word in words[1:]:
        word.text = ""


def _is_plain(word: Element) -> bool:
    """Whether a text is not that of a field, which would be worked out anew."""
    return next(word.iterancestors(f"{W}fldSimple"), None) is None


def _new_run(start: Element) -> Element:
    """A run behind the beginning of a mark that holds none, in the format of its neighbour."""
    run = etree.Element(R)
    beside = next(start.itersiblings(R), None)
    if beside is None:
        beside = next(start.itersiblings(R, preceding=True), None)
    properties = None if beside is None else beside.find(R_PR)
    if properties is not None:
        run.append(deepcopy(properties))
    start.addnext(run)
    return etree.SubElement(run, T)
