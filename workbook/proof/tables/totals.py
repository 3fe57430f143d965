"""Sums in tables: 合计 and 小计, 其中 and indented rows, function codes, in columns and in rows."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import Fit, Term, best_sum, fit, is_slip, significant
from workbook.proof.model import Place, Severity, Slip, Table
from workbook.proof.tables.grid import (
    BLANKS,
    NO_SUM,
    Grid,
    depth_of,
    indent,
    labelled,
    read_term,
    sections,
)

RULE: Final = "table-sum"
CODES: Final = "code-sum"
BALANCE: Final = "balance"
_TOTAL: Final = re.compile(
    r"(?:合计|总计|小计|总额|共计|总和)(?:数|\(.*\))?[:,]?$|^(?:合计|总计|小计|共计)"
)
_SUB: Final = re.compile(r"小计")
_CODE: Final = re.compile(r"\d{3}(?:\d{2}){0,2}")
_FEW: Final = 10_000  # people or families that two rows may share are hardly more


@dataclass(frozen=True, slots=True)
class _Sum:
    """A line of cells that is the total of others, by their numbers; lines are rows or columns.

    `is_named` where the words alone say that the parts are all there are; `within` are the
    positions at which it holds, None for all.
    """

    total: int
    parts: tuple[int, ...]
    is_named: bool
    within: Collection[int] | None = None


class _Lines:
    """A table seen along its columns, or along its rows: values of a line at each position."""

    def __init__(self, grid: Grid, is_turned: bool) -> None:
        self.grid = grid
        self.is_turned = is_turned
        width = grid.width
        whole = [row for row in grid.rows if len(grid.cells[row]) == width]
        columns = [
            column for column in range(width)
            if not NO_SUM.search(grid.heads[column])
            and not any(grid.is_percent(row, column) for row in whole)
        ]  # fmt: skip
        self.lines, self.positions = (columns, whole) if is_turned else (whole, columns)

    def cell(self, line: int, position: int) -> tuple[int, int]:
        return (position, line) if self.is_turned else (line, position)

    def term(self, line: int, position: int) -> Term | None:
        row, column = self.cell(line, position)
        return self.grid.terms[row][column]

    def is_blank(self, line: int, position: int) -> bool:
        row, column = self.cell(line, position)
        return self.grid.cells[row][column] in BLANKS

    def label(self, line: int, position: int) -> str:
        if self.is_turned:
            return self.grid.heads[line]
        return self.grid.label(line, position)

    def place(self, line: int, position: int) -> Place:
        return self.grid.place(*self.cell(line, position))


def table_sums(table: Table) -> Iterator[tuple[str, Slip | None]]:
    """Each total of the table, in its columns and in its rows."""
    for grid in sections(table):
        for is_turned in (False, True):
            lines = _Lines(grid, is_turned)
            seen: set[tuple[int, int]] = set()
            found = list(_structures(lines))
            kin = _kin(lines, [one for _, one in found])
            for rule, one in found:
                yield from _held((rule, one), lines, seen, kin)
        yield from _balances(grid)
    yield from _labelled_sums(Grid(table, (), tuple(range(len(table.cells)))))


def _structures(lines: _Lines) -> Iterator[tuple[str, _Sum]]:
    if not lines.is_turned:
        yield from ((CODES, one) for one in _by_code(lines))
    yield from ((RULE, one) for one in _by_total(lines))
    if not lines.is_turned:
        yield from ((RULE, one) for one in (*_by_indent(lines), *_by_number(lines)))


def _by_total(lines: _Lines) -> Iterator[_Sum]:
    """合计 above its parts or below them; which parts is learned from the columns that tie."""
    numbers = lines.lines
    if not lines.positions:
        return
    totals = [
        at for at, line in enumerate(numbers)
        if any(_is_total(lines, line, position) for position in lines.positions)
    ]  # fmt: skip
    for number, at in enumerate(totals):
        ranges = list(_ranges(lines, totals, number))
        for positions in _halves(lines, at):
            found = _learned(lines, at, ranges, positions)
            if found is not None:
                yield found


def _halves(lines: _Lines, at: int) -> Iterator[list[int]]:
    """The positions that one label stands before: each half of a table that lies side by side."""
    by_label: dict[str, list[int]] = {}
    for position in lines.positions:
        if lines.term(lines.lines[at], position) is not None:
            by_label.setdefault(lines.label(lines.lines[at], position), []).append(position)
    yield from (one for label, one in by_label.items() if _TOTAL.search(label))


def _is_total(lines: _Lines, line: int, position: int) -> bool:
    return lines.term(line, position) is not None and bool(
        _TOTAL.search(lines.label(line, position))
    )


def _ranges(lines: _Lines, totals: Sequence[int], number: int) -> Iterator[tuple[int, ...]]:
    """The lines that may be the parts of a total, the likeliest first."""
    at, count = totals[number], len(lines.lines)
    after = totals[number + 1] if number + 1 < len(totals) else count
    before = totals[number - 1] + 1 if number else 0
    subs = tuple(one for one in totals if _SUB.search(_any_label(lines, one)) and one != at)
    is_sub = bool(_SUB.search(_any_label(lines, at)))
    ways = [
        tuple(range(at + 1, after)), tuple(range(before, at)),
        tuple(range(max(before - 1, 0), at)), tuple(range(at + 1, count)), tuple(range(at)),
    ]  # fmt: skip
    if subs and not is_sub:
        ways += [
            tuple(one for one in subs if one > at), tuple(one for one in subs if one < at),
            tuple(one for one in range(count) if one not in totals),
        ]  # fmt: skip
    if lines.is_turned:
        ways = [way for way in ways if way and (min(way) > at or at == count - 1)]
    yield from (way for way in dict.fromkeys(ways) if len(way) > 1)


def _any_label(lines: _Lines, at: int) -> str:
    line = lines.lines[at]
    figures = [one for one in lines.positions if lines.term(line, one) is not None]
    return next((word for one in figures if (word := lines.label(line, one))), "")


def _learned(
    lines: _Lines, at: int, ranges: Sequence[tuple[int, ...]], positions: Sequence[int]
) -> _Sum | None:
    """The parts of a total, as the positions that tie have them."""
    votes: dict[tuple[int, ...], int] = {}
    for position in positions:
        total = lines.term(lines.lines[at], position)
        if total is None or not total.value:
            continue
        for way in ranges:
            found = _tied(lines, total, way, position)
            if found is not None:
                votes[found] = votes.get(found, 0) + 1
                break
    parts = max(votes, key=lambda one: votes[one]) if votes else ()
    if not votes and ranges:
        least = min((_depth(lines, one) for one in ranges[0]), default=(0, 0))
        top = tuple(one for one in ranges[0] if _depth(lines, one) == least)
        parts = top if len(top) > 1 and _is_plain(lines, top) else ()
    numbers = tuple(lines.lines[one] for one in parts)
    return _Sum(lines.lines[at], numbers, True, frozenset(positions)) if parts else None


def _tied(
    lines: _Lines, total: Term, way: tuple[int, ...], position: int
) -> tuple[int, ...] | None:
    """The lines of `way` that add up to the total at a position."""
    held = [one for one in way if lines.term(lines.lines[one], position) is not None]
    terms = [lines.term(lines.lines[one], position) for one in held]
    found = best_sum(total, [one for one in terms if one is not None])
    if found is None or found.fit is not Fit.EXACT:
        return None
    chosen = {held[number] for number in found.parts}
    if sum(bool(_value(lines, one, position)) for one in chosen) < 2:
        return None
    last = max(chosen)
    # What is blank in this column belongs to the sum all the same, unless it lies below a part.
    return tuple(
        one for one in way
        if one in chosen or (one < last and one not in held and not _below(lines, one, chosen))
    )  # fmt: skip


def _below(lines: _Lines, at: int, chosen: set[int]) -> bool:
    above = [one for one in chosen if one < at]
    if not above or lines.is_turned:
        return False
    return _depth(lines, at) > _depth(lines, max(above))


def _value(lines: _Lines, at: int, position: int) -> Decimal:
    term = lines.term(lines.lines[at], position)
    return Decimal(0) if term is None else term.value


def _is_plain(lines: _Lines, way: Sequence[int]) -> bool:
    """Whether the lines are one simple list: no 其中, no total, none deeper than another."""
    words = [_any_label(lines, one) for one in way]
    depths = {_depth(lines, one) for one in way}
    is_free = not any(re.search(r"其中|合计|小计|总计|总额", word) for word in words)
    return is_free and len(depths) == 1 and all(words) and len(set(words)) == len(words)


def _depth(lines: _Lines, at: int) -> tuple[int, int]:
    if lines.is_turned:
        return 0, 0
    line = lines.lines[at]
    for position in lines.positions:
        if lines.term(line, position) is None and not lines.is_blank(line, position):
            continue
        raw = lines.grid.raw_label(line, position)
        if raw and lines.grid.label(line, position) not in BLANKS:
            words = lines.grid.label(line, position)
            deeper = 6 if words.startswith("其中") else 0  # as wide as 其中： itself
            return indent(raw) + deeper, depth_of(words)
    return 0, 0


def _by_indent(lines: _Lines) -> Iterator[_Sum]:
    """A row and those below it that stand deeper: by indent, else by their numbers."""
    depths = [_depth(lines, at) for at in range(len(lines.lines))]
    for at, own in enumerate(depths):
        below: list[int] = []
        for other in range(at + 1, len(depths)):
            if not _is_deeper(depths[other], own):
                break
            below.append(other)
        if len(below) < 2:
            continue
        least = min(depths[one] for one in below)
        direct = [
            one for one in below if depths[one][0] <= least[0] + 1 and _same(depths[one], least)
        ]
        if len(direct) > 1:
            yield _Sum(lines.lines[at], tuple(lines.lines[one] for one in direct), False)


def _by_number(lines: _Lines) -> Iterator[_Sum]:
    """A row without a number and those below it that are numbered 1, 2, 3, whatever is between."""
    counts = [_count(_any_label(lines, at)) for at in range(len(lines.lines))]
    for at, own in enumerate(counts[:-1]):
        if own or counts[at + 1] != 1:
            continue
        parts: list[int] = []
        for other in range(at + 1, len(counts)):
            if counts[other] == len(parts) + 1:
                parts.append(other)
            elif counts[other]:
                break
        if len(parts) > 1:
            yield _Sum(lines.lines[at], tuple(lines.lines[one] for one in parts), False)


def _count(label: str) -> int:
    """The number that a label begins with, `1.` or `(2)`; 0 where it has none."""
    match = re.match(r"\(?(\d{1,2})[.、)](?!\d)", label)
    return int(match[1]) if match else 0


def _is_deeper(one: tuple[int, int], other: tuple[int, int]) -> bool:
    if one[0] != other[0]:
        return one[0] > other[0]
    return one[1] > other[1] > 0


def _same(one: tuple[int, int], least: tuple[int, int]) -> bool:
    return one == least or (one[0] == least[0] and not (one[1] and least[1] and one[1] > least[1]))


def _by_code(lines: _Lines) -> Iterator[_Sum]:
    """The rows of a code of 类 or 款 and those of its next level: 201 is 20101 + 20103."""
    columns = _code_columns(lines.grid)
    for number, column in enumerate(columns):
        end = columns[number + 1] if number + 1 < len(columns) else lines.grid.width
        codes = {line: code for line in lines.lines if (code := _code(lines.grid, line, column))}
        for line, code in codes.items():
            parts = tuple(
                other for other, one in codes.items()
                if one.startswith(code) and len(one) == len(code) + 2
            )  # fmt: skip
            if parts and list(codes.values()).count(code) == 1:
                yield _Sum(line, parts, True, range(column + 1, end))


def _code_columns(grid: Grid) -> list[int]:
    """The columns in which codes begin: one, or one in each of two halves side by side."""
    return [
        column for column, head in enumerate(grid.heads)
        if re.search(r"编码|代码|科目$|类$", head)
        and (not column or head != grid.heads[column - 1])
        and any(
            column < len(grid.cells[row]) and _CODE.fullmatch(grid.cells[row][column])
            for row in grid.rows
        )
    ]  # fmt: skip


def _code(grid: Grid, row: int, column: int) -> str:
    """The function code of a row, in one cell or in three for 类, 款 and 项."""
    cells = grid.cells[row]
    if column >= len(cells) or not _CODE.fullmatch(cells[column]):
        return ""
    code = cells[column]
    for cell in cells[column + 1 : column + 3]:
        if len(code) in (3, 5) and re.fullmatch(r"\d{2}", cell) and "款" in "".join(grid.heads):
            code += cell
    return code


def _kin(lines: _Lines, sums: Sequence[_Sum]) -> Counter[int]:
    """How many rows with rows below them add up at each position: so the others should too."""
    found: Counter[int] = Counter()
    for one in sums:
        for position in () if one.is_named else lines.positions:
            total = lines.term(one.total, position)
            parts = [term for line in one.parts if (term := lines.term(line, position))]
            added = sum((term.amount for term in parts), Decimal(0))
            if total is not None and total.value and added == total.amount:
                found[position] += 1
    return found


def _held(
    claim: tuple[str, _Sum], lines: _Lines, seen: set[tuple[int, int]], kin: Counter[int]
) -> Iterator[tuple[str, Slip | None]]:
    """One sum at all positions: what is off is an error where others show that it is a sum."""
    rule, one = claim
    off: list[tuple[int, Term, list[Term]]] = []
    proofs = held = 0
    for position in lines.positions:
        if one.within is not None and position not in one.within:
            continue
        total = lines.term(one.total, position)
        parts = [term for line in one.parts if (term := lines.term(line, position)) is not None]
        readable = all(
            lines.term(line, position) is not None or lines.is_blank(line, position)
            for line in one.parts
        )
        if total is None or not parts or not readable or (one.total, position) in seen:
            continue
        added = sum((term.amount for term in parts), Decimal(0))
        slack = total.half + sum((term.half for term in parts), Decimal(0))
        how = fit(added, total.amount, slack)
        if how is Fit.EXACT:
            seen.add((one.total, position))
            held += 1
            proofs += bool(total.value)
            yield rule, None
        elif rule == CODES or not _is_elsewhere(lines, one, position, total):
            off.append((position, total, parts))
            if how is Fit.ROUNDED:
                proofs += 1
    if not one.is_named and not proofs:
        yield from _larger_parts(rule, one, lines, (off, held))
        off = [
            (position, total, parts) for position, total, parts in off
            if kin[position] > 1 and is_slip(total, parts) and significant(total) > 2
        ]  # fmt: skip
        proofs = len(off)
    least = 2 if lines.is_turned else 1
    for position, total, parts in off:
        severity = _severity(one, total, parts, proofs >= least, len(off) > proofs)
        if severity is not None:
            seen.add((one.total, position))
            yield rule, _slip(rule, (lines, one, position), [total, *parts], severity)


def _is_elsewhere(lines: _Lines, one: _Sum, position: int, total: Term) -> bool:
    """Whether the total ties with the lines behind it in another way at this position."""
    if not total.value:
        return False
    at = lines.lines.index(one.total)
    for way in (range(at + 1, len(lines.lines)), range(at)):
        terms = [lines.term(lines.lines[number], position) for number in way]
        held = [term for term in terms if term is not None and term.value]
        found = best_sum(total, held)
        if found is not None and found.fit is Fit.EXACT:
            return True
        # The one part that is not 0, alone or with its own parts below it.
        added = sum((term.amount for term in held), Decimal(0))
        if total.amount in {term.amount for term in held} and added in (
            total.amount,
            2 * total.amount,
        ):
            return True
    return False


def _severity(
    one: _Sum, total: Term, parts: Sequence[Term], is_proven: bool, is_common: bool
) -> Severity | None:
    off = abs(sum((part.amount for part in parts), Decimal(0)) - total.amount)
    slack = total.half + sum((part.half for part in parts), Decimal(0))
    if off <= slack:
        return Severity.HINT if is_proven or one.is_named else None
    is_counted = not any(part.decimals for part in (total, *parts)) and total.amount < _FEW
    if is_proven and one.is_named and not is_common and not is_counted:
        return Severity.ERROR
    is_telling = max(significant(part) for part in (total, *parts)) >= 3
    if is_slip(total, parts) and (is_proven or (one.is_named and is_telling)):
        return Severity.ERROR
    if is_proven and any(_is_larger(part, total) for part in parts):
        return Severity.ERROR
    if one.is_named and not total.value and all(part.value >= 0 for part in parts):
        return Severity.ERROR  # a total that was left at 0
    return Severity.HINT if one.is_named and is_proven else None


def _larger_parts(
    rule: str, one: _Sum, lines: _Lines, found: tuple[list[tuple[int, Term, list[Term]]], int]
) -> Iterator[tuple[str, Slip | None]]:
    """Rows under 其中 need not be all there are, but none is more than the row above them.

    `found` are the positions that do not add up, and how many do.
    """
    off, held = found
    within = sum(
        bool(total.value) and not any(_is_larger(part, total) for part in parts)
        for _, total, parts in off
    )
    for position, total, parts in off:
        larger = [
            part for part in parts
            if _is_larger(part, total) or (held and not total.value and part.value > 0)
        ]  # fmt: skip
        if larger and (within > 1 or held) and _says_of_which(lines, one):
            yield rule, _slip(rule, (lines, one, position), [total, *larger], Severity.ERROR)


def _says_of_which(lines: _Lines, one: _Sum) -> bool:
    first = lines.lines.index(one.parts[0])
    return _any_label(lines, first).startswith("其中")


def _is_larger(part: Term, total: Term) -> bool:
    """Whether a part is more than its total, which is more than nothing."""
    return 0 < total.amount + total.half + part.half < part.amount


def _slip(
    rule: str, cell: tuple["_Lines", _Sum, int], figures: Sequence[Term], severity: Severity
) -> Slip:
    """The total of a sum at a position; `figures` are the total and its parts."""
    lines, one, position = cell
    total, *parts = figures
    grid = lines.grid
    row, column = lines.cell(one.total, position)
    due = sum((part.amount for part in parts), Decimal(0)) / total.factor
    label = grid.label(row, column) or grid.heads[column]
    head = grid.heads[column] if not lines.is_turned else ""
    named = f"{label}·{head}" if head and head != label else label
    words = f"{' + '.join(f'{part.value:f}' for part in parts)} = {due:f}"
    return Slip(
        rule, severity, grid.place(row, column), grid.row_words(row),
        tuple(figure.printed for figure in figures), f"{named} {total.printed}", f"{due:f}", words,
    )  # fmt: skip


def _balances(grid: Grid) -> Iterator[tuple[str, Slip | None]]:
    """收入总计 and 支出总计 of two halves side by side are the same."""
    for row in grid.rows:
        ends: list[tuple[str, list[int]]] = []
        for column, term in enumerate(grid.terms[row]):
            is_amount = not grid.is_percent(row, column) and not NO_SUM.search(grid.heads[column])
            if term is not None and is_amount:
                label = grid.label(row, column)
                if (
                    not ends
                    or ends[-1][0] != label
                    or read_term(grid.cells[row][column - 1]) is None
                ):
                    ends.append((label, []))
                ends[-1][1].append(column)
        if len(ends) != 2 or not all(_is_grand(label) for label, _ in ends):
            continue
        left, right = (columns for _, columns in ends)
        if len(left) == len(right) == 1:
            yield BALANCE, _balance(grid, row, left[0], right[0])


def _is_grand(label: str) -> bool:
    return bool(re.search(r"总计$", label))


def _balance(grid: Grid, row: int, left: int, right: int) -> Slip | None:
    one, other = grid.terms[row][left], grid.terms[row][right]
    assert one is not None and other is not None
    if one.amount == other.amount:
        return None
    near = abs(one.amount - other.amount) <= one.half + other.half
    return Slip(
        BALANCE, Severity.HINT if near else Severity.ERROR, grid.place(row, right),
        grid.row_words(row), (one.printed, other.printed),
        f"收入总计 {one.printed},支出总计 {other.printed}", "两边的总计相等",
        f"{one.printed} ≠ {other.printed}",
    )  # fmt: skip


def _labelled_sums(grid: Grid) -> Iterator[tuple[str, Slip | None]]:
    """Cells with label and figure in one, below 其中, against the row of totals above them."""
    width = max((len(row) for row in grid.cells), default=0)
    for column in range(width):
        run: list[tuple[int, Term]] = []
        for row in range(len(grid.cells) + 1):
            cells = grid.cells[row] if row < len(grid.cells) else ()
            is_new = column < len(cells) and not (
                column and grid.place(row, column) == grid.place(row, column - 1)
            )
            found = labelled(cells[column]) if is_new else None
            if found is not None and (run or found[0].startswith("其中")):
                run.append((row, found[1]))
            elif run:
                yield from _labelled_sum(grid, column, run)
                run = []


def _labelled_sum(
    grid: Grid, column: int, run: Sequence[tuple[int, Term]]
) -> Iterator[tuple[str, Slip | None]]:
    first = run[0][0]
    above = grid.cells[first - 1][column] if first and column < len(grid.cells[first - 1]) else ""
    asked = re.search(r"\(([^()]{3,8})\)", above)
    totals = [
        (row, at, term)
        for row in range(max(first - 3, 0), first)
        for at, term in enumerate(grid.terms[row])
        if term is not None and _TOTAL.search(grid.label(row, at)) and not grid.is_percent(row, at)
    ]
    if asked:
        totals = [one for one in totals if _is_under(grid, one[0], one[1], asked[1])]
    parts = [term for _, term in run]
    if len(parts) < 2 or not totals:
        return
    if any(best_sum(term, parts) for _, _, term in totals):
        yield RULE, None
        return
    row, at, total = totals[0]
    if len(totals) == 1 and (asked or is_slip(total, parts)):
        due = sum((part.amount for part in parts), Decimal(0)) / total.factor
        yield RULE, Slip(
            RULE, Severity.ERROR, grid.place(row, at), grid.row_words(row),
            (total.printed, *(part.printed for part in parts)),
            f"{grid.label(row, at)} {total.printed}", f"{due:f}",
            f"{' + '.join(part.printed for part in parts)} = {due:f}",
        )  # fmt: skip


def _is_under(grid: Grid, row: int, column: int, head: str) -> bool:
    """Whether a figure stands below a cell that says `head`."""
    above = (grid.cells[at] for at in range(row))
    return any(head in cells[column] for cells in above if column < len(cells))
