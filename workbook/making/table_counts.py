"""What many formulas ask of a whole table, counted once: rows in use, filled cells of each column.

Each count is a cell of the hidden sheet 选项 with a name. A formula in each row that counted for
itself would make a table of a thousand rows a million tests.
"""

from collections.abc import Iterator

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue.sheets import TABLE_COUNTS
from workbook.form.model import Form
from workbook.language.excel import (
    count_filled,
    count_odd,
    count_rows,
    count_unreadable,
    filled_name,
    named,
    odd_name,
    rows_name,
    unreadable_name,
)
from workbook.language.model import Leaf
from workbook.making.styles import write
from workbook.making.worked_out import WorkedOut
from workbook.reading.results import Result
from workbook.rules.formulas import read_by_rows, searched
from workbook.rules.model import RuleSet
from workbook.saving.book import write_formula


def add_counts(sheet: Worksheet, form: Form, rules: RuleSet, results: WorkedOut) -> None:
    """Write the counts of all tables into two columns of 选项: what is counted, and how many."""
    book = sheet.parent
    assert book is not None
    words, counts = sheet.max_column + 1, sheet.max_column + 2
    write(sheet, 1, words, TABLE_COUNTS(form.language))
    letter = get_column_letter(counts)
    for row, (name, formula, result) in enumerate(_counts(form, rules, results), start=2):
        write(sheet, row, words, name)
        write_formula(sheet.cell(row, counts), f"={formula}", Result(result))
        where = f"{quote_sheetname(sheet.title)}!${letter}${row}"
        book.defined_names[name] = DefinedName(name, attr_text=where)


def _counts(form: Form, rules: RuleSet, results: WorkedOut) -> Iterator[tuple[str, str, int]]:
    """Name, formula and result of each count; given rows need not be counted."""
    for table in form.tables.values():
        if not table.row:
            yield rows_name(table, form.language), count_rows(table), results.rows_in_use(table)
        for column in table.column:
            leaf = Leaf(column, table.key)
            yield (
                filled_name(leaf, form.language),
                count_filled(named(leaf)),
                results.cells_filled(leaf),
            )
    for leaf in read_by_rows(rules):
        name = unreadable_name(leaf, form.language)
        yield name, count_unreadable(leaf, form.language), results.is_unreadable(leaf)
    for leaf in searched(rules):
        yield odd_name(leaf, form.language), count_odd(named(leaf)), results.cells_odd(leaf)
