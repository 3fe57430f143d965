"""Reports that other units wrote, read back: a figure is taken on its whole name or not at all."""

from decimal import Decimal
from pathlib import Path

import pytest
from read_back import derived, listed, sample_of

REPORTS = Path(__file__).parent / "other_units"
TITLE = "2023年度某某区水利局部门整体支出绩效自评报告"
BASIC = ["二、一般公共预算支出情况", "（一）基本支出情况"]
HEAD = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"]
TITLED = {"年度": 2023, "单位简称": "某某区水利局"}


def figures(read):
    """The figures by field, those that the form works out among them, without the year."""
    fields, _ = sample_of(read)
    numbers = {key: one for key, one in fields.items() if isinstance(one, int | Decimal)}
    numbers.pop("年度", None)
    return {key: str(one) for key, one in numbers.items()} | dict.fromkeys(derived(read), "formula")


def indicators(read):
    return [
        (row["三级指标"], row.get("指标性质"), row.get("年度指标值"), row.get("度量单位"))
        for row in sample_of(read)[1].get("指标", [])
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "其中:人员经费支出434.89万元,公用经费支出77.4万元。",
            {"人员经费": "434.89", "公用经费": "77.40"},
        ),
        ("公务用车购置及运行维护费1687万元。", {"公务用车费": "1687.00"}),
        ("公务用车运行维护费16.87万元。", {"公务用车运行费": "16.87"}),
        (
            "2023年预算收入69.06万元,其中年初预算57.28万元,调整追加11.78万元。",
            {"年初预算": "57.28", "预算追加": "11.78"},
        ),
        (
            "“三公”经费预算为10万元,其中公务接待费3万元;决算8万元,其中公务接待费2万元。",
            {
                "三公经费预算": "10.00",
                "三公经费": "8.00",
                "接待_本年预算数": "3.00",
                "公务接待费": "2.00",
            },
        ),
        # An item's budget of the beginning of the year is its 本年预算数, not the unit's 年初预算.
        (
            "公务接待费年初预算3万元，决算2万元。",
            {"公务接待费": "2.00", "接待_本年预算数": "3.00"},
        ),
        ("1.公务接待费。年初预算3万元。", {"接待_本年预算数": "3.00"}),
        ("年初预算1059.00万元。人员经费800万元。", {}),
        ("人员经费800万元，年初预算1059万元。", {"人员经费": "800.00"}),
        ("1.公路养护项目。年初预算安排资金200万元，实际到位200万元，全年支出198万元。", {}),
        ("公用经费定额标准为2万元/人，公用经费2万元/人。", {}),
        ("2023年总收入90万元，其中：年初预算80万元，年中追加10万元。", {"收入合计": "90.00"}),
        ("实有人数98人，其中在职在编92人，临聘人员6人。", {}),
        (
            "三公经费年初预算数15万元；实际支出数12万元，其中公务接待费实际支出数3万元。",
            {"三公经费预算": "15.00", "三公经费": "12.00", "公务接待费": "3.00"},
        ),
        (
            "公用经费由2022年的38.20万元降至35.10万元，人员经费70万元。",
            {"公用_上年决算数": "38.20", "公用经费": "35.10", "人员经费": "70.00"},
        ),
        ("公用经费由年初的38.20万元调整到35.10万元。", {}),
        (
            "公用经费2022年为38.20万元、2023年为35.10万元，下降8.12%。",
            {"公用_上年决算数": "38.20", "公用经费": "35.10"},
        ),
        ("公用经费2021年为38.20万元，2022年为35.10万元。", {"公用_上年决算数": "35.10"}),
        (
            "基本支出包括人员支出105万元、公用支出35.10万元。",
            {"人员经费": "105.00", "公用经费": "35.10"},
        ),
        ("项目支出包括人员支出5万元、公用支出3万元。", {}),
        (
            "2023年部门预算总额99万元，其中：上年结转9万元，年初预算80万元，年中追加10万元。",
            {"年初结转": "9.00", "年初预算": "80.00", "预算追加": "10.00"},
        ),
        (
            "上年结转9万元，人员经费70万元；年末结转结余3万元。",
            {"年初结转": "9.00", "人员经费": "70.00", "年末结转": "3.00"},
        ),
        (
            "实际支出90万元，为调整后预算95万元的94.74%。其中：人员经费70万元。",
            {"人员经费": "70.00"},
        ),
        (
            "“三公”经费支出12.30万元，其中公车运行维护费9万元、公务接待费3.30万元。",
            {"三公经费": "12.30", "公务用车运行费": "9.00", "公务接待费": "3.30"},
        ),
        (
            "政法专项编制19名，事业编制14名，年末在职人员总数33人。",
            {"行政编制": "19", "事业编制": "14", "在职人员": "33"},
        ),
        (
            "核定编制40人（行政22人，事业18人）。",
            {"行政编制": "22", "事业编制": "18", "编制数": "formula"},
        ),
        ("项目支出9万元，其中人员经费2万元。", {"项目支出": "9.00"}),
        ("下属水利站基本支出50万元。", {}),
        ("某某区水利局人员经费50万元。", {"人员经费": "50.00"}),
        ("2022年人员经费50万元。上年公用经费12万元。", {"公用_上年决算数": "12.00"}),
        ("人员经费比上年增加50万元，公用经费下降3%。", {}),
        ("人员经费、公用经费分别为50万元和12万元。", {"人员经费": "50.00", "公用经费": "12.00"}),
        (
            "“三公”经费：预算30万元，支出26.55万元，其中：公务用车购置费18万元，"
            "公务用车运行维护费5.55万元，公务接待费3万元。",
            {
                "三公经费预算": "30.00",
                "三公经费": "26.55",
                "公务用车购置费": "18.00",
                "公务用车运行费": "5.55",
                "公务接待费": "3.00",
            },
        ),
        (
            "公务用车运行费预算12万元，实际11.60万元；公务接待费预算8万元，实际7.15万元。",
            {
                "公车运行_本年预算数": "12.00",
                "公务用车运行费": "11.60",
                "接待_本年预算数": "8.00",
                "公务接待费": "7.15",
            },
        ),
        (
            "2023年三公经费支出10.20万元，预算数12万元。公务接待费：2023年3.20万元，2022年4.10万元。",
            {"三公经费": "10.20", "公务接待费": "3.20", "接待_上年决算数": "4.10"},
        ),
        (
            "基本支出350万元（含人员经费280万元、公用经费70万元）。",
            {"基本支出": "formula", "人员经费": "280.00", "公用经费": "70.00"},
        ),
        ("局机关内设12个股室，下设中小学校56所。", {}),
        ("下属事业单位5个，编制142名，实有131名。", {"所属单位数": "5"}),
        ("局机关编制21名，实有人员20名；下属事业单位5个，编制142名。", {"所属单位数": "5"}),
        ("2023年底实有在职干部职工41人。", {"在职人员": "41"}),
    ],
)
def test_a_figure_goes_to_the_field_of_its_whole_name(sentence, expected, imported):
    read = imported([TITLE, *BASIC, sentence])
    assert figures(read) == expected
    assert sample_of(read)[1] == {}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("局机关人员经费380万元、公用经费40万元。", {}),
        ("局机关人员经费、公用经费分别为380万元和40万元。", {}),
        ("下属中心人员经费380万元和公用经费40万元。", {}),
        ("本级人员经费380万元、公用经费40万元，三公经费5万元。", {"三公经费": "5.00"}),
        ("全系统人员经费380万元、公用经费40万元；三公经费5万元。", {"三公经费": "5.00"}),
        ("局机关：人员经费380万元，公用经费40万元；三公经费5万元。", {"三公经费": "5.00"}),
        (
            "某某区水利局人员经费380万元、公用经费40万元。",
            {"人员经费": "380.00", "公用经费": "40.00"},
        ),
        (
            "本单位：人员经费380万元、公用经费40万元。",
            {"人员经费": "380.00", "公用经费": "40.00"},
        ),
    ],
)
def test_a_body_is_that_of_all_names_behind_it(sentence, expected, imported):
    assert figures(imported([TITLE, *BASIC, sentence])) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("森林防火经费（上年100万元）120万元，增长20%。", {}),
        ("森林防火经费（上年100万元），120万元。", {}),
        ("森林防火经费，上年100万元，本年120万元。", {}),
        ("项目支出（2022年100万元）120万元。", {"项目支出": "120.00"}),
        (
            "人员经费（上年10万元）12万元、公用经费（上年3万元）2万元。",
            {"人员经费": "12.00", "公用经费": "2.00", "公用_上年决算数": "3.00"},
        ),
    ],
)
def test_a_bare_amount_is_of_the_name_before_its_bracket(sentence, expected, imported):
    read = imported([TITLE, BASIC[0], "（二）项目支出", "没有别的。", sentence])
    assert figures(read) == expected


def test_an_amount_of_two_units_stays_blank_and_is_told(imported):
    read = imported([TITLE, *BASIC, "基本支出436.80元，项目支出655.40元（单位：万元）。"])
    assert figures(read) == {}
    assert listed(read)[-1] == (
        "报告 段落 4:“基本支出436.80元，项目支出655.40元（单位：万元）。”,"
        "既写“元”又写“单位:万元”,没有采用"
    )


@pytest.mark.parametrize("heading", ["三、政府性基金预算支出情况", "八、下一步改进措施"])
def test_figures_below_a_heading_of_something_else_are_not_the_units(heading, imported):
    assert figures(imported([TITLE, heading, "其中：人员经费50万元。"])) == {}


def test_two_places_that_differ_leave_the_cell_blank_and_are_both_listed(imported):
    read = imported([TITLE, *BASIC, "人员经费50万元。", "（二）其他", "全年人员经费55万元。"])
    assert figures(read) == {}
    assert read.filled.doubts == [
        (
            "预算收支!C18",
            "人员经费:报告里前后不一,没有填:段落 4“人员经费50万元。”;"
            "段落 6“全年人员经费55万元。”。请核对后填写",
        )
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["核定编制65名（行政30，事业35），实有在职41人。"],
        ["人员编制65名，其中：行政编制30名、事业编制35名。年末实有41人。"],
        ["编制人数65人，其中行政编制30人，事业编制35人；在职人员41人。"],
        [[["编制数", "65"], ["行政编制", "30"], ["事业编制", "35"], ["实有在职人数", "41"]]],
        [[["核定编制", "行政编制", "事业编制", "实有人数"], ["65", "30", "35", "41"]]],
    ],
)
def test_posts_and_people_are_found_in_prose_and_in_tables(lines, imported):
    read = imported([TITLE, "一、部门概况", "（一）部门基本情况", *lines])
    assert figures(read) == {
        "编制数": "formula", "行政编制": "30", "事业编制": "35", "在职人员": "41",
    }  # fmt: skip


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "2023年某某区水利局部门整体支出绩效自评报告",
        "某某区水利局2023年度部门整体支出绩效自评报告",
        "某某区水利局关于2023年度部门整体支出绩效自评的报告",
        "2023年度某某区水利局整体支出绩效自评报告",
    ],
)
def test_year_and_unit_are_read_from_a_title_however_it_is_worded(title, imported):
    assert sample_of(imported([title, "一、部门概况"])) == (TITLED, {})


@pytest.mark.parametrize(
    "titles",
    [
        ["2023年度某某区水利局", "部门整体支出绩效自评报告"],
        ["2023年部门整体支出绩效自评报告", "（某某区水利局）"],
        ["2023年度某某区水利局部门整体支出绩效自评表"],
        ["关于2023年度某某区水利局整体支出绩效自评情况的报告"],
    ],
)
def test_a_title_in_two_lines_or_of_another_genre_is_read_too(titles, imported):
    assert sample_of(imported([*titles, "一、部门概况"])) == (TITLED, {})


@pytest.mark.parametrize("unit", ["某某县农村公路养护", "某某县道路建设项目绩效自评报告"])
def test_no_unit_is_called_after_a_piece_of_work_or_a_report(unit, imported):
    assert sample_of(imported([f"2023年度{unit}整体支出绩效自评报告", "一、部门概况"])) == (
        {"年度": 2023},
        {},
    )


def test_a_heading_that_lacks_what_tells_it_from_others_is_not_that_heading(imported):
    lines = ["二、部门整体支出情况", "（一）决算情况。基本支出90万元。", "（二）其他情况。没有。"]
    read = imported([TITLE, *lines])
    assert sample_of(read)[1] == {}
    assert "“（一）部门整体支出绩效情况”,报告里没有找到这个标题" in listed(read)


def test_the_next_item_of_a_list_is_no_part_of_a_text(imported):
    lines = ["（一）机构设置。正科级。", "又。", "（二）资产。房屋。", "（三）车辆。两辆。"]
    assert sample_of(imported([TITLE, "一、部门概况", *lines]))[0] == TITLED | {
        "机构性质": "正科级。\n又。"
    }


def test_a_label_and_its_value_are_no_head_of_a_table(imported):
    rows = [["单位名称", "某某区水利局"], ["行政编制", "12"], ["事业编制", "46"]]
    read = imported([TITLE, "一、部门概况", rows])
    # The unit's short name is that of the title, as the form works it out from the full one.
    assert figures(read) == {"行政编制": "12", "事业编制": "46", "单位简称": "formula"}
    assert sample_of(read)[0]["单位名称"] == "某某区水利局"


ROWS = [["“三公”经费", "预算数", "决算数"], ["公务接待费", "4.00", "3.15"]]
SPOKEN = "人员经费70万元，公用经费12万元，项目支出9万元。"


@pytest.mark.parametrize(
    ("words", "rows", "expected"),
    [
        (SPOKEN, ROWS, {"公务接待费": "3.15", "接待_本年预算数": "4.00"}),
        (f"{SPOKEN}其中办公费300元。", ROWS, {}),  # two units: nobody knows
        (SPOKEN, [ROWS[0], ["公务接待费", "40000.00", "31500.00"]], {}),  # these are 元
        ("没有别的。", ROWS, {}),
    ],
)
def test_a_table_without_a_unit_is_in_that_of_all_sentences(words, rows, expected, imported):
    spoken = {} if "70" not in words else {
        "人员经费": "70.00", "公用经费": "12.00", "项目支出": "9.00",
    }  # fmt: skip
    read = imported([TITLE, *BASIC, words, "（二）“三公”经费", rows])
    assert figures(read) == spoken | expected


@pytest.mark.parametrize("heading", ["部门概况", "部门（单位）基本概况", "部门、单位基本情况"])
def test_a_heading_in_other_words_is_the_same_heading(heading, imported):
    read = imported([TITLE, f"一、{heading}", "（一）单位基本情况", "1.主要职责。管水。"])
    assert sample_of(read)[0] == TITLED | {"主要职责": "管水。"}
    assert "“一、基本情况”,报告里没有找到这个标题" not in listed(read)


def test_items_of_the_clerks_own_are_nobodys_text(imported):
    lines = [
        "（一）单位基本情况",
        "1.主要职责。管水。",
        "1.其一。",
        "2.其二。",
        "2.党建情况。很好。",
    ]
    read = imported([TITLE, "一、基本情况", *lines, "又好。", "3.人员情况。齐。", "4.资产。房屋。"])
    assert sample_of(read)[0] == TITLED | {
        "主要职责": "管水。\n1.其一。\n2.其二。",
        "人员情况": "齐。",
    }
    own = [line.partition(":")[2] for line in listed(read) if "报告 段落" in line]
    assert own == [
        f"“{words}”,模板里没有这个标题"
        for words in ("2.党建情况。很好。", "又好。", "4.资产。房屋。")
    ]


def test_an_assessment_table_gives_indicators_and_nothing_of_its_funds(imported):
    rows = [
        [
            "部门预算（万元）",
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
            "",
        ],
        ["年度资金总额", "100", "120", "110", "10", "91.67%", "9.17", ""],
        HEAD,
        ["产出指标（50分）", "数量指标", "渠道", "≥266米", "270米", "10", "10", ""],
        ["", "", "泵站", "≤5座", "5座", "10", "10", ""],
        ["", "质量指标", "合格率", "＝100%", "100%", "10", "10", ""],
        ["", "成本指标", "成本", "<=120万元", "110万元", "10", "10", ""],
        ["", "", "单价", "≥3元", "2元", "10", "6", ""],
        ["效益指标", "社会效益指标", "事故", "＜3次", "2次", "10", "10", ""],
        ["", "", "长度", "≥5公里", "600米", "10", "10", ""],
        ["总分", "", "", "", "", "100", "98", ""],
    ]
    read = imported([TITLE, "附件2", "部门整体支出绩效自评表", rows])
    # The form's own ≥, and ≤ of a cost, stay formulas where the report says the same.
    assert indicators(read) == [
        ("渠道", None, 266, "米"),
        ("泵站", "≤", 5, "座"),
        ("合格率", "=", 100, None),
        ("成本", None, 120, "万元"),
        ("单价", "≥", 3, "元"),
        ("事故", "≤", 3, "次"),
        ("长度", None, 5, "公里"),
    ]
    assert figures(read).keys() == derived(read)
    assert sample_of(read)[1].keys() == {"指标"}
    told = [note for note in read.filled.notes.values() if "原文的符号是" in note]
    assert [note.splitlines()[1] for note in told] == [
        "原文的符号是“<”,表里没有,填的是“≤”,请核对。"
    ]
    assert "实际完成值:「600米」" in "".join(listed(read))


@pytest.mark.parametrize(
    ("sign", "kept"),
    [
        *(("≤", "≤"), ("=", "="), ("＝", "="), ("﹦", "="), ("＜", "≤"), ("<=", "≤")),
        *((">", None), ("≥", None), ("≠", "≠")),
    ],
)
def test_a_sign_in_a_column_of_its_own_is_never_turned_round(sign, kept, imported):
    head = ["二级指标", "三级指标", "指标性质", "年度指标值", "度量单位"]
    read = imported([TITLE, [head, ["数量指标", "渠道", sign, "266", "米"]]])
    assert indicators(read) == [("渠道", kept, 266, "米")]


def test_a_projects_own_table_gives_indicators_of_that_project(imported):
    rows = [
        ["项目名称", "防汛", "", "", "", "", "", ""],
        HEAD,
        ["产出指标", "数量指标", "渠道", "≤266米", "270米", "10", "10", ""],
    ]
    _, tables = sample_of(imported([TITLE, "附件3", "项目支出绩效自评表", rows]))
    assert tables.keys() == {"项目指标"}
    assert [(row["项目名称"], row["三级指标"]) for row in tables["项目指标"]] == [("防汛", "渠道")]


def test_rows_of_a_blank_form_and_totals_are_no_projects(imported):
    rows = [["（每个专项一行）", ""], ["XX项目", "0"], ["……", ""], ["防汛", "12"]]
    read = imported([TITLE, [["项目名称", "金额（万元）"], *rows, ["2023年项目支出", "12"]]])
    assert sample_of(read)[1] == {"项目": [{"名称": "防汛", "金额": Decimal("12.00")}]}


def test_a_sentence_on_all_projects_is_no_project(imported):
    read = imported([TITLE, BASIC[0], "（二）项目支出情况", "2023年项目支出12.5万元。"])
    assert sample_of(read)[1] == {}
    assert figures(read) == {"项目支出": "12.50"}


def projects(read):
    """The projects by name, each column that is filled as text."""
    rows = sample_of(read)[1].get("项目", [])
    return {row.pop("名称"): {key: str(one) for key, one in row.items()} for row in rows}


FLOOD = {"防汛经费": {"金额": "14.20"}}
BOTH = FLOOD | {"环卫经费": {"金额": "19.00"}}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("防汛经费14.2万元、环卫经费19万元。", BOTH),
        (
            "平台APP 3万元、环卫第2期5万元。",
            {"平台APP": {"金额": "3.00"}, "环卫第2期": {"金额": "5.00"}},
        ),
        ("防汛经费14.2万元、环卫经费19万元，分别比上年增加1.2万元、减少0.5万元。", BOTH),
        ("防汛经费由13万元增加到14.2万元；环卫经费由18万元增加到19万元。", BOTH),
        ("防汛经费计划15万元，实际使用14.2万元。", FLOOD),
        ("防汛经费安排15万元，实际支出14.2万元。", FLOOD),
        ("1.防汛经费到位15万元，使用14.2万元；2.环卫经费到位20万元，使用19万元。", BOTH),
        ("1.防汛经费14.2万元，其中：物资8万元、补助6.2万元；2.环卫经费19万元。", BOTH),
        ("1.防汛经费14.2万元，完成率94.67%；2.环卫经费19万元，占57%。合计33.2万元。", BOTH),
        ("1.防汛经费，14.2万元；2.环卫经费，19万元。", BOTH),
        ("防汛经费：14.2万元；环卫经费：19万元。", BOTH),
        ("2023年项目共2个，支出33.2万元。其中：防汛经费14.2万元；环卫经费19万元。", BOTH),
        (
            "1.防汛经费（上年13万元）14.2万元；2.环卫经费19万元（预算20万元）。",
            {
                "防汛经费": {"金额": "14.20", "上年决算数": "13.00"},
                "环卫经费": {"金额": "19.00", "本年预算数": "20.00"},
            },
        ),
        (
            "2022年：防汛经费13万元。2023年：防汛经费14.2万元。2021年：防汛经费9万元。",
            {"防汛经费": {"金额": "14.20", "上年决算数": "13.00"}},
        ),
        (
            "办案经费项目预算1200万元，支出1150万元；装备购置年初预算733万元，支出733万元。",
            {
                "办案经费项目": {"金额": "1150.00", "本年预算数": "1200.00"},
                "装备购置": {"金额": "733.00", "本年预算数": "733.00"},
            },
        ),
        (
            "防汛经费全年预算15万元，支出142000元。",
            {"防汛经费": {"金额": "14.20", "全年预算数": "15.00"}},
        ),
        (
            "1.防汛经费。该项目年初预算15万元，全年支出14.2万元。2.环卫经费。支出19万元。",
            {"防汛经费": {"金额": "14.20", "本年预算数": "15.00"}, "环卫经费": {"金额": "19.00"}},
        ),
        # A name alone says that its amount is still to be typed.
        (
            "1.防汛经费到位15万元；2.环卫经费19万元。",
            {"防汛经费": {}, "环卫经费": {"金额": "19.00"}},
        ),
    ],
)
def test_a_project_has_the_amounts_that_its_sentence_says(sentence, expected, imported):
    read = imported([TITLE, BASIC[0], "（二）项目支出情况", sentence])
    assert projects(read) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "1.环卫经费较上年增加12万元。",
        "1.防汛经费同比减少3万元；2.环卫经费同比增加2万元。",
        "1.防汛经费节约3万元；2.环卫经费超支2万元。",
        "1.防汛经费结余3万元；2.环卫经费结转2万元。",
        "1.防汛经费合同金额30万元；2.环卫经费合同金额20万元。",
        "1.防汛经费约14万元；2.环卫经费近20万元。",
        "防汛经费下达15万元、拨付14.2万元。",
        "防汛项目申报15万元，批复12万元。",
        "1.防汛经费未使用完毕，收回财政3万元；2.环卫经费19万元。",
        "1.工资福利支出100万元；2.商品和服务支出50万元；3.资本性支出30万元。",
        "省级资金10万元、市级资金4.2万元、县级资金19万元。",
        "防汛经费财政资金10万元、自筹资金4.2万元。",
        "挽回经济损失200万元，节约财政资金30万元。",
        "项目总投资3000万元，本年度安排14.2万元。",
        "防汛经费每人每天补助100元，全年14.2万元。",
        "尚有尾款3万元未支付；质保金1万元待退。",
        "一季度支付防汛经费30万元，二季度支付防汛经费68.5万元；全年环卫经费180万元。",
        "上年结转项目：防汛经费5万元；本年项目：环卫经费19万元。",
        "造林补助150万元、管护补助30万元，共计180万元；防汛经费98.5万元。",
        "2023年，120万元用于防汛，535.4万元用于环卫。",
        "项目支出由2022年的612.00万元增加到2023年的655.40万元。",
        "该项目安排15万元，支出14.2万元。",
        "水费、电费40万元，差旅费5万元。",
        "防汛经费，14.2万元；防汛经费，15万元；环卫经费，19万元。",
    ],
)
def test_what_names_no_project_is_none_and_its_sentence_is_listed(sentence, imported):
    read = imported([TITLE, BASIC[0], "（二）项目支出情况", sentence])
    assert projects(read) == {}
    assert listed(read)[-1].startswith(f"报告 段落 4:“{sentence}”")


def test_a_list_with_a_gap_is_no_list(imported):
    lines = ["1.防汛经费：支出198万元。", "2.水费、电费，支出300万元。"]
    read = imported([TITLE, BASIC[0], "（二）项目支出情况", *lines])
    assert projects(read) == {}
    assert [line.partition(":")[0] for line in listed(read)[-2:]] == ["报告 段落 4", "报告 段落 5"]


def test_a_project_of_two_amounts_has_none(imported):
    lines = [
        "防汛经费安排9万元，支出14.2万元。",
        "防汛经费安排9万元，支出15万元。",
        "环卫经费：19万元。",
    ]
    read = imported([TITLE, BASIC[0], "（二）项目支出情况", *lines])
    assert projects(read) == {"防汛经费": {}, "环卫经费": {"金额": "19.00"}}


UNUSED = "“{}”这一列没有对应的栏,没有采用"


@pytest.mark.parametrize(
    ("heads", "cells", "expected", "unused"),
    [
        (
            ["年初预算数", "全年预算数", "执行数"],
            ["60.00", "65.00", "64.23"],
            {"金额": "64.23", "本年预算数": "60.00", "全年预算数": "65.00"},
            [],
        ),
        (
            ["本年预算数（万元）", "全年预算数", "全年执行数（元）"],
            ["60.00", "65.00", "642300"],
            {"金额": "64.23", "本年预算数": "60.00", "全年预算数": "65.00"},
            [],
        ),
        (
            ["上年决算数", "本年决算数", "增减"],
            ["60.00", "64.23", "4.23"],
            {"金额": "64.23", "上年决算数": "60.00"},
            ["增减"],
        ),
        (
            ["2022年决算数", "2023年决算数", "2024年预算数"],
            ["60.00", "64.23", "70.00"],
            {"金额": "64.23", "上年决算数": "60.00"},
            ["2024年预算数"],
        ),
        (["预算金额"], ["65.00"], {"本年预算数": "65.00"}, []),
        (["到位金额", "支出金额"], ["65.00", "64.23"], {"金额": "64.23"}, ["到位金额"]),
        (["合同金额", "金额"], ["99.00", "64.23"], {"金额": "64.23"}, ["合同金额"]),
        # Two columns for one cell: neither is taken.
        (
            ["预算数", "执行数", "支出数"],
            ["65.00", "64.23", "64.00"],
            {"本年预算数": "65.00"},
            ["执行数", "支出数"],
        ),
        # A column of the form's own goes before one that means the same.
        (["金额", "执行数"], ["64.23", "60.00"], {"金额": "64.23"}, ["执行数"]),
        (["结余", "执行数"], ["", "64.23"], {"金额": "64.23"}, []),
    ],
)
def test_a_column_of_projects_is_known_by_what_it_means(heads, cells, expected, unused, imported):
    rows = [["序号", "项目名称", *heads], ["1", "社区矫正", *cells]]
    read = imported([TITLE, BASIC[0], "（二）项目支出情况", rows])
    assert projects(read) == {"社区矫正": expected}
    told = [line.rpartition(",“")[2] for line in listed(read) if "没有对应的栏" in line]
    assert told == [UNUSED.format(head).removeprefix("“") for head in unused]


def test_an_amount_in_another_unit_than_its_column_is_not_taken(imported):
    head = ["项目名称", "金额（万元）", "全年预算数", "上年决算数（万元）"]
    rows = [head, ["防汛", "142000元", "15万元", "13万元"]]
    read = imported([TITLE, BASIC[0], "（二）项目支出情况", "单位：元", rows])
    assert projects(read) == {"防汛": {"上年决算数": "13.00"}}
    assert [line.partition("”,")[2] for line in listed(read) if "不一致" in line] == [
        "“142000元”与表上的单位“万元”不一致,没有采用",
        "“15万元”与表上的单位“元”不一致,没有采用",
    ]


def test_figures_of_a_table_in_two_units_are_not_taken(imported):
    rows = [["项目", "决算数（万元）"], ["人员经费", "79元"], ["公用经费", "12万元"]]
    assert figures(imported([TITLE, *BASIC, rows])) == {"公用经费": "12.00"}


def test_figures_of_a_table_have_their_heads_basis_and_its_unit(imported):
    rows = [["项目", "年初预算数", "决算数"], ["人员经费", "800000", "790000"]]
    read = imported([TITLE, *BASIC, "单位：元", rows])
    assert figures(read) == {"人员经费": "79.00"}


# Each of a wording of its own, in the manner of published reports; made up, names and figures too.
READ = {
    "county": {
        "行政编制": "28", "事业编制": "96", "工勤编制": "4", "在职人员": "119",
        "离退休人员": "73", "财政拨款收入": "3106.78", "年初结转": "12.30",
        "人员经费": "1557.87", "公用经费": "210.55",
        "三公经费预算": "18.00", "因公出国费": "0.00", "公务用车购置费": "0.00",
        "公务用车运行费": "10.35", "公务接待费": "4.21", "收入合计": "3256.78",
        "接待_本年预算数": "6.00",
    },
    "street": {
        "内设机构数": "6", "行政编制": "25", "事业编制": "40", "在职人员": "62",
        "年初预算": "1980.00", "预算追加": "435.36", "年初结转": "36.20",
        "年末结转": "21.45", "人员经费": "1120.33",
        "公用经费": "236.45", "项目支出": "1073.33", "三公经费预算": "12.50",
        "三公经费": "9.87", "公务用车运行费": "7.56", "公务接待费": "2.31",
        "公车运行_本年预算数": "8.00", "接待_上年决算数": "3.00", "接待_本年预算数": "4.50",
        "收入合计": "2415.36", "财政拨款收入": "2201.36",
    },
    "district": {
        "内设机构数": "4", "行政编制": "12", "事业编制": "33", "在职人员": "43", "离退休人员": "25",
        "财政拨款收入": "1800.00", "财政拨款支出": "1790.00", "人员经费": "1200.00",
        "公用经费": "300.00", "项目支出": "550.00", "因公出国费": "0.00",
        "公务用车购置费": "0.00", "公务用车运行费": "10.35", "公务接待费": "4.21",
        "收入合计": "2100.00", "事业收入": "200.00", "其他收入": "100.00",
        "三公经费预算": "18.00", "出国_本年预算数": "0.00", "接待_本年预算数": "6.00",
        "采购_本年决算数": "150.00",
    },
}  # fmt: skip

PROJECTS = {
    "county": {
        "高标准农田建设": {"金额": "860.00"},
        "动物防疫经费": {"金额": "128.36"},
        "耕地地力保护": {"金额": "500.00"},
    },
    "district": {
        "公路养护项目": {"金额": "198.00", "本年预算数": "200.00"},
        "农村公路建设项目资金": {"金额": "300.00"},
    },
}


@pytest.mark.parametrize("name", READ)
def test_a_report_in_other_words_gives_the_figures_that_are_plain_and_no_other(name, imported):
    read = imported((REPORTS / f"{name}.txt").read_text(encoding="utf-8").splitlines())
    typed = {key: one for key, one in figures(read).items() if one != "formula"}
    assert typed == READ[name]
    assert projects(read) == PROJECTS.get(name, {})


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("某某市第三中学", {"编制数": "68", "在职人员": "61"}), ("某某市教育局", {"在职人员": "61"})],
)
def test_a_school_speaks_of_itself_as_one(unit, expected, imported):
    title = f"2023年度{unit}部门整体支出绩效自评报告"
    line = "学校编制数68人，实有在编在岗教职工61人。"
    assert figures(imported([title, "一、部门概况", line])) == expected


@pytest.mark.parametrize(
    ("heading", "sentence", "expected"),
    [
        ("二、收支情况", "2023年度支出决算90万元。", {"支出合计": "90.00"}),
        (
            "二、收支情况",
            "全年收入92万元，全年支出90万元。",
            {"收入合计": "92.00", "支出合计": "90.00"},
        ),
        ("（三）“三公”经费情况", "全年支出9万元。", {"三公经费": "9.00"}),
        ("二、收支情况", "防汛经费预算9万元。2023年支出8万元。", {}),
        ("二、财政拨款支出决算情况", "2023年度支出决算90万元。", {}),
        (
            "二、收支情况",
            "年初预算90万元，其中基本支出预算70万元，项目支出预算20万元。",
            {
                "年初预算": "90.00",
                "总额_项目_年初预算数": "20.00",
            },  # the rest is the form's formula
        ),
        (
            "二、收支情况",
            "工资福利支出等人员经费70万元，食堂补贴等公用经费1万元。",
            {"人员经费": "70.00"},
        ),
    ],
)
def test_totals_without_a_name_are_of_the_unit_or_of_the_heading(
    heading, sentence, expected, imported
):
    read = figures(imported([TITLE, heading, sentence]))
    assert {key: one for key, one in read.items() if one != "formula"} == expected


def test_a_list_goes_on_behind_a_name_that_ends_a_sentence(imported):
    line = "主要包括：1.防汛经费。年初预算15万元，实际支出14.2万元；2.环卫经费。实际支出19万元。"
    read = imported([TITLE, BASIC[0], "（二）项目支出情况", line])
    assert projects(read) == {
        "防汛经费": {"本年预算数": "15.00", "金额": "14.20"}, "环卫经费": {"金额": "19.00"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "其中：公务用车运行维护费支出决算1.8万元，2022年为2.1万元；公务接待费支出决算0.38万元。",
            {"公务用车运行费": "1.80", "公车运行_上年决算数": "2.10", "公务接待费": "0.38"},
        ),
        ("2022年公务用车运行维护费2.1万元；公务接待费0.5万元。", {
            "公车运行_上年决算数": "2.10", "接待_上年决算数": "0.50",
        }),
        (
            "某某区水利局核定编制92名（行政编制38名），实有89人；下属事业单位编制41名，实有38名。",
            {"编制数": "92", "行政编制": "38", "在职人员": "89"},
        ),
        ("基本支出中人员经费70万元，公用经费12万元。", {"人员经费": "70.00", "公用经费": "12.00"}),
        (
            "年初预算90万元。当年实际总收入99万元，其中事业收入9万元。",
            {"收入合计": "99.00", "事业收入": "9.00"},
        ),
        ("“三公”经费当年支出9万元。", {"三公经费": "9.00"}),
    ],
)  # fmt: skip
def test_years_bodies_and_what_was_really_spent(sentence, expected, imported):
    read = figures(imported([TITLE, *BASIC, sentence]))
    assert {key: one for key, one in read.items() if one != "formula"} == expected


SIX = [["序号", "项目", "预算（万元）", "执行（万元）"], ["1", "康复救助", "96", "95.2"]]


def test_objects_of_spending_are_no_projects(imported):
    rows = [SIX[0], ["1", "办公费", "5", "4"], ["2", "差旅费", "6", "5"]]
    assert projects(imported([TITLE, "三、项目资金情况", rows])) == {}


@pytest.mark.parametrize(
    ("above", "names"),
    [
        ("共安排残疾人专项资金6项，具体如下：", ["康复救助"]),
        ("2023年项目支出明细", ["康复救助"]),
        ("项目支出按经济分类如下：", []),
        ("收支情况如下：", []),
    ],
)
def test_a_head_of_one_word_stands_above_projects_only_below_words_on_projects(
    above, names, imported
):
    assert list(projects(imported([TITLE, "三、资金情况", above, SIX]))) == names


@pytest.mark.parametrize(
    ("heading", "lines", "names"),
    [
        (
            "三、项目绩效",
            ["1.防汛项目：年初预算15万元，支出14.2万元；", "2.环卫项目：支出19万元。"],
            BOTH,
        ),
        ("三、项目绩效", ["1.防汛项目：年初预算15万元，支出14.2万元。"], {}),  # one is no list
        ("三、存在的项目问题", ["1.防汛项目：支出14.2万元；", "2.环卫项目：支出19万元。"], {}),
        # 两项补贴 is a piece of a name, and of what is 下达 no amount is kept.
        ("三、专项", ["1.防汛项目：支出14.2万元；", "2.残疾人两项补贴：支出19万元。"], {}),
        ("三、专项", ["1.低保资金：下达9万元，发放8万元；", "2.防汛项目：支出19万元。"], {}),
        ("三、项目绩效", ["1.粮食产值：3亿元；", "2.旅游综合产出：2亿元。"], {}),
    ],
)
def test_a_list_below_any_heading_on_projects(heading, lines, names, imported):
    read = projects(imported([TITLE, heading, *lines]))
    assert len(read) == len(names)
    assert all(name.endswith("项目") for name in read)


def test_a_list_behind_the_amount_of_all_projects(imported):
    line = "2.项目支出30万元：图书购置费20万元，数据库续费10万元。"
    assert projects(imported([TITLE, "二、预算执行情况", line])) == {
        "图书购置费": {"金额": "20.00"}, "数据库续费": {"金额": "10.00"},
    }  # fmt: skip


def test_the_table_of_funds_of_the_whole_unit(imported):
    rows = [
        ["部门名称", *["某某区水利局"] * 4],
        ["预算申请（万元）", "资金来源", "年初预算数", "全年预算数", "执行数"],
        ["预算申请（万元）", "其中：一般公共预算", "386", "428", "422"],
        ["预算申请（万元）", "政府性基金预算", "140", "210", "198"],
        ["按支出性质分", "基本支出", "200", "220", "219"],
        ["按支出性质分", "项目支出", "326", "418", "401"],
    ]
    read = imported(["2023年度某某区水利局部门整体支出绩效自评表", rows])
    typed = {key: one for key, one in figures(read).items() if one != "formula"}
    assert typed == {
        "年初预算": "386.00", "全年预算": "428.00", "基金_年初预算数": "140.00",
        "基金_全年预算数": "210.00", "基本支出": "219.00", "项目支出": "401.00",
        "总额_项目_年初预算数": "326.00", "总额_项目_全年预算数": "418.00",
    }  # fmt: skip


def test_offices_inside_are_counted_before_they_are_listed(imported):
    line = "内设机构4个，分别为办公室、采编部、流通部、技术部。"
    fields = sample_of(imported([TITLE, "一、部门概况", line]))[0]
    assert fields["内设机构"] == "办公室、采编部、流通部、技术部"


def test_columns_of_years_are_known_by_the_year_of_any_title(imported):
    rows = [["项目名称", "2022年支出", "2023年支出"], ["展品更新", "210", "258.4"]]
    title = "云中市科技馆2023年度单位整体支出绩效情况自评报告"
    assert projects(imported([title, "三、项目情况", "单位：万元", rows])) == {
        "展品更新": {"上年决算数": "210.00", "金额": "258.40"}
    }


def test_what_our_own_unit_has_inside_is_its_own(imported):
    assert figures(imported([TITLE, "一、部门概况", "我局内设16个股室。"])) == {"内设机构数": "16"}
