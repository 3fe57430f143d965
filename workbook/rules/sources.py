"""What stands behind a figure: the cells that a computed one comes from, down to the typed ones."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from msgspec import Struct

from workbook.language.expression import Expression
from workbook.language.model import Leaf, NotApplicableError, ZeroDivisorError
from workbook.language.names import ColumnName
from workbook.language.row_functions import Where
from workbook.reading.values import Entry, Row
from workbook.rules.computed import Computed
from workbook.rules.operands import Operands

Rows = Mapping[int, Row]  # by their identity, each once


class Source(Struct, frozen=True):
    """A leaf and the row on which it is read; of a column the rows that count, None being all.

    Behind `sum_where(指标.得分, 指标.项目, 名称)` on the row of 甲: 指标.得分, in the rows of 甲.
    """

    leaf: Leaf
    operands: Operands
    rows: Rows | None = None

    @property
    def key(self) -> tuple[str, int, tuple[int, ...] | None]:
        """What tells it from another: the same column may be read in other rows."""
        row = id(self.operands.row) if self.operands.row else 0
        return self.leaf.key, row, None if self.rows is None else tuple(self.rows)

    def entries(self) -> Sequence[Entry]:
        """Its cells."""
        if self.rows is None:
            return self.operands.entries(self.leaf)
        return [row[self.leaf.field.key] for row in self.rows.values()]


def behind(leaf: Leaf, operands: Operands, rows: Rows | None = None) -> Iterator[Source]:
    """The leaf, then all that it is computed from, each once; of a column `rows` or all."""
    if not leaf.field.formula:  # as nearly all; asked for each row of each rule that does not tie
        yield Source(leaf, operands, rows)
        return
    found: dict[object, Source] = {}
    waiting = [_placed(leaf, operands, rows)]
    for source in waiting:
        if source.key not in found:
            found[source.key] = source
            waiting += _parts(source)
    yield from found.values()


def _placed(leaf: Leaf, operands: Operands, rows: Rows | None = None) -> Source:
    """A leaf with its row, without one where the row has nothing to do with it."""
    is_own = not leaf.table and leaf.field.key in operands.row
    return Source(leaf, operands if is_own else operands.on({}), rows)


def _parts(source: Source) -> Iterator[Source]:
    for cell in _cells(source):
        chosen = _chosen(source, cell)
        for part in cell.inputs.leaves:
            # A name that is taken over from the row above is no figure, and its row is not this.
            if not part.is_above:
                yield _part(source, cell, part, chosen.get(part.key))


def _part(source: Source, cell: Computed, part: Leaf, rows: Rows | None) -> Source:
    """What a computed cell reads; of a whole column's cells it is a whole column again."""
    table = source.leaf.table
    if table and f"{table}.{part.field.key}" in cell.reads() and not part.table:
        return Source(Leaf(part.field, table), source.operands, source.rows)
    return _placed(part, source.operands, rows)


def _cells(source: Source) -> Sequence[Computed]:
    """The computed cells that the source's entries are."""
    if not source.leaf.field.formula:
        return ()
    fields = [entry.field for entry in source.entries() if not entry.is_typed]
    # Columns of two tables may be alike in all they say; a given row's cell is made anew each time.
    own = {id(one) for one in fields}
    cells = source.operands.computed
    return [cell for cell in cells if id(cell.field) in own] or [
        cell for cell in cells if cell.field in fields
    ]


def _chosen(source: Source, cell: Computed) -> Mapping[str, Rows]:
    """The rows that a computed cell picks, on its own row or on each that counts."""
    if source.leaf.table and source.rows is None:
        return {}
    on_rows = source.rows.values() if source.rows is not None else (source.operands.row,)
    chosen: dict[str, dict[int, Row]] = {}
    for row in on_rows:
        with suppress(ZeroDivisorError, NotApplicableError):
            for key, rows in picked(cell.tree, source.operands.on(row)).items():
                chosen.setdefault(key, {}).update(rows)
    return chosen


def picked(expression: Expression, operands: Operands) -> Mapping[str, Rows]:
    """For each column that is only read to pick rows of its table the rows that are picked.

    Raises what evaluating the expression raises.
    """
    rows: dict[str, dict[int, Row]] = {}
    read = [part.leaf.key for part in expression.walk() if isinstance(part, ColumnName)]
    for call in expression.walk():
        if isinstance(call, Where):
            found = _matching(call, operands)
            for column in call.arguments:
                if isinstance(column, ColumnName):
                    read.remove(column.leaf.key)
                    rows.setdefault(column.leaf.key, {}).update(found)
    return {key: found for key, found in rows.items() if key not in read}


def _matching(call: Where, operands: Operands) -> Rows:
    """The rows in which each of the call's columns has its word."""
    rows = operands.values.tables[call.tests[0][0].table.key]
    found = (rows[number] for number in call.rows(operands.look_up))
    return {id(row): row for row in found}
