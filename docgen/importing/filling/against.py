"""What a report states otherwise than the form works it out: told with both figures.

支出合计 393.21 beside a form that adds up 368.71, a score of 9.5 beside a computed 9.58: the form
would print its own figure, so nobody may have to find out by comparing the two.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from docgen.importing.filling.notes import said_where
from docgen.importing.filling.typed import figure_of
from docgen.importing.matching.found import Found, Row, Statement
from docgen.importing.matching.model import Catch
from docgen.importing.tables.cards import hole_of
from docgen.importing.template.pieces import Hole
from workbook.catalogue import imports as told
from workbook.catalogue.model import Language
from workbook.catalogue.verdicts import NOT_APPLICABLE
from workbook.figures.numbers import NotNumber, decimals_of, parse_number, plain, round_half_up
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.reading.values import Entry, Values, shown


def with_own_scores(form: Form, rows: Mapping[str, Sequence[Row]], made: Values) -> bool:
    """Give the rows the scores that the report states otherwise than the form works them out.

    They go where the form takes a unit's own score, which it holds against its formula. False
    where there is none.
    """
    is_any = False
    for key, table in form.tables.items():
        scoring = table.scoring
        columns = {column.key: column for column in table.column}
        if scoring is None or scoring.entered not in columns:
            continue
        for row, entries in zip(rows[key], made.tables[key], strict=False):
            stated = row.get(scoring.score)
            score = _figure(columns[scoring.entered], stated) if stated else None
            own, given = entries.get(scoring.score), entries.get(scoring.entered)
            known = [one.value for one in (own, given) if one is not None]
            is_apart = score is not None and score not in known and scoring.entered not in row
            aim = entries.get(scoring.target)
            has_target = aim is not None and isinstance(aim.value, Decimal)
            if stated is None or own is None or not is_apart or not has_target:
                continue
            catch = stated.catches[0]
            none = NOT_APPLICABLE(form.language)
            remark = told.OWN_SCORE.said(score=none if own.is_absent else shown(own.value))
            hole = hole_of(key, scoring.entered)
            row[scoring.entered] = Statement([_at(catch, hole)], remark)
            is_any = True
    return is_any


def contradictions(
    form: Form, found: Found, rows: Mapping[str, Sequence[Row]], made: Values
) -> Iterator[tuple[str, str]]:
    """Where the form computes something else than the report states, and both figures."""
    for key, stated in found.fields.items():
        entry = made.fields.get(key)
        if entry is not None and entry.field.compute:
            unlisted = [one for one in stated[:1] if one.catches[0].line in found.used]
            yield from _not_made(form.language, entry, unlisted)
            yield from _apart(form.language, entry, stated[:1])
    for table, entries in made.tables.items():
        for row, line in zip(rows.get(table, ()), entries, strict=False):
            for column, statement in row.items():
                one = line.get(column)
                if one is not None and one.field.compute:
                    yield from _apart(form.language, one, [statement])


def _at(catch: Catch, hole: Hole) -> Catch:
    return Catch(hole, catch.text, catch.line, catch.start, catch.end, catch.unit)


def _not_made(
    language: Language, entry: Entry, stated: Sequence[Statement]
) -> Iterator[tuple[str, str]]:
    """The figures stated of a cell that the form cannot work out yet: nothing else would tell."""
    for one in stated:
        figure = _figure(entry.field, one)
        if figure and entry.value is None and not one.other:
            said = told.SAID_AT(language, where=said_where(one, language), quote=one.quote)
            own = plain(figure)
            yield (
                str(entry.place or ""),
                told.COMPUTED_BLANK(language, label=entry.label, own=own, said=said),
            )


def _apart(
    language: Language, entry: Entry, stated: Sequence[Statement]
) -> Iterator[tuple[str, str]]:
    """The doubt about a computed entry that is no rounding of what is stated."""
    for one in stated:
        figure = _figure(entry.field, one)
        if figure is None or not isinstance(entry.value, Decimal) or one.other:
            continue
        if round_half_up(entry.value, decimals_of(figure)) != figure:
            said = told.SAID_AT(language, where=said_where(one, language), quote=one.quote)
            value, own = shown(entry.value), plain(figure)
            yield (
                str(entry.place or ""),
                told.COMPUTED_DIFFERS(language, label=entry.label, value=value, own=own, said=said),
            )


def _figure(field: Field, statement: Statement) -> Decimal | None:
    """The figure that a statement gives in the field's unit, None where it is none."""
    number = parse_number(figure_of(field, statement), field.unit) if field.is_number else None
    return None if number is None or isinstance(number, NotNumber) else number
