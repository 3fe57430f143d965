"""Findings as a person reads them in a terminal: the gravest first, every addend with its cell."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from workbook.catalogue.findings import (
    ALL_TIES,
    BECAUSE,
    BLANK_PART,
    DO,
    FOLLOWS,
    FOUND,
    HEAD,
    LAST_LINE,
    MANY_OF,
    MORE_PARTS,
    ONE_OF,
    PERHAPS,
    SENTENCE,
    UNCHECKED,
)
from workbook.catalogue.model import Language, listed
from workbook.checking.check import Checked
from workbook.findings.groups import in_order
from workbook.findings.model import Finding, Part, Severity
from workbook.reading.values import shown

MOST_PARTS = 12


def summary(findings: Sequence[Finding], told_in: Language | None = None) -> str:
    """`发现 2 处错误、1 处提醒`, or that everything ties.

    In the language of the findings, unless it is told; that nothing was found else in Chinese.
    """
    language = told_in or (findings[0].language if findings else "zh")
    counts = [
        (ONE_OF if number == 1 else MANY_OF)[severity.value](language, count=number)
        for severity in Severity
        if (number := sum(one.severity is severity for one in findings))
    ]
    return FOUND(language, counts=listed(language, counts)) if counts else ALL_TIES(language)


def report_lines(path: Path, checked: Checked) -> Iterator[str]:
    """The whole result of a check, line by line."""
    language = checked.language
    for one in in_order(checked.findings):
        yield from finding_lines(one)
        yield ""
    if checked.unchecked:
        names = listed(language, checked.unchecked)
        yield UNCHECKED(language, count=len(checked.unchecked), names=names)
    told = summary(checked.findings, language)
    yield LAST_LINE(language, name=path.name, summary=told)


def _value(part: Part, language: Language) -> str:
    if part.is_place:
        return ""
    return f"  {BLANK_PART(language) if part.value is None else shown(part.value)}"


def finding_lines(one: Finding, indent: str = "") -> Iterator[str]:
    """One finding, its addends, likely causes and what it brings about."""
    language = one.language
    where = f"{one.place or ''} {one.label}"
    yield f"{indent}{HEAD(language, word=one.severity.text(language), rest=where)}".rstrip()
    inner = f"{indent}    "
    yield f"{inner}{SENTENCE(language, what=one.what)}"
    for part in one.parts[:MOST_PARTS]:
        yield f"{inner}· {part.place}  {part.label}{_value(part, language)}"
    if len(one.parts) > MOST_PARTS:
        yield f"{inner}{MORE_PARTS(language, count=len(one.parts))}"
    for cause in one.causes:
        yield f"{inner}{PERHAPS(language, cause=cause)}"
    yield f"{inner}{DO(language, todo=one.todo)}"
    if one.source:
        yield f"{inner}{BECAUSE(language, source=one.source)}"
    for consequence in one.consequences:
        yield f"{inner}{FOLLOWS(language)}"
        yield from finding_lines(consequence, inner)
