"""The number at the head of a paragraph: its level, how far it counts, how it is written."""

import re
from dataclasses import dataclass
from typing import Final

from docgen.stated.lists import chinese

FIRST, SECOND, THIRD, FOURTH = 1, 2, 3, 4
_COUNTS: Final = {chinese(count): count for count in range(1, 100)}
_CHINESE: Final = "[一二三四五六七八九十]{1,3}"
_DIGITS: Final = "[0-9０-９]{1,2}"
ARTICLE: Final = r"第\s*[一二三四五六七八九十百零〇0-9]{1,5}\s*[编章节条款](?![件约目])"
# What stands for a number of each level, well written or not; a dot before a digit is a decimal's.
_FORMS: Final = (
    (FIRST, re.compile(rf"({_CHINESE})(?:[、.．,，]|\s+(?=\S))(?!{_CHINESE}、)")),
    (SECOND, re.compile(rf"[（(]\s*({_CHINESE})\s*[）)][、.．,，]?")),
    (THIRD, re.compile(rf"({_DIGITS})(?:[、．](?!{_DIGITS}(?![0-9０-９]))|\.(?=\D|\d{{4}}年))")),
    (FOURTH, re.compile(rf"[（(]\s*({_DIGITS})\s*[）)][、.．,，]?")),
    (FOURTH, re.compile(rf"({_DIGITS})[）)]")),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A paragraph's number: `Number(2, 3, "(三)", 4)` is level 2, the third, as long as 4 signs."""

    level: int
    count: int
    text: str

    @property
    def is_well_written(self) -> bool:
        """Whether it is written as the norm has it; both dots after a digit are in use."""
        return self.text.replace("．", ".") == written(self.level, self.count)


def written(level: int, count: int) -> str:
    """The number as the norm has it: 三、 （三） 3. （3）."""
    sign = chinese(count) if level in (FIRST, SECOND) else str(count)
    return {FIRST: f"{sign}、", THIRD: f"{sign}."}.get(level, f"（{sign}）")


def number_of(words: str) -> Number | None:
    """The number at the head of a paragraph's words; None where there is none."""
    for level, form in _FORMS:
        if (found := form.match(words)) and (count := _count(found[1])):
            return Number(level, count, found[0].strip())
    return None


def _count(text: str) -> int:
    return _COUNTS.get(text) or (int(text) if text.isdigit() else 0)
