"""A document's paragraphs as they print: text, Word's own number, letters, layout, section."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml.etree import _Element as Element

from docgen.official.cascade import Cascade, Layout, Letters
from docgen.official.parts import Parts, child_value
from docgen.stated.lists import read_lists
from docgen.template.model.errors import Location, Step, Unit
from docgen.template.read.part import paragraphs
from docgen.template.word.names import (
    BR,
    CR,
    FALLBACK,
    NO_BREAK_HYPHEN,
    P_PR,
    SDT,
    SECT_PR,
    TAB,
    VAL,
    P,
    R,
    T,
    W,
)

HAN: Final = "\u3400-\u9fff\uf900-\ufaff"
IS_HAN: Final = re.compile(f"[{HAN}]")
_SIGNS: Final = {TAB: "\t", BR: "\n", CR: "\n", NO_BREAK_HYPHEN: "-"}
_MOVED: Final = f"{W}moveFrom"
_PAGE_BREAK: Final = "page"
_GALLERY: Final = f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"
_ENDS_IN_PAGE: Final = re.compile(r"(\t|[.…·]{4,})\s*\d+\s*$")
_FIRST_WORDS: Final = 12
_USUAL_SIZE: Final = 16.0
_NAMES: Final = {
    Unit.PARAGRAPH: "第 {} 段", Unit.CELL: "表 {} 第 {} 行第 {} 列", Unit.BOX: "文本框 {}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that look the same: their text, how they look, whether they are raised or lowered."""

    text: str
    letters: Letters
    is_raised: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it prints.

    `label` is the number that Word writes itself, `section` counts from 0, `starts_page` says that
    nothing stands above it on its page by what the document asks for.
    """

    where: Location
    label: str
    runs: tuple[Run, ...]
    layout: Layout
    section: int
    starts_page: bool
    is_contents: bool
    has_picture: bool

    @property
    def text(self) -> str:
        """The text without Word's own number."""
        return "".join(run.text for run in self.runs)

    @property
    def words(self) -> str:
        """The text with Word's own number, without blanks at its ends."""
        return (self.label + self.text.strip()).strip()

    @property
    def is_outside(self) -> bool:
        """Whether it stands in the text itself, in no table and no box."""
        return all(step.unit is Unit.PARAGRAPH for step in self.where.steps)

    @property
    def place(self) -> str:
        """Where it is, as a clerk looks for it: 第 12 段“二、一般公共预算”."""
        return place(self.where, self.words)


def place(where: Location, words: str) -> str:
    """The paragraph or cell with its first words."""
    steps = "".join(_step(step) for step in where.steps)
    shown = "".join(sign for sign in words if sign.isprintable())
    cut = f"{shown[:_FIRST_WORDS]}…" if len(shown) > _FIRST_WORDS else shown
    return f"{steps}“{cut}”" if cut else steps


def _step(step: Step) -> str:
    return _NAMES.get(step.unit, step.unit.value[0]).format(*step.numbers)


def read_paragraphs(parts: Parts, cascade: Cascade) -> list[Paragraph]:
    """All paragraphs of the document's text in order, those of tables and boxes included."""
    lists = read_lists(parts.numbering, parts.styles)
    found, read = sections(parts.main), list[Paragraph]()
    section, at_top = 0, True
    for element, where in paragraphs(parts.main, parts.name):
        one = _read(element, where, cascade, section)
        has_words = bool(one.text.strip())
        begins, ends = _breaks(element)
        starts_page = at_top or begins or one.layout.breaks_page
        label = lists.label(element) if has_words else ""
        read.append(replace(one, label=label, starts_page=starts_page))
        # Blank paragraphs at the head of a page leave the next one the first with words.
        at_top = ends or (starts_page and not has_words)
        if element.find(f"{P_PR}/{SECT_PR}") is not None:
            section += 1
            at_top = at_top or not _goes_on(found[section:])
    return read


def _read(element: Element, where: Location, cascade: Cascade, section: int) -> Paragraph:
    """A paragraph by itself, as if it were in no list and in the middle of a page."""
    runs = tuple(_runs(element, cascade))
    size = next((run.letters.size_pt for run in runs if run.text.strip()), _USUAL_SIZE)
    layout = cascade.layout(element, size)
    text = "".join(run.text for run in runs)
    picture = next(element.iter(f"{W}drawing", f"{W}pict", f"{W}object"), None)
    return Paragraph(
        where=where,
        label="",
        runs=runs,
        layout=layout,
        section=section,
        starts_page=False,
        is_contents=_is_contents(element, layout.style, text),
        has_picture=picture is not None,
    )


def sections(root: Element) -> list[Element]:
    """The properties of the document's sections in order."""
    body = root.find(f"{W}body")
    if body is None:
        return []
    owners = (P_PR, f"{W}body")  # what a change keeps of the section before it has another owner
    return [one for one in body.iter(SECT_PR) if getattr(one.getparent(), "tag", "") in owners]


def _goes_on(rest: Sequence[Element]) -> bool:
    """Whether the first of these sections goes on upon the page of the one before."""
    return bool(rest) and child_value(rest[0], "type") == "continuous"


def _runs(paragraph: Element, cascade: Cascade) -> Iterator[Run]:
    for run in paragraph.iter(R):
        if next(run.iterancestors(P), None) is not paragraph:
            continue  # of a text box in the paragraph
        if any(up.tag in (_MOVED, FALLBACK) for up in run.iterancestors()):
            continue
        text = "".join(map(_sign, run))
        letters = cascade.letters(run, paragraph)
        if text and not letters.is_hidden:
            raised = child_value(run, "rPr/vertAlign") in ("superscript", "subscript")
            yield Run(text, letters, raised)


def _sign(child: Element) -> str:
    """What a child of a run prints: a page break is no sign."""
    if child.tag == T:
        return child.text or ""
    if child.tag == BR and child.get(f"{W}type") in (_PAGE_BREAK, "column"):
        return ""
    return _SIGNS.get(str(child.tag), "")


def _breaks(paragraph: Element) -> tuple[bool, bool]:
    """Whether a page break stands before the paragraph's text, and one behind it or in it."""
    begins = ends = has_text = False
    for one in paragraph.iter(T, BR):
        if one.tag == T:
            has_text = has_text or bool((one.text or "").strip())
            ends = ends and not (one.text or "").strip()
        elif one.get(f"{W}type") == _PAGE_BREAK:
            begins, ends = begins or not has_text, True
    return begins, ends and (has_text or begins)


def _is_contents(paragraph: Element, style: str, text: str) -> bool:
    """Whether it is a line of a table of contents."""
    if style.startswith(("toc", "table of figures")) or _ENDS_IN_PAGE.search(text):
        return True
    return any(
        "contents" in (gallery.get(VAL) or "").lower()
        for up in paragraph.iterancestors(SDT)
        for gallery in up.iterfind(_GALLERY)
    )
