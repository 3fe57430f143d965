"""A form written as a workbook that feels like a well-made official form, and checks itself."""

from io import BytesIO
from math import ceil
from typing import Any

from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue import sheets as said
from workbook.catalogue.model import Language, listed
from workbook.checking.fingerprint import fingerprint_of
from workbook.form.grid import GridRow
from workbook.form.model import Form
from workbook.form.sample import NOTHING, Sample, SampleValue, with_room
from workbook.making.card_sheet import write_card_sheet
from workbook.making.check_sheet import CLAIM, lines_of, write_check_sheet
from workbook.making.entry_rules import (
    add_choices,
    add_marked,
    asked_of,
    colour_failures,
    limit_entry,
)
from workbook.making.guide_sheet import Progress, left_out, write_guide_sheet
from workbook.making.open_cells import colour_blank, name_needless
from workbook.making.palette import INPUT_TAB
from workbook.making.planning.layout import plan_sheets
from workbook.making.planning.measures import field_height, label_text
from workbook.making.planning.plan import (
    HELP,
    INPUT,
    LABEL,
    NOTE_ROW,
    TITLE_ROW,
    UNIT,
    FieldSpot,
    GridSpot,
    SheetPlan,
)
from workbook.making.sheets import (
    is_currency,
    link_back,
    protect,
    set_up_page,
    type_in,
    write_band,
    write_units,
)
from workbook.making.styles import (
    CENTRED,
    HEAD,
    NOTE,
    TITLE,
    dress,
    fit_row,
    look_of,
    write,
)
from workbook.making.styles import HELP as HELP_LOOK
from workbook.making.styles import LABEL as LABEL_LOOK
from workbook.making.table_counts import add_counts, add_wanted
from workbook.making.tables import guard_tables, write_table
from workbook.making.worked_out import Contents, summary_line, work_out
from workbook.reading.results import Result
from workbook.reading.snapshot import Identity, properties_of
from workbook.rules.formulas import Formulas
from workbook.rules.model import RuleSet
from workbook.saving.book import FormBook, language_of, write_formula

MOST_STANDING, MOST_LYING = 135, 195  # characters beside one another that A4 shows at 70%


def build_workbook(form: Form, rules: RuleSet, sample: Sample = NOTHING) -> FormBook:
    """The workbook of a form, with the sample typed in where one is given.

    Of a form with the sheet 预算收支: a book with 填报说明, 预算收支, 校验 and the hidden 选项.
    """
    book = FormBook(form.language)
    book.remove(book.worksheets[0])
    form = with_room(form, sample.tables)
    plans = plan_sheets(form, rules)
    guide = book.create_sheet(said.GUIDE(form.language))
    choices = book.create_sheet(said.CHOICES(form.language))
    results = work_out(form, rules, plans, sample)
    contents = Contents(sample, Formulas(rules.computed), results)
    planned = {plan.sheet.name: plan for plan in plans}
    for shown in form.sheet:
        if plan := planned.get(shown.name):
            _write_sheet(book, plan, contents)
        else:
            write_card_sheet(book, shown, plans, contents)
    summary = summary_line(rules, results)
    lines = lines_of(rules, plans, results)
    link_back(write_check_sheet(book, lines, Result(summary)), CLAIM)
    add_choices(choices, asked_of(form))
    add_counts(choices, form, rules, results)
    add_marked(choices)
    needless = left_out(form, plans)
    name_needless(choices, needless)
    lacking = add_wanted(choices, plans, needless, results)
    write_guide_sheet(guide, form, plans, Progress(lacking, results, summary))
    for plan in plans:
        colour_blank(book[plan.sheet.name], plan, needless)
        for spot in plan.spots:
            if not spot.field.compute:
                limit_entry(book[plan.sheet.name], spot.field, spot.address)
            colour_failures(book[plan.sheet.name], spot.address, rules.rules_on(spot.field.key))
        guard_tables(book[plan.sheet.name], plan.tables, rules)
    book.move_sheet(choices, len(book.sheetnames))
    choices.sheet_state = "hidden"
    _identify(book, form, rules)
    return book


def _identify(book: FormBook, form: Form, rules: RuleSet) -> None:
    book.properties.title = form.title
    book.properties.creator = said.MAKER(form.language)
    properties: Any = book  # the type stubs do not know custom properties
    state = fingerprint_of(form, rules).text
    for name, value in properties_of(Identity(form.kind, form.version, state)):
        properties.custom_doc_props.append(StringProperty(name=name, value=value))
    book.active = 0


def _write_sheet(book: FormBook, plan: SheetPlan, contents: Contents) -> None:
    sheet = book.create_sheet(plan.sheet.name)
    for column, width in plan.widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    _write_heading(sheet, plan)
    for row, title in plan.bands:
        write_band(sheet, row, title, HELP)
    for spot in plan.fields:
        _write_field(sheet, plan, spot, contents.sample.fields.get(spot.field.key))
    for grid in plan.grids:
        _write_grid(sheet, grid, plan.language)
    for spot in plan.spots:
        _write_input(sheet, spot, contents)
        where = f"{quote_sheetname(sheet.title)}!${get_column_letter(spot.column)}${spot.row}"
        book.defined_names[spot.field.key] = DefinedName(spot.field.key, attr_text=where)
    for table in plan.tables:
        write_table(sheet, table, plan.widths, contents)
    if plan.aside:
        _fold(sheet, plan.aside)
    sheet.freeze_panes = plan.freeze
    if plan.is_protected:
        protect(sheet)
    repeat = f"{TITLE_ROW}:{plan.head_row}"
    lying = plan.sheet.landscape
    wide = ceil(plan.width / (MOST_LYING if lying else MOST_STANDING))
    set_up_page(sheet, landscape=lying, repeat=repeat, tab=INPUT_TAB, wide=wide)


def _fold(sheet: Worksheet, columns: range) -> None:
    """Hide the columns behind a plus sign above the column after them."""
    for column in columns:
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.outlineLevel, dimension.hidden = 1, True
    sheet.column_dimensions[get_column_letter(columns.stop)].collapsed = True
    sheet.column_dimensions.max_outline = 1  # or openpyxl does not say that there are levels


def _write_heading(sheet: Worksheet, plan: SheetPlan) -> None:
    write(sheet, TITLE_ROW, LABEL, plan.sheet.name, TITLE)
    sheet.row_dimensions[TITLE_ROW].height = 28
    link_back(sheet, INPUT)
    asked = [spot.field for spot in plan.spots]
    asked += [column for spot in plan.tables for column in spot.table.column]
    language = plan.language
    units = sorted({one.unit for one in asked if is_currency(one.unit, language)})
    note = said.FILL(language)
    note += said.MONEY_IN(language, units=listed(language, units)) if units else ""
    dress(sheet.cell(NOTE_ROW, LABEL, note), NOTE)
    if plan.fields:
        for column, words in zip((LABEL, INPUT, UNIT, HELP), said.FIELD_HEADS, strict=True):
            dress(sheet.cell(plan.fields_head, column, words(language)), HEAD)


def _write_grid(sheet: Worksheet, spot: GridSpot, language: Language) -> None:
    grid, columns = spot.grid, spot.columns
    write_band(sheet, spot.title_row, grid.title, max(columns.values()))
    write(sheet, spot.title_row + 1, LABEL, grid.help, NOTE)
    title = grid.row_title or said.ITEM(language)
    dress(sheet.cell(spot.header_row, LABEL, title), HEAD)
    for column in grid.column:
        number = columns[column.key]
        dress(sheet.cell(spot.header_row, number, column.name), HEAD)
    fields = {columns[column.key]: column for column in grid.column}
    write_units(sheet, spot.title_row + 1, fields, max(columns.values()))
    needed = {row.key for row, _, field in grid.cells if field.is_due}
    for number, row in spot.rows.items():
        write(sheet, number, LABEL, _row_label(row, language, needed=row.key in needed), LABEL_LOOK)
        for column_number in columns.values():
            dress(sheet.cell(number, column_number), LABEL_LOOK)
        fit_row(sheet, number, 20)


def _row_label(row: GridRow, language: Language, *, needed: bool) -> str:
    """The words at the head of a grid's row, marked where something in it is required."""
    unit = said.WITH_UNIT(language, unit=row.unit) if row.unit else ""
    indent = said.INDENT(language) * row.indent
    return f"{indent}{row.name}{unit}{' *' if needed else ''}"


def _write_input(sheet: Worksheet, spot: FieldSpot, contents: Contents) -> None:
    """The cell of a field: what the sample types into it, or its formula."""
    field, cell = spot.field, sheet.cell(spot.row, spot.column)
    typed = contents.sample.fields.get(field.key)
    dress(cell, look_of(field))
    if field.compute or (field.default and typed is None):
        result = contents.results.computed(sheet.title, spot.address)
        write_formula(cell, contents.formulas.of(field.key), result)
    else:
        type_in(sheet, spot.row, spot.column, typed)


def _write_field(
    sheet: Worksheet, plan: SheetPlan, spot: FieldSpot, value: SampleValue | None
) -> None:
    field, row = spot.field, spot.row
    write(sheet, row, LABEL, label_text(field), LABEL_LOOK)
    unit = said.YEAR(language_of(sheet)) if field.type == "year" else field.unit
    write(sheet, row, UNIT, unit, CENTRED)
    write(sheet, row, HELP, field.help, HELP_LOOK)
    fit_row(sheet, row, field_height(plan, field, value))


def as_bytes(book: FormBook) -> bytes:
    """The workbook as the bytes of an .xlsx file."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
