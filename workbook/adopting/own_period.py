"""The time that a form says of itself above its cells: 2024年第三季度, in a cell or a title."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from workbook.adopting.model import Asked
from workbook.reading.spots import Spot
from workbook.viewing.block_model import Body, Pairs, RawBlock, first_row
from workbook.viewing.boxes import Box
from workbook.viewing.typed_beside import is_signed
from workbook.viewing.views import SheetView
from workbook.viewing.words import bare_words, key_of

_YEAR: Final = r"(?:(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})\s*年"
_SAID: Final = {  # by the words of the field
    "季度": re.compile(rf"{_YEAR}\s*第?[一二三四1-4]\s*季度"),
    "月份": re.compile(
        rf"{_YEAR}\s*(?:\d{{1,2}}|十[一二]?|[一二三四五六七八九])\s*月份?(?!\s*\d|[-—–~～至到])"
    ),
}
_OF_YEAR: Final = re.compile(rf"{_YEAR}度?")
_LEFT: Final = "「{}」照原样留在空表里,没有收进来;下一{}请在 form.xlsx 里改,或另设一格填写({})"
_LABEL: Final = re.compile(r"[:：]$|(?:日期|时间)$")
_ANOTHER: Final = re.compile(r"\d")


def own_period(
    sheet: SheetView,
    blocks: Sequence[RawBlock],
    names: Mapping[Spot, str],
    taken: set[str],
    told: list[str],
) -> list[tuple[Asked, ...]]:
    """A field for each cell above all others that holds nothing but a quarter or a month.

    Only the first is asked. A time within other words, or a year, stays as it is: `told` gets
    where, and what to do. `names` are keys that are known by their cells.
    """
    made = []
    for box in _above(sheet, blocks):
        spot, text = Spot(sheet.name, box.row, box.column), bare_words(box.text)
        words = next((one for one, said in _SAID.items() if said.fullmatch(text)), "")
        is_told = spot not in names and words.casefold() in taken  # by another cell
        if words and not is_told and not _is_of_a_label(box, sheet):
            key = names.get(spot) or key_of(words, taken, sheet.name)
            made.append(Asked(key, words, "text", spot, value=box.text))
        elif left := _left(box.text):
            told.append(f"{spot.place}:{left}")
    return [(one,) for one in made]


def _is_of_a_label(box: Box, sheet: SheetView) -> bool:
    """Whether a label right before it says what a month is of: 填表日期：2024年9月."""
    before = next((one for one in sheet.row(box.row) if one.right == box.column - 1), None)
    return before is not None and _LABEL.search(before.text) is not None


def _left(text: str) -> str:
    for words, said in _SAID.items():
        if match := said.search(text):
            return _LEFT.format(match[0], "期", f"{words},period = true")
    match = _OF_YEAR.search(text)
    if match is None or _ANOTHER.search(text[match.end() :]):  # 2023年至2024年, 2024年1-6月
        return ""
    return _LEFT.format(match[0], "年", '年度,type = "year"')


def _above(sheet: SheetView, blocks: Sequence[RawBlock]) -> Collection[Box]:
    """The words above all heads of a sheet, and above or beside its first labels.

    What a cell holds behind a label of its own is asked by that.
    """
    bodies = [one for one in blocks if isinstance(one, Body)]
    pairs = [pair for one in blocks if isinstance(one, Pairs) for pair in one.pairs]
    heads = [box.row for body in bodies for row in body.head_rows for box in row]
    firsts = [first_row(one) + isinstance(one, Pairs) for one in blocks if first_row(one)]
    end = min([*heads, *firsts], default=0)
    labels = {pair.label for pair in pairs}
    asked = {(pair.box.row, pair.box.column) for pair in pairs}
    return [
        box
        for box in sheet.each()
        if box.row < end and box.text and not is_signed(box, sheet.row(box.row))
        if box.text not in labels and (box.row, box.column) not in asked
    ]
