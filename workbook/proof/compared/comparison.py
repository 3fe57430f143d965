"""What one change states: the figure, the one before, the amount and the rate."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workbook.stated.clauses import Said, Sentence, Way

_AGAIN: Final = re.compile(r",[比较](?:上年|去年)(?:同期)?(?:增加|减少|增|减|多|少)(?:了)?")
_LIKE: Final = re.compile(r"同比[^,;]{0,6}$")  # 同比下降2.60%,同比减少7件
_SO: Final = re.compile(r",同比(?:增加|减少|增|减|多|少|增长|下降|上升|降低)(?:了)?")
# ;对比减少4万元;减少率35%: a change that names nothing is of the figures before it.
_GOES_ON: Final = re.compile(
    r";(?:两年|两者)?(?:同比|对比|相比|比较|[比较](?:上年|去年)(?:同期|决算数?)?|与(?:上年|去年)(?:同期|决算数?)?相比|"
    r"[比较](?:年初|全年)?预算数?)?,?"
    r"(?:增加|减少|节约|增长|下降|上升|降低|增|减|升|降)(?:率|额|幅度?|数|了|比例)?(?:为|约)?"
)
SHORT: Final = 14  # letters between an amount and its rate
# 因公出国费 and 受助学生 are names.
_NOT_SAME: Final = re.compile(
    r"原因|由于|因为|主要是|主要系|因(?![公人地时素])|受(?![助益理奖训资教检援聘灾贷邀])"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one 比上年…增加…,增长… says: the figures themselves, None where they are not stated.

    `is_sure` says that `now` can be no other figure.
    """

    now: Said
    base: Said | None
    amount: Said | None
    rate: Said | None
    is_sure: bool

    @property
    def sign(self) -> int:
        """1 where the words say more, -1 where they say less."""
        return (self.amount or self.rate or self.now).sign


def groups(sentence: Sentence) -> Iterator[list[Said]]:
    """The amount and the rate of one change, in either order; reasons are no comparison."""
    figures = sentence.figures
    at = 0
    while at < len(figures):
        one = figures[at]
        if one.way not in (Way.AMOUNT, Way.CHANGE_RATE):
            at += 1
            continue
        group = [one]
        if at + 1 < len(figures):
            other = figures[at + 1]
            ways = {one.way, other.way}
            is_again = one.way is Way.CHANGE_RATE and bool(_AGAIN.fullmatch(other.gap))
            is_alike = _LIKE.search(one.gap) is not None and bool(_SO.fullmatch(other.gap))
            is_near = (
                is_again
                or is_alike
                or (len(other.gap) <= SHORT and "比" not in other.gap and "较" not in other.gap)
            )
            if ways == {Way.AMOUNT, Way.CHANGE_RATE} and is_near and not begins_another(other.gap):
                group.append(other)
        if not _is_in_reason(sentence, one):
            yield group
        at += len(group)


def begins_another(gap: str) -> bool:
    """Whether another matter begins in the words before a change."""
    return ";" in gap and not _GOES_ON.fullmatch(gap)


def _is_in_reason(sentence: Sentence, one: Said) -> bool:
    """Whether a reason is given between the last ; and this figure."""
    before = sentence.text[: one.start].rpartition(";")[2]
    return _NOT_SAME.search(before) is not None
