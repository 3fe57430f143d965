"""Totals whose parts stand in other paragraphs: behind 其中, or in a list that divides them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from workbook.proof.adding.claim import Claim, likeliest
from workbook.proof.adding.opened import parts_of, without_states
from workbook.proof.adding.openings import ENDS, STARTS
from workbook.proof.arithmetic import MOST_PARTS, significant, term
from workbook.proof.model import Statement
from workbook.proof.vocabulary import short_name, whole_of
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.folded import numbering

DIVIDED: Final = "分类"
_DIVIDED: Final = re.compile(
    r"(?:按[^:,;。\d]{2,14}?(?:分类?|划分|来?看|统计)|[分从][^:,;。\d]{1,10}?来?看|([^:,;。\d]{2,12})中)[:,]"
)
_INSIDE: Final = re.compile(r"^[,。;]?按[^:,;。\d]{2,14}?(?:分类?|划分|来?看)[:,][^,:;。\d]*$")
_FEWEST: Final = 3  # parts of what is divided
_TELLING: Final = 3  # digits of a figure that is hardly another's by chance


def carried_claims(statements: Sequence[Statement]) -> Iterator[tuple[Claim, Statement]]:
    """Totals whose parts stand in the next paragraphs, each with the one that it is told of."""
    for at, (before, after) in enumerate(pairwise(statements), 1):
        if before.is_cell or after.is_cell or not before.sentences or not after.sentences:
            continue
        last, first = before.sentences[-1], after.sentences[0]
        totals = [one for one in last.figures if one.way is Way.VALUE and one.depth == 0]
        if not totals:
            continue
        if STARTS.match(first.text) and first.figures:
            parts = parts_of(first.figures, 0, totals[-1], 0)
            yield Claim(totals[-1], parts, "其中", first), after
        elif (opening := ENDS.search(last.text)) and totals[-1] is last.figures[-1]:
            parts = tuple(_heads(statements[at : at + MOST_PARTS], totals[-1]))
            is_whole = bool(whole_of([short_name(one.clause) for one in parts]))
            if is_whole or (len(parts) > 1 and numbering(after.folded.text)):
                words = opening[0].replace("如下", "其中")  # 如 alone says that some are left out
                yield Claim(totals[-1], parts, words, last), before


def divided_claims(statements: Sequence[Statement]) -> Iterator[tuple[Claim, Statement]]:
    """按用途分:甲3万元;乙4万元 against the figure of the two paragraphs before that it divides."""
    prose = [one for one in statements if not one.is_cell and one.sentences]
    for at, statement in enumerate(prose):
        before = [
            one for other in prose[max(at - 2, 0) : at] if other.topic == statement.topic
            for sentence in other.sentences for one in sentence.figures
        ]  # fmt: skip
        for sentence in statement.sentences:
            own = [one for other in statement.sentences for one in other.figures]
            claim = _divided(sentence, before, own[:1])
            if claim is not None:
                yield claim, statement
            before += sentence.figures


def _divided(sentence: Sentence, before: Sequence[Said], first: Sequence[Said]) -> Claim | None:
    """The figures of a sentence that divide one that stands before it.

    Two of them divide only `first`, the figure that their paragraph begins with.
    """
    opening = _DIVIDED.match(sentence.text)
    if opening is None and (inside := _divided_inside(sentence)) is not None:
        return inside
    parts = tuple(without_states([one for one in sentence.figures if one.unit != "%"]))
    is_plain = all(one.way is Way.VALUE and one.is_exact and not one.depth for one in parts)
    if opening is None or len(parts) < _FEWEST - 1 or len({one.kind for one in parts}) > 1:
        return None
    around = [
        one for one in (before if len(parts) >= _FEWEST else first)
        if one.way is Way.VALUE and one.is_exact and one.kind == parts[0].kind
        and (not opening[1] or one.clause.endswith(opening[1]))
        and (one.amount > max(part.amount for part in parts) or _is_tenfold(one, parts))
    ]  # fmt: skip
    claims = [Claim(one, parts, DIVIDED, sentence) for one in around]
    best = likeliest(claims) if is_plain and claims else None
    return best if best is not None and best.is_likely() else None


def _is_tenfold(total: Said, parts: Sequence[Said]) -> bool:
    """Whether the parts would add up if one of them had its point a place further left."""
    excess = sum(one.amount for one in parts) - total.amount
    is_telling = significant(term(total)) >= _TELLING and len(parts) >= _FEWEST
    return is_telling and any(one.amount * 9 == excess * 10 for one in parts)


def _divided_inside(sentence: Sentence) -> Claim | None:
    """支出9万元,按功能分类:甲3万元,占33%;乙6万元,占67%: the total stands right before."""
    for at, one in enumerate(sentence.figures[1:], 1):
        if not _INSIDE.search(one.gap):
            continue
        total = sentence.figures[at - 1]
        behind = without_states([other for other in sentence.figures[at:] if other.unit != "%"])
        parts = tuple(other for other in behind if not other.depth)
        is_plain = all(
            other.way is Way.VALUE and other.is_exact and other.kind == total.kind
            for other in (total, *parts)
        )
        claim = Claim(total, parts, DIVIDED, sentence)
        return claim if is_plain and len(parts) > 1 and claim.is_likely() else None
    return None


def _heads(statements: Sequence[Statement], total: Said) -> Iterator[Said]:
    """The first figure of each paragraph, as long as they begin with one of the total's unit."""
    is_list = bool(statements) and bool(numbering(statements[0].folded.text))
    for statement in statements:
        figures = statement.sentences[0].figures if statement.sentences else ()
        if is_list is not bool(numbering(statement.folded.text)):
            return
        is_part = bool(figures) and figures[0].way is Way.VALUE and figures[0].kind == total.kind
        if statement.is_cell or not is_part:
            return
        yield figures[0]
