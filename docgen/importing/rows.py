"""Rows of the form's tables in a report, in the middle of a sentence; rows compared."""

import re
from collections.abc import Sequence
from typing import Final

from docgen.importing.align import Patterns
from docgen.importing.found import Found, Row, Statement, put_round
from docgen.importing.patterns import Catch, Pattern
from docgen.stated.outline import Line
from workbook.stated.folded import NUMBERING, PUNCTUATION, fold

LEAST_ROUNDS: Final = 2
IN_A_SENTENCE: Final = "从一句话的中间认出"
_NUMBERED: Final = re.compile(rf"(?:^|(?<=[{re.escape(PUNCTUATION)}]))(?=(?:{NUMBERING}))")


def same_rows(first: Sequence[Row], other: Sequence[Row]) -> bool:
    """Whether two lists of rows say the same where both say something."""
    return len(first) == len(other) and all(
        fold(a[key].text).text == fold(b[key].text).text
        for a, b in zip(first, other, strict=True)
        for key in a.keys() & b.keys()
    )


def add_numbered(found: Found, patterns: Patterns, rest: Sequence[Line]) -> None:
    """Add the numbered rows in the sentences that no line of the template fits.

    Such a sentence is `两个项目,包括:1.甲5万元;2.乙3万元。`.
    """
    for template, candidates in patterns:
        for _, body in candidates[0].repeats if candidates and template.table is None else ():
            table = body.holes[0][1].targets[0].table if body.holes else ""
            if not table or found.tables.get(table):
                continue
            for line in rest:
                for catch in _rounds(body, line):
                    put_round(found, catch, Statement([catch], IN_A_SENTENCE), ("run", table))
                    found.partly.setdefault(line, []).append(f"“{table}”")


def _rounds(body: Pattern, line: Line) -> list[Catch]:
    """The values of the first two or more rounds that follow each other in a line."""
    if line.table is not None or line.is_long or body.is_loose:
        return []
    for match in _NUMBERED.finditer(line.folded.text):
        catches = body.rounds(line, match.start(), len(line.folded.text))
        is_own = body.own is not None and any(body.own.has(catch.text) for catch in catches)
        if len({catch.round for catch in catches}) >= LEAST_ROUNDS and not is_own:
            return catches
    return []
