"""A form that its author has open: whether it may be worked on, and what is found in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import xlwings as xw

from addin.open_book.copies import save_copy
from addin.open_book.identity import identity
from addin.open_book.protection import is_read_only
from workbook.adopting.adopt import Adopted, adopt, readable
from workbook.adopting.model import Asked, AskedTable
from workbook.catalogue.findings import ALL_RESULTS
from workbook.catalogue.sheets import ALL_GENERATED
from workbook.form.model import RULES_SHEET
from workbook.reading.results import result_of
from workbook.reading.spots import Spot, referred
from workbook.viewing.words import bare_words, is_note, is_unit, key_of
from workbook.xlsx.book import Book
from workbook.xlsx.package import Package, PackageError

HANDED_OUT: Final = (
    "这是发出去填报的工作簿,不能在里面制表。"
    "请打开单位自己的表,或种类文件夹里的 form.xlsx,再点一次。"
)
READ_ONLY: Final = "这本工作簿是只读的,设了也存不下来。请先另存为一份,再点一次。"
UNREADABLE: Final = "这本工作簿读不出来({why})。请另存为“Excel 工作簿(.xlsx)”再试。"
NOT_ASKED: Final = "“{sheet}”表不是要填的表。请到填数的表里选中单元格,再点一次。"
TRIAL: Final = "预览"  # the kind as which a form is tried


@dataclass(frozen=True)
class Form:
    """A form as it stands in the program, read from a copy of it."""

    data: bytes

    @cached_property
    def adopted(self) -> Adopted:
        """What `gouji adopt` would make of it."""
        return adopt(TRIAL, self.data)

    @cached_property
    def book(self) -> Book:
        """Its cells as they are in the file."""
        return Book(Package.of(self.data))

    @cached_property
    def asked(self) -> Mapping[Spot, Asked]:
        """The single cells that would be asked for."""
        return {one.spot: one for one in self.adopted.found.asked()}

    @cached_property
    def names(self) -> Mapping[Spot, str]:
        """The names of single cells."""
        found = ((referred(text), name) for name, text in self.book.names.items())
        return {spot: name for spot, name in found if spot}

    def table_at(self, spot: Spot) -> tuple[AskedTable, Asked] | None:
        """The table and the column in which a cell stands."""
        for table in self.adopted.found.tables():
            if table.sheet == spot.sheet and table.top <= spot.row <= table.bottom:
                for column in table.columns:
                    if column.spot.column == spot.column:
                        return table, column
        return None

    def text(self, spot: Spot) -> str:
        """What a cell says, "" for a figure and a formula."""
        cell = self.book.sheet(spot.sheet).cells.get((spot.row, spot.column))
        if cell is None or cell.formula:
            return ""
        value = result_of(cell, self.book).value
        return value.strip() if isinstance(value, str) else ""

    def label(self, spot: Spot) -> str:
        """The nearest words to the left of a cell, else those above it; "" for none."""
        left = (spot._replace(column=column) for column in range(spot.column - 1, 0, -1))
        above = (spot._replace(row=row) for row in range(spot.row - 1, 0, -1))
        return self._first(left) or self._first(above)

    def _first(self, spots: Iterator[Spot]) -> str:
        texts = (self.text(one) for one in spots)
        return next((t for t in texts if bare_words(t) and not is_unit(t) and not is_note(t)), "")

    def key(self, spot: Spot, taken: set[str]) -> str:
        """The key of a cell: its name, what adopting calls it, or its label; "" for none.

        `taken` are the keys that other cells have, and holds this one then.
        """
        known = self.names.get(spot) or (self.asked[spot].key if spot in self.asked else "")
        if known:
            taken.add(known.casefold())
            return known
        label = self.label(spot)
        return key_of(label, taken, spot.sheet) if label else ""

    @property
    def taken(self) -> set[str]:
        """The keys and names that the form has already."""
        found = self.adopted.found
        keys = [*self.book.names, *(one.key for one in found.asked())]
        return {key.casefold() for key in (*keys, *(one.key for one in found.tables()))}


def form_of(book: xw.Book) -> Form | str:
    """The open form, or the sentence that says why nothing can be done in it."""
    cannot_be_saved = is_read_only(book)  # asked first, for the file tells of a book that is gone
    if identity(book).kind is not None:
        return HANDED_OUT
    if cannot_be_saved:
        return READ_ONLY
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "表.xlsx"
        try:
            save_copy(book, copy)
            if fault := readable(copy):
                return UNREADABLE.format(why=fault.rstrip("。"))
            form = Form(copy.read_bytes())
            _ = form.adopted
        except (OSError, PackageError) as error:
            return UNREADABLE.format(why=error)
    return form


def selected_spots(selected: Any, most: int) -> list[Spot] | str:
    """The cells of a selection, row by row, or the sentence that says what to select."""
    if selected is None or "," in selected.address:
        return "请选中连在一起的单元格,再点一次。"
    height, width = selected.shape
    if height * width > most:
        return f"选中了 {height * width} 个单元格,太多了。请只选要设的那些,再点一次。"
    sheet = str(selected.sheet.name)
    if sheet in (*ALL_GENERATED, RULES_SHEET, *ALL_RESULTS):
        return NOT_ASKED.format(sheet=sheet)
    return [
        Spot(sheet, row, column)
        for row in range(selected.row, selected.row + height)
        for column in range(selected.column, selected.column + width)
    ]
