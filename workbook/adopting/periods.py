"""Of which time a form is, and which cells begin with what the time before ended with."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from workbook.adopting.model import Asked, AskedGrid, AskedTable, Block, Found
from workbook.adopting.words import bare_words

_MONTH: Final = re.compile(r"月份$|^月$|所属月|会计期间$")
_QUARTER: Final = re.compile(r"季度$")
_OF_A_MONTH: Final = re.compile(r"(?:\d{4}\s*[年\-./]\s*)?\d{1,2}\s*(?:月.{0,2})?")
_OF_A_QUARTER: Final = re.compile(r"(?:\d{4}\s*年?\s*)?第?[一二三四1-4]\s*季度")
# A year's opening balance is none of a month's: by the period's sign.
_SIGNS: Final = {"year": "年", "quarter": "季", "month": "月"}
_OPENING: Final = "(?:上[期{0}]末?|期初|{0}初)(.*)"
_CLOSING: Final = "(?:期末|{0}末|本[期{0}]末)(.*)"
_BALANCE: Final = re.compile(r".*(?:结余|余额|结转|库存)")


def settle_periods(found: Found) -> None:
    """Say of what time the form is, and mark the cell that tells it and those of openings."""
    found.period, key = next(_tells(found), ("year", ""))
    for name, blocks in found.sheets.items():
        found.sheets[name] = [_settled(block, key, _SIGNS[found.period]) for block in blocks]


def _tells(found: Found) -> Iterator[tuple[str, str]]:
    for one in found.asked():
        if one.compute or one.formula or one.type not in ("text", "integer", "choice"):
            continue
        value = "" if one.value is None else str(one.value)
        for period, words, shape in (
            ("month", _MONTH, _OF_A_MONTH),
            ("quarter", _QUARTER, _OF_A_QUARTER),
        ):
            is_told = not value or shape.fullmatch(value) or value.isdigit()
            if words.search(one.words) and is_told:
                yield period, one.key


def _settled(block: Block, period: str, sign: str) -> Block:
    if isinstance(block, AskedTable):
        return _events(block)
    if isinstance(block, AskedGrid):
        cells = {
            (label, head): replace(one, prior=_closing_of(block, label, head, sign))
            for (label, head), one in block.cells.items()
        }
        return replace(block, cells=cells)
    by_words = {one.words: one for one in block}
    made = (replace(one, is_period=one.key == period) for one in block)
    return tuple(replace(one, prior=_closing(one, one.words, by_words, sign)) for one in made)


def _events(table: AskedTable) -> AskedTable:
    """Rows with a date are of their time: the next workbook takes over nothing of them."""
    if not any(column.type == "date" for column in table.columns):
        return table
    columns = (replace(one, is_carried=one.type != "text") for one in table.columns)
    return replace(table, columns=tuple(columns))


def _closing_of(grid: AskedGrid, label: str, head: str, sign: str) -> str:
    column = {bare_words(one): cell for (one, other), cell in grid.cells.items() if other == head}
    return _closing(grid.cells[label, head], bare_words(label), column, sign)


def _closing(cell: Asked, words: str, others: Mapping[str, Asked], sign: str) -> str:
    """The key of the closing balance that a cell opens with, "" where it is none or unclear."""
    opening = re.fullmatch(_OPENING.format(sign), words)
    if opening is None or cell.formula or not _BALANCE.fullmatch(words) or cell.type != "number":
        return ""
    closings = ((re.fullmatch(_CLOSING.format(sign), name), one) for name, one in others.items())
    found = [one for match, one in closings if match and match[1] == opening[1] and is_filled(one)]
    if len(found) != 1 or found[0].unit != cell.unit or not _has_room(cell, found[0]):
        return ""
    return found[0].key


def is_filled(one: Asked) -> bool:
    """Whether last year's book holds something there."""
    return bool(one.formula) or one.value not in (None, "")


def _has_room(one: Asked, source: Asked) -> bool:
    return one.decimals is None or (source.decimals is not None and source.decimals <= one.decimals)
