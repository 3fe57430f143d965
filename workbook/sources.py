"""What stands behind a figure: the cells that a computed one comes from, down to the typed ones."""

from collections.abc import Iterator

from workbook.computed import Computed
from workbook.expressions import Leaf
from workbook.reading import Reading

Source = tuple[Leaf, Reading]


def behind(leaf: Leaf, reading: Reading) -> Iterator[Source]:
    """The leaf, then all that it is computed from, each once and with the row it is read on."""
    found: dict[tuple[str, bool], Source] = {}
    waiting = [_placed(leaf, reading)]
    for source in waiting:
        key = source[0].key, bool(source[1].row)
        if key not in found:
            found[key] = source
            waiting += _parts(*source)
    yield from found.values()


def _placed(leaf: Leaf, reading: Reading) -> Source:
    """A leaf with its row, without one where the row has nothing to do with it."""
    is_own = not leaf.table and leaf.field.key in reading.row
    return leaf, reading if is_own else reading.on({})


def _parts(leaf: Leaf, reading: Reading) -> list[Source]:
    cells = _cells(leaf, reading)
    return [_part(leaf, reading, cell, part) for cell in cells for part in cell.inputs.leaves]


def _part(leaf: Leaf, reading: Reading, cell: Computed, part: Leaf) -> Source:
    """What a computed cell reads; of a whole column's cells it is a whole column again."""
    if leaf.table and f"{leaf.table}.{part.field.key}" in cell.reads() and not part.table:
        return Leaf(part.field, leaf.table), reading
    return _placed(part, reading)


def _cells(leaf: Leaf, reading: Reading) -> Iterator[Computed]:
    if leaf.field.compute:
        fields = [entry.field for entry in reading.entries(leaf)]
        yield from (cell for cell in reading.computed if cell.field in fields)
