"""What is left of the year: 收入62,350万元,支出54,180万元,当年收支结余8,170万元."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from workbook.proof.accounts.balances import (
    IN,
    OPENING,
    OTHER,
    OUT,
    added,
    changes_of,
    is_slip_in,
    off_balance,
)
from workbook.proof.arithmetic import Fit, fit
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.tables.grand import BALANCE
from workbook.stated.clauses import Said, Sentence, Way

_SURPLUS: Final = re.compile(
    r"(?:(?:(?:19|20)\d\d年度?|全年|当年|本年|当期|年度)(?:收支)?|收支)(?:结余|盈余)(?:额)?(?:为)?"
)
_REST: Final = re.compile(
    r"^(?:项目|专项)?(?:资金)?(?:结余|剩余|尚未(?:支出|使用))(?:资金|金额|指标)?(?:为)?$|"
    r"^结转(?:下年(?:使用)?)?(?:资金|金额)(?:为)?$|"
    r"^(?:(?:19|20)\d\d)?(?:年末|期末|年终)(?:财政拨款)?(?:结转(?:[和与及]?结余)?|结余)(?:资金)?(?:为)?$"
)
_ALL_IN: Final = re.compile(
    r"收入(?:预算数?|完成|共计|合计)?(?:为)?$|^(?:全年|调整后)预算数?(?:为)?$|资金到位$|"
    r"^(?:项目|专项|部门)?预算(?:数|资金|金额|总额|安排)*(?:为|共)?$"
)
_BUDGETS: Final = re.compile(
    r"预算(?:数|资金|金额|总额|安排)*(?:为|共)?$|资金到位$|(?:安排|下达|到位)[^\d,;]{0,12}资金(?:共)?$"
)
_SPENT: Final = re.compile(
    r"(?:^|年|部门|单位|我[局委办镇校]|已经?)(?:总|本年|全年|实际|累计)*支出(?:合计|总计|总额)?(?:为|共)?$|已?支付(?:资金|[^\d,;]{1,6}款)?$"
)
_FULL: Final = re.compile(r"全年|调整|总额|到位")
_NEAR: Final = 8  # paragraphs before a rest that may state its budget
_ALL_OUT: Final = re.compile(
    r"支出(?:预算数?|完成|共计|合计)?(?:为)?$|(?:总费用|费用总额|费用合计|总成本|成本费用总额)(?:为)?$|已?支付(?:资金)?$"
)
_WHOSE: Final = re.compile(  # what is left are a year and the name of a fund
    r"(?:总?收入|总?支出|预算|决算|支付|费用|成本|到位).*$|全年|本年|当年|实际|累计|总|[共为]|完成"
)
_NEXT: Final = re.compile(r"^,?(?:含|包括)|^[^,;。\d]{0,12}[、和及]\d")


def surpluses(statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """收入62,350万元,支出54,180万元,当年收支结余8,170万元: the last of each before it.

    Where its own paragraph states only one of the two or none, the whole income and spending of
    its section count, and the budgets of the paragraphs before.
    """
    topic, section, near, document = "", _Flow(), _Flow(), _Flow()
    for at, statement in enumerate(statements):
        if statement.topic != topic:
            topic, section = statement.topic, _Flow()
        own, near = _Flow(), near.since(at - _NEAR)
        for sentence in statement.sentences:
            spot = Spot(sentence, statement)
            for one in _wholes(sentence):
                if not (_SURPLUS.fullmatch(one.clause) or _REST.search(one.clause)):
                    own.take(one, (_ALL_IN, _ALL_OUT), at)
                    section.take(one, (IN, OUT), at)
                    document.take(one, (IN, OUT), at)
                    near.take(one, (_BUDGETS, _SPENT), at)
                elif not _NEXT.search(sentence.text[one.end :]):
                    is_open = bool(OTHER.search(statement.folded.text))
                    whole = section if section.is_full else document.if_one()
                    yield from _surplus(one, (own, whole, near), spot, is_open=is_open)


def _wholes(sentence: Sentence) -> Iterator[Said]:
    """The amounts of a sentence that no 其中 makes parts of others."""
    is_part = False
    for one in sentence.figures:
        is_part = ("其中" in one.gap or is_part) and ";" not in one.gap
        is_value = one.way is Way.VALUE and one.kind == "元" and one.is_exact
        if is_value and not (is_part or one.depth):
            yield one


@dataclass(slots=True)
class _Flow:
    """What came, what went and what was there before, each with the paragraph's number."""

    came: list[tuple[int, Said]] = field(default_factory=list)
    went: list[tuple[int, Said]] = field(default_factory=list)
    opening: list[tuple[int, Said]] = field(default_factory=list)

    def take(self, one: Said, ways: tuple[re.Pattern[str], re.Pattern[str]], at: int) -> None:
        """Note a figure by the words before it; `ways` are those of what came and of what went."""
        for pattern, place in zip(
            (OPENING, *ways), (self.opening, self.came, self.went), strict=True
        ):
            if pattern.search(one.clause):
                place.append((at, one))
                return

    @property
    def is_full(self) -> bool:
        """Whether both what came and what went are stated."""
        return bool(self.came and self.went)

    def if_one(self) -> "_Flow":
        """The whole where it has one amount of each, so that none is of other funds."""
        is_one = all(len({one.amount for _, one in held}) == 1 for held in (self.came, self.went))
        return self if is_one else _Flow()

    def since(self, first: int) -> "_Flow":
        """What was noted in the paragraphs from `first` on."""
        lists = (self.came, self.went, self.opening)
        return _Flow(*([one for one in held if one[0] >= first] for held in lists))


def _surplus(
    left: Said, flows: tuple[_Flow, _Flow, _Flow], spot: Spot, *, is_open: bool
) -> Iterator[Slip | None]:
    """What is left against its own paragraph, else its section, else the budgets before.

    With something there before, or with another use of it, only what ties is told.
    """
    came, went, opening = _chosen(left, flows)
    if not came or not went or not _is_of_one(came[-1], went[-1]):
        return
    if len({one.amount for _, one in flows[0].went}) > 1:  # 支出50万元,上解支出2万元
        return
    ways = [[one] for one in came] + [[one, was] for one in came for was in opening]
    if any(slip is None for way in ways for slip in _left((left, way, went), spot)):
        yield None
        return
    full = [one for one in came if _FULL.search(one.clause)] or came
    if len({one.amount for one in full}) == 1 and not (is_open or opening):
        yield from _left((left, full[:1], went), spot)


def _is_of_one(came: Said, went: Said) -> bool:
    """Whether income and spending are of one year and one fund, as far as their words say."""
    words = [_WHOSE.sub("", one.clause) for one in (came, went)]
    return not all(words) or words[0] == words[1]


def _chosen(
    left: Said, flows: tuple[_Flow, _Flow, _Flow]
) -> tuple[list[Said], list[Said], list[Said]]:
    """What may have come, the one figure of what went, and what was there before."""
    own, section, near = flows
    is_whole = bool(_SURPLUS.fullmatch(left.clause))
    wholes = [one for one in own.went if _SPENT.search(one[1].clause)] or own.went
    if own.came and own.went:
        came, went, opening = own.came[-1:], own.went[-1:], own.opening
    elif is_whole:
        came, went, opening = section.came[-1:], section.went[-1:], section.opening
    else:
        came, went, opening = near.came, wholes[-1:] or near.went[-1:], near.opening
    return [one for _, one in came], [one for _, one in went], [one for _, one in opening]


def _is_loss(left: Said, due: Decimal, slack: Decimal) -> bool:
    """Whether what is told as left was spent beyond what came: 收入9万元,支出12万元,结余3万元."""
    return due < 0 < left.amount and fit(left.amount, -due, slack) is not Fit.OFF


def _loss(account: tuple[Said, Sequence[Said], Sequence[Said]], spot: Spot) -> Slip:
    """More went than came, by what is told as left."""
    left, plus, minus = account
    words = " + ".join(map(str, plus)) + "".join(f" - {one}" for one in minus)
    due = Words(f"{left.clause[-16:]}{left}", f"超支{left}", f"{words} = -{left}")
    return spot.slip(BALANCE, Severity.ERROR, (*plus, *minus, left), due)


def _left(
    account: tuple[Said, Sequence[Said], Sequence[Said]], spot: Spot
) -> Iterator[Slip | None]:
    left, plus, minus = account
    slack = sum((one.half for one in (left, *plus, *minus)), Decimal(0))
    if fit(left.amount, added(plus) - added(minus), slack) is not Fit.OFF:
        yield None
        return
    if _is_loss(left, added(plus) - added(minus), slack):
        yield _loss(account, spot)
    elif is_slip_in(changes_of(left, plus, minus)):
        yield off_balance(account, spot)
