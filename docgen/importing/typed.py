"""Found words as the values that a new workbook is filled with, read as the form itself reads."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from docgen.importing.matching.found import Found, Row, Statement, rows_of
from docgen.importing.rows import same_rows
from docgen.template.model.errors import Location
from workbook.catalogue import imports as told
from workbook.catalogue.model import Language, listed
from workbook.checking.kinds import Kind
from workbook.figures.dates import parse_date
from workbook.figures.numbers import NotNumber, parse_number, plain
from workbook.findings.place import Place
from workbook.form.behind import typed_behind, with_typed
from workbook.form.model import Field as FormField
from workbook.form.model import Form, Table
from workbook.form.sample import Sample, SampleValue, with_room
from workbook.making.layout import places_of, plan_sheets
from workbook.reading.entries import read
from workbook.reading.snapshot import Identity, RawCell, RawTable, Snapshot
from workbook.reading.values import Entry, Values
from workbook.rules.computing import compute
from workbook.rules.model import RuleSet
from workbook.stated.folded import CELL, fold, letters
from workbook.stated.targets import sign_of
from workbook.stated.units import MONEY
from workbook.years.own_form import own_cells

_BRACKETED: Final = re.compile(r"\([^()]*\)")
_ANY_LABEL: Final = "填表人"
LEAST_LETTERS: Final = 2  # by which a choice is known
MOST_LETTERS: Final = 32_767  # of an Excel cell

# That something is not stated, or that the form leaves something out, is no doubt.
_NOT_TOLD: Final = frozenset(
    ("required", "required-cells", "rows-too-few", "row-missing", "name-missing", "column-missing")
)

Places: TypeAlias = Mapping[str, Place]
Stated: TypeAlias = tuple[Place, Sequence[Statement]]


@dataclass(slots=True)
class Filled:
    """A form with room for all rows, what is typed into it, a note for each cell, and trouble.

    `derived` are the cells whose default gives what is stated: nothing is typed over the formula.
    `doubts` are contradictions and values that the form does not take: where, and what.

    Of 基本支出195.49万元 in a report `sample` has 195.49 for 基本支出, and the note on its cell
    quotes the sentence.
    """

    form: Form
    sample: Sample
    derived: frozenset[Place] = frozenset()
    notes: dict[Place, str] = field(default_factory=dict)
    doubts: list[tuple[str, str]] = field(default_factory=list)


class _Doubts(list[tuple[str, str]]):
    """Doubts as they are gathered, and the language in which they are told."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language


def place_in(where: Location, language: Language) -> str:
    """A place in a report in a language's words: 段落 4, paragraph 4."""
    return where.within(int(language == "en"))


def fill(found: Found, kind: Kind) -> Filled:
    """The values of `found` as the form reads them, nothing typed that it cannot read.

    Of a bureau's own form they are for the cells that it has.
    """
    form, rules = kind.form, kind.rules
    doubts = _Doubts(form.language)
    rows = {key: _rows(table, found, doubts) for key, table in form.tables.items()}
    behind: Places = {}
    if kind.book is None:
        form = with_room(form, rows)
        places: Places = places_of(plan_sheets(form, rules))
    else:
        places, behind, room = own_cells(kind, kind.book)
        rows = {key: _fitting(form.tables[key], rows[key], room[key], doubts) for key in rows}
    stated = dict(_stated(found, rows, places, form))
    values, findings = read(_snapshot(form, rows, places, stated), form)
    filled = Filled(form, Sample({}, {}), frozenset(_derived(values, rules)), doubts=doubts)
    filled.sample = Sample(
        {
            **dict(_typed(values.fields, stated, filled)),
            **dict(_typed_behind(behind, found, filled)),
        },
        {
            key: tuple(dict(_typed(entries, stated, filled)) for entries in values.tables[key])
            for key in form.tables
        },
    )
    filled.doubts += [
        (str(f.place or ""), told.DOUBT(form.language, label=f.label, what=f.what, todo=f.todo))
        for f in findings
        if f.code not in _NOT_TOLD
    ]
    return filled


def _typed_behind(
    behind: Places, found: Found, filled: Filled
) -> Iterator[tuple[str, SampleValue]]:
    """What is to be typed behind labels in their own cells, of which one may hold several."""
    for key, place in behind.items():
        if not (said := found.fields.get(key)) or not _fits_behind(said[0].text):
            continue
        before = filled.notes.pop(place, "")
        values, _ = read(_snapshot(filled.form, {}, {key: place}, {place: said}), filled.form)
        yield from _typed({key: values.fields[key]}, {place: said}, filled)
        notes = dict.fromkeys(filter(None, (before, filled.notes.get(place, ""))))
        if notes:
            filled.notes[place] = "\n".join(notes)


def _fits_behind(text: str) -> bool:
    """Whether words that are typed behind a label are read again as they are."""
    cell = with_typed(f"{_ANY_LABEL}：", {_ANY_LABEL: text})
    return typed_behind(cell, _ANY_LABEL) == text


def _stated(
    found: Found, rows: Mapping[str, Sequence[Row]], places: Places, form: Form
) -> Iterator[Stated]:
    """Each typed cell's statements; a table's cells have one."""
    for key, statements in found.fields.items():
        if statements and key in places and not form.fields[key].compute:
            yield places[key], statements
    for table, members in rows.items():
        for number, row in enumerate(members):
            typed = {c.key for c in form.tables[table].typed if f"{table}.{c.key}" in places}
            for column, statement in ((key, row[key]) for key in row if key in typed):
                yield _down(places[f"{table}.{column}"], number), [statement]


def _snapshot(
    form: Form,
    rows: Mapping[str, Sequence[Row]],
    places: Places,
    stated: Mapping[Place, Sequence[Statement]],
) -> Snapshot:
    """The workbook as it would be if somebody had typed the statements into it."""

    def raw(field: FormField, place: Place) -> RawCell:
        statements = stated.get(place)
        return _raw(field, statements[0] if statements else None, place)

    names = {
        key: raw(field, places[key]) if key in places else None
        for key, field in form.fields.items()
    }
    tables = {}
    for key, table in form.tables.items():
        if key not in rows:
            continue
        columns = {
            c.key: (c, place) for c in table.column if (place := places.get(f"{key}.{c.key}"))
        }
        made = tuple(
            {name: raw(column, _down(place, number)) for name, (column, place) in columns.items()}
            for number in range(len(rows[key]))
        )
        tables[key] = RawTable(next(iter(columns.values()))[1], tuple(columns), made)
    sheets = tuple(sheet.name for sheet in form.sheet)
    return Snapshot(Identity(form.kind, form.version), sheets, names, tables)


def _derived(values: Values, rules: RuleSet) -> Iterator[Place]:
    """The cells that state, to the last decimal, what their default gives."""
    made = compute(values, rules.computed)
    for stated, entry in zip(values.entries(), made.entries(), strict=True):
        if entry.place and entry.is_derived and stated.value == entry.value is not None:
            yield entry.place


def _typed(
    entries: Mapping[str, Entry], stated: Mapping[Place, Sequence[Statement]], filled: Filled
) -> Iterator[tuple[str, SampleValue]]:
    """The values that are to be typed, and a note on each stated cell with its sentence."""
    for key, entry in entries.items():
        value, place = entry.value, entry.place
        if entry.field.follows and value is None:
            yield key, ""
        if place is None or place not in stated or value is None or not entry.readable:
            continue
        is_other = entry.field.type == "choice" and value not in entry.field.choices
        if is_other and not entry.field.default:  # told; of a default it would look like the choice
            continue
        if isinstance(value, str) and len(value) > MOST_LETTERS:
            too_long = told.TOO_LONG(filled.form.language, label=entry.label)
            filled.doubts.append((str(place), too_long))
            continue
        if (doubt := _doubt(entry, stated[place], filled.form.language)) is not None:
            filled.doubts.append((str(place), doubt))
            continue
        filled.notes[place] = _note(entry, stated[place], filled)
        if place in filled.derived:
            continue
        is_whole = entry.field.places == 0 and isinstance(value, Decimal) and value == int(value)
        yield key, int(str(value)) if is_whole else value


def _doubt(entry: Entry, statements: Sequence[Statement], language: Language) -> str | None:
    """Why a figure is not filled: two places differ, or its own words name another field."""
    first, label = statements[0], entry.label
    if first.other:
        said = _said(first, language)
        return told.LIKELY_OTHER(language, label=label, said=said, other=first.other)
    other = [s for s in statements[1:] if not _agree(entry.field, first, s)]
    if not other or not entry.field.is_number:
        return None
    all_said = ";".join(_said(one, language) for one in (first, *other))
    return told.CONTRADICTED(language, label=label, said=all_said)


def _said(statement: Statement, language: Language) -> str:
    """A statement's words with their place."""
    return told.SAID_AT(language, where=_where(statement, language), quote=statement.quote)


def _where(statement: Statement, language: Language) -> str:
    first = statement.catches[0]
    before = first.line.text.count(CELL, 0, first.start)
    return place_in(first.line.where.right(before), language)


def _note(entry: Entry, statements: Sequence[Statement], filled: Filled) -> str:
    """What the note on a cell says: the sentence, how it was read, and what contradicts it."""
    first, language = statements[0], filled.form.language
    lines = [told.SENTENCE(language, where=_where(first, language), quote=first.quote)]
    if first.remark is not None:
        lines.append(told.REMARK(language, remark=first.remark(language)))
    if (words := _converted(entry.field, first, language)) is not None:
        lines.append(words)
    other = [s for s in statements[1:] if not _agree(entry.field, first, s)]
    for statement in other:
        where = _where(statement, language)
        lines.append(told.OTHER_SENTENCE(language, where=where, quote=statement.quote))
    if other:
        said = listed(language, (f"{s.text}{s.catches[0].unit}" for s in (first, *other)))
        taken = told.FIRST_TAKEN(language, label=entry.label, said=said)
        filled.doubts.append((str(entry.place), taken))
    return "\n".join(lines)


def _converted(field: FormField, statement: Statement, language: Language) -> str | None:
    """The words that tell of a conversion between units, None where there was none."""
    unit = _unit(field, statement)
    if not field.is_number or unit in ("", field.unit) or field.unit not in MONEY:
        return None
    figure = _figure(field, statement)
    return told.CONVERTED(language, given=unit, figure=figure, unit=field.unit)


def _unit(field: FormField, statement: Statement) -> str:
    """A figure's unit: the one beside it, else the one in which the report prints the field."""
    return statement.unit or field.printed_unit


def _agree(field: FormField, first: Statement, other: Statement) -> bool:
    if field.is_number:
        return _figure(field, first) == _figure(field, other)
    if field.type == "date":
        return _date(first.text) == _date(other.text)
    return letters(first.text) == letters(other.text)


def _figure(field: FormField, statement: Statement) -> str:
    """The figure in the field's unit, exactly; the words themselves where they are no figure."""
    text = fold(statement.text).text
    number = parse_number(text, field.unit)
    if isinstance(number, NotNumber):
        return text
    unit = _unit(field, statement)
    if unit in MONEY and field.unit in MONEY:
        number = number.scaleb(MONEY[unit] - MONEY[field.unit])
    return plain(number)


def _date(text: str) -> date | str:
    """The date that a text states, the text itself where it is none."""
    return parse_date(text) or text


def _raw(field: FormField, statement: Statement | None, place: Place) -> RawCell:
    """A cell as somebody would have typed the statement into it."""
    if statement is None or not statement.text:
        # What is not stated is not what stands in the row above.
        is_default = field.default and not field.follows
        return RawCell(place, "default" if is_default else "blank")
    if field.type == "date":
        day = _date(statement.text)
        return RawCell(place, "date" if isinstance(day, date) else "text", day)
    if field.is_number:
        return RawCell(place, "text", _figure(field, statement))
    if field.type == "choice":
        return RawCell(place, "text", _choice(field, statement.text))
    return RawCell(place, "text", statement.text)


def _choice(field: FormField, text: str) -> str:
    """The choice that a text says, the text itself where it says none; a sign has no letters."""
    said = letters(text)
    if not said:
        sign = sign_of(text, field.choices)
        return sign.sign if sign else text
    plain = _BRACKETED.sub("", fold(text).text)  # 产出指标(50分)
    same = [choice for choice in field.choices if letters(choice) in (said, letters(plain))]
    return same[0] if same else _by_part(field, said) or text


def _by_part(field: FormField, said: str) -> str:
    """The one choice that begins with a text, 产出 for 产出指标, or ends with it; or none."""
    for is_part in (str.startswith, str.endswith):
        near = [choice for choice in field.choices if is_part(letters(choice), said)]
        if len(near) == 1 and len(said) >= LEAST_LETTERS:
            return near[0]
    return ""


def _down(place: Place, rows: int) -> Place:
    column = place.address.rstrip("0123456789")
    return Place(place.sheet, f"{column}{int(place.address[len(column) :]) + rows}")


def _fitting(table: Table, rows: list[Row], room: int, doubts: "_Doubts") -> list[Row]:
    """The rows for which a bureau's own form has room."""
    for row in rows[room:]:
        said = " | ".join(statement.text for statement in row.values())
        doubts.append((table.title, told.NO_ROOM(doubts.language, said=said, room=room)))
    return rows[:room]


def _rows(table: Table, found: Found, doubts: "_Doubts") -> list[Row]:
    """The rows of a table; what another place says of the same rows is added, or a doubt."""
    rows: list[Row] = []
    for other in rows_of(found, table.key):
        if not rows:
            rows = [dict(row) for row in other]
        elif same_rows(rows, other):
            for row, more in zip(rows, other, strict=True):
                row.update({key: more[key] for key in more.keys() - row.keys()})
        else:
            where = _where(next(iter(other[0].values())), doubts.language)
            differs = told.OTHER_ROWS(doubts.language, where=where, table=table.key)
            doubts.append((table.title, differs))
    return _onto_given(table, rows, doubts) if table.row else rows


def _onto_given(table: Table, rows: Sequence[Row], doubts: "_Doubts") -> list[Row]:
    """The rows of a table whose rows the form gives, each in its own place and without a name."""
    numbers = {letters(str(row.given[table.row_name])): n for n, row in enumerate(table.row)}
    placed: list[Row] = [{} for _ in table.row]
    for row in rows:
        name = row.get(table.row_name)
        number = numbers.get(letters(name.text)) if name else None
        if name is None or number is None:
            said = " | ".join(statement.text for statement in row.values())
            doubts.append((table.title, told.NO_ROW(doubts.language, said=said)))
            continue
        given = table.row[number].given
        placed[number] = {key: value for key, value in row.items() if key not in given}
    return placed
