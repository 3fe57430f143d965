"""The sheet 核对示例 of a filled example."""

from decimal import Decimal

import pytest
from loaded import load_workbook

from workbook.catalogue.sheets import EXAMPLES as EXAMPLES_TITLE
from workbook.checking.intake import take_in
from workbook.making.examples_sheet import EXAMPLES, HEAD_ROW, build_example
from workbook.reading.results import saved_results
from workbook.xlsx.book import Book
from workbook.years.rollover import roll_over_file

SAID = ["相符", "不符，差 0.45", "尾差 0.01", "不符，差 1", "未填"]
CELLS = [f"G{row}" for row in range(HEAD_ROW + 1, HEAD_ROW + 1 + len(EXAMPLES))]


@pytest.fixture
def example(department, tmp_path):
    path = tmp_path / "样例.xlsx"
    build_example(department.form, department.rules, department.sample).save(path)
    return path


def test_each_check_is_saved_with_its_result(example):
    results = saved_results(Book.at(example))[EXAMPLES_TITLE.zh]
    assert [results[cell].value for cell in CELLS] == SAID


def test_a_program_without_our_functions_calculates_the_same(example, recalculate):
    (made,) = recalculate([example])
    sheet = load_workbook(made, data_only=True)[EXAMPLES_TITLE.zh]
    assert [sheet[cell].value for cell in CELLS] == SAID


def test_the_function_is_asked_first_and_told_as_it_is_typed(example):
    sheet = load_workbook(example)[EXAMPLES_TITLE.zh]
    for row, cell in enumerate(CELLS, start=HEAD_ROW + 1):
        asked = f"GJ_TIES(C{row},D{row}:F{row})"
        assert sheet[cell].value.startswith(f"=IFERROR({asked},IF(")
        assert (sheet[f"H{row}"].value, sheet[f"H{row}"].data_type) == (f"={asked}", "s")


def test_it_changes_nothing_of_the_check_and_is_not_carried_into_next_year(example, sample_file):
    assert take_in(example).checked.findings == take_in(sample_file).checked.findings
    rolled = roll_over_file(example)
    assert rolled.leftovers == ()
    rolled.save(example.with_name("下一年.xlsx"))
    assert EXAMPLES_TITLE.zh not in load_workbook(example.with_name("下一年.xlsx")).sheetnames


def test_it_stands_behind_the_sheets_that_are_filled(example):
    book = load_workbook(example)
    assert book.sheetnames[-3:] == ["校验", EXAMPLES_TITLE.zh, "选项"]
    assert book[EXAMPLES_TITLE.zh]["C5"].value == float(Decimal("195.49"))
