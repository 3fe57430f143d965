"""Totals whose parts a word opens, 其中 or a bracket."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workbook.proof.adding.claim import ASIDE, Claim, likeliest
from workbook.proof.adding.openings import MADE_UP, STARTS, of_these, opened_behind, opening_of
from workbook.proof.arithmetic import MOST_PARTS, best_sum, is_slip, term
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.model import Basis
from workbook.stated.words import named

_SOURCE: Final = re.compile(r"收入|拨款|结转|结余")  # of money, none of which is left out
_MAINLY: Final = re.compile(r"主要(?:包括|包含|用于|是|为|有|由|支出|构成)")
_MEAN: Final = re.compile(r"[人户亩生车村校台场期班]均|平均|每")  # 1620人,每期45人,其中…
_YEAR: Final = re.compile(r"((?:19|20)\d\d)年")
_ANOTHER: Final = re.compile(r";(?:加|总(?:负债|支出|收入|成本|费用|资产))")
_STATE: Final = re.compile(
    r"(?:目前|现|均|其中|截至[^,]*)?(?:已|尚|仍|还|未|待|正在|其余|剩余|余下|完成|达标|合格|整改)"
)
_TOGETHER: Final = frozenset((Basis.INITIAL, Basis.ADDED))  # are parts of one whole


def opened_claims(sentence: Sentence, before: Sentence | None) -> Iterator[Claim]:
    """Each total of a sentence, or of the one before, whose parts a word or a bracket opens."""
    figures = sentence.figures
    for at, one in enumerate(figures):
        opening = opening_of(one) or of_these(one, sentence)
        if not opening:
            continue
        known = figures[:at]
        if not known and STARTS.match(sentence.text) and before is not None:
            known = before.figures
        depth = one.depth - opened_behind(one.gap, opening)
        for first in _firsts(figures[at:], one):
            tried = [
                Claim(total, parts_of(figures, at, total, depth), opening, sentence)
                for total in _totals(known, first, opening)
            ]
            if tried:
                break
        if tried and (opening not in "(:" or len(tried[0].parts) > 1):
            best = likeliest(tried)
            yield best
            yield from _second(sentence, at, best, known)


def _firsts(figures: Sequence[Said], one: Said) -> list[Said]:
    """The first figure of a list, and those of other kinds in its first item.

    发放295.75万元,其中一等937人,每人2000元,计187.40万元;…: the amounts are what adds up.
    """
    first = next((other for other in figures[:3] if not _bounds(other)), one)
    made = [first if first.depth == one.depth else one]
    for other in figures[1:4]:
        if ";" in other.gap or other.depth != one.depth or other.way is not Way.VALUE:
            break
        made += [other] if other.kind not in {said.kind for said in made} else []
    return made


def _second(sentence: Sentence, at: int, first: Claim, known: Sequence[Said]) -> Iterator[Claim]:
    """The other figures of items that have two: 其中道路3份,金额12万元;饮水5份,金额23万元."""
    behind = [
        one for one in sentence.figures[at:]
        if first.parts and one.start > first.parts[0].start and one.kind != first.total.kind
        and one.way is Way.VALUE
    ]  # fmt: skip
    totals = [one for one in known if behind and one.kind == behind[0].kind and one.is_exact]
    if len(totals) != 1 or totals[0].way is not Way.VALUE:
        return
    parts = parts_of(sentence.figures, at, totals[0], behind[0].depth)
    claim = Claim(totals[0], parts, first.opening, sentence)
    if claim.is_beside(first):
        yield claim


def _totals(known: Sequence[Said], first: Said, opening: str) -> Iterator[Said]:
    """The values before the list that are counted in the same unit, the likeliest first."""
    values = [one for one in known if one.way is Way.VALUE and one.is_exact]
    if not values or first.way is not Way.VALUE:
        return
    if opening in "(:":
        if known[-1].way is Way.SHARE and len(known) > 1:
            known = known[:-1]  # 基本支出3万元,占71%(人员经费…)
        last = known[-1]
        if last is values[-1] and last.kind == first.kind:
            yield last
        return
    if first.gap.count("(") - first.gap.count(")") > opened_behind(first.gap, opening):
        # 8个项目(含结转项目5个): the list is of what stands right before its bracket.
        known = [one for one in known if one.kind == first.kind and one.depth < first.depth]
        yield from known[-1:] if known and known[-1] in values else ()
        return
    nearest = values[::-1]
    for total in sorted(nearest, key=lambda one: bool(_MEAN.search(one.clause))):
        if total.kind == first.kind and total.depth <= first.depth and not _is_base(total, known):
            if any(";" in one.gap for one in known if one.start > total.start):
                return
            yield total


def _bounds(one: Said) -> bool:
    """Whether a figure only says what is counted: 其中收入50万元以上的村28个."""
    return bool(re.match(r"(?:及?以[上下内]|至|-)", one.after))


def _is_base(one: Said, known: Sequence[Said]) -> bool:
    """Whether a figure is what another is held against: 比上年100万元增加, 预算100万元的95%."""
    after = next((other for other in known if other.start > one.start), None)
    if after is None:
        return False
    if after.gap == "的" and after.unit == "%":
        return True
    is_changed = after.way in (Way.AMOUNT, Way.CHANGE_RATE)
    return is_changed and bool(re.search(r"[比较]", one.clause))


def parts_of(figures: Sequence[Said], at: int, total: Said, depth: int) -> tuple[Said, ...]:
    """The values from `at` on that may be parts of the total."""
    made: list[Said] = []
    is_aside = False
    for one in figures[at : at + 2 * MOST_PARTS]:
        is_over = made and (_ANOTHER.match(one.gap) or MADE_UP.match(one.gap))
        if one.depth < depth or "。" in one.gap or is_over:
            break
        # A部分,主要包括:a、b;B部分: what is listed in between is of A alone.
        behind = re.split("[;。]", one.gap)[-1]
        is_aside = (is_aside and behind == one.gap) or bool(made and _MAINLY.search(behind))
        if is_aside:
            continue
        if one.depth > depth or one.kind != total.kind or one.way is not Way.VALUE:
            continue
        is_weight = one.unit == "分" and re.match(r",?(?:自评)?得", one.after)  # 投入10分得9分
        if not is_weight and not ASIDE.search(one.clause):
            made.append(one)
    return _of_one_basis(total, without_states(made))


def without_states(parts: Sequence[Said]) -> list[Said]:
    """The parts without what is told of each: 立改类52个,已改完;分阶段类23个,已完成17个."""
    is_list = any(";" in one.gap for one in parts[1:])
    return [
        one for at, one in enumerate(parts)
        if not (is_list and at and ";" not in one.gap and _STATE.match(one.clause))
    ]  # fmt: skip


def _of_one_year(total: Said, parts: Sequence[Said]) -> Sequence[Said]:
    """Of 2023年8万元,2022年12万元 and so on those of the total's own year, if it has one.

    All of them where they go better with the total: what an earlier year is paid for belongs there.
    """
    own, years = _YEAR.findall(total.clause), [_YEAR.findall(one.clause) for one in parts]
    if not own or not all(years):
        return parts
    same = [one for one, year in zip(parts, years, strict=True) if year[-1] == own[-1]]
    return parts if _rank(total, parts) > _rank(total, same) else same


def _rank(total: Said, parts: Sequence[Said]) -> int:
    """How well parts go with a total: 2 where they add up, 1 where one slip keeps them from it."""
    whole, terms = term(total), [term(one) for one in parts]
    if best_sum(whole, terms, least=min(2, len(terms))) is not None:
        return 2
    return int(is_slip(whole, terms))


def _of_one_basis(total: Said, parts: Sequence[Said]) -> tuple[Said, ...]:
    """The parts that are budgeted where the total is, or spent; none where nobody can tell."""
    parts = _of_one_year(total, parts)
    own = named(total.clause).basis
    bases = [named(one.clause).basis for one in parts]
    left = [one for one, basis in zip(parts, bases, strict=True) if basis not in _TOGETHER]
    is_together = len(left) < len(parts) and all(_SOURCE.search(one.clause) for one in left)
    if own in (Basis.NONE, Basis.FULL, Basis.BUDGET) and is_together:
        return tuple(parts)
    if own is Basis.NONE:
        return () if len({*bases} - {Basis.NONE}) > 1 else tuple(parts)
    return tuple(one for one, basis in zip(parts, bases, strict=True) if basis in (Basis.NONE, own))
