"""Totals that miss a row beside what they add up, or count one twice."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from workbook.adopting.model import Suspect
from workbook.reading.spots import Spot
from workbook.viewing.boxes import Box
from workbook.viewing.formulas import cells_read, is_subtotal, single_cells, summed
from workbook.viewing.views import MOST_ROWS, SheetView
from workbook.viewing.words import begins_part, is_total, numbered_as
from workbook.xlsx.addresses import address_of

Range = tuple[Spot, Spot]


def suspects(sheets: Mapping[str, SheetView]) -> Iterator[Suspect]:
    """Every total of a column that leaves out a row beside its parts, or adds one twice."""
    for sheet in sheets.values():
        for box in sheet.each():
            spot = Spot(sheet.name, box.row, box.column)
            ranges = summed(box.formula, sheet.name) if box.formula else []
            for name, column in dict.fromkeys((first.sheet, first.column) for first, _ in ranges):
                own = [one for one in ranges if (one[0].sheet, one[0].column) == (name, column)]
                home = sheets.get(name)
                is_total_of = len(own) > 1 or any(first != last for first, last in own)
                if home is not None and is_total_of:
                    yield from _judged(box, spot, home, own)


def _judged(total: Box, spot: Spot, sheet: SheetView, ranges: list[Range]) -> Iterator[Suspect]:
    column = ranges[0][0].column
    rows = {row for first, last in ranges for row in range(first.row, last.row + 1)}
    parts = {row: _behind(sheet, row, column) for row in rows}
    is_own = (spot.sheet, spot.column) == (sheet.name, column)
    own = spot.row if is_own else None
    alone = _read_alone(total, spot, sheet, column)
    behind = (_behind(sheet, row, column) for row in alone)  # F4 of =F4+SUM(F11:F13)
    missed = set(_missed(sheet, rows.union(*parts.values()), column, own))
    missed -= alone.union(*behind)
    if missed and own is not None:
        missed -= _beside(sheet, own, column)
    area = ",".join(map(_written, ranges))
    if missed:
        cells = "、".join(address_of(row, column) for row in sorted(missed))
        spots = (Spot(sheet.name, row, column) for row in sorted(missed))
        yield Suspect(spot, total.formula, f"{area} 旁边的 {cells} 没有加进去", tuple(spots))
    passed = _passed_over(total, sheet, rows, column)
    twice = sorted(row for row in rows - passed if parts[row] & (rows - {row, own}))
    if twice:
        cells = "、".join(address_of(row, column) for row in twice)
        yield Suspect(spot, total.formula, f"{area} 里的 {cells} 本身是合计,重复计算了")


def _passed_over(total: Box, sheet: SheetView, rows: set[int], column: int) -> set[int]:
    """The rows that a SUBTOTAL leaves out, since a SUBTOTAL stands in them."""
    if not is_subtotal(total.formula):
        return set()
    boxes = {row: sheet.boxes.get((row, column)) for row in rows}
    return {row for row, box in boxes.items() if box and is_subtotal(box.formula)}


def _read_alone(total: Box, spot: Spot, sheet: SheetView, column: int) -> set[int]:
    """The rows of a column that a total's formula reads one by one, beside its ranges."""
    cells = single_cells(total.formula, spot.sheet)
    return {one.row for one in cells if (one.sheet, one.column) == (sheet.name, column)}


def _written(area: Range) -> str:
    first, last = (address_of(one.row, one.column) for one in area)
    return first if first == last else f"{first}:{last}"


def _behind(sheet: SheetView, row: int, column: int) -> set[int]:
    """The rows of a column that the cell in a row adds up, and those behind them."""
    found: set[int] = set()
    waiting = [row]
    while waiting:
        box = sheet.boxes.get((waiting.pop(), column))
        if box is None or not box.formula:
            continue
        read = {
            one.row
            for one in cells_read(box.formula, sheet.name)
            if (one.sheet, one.column) == (sheet.name, column)
        }
        waiting += sorted(read - found)
        found |= read
    return found


def _beside(sheet: SheetView, total: int, column: int) -> set[int]:
    """The rows of a column that a formula adds to this total: no part of it is among them."""
    boxes = (sheet.boxes.get((row, column)) for row in range(1, sheet.last_row + 1) if row != total)
    read = (_rows_read(one.formula, sheet.name, column) for one in boxes if one and one.formula)
    return set().union(*(rows for rows in read if total in rows))


@lru_cache(MOST_ROWS)  # each total of a column asks for all formulas of it
def _rows_read(formula: str, sheet: str, column: int) -> frozenset[int]:
    read = cells_read(formula, sheet)
    return frozenset(one.row for one in read if (one.sheet, one.column) == (sheet, column))


def _missed(sheet: SheetView, counted: set[int], column: int, total: int | None) -> Iterator[int]:
    """The rows beside those counted, and between them, that look like them."""
    like = min(counted)
    with_parts = any(_begins_part(sheet, row, column) for row in counted)

    def is_missed(row: int) -> bool:
        is_own = with_parts or not _begins_part(sheet, row, column)
        return row != total and is_own and _is_part(sheet, row, like, column)

    for start, step in ((min(counted), -1), (max(counted), 1)):
        row = start + step
        while is_missed(row):
            yield row
            row += step
    for row in range(min(counted) + 1, max(counted)):
        if row not in counted and is_missed(row):
            yield row


def _is_part(sheet: SheetView, row: int, like: int, column: int) -> bool:
    """Whether a row is one of those like the row `like`, which is added up."""
    box = sheet.boxes.get((row, column))
    if box is None or box.text or box.formula or (box.is_blank and not box.is_bordered):
        return False
    words = _labels(sheet, row, column)
    if _level(sheet, row, column) != _level(sheet, like, column):
        return False
    calculated = _calculated(sheet, row) - _calculated(sheet, like)
    return bool(words) and not calculated and not any(map(is_total, words))


def _level(sheet: SheetView, row: int, column: int) -> str:
    """How the rows of a level are numbered: 3. stands beside no (2)."""
    return next((level for one in _labels(sheet, row, column) if (level := numbered_as(one))), "")


def _labels(sheet: SheetView, row: int, column: int) -> list[str]:
    return [one.text for one in sheet.row(row) if one.text and one.right < column]


def _begins_part(sheet: SheetView, row: int, column: int) -> bool:
    return any(map(begins_part, _labels(sheet, row, column)))


def _calculated(sheet: SheetView, row: int) -> set[int]:
    """The columns of a row in which formulas stand."""
    return {box.column for box in sheet.row(row) if box.formula}
