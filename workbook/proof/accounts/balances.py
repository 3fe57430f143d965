"""Balances told in sentences: what was there, what came in, what went out, and what is left."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import Fit, fit, slipped, term
from workbook.proof.corrected import Change, likely, shown, told
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.tables.grand import BALANCE
from workbook.stated.clauses import Said, Way

OPENING: Final = re.compile(
    r"(?:年初|上年|上年末)(?:财政拨款)?(?:结转|结余)(?:[和与及]?结余|资金|收入)?(?:为|有)?$"
)
_LEFT: Final = re.compile(
    r"(?:年末|年终|年底|期末)(?:财政拨款)?(?:累计)?(?:结转|结余)(?:[和与及]?结余|资金)?(?:为|有)?$|结转下年(?:使用)?(?:为)?$"
)
IN: Final = re.compile(r"(?:收入(?:合计|总计)|总收入|本年收入|全年收入)(?:合计)?(?:为|共)?$")
OUT: Final = re.compile(r"(?:支出(?:合计|总计)|总支出|本年支出|全年支出)(?:合计)?(?:为|共)?$")
_CAME: Final = re.compile(r"收入(?:为|完成)?$|补助(?:收入)?$|调入.{0,10}$")
_WENT: Final = re.compile(r"支出(?:为|完成)?$|上解.{0,4}$|还本.{0,4}$|调出.{0,6}$")
_OFFSET: Final = re.compile(r"收支(?:相抵|轧差|品迭|相减)")
OTHER: Final = re.compile(
    r"结余分配|分配|缴回|收回|弥补|(?<!保险)(?<!保险基)基金(?!收入|支出|预算|拨款|补助)|累计余额"
)


@dataclass(slots=True)
class _Account:
    """What one section has stated so far, by what it does to the balance.

    Of 年初结转10万元,本年收入合计200万元,本年支出合计195.49万元:
    opening 10, total in 200, total out 195.49
    """

    opening: list[Said] = field(default_factory=list)
    total_in: list[Said] = field(default_factory=list)
    total_out: list[Said] = field(default_factory=list)
    came: list[Said] = field(default_factory=list)
    went: list[Said] = field(default_factory=list)
    is_offset: bool = False
    has_other: bool = False

    def take(self, one: Said) -> None:
        """Note a figure by the words before it."""
        for pattern, place in (
            (OPENING, self.opening), (IN, self.total_in), (OUT, self.total_out),
            (_CAME, self.came), (_WENT, self.went),
        ):  # fmt: skip
            if pattern.search(one.clause):
                place.append(one)
                return

    def ways(self) -> Iterator[tuple[list[Said], list[Said]]]:
        """What may be added and what taken away to give what is left."""
        came, went = _full(self.total_in), _full(self.total_out)
        if len(came) == 1 and len(went) == 1 and len(self.opening) < 2:
            yield [*self.opening, *came], went
            if self.opening:  # 收入总计 holds it already
                yield came, went
        elif self.is_offset and not self.total_in and not self.total_out:
            yield [*self.opening, *self.came], self.went


def _full(totals: list[Said]) -> list[Said]:
    """收入合计 alone where 总收入 stands beside it, which holds less."""
    return [one for one in totals if re.search("合计|总计", one.clause)] or totals


def balances(statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """Each 年末结转 of a section that states what it is made of."""
    account, topic = _Account(), ""
    for statement in (one for one in statements if not one.is_cell):
        if statement.topic != topic:
            account, topic = _Account(), statement.topic
        for sentence in statement.sentences:
            account.is_offset |= bool(_OFFSET.search(sentence.text))
            account.has_other |= bool(OTHER.search(sentence.text))
            for one in sentence.figures:
                if one.way is not Way.VALUE or one.depth or one.kind != "元" or not one.is_exact:
                    continue
                if not _LEFT.search(one.clause):
                    account.take(one)
                    continue
                yield from _judged(one, account, Spot(sentence, statement))
                account = _Account()


def _judged(left: Said, account: _Account, spot: Spot) -> Iterator[Slip | None]:
    ways = [(plus, minus) for plus, minus in account.ways() if plus and minus]
    for plus, minus in ways:
        due = added(plus) - added(minus)
        slack = sum((one.half for one in (left, *plus, *minus)), Decimal(0))
        if fit(left.amount, due, slack) is not Fit.OFF:
            yield None
            return
    if account.has_other and not account.is_offset:
        return
    slips = [way for way in ways if is_slip_in(changes_of(left, *way))]
    for plus, minus in slips[:1] or (ways[:1] if account.is_offset else ()):
        yield off_balance((left, plus, minus), spot)


def is_slip_in(changes: Sequence[Change]) -> bool:
    """Whether one slip of the hand in one figure is what keeps the account from its balance."""
    return any(slipped(term(one.said), one.due * term(one.said).factor) for one in changes)


def off_balance(account: tuple[Said, Sequence[Said], Sequence[Said]], spot: Spot) -> Slip:
    """What is left, what came and what went, which do not agree."""
    left, plus, minus = account
    due = added(plus) - added(minus)
    words = " + ".join(map(str, plus)) + "".join(f" - {one}" for one in minus)
    arithmetic = f"{words} = {shown(due / term(left).factor, left)}"
    what = told(changes_of(left, plus, minus), "有一个数写错")
    told_words = Words(f"{left.clause[-16:]}{left}", what, arithmetic)
    return spot.slip(BALANCE, Severity.ERROR, (*plus, *minus, left), told_words)


def added(figures: Sequence[Said]) -> Decimal:
    """The sum of figures in the smallest unit."""
    return sum((one.amount for one in figures), Decimal(0))


def changes_of(left: Said, plus: Sequence[Said], minus: Sequence[Said]) -> Sequence[Change]:
    """The figures of which one, written otherwise, makes the account balance."""
    due = added(plus) - added(minus)
    off = left.amount - due
    made = [_change(left, due)]
    made += [_change(one, one.amount + off) for one in plus]
    made += [_change(one, one.amount - off) for one in minus]
    return likely([one for one in made if one.due >= 0])


def _change(one: Said, amount: Decimal) -> Change:
    due = amount / term(one).factor
    return Change(one, due, f"{one.clause[-12:]}{shown(due, one)}")
