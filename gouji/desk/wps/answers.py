"""What the desk answers to a click, as JSON for the pages."""

from collections.abc import Sequence
from typing import Any

import msgspec

from addin.marking.marked_list import marked_formulas
from addin.marking.results_sheet import FIRST_ROW, list_rows
from workbook.catalogue.findings import SENTENCE
from workbook.catalogue.model import Language
from workbook.checking.as_json import finding_as_data
from workbook.checking.intake import Intake
from workbook.checking.show import summary
from workbook.findings.groups import Group, grouped, in_order
from workbook.findings.model import Finding, Severity
from workbook.marking.remarks import LOOKS, remarks, result_lines


class Found(msgspec.Struct, frozen=True):
    """The findings of a group, under its heading: each as `gouji check --json` writes it."""

    title: str
    findings: list[dict[str, Any]]


class Mark(msgspec.Struct, frozen=True):
    """How a cell is marked: `#FFC7CE`, and what is said of it."""

    sheet: str
    cell: str
    colour: str
    note: str


class Tint(msgspec.Struct, frozen=True):
    """The rows of the list whose first cell has a severity's colours."""

    rows: list[int]
    fill: str
    ink: str


class ResultList(msgspec.Struct, frozen=True):
    """The sheet of findings: its cells, its rows that are headings, and the formulas of the marked.

    Without findings it has no rows: the book's marks are taken away.
    """

    rows: list[list[str | None]]
    bands: list[int]
    tints: list[Tint]
    marked: list[str]
    language: Language


class NewText(msgspec.Struct, frozen=True):
    """A text that a cell is to hold, and how many figures in it became quotes."""

    sheet: str
    cell: str
    text: str
    count: int


class Choice(msgspec.Struct, frozen=True):
    """A button in the pane: its words, which action it asks for, and all answers up to it."""

    label: str
    action: str
    answers: dict[str, str] = {}


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the clerk sees of a click: words for the status bar, sentences, findings, choices.

    `list` is None where the book is left as it is; `opened` a workbook that WPS is to open.

    `Answer("已新建:填报.xlsx", said=["已新建:/报表/填报.xlsx"], opened="/报表/填报.xlsx")` is what
    a new book gives.
    """

    status: str = ""
    said: Sequence[str] = ()
    groups: Sequence[Found] = ()
    marks: Sequence[Mark] = ()
    list: ResultList | None = None
    texts: Sequence[NewText] = ()
    choices: Sequence[Choice] = ()
    opened: str = ""
    language: Language = "zh"


def checked(intake: Intake) -> Answer:
    """The findings of a book and its marks; what is no form of ours is only said."""
    findings, language = intake.checked.findings, intake.checked.language
    if intake.kind is None:
        return Answer(said=[SENTENCE(one.language, what=one) for one in findings])
    found = [
        Found(one.title, list(map(finding_as_data, one.findings))) for one in grouped(findings)
    ]
    told = SENTENCE(language, what=summary(findings, language))
    ordered = in_order(findings)
    return Answer(
        told,
        groups=found,
        marks=_marks(ordered),
        list=_result_list(ordered, language),
        language=language,
    )


def _marks(findings: Sequence[Finding]) -> list[Mark]:
    return [
        Mark(place.sheet, place.address, f"#{remark.look[0][2:]}", remark.text)
        for place, remark in remarks(findings).items()
    ]


def _result_list(findings: Sequence[Finding], language: Language) -> ResultList:
    if not findings:
        return ResultList([], [], [], [], language)
    lines = list(result_lines(findings))
    numbered = list(enumerate(lines, start=FIRST_ROW))
    tints = [
        Tint(
            [row for row, one in numbered if isinstance(one, Finding) and one.severity is severity],
            *(f"#{colour[2:]}" for colour in LOOKS[severity]),
        )
        for severity in Severity
    ]
    return ResultList(
        list(list_rows(lines, (), summary(findings))),
        [row for row, one in numbered if isinstance(one, Group)],
        tints,
        marked_formulas(remarks(findings)),
        language,
    )
