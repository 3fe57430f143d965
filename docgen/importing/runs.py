"""Rows of a loop in the middle of a sentence: `两个项目,包括:1.甲5万元;2.乙3万元。`."""

import re
from collections.abc import Sequence
from typing import Final

from docgen.importing.align import Patterns
from docgen.importing.folded import NUMBERING, PUNCTUATION
from docgen.importing.found import Found, Statement, put_round
from docgen.importing.outline import Line
from docgen.importing.patterns import Catch, Pattern

LEAST_ROUNDS: Final = 2
REMARK: Final = "从一句话的中间认出"
_START: Final = re.compile(rf"(?:^|(?<=[{re.escape(PUNCTUATION)}]))(?=(?:{NUMBERING}))")


def add_runs(found: Found, patterns: Patterns, rest: Sequence[Line]) -> None:
    """Add the numbered rows in the sentences that no line of the template fits."""
    for template, candidates in patterns:
        for _, body in candidates[0].repeats if candidates and template.table is None else ():
            table = body.holes[0][1].targets[0].table if body.holes else ""
            if not table or found.tables.get(table):
                continue
            for line in rest:
                for catch in _run(body, line):
                    put_round(found, catch, Statement([catch], REMARK), ("run", table))
                    found.partly.setdefault(line, []).append(f"“{table}”")


def _run(body: Pattern, line: Line) -> list[Catch]:
    """The values of the first two or more rounds that follow each other in a line."""
    if line.table is not None or line.is_long or body.refused:
        return []
    for match in _START.finditer(line.folded.text):
        catches = body.rounds(line, match.start(), len(line.folded.text))
        if len({catch.round for catch in catches}) >= LEAST_ROUNDS:
            return catches
    return []
