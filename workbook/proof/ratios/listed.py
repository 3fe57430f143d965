"""Shares in numbered paragraphs of a total that the paragraph before them states."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workbook.proof.arithmetic import Fit, term
from workbook.proof.model import Slip, Spot, Statement
from workbook.proof.percentages import is_rate_slip
from workbook.proof.ratios.rates import fits, off
from workbook.proof.ratios.share_lists import SHARE
from workbook.stated.clauses import Said, Way
from workbook.stated.folded import numbering

_LEADS: Final = re.compile(r"(?:方面|如下|其中|具体|情况|构成|包括|用于)[:。]?$")
_BARE: Final = re.compile(r"占(?:比|总支出的?|支出总额的?|比重)?(?:为)?")
_FEWEST: Final = 2
_MOST: Final = 60  # paragraphs behind a total that are looked at


def listed_shares(statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """用于以下方面: and 1.农林水支出3万元,占30%。 2.…: each share against the total before.

    Only where most of them are of that total.
    """
    for at, statement in enumerate(statements[:-1]):
        if statement.is_cell or not _LEADS.search(statement.folded.text):
            continue
        figures = [one for sentence in statement.sentences for one in sentence.figures]
        wholes = [one for one in figures if one.way is Way.VALUE and one.is_exact and one.value]
        items = list(_items(statements[at + 1 : at + 1 + _MOST]))
        if wholes and len(items) >= _FEWEST:
            yield from _held(wholes[-1], items)


def _items(statements: Sequence[Statement]) -> Iterator[tuple[Said, Said, Spot]]:
    """The figure and the bare share with which each numbered paragraph begins."""
    for statement in statements:
        sentence = next(iter(statement.sentences), None)
        if sentence is None or not numbering(statement.folded.text) or len(sentence.figures) < 2:
            return
        part, rate = sentence.figures[:2]
        is_share = rate.way is Way.SHARE and _BARE.fullmatch(rate.clause) is not None
        if part.way is not Way.VALUE or not (is_share and part.is_exact and rate.is_exact):
            return
        yield part, rate, Spot(sentence, statement)


def _held(whole: Said, items: Sequence[tuple[Said, Said, Spot]]) -> Iterator[Slip | None]:
    held = [fits(rate, part, whole) is Fit.EXACT for part, rate, _ in items]
    if held.count(False) > max(1, len(items) // 3) or not any(held):
        return
    for (part, rate, spot), is_right in zip(items, held, strict=True):
        if is_right:
            yield None
        elif part.kind == whole.kind and is_rate_slip(term(rate), term(part), term(whole)):
            yield off(SHARE, rate, (part, whole), spot)
