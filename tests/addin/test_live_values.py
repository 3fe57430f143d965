"""What stands in the open book is read as it would be from the saved file, whatever Excel says."""

import datetime as dt

import pytest
import xlwings as xw
from light import lighten
from loaded import load_workbook
from told import told

from addin.open_book.live import LiveBook
from workbook.checking.check import check
from workbook.checking.intake import examine, take_in
from workbook.checking.kinds import find_kind
from workbook.findings.place import Place
from workbook.reading.snapshot import RawCell, classified
from workbook.rules.defaults import with_cells


def test_money_dates_and_errors_are_read_from_excel_as_from_the_file(excel, sample_file):
    book = excel.open(sample_file)
    sheet = book.sheets["预算收支"]
    sheet.api.Unprotect("")
    sheet.range("C18").number_format = "¥#,##0.00"
    sheet.range("C18").value = 171.741234  # Excel hands a Decimal over, cut to 171.7412
    sheet.range("C19").value = dt.datetime(2023, 3, 1)
    sheet.range("C12").formula = "=1/0"
    sheet.range("C5").formula = "=NA()"
    sheet.range("C6").value = "约 3"
    book.save()
    live = LiveBook(book)
    assert told(examine(live.path, live).checked) == told(take_in(sample_file).checked)
    names = live.snapshot(take_in(sample_file).kind.form).names
    assert names["人员经费"] == RawCell(Place("预算收支", "C18"), "number", 171.741234)


@pytest.mark.parametrize("program", ["excel", "calc"])
def test_a_stray_cell_at_the_end_of_a_sheet_costs_nothing(request, sample_file, program):
    started = request.getfixturevalue(program)
    book = started.open(sample_file) if program == "excel" else xw.Book(str(lighten(sample_file)))
    whole = told(examine(sample_file, LiveBook(book)).checked)
    sheet = book.sheets["项目支出"]
    if program == "excel":
        sheet.api.Unprotect("")
    sheet.range("XFD1048576").value = "x"
    assert told(examine(sample_file, LiveBook(book)).checked) == whole
    if program == "calc":
        book.close()


FORMATS = {
    "C18": (1717400, "0.0,"),
    "C19": (23.75, '0.00"元"'),
    "C20": (24, "0.0‰"),
    "C24": (1717400, '0!.0000"万元"'),
}


@pytest.mark.parametrize("program", ["excel", "calc"])
def test_formats_that_show_another_figure_and_merged_cells_are_seen_as_in_the_file(
    request, sample_file, program
):
    saved = load_workbook(sample_file)
    sheet, projects, facts = saved["预算收支"], saved["项目支出"], saved["基础数据"]
    for address, (value, shown) in FORMATS.items():
        sheet[address] = value
        sheet[address].number_format = shown
    for row in (6, 9, 12):
        projects[f"C{row}"].number_format = "0,"
    projects["C10"].number_format = r"0.00\%"
    sheet.merge_cells("B14:C14")
    projects.merge_cells("B7:B9")
    facts.merge_cells("C15:D16")
    saved.save(sample_file)
    started = request.getfixturevalue(program)
    book = started.open(sample_file) if program == "excel" else xw.Book(str(lighten(sample_file)))
    live = told(examine(sample_file, LiveBook(book)).checked)
    assert live == told(take_in(sample_file).checked)
    codes = [one.code for one in take_in(sample_file).checked.findings]
    assert (codes.count("format-misleads"), codes.count("cell-merged")) == (8, 6)
    if program == "calc":
        book.close()


@pytest.mark.parametrize("program", ["excel", "calc"])
def test_a_range_that_the_outline_prints_is_read_as_from_the_file(request, sample_file, program):
    saved = load_workbook(sample_file)
    sheet = saved.create_sheet("附表")
    for row in (["项目", "金额", "占比"], ["甲", 265.2, 2], ["乙", 69.75, 0]):
        sheet.append(row)
    for address in ("C2", "C3"):
        sheet[address].number_format = "0.0%"
    saved["提纲"]["G23"] = "附表!A1:D9"
    saved.save(sample_file)
    started = request.getfixturevalue(program)
    book = started.open(sample_file) if program == "excel" else xw.Book(str(lighten(sample_file)))
    live = examine(sample_file, LiveBook(book)).checked.values.ranges
    assert live == take_in(sample_file).checked.values.ranges
    assert [[cell.value for cell in row] for row in live["附表!A1:D9"]] == [
        ["项目", "金额", "占比"],
        ["甲", 265.2, 2],
        ["乙", 69.75, 0],
    ]
    assert [row[2].is_percent for row in live["附表!A1:D9"]] == [False, True, True]
    if program == "calc":
        book.close()


def test_a_figure_typed_as_text_reaches_the_totals_that_the_form_works_out(excel, sample_file):
    """The formulas of the sheet cannot read it: they say 非数值, and the program reads on."""
    book = excel.open(sample_file)
    cells = book.sheets["预算收支"]
    whole = told(examine(sample_file, LiveBook(book)).checked)
    cells.range("C18").value = "171.74万元"
    assert (cells.range("C17").value, cells.range("C12").value) == ("非数值", "非数值")
    assert told(examine(sample_file, LiveBook(book)).checked) == whole


def test_a_default_is_read_and_what_is_typed_over_it_goes_before(excel, sample_file):
    book = excel.open(sample_file)
    cells = book.sheets["预算收支"]

    def total():
        entry = examine(sample_file, LiveBook(book)).checked.values.fields["基本支出"]
        return str(entry.value), entry.is_derived

    formula = cells.range("C17").formula
    assert total() == ("195.49", True)
    cells.range("C18").value = 171.75
    assert total() == ("195.50", True)
    cells.range("C17").value = 195.49
    assert total() == ("195.49", False)
    cells.range("C17").formula = formula
    assert total() == ("195.50", True)


def test_a_default_that_the_program_has_not_calculated_is_what_it_will_be(excel, sample_file):
    """Formulas that ask ours may be calculated first; and a book may calculate only when told."""
    book = excel.open(sample_file)
    live = LiveBook(book)
    form = find_kind("department").form
    book.sheets["预算收支"].range("C18").value = 171.75
    book.sheets["项目支出"].range("C6").value = 4.69
    whole = told(examine(sample_file, live).checked)
    fresh = live.snapshot(form)
    old = {
        Place("预算收支", "C17"): 195.49,
        Place("预算收支", "C12"): 265.24,
        Place("预算收支", "C20"): None,
        Place("项目支出", "T6"): 4.68,
    }
    stale = with_cells(fresh, {at: RawCell(at, *classified(value)) for at, value in old.items()})
    rules = find_kind("department").rules
    assert stale != fresh
    assert told(check(stale, form, rules)) == whole
