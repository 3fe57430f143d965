"""An amount and a rate of change against their base alone: 比上年的20万元减少2万元,下降10%."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workbook.proof.arithmetic import Fit, rounded_to, term
from workbook.proof.compared.stated_bases import stated_base
from workbook.proof.corrected import Change, likely, shown, told
from workbook.proof.model import Severity, Slip, Spot, Words
from workbook.proof.percentages import percent, rate_fit
from workbook.stated.clauses import Said, Way

_OTHERWISE: Final = re.compile(r"同口径|剔除|扣除|可比|不含")  # the rate is of another base
_GROWN: Final = {1: ("增加", "增长"), -1: ("减少", "下降")}


def rate_of_base(group: Sequence[Said], spot: Spot, rule: str) -> Iterator[tuple[str, Slip | None]]:
    """What a change says of its stated base where no figure is certain to be what has changed."""
    amount, rate = (
        next((one for one in group if one.way is way and one.is_exact), None)
        for way in (Way.AMOUNT, Way.CHANGE_RATE)
    )
    if amount is None or rate is None or not (amount.value and rate.value):
        return
    if _OTHERWISE.search(spot.sentence.text[amount.end : rate.start]):
        return
    before = [
        one for one in spot.sentence.figures
        if one.start < group[0].start and one.way is Way.VALUE and one.depth <= amount.depth
        and one.kind == amount.kind and one.is_exact
    ]  # fmt: skip
    base = stated_base(before, group[0], spot.sentence) if before else None
    if base is None or not base.value:
        return
    shown_rate = term(rate)._replace(value=abs(rate.value))
    how = rate_fit(shown_rate, abs(amount.amount), base.amount, (amount.half, base.half))
    if how is Fit.EXACT:
        yield rule, None
        return
    severity = Severity.HINT if how is Fit.ROUNDED else Severity.ERROR
    yield rule, _told((base, amount, rate), severity, spot, rule)


def _told(ones: tuple[Said, Said, Said], severity: Severity, spot: Spot, rule: str) -> Slip:
    base, amount, rate = ones
    more, grown = _GROWN[amount.sign]
    due = rounded_to(percent(abs(amount.amount), base.amount), max(rate.decimals, 2))
    by_rate = base.amount * abs(rate.value) / 100 / term(amount).factor
    changed = rounded_to(by_rate, amount.decimals)
    whole = abs(amount.amount) * 100 / abs(rate.value) / term(base).factor
    was = rounded_to(whole, base.decimals)
    changes = likely(
        [
            Change(rate, rounded_to(due, rate.decimals), f"{grown}{due}%"),
            Change(amount, changed, f"{more}{shown(changed, amount)}"),
            Change(base, was, f"{base.clause[-8:]}{shown(was, base)}"),
        ]
    )
    words = Words(
        f"{amount.clause[-16:]}{amount},{rate.clause}{rate}", told(changes, "其中一个数写错"),
        f"{amount} ÷ {base} = {due}%",
    )  # fmt: skip
    return spot.slip(rule, severity, ones, words)
