"""资产总额 is 负债总额 and 净资产, where one paragraph states each of them once."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import Fit, fit, is_slip, term
from workbook.proof.corrected import Change, likely, shown, told
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.tables.grand import BALANCE
from workbook.stated.clauses import Said, Way

_TOTAL: Final = r"(?:总额|总计|合计|总值|总量|金额|总)?(?:为|共|达|有|是)?$"
_KINDS: Final = (
    re.compile(rf"(?:(?<!净)资产(?:总额|总计|合计|总值|总量)|总资产){_TOTAL}"),
    re.compile(rf"(?:负债|总负债){_TOTAL}"),
    re.compile(rf"(?:净资产|(?:所有者|股东)权益){_TOTAL}"),
)
_OWN: Final = re.compile(r"^(?:其中|行政|事业|流动|固定|无形)|负债[和与及、加]?净资产")
_OWNED: Final = re.compile("净资产|所有者权益|股东权益")
_BEFORE: Final = re.compile(r"上年|去年|年初|期初|比|较")


def assets(statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """Each paragraph that states all three, of one year and in one unit's name."""
    for statement in statements:
        if not _OWNED.search(statement.text) or "负债" not in statement.text:
            continue
        found: list[list[tuple[Said, Spot]]] = [[], [], []]
        for sentence in statement.sentences:
            for one in sentence.figures:
                if (kind := _kind(one)) is not None:
                    found[kind].append((one, Spot(sentence, statement)))
        if all(len(held) == 1 for held in found):
            (whole, spot), (debts, _), (own, _) = (held[0] for held in found)
            yield from _held(whole, debts, own, spot)


def _kind(one: Said) -> int | None:
    """Which of the three a figure is, by the words before it; None for parts and changes."""
    if one.way is not Way.VALUE or one.kind != "元" or not one.is_exact or one.depth:
        return None
    if _OWN.search(one.clause) or _BEFORE.search(one.clause):
        return None
    return next((at for at, kind in enumerate(_KINDS) if kind.search(one.clause)), None)


def _held(whole: Said, debts: Said, own: Said, spot: Spot) -> Iterator[Slip | None]:
    due = debts.amount + own.amount
    how = fit(whole.amount, due, whole.half + debts.half + own.half)
    if how is not Fit.OFF:
        yield None
        return
    made = [
        _change(whole, due), _change(debts, whole.amount - own.amount),
        _change(own, whole.amount - debts.amount),
    ]  # fmt: skip
    is_near = is_slip(term(whole), [term(debts), term(own)])
    words = Words(
        f"{whole.clause[-16:]}{whole}",
        told(likely([one for one in made if one.due >= 0]), "有一个数写错"),
        f"{debts} + {own} = {shown(due / term(whole).factor, whole)}",
    )
    severity = Severity.ERROR if is_near else Severity.HINT
    yield spot.slip(BALANCE, severity, (whole, debts, own), words)


def _change(one: Said, amount: Decimal) -> Change:
    due = amount / term(one).factor
    return Change(one, due, f"{one.clause[-12:]}{shown(due, one)}")
