"""A form's tables on their sheets: Excel tables with verdicts and computed cells on each row."""

from collections.abc import Mapping

from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableFormula, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue.sheets import ASIDE, ROW_ORDER, ROW_USED, ROW_VERDICT
from workbook.findings.place import Place
from workbook.form.sample import SampleValue
from workbook.language.excel import by_address, own_row, row_name
from workbook.making.entry_rules import colour_failures, limit_entry
from workbook.making.planning.measures import heads_height, row_height
from workbook.making.planning.plan import LABEL, TableSpot, is_given, open_runs
from workbook.making.sheets import type_in, write_band, write_units
from workbook.making.styles import CENTRED, HEAD, NOTE, dress, fit_row, look_of, write
from workbook.making.worked_out import Contents
from workbook.rules.formulas import (
    Formulas,
    at,
    is_named,
    row_formula,
    row_used_formula,
    row_verdict_formula,
)
from workbook.rules.model import RuleSet
from workbook.saving.book import write_formula


def write_table(
    sheet: Worksheet, spot: TableSpot, widths: Mapping[int, float], contents: Contents
) -> None:
    """Write the table, the sample's rows typed in."""
    table, columns = spot.table, spot.columns
    write_band(sheet, spot.title_row, table.title, max(columns.values()))
    if spot.aside:
        sheet.cell(spot.title_row, spot.aside.start).value = ASIDE(spot.language)
    write(sheet, spot.title_row + 1, LABEL, table.help, NOTE)
    units = {columns[column.key]: column for column in table.column if not column.aside}
    write_units(sheet, spot.title_row + 1, units, spot.last_shown)
    for head, number in spot.heads.items():
        dress(sheet.cell(spot.header_row, number, head), HEAD)
    if height := heads_height(spot.heads, widths):
        fit_row(sheet, spot.header_row, height)
    verdicts = {rule.spec.id: row_formula(rule, table, own_row(table)) for rule in spot.rules}
    if spot.asks_use:
        verdicts[ROW_USED(spot.language)] = row_used_formula(table)
    if spot.rules:
        verdicts[ROW_VERDICT(spot.language)] = row_verdict_formula(spot.rules, table)
    if is_named(table):
        named = (one for one in table.column if one.formula and is_named(table, one))
        written = {one.key: contents.formulas.named(table, one) for one in named}
        _name_formulas(sheet, spot, verdicts | written)
        verdicts = {key: row_name(table, key, spot.language) for key in verdicts}
    for row in spot.rows:
        _write_row(sheet, spot, row, contents)
        fit_row(sheet, row, row_height(spot, widths, _typed(spot, row, contents)))
        if spot.table.follows:
            number = row - spot.rows[0] + 1
            dress(sheet.cell(row, spot.columns[ROW_ORDER(spot.language)], number), CENTRED)
        _write_verdicts(sheet, spot, row, verdicts, contents)
    _add_table(sheet, spot, contents.formulas, verdicts)


def _name_formulas(sheet: Worksheet, spot: TableSpot, formulas: Mapping[str, str]) -> None:
    """Each formula once, under the name that the cells of its column hold."""
    book = sheet.parent
    assert book is not None
    heads = spot.heads
    for key, formula in formulas.items():
        text = by_address(formula, spot.table, sheet.title, heads, spot.header_row)
        name = row_name(spot.table, key, spot.language)
        book.defined_names[name] = DefinedName(name, attr_text=text)


def _write_row(sheet: Worksheet, spot: TableSpot, row: int, contents: Contents) -> None:
    number, columns = row - spot.rows[0], spot.columns
    typed = _typed(spot, row, contents)
    for column in (spot.table.cell(column, number) for column in spot.table.column):
        where, value = columns[column.key], typed.get(column.key)
        cell = sheet.cell(row, where)
        dress(cell, look_of(column, is_given=is_given(spot.table, column, number)))
        if column.compute or (column.default and value is None):
            formula = contents.formulas.in_row(spot.table, column, number)
            formula = at(formula, Place(sheet.title, cell.coordinate))
            write_formula(cell, formula, contents.results.computed(sheet.title, cell.coordinate))
        else:
            type_in(sheet, row, where, value)


def _typed(spot: TableSpot, row: int, contents: Contents) -> Mapping[str, SampleValue]:
    return contents.sample.row(spot.table, row - spot.rows[0])


def _write_verdicts(
    sheet: Worksheet, spot: TableSpot, row: int, verdicts: Mapping[str, str], contents: Contents
) -> None:
    """What each rule says of a row, and the first that is wrong; the same formulas in all rows."""
    results = {rule.spec.id: contents.results.rule_verdict(rule, row) for rule in spot.rules}
    if spot.rules:
        results[ROW_VERDICT(spot.language)] = contents.results.row_verdict(spot.rules, row)
    if spot.asks_use:
        results[ROW_USED(spot.language)] = contents.results.row_used(spot.table, row)
    columns = spot.columns
    for key, result in results.items():
        cell = sheet.cell(row, columns[key])
        write_formula(cell, f"={verdicts[key]}", result)
        dress(cell, CENTRED)


def _add_table(
    sheet: Worksheet, spot: TableSpot, formulas: Formulas, verdicts: Mapping[str, str]
) -> None:
    """The Excel table; its formulas go on by themselves in rows that the clerk adds."""
    table = spot.table
    made = ExcelTable(displayName=table.key, name=table.key, ref=spot.reference)
    made.tableStyleInfo = TableStyleInfo("TableStyleLight1", showRowStripes=False)
    written = dict(verdicts)
    if not table.row:
        # One that reads the row above names another cell in each: Excel must not fill it down.
        computed = (one for one in table.column if one.formula and not one.follows)
        written |= {c.key: formulas.in_row(table, c, 0).removeprefix("=") for c in computed}
    for i, (key, head) in enumerate(zip(spot.columns, spot.heads, strict=True), start=1):
        column = TableColumn(id=i, name=head)
        if key in written:
            column.calculatedColumnFormula = TableFormula(attr_text=written[key])
        made.tableColumns.append(column)
    sheet.add_table(made)


def guard_tables(sheet: Worksheet, tables: tuple[TableSpot, ...], rules: RuleSet) -> None:
    """What the tables' cells accept, and when they turn red."""
    for spot in tables:
        first, last = spot.rows[0], spot.rows[-1]
        for column in spot.table.column:
            letter = get_column_letter(spot.columns[column.key])
            for top, bottom in open_runs(spot, column):
                limit_entry(sheet, column, f"{letter}{top}:{letter}{bottom}", spot.table.key)
            where = f"{letter}{first}:{letter}{last}"
            totals = [r for r in rules.rules_on(column.key, spot.table.key) if not r.spec.each]
            colour_failures(sheet, where, totals, only_filled=f"{letter}{first}")
        for rule in spot.rules:
            verdict = get_column_letter(spot.columns[rule.spec.id])
            read = sorted(
                spot.columns[leaf.field.key]
                for leaf in rule.leaves
                if leaf.field.key in spot.columns and not leaf.table
            )
            for number in [
                *read,
                spot.columns[ROW_VERDICT(spot.language)],
                spot.columns[rule.spec.id],
            ]:
                where = f"{get_column_letter(number)}{first}:{get_column_letter(number)}{last}"
                colour_failures(sheet, where, [rule], verdict=f"${verdict}{first}")
