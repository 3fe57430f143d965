"""The unit of a table that states none, by the amounts in the report's sentences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from typing import Final

from docgen.stated.outline import Line
from workbook.stated.cells import is_figure
from workbook.stated.clauses import sentences
from workbook.stated.folded import CELL
from workbook.stated.units import MONEY

FEWEST_AMOUNTS: Final = 3  # of one unit by which a report's own is known
FEWEST_AGAIN: Final = 2  # figures of a table that sentences state again
TELLING_DIGITS: Final = 3  # of a figure that is stated twice by no chance
MOST_TIMES: Final = 500  # as large as the largest of a sentence; 元 for 万元 is 10,000 times
_NONE: Final = Decimal(0)


def with_guessed_units(lines: Sequence[Line]) -> list[Line]:
    """The lines, tables without a unit in that of the amounts in sentences, where one is plain.

    That is the unit of all amounts, unless a table's figures are much larger than any: these may
    be in 元. Where sentences have several units it is the one in which they state a table's own
    figures again.
    """
    amounts = _amounts(line for line in lines if line.table is None and not line.is_long)
    figures: dict[int, set[Decimal]] = {}
    for line in lines if amounts else ():
        if line.table is not None and not line.unit:
            figures.setdefault(line.table, set()).update(_figures(line))
    units = {table: _unit_of(own, amounts) for table, own in figures.items()}
    return [
        line if line.table is None or line.unit else replace(line, unit=units.get(line.table, ""))
        for line in lines
    ]


def _amounts(prose: Iterable[Line]) -> Mapping[str, Set[Decimal]]:
    """The amounts that sentences state by their units, none where they are too few."""
    said = [s for line in prose for one in sentences(line.folded) for s in one.figures]
    own = [one for one in said if one.unit in MONEY and one.value]
    amounts: dict[str, set[Decimal]] = {}
    for one in own if len(own) >= FEWEST_AMOUNTS else ():
        amounts.setdefault(one.unit, set()).add(one.value)
    return amounts


def _unit_of(own: Set[Decimal], amounts: Mapping[str, Set[Decimal]]) -> str:
    """The unit of a table's figures by the amounts in sentences, empty where it is not plain."""
    if len(amounts) == 1:
        ((unit, said),) = amounts.items()
        return unit if max(own, default=_NONE) <= MOST_TIMES * max(said) else ""
    again = [unit for unit, said in amounts.items() if any(map(_is_telling_figure, own & said))]
    sure = [unit for unit in again if len(own & amounts[unit]) >= FEWEST_AGAIN]
    return again[0] if len(again) == 1 and sure else ""


def _is_telling_figure(figure: Decimal) -> bool:
    """Whether a figure is stated twice by no chance: 22.10 or 1869, not 10."""
    return len(figure.normalize().as_tuple().digits) >= TELLING_DIGITS


def _figures(line: Line) -> Iterator[Decimal]:
    """The figures that stand alone in a cell of a row."""
    for cell in line.folded.text.split(CELL):
        plain = cell.replace(",", "")
        if is_figure(cell) and plain.replace(".", "").isdigit():
            yield Decimal(plain)
