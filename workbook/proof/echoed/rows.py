"""Rows of tables that a sentence repeats: 其中柳河镇1286户2104人,补助96.45万元.

A row is known by its label, its columns by their units. One figure that differs is an error where
the others of the paragraph agree with the table and one slip of the hand explains it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from workbook.proof.arithmetic import Term, significant, slipped
from workbook.proof.echoed.lines import REPEATED, counted, differing
from workbook.proof.model import Severity, Slip, Spot, Statement, Table
from workbook.proof.multiplied.made import base_unit, is_plain, measure, unit_of
from workbook.proof.tables.grid import BLANKS, Grid, read_term, sections
from workbook.stated.clauses import Said, Sentence

_UNIT: Final = re.compile(r"\(([^()\d/]{1,4})\)$")
_COUNT: Final = re.compile(r"([户人亩台辆件])数")
_OF_NOUN: Final = re.compile(r"^([\u4e00-\u9fff]{2})(?:个数|数|数量)$")  # 项目数: 126个项目
_LEADS: Final = re.compile(r"^(?:其中|包括|分别|分别是|分别为|[和及与为是])+[:,]?")
_MEAN: Final = re.compile(r"[人户亩生车村校台场期班日]均|平均|每|标准|单价|[亩单]产")
_BARE: Final = re.compile(  # what any money is called
    r"合计|共计|总计|小计|共|计|发放|拨付|兑付|支付|下达|安排|落实|投入|支出|补助|补贴|救助|资金|金额|经费|款|为|达|了|[:,]"
)
_TOTALS: Final = re.compile(r"合计|总计|共计")
TOTAL: Final = "合计"
_TELLING: Final = 3  # digits of a figure that is hardly another's by chance
_LONGEST: Final = 16  # letters of a label
_SHORTEST: Final = 2
_AGREED: Final = 2  # figures of a paragraph that agree with the rows, for each that does not


class _Cell(NamedTuple):
    """A figure of a row, by what it counts and the head above it."""

    term: Term
    head: str
    is_counted: bool = True  # not money, of which a place is paid for many things


_Row = dict[str, list[_Cell]]  # by what is counted


class _Pair(NamedTuple):
    said: Said
    cell: _Cell
    label: str
    sentence: Sentence

    @property
    def agrees(self) -> bool:
        """Whether both are one figure, the one perhaps rounded."""
        one = measure(self.said)
        return abs(one.amount - self.cell.term.amount) <= max(one.half, self.cell.term.half)


def repeated_rows(
    statements: Sequence[Statement], tables: Sequence[Table]
) -> Iterator[Slip | None]:
    """Each figure of a paragraph that repeats a row of a table."""
    rows: dict[str, _Row | None] = {}
    captions: dict[str, _Row] = {}
    for table in tables:
        for label, found in _rows(table):
            if _TOTALS.fullmatch(label):
                captions[table.caption] = found
            else:
                rows[label] = None if label in rows else found  # of two tables nobody can tell
    known = {label: row for label, row in rows.items() if row}
    for statement in statements if known or captions else ():
        if not statement.is_cell:
            pairs = list(_pairs(statement, known))
            yield from _judged(pairs, statement)
            row = captions.get(statement.folded.text)
            if row and not pairs:
                yield from _judged(list(_of_total(statement, row)), statement)


def _rows(table: Table) -> Iterator[tuple[str, _Row]]:
    """The rows with their labels: the first words of each that hold no figure."""
    for grid in sections(table):
        units = [_unit_of(head, table) for head in grid.heads]
        for number in grid.rows:
            cells = grid.cells[number]
            label = next((one for one in cells if one not in BLANKS and read_term(one) is None), "")
            if _SHORTEST <= len(label) <= _LONGEST and len(cells) == grid.width:
                yield label, _row(grid, number, units)


def _row(grid: Grid, number: int, units: Sequence[str]) -> _Row:
    made: _Row = {}
    for term, unit, head in zip(grid.terms[number], units, grid.heads, strict=False):
        if term is not None and unit and not term.printed.endswith("%"):
            base, factor = unit_of(unit)
            made.setdefault(base, []).append(_Cell(counted(term, factor), head, base != "元"))
    return made


def _unit_of(head: str, table: Table) -> str:
    if match := _UNIT.search(head):
        return match[1]
    if match := _COUNT.search(head):
        return match[1]
    if _OF_NOUN.search(head):
        return "个"
    return table.unit if re.search(r"金额|支出|补助|资金", head) else ""


def _pairs(statement: Statement, rows: dict[str, _Row]) -> Iterator[_Pair]:
    """The figures behind a label, up to the next one, with the cells of its row."""
    for sentence in statement.sentences:
        label, used = "", set[str]()
        for one in sentence.figures:
            if found := _label(one.clause, rows):
                label, used = found, set()
            elif ";" in one.gap or "其中" in one.gap:
                label = ""
            if not label or not is_plain(one):
                continue
            words = _LEADS.sub("", one.clause).removeprefix(label)
            cells = rows[label].get(base_unit(one), ())
            cell = _cell([each for each in cells if _is_of_noun(each, one)], words)
            if cell is not None and cell.head in used:
                label = ""  # 柳河镇低保1286户,特困供养96户: another matter of the same place
            elif cell is not None:
                used.add(cell.head)
                yield _Pair(one, cell, label, sentence)


def _is_of_noun(cell: _Cell, said: Said) -> bool:
    """Whether a count is of what its head names: 126个项目 of 项目数."""
    match = _OF_NOUN.search(cell.head) if not _COUNT.search(cell.head) else None
    return match is None or said.unit != "个" or said.after.startswith(match[1])


def _label(clause: str, rows: dict[str, _Row]) -> str:
    """The longest label that a clause begins with."""
    words = _LEADS.sub("", clause)
    ends = range(min(len(words), _LONGEST), _SHORTEST - 1, -1)
    return next((words[:end] for end in ends if words[:end] in rows), "")


def _cell(cells: Sequence[_Cell], words: str) -> _Cell | None:
    """The one cell of what is counted, or the one whose head the words name."""
    is_mean = bool(_MEAN.search(words))
    cells = [one for one in cells if bool(_MEAN.search(one.head)) is is_mean]
    if len(cells) == 1 and (not words or len(words) > _SHORTEST - 1):
        is_its = cells[0].is_counted or _BARE.sub("", words) in cells[0].head
        return cells[0] if is_its else None
    named = [one for one in cells if words and words in one.head]
    return named[0] if len(named) == 1 else None


def _of_total(statement: Statement, row: _Row) -> Iterator[_Pair]:
    """The first figure of each kind in the line above a table, with the cells of its 合计."""
    used: set[str] = set()
    for sentence in statement.sentences:
        for one in sentence.figures:
            base = base_unit(one)
            cell = _cell(row.get(base, ()), "")
            if is_plain(one) and cell is not None and base not in used:
                used.add(base)
                yield _Pair(one, cell, TOTAL, sentence)


def _is_led(pair: _Pair, statement: Statement) -> bool:
    """Whether the line leads to its table (各林场情况如下) and states nothing but this total."""
    text = statement.folded.text
    figures = [one for sentence in statement.sentences for one in sentence.figures]
    is_telling = significant(measure(pair.said)) >= _TELLING
    return len(figures) == 1 and is_telling and bool(re.search(r"(?:如下|下表)[^,;]{0,4}$", text))


def _judged(pairs: Sequence[_Pair], statement: Statement) -> Iterator[Slip | None]:
    odd = [one for one in pairs if not one.agrees]
    agreed = len(pairs) - len(odd)
    is_led = len(pairs) == 1 and pairs[0].label == TOTAL and _is_led(pairs[0], statement)
    if agreed < _AGREED * max(1, len(odd)) and not is_led:
        return
    yield from [None] * agreed
    for said, cell, label, sentence in odd:
        one = measure(said)
        if slipped(one, cell.term.amount) or slipped(cell.term, one.amount):
            words = differing(said, cell.term.printed, f"{label}{cell.head}")
            yield Spot(sentence, statement).slip(REPEATED, Severity.ERROR, (said,), words)
