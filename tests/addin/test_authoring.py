"""The group 制表 on a live Calc and on the strict Excel: a form becomes a kind inside of it."""

import sys
from pathlib import Path

import pytest
import xlwings as xw

from addin.ribbon.press import press

sys.path.append(str(Path(__file__).parents[1] / "workbook" / "adopting"))
import bureau_forms


@pytest.fixture
def canteen(program, tmp_path) -> xw.Book:
    """A bureau's own form in front."""
    path = tmp_path / "食堂 月报.xlsx"
    path.write_bytes(bureau_forms.canteen())
    return program(path)


def click(name, book, sheet, address, screen):
    """Select cells and press the button; what is said, and the last state of the status bar."""
    book.sheets[sheet].activate()
    book.sheets[sheet].range(address).select()
    said = len(screen.said)
    press(name, book, screen)
    return screen.said[said:], screen.states[-1]


def names(book):
    return {one.name: one.refers_to.replace("'", "").replace("$", "") for one in book.names}


def test_selected_cells_become_fields_by_the_names_of_their_rows_and_columns(canteen, screen):
    said, state = click("mark_fields", canteen, "收支汇总", "A6:C7", screen)
    assert said == [
        "设为填报项:收支汇总!B6「学生伙食费_本月数」、收支汇总!C6「学生伙食费_本年累计」、"
        "收支汇总!B7「教职工伙食费_本月数」、收支汇总!C7「教职工伙食费_本年累计」?"
    ]
    assert state == "已设 4 个填报项;名称可在“公式 > 名称管理器”里改。"
    assert names(canteen) == {
        "学生伙食费_本月数": "=收支汇总!B6",
        "学生伙食费_本年累计": "=收支汇总!C6",
        "教职工伙食费_本月数": "=收支汇总!B7",
        "教职工伙食费_本年累计": "=收支汇总!C7",
    }
    said, _ = click("mark_fields", canteen, "收支汇总", "B6", screen)
    assert said == [
        "已经是填报项:收支汇总!B6「学生伙食费_本月数」。要改名称,请到“公式 > 名称管理器”。"
    ]


@pytest.mark.parametrize(
    ("sheet", "address", "says"),
    [
        (
            "收支汇总", "A5:A9",
            "选中的都是文字(标签、表头),没有要填的单元格。请选中要填的格子,再点一次。",
        ),
        (
            "收支汇总", "J40",
            "收支汇总!J40 的左边和上边都没有文字,不知道该叫什么。请先写上名称,再点一次。",
        ),
        (
            "采购明细", "D4",
            "采购明细!D4 在明细表「采购明细」里,它的各列已经是填报项。"
            "请选明细表以外的单元格,再点一次。",
        ),
        ("收支汇总", "A1:Z100", "选中了 2600 个单元格,太多了。请只选要设的那些,再点一次。"),
    ],
)  # fmt: skip
def test_a_selection_that_is_no_field_is_said_so(canteen, screen, sheet, address, says):
    before = names(canteen)
    assert click("mark_fields", canteen, sheet, address, screen)[0] == [says]
    assert names(canteen) == before


def test_a_workbook_that_was_handed_out_is_left_alone(program, sample_file, screen):
    book = program(sample_file)
    said, _ = click("mark_fields", book, "预算收支", "C9", screen)
    assert said == [
        "这是发出去填报的工作簿,不能在里面制表。"
        "请打开单位自己的表,或种类文件夹里的 form.xlsx,再点一次。"
    ]
