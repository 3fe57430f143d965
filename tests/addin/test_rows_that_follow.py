"""A project's name goes from row to row: what a clerk does to rows in Calc, live and saved."""

import pytest
import xlwings as xw
from light import lighten
from loaded import load_workbook

from addin.open_book.live import LiveBook
from workbook.checking.intake import Intake, examine, take_in

SHEET = "项目指标"
TOLD = ("above-astray", "above-blank", "rows-moved", "required")


def codes(intake: Intake) -> list[tuple[str, str]]:
    """What is told of names, by code and cell."""
    found = (one for one in intake.checked.findings if one.code in TOLD)
    return [(one.code, str(one.place)) for one in found]


def names_of(intake: Intake) -> list[object]:
    return [row["项目名称"].value for row in intake.checked.values.tables[SHEET]]


@pytest.fixture
def opened(calc, sample_file):
    # What the other sheets calculate is not what this is about.
    book = xw.Book(str(lighten(sample_file)))
    yield book
    book.close()


def both(book: xw.Book, path) -> tuple[Intake, Intake]:
    """The open book, and the file that it was saved to."""
    live = examine(path, LiveBook(book))
    book.save(str(path))
    return live, take_in(path)


def test_names_that_nobody_typed_are_those_of_the_row_above(opened, sample_file):
    live, saved = both(opened, sample_file)
    assert names_of(live) == names_of(saved)
    assert codes(live) == codes(saved) == []
    assert names_of(saved)[:6] == ["民族工作专项经费"] * 4 + ["民族宗教工作经费"] * 2


def test_a_row_whose_content_was_cleared_leaves_no_name_to_the_row_below(opened, sample_file):
    opened.sheets[SHEET].range("B10:O10").clear_contents()  # the first row of a project
    live, saved = both(opened, sample_file)
    assert codes(live) == codes(saved) == [("above-blank", f"{SHEET}!B11")]
    assert names_of(live)[3:9] == ["民族工作专项经费", *[None] * 4, "上级专项"]


def test_rows_that_were_sorted_are_told(opened, sample_file):
    sheet = opened.sheets[SHEET]
    # The first rows of two projects exchanged: the rows under them stay where they are.
    for column in "BDEGIJLS":
        first, second = (sheet.range(f"{column}{row}") for row in (6, 10))
        first.value, second.value = second.value, first.value
    live, saved = both(opened, sample_file)
    assert names_of(live)[1:4] == ["民族宗教工作经费"] * 3  # they would say so without a word
    assert codes(live) == codes(saved) == [("rows-moved", f"{SHEET}!B7")]


def test_a_row_that_was_moved_alone_names_the_row_above_its_old_place(opened, sample_file):
    sheet = opened.sheets[SHEET]
    sheet.range("B12").formula = sheet.range("B8").formula
    live, saved = both(opened, sample_file)
    assert codes(live) == codes(saved) == [("above-astray", f"{SHEET}!B12")]
    assert names_of(live)[6] is None


def test_a_deleted_row_is_told_where_the_names_no_longer_go_on(opened, sample_file):
    opened.sheets[SHEET].range("10:10").delete()
    live, saved = both(opened, sample_file)
    assert codes(live) == codes(saved) == [("above-astray", f"{SHEET}!B10")]


def test_an_inserted_row_is_told_until_its_name_and_the_next_are_typed(opened, sample_file):
    sheet = opened.sheets[SHEET]
    sheet.range("11:11").insert("down")
    for column, value in (("D", "数量指标"), ("E", "另一指标"), ("G", 1), ("J", 1), ("L", 1)):
        sheet.range(f"{column}11").value = value
    live, saved = both(opened, sample_file)
    wanted = [("required", f"{SHEET}!B11"), ("above-astray", f"{SHEET}!B12")]
    assert sorted(codes(live)) == sorted(codes(saved)) == sorted(wanted)
    for row in (11, 12):
        sheet.range(f"B{row}").value = "民族宗教工作经费"
    live, saved = both(opened, sample_file)
    assert codes(live) == codes(saved) == []


def test_a_file_without_results_is_read_the_same(sample_file):
    book = load_workbook(sample_file)  # openpyxl saves formulas without them
    book.save(sample_file)
    assert codes(take_in(sample_file)) == []
    assert names_of(take_in(sample_file))[3:5] == ["民族工作专项经费", "民族宗教工作经费"]
