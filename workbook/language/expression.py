"""What an expression says of itself; each construct of the language is a class that says it all.

Its type, its value on Decimal, its text in an Excel formula and its words in a sentence stand side
by side in one class, so that they cannot drift apart: in `names` what stands for a cell or a
figure, in `constructs` and `comparison` what is made of others, and the two modules of functions.

    >>> claim = parse("基本支出 == 人员经费 + 公用经费", scope)
    >>> claim.type, claim.value({"基本支出": 3, "人员经费": 1, "公用经费": 2}.get)
    (<Type.FLAG: 'flag'>, True)
    >>> claim.excel(ExcelCells(inputs_of([claim])))
    'ROUND(ROUND((基本支出)-(人员经费+公用经费),9),2)=0'
    >>> claim.words()
    '基本支出 = 人员经费 + 公用经费'
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from workbook.language.excel import ExcelCells
from workbook.language.model import PLAIN, Leaf, LookUp, Told, Type


class Term(NamedTuple):
    """A figure of a sum and how often it is added; without a leaf, a figure that is written out."""

    factor: Decimal
    leaf: Leaf | None = None


class Expression(ABC):
    """A checked expression, or a part of one."""

    @property
    @abstractmethod
    def type(self) -> Type:
        """What it gives."""

    @property
    def leaf(self) -> Leaf | None:
        """The field or column that it names, None where it is no such name."""
        return None

    @property
    def decimals(self) -> int:
        """How many decimals its figure can carry, at most `MOST_DECIMALS`."""
        return 0

    @property
    def parts(self) -> tuple["Expression", ...]:
        """What it is made of, from left to right."""
        return ()

    @abstractmethod
    def value(self, look_up: LookUp) -> Any:
        """Its value; raises `ZeroDivisorError` and `NotApplicableError`."""

    @abstractmethod
    def excel(self, cells: ExcelCells) -> str:
        """Its text in a formula, which gives the same value."""

    @abstractmethod
    def words(self, told: Told = PLAIN) -> str:
        """It in a sentence."""

    def is_blank(self, look_up: LookUp) -> bool:
        """Whether it says nothing at all, so that its cell stays blank; raises as `value` does."""
        return False

    def blank_test(self, cells: ExcelCells) -> str:
        """The test in a formula that it says nothing, empty where it always says something."""
        return ""

    def terms(self) -> tuple[Term, ...] | None:
        """The figures that it adds up, None where it is no sum of figures and their multiples."""
        return None

    def walk(self) -> Iterator["Expression"]:
        """It and all its parts, from left to right."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def leaves(self) -> Iterator[Leaf]:
        """The fields and columns that it reads, from left to right, each once."""
        found = (part.leaf for part in self.walk())
        yield from {leaf.key: leaf for leaf in found if leaf is not None}.values()

    def addends(self) -> tuple[Leaf, ...]:
        """The leaves of a plain sum, such as `甲 + sum(项目.金额)`; none of anything else."""
        terms = self.terms() or ()
        leaves = tuple(term.leaf for term in terms if term.leaf and term.factor == 1)
        return leaves if len(leaves) == len(terms) else ()
