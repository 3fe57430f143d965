"""The values as an expression sees them: by name, on a row of its own, with figures on trial."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import Any

from workbook.figures.numbers import MOST_DECIMALS, plain, rounded
from workbook.findings.place import Place, above_of
from workbook.language.model import (
    ABOVE,
    NOTHING,
    Column,
    Inputs,
    Leaf,
    NotApplicableError,
    ZeroDivisorError,
)
from workbook.reading.values import ABSENT, Entry, Row, Value, Values
from workbook.rules.computed import Computed


@dataclass(frozen=True, slots=True)
class Operands:
    """What stands behind the names of an expression.

    `trial` has figures put in the place of those that stand in the cells, None being 不适用;
    `computed` are the form's computed cells; `dependents` names for each field's key those that
    follow from it, in order. `seen` keeps what was found out of whole columns, which all rows ask.

    `Operands(values).look_up("基本支出")` is 195.49; seen from a row of 项目, 金额 is that row's.
    """

    values: Values = field(repr=False)  # thousands of entries, behind each of hundreds of outcomes
    row: Row = field(default_factory=dict)
    trial: Mapping[Place | None, Value] = field(default_factory=dict)
    dependents: Mapping[str, tuple[Computed, ...]] = field(default_factory=dict, repr=False)
    computed: tuple[Computed, ...] = field(default=(), repr=False)
    seen: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False, compare=False)

    def on(self, row: Row) -> "Operands":
        """The same values seen from a row; asked for each of many, and faster than `replace`."""
        others = self.trial, self.dependents, self.computed, self.seen
        return Operands(self.values, row, *others)

    def _once(self, question: str, key: str, answer: Callable[[], Any]) -> Any:
        """What is asked of a column or table, answered once for all rows: columns are long."""
        if (question, key) not in self.seen:
            self.seen[question, key] = answer()
        return self.seen[question, key]

    def entries(self, leaf: Leaf) -> Sequence[Entry]:
        """The cells behind a leaf: one, or a column's filled rows."""
        if leaf.table:
            rows, key = self.values.tables[leaf.table], leaf.field.key
            column: Sequence[Entry] = self._once(
                "entries", leaf.key, lambda: [r[key] for r in rows]
            )
            return column
        return [self._single(leaf)]

    def _single(self, leaf: Leaf) -> Entry:
        """The cell behind a leaf that is no column."""
        key = leaf.field.key
        return self._above(key) if leaf.is_above else self._on(self.row, key)

    def _above(self, column: str) -> Entry:
        """The cell above that of the row; a blank one where no row in use stands there."""
        own = self.row[column]
        by_place = self._once("above", column, lambda: self._places(column))
        above = above_of(own.place) if own.place else None
        row = by_place.get(above)
        return row[column] if row else Entry(own.field, own.label, above)

    def _places(self, column: str) -> Mapping[Place | None, Row]:
        """The rows that have the column, by its cell."""
        rows = (row for rows in self.values.tables.values() for row in rows if column in row)
        return {row[column].place: row for row in rows}

    def look_up(self, key: str) -> Any:
        """What an expression's name, `table.column` or table stands for.

        Raises `NotApplicableError` for a cell that is 不适用; in a column such a cell is None.
        """
        entry = self.row.get(key) or self.values.fields.get(key)
        if entry is None:
            return self._look_further(key)
        value = self.value(entry)
        if value is None and (entry.is_absent or entry.place in self.trial):
            raise NotApplicableError
        return value

    def _look_further(self, key: str) -> Any:
        """What a name stands for that is no cell of the row and no field: most are."""
        if key.startswith(ABOVE):
            return self.value(self._above(key.removeprefix(ABOVE)))
        table, _, column = key.partition(".")
        rows = self.values.tables[table]
        if not column:
            return rows
        return self._once("values", key, lambda: Column(self._in_column(r[column]) for r in rows))

    def _in_column(self, entry: Entry) -> Any:
        """An entry's value to whoever looks for its words: 不适用 is one of them."""
        is_absent_text = entry.is_absent and not entry.field.is_number
        return ABSENT if is_absent_text else self.value(entry)

    def _on(self, row: Row, key: str) -> Entry:
        return row[key] if key in row else self.values.fields[key]

    def value(self, entry: Entry) -> Any:
        """An entry's value; a blank that counts as nothing is 0."""
        if entry.place in self.trial:
            return self.trial[entry.place]
        return NOTHING if entry.is_blank and entry.field.empty == "zero" else entry.value

    def meets_unreadable(self, inputs: Inputs) -> bool:
        """Whether a cell or table that is read made no sense, or an error stands beside one."""
        if self._meets("unreadable", inputs.leaves, _is_unreadable):
            return True
        if not inputs.tables:  # as of nearly all
            return False
        if any(table.key in self.values.lost for table in inputs.tables):
            return True
        growing = (table.key for table in inputs.tables if not table.row)
        return any(
            self._once("errors", table, partial(self._has_errors, table)) for table in growing
        )

    def _has_errors(self, table: str) -> bool:
        """Whether the sheet cannot count the rows in use, by the columns that are asked."""
        rows = self.values.tables[table]
        return any(e.is_error and e.field.is_asked for row in rows for e in row.values())

    def meets_blank(self, inputs: Inputs) -> bool:
        """Whether a cell without which there is no result is blank."""
        return self._meets("blank", inputs.needed, _is_blank)

    def _meets(self, question: str, leaves: Iterable[Leaf], test: Callable[[Entry], bool]) -> bool:
        """Whether a cell behind one of the leaves is so; asked of thousands in each check."""
        row, fields = self.row, self.values.fields
        for leaf in leaves:
            key = leaf.field.key
            if leaf.table:
                is_so = self._once(question, leaf.key, partial(self._holds_any, leaf, test))
            elif leaf.is_above:
                is_so = test(self._above(key))
            else:
                is_so = test(row[key] if key in row else fields[key])
            if is_so:
                return True
        return False

    def _holds_any(self, leaf: Leaf, test: Callable[[Entry], bool]) -> bool:
        """Whether a cell of a column is so."""
        return any(map(test, self.entries(leaf)))

    def meets_absent(self, inputs: Inputs) -> bool:
        """Whether a cell without which there is no result is 不适用."""
        return self._meets("absent", inputs.applying, _is_absent)

    def says_nothing(self, cell: Computed) -> bool:
        """Whether the cell stays blank by its own words; 不适用 is no such."""
        try:
            return cell.tree.is_blank(self.look_up)
        except (ZeroDivisorError, NotApplicableError):
            return False

    def with_trial(self, entry: Entry, value: Decimal, read: Iterable[Leaf]) -> "Operands":
        """The same values with one figure replaced, and what is `read` of all that follows."""
        trial: dict[Place | None, Value] = {**self.trial, entry.place: value}
        operands = replace(self, trial=trial, seen={})
        # Each stands behind what it reads: no column is seen before the last of it has moved.
        for cell in self._between(entry.field.key, read):
            single = [leaf.field.key for leaf in cell.inputs.leaves if not leaf.table]
            columns = [leaf for leaf in cell.inputs.leaves if leaf.table]
            is_moved = any(one.place in trial for leaf in columns for one in self.entries(leaf))
            for row in cell.rows(self.values):
                follows = row[cell.field.key] if row else self.values.fields[cell.field.key]
                exists = follows.value is not None or follows.is_absent
                # A cell whose column is gone has no place to keep a trial at.
                exists = exists and follows.place is not None and not follows.is_typed
                if exists and (
                    is_moved or any(self._on(row, key).place in trial for key in single)
                ):
                    trial[follows.place] = computed_value(cell, operands.on(row))
        return operands

    def _between(self, key: str, read: Iterable[Leaf]) -> Sequence[Computed]:
        """The computed cells that follow from a field and stand behind what is read, in order."""
        wanted = {leaf.field.key for leaf in read}
        found = []
        for cell in reversed(self.dependents.get(key, ())):
            if cell.field.key in wanted:
                wanted.update(leaf.field.key for leaf in cell.inputs.leaves)
                found.append(cell)
        return found[::-1]


def _is_unreadable(entry: Entry) -> bool:
    return not entry.readable


def _is_blank(entry: Entry) -> bool:
    return entry.is_blank


def _is_absent(entry: Entry) -> bool:
    return entry.is_absent


def computed_value(cell: Computed, operands: Operands) -> Value:
    """The value of a computed cell whose parts are all there; None where it is 不适用.

    Figures are rounded half up to the field's decimals.
    """
    try:
        value = cell.tree.value(operands.look_up)
    except (ZeroDivisorError, NotApplicableError):
        return None
    if not isinstance(value, Decimal):
        return str(value)
    kept = rounded(value, MOST_DECIMALS if cell.field.places is None else cell.field.places)
    if cell.field.places is None:
        kept = Decimal(plain(kept))
    return kept if kept else kept.copy_abs()  # Excel knows no -0


def dependents_of(cells: tuple[Computed, ...]) -> dict[str, tuple[Computed, ...]]:
    """For each field's key the computed cells that follow from it, directly or through others."""
    return {key: tuple(_following(key, cells)) for key in _keys_read(cells)}


def _keys_read(cells: tuple[Computed, ...]) -> dict[str, None]:
    return dict.fromkeys(leaf.field.key for cell in cells for leaf in cell.inputs.leaves)


def _following(key: str, cells: tuple[Computed, ...]) -> Iterator[Computed]:
    changed = {key}
    for cell in cells:
        if any(leaf.field.key in changed for leaf in cell.inputs.leaves):
            changed.add(cell.field.key)
            yield cell
