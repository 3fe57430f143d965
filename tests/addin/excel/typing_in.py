"""What the clerk's keyboard does."""

from typing import TYPE_CHECKING

from excel.ranges import is_locked
from excel.sheets import Sheets
from excel.values import write
from excel.workbooks import Workbook

if TYPE_CHECKING:
    from excel.program import Program


def type_into(program: "Program", book: str, address: str, text: str) -> None:
    """Type into the sheet in front and into all sheets that are selected with it.

    Excel itself tells the clerk when a cell is locked; the sheet then stays as it is.
    """
    (state,) = [one for one in program.books if one.name == book]
    for sheet in Sheets(Workbook(program, state))._list():
        if sheet._name not in state.selected:
            continue
        areas = sheet._areas_of(address)
        if sheet._protection.contents and any(map(is_locked, areas)):
            continue
        for area in areas:
            write(area, [[text] * area.shape[1]] * area.shape[0])
        sheet._grow_tables(areas)
