"""Cells that lie side by side written as ranges, and ranges written as one address."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from workbook.xlsx import addresses

LONGEST: Final = 255  # letters of an address that Excel's Range takes

Cell = tuple[int, int]  # row and column, from 1


def cell_at(address: str) -> Cell:
    """The row and the column of `C17`; ValueError for what is no cell."""
    if (cell := addresses.cell_at(address)) is None:
        raise ValueError(address)
    return cell


def runs(cells: Iterable[Cell]) -> list[str]:
    """The cells as ranges: first down the columns, what stays alone along the rows.

    >>> runs([(1, 1), (2, 1), (1, 3), (1, 4), (9, 9)])
    ['A1:A2', 'C1:D1', 'I9']
    """
    return [_address(run) for run in _runs(cells)]


def unions(cells: Iterable[Cell]) -> Iterator[tuple[str, list[Cell]]]:
    """Addresses of many cells each, none longer than Excel takes, with the cells that they name."""
    words: list[str] = []
    held: list[Cell] = []
    for run in _runs(cells):
        address = _address(run)
        if words and len(",".join([*words, address])) > LONGEST:
            yield ",".join(words), held
            words, held = [], []
        words.append(address)
        held = [*held, *run]
    if words:
        yield ",".join(words), held


def _runs(cells: Iterable[Cell]) -> list[list[Cell]]:
    down = _lines([(column, row) for row, column in dict.fromkeys(cells)])
    long = [[(row, column) for column, row in line] for line in down if len(line) > 1]
    alone = [(row, column) for line in down if len(line) == 1 for column, row in line]
    return [*long, *_lines(alone)]


def _lines(pairs: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Pairs of the same first number whose second numbers follow one another."""
    lines: list[list[tuple[int, int]]] = []
    for first, second in sorted(pairs):
        if lines and lines[-1][-1] == (first, second - 1):
            lines[-1].append((first, second))
        else:
            lines.append([(first, second)])
    return lines


def _address(run: Sequence[Cell]) -> str:
    first, last = (addresses.address_of(row, column) for row, column in (run[0], run[-1]))
    return first if first == last else f"{first}:{last}"
