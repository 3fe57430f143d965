"""How the workbook looks: a cell style for each part that a cell can play."""

import re
from copy import copy
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from msgspec import Struct
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.rule import Rule as Condition
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue import sheets
from workbook.form.field import Field
from workbook.making.palette import (
    BAND_FILL,
    BRAND,
    DEFAULT_FILL,
    GREY,
    HEAD_FILL,
    INK,
    INPUT_FILL,
    LABEL_FILL,
    LINE,
    NEEDED_EDGE,
    NEEDED_FILL,
)
from workbook.making.planning.measures import TEXT_SIZE, height_of
from workbook.saving.book import language_of

FONT = sheets.FONT.zh
HEADING_FONT = sheets.HEADING_FONT.zh
_FONTS = {one.zh: one for one in (sheets.FONT, sheets.HEADING_FONT)}  # by the one of a Look

_side = Side("thin", LINE)
BOX = Border(left=_side, right=_side, top=_side, bottom=_side)
LOCKED, OPEN = Protection(locked=True), Protection(locked=False)


class Look(Struct, frozen=True):
    """Everything that makes up one cell's appearance.

    `Look(fill=INPUT_FILL, boxed=True, open=True)`: a yellow cell with a border, to be typed into.
    """

    size: float = TEXT_SIZE
    color: str = INK
    bold: bool = False
    font: str = FONT
    fill: str | None = None
    boxed: bool = False
    horizontal: str = "left"
    vertical: str = "center"
    wrap: bool = True
    open: bool = False
    number_format: str = "General"


TITLE = Look(size=16, color=BRAND, font=HEADING_FONT, wrap=False)
NOTE = Look(size=10, color=GREY, wrap=False)
BAND = Look(size=11, color=BRAND, bold=True, fill=BAND_FILL, wrap=False)
HEAD = Look(color="FFFFFFFF", bold=True, fill=HEAD_FILL, boxed=True, horizontal="center")
LABEL = Look(fill=LABEL_FILL, boxed=True)
PLAIN = Look(boxed=True)
CENTRED = Look(boxed=True, horizontal="center")
HELP = Look(size=10, color=GREY, boxed=True)
FIGURE = Look(boxed=True, horizontal="right")
LINK = Look(color="FF0563C1", boxed=True, horizontal="center")

# Looking the parts of a style up anew for each cell was two thirds of the time of building a book.
_known: WeakKeyDictionary[Any, dict[tuple[Look, bytes], Any]] = WeakKeyDictionary()

_conditions: WeakKeyDictionary[Any, dict[int, int]] = WeakKeyDictionary()  # numbers by their look


def dress(cell: Cell | MergedCell, look: Look) -> None:
    """Give `cell` the look, over the one that it had."""
    styled: Any = cell
    known = _known.setdefault(styled.parent.parent, {})
    key = look, styled._style.tobytes() if styled._style else b""
    if key in known:
        styled._style = known[key].__copy__()
        return
    _put_on(cell, look)
    known[key] = copy(styled._style)


def _put_on(cell: Cell | MergedCell, look: Look) -> None:
    named = _FONTS.get(look.font)
    font = named(language_of(cell.parent)) if named else look.font
    cell.font = Font(name=font, size=look.size, bold=look.bold, color=look.color)
    indent = 1 if look.boxed and look.horizontal != "center" else 0
    cell.alignment = Alignment(look.horizontal, look.vertical, wrap_text=look.wrap, indent=indent)
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    if look.boxed:
        cell.border = BOX
    cell.protection = OPEN if look.open else LOCKED
    cell.number_format = look.number_format


def write(sheet: Worksheet, row: int, column: int, words: str, look: Look | None = None) -> None:
    """Put words into a cell; those that begin with = are no formula."""
    cell = sheet.cell(row, column)
    if look is not None:
        dress(cell, look)
    if words:
        cell.value = words
        cell.data_type = "s"


def merge(sheet: Worksheet, row: int, first: int, last: int) -> None:
    """Show cells of a row as one; they are dressed alike.

    openpyxl's own way makes the other cells anew and draws each border again, which takes a tenth
    of the time of building a book.
    """
    where = f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}"
    sheet.merged_cells.add(where)


def colour_when(sheet: Worksheet, where: str, formula: str, fill: str, ink: str) -> None:
    """Colour the cells while `formula` is true; of several conditions the first one wins."""
    _look_when(sheet, where, formula, _coloured(fill, ink))


def colour_needed(sheet: Worksheet, where: str, formula: str) -> None:
    """Give cells the look of required ones that are blank while `formula` is true."""
    _look_when(sheet, where, formula, _needed())


@cache
def _coloured(fill: str, ink: str) -> DifferentialStyle:
    return DifferentialStyle(font=Font(color=ink), fill=PatternFill(bgColor=fill))


@cache
def _needed() -> DifferentialStyle:
    side = Side("thin", NEEDED_EDGE)
    edge = Border(left=side, right=side, top=side, bottom=side)
    return DifferentialStyle(fill=PatternFill(bgColor=NEEDED_FILL), border=edge)


def _look_when(sheet: Worksheet, where: str, formula: str, look: DifferentialStyle) -> None:
    book: Any = sheet.parent
    known = _conditions.setdefault(book, {})
    if id(look) not in known:
        known[id(look)] = book._differential_styles.add(look)
    condition = Condition("expression", dxfId=known[id(look)], formula=[formula], stopIfTrue=True)
    sheet.conditional_formatting.add(where, condition)


def look_of(field: Field, *, is_given: bool = False) -> Look:
    """The look of a field's cell: one to be filled, one with a default, or one that is locked."""
    is_locked = bool(field.compute) or is_given
    fill = LABEL_FILL if is_locked else DEFAULT_FILL if field.default else INPUT_FILL
    return Look(
        fill=fill,
        boxed=True,
        open=not is_locked,
        horizontal="right" if field.is_number else "left",
        vertical="top" if field.type == "paragraphs" else "center",
        number_format=number_format(field),
    )


def number_format(field: Field) -> str:
    """Excel's format for a field: its declared decimals, dates as 2023-03-15, text as text."""
    if field.type == "date":
        return "yyyy-mm-dd"
    if field.type == "year":
        return "0"
    if field.is_number:
        if field.places is None:
            return "General"
        return figure_format(field.places)
    # Excel shows a text of more than 255 characters in a cell of format @ as ####, and takes a
    # formula that is touched there for text.
    return "General" if field.type == "paragraphs" or field.default else "@"


_HALF = re.compile(r"(?<=[\u4e00-\u9fff”])[,:;?()]|[,:;?()](?=[\u4e00-\u9fff“])")
_WIDE = dict(zip(",:;?()", "，：；？（）", strict=True))


def with_chinese_signs(text: str) -> str:
    """A sentence that is made of parts, with full-width signs beside its Chinese words."""
    wide = _HALF.sub(lambda found: _WIDE[found[0]], text)
    return wide if wide == text else with_chinese_signs(wide)


def figure_format(places: int) -> str:
    """Excel's format for a figure with thousands commas and a fixed number of decimals."""
    return "#,##0" + ("." + "0" * places if places else "")


class FittingRow(RowDimension):
    """A row whose height is a first guess: Excel fits it anew as soon as somebody types in it."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 - openpyxl's name, and its mark of a fixed height
        """Never fixed."""
        return False


def fit_row(sheet: Worksheet, row: int, height: float) -> None:
    """Give a row a first height that still grows with its text."""
    sheet.row_dimensions[row] = FittingRow(sheet, index=row, ht=height)


def text_height(text: str, width: float, least: int = 1, look: Look = PLAIN) -> float:
    """The height in points of `text` wrapped in a column `width` characters wide."""
    return height_of(text, width, least, look.size)
