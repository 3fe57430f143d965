"""The values of a bureau's own form as rules take them, in formulas on the hidden sheet 选项.

A cell of such a form may hold 0.714 for 71.40%, a merged cell may speak for several rows, a
formula of the bureau's may round otherwise. A rule's formula therefore asks this sheet, where each
value is as a check reads it. The verdicts on the rows of tables stand here too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue.model import Language
from workbook.catalogue.sheets import COLUMN, FIRST_CELL, IN_USE, ROW_VERDICTS, VALUE
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.language.excel import Reference, count_filled, filled_name, rows_name
from workbook.language.model import Inputs, Leaf
from workbook.laying.areas import Area
from workbook.making.styles import write
from workbook.reading.own_cells import MOST_DECIMALS
from workbook.reading.results import NONE, shows_percent
from workbook.reading.spots import Spot
from workbook.rules.computed import Computed
from workbook.rules.formulas import computed_formula, row_formula
from workbook.rules.model import Rule, RuleSet
from workbook.saving.book import write_formula
from workbook.xlsx.book import Book

ROOM: Final = 50  # rows that a clerk may insert into a table and that are still reckoned with
_HEAD: Final = 1
_EXACT: Final = 9  # decimals of a percentage, behind which a double only has noise


def first_name(table: str, language: Language = "zh") -> str:
    """The name of a table's first cell, from which the number of a row is told."""
    return f"{FIRST_CELL(language)}{table}"


def verdicts_name(rule: Rule) -> str:
    """The name of the cells with the verdict on each row of a rule's table."""
    return f"{ROW_VERDICTS(rule.language)}{rule.spec.id}"


class Mirror:
    """The sheet as it is written; `reference` tells formulas where a value stands."""

    def __init__(
        self, sheet: Worksheet, form: Form, rules: RuleSet, areas: Mapping[str, Area]
    ) -> None:
        """`areas` are where the tables of the form stand."""
        self._sheet, self._form, self._rules, self._areas = sheet, form, rules, areas
        self._column = sheet.max_column + 1
        self._language = form.language
        self.tables, keys = _read(rules)
        computed = {
            one.key: one for one in rules.computed if one.table is None and one.field.compute
        }
        self._singles: dict[str, Computed | None] = {
            key: computed.get(key)
            for key, field in form.fields.items()
            if key in keys and (key in computed or field.as_share or field.own_formula)
        }

    def reference(self, leaf: Leaf) -> str:
        """The cell of a field, the cells of a column."""
        if leaf.table:
            return _column_name(leaf.table, leaf.field.key, self._language)
        key = leaf.field.key
        return f"{VALUE(self._language)}{key}" if key in self._singles else key

    def room(self, table: str) -> int:
        """How many rows of a table are reckoned with."""
        area = self._areas[table]
        return area.bottom - area.top + 1 + ROOM

    def write(self, book: Book, spots: Mapping[str, Spot]) -> None:
        """Write all that rules read; `book` is the bureau's, `spots` its single cells."""
        for row, (key, cell) in enumerate(self._singles.items(), start=_HEAD + 1):
            field = self._form.fields[key]
            made = computed_formula(cell, self.reference) if cell else ""
            is_percent = field.as_share and key in spots and shows_percent(book, spots[key])
            formula = made or _value(key, field, is_percent=is_percent)
            self._put(row, formula, f"{VALUE(self._language)}{key}")
        self._column += 1 if self._singles else 0
        for key in sorted(self.tables):
            self._write_table(self._areas[key], book)

    def _write_table(self, area: Area, book: Book) -> None:
        """Whether a row is in use, its values, the verdicts on it; then the counts of all rows."""
        table, numbers = area.table, range(1, self.room(area.table.key) + 1)
        used = self._fill(
            f"{IN_USE(self._language)}{table.key}", [_in_use(area, book, n) for n in numbers]
        )
        start = self._column
        letters = {key: get_column_letter(start + n) for n, key in enumerate(area.columns)}
        rows = [_Row(n, f"${used}${n + _HEAD}", self._in_row(letters, n + _HEAD)) for n in numbers]
        for column in (one for key in letters for one in table.column if one.key == key):
            formulas = [self._row_value(area, column, row, book) for row in rows]
            self._fill(_column_name(table.key, column.key, self._language), formulas)
        for rule in (one for one in self._rules.rules if one.each == table):
            said = [row_formula(rule, table, row.reference, row.used) for row in rows]
            self._fill(verdicts_name(rule), said)
        self._count(area, f"{IN_USE(self._language)}{table.key}")

    def _row_value(self, area: Area, column: Field, row: "_Row", book: Book) -> str:
        """The formula of a column's value in a row, as the program works it out or reads it."""
        for cell in self._rules.computed:
            is_here = cell.table == area.table and cell.number in (None, row.number - 1)
            if is_here and cell.field.key == column.key and cell.field.compute:
                return computed_formula(cell, row.reference, row.used)
        return f'IF({row.used}=0,"",{_read_value(area, column, row.number, book)})'

    def _count(self, area: Area, used: str) -> None:
        """The counts that formulas over whole tables ask, as `table_counts` has them."""
        key = area.table.key
        counts = {} if area.table.row else {rows_name(area.table, self._language): f"SUM({used})"}
        for column in area.table.column:
            if column.key in area.columns:
                name = filled_name(Leaf(column, key), self._language)
                counts[name] = count_filled(_column_name(key, column.key, self._language))
        for row, (name, formula) in enumerate(counts.items(), start=_HEAD + 1):
            self._put(row, formula, name)
        self._column += 1
        self._name(first_name(key, self._language), f"INDEX({area.source(area.first)},1)")

    def _in_row(self, letters: Mapping[str, str], row: int) -> Reference:
        def reference(leaf: Leaf) -> str:
            is_own = not leaf.table and leaf.field.key in letters
            return f"${letters[leaf.field.key]}${row}" if is_own else self.reference(leaf)

        return reference

    def _fill(self, name: str, formulas: Sequence[str]) -> str:
        """A column of formulas under their name; its letter comes back."""
        letter = get_column_letter(self._column)
        write(self._sheet, _HEAD, self._column, name)
        for row, formula in enumerate(formulas, start=_HEAD + 1):
            write_formula(self._sheet.cell(row, self._column), f"={formula}", NONE)
        title, last = quote_sheetname(self._sheet.title), _HEAD + len(formulas)
        self._name(name, f"{title}!${letter}${_HEAD + 1}:${letter}${last}")
        self._column += 1
        return letter

    def _put(self, row: int, formula: str, name: str) -> None:
        letter = get_column_letter(self._column)
        write_formula(self._sheet.cell(row, self._column), f"={formula}", NONE)
        self._name(name, f"{quote_sheetname(self._sheet.title)}!${letter}${row}")

    def _name(self, name: str, text: str) -> None:
        book = self._sheet.parent
        assert book is not None
        book.defined_names[name] = DefinedName(name, attr_text=text)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table by its number from 1, the cell that says whether it is in use."""

    number: int
    used: str
    reference: Reference


def _column_name(table: str, column: str, language: Language) -> str:
    return f"{COLUMN(language)}{table}.{column}"


def _read(rules: RuleSet) -> tuple[set[str], set[str]]:
    """The tables and the single fields that rules read, by way of computed cells too."""
    tables: set[str] = set()
    keys: set[str] = set()

    def take(inputs: Inputs, own: Table | None) -> None:
        tables.update(table.key for table in (*inputs.tables, *([own] if own else ())))
        tables.update(leaf.table for leaf in inputs.leaves if leaf.table)
        keys.update(leaf.field.key for leaf in inputs.leaves if not leaf.table)

    for rule in rules.rules:
        take(rule.inputs, rule.each)
    before = -1
    while before < (before := len(tables) + len(keys)):
        for cell in rules.computed:
            if (cell.table.key in tables) if cell.table else (cell.field.key in keys):
                take(cell.inputs, cell.table)
    return tables, keys


def _value(source: str, field: Field, *, is_percent: bool) -> str:
    """The formula of a cell's value, a percentage and the bureau's own results as a check reads."""
    places = MOST_DECIMALS if field.places is None else field.places
    value = f"{source}*100" if is_percent else source
    if is_percent or field.own_formula:
        digits = places if field.own_formula else _EXACT
        value = f"IF(ISNUMBER({source}),ROUND({value},{digits}),{source})"
    return f'IF(LEN(TRIM({source}))=0,"",{value})'


def _read_value(area: Area, column: Field, number: int, book: Book) -> str:
    """The formula of what a cell of a table holds; a merged one speaks for its rows if it may."""
    spot = Spot(area.sheet, area.top + number - 1, area.columns[column.key])
    if column.merged:
        for left, top, right, bottom in book.sheet(area.sheet).merged:
            if left <= spot.column <= right and area.top <= top <= spot.row <= bottom:
                number = top - area.top + 1
    source = f"INDEX({area.source(column.key)},{number})"
    return _value(source, column, is_percent=column.as_share and shows_percent(book, spot))


def _in_use(area: Area, book: Book, number: int) -> str:
    """1 for a row into which somebody typed, as reading counts them; 0 for any other."""
    rows = f"ROWS({area.source(area.first)})"
    if area.table.row:
        return f"IF({number}>{rows},0,1)"
    sheet = book.sheet(area.sheet)
    typed = [
        f"LEN(TRIM(INDEX({area.source(column.key)},{number})))"
        for column in area.table.asked
        if column.key in area.columns
        and not column.merged
        and not (
            not column.required
            and not area.is_excels
            and sheet.formula(area.top + number - 1, area.columns[column.key])
        )
    ]
    return f"IF({number}>{rows},0,IFERROR(SIGN({'+'.join(typed) or '0'}),1))"
