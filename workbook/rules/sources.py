"""What stands behind a figure: the cells that a computed one comes from, down to the typed ones."""

from collections.abc import Iterator, Mapping

from workbook.language.expression import Expression
from workbook.language.model import Leaf
from workbook.language.names import ColumnName
from workbook.language.row_functions import Where
from workbook.reading.values import Entry, Row
from workbook.rules.computed import Computed
from workbook.rules.operands import Operands

Source = tuple[Leaf, Operands]


def behind(leaf: Leaf, operands: Operands) -> Iterator[Source]:
    """The leaf, then all that it is computed from, each once and with the row it is read on."""
    found: dict[tuple[str, bool], Source] = {}
    waiting = [_placed(leaf, operands)]
    for source in waiting:
        key = source[0].key, bool(source[1].row)
        if key not in found:
            found[key] = source
            waiting += _parts(*source)
    yield from found.values()


def _placed(leaf: Leaf, operands: Operands) -> Source:
    """A leaf with its row, without one where the row has nothing to do with it."""
    is_own = not leaf.table and leaf.field.key in operands.row
    return leaf, operands if is_own else operands.on({})


def _parts(leaf: Leaf, operands: Operands) -> list[Source]:
    cells = _cells(leaf, operands)
    # A name that is taken over from the row above is no figure, and its row is not this one.
    read = ((cell, part) for cell in cells for part in cell.inputs.leaves if not part.is_above)
    return [_part(leaf, operands, cell, part) for cell, part in read]


def _part(leaf: Leaf, operands: Operands, cell: Computed, part: Leaf) -> Source:
    """What a computed cell reads; of a whole column's cells it is a whole column again."""
    if leaf.table and f"{leaf.table}.{part.field.key}" in cell.reads() and not part.table:
        return Leaf(part.field, leaf.table), operands
    return _placed(part, operands)


def _cells(leaf: Leaf, operands: Operands) -> Iterator[Computed]:
    if not leaf.field.formula:
        return
    fields = [entry.field for entry in operands.entries(leaf) if not entry.is_typed]
    # Columns of two tables may be alike in all they say; a given row's cell is made anew each time.
    own = {id(one) for one in fields}
    same = [cell for cell in operands.computed if id(cell.field) in own]
    yield from same or (cell for cell in operands.computed if cell.field in fields)


def picked(claim: Expression, operands: Operands) -> Mapping[str, list[Entry]]:
    """For each column that is only read by `sum_where` or `count_where` the cells that they pick.

    Raises what evaluating the claim raises.
    """
    rows: dict[str, list[Row]] = {}
    read = [part.leaf.key for part in claim.walk() if isinstance(part, ColumnName)]
    for call in claim.walk():
        if isinstance(call, Where):
            found = _matching(call, operands)
            for column in call.arguments:
                if isinstance(column, ColumnName):
                    read.remove(column.leaf.key)
                    rows.setdefault(column.leaf.key, []).extend(found)
    return {
        key: [row[key.partition(".")[2]] for row in found]
        for key, found in rows.items()
        if key not in read
    }


def _matching(call: Where, operands: Operands) -> list[Row]:
    """The rows in which each of the call's columns has its word."""
    wanted = [(c.field.key, word.value(operands.look_up)) for c, word in call.tests]
    rows = operands.values.tables[call.tests[0][0].table.key]
    return [row for row in rows if all(operands.value(row[c]) == word for c, word in wanted)]
