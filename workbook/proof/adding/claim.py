"""A total and the figures that are said to be its parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from workbook.proof.arithmetic import best_sum, is_slip, term
from workbook.proof.corrected import Change
from workbook.proof.vocabulary import short_name, whole_of
from workbook.stated.clauses import Said, Sentence

SUM: Final = "sum"  # the rule's name
BESIDE: Final = "并列"  # the opening of parts that no word opens
STATES: Final = "状态"  # of what is done and what is not
OPPOSED: Final = "互斥"  # kinds of which nothing can be two
QUARTERS: Final = "季度"
CUT: Final = "调减"
TAKEN: Final = re.compile(r"^再?(?:减去|减除|减掉|扣除|扣减|剔除)")  # 减去上解200万元: no part
GRAND: Final = "总计"
ASIDE: Final = re.compile(
    r"[比较占]|(?<![合协共陪])同(?![步学志事类])|上年(?!结转|结余)|去年|完成(?=.)|人均|户均|平均|每|标准|差值|差额|累计|余额|历年|不足|超过"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A total and the figures that are said to be its parts."""

    total: Said
    parts: tuple[Said, ...]
    opening: str
    sentence: Sentence

    def holds(self, changed: Change | None = None) -> bool:
        """Whether the parts add up, or would with one figure written otherwise."""
        total, *parts = (
            term(replace(one, value=changed.due) if changed and one is changed.said else one)
            for one in (self.total, *self.parts)
        )
        if best_sum(total, parts) is not None:
            return True
        whole = [parts[at] for at in whole_of([short_name(one.clause) for one in self.parts])]
        return bool(whole) and best_sum(total, whole) is not None

    def is_of(self, parts: Sequence[Said]) -> bool:
        """Whether all of these are parts of it, and they add up."""
        return all(any(one is part for one in self.parts) for part in parts) and self.holds()

    def is_nearer(self, other: "Claim") -> bool:
        """Whether its total stands behind that of the other, so that parts behind both are its."""
        is_within = other.has_total_within
        return self.sentence is other.sentence and (
            not is_within or self.total.start > other.total.start
        )

    @property
    def has_total_within(self) -> bool:
        """Whether the total stands in the sentence of the parts, and in none before it."""
        return any(one is self.total for one in self.sentence.figures)

    def is_likely(self) -> bool:
        """Whether the parts add up, or one slip of the hand keeps them from it."""
        return self.holds() or is_slip(term(self.total), [term(one) for one in self.parts])

    def is_beside(self, other: "Claim") -> bool:
        """Whether each item has a figure of both: 道路3份,金额12万元;饮水5份,金额23万元."""
        starts = sorted((one.start, one.kind) for one in (*self.parts, *other.parts))
        kinds = [kind for _, kind in starts]
        is_even = len(self.parts) == len(other.parts) > 1 and len(set(kinds)) == 2
        return self.sentence is other.sentence and is_even and kinds == kinds[:2] * len(self.parts)

    def has(self, one: Said) -> bool:
        """Whether a figure is one of them."""
        return any(other is one for other in (self.total, *self.parts))


def likeliest(tried: Sequence[Claim]) -> Claim:
    """The one that adds up, else the one that a slip of the hand keeps from it, else the first."""
    for one in tried:
        is_within = len(one.parts) == 1 and one.parts[0].amount <= one.total.amount
        if is_within or one.holds():
            return one
    slips = (one for one in tried if is_slip(term(one.total), [term(part) for part in one.parts]))
    return next(slips, tried[0])
