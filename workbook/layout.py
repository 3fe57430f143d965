"""Where everything of a form stands: a pure plan of rows and columns that `build` then writes."""

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from workbook.form import Field, Fields, Form, Sheet, Table
from workbook.rules import Rule, RuleSet

LABEL, INPUT, UNIT, HELP = 2, 3, 4, 5
TITLE_ROW, NOTE_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3, 4
LABEL_WIDTH, UNIT_WIDTH, HELP_WIDTH = 28, 7, 30
TEXT_WIDTH, FIGURE_WIDTH, LIST_WIDTH = 64, 18, 36


@dataclass(frozen=True, slots=True)
class FieldSpot:
    """A single field and its row."""

    field: Field
    row: int

    @property
    def address(self) -> str:
        """The input cell."""
        return f"{get_column_letter(INPUT)}{self.row}"


@dataclass(frozen=True, slots=True)
class TableSpot:
    """A repeating table: its heading's row, its header's row and the rules checked on each row."""

    table: Table
    title_row: int
    rules: tuple[Rule, ...]

    @property
    def header_row(self) -> int:
        """The row of the column names, under the title and the units."""
        return self.title_row + 2

    @property
    def rows(self) -> range:
        """The ready blank rows."""
        return range(self.header_row + 1, self.header_row + 1 + self.table.rows)

    @property
    def columns(self) -> dict[str, int]:
        """Column number of each field's key, then of each rule's id."""
        keys = [column.key for column in self.table.column] + [r.spec.id for r in self.rules]
        return {key: LABEL + i for i, key in enumerate(keys)}

    @property
    def reference(self) -> str:
        """The whole table with its header, `B5:D35`."""
        last = get_column_letter(max(self.columns.values()))
        return f"{get_column_letter(LABEL)}{self.header_row}:{last}{self.rows[-1]}"


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One worksheet: its bands (row and words), fields, tables and column widths."""

    sheet: Sheet
    bands: tuple[tuple[int, str], ...]
    fields: tuple[FieldSpot, ...]
    tables: tuple[TableSpot, ...]
    widths: dict[int, float]

    @property
    def is_protected(self) -> bool:
        """Excel does not grow a table on a protected sheet, so one with a table stays open."""
        return not self.tables

    @property
    def freeze(self) -> str:
        """The cell above and left of which nothing scrolls."""
        return f"{get_column_letter(INPUT)}{self.head_row + 1}"

    @property
    def head_row(self) -> int:
        """The last of the rows that every printed page repeats."""
        return HEAD_ROW if self.fields else self.tables[0].header_row


def plan_sheets(form: Form, rules: RuleSet) -> list[SheetPlan]:
    """The plan of every sheet that the clerk fills."""
    return [_plan(sheet, rules) for sheet in form.sheet]


def _plan(sheet: Sheet, rules: RuleSet) -> SheetPlan:
    bands: list[tuple[int, str]] = []
    fields: list[FieldSpot] = []
    tables: list[TableSpot] = []
    row = FIRST_ROW if sheet.fields else NOTE_ROW + 1
    for block in sheet.block:
        if isinstance(block, Fields):
            bands.append((row, block.title))
            fields += [FieldSpot(field, row + 1 + i) for i, field in enumerate(block.field)]
            row += len(block.field) + 2
        else:
            each = tuple(rule for rule in rules.rules if rule.spec.each == block.key)
            tables.append(TableSpot(block, row, each))
            row = tables[-1].rows[-1] + 2
    widths = dict(_widths(sheet, tables))
    return SheetPlan(sheet, tuple(bands), tuple(fields), tuple(tables), widths)


def _widths(sheet: Sheet, tables: list[TableSpot]) -> Iterator[tuple[int, float]]:
    """The width of each column, in characters, the widest of what stands in it."""
    wanted: dict[int, float] = {1: 2.5}
    if sheet.fields:
        wanted |= {LABEL: LABEL_WIDTH, UNIT: UNIT_WIDTH, HELP: HELP_WIDTH}
        wanted[INPUT] = max(_input_width(field) for field in sheet.fields)
    for spot in tables:
        for column in spot.table.column:
            number = spot.columns[column.key]
            wanted[number] = max(wanted.get(number, 0), column_width(column))
        for rule in spot.rules:
            wanted[spot.columns[rule.spec.id]] = max(12, 2.2 * len(rule.spec.id) + 2)
    yield from wanted.items()


def _input_width(field: Field) -> float:
    """How wide a single field's cell is, in characters."""
    if field.width is not None:
        return field.width
    return {"paragraphs": TEXT_WIDTH, "text": LIST_WIDTH, "choice": LIST_WIDTH}.get(
        field.type, FIGURE_WIDTH
    )


def column_width(column: Field) -> float:
    """How wide a table's column is, in characters."""
    if column.width is not None:
        return column.width
    if column.type == "paragraphs":
        return TEXT_WIDTH
    return LABEL_WIDTH if column.type == "text" else max(14, 2.2 * len(column.name) + 4)
