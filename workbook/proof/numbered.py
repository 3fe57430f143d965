"""The numbers by which a paragraph counts its points: 一是…二是…."""

import re
from collections.abc import Iterator
from typing import Final

from workbook.proof.model import Severity, Slip, Statement
from workbook.stated.counted import number_of
from workbook.stated.folded import sentence

NUMBERING: Final = "numbering"
DIGITS: Final = "一二三四五六七八九十"
ORDINALS: Final = (
    (re.compile(rf"(?:(?<=[。;:,\s])|^)([{DIGITS}]{{1,3}})是(?!个|否|不|年|级)"), "一是"),
    (re.compile(rf"(?:(?<=[。;:\s])|^)第([{DIGITS}]{{1,3}})[,、](?!季|期|名)"), "第一,"),
    (re.compile(r"(?:(?<=[。;:\s])|^)\((\d{1,2})\)"), "(1)"),
    (re.compile(rf"(?:(?<=[。;:\s])|^)\(([{DIGITS}]{{1,3}})\)"), "(一)"),
    (re.compile(r"(?:(?<=[。;:\s])|^)(\d{1,2})[.、](?![\d])"), "1."),
    (re.compile(r"([①②③④⑤⑥⑦⑧⑨⑩])"), "①"),
)  # fmt: skip


def numbering_within(statement: Statement) -> Iterator[Slip | None]:
    """一是…二是…四是: points of a paragraph that skip a number or repeat one."""
    text = statement.folded.text
    for pattern, _ in ORDINALS:
        found = [(match, ordinal_of(match[1])) for match in pattern.finditer(text)]
        found = [(match, number) for match, number in found if number]
        before = 0
        if len(found) < 2 or found[0][1] != 1:
            continue
        for match, number in found:
            if number == before + 1:
                yield None
            elif number != 1:
                yield _misnumbered(statement, match, before)
            before = number


def ordinal_of(words: str) -> int:
    """The number that an ordinal says, 0 where it says none."""
    if words in "①②③④⑤⑥⑦⑧⑨⑩":
        return ord(words) - ord("①") + 1
    return number_of(words) or 0


def _misnumbered(statement: Statement, match: re.Match[str], before: int) -> Slip:
    due = before + 1
    sign = match[0].replace(match[1], _written(due, match[1]))
    return Slip(
        NUMBERING, Severity.ERROR, statement.place, sentence_at(statement, *match.span()), (),
        statement.words(match.start(), match.end() + 6), sign,
    )  # fmt: skip


def _written(number: int, like: str) -> str:
    if like.isascii():
        return str(number)
    if like in "①②③④⑤⑥⑦⑧⑨⑩":
        return chr(ord("①") + number - 1)
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens - 1]}十"
    return head + (DIGITS[ones - 1] if ones else "")


def sentence_at(statement: Statement, start: int, end: int) -> str:
    """The sentence of a statement around two folded letters, as it is written."""
    origin = statement.folded.origin
    return sentence(statement.text, origin[start], origin[min(end, len(origin)) - 1] + 1)
