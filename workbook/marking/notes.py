"""Notes put on the cells of a new workbook, and a sheet that lists what found no cell."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any, Final

from lxml import etree

from workbook.catalogue import imports as said
from workbook.catalogue.model import Language
from workbook.catalogue.sheets import MAKER
from workbook.files.cache import keep, key_of, recall
from workbook.findings.place import Place
from workbook.making.planning.measures import height_of
from workbook.saving.cells import NO_XML, number_text, typed_cell
from workbook.saving.comments import Comment, comment_on
from workbook.saving.edited import Edited
from workbook.saving.grafted import graft
from workbook.xlsx.package import MAIN

NOTE_WIDTH: Final = 420  # in pixels: some 26 Chinese letters a line
UNREAD_WIDTHS: Final = (22, 80, 44)
FIRST_ROW: Final = 4
MOST_LETTERS: Final = 32_000  # of a note or a cell; Excel takes no more than 32,767


def write_notes(edited: Edited, notes: Mapping[Place, str], language: Language) -> None:
    """Put a note on each cell, wide enough to be read."""
    by_sheet: dict[str, dict[str, Comment]] = {}
    for place, words in notes.items():
        text = words[:MOST_LETTERS]
        height = min(400, 40 + 18 * sum(1 + len(line) // 26 for line in text.split("\n")))
        by_sheet.setdefault(place.sheet, {})[place.address] = Comment(text, NOTE_WIDTH, height)
    for sheet, comments in by_sheet.items():
        comment_on(edited, sheet, comments, MAKER(language))


def unread_name(taken: Iterable[str], language: Language) -> str:
    """What the sheet is called in a book with these sheets: 未识别内容, or with a number."""
    others = {one.casefold() for one in taken}
    plain = said.UNREAD_SHEET(language)
    names = (plain if n == 1 else f"{plain} {n}" for n in count(1))
    return next(name for name in names if name.casefold() not in others)


def write_unread(
    edited: Edited, name: str, source: str, rows: Sequence[tuple[str, str, str]], language: Language
) -> None:
    """Add a sheet called `name` that lists what was not understood: where, the words, and why."""
    sheet = graft(edited, _bare_sheet(name, language), {name: False})[name]
    _, note, _, bare = data = sheet.find(f"{MAIN}sheetData")
    data.remove(bare)
    found = said.SOME_UNREAD(language) if rows else said.ALL_READ(language)
    words = said.FROM(language, source=source, said=found)
    made = _row(note, int(note.get("r")), (words,))
    for number, row in enumerate(rows, start=FIRST_ROW):
        made += _row(bare, number, row)
    first, *others = etree.fromstring(f'<l xmlns="{MAIN[1:-1]}">{made}</l>')
    data.replace(note, first)
    data.extend(others)


def _row(like: Any, number: int, row: Sequence[str]) -> str:
    """A row of the sheet whose cells look as those of another one, as high as its texts need."""
    cells = []
    for cell, words in zip(like, row, strict=True):
        text = NO_XML.sub("", words[:MOST_LETTERS])
        address = cell.get("r").rstrip("0123456789") + str(number)
        cells.append(typed_cell(address, f' s="{cell.get("s")}"', text))
    attributes = f' ht="{number_text(_height(row))}"' if len(row) > 1 else ""
    return f'<row{attributes} r="{number}">{"".join(cells)}</row>'


def _height(row: Sequence[str]) -> float:
    return max(height_of(words, width) for words, width in zip(row, UNREAD_WIDTHS, strict=True))


def _bare_sheet(name: str, language: Language) -> bytes:
    """A book with the sheet, its heads and one row without words; it is made once and kept."""
    key = key_of("unread", name, language)
    book: bytes | None = recall(key)
    if book is None:
        book = _drawn_sheet(name, language)
        keep(key, book)
    return book


def _drawn_sheet(name: str, language: Language) -> bytes:
    # Who finds the sheet kept needs no openpyxl.
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    from workbook.making.build import as_bytes  # noqa: PLC0415
    from workbook.making.palette import CHECK_TAB  # noqa: PLC0415
    from workbook.making.sheets import set_up_page  # noqa: PLC0415
    from workbook.making.styles import HEAD, NOTE, PLAIN, TITLE, dress, write  # noqa: PLC0415
    from workbook.saving.book import FormBook  # noqa: PLC0415

    book = FormBook(language)
    sheet = book.worksheets[0]
    sheet.title = name
    write(sheet, 1, 1, said.UNREAD_SHEET(language), TITLE)
    write(sheet, 2, 1, " ", NOTE)
    heads = zip(said.UNREAD_HEADS, UNREAD_WIDTHS, strict=True)
    for column, (words, width) in enumerate(heads, start=1):
        dress(sheet.cell(FIRST_ROW - 1, column, words(language)), HEAD)
        dress(sheet.cell(FIRST_ROW, column), PLAIN)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{FIRST_ROW}"
    repeat = f"{FIRST_ROW - 1}:{FIRST_ROW - 1}"
    set_up_page(sheet, landscape=True, repeat=repeat, tab=CHECK_TAB)
    return as_bytes(book)
