"""What a sheet still lacks: how many of its required cells are blank, and which is the first.

What is asked for each required field, and for each required column of a table, stands in one row of
three columns of the hidden sheet 选项. The guide only adds these up, so that its formulas stay
short however many fields a form has.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from openpyxl.utils import coordinate_to_tuple, get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue.sheets import WANTED_HEADS
from workbook.form.model import Field
from workbook.language.excel import column_of, filled, row_in_use, rows_in_use
from workbook.making.layout import FieldSpot, SheetPlan, TableSpot
from workbook.making.open_cells import needless_name, open_runs
from workbook.making.styles import write
from workbook.making.worked_out import WorkedOut
from workbook.reading.results import Result
from workbook.saving.book import language_of, write_formula

FAR: Final = 10**9  # behind every cell: a cell is its row times STEP and its column
STEP: Final = 1000
Cell = tuple[int, int]  # row and column


class Wanted(Struct, frozen=True):
    """Cells that must be filled: how many, how many are blank, and where the first of these is.

    Three formulas without their `=`, and what they give.
    """

    formulas: tuple[str, str, str]
    results: tuple[int, int, int | str]


class Lacking(Struct, frozen=True):
    """The cells of the sheet 选项 that add up what one sheet wants; what they add up to."""

    wanted: str
    blank: str
    first: str
    counts: tuple[int, int]


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
        wanted = [*_of_fields(plan, needless, results), *_of_tables(plan, needless, results)]
        for one in wanted:
            for letter, formula, result in zip(letters, one.formulas, one.results, strict=True):
                write_formula(sheet[f"{letter}{row}"], f"={formula}", Result(result))
            row += 1
        if wanted:
            due, blank, first = (
                f"{quote_sheetname(sheet.title)}!${x}${top}:${x}${row - 1}" for x in letters
            )
            counts = sum(one.results[0] for one in wanted), sum(one.results[1] for one in wanted)
            found[plan.sheet.name] = Lacking(due, blank, first, counts)
    return found


def _code(cell: Cell) -> int:
    return cell[0] * STEP + cell[1]


def _of_fields(
    plan: SheetPlan, needless: Mapping[str, str], results: WorkedOut
) -> Iterator[Wanted]:
    for spot in plan.spots:
        if spot.field.is_due:
            yield _of_field(spot, spot.field.key in needless, results)


def _of_field(spot: FieldSpot, is_spared: bool, results: WorkedOut) -> Wanted:
    key = spot.field.key
    tests = [filled(key), *([needless_name(key)] if is_spared else [])]
    blank = f"IF(OR({','.join(tests)}),0,1)"
    is_blank = not results.filled([key])
    code = f"ROW({key})*{STEP}+COLUMN({key})"
    return Wanted(
        ("1", blank, f'IF({blank},{code},"")'),
        (1, int(is_blank), _code((spot.row, spot.column)) if is_blank else ""),
    )


def _of_tables(
    plan: SheetPlan, needless: Mapping[str, str], results: WorkedOut
) -> Iterator[Wanted]:
    for spot in plan.tables:
        spared = needless_name(spot.table.key) if spot.table.key in needless else ""
        is_spared = bool(spared) and spot.table.key in results.unasked
        for column in (one for one in spot.table.column if one.is_due):
            made = (
                _of_given(plan, spot, column, results)
                if spot.table.row
                else [_of_column(spot, column, results)]
            )
            for one in made:
                yield _spared(one, spared, is_spared) if spared else one


def _spared(one: Wanted, name: str, is_spared: bool) -> Wanted:
    """The same, nothing of it being blank while `name` holds."""
    wanted, blank, first = one.formulas
    formulas = (wanted, f"IF({name},0,{blank})", f'IF({name},"",{first})')
    return Wanted(formulas, (one.results[0], 0, "") if is_spared else one.results)


def _of_given(
    plan: SheetPlan, spot: TableSpot, column: Field, results: WorkedOut
) -> Iterator[Wanted]:
    """The cells of a column in rows that the form gives."""
    number = spot.columns[column.key]
    entries = [row[column.key] for row in results.values.tables[spot.table.key]]
    for top, end in open_runs(spot, column):
        letter = get_column_letter(number)
        cells = f"{quote_sheetname(plan.sheet.name)}!${letter}${top}:${letter}${end}"
        blank = f"SUMPRODUCT(--(LEN(TRIM({cells}))=0))"
        lacking = [row for row in range(top, end + 1) if entries[row - spot.rows[0]].is_blank]
        first = _code((lacking[0], number)) if lacking else ""
        yield Wanted(
            (str(end - top + 1), blank, f'IF({blank}=0,"",{_nearest(cells, "1")})'),
            (end - top + 1, len(lacking), first),
        )


def _of_column(spot: TableSpot, column: Field, results: WorkedOut) -> Wanted:
    """A column of a table that grows: its cells in rows in use, and in those that are missing."""
    table, cells = spot.table, f"{spot.table.key}[{column.key}]"
    in_use = f"(({row_in_use(table, column_of(table))})>0)"
    rows = rows_in_use(table, spot.language)
    blank = f"SUMPRODUCT({in_use}*(LEN(TRIM({cells}))=0))"
    wanted = rows
    if table.min_rows:
        wanted, blank = f"MAX({rows},{table.min_rows})", f"{blank}+MAX(0,{table.min_rows}-{rows})"
        in_use = f"(({in_use}+({rows}<{table.min_rows}))>0)"
    first = f'IF({blank}=0,"",{_nearest(cells, in_use)})'
    return Wanted((wanted, blank, first), _column_results(spot, column, results))


def _nearest(cells: str, in_use: str) -> str:
    """The first blank one of the cells that are in use, by arithmetic that needs no array entry."""
    place = f"({FAR}-ROW({cells})*{STEP}-COLUMN({cells}))"
    return f"{FAR}-SUMPRODUCT(MAX({in_use}*(LEN(TRIM({cells}))=0)*{place}))"


def _column_results(
    spot: TableSpot, column: Field, results: WorkedOut
) -> tuple[int, int, int | str]:
    rows = results.values.tables[spot.table.key]
    used = {coordinate_to_tuple(p.address)[0] for row in rows if (p := row[column.key].place)}
    blank = [
        coordinate_to_tuple(entry.place.address)
        for row in rows
        if (entry := row[column.key]).is_blank and entry.place
    ]
    missing = max(0, spot.table.min_rows - len(rows))
    spare = [(row, spot.columns[column.key]) for row in spot.rows if row not in used]
    codes = sorted(map(_code, [*blank, *(spare if missing else [])]))
    count = len(blank) + missing
    return len(rows) + missing, count, codes[0] if count else ""
