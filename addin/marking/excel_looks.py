"""Colours and notes of one sheet's cells through Excel's own object model, many cells to a call."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from addin.marking.cell_runs import Cell, cell_at, unions
from addin.open_book.busy import is_busy

NO_COLOUR: Final = -4142  # xlColorIndexNone
# What Interior.Color says of cells that differ, by version; it may also be a colour in earnest.
_DOUBTFUL: Final = (None, 0, 0xFFFFFF)


def colours(sheet: Any, cells: Sequence[Cell]) -> dict[Cell, str]:
    """Each cell's colour, `#FFC7CE` or ''; cells of one colour are read together."""
    found: dict[Cell, str] = {}
    for address, held in unions(cells):
        _read_colours(sheet, address, held, found)
    return found


def colour(sheet: Any, wanted: Mapping[Cell, str]) -> None:
    """Give the cells their colours, those of one colour together."""
    groups: dict[str, list[Cell]] = defaultdict(list)
    for cell, shade in wanted.items():
        groups[shade].append(cell)
    for shade, cells in groups.items():
        for address, _ in unions(cells):
            interior = sheet.Range(address).Interior
            if shade:
                interior.Color = _reversed(int(shade[1:], 16))
            else:
                interior.ColorIndex = NO_COLOUR


def notes(sheet: Any, cells: Sequence[Cell]) -> dict[Cell, str]:
    """The notes of those of the cells that have one."""
    return {cell: str(note.Text()) for cell, note in _notes(sheet, cells).items()}


def annotate(sheet: Any, wanted: Mapping[Cell, str]) -> None:
    """Give the cells these notes in place of their own; '' for none. A thread is left alone."""
    for note in _notes(sheet, list(wanted)).values():
        note.Delete()
    threads = _threads(sheet)
    for cell, text in wanted.items():
        if text and cell not in threads:
            sheet.Cells(*cell).AddComment(text)


def _read_colours(sheet: Any, address: str, cells: Sequence[Cell], found: dict[Cell, str]) -> None:
    """Read cells as one; where they differ, by halves."""
    interior = sheet.Range(address).Interior
    index = interior.ColorIndex
    if index == NO_COLOUR:
        found.update(dict.fromkeys(cells, ""))
        return
    shade = None if index is None else interior.Color
    if len(cells) == 1 or shade not in _DOUBTFUL:
        found.update(dict.fromkeys(cells, f"#{_reversed(int(shade or 0)):06X}"))
        return
    middle = len(cells) // 2
    for half in (cells[:middle], cells[middle:]):
        for part, held in unions(half):
            _read_colours(sheet, part, held, found)


def _notes(sheet: Any, cells: Sequence[Cell]) -> dict[Cell, Any]:
    """The notes themselves; asked for the shorter way: by the sheet's notes, or cell by cell."""
    count = int(sheet.Comments.Count)
    if not count:
        return {}
    threads = _threads(sheet)  # Excel tells a thread's first words as a note, too
    wanted = [cell for cell in cells if cell not in threads]
    if count > len(wanted):
        there = ((cell, sheet.Cells(*cell).Comment) for cell in wanted)
        return {cell: note for cell, note in there if note is not None}
    every = [sheet.Comments(number) for number in range(1, count + 1)]
    placed = {(int(note.Parent.Row), int(note.Parent.Column)): note for note in every}
    return {cell: placed[cell] for cell in wanted if cell in placed}


def _threads(sheet: Any) -> set[Cell]:
    """The cells with threaded comments, which versions before Excel 365 do not know."""
    try:
        count = int(sheet.CommentsThreaded.Count)
    except Exception as error:
        if is_busy(error):
            raise
        return set()
    addresses = (
        str(sheet.CommentsThreaded(number).Parent.Address).replace("$", "")
        for number in range(1, count + 1)
    )
    return {cell_at(address) for address in addresses}


def _reversed(colour: int) -> int:
    """A colour with red and blue exchanged: Excel counts from the red."""
    return (colour & 0xFF) << 16 | colour & 0xFF00 | colour >> 16
