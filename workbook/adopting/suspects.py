"""Totals that miss a row beside what they add up, or count one twice."""

from collections.abc import Iterator, Mapping

from workbook.adopting.formulas import summed
from workbook.adopting.model import Suspect, Unit
from workbook.adopting.views import SheetView
from workbook.adopting.words import begins_part, is_total
from workbook.reading.spots import Spot
from workbook.xlsx.addresses import address_of


def suspects(sheets: Mapping[str, SheetView]) -> Iterator[Suspect]:
    """Every total of a column whose range does not end where its rows do."""
    for sheet in sheets.values():
        for unit in sheet.each():
            for first, last in summed(unit.formula, sheet.name) if unit.formula else ():
                home = sheets.get(first.sheet)
                if home is not None:
                    spot = Spot(sheet.name, unit.row, unit.column)
                    yield from _judged(unit, spot, home, first, last)


def _judged(
    total: Unit, spot: Spot, sheet: SheetView, first: Spot, last: Spot
) -> Iterator[Suspect]:
    area = f"{address_of(*first[1:])}:{address_of(*last[1:])}"
    is_below = spot.sheet == sheet.name and spot.column == first.column and spot.row > last.row
    is_above = spot.sheet == sheet.name and spot.column == first.column and spot.row < first.row
    missed = list(_missed(sheet, first, last, spot if is_below or is_above else None))
    if missed:
        cells = "、".join(address_of(row, first.column) for row in missed)
        yield Suspect(spot, total.formula, f"{area} 旁边的 {cells} 没有加进去")
    inside = [
        row
        for row in range(first.row, last.row + 1)
        if (unit := sheet.units.get((row, first.column))) is not None
        and any(
            one.sheet == sheet.name and first.row <= one.row and end.row <= last.row
            for one, end in summed(unit.formula, sheet.name)
            if one.column == first.column
        )
        and row != total.row
    ]
    if inside:
        cells = "、".join(address_of(row, first.column) for row in inside)
        yield Suspect(spot, total.formula, f"{area} 里的 {cells} 本身是合计,重复计算了")


def _missed(sheet: SheetView, first: Spot, last: Spot, total: Spot | None) -> Iterator[int]:
    """The rows next to a range that look like its own: figures in line, with words beside them."""
    for start, step in ((first.row - 1, -1), (last.row + 1, 1)):
        row = start
        while _is_part(sheet, row, first.row, first.column, total):
            yield row
            row += step


def _is_part(sheet: SheetView, row: int, like: int, column: int, total: Spot | None) -> bool:
    """Whether a row is one of those like the row `like`, which is added up."""
    if total is not None and row == total.row:
        return False
    unit = sheet.units.get((row, column))
    if unit is None or unit.text or unit.formula or (unit.is_blank and not unit.is_bordered):
        return False
    words = [one.text for one in sheet.row(row) if one.text and one.right < column]
    calculated = _calculated(sheet, row) - _calculated(sheet, like)
    is_own = not calculated and not any(map(begins_part, words))
    return bool(words) and is_own and not any(map(is_total, words))


def _calculated(sheet: SheetView, row: int) -> set[int]:
    """The columns of a row in which formulas stand."""
    return {unit.column for unit in sheet.row(row) if unit.formula}
