"""What empties, moves and sorts the cells of a block."""

from collections.abc import Sequence
from typing import Any, Final

from addin.calc.notation import addresses
from addin.calc.places.model import Block
from addin.calc.program.bridge import call, enum, properties, struct, typed

_CONTENTS: Final = 1 | 2 | 4 | 16  # numbers, dates, texts, formulas
_NOTES: Final = 8
_FORMATS: Final = 32 | 64 | 256 | 512


def clear_contents(block: Block) -> None:
    """Empty the cells; their looks stay."""
    if len(block):
        block.cells.clearContents(_CONTENTS)


def clear_formats(block: Block) -> None:
    """Take away the looks; the values stay."""
    block.cells.clearContents(_FORMATS)


def clear(block: Block) -> None:
    """Take away values, looks, notes and merges."""
    if len(block):
        block.cells.merge(False)
        block.cells.clearContents(_CONTENTS | _NOTES | _FORMATS)


def insert(block: Block, shift: str | None = None) -> None:
    """Make room: what stood here moves down or to the right."""
    if shift is None:
        shift = "right" if block.shape[0] > block.shape[1] else "down"
    mode = enum("com.sun.star.sheet.CellInsertMode", _mode(block, shift))
    block.sheet.api.insertCells(block.range_address, mode)
    block.sheet.book.moved()


def delete(block: Block, shift: str | None = None) -> None:
    """Take the cells out: what stood below moves up, or what stood right moves left."""
    if shift is None:
        shift = "left" if block.shape[0] >= block.shape[1] else "up"
    mode = enum("com.sun.star.sheet.CellDeleteMode", _mode(block, shift))
    block.sheet.api.removeRange(block.range_address, mode)
    block.sheet.book.moved()


def _mode(block: Block, shift: str) -> str:
    """Calc moves whole rows and whole columns in a mode of their own."""
    if block.shape[1] == addresses.MAX_COLUMNS:
        return "ROWS"
    return "COLUMNS" if block.shape[0] == addresses.MAX_ROWS else shift.upper()


def sort(block: Block, keys: Sequence[int], ascending: Sequence[bool], has_headers: bool) -> None:
    """Sort the rows, with their looks, by columns, counted from 1."""
    name = "com.sun.star.table.TableSortField"
    fields = [
        struct(name, Field=key - 1, IsAscending=direction, IsCaseSensitive=False)
        for key, direction in zip(keys, ascending, strict=True)
    ]
    settings = properties(
        SortFields=typed(f"[]{name}", tuple(fields)),
        IsSortColumns=False,
        ContainsHeader=bool(has_headers),
        BindFormatsToContent=True,
    )
    call(block.cells, "sort", typed("[]com.sun.star.beans.PropertyValue", settings))


def remove_duplicates(block: Block, columns: Sequence[int], has_headers: bool) -> None:
    """Keep the first of rows that agree in these columns, and leave the room at the end blank."""
    data, formulas = block.cells.getDataArray(), block.cells.getFormulaArray()
    start = int(has_headers)
    kept, seen = list(formulas[:start]), set()
    for values, row in zip(data[start:], formulas[start:], strict=True):
        key = tuple(_folded(values[column - 1]) for column in columns)
        if key not in seen:
            seen.add(key)
            kept.append(row)
    kept += [("",) * block.shape[1]] * (len(formulas) - len(kept))
    block.cells.setFormulaArray(tuple(kept))


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value
