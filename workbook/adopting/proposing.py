"""Blocks of units as what a form asks: keys, types, tables, grids, expressions."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from workbook.adopting.calculating import calculated
from workbook.adopting.counted_in import counted_in, of_its_row
from workbook.adopting.grid_keys import are_named_otherwise, grid_keys
from workbook.adopting.labelled import signed
from workbook.adopting.lists import asked_at, lowest_of, runs, table_of
from workbook.adopting.model import Asked, AskedGrid, AskedTable, Block, Found
from workbook.adopting.own_period import own_period
from workbook.adopting.periods import is_filled
from workbook.adopting.types import takes
from workbook.adopting.units import is_of_another, is_of_money, title_of, unit_above, unit_of
from workbook.reading.spots import Spot
from workbook.viewing.block_model import Body, Pairs, RawBlock, first_row
from workbook.viewing.blocks import blocks_of
from workbook.viewing.boxes import Box
from workbook.viewing.repeating import list_name
from workbook.viewing.row_names import is_unit_head, label_head, row_label, row_name, row_unit
from workbook.viewing.totals import total_rows, total_words
from workbook.viewing.typed_beside import is_signed
from workbook.viewing.views import MOST_COLUMNS, MOST_ROWS, SheetView
from workbook.viewing.words import (
    bare_words,
    by_year,
    key_of,
    says_both,
    unit_in,
)

_ALL: Final = ("合计", "小计", "总计", "共计")
_UNEVEN: Final = {  # by whether a formula stands in each row
    True: "各行的公式不一样,按表里算好的数读;要核对它,请在 rules.toml 里写规则",
    False: "有的行是公式,有的行是填的数,都当作填的数读;公式照原样留着,不用的请删掉",
}


class Proposal:
    """What a whole workbook asks, sheet by sheet; then what its formulas say."""

    def __init__(
        self,
        names: Mapping[Spot, str],
        keys: Mapping[Spot, str],
        read: Collection[Spot],
        unit: str = "",
    ) -> None:
        """`names` are the bureau's own, `keys` are known of cells beside them.

        `unit` is the one that all sheets give amounts which give any, "" for none or several.
        """
        self.found = Found(names=frozenset(names.values()))
        self._read = read  # by formulas that calculate
        known = {spot: key for spot, key in keys.items() if key not in self.found.names}
        self._names = {**known, **names}
        self._taken = {name.casefold() for name in self._names.values()}
        self._sheets: dict[str, SheetView] = {}
        self._unit = unit  # of money, that the other sheets say

    def sheet(self, sheet: SheetView) -> None:
        """Take in one sheet."""
        self._sheets[sheet.name] = sheet
        if sheet.is_hidden:
            self.found.open.append(f"{sheet.name}:隐藏的表照原样留着,没有要填的,内容也没有清掉")
            return
        if sheet.is_cut:
            self.found.open.append(
                f"{sheet.name}:只读了前 {MOST_ROWS} 行、{MOST_COLUMNS} 列,"
                "后面的没有收进来,内容也没有清掉"
            )
        unit = unit_of(sheet)
        read = blocks_of(sheet)
        if not unit and self._unit and is_of_money(read):
            unit = self._unit
            self.found.open.append(f"{sheet.name}:没有写金额单位,照其他表的「{unit}」读,请核对")
        blocks: list[Block] = []
        for raw in read:
            own = unit_above(sheet, first_row(raw))
            own = own or ("" if is_of_another(sheet, raw, read) else unit)
            blocks += self._block(raw, sheet, own)
        blocks += own_period(sheet, read, self._names, self._taken, self.found.open)
        blocks += signed(sheet, self._taken, self.found.open)
        for one in sheet.each():
            if one.typed_as:
                self._open(sheet, one, f"{one.typed_as} 没有读别的格,当作填的数,空表里不留")
            if one.note and not one.note.startswith("{{"):
                self._open(sheet, one, f"批注照原样留着({one.note[:20]})")
            if says_both(one.text) and not is_signed(one, sheet.row(one.row)):
                self._open(
                    sheet, one, f"标签和内容在同一格({one.text[:20]}),没有收进来,内容也没有清掉"
                )
        blocks = [block for block in blocks if block]
        if blocks:
            self.found.sheets[sheet.name] = blocks
            self.found.title = self.found.title or title_of(sheet)

    def _block(self, raw: RawBlock, sheet: SheetView, unit: str) -> list[Block]:
        if isinstance(raw, Pairs):
            return list(self._pairs(raw, sheet, unit))
        return self._lists(raw, sheet, unit) if raw.is_list else self._grid(raw, sheet, unit)

    def _lists(self, raw: Body, sheet: SheetView, unit: str) -> list[Block]:
        """The rows of a list between its totals as a table each, and the totals."""
        title = bare_words(raw.title)
        is_sheets = not title or title == bare_words(title_of(sheet))
        blocks: list[Block] = []
        for rows in runs(raw):
            words = list_name(sheet, rows[0]) or (sheet.name if is_sheets else title)
            key = key_of(words, self._taken)
            table = table_of(key, raw, rows, sheet, unit)
            blocks.append(table)
            for column in (column for column in table.columns if column.is_uneven):
                self.found.open.append(
                    f"{column.spot.place}:「{key}」的「{column.key}」{_UNEVEN[column.is_own_formula]}"
                )
        names = by_year(raw.heads.values())
        for row in total_rows(raw):
            part, said = total_words(raw, row)
            of = part or ("" if said in _ALL else said)  # 货物, or 本年累计
            for one in raw.values[row]:
                if one.formula or not one.is_blank:
                    head = raw.heads[one.column]
                    end = f"{part}{said}"
                    asked = self._asked(f"{head}{end}", f"{names[head]}{end}", one, sheet, [unit])
                    asked = replace(asked, lowest=lowest_of(raw, one.column))
                    blocks.append(
                        (replace(asked, known_by=(of, bare_words(head))),) if of else (asked,)
                    )
        return blocks

    def _pairs(self, raw: Pairs, sheet: SheetView, unit: str) -> list[tuple[Asked, ...]]:
        """The cells of one column together: what reads them expects that of a block."""
        asked: dict[int, list[Asked]] = {}
        names = by_year(pair.label for pair in raw.pairs)
        for pair in raw.pairs:
            units = [pair.counted_in or unit]
            one = self._asked(pair.label, names[pair.label], pair.box, sheet, units)
            asked.setdefault(pair.box.column, []).append(one)
        return [tuple(column) for column in asked.values()]

    def _asked(
        self, words: str, name: str, first: Box, sheet: SheetView, units: Sequence[str]
    ) -> Asked:
        spot = Spot(sheet.name, first.row, first.column)
        noted = first.note.strip("{} \n") if first.note.startswith("{{") else ""
        key = self._names.get(spot) or key_of(noted or name, self._taken, sheet.name)
        takes_what = takes(
            [first],
            bare_words(words),
            counted_in(words, *units),
            is_read=spot in self._read or bool(unit_in(words)),
        )
        return asked_at(key, bare_words(words), takes_what, spot, first)

    def _grid(self, raw: Body, sheet: SheetView, unit: str) -> list[Block]:
        """Fixed rows, the halves of a table that stand side by side apart."""
        halves: dict[int, dict[tuple[str, str], Box]] = {}
        for row in raw.rows:
            for one in raw.values[row]:
                said, head = row_label(raw, row, one), raw.heads[one.column]
                half = halves.setdefault(said.column if said else 0, {})
                label = row_name(raw, row, one)
                if (is_unit_head(head) and one.is_blank) or raw.is_printed(one.column):
                    continue
                if not label:
                    self._open(sheet, one, "没有找到它的名称,没有收进来")
                elif (label, head) in half:
                    self._open(sheet, one, f"「{label}」的「{head}」已有一格,这一格没有收进来")
                else:
                    half[label, head] = one
        title = bare_words(raw.title) or sheet.name
        unit = unit_in(label_head(raw)) or unit  # 财政供养人员（人）
        own = {row: [row_unit(raw, row), unit] for row in raw.rows}
        units = {id(one): own[row] for row in raw.rows for one in raw.values[row]}
        made = [self._half(title, cells, sheet, units) for cells in halves.values() if cells]
        return [_with_lowest(one, raw) for one in made]

    def _half(
        self,
        title: str,
        cells: Mapping[tuple[str, str], Box],
        sheet: SheetView,
        units: Mapping[int, Sequence[str]],
    ) -> Block:
        """A grid; with one column of values, single cells."""
        heads = dict.fromkeys(head for _, head in cells)
        if len(heads) == 1:
            names = by_year(label for label, _ in cells)
            return tuple(
                self._asked(label, names[label], one, sheet, [counted_in(head, *units[id(one)])])
                for (label, head), one in cells.items()
            )
        own = self._own_names(cells, sheet)
        rows, columns = grid_keys(own, cells, self._taken)
        if are_named_otherwise(own, rows, columns):
            return tuple(
                self._asked(f"{label}{head}", f"{rows[label]}_{columns[head]}", one, sheet,
                            [counted_in(head, *units[id(one)])])
                for (label, head), one in cells.items()
            )  # fmt: skip
        asked = self._grid_cells(cells, rows, columns, sheet, units)
        self._taken |= {one.key.casefold() for one in asked.values()}
        return AskedGrid(title, rows, columns, asked)

    def _grid_cells(
        self,
        cells: Mapping[tuple[str, str], Box],
        rows: Mapping[str, str],
        columns: Mapping[str, str],
        sheet: SheetView,
        units: Mapping[int, Sequence[str]],
    ) -> dict[tuple[str, str], Asked]:
        alike = {
            head: [one for (_, h), one in cells.items() if h == head and not one.is_blank]
            for head in columns
        }
        asked = {}
        for (label, head), one in cells.items():
            spot = Spot(sheet.name, one.row, one.column)
            what = takes(
                alike[head] if one.is_blank else [one],
                bare_words(head),
                counted_in(head, *units[id(one)]) or of_its_row(label, head, units[id(one)][-1]),
                is_read=spot in self._read,
            )
            words = f"{bare_words(label)}{bare_words(head)}"
            asked[label, head] = asked_at(f"{rows[label]}_{columns[head]}", words, what, spot, one)
        return asked

    def _own_names(
        self, cells: Mapping[tuple[str, str], Box], sheet: SheetView
    ) -> dict[tuple[str, str], str]:
        """The names that cells of a grid have of the bureau's own, by label and head."""
        names = {
            place: self._names.get(Spot(sheet.name, one.row, one.column))
            for place, one in cells.items()
        }
        return {place: name for place, name in names.items() if name}

    def _open(self, sheet: SheetView, box: Box, says: str) -> None:
        self.found.open.append(f"{Spot(sheet.name, box.row, box.column).place}:{says}")

    def settle(self) -> None:
        """Ask for nothing that last year's book left blank, and read what formulas say."""
        asked = self.found.asked()
        if any(isinstance(one.value, int | Decimal) and not one.formula for one in asked):
            self._each(lambda one: replace(one, is_required=one.is_required and is_filled(one)))
        self.found.sheets = calculated(self.found, self._sheets)

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


def _with_lowest(block: Block, raw: Body) -> Block:
    """A grid whose cells know the lowest of the heads above them."""
    if not isinstance(block, AskedGrid):
        return block
    cells = {
        place: replace(one, lowest=lowest_of(raw, one.spot.column))
        for place, one in block.cells.items()
    }
    return replace(block, cells=cells)
