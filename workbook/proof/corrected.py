"""Which one figure, written otherwise, would make what contradicts itself tie."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from workbook.figures.numbers import round_half_up
from workbook.proof.arithmetic import slipped, term
from workbook.stated.clauses import Said

_MOST_TOLD: Final = 5  # changes that are listed one by one


class Change(NamedTuple):
    """A figure and the value that would make everything tie, in its own unit.

    `words` is what to write: `人员经费171.74万元`. `sign` is 1 or -1 where only the word is
    another, 增加 or 减少.
    """

    said: Said
    due: Decimal
    words: str
    sign: int = 0

    @property
    def is_likely(self) -> bool:
        """Whether a single slip of the hand explains it."""
        one = term(self.said)
        return bool(self.sign) or slipped(one, self.due * one.factor)


def likely(changes: Sequence[Change]) -> Sequence[Change]:
    """The changes that a slip of the hand explains; all where none is."""
    return [one for one in changes if one.is_likely] or list(changes)


def told(changes: Sequence[Change], rest: str) -> str:
    """What to write: the one change that mends it, or all that do; `rest` ends a long list."""
    words = [one.words for one in changes]
    if len(words) > _MOST_TOLD:
        words = [words[0], rest]
    return ",或".join(words)


def shown(value: Decimal, like: Said) -> str:
    """A value with the decimals and the unit of a figure, more decimals where it has them."""
    even = round_half_up(value, like.decimals)
    value = even if value == even else value.normalize()
    return f"{value:f}{like.unit}"
