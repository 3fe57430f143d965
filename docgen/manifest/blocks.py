"""The blocks of a document, its rows and paragraphs, and by what each is known again.

A manifest keeps no words of a report, which may be confidential once they are deleted, but a
checksum of each block's words.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from zlib import crc32

from lxml.etree import _Element as Element

from docgen.manifest.lines import Line
from docgen.template.word.names import P_PR, R_PR, SDT, SDT_CONTENT, TBL, TR, P, W
from docgen.template.write.marks import OF_A_TABLE, tag_name

NO_TABLE: Final = -1
_HOLDERS: Final = (SDT, SDT_CONTENT, f"{W}customXml")
_DIGITS: Final = 8  # of a checksum


class Trace(NamedTuple):
    """What is kept of a block: the checksum of its words, its first figure's mark, its table.

    `Trace("1a2b3c4d", "_gj276_3000023", 4)` is a row of the document's fifth table. `of_table` is
    what the marks of its rows begin with, in the first row that has one: `_gjrows12`.
    """

    words: str
    mark: str = ""
    table: int = NO_TABLE
    of_table: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A row of a table or a paragraph outside of tables, with what is read in it.

    `number` counts the blocks of the document, `marks` are those of its figures.

    Of the row 基本支出 | 195.49 in the document's first table `lines` are two, `marks` has the one
    of 195.49, and `trace.table` is 0.
    """

    number: int
    element: Element
    lines: Sequence[Line]
    marks: Sequence[str]
    trace: Trace

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return self.trace.table != NO_TABLE

    @property
    def text(self) -> str:
        """What a reader reads in it, cells parted by a line."""
        return " | ".join(text for line in self.lines if (text := line.text.strip()))


def read_blocks(lines: Sequence[Line], main: str, figures: Collection[str]) -> list[Block]:
    """The blocks of the part `main` of a document, whose figures have these marks."""
    lines = [line for line in lines if line.where.file == main]
    if not lines:
        return []
    body = lines[0].element.getroottree().find(f"{W}body")
    by_element = {line.element: line for line in lines}
    found: list[Block] = []
    told = {NO_TABLE}
    for element, table in _elements(body, _Tables()) if body is not None else ():
        own = [by_element[one] for one in element.iter(P) if one in by_element]
        marked = [[mark for mark in line.marks if mark[0] in figures] for line in own]
        marks = [mark[0] for some in marked for mark in some]
        words = "|".join(line.without(some) for line, some in zip(own, marked, strict=True))
        words_told = f"{crc32(''.join(words.split()).encode()):08x}"
        names = (table_name(mark) for line in own for mark, *_ in line.marks if table not in told)
        if of_table := next(filter(None, names), ""):
            told.add(table)
        trace = Trace(words_told, marks[0] if marks else "", table, of_table)
        found.append(Block(len(found), element, own, marks, trace))
    return found


def table_name(mark: str) -> str:
    """What the mark of a row or table says of its table; "" of any other mark."""
    return tag_name(mark) if mark.startswith(OF_A_TABLE) else ""


def as_text(traces: Sequence[Trace]) -> str:
    """Traces as a manifest keeps them: `1a2b3c4d (0c0ffee0_gj2 1a2b3c4d)`, a table in brackets."""
    pieces = []
    for index, one in enumerate(traces):
        is_first = index == 0 or traces[index - 1].table != one.table
        is_last = index + 1 == len(traces) or traces[index + 1].table != one.table
        before = "(" if one.table != NO_TABLE and is_first else ""
        behind = ")" if one.table != NO_TABLE and is_last else ""
        pieces.append(f"{before}{one.words}{one.mark}{one.of_table}{behind}")
    return " ".join(pieces)


def as_traces(text: str) -> Iterator[Trace]:
    """The traces in such a text."""
    tables, inside = 0, False
    for piece in text.split():
        inside = inside or piece.startswith("(")
        told = piece.strip("()")
        mark, sign, number = told[_DIGITS:].partition(OF_A_TABLE)
        yield Trace(told[:_DIGITS], mark, tables if inside else NO_TABLE, sign + number)
        if piece.endswith(")"):
            tables, inside = tables + 1, False


class _Tables:
    """How many tables there were so far."""

    count = 0


def _elements(container: Element, tables: _Tables) -> Iterator[tuple[Element, int]]:
    """Each block with the number of its table; what is to be deleted once accepted is none."""
    for child in container:
        if child.tag == P:
            if child.find(f"{P_PR}/{R_PR}/{W}del") is None:
                yield child, NO_TABLE
        elif child.tag == TBL:
            rows = [row for row in child.iter(TR) if next(row.iterancestors(TBL)) is child]
            rows = [row for row in rows if row.find(f"{W}trPr/{W}del") is None]
            yield from ((row, tables.count) for row in rows)
            tables.count += bool(rows)
        elif child.tag in _HOLDERS:
            yield from _elements(child, tables)
