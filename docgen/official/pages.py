"""Paper and margins of each section: GB/T 9704-2012, 5.1 and 5.2.1."""

from collections.abc import Iterator, Sequence
from typing import Final

from lxml.etree import _Element as Element

from docgen.official.model import STANDARD, Deviation
from docgen.official.paragraphs import Paragraph, sections
from docgen.official.parts import Parts, is_on, number
from docgen.template.model.errors import Location, Unit
from docgen.template.word.names import W

_SHORT, _LONG = 210.0, 297.0  # millimetres of A4
_PAPER_TOLERANCE: Final = 2.05  # of the finished paper: 6.3
_TOLERANCE: Final = 1.05  # ±1 mm, and what twips and tenths of a millimetre round away
_STANDING: Final = (
    ("top", "上", 37),
    ("bottom", "下", 35),
    ("left", "左", 28),
    ("right", "右", 26),
)
# A page that lies is one that was turned, to either side, or keeps the numbers as they are.
_LYING: Final = (
    (("top", "上", 28), ("bottom", "下", 26), ("left", "左", 35), ("right", "右", 37)),
    (("top", "上", 26), ("bottom", "下", 28), ("left", "左", 37), ("right", "右", 35)),
    _STANDING,
)
_PAPER_CLAUSE, _MARGIN_CLAUSE = f"{STANDARD} 5.1", f"{STANDARD} 5.2.1"


def page_deviations(parts: Parts, paragraphs: Sequence[Paragraph]) -> Iterator[Deviation]:
    """What deviates in the paper and the margins of any section."""
    found = sections(parts.main)
    for at, section in enumerate(found):
        own = [one for one in paragraphs if one.section == at]
        where = own[0].where if own else Location(parts.name)
        place = f"第 {at + 1} 节" if len(found) > 1 else "全文页面"
        if words := next((one for one in own if one.words), None):
            place += f"({words.place}起)" if len(found) > 1 else ""
        for code, what, required, clause in (
            *_paper(section, own),
            *_margins(section, parts),
        ):
            yield Deviation(code, where, place, what, required, clause)


def _millimetres(element: Element | None, name: str) -> float | None:
    value = None if element is None else number(element.get(f"{W}{name}"))
    return None if value is None else value / 1440 * 25.4


def _size(section: Element) -> tuple[float | None, float | None]:
    paper = section.find(f"{W}pgSz")
    return _millimetres(paper, "w"), _millimetres(paper, "h")


def is_lying(section: Element) -> bool:
    """Whether the section's pages are broader than high."""
    width, height = _size(section)
    return width is not None and height is not None and width > height


def _paper(section: Element, own: Sequence[Paragraph]) -> Iterator[tuple[str, str, str, str]]:
    width, height = _size(section)
    if width is None or height is None:
        yield "paper", "没有设置纸张大小", "A4(210×297 毫米)", _PAPER_CLAUSE
        return
    off = (abs(min(width, height) - _SHORT), abs(max(width, height) - _LONG))
    if max(off) > _PAPER_TOLERANCE:
        yield "paper", f"{width:.0f}×{height:.0f} 毫米", "A4(210×297 毫米)", _PAPER_CLAUSE
    has_figure = any(
        one.has_picture or any(step.unit is Unit.CELL for step in one.where.steps) for one in own
    )
    if width > height and not has_figure and any(one.words for one in own):
        yield "paper", "横向,而这一节没有表格和图", "纵向的 A4", _PAPER_CLAUSE


def _margins(section: Element, parts: Parts) -> Iterator[tuple[str, str, str, str]]:
    sides = _LYING if is_lying(section) else (_STANDING,)
    found = {name: _margin(section, parts, name) for name, _, _ in _STANDING}
    wrong = min(
        ([one for one in side if _is_off(found[one[0]], one[2])] for side in sides), key=len
    )
    for name, word, millimetres in wrong:
        value = found[name]
        shown = f"{word} {value:.1f} 毫米" if value is not None else f"{word}边距没有设置"
        tolerance = "±1" if name in ("top", "left") or len(sides) > 1 else ""
        meant = f"{word} {millimetres}{tolerance} 毫米"
        yield "margin", shown, meant + ("" if tolerance else "(版心 156×225 毫米)"), _MARGIN_CLAUSE


def _is_off(found: float | None, wanted: int) -> bool:
    return found is None or abs(found - wanted) > _TOLERANCE


def _margin(section: Element, parts: Parts, name: str) -> float | None:
    """A margin in millimetres with the gutter in it; Word writes a fixed top as a negative one."""
    margins = section.find(f"{W}pgMar")
    value = _millimetres(margins, name)
    gutter = "top" if is_on(parts.setting("gutterAtTop")) else "left"
    extra = (_millimetres(margins, "gutter") or 0) if name == gutter else 0
    return None if value is None else abs(value) + extra
