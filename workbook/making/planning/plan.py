"""Where everything of a form stands on its sheets: the plan that `layout` makes and `build` writes.

Rows and columns are numbers that begin at 1. `plan_sheets(form, rules)[0].fields[0].address` is
`C5`: under the title, a note, the words above the fields and the band of the first block.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby

from msgspec import Struct

from workbook.catalogue.model import Language
from workbook.catalogue.sheets import ROW_ORDER, ROW_USED, ROW_VERDICT
from workbook.findings.place import Place
from workbook.form.field import Field
from workbook.form.grid import Grid, GridRow
from workbook.form.model import Sheet
from workbook.form.table import Table
from workbook.rules.model import Rule
from workbook.xlsx.addresses import column_letters

LABEL, INPUT, UNIT, HELP = 2, 3, 4, 5  # columns of a sheet
GUIDE_WORDS = LABEL + 3  # the column of the guide that says how far a sheet is filled
TITLE_ROW, NOTE_ROW, HEAD_ROW = 1, 2, 3


class FieldSpot(Struct, frozen=True):
    """A single field, or the cell of a grid, and where it stands."""

    field: Field
    row: int
    column: int = INPUT

    @property
    def address(self) -> str:
        """The input cell."""
        return f"{column_letters(self.column)}{self.row}"


class GridSpot(Struct, frozen=True):
    """A grid and its heading's row; the header stands below it, a row of units between them."""

    grid: Grid
    title_row: int

    @property
    def header_row(self) -> int:
        """The row of the column names."""
        return self.title_row + 2

    @property
    def rows(self) -> dict[int, GridRow]:
        """The grid's rows by the sheet's."""
        return dict(enumerate(self.grid.row, start=self.header_row + 1))

    @property
    def columns(self) -> dict[str, int]:
        """Column number of each of the grid's columns."""
        return {column.key: INPUT + i for i, column in enumerate(self.grid.column)}

    @property
    def cells(self) -> Iterator[FieldSpot]:
        """The cells, row by row."""
        rows = {row.key: number for number, row in self.rows.items()}
        for row, column, field in self.grid.cells:
            yield FieldSpot(field, rows[row.key], self.columns[column.key])


class TableSpot(Struct, frozen=True, dict=True):
    """A repeating table: its heading's row, its header's row and the rules checked on each row."""

    table: Table
    title_row: int
    rules: tuple[Rule, ...]
    language: Language = "zh"

    @property
    def header_row(self) -> int:
        """The row of the column names, under the title and the units."""
        return self.title_row + 2

    @property
    def rows(self) -> range:
        """The ready blank rows."""
        count = len(self.table.row) or self.table.rows
        return range(self.header_row + 1, self.header_row + 1 + count)

    @cached_property
    def columns(self) -> dict[str, int]:
        """Column number of each field's key, of the verdict on a row, of each rule's id."""
        return {key: LABEL + i for i, key in enumerate((*self._shown, *self._aside))}

    @property
    def heads(self) -> dict[str, int]:
        """Column number of each head: a field's words, and what the program adds by its key."""
        words = {column.key: column.name for column in self.table.column}
        return {words.get(key, key): number for key, number in self.columns.items()}

    @property
    def _shown(self) -> tuple[str, ...]:
        shown = [column.key for column in self.table.column if not column.aside]
        return (*shown, ROW_VERDICT(self.language)) if self.rules else tuple(shown)

    @property
    def asks_use(self) -> bool:
        """Whether formulas in its rows ask if somebody typed into theirs."""
        has_formulas = bool(self.rules) or any(column.formula for column in self.table.column)
        return has_formulas and not self.table.row

    @property
    def _aside(self) -> tuple[str, ...]:
        aside = [column.key for column in self.table.column if column.aside]
        aside += [ROW_USED(self.language)] if self.asks_use else []
        aside += [ROW_ORDER(self.language)] if self.table.follows else []
        return (*aside, *(rule.spec.id for rule in self.rules))

    @property
    def last_shown(self) -> int:
        """The last column that is not folded."""
        return LABEL + len(self._shown) - 1

    @property
    def aside(self) -> range:
        """The columns that only the program looks at, at the right of all others."""
        first = self.last_shown + 1
        return range(first, first + len(self._aside))

    @property
    def reference(self) -> str:
        """The whole table with its header, `B5:D35`."""
        last = column_letters(max(self.columns.values()))
        return f"{column_letters(LABEL)}{self.header_row}:{last}{self.rows[-1]}"


class SheetPlan(Struct, frozen=True):
    """One worksheet: its bands (row and words), fields, grids, tables and column widths.

    `fields_head` is the row that says what the columns of the single fields hold.

    A sheet of one block 基本信息 with two fields has its title in row 1, a note in row 2, the words
    above the fields in row 3 (`fields_head`), the band in row 4, the fields in rows 5 and 6.
    """

    sheet: Sheet
    fields_head: int
    bands: tuple[tuple[int, str], ...]
    fields: tuple[FieldSpot, ...]
    grids: tuple[GridSpot, ...]
    tables: tuple[TableSpot, ...]
    widths: dict[int, float]
    language: Language = "zh"

    @property
    def spots(self) -> tuple[FieldSpot, ...]:
        """Every cell that has a name: the single fields and the cells of the grids."""
        return (*self.fields, *(cell for grid in self.grids for cell in grid.cells))

    @property
    def aside(self) -> range:
        """The columns that only the program looks at and in which nothing else stands."""
        of_tables = [spot.aside for spot in self.tables if spot.aside]
        shown = [HELP] if self.fields else [LABEL]
        shown += [max(grid.columns.values()) for grid in self.grids]
        shown += [spot.aside.start - 1 for spot in self.tables]
        last = max((columns.stop for columns in of_tables), default=0)
        return range(max(shown) + 1, last)

    @property
    def width(self) -> float:
        """The width of all columns that are not folded, in characters."""
        aside = self.aside
        return sum(width for column, width in self.widths.items() if column not in aside)

    @property
    def is_protected(self) -> bool:
        """Excel does not grow a table on a protected sheet, so one with such a table stays open."""
        return all(spot.table.row for spot in self.tables)

    @property
    def freeze(self) -> str:
        """The cell above and left of which nothing scrolls."""
        return f"{column_letters(INPUT)}{self.head_row + 1}"

    @property
    def head_row(self) -> int:
        """The last of the rows that every printed page repeats."""
        heads = [self.fields_head] if self.fields else []
        heads += [grid.header_row for grid in self.grids]
        return min(heads + [table.header_row for table in self.tables])


def places_of(plans: Sequence[SheetPlan]) -> dict[str, Place]:
    """The cell of each field, and of each column's first row, by `甲` and `项目.金额`."""
    places: dict[str, Place] = {}
    for plan in plans:
        for spot in plan.spots:
            places[spot.field.key] = Place(plan.sheet.name, spot.address)
        for table in plan.tables:
            for key, number in table.columns.items():
                address = f"{column_letters(number)}{table.rows[0]}"
                places[f"{table.table.key}.{key}"] = Place(plan.sheet.name, address)
    return places


def is_given(table: Table, column: Field, number: int) -> bool:
    """Whether the form itself fills a column in the row `number`, which begins at 0."""
    return number < len(table.row) and column.key in table.row[number].given


def open_runs(spot: TableSpot, column: Field) -> Iterator[tuple[int, int]]:
    """First and last of each run of rows in which somebody types into a column."""
    table, start = spot.table, spot.rows[0]
    is_open = [
        not table.cell(column, number).compute and not is_given(table, column, number)
        for number in range(len(spot.rows))
    ]
    for opens, run in groupby(enumerate(is_open, start=start), key=lambda pair: pair[1]):
        rows = [row for row, _ in run]
        if opens:
            yield rows[0], rows[-1]
