"""What people do to a workbook in a program that knows names: LibreOffice, edit by edit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from addin.calc.program.bridge import UnoError, properties, url
from addin.calc.program.office import Office

EACH: Final = 15  # edits of one loaded workbook
XLSX: Final = "Calc MS Excel 2007 XML"
_FIRST_FIGURE: Final = 200_000
_WIDE, _HIGH = 7, 24  # the area in which a small form stands


@dataclass
class InCalc:
    """A workbook that is open in LibreOffice and is being bent, and what was done to it."""

    document: Any
    random: Random
    done: list[str] = field(default_factory=list)
    typed: int = _FIRST_FIGURE

    def sheet(self) -> Any:
        """One of the sheets that the clerk fills."""
        names = [one for one in self.document.Sheets.ElementNames if one[:2] in ("收支", "清单")]
        return self.document.Sheets.getByName(self.random.choice(names))

    def cell(self, sheet: Any) -> Any:
        """A cell of the area in which something stands."""
        column, row = self.random.randrange(1, _WIDE), self.random.randrange(_HIGH)
        return sheet.getCellByPosition(column, row)


def bent_in_calc(office: Office, source: Path, target: Path, seed: int) -> Iterator[list[str]]:
    """Bend a workbook edit by edit; after each it is saved at `target`, and what was done comes."""
    hidden = properties(Hidden=True)
    document = office.desktop.loadComponentFromURL(url(str(source)), "_blank", 0, hidden)
    try:
        bent = InCalc(document, Random(seed))
        for sheet in document.Sheets:
            sheet.unprotect("")
        for _ in range(EACH):
            edit = bent.random.choice(EDITS)
            try:
                bent.done.append(f"{edit.__name__} {edit(bent)}")
            except UnoError as error:  # such as a row put into a merged cell
                bent.done.append(f"{edit.__name__} refused: {type(error).__name__}")
            document.storeToURL(url(str(target)), properties(FilterName=XLSX))
            yield bent.done
    finally:
        document.setModified(False)
        document.close(True)


def insert_or_delete(bent: InCalc) -> str:
    """A row or column put in or taken out; names go along."""
    sheet = bent.sheet()
    is_row, is_insert = bent.random.random() < 0.7, bent.random.random() < 0.6
    at = bent.random.randrange(_HIGH if is_row else _WIDE)
    lines = sheet.Rows if is_row else sheet.Columns
    (lines.insertByIndex if is_insert else lines.removeByIndex)(at, 1)
    return f"{sheet.Name} row={is_row} at={at + 1} insert={is_insert}"


def cut(bent: InCalc) -> str:
    """A cell cut and put on another; its name goes along, and that of the other is lost."""
    sheet = bent.sheet()
    source, target = bent.cell(sheet), bent.cell(sheet)
    sheet.moveRange(target.getCellAddress(), source.getRangeAddress())
    return f"{source.AbsoluteName} to {target.AbsoluteName}"


def copy_cell(bent: InCalc) -> str:
    """A cell copied over another."""
    sheet = bent.sheet()
    source, target = bent.cell(sheet), bent.cell(sheet)
    sheet.copyRange(target.getCellAddress(), source.getRangeAddress())
    return f"{source.AbsoluteName} to {target.AbsoluteName}"


def swap_rows(bent: InCalc) -> str:
    """Two rows change places with their labels, as sorting does it; names stay."""
    sheet = bent.sheet()
    one, other = (
        sheet.getCellRangeByPosition(1, row, _WIDE, row)
        for row in bent.random.sample(range(4, _HIGH - 4), 2)
    )
    above, below = one.getFormulaArray(), other.getFormulaArray()
    one.setFormulaArray(below)
    other.setFormulaArray(above)
    return f"{one.AbsoluteName} {other.AbsoluteName}"


def merge(bent: InCalc) -> str:
    """Two cells side by side made one."""
    sheet = bent.sheet()
    column, row = bent.random.randrange(1, _WIDE), bent.random.randrange(3, _HIGH)
    cells = sheet.getCellRangeByPosition(column, row, column + 1, row)
    cells.merge(True)
    return str(cells.AbsoluteName)


def rename(bent: InCalc) -> str:
    """A sheet called otherwise."""
    sheet = bent.sheet()
    old = sheet.Name
    sheet.Name = f"{old[:2]}{bent.random.randint(1, 99)}"
    return f"{old} {sheet.Name}"


def copy_sheet(bent: InCalc) -> str:
    """A sheet copied; the copy keeps its own name, or takes the original's."""
    sheets, old = bent.document.Sheets, bent.sheet().Name
    made = f"副本{bent.random.randint(1, 9999)}"
    sheets.copyByName(old, made, sheets.Count)
    if bent.random.random() < 0.5:
        sheets.getByName(old).Name = f"旧{bent.random.randint(1, 9999)}"
        sheets.getByName(made).Name = old
    return f"{old} {made}"


def retype(bent: InCalc) -> str:
    """A figure typed into a cell."""
    bent.typed += 1
    cell = bent.cell(bent.sheet())
    if cell.getString() and not cell.getValue():
        return "nothing"  # a label that is typed over is another's label then
    cell.setValue(bent.typed)
    return f"{cell.AbsoluteName} {bent.typed}"


EDITS: Final[tuple[Callable[[InCalc], str], ...]] = (
    *(insert_or_delete, insert_or_delete, insert_or_delete, cut, copy_cell, swap_rows),
    *(merge, rename, copy_sheet, retype, retype),
)
