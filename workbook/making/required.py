"""How far a form is filled: what a sheet still lacks, what is counted of a table; nothing written.

What is asked for each required field, and for each required column of a table, stands in one row of
three columns of the hidden sheet 选项. The guide only adds these up, so that its formulas stay
short however many fields a form has.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from msgspec import Struct

from workbook.catalogue import sheets as said
from workbook.catalogue.model import Language
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.outline import OUTLINE
from workbook.form.table import Table
from workbook.language.excel import (
    column_cells,
    column_of,
    count_filled,
    count_odd,
    count_rows,
    count_unreadable,
    filled,
    filled_name,
    named,
    odd_name,
    row_in_use,
    rows_in_use,
    rows_name,
    unreadable_name,
)
from workbook.language.model import Leaf
from workbook.making.planning.plan import FieldSpot, SheetPlan, TableSpot, open_runs
from workbook.making.worked_out import WorkedOut
from workbook.rules.formulas import read_by_rows, searched
from workbook.rules.model import RuleSet
from workbook.xlsx.addresses import cell_at, column_letters, quoted_sheet

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


def wanted_of(plan: SheetPlan, needless: Collection[str], results: WorkedOut) -> Iterator[Wanted]:
    """What a sheet wants: of each required field, and of each required column of its tables."""
    yield from _of_fields(plan, needless, results)
    yield from _of_tables(plan, needless, results)


def counts_of(wanted: Sequence[Wanted]) -> tuple[int, int]:
    """How many cells must be filled, and how many of them are blank."""
    return sum(one.results[0] for one in wanted), sum(one.results[1] for one in wanted)


def needless_keys(form: Form) -> Collection[str]:
    """The keys of what need not be filled where the outline leaves out what would print it."""
    if OUTLINE not in form.tables:
        return ()
    return {key for section in form.section for key in section.asked}


def needless_name(key: str, language: Language = "zh") -> str:
    """The defined name of the test that a field or a table need not be filled."""
    return f"{said.NEEDLESS(language)}{key}"


def _at(address: str) -> Cell:
    found = cell_at(address)
    assert found is not None
    return found


def _code(cell: Cell) -> int:
    return cell[0] * STEP + cell[1]


def _of_fields(plan: SheetPlan, needless: Collection[str], results: WorkedOut) -> Iterator[Wanted]:
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


def _of_tables(plan: SheetPlan, needless: Collection[str], results: WorkedOut) -> Iterator[Wanted]:
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
        letter = column_letters(number)
        cells = f"{quoted_sheet(plan.sheet.name)}!${letter}${top}:${letter}${end}"
        blank = f"SUMPRODUCT(--(LEN(TRIM({cells}))=0))"
        lacking = [row for row in range(top, end + 1) if entries[row - spot.rows[0]].is_blank]
        first = _code((lacking[0], number)) if lacking else ""
        yield Wanted(
            (str(end - top + 1), blank, f'IF({blank}=0,"",{_nearest(cells, "1")})'),
            (end - top + 1, len(lacking), first),
        )


def _of_column(spot: TableSpot, column: Field, results: WorkedOut) -> Wanted:
    """A column of a table that grows: its cells in rows in use, and in those that are missing."""
    table, cells = spot.table, column_cells(spot.table.key, column.name)
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
    used = {_at(p.address)[0] for row in rows if (p := row[column.key].place)}
    blank = [
        _at(entry.place.address)
        for row in rows
        if (entry := row[column.key]).is_blank and entry.place
    ]
    missing = max(0, spot.table.min_rows - len(rows))
    spare = [(row, spot.columns[column.key]) for row in spot.rows if row not in used]
    codes = sorted(map(_code, [*blank, *(spare if missing else [])]))
    count = len(blank) + missing
    return len(rows) + missing, count, codes[0] if count else ""


def left_parts(
    plan: SheetPlan, counts: tuple[int, int] | None, results: WorkedOut, cells: tuple[str, str]
) -> list[tuple[str, str]]:
    """What the guide says of a sheet, each part as a formula's text and as it reads.

    `counts` are those of what it wants, None where it wants nothing; `cells` hold how many cells
    it wants and how many of them are filled.
    """
    parts = [] if counts is None else [_wanting(*cells, counts[1], plan.language)]
    growing = (spot.table for spot in plan.tables if not spot.table.row)
    parts += [_rows_filled(table, results.rows_in_use(table), plan.language) for table in growing]
    return parts


def _wanting(of: str, is_done: str, count: int, language: Language) -> tuple[str, str]:
    """How many required cells are blank, as a formula's text and as it reads."""
    still = _spliced(said.STILL(language, count="\0"), f"({of}-{is_done})")
    filled = said.ALL_FILLED(language)
    text = f'IF({of}>{is_done},{still},"{filled}")'
    return text, said.STILL(language, count=count) if count else filled


def _spliced(text: str, count: str) -> str:
    """A text with a calculation in the place of its NUL, as a formula joins them."""
    return "&".join(
        part for part in f'"{text}"'.replace("\0", f'"\0{count}\0"').split("\0") if part != '""'
    )


def _rows_filled(table: Table, count: int, language: Language) -> tuple[str, str]:
    """A table's title and how many of its rows are in use, as a formula's text and as it reads."""
    title = table.title.replace('"', '""')
    text = _spliced(said.ROWS(language, title=title, count="\0"), rows_in_use(table, language))
    return text, said.ROWS(language, title=table.title, count=count)


def table_counts(form: Form, rules: RuleSet, results: WorkedOut) -> Iterator[tuple[str, str, int]]:
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
