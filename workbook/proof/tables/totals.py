"""Sums in tables: 合计 and 小计, 其中 and indented rows, function codes, in columns and in rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from workbook.proof.arithmetic import (
    Fit,
    Term,
    best_sum,
    fit,
    is_slip,
    significant,
    slack_of,
    sum_of,
)
from workbook.proof.model import Severity, Slip, Table
from workbook.proof.tables.grand import grand_totals
from workbook.proof.tables.grid import Grid, sections
from workbook.proof.tables.halves import halves_sums, of_both
from workbook.proof.tables.labelled import labelled_sums
from workbook.proof.tables.lines import Lines, Sum, any_label, tops
from workbook.proof.tables.structures import CODES, RULE, structures

_FEW: Final = 10_000  # people or families that two rows may share are hardly more


def table_sums(table: Table) -> Iterator[tuple[str, Slip | None]]:
    """Each total of the table, in its columns and in its rows."""
    for grid in sections(table):
        for is_turned in (False, True):
            lines = Lines(grid, is_turned)
            seen = set() if is_turned else {(one.row, one.column) for one in of_both(grid)}
            found = list(structures(lines))
            kin = _kin(lines, [one for _, one in found])
            for rule, one in found:
                yield from _held((rule, one), lines, seen, kin)
        yield from ((RULE, slip) for slip in halves_sums(grid))
        yield from grand_totals(grid)
    yield from labelled_sums(Grid(table, (), tuple(range(len(table.cells)))))


def _kin(lines: Lines, sums: Sequence[Sum]) -> Counter[int]:
    """How many rows with rows below them add up at each position: so the others should too."""
    found: Counter[int] = Counter()
    for one in sums:
        for position in () if one.is_named else lines.positions:
            total = lines.term(one.total, position)
            parts = [term for line in one.parts if (term := lines.term(line, position))]
            added = sum_of(parts)
            if total is not None and total.value and added == total.amount:
                found[position] += 1
    return found


class _Off(NamedTuple):
    """A position at which a total and its parts do not add up."""

    position: int
    total: Term
    parts: list[Term]


def _held(
    claim: tuple[str, Sum], lines: Lines, seen: set[tuple[int, int]], kin: Counter[int]
) -> Iterator[tuple[str, Slip | None]]:
    """One sum at all positions: what is off is an error where others show that it is a sum."""
    rule, one = claim
    off: list[_Off] = []
    proofs = held = 0
    for found in _positions(one, lines):
        if (one.total, found.position) in seen:
            continue
        how = fit(sum_of(found.parts), found.total.amount, slack_of(found.total, found.parts))
        if how is Fit.EXACT:
            seen.add((one.total, found.position))
            held += 1
            proofs += bool(found.total.value)
            yield rule, None
        elif rule == CODES or not _is_elsewhere(lines, one, found):
            off.append(found)
            proofs += how is Fit.ROUNDED
    if not one.is_named and not proofs:
        yield from _larger_parts(rule, one, lines, (off, held))
        off = [
            each for each in off
            if kin[each.position] > 1 and is_slip(each.total, each.parts)
            and significant(each.total) > 2
        ]  # fmt: skip
        proofs = len(off)
    is_proven = proofs >= (2 if lines.is_turned else 1)
    for each in off:
        severity = _severity(one, each, is_proven, len(off) > proofs)
        if severity is not None:
            seen.add((one.total, each.position))
            figures = [each.total, *each.parts]
            yield rule, _slip(rule, (lines, one, each.position), figures, severity)


def _positions(one: Sum, lines: Lines) -> Iterator[_Off]:
    """The positions at which a sum can be held: the total and its parts are figures or blank."""
    for position in lines.positions:
        total = lines.term(one.total, position)
        parts = [term for line in one.parts if (term := lines.term(line, position)) is not None]
        is_readable = all(
            lines.term(line, position) is not None or lines.is_blank(line, position)
            for line in one.parts
        )
        is_within = one.within is None or position in one.within
        if total is not None and parts and is_readable and is_within:
            yield _Off(position, total, parts)


def _is_elsewhere(lines: Lines, one: Sum, found: _Off) -> bool:
    """Whether the total ties with the lines behind it in another way at this position."""
    amount = found.total.amount
    if not amount:
        return False
    at = lines.lines.index(one.total)
    for way in (range(at + 1, len(lines.lines)), range(at)):
        if sum(tops(lines, way, found.position)) == amount:
            return True
        terms = [lines.term(lines.lines[number], found.position) for number in way]
        held = [term for term in terms if term is not None and term.value]
        other = best_sum(found.total, held)
        if other is not None and other.fit is Fit.EXACT:
            return True
        # The one part that is not 0, alone or with its own parts below it.
        is_one = amount in {term.amount for term in held}
        if is_one and sum_of(held) in (amount, 2 * amount):
            return True
    return False


def _severity(one: Sum, found: _Off, is_proven: bool, is_common: bool) -> Severity | None:
    """How much a sum weighs that is off; None where its parts need not be all there are."""
    total, parts = found.total, found.parts
    if abs(sum_of(parts) - total.amount) <= slack_of(found.total, found.parts):
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
    rule: str, one: Sum, lines: Lines, found: tuple[list[_Off], int]
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


def _says_of_which(lines: Lines, one: Sum) -> bool:
    first = lines.lines.index(one.parts[0])
    return any_label(lines, first).startswith("其中")


def _is_larger(part: Term, total: Term) -> bool:
    """Whether a part is more than its total, which is more than nothing."""
    return 0 < total.amount + total.half + part.half < part.amount


def _slip(
    rule: str, cell: tuple["Lines", Sum, int], figures: Sequence[Term], severity: Severity
) -> Slip:
    """The total of a sum at a position; `figures` are the total and its parts."""
    lines, one, position = cell
    total, *parts = figures
    grid = lines.grid
    row, column = lines.cell(one.total, position)
    due = sum_of(parts) / total.factor
    label = grid.label(row, column) or grid.heads[column]
    head = grid.heads[column] if not lines.is_turned else ""
    named = f"{label}·{head}" if head and head != label else label
    words = f"{' + '.join(f'{part.value:f}' for part in parts)} = {due:f}"
    return Slip(
        rule, severity, grid.place(row, column), grid.row_words(row),
        tuple(figure.printed for figure in figures), f"{named} {total.printed}", f"{due:f}", words,
    )  # fmt: skip
