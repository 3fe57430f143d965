"""What the cells of a block hold: values and formulas, read and written as xlwings has them."""

from typing import Any, Final

from addin.calc.notation.formulas import is_formula
from addin.calc.places.model import Block
from addin.calc.places.steps import within_used
from addin.calc.program.bridge import enum
from addin.calc.values import reading, writing
from addin.calc.values.at_hand import AtHand, at_hand
from addin.calc.values.spots import Spot

_FEW: Final = 2  # cells
_WIDE: Final = 200_000  # cells; above that only the used part of a range is fetched


def value_of(block: Block, *, with_errors: bool = False, held: AtHand | None = None) -> Any:
    """The value of a single cell, or the rows of values; None for blanks and errors.

    A block of two cells that hold 7 and nothing gives `[[7.0, None]]`, the first alone `7.0`.
    With `with_errors` an error is its text; `held` is what is at hand of the cells.
    """
    if not len(block):
        return None
    formats = block.sheet.book.formats
    held = held or _brought(block)
    if held is not None:
        first = Spot(block.row - 1, block.column - 1)
        rows = reading.read_at_hand(first, held, formats, with_errors=with_errors)
    elif len(block) > _WIDE:
        rows = _read_wide(block, with_errors)
    else:
        rows = reading.read(block.cells, formats, with_errors=with_errors)
    return rows[0][0] if len(block) == 1 else rows


def _brought(block: Block) -> AtHand | None:
    """What Calc brings of a block in one call; None where it takes no fewer calls to read it."""
    job = block.sheet.book.office.job if _FEW < len(block) <= _WIDE else None
    if job is None:
        return None
    left, top = block.column - 1, block.row - 1
    rows, columns = block.shape
    area = (left, top, left + columns - 1, top + rows - 1)
    return at_hand(job.block(block.sheet.book.document, block.sheet.name, area))


def _read_wide(block: Block, with_errors: bool) -> reading.Rows:
    part = within_used(block)
    rows: reading.Rows = []
    if len(part):
        rows = reading.read(part.cells, block.sheet.book.formats, with_errors=with_errors)
    missing = block.shape[1] - (part.shape[1] if rows else 0)
    filled = [row + [None] * missing for row in rows]
    return filled + [[None] * block.shape[1] for _ in range(block.shape[0] - len(rows))]


def write_into(block: Block, data: Any) -> None:
    """Write rows, one row, or one value into every cell."""
    if not len(block):
        return
    if not isinstance(data, list | tuple):
        if is_formula(data) and len(block) > 1:
            _fill_formula(block, data)
            return
        data = [[data] * block.shape[1]] * block.shape[0]
    elif not data or not isinstance(data[0], list | tuple):
        data = [data] * block.shape[0]
    target = block
    if (len(data), len(data[0])) != block.shape:  # as Excel does, by the size of what is written
        target = block.sheet.block(block.row, block.column, len(data), len(data[0]))
    writing.write(target.cells, data, block.sheet.book.formats)


def _fill_formula(block: Block, formula: str) -> None:
    """One formula in every cell, its relative references moved along."""
    writing.write(block(1, 1).cells, [[formula]], block.sheet.book.formats)
    rows, columns = block.shape
    direction = "com.sun.star.sheet.FillDirection"
    if rows > 1:
        first = block.sheet.block(block.row, block.column, rows, 1)
        first.cells.fillAuto(enum(direction, "TO_BOTTOM"), 1)
    if columns > 1:
        block.cells.fillAuto(enum(direction, "TO_RIGHT"), 1)


def formulas_of(block: Block) -> list[list[str]]:
    """The rows of formulas; of a very large block those of its used part."""
    part = within_used(block) if len(block) > _WIDE else block
    return reading.read_formulas(part.cells, block.sheet.book.formats) if len(part) else [[""]]


def formula_of(block: Block) -> Any:
    """A single cell's formula, or the rows of formulas, in Excel's notation."""
    if not len(block):
        return None
    rows = formulas_of(block)
    return rows[0][0] if len(block) == 1 else tuple(tuple(row) for row in rows)


def array_formula_of(block: Block) -> str | None:
    """The array formula that fills the block; the first cell's formula where there is none."""
    if not len(block):
        return None
    found = str(block.cells.getArrayFormula())
    if not found:
        return str(formula_of(block(1, 1)))
    return block.sheet.book.formats.to_excel(found)


def write_array_formula(block: Block, formula: str) -> None:
    """Fill the block with one array formula."""
    if len(block):
        block.cells.setArrayFormula(block.sheet.book.formats.to_calc(formula))


def cells_that_are(block: Block, *, truths: bool) -> list[Block]:
    """The cells that hold truths, or those that hold anything else."""
    rows = reading.read(block.cells, block.sheet.book.formats)
    return [
        block(row, column)
        for row, line in enumerate(rows, 1)
        for column, value in enumerate(line, 1)
        if isinstance(value, bool) is truths
    ]
