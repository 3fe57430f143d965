"""Which sum the selected total should be, and which cell has room to say whether it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import xlwings as xw

from addin.open_book.blocks import Block, block
from addin.open_book.live import LiveBook
from addin.open_book.sheets_and_names import references, sheet_names, table_of
from workbook.catalogue import buttons as said
from workbook.catalogue.model import Language, listed
from workbook.checking.fingerprint import form_as_made
from workbook.checking.intake import examine, kind_of
from workbook.checking.kinds import Kind
from workbook.figures.native_ties import Area
from workbook.findings.model import Finding
from workbook.form.model import Form
from workbook.language.excel import column_cells
from workbook.language.model import Leaf
from workbook.reading.spots import Spot, referred
from workbook.rules.addends import Positions, addends_of, figures_beside
from workbook.rules.judge import Verdict
from workbook.rules.model import Rule
from workbook.xlsx.addresses import address_of, quoted_sheet

FURTHEST: Final = 40  # columns that are looked at for room

Box = tuple[int, int, int, int]  # top, left, bottom, right


@dataclass(frozen=True, slots=True)
class Proposal:
    """A total, its parts as a formula names them and as a clerk reads them, and a free cell."""

    total: Spot
    parts: tuple[Area, ...]
    words: str
    room: Spot
    language: Language = "zh"

    @property
    def question(self) -> str:
        """What the clerk is asked."""
        total, room = self.total.place.address, self.room.place.address
        is_one = len(self.parts) == 1 and self.parts[0].is_single
        text = said.PROPOSED if is_one else said.PROPOSED_SUM
        return text(self.language, room=room, total=total, words=self.words)


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet's cells, what of it belongs to the form, and where its tables stand."""

    block: Block
    fields: Mapping[str, Spot]
    tables: tuple[Box, ...]


def proposed(book: xw.Book, total: xw.Range) -> Proposal | str:
    """The check of a total, or the sentence that says why there is none."""
    kind = kind_of(LiveBook(book).identity)
    page = _page(book, total, None if isinstance(kind, Finding) else kind)
    language: Language = "zh" if isinstance(kind, Finding) else kind.form.language
    spot = Spot(total.sheet.name, total.row, total.column)
    here, cell = spot.place.address, page.block.cell(spot.row, spot.column)
    if cell.kind == "error":
        return said.TOTAL_IS_ERROR(language, cell=here, value=cell.value)
    if cell.kind != "number":
        return said.TOTAL_IS_NO_NUMBER(language, cell=here)
    found = _by_rule(book, page, spot, kind) or _beside(page, spot)
    if not found:
        return said.NO_PARTS(language, cell=here)
    room = _room(page, spot)
    if room is None:
        return said.NO_ROOM(language, cell=here)
    words = listed(language, (_words(one, language) for one in found))
    return Proposal(spot, tuple(found), words, room, language)


def _page(book: xw.Book, total: xw.Range, kind: Kind | None) -> Page:
    sheet, right = total.sheet, total.column + FURTHEST
    cells = block(sheet, sheet.name, sheet.used_range, total.row, right)
    named = references(book, list(kind.form.fields)) if kind else {}
    spots = {key: spot for key, text in named.items() if (spot := referred(text))}
    tables = tuple(_box(table.range) for table in sheet.tables)
    return Page(cells, spots, tables)


def _box(covered: xw.Range) -> Box:
    height, width = covered.shape
    return covered.row, covered.column, covered.row + height - 1, covered.column + width - 1


def _by_rule(book: xw.Book, page: Page, total: Spot, kind: Kind | Finding) -> list[Area]:
    """The parts that the form gives the total; none where it gives none, or they are not there."""
    key = next((key for key, spot in page.fields.items() if spot == total), None)
    if key is None or isinstance(kind, Finding):
        return []
    leaves = addends_of(key, kind.rules, partial(_applies, book))
    form = form_as_made(kind.form, LiveBook(book).identity.fingerprint)
    single = [page.fields.get(leaf.field.key) for leaf in leaves if not leaf.table]
    columns = [_column(book, leaf, form) for leaf in leaves if leaf.table]
    if None in single or None in columns:
        return []
    by_sheet: dict[str, list[tuple[int, int]]] = {}
    for spot in single:
        assert spot is not None
        by_sheet.setdefault(spot.sheet, []).append((spot.row, spot.column))
    return [
        *(area for sheet, cells in by_sheet.items() for area in _areas(cells, sheet, total.sheet)),
        *(area for area in columns if area is not None),
    ]


def _applies(book: xw.Book, rule: Rule) -> bool:
    """Whether the rule's condition holds in the book; a check of it tells."""
    live = LiveBook(book)
    outcomes = examine(live.path, live).checked.outcomes
    verdicts = {one.rule.spec.id: one.verdict for one in outcomes}
    return verdicts.get(rule.spec.id) is not Verdict.NOT_APPLICABLE


def _column(book: xw.Book, leaf: Leaf, form: Form) -> Area | None:
    """A column of a table of the book; None where table or column is gone."""
    for name in sheet_names(book):
        table = table_of(book.sheets[name], leaf.table)
        if table is not None:
            headers = table.header_row_range
            there = headers.options(ndim=1).value if headers is not None else ()
            heads = [str(one).strip() for one in there]
            by_key = dict(zip(form.tables[leaf.table].keys_of(heads), heads, strict=True))
            head = by_key.get(leaf.field.key)
            return None if head is None else Area(column_cells(leaf.table, head), sheet=name)
    return None


def _beside(page: Page, total: Spot) -> list[Area]:
    """The run of figures that ends at the total."""
    top, left = page.block.top, page.block.left
    cells = figures_beside(page.block.rows, total.row - top, total.column - left)
    return _areas([(row + top, column + left) for row, column in cells], "", "")


def _areas(cells: Sequence[tuple[int, int]], sheet: str, own: str) -> list[Area]:
    """Neighbouring cells of a line as one range each."""
    where = "" if sheet == own else sheet
    return [_area(line, where) for line in _lines(sorted(set(cells)))]


def _lines(cells: Sequence[tuple[int, int]]) -> Iterator[Positions]:
    """The cells in lines without a gap: along rows if all stand in one row, else down columns."""
    is_row = len({row for row, _ in cells}) == 1
    step = (0, 1) if is_row else (1, 0)
    line: list[tuple[int, int]] = []
    for cell in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        if line and cell != (line[-1][0] + step[0], line[-1][1] + step[1]):
            yield tuple(line)
            line = []
        line.append(cell)
    if line:
        yield tuple(line)


def _area(line: Positions, sheet: str) -> Area:
    first, last = (address_of(row, column) for row, column in (line[0], line[-1]))
    is_row = len(line) > 1 and line[0][0] == line[-1][0]
    address = first if first == last else f"{first}:{last}"
    reference = f"{quoted_sheet(sheet)}!{address}" if sheet else address
    return Area(reference, first == last, is_row, sheet)


def _words(area: Area, language: Language) -> str:
    """The cells as a clerk reads them."""
    table, bracket, column = area.reference.partition("[")
    if not bracket:
        return area.reference.replace("'", "")
    return said.COLUMN_OF(language, table=table, column=column[:-1])


def _room(page: Page, total: Spot) -> Spot | None:
    """The first cell to the right that is empty and that neither the form nor a table will want."""
    owned = {(spot.row, spot.column) for spot in page.fields.values() if spot.sheet == total.sheet}
    for column in range(total.column + 1, total.column + FURTHEST):
        spot = (total.row, column)
        is_ours = spot not in owned and not any(_belongs(spot, box) for box in page.tables)
        if is_ours and not _stands_among_figures(page, *spot) and _is_free(page, *spot):
            return Spot(total.sheet, *spot)
    return None


def _belongs(spot: tuple[int, int], box: Box) -> bool:
    """Whether a cell is a table's, lies below it, or at its side, where Excel makes it grow."""
    (row, column), (top, left, bottom, right) = spot, box
    return (row >= top and left <= column <= right) or (
        top <= row <= bottom + 1 and column in (left - 1, right + 1)
    )


def _stands_among_figures(page: Page, row: int, column: int) -> bool:
    """Whether a figure stands right above or below: another column of amounts."""
    beside = (page.block.cell(row - 1, column), page.block.cell(row + 1, column))
    return any(cell.kind == "number" for cell in beside)


def _is_free(page: Page, row: int, column: int) -> bool:
    """Whether a cell is empty, whole and to be seen; the program is asked only of likely ones."""
    if page.block.cell(row, column).kind != "blank":
        return False
    cell = page.block.sheet.range((row, column))
    return not cell.formula and not cell.merge_cells and bool(cell.column_width)
