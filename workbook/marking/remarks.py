"""Findings as a workbook shows them: a colour and a note on each cell, a list of them all."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from workbook.catalogue.findings import CAUSES_MARK, MORE_NOTED, NOTED, RESULTS_SHEET, TAKES_PART
from workbook.catalogue.model import Language
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

RESULT_WIDTHS: Final = (9, 17, 20, 46, 32, 34)  # of the columns of the list
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
    language: Language = "zh"

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
            sheet, more = RESULTS_SHEET(self.language), len(self.said) - MOST_SAID
            lines.append(MORE_NOTED(self.language, count=more, sheet=sheet))
        return "\n".join(lines)


def language_of(findings: Sequence[Finding]) -> Language:
    """The language of the form that they are about; Chinese where there are none."""
    return findings[0].language if findings else "zh"


def remarks(findings: Sequence[Finding]) -> dict[Place, Remark]:
    """For each cell all that is said of it, what it only takes part in included."""
    made: dict[Place, Remark] = {}
    ranks = list(Severity)
    language = language_of(findings)
    for place, severity, words in _said(findings):
        remark = made.setdefault(place, Remark(severity, [], language=language))
        remark.severity = min(remark.severity, severity, key=ranks.index)
        remark.said.append(words)
    for one in findings:  # what only follows from another is nobody's slip
        for place in one.culprits:
            if made[place].severity is one.severity:
                made[place].is_culprit = True
    return made


def _said(findings: Sequence[Finding]) -> Iterator[tuple[Place, Severity, str]]:
    for one in flattened(findings):
        word = one.severity.text(one.language)
        if one.place is not None:
            yield one.place, one.severity, NOTED(one.language, word=word, finding=one)
        for part in one.parts:
            if part.place is not None and part.place != one.place:
                said = TAKES_PART(one.language, word=word, rule=one.rule, finding=one)
                yield part.place, one.severity, said


def result_lines(findings: Sequence[Finding]) -> Iterator[Group | Finding]:
    """The lines of the list: each group's heading, its findings, under each what follows of it."""
    for group in grouped(findings):
        yield group
        yield from flattened(group.findings)


def result_row(one: Finding) -> tuple[str, ...]:
    """A finding under the columns of the list."""
    place = str(one.place or "")
    word, causes = one.severity.text(one.language), CAUSES_MARK(one.language).join(one.causes)
    return (word, place, one.label, one.what, one.todo, causes)
