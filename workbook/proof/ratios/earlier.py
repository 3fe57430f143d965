"""Completion whose budget stands in a paragraph before: 实际支出95万元,预算执行率95%."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from workbook.proof.arithmetic import Fit, term
from workbook.proof.model import Slip, Spot, Statement
from workbook.proof.percentages import is_share_slip
from workbook.proof.ratios.rates import COMPLETION, fits, off
from workbook.proof.ratios.saved import left_over
from workbook.stated.clauses import Said, Way


class _Way(NamedTuple):
    """The words of a rate, of what was done, of what it is held against."""

    rate: re.Pattern[str]
    done: re.Pattern[str]
    due: re.Pattern[str]
    left: re.Pattern[str] | None = None


_WAYS: Final = (
    _Way(
        re.compile(
            r"^(?:预算|总体|资金)?(?:执行率|完成率|支出率|支出进度|使用率)(?:为|达到?)?$"
        ),
        re.compile(
            r"(?:^|年|部门|单位|项目|我[局委办镇校]|已经?)(?:总|本年|全年|实际|累计)?支出(?:合计|总计|总额)?(?:资金)?(?:为|共)?$"
        ),
        re.compile(
            r"(?:^|年|[本我][局委办镇校馆院所站]|单位)(?:部门|项目|收入|调整后的?|全年|年初)*预算(?:数|资金|金额|总额|安排)*(?:为|共|至|到)?$|"
            r"资金到位$|(?:安排|下达)[^\d,;]{0,12}资金(?:共)?$"
        ),
    ),
    _Way(
        re.compile(r"^(?:项目|预算)?(?:资金)?到位率(?:为|达到?)?$"),
        re.compile(r"到位(?:资金|金额)?(?:共|为)?$"),
        re.compile(
            r"(?:预算|计划|项目)总?(?:投资|资金|总额|金额)(?:为|共)?$|总投资(?:为|共)?$|"
            r"(?:^|年)(?:年初|全年|项目)*预算(?:数|为|安排)?$|(?:计划|应)到位[^\d,;]{0,4}$"
        ),
        re.compile(r"(?:尚有|尚|仍)?未到位(?:资金)?(?:为)?"),
    ),
)  # fmt: skip
_FULL: Final = re.compile(r"全年|调整|总额|到位")
_NEAR: Final = 8  # paragraphs before the rate


def earlier_budgets(statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """Each rate of a sentence that states all spending and no budget, which one before states.

    An error only where one budget alone may be meant and one slip of the hand explains it.
    """
    for way in _WAYS:
        yield from _by(way, statements)


def _by(way: _Way, statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """The rates of one kind."""
    known: list[tuple[int, Said]] = []
    for at, statement in enumerate(statements):
        for sentence in statement.sentences:
            done: list[Said] = []
            for one in sentence.figures:
                is_value = one.way is Way.VALUE and one.is_exact and one.kind == "元"
                if is_value and not one.depth and way.due.search(one.clause):
                    known.append((at, one))
                    done = []
                elif (
                    is_value
                    and not one.depth
                    and way.done.search(one.clause)
                    and "未" not in one.clause
                ):
                    done = [one]
                elif done and one.unit == "%" and one.is_exact and way.rate.fullmatch(one.clause):
                    near = [said for number, said in known if number >= at - _NEAR]
                    if not any(said in sentence.figures for said in near):
                        yield from _judged(one, done[0], near, Spot(sentence, statement))
                    done = done if way.left else []
                elif done and is_value and way.left and way.left.fullmatch(one.clause):
                    near = [said for number, said in known if number >= at - _NEAR]
                    if len({said.amount for said in near}) == 1 and one not in near:
                        yield left_over(one, near[0], done[0], Spot(sentence, statement))


def _judged(rate: Said, done: Said, near: Sequence[Said], spot: Spot) -> Iterator[Slip | None]:
    budgets = [one for one in near if one.value]
    if any(fits(rate, done, one) is Fit.EXACT for one in budgets):
        yield None
        return
    full = [one for one in budgets if _FULL.search(one.clause)] or budgets
    if len({one.amount for one in full}) == 1 and is_share_slip(
        term(rate), term(done), term(full[-1])
    ):
        yield off(COMPLETION, rate, (done, full[-1]), spot)
