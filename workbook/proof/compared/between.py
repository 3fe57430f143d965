"""What one figure is more or less than another that the words name: 三季度比二季度减少1.03亿元.

Both are stated before in the paragraph, under their own names. Where several figures have the
name, only the direction is judged: no two of them differ by the amount that way round.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from workbook.proof.arithmetic import Fit, fit, significant, slipped, term
from workbook.proof.compared.changes import CHANGE, DIRECTION
from workbook.proof.corrected import shown
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.stated.clauses import Said, Way

_THAN: Final = re.compile(
    r"(?P<one>[^比较\d]{2,14})[比较](?P<other>[^比较\d]{2,14}?)"
    r"(?P<word>增加|减少|净增|净减|增|减|多|少|高|低|上升|下降)了?"
)
_OVER: Final = re.compile(
    r"(?P<one>[^\d]{2,14}?)(?P<word>低于|高于|少于|多于|小于|大于|超过|超出)(?P<other>[^\d]{2,14})"
)
_OPPOSITE: Final = {
    one: other for pair in (
        ("增加", "减少"), ("净增", "净减"), ("增", "减"), ("多", "少"), ("高", "低"),
        ("上升", "下降"), ("高于", "低于"), ("多于", "少于"), ("大于", "小于"),
        ("超过", "低于"), ("超出", "低于"),
    ) for one, other in (pair, pair[::-1])
}  # fmt: skip
_MORE: Final = re.compile("增|多|高|上升|大|超")
# Figures of another time or of a plan are told by the rules on changes.
_OF_TIME: Final = re.compile(
    r"上[年月期]|去年|同期|年初|年末|预算|计划|目标|\d|均|标准|不[高低多少超]"
)
_TELLING: Final = 3  # digits of a difference that is hardly another's by chance
_FILLERS: Final = re.compile(r"(?:为|达到?|共计?|有|是|实现|完成|其中)+$")


class _Between(NamedTuple):
    """The amount, the word of its direction, and the figures that may be meant."""

    amount: Said
    word: str
    ones: Sequence[Said]
    others: Sequence[Said]

    @property
    def sign(self) -> int:
        """1 where the words say more."""
        return 1 if _MORE.search(self.word) else -1

    def differ(self, sign: int) -> bool:
        """Whether two of the figures differ by the amount, that way round."""
        return any(
            fit(sign * (one.amount - other.amount), self.amount.amount, self.slack(one, other))
            is not Fit.OFF
            for one in self.ones for other in self.others if one is not other
        )  # fmt: skip

    def slack(self, one: Said, other: Said) -> Decimal:
        """What may have been rounded away."""
        return one.half + other.half + self.amount.half


def between(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """Each difference of two figures that the paragraph states under their names."""
    known: list[Said] = []
    for sentence in statement.sentences:
        for one in sentence.figures:
            found = _read(one, known)
            if found is not None:
                yield from _judged(found, Spot(sentence, statement))
            elif one.way is Way.VALUE and one.is_exact:
                known.append(one)


def _read(amount: Said, known: Sequence[Said]) -> _Between | None:
    is_amount = amount.way in (Way.VALUE, Way.AMOUNT) and amount.is_exact and amount.unit != "%"
    match = _THAN.fullmatch(amount.clause) or _OVER.fullmatch(amount.clause)
    if not is_amount or match is None or _OF_TIME.search(amount.clause):
        return None
    ones, others = (
        [said for said in known if said.kind == amount.kind and _is_called(said, match[name])]
        for name in ("one", "other")
    )
    return _Between(amount, match["word"], ones, others) if ones and others else None


def _is_called(said: Said, name: str) -> bool:
    return _FILLERS.sub("", said.clause).endswith(name)


def _judged(found: _Between, spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """The word and the amount against the figures."""
    amount, sign = found.amount, found.sign
    if found.differ(sign):
        yield CHANGE, None
        return
    pairs = [(one, other) for one in found.ones for other in found.others if one is not other]
    says = f"{amount.clause[-20:]}{amount}"
    least = _TELLING - (len(pairs) == 1)
    if found.differ(-sign) and significant(term(amount)) >= least:
        due = _OPPOSITE[found.word]
        figures = (*found.ones, *found.others, amount)
        than = ">" if sign < 0 else "<"
        shown_ = f"{pairs[0][0]} {than} {pairs[0][1]}" if len(pairs) == 1 else ""
        yield DIRECTION, spot.slip(DIRECTION, Severity.ERROR, figures, Words(says, due, shown_))
    elif len(pairs) == 1:
        yield from _amount(found, pairs[0], says, spot)


def _amount(
    found: _Between, pair: tuple[Said, Said], says: str, spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    """An amount that one slip of the hand keeps from the difference, or that is as long."""
    (one, other), amount = pair, found.amount
    real = found.sign * (one.amount - other.amount)
    changes = (
        (amount, real), (one, other.amount + found.sign * amount.amount),
        (other, one.amount - found.sign * amount.amount),
    )  # fmt: skip
    if real <= 0 or not any(slipped(term(said), due) for said, due in changes):
        return
    due = shown(real / term(amount).factor, amount)
    words = Words(says, due, f"{one} 和 {other} 相差 {due}")
    yield CHANGE, spot.slip(CHANGE, Severity.ERROR, (one, other, amount), words)
