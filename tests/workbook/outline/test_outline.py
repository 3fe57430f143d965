"""What a clerk may do on the sheet 提纲: order, what is asked, ranges, and a form's own faults."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from in_calc import calculated
from loaded import load_workbook
from msgspec.structs import replace
from sampled import check_of, typed_over
from spoiled import DEPARTMENT, sample_book

from docgen.report.context import report_context
from docgen.report.outline import section_rows
from workbook.checking.check import Checked
from workbook.checking.intake import take_in
from workbook.findings.model import Severity
from workbook.form.model import Form
from workbook.form.outline import outline_faults
from workbook.form.sample import Sample
from workbook.form.sections import Section
from workbook.making.build import build_workbook

GOALS = "区委统战部2022年整体支出绩效目标"
FUNDS = [
    "三、政府性基金预算支出情况",
    "四、国有资本经营预算支出情况",
    "五、社会保险基金预算支出情况",
]


def checked(**cells: object) -> Checked:
    """The sample with cells of 提纲 typed over: `_17_处理` is the choice of its row 17."""
    keyed = {key.replace("_", ".", 2).strip("."): value for key, value in cells.items()}
    return check_of(typed_over({f"提纲.{key}": value for key, value in keyed.items()}))


def headings(outcome: Checked) -> list[str]:
    """The printed headings with their numbers."""
    context = report_context(outcome.values)
    rows = section_rows(DEPARTMENT.form, outcome.values, context)
    return [f"{row['编号']}{row['标题']}" for row in rows if row["级别"]]


def errors(outcome: Checked) -> list[str]:
    return [str(one) for one in outcome.findings if one.severity is Severity.ERROR]


OFFICIAL = [
    "一、基本情况",
    "（一）单位基本情况",
    "1.机构设置情况",
    "2.主要职责",
    "3.机构设置",
    "4.人员情况",
    f"（二）{GOALS}",
    "二、一般公共预算支出情况",
    "（一）基本支出情况",
    "（二）项目支出情况",
    *FUNDS,
    "六、资金使用及绩效情况",
    "（一）部门整体支出绩效情况",
    "（二）专项资金支出绩效情况",
    "七、存在的问题及原因分析",
    "八、下一步改进措施",
    "九、绩效自评结果拟应用和公开情况",
    "十、其他需要说明的情况",
]


def test_nothing_typed_is_the_official_outline():
    assert headings(checked()) == OFFICIAL


def test_a_section_moves_with_those_that_are_numbered_with_it():
    moved = checked(_15_改次序=261, _17_改次序=262, _18_改次序=263)
    assert headings(moved)[-5:] == [
        "八、绩效自评结果拟应用和公开情况",
        "九、一般公共预算支出情况",
        "（一）基本支出情况",
        "（二）项目支出情况",
        "十、其他需要说明的情况",
    ]
    assert [one.code for one in moved.findings if one.code.startswith("section")] == []


def test_what_stands_under_a_heading_that_is_left_out_goes_with_it():
    assert headings(checked(_6_处理="不列入"))[:2] == [
        "一、一般公共预算支出情况",
        "（一）基本支出情况",
    ]


@pytest.mark.parametrize("choice", ["不列入", "自己写"])
def test_a_text_is_asked_only_while_its_section_prints_it(choice: str):
    blank = {"主要职责": None, "提纲.9.处理": choice, "提纲.9.正文": "贯彻执行方针政策。"}
    assert errors(check_of(typed_over({"主要职责": None}))) == [
        "基本情况!C18 主要职责:必填,现在是空的。请填写"
    ]
    assert errors(check_of(typed_over(blank))) == []


def test_the_rows_of_a_table_are_asked_only_while_their_section_prints_them():
    cells = {f"绩效.{row}.{column}": None for row in range(4) for column in ("标题", "内容")}
    assert [one.split(":")[1] for one in errors(check_of(typed_over(cells)))] == [
        "表「绩效」至少要填 1 行,现有 0 行。请补填"
    ]
    assert errors(check_of(typed_over(cells | {"提纲.24.处理": "不列入"}))) == []
    halves = {f"绩效.{row}.内容": None for row in range(4)}
    assert len(errors(check_of(typed_over(halves)))) == 1
    assert errors(check_of(typed_over(halves | {"提纲.24.处理": "不列入"}))) == []


def test_a_heading_without_words_of_its_own_lets_what_follows_go_on():
    untitled = checked(_16_处理="列入", _17_处理="不印标题")
    assert headings(untitled)[7:10] == [
        "二、一般公共预算支出情况",
        "（一）收入情况",
        "（二）项目支出情况",
    ]


def printed(outcome: Checked, title: str) -> dict[str, Any]:
    """The row of 各节 with this heading."""
    context = report_context(outcome.values)
    rows = section_rows(DEPARTMENT.form, outcome.values, context)
    (row,) = (row for row in rows if row["标题"] == title)
    return row


def test_the_words_of_a_run_in_heading_are_printed_though_no_text_follows():
    own = checked(_8_处理="自己写", _8_表格="提纲!B6:C7")
    assert (printed(own, "机构设置情况")["正文"], printed(own, "主要职责")["编号"]) == ([""], "2.")


def test_what_a_section_asks_is_due_once_it_is_chosen():
    assert errors(checked(_12_处理="列入")) == ["基本情况!C27 离退休人员:必填,现在是空的。请填写"]
    chosen = {"提纲.12.处理": "列入", "离退休人员": 12}
    assert errors(check_of(typed_over(chosen))) == []
    assert errors(checked(_12_处理="自己写", _12_正文="离退休人员若干。")) == []


@pytest.mark.parametrize(
    "typed", [{"_4_改标题": "单位"}, {"_17_改标题": "支出", "_17_处理": "不印标题"}]
)
def test_a_heading_that_is_not_printed_is_told(typed: dict[str, str]):
    assert "section-title-unused" in {one.code for one in checked(**typed).findings}


def test_two_places_that_are_the_same_keep_the_order_of_the_sheet():
    assert headings(checked(_26_改次序=40))[:3] == [
        "一、基本情况",
        "二、存在的问题及原因分析",
        "（一）单位基本情况",
    ]


# tables from a range


def with_range(path: Path, cells: dict[str, object], where: str) -> Checked:
    """The sample with cells typed into a sheet of the clerk's, and a range of it to be printed."""
    path.write_bytes(sample_book())
    book = load_workbook(path)
    sheet = book.create_sheet("附 表'一")
    for address, value in cells.items():
        sheet[address] = value[0] if isinstance(value, tuple) else value
        if isinstance(value, tuple):
            sheet[address].number_format = value[1]
    book["提纲"]["G23"] = where
    book.save(path)
    return take_in(path).checked


def printed_table(path: Path, cells: dict[str, object], where: str) -> list[list[str]]:
    """The rows that are printed of the range."""
    outcome = with_range(path, cells, where)
    assert errors(outcome) == []
    rows = section_rows(DEPARTMENT.form, outcome.values, report_context(outcome.values))
    (table,) = (row["表格"] for row in rows if row["表格"])
    return [[str(cell) for cell in row] for row in table]


@pytest.mark.parametrize(
    "where",
    [
        "附 表'一!A1:C3",
        "附 表'一！Ａ１：Ｃ３",
        "'附 表''一'!$A$1:$C$3",
        "附 表'一！a1：c3",
        "附 表'一!C3:A1",
    ],
)
def test_a_range_is_printed_as_it_stands(tmp_path: Path, where: str):
    cells = {
        "A1": " 项目 ", "B1": "金额", "C1": "占比",
        "A2": "甲", "B2": 265.2, "C2": (0.737, "0.0%"),
        "A3": "乙", "B3": 69.75, "C3": (0.263, "0.00%"),
    }  # fmt: skip
    assert printed_table(tmp_path / "填报.xlsx", cells, where) == [
        ["项目", "金额", "占比"],
        ["甲", "265.20", "73.7%"],
        ["乙", "69.75", "26.30%"],
    ]


def test_figures_of_a_column_have_as_many_decimals_and_never_more_than_two(tmp_path: Path):
    cells = {"A1": 41, "B1": 1 / 3, "C1": 1234567.5, "A2": 65, "B2": 2, "C2": "—", "D9": None}
    assert printed_table(tmp_path / "填报.xlsx", cells, "附 表'一!A1:D9") == [
        ["41", "0.33", "1234567.5"],
        ["65", "2", "—"],
    ]


def test_a_figure_has_the_decimals_that_its_cell_shows(tmp_path: Path):
    cells = {"A1": "项目", "B1": 2021, "C1": "单价",
             "A2": "编制", "B2": 10, "C2": (0.0035, "0.0000"),
             "A3": "支出", "B3": -195.4, "C3": (3, '"约"0.00_);[Red]0'),
             "A4": "收入", "B4": 1300.25, "C4": (2.5, "#,##0"),
             "A5": "已审", "B5": True}  # fmt: skip
    assert printed_table(tmp_path / "填报.xlsx", cells, "附 表'一!A1:C5") == [
        ["项目", "2021", "单价"],
        ["编制", "10", "0.0035"],
        ["支出", "−195.40", "3.00"],
        ["收入", "1300.25", "3"],
        ["已审", "TRUE", ""],
    ]


def test_a_sheet_is_found_by_its_name_whatever_signs_stand_in_it(tmp_path: Path):
    path = tmp_path / "填报.xlsx"
    path.write_bytes(sample_book())
    book = load_workbook(path)
    for name in ("重要！附表：一", "Sheet2"):
        book.create_sheet(name)["A1"] = name
    book["提纲"]["G23"], book["提纲"]["G24"] = "重要！附表：一!A1:B2", "sheet2!a1:b2"
    book.save(path)
    outcome = take_in(path).checked
    assert errors(outcome) == []
    texts = [
        [cell.value for row in found for cell in row] for found in outcome.values.ranges.values()
    ]
    assert texts == [["重要！附表：一"], ["Sheet2"]]


def test_an_error_in_a_printed_range_stands_in_the_way(tmp_path: Path):
    outcome = with_range(tmp_path / "填报.xlsx", {"A1": "#N/A", "B1": "=1/3"}, "附 表'一!A1:B2")
    assert errors(outcome) == [
        "'附 表''一'!A1 基本支出情况:单元格里是错误值 #N/A。请改正公式,或直接填数",
        "'附 表''一'!B1 基本支出情况:单元格里的公式没有保存过计算结果。"
        "请用 Excel 打开、保存一次,或直接填数",
    ]


# how far the form is filled


def test_what_need_not_be_filled_counts_as_done(tmp_path: Path, office: Any):
    sample = DEPARTMENT.sample
    fields = {key: value for key, value in sample.fields.items() if key != "主要职责"}
    files = []
    for name, typed in (
        ("空着", {}),
        ("不列入", {"标题": "主要职责", "处理": "不列入"}),
        ("上一级不列入", {"标题": "单位基本情况", "处理": "不列入"}),
        ("不印标题", {"标题": "主要职责", "处理": "不印标题"}),
    ):
        tables = sample.tables | ({"提纲": (typed,)} if typed else {})
        files.append(tmp_path / f"{name}.xlsx")
        made = build_workbook(DEPARTMENT.form, DEPARTMENT.rules, Sample(fields, tables))
        made.save(files[-1])
    books = {file.stem: load_workbook(file, data_only=True) for file in files}
    saved = {
        name: progress(lambda *spot, b=b: b[spot[0]][spot[1]].value) for name, b in books.items()
    }
    assert saved == {
        "空着": "还有 1 项没填",
        "不列入": "已填齐",
        "上一级不列入": "已填齐",
        "不印标题": "还有 1 项没填",
    }
    assert [progress(made.cell) for made in calculated(office, files)] == [*saved.values()]


def cells_of(file: Path) -> Callable[[str, str], Any]:
    """What each cell of a file is saved with."""
    book = load_workbook(file, data_only=True)
    return lambda sheet, address: book[sheet][address].value


def progress(cell: Callable[[str, str], Any]) -> str:
    """What the guide says of the sheet 基本情况, by what each cell shows."""
    (row,) = (row for row in range(1, 60) if cell("填报说明", f"B{row}") == "基本情况")
    return cell("填报说明", f"E{row}")


# a form's own sections


def form_of(*sections: Section) -> Form:
    return replace(DEPARTMENT.form, section=sections)


FIRST = Section(key="甲", level="一级", heading="甲")


@pytest.mark.parametrize(
    ("sections", "faults"),
    [
        ((FIRST, Section(key="乙", level="二级", heading="乙", text="导语")), []),
        (
            (FIRST, FIRST),
            [
                "[[section]] 的key「甲」重复:各节要分得开",
                "[[section]] 的标题「甲」重复:各节要分得开",
            ],
        ),
        (
            (Section(key="乙", level="二级", heading="乙"),),
            ["[[section]]:二级标题前面要有一级标题,三级标题前面要有二级标题"],
        ),
        (
            (FIRST, Section(key="乙", level="三级", heading="乙")),
            ["[[section]]:二级标题前面要有一级标题,三级标题前面要有二级标题"],
        ),
        (
            (Section(key="甲", level="段落", text="没有", asks=("项目", "也没有")),),
            [
                "[[section]]「甲」:表单里没有「也没有」这个字段或表",
                "[[section]]「甲」:表单里没有「没有」这个字段或表",
            ],
        ),
        (
            (Section(key="甲", level="段落", text="年初预算"),),
            ["[[section]]「甲」:text 要写一个文字字段,「年初预算」不是"],
        ),
        (
            (Section(key="甲", level="段落", text="导语", written=True),),
            ["[[section]]「甲」:written 的由填报人在提纲里写,不写 text、asks"],
        ),
        (
            (Section(key="甲", level="段落", text="主要职责", on=False),),
            ["[[section]]「甲」:默认不列入,「主要职责」就不能必填"],
        ),
        (
            (Section(key="甲", level="段落", heading="甲", on=False, required=True),),
            [
                "[[section]]「甲」:级别是“段落”的不印标题,不写 heading",
                "[[section]]「甲」:required 的要默认列入,不写 on = false",
            ],
        ),
        (
            (FIRST, Section(key="乙", level="一级", on=False), Section(key="丙", level="二级")),
            ["[[section]]「丙」:上一级标题默认不列入,它也要写 on = false"],
        ),
    ],
)
def test_what_is_wrong_with_a_forms_sections_is_told(
    sections: tuple[Section, ...], faults: list[str]
):
    assert list(outline_faults(form_of(*sections))) == faults


def test_the_places_of_added_rows_are_figures_of_any_kind():
    typed = {"自加节.0.标题": "附言", "自加节.0.级别": "一级", "自加节.0.次序": Decimal("35.5")}
    assert headings(check_of(typed_over(typed)))[0] == "一、附言"
