"""Rows that repeat, between the totals of a list: a table with its columns."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from workbook.adopting.counted_in import counted_in
from workbook.adopting.model import Asked, AskedTable
from workbook.adopting.types import Takes, shows_percent, takes
from workbook.form.behind import is_to_fill
from workbook.reading.spots import Spot
from workbook.viewing.block_model import Body
from workbook.viewing.boxes import Box, Value
from workbook.viewing.formulas import is_quotient, shape
from workbook.viewing.totals import total_rows
from workbook.viewing.views import SheetView
from workbook.viewing.words import bare_words, by_year, key_of

_SIGNED: Final = re.compile(r"增减|变动|变化|差[额价]|盈|亏|超支|损益|净额")
_OPTIONAL: Final = ("备注", "说明", "注")


def runs(raw: Body) -> Iterator[list[int]]:
    """The rows that stand together, with no total between them."""
    totals = set(total_rows(raw))
    run: list[int] = []
    for row in (*raw.rows, None):
        if row is None or row in totals:
            if run:
                yield list(range(run[0], run[-1] + 1))
            run = []
        elif raw.values[row]:
            run.append(row)


def table_of(key: str, raw: Body, rows: Sequence[int], sheet: SheetView, unit: str) -> AskedTable:
    """The table of some rows, with what last year's book holds in them."""
    title = bare_words(raw.title) or sheet.name
    columns = _columns(raw, rows, sheet, unit)
    typed = _typed_rows(columns, rows, sheet)
    shares = _shares(columns, typed, sheet)
    shown = (
        {key: _as_shown(value, (row, key) in shares) for key, value in values.items()}
        for row, values in typed.items()
    )
    numbers = tuple(typed)
    return AskedTable(
        key, title, sheet.name, columns, rows[0], rows[-1], tuple(shown), numbers, shares
    )


def _shares(
    columns: Sequence[Asked], rows: Iterable[int], sheet: SheetView
) -> frozenset[tuple[int, str]]:
    """The cells that show a percentage in columns of which others show none."""
    return frozenset(
        (row, one.key)
        for one in columns
        if one.is_partly_percent
        for row in rows
        if (box := sheet.boxes.get((row, one.spot.column))) is not None and shows_percent(box)
    )


def _as_shown(value: Value, is_share: bool) -> Value:
    return Decimal(value) * 100 if is_share and isinstance(value, int | Decimal) else value


def _columns(raw: Body, rows: Sequence[int], sheet: SheetView, unit: str) -> tuple[Asked, ...]:
    taken: set[str] = set()
    found: list[Asked] = []
    names = by_year(raw.heads.values())
    for column, head in raw.heads.items():
        if column == raw.ordinal or (column - 1, head) in {
            (one.spot.column, one.words) for one in found
        }:
            continue
        boxes = [u for row in rows if (u := sheet.boxes.get((row, column))) is not None]
        boxes = [one for one in boxes if one.column == column]
        if not boxes:
            continue
        in_use = [row for row in rows if _row_in_use(sheet, raw, row)]
        what = takes(boxes, bare_words(head), counted_in(head, unit), is_column=True)
        spot = Spot(sheet.name, rows[0], column)
        sample = next((one for one in boxes if one.formula), boxes[0])
        asked = asked_at(key_of(names[head], taken), bare_words(head), what, spot, sample)
        asked = replace(asked, lowest=lowest_of(raw, column))
        if not _is_even(boxes, in_use):
            is_own = _is_calculated(boxes, in_use)
            is_open = any(one.formula and is_quotient(one.formula) for one in boxes)
            places = None if is_open else asked.decimals
            asked = replace(
                asked, formula="", is_uneven=True, is_own_formula=is_own, decimals=places
            )
        filled = {one.row for one in boxes if not one.is_blank}
        is_signed = asked.is_signed or any(map(is_negative, boxes))
        needed = filled >= set(in_use) if in_use else not found
        is_merged = any(one.bottom > one.row for one in boxes)
        found.append(
            replace(asked, is_required=needed, is_merged=is_merged, is_signed=is_signed, value=None)
        )
    return tuple(found)


def lowest_of(raw: Body, column: int) -> str:
    """The lowest of a column's heads, "" where it has one: 已支付 of 资金使用已支付."""
    lowest = bare_words(raw.lowest_head(column))
    return "" if lowest == bare_words(raw.heads[column]) else lowest


def _is_even(boxes: Sequence[Box], in_use: Sequence[int]) -> bool:
    """Whether a column's rows calculate alike, or none of them does."""
    shapes = {shape(one.formula, one.row, one.column) for one in boxes if one.formula}
    return not shapes or (len(shapes) == 1 and _is_calculated(boxes, in_use))


def _is_calculated(boxes: Sequence[Box], in_use: Sequence[int]) -> bool:
    """Whether there is a formula of some kind in each row in use."""
    return {one.row for one in boxes if one.formula} >= set(in_use)


def asked_at(key: str, words: str, what: Takes, spot: Spot, box: Box) -> Asked:
    """What a cell asks: what it takes, and what last year's book holds in it."""
    is_optional = words.startswith(_OPTIONAL) or words.endswith(_OPTIONAL)
    return Asked(
        key,
        words,
        what.type,
        spot,
        unit=what.unit,
        decimals=what.decimals,
        choices=box.choices,
        is_required=not is_optional,
        is_percent=what.is_percent,
        is_partly_percent=what.is_partly_percent,
        formula=box.formula,
        value=None if isinstance(box.shown, str) and is_to_fill(box.shown) else box.shown,
        is_signed=_SIGNED.search(words) is not None or is_negative(box),
    )


def is_negative(box: Box) -> bool:
    """Whether last year's book has a figure below 0 in a cell."""
    return isinstance(box.shown, int | Decimal) and box.shown < 0


def _row_in_use(sheet: SheetView, raw: Body, row: int) -> bool:
    columns = [column for column in raw.heads if column != raw.ordinal]
    boxes = (sheet.boxes.get((row, column)) for column in columns)
    return any(one is not None and not one.is_blank and not one.formula for one in boxes)


def _typed_rows(
    columns: Sequence[Asked], rows: Sequence[int], sheet: SheetView
) -> dict[int, Mapping[str, Value]]:
    """What last year's book holds in the rows in use, by number, with the results of formulas."""
    found: dict[int, Mapping[str, Value]] = {}
    for row in rows:
        boxes = {one.key: sheet.boxes.get((row, one.spot.column)) for one in columns}
        own = {key: one for key, one in boxes.items() if one is not None and one.row == row}
        shown = {key: value for key, one in own.items() if (value := one.shown) not in (None, "")}
        if any(not own[key].formula for key in shown):
            found[row] = shown
    return found
