"""The budget of a year beside the one it began with and what was added or taken."""

import re
from collections.abc import Iterator
from typing import Final

from workbook.proof.adding.claim import CUT, Claim
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.model import Basis
from workbook.stated.words import named

_FEWEST: Final = 3  # a budget and two parts
_MORE: Final = re.compile(
    r"结转|结余|[调核追压缩扣削]减|(?<![年比期])减少|收回|[划调转]出|划转|划拨|上缴|收缴|交回|缴回|压缩"
)
_RAISED: Final = re.compile(
    r"(?:年中|本年)?(?:预算)?(?:调增|追加|核增)(?:预算|指标|资金)?(?:数|额)?(?:为)?"
)
_CUT: Final = re.compile(r"(?:年中|本年)?(?:预算)?(?:调减|核减|压减)(?:预算|指标|资金)?(?:数|额)?")


def budgets(sentence: Sentence) -> Iterator[Claim]:
    """全年预算 of a sentence that states 年初预算 and what was added, each of them once."""
    found: dict[Basis, list[Said]] = {}
    for one in sentence.figures if len(sentence.figures) >= _FEWEST else ():
        read = named(one.clause)
        if one.way is Way.VALUE and not one.depth and not read.name:
            found.setdefault(read.basis, []).append(one)
    full, *parts = (found.get(basis, []) for basis in (Basis.FULL, Basis.INITIAL, Basis.ADDED))
    if not parts[0] and len(plain := found.get(Basis.BUDGET, [])) == 1 and full:
        parts[0] = plain if plain[0].start < full[0].start else []
    is_plain = all(len(one) == 1 for one in (full, *parts)) and not _MORE.search(sentence.text)
    if is_plain:
        yield from _alone(Claim(full[0], (parts[0][0], parts[1][0]), CUT, sentence))
    raised = [
        one for one in sentence.figures
        if _RAISED.fullmatch(one.clause) and not one.depth and one.is_exact
    ]  # fmt: skip
    is_raised = len(raised) == len(full) == len(parts[0]) == 1 and not parts[1]
    if is_raised and not _MORE.search(sentence.text):
        yield from _alone(Claim(full[0], (parts[0][0], raised[0]), CUT, sentence))
    cut = [
        one for one in sentence.figures
        if _CUT.fullmatch(one.clause) and not one.depth and one.is_exact
    ]  # fmt: skip
    if len(cut) == len(full) == len(parts[0]) == 1 and len(_MORE.findall(sentence.text)) == 1:
        # What was taken, what is left.
        yield from _alone(Claim(parts[0][0], (cut[0], full[0]), CUT, sentence))


def _alone(claim: Claim) -> Iterator[Claim]:
    """A budget and its parts, unless they are off and another amount between them is one too."""
    held = (claim.total, *claim.parts)
    ends = [one.start for one in held]
    between = [
        one for one in claim.sentence.figures
        if min(ends) < one.start < max(ends) and not claim.has(one) and one.kind == claim.total.kind
        and one.way is not Way.PERCENT and not one.depth and "其中" not in one.gap
    ]  # fmt: skip
    if not between or claim.holds():
        yield claim
