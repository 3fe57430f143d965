"""改成引用 on a live Calc and on the strict Excel: what is asked, what becomes a quote."""

from loaded import load_workbook
from openpyxl import Workbook
from spoiled import typing

from addin.ribbon.press import press

SHEET, CELL = "基本情况", "C28"
WORDS = "本单位行政编制7名、事业编制3名。"
QUOTED = "本单位行政编制{{ 行政编制 }}名、事业编制{{ 事业编制 }}名。"
QUESTION = (
    "文字里有 2 个数和表里的一样,改成引用?以后改表里的数,文字跟着变。\n基本情况!C28(2 个)\n"
    "这一步不能用“撤消”退回。"
)
DONE = "已把 2 个数改成引用。再按一次“校验”,看到的就是改过的。"


def shown(book):
    return book.sheets[SHEET].range(CELL).value


def test_figures_become_quotes_where_the_clerk_agrees(program, sample_file, screen):
    typing({"人员情况": WORDS})(sample_file)
    book = program(sample_file)
    asked = []
    screen.agrees = lambda question: not asked.append(question)
    press("quote_figures", book, screen)
    assert (shown(book), asked, screen.said) == (QUOTED, [QUESTION], [])
    assert screen.states[-1] == DONE
    press("quote_figures", book, screen)
    assert screen.said == ["文字里没有可以改成引用的数。"]


def test_a_clerk_who_says_no_keeps_his_words(program, sample_file, screen):
    typing({"人员情况": WORDS})(sample_file)
    book = program(sample_file)
    screen.agrees = lambda question: False
    press("quote_figures", book, screen)
    assert (shown(book), screen.states[-1]) == (WORDS, "没有改动。")


def test_a_read_only_book_is_told(excel, sample_file, screen):
    typing({"人员情况": WORDS})(sample_file)
    press("quote_figures", excel.open(sample_file, read_only=True), screen)
    assert screen.said == ["这本工作簿是只读的,改了也存不下来。请先另存为一份,再按“改成引用”。"]


def test_a_sheet_with_a_password_keeps_its_words(program, sample_file, screen):
    typing({"人员情况": WORDS})(sample_file)
    made = load_workbook(sample_file)
    made[SHEET].protection.set_password("不告诉你")
    made[SHEET].protection.enable()
    made.save(sample_file)
    book = program(sample_file)
    screen.agrees = lambda question: True
    press("quote_figures", book, screen)
    assert shown(book) == WORDS
    assert screen.said == ["有 2 个数没有改:那几格是公式,或工作表设有密码保护。"]


def test_what_is_no_form_of_ours_is_told(excel, tmp_path, screen):
    Workbook().save(tmp_path / "别的.xlsx")
    press("quote_figures", excel.open(tmp_path / "别的.xlsx"), screen)
    assert screen.said == [
        "这不是勾稽的填报工作簿(没有报告种类的标记)。请用 gouji new 新建的工作簿填报"
    ]


def test_a_check_in_the_open_book_says_the_same_as_of_the_file(program, sample_file, screen):
    typing({"人员情况": "行政编制8名。"})(sample_file)
    book = program(sample_file)
    press("validate", book, screen)
    assert screen.states[-1] == "发现 1 处错误、2 处提醒。"
    assert "而表里「行政编制」(基本情况!C22)是 7名" in book.sheets[SHEET].range(CELL).note.text
