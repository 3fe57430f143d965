"""Comparisons of figures, texts and days."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from workbook.catalogue.rules import LINKS
from workbook.figures.numbers import rounded
from workbook.language.excel import ExcelCells, rounded_text
from workbook.language.expression import Expression
from workbook.language.model import PLAIN, LookUp, Told, Type
from workbook.language.operators import Relation


class Pair(Struct, frozen=True, dict=True):
    """Two sides of one comparison.

    Numbers compare after rounding their difference to the decimals that their parts carry (9 behind
    a division), because that is the most that Excel's doubles can be asked for.
    """

    left: Expression
    relation: Relation
    right: Expression

    @property
    def sides(self) -> tuple[Expression, Expression]:
        """What is compared."""
        return self.left, self.right

    @cached_property
    def decimals(self) -> int:
        """The decimals to which two numbers compare."""
        return max(self.left.decimals, self.right.decimals)

    def holds(self, look_up: LookUp) -> bool:
        """Whether the two stand so to each other."""
        left, right = self.left.value(look_up), self.right.value(look_up)
        if isinstance(left, Decimal):
            return self.relation.holds(rounded(left - right, self.decimals), Decimal(0))
        return self.relation.holds(left, right)

    def excel(self, cells: ExcelCells) -> str:
        """The comparison in a formula; Excel's own = takes no notice of capitals."""
        if self.left.type is Type.TEXT:
            same = f"EXACT({self.left.excel(cells)},{self.right.excel(cells)})"
            return same if self.relation is Relation.EQUAL else f"NOT({same})"
        return f"{self.difference(cells)}{self.relation.excel}0"

    def difference(self, cells: ExcelCells) -> str:
        """By how much two numbers or days are apart, in a formula."""
        text = f"({self.left.excel(cells)})-({self.right.excel(cells)})"
        return rounded_text(text, self.decimals)

    def words(self, told: Told = PLAIN) -> str:
        """The comparison in a sentence."""
        return f"{self.left.words(told)} {self.relation.sign} {self.right.words(told)}"


@dataclass(frozen=True)
class Comparison(Expression):
    """`甲 == 乙`, or a chain: `0 <= 甲 < 乙` is two pairs."""

    pairs: tuple[Pair, ...]
    type = Type.FLAG

    @property
    def parts(self) -> tuple[Expression, ...]:
        return self.pairs[0].left, *(pair.right for pair in self.pairs)

    def value(self, look_up: LookUp) -> bool:
        links = [pair.holds(look_up) for pair in self.pairs]  # all of them, as Excel does
        return all(links)

    def excel(self, cells: ExcelCells) -> str:
        links = [pair.excel(cells) for pair in self.pairs]
        return links[0] if len(links) == 1 else f"AND({','.join(links)})"

    def words(self, told: Told = PLAIN) -> str:
        return LINKS(told.language).join(pair.words(told) for pair in self.pairs)
