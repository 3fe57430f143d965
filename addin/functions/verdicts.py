"""What a check of the book says in its cells; one check for all cells that ask in a calculation."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import xlwings as xw

from workbook.catalogue.findings import NO_SUCH_RULE, RESULT_COLUMNS, SENTENCE
from workbook.catalogue.verdicts import verdict_word

if TYPE_CHECKING:
    from workbook.checking.intake import (
        Intake,  # imported when first asked: other functions start faster
    )

# Formulas may not be calculated yet while one of them asks: what they gave is not to be judged.
UNSETTLED: Final = "computed-changed"
# Of a rule on each row: a row that cannot be judged hides none that can.
_WORST_FIRST: Final = ("不符", "非数值", "无法计算", "尾差", "相符", "未填", "不适用")
_NO_ROWS: Final = "不适用"  # a rule on each row of a table that has none


@dataclass(slots=True)
class Calculation:
    """The checks of one calculation, by book, and who has asked for them.

    `number` is the add-in's count of calculations, 0 where it cannot count (events switched off).
    Nobody asks the same twice in one calculation, so then whoever does begins another.
    """

    number: int
    checks: "dict[str, Intake]" = field(default_factory=dict)
    asked: set[tuple[str, ...]] = field(default_factory=set)

    def covers(self, number: int, question: tuple[str, ...]) -> bool:
        """Whether a question that is asked now belongs to this calculation."""
        return number == self.number and (number > 0 or question not in self.asked)


_calculations: list[Calculation] = []  # the latest alone


def checked(cell: xw.Range, asks: str, number: int) -> "Intake":
    """The book of a cell, checked as it was when this calculation first asked."""
    book = cell.sheet.book
    # Excel opens no two books of one name. Its full name may be a page of OneDrive's, which xlwings
    # looks for on this computer.
    name = book.name
    question = (name, cell.sheet.name, cell.address, asks)
    if not (_calculations and _calculations[0].covers(number, question)):
        _calculations[:] = [Calculation(number)]
    latest = _calculations[0]
    latest.asked.add(question)
    if name not in latest.checks:
        latest.checks[name] = _examined(book)
    return latest.checks[name]


def _examined(book: xw.Book) -> "Intake":
    from addin.open_book.live import LiveBook  # noqa: PLC0415 - the other functions start faster
    from workbook.checking.intake import examine  # noqa: PLC0415 - the same

    live = LiveBook(book)
    return examine(live.path, live)


def rule_verdict(intake: "Intake", rule: str) -> str:
    """The verdict on a rule; of one for each row of a table the worst."""
    outcomes = intake.checked.outcomes
    if intake.kind is None or (intake.kind.rules.rules and not outcomes):
        return _why_not(intake)
    verdicts = {one.verdict for one in outcomes if one.rule.spec.id == rule}
    if verdicts:
        worst = min(verdicts, key=list(_WORST_FIRST).index)
        return worst.word(intake.checked.language)
    if any(one.spec.id == rule for one in intake.kind.rules.rules):
        return verdict_word(_NO_ROWS, intake.checked.language)
    return NO_SUCH_RULE(intake.checked.language, rule=rule)


def finding_rows(intake: "Intake") -> list[list[str]]:
    """A sentence that says how many findings there are, the heads of columns, a row for each."""
    from workbook.checking.show import summary  # noqa: PLC0415 - the other functions start faster
    from workbook.findings.model import flattened  # noqa: PLC0415 - the same
    from workbook.marking.remarks import result_row  # noqa: PLC0415 - the same

    if intake.kind is None:
        return [[_why_not(intake)]]
    language = intake.checked.language
    findings = [one for one in intake.checked.findings if one.code != UNSETTLED]
    if not findings:
        return [[SENTENCE(language, what=summary(findings, language))]]
    told = SENTENCE(language, what=summary(findings, language))
    first = [told, *[""] * (len(RESULT_COLUMNS) - 1)]
    heads = [one(language) for one in RESULT_COLUMNS]
    return [first, heads, *(list(result_row(one)) for one in flattened(findings))]


def _why_not(intake: "Intake") -> str:
    """Why a book cannot be checked."""
    return "".join(SENTENCE(one.language, what=one) for one in intake.checked.findings)


def fitted(rows: list[list[str]], height: int, width: int) -> list[list[Any]]:
    """The rows for an array formula over so many cells, which shows #N/A where it gets nothing.

    A formula in a single cell gets all of them: Excel of 2021 and later spills, older ones show
    the first.
    """
    if (height, width) == (1, 1):
        return rows
    wide = [(row + [""] * width)[:width] for row in rows]
    return (wide + [[""] * width] * height)[:height]
