"""Changes: the amount, the rate and the direction word against the two figures behind them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import Fit, fit, percent, rate_fit, rounded_to, term
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.stated.clauses import Said, Sentence, Way

CHANGE: Final = "change"
ZERO_BASE: Final = "zero-base"
DIRECTION: Final = "direction"
_BASE_WORDS: Final = re.compile(r"(?:比|较|与|同|相比|对比|由|从)")
_LAST: Final = re.compile(r"上年|去年|上一年|上期|同期|前年")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年)")
_BUDGET: Final = re.compile(r"预算|追加")
_SHORT: Final = 14  # letters between an amount and its rate
_FILLERS: Final = re.compile(
    r"[比较与同相由从,:;、()和及的数各均共也略有所其中]|上年度?|去年|上一年|同期|年初|全年|年度|决算|预算|"
    r"(?:19|20)\d\d年?|年|总额|支出数|金额|对比|情况|总计|合计|本|减少|增加|实际|执行|安排|调整后"
)
_NOT_SAME: Final = re.compile(r"原因|由于|因为|主要是|主要系|系因|因|受")
_FROM: Final = re.compile(r"(?:由|从)[^,;。]*$")
_TO: Final = re.compile(
    r",?(?:(增加|增长|提高|提升|上升|增|升)|(减少|下降|降低|压减|减|降))(?:到|至|为)(?:\d{4}年的?)?"
)
_NO_RATE: Final = "基数为 0,不能算增减百分比"
_MORE, _FEWER = ("增加", "增长"), ("减少", "下降")


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What one 比上年…增加…,增长… says: the figures themselves, None where they are not stated."""

    now: Said
    base: Said | None
    amount: Said | None
    rate: Said | None
    is_sure: bool  # whether `now` can be no other figure


def stated_changes(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """Each comparison of the statement by rule: None where it is in order."""
    for sentence in statement.sentences:
        spot = Spot(sentence, statement)
        yield from _from_to(spot)
        for group in _groups(sentence):
            yield from _signs(group, spot)
            if (alone := _on_nothing(group, spot)) is not None:
                yield ZERO_BASE, alone
                continue
            tried = list(_comparisons(group, sentence))
            outcomes = [list(_judged(one, spot)) for one in tried]
            in_order = [one for one in outcomes if one and all(s is None for _, s in one)]
            sure = [out for one, out in zip(tried, outcomes, strict=True) if one.is_sure and out]
            if in_order or sure:
                yield from in_order[0] if in_order else sure[0]


def _groups(sentence: Sentence) -> Iterator[list[Said]]:
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
            is_near = len(other.gap) <= _SHORT and "比" not in other.gap and "较" not in other.gap
            if ways == {Way.AMOUNT, Way.CHANGE_RATE} and is_near and ";" not in other.gap:
                group.append(other)
        if not _in_reason(sentence, one):
            yield group
        at += len(group)


def _in_reason(sentence: Sentence, one: Said) -> bool:
    """Whether a reason is given between the last ; and this figure."""
    before = sentence.text[: one.start].rpartition(";")[2]
    return _NOT_SAME.search(before) is not None


def _signs(group: Sequence[Said], spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """增加5万元,下降3% goes up and down at once."""
    if len(group) < 2:
        return
    first, second = group
    if first.sign == second.sign:
        return
    if not first.value or not second.value:
        return
    word = _FEWER[1] if first.sign < 0 else _MORE[1]
    words = Words(f"{_said(first)},{_said(second)}", f"前后都是“{word}”,或者前后都相反")
    yield DIRECTION, spot.slip(DIRECTION, Severity.ERROR, group, words)


def _from_to(spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """由90万元增加到100万元: the word against the figures, and the rate behind them."""
    figures = spot.sentence.figures
    for at in range(1, len(figures)):
        base, now = figures[at - 1], figures[at]
        match = _TO.fullmatch(now.gap)
        if match is None or not _FROM.search(base.gap) or base.kind != now.kind:
            continue
        sign = 1 if match[1] else -1
        rate = next((one for one in figures[at + 1 : at + 2] if one.way is Way.CHANGE_RATE), None)
        if rate is not None and not rate.is_exact:
            rate = None
        real = now.amount - base.amount
        comparison = _Comparison(now, base, None, rate, True)
        if real and (real > 0) is not (sign > 0):
            word, sign_words = (_MORE[0], "<") if real > 0 else (_FEWER[0], ">")
            words = Words(f"{now.gap}{now}", f"{word}到{now}", f"{base} {sign_words} {now}")
            yield DIRECTION, spot.slip(DIRECTION, Severity.ERROR, [base, now], words)
        else:
            yield DIRECTION, None
            if rate is not None and base.value:
                yield CHANGE, _rate(comparison, base.amount, sign, spot)


def _on_nothing(group: Sequence[Said], spot: Spot) -> Slip | None:
    """比上年0万元…增长100%: nothing has a rate of growth over 0."""
    rate = next((one for one in group if one.way is Way.CHANGE_RATE and one.value), None)
    before = [one for one in spot.sentence.figures if one.start < group[0].start]
    if rate is None or not before or before[-1].value or before[-1].way is not Way.VALUE:
        return None
    base = _stated_base(before, group[0], spot.sentence)
    if base is None:
        return None
    words = Words(f"{_said(base)},{_said(rate)}", _NO_RATE, f"{base} 作除数")
    return spot.slip(ZERO_BASE, Severity.ERROR, [base, *group], words)


def _comparisons(group: Sequence[Said], sentence: Sentence) -> Iterator[_Comparison]:
    """The ways to understand a change: which figure has changed, and from which."""
    amount = next((one for one in group if one.way is Way.AMOUNT), None)
    rate = next((one for one in group if one.way is Way.CHANGE_RATE), None)
    first = group[0]
    unit = amount.kind if amount else ""
    before = [
        one for one in sentence.figures
        if one.start < first.start and one.way is Way.VALUE and one.depth <= first.depth
        and (not unit or one.kind == unit)
    ]  # fmt: skip
    if rate is not None and not rate.is_exact:
        rate = None
    if amount is not None and not amount.is_exact:
        amount = None
    if (amount is None and rate is None) or not before:
        return
    base = _stated_base(before, first, sentence)
    bases = [base] if base is not None else _earlier_bases(before, first)
    values = [one for one in before if one not in bases and one.is_exact]
    for number, now in enumerate(reversed(values[-4:])):
        is_sure = number == 0 and _is_near(now, base, first, sentence)
        for one in bases or (None,):
            if one is None or one.kind == now.kind:
                yield _Comparison(now, one, amount, rate, is_sure)


def _stated_base(before: Sequence[Said], first: Said, sentence: Sentence) -> Said | None:
    """The figure in 比上年5万元增加, None where the words give none."""
    last = before[-1]
    between = sentence.text[last.end : first.start]
    is_compared = _compares(last.clause) and len(between) <= _SHORT and not _compares(between)
    return last if is_compared and not re.search(r"[;。]", between) else None


def _compares(words: str) -> bool:
    return bool(re.search(r"[比较]|与(?!其)|由|从", words)) and "占" not in words


def _earlier_bases(before: Sequence[Said], first: Said) -> list[Said]:
    """Figures of the year or the budget that 比上年 or 比年初预算 speaks of."""
    words = first.gap
    if _BUDGET.search(words):
        return [one for one in before if _BUDGET.search(one.clause)]
    if _LAST.search(words):
        return [one for one in before if _LAST.search(one.clause)]
    years = _YEAR.findall(words)
    if years:
        return [one for one in before if years[-1] in one.clause]
    return []


def _is_near(now: Said, base: Said | None, first: Said, sentence: Sentence) -> bool:
    """Whether a change stands right behind its figure, and names nothing else."""
    follower = base or first
    between = sentence.text[now.end : follower.start]
    figures = [one for one in sentence.figures if now.start < one.start < follower.start]
    others = [one for one in figures if one.way is Way.VALUE and one.depth <= now.depth]
    if others or ";" in between or now.depth > first.depth:
        return False
    words = follower.gap[: len(follower.gap) - len(follower.clause)] + follower.clause
    if not _BASE_WORDS.search(words + first.gap) and "同比" not in first.gap:
        return False
    name = _FILLERS.sub("", re.sub(r"\d+", "", _unsigned(words if base is None else first.gap)))
    if base is not None:
        name += _FILLERS.sub("", re.sub(r"\d+", "", base.clause))
    own = now.clause
    return all(letter in own for letter in name)


def _unsigned(words: str) -> str:
    return re.sub(
        r"(增加|增长|上升|提高|减少|下降|降低|节约|压减|调[增减]|增|减|多|少|超出|超支|同比)(了|额|数|率|幅度)?为?$",
        "", words,
    )  # fmt: skip


def _judged(one: _Comparison, spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    sign = (one.amount or one.rate or one.now).sign
    now, base = one.now.amount, _base(one, sign)
    if base is None:
        return
    if one.base is not None:
        yield from _amount(one, sign, spot)
    elif one.amount is not None and base < 0:
        due = (f"{one.now}的增加数不会超过它自己", f"{one.now} - {one.amount} < 0")
        yield CHANGE, _told(one, spot, CHANGE, Severity.ERROR, due)
        return
    if one.rate is None:
        return
    if base == 0:
        if one.rate.value and now:
            due = (_NO_RATE, f"{one.now} - {one.amount or one.now} = 0")
            yield ZERO_BASE, _told(one, spot, ZERO_BASE, Severity.ERROR, due)
        return
    yield CHANGE, _rate(one, base, sign, spot)


def _base(one: _Comparison, sign: int) -> Decimal | None:
    """What the figure was before, None where nothing says it."""
    if one.base is not None:
        return one.base.amount
    if one.amount is None:
        return None
    return one.now.amount - sign * abs(one.amount.amount)


def _amount(one: _Comparison, sign: int, spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """The amount and its direction against both figures."""
    assert one.base is not None
    real = one.now.amount - one.base.amount
    if real and (real > 0) is not (sign > 0):
        word, sign_words = (_MORE[0], ">") if real > 0 else (_FEWER[0], "<")
        due = (word, f"{one.now} {sign_words} {one.base}")
        yield DIRECTION, _told(one, spot, DIRECTION, Severity.ERROR, due)
        return
    yield DIRECTION, None
    if one.amount is None:
        return
    slack = one.now.half + one.base.half + one.amount.half
    how = fit(abs(one.amount.amount), abs(real), slack)
    if how is Fit.EXACT:
        yield CHANGE, None
        return
    amount = f"{abs(real) / term(one.amount).factor:f}{one.amount.unit}"
    low, high = sorted((one.now, one.base), key=lambda said: said.amount)
    severity = Severity.ERROR if how is Fit.OFF else Severity.HINT
    due = (f"{_MORE[0] if sign > 0 else _FEWER[0]}{amount}", f"{high} - {low} = {amount}")
    yield CHANGE, _told(one, spot, CHANGE, severity, due)


def _rate(one: _Comparison, base: Decimal, sign: int, spot: Spot) -> Slip | None:
    assert one.rate is not None
    change = one.amount.amount if one.amount is not None else abs(one.now.amount - base)
    change_half = one.amount.half if one.amount is not None else one.now.half
    base_half = one.base.half if one.base is not None else one.now.half
    rate = term(one.rate)._replace(value=abs(one.rate.value))
    how = rate_fit(rate, abs(change), base, (change_half, base_half))
    if how is Fit.EXACT:
        return None
    if how is Fit.ROUNDED and abs(percent(abs(change), base) - rate.value) < 1:
        severity = Severity.HINT
    else:
        severity = Severity.ERROR
    due = rounded_to(percent(abs(change), base), max(one.rate.decimals, 2))
    factor = term(one.now).factor
    words = (
        f"{_MORE[1] if sign > 0 else _FEWER[1]}{due}%",
        f"{abs(change) / factor:f} ÷ {base / factor:f} = {due}%",
    )
    return _told(one, spot, CHANGE, severity, words)


def _said(one: Said) -> str:
    return f"{one.clause[-16:]}{one}"


def _told(
    one: _Comparison, spot: Spot, rule: str, severity: Severity, due: tuple[str, str]
) -> Slip:
    """A comparison that is off; `due` is what it should say and the arithmetic."""
    figures = [said for said in (one.now, one.base, one.amount, one.rate) if said is not None]
    says = ",".join(_said(said) for said in (one.amount, one.rate) if said is not None)
    return spot.slip(rule, severity, figures, Words(says, *due))
