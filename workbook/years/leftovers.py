"""What stands in a workbook file that the form does not know: names, columns, texts beside it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from workbook.catalogue.findings import RESULTS_SHEET
from workbook.catalogue.model import Language
from workbook.catalogue.sheets import ROW_ORDER, ROW_USED, generated_names, generated_sheets
from workbook.catalogue.years import BESIDE, CELLS, ROWS, SHEET
from workbook.checking.kinds import Kind
from workbook.findings.model import MOST_FOUND
from workbook.findings.place import Place
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.making.planning.layout import plan_sheets
from workbook.making.planning.plan import LABEL, SheetPlan
from workbook.reading.labelled import surplus
from workbook.reading.named_columns import named_columns
from workbook.reading.results import result_of
from workbook.reading.saved import homes
from workbook.reading.spots import Spot, referred
from workbook.xlsx.addresses import MOST_ROWS
from workbook.xlsx.book import Book, FileTable
from workbook.xlsx.package import Package, PackageError


class Leftover(Struct, frozen=True):
    """One cell, column or sheet that holds something the form does not ask for.

    `text` is "" of a sheet that cannot be read, whether the form asks for it or not.
    """

    place: Place | None
    name: str
    text: str


def leftovers(book: Book, kind: Kind, form: Form) -> tuple[Leftover, ...]:
    """Typed cells with a name of their own, typed columns of tables, and sheets of the clerk's.

    So are the clerk's words right of and below a sheet of the form. Formulas are left out: what
    they say follows from other cells. `form` is the kind's, with the heads that the book has.
    """
    language = form.language
    known = {*homes(book), *generated_sheets(language), RESULTS_SHEET(language)}
    sheets = (name for name in book.parts if name not in known)
    found = (*_cells(book, form), *_columns(book, form), *_sheets(book, sheets, language))
    told = {one.place for one in found}
    if kind.book is not None:
        own = _beside_own(book, form, Book(Package.of(kind.book)))
        return (*found, *(one for one in own if one.place not in told))
    plans = (one for one in plan_sheets(kind.form, kind.rules) if one.sheet.name in book.parts)
    beside = (one for plan in plans for one in _beside(book, plan, language))
    return (*found, *(one for one in beside if one.place not in told))


def _beside_own(book: Book, form: Form, blank: Book) -> Iterator[Leftover]:
    """What a bureau's own form does not say itself, and asks for in none of its cells."""
    asked = {spot for key in form.fields if (spot := _spot(book, key))}
    for table in form.tables.values():
        if led := named_columns(table, book.names):
            rows = range(led.top, led.bottom + 1)
            asked |= {Spot(led.sheet, row, one) for row in rows for one in led.columns.values()}
    for name in (one for one in book.parts if one in blank.parts and _is_readable(book, one)):
        yield from _behind_no_label(book, form, name, blank)
        said = {_typed(blank, name, *spot) for spot in blank.sheet(name).cells}
        for spot in (Spot(name, *one) for one in book.sheet(name).cells):
            typed = "" if spot in asked else _typed(book, *spot)
            if typed and typed not in said:
                yield Leftover(spot.place, BESIDE(form.language), typed[:MOST_FOUND])


def _behind_no_label(book: Book, form: Form, name: str, blank: Book) -> Iterator[Leftover]:
    """What is typed in cells with labels, and behind none of those that the form asks for."""
    labels: dict[Spot, set[str]] = {}
    for key, field in form.fields.items():
        if field.behind and (spot := _spot(book, key)) and spot.sheet == name:
            labels.setdefault(spot, set()).add(field.behind)
    for spot, known in labels.items():
        own = _typed(blank, *spot)
        for words in surplus(_typed(book, *spot), known):
            if words not in own:
                yield Leftover(spot.place, BESIDE(form.language), words[:MOST_FOUND])


def _beside(book: Book, plan: SheetPlan, language: Language) -> Iterator[Leftover]:
    """What is typed outside the form's columns, or below its fields; tables tell what is below."""
    name = plan.sheet.name
    if not _is_readable(book, name):
        yield Leftover(None, SHEET(language, name=name), "")
        return
    tables = [one.corners for one in book.tables if one.sheet == name]
    right = max(*plan.widths, *(corners.right for corners in tables), LABEL)
    bottom = MOST_ROWS if plan.tables or tables else homes(book).get(name, MOST_ROWS)
    for row, column in book.sheet(name).cells:
        is_outside = column > right or column < LABEL or row > bottom
        if is_outside and (typed := _typed(book, name, row, column)):
            yield Leftover(Spot(name, row, column).place, BESIDE(language), typed[:MOST_FOUND])


def _cells(book: Book, form: Form) -> Iterator[Leftover]:
    asked = {spot for key in form.fields if (spot := _spot(book, key))}
    for key in book.names:
        spot = _spot(book, key)
        is_ours = (
            key in form.fields or key.startswith(generated_names(form.language)) or spot in asked
        )
        if spot is None or is_ours or not _is_readable(book, spot.sheet):
            continue
        if typed := _typed(book, spot.sheet, spot.row, spot.column):
            yield Leftover(spot.place, key, typed)


def _spot(book: Book, key: str) -> Spot | None:
    return referred(book.names.get(key, ""))


def _columns(book: Book, form: Form) -> Iterator[Leftover]:
    for table in (one for one in book.tables if _is_readable(book, one.sheet)):
        yield from _unknown_columns(book, table, form.tables.get(table.name), form.language)


def _unknown_columns(
    book: Book, table: FileTable, known: Table | None, language: Language
) -> Iterator[Leftover]:
    left, top, right, bottom = table.corners
    cells = book.sheet(table.sheet).cells
    within = [(r, c) for r, c in cells if top < r <= bottom and left <= c <= right]
    heads = [_typed(book, table.sheet, top, column) for column in range(left, right + 1)]
    ours = {one(language) for one in (ROW_ORDER, ROW_USED)} if known else set()
    asked = ours | {column.key for column in known.column} if known else ours
    keys = known.keys_of(heads) if known else heads
    typed = Counter(column for row, column in within if _typed(book, table.sheet, row, column))
    for column, count in sorted(typed.items()):
        if keys[column - left] not in asked:
            place, head = Spot(table.sheet, top, column).place, heads[column - left]
            yield Leftover(place, f"{table.name}.{head}", ROWS(language, count=count))


def _sheets(book: Book, names: Iterable[str], language: Language) -> Iterator[Leftover]:
    for name in names:
        if not _is_readable(book, name):
            yield Leftover(None, SHEET(language, name=name), "")
            continue
        if count := sum(bool(_typed(book, name, *spot)) for spot in book.sheet(name).cells):
            yield Leftover(None, SHEET(language, name=name), CELLS(language, count=count))


def _is_readable(book: Book, name: str) -> bool:
    """Whether the book has the sheet and it can be read: one of the clerk's own may be broken."""
    try:
        return name in book.parts and book.sheet(name) is not None
    except PackageError:
        return False


def _typed(book: Book, sheet: str, row: int, column: int) -> str:
    """What somebody typed there, "" for nothing and for a formula."""
    cell = book.sheet(sheet).cells.get((row, column))
    if cell is None or cell.formula:
        return ""
    value = result_of(cell, book).value
    return "" if value is None else str(value).strip()
