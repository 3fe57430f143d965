"""The page numbers of each section of the text: — 1 — in 4号 宋体, outside: 7.5."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element as Element

from docgen.official import fonts
from docgen.official.cascade import Cascade, Letters
from docgen.official.fonts import is_of, size_name
from docgen.official.model import STANDARD, Deviation
from docgen.official.paragraphs import Paragraph, sections
from docgen.official.parts import Parts, is_on, reference
from docgen.official.roles import Role
from docgen.template.word.names import (
    FALLBACK,
    FIELD_CHAR,
    FIELD_MARK,
    INSTRUCTION,
    VML,
    WP,
    P,
    R,
    T,
    W,
)

_CLAUSE: Final = f"{STANDARD} 7.5"
_FIELD: Final = re.compile(r"\s*PAGE\b", re.IGNORECASE)
_MARK: Final = "#"
_DASHED: Final = re.compile(rf"[—―─－]\s*{_MARK}\s*[—―─－]")
_DRAWN: Final = re.compile(r"mso-position-horizontal:\s*(\w+)")  # of a box in the older markup
_ARABIC: Final = (None, "decimal", "decimalFullWidth", "numberInDash")
_SIDES: Final = {
    "left": "左",
    "start": "左",
    "both": "左",
    "right": "右",
    "end": "右",
    "center": "中",
}
_SIZE: Final = 14.0
_WIDE: Final = 3_000_000  # English Metric Units, 83 mm: half of the text block


@dataclass(frozen=True, slots=True)
class _PageNumber:
    """A page number as it stands in a footer; `side` is left, right, center, outside or unknown."""

    words: str
    side: str
    letters: Letters


def page_number_deviations(
    parts: Parts, cascade: Cascade, paragraphs: Sequence[Paragraph], roles: Sequence[Role]
) -> Iterator[Deviation]:
    """What deviates in the page numbers of sections that hold title, text or annexes.

    A cover and a table of contents before the title need none.
    """
    used = [
        one.section for one, role in zip(paragraphs, roles, strict=True) if role is not Role.FREE
    ]
    first = min(used, default=0)
    references: dict[str, Element] = {}
    told: set[tuple[str, str, str]] = set()
    for at, section in enumerate(sections(parts.main)):
        for one in section.iterfind(f"{W}footerReference"):
            if (footer := parts.footers.get(reference(one))) is not None:
                references[one.get(f"{W}type", "default")] = footer
        own = next((one for one in paragraphs if one.section == at and one.words), None)
        if at < first or own is None:
            continue
        for which, code, found, required in _of_section(section, references, parts, cascade):
            if (which, code, found) not in told:
                told.add((which, code, found))
                place = f"第 {at + 1} 节页脚({which},{own.place}起)"
                yield Deviation(code, own.where, place, found, required, _CLAUSE)


def _of_section(
    section: Element, footers: dict[str, Element], parts: Parts, cascade: Cascade
) -> Iterator[tuple[str, str, str, str]]:
    both_sides = is_on(parts.setting("evenAndOddHeaders"))
    numbers = {}
    for kind, which in (("default", "奇数页" if both_sides else "各页"), ("even", "偶数页")):
        if kind == "even" and not both_sides:
            continue
        number = _number(footers.get(kind), cascade)
        if number is None:
            yield which, "page-number", "没有页码", "版心下边缘之下的页码“— 1 —”"
            continue
        numbers[kind] = number
        for code, found, required in _looks(number, section):
            yield which, code, found, required
    yield from _sides(numbers, both_sides)


def _looks(number: _PageNumber, section: Element) -> Iterator[tuple[str, str, str]]:
    kind = section.find(f"{W}pgNumType")
    kind_name = None if kind is None else kind.get(f"{W}fmt")
    if kind_name not in _ARABIC:
        yield "page-number", f"{kind_name} 格式的编号", "阿拉伯数字"
    dashed = _DASHED.search(number.words)
    if kind_name == "numberInDash" and not dashed:
        yield "page-number-dash", "编号格式里的短横线“- 1 -”", "一字线“— 1 —”"
    elif not dashed:
        yield "page-number-dash", f"“{number.words.replace(_MARK, '1').strip()}”", "“— 1 —”"
    font = number.letters.western
    if not is_of(font, fonts.NUMBER):
        yield "page-number-font", font or "没有指定", fonts.NUMBER
    if number.letters.size_pt != _SIZE:
        yield "page-number-size", size_name(number.letters.size_pt), size_name(_SIZE)


def _sides(
    numbers: dict[str, _PageNumber], both_sides: bool
) -> Iterator[tuple[str, str, str, str]]:
    if not both_sides:
        side = numbers["default"].side if "default" in numbers else "outside"
        if side in _SIDES:
            found = f"每页都居{_SIDES[side]}"
            yield "各页", "page-number-side", found, "单页居右空一字,双页居左空一字"
        return
    for kind, which, wanted in (("default", "奇数页", "右"), ("even", "偶数页", "左")):
        found = _SIDES.get(numbers[kind].side, wanted) if kind in numbers else wanted
        if found != wanted:
            yield which, "page-number-side", f"居{found}", f"居{wanted}空一字"


def _number(footer: Element | None, cascade: Cascade) -> _PageNumber | None:
    """The page number in a footer; None where there is none."""
    for paragraph in footer.iter(P) if footer is not None else ():
        if any(up.tag == FALLBACK for up in paragraph.iterancestors()):
            continue
        words, run = _words(paragraph)
        if run is not None:
            letters = cascade.letters(run, paragraph)
            side = _side(paragraph, words, cascade.layout(paragraph, letters.size_pt).align)
            return _PageNumber(words.strip(), side, letters)
    return None


def _words(paragraph: Element) -> tuple[str, Element | None]:
    """The paragraph's words with `#` for the page number, and the run that shows the number."""
    words, shown, depth, is_page, in_result = "", None, 0, False, False
    for one in paragraph.iter(FIELD_CHAR, INSTRUCTION, T, f"{W}fldSimple", f"{W}pgNum", f"{W}tab"):
        run = next(one.iterancestors(R), None)
        if next(one.iterancestors(P), None) is not paragraph:
            continue
        if one.tag == FIELD_CHAR:
            kind = one.get(FIELD_MARK)
            depth += {"begin": 1, "end": -1}.get(kind or "", 0)
            in_result = kind == "separate"
            is_page = is_page and kind == "separate"
        elif one.tag == INSTRUCTION and _FIELD.match(one.text or ""):
            is_page, words, shown = True, words + _MARK, run
        elif one.tag == f"{W}fldSimple" and _FIELD.match(one.get(f"{W}instr", "")):
            words, shown = words + _MARK, next(one.iter(R), None)
        elif one.tag == f"{W}pgNum":
            words, shown = words + _MARK, run
        elif one.tag == T and depth and is_page and in_result:
            shown = run
        elif one.tag == T and not depth and not _in_simple(one):
            words += one.text or ""
        elif one.tag == f"{W}tab" and run is not None and one.getparent() is run:
            words += "\t"
    return words, shown


def _in_simple(text: Element) -> bool:
    return any(
        up.tag == f"{W}fldSimple" and _FIELD.match(up.get(f"{W}instr", ""))
        for up in text.iterancestors()
    )


def _is_wide(box: Element) -> bool:
    """Whether a box is so wide that its own paragraph says on which side a number stands."""
    extent = box.find(f"{WP}extent")
    width = "" if extent is None else extent.get("cx", "")
    return not width.isdigit() or int(width) > _WIDE


def _side(paragraph: Element, words: str, align: str) -> str:
    """Where the number stands: in a frame or a box where that stands, behind tabs nobody knows."""
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    if frame is not None and (side := frame.get(f"{W}xAlign")):
        return side
    for up in paragraph.iterancestors():
        found = up.findtext(f"{WP}positionH/{WP}align") if up.tag == f"{WP}anchor" else None
        drawn = _DRAWN.search(up.get("style", "")) if str(up.tag).startswith(VML) else None
        if side := found or (drawn[1] if drawn else None):
            return side
        if up.tag == f"{WP}anchor" and not _is_wide(up):
            return "unknown"
    is_placed = "\t" in words or next(paragraph.iter(f"{W}ptab"), None) is not None
    return "unknown" if is_placed else align
