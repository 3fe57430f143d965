"""What the cells of a card show of the rows of a table."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from msgspec import Struct

from workbook.catalogue.model import Language
from workbook.catalogue.sheets import CARD_MORE, CARD_REST
from workbook.figures.days import serial_of
from workbook.figures.numbers import plain
from workbook.form.card import Card, CardCell, CardLine
from workbook.form.field import Field
from workbook.form.table import Table
from workbook.language.excel import column_cells
from workbook.making.planning.plan import SheetPlan, TableSpot
from workbook.making.worked_out import Contents
from workbook.reading.results import Result
from workbook.xlsx.addresses import column_letters

NOWHERE: Final = 10**6  # a place behind every row of every table
Value = Decimal | str


class Source(Struct, frozen=True):
    """A table, where it stands, and what is typed into it."""

    spot: TableSpot
    sheet: str
    contents: Contents

    @property
    def table(self) -> Table:
        """The table itself."""
        return self.spot.table

    def column(self, key: str) -> Field:
        """The column of that key."""
        return next(one for one in self.table.column if one.key == key)

    def cells(self, key: str) -> str:
        """How a formula names the cells of a column."""
        return column_cells(self.table.key, self.column(key).name)

    def value(self, key: str, number: int) -> Value:
        """What a cell of the row `number`, from 0, holds; '' for a blank one."""
        column = self.table.cell(self.column(key), number)
        typed = self.contents.sample.row(self.table, number).get(key)
        if column.compute or (column.default and typed is None):
            row = self.spot.rows[number]
            address = f"{column_letters(self.spot.columns[key])}{row}"
            result = self.contents.results.computed(self.sheet, address).value
            assert isinstance(result, Decimal | str)
            return result
        return _plain_value(typed)

    def place(self, key: str, name: str, after: int = 0) -> int:
        """The first place behind `after`, from 1, of a row whose column `key` holds a name."""
        for number in range(after, len(self.spot.rows)):
            if name and _trimmed(self.value(key, number)) == _trimmed(name):
                return number + 1
        return NOWHERE


def sources_of(plans: Sequence[SheetPlan], contents: Contents) -> dict[str, Source]:
    """All tables of a form by their keys."""
    return {
        spot.table.key: Source(spot, plan.sheet.name, contents)
        for plan in plans
        for spot in plan.tables
    }


def _plain_value(typed: object) -> Value:
    if isinstance(typed, date):
        return Decimal(serial_of(typed))
    if isinstance(typed, int | Decimal):
        return Decimal(typed)
    return "" if typed is None else str(typed).strip()


def _trimmed(value: Value) -> str:
    """A text as Excel compares it: TRIM, and no heed to capitals."""
    return " ".join(part for part in str(value).split(" ") if part).casefold()


class CardValues:
    """A card that shows the first row of its table: what each of its formulas gives."""

    def __init__(self, card: Card, sources: Mapping[str, Source], language: Language) -> None:
        self.card, self.language = card, language
        self.source = sources[card.table]
        self.rows = sources.get(card.rows)
        self.name = str(self.source.value(self.source.table.row_name, 0))

    def results(self) -> Iterator[Result]:
        """In the order of writing: the choice, its place, all lines, how many rows have no line."""
        place = self.source.place(self.source.table.row_name, self.name)
        yield Result(self.name)
        yield Result(place)
        for line in self.card.line:
            if not line.each:
                yield from _shown(line, self.source, place)
                continue
            assert self.rows is not None
            last = 0
            for _ in range(self.card.most):
                last = self.rows.place(self.card.by, self.name, last)
                yield Result(last)
                yield from _shown(line, self.rows, last)
        if self.rows is not None:
            yield from self._rest(self.rows)

    def _rest(self, rows: Source) -> Iterator[Result]:
        number = sum(1 for _ in self._own_rows(rows))
        yield Result(number)
        most = self.card.most
        yield Result(more_words(rows, self.language, number - most) if number > most else "")

    def _own_rows(self, rows: Source) -> Iterator[int]:
        place = rows.place(self.card.by, self.name)
        while place < NOWHERE:
            yield place
            place = rows.place(self.card.by, self.name, place)


def more_words(rows: Source, language: Language, count: object) -> str:
    """That so many rows belong to the chosen one which have no line on the card."""
    return CARD_REST(language, count=count, words=CARD_MORE(language, sheet=rows.sheet))


def is_figure(cell: CardCell) -> bool:
    """Whether a cell shows a single figure, as the number that it is."""
    return len(cell.value) == 1 and not cell.rather


def _shown(line: CardLine, source: Source, place: int) -> Iterator[Result]:
    """What the cells of a line show of the row at a place; words of its own are no formula."""
    yield from (Result(_value(one, source, place)) for one in line.cell if not one.words)


def _value(cell: CardCell, source: Source, place: int) -> Value:
    if place >= NOWHERE:
        return ""
    values = {key: source.value(key, place - 1) for key in cell.read}
    if cell.rather and (rather := values[cell.rather]) != "":
        return rather
    if is_figure(cell):
        return values[cell.value[0]]
    if any(values[key] == "" and source.column(key).is_number for key in cell.value):
        return ""
    return "".join(v if isinstance(v := values[key], str) else plain(v) for key in cell.value)
