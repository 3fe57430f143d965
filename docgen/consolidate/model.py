"""What is summed up: the part that each workbook brings, of one kind and one period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from typing import Final

from docgen.batch.ledger import Entry
from docgen.batch.units import unit_key
from workbook.checking.kinds import Kind
from workbook.form.field import Field

# A cell of Excel's holds 15 digits anywhere between 1e-308 and 1e308: sums of them are exact here.
EXACT: Final = Context(prec=700, traps=[Inexact])
Sums = Mapping[str, Decimal]  # by field, `基本支出` or `项目.金额`


@dataclass(frozen=True, slots=True)
class Part:
    """What one workbook brings: its amounts, its rates, and by what else its kind is ranked.

    `Part(entry, {"基本支出": Decimal("195.49")}, {"执行率": Decimal("98.15")})`
    """

    entry: Entry
    sums: Sums
    others: Sums

    @property
    def key(self) -> str:
        """By what its unit is known."""
        return unit_key(self.entry.unit, self.entry.code)

    def figure(self, key: str) -> Decimal | None:
        """A figure of its own, None where there is none."""
        return self.sums.get(key, self.others.get(key))


@dataclass(frozen=True, slots=True)
class Group:
    """The workbooks of one kind and period that count; `fields` are the amounts anybody has."""

    kind: Kind
    period: str
    parts: Sequence[Part]
    fields: Mapping[str, Field]

    @property
    def label(self) -> str:
        """Kind and period, as sheets are called by them."""
        return f"{self.kind.name} {self.period}".strip()

    @property
    def title(self) -> str:
        """The same in the clerk's words."""
        return f"{self.kind.form.title} {self.period}".strip()


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a ledger holds: what counts, by kind and period, and who does not, with the reason.

    `path` of what is left out is None of a unit that has handed in nothing.
    """

    groups: Sequence[Group]
    left_out: Sequence[Entry]

    @property
    def counted(self) -> int:
        """How many workbooks are in the sums."""
        return sum(len(group.parts) for group in self.groups)


def named(key: str, field: Field) -> str:
    """What a figure is called; a table's by the table too."""
    table = f"{key.partition('.')[0]}." if "." in key else ""
    return f"{table}{field.name}"


def added(all_sums: Sequence[Sums]) -> Sums:
    """The exact sum of each field; one that nobody has filled has none."""
    total: dict[str, Decimal] = {}
    for sums in all_sums:
        for key, value in sums.items():
            total[key] = EXACT.add(total.get(key, Decimal(0)), value)
    return total
