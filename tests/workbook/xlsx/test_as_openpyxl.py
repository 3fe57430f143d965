"""Our reader and openpyxl see the same in every cell of every workbook that there is."""

import warnings
from datetime import datetime, time
from decimal import Decimal
from fnmatch import fnmatch
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from light import SHEETS
from loaded import load_workbook
from lxml import etree
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table
from spoiled import replacing

from workbook.reading.saved import SavedBook, open_saved
from workbook.saving.writer import write_book
from workbook.xlsx.addresses import address_of, cell_at, column_letters, column_number, corners_of
from workbook.xlsx.book import Book
from workbook.xlsx.formulas import moved

OLD = sorted((Path(__file__).parents[1] / "old").glob("*.xlsx"))


def assert_same(path: Path) -> int:
    """Compare sheets, names, tables and cells; return how many cells were compared."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs, results = load_workbook(path), load_workbook(path, data_only=True)
    ours = Book.at(path)
    saved = open_saved(path)
    assert isinstance(saved, SavedBook)
    assert list(ours.parts) == [sheet.title for sheet in theirs.worksheets]
    assert ours.names == {key: name.attr_text for key, name in theirs.defined_names.items()}
    assert {(one.name, one.sheet, one.corners) for one in ours.tables} == {
        (table.name, sheet.title, corners_of(table.ref))
        for sheet in theirs.worksheets
        for table in sheet.tables.values()
    }
    count = 0
    for sheet in theirs.worksheets:
        merged = {spot for area in sheet.merged_cells.ranges for spot in area.cells}
        merged -= {(area.min_row, area.min_col) for area in sheet.merged_cells.ranges}
        assert ours.sheet(sheet.title).swallowed == merged
        for (row, column), cell in sheet._cells.items():
            if (row, column) not in merged:
                count += 1
                spot = (sheet.title, row, column)
                assert seen(saved, *spot) == told(cell, results[sheet.title].cell(row, column))
    return count


def seen(book: SavedBook, *spot):
    cell = book._cell(*spot)
    return cell.value, cell.formula, cell.number_format if cell.kind == "number" else ""


def told(cell, result):
    """What openpyxl says of a cell, as we say it."""
    value, formula = result.value, str(cell.value) if cell.data_type == "f" else ""
    if isinstance(value, str):
        value = value if value.strip() else None
    elif isinstance(value, datetime):
        value = value.date()
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value, formula, str(cell.number_format) if is_number else ""


def test_every_workbook_that_a_command_writes(written):
    assert sum(assert_same(path) for path in written.values()) > 50_000


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
def test_workbooks_of_older_versions(path):
    assert assert_same(path) > 1_000


def random_book(random: Random) -> Workbook:
    """A book of odd contents: signs in the names of sheets, merges, tables, formats."""
    book = Workbook()
    for name in random.sample(["甲 乙", "It's", "表(一)", "A1", "2023年", "收支"], 3):
        sheet = book.create_sheet(name)
        for _ in range(60):
            cell = sheet.cell(random.randint(1, 40), random.randint(1, 30))
            cell.value = random.choice(VALUES)
            if not isinstance(cell.value, datetime):
                cell.number_format = random.choice(FORMATS)
        sheet.merge_cells(start_row=50, end_row=52, start_column=2, end_column=random.randint(3, 9))
        for column, head in enumerate(("名称", "金额"), start=2):
            sheet.cell(60, column, head)
        sheet.add_table(Table(displayName=f"表{random.randint(1, 10**9)}", ref="B60:C64"))
    return book


VALUES = (
    *(None, 0, -1, 265.24, 1e-7, 1e21, 123456789012345, True, False, 71.23999999999999),
    *("字", " 前后 ", "1,234.5", "=1+1", "=SUM(A1:B2)", "a<b>&c", "一\n二", "#REF!", "x" * 400),
    *(datetime(2023, 3, 15), datetime(2023, 3, 15, 12, 30), datetime(1999, 12, 31, 23, 59, 59)),
)
FORMATS = ("General", "0.00", "#,##0.00", "0.00%", '0.00"元"', "0.0,", "@", "0")


@pytest.mark.parametrize("seed", range(20))
def test_books_of_odd_contents(seed, tmp_path):
    path = tmp_path / "杂.xlsx"
    random_book(Random(seed)).save(path)
    assert assert_same(path) > 100


ODD = (
    *(" ", "\u3000", " 前", "后\n", "一\r二", "'\"&<>", "_x000D_", "=", '="a"&"<b>"', "=A1\r+1"),
    *(10**17, -2.5e-300, 0.1 + 0.2, float("inf"), float("nan"), Decimal("0.10"), time(8, 30)),
    *(ArrayFormula("K1:K2", "=A1:A2*2"), CellRichText("甲", TextBlock(InlineFont(b=True), "乙"))),
)


@pytest.mark.parametrize("seed", range(5))
def test_each_cell_that_we_write_is_the_one_that_openpyxl_writes(seed, tmp_path):
    odd_book(seed).save(tmp_path / "甲.xlsx")  # which leaves cells of its own in the book
    write_book(odd_book(seed), {}, tmp_path / "乙.xlsx")
    assert cells_of(tmp_path / "乙.xlsx") == cells_of(tmp_path / "甲.xlsx")


def odd_book(seed: int) -> Workbook:
    book = random_book(Random(seed))
    for row, value in enumerate(ODD, start=1):
        book.worksheets[0].cell(row, 1).value = value
    book.worksheets[0]["B1"].hyperlink = "https://example.org/"
    return book


def cells_of(path: Path) -> list[bytes]:
    """The rows of each sheet as they are written, however quoted; a blank cell has no type."""
    with ZipFile(path) as package:
        parts = sorted(name for name in package.namelist() if fnmatch(name, f"{SHEETS}sheet*.xml"))
        sheets = [etree.fromstring(package.read(name)).find("{*}sheetData") for name in parts]
    assert all(len(sheet) for sheet in sheets)
    for cell in (cell for sheet in sheets for cell in sheet.iterfind("*/*") if not len(cell)):
        cell.attrib.pop("t", None)
    return [etree.tostring(sheet, method="c14n") for sheet in sheets]


def test_addresses_of_a_whole_sheet():
    for column in range(1, 16_385):
        assert column_number(column_letters(column)) == column
    assert (column_letters(16_384), address_of(1_048_576, 28)) == ("XFD", "AB1048576")
    assert [cell_at(text) for text in ("$C$9", "c9", "XFD1048576")] == [
        (9, 3), (9, 3), (1_048_576, 16_384),
    ]  # fmt: skip
    assert [cell_at(text) for text in ("", "A0", "XFE1", "A1048577", "九", "A１", "A1:B2")] == [
        None
    ] * 7
    assert corners_of("D35:B$5") == (2, 5, 4, 35)
    assert corners_of("B5") == (2, 5, 2, 5)
    assert corners_of("B:C") is corners_of("B5:") is corners_of("") is None


@pytest.mark.parametrize(
    ("formula", "below"),
    [
        ("=A1+$B$1+C$1+$D1", "=B3+$B$1+D$1+$D3"),
        ("=SUM(A1:B2)*2", "=SUM(B3:C4)*2"),
        ("=SUM(A:A)+SUM(1:2)+SUM($A:B)", "=SUM(B:B)+SUM(3:4)+SUM($A:C)"),
        ('="A1"&A1&"""B2"', '="A1"&B3&"""B2"'),
        ("='A1 表'!A1+甲!A1", "='A1 表'!B3+甲!B3"),
        ("=表[[#This Row],[A1]]+表[B2]", "=表[[#This Row],[A1]]+表[B2]"),
        ("=LOG10(A1)+A1.5+ABC1234567", "=LOG10(B3)+A1.5+ABC1234567"),
        ("=GJ_TIES(C1,C2:C3)", "=GJ_TIES(D3,D4:D5)"),
        ("=XFD1", "=#REF!"),
    ],
)
def test_a_formula_written_once_stands_in_each_cell_as_it_reads_there(formula, below):
    assert moved(formula, 2, 1) == below


def test_a_style_that_names_no_format_shows_numbers_as_they_are(tmp_path):
    path = tmp_path / "怪.xlsx"
    made = Workbook()
    made.active["A1"] = 1.5
    made.active["A1"].number_format = "0.00"
    made.save(path)
    replacing("xl/styles.xml", 'numFmtId="2"', 'numFmtId="²"')(path)
    assert Book.at(path).formats == ["General", "General"]
