"""The open book of a LibreOffice that hands over what is in it, as a snapshot.

Our lines inside LibreOffice collect it (`component_book.py.txt`); nothing is asked back. The
snapshot is the one that `live` reads over the bridge.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Final

from addin.calc.notation.formulas import has_intersection, to_excel
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.reading.below import ends
from workbook.reading.ranges import raw_table
from workbook.reading.saved import saved_identity
from workbook.reading.snapshot import Identity, RawCell, RawTable, Snapshot, classified
from workbook.reading.spots import Cells, Spot, TableCorners, referred

_MILLISECONDS_PER_DAY: Final = 86_400_000


class HandedSheet:
    """The cells of one sheet; rows and columns begin at 1, those handed over at 0.

    A block is `{"top": 8, "left": 2, "rows": [[195.94, "甲", null]], "errors": [[0, 2, "#N/A",
    ""]], "shown": [["date", 2, 8, 2, 8]]}`: the figure in C9 is a day, and E9 is an error.
    """

    def __init__(self, given: Mapping[str, Any], epoch: dt.datetime) -> None:
        self.name: str = given["name"]
        self.names: Mapping[str, str] = given["names"]
        self._blocks = given["blocks"]
        self._epoch = epoch

    @cached_property
    def cells(self) -> Mapping[tuple[int, int], Any]:
        """What stands in each cell that is not blank."""
        return {
            (block["top"] + down + 1, block["left"] + right + 1): value
            for block in self._blocks
            for down, row in enumerate(block["rows"])
            for right, value in enumerate(row)
            if value not in (None, "")
        }

    @cached_property
    def errors(self) -> Mapping[tuple[int, int], str]:
        """The cells that hold an error, with its text in Excel's words."""
        return {
            (block["top"] + down + 1, block["left"] + right + 1): (
                "#NULL!" if has_intersection(formula) else text
            )
            for block in self._blocks
            for down, right, text, formula in block["errors"]
        }

    @cached_property
    def asking(self) -> Mapping[tuple[int, int], str]:
        """The formulas that ask our functions, those among them that show an error too."""
        return {
            (block["top"] + down + 1, block["left"] + right + 1): formula
            for block in self._blocks
            for down, right, *_, formula in (*block["errors"], *block["asking"])
        }

    def formula(self, row: int, column: int) -> str:
        """The formula of a cell, if it asks our functions."""
        return self.asking.get((row, column), "")

    @cached_property
    def bottom(self) -> int:
        """The last row in use."""
        return max((one["top"] + len(one["rows"]) for one in self._blocks), default=0)

    def cell(self, row: int, column: int) -> RawCell:
        """The cell before the form has looked at it."""
        place = Spot(self.name, row, column).place
        if (row, column) in self.errors:
            return RawCell(place, "error", self.errors[row, column])
        value = self.cells.get((row, column))
        how = self._shown(row - 1, column - 1) if isinstance(value, float) else ""
        if how == "date" and isinstance(value, float):
            value = self._day(value)
        elif how == "truth" and value in (0.0, 1.0):
            value = bool(value)
        kind, value = classified(value)
        return RawCell(place, kind, value, number_format=how if kind == "number" else "")

    def _shown(self, row: int, column: int) -> str:
        """How the figure of a cell is shown: `date`, `truth`, a format that is not plain, or ""."""
        for how, left, top, right, bottom in chain(*(one["shown"] for one in self._blocks)):
            if left <= column <= right and top <= row <= bottom:
                return str(how)
        return ""

    def _day(self, serial: float) -> dt.datetime | float:
        try:
            passed = dt.timedelta(milliseconds=round(serial * _MILLISECONDS_PER_DAY))
            return self._epoch + passed
        except OverflowError:
            return serial


class HandedBook:
    """A book that was handed over."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self._sheets = [HandedSheet(one, dt.datetime(*given["epoch"])) for one in given["sheets"]]

    @property
    def path(self) -> Path:
        """Where the workbook was last saved."""
        return Path(self._given["path"])

    @cached_property
    def identity(self) -> Identity:
        """The form that the file says it is."""
        return saved_identity(self.path)

    def snapshot(self, form: Form) -> Snapshot:
        """The cells and tables that `form` asks for."""
        sheets = {sheet.name: sheet for sheet in self._sheets}
        contents = {key: found for key in form.fields if (found := self._content(key)) is not None}
        spots = {key: _spot(found, sheets) for key, found in contents.items()}
        names = {
            key: sheets[spot.sheet].cell(spot.row, spot.column) if spot else None
            for key, spot in spots.items()
        }
        located = dict(self._located(form))
        last = ends(form, spots, located)
        tables = {
            key: _table(form.tables[key], sheets[name], corners, last[key])
            for key, (name, corners) in located.items()
        }
        return Snapshot(self.identity, tuple(sheets), names, tables)

    def _content(self, key: str) -> str | None:
        """What a name stands for: the book's own, else a sheet's, in these or other letters."""
        for names in (self._given["names"], *(sheet.names for sheet in self._sheets)):
            if key in names:
                return str(names[key])
            for name, content in names.items():
                if name.casefold() == key.casefold():
                    return str(content)
        return None

    def _located(self, form: Form) -> Iterator[tuple[str, tuple[str, TableCorners]]]:
        given = {one["name"].casefold(): one for one in self._given["tables"]}
        for key in form.tables:
            if found := given.get(key.casefold()):
                left, top, right, bottom = (number + 1 for number in found["corners"])
                totals = int(found["has_totals"])
                corners = TableCorners(left, top, right, bottom - totals, totals)
                yield key, (self._sheets[found["sheet"]].name, corners)


def _table(table: Table, sheet: HandedSheet, corners: TableCorners, end: int) -> RawTable:
    def rows(first: int, last: int, _: Iterable[int]) -> range:
        return range(first, min(last, sheet.bottom) + 1)

    # Which formula gives a value is not told, and does not matter to verdicts.
    cells = Cells(sheet.cell, sheet.formula, lambda rows, _: [""] * len(rows), rows)
    return raw_table(table, sheet.name, corners, cells, end)


def _spot(content: str, sheets: Mapping[str, HandedSheet]) -> Spot | None:
    """The one cell that a name leads to."""
    spot = referred(f"={to_excel(content, {})}")
    return spot if spot and spot.sheet in sheets else None
