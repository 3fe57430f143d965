"""A function asked of something: what all functions of the language have in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from workbook.language.excel import ExcelCells
from workbook.language.expression import Expression
from workbook.language.model import Type


def added(figures: Iterable[Decimal | None]) -> Decimal:
    """The sum of the figures, those that are 不适用 left out."""
    return sum((figure for figure in figures if figure is not None), Decimal(0))


@dataclass(frozen=True)
class Call(Expression):
    """A function and what it is asked of; Excel's function has the same name unless it is told.

    `more` is what it takes any number of times behind `takes`: `min(甲, 乙)` takes two numbers,
    `sum_where(列, 列, 字, 列, 字)` a column and two pairs.
    """

    arguments: tuple[Expression, ...]
    name: ClassVar[str]
    takes: ClassVar[tuple[Type, ...]] = (Type.NUMBER,)
    more: ClassVar[tuple[Type, ...]] = ()
    type = Type.NUMBER

    @classmethod
    def taken(cls, count: int) -> tuple[Type, ...]:
        """The types of so many arguments; of another number where it cannot take so many."""
        times = max(0, count - len(cls.takes)) // len(cls.more) if cls.more else 0
        return cls.takes + cls.more * times

    @property
    def fault(self) -> str:
        """What is wrong with the arguments beyond their types, in words for the author."""
        return ""

    @property
    def parts(self) -> tuple[Expression, ...]:
        return self.arguments

    @property
    def decimals(self) -> int:
        return max(argument.decimals for argument in self.arguments)

    def excel(self, cells: ExcelCells) -> str:
        return f"{self.name.upper()}({','.join(one.excel(cells) for one in self.arguments)})"
