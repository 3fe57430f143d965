"""Numbers that Word writes by itself: they go on from those around them, and stand alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from docgen.proof.document import Document, place_of
from docgen.stated.lists import chinese
from docgen.stated.outline import Line
from workbook.proof.model import Severity, Slip
from workbook.proof.numbered import NUMBERING
from workbook.stated.folded import fold, numbering

_NUMERALS: Final = {chinese(count): count for count in range(1, 100)}
_FORMS: Final = (
    re.compile(r"([一二三四五六七八九十]+)[、.]"),
    re.compile(r"\(([一二三四五六七八九十]+)\)"),
    re.compile(r"(\d{1,2})[.、]"),
    re.compile(r"\((\d{1,2})\)"),
)


@dataclass(frozen=True, slots=True)
class _Number:
    """The number at the head of a paragraph: its level, its count, and whether Word writes it.

    (三)项目支出, typed by hand, has one of level 2 and count 3 with the text (三).
    """

    line: Line
    level: int
    count: int
    text: str
    is_words: bool


def word_numbers(document: Document) -> Iterator[Slip | None]:
    """Numbers of Word's own that are typed once more, skip a number or repeat one.

    Numbers that are all typed by hand are the format check's.
    """
    last: dict[int, _Number] = {}
    for line in document.lines:
        if (
            line.table is not None
            or (found := _number(line, document.labels.get(line.where, ""))) is None
        ):
            continue
        if found.is_words and (again := numbering(line.folded.text[len(found.text) :])):
            yield _slip(found, f"{found.text}{again}", f"{found.text}(删去手打的“{again}”)")
        before = last.get(found.level)
        for deeper in [level for level in last if level > found.level]:
            del last[deeper]
        last[found.level] = found
        if before is None or not (found.is_words or before.is_words):
            continue
        if found.count == before.count + 1:
            yield None
        elif found.count != 1:
            due = _written(found, before.count + 1)
            yield _slip(found, f"{found.text}(前面是“{before.text}”)", due)


def _number(line: Line, label: str) -> _Number | None:
    text = fold(label).text if label else numbering(line.folded.text)
    for level, form in enumerate(_FORMS, 1):
        if match := form.fullmatch(text):
            words = match[1]
            count = int(words) if words.isdigit() else _NUMERALS.get(words, 0)
            return _Number(line, level, count, text, bool(label)) if count else None
    return None


def _written(one: _Number, count: int) -> str:
    match = _FORMS[one.level - 1].fullmatch(one.text)
    assert match is not None
    own = str(count) if match[1].isdigit() else chinese(count)
    return one.text.replace(match[1], own, 1)


def _slip(one: _Number, says: str, should_be: str) -> Slip:
    return Slip(
        NUMBERING, Severity.ERROR, place_of(one.line.where), one.line.text[:60], (), says, should_be
    )
