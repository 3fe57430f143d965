"""Percentage points: by how much a rate has changed, against the rate and the one before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from workbook.proof.arithmetic import Fit, fit, slipped, term
from workbook.proof.compared.changes import CHANGE, DIRECTION, FROM
from workbook.proof.corrected import shown
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.stated.clauses import POINTS, Said, Sentence, Way

_EARLIER: Final = re.compile(r"[比较](?!例|重|率)|上年|去年|上期|同期")
_OF_EARLIER: Final = re.compile(r"^(?:上年|去年|(?:19|20)\d\d年)")
_TO: Final = re.compile(r"^,?[^\d,;。]*(?:到|至|为)$")
_OTHER_WAY: Final = {
    "快": "慢", "慢": "快", "高": "低", "低": "高", "多": "少", "少": "多",
    "领先": "落后", "落后": "领先", "超前": "滞后", "滞后": "超前", "高出": "低", "快于": "慢于",
}  # fmt: skip
_AHEAD: Final = ("快", "高", "多", "领先", "超前", "高出", "快于")
_PACE: Final = re.compile(rf"(?<![提减增降])(?:{'|'.join(_OTHER_WAY)})$")
_RISEN, _FALLEN = "提高", "下降"


def changed_points(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """Each change in percentage points of the statement: None where both rates give it.

    `执行率98.5%,比上年的95.2%提高3.3个百分点`, `由95.2%提高到98.5%,提高3.3个百分点`.
    """
    for sentence in statement.sentences:
        for at, one in enumerate(map(_signed, sentence.figures)):
            if one.way is Way.POINTS and one.sign and one.is_exact and one.unit == POINTS:
                now, base = _rates(sentence.figures[:at]) or _behind(sentence, at) or (None, None)
                if now is not None and base is not None:
                    yield from _judged(one, now, base, Spot(sentence, statement))


def _signed(one: Said) -> Said:
    """Points with the sign that a word of speed or height gives: 比序时进度75%快1.5个百分点."""
    match = _PACE.search(one.clause) if one.way is Way.POINTS and not one.sign else None
    return replace(one, sign=1 if match[0] in _AHEAD else -1) if match else one


def _rates(known: Sequence[Said]) -> tuple[Said, Said] | None:
    """The rate and the one before it, where the words tell which is which."""
    if len(known) < 2 or any(one.unit != "%" or not one.is_exact for one in known[-2:]):
        return None
    first, second = known[-2:]
    if {first.way, second.way} & {Way.CHANGE_RATE} or first.depth != second.depth:
        return None
    if FROM.search(first.gap):
        return (second, first) if _TO.search(second.gap) else None
    return (first, second) if _EARLIER.search(second.clause) else None


def _behind(sentence: Sentence, at: int) -> tuple[Said, Said] | None:
    """The rate right before the points and the one behind: 比上年提高2个百分点,上年为66.20%."""
    around = (*sentence.figures[at - 1 : at], *sentence.figures[at + 1 : at + 2]) if at else ()
    if len(around) < 2 or any(one.unit != "%" or not one.is_exact for one in around):
        return None
    now, base = around
    is_earlier = _OF_EARLIER.search(base.clause) and _EARLIER.search(sentence.figures[at].gap)
    rates = [re.search(r"[^年为达是的]{2,}?[率比](?=[为达是]*$)", one.clause) for one in around]
    is_one = all(rates) and len({one[0] for one in rates if one}) == 1
    is_plain = now.way is not Way.CHANGE_RATE and base.way is not Way.CHANGE_RATE
    return (now, base) if is_earlier and is_one and is_plain else None


def _judged(points: Said, now: Said, base: Said, spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """The points and the word before them against the difference of both rates."""
    change, stated = now.value - base.value, points.value * points.sign
    slack = points.half + now.half + base.half
    if fit(stated, change, slack) is not Fit.OFF:
        yield CHANGE, None
        return
    is_right_word = change * points.sign > 0
    pace = _PACE.search(points.clause)
    turned = f"{points.clause[: pace.start()]}{_OTHER_WAY[pace[0]]}" if pace else ""
    word = points.clause if is_right_word else turned or (_RISEN if change > 0 else _FALLEN)
    high, low = max(now.value, base.value), min(now.value, base.value)
    words = Words(
        f"{points.clause}{points}",
        f"{word}{shown(abs(change), points)}",
        f"{high}% - {low}% = {high - low}",
    )
    is_other_way = fit(points.value, abs(change), slack) is not Fit.OFF
    rule = DIRECTION if is_other_way else CHANGE
    severity = Severity.ERROR if is_other_way or _is_slip(points, now, base) else Severity.HINT
    yield rule, spot.slip(rule, severity, (now, base, points), words)


def _is_slip(points: Said, now: Said, base: Said) -> bool:
    """Whether one slip of the hand in one of the three is what keeps them apart."""
    stated = points.value * points.sign
    due = (
        (points, abs(now.value - base.value)),
        (now, base.value + stated),
        (base, now.value - stated),
    )
    return any(slipped(term(one), value) for one, value in due)
