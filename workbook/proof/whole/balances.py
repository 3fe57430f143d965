"""Balances told in sentences: what was there, what came in, what went out, and what is left."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import Fit, fit, slipped, term
from workbook.proof.corrected import Change, likely, shown, told
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.tables.totals import BALANCE
from workbook.stated.clauses import Said, Sentence, Way

_OPENING: Final = re.compile(
    r"(?:年初|上年|上年末)(?:财政拨款)?(?:结转|结余)(?:[和与及]?结余|资金|收入)?(?:为|有)?$"
)
_LEFT: Final = re.compile(
    r"(?:年末|年终|年底|期末)(?:财政拨款)?(?:累计)?(?:结转|结余)(?:[和与及]?结余|资金)?(?:为|有)?$|结转下年(?:使用)?(?:为)?$"
)
_IN: Final = re.compile(r"(?:收入(?:合计|总计)|总收入|本年收入|全年收入)(?:合计)?(?:为|共)?$")
_OUT: Final = re.compile(r"(?:支出(?:合计|总计)|总支出|本年支出|全年支出)(?:合计)?(?:为|共)?$")
_CAME: Final = re.compile(r"收入(?:为|完成)?$|补助(?:收入)?$|调入.{0,10}$")
_WENT: Final = re.compile(r"支出(?:为|完成)?$|上解.{0,4}$|还本.{0,4}$|调出.{0,6}$")
_OFFSET: Final = re.compile(r"收支(?:相抵|轧差|品迭|相减)")
_SURPLUS: Final = re.compile(
    r"(?:(?:(?:19|20)\d\d年度?|全年|当年|本年|当期|年度)(?:收支)?|收支)(?:结余|盈余)(?:额)?(?:为)?"
)
_REST: Final = re.compile(
    r"^(?:项目|专项)?(?:资金)?(?:结余|剩余|尚未(?:支出|使用))(?:资金|金额|指标)?(?:为)?$|"
    r"^(?:(?:19|20)\d\d)?(?:年末|期末|年终)(?:财政拨款)?(?:结转(?:[和与及]?结余)?|结余)(?:资金)?(?:为)?$"
)
_ALL_IN: Final = re.compile(
    r"收入(?:完成|共计|合计)?(?:为)?$|^(?:全年|调整后)预算数?(?:为)?$|资金到位$|"
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
_ALL_OUT: Final = re.compile(r"支出(?:完成|共计|合计)?(?:为)?$|已?支付(?:资金)?$")
_NEXT: Final = re.compile(r"^,?(?:含|包括)|^[^,;。\d]{0,12}[、和及]\d")
_OTHER: Final = re.compile(
    r"结余分配|分配|缴回|收回|弥补|基金(?!收入|支出|预算|拨款|补助)|累计余额"
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
            (_OPENING, self.opening), (_IN, self.total_in), (_OUT, self.total_out),
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
            account.has_other |= bool(_OTHER.search(sentence.text))
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
        due = _added(plus) - _added(minus)
        slack = sum((one.half for one in (left, *plus, *minus)), Decimal(0))
        if fit(left.amount, due, slack) is not Fit.OFF:
            yield None
            return
    if account.has_other and not account.is_offset:
        return
    slips = [way for way in ways if _is_slip(_changes(left, *way))]
    for plus, minus in slips[:1] or (ways[:1] if account.is_offset else ()):
        yield _told((left, plus, minus), spot)


def _is_slip(changes: Sequence[Change]) -> bool:
    return any(slipped(term(one.said), one.due * term(one.said).factor) for one in changes)


def _told(account: tuple[Said, Sequence[Said], Sequence[Said]], spot: Spot) -> Slip:
    """What is left, what came and what went, which do not agree."""
    left, plus, minus = account
    due = _added(plus) - _added(minus)
    words = " + ".join(map(str, plus)) + "".join(f" - {one}" for one in minus)
    arithmetic = f"{words} = {shown(due / term(left).factor, left)}"
    what = told(_changes(left, plus, minus), "有一个数写错")
    told_words = Words(f"{left.clause[-16:]}{left}", what, arithmetic)
    return spot.slip(BALANCE, Severity.ERROR, (*plus, *minus, left), told_words)


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
                    section.take(one, (_IN, _OUT), at)
                    document.take(one, (_IN, _OUT), at)
                    near.take(one, (_BUDGETS, _SPENT), at)
                elif not _NEXT.search(sentence.text[one.end :]):
                    is_open = bool(_OTHER.search(statement.folded.text))
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
            (_OPENING, *ways), (self.opening, self.came, self.went), strict=True
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
    if not came or not went:
        return
    ways = [[one] for one in came] + [[one, was] for one in came for was in opening]
    if any(slip is None for way in ways for slip in _left((left, way, went), spot)):
        yield None
        return
    full = [one for one in came if _FULL.search(one.clause)] or came
    if len({one.amount for one in full}) == 1 and not (is_open or opening):
        yield from _left((left, full[:1], went), spot)


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


def _left(
    account: tuple[Said, Sequence[Said], Sequence[Said]], spot: Spot
) -> Iterator[Slip | None]:
    left, plus, minus = account
    slack = sum((one.half for one in (left, *plus, *minus)), Decimal(0))
    if fit(left.amount, _added(plus) - _added(minus), slack) is not Fit.OFF:
        yield None
    elif _is_slip(_changes(left, plus, minus)):
        yield _told(account, spot)


def _added(figures: Sequence[Said]) -> Decimal:
    return sum((one.amount for one in figures), Decimal(0))


def _changes(left: Said, plus: Sequence[Said], minus: Sequence[Said]) -> Sequence[Change]:
    """The figures of which one, written otherwise, makes the account balance."""
    due = _added(plus) - _added(minus)
    off = left.amount - due
    made = [_change(left, due)]
    made += [_change(one, one.amount + off) for one in plus]
    made += [_change(one, one.amount - off) for one in minus]
    return likely([one for one in made if one.due >= 0])


def _change(one: Said, amount: Decimal) -> Change:
    due = amount / term(one).factor
    return Change(one, due, f"{one.clause[-12:]}{shown(due, one)}")
