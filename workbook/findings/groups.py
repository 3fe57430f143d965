"""Findings in the order of telling: errors sheet by sheet, then warnings, then hints."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workbook.catalogue.findings import AND_OTHERS, GROUP, GROUP_OF, WHOLE_BOOK
from workbook.catalogue.model import Language
from workbook.findings.model import Finding, Part, Severity

MOST_ALIKE: Final = 3  # cells of which the same is said one by one


class Group(Struct, frozen=True):
    """Findings that are told under one heading; `sheet` is '' where they are of several.

    Three errors on 预算收支 have the title 错误：预算收支（3 处）, the warnings 提醒（2 处）.
    """

    severity: Severity
    sheet: str
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """The words above them."""
        language = self.findings[0].language
        word, count = self.severity.text(language), len(self.findings)
        if not self.sheet:
            return GROUP(language, word=word, count=count)
        return GROUP_OF(language, word=word, sheet=self.sheet, count=count)


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """The findings group by group; within one, and among sheets, in the order they come in."""
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for one in findings:
        groups.setdefault((one.severity, _sheet(one)), []).append(one)
    ranks = list(Severity)
    in_order = sorted(groups, key=lambda key: ranks.index(key[0]))
    return [Group(*key, tuple(groups[key])) for key in in_order]


def in_order(findings: Iterable[Finding]) -> Sequence[Finding]:
    """The findings in the order of their groups."""
    return [one for group in grouped(findings) for one in group.findings]


def as_one(findings: Sequence[Finding], code: str, language: Language) -> list[Finding]:
    """The findings, those of one code as one where they are many: the others take part in it."""
    alike = [one for one in findings if one.code == code]
    if len(alike) <= MOST_ALIKE:
        return list(findings)
    parts = tuple(Part(one.label, one.place, None, is_place=True) for one in alike)
    label = AND_OTHERS(language, label=alike[0].label, count=len(alike))
    others = [one for one in findings if one.code != code]
    return [*others, replace(alike[0], label=label, parts=parts)]


def _sheet(one: Finding) -> str:
    """The sheet under which an error is told; one that is about no cell is about the whole book."""
    if one.severity is not Severity.ERROR:
        return ""
    return one.place.sheet if one.place else WHOLE_BOOK(one.language)
