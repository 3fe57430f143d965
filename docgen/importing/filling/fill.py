"""Found words as what a new workbook is filled with, read as the form itself reads it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

from docgen.importing.filling.against import contradictions, with_own_scores
from docgen.importing.filling.defaults import Defaults
from docgen.importing.filling.model import Doubts, Filled
from docgen.importing.filling.notes import doubt_of, note_of
from docgen.importing.filling.rows import table_rows, with_room_for
from docgen.importing.filling.typed import figure_of, typed_cell
from docgen.importing.matching.found import Found, Row, Statement
from docgen.importing.template.pieces import Loop
from workbook.catalogue import imports as told
from workbook.checking.kinds import Kind
from workbook.entries.read import read
from workbook.findings.model import Finding
from workbook.findings.place import Place
from workbook.form.behind import typed_behind, with_typed
from workbook.form.field import Field as FormField
from workbook.form.model import Form
from workbook.form.sample import Sample, SampleValue, with_room
from workbook.making.planning.layout import plan_sheets
from workbook.making.planning.plan import places_of
from workbook.reading.snapshot import Identity, RawCell, RawTable, Snapshot
from workbook.reading.values import Entry, Values
from workbook.rules.computing import compute
from workbook.rules.model import RuleSet
from workbook.years.own_form import own_cells

_ANY_LABEL: Final = "填表人"
MOST_LETTERS: Final = 32_767  # of an Excel cell
# That something is not stated, or that the form leaves something out, is no doubt.
_NOT_TOLD: Final = frozenset(
    ("required", "required-cells", "rows-too-few", "row-missing", "name-missing", "column-missing")
)
Places: TypeAlias = Mapping[str, Place]
Stated: TypeAlias = tuple[Place, Sequence[Statement]]


def fill(found: Found, kind: Kind) -> Filled:
    """The values of `found` as the form reads them, nothing typed that it cannot read.

    Of a bureau's own form they are for the cells that it has.
    """
    form, rules = kind.form, kind.rules
    doubts = Doubts(form.language)
    rows = {key: table_rows(table, found, doubts) for key, table in form.tables.items()}
    behind: Places = {}
    if kind.book is None:
        form = with_room(form, rows)
        places: Places = places_of(plan_sheets(form, rules))
    else:
        places, behind, room = own_cells(kind, kind.book)
        rows = {key: with_room_for(form.tables[key], rows[key], room[key], doubts) for key in rows}
    stated, values, findings, made = _read(found, rows, places, form, rules)
    if with_own_scores(form, rows, made):
        stated, values, findings, made = _read(found, rows, places, form, rules)
    filled = Filled(form, Sample({}, {}), frozenset(_derived(values, made)), doubts=doubts)
    taken_off = dict(_taken_off(form, rules, found, rows).doubts(made))
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
    filled.taken_off = tuple(taken_off)
    filled.doubts += [
        (str(f.place or ""), told.DOUBT(form.language, label=f.label, what=f.what, todo=f.todo))
        for f in findings
        if f.code not in _NOT_TOLD
    ]
    filled.doubts += [(str(made.fields[key].place), why) for key, why in taken_off.items() if why]
    filled.doubts += contradictions(form, found, rows, made)
    return filled


class _Read(NamedTuple):
    """What is stated by cell, and the form as it reads that."""

    stated: Mapping[Place, Sequence[Statement]]
    values: Values
    findings: Sequence[Finding]
    made: Values


def _read(
    found: Found, rows: Mapping[str, Sequence[Row]], places: Places, form: Form, rules: RuleSet
) -> _Read:
    stated = dict(_stated(found, rows, places, form))
    values, findings = read(_snapshot(form, rows, places, stated), form)
    return _Read(stated, values, findings, compute(values, rules.computed))


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
                yield places[f"{table}.{column}"].down(number), [statement]


def _snapshot(
    form: Form,
    rows: Mapping[str, Sequence[Row]],
    places: Places,
    stated: Mapping[Place, Sequence[Statement]],
) -> Snapshot:
    """The workbook as it would be if somebody had typed the statements into it."""

    def raw(field: FormField, place: Place) -> RawCell:
        statements = stated.get(place)
        return typed_cell(field, statements[0] if statements else None, place)

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
            {name: raw(column, place.down(number)) for name, (column, place) in columns.items()}
            for number in range(len(rows[key]))
        )
        tables[key] = RawTable(next(iter(columns.values()))[1], tuple(columns), made)
    sheets = tuple(sheet.name for sheet in form.sheet)
    return Snapshot(Identity(form.kind, form.version), sheets, names, tables)


def _taken_off(
    form: Form, rules: RuleSet, found: Found, rows: Mapping[str, Sequence[Row]]
) -> Defaults:
    """The defaults of single figures, held against what the report states."""
    computed = {cell.key: cell for cell in rules.computed if not cell.table}
    stated = frozenset(key for key, said in found.fields.items() if said)
    laid_out = [key for key, places in found.tables.items() if any(map(_is_of_template, places))]
    rounded = [key for key in stated if _is_too_fine(form.fields[key], found.fields[key][0])]
    return Defaults(form, computed, stated, rows, laid_out, found.lines, rounded)


def _is_too_fine(field: FormField, statement: Statement) -> bool:
    """Whether a figure has more decimals, in the field's unit, than the field takes."""
    decimals = len(figure_of(field, statement).partition(".")[2]) if field.is_number else 0
    return field.places is not None and decimals > field.places


def _is_of_template(place: object) -> bool:
    return isinstance(place, Loop)


def _derived(values: Values, made: Values) -> Iterator[Place]:
    """The cells that state, to the last decimal, what their default gives."""
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
        if (doubt := doubt_of(entry, stated[place], filled.form.language)) is not None:
            filled.doubts.append((str(place), doubt))
            continue
        filled.notes[place] = note_of(entry, stated[place], filled)
        if place in filled.derived:
            continue
        is_whole = entry.field.places == 0 and isinstance(value, Decimal) and value == int(value)
        yield key, int(str(value)) if is_whole else value
