"""Stated sums: a total and its parts behind 其中 or in brackets, and 合计 behind its parts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from workbook.proof.arithmetic import Fit, Term, best_sum, is_slip, significant, term
from workbook.proof.model import Severity, Slip, Statement
from workbook.proof.vocabulary import short_name, vocabulary, whole_of
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.model import Basis
from workbook.stated.words import named

RULE: Final = "sum"
_OPENS: Final = re.compile(r"(?:其中|分别是|分别为|包括|构成|具体为|含)[:,]?")
_STARTS: Final = re.compile(r"^(?:其中|包括)")
_MAINLY: Final = re.compile(r"主要(?:包括|包含|用于|是|为|有|由|支出|构成)")
_CLOSES: Final = re.compile(r"(?:合计|共计|总计|合共)(?:支出|收入|金额|资金|人数|数)?(?:为|达)?$")
_ASIDE: Final = re.compile(
    r"[比较同占]|上年(?!结转|结余)|去年|完成|人均|户均|平均|每|标准|累计|余额|历年|不足|超过"
)
_TOGETHER: Final = frozenset((Basis.INITIAL, Basis.ADDED))  # are parts of one whole


@dataclass(frozen=True, slots=True)
class _Claim:
    """A total and the figures that are said to be its parts."""

    total: Said
    parts: tuple[Said, ...]
    opening: str
    sentence: Sentence


def stated_sums(statement: Statement) -> Iterator[Slip | None]:
    """Each total of the statement whose parts follow it, or precede it."""
    before: Sentence | None = None
    for sentence in statement.sentences:
        for claim in (*_claims(sentence, before), *_closed(sentence)):
            yield from _judged(claim, statement)
        before = sentence
    if statement.sentences:
        yield from (one for claim in _by_name(statement) for one in _judged(claim, statement))


def carried_sums(statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """Totals of a paragraph whose parts stand in the next one, which begins with 其中."""
    for before, after in pairwise(statements):
        if before.is_cell or after.is_cell or not before.sentences or not after.sentences:
            continue
        first, last = after.sentences[0], before.sentences[-1]
        if not _STARTS.match(first.text) or not first.figures:
            continue
        totals = [one for one in last.figures if one.way is Way.VALUE and one.depth == 0]
        if totals:
            parts = _parts(first.figures, 0, totals[-1], 0)
            yield from _judged(_Claim(totals[-1], parts, "其中", first), after)


def _claims(sentence: Sentence, before: Sentence | None) -> Iterator[_Claim]:
    figures = sentence.figures
    for at, one in enumerate(figures):
        opening = _opening(one)
        if not opening:
            continue
        known = figures[:at]
        if not known and _STARTS.match(sentence.text) and before is not None:
            known = before.figures
        total = _total(known, one, opening)
        if total is not None:
            parts = _parts(figures, at, total, one.depth)
            if opening not in "(:" or len(parts) > 1:
                yield _Claim(total, parts, opening, sentence)


def _by_name(statement: Statement) -> Iterator[_Claim]:
    """Totals that stand beside all their parts without a word between: 三公经费 and its three."""
    figures = [one for sentence in statement.sentences for one in sentence.figures]
    opened = any(_OPENS.search(one.gap) for one in figures)
    found: dict[str, list[tuple[Said, Sentence]]] = {}
    for sentence in statement.sentences:
        for one in sentence.figures:
            is_plain = one.way is Way.VALUE and one.depth == 0 and not _ASIDE.search(one.clause)
            if is_plain and named(one.clause).basis in (Basis.NONE, Basis.OUTTURN):
                found.setdefault(short_name(one.clause), []).append((one, sentence))
    for total, whole in () if opened else vocabulary().identities.items():
        names = (total, *whole)
        if all(len(found.get(name, ())) == 1 for name in names):
            said, sentence = found[total][0]
            parts = tuple(found[name][0][0] for name in whole)
            if {one.kind for one in parts} == {said.kind}:
                yield _Claim(said, parts, "", sentence)


def _opening(one: Said) -> str:
    """The word or the bracket that opens a list of parts right before a figure."""
    gap = one.gap
    found = list(_OPENS.finditer(gap))
    if found and not re.search(r"[;。]", gap[found[-1].end() :]):
        return found[-1][0].strip(":,")
    return gap[0] if gap[:1] in ("(", ":") and one.way is Way.VALUE else ""


def _total(known: Sequence[Said], first: Said, opening: str) -> Said | None:
    """The last value before the list that is counted in the same unit."""
    values = [one for one in known if one.way is Way.VALUE and one.is_exact]
    if not values or first.way is not Way.VALUE:
        return None
    if opening in "(:":
        last = known[-1]
        return last if last is values[-1] and last.kind == first.kind else None
    same = [one for one in values if one.kind == first.kind and one.depth <= first.depth]
    total = same[-1] if same else None
    return None if total is None or _is_base(total, known) else total


def _is_base(one: Said, known: Sequence[Said]) -> bool:
    """Whether a figure is what another is compared with: 比上年100万元增加."""
    after = [other for other in known if other.start > one.start]
    is_compared = bool(after) and after[0].way in (Way.AMOUNT, Way.CHANGE_RATE)
    return is_compared and bool(re.search(r"[比较]", one.clause))


def _parts(figures: Sequence[Said], at: int, total: Said, depth: int) -> tuple[Said, ...]:
    """The values from `at` on that may be parts of the total."""
    made: list[Said] = []
    is_aside = False
    for one in figures[at:]:
        if one.depth < depth or "。" in one.gap:
            break
        # A部分,主要包括:a、b;B部分: what is listed in between is of A alone.
        is_aside = (is_aside and ";" not in one.gap) or bool(made and _MAINLY.search(one.gap))
        if is_aside:
            continue
        if one.depth > depth or one.kind != total.kind or one.way is not Way.VALUE:
            continue
        if not _ASIDE.search(one.clause):
            made.append(one)
    return _of_one_basis(total, made)


def _of_one_basis(total: Said, parts: Sequence[Said]) -> tuple[Said, ...]:
    """The parts that are budgeted where the total is, or spent; none where nobody can tell."""
    own = named(total.clause).basis
    bases = [named(one.clause).basis for one in parts]
    if own in (Basis.NONE, Basis.FULL, Basis.BUDGET) and set(bases) <= _TOGETHER:
        return tuple(parts)
    if own is Basis.NONE:
        return () if len({*bases} - {Basis.NONE}) > 1 else tuple(parts)
    return tuple(one for one, basis in zip(parts, bases, strict=True) if basis in (Basis.NONE, own))


def _end(parts: Sequence[Said]) -> int:
    """Where the parts end: a value of its own may follow, …,全年支出95万元."""
    for at, one in enumerate(parts):
        if at and short_name(one.clause) in vocabulary().others:
            return at
    return len(parts)


def _closed(sentence: Sentence) -> Iterator[_Claim]:
    """A total that stands behind its parts: 甲3万元,乙4万元,合计7万元."""
    for at, one in enumerate(sentence.figures):
        if one.way is not Way.VALUE or not _CLOSES.search(one.clause):
            continue
        parts: list[Said] = []
        for before in reversed(sentence.figures[:at]):
            if before.kind != one.kind or before.way is not Way.VALUE or before.depth:
                break
            parts.insert(0, before)
        if len(parts) > 1:
            yield _Claim(one, tuple(parts), "合计", sentence)


def _judged(claim: _Claim, statement: Statement) -> Iterator[Slip | None]:
    if not claim.parts or not claim.total.is_exact:
        return
    total, parts = term(claim.total), [term(one) for one in claim.parts]
    if claim.opening == "合计":
        parts = _tail(total, parts)
    found = best_sum(total, parts)
    if found is not None:
        how = Severity.HINT if found.fit is Fit.ROUNDED else None
        shown = [parts[number] for number in found.parts]
        yield None if how is None else _slip(claim, statement, shown, how)
        return
    if len(parts) == 1:
        if parts[0].amount > total.amount + total.half + parts[0].half:
            yield _larger(claim, statement)
        return
    yield from _off(claim, statement, total, parts)


def _tail(total: Term, parts: list[Term]) -> list[Term]:
    """The last of the parts that add up to the total, or all."""
    for start in range(len(parts) - 1):
        if sum(one.amount for one in parts[start:]) == total.amount:
            return parts[start:]
    return parts


def _off(
    claim: _Claim, statement: Statement, total: Term, parts: list[Term]
) -> Iterator[Slip | None]:
    """What to say of parts that do not add up: an error only where they must be all there are."""
    parts = parts[: _end(claim.parts)]
    names = [short_name(one.clause) for one in claim.parts[: len(parts)]]
    if whole := whole_of(names):
        shown = [parts[at] for at in whole]
        if best_sum(total, shown) is not None:
            yield None
            return
        yield _slip(claim, statement, shown, _weight(total, shown))
        return
    opening = claim.opening + claim.parts[0].gap
    if claim.parts[-1].after.startswith("等") or any(
        word in opening for word in vocabulary().partial
    ):
        return
    if len(parts) < 2:
        return
    added = sum(one.amount for one in parts)
    is_telling = sum(significant(one) >= 3 for one in parts) >= len(parts) / 2
    if is_telling and is_slip(total, parts) and added > total.amount / 2:
        yield _slip(claim, statement, parts, Severity.ERROR)
    elif added > total.amount and all(one.amount < total.amount for one in parts):
        yield _slip(claim, statement, parts, Severity.HINT)


def _weight(total: Term, parts: Sequence[Term]) -> Severity:
    """An error, or a hint for a last digit."""
    off = abs(sum(one.amount for one in parts) - total.amount)
    step = max((2 * one.half for one in (total, *parts)), default=0)
    return Severity.HINT if step and off <= step else Severity.ERROR


def _slip(claim: _Claim, statement: Statement, parts: Sequence[Term], severity: Severity) -> Slip:
    added = sum(one.amount for one in parts)
    factor = term(claim.total).factor
    value = (added / factor).normalize()
    due = f"{value:f}{claim.total.unit}"
    words = " + ".join(one.printed for one in parts)
    sentence = claim.sentence
    return Slip(
        RULE, severity, statement.place,
        statement.words(sentence.start, sentence.start + len(sentence.text)),
        (str(claim.total), *(one.printed for one in parts)),
        f"{_called(claim.total)}{claim.total}", f"{due}(各项之和)", f"{words} = {due}",
    )  # fmt: skip


def _larger(claim: _Claim, statement: Statement) -> Slip:
    (part,) = claim.parts
    sentence = claim.sentence
    return Slip(
        RULE, Severity.ERROR, statement.place,
        statement.words(sentence.start, sentence.start + len(sentence.text)),
        (str(claim.total), str(part)),
        f"其中{_called(part)}{part}", f"不超过总数 {claim.total}", f"{part} > {claim.total}",
    )  # fmt: skip


def _called(one: Said) -> str:
    return re.sub(r"^(?:其中|[,:;])+", "", one.clause)[-24:]
