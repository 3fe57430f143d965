"""GJ_RULE and GJ_FINDINGS on a live book: their words, and one check for all cells that ask."""

from collections.abc import Iterator
from itertools import count

import pytest
import xlwings as xw
from light import lighten

from addin.functions import verdicts
from addin.functions.cells import GJ_FINDINGS, GJ_RULE
from addin.open_book.live import LiveBook
from workbook.catalogue.findings import RESULT_COLUMNS
from workbook.rules.judge import Verdict

RULE = "基本支出构成"
TOTAL = ("预算收支", "C17")
calculation = count(1)


@pytest.fixture
def book(calc, sample_file) -> Iterator[xw.Book]:
    opened = xw.Book(str(lighten(sample_file)))
    yield opened
    opened.close()


@pytest.fixture
def readings(monkeypatch) -> list[str]:
    """The books that were read, one entry for each time."""
    read, snapshot = [], LiveBook.snapshot

    def reading(live, form):
        read.append(live.book.name)
        return snapshot(live, form)

    monkeypatch.setattr(LiveBook, "snapshot", reading)
    return read


def cell(book, address="Z1"):
    return book.sheets["预算收支"].range(address)


def total(book):
    return book.sheets[TOTAL[0]].range(TOTAL[1])


def test_however_many_cells_ask_the_book_is_read_once_a_calculation(book, readings):
    first, second = next(calculation), next(calculation)
    for number in (first, second):
        for row in range(1, 6):
            assert GJ_RULE(RULE, cell(book, f"Z{row}"), number) == "相符"
            assert GJ_RULE("三公经费构成", cell(book, f"Z{row}"), number) == "相符"
        assert GJ_FINDINGS(cell(book, "Z9"), number)[0][0].startswith("发现")
    assert len(readings) == 2


def test_a_changed_cell_gives_a_new_verdict_in_the_next_calculation(book):
    assert GJ_RULE(RULE, cell(book), next(calculation)) == "相符"
    total(book).value = 195.94
    assert GJ_RULE(RULE, cell(book), next(calculation)) == "不符"
    rows = GJ_FINDINGS(cell(book), next(calculation))
    assert rows[0][0].startswith("发现 1 处错误")
    assert rows[1] == [one.zh for one in RESULT_COLUMNS]
    assert rows[2][:3] == ["错误", "预算收支!C17", "基本支出"]
    assert {len(row) for row in rows} == {len(RESULT_COLUMNS)}


def test_a_cell_that_asks_again_begins_a_calculation_where_excel_tells_of_none(book, readings):
    """Events are off: the add-in's number is 0 each time."""
    for expected, figure in (("相符", 195.49), ("不符", 195.94), ("相符", 195.49)):
        total(book).value = figure
        assert GJ_RULE(RULE, cell(book, "Z1"), 0) == expected
        assert GJ_RULE(RULE, cell(book, "Z2"), 0) == expected
    assert len(readings) == 3


def test_two_open_books_are_told_apart(book, sample_file, tmp_path, readings):
    number = next(calculation)
    other = tmp_path / "other.xlsx"
    other.write_bytes(sample_file.read_bytes())
    second = xw.Book(str(lighten(other)))
    try:
        total(second).value = 195.94
        asked = [GJ_RULE(RULE, cell(one), number) for one in (book, second, book, second)]
    finally:
        second.close()
    assert asked == ["相符", "不符", "相符", "不符"]
    assert len(readings) == 2


def test_a_rule_on_each_row_says_the_worst(book):
    table = book.sheets["绩效数据"].tables["绩效数据"].range
    heads = table[0, :].value
    assert GJ_RULE("数值不超总数", cell(book), next(calculation)) == "相符"
    row = table.shape[0] - 1
    table[row, heads.index("数值")].value, table[row, heads.index("总数")].value = 9, 8
    assert GJ_RULE("数值不超总数", cell(book), next(calculation)) == "不符"
    assert sorted(verdicts._WORST_FIRST) == sorted(Verdict)


def test_a_rule_that_is_not_there_is_a_sentence(book):
    said = GJ_RULE(" 基本支出 ", cell(book), next(calculation))
    assert said == "没有规则「基本支出」,规则的名称见“校验”表"
    assert GJ_RULE(f" {RULE} ", cell(book), next(calculation)) == "相符"


def test_a_book_that_is_no_form_of_ours_is_a_sentence(calc):
    book = xw.Book()
    try:
        said = GJ_RULE(RULE, book.sheets[0]["A1"], next(calculation))
        rows = GJ_FINDINGS(book.sheets[0]["A1"], next(calculation))
    finally:
        book.close()
    assert rows == [[said]]
    assert said.startswith("这不是勾稽的填报工作簿"), said


def test_who_asks_from_no_cell_is_told_so():
    assert [GJ_RULE(RULE), GJ_FINDINGS()] == ["请把这个函数写在单元格里"] * 2


def test_an_array_formula_over_more_cells_than_findings_shows_blanks_and_no_errors():
    rows = [["a", "b"], ["c", "d"]]
    assert verdicts.fitted(rows, 1, 1) == rows
    assert verdicts.fitted(rows, 3, 3) == [["a", "b", ""], ["c", "d", ""], ["", "", ""]]
    assert verdicts.fitted(rows, 1, 2) == [["a", "b"]]
    assert verdicts.fitted([["没有"]], 2, 2) == [["没有", ""], ["", ""]]
