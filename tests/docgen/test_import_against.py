"""What a report states otherwise than the form works it out, and budgets of several funds."""

import pytest
from read_back import sample_of
from test_import_by_meaning import TITLE, figures, indicators, projects

ABOUT = [TITLE, "一、部门概况", "（一）部门基本情况"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "2023年年初一般公共预算安排90万元，执行中调整增加5万元，调整后全年预算95万元。",
            {"年初预算": "90.00", "预算追加": "5.00", "全年预算": "formula"},
        ),
        (
            "公务接待费支出2万元，完成年初预算5万元的40%。",
            {"公务接待费": "2.00", "接待_本年预算数": "5.00"},
        ),
        (
            "公用经费较2022年的38.20万元减少3.10万元。",
            {"公用_上年决算数": "38.20"},
        ),
    ],
)
def test_budgets_and_bases_in_other_words(sentence, expected, imported):
    found = figures(imported([*ABOUT, sentence]))
    assert {key: found.get(key) for key in expected} == expected


FUNDS = "其中一般公共预算财政拨款90万元、{other}9万元。"


@pytest.mark.parametrize("other", ["政府性基金预算财政拨款", "其他资金"])
def test_a_budget_of_several_funds_is_not_the_general_one(other, imported):
    sentence = f"调整后预算收入99万元，实际收入99万元，{FUNDS.format(other=other)}"
    assert figures(imported([*ABOUT, sentence])).get("全年预算") in (None, "formula")


SPLIT = "财政拨款90万元"
ALL_BEGUN, BUDGETS = "年初预算100万元", ("年初预算", "全年预算")


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ([f"{ALL_BEGUN}，其中{SPLIT}，其他资金10万元；全年预算108万元。"], ("90.00", None)),
        ([f"{ALL_BEGUN}，其中：{SPLIT}、单位资金10万元。调整后预算108万元。"], ("90.00", None)),
        ([f"{ALL_BEGUN}，其中政府性基金10万元，{SPLIT}，全年预算108万元。"], ("90.00", None)),
        ([f"{ALL_BEGUN}（其中上年结转10万元、{SPLIT}），调整后预算108万元。"], ("90.00", None)),
        (
            [f"{ALL_BEGUN}，其中{SPLIT}、事业收入7万元、上年结转3万元。全年预算108万元。"],
            ("90.00", None),
        ),
        ([f"{ALL_BEGUN}：单位资金10万元，{SPLIT}。全年预算108万元。"], ("90.00", None)),
        ([f"{ALL_BEGUN}，由{SPLIT}和其他资金10万元构成。"], ("90.00", None)),
        ([f"全年预算108万元。{ALL_BEGUN}，其中{SPLIT}、其他资金10万元。"], ("90.00", None)),
        ([f"全年预算100万元，其中{SPLIT}，其他资金10万元；年初预算96万元。"], (None, "90.00")),
        ([f"年初预算96万元，全年预算100万元，其中{SPLIT}、其他资金10万元。"], (None, "90.00")),
        (
            [f"年初预算96万元，其中财政拨款86万元，其他资金10万元；全年预算100万元，其中{SPLIT}。"],
            ("86.00", "90.00"),
        ),
        ([f"{ALL_BEGUN}，其中{SPLIT}。", "全年预算108万元。"], ("90.00", None)),
        (["全年预算108万元。", f"{ALL_BEGUN}，其中其他资金10万元，{SPLIT}。"], ("90.00", None)),
        # Of sorts of spending, and of the general budget alone, a budget is the unit's own.
        ([f"{ALL_BEGUN}，其中基本支出60万元。", "全年预算108万元。"], ("100.00", "108.00")),
        ([f"{ALL_BEGUN}，其中财政拨款100万元；全年预算108万元。"], ("100.00", "108.00")),
        # Below another heading nothing is said of all funds.
        (
            [f"{ALL_BEGUN}，其中{SPLIT}。", "二、一般公共预算支出情况", "全年预算95万元。"],
            ("90.00", "95.00"),
        ),
    ],
)
def test_a_budget_beside_that_of_all_funds_is_of_all_funds(sentences, expected, imported):
    found = figures(imported([*ABOUT, *sentences]))
    assert tuple(found.get(key) for key in BUDGETS) == expected


@pytest.mark.parametrize("base", ["调整预算", "调整后预算", "全年预算"])
@pytest.mark.parametrize(
    ("budget", "expected"), [("公务接待费年初预算4万元。", "4.00"), ("", "5.00")]
)
def test_an_adjusted_budget_that_was_fulfilled_gives_way(base, budget, expected, imported):
    lines = [*ABOUT, f"公务接待费支出2万元，完成{base}5万元的40%。", budget]
    assert figures(imported(lines)).get("接待_本年预算数") == expected


HEADS = ["序号", "指标名称", "指标类型", "计划值", "实际值", "自评分"]


def test_indicators_below_heads_of_other_words(imported):
    row = ["1", "巡河次数", "数量指标", "≤40次", "38次", "10"]
    read = imported([TITLE, "四、绩效指标", [HEADS, row]])
    assert indicators(read) == [("巡河次数", "≤", 40, "次")]


SCORES = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]


@pytest.mark.parametrize(("said", "own"), [("9.5", "9.5"), ("9.58", None)])
def test_a_score_that_the_form_works_out_otherwise_is_told(said, own, imported):
    row = ["产出指标", "时效指标", "按时完工率", "≥96%", "92%", "10", said]
    read = imported([TITLE, "四、绩效指标", [SCORES, row]])
    entered = sample_of(read)[1]["指标"][0].get("自评得分")
    assert (None if entered is None else str(float(entered))) == own
    told = [what for _, what in read.filled.doubts if "报告写的是 9.5" in what]
    assert bool(told) is (own is not None)


def test_totals_of_sorts_are_no_projects_and_are_listed(imported):
    rows = [["项目名称", "决算数"], ["业务工作专项", "20.00"], ["运行维护专项", "5.00"]]
    read = imported([TITLE, "三、项目支出明细", rows])
    assert projects(read) == {}
    assert any("业务工作专项" in one.line.text for one in read.leftovers)


def test_what_was_not_bought_in_a_year_is_nothing(imported):
    read = imported([*ABOUT, "2023年未购置公务用车。"])
    assert figures(read)["公务用车购置费"] in ("0", "0.00")


def test_a_text_about_offices_goes_to_their_field(imported):
    offices = ["（二）机构设置", "我局内设机构7个，下设水管所3个。"]
    others = ["一、部门概况", "（一）主要职责", "管水。", *offices, "（三）人员情况", "有9人。"]
    read = imported([TITLE, *others])
    fields = sample_of(read)[0]
    assert fields["机构设置情况"] == "我局内设机构7个，下设水管所3个。"
    assert "机构性质" not in fields


@pytest.mark.parametrize("said", ["368.71", "12.30"])
def test_a_stated_figure_that_the_form_cannot_work_out_is_listed(said, imported):
    head = ["年度预算申请（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率"]
    row = ["", "年度资金总额", said, said, said, "10", "100%"]
    read = imported([TITLE, "附件2", "部门整体支出绩效自评表", [head, row]])
    told = [what for _, what in read.filled.doubts] + [one.line.text for one in read.leftovers]
    assert any(said in one for one in told)


@pytest.mark.parametrize(("own", "is_told"), [("120.00", True), ("98.00", False)])
def test_a_total_of_all_funds_that_the_form_adds_up_otherwise_is_told(own, is_told, imported):
    parts = "其中基本支出90.00万元，项目支出8.00万元。"
    read = imported([*ABOUT, f"2023年财政资金支出{own}万元，{parts}"])
    assert any(f"财政资金支出{own}" in what for _, what in read.filled.doubts) is is_told
