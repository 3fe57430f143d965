"""Each figure that a text writes out, held against the cell of the same name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import Final

from workbook.prose.around import Around, Paragraph, end_of
from workbook.prose.cells import LEAST, Cell, Cells, name_of
from workbook.prose.doubts import (
    OF_KIND,
    is_another,
    is_kind_open,
    is_own,
    missing_of,
    of_own,
    says_own,
    topic_of,
)
from workbook.prose.figures import is_of_unit, is_same_basis
from workbook.prose.values import is_exact_in_a_cell, is_literal, is_value
from workbook.prose.written import Text
from workbook.reading.values import Entry, Row
from workbook.stated.folded import Folded, fold, letters
from workbook.stated.model import Quantity, Relation
from workbook.stated.sentences import read_text
from workbook.stated.words import BEFORE

_MOST_ROWS: Final = 20  # of one name that are looked at
_OWN: Final = (Relation.PLAIN, Relation.PART, Relation.TOTAL)


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


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure in a text: its digits from `start` to before `end`, and what it is to the cells.

    `piece` are the words before it in its clause, the figure and its unit: `行政编制8名`.
    """

    text: Text
    start: int
    end: int
    piece: str
    judged: Judged


_FREE: Final = Judged(Standing.FREE)


def statements(text: Text, cells: Cells) -> Iterator[Statement]:
    """What each figure with a unit that the text writes out is to the cells of the form."""
    told: set[int] = set()
    above: list[str] = []
    done = 0
    for line in text.words.splitlines(keepends=True):
        for one in _of_line(line, done, above, text, cells):
            told.add(one.start)
            yield one
        done += len(line)
        above.append(fold(line).text)
    for start, end in text.spots:  # what the reader makes nothing of
        if not any(start <= place < end for place in told):
            yield Statement(text, start, end, text.words[start:end], _FREE)


def _of_line(
    line: str, before: int, above: Sequence[str], text: Text, cells: Cells
) -> Iterator[Statement]:
    """The statements of one paragraph, which begins at the letter `before` of its text.

    Rules that look at a paragraph alone, its sums and shares, have their place beside `_judged`.
    """
    folded = fold(line)
    stated = [of_own(one, cells) for one in read_text(line, cells.names, topic_of(text))]
    paragraph = Paragraph(folded.text, stated, above)
    for number, one in enumerate(stated):
        start, end = before + folded.origin[one.start], before + folded.origin[one.end - 1] + 1
        if not any(quote.start < end and start < quote.end for quote in text.entry.quotes):
            context = paragraph.around(number)
            judged = _judged(one, context, text, cells)
            yield Statement(text, start, end, _piece(folded, one, context.stated), judged)


def _judged(one: Quantity, context: Around, text: Text, cells: Cells) -> Judged:
    """What a figure is to the cells of its name, or to a row of a table that its words name."""
    is_figure = (one.relation in _OWN or one.unit == "%") and is_exact_in_a_cell(one.figure)
    if not is_figure or not one.is_exact or not is_own(one.prefix, cells):
        return _FREE
    name = name_of(one, is_of_unit=bool(one.prefix) or says_own(context, cells))
    called = [] if name is None else cells.called(name, one.unit)
    meant = [cell for cell in called if _is_meant(cell, one, cells)]
    if same := next((cell for cell in meant if is_value(cell, one)), None):
        key = same.figure.key if is_literal(same, one) and same.figure.key.isidentifier() else ""
        return Judged(Standing.SAME if key else Standing.TIED, same.entry, key)
    kinds = {cell.figure.basis for cell in called}
    is_open = not meant or is_kind_open(meant[0], one, context, kinds)
    other = next((cell for cell in called if is_value(cell, one)), None)
    if other and is_open:
        return Judged(Standing.TIED, other.entry)
    if row := _of_rows(one, context, text, cells):
        return row
    if not meant or one.unit == "%" or is_another(one, meant[0], context, text, cells):
        return _FREE
    missing = missing_of(one, meant, context, cells) or (OF_KIND if is_open else "")
    standing = Standing.UNSURE if missing else Standing.DIFFERS
    return Judged(standing, meant[0].entry, meant[0].figure.key, missing)


def _piece(folded: Folded, one: Quantity, before: Sequence[Quantity]) -> str:
    """The words from the last comma or figure on, the figure and its unit, as they were typed."""
    text, first = folded.text, max((end_of(other, folded.text) for other in before), default=0)
    depth = 0
    for place in reversed(range(first, one.start)):
        depth += (text[place] == ")") - (text[place] == "(")
        if text[place] in ",;。!?" or depth < 0:
            first = place + 1
            break
    while text[first] in "、和及与":
        first += 1
    return folded.original(first, end_of(one, text))


def _is_meant(cell: Cell, one: Quantity, cells: Cells) -> bool:
    """Whether year and basis of a cell are those that were stated, or not stated."""
    before = str(int(cells.year) - 1) if cells.year else BEFORE
    is_last = one.year in (BEFORE, before)
    is_year = is_last if cell.figure.year == BEFORE else one.year in ("", cells.year)
    return is_year and is_same_basis(cell.figure, one.basis, cell.entry.field)


def _of_rows(one: Quantity, context: Around, text: Text, cells: Cells) -> Judged | None:
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
