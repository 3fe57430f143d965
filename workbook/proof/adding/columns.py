"""Items of several figures each, whose totals stand behind them or in a paragraph before.

`县本级112个,6391.04万元;乡镇38个,1650.12万元;合计150个,8041.16万元` are two sums side by side.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from workbook.proof.adding.claim import Claim, likeliest
from workbook.proof.model import Statement
from workbook.stated.clauses import Said, Sentence, Way

_CLOSES: Final = re.compile(
    r"(?:合计|共计|总计)(?:支出|收入|金额|资金)?(?:为|达)?$|(?:^|[条个家项类])共$"
)
_NEXT: Final = re.compile(r"[,、和]?[^,;。、:()\d]{0,6}")
_BY: Final = re.compile(r"按[^:,;。\d]{2,14}?(?:分类?|划分|来?看)[:,。]?$")
_FEWEST: Final = 2  # items, and figures of each
_NEAR: Final = 4  # paragraphs before a list that may state what it divides
_COUNTED: Final = re.compile(r"^[两二三四五六七八九十\d]")

Column = tuple[Said, ...]


def closed_columns(sentence: Sentence, before: Sentence | None) -> Iterator[Claim]:
    """Totals of several kinds right behind a list whose items have a figure of each kind."""
    for at, one in enumerate(sentence.figures):
        if not _CLOSES.search(one.clause) or one.way is not Way.VALUE:
            continue
        totals = [one]
        for other in sentence.figures[at + 1 :]:
            if not _NEXT.fullmatch(other.gap) or other.way is not Way.VALUE:
                break
            totals.append(other)
        listed = _plain(sentence.figures[:at])
        if all(
            _COUNTED.match(other.clause + str(other)) and other.unit not in "元" for other in listed
        ):
            listed = _plain(before.figures) if before and len(listed) < _FEWEST else listed
        columns = columns_of(listed, [other.kind for other in totals])
        for total, parts in zip(totals, columns, strict=False):
            yield Claim(total, parts, "合计", sentence)
        return


def divided_columns(statements: Sequence[Statement]) -> Iterator[tuple[list[Claim], Statement]]:
    """按类别分:货物86个,预算1243万元;工程… against the figures of these names stated before."""
    prose = [one for one in statements if not one.is_cell and one.sentences]
    for number, statement in enumerate(prose):
        found = _divided(statement)
        if found is None:
            continue
        sentence, columns = found
        around = [
            one for other in prose[max(number - _NEAR, 0) : number]
            for before in other.sentences for one in before.figures
        ]  # fmt: skip
        claims = [claim for parts in columns if (claim := _of(parts, around, sentence)) is not None]
        if any(claim.holds() for claim in claims):  # one shows that the list leaves nothing out
            yield [claim for claim in claims if claim.is_likely()], statement


def _divided(statement: Statement) -> tuple[Sentence, Sequence[Column]] | None:
    """The sentence of a list by kinds, and the figures of its items by column."""
    for sentence, after in pairwise((*statement.sentences, None)):
        assert sentence is not None
        first = sentence.figures[0] if sentence.figures else None
        words = sentence.text if first is None else sentence.text[: first.start]
        head = words if first is None else re.split(r"(?<=[:,])", words)[0]
        if not _BY.search(head):
            continue
        listed = sentence if first is not None else after
        figures = _plain(listed.figures) if listed else []
        width = next(
            (at for at, one in enumerate(figures) if at and one.kind == figures[0].kind), 0
        )
        columns = columns_of(figures, [one.kind for one in figures[:width]])
        return (listed, columns) if listed and columns else None
    return None


def _of(parts: Column, around: Sequence[Said], sentence: Sentence) -> Claim | None:
    """The column against the likeliest of the figures before of its kind."""
    totals = [
        one for one in around
        if one.way is Way.VALUE and one.is_exact and not one.depth and one.kind == parts[0].kind
        and _is_alike(one, parts)
    ]  # fmt: skip
    claims = [Claim(one, parts, "分类", sentence) for one in totals]
    return likeliest(claims) if claims else None


def _is_alike(one: Said, parts: Column) -> bool:
    """Whether the items name what they state as the total does: 预算 of 采购预算, or nothing."""
    names = {part.clause for part in parts}
    name = names.pop() if len(names) == 1 else ""
    return not name or name in one.clause


def _plain(figures: Sequence[Said]) -> list[Said]:
    """The exact values outside brackets, without the percentages between them."""
    return [one for one in figures if one.unit != "%" and not one.depth]


def columns_of(figures: Sequence[Said], kinds: Sequence[str]) -> list[Column]:
    """The figures by column where they repeat the kinds of a row, none where they do not."""
    width = len(kinds)
    if (len(set(kinds)) < _FEWEST and width != 1) or width < _FEWEST:
        return []
    is_even = len(figures) % width == 0 and len(figures) >= _FEWEST * width
    if not is_even or not all(one.way is Way.VALUE and one.is_exact for one in figures):
        return []
    if [one.kind for one in figures] != list(kinds) * (len(figures) // width):
        return []
    return [tuple(figures[column::width]) for column in range(width)]
