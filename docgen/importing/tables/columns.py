"""Which column of a form's table an amount is for, by its basis, its year and its source."""

from collections.abc import Collection

from docgen.importing.matching.own_names import BRACKETED
from workbook.form.field import Field
from workbook.form.table import Table
from workbook.stated.folded import fold
from workbook.stated.item_names import Kept
from workbook.stated.model import Basis
from workbook.stated.tables.cells import BARE
from workbook.stated.units import MONEY
from workbook.stated.words import BEFORE, general, named, source_of


def name_column(table: Table) -> str:
    """The column that names a row: the form's own choice, else its first text that is asked."""
    texts = (c.key for c in table.column if c.type == "text" and c.is_asked)
    return table.row_name or next(texts, "")


def column_of(table: Table, kept: Kept, years: Collection[str]) -> Field | None:
    """The column for an amount of a row, by its basis and year; None where there is no such one.

    A budget of the beginning of the year goes to the column of the budget, where the form has
    none of its own for it; an amount without a basis is an outturn.
    """
    before = {str(int(year) - 1) for year in years}
    year = {**dict.fromkeys(before, BEFORE), **dict.fromkeys(years, "")}.get(kept.year, kept.year)
    asked = {
        _spent(basis): column
        for column in table.column
        if column.unit in MONEY and not column.compute
        for name, basis, of in [named(column.name)]
        if name in BARE and of == year
    }
    basis = _spent(kept.basis)
    if basis is Basis.INITIAL and basis not in asked:
        basis = Basis.BUDGET
    return asked.get(basis)


def _spent(basis: Basis) -> Basis:
    return Basis.OUTTURN if basis is Basis.NONE else basis


def sourced(table: Table) -> dict[tuple[Basis, str], Field]:
    """The columns of amounts by basis and source: 年初预算数:上年结转资金, or 年初结转 in short."""
    made: dict[tuple[Basis, str], Field] = {}
    for column in table.column:
        for name in (column.key, column.name) if column.unit in MONEY else ():
            text = fold(name).text
            for word, basis in general().short_basis.items():
                rest = text.removeprefix(word)
                source = source_of(rest) if rest != text else ""
                if source and not column.compute:
                    made[Basis(basis), source] = column
    return made


def column_of_source(table: Table, cell: str) -> Field | None:
    """The column for 全年预算数其中:财政拨款, a source below the basis that stands above it."""
    text = BRACKETED.sub("", cell)
    for basis, ways in general().basis.items():
        for way in ways:
            source = source_of(text.removeprefix(way)) if text.startswith(way) else ""
            if source:
                return sourced(table).get((Basis(basis), source))
    return None


def unit_of(cell: str, unit: str) -> str:
    """The unit in the brackets of a head, else the one that stands above the table."""
    units = [u for words in BRACKETED.findall(cell) for u in MONEY if words.endswith(u)]
    return max(units, key=len, default=unit)
