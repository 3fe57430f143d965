"""The cells of an indicator: a target's sign, figure and unit, or an aim in words and its grade."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from docgen.importing.matching.found import Row, Statement
from docgen.importing.matching.model import Catch
from docgen.importing.tables.cards import hole_of
from docgen.stated.outline import Line
from workbook.catalogue import imports as told
from workbook.catalogue.model import Said
from workbook.form.field import Field
from workbook.form.scoring import Scoring
from workbook.form.table import Table
from workbook.stated.folded import fold, letters
from workbook.stated.tables.targets import (
    QUALITATIVE,
    attained,
    is_worded,
    read_target,
    unit_as_written,
)
from workbook.stated.tables.targets import Target as IndicatorCell


class Settled(NamedTuple):
    """A row whose cells go together, and what of it is not taken: the line, and why."""

    row: Row
    untaken: tuple[tuple[Line, Said], ...] = ()


def near(target: IndicatorCell) -> Said | None:
    """The remark on a sign that the form has only something near to, None for every other."""
    said, sign = target.said, target.sign
    return told.NEAR_SIGN.said(said=said, sign=sign) if said else None


def scored(table: Table, field: Field, catch: Catch) -> Iterator[tuple[str, Statement]]:
    """What the cell of a target or of an actual figure says, by column."""
    scoring = table.scoring
    assert scoring is not None
    target = read_target(catch.text, _sorts(table, scoring))
    parts = {field.key: target.figure or catch.text}
    if field.key == scoring.target:
        is_settled = scoring.aim and target.sign == QUALITATIVE  # with the rest of the row
        parts |= {scoring.sort: "" if is_settled else target.sign, scoring.unit: target.unit}
    for key, text in parts.items():
        if key and text:
            own = replace(catch, unit=target.unit if key == scoring.value else "")
            remark = near(target) if key == scoring.sort else None
            yield key, _statement(table, key, own, text, remark)


def settled(table: Table, row: Row) -> Settled:
    """A row as its target asks: an actual figure in the target's unit, or an aim with its grade."""
    scoring = table.scoring
    if scoring is None:
        return Settled(row)
    target = row.get(scoring.target)
    if target is not None and scoring.aim and is_worded(target.text):
        return _in_words(table, scoring, dict(row), target)
    return Settled(_in_one_unit(scoring, row))


def _in_one_unit(scoring: Scoring, row: Row) -> Row:
    """A row whose actual figure is in its target's unit; in another it stays as it was written."""
    if scoring.value not in row or scoring.unit not in row:
        return row
    catch = row[scoring.value].catches[0]
    if catch.unit in ("", unit_as_written(fold(row[scoring.unit].text).text)):
        return row
    words = catch.line.text[catch.start : catch.end]
    return row | {scoring.value: Statement([replace(catch, text=words)])}


def _in_words(table: Table, scoring: Scoring, row: Row, target: Statement) -> Settled:
    """A row whose target is words: its aim, the grade that the actual words say, the own score.

    A sign in a column of its own is a part of the aim: `≥ | 良好`.
    """
    catch = target.catches[0]
    sort = row.get(scoring.sort)
    sign = sort.text if sort is not None and sort.text not in (QUALITATIVE, catch.text) else ""
    made = {key: one for key, one in row.items() if key not in (scoring.target, scoring.unit)}
    made[scoring.aim] = _statement(table, scoring.aim, catch, f"{sign}{catch.text}")
    if QUALITATIVE in _sorts(table, scoring):
        made[scoring.sort] = _statement(table, scoring.sort, catch, QUALITATIVE)
    if scoring.score in row and scoring.entered and scoring.entered not in row:
        given = row[scoring.score].catches[0]
        remark = told.BY_GRADE.said(score=scoring.score)
        own = _statement(table, scoring.entered, given, given.text, remark)
        made[scoring.entered] = own
    value = made.pop(scoring.value, None)
    if value is None:
        return Settled(made)
    said = value.catches[0]
    grade = _grade(table, scoring, value.text, target.text)
    if not grade:
        why = told.NO_WORD.said(value=value.text, column=scoring.word)
        return Settled(made, ((said.line, why),))
    remark = told.BY_OUTCOME.said(value=value.text)
    made[scoring.word] = _statement(table, scoring.word, said, grade, remark)
    return Settled(made)


def _grade(table: Table, scoring: Scoring, text: str, aim: str) -> str:
    """The grade that words of what was done say; the words of the aim say that it was reached."""
    words = next((c.choices for c in table.column if c.key == scoring.word), ())
    is_same = letters(text) == letters(aim)
    return attained(text, words, is_reached=is_same)


def _sorts(table: Table, scoring: Scoring) -> tuple[str, ...]:
    return next((c.choices for c in table.column if c.key == scoring.sort), ())


def _statement(
    table: Table, key: str, catch: Catch, text: str, remark: Said | None = None
) -> Statement:
    """The statement of another column by the words of a cell."""
    return Statement([replace(catch, hole=hole_of(table.key, key), text=text)], remark)
