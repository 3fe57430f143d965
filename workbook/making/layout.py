"""Where everything of a form stands: a pure plan of rows and columns that `build` then writes."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

from msgspec import Struct

from workbook.catalogue.model import Language
from workbook.catalogue.sheets import ROW_ORDER, ROW_USED, ROW_VERDICT
from workbook.figures.widths import width_of
from workbook.findings.place import Place
from workbook.form.field import Field, Fields
from workbook.form.grid import Grid, GridRow
from workbook.form.model import Form, Sheet
from workbook.form.table import Table
from workbook.rules.model import Rule, RuleSet
from workbook.xlsx.addresses import column_letters

LABEL, INPUT, UNIT, HELP = 2, 3, 4, 5
GUIDE_WORDS = LABEL + 3  # the column of the guide that says how far a sheet is filled
TITLE_ROW, NOTE_ROW, HEAD_ROW = 1, 2, 3
LABEL_WIDTH, UNIT_WIDTH, HELP_WIDTH = 28, 7, 30  # in digits
LETTER: dict[Language, float] = {"zh": 2.2, "en": 1.1}  # the room of one letter, in digits
TEXT_WIDTH, FIGURE_WIDTH, LIST_WIDTH, VERDICT_WIDTH = 64, 18, 36, 22
LONG_TEXT_LINES = 4  # that a cell for paragraphs shows at least
TEXT_SIZE, SMALL_SIZE = 11.0, 10.0  # points
INDENT = 3  # characters that a cell's margins and indent take
TOLD_WIDTH = 44  # of the guide's words on how far a sheet is filled, in digits
TOLD_HEIGHT, SUMMARY_HEIGHT = 20, 36  # points at least, of these words and of what 校验 says
LINE_HEIGHT = 15.75  # points, of 11 pt 宋体


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


def plan_sheets(form: Form, rules: RuleSet) -> list[SheetPlan]:
    """The plan of every sheet that the clerk fills.

    The first field of a form stands in row 5 of its sheet, under title, note, heads and its band.
    """
    return [_plan(sheet, rules, form.language) for sheet in form.sheet if sheet.card is None]


def _plan(sheet: Sheet, rules: RuleSet, language: Language) -> SheetPlan:
    bands: list[tuple[int, str]] = []
    fields: list[FieldSpot] = []
    grids: list[GridSpot] = []
    tables: list[TableSpot] = []
    row = fields_head = HEAD_ROW
    for block in sheet.block:
        if isinstance(block, Fields):
            if not bands:  # the first block of single fields has the words above it
                fields_head, row = row, row + 1
            bands.append((row, block.title))
            fields += [FieldSpot(field, row + 1 + i) for i, field in enumerate(block.field)]
            row += len(block.field) + 2
        elif isinstance(block, Grid):
            grids.append(GridSpot(block, row))
            row = max(grids[-1].rows) + 2
        elif isinstance(block, Table):
            each = tuple(rule for rule in rules.rules if rule.spec.each == block.key)
            tables.append(TableSpot(block, row, each, language))
            row = tables[-1].rows[-1] + 2
    widths = dict(_widths(fields, grids, tables, language))
    return SheetPlan(
        sheet,
        fields_head,
        tuple(bands),
        tuple(fields),
        tuple(grids),
        tuple(tables),
        widths,
        language,
    )


def _widths(
    fields: list[FieldSpot], grids: list[GridSpot], tables: list[TableSpot], language: Language
) -> Iterator[tuple[int, float]]:
    """The width of each column, in characters, the widest of what stands in it."""
    wanted: dict[int, float] = {1: 2.5}
    letter = LETTER[language]
    if fields:
        wanted |= {LABEL: LABEL_WIDTH, UNIT: UNIT_WIDTH, HELP: HELP_WIDTH}
        wanted[INPUT] = max(_input_width(spot.field) for spot in fields)
    for grid in grids:
        labels = (letter * (len(row.name) + row.indent) + 4 for row in grid.grid.row)
        wanted[LABEL] = max(wanted.get(LABEL, LABEL_WIDTH), min(44, max(labels)))
        for column in grid.grid.column:
            number = grid.columns[column.key]
            wanted[number] = max(wanted.get(number, 0), column_width(column, language))
    for spot in tables:
        for column in spot.table.column:
            number = spot.columns[column.key]
            wanted[number] = max(wanted.get(number, 0), column_width(column, language))
        if spot.table.follows:
            wanted[spot.columns[ROW_ORDER(spot.language)]] = 8
        if spot.asks_use:
            wanted[spot.columns[ROW_USED(spot.language)]] = 9
        if spot.rules:
            wanted[spot.columns[ROW_VERDICT(spot.language)]] = VERDICT_WIDTH
        for rule in spot.rules:
            wanted[spot.columns[rule.spec.id]] = max(12, letter * len(rule.spec.id) + 2)
    yield from wanted.items()


def _input_width(field: Field) -> float:
    """How wide a single field's cell is, in characters."""
    if field.width is not None:
        return field.width
    return {"paragraphs": TEXT_WIDTH, "text": LIST_WIDTH, "choice": LIST_WIDTH}.get(
        field.type, FIGURE_WIDTH
    )


def column_width(column: Field, language: Language = "zh") -> float:
    """How wide a table's column is, in characters."""
    if column.width is not None:
        return column.width
    if column.type == "paragraphs":
        return TEXT_WIDTH
    return (
        LABEL_WIDTH if column.type == "text" else max(14, LETTER[language] * len(column.name) + 4)
    )


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


def label_text(field: Field) -> str:
    """The words beside an input, with the mark of a required one."""
    return f"{field.name} *" if field.is_due else field.name


def field_height(plan: SheetPlan, field: Field, value: object) -> float:
    """The height of a single field's row, in points, with what is typed there."""
    least = LONG_TEXT_LINES if field.type == "paragraphs" else 1
    return max(
        height_of(str(value or ""), plan.widths[INPUT], least),
        height_of(field.help, plan.widths[HELP], size=SMALL_SIZE),
        height_of(label_text(field), plan.widths[LABEL]),
    )


def row_height(spot: TableSpot, widths: Mapping[int, float], typed: Mapping[str, object]) -> float:
    """The height of a table's row, in points, with what is typed there by the columns' keys."""
    keys = (column.key for column in spot.table.column)
    texts = ((str(typed[key]), spot.columns[key]) for key in keys if typed.get(key))
    return max([height_of("", 0), *(height_of(text, widths[number]) for text, number in texts)])


def heads_height(heads: Mapping[str, int], widths: Mapping[int, float]) -> float | None:
    """The height of a row of heads, in points; None where each of them fits into one line."""
    heights = [height_of(head, widths[number]) for head, number in heads.items()]
    highest = max(heights, default=0.0)
    return highest if highest > height_of("", 0) else None


def told_height(words: str, language: Language, least: float) -> float:
    """The height of a row of the guide's progress, in points; English words may take two lines."""
    return max(least, height_of(words, TOLD_WIDTH)) if language == "en" else least


def height_of(text: str, width: float, least: int = 1, size: float = TEXT_SIZE) -> float:
    """The height in points of `text` wrapped in a column `width` characters wide."""
    room = max(1, int((width - INDENT) * TEXT_SIZE / size))
    lines = sum(max(1, -(-width_of(line) // room)) for line in text.split("\n"))
    # Excel takes no row higher than 409 points.
    return min(409.0, max(lines, least) * LINE_HEIGHT + 4)
