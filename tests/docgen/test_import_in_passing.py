"""What reports say in passing: bases of changes, sorts of posts, lists of offices, titled texts."""

from decimal import Decimal

import pytest
from read_back import sample_of
from test_import_by_meaning import BASIC, HEAD, TITLE, TITLED, figures, indicators, projects
from test_import_projects import merged

ABOUT = [TITLE, "一、部门概况", "（一）部门基本情况"]
SAN_GONG = "（三）“三公”经费情况"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "“三公”经费方面，全年共支出5.30万元，比年初预算7万元减少1.70万元，同比下降8%。",
            {"三公经费": "5.30", "三公经费预算": "7.00"},
        ),
        (
            "公用经费35.10万元，较上年38.20万元减少3.10万元。",
            {"公用经费": "35.10", "公用_上年决算数": "38.20"},
        ),
        ("公用经费35.10万元，较上年减少3.10万元。", {"公用经费": "35.10"}),
        ("公用经费35.10万元，比预算数节约3.10万元。", {"公用经费": "35.10"}),
        ("公用经费35.10万元，较人员经费70万元减少34.90万元。", {"公用经费": "35.10"}),
        (
            "公务用车购置及运行费9.27万元，完成预算的92%，全部为公务用车运行维护费。",
            {"公务用车费": "9.27", "公务用车运行费": "9.27"},
        ),
        ("公务接待费9.27万元，全部为国内接待。", {"公务接待费": "9.27"}),
        (
            "工资福利、对个人和家庭补助等人员经费70万元，食堂补贴等公用经费1万元。",
            {"人员经费": "70.00"},
        ),
        (
            "基本支出中：（1）人员经费2,415.60万元，占89%；（2）公用经费272.74万元。",
            {"人员经费": "2415.60", "公用经费": "272.74"},
        ),
        ("支出中：人员经费70万元、公用经费3万元。", {"人员经费": "70.00", "公用经费": "3.00"}),
        ("1.防汛项目。预算资金98万元，实际支出97.50万元。", {}),
        ("2023年收入决算92万元，支出决算90万元。", {"收入合计": "92.00", "支出合计": "90.00"}),
        (
            "年初预算90万元。其中基本支出预算70万元，项目支出20万元。年中调整追加5万元。",
            {
                "年初预算": "90.00",
                "总额_项目_年初预算数": "20.00",
                "预算追加": "5.00",
                "总额_基本_年初预算数": "formula",
            },
        ),
        (
            "财政下达我局部门预算指标95万元。其中年初批复预算90万元，追加预算5万元。",
            {"年初预算": "90.00", "预算追加": "5.00"},
        ),
        ("2023年政府采购支出总额150万元。", {"采购_本年决算数": "150.00"}),
        (
            "“三公”经费全年预算数15万元，支出决算数11万元，为全年预算的73%。",
            {"三公经费预算": "15.00", "三公经费": "11.00"},
        ),
        (
            "公务接待费年初预算3万元，调整后预算4万元，决算2万元。",
            {"接待_本年预算数": "3.00", "公务接待费": "2.00"},
        ),
        (
            "2023年总收入92万元，其中：一般公共预算收入90万元，其他收入2万元。",
            {"收入合计": "92.00", "财政拨款收入": "90.00", "其他收入": "2.00"},
        ),
        ("全县一般公共预算收入92万元。", {}),
        (
            "“三公”经费支出8万元；上年“三公”经费支出9万元，其中公车运行维护费8.50万元。",
            {"三公经费": "8.00", "公车运行_上年决算数": "8.50"},
        ),
    ],
)
def test_what_is_said_in_passing_is_taken_for_what_it_is(sentence, expected, imported):
    assert figures(imported([TITLE, "二、收支情况", sentence])) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "编制人数134人，均为事业编制。在职128人，退休人员61人。",
            {"编制数": "134", "事业编制": "134", "在职人员": "128", "离退休人员": "61"},
        ),
        ("在职128人，离休1人，退休人员61人。", {"在职人员": "128"}),
        (
            "核定编制168个，其中行政编制118个，事业编制50个。",
            {"编制数": "formula", "行政编制": "118", "事业编制": "50"},
        ),
    ],
)
def test_posts_and_people_in_other_words(sentence, expected, imported):
    assert figures(imported([*ABOUT, sentence])) == expected


OFFICES = "立案庭、刑事审判庭、执行局、综合办公室"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (f"我局内设{OFFICES}等4个科室。", {"内设机构": OFFICES}),
        (f"我局内设{OFFICES}等7个科室。", {}),  # a list that is not whole
        (f"我局设{OFFICES}。", {"内设机构": OFFICES}),
        (f"我局设{OFFICES}等。", {}),
        (f"内设机构4个：{OFFICES}。", {"内设机构": OFFICES}),
        (f"局机关设4个科室（{OFFICES}）。", {"内设机构": OFFICES}),
        (f"下属水利站内设{OFFICES}4个股室。", {}),
        (
            "设有办公室、规划和建设科、平安和法治科3个内设机构，另有农业中心、文化站2个所属事业单位。",
            {"内设机构": "办公室、规划和建设科、平安和法治科", "所属单位": "农业中心、文化站"},
        ),
        (
            "下属单位包括教研室、电教馆和考试中心3个二级单位。",
            {"所属单位": "教研室、电教馆、考试中心"},
        ),
        ("下设党群服务中心1家事业单位。", {"所属单位": "党群服务中心"}),
        ("我局设领导小组、办公室于财务科。", {}),
        ("设立政府采购专栏、公开专栏、举报信箱。", {}),
    ],
)
def test_a_list_of_offices_counts_where_it_is_whole(sentence, expected, imported):
    fields = sample_of(imported([*ABOUT, sentence]))[0]
    listed = {key: one for key, one in fields.items() if key in ("内设机构", "所属单位")}
    assert listed == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["（一）部门职责", "管水。", "管河。", "（二）其他", "没有。"],
            {"主要职责": "管水。\n管河。"},
        ),
        (["五、下步打算", "抓紧。", "某某区水利局"], {"改进措施": "抓紧。"}),
        (["（三）改进建议。抓紧。", "（四）资产。房屋。"], {"改进措施": "抓紧。"}),
        (["（四）改进建议。无。"], {}),
        (["本局为正科级单位。主要职能:管水、管河和管渠。"], {"主要职责": "管水、管河和管渠。"}),
        (["六、党建工作", "很好。"], {}),
    ],
)
def test_a_text_is_found_by_its_own_title_wherever_it_stands(lines, expected, imported):
    fields = sample_of(imported([TITLE, "第九部分 附则", *lines]))[0]
    assert fields == TITLED | expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["县财政局：", "根据通知要求，我局认真开展自评，现将情况报告如下：", "一、部门概况"],
            True,
        ),
        (["县财政局：", "（2024年3月）", "一、部门概况"], False),
    ],
)
def test_what_stands_before_all_headings_is_the_lead_if_it_is_a_sentence(lines, expected, imported):
    fields = sample_of(imported([TITLE, *lines]))[0]
    assert fields.get("导语") == (lines[1] if expected else None)


SPOKEN = "人员经费70.15万元，公用经费12.40万元，发放补助300元。"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["人员经费", "70.15"], ["公用经费", "12.40"], ["公务接待费", "3.15"]], "3.15"),
        ([["人员经费", "701500"], ["公用经费", "124000"], ["公务接待费", "31500"]], None),
        ([["公务接待费", "3.15"]], None),
    ],
)
def test_a_table_without_a_unit_is_in_that_in_which_its_figures_are_said(rows, expected, imported):
    read = imported([TITLE, *BASIC, SPOKEN, "（二）情况表", [["支出", "决算数"], *rows]])
    assert figures(read).get("公务接待费") == expected


def test_a_part_and_a_total_of_a_titled_table_have_their_whole_names(imported):
    rows = [
        ["项目", "预算数", "决算数"],
        ["合计", "24.00", "18.46"],
        ["公务用车购置及运行维护费", "15.00", "12.08"],
        ["其中：购置费", "0.00", "0.00"],
        ["运行维护费", "15.00", "12.08"],
        ["公务接待费", "9.00", "6.38"],
    ]
    read = imported([TITLE, "四、情况", "“三公”经费情况表", "单位：万元", rows])
    assert figures(read) == {
        "三公经费预算": "24.00", "三公经费": "18.46", "公务用车费": "formula",
        "公车购置_本年预算数": "0.00", "公务用车购置费": "0.00", "公车运行_本年预算数": "15.00",
        "公务用车运行费": "12.08", "接待_本年预算数": "9.00", "公务接待费": "6.38",
    }  # fmt: skip


def test_a_list_of_items_inside_a_paragraph_is_one(imported):
    line = (
        "2.支出情况。总支出90万元。（1）基本支出60万元；（2）项目支出30万元，其中：防汛经费20万元，"
    )
    assert projects(imported([TITLE, "二、收支情况", f"{line}灌溉经费10万元。3.其他。"])) == {
        "防汛经费": {"金额": "20.00"},
        "灌溉经费": {"金额": "10.00"},
    }


def test_parts_behind_a_colon_or_a_comma_of_their_whole_are_items(imported):
    line = "项目支出中，青年志愿项目12.50万元，少先队工作经费8.23万元。"
    assert projects(imported([TITLE, "二、预算执行情况", line])) == {
        "青年志愿项目": {"金额": "12.50"},
        "少先队工作经费": {"金额": "8.23"},
    }


def test_a_grant_in_the_half_of_incomes_is_income(imported):
    rows = [
        ["收入", "<", "支出", "<"],
        ["项目", "决算数", "项目", "决算数"],
        ["一般公共预算财政拨款", "90.00", "人员经费", "70.00"],
        ["事业收入", "2.00", "公用经费", "20.00"],
    ]
    read = imported([TITLE, "二、收支情况", "收支决算表（单位：万元）", rows], merged)
    assert figures(read) == {
        "财政拨款收入": "90.00", "事业收入": "2.00", "人员经费": "70.00", "公用经费": "20.00",
    }  # fmt: skip


def test_what_stands_behind_the_templates_own_sentence_is_listed(imported):
    line = "“三公”经费支出9.86万元，其中公务接待费9.86万元。上年度三公经费支出11.02万元。"
    left = imported([TITLE, "二、收支情况", line]).leftovers
    assert [one.line.text for one in left if "11.02" in one.line.text] == [line]


def test_the_time_of_a_change_is_no_item(imported):
    lines = [
        "（一）防汛项目。预算48万元，中期追加12万元，支出59万元。",
        "（二）灌溉项目。支出9万元。",
    ]
    made = projects(imported([TITLE, "三、项目支出", *lines]))
    assert set(made) == {"防汛项目", "灌溉项目"}
    assert made["防汛项目"]["金额"] == "59.00"


def test_a_street_is_called_by_its_office_too(imported):
    lines = ["2023年度某某街道部门整体支出绩效自评报告", *ABOUT[1:]]
    assert figures(imported([*lines, "某某街道办事处行政编制36名。"])) == {"行政编制": "36"}


def test_a_title_in_three_lines_says_the_year(imported):
    lines = ["2024年度", "某某区水利局", "部门整体支出绩效自评价报告", "一、部门概况"]
    fields = sample_of(imported(lines))[0]
    assert (fields["年度"], fields["单位名称"]) == (2024, "某某区水利局")


def test_items_below_a_heading_of_items_are_one_list(imported):
    lines = ["三、项目实施情况", "1、防汛项目。预算资金98万元，实际支出97.50万元。"]
    lines += ["2、灌溉项目。预算资金42万元，实际支出42万元。", "四、其他", "没有。"]
    assert projects(imported([TITLE, *lines])) == {
        "防汛项目": {"金额": "97.50", "本年预算数": "98.00"},
        "灌溉项目": {"金额": "42.00", "本年预算数": "42.00"},
    }


def test_a_head_that_is_only_a_unit_or_the_word_for_indicators_names_nothing(imported):
    funds = [
        ["项目名称", "金额单位：万元", "<", "<", "执行率(%)"],
        ["^", "全年预算", "其中：年初预算", "实际支出", "^"],
        ["防汛项目", "620.00", "500.00", "612.00", "98.71"],
        ["灌溉项目", "42.00", "40.00", "42.00", "100"],
    ]
    read = imported([TITLE, "三、项目", "项目明细表", funds], merged)
    assert projects(read) == {
        "防汛项目": {"金额": "612.00", "本年预算数": "500.00", "全年预算数": "620.00"},
        "灌溉项目": {"金额": "42.00", "本年预算数": "40.00", "全年预算数": "42.00"},
    }
    rows = [
        ["绩效指标", "<", "<", *HEAD[3:]],
        [*HEAD[:3], *["^"] * len(HEAD[3:])],
        ["产出指标", "数量指标", "招生", "≥1200人", "1186人", "15", "14", ""],
    ]
    read = imported([TITLE, "四、指标", rows], merged)
    assert indicators(read) == [("招生", None, Decimal(1200), "人")]  # ≥ is the form's own
