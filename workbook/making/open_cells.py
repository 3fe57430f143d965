"""Cells left for the clerk to fill: where he types, and how a required one looks while blank."""

from collections.abc import Iterator, Mapping, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from workbook.form.field import Field
from workbook.language.excel import row_in_use
from workbook.language.model import Leaf
from workbook.making.entry_rules import unless_marked
from workbook.making.planning.plan import SheetPlan, TableSpot, open_runs
from workbook.making.required import needless_name
from workbook.making.styles import colour_needed


def name_needless(sheet: Worksheet, needless: Mapping[str, str]) -> None:
    """Give each test a name: a conditional format may not look at another sheet itself."""
    book = sheet.parent
    assert book is not None
    for key, test in needless.items():
        name = needless_name(key)
        book.defined_names[name] = DefinedName(name, attr_text=test)


def colour_blank(sheet: Worksheet, plan: SheetPlan, needless: Mapping[str, str]) -> None:
    """Make each required cell that is blank look different from a filled one."""
    for spot in plan.spots:
        if spot.field.is_due:
            _colour(sheet, spot.address, _unless_needless(spot.field.key, needless))
    for table in plan.tables:
        spared = _unless_needless(table.table.key, needless)
        for column in (one for one in table.table.column if one.is_due):
            for where, tests in _blank_runs(table, column):
                _colour(sheet, where, (*tests, *spared))


def _unless_needless(key: str, needless: Mapping[str, str]) -> tuple[str, ...]:
    return (f"NOT({needless_name(key)})",) if key in needless else ()


def _colour(sheet: Worksheet, where: str, tests: Sequence[str]) -> None:
    """Colour blank cells of a range for which the tests, made for its first one, are true."""
    first = where.partition(":")[0]
    test = f"AND({','.join((f'LEN(TRIM({first}))=0', *tests))})"
    colour_needed(sheet, where, unless_marked(sheet, first, test))


def _blank_runs(spot: TableSpot, column: Field) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Ranges of a required column, and what else must be true where a blank one is to be filled."""
    table, letter = spot.table, get_column_letter(spot.columns[column.key])
    if table.row:
        yield from ((f"{letter}{top}:{letter}{end}", ()) for top, end in open_runs(spot, column))
        return
    start, end = spot.rows[0], spot.rows[-1]
    must = min(table.min_rows, len(spot.rows))
    if must:
        few = f"SUMPRODUCT(--(({_in_use(spot, start, end)})>0))<{must}"
        in_use = f"OR(({_in_use(spot, start)})>0,{few})"
        yield f"{letter}{start}:{letter}{start + must - 1}", (in_use,)
    if start + must <= end:
        first = start + must
        yield f"{letter}{first}:{letter}{end}", (f"({_in_use(spot, first)})>0",)


def _in_use(spot: TableSpot, row: int, end: int | None = None) -> str:
    """The test of a row of the table, or of all rows down to `end`."""

    def reference(leaf: Leaf) -> str:
        letter = get_column_letter(spot.columns[leaf.field.key])
        return f"${letter}{row}" if end is None else f"${letter}${row}:${letter}${end}"

    return row_in_use(spot.table, reference)
