"""Figures of sentences that repeat cells: 新材料产值118.62亿元,增长8.4%,占全部的37.0%.

A cell is known by the label of its row, which the sentence names, and by its head. A figure that
differs is an error where others of the paragraph agree with the same table and one slip of the hand
explains it.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from workbook.proof.arithmetic import significant, slipped
from workbook.proof.compared.changes import DIRECTION
from workbook.proof.echoed.lines import PERCENT, REPEATED, Cell, Line, differing, lines_of
from workbook.proof.model import Severity, Slip, Spot, Statement, Table, Words
from workbook.proof.multiplied.made import base_unit, measure
from workbook.stated.clauses import Said, Way

_PRIOR: Final = re.compile(r"上一?年|去年|上期|同期|上[季月]|上半年|前年|年初|期初")
_PLAN: Final = re.compile(r"计划|目标|预算|任务|年初|批复|应|拟|指标值|概算")
_SO_FAR: Final = re.compile(r"累计|历年|以来|新增|本[月季]|当[月季]|[一二三四]季度|\d{1,2}月")
_CHANGED: Final = re.compile(r"增[减长幅速]|变化|升降|同比|环比|增减")
_FALL: Final = re.compile(r"下降|降幅|减幅|减少")
_SHARED: Final = re.compile(r"占|比重|比例")
_CHANGES: Final = (Way.AMOUNT, Way.CHANGE_RATE)
_APART: Final = re.compile(r"[;。]|其中|另|分别")
_LEAD: Final = re.compile(
    r"^(?:[和及与,:的其中共总]|全[年市县区镇乡省州校院局所]|产业|行业|类|项目|实际|累计|合计|最[高低多少])*"
)
_SURE: Final = 3  # digits of a figure that is hardly another's by chance
_LEAST: Final = 2  # letters that a clause and a head have in common
_AGREED: Final = 2  # figures of a paragraph that agree with the table


class _Pair(NamedTuple):
    said: Said
    cell: Cell
    line: Line
    spot: Spot
    agrees: bool
    is_named: bool  # the row by its label


def repeated_cells(
    statements: Sequence[Statement], tables: Sequence[Table]
) -> Iterator[tuple[str, Slip | None]]:
    """Each figure of a paragraph that differs from the cell which it repeats."""
    known = [lines for table in tables if (lines := list(lines_of(table)))]
    by_amount: dict[Decimal, set[int]] = {}
    for at, lines in enumerate(known):
        for cell in (cell for line in lines for cell in line.cells):
            by_amount.setdefault(abs(cell.term.amount), set()).add(at)
    for statement in statements if known else ():
        if statement.is_cell:
            continue
        figures = (one for sentence in statement.sentences for one in sentence.figures)
        agreeing = {at for one in figures for at in by_amount.get(measure(one).amount, ())}
        for at in sorted(agreeing):  # where nothing agrees nothing is told
            yield from _judged(list(_pairs(statement, known[at])))


def _pairs(statement: Statement, lines: Sequence[Line]) -> Iterator[_Pair]:
    labels = {one.label: one for one in lines if not one.is_total}
    if len(labels) < sum(not one.is_total for one in lines):
        return  # of two rows of one label nobody can tell
    totals = [one for one in lines if one.is_total]
    total = totals[-1] if len(totals) == 1 else None
    for sentence in statement.sentences:
        line, is_named = total, False
        taken: set[int] = set()
        for one in sentence.figures:
            label = _label(one.gap, labels)
            is_apart = _APART.search(one.gap) is not None
            if label:
                line, is_named = labels[label], True
            elif is_apart:
                line, is_named = (total if "其中" not in one.gap else None), False
            if label or is_apart:
                taken.clear()
            if line is None or one.depth or not one.is_exact:
                continue
            pair = _paired(one, line, Spot(sentence, statement), is_named)
            kind = {id(cell) for cell in line.cells if _is_of_kind(cell, one)}
            if pair is not None:
                taken.add(id(pair.cell))
                yield pair
            elif kind and kind <= taken:
                line = None  # 柳河镇低保1286户,特困供养96户: another matter of the same place


def _label(gap: str, labels: dict[str, Line]) -> str:
    """The label that is named last behind a figure."""
    found = [(gap.rfind(label) + len(label), len(label), label) for label in labels if label in gap]
    return max(found)[2] if found else ""


def _paired(one: Said, line: Line, spot: Spot, is_named: bool) -> _Pair | None:
    cells = [cell for cell in line.cells if _is_of_kind(cell, one)]
    same = [cell for cell in cells if _is_same(one, cell)]
    if same:
        return _Pair(one, same[0], line, spot, True, is_named)
    cells = [cell for cell in cells if _is_of_time(cell, one, line)]
    likeness = [_likeness(cell, one, line.label) for cell in cells]
    best = max(likeness, default=0)
    named = [cell for cell, like in zip(cells, likeness, strict=True) if like == best]
    if best < _LEAST or len(named) != 1:
        return None
    return _Pair(one, named[0], line, spot, False, is_named)


def _is_of_kind(cell: Cell, one: Said) -> bool:
    """Whether a cell counts what a figure does: money, rates, or things of one measure word."""
    unit = base_unit(one)
    if PERCENT in (one.unit, cell.unit):
        return one.unit == cell.unit
    return cell.unit == unit or (not cell.unit and unit != "元")


def _is_same(one: Said, cell: Cell) -> bool:
    own = measure(one)
    return abs(own.amount - abs(cell.term.amount)) <= max(own.half, cell.term.half)


def _is_of_time(cell: Cell, one: Said, line: Line) -> bool:
    """Whether neither head nor clause tells of another year, of a plan, or of a part of a year."""
    clause, head = one.gap, cell.head
    years = re.findall(r"(?:19|20)\d\d", clause)
    if cell.years and years and years[-1] not in cell.years:
        return False
    if cell.years and not years and cell.years[-1] != line.latest:
        return False
    told = (_PLAN, _SO_FAR) if one.way in _CHANGES else (_PRIOR, _PLAN, _SO_FAR)
    return all(bool(x.search(clause)) == bool(x.search(head)) for x in told)


def _likeness(cell: Cell, one: Said, label: str) -> int:
    """With how many letters of a head the words before a figure begin: 立案查处 with 立案.

    What stands before a noun makes it another: 临时补助 is not 补助.
    """
    is_change = one.way in _CHANGES
    if is_change or _CHANGED.search(cell.head):
        is_both = is_change and bool(_CHANGED.search(cell.head)) and not _FALL.search(cell.head)
        return _LEAST if is_both else 0
    if one.way is Way.SHARE:
        return _LEAST if _SHARED.search(cell.head) else 0
    if not cell.head and cell.years:
        return _LEAST
    clause = _LEAD.sub("", one.gap.rpartition(label)[2] if label in one.gap else one.clause)
    ends = range(len(cell.head) + 1)
    shared = (cell.head[start:end] for start in ends for end in ends[start + _LEAST :])
    return max((len(words) for words in shared if clause.startswith(words)), default=0)


def _judged(pairs: Sequence[_Pair]) -> Iterator[tuple[str, Slip | None]]:
    agreed = [
        one for one in pairs
        if one.agrees and significant(measure(one.said)) >= _SURE
    ]  # fmt: skip
    taken = {id(one.cell) for one in pairs if one.agrees}
    for one in pairs:
        if one.agrees:
            yield from _turned(one, agreed)
        elif id(one.cell) not in taken and _is_told(one, agreed):
            yield REPEATED, _slip(one)


def _turned(one: _Pair, agreed: Sequence[_Pair]) -> Iterator[tuple[str, Slip | None]]:
    """A rise that the table has as a fall, or the other way."""
    said, cell = one.said, one.cell
    is_change = said.way is Way.CHANGE_RATE and _CHANGED.search(cell.head)
    if not is_change or _FALL.search(cell.head) or not one.is_named or one not in agreed:
        return
    if cell.unit == PERCENT and (cell.term.value > 0) is not (said.sign > 0):
        word = "增长" if cell.term.value > 0 else "下降"
        words = Words(
            f"{said.clause[-16:]}{said}", f"{word}{said}",
            f"{cell.term.printed}(表里的{one.line.label}{cell.head})",
        )  # fmt: skip
        yield DIRECTION, one.spot.slip(DIRECTION, Severity.ERROR, (said,), words)


def _is_told(one: _Pair, agreed: Sequence[_Pair]) -> bool:
    """Whether what agrees beside a figure shows that it is the cell's, and it is one by a slip."""
    of_line = [pair for pair in agreed if pair.line is one.line]
    of_head = [pair for pair in agreed if pair.cell.head == one.cell.head]
    is_beside = len(of_line) >= _AGREED or (one.is_named and (of_line or of_head))
    own = measure(one.said)
    cell = one.cell.term._replace(value=abs(one.cell.term.value))
    is_slip = slipped(own, cell.amount) or slipped(cell, own.amount)
    return bool(is_beside) and is_slip and significant(own) >= _LEAST


def _slip(one: _Pair) -> Slip:
    said, cell = one.said, one.cell
    words = differing(said, cell.term.printed, f"{one.line.label}{cell.head}")
    return one.spot.slip(REPEATED, Severity.ERROR, (said,), words)
