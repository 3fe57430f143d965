"""How the rows of a table stand: what they take over from the row above, and in what order."""

from collections.abc import Iterator, Mapping, Sequence

from workbook.figures.numbers import from_excel
from workbook.findings.model import Finding, finding
from workbook.findings.place import Place, above_of
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.reading.snapshot import RawTable, Snapshot
from workbook.reading.values import Row, Values


def standing(values: Values, snapshot: Snapshot, form: Form) -> Iterator[Finding]:
    """Rows without what they should take over, rows that were moved, rows that stand apart."""
    for table in form.tables.values():
        rows = values.tables[table.key]
        for column in (one for one in table.column if one.follows):
            yield from _wanting(column, rows)
            yield from _moved(table, column, rows, snapshot.tables.get(table.key))
        yield from _apart(table, table.together, rows)


def _wanting(column: Field, rows: Sequence[Row]) -> Iterator[Finding]:
    """Blank cells, but of those that take a blank over from each other only the first."""
    by_place = {row[column.key].place: row[column.key] for row in rows}
    for entry in by_place.values():
        if not (column.required and entry.is_blank and entry.place):
            continue
        above = by_place.get(above_of(entry.place))
        if not entry.is_derived:
            yield finding("required", entry.place, entry.label)
        elif above is None or not above.is_blank:
            yield finding("above-blank", entry.place, entry.label, column=column.name)


def _moved(
    table: Table, column: Field, rows: Sequence[Row], raw: RawTable | None
) -> Iterator[Finding]:
    """The first row that stands behind one that was made after it, where rows take over anything.

    A row whose name was typed shows no trace of having been moved, and the rows under it would
    come to say its name.
    """
    if raw is None or not any(row[column.key].is_derived for row in rows):
        return
    numbers = _numbers(raw, column)
    last = 0
    for row in rows:
        place = row[column.key].place
        number = numbers.get(place)
        if number is None:  # of a row that the clerk added
            continue
        if number <= last:
            yield finding("rows-moved", place, table.title, table=table.key, column=column.name)
            return
        last = number


def _numbers(raw: RawTable, column: Field) -> Mapping[Place | None, int]:
    """The number with which each row was made, by its cell in the column."""
    return {
        row[column.key].place: int(from_excel(cell.value))
        for row, cell in zip(raw.rows, raw.order, strict=False)
        if cell.kind == "number" and column.key in row
    }


def _apart(table: Table, columns: Sequence[str], rows: Sequence[Row]) -> Iterator[Finding]:
    """Rows of one name between which others stand, and choices in another order than the form's."""
    if not columns:
        return
    key, *others = columns
    runs: dict[str, list[Row]] = {}
    last: str | None = None
    for row in rows:
        entry = row[key]
        word = str(entry.value or "")
        if word and word != last:
            if word in runs:
                yield finding("rows-apart", entry.place, entry.label, word)
            elif before := _later(entry.field, word, runs):
                yield finding("rows-unordered", entry.place, entry.label, word, before)
        runs.setdefault(word, []).append(row)
        last = word
    for run in runs.values():
        yield from _apart(table, others, run)


def _later(field: Field, word: str, seen: Mapping[str, object]) -> str:
    """A choice that has been and should come after this one, "" for none."""
    order = {choice: number for number, choice in enumerate(field.choices)}
    if word not in order:  # as all names are: to look through those before would be quadratic
        return ""
    later = (one for one in seen if order.get(one, -1) > order[word])
    return next(later, "")
