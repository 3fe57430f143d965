"""The numbers of headings."""

from decimal import Decimal

from workbook.figures.numerals import in_words
from workbook.form.sections import HEADINGS, PAGE, Level


def heading_number(level: Level, counts: list[int]) -> str:
    """The number of the next heading of a level: 一、 （一） 1. as GB/T 9704-2012, 7.3.3 has them.

    `counts` holds how many headings of each depth came before; this one is counted into it. A 段落
    and a 整页 have no number.
    """
    if level in ("段落", PAGE):
        return ""
    depth = HEADINGS.index(level) if level in HEADINGS else len(HEADINGS) - 1
    counts[depth:] = [counts[depth] + 1, *[0] * (len(counts) - 1 - depth)]
    words, count = in_words(Decimal(counts[depth])), counts[depth]
    return (f"{words}、", f"（{words}）", f"{count}.")[depth]
