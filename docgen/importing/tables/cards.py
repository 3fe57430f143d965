"""Tables of a report that are about one item each, with rows that belong to it.

Such a card begins with its label: 项目名称 | 防汛。
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, NamedTuple

from docgen.importing.matching.found import Found, Row, Statement
from docgen.importing.matching.model import Catch
from docgen.importing.matching.own_names import OwnNames
from docgen.importing.template.pieces import Hole, Target
from docgen.stated.grids import cells_of
from docgen.stated.outline import Line
from workbook.form.card import Card
from workbook.form.model import Form
from workbook.stated.item_names import is_head

_IN_UNIT: Final = re.compile(r"\([^()]*元\)$")  # behind a head


class CardOf(NamedTuple):
    """A table with one item a row, and the table whose rows name in `by` the item they are of."""

    table: str
    rows: str
    by: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines of a Word table: those of one card with the item's name, or all of any other table."""

    lines: Sequence[Line]
    card: CardOf | None = None
    name: Catch | None = None

    def named(self, table: str, key: str) -> Statement:
        """The item's name as a column's value."""
        assert self.name is not None
        return Statement([replace(self.name, hole=hole_of(table, key))])


def hole_of(table: str, key: str) -> Hole:
    """The place of a column's value."""
    return Hole((Target(table, key),))


def cards_of(form: Form) -> list[CardOf]:
    """What a form's cards show, and tables whose rows choose an item of another table."""
    cards = [b for sheet in form.sheet for b in sheet.block if isinstance(b, Card) and b.rows]
    made = {CardOf(one.table, one.rows, one.by): "" for one in cards}
    for table in form.tables.values():
        for column in table.column if table.scoring else ():
            key, _, name = column.choices_from.partition(".")
            if key in form.tables and form.tables[key].row_name == name:
                made[CardOf(key, table.key, column.key)] = ""
    return list(made)


def segments(form: Form, lines: Sequence[Line], own: OwnNames) -> list[Segment]:
    """The lines of a table parted before each label of an item."""
    cards = cards_of(form)
    found = [
        (number, card, name)
        for number, line in enumerate(lines)
        for card in cards
        if not _goes_below(lines[number + 1 :])
        and (name := _named(form, card, line, own)) is not None
    ]
    starts = [0, *(number for number, _, _ in found), len(lines)]
    made = [Segment(lines[: starts[1]])] if starts[1] else []
    for (number, card, name), end in zip(found, starts[2:], strict=True):
        made.append(Segment(lines[number:end], card, name))
    return made


def _goes_below(lines: Sequence[Line]) -> bool:
    """Whether a row's first cell is one with that below it, as in a head of two rows."""
    below = cells_of(lines[0])[0] if lines else None
    return below is not None and (below.is_below and not below.words)


def _named(form: Form, card: CardOf, line: Line, own: OwnNames) -> Catch | None:
    """The item's name behind its label, None where the line is no such row."""
    cells = cells_of(line)
    name = form.tables[card.table].row_name
    words = [cell for cell in cells[1:] if cell.words]
    if cells[0].text.rstrip(":") not in (card.by, f"{card.table}{name}") or not words:
        return None
    target = Target(card.table, name)
    is_name = not (own.is_head(target, words[0].words) or _IN_UNIT.search(words[0].text))
    if not is_name or any(is_head(cell.text) for cell in words[1:]):
        return None
    return Catch(Hole((target,)), words[0].words, line, words[0].start, words[0].end)


def retract(found: Found, form: Form, lines: Sequence[Line], own: OwnNames) -> None:
    """Take back what the template made of cards that it does not fit to the last row.

    They are read by their labels and heads instead: rows in another order are other rows.
    """
    for number, group in groupby(lines, key=lambda line: line.table):
        members = list(group)
        known = found.used | found.calculated
        is_whole = number is None or all(line in known for line in members)
        if is_whole or not any(part.card for part in segments(form, members, own)):
            continue
        found.used.difference_update(members)
        found.calculated.difference_update(members)
        for stated in found.fields.values():
            stated[:] = [one for one in stated if one.catches[0].line.table != number]
        for row in _rows_of_all(found):
            for key in [k for k, one in row.items() if one.catches[0].line.table == number]:
                del row[key]


def retract_nameless(found: Found, form: Form) -> None:
    """Take back rows without the name that their table's rows are called by.

    In the unit's own table of funds 年度资金总额 stands beside 年度预算申请 as in a project's card.
    """
    for key, table in form.tables.items():
        if not table.row_name or table.row or all(c.key != table.row_name for c in table.typed):
            continue
        for place, rows in found.tables.get(key, {}).items():
            nameless = [row for row in rows if row and table.row_name not in row]
            lines = {one.catches[0].line for row in nameless for one in row.values()}
            found.tables[key][place] = [row for row in rows if row not in nameless]
            found.used -= lines


def _rows_of_all(found: Found) -> Iterator[Row]:
    return (row for places in found.tables.values() for rows in places.values() for row in rows)
