"""Scores in a table of indicators: 分值 and 得分 against 总分, and against (50分) of a group."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import Term, is_slip, rounded_to
from workbook.proof.model import Slip, Table, Words, error
from workbook.proof.tables.grid import Grid, sections

RULE: Final = "score"
_WEIGHT: Final = re.compile(r"分值(?:\(.*\))?$|权重(?:\(分\))?$|标准分$")
_SCORE: Final = re.compile(r"得分(?:\(.*\))?$|自评分$|评分$")
_TOTAL: Final = re.compile(r"总分|合计|总计|得分合计")
ZERO: Final = Decimal(0)
_GROUP: Final = re.compile(r"\((\d+(?:\.\d+)?)分\)$")


@dataclass(frozen=True)
class _Scored:
    """A section with its columns of weights and of scores."""

    grid: Grid
    weight: int
    score: int | None


def scores(table: Table) -> Iterator[Slip | None]:
    """Each total of weights and scores, and each score against its weight."""
    before = [Decimal(0), Decimal(0)]
    is_open = False  # whether scores came before of which no weight is stated
    for grid in sections(table):
        found = _scored(grid)
        if found is None:
            scored = list(_unweighted(grid))
            yield from _total_alone(grid, scored, before[1])
            is_open |= bool(scored)
            before[1] += sum((one.value for row, one in scored if not _is_total(grid, row)), ZERO)
            continue
        yield from _each(found)
        yield from _groups(found)
        yield from _totals(found, before, is_open=is_open)
        for row in grid.rows:
            weight = _term(found, row, found.weight)
            if weight is not None and not _is_total(grid, row):
                before[0] += weight.value
                score = _term(found, row, found.score)
                before[1] += Decimal(0) if score is None else score.value


def total_scores(table: Table) -> Iterator[Term]:
    """The total of each section's scores as it is printed."""
    for grid in sections(table):
        found = _scored(grid)
        for row in grid.rows if found is not None else ():
            if found is not None and _is_total(grid, row):
                total = _term(found, row, found.score)
                yield from () if total is None else (total,)


def _scored(grid: Grid) -> _Scored | None:
    heads = [
        head if at == 0 or head != grid.heads[at - 1] else "" for at, head in enumerate(grid.heads)
    ]
    weights = [at for at, head in enumerate(heads) if _WEIGHT.search(head)]
    found = [at for at, head in enumerate(heads) if _SCORE.search(head)]
    if not weights or len(found) > 1:
        return None
    return _Scored(grid, weights[-1], found[0] if found else None)


def _term(one: _Scored, row: int, column: int | None) -> Term | None:
    cells = one.grid.terms[row]
    return cells[column] if column is not None and column < len(cells) else None


def _is_total(grid: Grid, row: int) -> bool:
    words = (cell for cell in grid.cells[row] if cell and not cell.isdigit())  # 序号 may come first
    return bool(_TOTAL.match(next(words, "")))


def _each(one: _Scored) -> Iterator[Slip | None]:
    """No score is more than its weight."""
    for row in one.grid.rows:
        weight, score = _term(one, row, one.weight), _term(one, row, one.score)
        if weight is None or score is None or _is_total(one.grid, row):
            continue
        if score.value <= weight.value:
            yield None
        else:
            assert one.score is not None
            shown = f"{score.printed} > {weight.printed}"
            words = Words(f"得分 {score.printed}", f"不超过分值 {weight.printed}", shown)
            yield _slip(one, (row, one.score), (score, weight), words)


def _groups(one: _Scored) -> Iterator[Slip | None]:
    """产出指标(50分) has indicators of 50 together."""
    grid = one.grid
    for column in range(min(one.weight, 4)):
        start = 0
        rows = [row for row in grid.rows if column < len(grid.cells[row])]
        for at in range(1, len(rows) + 1):
            words = grid.cells[rows[start]][column] if rows else ""
            if at < len(rows) and _goes_on(grid, rows[at], column, words):
                continue
            match = _GROUP.search(words)
            members = rows[start:at]
            start = at
            weights = [w for row in members if (w := _term(one, row, one.weight)) is not None]
            if match is None or not weights or len(weights) != len(members):
                continue
            added, due = sum((w.value for w in weights), Decimal(0)), Decimal(match[1])
            if added == due:
                yield None
                continue
            shown = f"{' + '.join(w.printed for w in weights)} = {added}"
            told = Words(words, f"{words[: match.start()]}({added}分)", shown)
            yield _slip(one, (members[0], column), weights, told)


def _goes_on(grid: Grid, row: int, column: int, words: str) -> bool:
    """Whether a row is of the group above it: its cell is merged with that, or blank."""
    cell = grid.cells[row][column]
    return cell == words or (not cell and not _is_total(grid, row))


def _unweighted(grid: Grid) -> Iterator[tuple[int, Term]]:
    """The scores of a section that has a column of them and none of weights, by row."""
    columns = [
        at for at, head in enumerate(grid.heads)
        if _SCORE.search(head) and (not at or head != grid.heads[at - 1])
    ]  # fmt: skip
    for row in grid.rows if len(columns) == 1 else ():
        term = grid.terms[row][columns[0]] if columns[0] < len(grid.terms[row]) else None
        if term is not None:
            yield row, term


def _total_alone(
    grid: Grid, scored: Sequence[tuple[int, Term]], earlier: Decimal
) -> Iterator[Slip | None]:
    """总分 against the scores above it where no weights are stated: a slip of the hand counts."""
    totals = [(row, one) for row, one in scored if _is_total(grid, row)]
    parts = [one for row, one in scored if not _is_total(grid, row)]
    if len(totals) != 1 or len(parts) < 2:
        return
    row, total = totals[0]
    added = sum((one.value for one in parts), ZERO)
    if total.value in (added, added + earlier):
        yield None
        return
    terms = [*parts, Term(earlier)] if earlier else parts
    if is_slip(total, terms):
        due = added + earlier
        words = Words(f"{grid.cells[row][0]} {total.printed}", f"{due}", f"各项之和 = {due}")
        printed = [one.printed for one in (total, *parts)]
        column = next(at for at, one in enumerate(grid.terms[row]) if one is total)
        yield error(RULE, grid.place(row, column), grid.row_words(row), words, printed)


def _totals(one: _Scored, before: list[Decimal], *, is_open: bool) -> Iterator[Slip | None]:
    """总分 is the sum of the weights, and of the scores where none is left out.

    The weights are not held where scores without them came before (`is_open`).
    """
    grid = one.grid
    totals = [row for row in grid.rows if _is_total(grid, row)]
    if len(totals) != 1:
        return
    rows = [row for row in grid.rows if row < totals[0]]
    if not is_open:
        yield from _total(one, (totals[0], one.weight), rows, before[0])
    if one.score is None:
        return
    words = "".join(cell for row in (*rows, totals[0]) for cell in grid.cells[row])
    scored = [grid.cells[row][one.score] for row in rows if one.score < len(grid.cells[row])]
    if "不适用" in scored or "折算" in words:
        yield from _converted(one, totals[0], rows, before[1])
        return
    weighed = sum(_term(one, row, one.weight) is not None for row in rows)
    is_whole = sum(_term(one, row, one.score) is not None for row in rows) >= weighed
    if is_whole and not re.search(r"加分|扣分项", words):
        yield from _total(one, (totals[0], one.score), rows, before[1])


def _total(
    one: _Scored, cell: tuple[int, int], rows: Sequence[int], earlier: Decimal
) -> Iterator[Slip | None]:
    """The total in a cell against the rows above it, with those of earlier sections or without."""
    row, column = cell
    total = _term(one, row, column)
    parts = [term for other in rows if (term := _term(one, other, column)) is not None]
    if total is None or len(parts) < 2:
        return
    added = sum((part.value for part in parts), Decimal(0))
    due = added + earlier
    if total.value in (added, due):
        yield None
        return
    words = Words(f"{one.grid.cells[row][0]} {total.printed}", f"{due}", f"各项之和 = {due}")
    yield _slip(one, cell, (total, *parts), words)


def _converted(
    one: _Scored, row: int, rows: Sequence[int], earlier: Decimal
) -> Iterator[Slip | None]:
    """A total of scores that was converted: 94.39 of 95 points are 99.36 of 100."""
    match = re.search(r"按(?:适用的)?(\d+(?:\.\d+)?)分折算", "".join(one.grid.cells[row]))
    total, weight = _term(one, row, one.score), _term(one, row, one.weight)
    if match is None or total is None or weight is None or one.score is None:
        return
    parts = [term for other in rows if (term := _term(one, other, one.score)) is not None]
    added = sum((part.value for part in parts), Decimal(0)) + earlier
    due = rounded_to(added / Decimal(match[1]) * weight.value, total.decimals)
    if abs(due - total.value) <= Decimal("0.01"):
        yield None
        return
    shown = f"{added} ÷ {match[1]} × {weight.printed} = {due}"
    words = Words(f"{one.grid.cells[row][0]} {total.printed}", f"{due}", shown)
    yield _slip(one, (row, one.score), (total, *parts), words)


def _slip(one: _Scored, cell: tuple[int, int], figures: Sequence[Term], words: Words) -> Slip:
    row, column = cell
    text = "|".join(dict.fromkeys(filter(None, one.grid.cells[row])))
    printed = [figure.printed for figure in figures]
    return error(RULE, one.grid.place(row, column), text, words, printed)
