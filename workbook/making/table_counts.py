"""What many formulas ask of a whole table or a whole sheet, counted once on the hidden sheet 选项.

Of a table its rows in use and the filled cells of each column, each a cell with a name: a formula
in each row that counted for itself would make a table of a thousand rows a million tests. Of a
sheet the cells that it still wants.
"""

from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue.sheets import TABLE_COUNTS, WANTED_HEADS
from workbook.form.model import Form
from workbook.making.planning.plan import SheetPlan
from workbook.making.required import Lacking, counts_of, table_counts, wanted_of
from workbook.making.styles import write
from workbook.making.worked_out import WorkedOut
from workbook.reading.results import Result
from workbook.rules.model import RuleSet
from workbook.saving.book import language_of, write_formula


def add_counts(sheet: Worksheet, form: Form, rules: RuleSet, results: WorkedOut) -> None:
    """Write the counts of all tables into two columns of 选项: what is counted, and how many."""
    book = sheet.parent
    assert book is not None
    words, counts = sheet.max_column + 1, sheet.max_column + 2
    write(sheet, 1, words, TABLE_COUNTS(form.language))
    letter = get_column_letter(counts)
    for row, (name, formula, result) in enumerate(table_counts(form, rules, results), start=2):
        write(sheet, row, words, name)
        write_formula(sheet.cell(row, counts), f"={formula}", Result(result))
        where = f"{quote_sheetname(sheet.title)}!${letter}${row}"
        book.defined_names[name] = DefinedName(name, attr_text=where)


def add_wanted(
    sheet: Worksheet, plans: Sequence[SheetPlan], needless: Mapping[str, str], results: WorkedOut
) -> dict[str, Lacking]:
    """Write what each sheet wants into columns of 选项; of each that wants something, where."""
    start, row = sheet.max_column + 1, 2
    for number, words in enumerate(WANTED_HEADS):
        write(sheet, 1, start + number, words(language_of(sheet)))
    letters = [get_column_letter(start + number) for number in range(len(WANTED_HEADS))]
    found = {}
    for plan in plans:
        top = row
        wanted = list(wanted_of(plan, needless, results))
        for one in wanted:
            for letter, formula, result in zip(letters, one.formulas, one.results, strict=True):
                write_formula(sheet[f"{letter}{row}"], f"={formula}", Result(result))
            row += 1
        if wanted:
            due, blank, first = (
                f"{quote_sheetname(sheet.title)}!${x}${top}:${x}${row - 1}" for x in letters
            )
            found[plan.sheet.name] = Lacking(due, blank, first, counts_of(wanted))
    return found
