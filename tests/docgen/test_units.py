"""The list of units as bureaus have it: other heads, merged cells, sums, codes typed as numbers."""

import pytest
from openpyxl import Workbook

from docgen.batch.found import is_workbook
from docgen.batch.model import Done, Status, Work
from docgen.batch.one import do
from docgen.batch.units import Owner, Unit, Units, read_units
from docgen.report.given_faults import DataError

HEADS = ["单位名称", "单位代码", "上级", "种类"]


def listed(tmp_path, *rows, merged=()):
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for where in merged:
        sheet.merge_cells(where)
    book.save(tmp_path / "名单.xlsx")
    return read_units(tmp_path / "名单.xlsx").all


@pytest.mark.parametrize(
    "heads",
    [
        ["单 位 名 称", "单位代码\n", "上级"],
        ["单位名称(全称)", "预算单位代码", "主管部门"],
        ["单位名称（全称）", "代码（文本）", "上级单位"],
        ["单位", "统一社会信用代码", "主管单位"],
    ],
)
def test_columns_are_known_by_what_bureaus_call_them(tmp_path, heads):
    found = listed(tmp_path, ["各单位名单"], ["序号", *heads], [1, "甲小学", "001", "教育局"])
    assert found == (Unit("甲小学", "001", "教育局"),)


def test_our_own_word_for_a_column_comes_first_and_one_word_alone_is_no_list(tmp_path):
    heads = ["单位", "单位名称", "代码", "单位代码"]
    assert listed(tmp_path, heads, ["万元", "甲小学", "9", "001"]) == (Unit("甲小学", "001"),)
    with pytest.raises(DataError, match="要有一列叫“单位名称”"):
        listed(tmp_path, ["名称", "金额"], ["甲小学", 3])


def test_what_is_merged_downwards_holds_for_each_row_and_sums_are_no_units(tmp_path):
    rows = (["甲", "01", "教育局", "department"], ["乙", "02"], [None, "02", None, "project"])
    found = listed(tmp_path, HEADS, *rows, ["合 计"], merged=("C2:C4", "A3:A4"))
    assert found == (
        Unit("甲", "01", "教育局", "department"),
        Unit("乙", "02", "教育局"),
        Unit("乙", "02", "教育局", "project"),
    )


def test_a_cell_of_which_nobody_knows_what_it_says_is_named(tmp_path):
    with pytest.raises(DataError, match=r"名单里 Sheet!B2 的公式没有结果"):
        listed(tmp_path, HEADS, ["甲", '=TEXT(1,"000")'])
    with pytest.raises(DataError, match=r"名单里 Sheet!B2 的数字超过 15 位.*设成“文本”再填"):
        listed(tmp_path, HEADS, ["甲", 532532000000000011])


def test_a_code_that_lost_its_zeros_is_told_and_is_still_the_unit_of_that_name(tmp_path):
    units = Units(listed(tmp_path, HEADS, ["甲", 101], ["乙", 102]))

    def owner(name: str, code: str) -> Owner:
        return units.owner(Done("a", Status.PASSED, name=name, code=code))

    told = "名单里的代码是 101,表里写的是 000101,只差前面的 0"
    assert owner("甲", "000101") == Owner("甲", "101", Unit("甲", "101"), Unit("甲", "101"), told)
    told = "名单里「甲」的代码是 101,不是 000102"
    assert owner("甲", "000102") == Owner("甲", "000102", doubt=told)
    assert owner("丙", "000101") == Owner("丙", "000101", doubt="名单里没有「丙」(代码 000101)")


def test_two_units_of_one_name_without_codes_are_told_apart_by_nobody():
    units = Units((Unit("中心小学", "", "东"), Unit("中心小学", "", "西")))
    assert units.owner(Done("a", Status.PASSED, name="中心小学")).unit is None


def test_a_packed_file_is_listed_with_what_to_do(tmp_path):
    assert [one for one in ("甲.zip", "乙.RAR", "~$丙.xlsx", "丁.docx") if is_workbook(one)] == [
        "甲.zip", "乙.RAR",
    ]  # fmt: skip
    source = tmp_path / "五小.zip"
    source.write_bytes(b"PK")
    assert do(Work(source.name, source, tmp_path, None)) == Done(
        "五小.zip",
        Status.UNREADABLE,
        ".zip 压缩包没有打开,请解压,把里面的 .xlsx 放进来再做一次",
    )
