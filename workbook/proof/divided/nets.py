"""What came in and what went out against the net: 净增14家,其中新入库21家、退库7家."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from workbook.proof.adding.claim import SUM
from workbook.proof.arithmetic import slipped, term
from workbook.proof.corrected import Change, likely, shown, told
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.stated.clauses import Said, Sentence, Way

_NET: Final = re.compile(r"净(增|减)(?:加|少)?(?:了|数|额)?(?:为)?$")
_IN: Final = re.compile(
    r"新[增建入录招进开聘设成注]|[迁调转移划招]入|入库|入职|录用|招[聘录]|引进|接收|出生|增加|登记|购置|新"
)
_OUT: Final = re.compile(
    r"[迁调转移划]出|退[库休出役]|离[职任岗]|辞[职退]|注销|撤[销并]|死亡|报废|关闭|关停|淘汰|减少|流失|清退|核销"
)

_MORE: Final = re.compile(r"其余|其他|其它|等[,;。]|另")


def nets(statement: Statement) -> Iterator[Slip | None]:
    """Each net change of the statement beside what came in and what went out."""
    if "净" not in statement.text:
        return
    for sentence in statement.sentences:
        for at, one in enumerate(sentence.figures):
            found = _NET.search(one.clause)
            if found is None or not one.is_exact or one.unit == "%":
                continue
            moves = _moves(sentence.figures[at + 1 :], one) or _moves(_before(sentence, at), one)
            if moves and not _MORE.search(sentence.text[one.end :]):
                sign = 1 if found[1] == "增" else -1
                yield _judged(one, sign, moves, Spot(sentence, statement))


def _before(sentence: Sentence, at: int) -> Sequence[Said]:
    """The figures of the same clause before a net that stands behind what it is made of."""
    start = sentence.text.rfind(";", 0, sentence.figures[at].start)
    return [one for one in sentence.figures[:at] if one.start > start]


def _moves(figures: Sequence[Said], net: Said) -> list[tuple[Said, int]]:
    """What came in and what went out, with its sign, where the figures are nothing else."""
    made: list[tuple[Said, int]] = []
    for one in figures:
        if re.search("[;。]", one.gap) and (made or one.start > net.start):
            break
        came, went = _IN.search(one.clause), _OUT.search(one.clause)
        is_move = bool(came) is not bool(went) and one.kind == net.kind and one.is_exact
        if not is_move or one.way not in (Way.VALUE, Way.AMOUNT):
            return []
        made.append((one, 1 if came else -1))
    return made if {sign for _, sign in made} == {1, -1} else []


def _judged(net: Said, sign: int, moves: Sequence[tuple[Said, int]], spot: Spot) -> Slip | None:
    real = sum((one.amount * way for one, way in moves), Decimal(0))
    if real == net.amount * sign:
        return None
    off = net.amount * sign - real
    tried = [(net, real * sign), *((one, one.amount + off * way) for one, way in moves)]
    changes = [_change(one, due) for one, due in tried if due >= 0]
    is_slip = any(slipped(term(one), due) for one, due in tried)
    way = "净增" if real > 0 else "净减"
    arithmetic = " ".join(f"{'+' if way > 0 else '-'} {one}" for one, way in moves).lstrip("+ ")
    words = Words(
        f"{net.clause[-12:]}{net}", told(likely(changes), "有一个数写错"),
        f"{arithmetic} = {way}{shown(abs(real) / term(net).factor, net)}",
    )  # fmt: skip
    severity = Severity.ERROR if is_slip else Severity.HINT
    if real and real == -net.amount * sign:  # the one word is wrong, and nothing else
        words, severity = words._replace(should_be=f"{way}{net}"), Severity.ERROR
    return spot.slip(SUM, severity, (net, *(one for one, _ in moves)), words)


def _change(one: Said, amount: Decimal) -> Change:
    due = amount / term(one).factor
    return Change(one, due, f"{one.clause[-8:]}{shown(due, one)}")
