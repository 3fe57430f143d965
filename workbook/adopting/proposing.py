"""Blocks of units as what a form asks: keys, types, tables, grids, expressions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile
from typing import Final

from workbook.adopting.blocks import Body, Pairs, RawBlock, blocks_of, row_words, total_rows
from workbook.adopting.formulas import Meaning, NotUnderstoodError, expression, relative
from workbook.adopting.model import Asked, AskedGrid, AskedTable, Block, Found, Unit, Value
from workbook.adopting.types import Takes, takes
from workbook.adopting.views import SheetView
from workbook.adopting.words import (
    bare_words,
    is_note,
    is_total,
    key_of,
    says_both,
    unit_in,
    unit_said,
)
from workbook.reading.spots import Spot

_OPTIONAL: Final = ("备注", "说明", "注")
_MOST_OPEN: Final = 200


class Proposal:
    """What a whole workbook asks, sheet by sheet; then what its formulas say."""

    def __init__(self, names: Mapping[Spot, str]) -> None:
        self.found = Found()
        self._names = names  # that the bureau gave its cells already
        self._taken = {name.casefold() for name in names.values()}
        self._sheets: dict[str, SheetView] = {}

    def sheet(self, sheet: SheetView) -> None:
        """Take in one sheet."""
        self._sheets[sheet.name] = sheet
        unit = unit_said(one.text for one in sheet.each() if one.text)
        blocks: list[Block] = []
        for raw in blocks_of(sheet):
            blocks += self._block(raw, sheet, unit)
        for one in sheet.each():
            if says_both(one.text):
                self._open(
                    sheet, one, f"标签和内容在同一格({one.text[:20]}),没有收进来,内容也没有清掉"
                )
        blocks = [block for block in blocks if block]
        if blocks:
            self.found.sheets[sheet.name] = blocks
            self.found.title = self.found.title or _title(sheet)

    def _block(self, raw: RawBlock, sheet: SheetView, unit: str) -> list[Block]:
        if isinstance(raw, Pairs):
            return list(self._pairs(raw, sheet, unit))
        return self._table(raw, sheet, unit) if raw.is_list else self._grid(raw, sheet, unit)

    def _pairs(self, raw: Pairs, sheet: SheetView, unit: str) -> list[tuple[Asked, ...]]:
        """The cells of one column together: what reads them expects that of a block."""
        asked: dict[int, list[Asked]] = {}
        for pair in raw.pairs:
            one = self._asked(pair.label, pair.label, [pair.unit], sheet, unit)
            asked.setdefault(pair.unit.column, []).append(one)
        return [tuple(column) for column in asked.values()]

    def _asked(
        self, words: str, name: str, units: Sequence[Unit], sheet: SheetView, unit: str
    ) -> Asked:
        first = units[0]
        spot = Spot(sheet.name, first.row, first.column)
        noted = first.note.strip("{} \n") if first.note.startswith("{{") else ""
        key = self._names.get(spot) or key_of(noted or name, self._taken)
        takes_what = takes([first], bare_words(words), unit_in(words) or unit)
        return _asked(key, bare_words(words), takes_what, spot, first)

    def _grid(self, raw: Body, sheet: SheetView, unit: str) -> list[Block]:
        """Fixed rows, the halves of a table that stand side by side apart."""
        halves: dict[int, dict[tuple[str, str], Unit]] = {}
        for row in raw.rows:
            for one in raw.values[row]:
                label, head = row_words(raw, row, one), raw.heads[one.column]
                half = halves.setdefault(_label_column(raw, row, one), {})
                if not bare_words(label):
                    self._open(sheet, one, "没有找到它的名称,没有收进来")
                elif (label, head) in half:
                    self._open(sheet, one, f"「{label}」的「{head}」已有一格,这一格没有收进来")
                else:
                    half[label, head] = one
        title = bare_words(raw.title) or sheet.name
        said = [unit_in(one.text) for row in raw.rows for one in raw.labels[row]]
        unit = next(filter(None, said), unit)
        return [self._half(title, cells, sheet, unit) for cells in halves.values() if cells]

    def _half(
        self, title: str, cells: Mapping[tuple[str, str], Unit], sheet: SheetView, unit: str
    ) -> Block:
        """A grid; with one column of values, or values of several kinds in one, single cells."""
        heads = dict.fromkeys(head for _, head in cells)
        if len(heads) == 1:
            return tuple(
                self._asked(label, label, [one], sheet, unit_in(label) or unit_in(head) or unit)
                for (label, head), one in cells.items()
            )
        rows, columns = self._grid_keys(cells)
        alike = {
            head: [one for (_, h), one in cells.items() if h == head and not one.is_blank]
            for head in heads
        }
        asked = {
            (label, head): _asked(
                f"{rows[label]}_{columns[head]}",
                f"{bare_words(label)}{bare_words(head)}",
                takes(alike[head] if one.is_blank else [one], bare_words(head), unit),
                Spot(sheet.name, one.row, one.column),
                one,
            )
            for (label, head), one in cells.items()
        }
        self._taken |= {one.key.casefold() for one in asked.values()}
        if any(len({one.type for (_, h), one in asked.items() if h == head}) > 1 for head in heads):
            return tuple(asked.values())
        return AskedGrid(title, rows, columns, asked)

    def _grid_keys(
        self, cells: Mapping[tuple[str, str], Unit]
    ) -> tuple[dict[str, str], dict[str, str]]:
        """The keys of labels and heads, so that no cell has a name that is taken."""
        taken: set[str] = set()
        columns = {head: key_of(head, taken) for head in dict.fromkeys(h for _, h in cells)}
        taken = set()
        rows: dict[str, str] = {}
        for label in dict.fromkeys(label for label, _ in cells):
            key = key_of(label, taken)
            while any(f"{key}_{one}".casefold() in self._taken for one in columns.values()):
                key = key_of(label, taken)
            rows[label] = key
        return rows, columns

    def _table(self, raw: Body, sheet: SheetView, unit: str) -> list[Block]:
        totals = set(total_rows(raw))
        rows = list(takewhile(lambda row: row not in totals, raw.rows))
        rows = list(range(rows[0], rows[-1] + 1)) if rows else []
        if not rows:
            return []
        title = bare_words(raw.title)
        is_sheets = not title or title == bare_words(_title(sheet))
        key = key_of(sheet.name if is_sheets else title, self._taken)
        title = title or sheet.name
        columns = self._columns(raw, rows, sheet, unit)
        table = AskedTable(key, title, sheet.name, columns, rows[0], rows[-1])
        blocks: list[Block] = [replace(table, rows=_typed_rows(columns, rows, sheet))]
        for row in sorted(totals):
            cells = [
                self._asked(
                    f"{raw.heads[one.column]}合计",
                    f"{raw.heads[one.column]}合计",
                    [one],
                    sheet,
                    unit,
                )
                for one in raw.values[row]
                if one.formula or not one.is_blank
            ]
            blocks += [(cell,) for cell in cells]
        return blocks

    def _columns(
        self, raw: Body, rows: Sequence[int], sheet: SheetView, unit: str
    ) -> tuple[Asked, ...]:
        taken: set[str] = set()
        found: list[Asked] = []
        for column, head in raw.heads.items():
            if column == raw.ordinal or (column - 1, head) in {
                (one.spot.column, one.words) for one in found
            }:
                continue
            units = [u for row in rows if (u := sheet.units.get((row, column))) is not None]
            units = [one for one in units if one.column == column]
            if not units:
                continue
            what = takes(units, bare_words(head), unit_in(head) or unit, is_column=True)
            spot = Spot(sheet.name, rows[0], column)
            sample = next((one for one in units if one.formula), units[0])
            asked = _asked(key_of(head, taken), bare_words(head), what, spot, sample)
            in_use = [row for row in rows if _row_in_use(sheet, raw, row)]
            filled = {one.row for one in units if not one.is_blank}
            needed = filled >= set(in_use) if in_use else not found
            is_merged = any(one.bottom > one.row for one in units)
            found.append(replace(asked, is_required=needed, is_merged=is_merged, value=None))
        return tuple(found)

    def _open(self, sheet: SheetView, unit: Unit, says: str) -> None:
        if len(self.found.open) < _MOST_OPEN:
            place = Spot(sheet.name, unit.row, unit.column).place
            self.found.open.append(f"{place}:{says}")

    def settle(self) -> None:
        """Ask for nothing that last year's book left blank, and read what formulas say."""
        asked = self.found.asked()
        if any(isinstance(one.value, int | Decimal) for one in asked):
            self._each(lambda one: replace(one, is_required=one.is_required and _is_typed(one)))
        self._calculate()

    def _each(self, change: Callable[[Asked], Asked]) -> None:
        """Change every single cell."""
        for name, blocks in self.found.sheets.items():
            made: list[Block] = []
            for block in blocks:
                if isinstance(block, AskedGrid):
                    cells = {place: change(one) for place, one in block.cells.items()}
                    made.append(replace(block, cells=cells))
                elif isinstance(block, AskedTable):
                    made.append(block)
                else:
                    made.append(tuple(map(change, block)))
            self.found.sheets[name] = made

    def _calculate(self) -> None:
        """Turn the formulas of all cells into expressions, those that can be."""
        keys = {one.spot: one for one in self.found.asked()}
        tables = self.found.tables()

        def of(spot: Spot) -> str | None:
            one = keys.get(spot)
            if one is None or one.type not in ("number", "integer", "year"):
                return None
            return f"({one.key} / 100)" if one.is_percent else one.key

        def column(sheet: str, left: int, top: int, right: int, bottom: int) -> str | None:
            return next(
                (
                    f"{table.key}.{one.key}"
                    for table in tables
                    for one in table.columns
                    if (table.sheet, one.spot.column) == (sheet, left)
                    and left == right
                    and (table.top <= top <= table.bottom or table.top <= bottom <= table.bottom)
                ),
                None,
            )

        meaning = Meaning(of, column)
        for name, blocks in self.found.sheets.items():
            self.found.sheets[name] = [self._calculated(block, name, meaning) for block in blocks]

    def _calculated(self, block: Block, sheet: str, meaning: Meaning) -> Block:
        if isinstance(block, AskedTable):
            columns = {one.spot.column: one.key for one in block.columns}
            made = [
                self._expressed(one, lambda f, r=one.spot.row: relative(f, r, columns, sheet))
                for one in block.columns
            ]
            return replace(block, columns=tuple(made))

        def whole(formula: str) -> str:
            return expression(formula, sheet, meaning)

        if isinstance(block, AskedGrid):
            cells = {place: self._expressed(one, whole) for place, one in block.cells.items()}
            return replace(block, cells=cells)
        return tuple(self._expressed(one, whole) for one in block)

    def _expressed(self, one: Asked, translate: object) -> Asked:
        if not one.formula:
            return one
        try:
            said = translate(one.formula)  # type: ignore[operator]
        except NotUnderstoodError:
            place = one.spot.place
            self.found.open.append(
                f"{place}:「{one.key}」的公式 {one.formula} 看不懂,按表里算好的数读;"
                "要核对它,请在 rules.toml 里写一条规则"
            )
            return replace(one, is_required=False)
        compute = f"({said}) * 100" if one.is_percent else said
        kind = one.type if one.type in ("number", "integer", "text") else "number"
        return replace(one, compute=compute, type=kind, is_required=True, choices=())


def _asked(key: str, words: str, what: Takes, spot: Spot, unit: Unit) -> Asked:
    is_optional = words.startswith(_OPTIONAL) or words.endswith(_OPTIONAL)
    return Asked(
        key,
        words,
        what.type,
        spot,
        unit=what.unit,
        decimals=what.decimals,
        choices=unit.choices,
        is_required=not is_optional,
        is_percent=what.is_percent,
        formula=unit.formula,
        value=None if unit.formula else unit.value,
    )


def _is_typed(one: Asked) -> bool:
    return bool(one.formula) or one.value not in (None, "")


def _label_column(raw: Body, row: int, unit: Unit) -> int:
    before = [one.column for one in raw.labels[row] if one.right < unit.column]
    return before[-1] if before else 0


def _row_in_use(sheet: SheetView, raw: Body, row: int) -> bool:
    columns = [column for column in raw.heads if column != raw.ordinal]
    units = (sheet.units.get((row, column)) for column in columns)
    return any(one is not None and not one.is_blank and not one.formula for one in units)


def _typed_rows(
    columns: Sequence[Asked], rows: Sequence[int], sheet: SheetView
) -> tuple[Mapping[str, Value], ...]:
    """What last year's book holds in the rows in use, formulas left out."""
    found: list[Mapping[str, Value]] = []
    for row in rows:
        typed: dict[str, Value] = {}
        for one in columns:
            unit = sheet.units.get((row, one.spot.column))
            is_own = unit is not None and unit.row == row and not unit.formula
            if unit is not None and is_own and unit.value not in (None, ""):
                typed[one.key] = unit.value
        if typed:
            found.append(typed)
    return tuple(found)


def _title(sheet: SheetView) -> str:
    """The first words of a sheet that are no label and no note on units."""
    for unit in sheet.each():
        if unit.text and not is_note(unit.text) and not is_total(unit.text):
            return unit.text
    return sheet.name
