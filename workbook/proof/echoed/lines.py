"""The rows of tables as sentences repeat them: by label, the cells with their heads and units."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from workbook.proof.arithmetic import Term
from workbook.proof.model import Table, Words
from workbook.proof.multiplied.made import unit_of
from workbook.proof.tables.grid import BLANKS, Grid, read_term, sections
from workbook.stated.clauses import FACTORS, Said

REPEATED: Final = "repeated"
PERCENT: Final = "%"
YEAR: Final = re.compile(r"(?:19|20)\d\d")
_UNIT: Final = re.compile(r"\(([^()\d]{1,5})\)")
_NUMBERING: Final = re.compile(
    r"^(?:其中[:,]?)?(?:\(?[\d一二三四五六七八九十]+[.、)])?(?:其中[:,]?)?"
)
_BESIDE: Final = re.compile(r"\([^()]*\)|(?:19|20)\d\d年?度?|[^\u4e00-\u9fff]")
_TOTALS: Final = re.compile(
    r"合计|总计|共计|小计|累计|全年|全[市县区镇乡省州校院局所站]|总[额数量体]|平均"
)
_RATE: Final = re.compile(r"率|占比|比重|比例|%|增速|增幅|升降幅|进度")
_LENGTHS: Final = range(2, 13)  # letters of a label


class Cell(NamedTuple):
    """A figure of a row in its base unit: what it counts, and the words above it.

    `unit` is empty where the table says none; all rates are counted in %.
    """

    term: Term
    unit: str
    head: str
    years: tuple[str, ...]


class Line(NamedTuple):
    """A row of a table; `latest` is the last year that its heads name."""

    label: str
    cells: tuple[Cell, ...]
    latest: str

    @property
    def is_total(self) -> bool:
        """Whether it is the row of all, of which a sentence need not say so."""
        return _TOTALS.match(self.label) is not None


def lines_of(table: Table) -> Iterator[Line]:
    """The rows with a label and at least two figures."""
    for grid in sections(table):
        heads = grid.heads
        latest = max((year for head in heads for year in YEAR.findall(head)), default="")
        units = [_unit(head, table) for head in heads]
        for row in grid.rows:
            cells = grid.cells[row]
            label = next((one for one in cells if one not in BLANKS and read_term(one) is None), "")
            label = re.sub(r"\([^()]*\)$", "", _NUMBERING.sub("", label))
            if len(cells) != grid.width or len(label) not in _LENGTHS:
                continue
            found = tuple(_cells(grid, row, units))
            if len(found) > 1:
                yield Line(label, found, latest)


def counted(term: Term, factor: Decimal) -> Term:
    """The figure of a cell whose column counts in a magnitude, in the base unit."""
    half = Decimal(5).scaleb(-term.decimals - 1) * factor if term.decimals else Decimal(0)
    return term._replace(factor=factor, half=half)


def differing(said: Said, printed: str, where: str) -> Words:
    """What a figure says, and what the table has: 8.4(表里的新材料增速)."""
    return Words(f"{said.clause[-16:]}{said}", f"{printed}(表里的{where})")


def _cells(grid: Grid, row: int, units: list[str]) -> Iterator[Cell]:
    for column, term in enumerate(grid.terms[row]):
        if term is None or column >= len(units):
            continue
        head = grid.heads[column]
        unit = PERCENT if grid.is_percent(row, column) else units[column]
        base, factor = unit_of(unit)
        years = tuple(YEAR.findall(head))
        yield Cell(counted(term, factor), base, _BESIDE.sub("", head), years)


def _unit(head: str, table: Table) -> str:
    """What a column counts: behind its head, or the money of the table."""
    said = [one for one in _UNIT.findall(head) if one != PERCENT]
    if _RATE.search(head) and not said:
        return PERCENT
    return said[-1] if said else table.unit if table.unit in FACTORS else ""
