"""The rows of a table as they are filled: of two places as one, each where the form has it."""

from collections.abc import Sequence

from docgen.importing.filling.model import Doubts
from docgen.importing.filling.notes import said_where
from docgen.importing.matching.found import Found, Row, rows_of
from docgen.importing.said.items import same_rows
from workbook.catalogue import imports as told
from workbook.form.table import Table
from workbook.stated.folded import letters


def with_room_for(table: Table, rows: list[Row], room: int, doubts: "Doubts") -> list[Row]:
    """The rows for which a bureau's own form has room."""
    for row in rows[room:]:
        said = " | ".join(statement.text for statement in row.values())
        doubts.append((table.title, told.NO_ROOM(doubts.language, said=said, room=room)))
    return rows[:room]


def table_rows(table: Table, found: Found, doubts: "Doubts") -> list[Row]:
    """The rows of a table; what another place says of the same rows is added, or a doubt."""
    rows: list[Row] = []
    for other in rows_of(found, table.key):
        if not rows:
            rows = [dict(row) for row in other]
        elif same_rows(rows, other):
            for row, more in zip(rows, other, strict=True):
                row.update({key: more[key] for key in more.keys() - row.keys()})
        else:
            where = said_where(next(iter(other[0].values())), doubts.language)
            differs = told.OTHER_ROWS(doubts.language, where=where, table=table.key)
            doubts.append((table.title, differs))
    return _onto_given(table, rows, doubts) if table.row else rows


def _onto_given(table: Table, rows: Sequence[Row], doubts: "Doubts") -> list[Row]:
    """The rows of a table whose rows the form gives, each in its own place and without a name."""
    numbers = {letters(str(row.given[table.row_name])): n for n, row in enumerate(table.row)}
    placed: list[Row] = [{} for _ in table.row]
    for row in rows:
        name = row.get(table.row_name)
        number = numbers.get(letters(name.text)) if name else None
        if name is None or number is None:
            said = " | ".join(statement.text for statement in row.values())
            doubts.append((table.title, told.NO_ROW(doubts.language, said=said)))
            continue
        given = table.row[number].given
        placed[number] = {key: value for key, value in row.items() if key not in given}
    return placed
