"""Rates in tables: 执行率 and 控制率 against the columns that their heads name."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations
from typing import Final

from workbook.proof.arithmetic import Fit, Term, rounded_to
from workbook.proof.model import Severity, Slip, Table, Words, error
from workbook.proof.percentages import percent, rate_fit
from workbook.proof.tables.grid import Grid, sections
from workbook.proof.tables.shown import learned_rates

RULE: Final = "table-rate"
# The head of a rate, of what was done, of what was due: the first pair that fits is meant.
_SPENT: Final = r"执行数|支出数|决算数|实际支出|支出[资金][金额]|支出额|已支出|支付|支出$|执行$"
_RATES: Final = (
    (
        r"(?:预算)?执行率|预算完成率|支出进度|支出率|资金使用率",
        _SPENT,
        r"全年预算|调整后?预算|预算数|年初预算|预算|合计$|小计$|规模$|下达|安排|到位",
    ),
    (r"控制率$", r"在职|实际|决算数", r"编制|批复|预算"),
    (r"(?:完成)?(?:年初)?预算的?[%比]|完成率", r"决算数|执行数|支出数", r"预算数|预算"),
    (r"到位率", r"到位", r"预算|计划|应到位"),
    (r"完成率|完成比例", r"完成(?!率|比)|实际值", r"指标值|目标值|计划|任务|目标"),
    (r"节约率|节支率|节资率", r"节约(?!率)|节支(?!率)|节资(?!率)", r"预算|控制价|限价|概算"),
    (r"[审核]减率", r"[审核]减(?!率)", r"送审|报审|申报"),
    (r"得分率", r"得分(?!率)", r"分值|满分|标准分|权重"),
)
_AMOUNTS: Final = re.compile(
    r"增减额|增减数|增减金额|变动额|增加额|^增减$|节约(?!率)|节支(?!率)|[审核]减(?!率)|"
    r"^(?:资金|预算)?(?:结余|剩余|未到位)(?!率)(?:资金|金额|额|数)?|差额|差异"
)
_CHANGE_RATES: Final = re.compile(
    r"[比较](?:上年|去年|上期|同期|年初)(?:同期|决算数?|执行数?)?(?:增长|增减|下降|变动)(?:率|幅)?(?:[(]?%[)]?)?$|增减率|增长率|变动率|增减幅|增减%|增减\(%\)|[增降]幅|增长\(%\)|^增长%?$|增速"
)
_ANY_RATE: Final = re.compile(r"率|比例|占[^,;]{0,8}比|进度|程度|%$")
_RATE_HEAD: Final = re.compile(r"率|%|占比")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年|$)")
_FEWEST: Final = 3  # rows that show which columns a change is of


def table_rates(table: Table) -> Iterator[Slip | None]:
    """Each rate of the table against its two figures in the same row."""
    for grid in sections(table):
        for column, head in enumerate(grid.heads[: grid.width]):
            if column and head == grid.heads[column - 1]:
                continue
            found: list[Slip | None] = []
            for word, done, due in _RATES:
                if not found and re.search(word, head):
                    found = list(_column(grid, column, done, due))
            is_other = not found and _ANY_RATE.search(head) and not _CHANGE_RATES.search(head)
            yield from learned_rates(grid, column, _own(grid)) if is_other else found
        yield from _changes(grid)


def _column(grid: Grid, column: int, done: str, due: str) -> Iterator[Slip | None]:
    heads = grid.heads
    own = [one for one in _own(grid) if one != column and _has_figure(grid, one)]
    tops = [one for one in own if re.search(done, heads[one])]
    pairs = [
        (top, bottom) for top in tops for bottom in own
        if bottom not in tops and re.search(due, heads[bottom])
    ]  # fmt: skip
    if not pairs:
        return
    full = [pair for pair in pairs if re.search(r"全年预算|调整", heads[pair[1]])]
    rows = [row for row in grid.rows if _rate(grid, row, column) is not None]
    fits = {
        pair: sum(_fits(grid, row, column, pair) is Fit.EXACT for row in rows) for pair in pairs
    }
    best = max(full or pairs, key=lambda pair: fits[pair])
    others = [pair for pair in pairs if pair != best]
    off: list[tuple[int, Fit]] = []
    for row in rows:
        how = _fits(grid, row, column, best)
        if how is Fit.EXACT or any(_fits(grid, row, column, pair) is Fit.EXACT for pair in others):
            yield None
        elif how is not None:
            off.append((row, how))
    # Where most rows are off, the rate is of other columns, or, without a sign, is no percentage.
    is_signed = any(_is_percent(grid, row, column) for row in rows)
    is_alone = is_signed and len(full or pairs) == 1
    least = 1 if is_signed else _FEWEST - 1
    if len(off) <= max(1, fits[best] // 2) and (fits[best] > least or is_alone):
        yield from (_slip(grid, row, column, best, how) for row, how in off)


def _has_figure(grid: Grid, column: int) -> bool:
    """Whether any row has a figure in a column."""
    return any(column < len(grid.terms[row]) and grid.terms[row][column] for row in grid.rows)


def _own(grid: Grid) -> list[int]:
    """The columns that are no merged cell's second one, and hold no rates."""
    return [
        column for column, head in enumerate(grid.heads[: grid.width])
        if (not column or head != grid.heads[column - 1]) and not _RATE_HEAD.search(head)
    ]  # fmt: skip


def _rate(grid: Grid, row: int, column: int) -> Term | None:
    cells = grid.cells[row]
    if column >= len(cells) or len(cells) != grid.width:
        return None
    term = grid.terms[row][column]
    return term if term is not None and _is_percent(grid, row, column) is not None else None


def _is_percent(grid: Grid, row: int, column: int) -> bool | None:
    """Whether a sign says that a figure is a percentage; None where its head is of no rate."""
    if grid.cells[row][column].endswith("%") or "%" in grid.heads[column]:
        return True
    return False if grid.heads[column].endswith("率") else None


def _fits(grid: Grid, row: int, column: int, pair: tuple[int, int]) -> Fit | None:
    rate = _rate(grid, row, column)
    top, bottom = (grid.terms[row][at] for at in pair)
    if rate is None or top is None or bottom is None or not bottom.value:
        return None
    return rate_fit(rate, top.value, bottom.value, (top.half, bottom.half))


def _slip(grid: Grid, row: int, column: int, pair: tuple[int, int], how: Fit) -> Slip:
    rate = _rate(grid, row, column)
    top, bottom = (grid.terms[row][at] for at in pair)
    assert rate is not None and top is not None and bottom is not None
    due = rounded_to(percent(top.value, bottom.value), max(rate.decimals, 2))
    is_near = how is Fit.ROUNDED and abs(due - rate.value) < Decimal(1)
    label = grid.label(row, min(pair)) or grid.heads[column]
    return Slip(
        RULE, Severity.HINT if is_near else Severity.ERROR, grid.place(row, column),
        grid.row_words(row), (top.printed, bottom.printed, rate.printed),
        f"{label} {grid.heads[column][-8:]} {rate.printed}", f"{due}%",
        f"{top.printed} ÷ {bottom.printed} = {due}%",
    )  # fmt: skip


def _changes(grid: Grid) -> Iterator[Slip | None]:
    """增减额 and 增减率 against two columns, which most of the rows show."""
    named, also = _named_years(grid), Counter[tuple[int, int]]()
    for column, head in enumerate(grid.heads):
        is_rate = bool(_CHANGE_RATES.search(head))
        if not (is_rate or _AMOUNTS.search(head)) or (column and head == grid.heads[column - 1]):
            continue
        rows = [
            row for row in grid.rows
            if len(grid.cells[row]) == grid.width and grid.terms[row][column] is not None
        ]  # fmt: skip
        pairs = [
            (now, base) for now, base in permutations(_own(grid), 2)
            if column not in (now, base) and not _AMOUNTS.search(grid.heads[now] + grid.heads[base])
        ]  # fmt: skip
        fits = {pair: [_changed(grid, row, column, pair) for row in rows] for pair in pairs}
        if not pairs:
            continue
        best = max(pairs, key=lambda pair: (fits[pair].count(True), pair == named))
        held, off = fits[best].count(True), fits[best].count(False)
        is_shown = held >= max(_FEWEST, off * 2)
        if not is_shown and not (best == named and off <= held + also[best]):
            continue
        also[best] += held
        for row, is_right in zip(rows, fits[best], strict=True):
            if is_right is not None and (is_shown or not _is_unsigned(grid, row, column, best)):
                yield None if is_right else _change_slip(grid, row, column, best)


def _named_years(grid: Grid) -> tuple[int, int] | None:
    """The columns of a year and of the one before, 2022年 beside 2021年, if only they."""
    found = [
        (now, base) for now, base in permutations(_own(grid), 2)
        if _is_year_after(grid.heads[now], grid.heads[base])
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _is_year_after(now: str, base: str) -> bool:
    own, other = _YEAR.search(now), _YEAR.search(base)
    if own is None or other is None or int(own[0]) != int(other[0]) + 1:
        return False
    return _YEAR.sub("", now) == _YEAR.sub("", base)


def _change(grid: Grid, row: int, column: int, pair: tuple[int, int]) -> Decimal | None:
    """What a change should be, None where a figure is missing or there is no base."""
    now, base = (grid.terms[row][at] for at in pair)
    if now is None or base is None:
        return None
    if not _CHANGE_RATES.search(grid.heads[column]):
        return now.value - base.value
    return percent(now.value - base.value, base.value) if base.value else None


def _changed(grid: Grid, row: int, column: int, pair: tuple[int, int]) -> bool | None:
    term, due = grid.terms[row][column], _change(grid, row, column, pair)
    if term is None or due is None:
        return None
    now, base = (grid.terms[row][at] for at in pair)
    step = Decimal(1).scaleb(-term.decimals)
    halves = sum((one.half for one in (now, base, term) if one is not None), Decimal(0))
    slack = step if _CHANGE_RATES.search(grid.heads[column]) else halves
    return abs(term.value - due) <= slack


def _is_unsigned(grid: Grid, row: int, column: int, pair: tuple[int, int]) -> bool:
    """Whether a fall is written without its sign, which is a habit where the head says 增减."""
    term, due = grid.terms[row][column], _change(grid, row, column, pair)
    return term is not None and due is not None and due < 0 < term.value


def _change_slip(grid: Grid, row: int, column: int, pair: tuple[int, int]) -> Slip:
    term, due = grid.terms[row][column], _change(grid, row, column, pair)
    now, base = (grid.terms[row][at] for at in pair)
    assert term is not None and due is not None and now is not None and base is not None
    is_rate = bool(_CHANGE_RATES.search(grid.heads[column]))
    shown = f"{rounded_to(due, max(term.decimals, 2))}%" if is_rate else f"{due}"
    arithmetic = f"({now.printed} - {base.printed}) ÷ {base.printed}" if is_rate else (
        f"{now.printed} - {base.printed}"
    )  # fmt: skip
    words = Words(
        f"{grid.label(row, column)} {grid.heads[column]} {term.printed}", shown,
        f"{arithmetic} = {shown}",
    )  # fmt: skip
    printed = (now.printed, base.printed, term.printed)
    return error(RULE, grid.place(row, column), grid.row_words(row), words, printed)
