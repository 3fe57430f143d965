"""Tables whose rows are scored: their methods written into them as computed cells."""

from collections.abc import Callable
from decimal import Decimal

from msgspec.structs import replace

from workbook.form.card import Card
from workbook.form.field import Field, Fields
from workbook.form.grid import Grid
from workbook.form.model import Form, Sheet
from workbook.form.rubrics import rubric
from workbook.form.scoring import (
    Aimed,
    Bands,
    Method,
    ScoreCase,
    Scoring,
    grade_expression,
    quoted,
    score_expression,
)
from workbook.form.table import GivenRow, Table

CaseText = Callable[[ScoreCase, Scoring], str]


def with_scores(form: Form) -> Form:
    """The form with every score, grade and rubric as a computed or given cell.

    A row with `score = { method = "equal", target = 100 }` comes out with the computed cell
    `round((分值) if (实际) == (100) else 0, 2)`. `score_faults` must have found nothing.
    """
    return replace(form, sheet=tuple(_sheet(sheet) for sheet in form.sheet))


def _sheet(sheet: Sheet) -> Sheet:
    return replace(sheet, block=tuple(_block(block) for block in sheet.block))


def _block(block: Fields | Grid | Table | Card) -> Fields | Grid | Table | Card:
    if isinstance(block, Card):
        return block
    if isinstance(block, Fields):
        return replace(block, field=tuple(map(_graded, block.field)))
    if isinstance(block, Grid):
        return replace(block, column=tuple(map(_graded, block.column)))
    table = replace(block, column=tuple(map(_graded, block.column)))
    if table.scoring is None:
        return table
    if table.row:
        return replace(table, row=tuple(_scored_row(row, table.scoring) for row in table.row))
    columns = (_scored_column(column, table.scoring) for column in table.column)
    return replace(table, column=tuple(columns))


def _graded(field: Field) -> Field:
    if field.grades is None:
        return field
    return replace(field, compute=grade_expression(field.grades, field.compute))


def _scored_row(row: GivenRow, scoring: Scoring) -> GivenRow:
    method = row.score
    if method is None:
        return row
    score = _score(method, scoring)
    if row.absent == "full":
        score = f"{scoring.weight} if absent({scoring.value}) else {score}"
    given = dict(row.given)
    if scoring.rubric:
        weight, unit = given[scoring.weight], given.get(scoring.unit, "")
        given[scoring.rubric] = rubric(method, Decimal(weight), unit)
    return replace(row, given=given, compute={**row.compute, scoring.score: score})


def _score(method: Method, scoring: Scoring) -> str:
    """The score of one row; a qualitative one is what somebody entered."""
    if isinstance(method, Bands):
        return scoring.entered
    target = scoring.target if isinstance(method, Aimed) and method.target is None else ""
    return score_expression(method, scoring.value, scoring.weight, target)


def _scored_column(column: Field, scoring: Scoring) -> Field:
    if column.key == scoring.score:
        return replace(column, compute=_case_by_case(scoring, _case_score))
    if column.key == scoring.rubric:
        return replace(column, compute=_case_by_case(scoring, _case_rubric))
    if column.key == scoring.sort:
        return replace(column, choices=tuple(case.of for case in scoring.case))
    if column.key == scoring.word:
        words = (case.score.words for case in scoring.case if isinstance(case.score, Bands))
        return replace(column, choices=tuple(word for each in words for word in each))
    return column


def _case_by_case(scoring: Scoring, value: CaseText) -> str:
    """The value of the case whose word stands in the row, 不适用 for any other."""
    text = "none"
    for case in reversed(scoring.case):
        text = f"({value(case, scoring)} if {scoring.sort} == {quoted(case.of)} else {text})"
    return text


def _case_score(case: ScoreCase, scoring: Scoring) -> str:
    if case.score is None:
        return "none"
    needs = " and ".join(f"given({key})" for key in scoring.needed(case.score))
    return f"({_score(case.score, scoring)} if {needs} else none)"


def _case_rubric(case: ScoreCase, scoring: Scoring) -> str:
    return quoted(rubric(case.score)) if case.score is not None else "none"
