"""What reports seem to say and do not: it stays blank, and what they do say is filled."""

import os

import pytest
from read_back import sample_of
from test_import_by_meaning import TITLE, TITLED, figures

from docgen.importing.said.offices import _lists
from docgen.stated.guessed import with_guessed_units
from docgen.stated.outline import Line
from docgen.template.model.errors import Location
from workbook.stated.folded import CELL, fold
from workbook.stated.tables.cells import Around, read_rows

CASH = [TITLE, "二、收支情况"]
ABOUT = [TITLE, "一、部门概况", "（一）部门基本情况"]
CARS = "公务用车购置及运行费9.27万元"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "人员经费30万元，公用经费10万元，均为基本支出。",
            {"人员经费": "30.00", "公用经费": "10.00"},
        ),
        (
            f"{CARS}，其中购置费0万元，全部为公务用车运行维护费。",
            {"公务用车费": "9.27", "公务用车购置费": "0.00"},
        ),
        (
            f"“三公”经费10万元，其中{CARS}，全部为公务用车运行维护费。",
            {"三公经费": "10.00", "公务用车费": "9.27"},
        ),
        (
            f"接待费1万元；{CARS}，完成预算的92%，全部为公务用车运行维护费；出国费0万元。",
            {"公务用车费": "9.27", "公务用车运行费": "9.27", "因公出国费": "0.00"},
        ),
        ("内设5个科室，均为行政编制。", {"内设机构数": "5"}),
        ("领导班子5人，均为行政编制。", {}),
        ("新增编制2名，均为事业编制。", {}),
        ("下属水利站编制10名，均为事业编制。", {}),
        (
            "编制134人，实有在职人员120人，均为事业编制。",
            {"编制数": "134", "在职人员": "120"},
        ),
        ("编制134人，均为事业编制。", {"编制数": "134", "事业编制": "134"}),
        ("项目支出20万元，全部为人员经费。", {"项目支出": "20.00"}),
        ("上级专项收入10万元，全部为项目支出。", {}),
        ("基本支出60万元，全部为人员经费。", {"基本支出": "60.00", "人员经费": "60.00"}),
        (
            "总收入92万元，全部为财政拨款。",
            {"财政拨款收入": "92.00", "收入合计": "formula"},
        ),
    ],
)
def test_all_of_a_whole_is_of_a_sort_only_where_it_is_the_one_figure(sentence, expected, imported):
    assert figures(imported([*CASH, sentence])) == expected


CHANGED = "公用经费3万元，较上年4万元减少1万元。"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (f"下属水利站{CHANGED}", {}),
        (f"局机关{CHANGED}", {}),
        (f"公用经费5万元。局机关{CHANGED}", {"公用经费": "5.00"}),
        ("公用经费约3万元，较上年4万元减少1万元。", {}),
        (f"项目支出9万元，其中{CHANGED}", {"项目支出": "9.00"}),
        (
            "人员经费30万元，公用经费3万元，较上年40万元减少7万元。",
            {"人员经费": "30.00", "公用经费": "3.00"},
        ),
        (
            "“三公”经费8万元，其中公务接待费3万元，较上年9万元减少1万元。",
            {"三公经费": "8.00", "公务接待费": "3.00"},
        ),
        (
            f"人员经费30万元，较上年28万元增加2万元，{CHANGED}",
            {"人员经费": "30.00", "公用经费": "3.00", "公用_上年决算数": "4.00"},
        ),
        ("局机关公用经费2022年为4万元，2023年为3万元。", {}),
        ("局机关公用经费3万元，由上年的4万元降至3万元。", {}),
        (
            "局机关人员经费5万元，公用经费由上年的4万元降至3万元。",
            {"公用_上年决算数": "4.00", "公用经费": "3.00"},
        ),
        (
            "公用经费2022年为4万元，2023年为3万元。",
            {"公用_上年决算数": "4.00", "公用经费": "3.00"},
        ),
    ],
)
def test_the_base_of_a_change_is_of_the_body_and_the_amount_before_it(sentence, expected, imported):
    assert figures(imported([*CASH, sentence])) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["本年退休人员2人，新进5人。"], {}),
        (["2023年退休人员2人。"], {}),
        (["年中招聘在编3人，退休2人。"], {}),
        (["在职128人，退休人员2人，调出1人。"], {"在职人员": "128"}),
        (["困难党员5人、退休人员12人。"], {}),
        (["在职128人。慰问困难党员5人、退休人员12人。"], {"在职人员": "128"}),
        (["离退休人员7人，其中退休人员5人，遗属2人。"], {"离退休人员": "7"}),
        (["退休人员61人。", "离退休支部1个。"], {}),
        (["退休人员61人。", "离休1人。"], {}),
        (["在职128人，退休61人。"], {"在职人员": "128"}),
        (
            ["在职128人，编外聘用人员3人，退休人员61人。"],
            {"在职人员": "128", "离退休人员": "61"},
        ),
    ],
)
def test_the_retired_are_all_only_as_a_stock_beside_no_other_sort(lines, expected, imported):
    assert figures(imported([*ABOUT, *lines])) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("采购金额20万元的办公电脑一批。", {}),
        ("政府采购30万元，节约5万元。", {}),
        ("政府采购支出30万元。", {"采购_本年决算数": "30.00"}),
        ("1.防汛项目。本年支出9万元，完成100%。", {}),
    ],
)
def test_half_a_name_is_none(sentence, expected, imported):
    assert figures(imported([*CASH, sentence])) == expected


TAKEN = {"公务接待费": "1.20"}
SAN_GONG = "四、“三公”经费情况"


@pytest.mark.parametrize(
    ("title", "rows", "expected"),
    [
        (SAN_GONG, [["科室", "接待费"], ["办公室", "8"], ["财务股", "4"], ["合计", "12"]], {}),
        (
            "四、三公经费和会议费培训费情况",
            [["项目", "决算数"], ["公务接待费", "1.2"], ["会议费", "10"], ["合计", "11.2"]],
            TAKEN,
        ),
        (
            "四、三公经费和会议费培训费情况",
            [["项目", "决算数"], ["公务接待费", "1.2"], ["合计", "1.2"]],
            TAKEN,
        ),
        (
            SAN_GONG,
            [["项目", "决算数"], ["公务接待费", "1.2"], ["会议费", "10"], ["合计", "11.2"]],
            TAKEN,
        ),
        (SAN_GONG, [["指标", "人次"], ["国内接待", "12"], ["合计", "12"]], {}),
        (SAN_GONG, [["项目", "人次"], ["公务接待费", "12"], ["合计", "12"]], {}),
        (
            SAN_GONG,
            [["项目", "决算数"], ["公务接待费", "1.2"], ["出国费", "3"], ["合计", "4.2"]],
            TAKEN | {"因公出国费": "3.00", "三公经费": "4.20"},
        ),
    ],
)
def test_a_total_is_of_the_title_only_in_a_table_of_nothing_else(title, rows, expected, imported):
    assert figures(imported([TITLE, title, "单位：万元", rows])) == expected


def test_a_table_of_a_body_below_is_not_the_units(imported):
    rows = [["项目", "决算数"], ["公务接待费", "1.2"], ["合计", "1.2"]]
    title = "下属水利站“三公”经费情况表"
    assert figures(imported([TITLE, "四、情况", title, "单位：万元", rows])) == {}


def test_a_count_below_its_head_has_no_unit_of_money():
    rows = [["项目", "批次", "金额"], ["公务接待费", "12", "1.2"]]
    read = [(one.quantity.figure, one.quantity.unit) for one in read_rows(rows, Around("万元"))]
    assert [(str(figure), unit) for figure, unit in read] == [("12", ""), ("1.2", "万元")]


def guessed(sentence, *rows):
    """The unit that a table of those rows is taken to be in, below a sentence."""
    lines = [
        Line(sentence, Location("a")),
        *(Line(CELL.join(r), Location("a"), table=1) for r in rows),
    ]
    return {line.unit for line in with_guessed_units(lines) if line.table is not None}


@pytest.mark.parametrize(
    ("sentence", "rows", "expected"),
    [
        (
            "补贴每人1250元、每户500元，全年支出3.45万元，公用经费2万元。",
            [["公用经费", "1250"], ["人员经费", "500"]],
            "",
        ),
        ("补贴每人1250元、每户525元，标准为120元/天。", [["其他", "1250"], ["别的", "525"]], ""),
        (
            "补贴1250元、奖金525元，全年支出3.45万元，公用经费2万元。",
            [["公用经费", "1250"], ["人员经费", "525"]],
            "",
        ),
        (
            "补贴1250元、奖金500元，支出3.45万元。",
            [["其他", "1250"], ["别的", "500"]],
            "",
        ),  # one telling figure
        (
            "补贴2024元、奖金1250元，支出3.45万元。",
            [["年度", "2024"], ["别的", "1250"]],
            "",
        ),
        (
            "补贴1250元、奖金525元，支出3.45万元。",
            [["其他", "1250"], ["别的", "525"]],
            "元",
        ),
        (
            "公用经费12.40万元，人员经费70万元，其他1000万元。",
            [["公用经费", "124012"], ["公务接待费", "31500"]],
            "",
        ),
        (
            "公用经费12.40万元，人员经费70万元，其他1000万元。",
            [["公用经费", "12.40"], ["公务接待费", "3.15"]],
            "万元",
        ),
    ],
)
def test_a_unit_is_guessed_only_where_no_sentence_says_otherwise(sentence, rows, expected):
    assert guessed(sentence, *rows) == {expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("所属人员张三、李四、王五均在岗。", []),
        ("下属张三、李四、王五三人。", []),
        ("所属部门、单位、学校。", []),
        ("下属单位资产管理、财务管理、人事管理。", []),
        ("内设机构职责清晰、分工明确、运转高效。", []),
        ("内设机构有办公室主任张三、副主任李四。", []),
        ("我局内设办公室、人事股、财务股均正常运转。", []),
        ("内设3个科室：办公室、人事股、财务股运转正常。", []),
        ("内设3个科室：办公室、人事股、财务股，运转正常。", [["办公室", "人事股", "财务股"]]),
        ("下属事业单位水利站、河道管理所均为公益一类。", []),
        ("下属单位有水利站、河道管理所运转良好。", []),
        ("下属水利站、河道管理所、灌区管理中心。", [["水利站", "河道管理所", "灌区管理中心"]]),
        ("下属县一中、县二中、县三中3个单位。", [["县一中", "县二中", "县三中"]]),
    ],
)
def test_a_list_is_of_names_and_no_clause(text, expected):
    assert [list(one.names) for one in _lists(fold(text).text, ())] == expected


def test_a_long_line_of_words_for_offices_is_read_in_linear_time():
    before = os.times().user
    assert _lists("我局下设" + "内设职能业务" * 3000, ()) == []
    assert os.times().user - before < 2


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "主要职责是贯彻执行水法规；部门决算编报。二、收支情况良好。",
            {"主要职责": "贯彻执行水法规；部门决算编报。"},
        ),
        (
            "年度绩效目标为完成堤防3公里；年度绩效目标完成情况：已完成。存在问题：拨付慢。",
            {"整体支出绩效目标": "完成堤防3公里"},
        ),
        ("人员编制为：均已到位的若干名。", {}),
        ("编制情况：行政编制若干，事业编制若干。", {}),
        ("主要职责是：一是贯彻执行水法规。二是管理河道。", {}),
        ("主要职责是贯彻执行水法规。同时，承担防汛工作。", {}),
        ("本局为正科级。主要职责为贯彻水法，机构设置：办公室。", {"主要职责": "贯彻水法"}),
    ],
)
def test_a_text_behind_a_title_in_a_sentence_ends_with_it(line, expected, imported):
    fields = sample_of(imported([TITLE, "第九部分 附则", line]))[0]
    assert fields == TITLED | expected


def test_a_titled_sentence_takes_nothing_behind_it(imported):
    line = "主要职责是贯彻执行水法规；部门决算编报。二、收支情况良好，支出90万元。"
    fields = sample_of(imported([*CASH, line]))[0]
    assert figures(imported([*CASH, line])) == {}
    assert fields["主要职责"] == "贯彻执行水法规；部门决算编报。"


def test_rates_in_a_sentence_fill_no_table(imported):
    sentence = "安排补贴每人1250元、每户500元，全年支出3.45万元，公用经费2万元。"
    rows = [["支出", "决算数"], ["公用经费", "1250"], ["人员经费", "500"]]
    assert figures(imported([*CASH, sentence, rows])) == {"公用经费": "2.00"}


def test_people_are_no_bodies_below_the_unit(imported):
    read = imported([*ABOUT, "所属人员张三、李四、王五均在岗。"])
    assert sample_of(read)[0] == TITLED


def test_posts_behind_their_title_are_figures_and_no_text(imported):
    read = imported([*ABOUT, "人员编制为50名，实有45人，退休17人，均已到位。"])
    assert sample_of(read)[0] == TITLED | {"编制数": 50, "在职人员": 45}
