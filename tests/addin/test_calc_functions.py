"""The cell functions in a real Calc, with the extension that answers them."""

import ast
import os
import signal
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from extended import SECONDS, extended, is_running

from addin.extension.functions import ARGUMENTS, SERVICE
from addin.functions.vba import HELP
from workbook.catalogue.cells import MARKED
from workbook.reading.cell_formulas import in_form

WAITING = "正在核对……"
# What the cells of the sheet hold; B3 is an error, B5 a day, B6 and B7 texts, B8 and below blank.
CELLS = {
    "A1": "3", "A2": "195.5", "B1": "1", "B2": "2", "B3": "=NA()", "B4": "=1/0",
    "B6": "约170", "B7": "'23.75", "C1": "171.74", "C2": "23.75", "E1": "=SQRT(-1)",
}  # fmt: skip


@pytest.fixture(scope="module")
def program(needed, soffice, tmp_path_factory):
    pytest.importorskip("addin.calc.program.bridge", exc_type=ImportError)
    folder = tmp_path_factory.mktemp("calc")
    with extended(folder, needed("unopkg"), soffice) as made:
        yield made


@pytest.fixture(scope="module")
def app(program):
    """The program with the extension as xlwings' active one."""
    from addin.calc.engine import register

    register(program.office)
    return xw.apps.active


@pytest.fixture(scope="module")
def sheet(app):
    book = app.books.add()
    cells = book.sheets[0].api
    for address, formula in CELLS.items():
        cells.getCellRangeByName(address).setFormula(formula)
    book.sheets[0].range("B5").number_format = "yyyy-mm-dd"
    cells.getCellRangeByName("B5").setFormula("2024-01-02")
    return cells


def said(sheet, formula, address="K1"):
    cell = sheet.getCellRangeByName(address)
    cell.setFormula(formula)
    return cell.getString()


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("=GJ_TIES(3;B1:B2)", "相符"),
        ("=GJ_TIES(A1;B1:B2)", "相符"),
        ("=GJ_TIES(1+2;B1:B2)", "相符"),
        ("=GJ_TIES(A1;B1)", "不符，差 2"),
        ("=GJ_TIES(A2;C1:C2)", "尾差 0.01"),
        ("=GJ_TIES(A2;C1:C2;0)", "不符，差 0.01"),
        ("=GJ_TIES(A2;C1:C2;0.01)", "相符"),
        ("=GJ_TIES(A2;C1:C2;)", "尾差 0.01"),
        ("=GJ_TIES(A9;B1:B2)", "合计未填"),
        ("=GJ_TIES(A1;B8:B9)", "组成数未填"),
        ("=GJ_TIES(A9;B8:B9)", "未填"),
        ("=GJ_TIES(3;B1:B3)", "B3是错误值 #N/A,请先改正"),
        ("=GJ_TIES(3;B4)", "B4是错误值 #DIV/0!,请先改正"),
        ("=GJ_TIES(3;E1)", "E1是错误值 Err:502,请先改正"),
        ("=GJ_TIES(3;B:B)", "B3是错误值 #N/A,请先改正"),
        ("=GJ_TIES(195.49;C:C)", "相符"),
        ("=GJ_TIES(3;XFD:XFD)", "组成数未填"),
        ("=GJ_TIES(3;OFFSET(B1;0;0;2;1))", "相符"),
        ("=GJ_TIES(3;B5)", "B5「2024-01-02」是日期或时间,不是数字"),
        ("=GJ_TIES(3;B6)", "B6「约170」不是数字"),
        ("=GJ_TIES(B6;B1)", "合计「约170」不是数字"),
        ("=GJ_TIES(23.75;B7)", "相符"),
        ("=GJ_TIES(1E+20;B1)", "不符，差 99999999999999999999"),
        ("=GJ_RATE(1;4)", "0.25"),
        ("=GJ_RATE(A9;A9)", "未填"),
        ("=GJ_RATE(A9;A1)", "部分数未填"),
        ("=GJ_RATE(5;0)", "基数为 0,不算比率"),
        ("=GJ_UPPER(1409.5)", "壹仟肆佰零玖元伍角"),
        ("=GJ_UPPER(C1)", "壹佰柒拾壹元柒角肆分"),
        ("=GJ_UPPER(A9)", ""),
        ("=GJ_UPPER(B6)", "金额「约170」不是数字"),
    ],
)
def test_a_cell_says_the_same_as_in_excel(sheet, formula, words):
    assert said(sheet, formula) == words


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("=GJ_TIES(3;A1:A2)", "Ties"),
        ("=GJ_TIES(3.1;A1:A2)", "Rounding 0.1"),
        ("=GJ_TIES(5;A1:A2)", "Fails by 2"),
        ("=GJ_TIES(A9;A1:A2)", "Total blank"),
        ("=GJ_TIES(3;A3)", "A3 “about 3” is no figure"),
        ("=GJ_RATE(5;0)", "No rate, the base being 0"),
        ("=GJ_UPPER(A3)", "The amount “about 3” is no figure"),
    ],
)
def test_a_form_in_english_is_answered_in_english(app, formula, words):
    book = app.books.add()
    book.sheets[0].range("A1").value = [[1], [2], ["about 3"]]
    book.names.add(MARKED.en, "=Sheet1!$Z$1:$Z$9")
    assert said(book.sheets[0].api, formula) == words
    book.close()


@pytest.mark.parametrize(
    ("formula", "error"),
    [
        ("=GJ_TIES(B3;B1:B2)", "#N/A"),
        ("=GJ_RATE(B4;3)", "#DIV/0!"),
        ("=GJ_UPPER(E1)", "Err:502"),
        ("=GJ_TIES(3;B1~C1)", "Err:504"),
        ("=GJ_TIES(3;3)", "Err:504"),
        ("=GJ_TIES(3)", "Err:504"),
    ],
)
def test_where_calc_does_not_ask_us_it_shows_its_own_error(sheet, formula, error):
    assert said(sheet, formula) == error


def test_a_range_over_several_sheets_is_refused(app):
    book = app.books.add()
    first, second = book.sheets[0], book.sheets.add("二", after=book.sheets[0])
    first.range("A1").value = second.range("A1").value = 1
    formula = f"=GJ_TIES(1;${first.name}.A1:$二.A1)"
    assert said(second.api, formula) == "组成数跨了几张工作表,请改成同一张表里的区域"
    assert said(second.api, f"=GJ_TIES(1;${first.name}.A1:A2)") == "相符"
    assert said(second.api, f"=GJ_TIES(1;${first.name}.B1:C1)") == "组成数未填"
    first.range("A2").value = "甲"
    assert said(second.api, f"=GJ_TIES(1;${first.name}.A1:A2)") == f"{first.name}!A2「甲」不是数字"
    book.close()


def test_a_whole_column_costs_what_its_used_part_costs(app):
    book = app.books.add()
    cells = book.sheets[0].api
    book.sheets[0].range("A1").value = [[1]] * 1000

    def seconds(formula):
        begin = time.perf_counter()
        for number in range(20):
            assert said(cells, formula, f"C{number + 1}") == "相符"
        return time.perf_counter() - begin

    areas = ("A1:A1000", "A:A")  # in turn, so that what else runs slows both
    rounds = [[seconds(f"=GJ_TIES(1000;{one})") for one in areas] for _ in range(4)]
    used, whole = map(min, zip(*rounds, strict=True))
    assert whole < 2 * used
    book.close()


def test_the_wizard_speaks_chinese(program):
    told = program.office.service("com.sun.star.sheet.FunctionDescriptions")
    found = {}
    for number in range(told.getCount()):
        one = {part.Name: part.Value for part in told.getByIndex(number)}
        if one["Name"].startswith("GJ_"):
            arguments = [
                (part.Name, part.Description, part.IsOptional) for part in one["Arguments"] or ()
            ]
            found[one["Name"]] = (one["Description"], arguments)
    assert set(found) == set(ARGUMENTS) == set(HELP)
    assert found["GJ_TIES"] == (
        "合计是否等于各组成数之和:相符、尾差或不符,连同差额。",
        [
            ("合计", "合计所在的单元格", False),
            ("组成数", "各组成数所在的区域", False),
            ("允许差额", "允许相差多少;不填则按四舍五入推算", True),
        ],
    )
    assert found["GJ_RULE"][1] == [("规则", "规则的名称,如“基本支出构成”", False)]


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_a_saved_book_has_formula_and_result_and_answers_again(app, tmp_path, suffix):
    book = app.books.add()
    book.sheets[0].range("A1").value = [[1], [2], [3.5]]
    cells = book.sheets[0].api
    said(cells, "=GJ_TIES(A3;A1:A2)", "B1")
    path = tmp_path / f"核对{suffix}"
    book.save(str(path))
    book.close()
    assert f"{SERVICE.upper()}.GJ_TIES(" in written(path)
    if suffix == ".xlsx":
        formula = openpyxl.load_workbook(path).active["B1"].value
        assert in_form(formula) == "=GJ_TIES(A3,A1:A2)"
        assert openpyxl.load_workbook(path, data_only=True).active["B1"].value == "不符，差 0.5"
    again = app.books.open(str(path))
    again.sheets[0].range("A3").value = 3
    assert again.sheets[0].range("B1").value == "相符"
    again.close()


def written(path: Path) -> str:
    name = {".xlsx": "xl/worksheets/sheet1.xml", ".ods": "content.xml"}[path.suffix]
    return zipfile.ZipFile(path).read(name).decode()


def until(look):
    """What `look` gives as soon as it gives something; it does not ask all the time."""
    end = time.monotonic() + SECONDS
    while not (found := look()):
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.05)
    return found


@pytest.fixture
def sample(app, sample_file):
    book = app.books.open(str(sample_file))
    yield book
    if app in xw.apps:  # and has not crashed
        book.close()


@pytest.fixture
def asking(sample):
    """A sheet of the sample for cells that ask."""
    return sample.sheets.add("问", after=sample.sheets[-1]).api


def test_rules_and_findings_are_checked_once_for_all_cells_after_each_change(
    program, sample, asking
):
    before = program.checks
    column, unknown = (asking.getCellRangeByName(one) for one in ("A1:A20", "B1"))
    found = asking.getCellRangeByName("C1:H30")
    document = sample.impl.document
    document.enableAutomaticCalculation(False)
    column.setFormulaArray((('=GJ_RULE("基本支出构成")',),) * 20)
    unknown.setFormula('=GJ_RULE(" 没有这条 ")')
    found.setArrayFormula("=GJ_FINDINGS()")
    document.enableAutomaticCalculation(True)
    until(lambda: column.getDataArray() == (("相符",),) * 20)
    assert unknown.getString() == "没有规则「没有这条」,规则的名称见“校验”表"
    assert found.getDataArray()[0][0] == "发现 2 处提醒。"
    assert program.checks == before + 1
    sample.sheets["预算收支"].range("C17").value = 195.94
    until(lambda: column.getDataArray() == (("不符",),) * 20)
    rows = found.getDataArray()
    assert rows[0][0] == "发现 1 处错误、2 处提醒。"
    assert rows[2][:2] == ("错误", "预算收支!C17")
    assert rows[-1] == ("",) * 6
    time.sleep(1)  # what follows from our own answers
    assert program.checks == before + 2


def test_what_goes_wrong_stands_in_the_cell_and_the_next_change_tries_again(program, asking):
    said(asking, '=GJ_RULE("基本支出构成")', "A1")

    def shows(words):
        return asking.getCellRangeByName("A1").getString() == words

    until(lambda: shows("相符"))
    os.kill(program.checker, signal.SIGSTOP)
    with program.hurried():
        assert said(asking, '=GJ_RULE("项目支出构成")', "B1") == WAITING
        until(lambda: shows("核对超过 60 秒还没有结果,请改点“校验”按钮"))
    program.python.unlink()
    said(asking, "2", "B1")
    until(lambda: shows("没有找到勾稽的程序,请重新安装勾稽和这个扩展"))
    program.python.write_text("#!/bin/sh\nexit 3\n")
    program.python.chmod(0o755)
    said(asking, "3", "B1")
    until(lambda: shows("没有核对成,请点“诊断”,把记录文件发给维护人员"))
    program.restore_python()
    said(asking, "4", "B1")
    until(lambda: shows("相符"))


def test_a_book_that_is_no_form_says_so(app):
    book = app.books.add()
    cells = book.sheets[0].api
    said(cells, '=GJ_RULE("基本支出构成")')
    why = "这不是勾稽的填报工作簿(没有报告种类的标记)。请用 gouji new 新建的工作簿填报。"
    until(lambda: cells.getCellRangeByName("K1").getString() == why)
    book.close()


def test_each_file_for_libreoffices_python_is_read_by_3_8(program):
    with zipfile.ZipFile(program.folder.with_name("gouji.oxt")) as extension:
        sources = {
            name: extension.read(name) for name in extension.namelist() if name.endswith(".py")
        }
    assert len(sources) == 16
    for name, source in sources.items():
        ast.parse(source, name, feature_version=(3, 8))


def test_the_process_that_checks_ends_with_libreoffice(program, asking):
    """The last test: it ends the program of all of them."""
    said(asking, '=GJ_RULE("基本支出构成")', "A1")
    until(lambda: asking.getCellRangeByName("A1").getString() == "相符")
    process = program.checker
    assert is_running(process)
    program.crash(process)
    until(lambda: not is_running(process))
