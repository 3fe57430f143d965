"""Texts as they are compared: no blanks, one width, and each letter knows where it stood."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

PUNCTUATION: Final = ",;:。.、!?"
BRACKETS: Final = '()"'
CELL: Final = "\x1f"  # between the cells of a table's row, where no text can hold it
_FOLD: Final = {chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)} | dict(
    zip("｡〔〕【】“”„「」—–－−‐‑·•", '。()()"""""------··', strict=True)
)
_UNSEEN: Final = frozenset("\u200b\u200c\u200d\ufeff\u00ad\u2060")
_NUMERAL: Final = "一二三四五六七八九十百零〇"
NUMBERING: Final = (
    rf"第(?:[{_NUMERAL}]+|\d{{1,3}})(?:部分|[章节条项])[、,.:]?"
    rf"|\((?:[{_NUMERAL}]+|\d{{1,3}})\)[、,.]?"
    rf"|[{_NUMERAL}]+[、,.:]"
    r"|\d{1,3}[、,)]"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}[、.]?(?=[^\d.%、万元亿千])"
    r"|\d{1,3}\.(?!\d)"
    r"|\d{1,3}\.(?=(?:19|20)\d\d年)"
    r"|[①-⑳⑴-⒇㈠-㈩]"
)
_NUMBER: Final = re.compile(NUMBERING)
_LEVELS: Final = (
    re.compile(rf"第.+(?:部分|[章节])|[{_NUMERAL}]+[、,.:]"),
    re.compile(rf"\([{_NUMERAL}]+\)|[㈠-㈩]"),
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without blanks and in one width; `origin` is where each letter stood in `source`."""

    text: str
    origin: tuple[int, ...]
    source: str

    def original(self, start: int, end: int) -> str:
        """The words of the source behind the letters from `start` to before `end`."""
        if start >= end:
            return ""
        return self.source[self.origin[start] : self.origin[end - 1] + 1]


@lru_cache(maxsize=4096)  # the cells of a table are asked for by each rule
def fold(text: str) -> Folded:
    """`text` as it is compared: 全角 as 半角, quotes and dashes of one kind, without blanks."""
    kept = [
        (_FOLD.get(letter, letter), place)
        for place, letter in enumerate(text)
        if letter == CELL or not (letter.isspace() or letter in _UNSEEN)
    ]
    return Folded("".join(letter for letter, _ in kept), tuple(place for _, place in kept), text)


def numbering(text: str) -> str:
    """The number that a folded text begins with, `一、` or `(2)`, empty where there is none."""
    match = _NUMBER.match(text)
    return match[0] if match else ""


def level_of(number: str) -> int | None:
    """The outline level of a number: 1 of `一、`, 2 of `（一）`, None of all others."""
    for level, form in enumerate(_LEVELS, 1):
        if form.match(number):
            return level
    return None


def letters(text: str) -> str:
    """Only the letters and digits of a text, by which two headings are compared."""
    return "".join(letter for letter in fold(text).text if letter.isalnum())


def sentence(text: str, start: int, end: int, most: int = 240) -> str:
    """The sentence of `text` around the letters from `start` to before `end`, cut to `most`."""
    marks = "。;；\n!！?？" + CELL
    first = max((text.rfind(mark, 0, start) for mark in marks), default=-1) + 1
    lasts = [place for mark in marks if (place := text.find(mark, max(end - 1, start))) >= 0]
    words = text[first : min(lasts) + 1 if lasts else len(text)].strip(f"{CELL} \u3000\t\n")
    return words if len(words) <= most else words[: most - 1] + "…"
