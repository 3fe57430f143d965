"""What a figure is to the rows of a form's tables: that of its own text, or one that is named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from typing import Final

from workbook.figures.numbers import round_half_up
from workbook.prose.around import Around
from workbook.prose.cells import LEAST, Cell, Cells, is_plain
from workbook.prose.doubts import THE_SAME, is_another, missing_of
from workbook.prose.figures import Figure, is_of_unit
from workbook.prose.values import is_value
from workbook.prose.words import prose_words
from workbook.prose.written import Text
from workbook.reading.values import Entry, Row
from workbook.stated.folded import letters
from workbook.stated.model import Basis, Quantity
from workbook.stated.units import MONEY

_MOST_ROWS: Final = 20  # of one name that are looked at


class Standing(Enum):
    """What a figure in a text is to the cells of the form."""

    SAME = auto()  # what a cell holds, as it is written there: a quote can take its place
    TIED = auto()  # what a cell holds, in another unit or rounded, or a cell that no quote names
    DIFFERS = auto()  # the same name, year and kind, another value
    UNSURE = auto()  # the same name, another value, and something that the text does not say
    FREE = auto()  # of nothing that the form asks for, or of something else


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure's standing, the cell that it was held against, and what a quote calls that.

    `missing` is what the text does not say of a figure that may be the cell's.
    """

    standing: Standing
    cell: Entry | None = None
    name: str = ""
    missing: str = ""


def of_rows(one: Quantity, context: Around, text: Text, cells: Cells) -> Judged | None:
    """What a figure is to a row of a table: that of its own text, or one that its words name."""
    if text.row and (entry := _in_row(text.row, one)):
        return Judged(Standing.TIED, entry)
    said = letters(context.own)
    found = [name for name in cells.row_names.get(said[-LEAST:], ()) if said.endswith(name)]
    for name in sorted(found, key=len, reverse=True):
        for row in cells.rows[name][:_MOST_ROWS]:
            if entry := _in_row(row, one):
                return _quoted(entry, row, cells) or Judged(Standing.TIED, entry)
    return None


def differing_rows(
    one: Quantity, context: Around, after: str, text: Text, cells: Cells
) -> Judged | None:
    """An error or a question where the words name one row of figures, and it holds another one.

    `推荐党外委员12名` against the row 推荐党外委员 with 10, and `占比75%` behind it.
    """
    for name, entry in _named(one, context, after, cells):
        cell = Cell(Figure(entry.field.key, name, Basis.NONE, ""), entry)
        if is_value(cell, one):
            return Judged(Standing.TIED, entry)
        own = "" if _is_share(one, context) else context.own.replace(name, "")
        around = replace(context, own=own)
        if is_another(one, cell, around, text, cells) or is_of_its_sentence(one, context):
            return None
        missing = missing_of(replace(one, name=one.name or name), [cell], around, cells)
        if not missing and entry.field.key in prose_words().reached:
            missing = THE_SAME  # 完成率 may be of another budget than the form's
        quote = name if name.isidentifier() else ""
        if quote and entry.field.unit == "%":
            quote = f"{name}.{entry.field.key}"
        return Judged(Standing.UNSURE if missing else Standing.DIFFERS, entry, quote, missing)
    return None


def is_of_its_sentence(one: Quantity, context: Around) -> bool:
    """Whether a rate is that of two figures before it: then it says itself what it is of."""
    figures = [other.figure for other in context.stated if other.unit == context.stated[-1].unit]
    return one.unit == "%" and any(
        whole and round_half_up(part * 100 / whole, one.decimals) == one.figure
        for part in figures for whole in figures if part is not whole
    )  # fmt: skip


def _named(one: Quantity, context: Around, after: str, cells: Cells) -> Iterator[tuple[str, Entry]]:
    """The figure of the one row that is called just so, before the figure or behind it."""
    is_share = _is_share(one, context)
    words = letters(context.clauses[-1] if is_share and context.clauses else context.own)
    name = max((row for row in cells.rows if _is_called(row, words, after)), key=len, default="")
    for columns in (_quoted_columns(cells), prose_words().reached):
        found = [
            (row, row[column]) for row in cells.rows.get(name, ()) for column in columns
            if column in row
        ]  # fmt: skip
        if len(found) != 1:
            continue
        row, entry = found[0]
        entries = [one for one in row.values() if one.field.unit == "%"] if is_share else [entry]
        for own in entries:
            if isinstance(own.value, Decimal) and _is_counted_so(own, row, one):
                yield name, own
        return


def _is_share(one: Quantity, context: Around) -> bool:
    """Whether a figure is the share of what is named before it: 推荐党外委员10名、占比71.4%."""
    return one.unit == "%" and letters(context.own).rstrip("为达") in prose_words().shares


def _quoted_columns(cells: Cells) -> list[str]:
    """The columns with the figures of rows that texts quote."""
    return [one.quote_as.value for one in cells.form.tables.values() if one.quote_as]


def _is_called(name: str, said: str, after: str) -> bool:
    words = (*prose_words().done_so, *prose_words().of_rate)
    said = said.rstrip("共为达")
    return after.startswith(name) or (
        said.endswith(name) and is_plain(_undated(said.removesuffix(name)), words)
    )


def _undated(words: str) -> str:
    return re.sub(r"\d{4}年度?", "", words)


def _is_counted_so(entry: Entry, row: Row, one: Quantity) -> bool:
    """Whether a figure may be of the row's unit; where that is blank, of any that counts."""
    unit = entry.field.unit
    units = [cell.value for key, cell in row.items() if key in ("单位", "度量单位")]
    unit = unit or next((str(value) for value in units if value), "")
    if unit in MONEY:
        return one.unit in MONEY
    return is_of_unit(unit, one.unit) if unit else one.unit not in (*MONEY, "%")


def _in_row(row: Row, one: Quantity) -> Entry | None:
    """The cell of a row that holds the figure in its unit."""
    units = [entry.value for entry in row.values() if isinstance(entry.value, str)]
    for entry in row.values():
        is_figure = isinstance(entry.value, Decimal) and entry.value == one.figure
        if is_figure and (is_of_unit(entry.field.unit, one.unit) or one.unit in units):
            return entry
    return None


def _quoted(entry: Entry, row: Row, cells: Cells) -> Judged | None:
    """The same as a cell that a quote can name: `推荐党外委员` or `推荐党外委员.占比`."""
    for way in (table.quote_as for table in cells.form.tables.values()):
        if way is None or way.name not in row or way.value not in row:
            continue
        name, column = row[way.name].value, entry.field.key
        if isinstance(name, str) and name.isidentifier():
            quote = name if column == way.value else f"{name}.{column}"
            return Judged(Standing.SAME, entry, quote)
    return None
