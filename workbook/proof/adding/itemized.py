"""Totals whose items are numbered paragraphs with a figure each, or a budget and an outturn."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workbook.proof.adding.claim import Claim
from workbook.proof.arithmetic import MOST_PARTS
from workbook.proof.model import Statement
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.folded import numbering

_OPENS: Final = re.compile(r"(?:其中|(?:具体|分项)(?:情况)?(?:如下|为))[:。]?$")
_INITIAL: Final = re.compile(r"年初预算")
_SPENT: Final = re.compile(r"决算|实际支出")
_COMPARED: Final = re.compile(r"[比较]|上年|去年|同期|增加|减少")
_FEWEST: Final = 2
_LISTS: Final = re.compile(r"(?:其中[:,]?|[:;])$")
_LEAST: Final = 3  # items of a list whose head does not say what they are
_AMONG: Final = re.compile(r"^其中")


def itemized_claims(statements: Sequence[Statement]) -> Iterator[tuple[Claim, Statement]]:
    """支出决算为9万元,完成预算95%。其中: and the numbered paragraphs behind it, each with its own.

    The budgets are held against the budget, what was spent against the outturn.
    """
    for at, statement in enumerate(statements[:-1]):
        head = _head(statement)
        if not numbering(statements[at + 1].folded.text):
            continue
        if head is None:
            yield from _listed(statement, statements[at + 1 : at + 1 + MOST_PARTS])
            continue
        items = _items(statements[at + 1 : at + 1 + MOST_PARTS])
        for words in (_INITIAL, _SPENT):
            totals = [one for one in _values(head.figures) if words.search(one.clause)]
            parts = [_one(item, words) for item in items]
            known = tuple(one for one in parts if one is not None)
            if len(totals) == 1 and len(known) == len(items) >= _FEWEST:
                yield Claim(totals[0], known, "其中", head), statement


def _listed(statement: Statement, behind: Sequence[Statement]) -> Iterator[tuple[Claim, Statement]]:
    """募集善款230.4万元; and the numbered paragraphs behind it, each with an amount first."""
    filled = [one for one in statement.sentences if one.figures]
    if statement.is_cell or not _LISTS.search(statement.folded.text) or not filled:
        return
    amounts = [one for one in filled[-1].figures if one.kind == "元"]
    totals = _values(amounts)
    parts = [_first(item) for item in _siblings(behind)]
    known = tuple(one for one in parts if one is not None)
    if len(amounts) == len(totals) == 1 and len(known) == len(parts) >= _LEAST:
        yield Claim(totals[0], known, "其中", filled[-1]), statement


def _siblings(statements: Sequence[Statement]) -> list[Statement]:
    """The paragraphs numbered in the form of the first; those of their own parts are left out."""
    first = numbering(statements[0].folded.text)
    made: list[Statement] = []
    for statement in statements:
        number = numbering(statement.folded.text)
        if number and number == _form(first, len(made) + 1):
            made.append(statement)
        elif not number and not _AMONG.match(statement.folded.text):
            break
    return made


def _first(item: Statement) -> Said | None:
    """The amount with which an item begins."""
    figures = [one for sentence in item.sentences[:1] for one in sentence.figures]
    known = _values(figures[:1])
    return known[0] if known else None


def _head(statement: Statement) -> Sentence | None:
    """The sentence before 其中: at the end of a paragraph, where rates follow its figures."""
    if statement.is_cell or not _OPENS.search(statement.folded.text) or not statement.sentences:
        return None
    filled = [one for one in statement.sentences[-2:] if one.figures]
    return filled[-1] if filled and filled[-1].figures[-1].unit == "%" else None


def _items(statements: Sequence[Statement]) -> list[Statement]:
    """The paragraphs that are numbered in one form, 1. 2. 3., up to the first that is not."""
    made: list[Statement] = []
    for statement in statements:
        number = numbering(statement.folded.text)
        if not number or number != _form(numbering(statements[0].folded.text), len(made) + 1):
            break
        made.append(statement)
    return made


def _form(first: str, number: int) -> str:
    """The number that stands in the place of the 1 of the first item."""
    return first.replace("1", str(number)) if "1" in first else ""


def _one(item: Statement, words: re.Pattern[str]) -> Said | None:
    found = [
        one for sentence in item.sentences for one in _values(sentence.figures)
        if words.search(one.clause)
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _values(figures: Sequence[Said]) -> list[Said]:
    return [
        one for one in figures
        if one.way is Way.VALUE and one.is_exact and one.kind == "元" and not one.depth
        and not _COMPARED.search(one.clause)
    ]  # fmt: skip
