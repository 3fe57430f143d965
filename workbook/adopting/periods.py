"""Of which time a form is, and which cells begin with what the time before ended with."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final

from workbook.adopting.model import Asked, AskedGrid, AskedTable, Block, Found
from workbook.viewing.words import bare_words

_MONTH: Final = re.compile(r"(?<!\d)月份$|^月$|所属月|会计期间$")
_QUARTER: Final = re.compile(r"(?<![一二三四1-4])季度$")
_ANY_TIME: Final = re.compile(r"[报统所][告计表属]期$")  # what is typed there says which
_OF_A_MONTH: Final = re.compile(
    r"(?:\d{4}\s*[年\-./]\s*)?\d{1,2}\s*(?:月.{0,2})?"
    r"|(?:[〇○零一二三四五六七八九]{4}\s*年\s*)?(?:十[一二]?|[一二三四五六七八九])\s*月.{0,2}"
)
_OF_A_QUARTER: Final = re.compile(r"(?:\d{4}\s*年?\s*)?第?[一二三四1-4]\s*季度")
_NUMBERS: Final = {"month": {*map(str, range(1, 13))}, "quarter": {*"1234"}}
# A year's opening balance is none of a month's: by the period's sign.
_SIGNS: Final = {"year": "年", "quarter": "季", "month": "月"}
_OPENING: Final = "(?:上[期{0}]末?|期初|{0}初)(.*)"
_CLOSING: Final = "(?:期末|{0}末|本[期{0}]末)(.*)"
_BEFORE: Final = {
    "year": "(?:上一?年|去年)度?(?:同期)?", "quarter": "上一?季度?", "month": "上个?月",
}  # fmt: skip
_NOW: Final = {"year": "(?:本年|今年)度?", "quarter": "本季度?", "month": "本月"}
_OF_YEAR: Final = re.compile(r"((?:19|20)\d\d)年度?(.*)")
_BALANCE: Final = re.compile(r".*(?:结余|余额|结转|库存)")


def settle_periods(found: Found) -> None:
    """Say of what time the form is, and mark the cell that tells it and those of openings."""
    tells = [*_tells(found)]
    found.period, key = next(iter(tells), ("year", ""))
    others = {other for _, other in tells} - {key}
    for name, blocks in found.sheets.items():
        settled = [_settled(block, key, _SIGNS[found.period]) for block in blocks]
        settled = [_of_its_time(block, others) for block in settled]
        found.sheets[name] = [_with_last(block, found) for block in settled]


def _tells(found: Found) -> Iterator[tuple[str, str]]:
    blocks = (block for blocks in found.sheets.values() for block in blocks)
    for one in (one for block in blocks if isinstance(block, tuple) for one in block):
        if one.compute or one.formula or one.type not in ("text", "integer", "choice"):
            continue
        value = "" if one.value is None else str(one.value)
        for period, words, shape in (
            ("month", _MONTH, _OF_A_MONTH),
            ("quarter", _QUARTER, _OF_A_QUARTER),
        ):
            is_so = shape.fullmatch(value) is not None
            is_told = not value or is_so or value in _NUMBERS[period]
            is_of_it = words.search(one.words) and is_told
            if is_of_it or (is_so and _ANY_TIME.search(one.words)):
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


def _of_its_time(block: Block, keys: Collection[str]) -> Block:
    """Other cells that say the month or the quarter: nothing counts them on, so they are asked."""
    if not isinstance(block, tuple):
        return block
    return tuple(replace(one, is_carried=one.is_carried and one.key not in keys) for one in block)


def _events(table: AskedTable) -> AskedTable:
    """Rows with a date are of their time: the next workbook takes over nothing of them."""
    if not any(column.type == "date" for column in table.columns):
        return table
    columns = (replace(one, is_carried=one.type != "text") for one in table.columns)
    return replace(table, columns=tuple(columns))


def _closing_of(grid: AskedGrid, label: str, head: str, sign: str) -> str:
    column = {bare_words(one): cell for (one, other), cell in grid.cells.items() if other == head}
    return _closing(grid.cells[label, head], bare_words(label), column, sign)


def _with_last(block: Block, found: Found) -> Block:
    """The block whose cells of the time before say whence they are taken: 上年数 from 本年数."""
    if isinstance(block, AskedTable):
        return block
    if not isinstance(block, AskedGrid):
        return tuple(_taking(one, *_beside(one, block), found) for one in block)
    cells = dict(block.cells)
    for (label, head), one in block.cells.items():
        row = {bare_words(h): o for (other, h), o in block.cells.items() if other == label}
        column = {bare_words(o): c for (o, other), c in block.cells.items() if other == head}
        made = _taking(one, bare_words(head), row, found)
        cells[label, head] = _taking(made, bare_words(label), column, found)
    return replace(block, cells=cells)


def _beside(cell: Asked, block: tuple[Asked, ...]) -> tuple[str, dict[str, Asked]]:
    """The words of a cell, and the cells beside it by theirs: of one of a grid those of its row."""
    if len(cell.known_by) < 2:
        return cell.words, {one.words: one for one in block}
    row = {one.known_by[1]: one for one in block if one.known_by[:1] == cell.known_by[:1]}
    return cell.known_by[1], row


def _taking(cell: Asked, words: str, others: Mapping[str, Asked], found: Found) -> Asked:
    """The cell, which takes over what last year's workbook has under the same words of this year.

    Where that has more decimals than the cell, it does not, and `found.open` says so.
    """
    if cell.prior or cell.formula or cell.type not in ("number", "integer"):
        return cell
    sources = [one for name, one in others.items() if _is_next(words, name, found.period)]
    if len(sources) != 1 or not is_filled(sources[0]):
        return cell
    source = sources[0]
    if source.type not in ("number", "integer") or source.unit != cell.unit:
        return cell
    if not _has_room(cell, source):
        found.open.append(
            f"{cell.spot.place}:「{cell.key}」下一期该接「{source.key}」,小数位比它少,没有写 prior"
        )
        return cell
    return replace(cell, prior=source.key)


def _is_next(words: str, others: str, period: str) -> bool:
    """Whether two labels say the same of one time and the next: 上年数, 本年数; 2022年, 2023年."""
    before = re.fullmatch(f"{_BEFORE[period]}(.*)", words)
    now = re.fullmatch(f"{_NOW[period]}(.*)", others)
    if before and now:
        return before[1] == now[1]
    one, two = _OF_YEAR.fullmatch(words), _OF_YEAR.fullmatch(others)
    if period != "year" or one is None or two is None:
        return False
    return int(one[1]) + 1 == int(two[1]) and one[2] == two[2]


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
    if one.type == "integer":
        return source.type == "integer"
    if source.type == "integer":
        return True
    return one.decimals is None or (source.decimals is not None and source.decimals <= one.decimals)
