"""The cells of a sheet's part as elements: new ones put where they belong, values typed in."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from lxml import etree

from workbook.figures.days import serial_of
from workbook.reading.spots import Spot
from workbook.xlsx.addresses import address_of, cell_at
from workbook.xlsx.package import MAIN

Typed = Decimal | int | str | date | None
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


class CellElements:
    """The cells of a sheet's part, new ones put where they belong."""

    def __init__(self, root: Any) -> None:
        self._sheet = root.find(f"{MAIN}sheetData")
        self._rows = {int(row.get("r", "0")): row for row in self._sheet}
        self._cells = {cell.get("r"): cell for row in self._sheet for cell in row}

    def has(self, spot: Spot) -> bool:
        """Whether the file has the cell."""
        return address_of(spot.row, spot.column) in self._cells

    def at(self, spot: Spot) -> Any:
        """The element of a cell."""
        address = address_of(spot.row, spot.column)
        if address not in self._cells:
            row = self._row(spot.row)
            cell = etree.Element(f"{MAIN}c", r=address)
            later = (one for one in row if _column(one) > spot.column)
            _put_before(row, cell, next(later, None))
            self._cells[address] = cell
        return self._cells[address]

    def _row(self, number: int) -> Any:
        if number not in self._rows:
            row = etree.Element(f"{MAIN}row", r=str(number))
            later = (one for one in self._sheet if int(one.get("r", "0")) > number)
            _put_before(self._sheet, row, next(later, None))
            self._rows[number] = row
        return self._rows[number]


def _column(cell: Any) -> int:
    found = cell_at(cell.get("r", ""))
    return found[1] if found else 0


def _put_before(parent: Any, made: Any, later: Any) -> None:
    if later is None:
        parent.append(made)
    else:
        later.addprevious(made)


def type_in(cell: Any, value: Typed) -> None:
    """Put a value into a cell, a text into the cell itself and not among those that cells share."""
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if value is None:
        return
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        words = etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t")
        words.text = value
        words.set(SPACE, "preserve")
        return
    number = serial_of(value) if isinstance(value, date) else value
    text = format(number, "f") if isinstance(number, Decimal) else str(number)
    etree.SubElement(cell, f"{MAIN}v").text = text
