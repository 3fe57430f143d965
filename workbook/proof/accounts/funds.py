"""Figures of a paragraph that is headed with the name of a row, under the heads of its table.

`(二)城乡居民基本养老保险基金。2025年收入预算21384万元,…本年收支结余4432万元` beside a table
whose row 城乡居民基本养老保险 has a column 本年收支结余.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from workbook.proof.arithmetic import ONE, Term, significant, slipped, term
from workbook.proof.model import Severity, Slip, Spot, Statement, Table, Words
from workbook.proof.tables.grid import sections
from workbook.stated.clauses import FACTORS, Said, Way
from workbook.stated.folded import numbering

RULE: Final = "repeated"
_CELL: Final = re.compile(r"(?:19|20)\d\d年?度?|数$|\([^()]*\)|(?:为|共|达|数)+$")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年)")
_NAME: Final = re.compile(r"(?:基金|项目|专项)?(?:预算|收支|情况)*[。:]?$")
_AGREED: Final = 2  # figures of a paragraph that agree with the row, for each that does not
_TELLING: Final = 3  # digits of a figure that is hardly another's by chance
_SHORTEST: Final = 4  # letters of a row's name and of a head


class _Pair(NamedTuple):
    said: Said
    cells: Sequence[Decimal]
    spot: Spot
    is_of_year: bool

    @property
    def agrees(self) -> bool:
        """Whether one of the cells under that head is the figure."""
        return self.said.amount in self.cells


# the years and amounts by what a head says without its year
_Row = dict[str, list[tuple[str, Decimal]]]


def figures_of_rows(
    statements: Sequence[Statement], tables: Sequence[Table]
) -> Iterator[Slip | None]:
    """The one figure of such a paragraph that differs where the others agree."""
    rows: dict[str, _Row] = {}
    for table in tables:
        _take(rows, table)
    for statement in statements if rows else ():
        row = rows.get(_subject(statement))
        if row is None or statement.is_cell:
            continue
        pairs = list(_pairs(statement, row))
        off = [one for one in pairs if not one.agrees]
        yield from (None for one in pairs if one.agrees)
        if len(off) == 1 and len(pairs) - 1 >= _AGREED:
            (one,) = off
            is_telling = significant(term(one.said)) >= _TELLING and len(set(one.cells)) == 1
            is_telling = is_telling and one.is_of_year
            if is_telling and slipped(term(one.said), one.cells[0]):
                yield _slip(one)


def _take(rows: dict[str, _Row], table: Table) -> None:
    factor = FACTORS.get(table.unit, ONE)
    for grid in sections(table):
        for number in grid.rows:
            if len(grid.cells[number]) != grid.width:
                continue
            for column, figure in enumerate(grid.terms[number]):
                name = _NAME.sub("", grid.label(number, column))
                head = _CELL.sub("", grid.heads[column])
                if isinstance(figure, Term) and len(name) >= _SHORTEST <= len(head):
                    row = rows.setdefault(name, defaultdict(list))
                    row[head].append((_year(grid.heads[column]), figure.value * factor))


def _subject(statement: Statement) -> str:
    """What the words before the first full stop name, where they hold no figure."""
    text = statement.folded.text
    lead = text[len(numbering(text)) :].partition("。")[0]
    return "" if re.search(r"\d", lead) else _NAME.sub("", lead)


def _pairs(statement: Statement, row: _Row) -> Iterator[_Pair]:
    """The first figure of each head, of its year; of a head said for several years none is sure."""
    found: dict[str, list[tuple[Said, Spot]]] = defaultdict(list)
    for sentence in statement.sentences:
        for one in sentence.figures:
            head = _CELL.sub("", one.clause)
            is_plain = one.way is Way.VALUE and one.is_exact and not one.depth
            if is_plain and head in row and one.kind == "元":
                found[head].append((one, Spot(sentence, statement)))
    for head, said in found.items():
        one, spot = said[0]
        year = _year(one.clause)
        cells = [value for of, value in row[head] if not (year and of) or of == year]
        is_of_year = not year or any(of == year for of, _ in row[head])
        if cells and len({_year(other.clause) for other, _ in said}) == 1:
            yield _Pair(one, cells, spot, is_of_year)


def _year(words: str) -> str:
    """The year that words begin with or hold, "" for none."""
    match = _YEAR.search(words)
    return match[0] if match else ""


def _slip(one: _Pair) -> Slip:
    due = one.cells[0] / term(one.said).factor
    name = one.said.clause[-16:]
    words = Words(
        f"{name}{one.said}", f"{name}{due:f}{one.said.unit}(表内同名的一行)",
        f"{one.said} ≠ {due:f}{one.said.unit}",
    )  # fmt: skip
    return one.spot.slip(RULE, Severity.ERROR, (one.said, f"{due:f}{one.said.unit}"), words)
