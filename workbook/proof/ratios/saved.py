"""What is saved of a budget and what an audit cuts, and their rates, against both figures.

`采购预算9370.05万元,合同金额8774.25万元,节约资金595.80万元,节约率6.36%`.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate, takewhile
from typing import Final, NamedTuple

from workbook.proof.arithmetic import SHIFTS, Fit, fit, rounded_to, term
from workbook.proof.corrected import Change, likely, shown, told
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.percentages import is_rate_slip, percent, rate_fit
from workbook.proof.ratios.rates import COMPLETION
from workbook.proof.tables.grand import BALANCE
from workbook.stated.clauses import Said, Sentence

_SAVED: Final = (  # the words of what is left over, of what was due, of what was done
    (
        r"节约|节省|节支|节资", r"预算|控制价|限价|概算|估算",
        r"合同|中标|成交|采购|签约|结算|实际|支出",
    ),
    (r"审减|核减", r"送审|报审|申报|概算", r"审定|核定|审核|批复"),
    (r"空编|缺编|空缺", r"编制", r"在职|实有|在编|在岗"),
    (
        r"(?:资金)?缺口|差额|尚缺|还缺", r"需求?|应(?:当|付|缴|配)|总投资",
        r"安排|到位|落实|筹集|筹措|争取|解决|实有|配备",
    ),
    (r"未到位|尚未到位", r"预算|计划|应到位|总投资|下达|安排", r"到位"),
)  # fmt: skip
_TAIL: Final = r"(?:了|财政|建设|采购|政府)*(?:资金|金额|支出|投资|经费|额)*(?:为|达|共)?"
_RATE_TAIL: Final = r"(?:资金)?率?(?:为|达到?)?"
_HEAD: Final = r"(?:共|累计|合计|共计|综合|平均|净|资金|预算)*"


class _Kind(NamedTuple):
    """One way to save, by the words before its figures."""

    amount: re.Pattern[str]
    rate: re.Pattern[str]
    due: re.Pattern[str]
    done: re.Pattern[str]


_KINDS: Final = tuple(
    _Kind(
        re.compile(rf"{_HEAD}(?:{saved}){_TAIL}"), re.compile(rf"{_HEAD}(?:{saved}){_RATE_TAIL}"),
        re.compile(due), re.compile(done),
    )
    for saved, due, done in _SAVED
)  # fmt: skip
_BOTH: Final = 2
_COMPARED: Final = re.compile(
    r"[比较]|上年|去年|同期|累计|年初(?!安排|预算|部门预算|批复|下达)|其中|占"
)
_ANY: Final = re.compile("|".join(saved for saved, _, _ in _SAVED))


def saved(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """Each amount that was saved or cut, and each rate of it, by rule."""
    if not _ANY.search(statement.folded.text):
        return
    for sentence in statement.sentences:
        spot = Spot(sentence, statement)
        for kind in _KINDS:
            for at, one in enumerate(sentence.figures):
                pair = _pair(kind, sentence, at) if one.is_exact else None
                if pair is None:
                    continue
                due, done = pair
                if (
                    one.unit != "%"
                    and _kind(one) == _kind(due)
                    and kind.amount.fullmatch(one.clause)
                ):
                    yield BALANCE, left_over(one, due, done, spot)
                elif one.unit == "%" and kind.rate.fullmatch(one.clause):
                    is_own = any(
                        kind.amount.fullmatch(x.clause) and _is_rate_of(one, x, due)
                        for x in sentence.figures
                    )  # 节约8万元,节约率8%,预留2万元
                    yield COMPLETION, None if is_own else _rate(one, due, done, spot)


def _pair(kind: _Kind, sentence: Sentence, at: int) -> tuple[Said, Said] | None:
    """What was due and what was done, one right behind the other, up to the last ; before."""
    own = sentence.figures[at]
    start = sentence.text.rfind(";", 0, own.start)
    known = [
        one for one in sentence.figures[:at]
        if one.start > start and _kind(one) == _kind(own) and one.is_exact and not one.depth
        and not (kind.amount.fullmatch(one.clause) or _COMPARED.search(one.clause))
    ]  # fmt: skip
    if len(known) != _BOTH:
        return None
    due, done = known
    is_pair = kind.due.search(due.clause) and not kind.due.search(done.clause)
    return (due, done) if is_pair and kind.done.search(done.clause) and due.value else None


def _kind(one: Said) -> str:
    """What is compared: posts with people, a rate with amounts."""
    return "人" if one.unit == "名" else "元" if one.unit == "%" else one.kind


def left_over(one: Said, due: Said, done: Said, spot: Spot) -> Slip | None:
    """What is said to be left against what was due and what was done."""
    left = due.amount - done.amount
    behind = _behind(one, spot.sentence)
    if left in accumulate((x.amount for x in behind), initial=one.amount):
        return None  # 编制50名,实有45名,空编3名,借调2名
    how = fit(abs(one.amount), left, one.half + due.half + done.half)
    if how is Fit.EXACT:
        return None
    tried = [
        _change(one, left), _change(due, done.amount + one.amount),
        _change(done, due.amount - one.amount),
    ]  # fmt: skip
    changes = [change for change in tried if change.due >= 0]
    is_slip = left < 0 or any(change.is_likely for change in changes)
    is_all = not behind or (left < one.amount and not any("超" in x.clause for x in behind))
    severity = Severity.ERROR if how is Fit.OFF and is_slip and is_all else Severity.HINT
    arithmetic = f"{due} - {done} = {shown(left / term(one).factor, one)}"
    what = told(likely(changes), "有一个数写错")
    words = Words(f"{one.clause[-16:]}{one}", what, arithmetic)
    return spot.slip(BALANCE, severity, (due, done, one), words)


def _behind(one: Said, sentence: Sentence) -> list[Said]:
    """The figures right behind one, of the same kind: what is left may be of all of them."""
    rest = sentence.figures[sentence.figures.index(one) + 1 :]
    return list(takewhile(lambda x: _kind(x) == _kind(one), (x for x in rest if x.unit != "%")))


def _change(one: Said, amount: Decimal) -> Change:
    due = amount / term(one).factor
    return Change(one, due, f"{one.clause[-12:]}{shown(due, one)}")


def _is_rate_of(rate: Said, part: Said, whole: Said) -> bool:
    halves = part.half, whole.half
    is_of_kind = part.unit != "%" and _kind(part) == _kind(whole)
    return is_of_kind and rate_fit(term(rate), part.amount, whole.amount, halves) is Fit.EXACT


def _rate(one: Said, due: Said, done: Said, spot: Spot) -> Slip | None:
    left, half = due.amount - done.amount, due.half + done.half
    how = rate_fit(term(one), left, due.amount, (half, due.half))
    if how is Fit.EXACT:
        return None
    ratio = rounded_to(percent(left, due.amount), max(one.decimals, 2))
    is_error = how is Fit.OFF and (left < 0 or _is_slip(one, due, done))
    severity = Severity.ERROR if is_error else Severity.HINT
    arithmetic = f"({due} - {done}) ÷ {due} = {ratio}%"
    words = Words(f"{one.clause[-16:]}{one}", f"{ratio}%", arithmetic)
    return spot.slip(COMPLETION, severity, (due, done, one), words)


def _is_slip(rate: Said, due: Said, done: Said) -> bool:
    """Whether one slip in a rate or in its two figures keeps them apart."""
    whole, part, rest = term(due), term(done), term(rate)
    if is_rate_slip(rest, whole._replace(value=whole.value - part.amount / whole.factor), whole):
        return True
    if is_rate_slip(rest._replace(value=100 - rest.value), part, whole):
        return True
    halves = (whole.half + part.half, whole.half)
    return any(
        rate_fit(rest, due.amount * by - done.amount, due.amount * by, halves) is Fit.EXACT
        or rate_fit(rest, due.amount - done.amount * by, due.amount, halves) is Fit.EXACT
        for by in SHIFTS
    )
