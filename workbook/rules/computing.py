"""Computed cells and defaults given their values, and those told whose formula was typed over."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from workbook.catalogue.model import Language
from workbook.catalogue.verdicts import BLANK, NOT_A_NUMBER, NOT_APPLICABLE
from workbook.entries.limits import EXCEL_DIGITS
from workbook.figures.number_formats import number_format
from workbook.figures.numbers import MOST_DECIMALS, from_excel, rounded
from workbook.findings.model import Finding, finding
from workbook.findings.place import Place
from workbook.form.model import Form
from workbook.reading.snapshot import RawCell, Snapshot
from workbook.reading.values import Entry, Values, shown
from workbook.rules.computed import Computed
from workbook.rules.operands import Operands, computed_value

MOST_SHOWN = 6  # decimals of a figure whose format leaves them open
_TYPED = ("number", "text")
DOUBLE = Decimal("1e-14")  # of a figure, which is what Excel's doubles may be off by


def compute(values: Values, cells: Sequence[Computed]) -> Values:
    """The values with every computed cell's own; `cells` stand behind what they read.

    A blank part leaves the cell blank, an unreadable one makes it unreadable, and a division by 0
    makes it 不适用. A default gives way to what was typed over it.

    With 支出 90 and 预算 100 typed in, the blank entry of 执行率 comes back with the value 90.
    """
    if not cells:
        return values
    fields = dict(values.fields)
    tables = {key: tuple(map(dict, rows)) for key, rows in values.tables.items()}
    made = replace(values, fields=fields, tables=tables)
    for cell in cells:
        operands = Operands(made)  # another for each cell: one keeps what it has seen of columns
        if cell.table is None:
            fields[cell.key] = _given_value(cell, fields[cell.key], operands)
            continue
        for row in cell.among(tables[cell.table.key]):
            row[cell.field.key] = _given_value(cell, row[cell.field.key], operands.on(row))
    return made


def _given_value(cell: Computed, entry: Entry, operands: Operands) -> Entry:
    if cell.field.compute:
        return _computed(cell, entry, operands)
    default = default_of(cell, entry, operands)
    return default if entry.is_derived or _is_same(entry, default) else entry


def default_of(cell: Computed, entry: Entry, operands: Operands) -> Entry:
    """The entry as its default has it, whatever was typed over it."""
    bare = Entry(entry.field, entry.label, entry.place, is_derived=True)
    found = _computed(cell, bare, operands)
    return found if cell.field.may_be_absent else replace(found, is_absent=False)


def _is_same(entry: Entry, default: Entry) -> bool:
    """Whether a cell holds what its default is: then it is the default that stands there."""
    if isinstance(entry.value, Decimal) and isinstance(default.value, Decimal):
        return is_same_figure(entry.value, default)
    return (entry.value, entry.readable, entry.is_absent) == (
        default.value,
        default.readable,
        default.is_absent,
    )


def _computed(cell: Computed, entry: Entry, operands: Operands) -> Entry:
    if operands.meets_unreadable(cell.inputs):
        return replace(entry, readable=False)
    if operands.meets_blank(cell.inputs):
        return entry
    if operands.says_nothing(cell):
        return entry
    value = None if operands.meets_absent(cell.inputs) else computed_value(cell, operands)
    if isinstance(value, str):
        return _saying(entry, value.strip(), operands.values.language)
    return replace(entry, value=value, is_absent=value is None)


def _saying(entry: Entry, words: str, language: Language) -> Entry:
    """A text that says 不适用 or 非数值 is just that, for the sheet sees nothing but the words."""
    absent = NOT_APPLICABLE(language)
    if words in (absent, NOT_A_NUMBER(language)):
        return replace(entry, is_absent=words == absent, readable=words == absent)
    return replace(entry, value=words or None)


def overwritten(values: Values, snapshot: Snapshot, cells: Sequence[Computed]) -> Iterator[Finding]:
    """A finding for each computed cell in which something else stands than its formula gives."""
    language = values.language
    for entry, raw in pairs(values, snapshot, cells):
        # 非数值 is what its formula says of a figure that was typed as text.
        is_unsettled = raw.kind == "unsaved" or raw.value == NOT_A_NUMBER(language)
        if is_unsettled or not entry.readable or entry.field.default:
            continue
        if not _says(raw, entry, language) and not (
            has_formula(raw, snapshot) and _shows(raw, entry)
        ):
            found = BLANK.zh if raw.kind == "blank" else str(raw.value)
            expected = NOT_APPLICABLE.zh if entry.is_absent else shown(entry.value)
            wanted = BLANK.zh if entry.is_blank else expected
            yield finding("computed-changed", raw.place, entry.label, found, wanted)


def own_typed(values: Values, snapshot: Snapshot, form: Form) -> Iterator[Finding]:
    """A finding for each cell of a bureau's own formula in which a figure was typed over it."""
    keys = [key for key, field in form.fields.items() if field.own_formula]
    found: list[tuple[Entry, RawCell | None]] = [
        (values.fields[key], snapshot.names.get(key)) for key in keys if key in values.fields
    ]
    for key, table in form.tables.items():
        columns = [one.key for one in table.column if one.own_formula]
        raw_table = snapshot.tables.get(key) if columns else None
        given = raw_table.rows if raw_table is not None else ()
        cells = {cell.place: cell for row in given for cell in row.values()}
        rows = values.tables.get(key, ())
        entries = [row[column] for row in rows for column in columns]
        found += [(one, cells.get(one.place)) for one in entries if one.place]
    typed = [(one, raw) for one, raw in found if raw is not None and raw.kind in _TYPED]
    formulas = _formulas([raw for _, raw in typed], snapshot)
    for entry, raw in typed:
        if raw.place not in formulas:
            yield finding("own-formula-typed", raw.place, entry.label, str(raw.value))


def _formulas(cells: Sequence[RawCell], snapshot: Snapshot) -> set[Place]:
    """The places of those cells in which a formula stands, asked for at once."""
    unsaid = [one.place for one in cells if not one.formula]
    told = zip(unsaid, snapshot.formulas(unsaid), strict=True)
    return {one.place for one in cells if one.formula} | {
        place for place, formula in told if formula[:1] == "="
    }


def has_formula(raw: RawCell, snapshot: Snapshot) -> bool:
    """Whether a formula stands in a cell, in a file or in a running program."""
    return bool(raw.formula) or any(one[:1] == "=" for one in snapshot.formulas([raw.place]))


def pairs(
    values: Values, snapshot: Snapshot, cells: Sequence[Computed]
) -> Iterator[tuple[Entry, RawCell]]:
    """Each computed entry with its cell, where the snapshot has it."""
    for key in dict.fromkeys(cell.key for cell in cells if not cell.table):
        if (raw := snapshot.names.get(key)) is not None:
            yield values.fields[key], raw
    for table, column in dict.fromkeys((c.table.key, c.field.key) for c in cells if c.table):
        found = _column(snapshot, table, column)
        for row in values.tables[table]:
            if (raw := found.get(row[column].place)) and row[column].field.formula:
                yield row[column], raw


def _column(snapshot: Snapshot, table: str, column: str) -> Mapping[Place | None, RawCell]:
    raw = snapshot.tables.get(table)
    rows: Sequence[Mapping[str, RawCell]] = raw.rows if raw else ()
    return {row[column].place: row[column] for row in rows if column in row}


def _says(raw: RawCell, entry: Entry, language: Language) -> bool:
    if entry.is_absent:
        return bool(raw.value == NOT_APPLICABLE(language))
    if isinstance(entry.value, Decimal):
        found = from_excel(raw.value) if raw.kind == "number" else Decimal("nan")
        return found.is_finite() and is_same_figure(found, entry)
    return (raw.value or None) == entry.value if raw.kind in ("text", "blank") else False


def _shows(raw: RawCell, entry: Entry) -> bool:
    """Whether a formula's result looks like the entry's: a bureau's own rounds no share on the way.

    Three shares of 33.333333333 are 99.999999999 here and 100 there, and 100.00 for who reads them.
    """
    if raw.kind != "number" or not isinstance(entry.value, Decimal):
        return False
    places = number_format(raw.number_format).decimals
    shown_places = MOST_SHOWN if places is None else places
    return rounded(from_excel(raw.value), shown_places) == rounded(entry.value, shown_places)


def is_same_figure(found: Decimal, entry: Entry) -> bool:
    """Whether a figure of the sheet is the entry's, to its last decimal where a double holds it."""
    assert isinstance(entry.value, Decimal)
    apart, places = abs(found - entry.value), entry.field.places
    if rounded(apart, MOST_DECIMALS if places is None else places) == 0:
        return True
    is_held = places is not None and entry.value.adjusted() + 1 + places <= EXCEL_DIGITS
    return not is_held and apart <= abs(entry.value) * DOUBLE
