"""In what unit the amounts of a sheet are: as it says itself, or as the workbook's others say."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from workbook.adopting.types import is_money
from workbook.viewing.block_model import Pairs, RawBlock, first_row, is_figure, last_row
from workbook.viewing.boxes import Box
from workbook.viewing.row_names import row_name
from workbook.viewing.views import SheetView
from workbook.viewing.words import (
    bare_words,
    is_note,
    is_total,
    is_unit,
    labels_inside,
    unit_in,
    unit_said,
)

_ANNEX: Final = re.compile(r"附[表件录]?\s*[\d一二三四五六七八九十]*\s*[:：]?")
_AMOUNTS: Final = re.compile(r"金额|单价|价款|资金|经费|拨款|预算|决算|收入|支出|[成合]交?同?额$")


def unit_of(sheet: SheetView) -> str:
    """The unit that a sheet says all its amounts are in, "" for none."""
    said = unit_said(one.text for one in sheet.each() if one.text) or unit_in(title_of(sheet))
    return said or _unit_alone(sheet)


def unit_of_all(sheets: Iterable[SheetView]) -> str:
    """The unit of money that all sheets note which note any, "" for none or several.

    One in a title does not count: 上年结余（元） may be the label of the first cell.
    """
    said = {unit for one in sheets if not one.is_hidden and (unit := _noted_unit(one))}
    return said.pop() if len(said) == 1 and all(one.endswith("元") for one in said) else ""


def _noted_unit(sheet: SheetView) -> str:
    return unit_said(one.text for one in sheet.each() if one.text) or _unit_alone(sheet)


def is_of_money(blocks: Iterable[RawBlock]) -> bool:
    """Whether a sheet has amounts, some of them typed, and no figure that may be something else."""
    told = [one for block in blocks for one in _words_of_figures(block)]
    said = [bare_words(words) for words, _ in told]
    amounts = [_AMOUNTS.search(words) is not None for words in said]
    is_filled = any(not box.formula for _, box in told)  # of a blank one nobody knows yet
    return (
        is_filled
        and any(amounts)
        and all(one or not is_money(words) for one, words in zip(amounts, said, strict=True))
    )


def _words_of_figures(block: RawBlock) -> Iterator[tuple[str, Box]]:
    if isinstance(block, Pairs):
        yield from ((one.label, one.box) for one in block.pairs if is_figure(one.box))
        return
    for row in block.rows:
        for one in block.values[row]:
            if is_figure(one):
                label = "" if block.is_list else row_name(block, row, one)
                yield f"{label}{block.heads[one.column]}", one


def unit_above(sheet: SheetView, row: int) -> str:
    """The unit of the last note above a row: each table of a sheet may have one of its own."""
    said = [unit for box in sheet.each() if box.row < row and (unit := unit_said([box.text]))]
    return said[-1] if said else ""


def is_of_another(sheet: SheetView, block: RawBlock, blocks: Sequence[RawBlock]) -> bool:
    """Whether the first unit that a sheet notes stands between a block and one below it."""
    noted = next((box.row for box in sheet.each() if unit_said([box.text])), 0)
    below = [first_row(one) for one in blocks if one is not block]
    return last_row(block) < noted and any(row > noted for row in below)


def _unit_alone(sheet: SheetView) -> str:
    """The unit that ends a row of words above all figures: `2024年第二季度 … 万元`."""
    for row in range(1, sheet.last_row + 1):
        boxes = [box for box in sheet.row(row) if not box.is_blank]
        if any(not box.text for box in boxes):
            return ""
        if boxes and is_unit(boxes[-1].text) and not any(is_unit(box.text) for box in boxes[:-1]):
            return boxes[-1].text.strip()
    return ""


def title_of(sheet: SheetView) -> str:
    """The first words of a sheet that are no label and no note on units."""
    for box in sheet.each():
        is_number = _ANNEX.fullmatch(box.text) is not None
        is_other = is_note(bare_words(box.text)) or bool(labels_inside(box.text))
        is_title = not (is_number or is_other or is_total(box.text))
        if box.text and is_title:
            return box.text
    return sheet.name
