"""Each of Excel's rules bites on the double; the rules stand in `excel/rules.py`."""

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import xlwings as xw
from excel import program
from excel.errors import EXCEPTION, FAILED, IGNORED, REJECTED, UNAVAILABLE, UNKNOWN_NAME, ComError
from excel.program import Busy, Refusal
from excel.rules import RULES
from excel.values import ERRORS, error_number
from loaded import load_workbook
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.worksheet.table import Table

from addin.calc.data.names import Names as CalcNames
from addin.calc.sheet_list import Sheets as CalcSheets

RED, NONE = 0x0000FF, -4142
PASSWORD = "bmjx2023"
# SHA-512 of a salt and that password, in 100 rounds; Excel makes 100,000.
SALT = "c2Fsej0xMjM0NTY3OA=="
HASH = "9wrsbKtAWgd+k5o8EfRT/j913XjJ04ydcXFToYMB7sT+xB+GTPoIws4zo2GSNqaX4M2mVy3tnwEYPco2Gjb5iA=="


@pytest.fixture
def made(tmp_path) -> Workbook:
    """A small book: sheet 表一 with locked and unlocked cells, a table and a note; sheet 表二."""
    book = Workbook()
    sheet = book.active
    sheet.title = "表一"
    for row, values in enumerate([("项目", "金额"), ("甲", 1.5), ("乙", 2.25)], start=5):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value).protection = Protection(locked=False)
    sheet.add_table(Table(displayName="明细", ref="A5:B7"))
    sheet["A1"], sheet["B1"], sheet["C1"] = 12, "文字", "=A1*2"
    sheet["B1"].protection = Protection(locked=False)
    sheet["A2"].fill = PatternFill("solid", fgColor="FF0000")
    sheet["A2"].font = Font(bold=True)
    sheet["D1"].comment = Comment("旧批注", "经办人")
    book.create_sheet("表二")
    return book


@pytest.fixture
def opened(excel, made, tmp_path):
    """Takes the small book as it is by now, and gives it open in Excel."""

    def opens(**options) -> xw.Book:
        path = tmp_path / "小表.xlsx"
        made.save(path)
        return excel.open(path, **options)

    return opens


@pytest.fixture
def protected(made):
    """Sheet 表一 is protected, nothing is allowed."""
    protection = made["表一"].protection
    protection.sheet = protection.objects = protection.scenarios = True
    protection.formatCells = protection.formatColumns = protection.formatRows = True
    return protection


def refused(act) -> ComError:
    """The error with which Excel says no."""
    with pytest.raises(ComError) as caught:
        act()
    error = caught.value
    assert (error.hresult, error.excepinfo[5]) == (EXCEPTION, FAILED), error
    return error


def putting(target, name, value):
    return lambda: setattr(target, name, value)


def test_every_rule_has_a_source_and_a_test_and_every_test_a_rule():
    tests = [name for name in globals() if name.startswith("test_") and "every_rule" not in name]
    assert sorted(tests) == sorted(rule.test for rule in RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.says and rule.source for rule in RULES)


def looks_of(cell):
    """One change of each look."""
    return (
        putting(cell.Interior, "Color", RED),
        putting(cell.Interior, "ColorIndex", NONE),
        putting(cell.Font, "Bold", True),
        putting(cell.Font, "Color", RED),
        putting(cell, "NumberFormat", "0.00"),
        putting(cell, "HorizontalAlignment", -4108),
        putting(cell, "VerticalAlignment", -4160),
        putting(cell, "WrapText", True),
        putting(cell.Borders(9), "LineStyle", 1),
        lambda: cell.FormatConditions.Add(2, None, "=A1>1"),
        cell.FormatConditions.Delete,
        cell.ClearFormats,
    )


def test_no_look_changes_on_a_protected_sheet_unless_formatting_is_allowed(opened, protected):
    sheet = opened().sheets["表一"]
    for address in ("A1", "B1"):  # locked or not
        for change in looks_of(sheet.range(address).api):
            refused(change)
    protected.formatCells = False
    sheet.book.close()
    allowing = opened().sheets["表一"]
    for change in looks_of(allowing.range("A1").api):
        change()
    allowing.range("A1").color = (255, 0, 0)
    assert allowing.range("A1").color == (255, 0, 0)


def test_no_size_changes_on_a_protected_sheet_unless_that_is_allowed(opened, protected):
    def sizes(sheet):
        cells = sheet.range("A1").api
        rows = (putting(cells, "RowHeight", 30), putting(cells.EntireRow, "Hidden", True))
        columns = (putting(cells, "ColumnWidth", 30), putting(cells.EntireColumn, "Hidden", True))
        return (*rows, cells.Rows.AutoFit), (*columns, cells.Columns.AutoFit)

    for of_rows, of_columns in (sizes(opened().sheets["表一"]),):
        for change in (*of_rows, *of_columns):
            refused(change)
    xw.books.active.close()
    protected.formatRows = False
    of_rows, of_columns = sizes(opened().sheets["表一"])
    for change in of_rows:
        change()
    for change in of_columns:
        refused(change)


def test_locked_cells_keep_their_values_and_unlocked_ones_take_new_ones(opened, protected):
    sheet = opened().sheets["表一"]
    for address in ("A1", "C1", "A1:B1"):
        error = refused(putting(sheet.range(address), "value", 3))
        assert "受保护" in error.excepinfo[2]
        refused(putting(sheet.range(address).api, "Formula", "=1"))
        refused(sheet.range(address).clear_contents)
    sheet.range("B1").value = "新"
    assert sheet.range("A1:B1").value == [12, "新"]
    assert (sheet.range("A1").api.Locked, sheet.range("A1:B1").api.Locked) == (True, None)


def test_locks_merges_and_tables_do_not_change_on_a_protected_sheet(opened, protected):
    protected.formatCells = False
    sheet = opened().sheets["表一"].api
    table = sheet.ListObjects("明细")
    for change in (
        putting(sheet.Range("B1"), "Locked", True),
        putting(sheet.Range("B1"), "FormulaHidden", True),
        lambda: sheet.Range("F1:G1").Merge(),
        lambda: table.Resize(sheet.Range("A5:B8")),
        table.ListRows.Add,
        putting(table, "ShowTotals", True),
        lambda: sheet.ListObjects.Add(1, sheet.Range("F5:G6")),
    ):
        refused(change)
    assert table.Range.Address == "$A$5:$B$7"


def test_notes_change_only_where_objects_are_not_protected(opened, protected):
    cell = opened().sheets["表一"].range("D1")
    refused(lambda: cell.sheet.range("B1").add_note("新批注"))
    refused(cell.note.delete)
    refused(putting(cell.note, "text", "改了"))
    cell.sheet.book.close()
    protected.objects = False
    cell = opened().sheets["表一"].range("D1")
    cell.note.text = "改了"
    assert cell.note.text == "改了"
    cell.note.delete()
    cell.add_note("新批注")
    assert [note.text for note in cell.sheet.notes] == ["新批注"]


def test_rows_come_and_go_on_a_protected_sheet_only_as_allowed(opened, protected):
    sheet = opened().sheets["表一"].api
    refused(lambda: sheet.Range("9:9").Insert())
    refused(lambda: sheet.Range("A9").Insert(-4121))
    sheet.Parent.Close(False)
    protected.insertRows = protected.deleteRows = False
    sheet = opened().sheets["表一"].api
    sheet.Range("9:9").Insert()
    refused(lambda: sheet.Range("C:C").Insert())
    refused(lambda: sheet.Range("9:9").Delete())  # its cells are locked


def test_what_a_sheet_allows_is_read_from_its_file_and_saved_again(opened, protected, tmp_path):
    protected.formatColumns, protected.insertRows = False, False
    book = opened()
    allowed = book.sheets["表一"].api.Protection
    assert (allowed.AllowFormattingColumns, allowed.AllowInsertingRows) == (True, True)
    assert (allowed.AllowFormattingCells, allowed.AllowSorting) == (False, False)
    assert book.sheets["表二"].api.ProtectContents is False
    book.sheets["表一"].range("B1").value = "存了"
    book.save()
    saved = load_workbook(tmp_path / "小表.xlsx")
    kept = saved["表一"].protection
    assert (kept.sheet, kept.objects, kept.formatColumns, kept.insertRows) == (
        True,
        True,
        False,
        False,
    )
    assert (kept.formatCells, saved["表一"]["B1"].value) == (True, "存了")


def test_protection_of_the_interface_alone_lets_programs_change_everything(opened):
    sheet = opened().sheets["表一"]
    sheet.api.Protect(PASSWORD, True, True, True, True)
    assert (sheet.api.ProtectContents, sheet.api.ProtectionMode) == (True, True)
    sheet.range("A1").value = 3
    sheet.range("A1").color = (0, 0, 255)
    sheet.range("A1").add_note("新批注")
    assert sheet.range("A1").value == 3
    sheet.book.save()
    path = Path(sheet.book.fullname)
    sheet.book.close()
    assert load_workbook(path)["表一"].protection.sheet


def test_protecting_anew_forgets_what_was_allowed(opened, protected):
    protected.formatCells = False
    sheet = opened().sheets["表一"].api
    assert sheet.Protection.AllowFormattingCells is True
    sheet.Unprotect("")
    sheet.Protect()
    assert sheet.Protection.AllowFormattingCells is False
    sheet.Protect(DrawingObjects=False, Contents=True, Scenarios=False, AllowFormattingCells=True)
    assert sheet.Protection.AllowFormattingCells is True
    assert (sheet.ProtectDrawingObjects, sheet.ProtectScenarios) == (False, False)


@pytest.mark.parametrize("is_legacy", [True, False])
def test_another_password_lifts_nothing(opened, protected, is_legacy):
    if is_legacy:
        protected.set_password(PASSWORD)
    else:  # as Excel writes it today
        protected.algorithmName, protected.spinCount = "SHA-512", 100
        protected.saltValue, protected.hashValue = SALT, HASH
    sheet = opened().sheets["表一"].api
    for wrong in ("", "123456"):
        assert "密码不正确" in refused(lambda one=wrong: sheet.Unprotect(one)).excepinfo[2]
        assert sheet.ProtectContents is True
    refused(lambda: sheet.Protect("另一个"))
    sheet.Unprotect(PASSWORD)
    assert sheet.ProtectContents is False


def test_a_dialog_that_nobody_answers_ends_the_test(opened, protected, excel):
    protected.set_password(PASSWORD)
    sheet = opened().sheets["表一"].api
    with pytest.raises(pytest.fail.Exception, match="撤消工作表保护"):
        sheet.Unprotect()
    excel.answer_again()


def test_a_locked_structure_keeps_its_sheets(opened, made, excel):
    from openpyxl.workbook.protection import WorkbookProtection

    made.security = WorkbookProtection(lockStructure=True)
    made.security.set_workbook_password(PASSWORD)
    book = opened()
    assert book.api.ProtectStructure is True
    one, two = book.sheets["表一"].api, book.sheets["表二"].api
    excel.app.display_alerts = False
    for change in (
        lambda: book.sheets.add("新表"),
        two.Delete,
        lambda: two.Move(one),
        lambda: two.Copy(one),
        putting(two, "Name", "另名"),
        putting(two, "Visible", 0),
    ):
        refused(change)
    assert [sheet.name for sheet in book.sheets] == ["表一", "表二"]
    one.Range("A1").Value = 3
    refused(lambda: book.api.Unprotect(""))
    book.api.Unprotect(PASSWORD)
    book.sheets.add("新表")


def test_a_read_only_book_changes_in_memory_and_is_not_saved(opened, excel, tmp_path):
    book = opened(read_only=True)
    assert book.api.ReadOnly is True
    book.sheets["表一"].range("A1").value = 3
    excel.app.display_alerts = False
    refused(book.save)
    book.api.SaveCopyAs(str(tmp_path / "副本.xlsx"))
    assert load_workbook(tmp_path / "副本.xlsx")["表一"]["A1"].value == 3
    assert load_workbook(tmp_path / "小表.xlsx")["表一"]["A1"].value == 12
    refused(lambda: book.api.SaveCopyAs(str(tmp_path / "没有" / "副本.xlsx")))


def test_a_book_in_protected_view_is_seen_only_through_its_window(opened, excel):
    book = opened(is_protected_view=True)
    app = excel.app.api
    assert (app.Workbooks.Count, app.ActiveWorkbook) == (0, None)
    window = app.ActiveProtectedViewWindow
    assert (window.Caption, app.ProtectedViewWindows.Count) == ("小表.xlsx", 1)
    assert window.Workbook.Worksheets("表一").Range("A1").Value == 12
    refused(putting(book.sheets["表二"].range("A1"), "value", 3))
    refused(lambda: book.sheets["表二"].range("A1").add_note("新批注"))
    refused(lambda: book.sheets.add("新表"))
    refused(book.activate)


def test_a_book_that_was_never_saved_has_a_name_and_no_place(excel):
    book = excel.app.books.add()
    assert (book.name, book.fullname, book.api.Path) == ("工作簿1", "工作簿1", "")
    assert book.sheets[0].range("A1").value is None


def test_a_book_on_the_net_has_a_url_for_its_name(opened, excel, tmp_path, monkeypatch):
    folder = tmp_path / "OneDrive" / "资料"
    folder.mkdir(parents=True)
    monkeypatch.setenv("OneDriveConsumer", str(tmp_path / "OneDrive"))
    book = opened(full_name="https://d.docs.live.net/12ab34cd/资料/小表.xlsx")
    assert book.api.FullName == "https://d.docs.live.net/12ab34cd/资料/小表.xlsx"
    assert (book.name, book.api.Path) == ("小表.xlsx", "https://d.docs.live.net/12ab34cd/资料")
    with pytest.raises(xw.XlwingsError, match="local OneDrive file"):
        _ = book.fullname
    (folder / "小表.xlsx").write_bytes((tmp_path / "小表.xlsx").read_bytes())
    xw.utils.fullname_url_to_local_path.cache_clear()
    assert book.fullname == str(folder / "小表.xlsx")
    excel.program.books[0].full_name = "https://xx.gov.cn/dav/小表.xlsx"
    with pytest.raises(xw.XlwingsError, match="not recognized"):
        _ = book.fullname


def test_without_a_book_nothing_is_active_and_the_add_in_is_not_counted(excel):
    addin = excel.addin()
    app = excel.app.api
    assert (app.ActiveWorkbook, app.ActiveSheet, app.Selection, app.ActiveCell) == (None,) * 4
    assert (app.Workbooks.Count, addin.name, addin.api.IsAddin) == (0, "gouji.xlam", True)
    assert app.Workbooks("gouji.xlam").Name == "gouji.xlam"
    refused(lambda: app.Range("A1"))


def test_a_program_that_was_closed_answers_nothing(opened, excel):
    book = opened()
    excel.close_after(1)
    assert book.name == "小表.xlsx"
    for ask in (
        lambda: book.name,
        lambda: book.sheets["表一"].range("A1").value,
        lambda: book.app.pid,
    ):
        with pytest.raises(ComError) as caught:
            ask()
        assert caught.value.hresult == UNAVAILABLE
    assert list(xw.apps) == []


def test_a_program_that_was_closed_shows_no_message_box(opened, excel):
    app = opened().app
    assert app.alert("好了", "勾稽", "yes_no") == "yes"
    assert excel.message_boxes == ["勾稽: 好了"]
    excel.close_after(0)
    with pytest.raises(ComError):
        _ = app.version
    with pytest.raises(sys.modules["pywintypes"].error):
        app.alert("好了", "勾稽")


def test_error_cells_are_ints_and_of_the_newer_ones_xlwings_knows_nothing(opened, made):
    for row, text in enumerate(("=NA()", "=1/0", '="一"*1', "=SQRT(-1)", "=没有(1)"), start=1):
        made["表二"].cell(row, 1, text)
    cells = opened().sheets["表二"].range("A1:A5")
    assert cells.api.Value == (
        (-2146826246,), (-2146826281,), (-2146826273,), (-2146826252,), (-2146826259,),
    )  # fmt: skip
    assert cells.value == [None] * 5
    texts = cells.options(err_to_str=True).value
    assert texts == ["#N/A", "#DIV/0!", "#VALUE!", "#NUM!", "#NAME?"]
    clean = xw.engines.active.impl.clean_value_data
    known = [
        name for name in ERRORS if clean([[error_number(name)]], None, None, None, True) == [[name]]
    ]
    assert sorted(set(ERRORS) - set(known)) == [
        "#BLOCKED!", "#CALC!", "#CONNECT!", "#FIELD!", "#GETTING_DATA", "#SPILL!", "#UNKNOWN!",
    ]  # fmt: skip
    assert clean([[error_number("#SPILL!")]], None, None, None, True) == [[-2146826243]]


def test_functions_are_handed_nothing_for_an_error(opened, made):
    from xlwings.conversion import read

    made["表二"]["A1"], made["表二"]["A2"] = "=NA()", 2
    cells = opened().sheets["表二"].range("A1:A2")
    assert read(cells, None, {}) == [None, 2.0]
    assert read(cells, None, {"err_to_str": True}) == ["#N/A", 2.0]
    assert read(None, error_number("#N/A"), {}) is None


def test_dates_are_datetimes(opened, made):
    made["表二"]["A1"] = dt.datetime(2023, 3, 15, 8, 30)
    cell = opened().sheets["表二"].range("A1")
    raw = cell.api.Value
    assert (type(raw), raw.tzinfo) == (sys.modules["pywintypes"].TimeType, dt.UTC)
    assert cell.value == dt.datetime(2023, 3, 15, 8, 30)
    assert cell.api.Value2 == pytest.approx(45000.3541667)
    cell.value = dt.date(2024, 1, 2)
    assert cell.value == dt.datetime(2024, 1, 2)


def test_money_is_a_decimal_of_four_places(opened, made):
    made["表二"]["A1"] = 1234.56789
    made["表二"]["A1"].number_format = '"¥"#,##0.00'
    made["表二"]["A2"], made["表二"]["A3"] = 1234.56789, 1234.56789
    made["表二"]["A2"].number_format = "¥#,##0.00"
    made["表二"]["A3"].number_format = "[$-804]0.00"
    sheet = opened().sheets["表二"]
    assert sheet.range("A2").value == Decimal("1234.5679")
    assert isinstance(sheet.range("A2").value, Decimal)
    assert sheet.range("A2").api.Value2 == 1234.56789
    assert sheet.range("A3").value == 1234.56789
    sheet.range("A3").number_format = "$#,##0.00"
    assert sheet.range("A3").value == Decimal("1234.5679")


def test_numbers_are_floats_and_blanks_are_none(opened, made):
    made["表二"]["A1"], made["表二"]["B1"], made["表二"]["C1"], made["表二"]["D1"] = (
        5,
        0.25,
        True,
        "甲",
    )
    made["表二"]["B1"].number_format = "0%"
    cells = opened().sheets["表二"].range("A1:E1")
    assert cells.api.Value == ((5.0, 0.25, True, "甲", None),)
    assert [type(one) for one in cells.value] == [float, float, bool, str, type(None)]


def test_a_text_that_is_set_is_read_as_if_it_were_typed(opened):
    sheet = opened().sheets["表二"]
    sheet.range("A1").value = [["50%", "1,234.5", "2022/1/1", "TRUE", "'50%", "=1+1"]]
    assert sheet.range("A1:F1").value == [0.5, 1234.5, dt.datetime(2022, 1, 1), True, "50%", 2]
    sheet.range("A2").number_format = "@"
    sheet.range("A2").value = "50%"
    assert sheet.range("A2").value == "50%"


def test_a_formula_that_cannot_be_read_is_refused(opened):
    cell = opened().sheets["表一"].range("A1")
    refused(putting(cell, "value", "=SUM(1;2"))
    refused(putting(cell, "formula", "=1+"))
    assert (cell.value, cell.api.HasFormula) == (12, False)


def test_formulas_are_english(opened, made):
    made["表二"]["A1"] = "=SUM(表一!A1,表一!B6:B7)"
    cell = opened().sheets["表二"].range("A1")
    assert (cell.formula, cell.value, cell.api.HasFormula) == (
        "=SUM(表一!A1,表一!B6:B7)", 15.75, True,
    )  # fmt: skip
    cell.formula = "=IF(表一!A1>1,TRUE,FALSE)"
    assert cell.value is True


def test_an_address_of_more_than_255_letters_is_refused(opened):
    sheet = opened().sheets["表二"]
    most = ",".join(f"A{row}" for row in range(1, 69))[:255].rpartition(",")[0]
    sheet.api.Range(most).Interior.Color = RED
    assert len(most) > 250
    refused(lambda: sheet.api.Range(f"{most},A999,A1000"))
    refused(lambda: sheet.range(f"{most},A999,A1000"))


def test_the_address_of_many_areas_is_cut(opened):
    sheet = opened().sheets["表二"].api
    parts = [sheet.Range(f"A{row}") for row in range(1, 200, 2)]
    cells = parts[0]
    for part in parts[1:]:
        cells = sheet.Application.Union(cells, part)
    assert cells.Count == cells.Areas.Count == 100
    assert 240 < len(cells.Address) <= 255
    assert all(one.startswith("$A$") for one in cells.Address.split(","))


def test_several_areas_are_one_range(opened):
    sheet = opened().sheets["表一"]
    cells = sheet.range("A1,B6:B7")
    cells.color = (0, 0, 255)
    assert [sheet.range(one).color for one in ("A1", "B6", "B7", "B1")] == [(0, 0, 255)] * 3 + [
        None
    ]
    assert (cells.api.Count, cells.api.Areas.Count, cells.value) == (3, 2, 12)
    assert cells.api.Address == "$A$1,$B$6:$B$7"


def test_cells_of_several_colours_look_black(opened):
    sheet = opened().sheets["表一"]
    interior = sheet.range("A1:A2").api.Interior
    assert (interior.Color, interior.ColorIndex) == (0, None)
    assert sheet.range("A1:A2").color == (0, 0, 0)
    assert (sheet.range("A1").api.Interior.Color, sheet.range("A1").color) == (16777215, None)
    assert (sheet.range("A2").api.Interior.Color, sheet.range("A2").color) == (255, (255, 0, 0))
    assert sheet.range("A1:A2").api.Font.Bold is None


def test_what_is_not_there_raises(opened):
    book = opened()
    book.names.add("总额", "=表一!$A$1")
    assert book.sheets["表一"].range("总额").value == 12
    refused(lambda: book.sheets["表一"].range("没有"))
    refused(lambda: book.sheets["表二"].range("总额"))  # it is on another sheet
    refused(lambda: book.api.Names("没有"))
    assert ("没有" in book.names, "总额" in book.names) == (False, True)
    with pytest.raises(ComError) as caught:
        book.api.Worksheets("没有")
    assert caught.value.hresult == EXCEPTION
    assert "没有" not in book.sheets["表一"].tables


def test_xlwings_repeats_a_rejected_call_until_it_is_taken(opened, excel):
    cell = opened().sheets["表一"].range("A1")
    excel.refuse(Busy.REJECTED, 30)
    assert cell.api.Value == 12
    excel.refuse(Busy.REJECTED, 30)
    cell.api.Value = 3
    excel.refuse(Busy.REJECTED, 30)
    cell.api.ClearContents()
    assert excel.calls.refused == 90


def test_a_collection_that_was_rejected_once_gives_nothing(opened, excel):
    sheets = opened().api.Worksheets
    excel.refuse(Busy.REJECTED, 1)
    assert sheets(1) is None


def test_an_ignored_call_comes_out_of_reading_and_is_repeated_in_setting(opened, excel):
    cell = opened().sheets["表一"].range("A1").api
    for ask in (lambda: cell.Value, cell.ClearContents):
        excel.refuse(Busy.IGNORED, 1)
        with pytest.raises(ComError) as caught:
            ask()
        assert caught.value.args == (IGNORED, "OLE error 0x800ac472", None, None)
    excel.refuse(Busy.IGNORED, 30)
    cell.Value = 3
    assert (cell.Value, excel.calls.refused) == (3, 32)


def test_a_book_from_the_udf_server_repeats_nothing(opened, excel):
    opened()
    excel.called_from(excel.program.books[0])
    book = xw.Book.caller()
    for how, number in ((Busy.REJECTED, REJECTED), (Busy.IGNORED, IGNORED)):
        excel.refuse(how, 1)
        with pytest.raises(ComError) as caught:
            _ = book.name
        assert caught.value.hresult == number
    assert book.sheets["表一"].range("A1").value == 12


def test_a_program_that_stays_busy_ends_the_test(opened, excel, monkeypatch):
    monkeypatch.setattr(program, "PATIENCE_SECONDS", 0.2)
    book = opened()
    excel.refuse(Busy.REJECTED, None)
    with pytest.raises(pytest.fail.Exception, match="was still being called"):
        _ = book.name
    with pytest.raises(pytest.fail.Exception):  # whatever caught the first one
        _ = book.name
    excel.answer_again()
    assert book.name == "小表.xlsx"


def test_a_busy_program_says_that_it_is_not_ready(opened, excel):
    opened()
    app = excel.app.api
    excel.program.refusal = Refusal(Busy.IGNORED, None)
    assert (app.Ready, app.Interactive) == (False, True)
    excel.answer_again()
    assert app.Ready is True


def test_what_is_typed_goes_into_every_sheet_of_a_group(opened, made, excel):
    made["表二"].sheet_view.tabSelected = True
    book = opened()
    window = book.api.Windows(1)
    assert [sheet.Name for sheet in window.SelectedSheets] == ["表一", "表二"]
    excel.types(book, "E9", "两处")
    assert [sheet.range("E9").value for sheet in book.sheets] == ["两处", "两处"]
    book.sheets["表一"].select()
    excel.types(book, "E10", "一处")
    assert [sheet.range("E10").value for sheet in book.sheets] == ["一处", None]


def test_a_table_grows_but_not_on_a_protected_sheet(opened, excel):
    book = opened()
    table = book.sheets["表一"].tables["明细"]
    excel.types(book, "A8", "丙")
    assert table.range.address == "$A$5:$B$8"
    book.sheets["表一"].range("A9").value = "丁"
    assert table.range.address == "$A$5:$B$9"
    book.sheets["表一"].range("A10").api.Locked = False
    book.sheets["表一"].api.Protect()
    excel.types(book, "A10", "戊")
    assert (table.range.address, book.sheets["表一"].range("A10").value) == ("$A$5:$B$9", "戊")


def test_a_sheet_is_not_called_what_excel_does_not_allow(opened):
    sheet = opened().sheets["表二"].api
    for name in (
        "",
        "长" * 32,
        "甲/乙",
        "甲:乙",
        "[甲]",
        "甲?",
        "甲*",
        "甲\\乙",
        "'甲",
        "甲'",
        "表一",
    ):
        refused(putting(sheet, "Name", name))
    assert sheet.Name == "表二"
    sheet.Name = "长" * 31
    assert sheet.Name == "长" * 31


def test_more_letters_than_a_cell_holds_are_refused(opened):
    cell = opened().sheets["表一"].range("A1")
    refused(putting(cell, "value", "长" * 32_768))
    refused(putting(cell, "value", "=" + "+".join(["1"] * 5_000)))
    assert cell.value == 12
    cell.value = "长" * 32_767
    assert len(cell.value) == 32_767


def test_a_cell_has_one_note(opened):
    sheet = opened().sheets["表一"]
    refused(lambda: sheet.range("D1").api.AddComment("第二个"))
    refused(lambda: sheet.range("E1:E2").api.AddComment("两格"))
    refused(lambda: sheet.range("E1").api.AddComment("长" * 32_768))
    assert [(note.text, note.location.address) for note in sheet.notes] == [("旧批注", "$D$1")]
    assert sheet.range("E1").note is None


def test_a_cell_with_a_thread_takes_no_note(opened, excel):
    book = opened()
    excel.thread(book, "表一", (3, 3), "请核对")
    cell = book.sheets["表一"].range("C3").api
    assert cell.CommentThreaded.Text() == "请核对"
    assert "请核对" in cell.Comment.Text()
    assert book.sheets["表一"].api.CommentsThreaded(1).Parent.Address == "$C$3"
    refused(lambda: cell.AddComment("新批注"))


def test_a_sheet_is_deleted_without_a_question_only_when_alerts_are_off(opened, excel):
    book = opened()
    with pytest.raises(pytest.fail.Exception, match="永久删除"):
        book.sheets["表二"].api.Delete()
    excel.answer_again()
    book.sheets["表二"].delete()
    assert [sheet.name for sheet in book.sheets] == ["表一"]
    refused(book.sheets["表一"].delete)


def test_a_refused_deletion_leaves_alerts_off(opened, made, excel):
    del made["表二"]
    book = opened()
    refused(book.sheets["表一"].delete)
    assert excel.app.display_alerts is False


def test_cells_are_selected_on_the_sheet_in_front(opened, excel):
    book = opened()
    refused(book.sheets["表二"].range("A1").select)
    book.sheets["表二"].activate()
    book.sheets["表二"].range("B2:C3").select()
    assert excel.app.selection.address == "$B$2:$C$3"
    assert (excel.app.api.ActiveCell.Address, book.sheets.active.name) == ("$B$2", "表二")
    book.sheets["表一"].api.Visible = 0
    refused(book.sheets["表一"].activate)


def test_a_new_sheet_is_in_front(opened):
    book = opened()
    book.api.Worksheets.Add()
    assert [sheet.name for sheet in book.sheets][1:] == ["表一", "表二"]
    book.sheets.add("末", after=book.sheets["表二"])
    assert [sheet.name for sheet in book.sheets][-1] == book.sheets.active.name == "末"


def test_a_condition_counts_from_the_active_cell(opened):
    sheet = opened().sheets["表一"]
    sheet.range("B2").select()
    made = sheet.range("C3").api.FormatConditions.Add(2, None, "=B2=1")
    assert made.Formula1 == "=C3=1"
    made.Interior.Color = RED
    assert (made.Interior.Color, made.Type) == (RED, 2)
    sheet.range("C3").api.FormatConditions(1).Modify(2, None, "=$A$1=1")
    assert sheet.range("C3").api.FormatConditions(1).Formula1 == "=$A$1=1"
    sheet.range("C3").api.FormatConditions.Delete()
    assert sheet.range("C3").api.FormatConditions.Count == 0


def test_only_members_of_excels_model_exist(opened, excel, monkeypatch):
    monkeypatch.setattr(program, "MOST_MISSES", 5)
    sheet = opened().sheets["表一"].api
    for missing in ("isProtected", "unprotect", "getCellRangeByName", "value"):
        with pytest.raises(ComError) as caught:  # so that hasattr(sheet.api, ...) raises, too
            getattr(sheet, missing)
        assert caught.value.hresult == UNKNOWN_NAME
        with pytest.raises(AttributeError):
            getattr(sheet._inner, missing)
    with pytest.raises(pytest.fail.Exception, match=r"no Worksheet\.Colour"):
        sheet.Colour = RED
    excel.answer_again()
    with pytest.raises(pytest.fail.Exception, match=r"no Worksheet\.Index"):
        sheet.Index = 2
    excel.answer_again()


def test_calcs_fast_paths_are_not_there(opened):
    book = opened()
    assert xw.engines.active.name == book.app.engine.name == "excel"
    assert [hasattr(CalcSheets, "used"), hasattr(CalcNames, "references")] == [True, True]
    own = {
        name
        for calc, ours in ((CalcSheets, book.sheets.impl), (CalcNames, book.names.impl))
        for name in set(vars(calc)) & set(dir(ours))
        if not name.startswith("_")
    }
    assert own <= {"api", "active", "add", "contains", "snapshot"}


def test_every_call_is_counted(opened, excel):
    sheet = opened().sheets["表一"].api
    excel.calls.clear()
    cell = sheet.Range("A1")
    cell.Interior.Color = RED
    assert cell.Value == 12
    assert excel.calls.by_member() == {
        "Worksheet.Range": 1, "Range.Interior": 1, "Interior.Color": 1, "Range.Value": 1,
    }  # fmt: skip
    assert (excel.calls.reads(), excel.calls.writes(), excel.calls.total) == (3, 1, 4)
    assert (excel.calls.writes("Interior.Color"), excel.calls["Range.Value"]) == (1, 1)
