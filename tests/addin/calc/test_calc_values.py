"""Values and formulas, into Calc and out of it."""

import datetime as dt

import pytest
import xlwings as xw


def test_a_block_comes_back_as_it_was_written(sheet: xw.Sheet) -> None:
    block = [
        ["基本支出", 195.31, True],
        [dt.datetime(2026, 3, 31), None, False],
        [dt.datetime(2026, 3, 31, 8, 30, 15), -1e-9, "'1"],
    ]
    sheet["B2"].value = block
    block[2][2] = "1"
    assert sheet["B2:D4"].value == block


def test_one_cell_one_row_and_one_column_have_the_shapes_of_xlwings(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    assert [sheet[where].value for where in ("A1", "A1:B1", "A1:A2", "A1:B2")] == [
        1.0,
        [1.0, 2.0],
        [1.0, 3.0],
        [[1.0, 2.0], [3.0, 4.0]],
    ]


def test_texts_are_taken_as_excel_takes_them(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["12", "'012", "1.5e3", "=1+1", "=", "12 万元", ""]]
    assert sheet["A1:G1"].value == [12.0, "012", 1500.0, 2.0, "=", "12 万元", None]


def test_a_cell_of_texts_keeps_digits_as_text(sheet: xw.Sheet) -> None:
    sheet["A1"].number_format = "@"
    sheet["A1"].value = "0012"
    assert sheet["A1"].value == "0012"


def test_a_number_over_a_truth_or_a_blank_is_a_number(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[True, True], [False, 1]]
    sheet["A1"].value = [[1, True], [2, 0]]
    assert sheet["A1:B2"].value == [[1.0, True], [2.0, 0.0]]


def test_results_of_formulas_are_dates_and_truths_too(sheet: xw.Sheet) -> None:
    sheet["A1"].value = ["=DATE(2026,3,31)", "=1=1", '=""', '="a"&"b"']
    assert sheet["A1:D1"].value == [dt.datetime(2026, 3, 31), True, None, "ab"]


def test_errors_are_none_or_on_request_their_text(sheet: xw.Sheet) -> None:
    sheet["A1"].value = ["=1/0", "=NA()", 1]
    assert sheet["A1:C1"].value == [None, None, 1.0]
    assert sheet["A1:C1"].options(err_to_str=True).value == ["#DIV/0!", "#N/A", 1.0]


def test_ranges_without_a_common_cell_are_another_error_than_a_lost_reference(
    sheet: xw.Sheet,
) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["D1"].formula = [["=SUM(A1:B1 A1:A2)", "=SUM(A1 B2)", '="a b"&"!"', "=#REF!"]]
    assert sheet["D1:G1"].options(err_to_str=True).value == [1.0, "#NULL!", "a b!", "#REF!"]
    assert sheet["D1:E1"].formula == (("=SUM(A1:B1 A1:A2)", "=SUM(A1 B2)"),)


def test_a_function_that_calc_lacks_keeps_its_capitals(sheet: xw.Sheet) -> None:
    sheet["D1"].formula = "=UNIQUE(A1:A3)"
    assert (sheet["D1"].formula, sheet["D1"].value) == ("=UNIQUE(A1:A3)", None)


def test_a_formula_in_a_table_need_not_name_it(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["数", "单价(元)", "倍"], [2, 5, None], [3, 7, None]]
    sheet.tables.add(sheet["A1:C3"], name="表一")
    sheet["C2:C3"].formula = '=[@数]*[@[单价(元)]]+LEN("[@数]")'
    assert sheet["C2:C3"].value == [14.0, 25.0]
    sheet["E2"].formula = "=SUM(表一[数])+SUM([@数])"
    assert sheet["E2"].options(err_to_str=True).value != 5


def test_options_turn_values_into_what_is_asked_for(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [1.0, None, dt.datetime(2026, 3, 31)]
    read = sheet["A1:C1"].options(numbers=int, empty="", dates=dt.date, ndim=2).value
    assert read == [[1, "", dt.date(2026, 3, 31)]]


def test_a_value_fills_a_range_and_a_formula_moves_along(sheet: xw.Sheet) -> None:
    sheet["A1:B2"].value = 3
    sheet["C1:D2"].formula = "=A1*2"
    assert sheet["A1:D2"].value == [[3.0, 3.0, 6.0, 6.0]] * 2
    assert sheet["C1:D2"].formula == (("=A1*2", "=B1*2"), ("=A2*2", "=B2*2"))


@pytest.mark.parametrize(
    "formula",
    [
        '=IF(A1>1,"a,b;c",{1,2;3,4})',
        "=SUM(Sheet1!A1:B2,'数 据'!$A$1)",
        "=SUM((A1,B2),TRUE)",
        "=STDEV.S(A1:A3)",
        "=CEILING(A1,1)+CEILING.MATH(A1)",
        "=IFERROR(VLOOKUP(A1,A:B,2,FALSE),-1%)",
        "=SUM(表一[金额])+SUM(表一[[#Headers],[#Data],[金额]])",
        '=A1&"TRUE()"',
    ],
)
def test_a_formula_comes_back_in_excels_notation(
    book: xw.Book, sheet: xw.Sheet, formula: str
) -> None:
    book.sheets.add("数 据", after=sheet)
    sheet["H1"].value = [["金额"], [1], [2]]
    sheet.tables.add(sheet["H1:H3"], name="表一")
    sheet["D1"].formula = formula
    assert sheet["D1"].options(err_to_str=True).value != "#NAME?"
    assert sheet["D1"].formula == formula


def test_constants_are_their_own_formula(sheet: xw.Sheet) -> None:
    sheet["A1"].value = ["a", 1.5, "'1", None, "=A1"]
    assert sheet["A1:E1"].formula == (("a", "1.5", "1", "", "=A1"),)


def test_an_array_formula_fills_its_range(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1], [2]]
    sheet["B1:B2"].formula_array = "=A1:A2*10"
    assert sheet["B1:B2"].value == [10.0, 20.0]
    assert (sheet["B2"].formula_array, sheet["B2"].has_array) == ("=A1:A2*10", True)
    assert sheet["A1"].has_array is False


def test_a_large_block_is_written_and_read(sheet: xw.Sheet) -> None:
    block = [[float(row * column) for column in range(50)] for row in range(1000)]
    sheet["A1"].value = block
    assert sheet["A1:AX1000"].value == block


def test_a_whole_column_is_padded_with_blanks(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1], [2]]
    column = sheet["A:A"].value
    assert (len(column), column[:3], set(column[2:])) == (1_048_576, [1.0, 2.0, None], {None})


def test_clearing_leaves_what_is_not_meant(sheet: xw.Sheet) -> None:
    sheet["A1:A3"].value = 5
    sheet["A1:A3"].color = (255, 0, 0)
    sheet["A1"].clear_contents()
    sheet["A2"].clear_formats()
    sheet["A3"].clear()
    assert [(cell.value, cell.color) for cell in sheet["A1:A3"]] == [
        (None, (255, 0, 0)),
        (5.0, None),
        (None, None),
    ]
