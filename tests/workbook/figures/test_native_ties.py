"""The native test of a total says what GJ_TIES says, recalculated by LibreOffice."""

import pytest
from loaded import load_workbook
from openpyxl import Workbook

from workbook.figures.cell_functions import Block, CellError, ties
from workbook.figures.native_ties import MOST_LETTERS, Area, native_ties

CASES = [
    (3, [1, 2]),
    (195.94, [171.74, 23.75]),
    (195.49, [171.74, 23.75]),
    (195.0, [171.74, 23.75]),
    (100, [33.33, 33.33, 33.33]),
    (100.03, [33.33, 33.33, 33.33]),  # more than three figures explain
    (100.02, [33.33, 33.33, 33.34]),
    (100.03, [33.33, 33.33, 33.34, None]),
    (101, [50, 50]),
    (0.3, [0.1, 0.2]),
    (1_000_000_000.05, [1_000_000_000, 0.05, None]),
    (12345678.9, [12345678.1, 0.7]),
    (-5.5, [-5, -0.5]),
    (0, [0, 0]),
    (0.005, [0.0025, 0.0024]),
    (None, [None, None]),
    (3, [None, None]),
    (None, [1, 2]),
    (3, ['=""', 3]),
    (3, ["  ", 3]),
    (3, ["=NA()", 2]),
    (3, [1, "=1/0", "=NA()"]),
    ("=1/0", [1, 2]),
    ("=NA()", ["=1/0", 2]),
    (3, [1, "约2"]),
    ("合计", [1, 2]),
    ("=SUM(1.1,1.1)", ["=1.1*2", 0]),
]
ERRORS = {"=NA()": "#N/A", "=1/0": "#DIV/0!"}
COMPUTED = {'=""': "", "=SUM(1.1,1.1)": 2.2, "=1.1*2": 2.2}


def value(typed):
    """What a cell holds once it has been calculated."""
    return CellError(ERRORS[typed]) if typed in ERRORS else COMPUTED.get(typed, typed)


def filled(row, total, parts, language="zh"):
    """What is typed into a row, the two ways to write its test, and what they should say."""
    last = "DEFGH"[len(parts) - 1]
    line, single = f"D{row}:{last}{row}", [f"{c}{row}" for c in "DEFGH"[: len(parts)]]
    blocks = Block([[value(total)]], row, 3), Block([list(map(value, parts))], row, 4)
    said = ties(*blocks, language=language)
    ways = [Area(line, is_row=True)], [Area(one, is_single=True) for one in single]
    return [total, *parts], [native_ties(f"C{row}", areas, language) for areas in ways], said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_rows_and_single_cells_say_what_the_function_says(recalculate, tmp_path, language):
    book, expected = Workbook(), []
    for row, (total, parts) in enumerate(CASES, start=1):
        typed, formulas, said = filled(row, total, parts, language)
        for column, one in enumerate(typed, start=3):
            book.active.cell(row, column, one)
        for column, one in enumerate(formulas, start=10):
            book.active.cell(row, column, one)
        expected.append((said, said))
    assert calculated(book, recalculate, tmp_path, "J", "K") == expected


def test_columns_and_other_sheets_name_the_same_cells(recalculate, tmp_path):
    book, expected = Workbook(), []
    parts_sheet = book.create_sheet("明细 表")
    for number, (total, parts) in enumerate(CASES):
        top, bottom = 10 * number + 1, 10 * number + len(parts)
        book.active.cell(number + 1, 3, total)
        for sheet in (book.active, parts_sheet):
            for row, one in enumerate(parts, start=top):
                sheet.cell(row, 7, one)
        here, there = f"G{top}:G{bottom}", f"'明细 表'!G{top}:G{bottom}"
        areas = Area(here), Area(there, sheet="明细 表")
        for column, area in enumerate(areas, start=10):
            book.active.cell(number + 1, column, native_ties(f"C{number + 1}", [area]))
        blocks = [
            Block([[value(one)] for one in parts], top, 7, sheet) for sheet in ("", "明细 表")
        ]
        whole = Block([[value(total)]], number + 1, 3)
        expected.append(tuple(ties(whole, block) for block in blocks))
    assert calculated(book, recalculate, tmp_path, "J", "K") == expected


def test_what_a_formula_cannot_read_it_says_so_of(recalculate, tmp_path):
    """A figure typed as text is a figure to the function; to native arithmetic it is words."""
    book = Workbook()
    book.active["C1"], book.active["D1"], book.active["E1"] = 3, "1", 2
    book.active["J1"] = native_ties("C1", [Area("D1:E1", is_row=True)])
    assert ties(3, [["1", 2]]) == "相符"
    assert calculated(book, recalculate, tmp_path, "J") == [("D1「1」不是数字",)]


def test_a_formula_that_excel_would_refuse_is_not_written():
    scattered = [Area(f"C{row}", is_single=True) for row in range(1, 200, 2)]
    assert native_ties("C300", scattered) is None
    longest = native_ties("C300", scattered[:12])
    assert longest is not None and len(longest) <= MOST_LETTERS


def calculated(book, recalculate, tmp_path, *columns):
    """What stands in these columns once recalculated, row by row, empty rows left out."""
    path = tmp_path / "合计.xlsx"
    book.save(path)
    (made,) = recalculate([path])
    sheet = load_workbook(made, data_only=True).worksheets[0]
    rows = (tuple(sheet[f"{column}{row}"].value for column in columns) for row in range(1, 400))
    return [row for row in rows if any(row)]
