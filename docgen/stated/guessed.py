"""The unit of a table that states none, by the amounts in the report's sentences."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from docgen.stated.outline import Line
from workbook.stated.clauses import Said, Way, sentences
from workbook.stated.folded import CELL, numbering
from workbook.stated.tables.heads import is_figure
from workbook.stated.units import MONEY
from workbook.stated.words import canonical, is_known, named

FEWEST_AMOUNTS: Final = 3  # of one unit by which a report's own is known
FEWEST_AGAIN: Final = 2  # telling figures of a table that sentences state again
TELLING_DIGITS: Final = 3  # of a figure that is stated twice by no chance
MOST_TIMES: Final = 500  # as large as the largest of a sentence; 元 for 万元 is 10,000 times
_NONE: Final = Decimal(0)
_EACH: Final = re.compile(r"每|[人户亩]均|标准|单价")
_PER: Final = re.compile(r"/|每")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(slots=True)
class _Table:
    """What a table without a unit says: its figures, and those of the rows with known names."""

    figures: set[Decimal] = field(default_factory=set)
    rows: list[tuple[str, set[Decimal]]] = field(default_factory=list)

    def take(self, line: Line) -> None:
        """Take what a row says."""
        cells = line.folded.text.split(CELL)
        own = set(_figures(cells))
        label = next((cell for cell in cells if cell and not is_figure(cell)), "")
        self.figures |= own
        if own and (name := _known(label[len(numbering(label)) :])):
            self.rows.append((name, own))


@dataclass(frozen=True, slots=True)
class _Prose:
    """The amounts of sentences by their units, and those of each known name."""

    by_unit: Mapping[str, Set[Decimal]]
    by_name: Mapping[str, Sequence[Said]]

    def contradicts(self, table: _Table, unit: str) -> bool:
        """Whether a row in that unit has none of the amounts that sentences say of its name."""
        factor = Decimal(10) ** MONEY[unit]
        return any(
            not any(abs(one * factor - said.amount) <= said.half for one in own for said in ones)
            for name, own in table.rows
            if (ones := self.by_name.get(name, ()))
        )


def with_guessed_units(lines: Sequence[Line]) -> list[Line]:
    """The lines, tables without a unit in that of the amounts in sentences, where one is plain.

    That is the unit of all amounts, unless a table's figures are much larger than any: these may
    be in 元. Where sentences have several units it is the one in which they state a table's own
    figures again. It is none in which a row would differ from what a sentence says of its name.
    """
    prose = _prose(line for line in lines if line.table is None and not line.is_long)
    tables: dict[int, _Table] = {}
    for line in lines if prose.by_unit else ():
        if line.table is not None and not line.unit:
            tables.setdefault(line.table, _Table()).take(line)
    units = {number: _unit_of(table, prose) for number, table in tables.items()}
    return [
        line if line.table is None or line.unit else replace(line, unit=units.get(line.table, ""))
        for line in lines
    ]


def _prose(prose: Iterable[Line]) -> _Prose:
    """The amounts that sentences state by their units, none where they are too few.

    What is for each of many, 每人1250元, tells nothing of a table's unit.
    """
    said = [s for line in prose for one in sentences(line.folded) for s in one.figures]
    own = [one for one in said if one.unit in MONEY and one.value and not _is_rate(one)]
    by_unit: dict[str, set[Decimal]] = {}
    by_name: dict[str, list[Said]] = {}
    for one in own if len(own) >= FEWEST_AMOUNTS else ():
        by_unit.setdefault(one.unit, set()).add(one.value)
        if one.way is Way.VALUE and (name := _known(one.clause)):
            by_name.setdefault(name, []).append(one)
    return _Prose(by_unit, by_name)


def _is_rate(one: Said) -> bool:
    return _EACH.search(one.clause) is not None or _PER.match(one.after) is not None


def _known(words: str) -> str:
    """The name that words say, where it is one of those in `words.toml`."""
    name = named(words).name
    return canonical(name) if is_known(name) else ""


def _unit_of(table: _Table, prose: _Prose) -> str:
    """The unit of a table's figures by the amounts in sentences, empty where it is not plain."""
    amounts, own = prose.by_unit, table.figures
    if len(amounts) == 1:
        ((unit, said),) = amounts.items()
        units = [unit] if max(own, default=_NONE) <= MOST_TIMES * max(said) else []
    else:
        units = [
            unit
            for unit, said in amounts.items()
            if sum(map(_is_telling_figure, own & said)) >= FEWEST_AGAIN
        ]
    return units[0] if len(units) == 1 and not prose.contradicts(table, units[0]) else ""


def _is_telling_figure(figure: Decimal) -> bool:
    """Whether a figure is stated twice by no chance: 22.10 or 1869, not 10, and no year."""
    is_year = _YEAR.fullmatch(f"{figure:f}") is not None
    return not is_year and len(figure.normalize().as_tuple().digits) >= TELLING_DIGITS


def _figures(cells: Iterable[str]) -> Iterator[Decimal]:
    """The figures that stand alone in a cell of a row."""
    for cell in cells:
        plain = cell.replace(",", "")
        if is_figure(cell) and plain.replace(".", "").isdigit():
            yield Decimal(plain)
