"""What is said of a cell: the sentence that it was read from, or why its figure is left out."""

from collections.abc import Sequence

from docgen.importing.filling.model import Filled
from docgen.importing.filling.typed import agree, figure_of, unit_of
from docgen.importing.matching.found import Statement
from workbook.catalogue import imports as told
from workbook.catalogue.model import Language, listed
from workbook.form.field import Field as FormField
from workbook.reading.values import Entry
from workbook.stated.folded import CELL
from workbook.stated.units import MONEY


def doubt_of(entry: Entry, statements: Sequence[Statement], language: Language) -> str | None:
    """Why a figure is not filled: two places differ, or its own words name another field."""
    first, label = statements[0], entry.label
    if first.other:
        said = _said(first, language)
        return told.LIKELY_OTHER(language, label=label, said=said, other=first.other)
    other = [s for s in statements[1:] if not agree(entry.field, first, s)]
    if not other or not entry.field.is_number:
        return None
    all_said = ";".join(_said(one, language) for one in (first, *other))
    return told.CONTRADICTED(language, label=label, said=all_said)


def _said(statement: Statement, language: Language) -> str:
    """A statement's words with their place."""
    return told.SAID_AT(language, where=said_where(statement, language), quote=statement.quote)


def said_where(statement: Statement, language: Language) -> str:
    """Where a report makes a statement: 表格 1 第 2 行第 3 列."""
    first = statement.catches[0]
    before = first.line.text.count(CELL, 0, first.start)
    return first.line.where.right(before).within(language)


def note_of(entry: Entry, statements: Sequence[Statement], filled: Filled) -> str:
    """What the note on a cell says: the sentence, how it was read, and what contradicts it."""
    first, language = statements[0], filled.form.language
    lines = [told.SENTENCE(language, where=said_where(first, language), quote=first.quote)]
    if first.remark is not None:
        lines.append(told.REMARK(language, remark=first.remark(language)))
    if (words := _converted(entry.field, first, language)) is not None:
        lines.append(words)
    other = [s for s in statements[1:] if not agree(entry.field, first, s)]
    for statement in other:
        where = said_where(statement, language)
        lines.append(told.OTHER_SENTENCE(language, where=where, quote=statement.quote))
    if other:
        said = listed(language, (f"{s.text}{s.catches[0].unit}" for s in (first, *other)))
        taken = told.FIRST_TAKEN(language, label=entry.label, said=said)
        filled.doubts.append((str(entry.place), taken))
    return "\n".join(lines)


def _converted(field: FormField, statement: Statement, language: Language) -> str | None:
    """The words that tell of a conversion between units, None where there was none."""
    unit = unit_of(field, statement)
    if not field.is_number or unit in ("", field.unit) or field.unit not in MONEY:
        return None
    figure = figure_of(field, statement)
    return told.CONVERTED(language, given=unit, figure=figure, unit=field.unit)
