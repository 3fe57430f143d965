"""Rows of the form's tables in a report: below a head, or in the middle of a sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from docgen.importing.align import Patterns
from workbook.stated.folded import CELL, NUMBERING, PUNCTUATION, fold
from docgen.importing.found import Found, Row, Statement, put_round
from docgen.importing.outline import Line
from docgen.importing.patterns import MONEY, NUMBER, UNIT, Catch, Pattern
from docgen.importing.pieces import Hole, Target
from workbook.form.model import Field, Form, Table

TOTALS: Final = frozenset(("合计", "总计", "小计", "共计", "合计数"))
MOST_HEAD_ROWS: Final = 3
LEAST_ROUNDS: Final = 2
IN_A_SENTENCE: Final = "从一句话的中间认出"
_NUMBERED: Final = re.compile(rf"(?:^|(?<=[{re.escape(PUNCTUATION)}]))(?=(?:{NUMBERING}))")
_BRACKETED: Final = re.compile(r"\(([^()]*)\)")
_AMOUNT: Final = re.compile(rf"({NUMBER})({UNIT})?")


@dataclass(frozen=True, slots=True)
class _Head:
    """A head: which column of the form stands in which cell, and the amounts' unit there."""

    table: Table
    row: int
    columns: dict[int, tuple[Field, str]]


def add_tables(found: Found, form: Form, rest: Sequence[Line]) -> None:
    """Add the rows of the tables among the lines that no template line fits."""
    for number, group in groupby(rest, key=lambda line: line.table):
        if number is None:
            continue
        rows = list(group)
        head = _head(form, rows)
        if head is None:
            continue
        found.used.update(rows[: head.row + 1])
        for line in rows[head.row + 1 :]:
            row = dict(_row(head, line))
            if row and not _is_total(line):
                found.used.add(line)
                place = ("table", number)
                found.tables.setdefault(head.table.key, {}).setdefault(place, []).append(row)


def _head(form: Form, rows: Sequence[Line]) -> _Head | None:
    """The head of a table that names two columns, or all that the form's table asks for."""
    for number, line in enumerate(rows[:MOST_HEAD_ROWS]):
        for table in form.tables.values():
            columns = dict(_named(table, line))
            names = {field.key for field, _ in columns.values()}
            asked = {c.key for c in table.column if c.required}
            if names and (len(names) > 1 or asked <= names) and len(names) == len(columns):
                return _Head(table, number, columns)
    return None


def _named(table: Table, line: Line) -> Iterator[tuple[int, tuple[Field, str]]]:
    for place, cell in enumerate(line.folded.text.split(CELL)):
        units = [u for words in _BRACKETED.findall(cell) for u in MONEY if words.endswith(u)]
        words = _BRACKETED.sub("", cell)
        for column in table.column:
            names = {column.key, _BRACKETED.sub("", fold(column.name).text)}
            names |= {f"{table.key}{name}" for name in names}
            if words in names:
                yield place, (column, max(units, key=len, default=line.unit))
                break


def _row(head: _Head, line: Line) -> Iterator[tuple[str, Statement]]:
    """The values of one row by column, those that have one."""
    start = 0
    for place, cell in enumerate(line.text.split(CELL)):
        words = cell.strip()
        first = start + cell.index(words) if words else start
        start += len(cell) + 1
        if not words or place not in head.columns:
            continue
        field, unit = head.columns[place]
        hole = Hole((Target(head.table.key, field.key),))
        if match := _AMOUNT.fullmatch(fold(words).text) if field.is_number else None:
            words, unit = match[1], match[2] or unit
        end = first + len(cell.strip())
        yield field.key, Statement([Catch(hole, words, line, first, end, unit)])


def _is_total(line: Line) -> bool:
    return any(cell in TOTALS for cell in line.folded.text.split(CELL))


def same_rows(first: Sequence[Row], other: Sequence[Row]) -> bool:
    """Whether two lists of rows say the same where both say something."""
    return len(first) == len(other) and all(
        fold(a[key].text).text == fold(b[key].text).text
        for a, b in zip(first, other, strict=True)
        for key in a.keys() & b.keys()
    )


def add_numbered(found: Found, patterns: Patterns, rest: Sequence[Line]) -> None:
    """Add the numbered rows in the sentences that no line of the template fits.

    Such a sentence is `两个项目,包括:1.甲5万元;2.乙3万元。`.
    """
    for template, candidates in patterns:
        for _, body in candidates[0].repeats if candidates and template.table is None else ():
            table = body.holes[0][1].targets[0].table if body.holes else ""
            if not table or found.tables.get(table):
                continue
            for line in rest:
                for catch in _rounds(body, line):
                    put_round(found, catch, Statement([catch], IN_A_SENTENCE), ("run", table))
                    found.partly.setdefault(line, []).append(f"“{table}”")


def _rounds(body: Pattern, line: Line) -> list[Catch]:
    """The values of the first two or more rounds that follow each other in a line."""
    if line.table is not None or line.is_long or body.refused:
        return []
    for match in _NUMBERED.finditer(line.folded.text):
        catches = body.rounds(line, match.start(), len(line.folded.text))
        if len({catch.round for catch in catches}) >= LEAST_ROUNDS:
            return catches
    return []
