"""The likely slip behind a difference: what single change to one figure would make the rule tie."""

from collections.abc import Iterator
from decimal import Decimal

from workbook.judge import Outcome, Verdict, judge
from workbook.values import Entry
from workbook.wording import shown

MOST_CAUSES = 3
_SHIFTS = (
    (Decimal(10_000), "可能多除了一次 10000(元和万元相混)"),
    (Decimal("0.0001"), "可能按元填了(这里的单位不是元)"),
    (Decimal(10), "小数点可能错位"),
    (Decimal("0.1"), "小数点可能错位"),
    (Decimal(100), "小数点可能错位"),
    (Decimal("0.01"), "小数点可能错位"),
)


def likely_causes(outcome: Outcome) -> tuple[str, ...]:
    """Up to three sentences, the most telling first; empty where arithmetic shows nothing."""
    equation = outcome.rule.equation
    if equation is None or equation.operator != "==" or outcome.verdict is not Verdict.FAILS:
        return ()
    found = list(dict.fromkeys(_candidates(outcome)))[:MOST_CAUSES]
    return tuple(found) or tuple(_nines(outcome))


def _candidates(outcome: Outcome) -> Iterator[str]:
    figures = [e for e in outcome.entries() if isinstance(e.value, Decimal) and e.value != 0]
    for explain in (_missing_or_double, _sign, _shift, _swap):
        for entry in figures:
            yield from explain(outcome, entry)


def _ties_with(outcome: Outcome, entry: Entry, value: Decimal) -> bool:
    return judge(outcome.rule, outcome.reading.with_trial(entry, value)).verdict is Verdict.TIES


def _named(entry: Entry) -> str:
    return f"「{entry.label}」({entry.place})"


def _missing_or_double(outcome: Outcome, entry: Entry) -> Iterator[str]:
    value = _figure(entry)
    is_total = outcome.rule.total is not None and outcome.rule.total.field is entry.field
    if is_total:
        return
    if _ties_with(outcome, entry, Decimal(0)):
        yield f"差额正好是{_named(entry)}的 {shown(value)},合计里可能漏了这一项"
    if _ties_with(outcome, entry, 2 * value):
        yield f"差额正好是{_named(entry)}的 {shown(value)},合计里可能把这一项加了两次"


def _sign(outcome: Outcome, entry: Entry) -> Iterator[str]:
    if _ties_with(outcome, entry, -_figure(entry)):
        yield f"差额正好是{_named(entry)}的两倍,正负号可能填反"


def _shift(outcome: Outcome, entry: Entry) -> Iterator[str]:
    for factor, words in _SHIFTS:
        value = _figure(entry) * factor
        if _ties_with(outcome, entry, value):
            yield f"{_named(entry)}若是 {shown(value.normalize() + 0)} 就相符,{words}"


def _swap(outcome: Outcome, entry: Entry) -> Iterator[str]:
    for value in swapped_digits(_figure(entry)):
        if _ties_with(outcome, entry, value):
            yield f"{_named(entry)}若是 {shown(value)} 就相符,可能有两位数字颠倒"


def swapped_digits(number: Decimal) -> Iterator[Decimal]:
    """The figures that come of exchanging two neighbouring digits."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    digits = (0,) * max(0, 1 - exponent - len(digits)) + digits  # 0.03 has a leading zero to swap
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            swapped = (*digits[:i], digits[i + 1], digits[i], *digits[i + 2 :])
            yield Decimal((sign, swapped, exponent))


def _nines(outcome: Outcome) -> Iterator[str]:
    """A difference divisible by 9 is the accountant's sign of a transposition."""
    difference = (outcome.difference or Decimal(0)).normalize()
    units = int("".join(str(digit) for digit in difference.as_tuple().digits))
    if units and units % 9 == 0:
        yield "差额能被 9 整除,可能某个数有两位数字颠倒"


def _figure(entry: Entry) -> Decimal:
    assert isinstance(entry.value, Decimal)
    return entry.value
