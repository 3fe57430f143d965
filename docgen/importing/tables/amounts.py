"""Amounts by basis and source as cells of one row, where they tie and no two of them differ."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from docgen.importing.matching.found import Found, Row, Statement
from docgen.importing.matching.model import Catch
from docgen.importing.tables.cards import hole_of
from docgen.importing.tables.columns import column_of, sourced
from docgen.stated.outline import Line
from workbook.catalogue import imports as told
from workbook.catalogue.model import Said
from workbook.form.field import Field
from workbook.form.table import Table
from workbook.stated.item_names import Kept
from workbook.stated.model import Basis
from workbook.stated.units import MONEY

CARDS: Final = "cards"
BASES: Final = (Basis.INITIAL, Basis.FULL, Basis.OUTTURN)
ALL_FUNDS: Final = ""  # the source of all funds together


class Amount(NamedTuple):
    """An amount of a source, and where it stands."""

    value: Decimal
    catch: Catch


def put_row(found: Found, table: Table, row: Row) -> None:
    """Add a row, or what it says anew to that of the same name; what differs is left out."""
    rows = found.tables.setdefault(table.key, {}).setdefault(CARDS, [])
    name = row[table.row_name].text
    old = next((one for one in rows if one[table.row_name].text == name), None)
    if old is None:
        rows.append(row)
        return
    contested = {key for of, item, key in found.contested if (of, item) == (table.key, name)}
    more = row.keys() - old.keys() - contested
    for key in row.keys() & old.keys():
        if (row[key].text, row[key].unit) != (old[key].text, old[key].unit):
            tell(found, row[key].catches[0].line, told.UNLIKE.said(name=name, column=key))
            del old[key]
            found.contested.add((table.key, name, key))
    old.update({key: row[key] for key in more})


def put_amounts(
    found: Found,
    table: Table,
    amounts: Mapping[tuple[Basis, str], Sequence[Amount]],
    years: Collection[str] = (),
    *,
    is_whole: bool = True,
) -> Row:
    """The cells of a row for amounts by basis and source; of two that differ there is none.

    Where the sources of a basis do not come to its total none of that basis is taken: of too much
    in any case, of too little where `is_whole` says that all sources are known.
    """
    row: Row = {}
    columns = sourced(table)
    for basis in BASES:
        own = {source: ones for (of, source), ones in amounts.items() if of is basis}
        if not _is_plain(found, own, is_whole=is_whole):
            continue
        for source, ones in own.items():
            column = columns.get((basis, source))
            if source == ALL_FUNDS:
                column = column_of(table, Kept(basis), years)
            if column is not None:
                catch = ones[0].catch
                remark = told.BY_SOURCE.said(basis=basis.value, column=column.name)
                row[column.key] = Statement([_at(catch, table, column)], remark)
    return row


def _at(catch: Catch, table: Table, column: Field) -> Catch:
    return Catch(
        hole_of(table.key, column.key), catch.text, catch.line, catch.start, catch.end, catch.unit
    )


def _is_plain(found: Found, own: Mapping[str, Sequence[Amount]], *, is_whole: bool) -> bool:
    for ones in own.values():
        if len({(one.value, one.catch.unit) for one in ones}) > 1:
            tell(found, ones[-1].catch.line, told.TWO_OF_SOURCE.said())
            return False
    parts = [in_yuan(ones[0]) for source, ones in own.items() if source]
    if not parts or ALL_FUNDS not in own:
        return True
    total, first = in_yuan(own[ALL_FUNDS][0]), own[ALL_FUNDS][0].catch
    if sum(parts) == total or (sum(parts) < total and not is_whole):
        return True
    tell(found, first.line, told.NO_SUM.said(total=first.text))
    return False


def in_yuan(amount: Amount) -> Decimal:
    """An amount in yuan, by the unit beside it or above its table."""
    return amount.value.scaleb(MONEY.get(amount.catch.unit or amount.catch.line.unit, 0))


def tell(found: Found, line: Line, why: Said) -> None:
    """Note why something in a line is not taken."""
    found.untaken.setdefault(line, {})[why] = None
