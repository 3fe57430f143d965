"""Findings as a workbook shows them: a colour and a note on each cell, a list of them all."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from workbook.findings.groups import Group, grouped
from workbook.findings.model import Finding, Severity, flattened
from workbook.findings.place import Place
from workbook.making.palette import (
    AMBER_FILL,
    AMBER_INK,
    BLUE_FILL,
    BLUE_INK,
    DARK_AMBER,
    DARK_BLUE,
    DARK_RED,
    INK,
    RED_FILL,
    RED_INK,
)

RESULTS_SHEET: Final = "校验结果"
RESULT_COLUMNS: Final = {
    "级别": 9,
    "位置": 17,
    "项目": 20,
    "问题": 46,
    "怎么改": 32,
    "可能的原因": 34,
}
LOOKS: Final = {
    Severity.ERROR: (RED_FILL, RED_INK),
    Severity.WARNING: (AMBER_FILL, AMBER_INK),
    Severity.HINT: (BLUE_FILL, BLUE_INK),
}
CULPRIT_FILLS: Final = {
    Severity.ERROR: DARK_RED,
    Severity.WARNING: DARK_AMBER,
    Severity.HINT: DARK_BLUE,
}
MOST_SAID: Final = 10  # on one cell; Excel takes no note of more than 32,767 letters


class Remark(Struct):
    """What is said of one cell, and how grave the gravest of it is.

    `is_culprit`: the slip is likely in this cell, and not in another that it is compared with.
    """

    severity: Severity
    said: list[str]
    is_culprit: bool = False

    @property
    def look(self) -> tuple[str, str]:
        """The cell's colour and that of its letters; a culprit's is the darker one."""
        fill, ink = LOOKS[self.severity]
        return (CULPRIT_FILLS[self.severity], INK) if self.is_culprit else (fill, ink)

    @property
    def text(self) -> str:
        """The note on the cell."""
        lines = self.said[:MOST_SAID]
        if len(self.said) > MOST_SAID:
            lines.append(f"……另有 {len(self.said) - MOST_SAID} 条,见“{RESULTS_SHEET}”")
        return "\n".join(lines)


def remarks(findings: Sequence[Finding]) -> dict[Place, Remark]:
    """For each cell all that is said of it, what it only takes part in included."""
    made: dict[Place, Remark] = {}
    ranks = list(Severity)
    for place, severity, words in _said(findings):
        remark = made.setdefault(place, Remark(severity, []))
        remark.severity = min(remark.severity, severity, key=ranks.index)
        remark.said.append(words)
    for one in findings:  # what only follows from another is nobody's slip
        for place in one.culprits:
            if made[place].severity is one.severity:
                made[place].is_culprit = True
    return made


def _said(findings: Sequence[Finding]) -> Iterator[tuple[Place, Severity, str]]:
    for one in flattened(findings):
        if one.place is not None:
            yield one.place, one.severity, f"【{one.severity.word}】{one}"
        for part in one.parts:
            if part.place is not None and part.place != one.place:
                yield part.place, one.severity, f"【{one.severity.word}】参与“{one.rule}”:{one}"


def result_lines(findings: Sequence[Finding]) -> Iterator[Group | Finding]:
    """The lines of the list: each group's heading, its findings, under each what follows of it."""
    for group in grouped(findings):
        yield group
        yield from flattened(group.findings)


def result_row(one: Finding) -> tuple[str, ...]:
    """A finding under the columns of the list."""
    place = str(one.place or "")
    return (one.severity.word, place, one.label, one.what, one.todo, ";".join(one.causes))
