"""Fonts, sizes, colours, line pitch and indent of titles and text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from lxml.etree import _Element as Element

from docgen.official import fonts
from docgen.official.fonts import is_of, size_name
from docgen.official.headings import Heading
from docgen.official.model import STANDARD, Deviation
from docgen.official.numbers import ARTICLE, FIRST, SECOND
from docgen.official.paragraphs import IS_HAN, Paragraph
from docgen.official.parts import number
from docgen.official.roles import Role
from docgen.template.word.names import W

_TITLE_SIZE, _TEXT_SIZE = 22.0, 16.0
# 22 lines in 225 mm are 28.99 pt each at most; below 27.75 pt there would be 23.
_LEAST_PITCH, _MOST_PITCH = 27.75, 29.0
_PITCH: Final = "固定值 28 至 28.95 磅(每面 22 行)"
_LINE_LENGTH: Final = 28  # letters: longer ones are a natural paragraph for certain
_LEAST_INDENT, _MOST_INDENT = 1.8, 2.2  # characters, for those who give it in centimetres
_BLANKS: Final = {" ": 0.5, "\u3000": 1.0, "\xa0": 0.5}
_MOST_HEADING: Final = 45
_TEXTS: Final = (Role.TEXT, Role.NOTE, Role.SIGNATURE, Role.DATE)
# 第一条 of a regulation, 出席 of 纪要 (10.3): words before a text, in a font of their own.
_LEAD: Final = re.compile(
    rf"\s*(?:{ARTICLE}|(?:出席|列席|缺席|请假|参加|主持|记录)(?:人员?|单位)?[：:])"
)
_BODY_CLAUSE: Final = f"{STANDARD} 5.2.2"


class _Piece(NamedTuple):
    """A part of a paragraph with the fonts that it may have, the first of which is told."""

    start: int
    stop: int
    families: tuple[str, ...]
    clause: str


def look_deviations(
    paragraphs: Sequence[Paragraph],
    roles: Sequence[Role],
    headings: Sequence[Heading | None],
    sections: Sequence[Element],
) -> Iterator[Deviation]:
    """What deviates in the looks of titles and text."""
    for one, role, heading in zip(paragraphs, roles, headings, strict=True):
        if role is Role.FREE:
            continue
        yield from _fonts(one, _pieces(one.text, role, heading))
        yield from _sizes(one, role)
        yield from _colors(one)
        if role is Role.TITLE and one.layout.align != "center":
            yield _told("title-place", one, "没有居中", "居中", f"{STANDARD} 7.3.1")
        if role in _TEXTS:
            yield from _pitch(one, sections[one.section] if one.section < len(sections) else None)
        if role is Role.TEXT and len(one.words) > _LINE_LENGTH:
            yield from _indent(one)


def _told(code: str, one: Paragraph, found: str, required: str, clause: str) -> Deviation:
    return Deviation(code, one.where, one.place, found, required, clause)


def _pieces(text: str, role: Role, heading: Heading | None) -> Iterator[_Piece]:
    """The parts of a paragraph: heading words may stand before a text in the same paragraph."""
    level = heading.number.level if heading is not None else None
    if role is Role.TITLE:
        yield _Piece(0, len(text), (fonts.TITLE,), f"{STANDARD} 7.3.1")
    elif role is Role.ANNEX:
        yield _Piece(0, len(text), (fonts.FIRST,), f"{STANDARD} 7.3.7")
    elif level in (FIRST, SECOND):
        yield from _headed(text, fonts.FIRST if level == FIRST else fonts.SECOND)
    elif level is None and (head := _LEAD.match(text)) is not None:
        yield _Piece(0, head.end(), (fonts.FIRST, fonts.SECOND, fonts.BODY), _BODY_CLAUSE)
        yield _Piece(head.end(), len(text), (fonts.BODY,), _BODY_CLAUSE)
    else:
        clause = _BODY_CLAUSE if level is None else f"{STANDARD} 7.3.3"
        yield _Piece(0, len(text), (fonts.BODY,), clause)


def _headed(text: str, family: str) -> Iterator[_Piece]:
    """A heading, one before a text, or an item of a list, which may be in either font."""
    clause, either = f"{STANDARD} 7.3.3", (family, fonts.BODY)
    stop = next((at for at, sign in enumerate(text) if sign in "。；：:;"), len(text))
    is_item = stop >= len(text.rstrip()) - 1 and text.rstrip()[-1:] in tuple("。；;")
    if is_item or stop > _MOST_HEADING:
        yield _Piece(0, len(text), either, clause)
        return
    yield _Piece(0, min(stop + 1, len(text)), (family,), clause)
    rest = (fonts.BODY,) if text[stop : stop + 1] == "。" else either[::-1]
    yield _Piece(stop + 1, len(text), rest, _BODY_CLAUSE)


def _fonts(one: Paragraph, pieces: Iterable[_Piece]) -> Iterator[Deviation]:
    for piece in pieces:
        wrong: dict[str, str] = {}
        for text, font in _letters_of(one, piece):
            if IS_HAN.search(text) and not any(is_of(font, name) for name in piece.families):
                wrong.setdefault(font or "没有指定", text)
        if wrong:
            found = "、".join(f"{font}(“{_short(text)}”)" for font, text in wrong.items())
            yield _told("font", one, found, piece.families[0], piece.clause)


def _letters_of(one: Paragraph, piece: _Piece) -> Iterator[tuple[str, str]]:
    """The texts of a piece with their fonts for Chinese."""
    at = 0
    for run in one.runs:
        text = run.text[max(piece.start - at, 0) : max(piece.stop - at, 0)]
        if text.strip():
            yield text, run.letters.eastern
        at += len(run.text)


def _short(text: str) -> str:
    words = text.strip()
    return f"{words[:6]}…" if len(words) > 6 else words


def _sizes(one: Paragraph, role: Role) -> Iterator[Deviation]:
    wanted = _TITLE_SIZE if role is Role.TITLE else _TEXT_SIZE
    wrong: dict[float, str] = {}
    for run in one.runs:
        if run.text.strip() and not run.is_raised and run.letters.size_pt != wanted:
            wrong.setdefault(run.letters.size_pt, run.text)
    if wrong:
        found = "、".join(f"{size_name(size)}(“{_short(text)}”)" for size, text in wrong.items())
        clause = {Role.TITLE: "7.3.1", Role.ANNEX: "7.3.7"}.get(role, "5.2.2")
        yield _told("size", one, found, size_name(wanted), f"{STANDARD} {clause}")


def _colors(one: Paragraph) -> Iterator[Deviation]:
    wrong = {run.letters.color: run.text for run in one.runs if run.text.strip()}
    wrong.pop("", None)
    if wrong:
        found = "、".join(f"#{color}(“{_short(text)}”)" for color, text in wrong.items())
        yield _told("color", one, found, "黑色", f"{STANDARD} 5.2.4")


def _pitch(one: Paragraph, section: Element | None) -> Iterator[Deviation]:
    """A picture in the line needs more than the pitch, so such a paragraph is passed over."""
    if one.has_picture:
        return
    pitch, shown = _pitch_of(one, section)
    if pitch is None or not _LEAST_PITCH <= pitch <= _MOST_PITCH:
        yield _told("line-pitch", one, shown, _PITCH, f"{STANDARD} 5.2.3")


def _pitch_of(one: Paragraph, section: Element | None) -> tuple[float | None, str]:
    """The pitch in points, None where the font decides, and how Word shows it."""
    layout, grid = one.layout, _grid(section) if one.layout.on_grid else None
    if layout.rule == "exact":
        return layout.line / 20, f"固定值 {layout.line / 20:g} 磅"
    if layout.rule == "atLeast":
        least = layout.line / 20
        pitch = least if grid is None else max(grid * -(-least // grid), grid)
        return pitch, f"最小值 {least:g} 磅"
    times = layout.line / 240
    shown = "单倍行距" if layout.line == 240 else f"{times:.3g} 倍行距"
    if grid is None:
        return None, shown
    return grid * times, f"{shown}(网格每行 {grid:g} 磅)"


def _grid(section: Element | None) -> float | None:
    """The pitch of the page's grid in points; None where text is not laid on one."""
    found = None if section is None else section.find(f"{W}docGrid")
    if found is None or found.get(f"{W}type", "default") == "default":
        return None
    pitch = number(found.get(f"{W}linePitch"))
    return pitch / 20 if pitch else None


def _indent(one: Paragraph) -> Iterator[Deviation]:
    """A paragraph begins two letters in, by its indent or by blanks; 主送机关 does not.

    Where Word writes the number its list says how far in.
    """
    if one.words.endswith(("：", ":")) or one.layout.left_twips or one.label:
        return
    text = one.text
    blanks = text[: len(text) - len(text.lstrip())]
    typed = sum(_BLANKS.get(sign, 0) for sign in blanks)
    chars = one.layout.first_chars + typed
    if not _LEAST_INDENT <= chars <= _MOST_INDENT and "\t" not in blanks:
        yield _told("indent", one, f"{chars:.2g} 字", "左空二字", f"{STANDARD} 7.3.3")
