"""A form written as a workbook that feels like a well-made official form, and checks itself."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableFormula, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from workbook.build_check import write_check_sheet
from workbook.build_guide import write_guide_sheet
from workbook.entry_rules import add_choices, colour_failures, limit_entry
from workbook.expressions import Leaf
from workbook.form import CHOICES_SHEET, GUIDE_SHEET, Field, Form, Table
from workbook.formulas import row_formula
from workbook.layout import (
    HEAD_ROW,
    HELP,
    INPUT,
    LABEL,
    NOTE_ROW,
    TITLE_ROW,
    UNIT,
    FieldSpot,
    SheetPlan,
    TableSpot,
    plan_sheets,
)
from workbook.page import protect, set_up_page
from workbook.rules import Rule, RuleSet
from workbook.sample import NOTHING, Sample, SampleValue
from workbook.snapshot import KIND_PROPERTY, VERSION_PROPERTY
from workbook.styles import (
    BAND,
    CENTRED,
    HEAD,
    INPUT_TAB,
    NOTE,
    TITLE,
    dress,
    fit_row,
    input_look,
    text_height,
    write,
)
from workbook.styles import (
    HELP as HELP_LOOK,
)
from workbook.styles import (
    LABEL as LABEL_LOOK,
)

LONG_TEXT_LINES = 4


def build_workbook(form: Form, rules: RuleSet, sample: Sample = NOTHING) -> Workbook:
    """The workbook of a form, with the sample typed in where one is given."""
    book = Workbook()
    book.remove(book.worksheets[0])
    plans = plan_sheets(form, rules)
    guide = book.create_sheet(GUIDE_SHEET)
    choices = book.create_sheet(CHOICES_SHEET)
    for plan in plans:
        _write_sheet(book, plan, sample)
    write_check_sheet(book, rules, plans)
    write_guide_sheet(guide, form, plans, rules)
    add_choices(choices, form)
    for plan in plans:
        for spot in plan.fields:
            limit_entry(book[plan.sheet.name], spot.field, spot.address)
            colour_failures(book[plan.sheet.name], spot.address, rules.reading(spot.field.key))
        _guard_tables(book[plan.sheet.name], plan, rules)
    book.move_sheet(choices, len(book.sheetnames))
    choices.sheet_state = "hidden"
    _identify(book, form)
    return book


def _identify(book: Workbook, form: Form) -> None:
    book.properties.title = form.title
    book.properties.creator = "勾稽"
    properties: Any = book  # the type stubs do not know custom properties
    properties.custom_doc_props.append(StringProperty(name=KIND_PROPERTY, value=form.kind))
    # As text: LibreOffice saves a whole number as a fraction.
    properties.custom_doc_props.append(
        StringProperty(name=VERSION_PROPERTY, value=str(form.version))
    )
    book.active = 0


def _write_sheet(book: Workbook, plan: SheetPlan, sample: Sample) -> None:
    sheet = book.create_sheet(plan.sheet.name)
    for column, width in plan.widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    _write_heading(sheet, plan)
    for row, title in plan.bands:
        _write_band(sheet, row, title, HELP)
    for spot in plan.fields:
        _write_field(book, sheet, spot, sample.fields.get(spot.field.key))
    for table in plan.tables:
        _write_table(sheet, table, sample)
    sheet.freeze_panes = plan.freeze
    if plan.is_protected:
        protect(sheet)
    repeat = f"{TITLE_ROW}:{plan.head_row}"
    set_up_page(sheet, landscape=plan.sheet.landscape, repeat=repeat, tab=INPUT_TAB)


def _write_heading(sheet: Worksheet, plan: SheetPlan) -> None:
    write(sheet, TITLE_ROW, LABEL, plan.sheet.name, TITLE)
    sheet.row_dimensions[TITLE_ROW].height = 28
    units = sorted({spot.field.unit for spot in plan.fields} & {"万元", "元"})
    note = "黄色单元格填写,* 为必填" + (f";金额单位:{'、'.join(units)}" if units else "")
    dress(sheet.cell(NOTE_ROW, LABEL, note), NOTE)
    if plan.fields:
        for column, words in ((LABEL, "项目"), (INPUT, "填写内容"), (UNIT, "单位"), (HELP, "说明")):
            dress(sheet.cell(HEAD_ROW, column, words), HEAD)


def _write_band(sheet: Worksheet, row: int, title: str, last: int) -> None:
    for column in range(LABEL, last + 1):
        dress(sheet.cell(row, column), BAND)
    write(sheet, row, LABEL, title)


def _write_field(
    book: Workbook, sheet: Worksheet, spot: FieldSpot, value: SampleValue | None
) -> None:
    field, row = spot.field, spot.row
    write(sheet, row, LABEL, label_text(field), LABEL_LOOK)
    dress(sheet.cell(row, INPUT), input_look(field))
    write(sheet, row, UNIT, "年" if field.type == "year" else field.unit, CENTRED)
    write(sheet, row, HELP, field.help, HELP_LOOK)
    type_in(sheet, row, INPUT, value)
    width = sheet.column_dimensions[get_column_letter(INPUT)].width
    least = LONG_TEXT_LINES if field.type == "paragraphs" else 1
    fit_row(
        sheet,
        row,
        max(
            text_height(str(value or ""), width, least),
            text_height(
                field.help, sheet.column_dimensions[get_column_letter(HELP)].width, look=HELP_LOOK
            ),
            text_height(label_text(field), sheet.column_dimensions[get_column_letter(LABEL)].width),
        ),
    )
    where = f"{quote_sheetname(sheet.title)}!${get_column_letter(INPUT)}${row}"
    book.defined_names[field.key] = DefinedName(field.key, attr_text=where)


def label_text(field: Field) -> str:
    """The words beside an input, with the mark of a required one."""
    return f"{field.name} *" if field.required else field.name


def type_in(sheet: Worksheet, row: int, column: int, value: SampleValue | None) -> None:
    """Write a value as somebody would type it; text stays text, whatever it begins with."""
    if isinstance(value, str):
        write(sheet, row, column, value.strip())
        sheet.cell(row, column).quotePrefix = value.strip().startswith(("=", "+", "-", "@"))
    elif value is not None:
        sheet.cell(row, column, value)


def _write_table(sheet: Worksheet, spot: TableSpot, sample: Sample) -> None:
    table, columns = spot.table, spot.columns
    _write_band(sheet, spot.title_row, table.title, max(columns.values()))
    write(sheet, spot.title_row + 1, LABEL, table.help, NOTE)
    for column in table.column:
        if column.unit and columns[column.key] > LABEL:
            cell = sheet.cell(spot.title_row + 1, columns[column.key], f"单位:{column.unit}")
            dress(cell, NOTE)
    for key, number in columns.items():
        dress(sheet.cell(spot.header_row, number, key), HEAD)
    rows = sample.tables.get(table.key, ())
    for i, row in enumerate(spot.rows):
        _write_row(sheet, spot, row, rows[i] if i < len(rows) else {})
    _add_table(sheet, spot)


def _write_row(
    sheet: Worksheet, spot: TableSpot, row: int, values: "dict[str, SampleValue] | object"
) -> None:
    typed = values if isinstance(values, dict) else {}
    height = 0.0
    for column in spot.table.column:
        number = spot.columns[column.key]
        dress(sheet.cell(row, number), input_look(column))
        type_in(sheet, row, number, typed.get(column.key))
        width = sheet.column_dimensions[get_column_letter(number)].width
        height = max(height, text_height(str(typed.get(column.key, "")), width))
    fit_row(sheet, row, height)
    for rule in spot.rules:
        cell = sheet.cell(row, spot.columns[rule.spec.id], f"={_row_verdict(rule, spot.table)}")
        dress(cell, CENTRED)


def _row_verdict(rule: Rule, table: Table) -> str:
    """The formula of a rule's column, the same text in every row."""

    def reference(leaf: Leaf) -> str:
        is_column = any(column.key == leaf.field.key for column in table.column)
        return f"{table.key}[[#This Row],[{leaf.field.key}]]" if is_column else leaf.field.key

    return row_formula(rule, table, reference)


def _add_table(sheet: Worksheet, spot: TableSpot) -> None:
    """The Excel table; its column of verdicts goes on by itself in rows that the clerk adds."""
    made = ExcelTable(displayName=spot.table.key, name=spot.table.key, ref=spot.reference)
    made.tableStyleInfo = TableStyleInfo("TableStyleLight1", showRowStripes=False)
    for i, key in enumerate(spot.columns, start=1):
        made.tableColumns.append(TableColumn(id=i, name=key))
    for rule in spot.rules:
        column = made.tableColumns[spot.columns[rule.spec.id] - LABEL]
        column.calculatedColumnFormula = TableFormula(attr_text=_row_verdict(rule, spot.table))
    sheet.add_table(made)


def _guard_tables(sheet: Worksheet, plan: SheetPlan, rules: RuleSet) -> None:
    for spot in plan.tables:
        first, last = spot.rows[0], spot.rows[-1]
        for column in spot.table.column:
            letter = get_column_letter(spot.columns[column.key])
            where = f"{letter}{first}:{letter}{last}"
            limit_entry(sheet, column, where, spot.table.key)
            totals = [r for r in rules.reading(column.key, spot.table.key) if not r.spec.each]
            colour_failures(sheet, where, totals, only_filled=f"{letter}{first}")
        for rule in spot.rules:
            verdict = get_column_letter(spot.columns[rule.spec.id])
            read = sorted(
                spot.columns[leaf.field.key]
                for leaf in rule.leaves
                if leaf.field.key in spot.columns
            )
            for number in [*read, spot.columns[rule.spec.id]]:
                where = f"{get_column_letter(number)}{first}:{get_column_letter(number)}{last}"
                colour_failures(sheet, where, [rule], verdict=f"${verdict}{first}")


def as_bytes(book: Workbook) -> bytes:
    """The workbook as the bytes of an .xlsx file."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
