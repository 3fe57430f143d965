"""插入核对 on a live Calc and on the strict Excel: what is asked, what is written, how it looks."""

import pytest
import xlwings as xw
from loaded import load_workbook
from openpyxl import Workbook

from addin.ribbon.press import press
from workbook.checking.kinds import find_kind
from workbook.making.build import as_bytes, build_workbook
from workbook.making.palette import BLUE_FILL, GREEN_FILL, RED_FILL
from workbook.reading.cell_formulas import asks_ours

SHEET = "预算收支"
PASSWORD = "不告诉你"
ONE_CELL = "请选中合计所在的那一个单元格,再按“插入核对”。"


@pytest.fixture
def book(program, sample_file) -> xw.Book:
    """The filled sample in front."""
    return program(sample_file)


@pytest.fixture
def foreign(tmp_path):
    """Somebody's own table: no form of ours, a subtotal, a total of columns and one of a row."""
    book = Workbook()
    sheet = book.active
    sheet.title = "支 出"
    for row in (
        ("科目", "一季度", "二季度", "合计"),
        ("人员", 10.5, 11.5, 22),
        ("公用", 4.25, 4.5, 8.75),
        ("小计", 14.75, 16, 30.75),
        ("项目", 5, 6, 11),
        ("总计", 19.75, 22, 41.75),
    ):
        sheet.append(row)
    path = tmp_path / "别的表.xlsx"
    book.save(path)
    return path


def insert(book, sheet, address, screen):
    """Select cells and press the button; what is said, and what the status bar shows at last."""
    book.sheets[sheet].activate()
    book.sheets[sheet].range(address).select()
    said, states = len(screen.said), len(screen.states)
    press("insert_check", book, screen)
    return screen.said[said:], screen.states[states:]


def shown(book, sheet, address):
    """What a cell says."""
    return book.sheets[sheet].range(address).value


def looks(cell):
    """The fills of its conditional formats, in hexadecimal."""
    return {f"FF{colour}" for colour in _fills(cell)}


def _fills(cell):
    if cell.sheet.book.app.engine.name != "excel":
        return ["{:02X}{:02X}{:02X}".format(*one.fill_color) for one in cell.conditional_formats]
    rules = cell.api.FormatConditions
    numbers = [int(rules.Item(n).Interior.Color) for n in range(1, rules.Count + 1)]
    return [n.to_bytes(3, "little").hex().upper() for n in numbers]  # Excel puts blue first


OF_RULES = (
    ("C17", "在 F17 写入核对:C17 是否等于 C18:C19 之和?", "F17"),
    ("C7", "在 F7 写入核对:C7 是否等于 C5:C6 之和?", "F7"),
    ("C20", "在 F20 写入核对:C20 是否等于 “项目”表“金额”列 之和?", "F20"),
    ("C24", "在 F24 写入核对:C24 是否等于 C25:C26、C29 之和?", "F24"),
    ("C23", "在 F23 写入核对:C23 是否等于 基础数据!D11?", "F23"),
)


def test_a_field_is_checked_against_the_parts_of_its_rule(book, screen):
    for total, question, room in OF_RULES:
        said = insert(book, SHEET, total, screen)
        assert said == ([question], [f"已在 {SHEET}!{room} 写入核对:相符。"])
        assert looks(book.sheets[SHEET].range(room)) == {GREEN_FILL, BLUE_FILL, RED_FILL}
    for total, _, room in OF_RULES:
        assert shown(book, SHEET, room) == "相符"
        book.sheets[SHEET].range(total).value = 1_000
        assert shown(book, SHEET, room).startswith("不符，差 ")
        assert insert(book, SHEET, total, screen) == ([f"{room} 里已经有这个合计的核对。"], [])
        book.sheets[SHEET].range(total).value = None


def test_a_total_that_the_form_computes_is_checked_against_its_parts(book, screen):
    said = insert(book, SHEET, "C40", screen)
    question = "在 F40 写入核对:C40 是否等于 C17、C20、资金来源!C27 之和?"
    assert said == ([question], [f"已在 {SHEET}!F40 写入核对:相符。"])
    assert looks(book.sheets[SHEET].range("F40")) == {GREEN_FILL, BLUE_FILL, RED_FILL}


def test_a_rule_that_does_not_apply_proposes_nothing(program, tmp_path, screen):
    """The total of all projects need not be that of the projects that are reported on."""
    kind = find_kind("project_sichuan")
    path = tmp_path / "四川.xlsx"
    path.write_bytes(as_bytes(build_workbook(kind.form, kind.rules, kind.sample)))
    book = program(path)
    total = book.names["项目支出"].refers_to_range
    where = (total.sheet.name, total.get_address(False, False))
    said, _ = insert(book, *where, screen)
    assert said == [
        "C10 的上方和左边没有可以相加的数。请选中合计所在的单元格;"
        "组成数和合计要挨着,中间不空行、不空列。"
    ]
    book.names["自评范围"].refers_to_range.value = "全部项目"
    said, _ = insert(book, *where, screen)
    assert said == ["在 F10 写入核对:C10 是否等于 “项目自评”表“全年执行数”列 之和?"]


def test_without_our_functions_the_words_are_the_same(book, screen):
    cells = book.sheets[SHEET]
    cells.range("C17").value = 195.49  # else it follows its parts
    insert(book, SHEET, "C17", screen)
    assert not asks_ours(cells.range("F17").formula)
    said = []
    for part in (171.73, None, "约170", "=1/0"):
        cells.range("C18").value = part
        said.append(shown(book, SHEET, "F17"))
    assert said == [
        "尾差 0.01",
        "不符，差 171.74",
        "C18「约170」不是数字",
        "C18是错误值 #DIV/0!,请先改正",
    ]


def test_a_locked_sheet_is_locked_again_with_the_same_options(book, screen):
    cells = book.sheets[SHEET]
    assert is_locked(cells)
    insert(book, SHEET, "C17", screen)
    assert shown(book, SHEET, "F17") == "相符"
    assert is_locked(cells)


def is_locked(sheet):
    if sheet.book.app.engine.name == "excel":
        return sheet.api.ProtectContents and sheet.api.Protection.AllowFormattingRows
    return sheet.api.isProtected()


def test_a_sheet_with_a_password_is_left_alone_and_the_formula_told(program, sample_file, screen):
    saved = load_workbook(sample_file)
    saved[SHEET].protection.set_password(PASSWORD)
    saved.save(sample_file)
    book = program(sample_file)
    assert insert(book, SHEET, "C24", screen) == (
        [
            "在 F24 写入核对:C24 是否等于 C25:C26、C29 之和?",
            "“预算收支”表设有密码保护,写不进去。请先撤销工作表保护,再插入核对;"
            "或者在别的表里自己写:=GJ_TIES(预算收支!C24,(预算收支!C25:C26,预算收支!C29))",
        ],
        [],
    )
    assert shown(book, SHEET, "F24") is None


def test_another_sheets_password_does_not_stand_in_the_way(program, sample_file, screen):
    saved = load_workbook(sample_file)
    saved["基本情况"].protection.set_password(PASSWORD)
    saved.save(sample_file)
    book = program(sample_file)
    _, states = insert(book, SHEET, "C17", screen)
    assert states == ["已在 预算收支!F17 写入核对:相符。"]
    assert looks(book.sheets[SHEET].range("F17")) == {GREEN_FILL, BLUE_FILL, RED_FILL}


def test_in_a_foreign_book_the_figures_beside_the_total_are_its_parts(program, foreign, screen):
    book = program(foreign)
    said = [insert(book, "支 出", total, screen) for total in ("B4", "B6", "D2", "D6")]
    assert said == [
        (["在 E4 写入核对:B4 是否等于 B2:B3 之和?"], ["已在 '支 出'!E4 写入核对:相符。"]),
        (["在 E6 写入核对:B6 是否等于 B4:B5 之和?"], ["已在 '支 出'!E6 写入核对:相符。"]),
        (["在 E2 写入核对:D2 是否等于 B2:C2 之和?"], ["已在 '支 出'!E2 写入核对:相符。"]),
        (["在 F6 写入核对:D6 是否等于 D4:D5 之和?"], ["已在 '支 出'!F6 写入核对:相符。"]),
    ]


def test_what_is_no_total_is_told(book, screen):
    said = {one: insert(book, SHEET, one, screen) for one in ("B17", "C11", "C17:C18")}
    assert said == {
        "B17": (["B17 里不是数字。请选中合计所在的单元格,再按“插入核对”。"], []),
        "C11": (["C11 里不是数字。请选中合计所在的单元格,再按“插入核对”。"], []),
        "C17:C18": ([f"选中了 2 个单元格。{ONE_CELL}"], []),
    }


def test_several_areas_are_no_total(excel, sample_file, screen):
    book = excel.open(sample_file)
    book.sheets[SHEET].activate()
    book.sheets[SHEET].api.Range("C17,C20").Select()
    press("insert_check", book, screen)
    assert screen.said == [ONE_CELL]


def test_an_error_is_to_be_mended_first(book, screen):
    book.sheets[SHEET].range("C17").value = "=1/0"
    said, _ = insert(book, SHEET, "C17", screen)
    assert said == ["C17 是错误值 #DIV/0!,请先改正,再插入核对。"]


def test_sheets_that_the_program_writes_take_no_check(book, screen):
    press("validate", book, screen)
    for sheet in ("校验结果", "校验"):
        (said,), _ = insert(book, sheet, "A1", screen)
        assert said == (
            f"“{sheet}”表由程序生成,核对写在这里留不住。"
            "请到填数的表里,选中合计所在的那一个单元格,再按“插入核对”。"
        )


def test_a_read_only_book_is_told(excel, sample_file, screen):
    book = excel.open(sample_file, read_only=True)
    assert insert(book, SHEET, "C17", screen) == (
        ["这本工作簿是只读的,写进去也存不下来。请先另存为一份,再插入核对。"],
        [],
    )


def test_a_clerk_who_says_no_gets_nothing(book, screen):
    screen.agrees = lambda question: False
    assert insert(book, SHEET, "C17", screen) == ([], ["没有插入核对。"])
    assert shown(book, SHEET, "F17") is None


def test_amounts_in_a_format_for_money_are_amounts(excel, tmp_path, screen):
    """Excel hands them over as another type, cut to four decimals."""
    made = Workbook()
    for row, amount in enumerate((10.5, 11.55555, 22.05555), start=1):
        cell = made.active.cell(row, 2, amount)
        cell.number_format = '"¥"#,##0.00'
    made.save(tmp_path / "钱.xlsx")
    book = excel.open(tmp_path / "钱.xlsx")
    assert insert(book, "Sheet", "B3", screen) == (
        ["在 C3 写入核对:B3 是否等于 B1:B2 之和?"],
        ["已在 Sheet!C3 写入核对:相符。"],
    )


def test_a_whole_sheet_and_a_stray_cell_far_away(program, foreign, screen):
    saved = load_workbook(foreign)
    saved.active["XFD1048576"] = 1
    saved.save(foreign)
    book = program(foreign)
    said, _ = insert(book, "支 出", "1:1048576", screen)
    assert said == [f"选中了 17179869184 个单元格。{ONE_CELL}"]
    assert insert(book, "支 出", "B6", screen)[1] == ["已在 '支 出'!E6 写入核对:相符。"]
    if book.app.engine.name == "excel":  # whose copy LibreOffice writes, row by row to the last
        cells = book.sheets["支 出"]
        cells.range("XFD1048576").value, cells.range("XFD9999").value = None, 1
    press("validate", book, screen)
