"""A Word document as statements and tables with their places."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from docgen.stated.grids import grid
from docgen.stated.outline import Line, read_lines
from docgen.template.model.errors import Location, Step, Unit
from workbook.proof.model import Place, Statement, Table
from workbook.stated.folded import CELL

_CONTINUED: Final = re.compile(r"\(?续(?:表|上表)?\)?\d*(?:\(.*\))?")
_UNIT: Final = re.compile(r"单位:")


@dataclass(frozen=True)
class Document:
    """The statements and tables of a document, and where in the file each place is."""

    statements: Sequence[Statement]
    tables: Sequence[Table]
    lines: Sequence[Line]
    where: dict[Place, Location]
    labels: dict[Location, str]  # the numbers that Word writes by itself

    @property
    def prose(self) -> list[Statement]:
        """The statements outside tables."""
        return [one for one in self.statements if not one.is_cell]


def read_document(path: Path) -> Document:
    """The document at `path`; raises `TemplateError` for what is no readable .docx."""
    labels: dict[Location, str] = {}
    lines = read_lines(path, labels)
    where: dict[Place, Location] = {}
    statements: list[Statement] = []
    tables: list[Table] = []
    topic, above = "", ""
    for number, group in groupby(lines, key=lambda line: line.table):
        members = list(group)
        if number is None:
            for line in members:
                if line.is_long:
                    continue
                place = place_of(line.where)
                where.setdefault(place, line.where)
                if line.heading_level is not None:
                    topic = line.title
                statements.append(Statement(line.text, place, topic))
                if not _UNIT.match(line.folded.text):
                    above = line.folded.text
            continue
        for table in _tables(members, above, topic):
            statements += _cells(table, where, members[0].where.file)
            if tables and _goes_on(tables[-1], table, above):
                tables[-1] = _joined(tables[-1], table)
            else:
                tables.append(table)
    return Document(statements, tables, lines, where, labels)


def place_of(where: Location) -> Place:
    """The place of a paragraph outside tables."""
    number = next((step.numbers[0] for step in where.steps if step.unit is Unit.PARAGRAPH), 0)
    return Place(paragraph=int(number))


def _tables(lines: Sequence[Line], above: str, topic: str) -> Iterator[Table]:
    found = grid(lines)
    rows: list[list[str]] = []
    places: list[list[Place]] = []
    for line, words, numbers in zip(lines, found.rows, found.cells, strict=True):
        texts = line.text.split(CELL)
        table, row, _ = line.where.cell() or (0, 0, 0)
        raw = [texts[number] for number in numbers]
        if rows:  # a cell that goes on from the one above says the same
            above_row = rows[-1]
            raw = [
                above_row[at] if words[at] and not text.strip() and at < len(above_row) else text
                for at, text in enumerate(raw)
            ]
        rows.append(raw)
        places.append([Place(0, table, row, number + 1) for number in numbers])
    yield Table(rows, places, lines[-1].unit, above, topic)


def _cells(table: Table, where: dict[Place, Location], file: str) -> Iterator[Statement]:
    """The texts of a table's cells, each once."""
    seen: set[Place] = set()
    texts: set[tuple[int, str]] = set()
    for row, places in zip(table.rows, table.places, strict=True):
        for column, (text, place) in enumerate(zip(row, places, strict=True)):
            if place in seen:
                continue
            seen.add(place)
            step = Step(Unit.CELL, (place.table, place.row, place.column))
            where[place] = Location(file, (step,))
            if text.strip() and (column, text) not in texts:  # a merged cell is read once
                texts.add((column, text))
                yield Statement(text, place, table.topic, is_cell=True)


def _goes_on(before: Table, table: Table, above: str) -> bool:
    """Whether a table goes on from the one before: the same head right behind it, or 续表."""
    if not before.cells or not table.cells or len(before.cells[0]) != len(table.cells[0]):
        return False
    return _CONTINUED.fullmatch(above) is not None and before.cells[0] == table.cells[0]


def _joined(before: Table, after: Table) -> Table:
    return Table(
        [*before.rows, *after.rows[1:]], [*before.places, *after.places[1:]],
        before.unit or after.unit, before.caption, before.topic,
    )  # fmt: skip
