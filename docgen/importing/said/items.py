"""Rows of the form's tables in a report, in the middle of a sentence; rows compared."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from docgen.importing.matching.align import Patterns
from docgen.importing.matching.found import Found, Row, Statement, put_round, rows_of, years_of
from docgen.importing.matching.model import Catch, Pattern
from docgen.importing.matching.own_names import OwnNames
from docgen.importing.sections.cut import Section
from docgen.importing.tables.columns import column_of
from docgen.importing.template.pieces import Hole, Target
from docgen.stated.lists import following
from docgen.stated.outline import Line
from workbook.catalogue import imports as told
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.stated.clauses import Said, read_sentences
from workbook.stated.folded import NUMBERING, PUNCTUATION, fold
from workbook.stated.item_names import Kept, is_surely_item
from workbook.stated.items import Item, read_items
from workbook.stated.model import Basis
from workbook.stated.units import MONEY
from workbook.stated.words import general

LEAST_ROUNDS: Final = 2
IN_A_SENTENCE: Final = told.FROM_MIDDLE.said()
ABOUT_ITEMS: Final = re.compile(r"项目|专项")  # in a heading above them
_NUMBERED: Final = re.compile(rf"(?:^|(?<=[{re.escape(PUNCTUATION)}]))(?=(?:{NUMBERING}))")


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


def retract_gaps(found: Found, section: Section, own: OwnNames) -> None:
    """Take back the rows of a numbered list where the template fits some of its lines only.

    Its lines are read as items instead: a list with a gap has a wrong total.
    """
    listed = [line for line in section.lines if line.table is None]
    gaps = [
        (one, other)
        for one, other in pairwise(listed)
        if one.number and following(one.number) == other.number
        and (one in found.used) is not (other in found.used)
        and all(_has_amount(line) for line in (one, other))
    ]  # fmt: skip
    taken = {line for pair in gaps for line in pair if line in found.used}
    for table in {target.table for target in own.rows} if taken else ():
        places = found.tables.get(table, {})
        for place, rows in list(places.items()):
            lines = {s.catches[0].line for row in rows for s in row.values()}
            if lines & taken and all(line.table is None for line in lines):
                del places[place]
                found.used -= lines


def _has_amount(line: Line) -> bool:
    said = (figure for one in read_sentences(line.folded.text) for figure in one.figures)
    return any(one.unit in MONEY for one in said)


def add_items(found: Found, form: Form, section: Section, own: OwnNames) -> None:
    """Add the rows that the sentences of a section name, where no line of the template fits.

    Where one of them is not plain none are added: a list with a gap has a wrong total.
    Such a sentence is `甲计划15万元,实际使用14.2万元;乙19万元(上年18万元)。`.
    """
    bodies = (body for _, ps in section.patterns for p in ps for _, body in p.repeats)
    names = {hole.targets[0] for body in bodies for _, hole in body.holes}
    for target in sorted(names & own.rows):
        lines = [*section.lines, *section.own_items]
        _add_rows(found, _Items(form.tables[target.table], years_of(found, form)), own, lines)


def add_listed(
    found: Found, form: Form, own: OwnNames, topics: Mapping[str, Sequence[Line]]
) -> None:
    """Add the rows of a list below a heading about projects, `三、项目绩效`, that is not known.

    `topics` are the lines below each heading. One name is no list.
    """
    for target in sorted(own.rows):
        table = form.tables[target.table]
        if column_of(table, Kept(Basis.OUTTURN), ()) is None:
            continue
        for topic, lines in topics.items():
            is_apart = any(word in topic for word in general().words.apart)
            if ABOUT_ITEMS.search(topic) and not is_apart:
                rows = _Items(table, years_of(found, form), LEAST_ROUNDS)
                _add_rows(found, rows, own, lines)


def _add_rows(found: Found, rows: "_Items", own: OwnNames, lines: Sequence[Line]) -> None:
    """Add the rows of lines of which each is plain, where there are enough."""
    table = rows.table
    if any(rows_of(found, table.key)):
        return
    read = [
        (line, read_items(line.folded.text, own.has))
        for line in lines
        if line.table is None and not line.is_long and line not in found.used
    ]
    for line, items in read if all(items is not None for _, items in read) else ():
        rows.add(line, items or ())
    made = list(rows.rows.values())
    # Of a name alone an amount is missing; below a heading that is not known none may be.
    is_sure = any(map(is_surely_item, rows.rows)) and all(len(row) > 1 for row in made)
    is_list = rows.least == 1 or is_sure
    if len(made) >= rows.least and is_list and any(len(row) > 1 for row in made):
        found.tables.setdefault(table.key, {})["items", table.key] = made
        for line in {one.catches[0].line: "" for row in made for one in row.values()}:
            found.partly.setdefault(line, []).append(f"“{table.key}”")


@dataclass(frozen=True, slots=True)
class _Items:
    """The rows of a table that sentences name; what two of them say differently stays blank.

    After 防汛项目15万元;绿化项目19万元 and 防汛项目16万元 in another line, 绿化项目 has 金额 19 and
    防汛项目 has none: `("防汛项目", "金额")` is in `blank`.
    """

    table: Table
    years: Collection[str]
    least: int = 1
    rows: dict[str, Row] = field(default_factory=dict)
    blank: set[tuple[str, str]] = field(default_factory=set)

    def add(self, line: Line, items: Sequence[Item]) -> None:
        """Add the items of a line to the rows of their names, or as new rows."""
        for item in items:
            key = self.table.row_name
            name = self._statement(line, key, item.start, item.start + len(item.name))
            row = self.rows.setdefault(item.name, {key: name})
            for kept, amount in item.amounts.items():
                column = column_of(self.table, kept, self.years)
                if column is not None:
                    stated = self._statement(line, column.key, amount.start, amount.end)
                    self._put(row, item.name, column.key, _amount(stated, amount.said))

    def _put(self, row: Row, name: str, key: str, stated: Statement) -> None:
        other = row.get(key, stated)
        if (other.text, other.unit) != (stated.text, stated.unit):
            self.blank.add((name, key))
        row[key] = stated
        if (name, key) in self.blank:
            del row[key]

    def _statement(self, line: Line, key: str, start: int, end: int) -> Statement:
        first, last = line.folded.origin[start], line.folded.origin[end - 1] + 1
        hole = Hole((Target(self.table.key, key),))
        return Statement([Catch(hole, line.text[first:last], line, first, last)], IN_A_SENTENCE)


def _amount(stated: Statement, said: Said) -> Statement:
    """A statement of an amount, its digits and its unit apart."""
    catch = replace(stated.catches[0], text=f"{said.value:f}", unit=said.unit)
    return Statement([catch], stated.remark)


def _rounds(body: Pattern, line: Line) -> list[Catch]:
    """The values of the first two or more rounds that follow each other in a line."""
    if line.table is not None or line.is_long or body.is_loose:
        return []
    for match in _NUMBERED.finditer(line.folded.text):
        catches = body.rounds(line, match.start(), len(line.folded.text))
        own = body.own
        is_none = own is not None and any(own.refuses(c.hole.targets[0], c.text) for c in catches)
        if len({catch.round for catch in catches}) >= LEAST_ROUNDS and not is_none:
            return catches
    return []
