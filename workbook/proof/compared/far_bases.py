"""Changes from what another paragraph states, and from two bases that are one.

`政府性基金收入安排90,600万元,比上年执行数增加4,300万元,增长4.98%` where an earlier paragraph has
`政府性基金收入完成86,300万元`; `余额418.20亿元,比年初增加39.65亿元,比上年末378.55亿元增长10.47%`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from workbook.proof.arithmetic import Fit, fit, slipped, term
from workbook.proof.compared.changes import CHANGE, DIRECTION
from workbook.proof.compared.comparison import groups
from workbook.proof.corrected import Change, likely, shown, told
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.percentages import is_rate_slip, percent, rate_fit
from workbook.stated.clauses import Said, Way

_YEAR: Final = re.compile(r"((?:19|20)\d\d)年")
_ON_DONE: Final = re.compile(
    r"[比较](?P<year>上年|去年|(?:19|20)\d\d年)度?(?:预计|预算)?(?:执行|完成|决算|实际)(?:数|额)?(?:相比)?,?(?:增|减|下|上|降)"
)
_FILLERS: Final = re.compile(
    r"(?:19|20)\d\d年(?:度|末|底)?|全[市县区省州国镇]|上年|去年|本[市县区]|预算|安排|执行数?|完成|决算数?|预计|总(?=收入|支出)|实现|"
    r"数|为|共|达到?|计划|目标"
)
_DONE: Final = re.compile(r"完成|决算|执行|实现|总收入|总支出|(?:收入|支出)$")
_PLANNED: Final = re.compile(r"预算|安排|计划|目标|预计|调整")
_OTHERWISE: Final = re.compile(r"剔除|扣除|同口径|可比|不含|一次性")  # of another base
_SHORTEST: Final = 4  # letters of a name that is hardly another's
_START: Final = re.compile(r"[比较]年初(?:数|余额)?(?:相比)?(?:增|减|上|下)")
_END: Final = re.compile(r",[比较]上年(?:末|底)")


class _Known(NamedTuple):
    """A figure of an earlier paragraph: its bare name, its year where it is named."""

    name: str
    year: str
    said: Said


def far_bases(statements: Sequence[Statement]) -> Iterator[tuple[str, Slip | None]]:
    """Each change from last year's outturn whose figure an earlier paragraph states."""
    known: list[_Known] = []
    for statement in (one for one in statements if not one.is_cell):
        for sentence in statement.sentences:
            spot = Spot(sentence, statement)
            if _OTHERWISE.search(sentence.text):
                continue
            yield from _of_both(spot)
            for group in groups(sentence):
                yield from _held(group, known, spot)
        for sentence in statement.sentences:
            known += filter(None, map(_known, sentence.figures))


def _known(one: Said) -> _Known | None:
    is_plain = one.way is Way.VALUE and one.is_exact and not one.depth and one.kind == "元"
    name = _FILLERS.sub("", one.clause)
    if not is_plain or len(name) < _SHORTEST or not _DONE.search(one.clause):
        return None
    if _PLANNED.search(one.clause.replace("公共预算", "").replace("预算收", "")):
        return None
    year = _YEAR.search(one.clause)
    return _Known(name, year[1] if year else "", one)


def _held(
    group: Sequence[Said], known: Sequence[_Known], spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    first = group[0]
    on = _ON_DONE.match(first.gap.lstrip(",;"))
    before = [one for one in spot.sentence.figures if one.start < first.start]
    now = before[-1] if before else None
    if on is None or now is None or now.way is not Way.VALUE or not now.is_exact:
        return
    if first.gap[:1] != "," or not all(one.is_exact for one in group):
        return
    name, own = _FILLERS.sub("", now.clause), _YEAR.search(now.clause)
    year = on["year"].rstrip("年")
    due = year if year.isdigit() else str(int(own[1]) - 1) if own else ""
    bases = [
        one for one in known
        if one.name == name and one.said.kind == now.kind and one.year in ("", due)
    ]  # fmt: skip
    if len(name) < _SHORTEST or len({one.said.amount for one in bases}) != 1:
        return
    yield from _judged(now, bases[0].said, group, spot)


def _judged(
    now: Said, base: Said, group: Sequence[Said], spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    """The direction, the amount and the rate against the figure of another paragraph."""
    real = now.amount - base.amount
    says = ",".join(f"{one.clause[-16:]}{one}" for one in group)
    arithmetic = f"{now} - {base} = {shown(real / term(now).factor, now)}"
    sign = (real > 0) - (real < 0)
    ways = [_fits(one, now, base) for one in group]
    if all(ways) and all(one.sign == sign for one in group):
        yield CHANGE, None
    elif all(ways) and base.value:
        words = Words(says, "增加" if sign > 0 else "减少", arithmetic)
        yield DIRECTION, spot.slip(DIRECTION, Severity.ERROR, (now, base, *group), words)
    elif base.value and (changes := _changes(now, base, group)):
        words = Words(says, told(changes, "其中一个数写错"), arithmetic)
        yield CHANGE, spot.slip(CHANGE, Severity.ERROR, (now, base, *group), words)


def _fits(one: Said, now: Said, base: Said) -> bool:
    real = abs(now.amount - base.amount)
    if one.way is Way.AMOUNT:
        return fit(abs(one.amount), real, one.half + now.half + base.half) is not Fit.OFF
    shown_rate = term(one)._replace(value=abs(one.value))
    halves = (now.half + base.half, base.half)
    return bool(base.value) and rate_fit(shown_rate, real, base.amount, halves) is not Fit.OFF


def _changes(now: Said, base: Said, group: Sequence[Said]) -> Sequence[Change]:
    """The one figure of a change that a slip of the hand keeps from both figures; else none."""
    real = abs(now.amount - base.amount)
    sign = group[0].sign
    made: list[Change] = []
    for one in group:
        if one.way is Way.AMOUNT and slipped(term(one), real):
            due = real / term(one).factor
            made.append(Change(one, due, f"{'增加' if sign > 0 else '减少'}{shown(due, one)}"))
        elif one.way is Way.CHANGE_RATE:
            whole = term(now)._replace(value=real / term(now).factor)
            if is_rate_slip(term(one), whole, term(base)):
                due = percent(real, base.amount).quantize(one.value if one.decimals else real)
                made.append(Change(one, due, f"{'增长' if sign > 0 else '下降'}{due:.2f}%"))
    amounts = [one for one in group if one.way is Way.AMOUNT]
    if amounts:
        due = base.amount + sign * amounts[0].amount
        if slipped(term(now), due):
            made.append(
                Change(
                    now,
                    due / term(now).factor,
                    f"{now.clause[-16:]}{shown(due / term(now).factor, now)}",
                )
            )
    return likely(made) if any(not _fits(one, now, base) for one in group) else []


def _of_both(spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """比年初增加39.65亿元,比上年末378.55亿元增长10.47%: one base, of which both speak."""
    figures = spot.sentence.figures
    for now, amount, base, rate in zip(
        figures, figures[1:], figures[2:], figures[3:], strict=False
    ):
        is_amount = amount.way is Way.AMOUNT and bool(_START.match(amount.gap.lstrip(",")))
        is_base = base.way is Way.VALUE and bool(_END.match(base.gap))
        is_plain = all(one.is_exact and not one.depth for one in (now, amount, base, rate))
        if not (is_amount and is_base and is_plain and now.way is Way.VALUE):
            continue
        if rate.way is Way.CHANGE_RATE and now.kind == amount.kind == base.kind:
            ones = [replace(amount)]
            yield from _judged(now, base, ones, spot)
