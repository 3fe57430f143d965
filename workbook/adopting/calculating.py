"""What the formulas of a form say of its cells: expressions, types and decimals."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from workbook.adopting.grids import grids
from workbook.adopting.model import Asked, AskedGrid, AskedTable, Block, Found
from workbook.checking.data_files import KindError, shaped, toml
from workbook.checking.search import FORM
from workbook.figures.number_formats import number_format
from workbook.figures.numbers import from_excel, round_half_up
from workbook.form.model import Form
from workbook.reading.saved import SavedBook
from workbook.reading.snapshot import RawCell
from workbook.reading.spots import Spot
from workbook.reading.values import ABSENT, Entry, shown
from workbook.rules.computed import Computed
from workbook.rules.computing import pairs
from workbook.rules.defaults import worked_out
from workbook.rules.prepare_computed import prepare_computed
from workbook.viewing.boxes import Box
from workbook.viewing.formulas import Meaning, cells_read, expression, relative
from workbook.viewing.tokens import NotUnderstoodError
from workbook.viewing.translation import Said
from workbook.viewing.views import SheetView
from workbook.xlsx.addresses import Corners
from workbook.xlsx.book import Book
from workbook.xlsx.package import Package

_FIGURES: Final = ("number", "integer", "year")
_MOST_PLACES: Final = 6  # that are compared where a format leaves them open
_SHARE: Final = re.compile(r"\((\w+) / 100\)")
_NAME: Final = re.compile(r"[^\W\d]\w*")


def calculated(found: Found, sheets: Mapping[str, SheetView]) -> dict[str, list[Block]]:
    """The blocks of each sheet, formulas turned into expressions; `found.open` tells of others."""
    meaning = _meaning(found, sheets)
    reader = _Calculating(found, meaning)
    return {
        name: [made for block in blocks for made in reader.block(block, name)]
        for name, blocks in found.sheets.items()
    }


def _meaning(found: Found, sheets: Mapping[str, SheetView]) -> Meaning:
    keys = {one.spot: one for one in found.asked()}
    fields = {one.key: one for one in keys.values() if one.key in found.names}
    columns = {
        Spot(table.sheet, row, one.spot.column): f"sum({table.key}.{one.key})"
        for table in found.tables()
        for one in table.columns
        if one.type in _FIGURES and not one.is_percent
        for row in range(table.top, table.bottom + 1)
    }

    def of(spot: Spot) -> str | None:
        one = keys.get(spot)
        return name_of(one) if one is not None and one.type in _FIGURES else None

    def named(name: str) -> str | None:
        one = fields.get(name)
        return name_of(one) if one is not None and one.type in _FIGURES else None

    def box_at(spot: Spot) -> Box | None:
        sheet = sheets.get(spot.sheet)
        return sheet.boxes.get((spot.row, spot.column)) if sheet else None

    def is_mute(spot: Spot) -> bool:
        box = box_at(spot)
        return spot.sheet in sheets and spot not in keys and (box is None or not _says(box, spot))

    def words(spot: Spot) -> str:
        box = box_at(spot)
        return box.text if box is not None and spot not in keys else ""

    return Meaning(of, columns.get, is_mute, named, _whole_columns(found), words)


def _whole_columns(found: Found) -> Callable[[str, Corners], str | None]:
    """Gives `项目.金额` for the area on a sheet that is the whole of that column."""
    areas = {
        (table.sheet, table.top, table.bottom, one.spot.column): f"{table.key}.{one.key}"
        for table in found.tables()
        for one in table.columns
        if not one.is_percent
    }

    def rows(sheet: str, area: Corners) -> str | None:
        is_column = area.left == area.right
        return areas.get((sheet, area.top, area.bottom, area.left)) if is_column else None

    return rows


def _says(box: Box, spot: Spot) -> bool:
    """Whether a figure stands in a cell, or a formula may give one."""
    is_own = (box.row, box.column) == (spot.row, spot.column)
    return is_own and (bool(box.formula) or not (box.is_blank or box.text))


def name_of(one: Asked) -> str:
    """What a cell is called in an expression that calculates with what it holds."""
    return f"({one.key} / 100)" if one.is_percent else one.key


def differing(form_text: str, file: bytes) -> dict[str, str]:
    """The computed cells by which a form says another figure than its own book, each with both.

    `file` is last year's book with the form's names. Of cells that read one another the first are
    told; none where the form has faults, which whoever writes it tells.
    """
    try:
        form = shaped(Path(FORM), toml(Path(FORM), form_text.encode()), Form)
    except KindError:
        return {}
    cells = prepare_computed(form)[0]
    book = SavedBook(Book(Package.of(file)))
    snapshot, values, _ = worked_out(book.snapshot(form), form, cells)
    told = {
        cell.key: pairs_told
        for cell in cells
        if (pairs_told := [one for one in pairs(values, snapshot, (cell,)) if _differ(*one)])
    }
    first = [one for one in cells if one.key in told and not told.keys() & {*one.reads()}]
    return {one.key: _both(one, *told[one.key][0]) for one in first}


def _differ(entry: Entry, raw: RawCell) -> bool:
    """Whether a cell shows other than was worked out; a blank one may stand for 0 or nothing."""
    if raw.kind not in ("number", "text", "blank") or not entry.readable or entry.is_blank:
        return False
    if entry.is_absent or not isinstance(entry.value, Decimal):
        return raw.kind == "number" if entry.is_absent else (raw.value or "") != entry.value
    if raw.kind != "number":
        return raw.kind == "text" or entry.value != 0
    seen = None if entry.field.as_share else number_format(raw.number_format).decimals
    said = (one for one in (entry.field.places, seen) if one is not None)
    places = min(said, default=_MOST_PLACES)
    return round_half_up(from_excel(raw.value), places) != round_half_up(entry.value, places)


def _both(cell: Computed, entry: Entry, raw: RawCell) -> str:
    wanted = ABSENT if entry.is_absent else shown(entry.value)
    found = "空白" if raw.kind == "blank" else raw.value
    return (
        f"{raw.place}:「{cell.key}」照 {cell.field.compute} 算是 {wanted},表里是 {found},"
        "没有写成 compute,按表里的数读;请核对"
    )


def taken_back(block: Block, keys: Collection[str]) -> Block:
    """A block without the expressions of the columns and cells with these keys."""

    def own(one: Asked, of: str = "") -> Asked:
        if f"{of}{one.key}" not in keys:
            return one
        return replace(one, compute="", is_required=False, is_own_formula=True)

    if isinstance(block, AskedTable):
        return replace(block, columns=tuple(own(one, f"{block.key}.") for one in block.columns))
    if isinstance(block, AskedGrid):
        return replace(block, cells={place: own(one) for place, one in block.cells.items()})
    return tuple(map(own, block))


class _Calculating:
    """Turns the formulas of blocks into expressions."""

    def __init__(self, found: Found, meaning: Meaning) -> None:
        self._found, self._meaning = found, meaning
        self._fields = {one.key: one for one in found.asked()}

    def block(self, block: Block, sheet: str) -> list[Block]:
        """The block with expressions; a grid as those that a form can have."""
        if isinstance(block, AskedTable):
            names = {one.spot.column: name_of(one) for one in block.columns if one.type in _FIGURES}
            own = self._fields | {one.key: one for one in block.columns}
            row = block.top

            def of_row(formula: str) -> Said:
                return relative(formula, row, names, sheet, self._meaning)

            made = [self._expressed(one, of_row, own) for one in block.columns]
            return [replace(block, columns=tuple(made))]

        def whole(formula: str) -> Said:
            return expression(formula, sheet, self._meaning)

        if isinstance(block, AskedGrid):
            cells = {
                place: self._expressed(one, whole, self._fields)
                for place, one in block.cells.items()
            }
            return grids(replace(block, cells=cells))
        return [tuple(self._expressed(one, whole, self._fields) for one in block)]

    def _expressed(
        self, one: Asked, translate: Callable[[str], Said], fields: Mapping[str, Asked]
    ) -> Asked:
        if not one.formula:
            return one
        try:
            if self._adds_some(one):
                raise NotUnderstoodError(one.formula)
            said = translate(one.formula)
        except NotUnderstoodError:
            self._found.open.append(
                f"{one.spot.place}:「{one.key}」的公式 {one.formula} 看不懂,按表里算好的数读;"
                "要核对它,请在 rules.toml 里写一条规则"
            )
            return replace(one, is_required=False, is_own_formula=True)
        if said.is_text:
            return replace(one, compute=said.text, type="text", is_required=True, choices=())
        compute = _of_shares(said.text) if one.is_percent else said.text
        read = [fields[name] for name in _NAME.findall(said.text) if name in fields]
        return replace(
            _as_read(one, said.text, read), compute=compute, is_required=True, choices=()
        )

    def _adds_some(self, one: Asked) -> bool:
        """Whether a formula reads some of a table's rows and not all, nor just its own."""
        read = set(cells_read(one.formula, one.spot.sheet))
        for table in self._found.tables():
            for column in table.columns:
                rows = {
                    spot.row
                    for spot in read
                    if (spot.sheet, spot.column) == (table.sheet, column.spot.column)
                    and table.top <= spot.row <= table.bottom
                }
                if rows - {one.spot.row} and len(rows) <= table.bottom - table.top:
                    return True
        return False


def _of_shares(said: str) -> str:
    """The percentage that an expression gives; shares that are added up are percentages too."""
    plain = _SHARE.sub(r"\1", said)
    parts = re.split(r" [+-] ", said)
    return plain if all(map(_SHARE.fullmatch, parts)) else f"({said}) * 100"


def _as_read(one: Asked, said: str, read: list[Asked]) -> Asked:
    """The cell with type and decimals that what it adds up gives."""
    if "*" in said or "/" in said or not read:
        return one if one.type == "number" else replace(one, type="number", decimals=None)
    units = {part.unit for part in read}
    if not one.unit and len(units) == 1:  # of a sheet that says none: 节约额 of 预算 and 合同额
        one = replace(one, unit=units.pop())
    if one.type == "integer" and all(part.type == "integer" for part in read):
        return one
    is_open = any(part.type == "number" and part.decimals is None for part in read)
    if is_open and one.decimals is None:
        return replace(one, type="number")
    places = [part.decimals or 0 for part in read]
    most = max([*places, one.decimals or 0])
    return replace(one, type="number", decimals=most or None)
