"""收入总计 and 支出总计 of a public account: what came in or went out, and what is added to it.

`一般公共预算收入4990万元,完成预算102.9%。加上级补助收入5606万元、上年结转408万元,收入总计11004万元`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workbook.proof.adding.claim import GRAND, TAKEN, Claim
from workbook.proof.model import Statement
from workbook.stated.clauses import Said, Sentence, Way

_GRAND: Final = re.compile(r"(收入|支出)(?:总计|合计|总量)(?:为|达)?$")
_ADDS: Final = re.compile(r"^(?:再)?加(?!强|快|大|工|装|班)")
_NEAR: Final = 12  # paragraphs before it that may state what is added to


def grand_claims(statements: Sequence[Statement]) -> Iterator[tuple[Claim, Statement]]:
    """Each such total with its parts, where they add up or one slip of the hand explains it."""
    prose = [one for one in statements if not one.is_cell and one.sentences]
    for at, statement in enumerate(prose):
        if "总计" not in statement.text and "合计" not in statement.text:
            continue
        known = [
            one for other in prose[max(at - _NEAR, 0) : at] if other.topic == statement.topic
            for sentence in other.sentences for one in _plain(sentence)
        ]  # fmt: skip
        for sentence in statement.sentences:
            figures = _plain(sentence)
            for number, one in enumerate(figures):
                side = _GRAND.search(one.clause)
                parts = _parts(figures[:number], known, side[1]) if side else ()
                claim = Claim(one, parts, GRAND, sentence)
                if len(parts) > 1 and claim.is_likely():
                    yield claim, statement
            known += figures


def _plain(sentence: Sentence) -> list[Said]:
    """The exact amounts of a sentence outside brackets that are no change."""
    return [
        one for one in sentence.figures
        if one.way is Way.VALUE and one.kind == "元" and one.is_exact and not one.depth
    ]  # fmt: skip


def _parts(before: Sequence[Said], known: Sequence[Said], side: str) -> tuple[Said, ...]:
    """What stands before a total in its sentence, from 加上 on with what that is added to."""
    if any(TAKEN.search(one.clause) for one in before):
        return ()
    added = next((at for at, one in enumerate(before) if _ADDS.match(one.clause)), None)
    first = re.compile(rf"(?:预算|基金|本级|财政).*{side}(?:完成|实现|为)*$")
    if added is not None:
        heads = [one for one in (*known, *before[:added]) if first.search(one.clause)]
        return (heads[-1], *before[added:]) if heads else ()
    starts = [at for at, one in enumerate(before) if first.search(one.clause)]
    return tuple(before[starts[-1] :]) if starts else ()
