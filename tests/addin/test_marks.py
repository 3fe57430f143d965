"""Marks in Excel as it is strict, and in Calc: few calls, locked sheets, everything put back."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pytest
import xlwings as xw
from light import lighten
from loaded import load_workbook
from openpyxl.workbook.protection import WorkbookProtection

from addin.marking import marks
from addin.marking.cell_runs import cell_at, runs, unions
from addin.marking.looks import Look, dress, looks
from addin.open_book.protection import ALLOWED, is_read_only, structure_is_locked, unlocked
from addin.ribbon.press import press
from workbook.catalogue.findings import RESULTS_SHEET
from workbook.checking.show import summary
from workbook.findings.model import finding
from workbook.findings.place import Place

RED, DARK_RED = "#FFC7CE", "#EF7272"
TOTAL = ("预算收支", "C17")
PASSWORD = "caizheng"


def protections(book, names):
    """Everything that Excel's object model tells of the sheets' protection."""
    covered = ("ProtectContents", "ProtectDrawingObjects", "ProtectScenarios", "ProtectionMode")
    beside = ("EnableSelection", "EnableOutlining", "EnableAutoFilter")
    sheets = [book.sheets[name].api for name in names]
    return [
        (
            *(getattr(sheet, one) for one in (*covered, *beside)),
            *(getattr(sheet.Protection, one) for one in ALLOWED),
        )
        for sheet in sheets
    ]


def redone(path, change):
    """The file changed by openpyxl before it is opened."""
    path.write_bytes(_redone(path.read_bytes(), change))
    return path


@lru_cache(maxsize=8)
def _redone(file, change):
    book, made = load_workbook(BytesIO(file)), BytesIO()
    change(book)
    book.save(made)
    return made.getvalue()


def with_password(book):
    for sheet in book:
        sheet.protection.sheet = sheet.protection.objects = sheet.protection.formatCells = True
        sheet.protection.set_password(PASSWORD)


def with_locked_structure(book):
    book.security = WorkbookProtection(lockStructure=True)


def many(count):
    """Findings on as many cells of four columns, and none beside them."""
    cells = [f"{'BCDE'[number % 4]}{5 + number // 4}" for number in range(count)]
    return tuple(
        finding("not-a-number", Place("预算收支", cell), "数", found="约", reason="不是数字")
        for cell in cells
    )


def test_cells_are_written_as_ranges_and_ranges_as_addresses_that_excel_takes():
    cells = [cell_at(one) for one in ("B9", "A1", "A2", "D1", "C1", "A2", "A4")]
    assert runs(cells) == ["A1:A2", "C1:D1", "A4", "B9"]
    scattered = [(row, column) for row in range(1, 4000, 2) for column in (16_384, 3)]
    addresses = list(unions(scattered))
    assert all(len(address) <= 255 for address, _ in addresses)
    assert all(len(held) >= 20 for _, held in addresses[:-1])
    assert sorted(cell for _, held in addresses for cell in held) == sorted(scattered)


def test_a_lifted_protection_comes_back_with_every_option_even_after_a_failure(excel, sample_file):
    book = excel.open(sample_file)
    names = [sheet.name for sheet in book.sheets]
    sheet = book.sheets["预算收支"]
    sheet.api.Unprotect("")
    sheet.api.Protect(
        DrawingObjects=False, Contents=True, Scenarios=True, UserInterfaceOnly=False,
        AllowSorting=True, AllowFormattingCells=True, AllowInsertingHyperlinks=True,
    )  # fmt: skip
    sheet.api.EnableSelection = 1
    before = protections(book, names)
    for one in book.sheets:
        with unlocked(one) as may_change:
            assert may_change
            assert not one.api.ProtectContents
    with pytest.raises(ValueError, match="half way"), unlocked(sheet):
        raise ValueError("half way")
    assert protections(book, names) == before


def test_a_password_is_not_lifted_and_excel_asks_nobody_for_it(excel, sample_file):
    book = excel.open(redone(sample_file, with_password))
    with unlocked(book.sheets["预算收支"]) as may_change:
        assert not may_change
    assert book.sheets["预算收支"].api.ProtectContents


def test_calc_tells_locks_as_excel_does(in_calc):
    book = in_calc
    book.api.protect(PASSWORD)
    with unlocked(book.sheets["预算收支"]) as may_change:
        assert may_change
        assert not book.sheets["预算收支"].api.isProtected()
    assert book.sheets["预算收支"].api.isProtected()
    book.sheets["预算收支"].api.unprotect("")
    book.sheets["预算收支"].api.protect(PASSWORD)
    with unlocked(book.sheets["预算收支"]) as may_change:
        assert not may_change
    assert (structure_is_locked(book), is_read_only(book)) == (True, False)
    book.api.unprotect(PASSWORD)
    assert not structure_is_locked(book)


def test_marks_in_excel_cost_few_calls_and_leave_nothing_behind(excel, sample_file):
    book = excel.open(sample_file)
    places = [("预算收支", f"{letter}{row}") for letter in "BCDE" for row in range(5, 55)]
    before, locks = looks(book, places), protections(book, ["预算收支"])
    findings = many(200)
    excel.calls.clear()
    assert marks.show(book, findings, summary(findings)) == []
    assert excel.calls.writes("Interior.Color", "Interior.ColorIndex") <= 200 // 20 + 4
    assert excel.calls["Comment.Text"] == 0  # no note is there to be asked for
    assert excel.calls.writes("Range.AddComment") == 200
    assert {one.colour for one in looks(book, places)} == {DARK_RED}
    assert protections(book, ["预算收支"]) == locks
    excel.calls.clear()
    marks.show(book, findings, summary(findings))
    assert excel.calls.writes("Interior.Color", "Range.AddComment", "Comment.Delete") == 0
    assert marks.clear(book) == 200
    assert looks(book, places) == before
    assert RESULTS_SHEET.zh not in [sheet.name for sheet in book.sheets]


def test_cells_of_many_colours_are_read_right(excel, sample_file):
    book = excel.open(sample_file)
    book.sheets["预算收支"].api.Unprotect("")
    shades = ["#000000", "#FFFFFF", "", RED, RED, "#000000", "#123456"]
    wanted = [Look("预算收支", f"H{row}", one, "") for row, one in enumerate(shades, start=3)]
    assert dress(book, wanted) == []
    assert looks(book, [(one.sheet, one.address) for one in wanted]) == wanted


def test_marks_that_an_earlier_version_left_are_taken_away(excel, sample_file):
    """They differ from ours in nothing: hidden columns H to K of the list say what was there."""

    def mark(book):
        sheet = book.create_sheet(RESULTS_SHEET.zh)
        for column, words in enumerate(("单元格所在表", "单元格", "原来的颜色", "原来的批注"), 8):
            sheet.cell(3, column, words)
        for column, words in enumerate(("预算收支", "C17", "#FFF8DC", "与决算表一致"), 8):
            sheet.cell(4, column, words)

    book = excel.open(redone(sample_file, mark))
    assert marks.clear(book) == 1
    assert looks(book, [TOTAL]) == [Look(*TOTAL, "#FFF8DC", "与决算表一致")]


@pytest.fixture
def in_calc(calc, sample_file):
    """The sample in Calc; closed again however the test ends."""
    book = xw.Book(str(lighten(sample_file)))
    yield book
    book.close()


def broken(book):
    book["预算收支"]["C17"] = 195.94


def broken_and_locked(book):
    broken(book)
    with_locked_structure(book)


def broken_with_password(book):
    broken(book)
    with_password(book)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (broken_with_password, "表有密码保护,没有做标记"),
        (broken_and_locked, "工作簿的结构有保护,加不了“校验结果”表,没有做标记"),
    ],
)
@pytest.mark.parametrize("action", ["validate", "make_report"])
def test_what_cannot_be_marked_is_told_all_the_same(
    excel, sample_file, screen, change, why, action
):
    book = excel.open(redone(sample_file, change))
    press(action, book, screen)
    (said,) = screen.said
    assert said.startswith("发现 1 处错误、2 处提醒")
    assert why in said
    assert "预算收支!C17 基本支出:195.94 ≠" in said
    press("next_finding", book, screen)
    assert screen.states[-1].startswith("第 1 处,共 ")
    assert "预算收支!C17" in screen.states[-1]


def test_the_whole_list_lies_beside_a_book_that_takes_none(excel, sample_file, screen):
    book = excel.open(redone(sample_file, broken_and_locked))
    press("validate", book, screen)
    file = sample_file.with_name("填报校验结果.txt")
    assert f"……全部见「{file}」。" in screen.said[0]
    text = file.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == f"勾稽的校验结果:{sample_file}"
    assert text.count("【") == 4
    press("validate", book, screen)
    assert [one.name for one in sample_file.parent.glob("*校验结果*")] == [file.name]


def test_where_nothing_may_be_written_the_list_goes_to_the_clerks_own_folder(
    excel, sample_file, screen, tmp_path, monkeypatch
):
    book = excel.open(redone(sample_file, broken_and_locked))
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.setattr("addin.marking.showing.home", lambda _: tmp_path / "a file" / "no folder")
    (tmp_path / "a file").write_text("")
    press("validate", book, screen)
    assert f"……全部见「{tmp_path / 'home' / '填报校验结果.txt'}」。" in screen.said[0]


def test_a_read_only_book_in_calc_is_left_as_it_is_and_its_findings_are_told(
    calc, sample_file, screen
):
    redone(sample_file, broken)
    book = xw.books.open(str(lighten(sample_file)), read_only=True)
    press("validate", book, screen)
    (said,) = screen.said
    assert said.startswith("发现 1 处错误、2 处提醒。工作簿是只读的,没有做标记。\n\n预算收支!C17 ")
    assert RESULTS_SHEET.zh not in [sheet.name for sheet in book.sheets]
    book.close()


def test_a_sheet_of_the_clerks_own_called_like_the_list_is_not_touched(excel, sample_file, screen):
    def own(book):
        broken(book)
        book.create_sheet(RESULTS_SHEET.zh)["A1"] = "我的核对记录"

    book = excel.open(redone(sample_file, own))
    press("validate", book, screen)
    press("clear_marks", book, screen)
    assert book.sheets[RESULTS_SHEET.zh].range("A1").value == "我的核对记录"
    assert "工作簿里有一张自己的“校验结果”表" in screen.said[0]


def test_hidden_sheets_do_no_harm(excel, sample_file, screen):
    def hide(book):
        broken(book)
        book["选项"].sheet_state = "veryHidden"
        book["基本情况"].sheet_state = "hidden"

    book = excel.open(redone(sample_file, hide))
    press("validate", book, screen)
    assert screen.states[-1] == "发现 1 处错误、2 处提醒。"
    visited = []
    for _ in range(3):
        press("next_finding", book, screen)
        visited.append(book.app.selection.sheet.name)
    assert "基本情况" not in visited
    press("clear_marks", book, screen)
    assert screen.said == []


def test_the_formulas_that_may_be_typed_over_stay_as_they_are(excel, sample_file, screen):
    book = excel.open(redone(sample_file, lambda book: book["预算收支"].__setitem__("C18", 171.47)))
    sheets = [sheet for sheet in book.sheets if sheet.name in ("预算收支", "项目支出", "绩效指标")]

    def formulas():
        return [sheet.used_range.formula for sheet in sheets]

    before = formulas()
    total = book.sheets["预算收支"].range("C17")
    assert (total.formula[:4], total.value) == ("=IF(", 195.22)
    press("validate", book, screen)
    assert screen.states[-1] == "发现 1 处错误、2 处提醒。"
    assert formulas() == before
    press("clear_marks", book, screen)
    assert formulas() == before


def test_one_sheet_is_selected_after_the_marks(excel, sample_file, screen):
    book = excel.open(redone(sample_file, broken))
    front = book.sheets.active.name
    press("validate", book, screen)
    assert book.sheets.active.name == front
    assert book.app.api.ActiveWindow.SelectedSheets.Count == 1


@pytest.mark.parametrize("program", ["excel", "calc"])
def test_the_marked_cells_are_listed_for_the_books_own_colours_and_no_more_once_cleared(
    program, request, sample_file, screen
):
    if program == "excel":
        book = request.getfixturevalue("excel").open(redone(sample_file, broken))
    else:
        book = request.getfixturevalue("in_calc")
        book.sheets["预算收支"].range("C17").value = 195.94
    press("validate", book, screen)
    told = [text for text in marked(book) if text]
    assert "预算收支!C17" in told
    assert sorted(told) == sorted(f"{sheet}!{cell}" for sheet, cell in marks.listed_cells(book))
    results = book.sheets[RESULTS_SHEET.zh]
    titles = [text for text in results.range("A4:A12").value if text]
    assert [text for text in titles if "处）" in text] == ["错误：预算收支（1 处）", "提醒（2 处）"]
    if program == "excel":
        setup = results.api.PageSetup
        assert (setup.Orientation, setup.Zoom, setup.FitToPagesWide, setup.FitToPagesTall) == (
            2, False, 1, False,
        )  # fmt: skip
        assert setup.PrintTitleRows == "$3:$3"
    else:
        style = results.page_setup.api
        assert (style.IsLandscape, style.ScaleToPagesX, style.ScaleToPagesY) == (True, 1, 0)
        assert book.sheets["预算收支"].page_setup.api.Name != style.Name
    press("clear_marks", book, screen)
    assert [text for text in marked(book) if text] == []


def test_a_listed_cell_goes_along_when_a_row_is_inserted_above_it(in_calc, screen):
    book = in_calc
    book.sheets["项目支出"].range("C8").value = "约"
    press("validate", book, screen)
    assert "项目支出!C8" in marked(book)
    book.sheets["项目支出"].range("7:7").insert("down")
    assert "项目支出!C9" in marked(book)
    assert "项目支出!C8" not in marked(book)


def marked(book):
    """The list of marked cells as the book's colours read it."""
    reference = book.names["勾稽_已标记"].refers_to.removeprefix("=")
    return book.sheets["选项"].range(reference.rpartition("!")[2]).value
