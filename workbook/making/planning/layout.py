"""The plan of a form's sheets made: block under block, each in its rows."""

from workbook.catalogue.model import Language
from workbook.form.field import Fields
from workbook.form.grid import Grid
from workbook.form.model import Form, Sheet
from workbook.form.table import Table
from workbook.making.planning.measures import widths_of
from workbook.making.planning.plan import HEAD_ROW, FieldSpot, GridSpot, SheetPlan, TableSpot
from workbook.rules.model import RuleSet


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
    widths = dict(widths_of(fields, grids, tables, language))
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
