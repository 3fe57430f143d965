"""A Word report as the lines that a reader sees, each with its number and its outline level."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from lxml.etree import _Element as Element

from docgen.stated.styles import Looks, open_document, read_looks, style_and_level
from docgen.template.model.errors import Location, Step, TemplateFault, Unit
from docgen.template.read.part import leaves, paragraphs, parse_part
from docgen.template.word.changes import read_relations, target_name
from docgen.template.word.names import FALLBACK, P_PR, W
from docgen.template.word.package import Package, main_part
from workbook.files.names import shown
from workbook.stated.folded import CELL, Folded, fold, level_of, numbering

MOST_LETTERS: Final = 60  # of a heading
MOST_COLUMNS: Final = 63  # of a table in Word
LONG: Final = 20_000  # letters of a line that nobody typed
_ASIDE: Final = ("header", "footer", "footnotes", "endnotes")
_CELL: Final = f"{W}tc"
_CELL_LOOKS, _WIDE, _MERGED = f"{W}tcPr", f"{W}gridSpan", f"{W}vMerge"
_MOVED: Final = f"{W}moveFrom"
_VALUE: Final = f"{W}val"
_UNIT: Final = re.compile(r"单位:((?:人民币)?(?:亿元|百万元|万元|千元|元))")


class Span(NamedTuple):
    """The columns of its table that a cell takes, and whether it is one with the cell above."""

    width: int = 1
    is_below: bool = False


@dataclass(frozen=True)
class Line:
    r"""A paragraph, or a table's row with its cells joined by `CELL`.

    `table` numbers the table of a row; `unit` is the amounts' unit that stands above that table.
    `spans` says of each cell of a row how wide it is, and whether it goes on from the one above.

    The row 基本支出, 195.49 of the first table, under 单位:万元, has the text `基本支出\x1f195.49`,
    the table 1 and the unit 万元.
    """

    text: str
    where: Location
    level: int | None = None
    table: int | None = None
    unit: str = ""
    spans: tuple[Span, ...] = ()

    @cached_property
    def folded(self) -> Folded:
        """The text as it is compared."""
        return fold(self.text)

    @property
    def is_long(self) -> bool:
        """Whether the line is too long to be looked into; it can only be taken as it stands."""
        return len(self.text) > LONG

    @cached_property
    def number(self) -> str:
        """The number that the line begins with, as it is compared."""
        return "" if self.table is not None else numbering(self.folded.text)

    @property
    def title(self) -> str:
        """The text behind the number, as it is compared."""
        return self.folded.text[len(self.number) :]

    @cached_property
    def heading_level(self) -> int | None:
        """The level of a line that looks like a heading, by its style or else by its number."""
        if self.table is not None or not self.title:
            return None
        if len(self.title) > MOST_LETTERS or any(mark in self.title[:-1] for mark in "。;"):
            return None
        if self.level is not None:
            return self.level
        return None if self.title.endswith(("。", ";", ",")) else level_of(self.number)

    def after(self, count: int) -> "Line":
        """The line without its first `count` folded letters."""
        start = self.folded.origin[count]
        return Line(self.text[start:], self.where, table=self.table, unit=self.unit)


class _Placed(NamedTuple):
    """A paragraph, the table and row that it stands in, and its cell there."""

    line: Line
    row: tuple[int, int] | None
    column: int
    span: Span


def read_lines(path: Path, labels: dict[Location, str] | None = None) -> list[Line]:
    """The lines of the report at `path` that say something.

    `labels` takes the numbers that Word writes by itself, by the place of their paragraph.
    Raises `TemplateError` for a file that is no Word document, or one that must not be opened.
    """
    package, root = open_document(path)
    return lines_below(root, shown(path.name), read_looks(package), labels)


def lines_below(
    root: Element, file: str, looks: Looks, labels: dict[Location, str] | None = None
) -> list[Line]:
    """The lines of one part; a box that stands there twice, for older programs, is read once."""
    has_second, is_tracked = (next(root.iter(tag), None) is not None for tag in (FALLBACK, _MOVED))
    lines: list[_Placed] = []
    for paragraph, where in paragraphs(root, file):
        properties = paragraph.find(P_PR)
        style, level = style_and_level(properties, looks.levels)
        label = looks.lists.label_of(properties)
        is_second = has_second and next(paragraph.iterancestors(FALLBACK), None) is not None
        if style in looks.contents or is_second:
            continue
        if label and labels is not None:
            labels[where] = label
        line = Line(label + _text(paragraph, is_tracked=is_tracked), where, level)
        row, column = _row(where)
        lines.append(_Placed(line, row, column, _span(paragraph) if row else Span()))
    return list(_with_units(_with_rows(lines)))


def aside_parts(package: Package) -> Iterator[tuple[str, Element]]:
    """The headers, footers and notes to which a document refers, each by its name in the zip."""
    main = main_part(package)
    names = {name.lower(): name for name in package.names()}
    for relation in read_relations(package, main):
        kind = (relation.get("Type") or "").rpartition("/")[2]
        name = names.get(target_name(main, relation.get("Target", "")).lower())
        if kind in _ASIDE and name is not None:
            root = parse_part(name, package.read(name))
            if not isinstance(root, TemplateFault):
                yield name, root


def _text(paragraph: Element, *, is_tracked: bool) -> str:
    """The text of a paragraph; what was moved away is looked for where changes are tracked."""
    found = leaves(paragraph)
    if is_tracked:
        found = [one for one in found if next(one[0].iterancestors(_MOVED), None) is None]
    return "".join(piece for _, piece in found)


def _row(where: Location) -> tuple[tuple[int, int] | None, int]:
    """The table and row of a paragraph in a table, and its column; nested tables join theirs."""
    if (cell := where.cell()) is not None:
        return cell[:2], cell[2]
    return None, 0


def _span(paragraph: Element) -> Span:
    """How wide the outermost cell around a paragraph is, one column where there is none."""
    cell = None
    for cell in paragraph.iterancestors(_CELL):  # noqa: B007 - the last one is the outermost
        pass
    looks = None if cell is None else cell.find(_CELL_LOOKS)
    if looks is None:
        return Span()
    wide, below = looks.find(_WIDE), looks.find(_MERGED)
    if wide is None and below is None:
        return Span()
    width = "" if wide is None else wide.get(_VALUE, "")
    is_below = below is not None and below.get(_VALUE, "continue") == "continue"
    return Span(min(int(width), MOST_COLUMNS) if width.isdecimal() else 1, is_below)


def _with_rows(lines: list[_Placed]) -> Iterator[Line]:
    """The lines that say something, the paragraphs of a table's row joined to one."""
    for row, group in groupby(lines, key=lambda item: item.row):
        members = list(group)
        if row is None:
            yield from (part for one in members for part in _parts(one.line))
            continue
        cells: dict[int, list[str]] = {}
        for one in members:
            cells.setdefault(one.column, []).append(one.line.text)
        spans = {one.column: one.span for one in members}
        text = CELL.join("\n".join(cells[column]).strip("\n") for column in sorted(cells))
        if fold(text).text.strip(CELL):
            where = Location(members[0].line.where.file, (Step(Unit.CELL, (*row, 1)),))
            yield Line(text, where, table=row[0], spans=tuple(spans[c] for c in sorted(cells)))


def _parts(line: Line) -> Iterator[Line]:
    """The lines of a paragraph, which some people break by hand."""
    for text in line.text.split("\n"):
        part = Line(text, line.where, line.level)
        if part.folded.text:
            yield part


def _with_units(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines, the rows of a table with the unit that a line right above it states."""
    above: list[str] = []
    unit, table = "", None
    for line in lines:
        if line.table is None:
            above = [*above[-1:], line.folded.text]
            yield line
            continue
        if line.table != table:
            units = [match[1] for text in above if (match := _UNIT.search(text))]
            unit, table, above = units[-1].removeprefix("人民币") if units else "", line.table, []
        match = _UNIT.search(line.folded.text)
        unit = match[1].removeprefix("人民币") if match else unit
        yield replace(line, unit=unit)
