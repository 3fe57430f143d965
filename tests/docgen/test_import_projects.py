"""A single project's own table and its prose, read into the forms that ask for its funds."""

from decimal import Decimal
from pathlib import Path

import pytest
from empty_document import empty_document
from handmade import add
from read_back import listed, sample_of

from workbook.checking.kinds import load_kind

TEMPLATES = Path(__file__).parents[2] / "templates"
TITLE = "2023年度某某县水利局项目支出绩效自评表"
HEAD = ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
TOTAL = ["", "年度资金总额", "150", "162.5", "160.2", "10", "98.58%", "9.86"]
FISCAL = ["", "其中：当年财政拨款", "140", "150", "148.7", "—", "—", "—"]
CARRIED = ["", "上年结转资金", "10", "12.5", "11.5", "—", "—", "—"]
OTHER = ["", "其他资金", "0.00", "", "—", "—", "—", "—"]
BLANK = [""] * 8
AMOUNTS = {
    "年初财政": "140.00", "全年财政": "150.00", "执行财政": "148.70",
    "年初结转": "10.00", "全年结转": "12.50", "执行结转": "11.50",
}  # fmt: skip


@pytest.fixture(scope="module")
def project():
    return load_kind(TEMPLATES / "project")


def merged(lines):
    """The lines; a cell `^` of a table is one with the cell above, `<` one with that before it."""
    document = empty_document()
    for number, line in enumerate(lines):
        if isinstance(line, str):
            add(document, line, number)
            continue
        table = document.add_table(rows=len(line), cols=len(line[0]))
        for row, words in enumerate(line):
            for column, text in enumerate(words):
                cell = table.cell(row, column)
                if text == "^":
                    cell.merge(table.cell(row - 1, column)).text = table.cell(row - 1, column).text
                elif text == "<":
                    before = table.cell(row, column - 1)
                    before.merge(cell).text = before.text.strip()
                else:
                    cell.text = text
    return document


def card(*rows, name="城区公厕运行"):
    """A table about one project, eight columns wide."""
    return [
        ["项目名称", name, *["<"] * 6],
        ["主管部门", "某某县城市管理局", "<", "<", "实施单位", "环卫所", "<", "<"],
        *rows,
    ]


def projects(read):
    rows = sample_of(read)[1].get("项目自评", [])
    return {row.pop("项目名称"): {key: str(one) for key, one in row.items()} for row in rows}


def funds(read):
    """The amounts of each project."""
    texts = ("主管部门", "实施单位", "预期目标", "实际完成情况")
    return {
        name: {key: one for key, one in row.items() if key not in texts}
        for name, row in projects(read).items()
    }


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, TOTAL, FISCAL, CARRIED],
        [HEAD, CARRIED, BLANK, FISCAL, TOTAL],
        [
            ["项目资金", *HEAD[1:3], "全年预算数（A）", "全年执行数（B）", *HEAD[5:]],
            FISCAL,
            CARRIED,
        ],
        [HEAD, ["^", *TOTAL[1:]], ["^", *FISCAL[1:]], ["^", *CARRIED[1:]]],
    ],
)
def test_funds_go_by_basis_and_source_in_any_order(rows, imported, project):
    read = imported([TITLE, "单位：万元", card(*rows)], merged, project)
    assert projects(read) == {
        "城区公厕运行": {"主管部门": "某某县城市管理局", "实施单位": "环卫所"} | AMOUNTS
    }
    assert sample_of(read)[0] == {"年度": 2023, "单位简称": "某某县水利局"}
    assert len(read.filled.notes) == 2 + 3 + len(AMOUNTS)


def test_a_source_without_a_figure_stays_blank_and_nought_is_nought(imported, project):
    read = imported([TITLE, card(HEAD, TOTAL, FISCAL, CARRIED, OTHER)], merged, project)
    assert funds(read) == {"城区公厕运行": AMOUNTS | {"年初其他": "0.00"}}


def test_funds_in_yuan_are_converted_by_the_head_of_their_table(imported, project):
    head = ["项目资金（元）", *HEAD[1:]]
    row = ["", "财政拨款", "1400000", "1500000", "1487000", "", "", ""]
    read = imported([TITLE, card(head, row)], merged, project)
    assert funds(read) == {
        "城区公厕运行": {"年初财政": "140.00", "全年财政": "150.00", "执行财政": "148.70"}
    }


def test_sources_that_do_not_come_to_their_total_are_not_taken(imported, project):
    total = ["", "年度资金总额", "151", *TOTAL[3:]]
    read = imported([TITLE, card(HEAD, total, FISCAL, CARRIED)], merged, project)
    assert funds(read) == {
        "城区公厕运行": {key: one for key, one in AMOUNTS.items() if not key.startswith("年初")}
    }
    assert any("各项资金加起来不是“151”,没有采用" in line for line in listed(read))


def test_a_part_of_the_fiscal_money_is_not_taken_for_all_of_it(imported, project):
    central = ["", "中央补助资金", "10", "12.5", "11.5", "", "", ""]
    read = imported([TITLE, card(HEAD, TOTAL, FISCAL, central)], merged, project)
    assert funds(read) == {"城区公厕运行": {}}
    within = ["", "其中：中央补助资金", "20", "20", "20", "", "", ""]
    read = imported([TITLE, card(HEAD, TOTAL, FISCAL, within, CARRIED)], merged, project)
    assert funds(read) == {"城区公厕运行": AMOUNTS}


def test_an_amount_in_another_unit_than_its_head_is_not_taken(imported, project):
    row = ["", "财政拨款", "140万元", "1500000元", "148.70", "", "", ""]
    read = imported([TITLE, card(HEAD, row)], merged, project)
    assert funds(read) == {"城区公厕运行": {"年初财政": "140.00", "执行财政": "148.70"}}
    assert any("“1500000元”与表上的单位“万元”不一致,没有采用" in line for line in listed(read))


def test_a_card_fills_the_projects_of_a_department_too(imported):
    read = imported([DEPARTMENT, "附件3", card(HEAD, CARRIED, TOTAL, FISCAL)], merged)
    (row,) = sample_of(read)[1]["项目"]
    # What is left of a total is the form's own formula for the fiscal money.
    assert {key: str(one) for key, one in row.items()} == {
        "名称": "城区公厕运行", "主管部门": "某某县城市管理局", "实施单位": "环卫所",
        "本年预算数": "150.00", "全年预算数": "162.50", "金额": "160.20",
        "年初结转": "10.00", "全年结转": "12.50", "执行结转": "11.50",
    }  # fmt: skip


def test_two_rows_of_one_source_are_not_taken(imported, project):
    other = ["", "财政资金", "5", "6", "7", "", "", ""]
    read = imported([TITLE, card(HEAD, FISCAL, other)], merged, project)
    assert funds(read) == {"城区公厕运行": {}}
    assert any("同一个资金来源有两个数,没有采用" in line for line in listed(read))


@pytest.mark.parametrize(
    "head",
    [
        ["项目资金（万元）", "", "预算数", "执行数", "差额", "分值", "执行率", "得分"],
        [
            "项目资金（万元）",
            "",
            "年初预算数",
            "年初预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
        ],
    ],
)
def test_a_budget_of_no_plain_basis_is_not_taken(head, imported, project):
    read = imported([TITLE, card(head, FISCAL)], merged, project)
    assert {key[:2] for row in funds(read).values() for key in row} <= {"执行"}


def test_each_of_two_cards_has_its_own_funds_aims_and_indicators(imported, project):
    aims = [
        ["年度总体目标", "年初设定目标", "<", "<", "全年实际完成情况", "<", "<", "<"],
        ["^", "全部开放", "<", "<", "已开放", "<", "<", "<"],
    ]
    head = ["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分", "偏差原因"]
    row = ["产出指标", "数量指标", "公厕", "≥46座", "46座", "90", "90", ""]
    other = ["产出指标", "数量指标", "路灯", "=30盏", "30盏", "90", "90", ""]
    lines = [
        TITLE,
        card(HEAD, FISCAL, *aims, head, row),
        "项目二",
        card(HEAD, CARRIED, head, other, name="路灯"),
    ]
    read = imported(lines, merged, project)
    assert funds(read) == {
        "城区公厕运行": {k: one for k, one in AMOUNTS.items() if k.endswith("财政")},
        "路灯": {k: one for k, one in AMOUNTS.items() if k.endswith("结转")},
    }
    first = projects(read)["城区公厕运行"]
    assert (first["预期目标"], first["实际完成情况"]) == ("全部开放", "已开放")
    told = [
        (one["项目名称"], one["三级指标"], one.get("年度指标值"), one.get("实际完成值"))
        for one in sample_of(read)[1]["项目指标"]
    ]
    assert told == [("城区公厕运行", "公厕", 46, 46), ("路灯", "路灯", 30, 30)]


SAID = [
    "2023年度，免费开放项目年初预算80万元，其中：财政拨款75万元，其他资金5万元。",
    "全年预算86万元，其中财政拨款78万元、上年结转3万元、其他资金5万元；"
    "实际支出84.2万元，其中财政拨款76.6万元、上年结转3万元、其他资金4.6万元。",
]
SPOKEN = {
    "年初财政": "75.00", "年初其他": "5.00", "全年财政": "78.00", "全年结转": "3.00",
    "全年其他": "5.00", "执行财政": "76.60", "执行结转": "3.00", "执行其他": "4.60",
}  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (SAID, {"免费开放项目": SPOKEN}),
        (["项目名称：免费开放", SAID[1]], {"免费开放": dict(list(SPOKEN.items())[2:])}),
        (["免费开放项目年初预算财政拨款75万元。"], {"免费开放项目": {"年初财政": "75.00"}}),
        (["免费开放项目年初预算75万元，全部为财政拨款。"], {"免费开放项目": {"年初财政": "75.00"}}),
        # Of two projects, of none, of another year, of no plain budget, of parts that do not tie.
        ([SAID[0], "培训项目年初预算10万元，其中财政拨款10万元。"], {}),
        ([SAID[1]], {}),
        (["免费开放项目2022年年初预算80万元，其中财政拨款75万元。"], {}),
        (["免费开放项目预算安排80万元，其中财政拨款75万元。"], {}),
        (["免费开放项目年初预算80万元，其中财政拨款75万元。"], {}),
        (["免费开放项目年初预算80万元。"], {}),
        (["免费开放项目年初预算约80万元，其中财政拨款80万元。"], {}),
    ],
)
def test_funds_in_sentences_are_those_of_the_one_project_that_is_named(
    lines, expected, imported, project
):
    title = "某某县文化馆2023年度项目支出绩效自评报告"
    read = imported([title, "一、项目资金情况", *lines], kind=project)
    assert funds(read) == expected


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("2023年度某某县水利局项目支出绩效自评报告", "某某县水利局"),
        ("某某县文化馆2023年度项目绩效自评报告", "某某县文化馆"),
        ("2023年度免费开放项目支出绩效自评报告", None),
        ("2023年度城区公共厕所项目绩效自评报告", None),
        ("2023年度饮水管道项目绩效自评报告", None),
        ("2023年度项目支出绩效自评表", None),
    ],
)
def test_a_project_is_no_unit(title, unit, imported, project):
    fields, _ = sample_of(imported([title, "一、项目基本情况"], kind=project))
    assert fields == {"年度": 2023} | ({"单位简称": unit} if unit else {})


DEPARTMENT = "2023年度某某区水利局部门整体支出绩效自评报告"


def listed_projects(read):
    rows = sample_of(read)[1].get("项目", [])
    return {row["名称"]: row.get("金额") for row in rows}


@pytest.mark.parametrize(
    "heading", ["三、项目支出使用情况", "三、项目支出执行情况", "（三）项目支出"]
)
@pytest.mark.parametrize("numbers", ["1. 2. 3.", "（1） （2） （3）", "① ② ③", "一是 二是 三是"])
def test_a_list_of_projects_under_any_heading_keeps_all_its_rows(heading, numbers, imported):
    one, two, three = numbers.split()
    lines = [
        f"{one}防汛经费14.2万元，保障2136户；",
        f"{two}环卫补贴19万元，惠及3012人；",
        f"{three}堤防养护经费20.5万元。",
    ]
    read = imported([DEPARTMENT, heading, "全年项目支出53.7万元。", *lines])
    assert listed_projects(read) == {
        "防汛经费": Decimal("14.20"),
        "环卫补贴": Decimal("19.00"),
        "堤防养护经费": Decimal("20.50"),
    }


def test_a_list_of_which_one_line_is_not_plain_has_no_rows(imported):
    lines = ["1.防汛经费14.2万元。", "2.水费、电费，支出300万元。", "3.堤防养护20.5万元。"]
    read = imported([DEPARTMENT, "三、项目支出情况", *lines])
    assert listed_projects(read) == {}
    assert sum(line.startswith("报告 段落") for line in listed(read)) >= len(lines)


TWO_ROWS = [
    ["序号", "项目名称", "预算", "<", "实际支出", "备注"],
    ["^", "^", "年初", "调整后", "^", "^"],
    ["1", "食品抽检", "120", "128", "126.4", ""],
    [""] * 6,
    ["2", "设备检验", "90", "91", "88.2", ""],
    ["", "小计", "210", "219", "214.6", ""],
]


@pytest.mark.parametrize("make", [merged, "unmarked"])
def test_a_head_in_two_rows_says_both_of_its_columns(make, imported):
    rows = TWO_ROWS
    if make == "unmarked":  # as programs write that know no merged cells
        rows = [["" if cell in "^<" else cell for cell in row] for row in rows]
        make = merged
    read = imported([DEPARTMENT, "三、项目支出明细", "单位：万元", rows], make)
    columns = ("本年预算数", "全年预算数", "金额")
    assert [
        (row["名称"], *(str(row[key]) for key in columns)) for row in sample_of(read)[1]["项目"]
    ] == [("食品抽检", "120.00", "128.00", "126.40"), ("设备检验", "90.00", "91.00", "88.20")]


def test_a_column_below_a_head_that_is_parted_without_words_is_not_taken(imported):
    rows = [TWO_ROWS[0], *TWO_ROWS[2:]]
    read = imported([DEPARTMENT, "三、项目支出明细", "单位：万元", rows], merged)
    assert [dict(row) for row in sample_of(read)[1]["项目"]] == [
        {"名称": "食品抽检", "金额": Decimal("126.40")},
        {"名称": "设备检验", "金额": Decimal("88.20")},
    ]


def test_budgets_and_posts_below_heads_in_two_rows(imported):
    posts = [["编制情况", "编制数", "实有人数"], ["行政编制", "58", "55"], ["事业编制", "31", "29"]]
    money = [
        ["支出类别", "预算", "<", "决算"],
        ["^", "年初预算数", "全年预算数", "决算数"],
        ["人员经费", "980", "1010", "1006.32"],
        ["公用经费", "180", "176", "171.05"],
    ]
    spoken = "人员经费1006.32万元，公用经费171.05万元，公务接待费3万元。"
    read = imported([DEPARTMENT, "一、部门概况", posts, "单位：万元", money, spoken], merged)
    fields = sample_of(read)[0]
    told = {key: str(fields[key]) for key in ("行政编制", "事业编制", "人员经费", "公用经费")}
    assert told == {
        "行政编制": "58", "事业编制": "31", "人员经费": "1006.32", "公用经费": "171.05",
    }  # fmt: skip


def test_the_budget_behind_a_heading_in_its_own_paragraph_is_the_units(imported):
    line = "（一）收支总体情况。2023年年初预算2860万元，年中追加312.40万元。"
    fields = sample_of(imported([DEPARTMENT, "二、预算执行情况", line]))[0]
    assert (fields["年初预算"], fields["预算追加"]) == (Decimal("2860.00"), Decimal("312.40"))
    line = "（一）环保专项。2023年年初预算2860万元，年中追加312.40万元。"
    assert "年初预算" not in sample_of(imported([DEPARTMENT, "二、执行情况", line]))[0]


PARTED = [
    ["项目名称", "资金安排（万元）", "<", "资金使用（万元）", "<"],
    ["^", "年初预算", "全年预算", "实际支出", "执行率"],
    ["应急物资", "150", "151", "146.2", "97.5%"],
    ["森林消防", "90", "100", "95.4", "95.4%"],
    ["合计", "240", "251", "241.6", "96.3%"],
]


def test_a_head_of_money_spent_is_no_name_of_a_project(imported, project):
    read = imported([DEPARTMENT, "三、重点项目支出情况", PARTED], merged)
    columns = ("名称", "本年预算数", "全年预算数", "金额")
    assert [tuple(str(row[key]) for key in columns) for row in sample_of(read)[1]["项目"]] == [
        ("应急物资", "150.00", "151.00", "146.20"),
        ("森林消防", "90.00", "100.00", "95.40"),
    ]
    assert sample_of(imported([TITLE, PARTED], merged, project))[1] == {}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("产出", "数量", ("产出指标", "数量指标")),
        ("满意度", "满意度指标", ("满意度指标", "服务对象满意度指标")),
        ("效益指标（30分）", "社会效益", ("效益指标", "社会效益指标")),
        ("绩效", "效益", (None, None)),  # of none, and of four
    ],
)
def test_a_part_of_a_choice_is_that_choice_and_no_other_word_is_filled(
    first, second, expected, imported, project
):
    head = ["一级指标", "二级指标", "三级指标", "目标值", "完成值", "分值"]
    rows = [["项目名称", "防汛", *["<"] * 4], head, [first, second, "渠道", "≥5座", "5座", "90"]]
    read = imported([TITLE, rows], merged, project)
    (row,) = sample_of(read)[1]["项目指标"]
    assert (row.get("一级指标"), row.get("二级指标")) == expected
    is_told = any("不在选项里" in line for line in listed(read))
    assert is_told is (None in expected)


def test_a_source_of_nothing_leaves_nothing_out(imported, project):
    head = [
        "预算执行情况",
        "年度预算数",
        "年初预算",
        "调整后预算数",
        "预算执行数",
        "执行率",
        "",
        "",
    ]
    rows = [
        head,
        ["", "总额", "140", "150", "148.70", "99%", "", ""],
        ["", "其中：财政资金", "140", "150", "148.70", "99%", "", ""],
        ["", "财政专户管理资金", "0.00", "0.00", "0.00", "0%", "", ""],
    ]
    whole = {key: one for key, one in AMOUNTS.items() if key.endswith("财政")}
    assert funds(imported([TITLE, card(*rows)], merged, project)) == {"城区公厕运行": whole}
    rows[1][2], rows[3][2] = "145", "5.00"  # which of the two the form asks for nobody says
    assert funds(imported([TITLE, card(*rows)], merged, project)) == {
        "城区公厕运行": {"全年财政": "150.00", "执行财政": "148.70"}
    }


def test_one_project_on_two_cards_is_one_row_without_what_differs(imported, project):
    first = card(HEAD, TOTAL, FISCAL, CARRIED)
    other = ["", "其中：当年财政拨款", "140", "151", "148.7", "—", "—", "—"]
    added = ["", "其他资金", "7", "", "", "", "", ""]
    again = card(HEAD, other)
    read = imported([TITLE, first, "续", card(HEAD, other, added), "续", again], merged, project)
    kept = {key: one for key, one in AMOUNTS.items() if key != "全年财政"}
    assert funds(read) == {"城区公厕运行": kept | {"年初其他": "7.00"}}
    assert any("“城区公厕运行”的“全年财政”前后不一,没有采用" in one for one in listed(read))


LISTED = [
    "1.免费开放项目。项目年初预算80万元，其中财政拨款75万元，其他资金5万元；全年执行78万元。",
    "2.文物保护专项经费。全年预算246.80万元，全部为财政拨款。",
    "文物修缮8处，全年执行236.16万元。",
    "3.旅游宣传项目。年初预算安排200万元，实际支出198万元。",
]


def test_each_project_of_a_list_has_the_funds_of_its_own_paragraphs(imported, project):
    title = "某某县文化馆2023年度项目支出绩效自评报告"
    read = imported([title, "一、项目资金情况", *LISTED], kind=project)
    assert funds(read) == {
        "免费开放项目": {"年初财政": "75.00", "年初其他": "5.00"},
        "文物保护专项经费": {"全年财政": "246.80"},
        "旅游宣传项目": {},
    }


@pytest.mark.parametrize(
    "lines",
    [
        ["1.资金到位情况。年初预算80万元。", "2.资金使用情况。全年执行78万元。"],
        ["1.免费开放项目。年初预算80万元。", "2.文物保护项目。修缮8处。"],
        ["1.免费开放项目。年初预算80万元，培训项目年初预算9万元。", "2.文物项目。年初预算8万元。"],
    ],
)
def test_a_list_of_other_matters_or_without_amounts_is_none_of_projects(lines, imported, project):
    title = "某某县文化馆2023年度项目支出绩效自评报告"
    assert funds(imported([title, "一、项目资金情况", *lines], kind=project)) == {}


def test_sources_below_a_basis_in_a_table_of_projects(imported, project):
    rows = [
        ["项目名称", "实施单位", "全年预算数", "<", "<", "全年执行数"],
        ["^", "^", "小计", "其中：财政拨款", "上年结转", "^"],
        ["水库加固", "水库管理所", "620", "600", "20", "612.3"],
        ["防御", "防汛办", "432.5", "400", "32.5", "421"],
    ]
    read = imported([TITLE, "单位：万元", rows], merged, project)
    assert funds(read) == {
        "水库加固": {"全年财政": "600.00", "全年结转": "20.00"},
        "防御": {"全年财政": "400.00", "全年结转": "32.50"},
    }
