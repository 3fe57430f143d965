"""Snapshot in, typed values and findings out: nothing is guessed, nothing becomes 0."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from workbook.catalogue.findings import (
    CELLS_OF,
    GIVEN_LABEL,
    NO_UNIT_WANTED,
    ROW_LABEL,
    ROW_NUMBER_LABEL,
    STRAY_LABEL,
    UNIT_WANTED,
)
from workbook.catalogue.model import Language, listed
from workbook.catalogue.sheets import YEAR
from workbook.catalogue.verdicts import BLANK, NOT_A_NUMBER, NOT_APPLICABLE
from workbook.figures.dates import parse_date
from workbook.figures.disguises import disguised, is_bare
from workbook.figures.number_formats import misleads, number_format, part_for, shown_as
from workbook.figures.numbers import (
    NotNumber,
    from_excel,
    parse_number,
    plain,
    round_half_up,
)
from workbook.findings.groups import MOST_ALIKE, as_one
from workbook.findings.model import Finding, Part, finding
from workbook.findings.place import Place
from workbook.form.model import Field, Form, GivenRow, Table
from workbook.reading.head_witnesses import heads_astray
from workbook.reading.shares import PERCENT, may_be_share, told_as_share
from workbook.reading.snapshot import RawCell, RawTable, Snapshot
from workbook.reading.structure import structure_faults
from workbook.reading.values import Entry, Row, Value, Values
from workbook.reading.witnesses import testified

YEARS = (1949, 2200)
MOST_NAMED: dict[Language, int] = {"zh": 20, "en": 45}  # letters of a row's name in a label
EXCEL_DIGITS = 15
_NO_VALUE = {"error": "error-cell", "broken": "cell-broken", "unsaved": "formula-unsaved"}
TOO_LARGE = Decimal(10) ** EXCEL_DIGITS


def read(snapshot: Snapshot, form: Form) -> tuple[Values, list[Finding]]:
    """The form's values, and a finding for everything that could not be read.

    The text 「1,234.5」 becomes 1234.50 in a field with two decimals, 「约 5」 an entry that is not
    readable and the finding `not-a-number`.
    """
    findings = _Findings(form.language, structure_faults(snapshot, form))
    snapshot, misled = testified(snapshot, form)
    misled += heads_astray(snapshot, form)
    findings += misled
    fields = {
        key: _entry(field, field.name, snapshot.names.get(key), findings)
        for key, field in form.fields.items()
    }
    tables = {key: _table(table, snapshot, findings) for key, table in form.tables.items()}
    lost = frozenset(form.tables.keys() - snapshot.tables.keys())
    return Values(fields, tables, lost, language=form.language), findings


class _Findings(list[Finding]):
    """Findings as they are gathered, and the language of the form in which cells are named."""

    def __init__(self, language: Language, found: Iterable[Finding] = ()) -> None:
        super().__init__(found)
        self.language = language


def _table(table: Table, snapshot: Snapshot, findings: _Findings) -> tuple[Row, ...]:
    """The rows of a table; many blank cells in it are one finding."""
    found, language = _Findings(findings.language), findings.language
    rows = tuple(_rows(table, snapshot, found))
    blank = [entry for row in rows for entry in row.values() if _is_wanting(entry)]
    if len(blank) > MOST_ALIKE:
        found = _Findings(language, (one for one in found if one.code != "required"))
        found.append(_wanting(table, blank, language))
    findings += as_one(as_one(found, "cell-merged", language), "share-for-percent", language)
    return rows


def _is_wanting(entry: Entry) -> bool:
    return entry.is_blank and entry.field.is_due and entry.place is not None


def _wanting(table: Table, blank: Sequence[Entry], language: Language) -> Finding:
    columns = Counter(entry.field.name for entry in blank)
    each = (CELLS_OF(language, name=name, count=count) for name, count in columns.items())
    told = listed(language, each)
    made = finding(
        "required-cells", blank[0].place, table.title, str(len(blank)), table=table.key, told=told
    )
    return replace(made, parts=tuple(Part(entry.label, entry.place, None) for entry in blank))


def _rows(table: Table, snapshot: Snapshot, findings: _Findings) -> Iterator[Row]:
    """The rows in use; a row in which every column is blank is one of the ready blank ones."""
    raw = snapshot.tables.get(table.key)
    if raw is None:
        return
    if table.row:
        yield from _given_rows(table, raw, findings)
        findings += _apart(table, (*raw.below, *raw.apart))
        return
    language = findings.language
    asked = [column.key for column in table.asked]
    count = 0
    for cells in raw.rows:
        if all(cell.kind == "blank" for key in asked if (cell := cells.get(key))):
            findings += _strays(table, cells, language)
            continue
        count += 1
        name = _row_name(table, cells, count, language)
        yield {
            column.key: _entry(column, f"{name}{column.name}", cells.get(column.key), findings)
            for column in table.column
        }
    findings += _around(table, raw, count)


def _around(table: Table, raw: RawTable, count: int) -> Iterator[Finding]:
    """Too few rows in a table, and rows under it that it did not grow to take in."""
    if count < table.min_rows:
        least = str(table.min_rows)
        yield finding("rows-too-few", raw.place, table.title, str(count), least, table=table.key)
    for cell in raw.below:
        yield finding("below-table", cell.place, table.title, _shown(cell), table=table.key)
    yield from _apart(table, raw.apart)


def _apart(table: Table, cells: Sequence[RawCell]) -> Iterator[Finding]:
    """What stands under a table and may be a note of the clerk's, in one finding."""
    if cells:
        first, count = cells[0], str(len(cells))
        told = finding("apart-from-table", first.place, table.title, count, table=table.key)
        parts = (Part(table.title, cell.place, None, is_place=True) for cell in cells)
        yield replace(told, parts=tuple(parts))


def _strays(table: Table, cells: Mapping[str, RawCell], language: Language) -> Iterator[Finding]:
    """What was typed over the defaults of a row in which nothing else stands."""
    for column in table.column:
        cell = cells.get(column.key) if column.default else None
        if cell is not None and cell.kind not in ("blank", "default", "unsaved", "astray"):
            label = STRAY_LABEL(language, table=table.key, column=column.name)
            yield finding("row-stray", cell.place, label, _shown(cell), table=table.key)


def _given_rows(table: Table, raw: RawTable, findings: _Findings) -> Iterator[Row]:
    """The rows that the form gives, each found by its name and not by where it stands."""
    standing = {_named(cells.get(table.row_name)): cells for cells in reversed(raw.rows)}
    findings += _doubled_rows(table, raw)
    for number, given in enumerate(table.row):
        name = str(given.given[table.row_name]).strip()
        cells = standing.pop(name, None)
        if cells is None:
            findings.append(
                finding("row-missing", raw.place, table.title, table=table.key, row=name)
            )
        begins = GIVEN_LABEL(findings.language, row=name, column="")
        yield {
            column.key: _given(column, f"{begins}{column.name}", cells or {}, given, findings)
            for column in (table.cell(column, number) for column in table.column)
        }
    findings += [
        finding("row-unknown", cells[table.row_name].place, table.title, name, table=table.key)
        for name, cells in standing.items()
        if name
    ]


def _doubled_rows(table: Table, raw: RawTable) -> Iterator[Finding]:
    """Rows that the form gives once and the table has again."""
    given = {str(row.given[table.row_name]).strip() for row in table.row}
    seen: set[str] = set()
    for cells in raw.rows:
        name = _named(cells.get(table.row_name))
        if name in seen and name in given:
            place = cells[table.row_name].place
            yield finding("row-doubled", place, table.title, name, table=table.key)
        seen.add(name)


def _named(cell: RawCell | None) -> str:
    return "" if cell is None or cell.kind == "blank" else _text(cell)


def _given(
    column: Field,
    label: str,
    cells: Mapping[str, RawCell],
    row: GivenRow,
    findings: _Findings,
) -> Entry:
    cell = cells.get(column.key)
    if column.key not in row.given:
        return _entry(column, label, cell, findings)
    given = row.given[column.key]
    value = _quantized(column, Decimal(given) if isinstance(given, int) else given)
    if cell is not None and not _says(cell, value):
        found = BLANK.zh if cell.kind == "blank" else _shown(cell)
        findings.append(finding("given-changed", cell.place, label, found, _words(value)))
    return Entry(column, label, cell.place if cell else None, value)


def _says(cell: RawCell, value: Value) -> bool:
    """Whether a cell holds what the form gave it."""
    if isinstance(value, Decimal):
        return cell.kind == "number" and from_excel(cell.value) == value
    return cell.kind != "blank" and _text(cell) == str(value).strip()


def _words(value: Value) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)


def _row_name(table: Table, cells: Mapping[str, RawCell], number: int, language: Language) -> str:
    """How the names of a row's cells begin; the column's own words end them."""
    cell = cells.get(table.row_name)
    if cell is None or cell.kind in ("blank", "unsaved", "default", "astray"):
        return ROW_NUMBER_LABEL(language, table=table.key, number=number, column="")
    name = str(cell.value)[: MOST_NAMED[language]]
    return ROW_LABEL(language, table=table.key, row=name, column="")


def _entry(field: Field, label: str, cell: RawCell | None, findings: _Findings) -> Entry:
    if field.compute:
        return Entry(field, label, cell.place if cell else None)
    if cell is None:  # its name or column is gone, which has been said
        return Entry(field, label, None, readable=False)
    if cell.kind == "unlabelled":  # which `label_faults` tells
        return Entry(field, label, cell.place, readable=False)
    if cell.merged:
        findings.append(finding("cell-merged", cell.place, label, cell.merged))
        return Entry(field, label, cell.place, readable=False)
    language = findings.language
    # 非数值 in a formula that is not the field's own may stand for any row.
    if cell.kind == "astray" or (field.follows and cell.value == NOT_A_NUMBER(language)):
        findings.append(finding("above-astray", cell.place, label, _seen(cell)))
        return Entry(field, label, cell.place, readable=False)
    if field.default and (entry := _default(field, label, cell, language)):
        return entry
    if cell.kind == "blank":
        if field.is_due:
            findings.append(finding("required", cell.place, label))
        return Entry(field, label, cell.place)
    value = _convert(field, label, cell, language)
    if isinstance(value, Finding):
        findings.append(value)
        return Entry(field, label, cell.place, readable=False, is_error=cell.kind == "error")
    is_percent = field.unit == PERCENT and _is_plain(cell)
    if is_percent and isinstance(value, Decimal) and may_be_share(value):
        findings.append(told_as_share(Entry(field, label, cell.place), value))
    if fault := _out_of_limits(field, label, cell.place, value, language):
        findings.append(fault)
        return Entry(field, label, cell.place, value)
    return Entry(field, label, cell.place, _quantized(field, value))


def _default(field: Field, label: str, cell: RawCell, language: Language) -> Entry | None:
    """A cell whose default has no result yet, or says that there is none.

    非数值 is what the formula says of a figure that was typed as text, where the program reads on.
    """
    if cell.kind == "default" or cell.value == NOT_A_NUMBER(language):
        return Entry(field, label, cell.place, is_derived=True)
    if cell.value == NOT_APPLICABLE(language) and field.may_be_absent:
        return Entry(field, label, cell.place, is_absent=True)
    return None


def _convert(field: Field, label: str, cell: RawCell, language: Language) -> Value | Finding:
    if cell.kind in _NO_VALUE:
        code, found = _NO_VALUE[cell.kind], "" if cell.kind == "unsaved" else str(cell.value)
        return finding(code, cell.place, label, found)
    if field.is_number:
        return _number(field, label, cell, language)
    return _date(label, cell) if field.type == "date" else _text(cell)


def _is_plain(cell: RawCell) -> bool:
    """Whether no sign stands in the cell: who writes 0.9% out means it."""
    return cell.kind == "number" and "%" not in number_format(cell.number_format).words


def _date(label: str, cell: RawCell) -> date | Finding:
    if isinstance(cell.value, date):
        return cell.value
    if cell.kind == "text" and (day := parse_date(cell.value)):
        return day
    return finding("not-a-date", cell.place, label, _shown(cell))


def _text(cell: RawCell) -> str:
    return _shown(cell).strip()


def _number(field: Field, label: str, cell: RawCell, language: Language) -> Decimal | Finding:
    unit = YEAR(language) if field.type == "year" else field.unit
    if cell.kind == "date":
        return finding("date-for-number", cell.place, label, _shown(cell))
    number = _figure(cell, unit)
    if cell.kind == "number" and isinstance(number, Decimal) and not is_bare(cell.number_format):
        seen_by = part_for(cell.number_format, number)
        if misleads(seen_by, unit):
            seen = shown_as(number, seen_by)
            return finding("format-misleads", cell.place, label, plain(number), seen, unit=unit)
        if (seen_as := disguised(cell.number_format, number)) is not None:
            return finding("format-misleads", cell.place, label, plain(number), seen_as, unit=unit)
    if isinstance(number, NotNumber) and number.reason == "unit":
        wanted = UNIT_WANTED if unit else NO_UNIT_WANTED
        expected = wanted(language, unit=unit)
        return finding("wrong-unit", cell.place, label, _shown(cell), expected, typed=number.unit)
    if isinstance(number, NotNumber):
        return finding("not-a-number", cell.place, label, _shown(cell))
    return number


def _figure(cell: RawCell, unit: str) -> Decimal | NotNumber:
    """The figure of a number or text cell, in the field's unit."""
    if cell.kind == "text":
        return parse_number(str(cell.value), unit)
    # A file may hold 1e999, which no Excel writes and every reader takes for infinity.
    if cell.kind != "number" or abs(cell.value) == float("inf"):
        return NotNumber("text")
    return from_excel(cell.value)


def _out_of_limits(
    field: Field, label: str, place: Place, value: Value, language: Language
) -> Finding | None:
    """What the field does not allow about a value that could be read."""
    if isinstance(value, Decimal):
        return _number_fault(field, label, place, value)
    if field.choices and value not in field.choices:
        choices = listed(language, field.choices)
        return finding("not-a-choice", place, label, str(value), choices)
    return None


def _number_fault(field: Field, label: str, place: Place, number: Decimal) -> Finding | None:
    shown = plain(number)
    if len(shown) > EXCEL_DIGITS and _is_too_long(number, shown):
        return finding("too-long", place, label, shown)
    if field.type == "year":
        is_year = number == int(number) and YEARS[0] <= number <= YEARS[1]
        return None if is_year else finding("not-a-year", place, label, shown)
    if field.places is not None and len(shown.partition(".")[2]) > field.places:
        rounded = plain(round_half_up(number, field.places))
        return finding("too-many-decimals", place, label, shown, str(field.places), rounded=rounded)
    if field.least is not None and number < field.least:
        return finding("too-small", place, label, shown, plain(field.least))
    if field.max is not None and number > field.max:
        return finding("too-large", place, label, shown, plain(field.max))
    return None


def _is_too_long(number: Decimal, shown: str) -> bool:
    """Whether a double cannot hold a figure: zeros at either end take no digit, as of 0.00012."""
    return len(shown.strip("-0.").replace(".", "")) > EXCEL_DIGITS or abs(number) >= TOO_LARGE


def _quantized(field: Field, value: Value) -> Value:
    """A figure with its declared decimals, which is how it prints."""
    if not isinstance(value, Decimal) or field.places is None:
        return value
    return round_half_up(value, field.places)


def _seen(cell: RawCell) -> str:
    return BLANK.zh if cell.value is None else _shown(cell)


def _shown(cell: RawCell) -> str:
    """What a person sees in the cell."""
    if isinstance(cell.value, bool):
        return "TRUE" if cell.value else "FALSE"
    if isinstance(cell.value, int | float):
        return plain(from_excel(cell.value)) if abs(cell.value) < 1e300 else str(cell.value)
    return str(cell.value)
