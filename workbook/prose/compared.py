"""Each figure that a text writes out, held against the cell of the same name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from workbook.prose.around import Around, Paragraph, end_of
from workbook.prose.cells import Cell, Cells, name_of
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
from workbook.prose.figures import is_same_basis
from workbook.prose.rows import Judged, Standing, differing_rows, is_of_its_sentence, of_rows
from workbook.prose.values import is_exact_in_a_cell, is_far, is_literal, is_value
from workbook.prose.written import Text
from workbook.stated.counted import COUNTED
from workbook.stated.folded import Folded, fold
from workbook.stated.model import Quantity, Relation
from workbook.stated.sentences import read_text
from workbook.stated.words import BEFORE

_AFTER: Final = 40  # letters behind a figure that may name it
_OWN: Final = (Relation.PLAIN, Relation.PART, Relation.TOTAL)


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
            after = folded.text[end_of(one, folded.text) :][:_AFTER]
            judged = _judged(one, context, after, text, cells)
            if judged.standing is Standing.SAME and not folded.text[one.start].isdigit():
                judged = replace(judged, standing=Standing.TIED)  # 十二 is no figure to quote
            yield Statement(text, start, end, _piece(folded, one, context.stated), judged)


def _judged(one: Quantity, context: Around, after: str, text: Text, cells: Cells) -> Judged:
    """What a figure is to the cells of its name, or to a row of a table that its words name."""
    is_counted = one.relation in _OWN or one.unit == "%" or one.name in COUNTED
    if not is_counted or not is_exact_in_a_cell(one.figure) or not is_own(one.prefix, cells):
        return _FREE
    name = name_of(one, is_of_unit=bool(one.prefix) or says_own(context, cells))
    called = cells.rates(context.own) if one.unit == "%" else []
    called = called or ([] if name is None else cells.called(name, one.unit))
    meant = [cell for cell in called if _is_meant(cell, one, cells)]
    if not one.is_exact:
        return _about(one, meant, context, text, cells)
    if same := next((cell for cell in meant if is_value(cell, one)), None):
        key = same.figure.key if is_literal(same, one) and same.figure.key.isidentifier() else ""
        return Judged(Standing.SAME if key else Standing.TIED, same.entry, key)
    kinds = {cell.figure.basis for cell in called}
    is_open = not meant or is_kind_open(meant[0], one, context, kinds)
    other = next((cell for cell in called if is_value(cell, one)), None)
    if other and is_open:
        return Judged(Standing.TIED, other.entry)
    if row := of_rows(one, context, text, cells):
        return row
    if not meant:
        return differing_rows(one, context, after, text, cells) or _FREE
    if is_another(one, meant[0], context, text, cells) or is_of_its_sentence(one, context):
        return _FREE
    missing = missing_of(one, meant, context, cells) or (OF_KIND if is_open else "")
    standing = Standing.UNSURE if missing else Standing.DIFFERS
    return Judged(standing, meant[0].entry, meant[0].figure.key, missing)


def _about(
    one: Quantity, meant: Sequence[Cell], context: Around, text: Text, cells: Cells
) -> Judged:
    """About so much, 约 or 余, is an error only where a cell is of another magnitude."""
    if not meant or is_another(one, meant[0], context, text, cells):
        return _FREE
    is_open = bool(missing_of(one, meant, context, cells)) or not is_far(meant[0], one)
    return _FREE if is_open else Judged(Standing.DIFFERS, meant[0].entry, meant[0].figure.key)


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
