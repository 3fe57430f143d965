"""Tables of a report that were copied from the form: whose cells theirs are, column by column.

One figure may be that of many cells; a column of figures that all stand beside the words of their
rows is that of one column.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final, NamedTuple

from docgen.adopting.loops.rows import Looped
from docgen.naming.cells import in_one_word, known_cells
from docgen.naming.page import Span, cells_of, rows_of, text_of
from docgen.naming.printing import printed_ways, with_minus
from workbook.adopting.model import Asked, Found
from workbook.viewing.words import bare_words, is_total, unit_in

_FIGURE: Final = re.compile(r"\s*([-−－]?[\d,]+(?:\.\d+)?)(\D{0,4}?)\s*")
_LEAST_HITS: Final = 2  # different figures that a column and its copy share
_LEAST_NAME: Final = 2  # letters by which a row is called
_MOST_OF: Final = 4  # hits for each figure that is another
_TOTAL: Final = re.compile(r"(?:合计|小计|总计)$")

Rows = Mapping[str, list[tuple[Asked, str]]]  # by the words of a row: its cells, each with its head
Columns = Mapping[tuple[str, int], Rows]  # by sheet and number


@dataclass(frozen=True, slots=True)
class Copied:
    """A cell of a report's table that was copied from a column of the form.

    `key` and `span` are the cell that it prints and the tag; where it prints none of the column
    `span` is None, and `only` are the keys of the column: 178.95 under 供水量 of a list of works is
    that of no other block, though one holds it too.
    """

    key: str
    span: Span | None
    only: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Hit:
    """A line of the table in which a column's cell is printed, or none of it is."""

    line: int
    one: Asked | None
    span: Span | None
    row: str = ""
    only: frozenset[str] = frozenset()


class _Column(NamedTuple):
    """A column of the form, by the words of its rows, the lines that print it, in which unit."""

    hits: list[_Hit]
    rows: Rows
    unit: str


def copied(
    tables: Iterable[Any], found: Found, context: Mapping[str, Any], loops: Sequence[Looped]
) -> dict[Any, Copied]:
    """The paragraphs of tables that print a cell, by their elements."""
    columns = _columns(found)
    made: dict[Any, Copied] = {}
    for table in tables:
        lines = [cells_of(row) for row in rows_of(table)]
        texts = [[text_of(cell).strip() for cell in cells] for cells in lines]
        for number in range(1, max(map(len, texts), default=0)):
            for hit in _of_column(texts, number, columns, context):
                made |= _in_cell(lines[hit.line][number], hit)
    for loop in loops:
        for cell, totals in _totals(loop, found):
            told = ((one, _printed(text_of(cell).strip(), one, context)) for one in totals)
            hits = [_Hit(0, one, span) for one, span in told if span is not None]
            only = frozenset(one.key for one in totals)
            made |= _in_cell(cell, hits[0] if hits else _Hit(0, None, None, only=only))
    return made


def _totals(loop: Looped, found: Found) -> Iterator[tuple[Any, list[Asked]]]:
    """The cells of a table under a loop, in a row 合计, each with the totals of its column.

    They are those right below the list, whatever they are called (全公司), and the others 合计.
    """
    table = next(one for one in found.tables() if one.key == loop.table)
    totals = defaultdict(list)
    below = [one for one in found.asked() if one.spot.sheet == table.sheet]
    below = [one for one in below if one.spot.row > table.bottom]
    first = min((one.spot.row for one in below if one.formula), default=0)
    for one in below:
        if _TOTAL.search(one.words) or (one.spot.row == first and one.formula):
            totals[one.spot.column].append(one)
    for row in loop.first.itersiblings():
        cells = cells_of(row)
        if not any(is_total(text_of(cell)) for cell in cells) or len(cells) != len(loop.columns):
            continue
        for cell, column in zip(cells, loop.columns, strict=True):
            below = totals[column.spot.column] if column is not None else []
            yield cell, sorted(below, key=lambda one: one.spot.row)


def _columns(found: Found) -> Columns:
    """The single cells of each column by the words of their row, each with its head."""
    columns: dict[tuple[str, int], dict[str, list[tuple[Asked, str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one, known_by in known_cells(found):
        head = known_by[1] if len(known_by) > 1 else ""
        columns[one.spot.sheet, one.spot.column][known_by[0]].append((one, head))
    return columns


def _of_column(
    texts: Sequence[Sequence[str]], number: int, columns: Columns, context: Mapping[str, Any]
) -> list[_Hit]:
    """The hits of the one column of the form that a column of a table is a copy of."""
    said = _head_of(texts, number)
    ranked: list[tuple[int, float, _Column]] = []
    for rows in columns.values():
        some = [(_hits(texts, number, rows, context, u), u) for u in _units(texts, number)]
        hits, unit = max(some, key=lambda one: len(one[0]))
        if len({hit.span.tag for hit in hits if hit.span}) >= _LEAST_HITS:
            heads = {head for hit in hits for one, head in rows[hit.row] if one is hit.one}
            likeness = max(_likeness(said, head) for head in heads)
            ranked.append((len(hits), likeness, _Column(hits, rows, unit)))
    best = max((one[:2] for one in ranked), default=None)
    first = [column for *rank, column in ranked if tuple(rank) == best]
    if len(first) != 1:
        return []
    others = {words for rows in columns.values() for words in rows} - {*first[0].rows}
    hits = _whole_column(texts, number, first[0], context)
    return [one for one in hits if one.one or not _is_named(texts[one.line][:number], others)]


def _is_named(cells: Sequence[str], others: Collection[str]) -> bool:
    """Whether a line's words name a row of another column: 收入合计 beside 支出合计."""
    return any(in_one_word(bare_words(one)) in others for one in cells)


def _units(texts: Sequence[Sequence[str]], number: int) -> list[str]:
    """The unit that a column's head says; where it says none its cell's own or the table's first.

    Of 年初原值（万元） | 本年增加 | 净值 all three columns are in 万元.
    """
    heads = [unit_in(cell) for cell in (texts[0] if texts else ())]
    own = heads[number] if number < len(heads) else ""
    return [own] if own else ["", *[one for one in heads if one][:1]]


def _whole_column(
    texts: Sequence[Sequence[str]], number: int, column: _Column, context: Mapping[str, Any]
) -> list[_Hit]:
    """The hits of a column with its other figures: the total by another name, or none of it."""
    cells = [one for some in column.rows.values() for one, _ in some]
    last = max(hit.one.spot.row for hit in column.hits if hit.one)
    below = [one for one in cells if one.formula and one.spot.row > last]
    total = min(below, key=lambda one: one.spot.row, default=None)
    only, told = frozenset(one.key for one in cells), {hit.line for hit in column.hits}
    made = [*column.hits]
    for line, words in enumerate(texts):
        text = words[number] if number < len(words) else ""
        if line in told or not _FIGURE.fullmatch(text):
            continue
        span = None
        if total is not None and any(map(is_total, words[:number])):
            span = _printed(text, total, context, column.unit)
        made.append(_Hit(line, total if span else None, span, only=only))
    return made


def _hits(
    texts: Sequence[Sequence[str]],
    number: int,
    rows: Rows,
    context: Mapping[str, Any],
    unit: str,
) -> list[_Hit]:
    """The lines in which a column is printed; none where many lines print other figures."""
    hits: list[_Hit] = []
    misses = 0
    for line, cells in enumerate(texts):
        text = cells[number] if number < len(cells) else ""
        row = _row_of(rows, cells[:number])
        if not row or not _FIGURE.fullmatch(text):
            continue
        told = ((one, _printed(text, one, context, unit)) for one, _ in rows[row])
        found = [_Hit(line, one, span, row) for one, span in told if span is not None]
        misses += len(found) != 1
        hits += found if len(found) == 1 else []
    is_copy = len({texts[hit.line][number] for hit in hits}) >= _LEAST_HITS
    return hits if is_copy and len(hits) >= _MOST_OF * misses else []


def _row_of(rows: Mapping[str, Any], cells: Sequence[str]) -> str:
    """The row of the form that a line's words name, or begin: 沙河 of 沙河粮站; "" for none.

    The last words come first.
    """
    said = [in_one_word(bare_words(one)) for one in reversed(cells)]
    if whole := next((words for words in said if words in rows), ""):
        return whole
    for words in (one for one in said if len(one) >= _LEAST_NAME):
        begun = [one for one in rows if one.startswith(words)]
        if begun:
            return begun[0] if len(begun) == 1 else ""
    return ""


def _printed(text: str, one: Asked, context: Mapping[str, Any], unit: str = "") -> Span | None:
    """The part of a cell's text that prints a figure of the form, with the tag for it.

    `unit` is the one that the head of its column says.
    """
    value = context.get(one.key)
    said = _FIGURE.fullmatch(text)
    if said is None or value is None or isinstance(value, str | date):
        return None
    counted_in = said[2].strip() or unit or one.unit
    figure = with_minus(said[1])
    for way in printed_ways(one.key, value, one.unit):
        if with_minus(way.text) == figure and way.unit == (counted_in if one.unit else ""):
            return Span(*said.span(1), f"{{{{ {way.expression} }}}}")
    return None


def _head_of(texts: Sequence[Sequence[str]], number: int) -> str:
    """The words above the figures of a column."""
    said = ""
    for cells in texts:
        text = cells[number] if number < len(cells) else ""
        if _FIGURE.fullmatch(text):
            break
        said += bare_words(text)
    return said


def _likeness(one: str, other: str) -> float:
    """How alike two heads are, from 0 to 1: the pairs of letters that they share."""
    pairs, others = ({a + b for a, b in pairwise(words)} for words in (one, other))
    return len(pairs & others) / max(len(pairs | others), 1)


def _in_cell(cell: Any, hit: _Hit) -> dict[Any, Copied]:
    """The paragraph of a cell in which its text stands, with its tag there."""
    for one in cell.iter():
        if one.tag.endswith("}p") and (text := text_of(one)):
            blanks = len(text) - len(text.lstrip())
            if hit.span is None or hit.one is None:
                return {one: Copied("", None, hit.only)}
            span = Span(hit.span.start + blanks, hit.span.end + blanks, hit.span.tag)
            return {one: Copied(hit.one.key, span)}
    return {}
