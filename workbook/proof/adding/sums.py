"""Stated sums: a total and its parts behind 其中 or in brackets, and 合计 behind its parts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from workbook.proof.adding.carried import carried_claims, divided_claims
from workbook.proof.adding.claim import BESIDE, GRAND, OPPOSED, SUM, Claim
from workbook.proof.adding.claims import claims_of
from workbook.proof.adding.columns import divided_columns
from workbook.proof.adding.enumerated import enumerated
from workbook.proof.adding.exhaustive import run
from workbook.proof.adding.grand import grand_claims
from workbook.proof.adding.itemized import itemized_claims
from workbook.proof.adding.weighing import MADE_UP_OF, is_over_by_slip, severity_of, weight
from workbook.proof.arithmetic import Fit, best_sum, is_slip, term
from workbook.proof.corrected import Change, likely, shown, told
from workbook.proof.model import Severity, Slip, Statement
from workbook.proof.vocabulary import short_name, vocabulary, whole_of
from workbook.stated.clauses import Said

_FUNDS: Final = re.compile(r"收入|资金|财力|预算")
_MAINLY: Final = re.compile(r"主要|重点")
_REST: Final = re.compile(r"^(?:及|和)?(?:其他|其它|其余)")  # none of it is one of the others
_NET: Final = re.compile(r"结余|盈余|利润|盈利|收益|顺差|净")
_LOSS: Final = re.compile(r"超支|亏损|亏空|净亏|赤字|透支|逆差|净(?:减|流出)")
_SOURCE: Final = re.compile(r"收入|拨款|补助|结转|结余|资金|当年|本年|下达")


def stated_sums(statement: Statement) -> Iterator[Slip | None]:
    """Each total of the statement whose parts follow it, or precede it."""
    claims = claims_of(statement)
    told: set[int] = set()
    for claim in claims:
        for one in _judged(claim, statement, claims):
            told.add(claim.sentence.start + claim.total.start)
            yield one
    yield from enumerated(statement, told)


def carried_sums(statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """Totals of a paragraph whose parts stand in the next ones, behind 其中."""
    found = (carried_claims, divided_claims, itemized_claims, grand_claims)
    for claim, statement in (pair for claims in found for pair in claims(statements)):
        yield from _judged(claim, statement)
    for several, statement in divided_columns(statements):
        for claim in several:
            yield from _judged(claim, statement, several)


def _end(parts: Sequence[Said]) -> int:
    """Where the parts end: a value of its own may follow, …,全年支出95万元."""
    for at, one in enumerate(parts):
        if at and short_name(one.clause) in vocabulary().others:
            return at
    return len(parts)


def _lists(claim: Claim) -> Iterator[Sequence[Said]]:
    """What may be all parts: what 、 joins; up to a value of its own; of income what was left."""
    end = _end(claim.parts)
    until = next((at for at, one in enumerate(claim.parts) if at and ";" in one.gap), end)
    lists = dict.fromkeys(
        (run(claim.parts[:end]), claim.parts[:end], claim.parts[: min(until, end)])
    )
    yield from (one for one in lists if len(one) > 1)
    is_income = bool(_FUNDS.search(claim.total.clause)) and end < len(claim.parts)
    if is_income and all(_SOURCE.search(one.clause) for one in claim.parts):
        yield claim.parts


def _judged(
    claim: Claim, statement: Statement, claims: Sequence[Claim] = ()
) -> Iterator[Slip | None]:
    if not all(one.is_exact for one in claim.parts):
        claim = replace(claim, parts=run(claim.parts))
    if not claim.parts or not all(one.is_exact for one in (claim.total, *claim.parts)):
        return
    if _is_net(claim):
        return
    if claim.opening == "合计":
        claim = replace(claim, parts=tuple(_tail(claim.total, claim.parts)))
    total, parts = term(claim.total), [term(one) for one in claim.parts]
    found = best_sum(total, parts)
    if found and claim.opening == OPPOSED and len(found.parts) < len(parts):
        found = None  # 合格243家,基本合格8家,不合格3家 are all to be counted
    if found is not None:
        if more := _one_more(claim.parts, found.parts):
            # Of counts small ones tie by chance: 8辆,其中2辆、6辆、其他1辆.
            is_rest = claim.total.kind != "元" and _REST.search(more[-1].clause)
            how = severity_of(claim, more) if is_rest else None
            yield _slip(claim, statement, more, how or Severity.HINT)
            return
        how = Severity.HINT if found.fit is Fit.ROUNDED else None
        used = [claim.parts[number] for number in found.parts]
        yield None if how is None else _slip(claim, statement, used, how)
        return
    if len(parts) == 1:
        if _is_over(claim.parts[0], claim.total):
            yield _larger(claim, statement)
        return
    yield from _off(claim, statement, claims)


def _is_net(claim: Claim) -> bool:
    """全年结余30万元,其中上半年结余50万元,下半年超支20万元: whether some parts are taken off."""
    figures = claim.sentence.figures
    is_net = bool(_NET.search(claim.total.clause) or _LOSS.search(claim.total.clause))
    signs = {bool(_LOSS.search(one.clause)) for one in (claim.total, *claim.parts, *figures)}
    return is_net and len(signs) > 1


def _one_more(parts: Sequence[Said], used: Sequence[int]) -> Sequence[Said]:
    """The whole of an enumeration (甲60万元、乙40万元、丙5万元) of which the first parts tie."""
    end = len(used)
    if list(used) != list(range(end)) or any(one.gap[:1] != "、" for one in parts[1:end]):
        return ()
    while end < len(parts) and parts[end].gap[:1] == "、" and parts[end].amount:
        end += 1
    return parts[:end] if end > len(used) else ()


def _tail(total: Said, parts: Sequence[Said]) -> Sequence[Said]:
    """The last of the parts that add up to the total, or all."""
    for start in range(len(parts) - 1):
        if sum(one.amount for one in parts[start:]) == total.amount:
            return parts[start:]
    return parts


def _off(claim: Claim, statement: Statement, claims: Sequence[Claim]) -> Iterator[Slip | None]:
    """What to say of parts that do not add up: an error only where they must be all there are."""
    total, parts = term(claim.total), claim.parts[: _end(claim.parts)]
    if claim.opening == GRAND:  # only what one slip explains is claimed at all
        yield _slip(claim, statement, claim.parts, weight(total, [term(x) for x in claim.parts]))
        return
    if claim.opening == BESIDE and not is_slip(total, [term(one) for one in parts]):
        return
    if whole := whole_of([short_name(one.clause) for one in parts], claim.total.clause):
        used = [parts[at] for at in whole]
        if any(other.is_of(used) and other.is_nearer(claim) for other in claims):
            return  # of a part that has its own 其中
        if _is_open(claim, used):
            return
        terms = [term(one) for one in used]
        is_off = best_sum(total, terms) is None
        yield _slip(claim, statement, used, weight(total, terms), claims) if is_off else None
        return
    if claim.opening in MADE_UP_OF and any(_is_over(one, claim.total) for one in parts):
        yield _slip(claim, statement, claim.parts, Severity.ERROR, claims)
        return
    opening = claim.opening + claim.parts[0].gap if claim.opening != "合计" else ""
    if claim.parts[-1].after.startswith("等") or any(
        word in opening for word in vocabulary().partial
    ):
        if is_over_by_slip(claim):  # 主要 leaves some out, but no more than all can be listed
            yield _slip(claim, statement, claim.parts, Severity.ERROR, claims)
        return
    if any(other.is_beside(claim) and _is_exact(other) for other in claims):
        yield _slip(claim, statement, claim.parts, Severity.ERROR, claims)
        return
    told = [(listed, how) for listed in _lists(claim) if (how := severity_of(claim, listed))]
    for listed, how in sorted(told, key=lambda one: one[1] is not Severity.ERROR)[:1]:
        yield _slip(claim, statement, listed, how, claims)


def _is_open(claim: Claim, used: Sequence[Said]) -> bool:
    """Whether the words leave some out: 其中主要用于人员经费3万元、公用经费1万元,安排的项目有…等.

    What has a name of its own, 基本支出, is made of just its parts.
    """
    opening = claim.opening + claim.parts[0].gap
    is_short = sum(one.amount for one in used) < claim.total.amount
    is_named = short_name(claim.total.clause) in vocabulary().identities
    return (
        is_short and not is_named and bool(_MAINLY.search(opening)) and len(claim.parts) > len(used)
    )


def _is_over(part: Said, total: Said) -> bool:
    return part.amount > total.amount + total.half + part.half


def _is_exact(claim: Claim) -> bool:
    """Whether all parts that are listed add up to the last digit, so that none is left out."""
    return sum(one.amount for one in claim.parts) == claim.total.amount


def _slip(
    claim: Claim, statement: Statement, parts: Sequence[Said], severity: Severity,
    claims: Sequence[Claim] = (),
) -> Slip:  # fmt: skip
    """What is off and the one figure that mends it; where several would, all of them."""
    changes = _changes(claim, parts, claims)
    if severity is Severity.HINT:
        changes = changes[:1]
    sentence = claim.sentence
    wrong = changes[0].said if len(changes) == 1 else claim.total
    added = shown(_in_unit(sum(one.amount for one in parts), claim.total), claim.total)
    return Slip(
        SUM, severity, statement.place,
        statement.words(sentence.start, sentence.start + len(sentence.text)),
        (str(claim.total), *map(str, parts)), f"{_called(wrong)}{wrong}",
        told(changes, "各项里有一项写错"), f"{' + '.join(map(str, parts))} = {added}",
    )  # fmt: skip


def _changes(claim: Claim, parts: Sequence[Said], claims: Sequence[Claim]) -> Sequence[Change]:
    """The figures of which one, written otherwise, makes this claim and all others tie."""
    excess = sum(one.amount for one in parts) - claim.total.amount
    due = _in_unit(claim.total.amount + excess, claim.total)
    made = [Change(claim.total, due, f"{shown(due, claim.total)}(各项之和)")]
    for one in parts:
        if one.amount >= excess:
            due = _in_unit(one.amount - excess, one)
            made.append(Change(one, due, f"{_called(one)}{shown(due, one)}"))
    tying = [
        change for change in made
        if all(
            other.holds(change) for other in claims
            if other.has(change.said) and (other.parts == claim.parts or other.holds())
        )
    ]  # fmt: skip
    return likely(tying or made)


def _in_unit(amount: Decimal | int, like: Said) -> Decimal:
    """An amount in the unit of a figure."""
    return amount / term(like).factor


def _larger(claim: Claim, statement: Statement) -> Slip:
    (part,) = claim.parts
    sentence = claim.sentence
    return Slip(
        SUM, Severity.ERROR, statement.place,
        statement.words(sentence.start, sentence.start + len(sentence.text)),
        (str(claim.total), str(part)),
        f"其中{_called(part)}{part}", f"不超过总数 {claim.total}", f"{part} > {claim.total}",
    )  # fmt: skip


def _called(one: Said) -> str:
    return re.sub(r"^(?:其中|包括|包含|分为|由|和|具体如下|具体为|[,:;])+", "", one.clause)[-24:]
