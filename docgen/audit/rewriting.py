"""Figures rewritten at their marks, and changes as Word tracks them, to be accepted or rejected."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from itertools import count
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.audit.placing import END, ID, NAME, START
from docgen.manifest.lines import MARK, inside
from docgen.template.word.names import (
    INSTRUCTION,
    P_PR,
    R_PR,
    SECT_PR,
    TR,
    XML_SPACE,
    P,
    R,
    T,
    W,
)
from workbook.catalogue.findings import AUTHOR
from workbook.catalogue.model import Language

_TR_PR, _TBL_PR_EX = f"{W}trPr", f"{W}tblPrEx"
_INS, _DEL = f"{W}ins", f"{W}del"
_DELETED: Final = {T: f"{W}delText", INSTRUCTION: f"{W}delInstrText"}
_BEHIND_MARK: Final = (SECT_PR, f"{W}pPrChange")  # what follows the properties of a paragraph mark
_PLAIN: Final = frozenset((R_PR, T, f"{W}lastRenderedPageBreak"))


class Tracking:
    """The tracked changes of one part, each with its own number and all of one moment."""

    def __init__(
        self, root: Element, language: Language = "zh", moment: datetime | None = None
    ) -> None:
        self._author = AUTHOR(language)
        numbers = [one.get(ID, "") for one in root.iter(_INS, _DEL, START)]
        self._numbers = count(max((int(one) for one in numbers if one.isdigit()), default=0) + 1)
        self._date = (moment or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def come(self, elements: Iterable[Element]) -> None:
        """Let rows, paragraphs and tables be inserted ones."""
        for element in elements:
            self._mark(element, _INS)

    def go(self, elements: Iterable[Element]) -> None:
        """Let rows and paragraphs be deleted ones, which hold no figure of ours any more."""
        for element in elements:
            unmark(element)
            self._mark(element, _DEL)

    def rewrite(self, words: Sequence[Element], text: str) -> bool:
        """Let the runs of these words be deleted, and a run with a text be inserted behind.

        False where a run holds more than words, which would be deleted with them.
        """
        runs = list(dict.fromkeys(word.getparent() for word in words))
        if any(run is None or {child.tag for child in run} - _PLAIN for run in runs):
            return False
        first = runs[0]
        assert first is not None
        new = etree.Element(R)
        properties = first.find(R_PR)
        if properties is not None:
            new.append(deepcopy(properties))
        word = etree.SubElement(new, T)
        word.text = text
        word.set(XML_SPACE, "preserve")
        for run in runs:
            assert run is not None
            self._wrap(run, _DEL)
        deleted = first.getparent()
        assert deleted is not None
        outer = deleted.getparent()
        place = outer if outer is not None and outer.tag == _INS else deleted
        place.addnext(new)
        self._wrap(new, _INS)
        return True

    def _mark(self, element: Element, kind: str) -> None:
        for row in element.iter(TR):
            properties = row.find(_TR_PR)
            if properties is None:
                properties = etree.Element(_TR_PR)
                row.insert(int(row.find(_TBL_PR_EX) is not None), properties)
            properties.append(self._change(kind))
        for paragraph in element.iter(P):
            self._mark_end(paragraph, kind)
        for run in list(element.iter(R)):
            self._wrap(run, kind)

    def _mark_end(self, paragraph: Element, kind: str) -> None:
        """Let the mark at a paragraph's end be changed too."""
        properties = paragraph.find(P_PR)
        if properties is None:
            properties = etree.Element(P_PR)
            paragraph.insert(0, properties)
        of_mark = properties.find(R_PR)
        if of_mark is None:
            of_mark = etree.Element(R_PR)
            behind = next(properties.iterchildren(*_BEHIND_MARK), None)
            if behind is None:
                properties.append(of_mark)
            else:
                behind.addprevious(of_mark)
        of_mark.insert(0, self._change(kind))

    def _wrap(self, run: Element, kind: str) -> None:
        holder = run.getparent()
        if holder is None or holder.tag == _DEL:
            return
        if kind == _DEL:
            for word in run.iter(*_DELETED):
                word.tag = _DELETED[str(word.tag)]
                word.set(XML_SPACE, "preserve")
        change = self._change(kind)
        holder.replace(run, change)
        change.append(run)

    def _change(self, kind: str) -> Element:
        made = etree.Element(kind)
        made.set(ID, str(next(self._numbers)))
        made.set(f"{W}author", self._author)
        made.set(f"{W}date", self._date)
        return made


def unmark(element: Element) -> None:
    """Take the marks of figures out of what goes."""
    numbers = set()
    for start in list(element.iter(START)):
        if MARK.fullmatch(start.get(NAME, "")):
            numbers.add(start.get(ID))
            _drop(start)
    for end in list(element.iter(END)):
        if end.get(ID) in numbers:
            _drop(end)


def _drop(element: Element) -> None:
    holder = element.getparent()
    if holder is not None:
        holder.remove(element)


def widen(root: Element, printed: Mapping[str, str]) -> None:
    """Let marks that hold only the beginning of what was printed there hold all of it again.

    LibreOffice lets a mark end a letter early in a paragraph that ends a section: what was
    rewritten in it would have the last letter twice. `printed` are texts by mark.
    """
    for start in root.iter(START):
        text = printed.get(start.get(NAME, ""))
        held = list(inside(start)) if text else []
        if text and held and held[-1].tag == END:
            _widen(held, text)


def _widen(held: Sequence[Element], text: str) -> None:
    """Bring the end of the paragraph into a mark, `held` its elements, where both are the text."""
    words = [word for one in held for word in one.iter(T)]
    begun = "".join(word.text or "" for word in words)
    rest = text.removeprefix(begun)
    if not begun or rest in ("", text):
        return
    behind = [word for run in held[-1].itersiblings(R) for word in run.iter(T)]
    is_marked = next(held[-1].itersiblings(START), None) is not None
    if is_marked or "".join(word.text or "" for word in behind) != rest:
        return
    words[-1].text = f"{words[-1].text or ''}{rest}"
    for word in behind:
        word.text = ""


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
