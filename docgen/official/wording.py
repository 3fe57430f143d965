"""What the norm says of words: punctuation, dates, the brackets of a document's number."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docgen.official.headings import Heading
from docgen.official.model import STANDARD, Deviation
from docgen.official.paragraphs import HAN, Paragraph
from docgen.official.roles import ANNEX, Role
from docgen.stated.lists import chinese

_WIDE: Final = {
    ",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", ".": "。",
}  # fmt: skip
_CLOSING, _OPENING = "”’》〉）】〕」』％‰", "“‘《〈（【〔「『"
_BEFORE, _AFTER = f"[{HAN}{_CLOSING}]", f"[{HAN}{_OPENING}]"
_NARROW: Final = re.compile(
    rf"(?:(?<={_BEFORE})[,;:!?](?=\s*(?:[{HAN}{_OPENING}{_CLOSING}0-9A-Za-z]|$))"
    rf"|(?<=[0-9A-Za-z%])[,;:!?](?=\s*{_AFTER})"
    rf"|(?<={_BEFORE})\.(?=\s*(?:{_AFTER}|$)))"
)
_BRACKETS: Final = re.compile(r"\(([^()（）]*)\)")
_MIXED: Final = re.compile(r"（([^()（）]*)\)|\(([^()（）]*)）")
_QUOTES: Final = re.compile(rf"([\"'])([^\"']*[{HAN}][^\"']*)\1")
_HAS_HAN: Final = re.compile(f"[{HAN}]")
_ZERO: Final = re.compile(
    r"(\d{4}\s*年\s*)?(?<!\d)(0?\d|1\d)\s*月\s*(\d{1,2})\s*日|\d{4}\s*年\s*0\d\s*月"
)
_NUMBER: Final = re.compile(
    rf"([{HAN}]+)\s*([〔\[［【﹝(（〖{{｛<〈])\s*(\d{{2,4}})\s*(年?)\s*([〕\]］】﹞)）〗}}｝>〉])"
    r"\s*(第?)\s*(\d{1,5})\s*号(?![楼院线馆厅店厂机井门])"
)
# Certificates and judgements have numbers of their own: 某国用（2015）第123号.
_NO_DOCUMENT: Final = ("证", "国用", "合同", "协议", "判决书", "裁定书")
_CHINESE_DIGITS: Final = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))
_CHINESE_COUNTS: Final = {chinese(count): count for count in range(1, 32)}
_CONTEXT: Final = 4


def wording_deviations(
    paragraphs: Sequence[Paragraph],
    roles: Sequence[Role],
    headings: Sequence[Heading | None],
) -> Iterator[Deviation]:
    """What deviates in the words of any paragraph, those of tables included."""
    for one, role, heading in zip(paragraphs, roles, headings, strict=True):
        if one.is_contents:
            continue  # repeats the headings
        yield from _punctuation(one, _head_length(one, role, heading))
        yield from _document_numbers(one)
        if role is Role.DATE:
            yield from _date(one)
        elif one.is_outside:
            yield from _zeros(one)


def _told(code: str, one: Paragraph, found: str, required: str, clause: str) -> Deviation:
    return Deviation(code, one.where, one.place, f"“{found}”", f"“{required}”", clause)


def _head_length(one: Paragraph, role: Role, heading: Heading | None) -> int:
    """How many signs at the head are a number or 附件1, of which other messages speak."""
    if heading is not None:
        return max(len(heading.number.text) - len(one.label), 0)
    match = ANNEX.match(one.text.strip()) if role in (Role.ANNEX, Role.NOTE) else None
    return match.start(3) if match is not None else 0


def _punctuation(one: Paragraph, head: int) -> Iterator[Deviation]:
    text = one.text.strip()
    for at, wide in sorted(spot for spot in _narrow(text) if spot[0] >= head):
        found, around = _around(text, at)
        required = found[:around] + wide + found[around + 1 :]
        yield _told("punctuation", one, found, required, f"{STANDARD} 9")


def _around(text: str, at: int) -> tuple[str, int]:
    """The words around a sign, and where in them it stands."""
    start = max(at - _CONTEXT, 0)
    return text[start : at + _CONTEXT + 1], at - start


def _narrow(text: str) -> Iterator[tuple[int, str]]:
    """Each half-width sign in Chinese text, with the one that belongs there."""
    for match in _NARROW.finditer(text):
        yield match.start(), _WIDE[match[0]]
    for match in _BRACKETS.finditer(text):
        before, after = text[: match.start()].rstrip()[-1:], text[match.end() :].lstrip()[:1]
        is_between = bool(_HAS_HAN.match(before)) and bool(_HAS_HAN.match(after) or not after)
        if (
            _HAS_HAN.search(match[1])
            or is_between
            or (not before and re.fullmatch(r"\d+", match[1]))
        ):
            yield match.start(), "（"
            yield match.end() - 1, "）"
    for match in _MIXED.finditer(text):
        narrow = match.end() - 1 if match[0].endswith(")") else match.start()
        yield narrow, _WIDE[text[narrow]]
    for match in _QUOTES.finditer(text):
        opening, closing = "“”" if match[1] == '"' else "‘’"
        yield match.start(), opening
        yield match.end() - 1, closing


def _document_numbers(one: Paragraph) -> Iterator[Deviation]:
    """芦办发[2019]第07号 is 芦办发〔2019〕7号: GB/T 9704-2012, 7.2.5."""
    for match in _NUMBER.finditer(one.text):
        words, _, year, _, _, _, count = match.groups()
        if words.endswith(_NO_DOCUMENT):
            continue
        full = year if len(year) == 4 else f"20{year}"
        name = words[-_CONTEXT:]
        required = f"{name}〔{full}〕{int(count)}号"
        found = name + match[0][len(words) :]
        if re.sub(r"\s", "", found) != required:
            yield _told("document-number", one, found, required, f"{STANDARD} 7.2.5")


def _zeros(one: Paragraph) -> Iterator[Deviation]:
    for match in _ZERO.finditer(one.text):
        required = re.sub(r"(?<=[年月])(\s*)0+(?=\d)|^0+(?=\d)", r"\1", match[0])
        if required != match[0]:
            yield _told("date", one, match[0], required, f"{STANDARD} 7.3.5.4")


def _date(one: Paragraph) -> Iterator[Deviation]:
    """The date of the document: all of year, month and day, in Arabic figures, without zeros."""
    found = re.sub(r"\s", "", one.words)
    parts = [_value(part) for part in re.split(r"[年月日./-]", found) if part]
    if len(parts) != 3 or None in parts:
        required = "年、月、日标全,如 2023年3月15日"
        yield Deviation("date", one.where, one.place, f"“{found}”", required, f"{STANDARD} 7.3.5.4")
        return
    year, month, day = (part or 0 for part in parts)
    required = f"{year if year > 99 else 2000 + year}年{month}月{day}日"
    if found != required:
        yield _told("date", one, found, required, f"{STANDARD} 7.3.5.4")


def _value(part: str) -> int | None:
    """A year, month or day in Arabic or Chinese figures; None for what is neither."""
    if part.isdigit() and part.isascii():
        return int(part)
    if part in _CHINESE_COUNTS:
        return _CHINESE_COUNTS[part]
    digits = "".join(_CHINESE_DIGITS.get(sign, "x") for sign in part)
    return int(digits) if digits.isdigit() else None
