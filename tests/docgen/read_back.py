"""What a report that was read back gives, as tests compare it."""

from docgen.importing.report import summary
from workbook.making.planning.layout import plan_sheets
from workbook.making.planning.plan import places_of


def sample_of(imported):
    sample = imported.filled.sample
    tables = {key: [dict(row) for row in rows] for key, rows in sample.tables.items() if any(rows)}
    return dict(sample.fields), tables


def derived(imported):
    """The fields and columns whose formula stays, since it gives what the report states."""
    places = places_of(plan_sheets(imported.filled.form, imported.kind.rules))
    return {key for key, place in places.items() if place in imported.filled.derived}


def listed(imported):
    """The summary's lines about what was not understood."""
    return [line.strip() for line in summary(imported) if line.startswith("  ")]
