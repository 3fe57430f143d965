"""A Word document as statements and tables with their places."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Final

from lxml.etree import _Element as Element

from docgen.stated.grids import grid
from docgen.stated.outline import Line, aside_parts, lines_below
from docgen.stated.styles import open_document, read_looks
from docgen.template.model.errors import Location, Step, Unit
from docgen.template.word.package import Package, main_part
from workbook.proof.model import Place, Statement, Table
from workbook.stated.folded import CELL

_CONTINUED: Final = re.compile(r"\(?续(?:表|上表)?\)?\d*(?:\(.*\))?")
_UNIT: Final = re.compile(r"单位:")


@dataclass(frozen=True)
class Document:
    """The statements and tables of a document, and where in the file each place is.

    Of 二、支出情况, whose 二、 Word writes, a statement and a line have the whole text, and
    `labels` has 二、 at their location.
    """

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
    return read_opened(*open_document(path))


def read_opened(package: Package, root: Element) -> Document:
    """The document of a package, with the tree of its main part.

    Headers, footers and notes come behind the text; those that say the same are read once.
    """
    labels: dict[Location, str] = {}
    looks = read_looks(package)
    lines = lines_below(root, main_part(package), looks, labels)
    read = _Read()
    read.take(lines)
    parts: Counter[str] = Counter()
    known: set[str] = set()
    for name, tree in aside_parts(package):
        own = lines_below(tree, name, looks)
        words = "\n".join(line.folded.text for line in own)
        if words and words not in known:
            known.add(words)
            title = Location(name).part()
            parts[title] += 1
            read.take(own, f"{title} {parts[title]} " if parts[title] > 1 else title)
    return Document(read.statements, read.tables, lines, read.where, labels)


@dataclass
class _Read:
    """What was read so far, part by part."""

    statements: list[Statement] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    where: dict[Place, Location] = field(default_factory=dict)

    def take(self, lines: Sequence[Line], part: str = "") -> None:
        """Take the lines of a part: paragraphs with the heading above, tables with the line."""
        topic = above = ""
        for number, group in groupby(lines, key=lambda line: line.table):
            members = list(group)
            if number is None:
                topic, above = self._paragraphs(members, part, topic, above)
                continue
            for table in _tables(members, above, topic, part):
                self.statements += _cells(table, self.where, members[0].where.file)
                if self.tables and _goes_on(self.tables[-1], table, above):
                    self.tables[-1] = _joined(self.tables[-1], table)
                else:
                    self.tables.append(table)

    def _paragraphs(
        self, lines: Sequence[Line], part: str, topic: str, above: str
    ) -> tuple[str, str]:
        for line in lines:
            if line.is_long:
                continue
            place = place_of(line.where, part)
            self.where.setdefault(place, line.where)
            if line.heading_level is not None:
                topic = line.title
            self.statements.append(Statement(line.text, place, topic))
            if not _UNIT.match(line.folded.text):
                above = line.folded.text
        return topic, above


def place_of(where: Location, part: str = "") -> Place:
    """The place of a paragraph outside tables; of a note its number."""
    units = (Unit.NOTE, Unit.PARAGRAPH) if part else (Unit.PARAGRAPH,)
    found = [step.numbers[0] for unit in units for step in where.steps if step.unit is unit]
    return Place(int(found[0]) if found else 0, part=part)


def _tables(lines: Sequence[Line], above: str, topic: str, part: str) -> Iterator[Table]:
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
        places.append([Place(0, table, row, number + 1, part) for number in numbers])
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
