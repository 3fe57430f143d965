"""What the cells of a card show of the rows of a table: as formulas, and as they read."""

from datetime import date
from decimal import Decimal
from typing import Final

from msgspec import Struct
from openpyxl.utils import get_column_letter

from workbook.figures.days import serial_of
from workbook.figures.numbers import plain
from workbook.form.card import CardCell
from workbook.form.model import Field, Table
from workbook.making.layout import TableSpot
from workbook.making.sheets import Contents
from workbook.making.styles import PLAIN, Look, number_format

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

    def value(self, key: str, number: int) -> Value:
        """What a cell of the row `number`, from 0, holds; '' for a blank one."""
        column = self.table.cell(self.column(key), number)
        typed = self.contents.sample.row(self.table, number).get(key)
        if column.compute or (column.default and typed is None):
            row = self.spot.rows[number]
            address = f"{get_column_letter(self.spot.columns[key])}{row}"
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


def _plain_value(typed: object) -> Value:
    if isinstance(typed, date):
        return Decimal(serial_of(typed))
    if isinstance(typed, int | Decimal):
        return Decimal(typed)
    return "" if typed is None else str(typed).strip()


def _trimmed(value: Value) -> str:
    """A text as Excel compares it: TRIM, and no heed to capitals."""
    return " ".join(part for part in str(value).split(" ") if part).casefold()


class Shown:
    """What a cell shows of the row that stands at a place, as a formula and as it reads."""

    def __init__(self, cell: CardCell, source: Source, where: tuple[str, int]) -> None:
        self.cell, self.source = cell, source
        self.at, self.place = where

    def _field(self, key: str) -> Field:
        return self.source.column(key)

    @property
    def _is_figure(self) -> bool:
        """Whether a single figure is shown, as the number that it is."""
        return len(self.cell.value) == 1 and not self.cell.rather

    @property
    def look(self) -> Look:
        """How the cell looks: money at the right, other figures centred, long texts on top."""
        field = self._field(self.cell.value[0])
        if self._is_figure and (field.is_number or field.type == "date"):
            shown = number_format(field) + ('"%"' if field.unit == "%" else "")
            side = "right" if field.unit in ("万元", "元") else "center"
            return Look(boxed=True, horizontal=side, number_format=shown)
        if field.type == "paragraphs":
            return Look(boxed=True, vertical="top")
        return PLAIN if self._is_figure else Look(boxed=True, horizontal="center")

    def _reference(self, key: str) -> str:
        return f"INDEX({self.source.table.key}[{key}],{self.at})"

    @property
    def formula(self) -> str:
        """What picks from the table, without its `=`."""
        texts = [self._reference(key) for key in self.cell.value]
        if self._is_figure:
            shown = f'IF(LEN(TRIM({texts[0]}))=0,"",{texts[0]})'
        else:
            figures = [
                f"LEN(TRIM({self._reference(key)}))=0"
                for key in self.cell.value
                if self._field(key).is_number
            ]
            shown = "&".join(texts)
            shown = f'IF(OR({",".join(figures)}),"",{shown})' if figures else shown
        if self.cell.rather:
            rather = self._reference(self.cell.rather)
            shown = f"IF(LEN(TRIM({rather}))>0,{rather},{shown})"
        return f'IF({self.at}>={NOWHERE},"",{shown})'

    @property
    def result(self) -> Value:
        """What the formula gives for what is typed."""
        if self.place >= NOWHERE:
            return ""
        values = {key: self.source.value(key, self.place - 1) for key in self.cell.read}
        if self.cell.rather and (rather := values[self.cell.rather]) != "":
            return rather
        if self._is_figure:
            return values[self.cell.value[0]]
        keys = self.cell.value
        if any(values[key] == "" and self._field(key).is_number for key in keys):
            return ""
        return "".join(v if isinstance(v := values[key], str) else plain(v) for key in keys)
