"""Other units' words for what the form asks: a figure is read by its kind, or it stays blank.

What is asserted is what stands in the workbook that is made, computed cells among it: a default
that fills in for a figure that was not understood is as wrong as one that is typed.
"""

from decimal import Decimal

import pytest
from read_back import listed

from docgen.importing.report import imported_workbook
from workbook.checking.intake import take_in

TITLE = "2023年度某某区水利局部门整体支出绩效自评报告"
BUDGET = ("年初预算", "预算追加", "全年预算")
PEOPLE = ("行政编制", "事业编制", "编制数", "在职人员", "离退休人员")
TRIPS = ("因公出国费", "公务用车费", "公务用车购置费", "公务用车运行费", "公务接待费")
SPENT = ("支出合计", "基本支出", "人员经费", "公用经费", "项目支出")


@pytest.fixture
def filled(imported, tmp_path):
    """The values of the workbook that an import of these lines makes."""

    def read(*lines):
        path = tmp_path / "填报.xlsx"
        path.write_bytes(imported_workbook(imported([TITLE, *lines])))
        return take_in(path).checked.values

    return read


def stated(values, keys):
    """The figures of these fields that are not blank."""
    found = {key: values.fields[key].value for key in keys}
    return {key: f"{one.normalize():f}" for key, one in found.items() if one is not None}


def projects(values):
    keys = ("名称", "金额", "本年预算数", "全年预算数")
    rows = [[row[key].value for key in keys] for row in values.tables["项目"]]
    return [
        tuple(f"{one.normalize():f}" if isinstance(one, Decimal) else one for one in row)
        for row in rows
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "年初预算安排90万元，执行过程中追加10万元，调整后预算100万元。",
        "区财政年初批复我局预算900,000元，当年追加100,000元，全年可用预算指标1,000,000元。",
        "年初部门预算批复90万元，其中基本支出60万元，项目支出30万元；年中调增10万元，调整后100万元。",
        "年初核定部门预算90万元，预算调整增加10万元，调整后总额为100万元。",
        "年初预算90万元。因抗旱资金下达，又追加专项10万元，调整后的全年预算100万元。",
    ],
)
def test_a_budget_is_read_with_what_was_added_and_what_it_came_to(filled, sentence):
    values = filled("一、部门预算情况", sentence)
    assert stated(values, BUDGET) == {"年初预算": "90", "预算追加": "10", "全年预算": "100"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # All funds together are not those that the form asks for, nor what they were adjusted to.
        (
            "年初预算数900万元，其中财政补助90万元；年中调增财政补助10万元，调整后预算数950万元。",
            {"年初预算": "90", "预算追加": "10", "全年预算": "100"},
        ),
        ("防汛项目年中追加10万元，调整后100万元。", {"预算追加": None}),
        ("1.防汛项目。年中追加10万元，调整后100万元。", {"预算追加": None}),
        ("支出比年初预算增加10万元。", {}),
        ("上年追加10万元。", {}),
    ],
)
def test_what_an_item_was_given_is_not_the_units(filled, sentence, expected):
    values = filled("一、部门预算情况", sentence)
    wanted = {key: one for key, one in expected.items() if one is not None}
    assert stated(values, BUDGET) == wanted


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("年初预算90万元，年底另有专项下达10万元。", {"年初预算": "90"}),
        ("年初预算90万元，预算有所调整，调整额10万元。", {"年初预算": "90"}),
        ("年初预算90万元。", {"年初预算": "90", "全年预算": "90"}),
    ],
)
def test_a_default_does_not_stand_on_what_was_not_understood(filled, sentence, expected):
    assert stated(filled("一、部门预算情况", sentence), BUDGET) == expected


@pytest.mark.parametrize(
    ("lines", "keys", "expected"),
    [
        # Nobody can tell what the five are: 编制数 is no 6.
        (["机关行政编制6名，另有参公人员5名。"], PEOPLE, {"行政编制": "6"}),
        # Of no project anything is known: 项目支出 is no 0, and no sum stands on it.
        (["基本支出60万元，专项资金花去40万元。"], SPENT, {"基本支出": "60"}),
        (["人员经费50万元，公用经费10万元。"], SPENT[1:4], {
            "基本支出": "60", "人员经费": "50", "公用经费": "10",
        }),
    ],
)  # fmt: skip
def test_a_sum_is_left_blank_where_a_part_is_not_known(filled, lines, keys, expected):
    assert stated(filled("一、部门概况", *lines), keys) == expected


def test_a_default_that_is_taken_off_is_told_with_what_is_lacking(imported):
    read = imported([TITLE, "一、部门概况", "机关行政编制6名，另有参公人员5名。"])
    assert [line for line in listed(read) if "编制数" in line] == [
        "基本情况!C25:编制数:报告里没有认出这个数,公式算出的 6 缺“事业编制”,没有保留。请按报告填写"
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("在编在职民警8名，聘用辅警4名，退休民警3名。", {"在职人员": "8", "离退休人员": "3"}),
        ("人员编制9人，现有职工8人，另聘用护林员5人。", {"编制数": "9", "在职人员": "8"}),
        ("区编委核定我局人员编制9名，实际在岗8人。", {"编制数": "9", "在职人员": "8"}),
        ("全局编制9名，实有在编干部职工8人；退休干部3人。", {
            "编制数": "9", "在职人员": "8", "离退休人员": "3",
        }),
        ("机构编制部门核定编制9名。", {"编制数": "9"}),
        ("所属企业4家，职工共计236人。", {}),
        ("全年退休3人，新进2人。", {}),
        ("聘用人员5名，公益性岗位3名。", {}),
    ],
)  # fmt: skip
def test_people_are_read_by_what_units_call_them(filled, sentence, expected):
    assert stated(filled("一、部门概况", sentence), PEOPLE) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全年无因公出国（境）事项，也未购置车辆。", {"因公出国费": "0", "公务用车购置费": "0"}),
        ("公务接待费和因公出国（境）费均为零。", {"因公出国费": "0", "公务接待费": "0"}),
        ("没有公务用车，没有出国经费。", {"因公出国费": "0", "公务用车费": "0"}),
        ("本年度未发生公务接待费。", {"公务接待费": "0"}),
        ("2023年，无出国（境）和购车支出。", {"因公出国费": "0", "公务用车购置费": "0"}),
        ("因公出国（境）费用、公务接待费均未发生。", {"因公出国费": "0", "公务接待费": "0"}),
        ("公务接待费3万元，较上年4万元下降25%，没有公务用车。", {
            "公务接待费": "3", "公务用车费": "0",
        }),
        ("上年无因公出国（境）。", {}),
        ("上年度，公务接待费为零。", {}),
        ("2022年未购置公务用车。", {}),
        ("未发生公务接待费超标准情况。", {}),
        ("未安排因公出国（境）预算。", {}),
        ("没有违规公务接待。", {}),
        ("下属水利站没有公务用车。", {}),
        ("没有公务用车租赁费。", {}),
    ],
)  # fmt: skip
def test_what_words_say_is_nothing_is_a_0(filled, sentence, expected):
    assert stated(filled("一、“三公”经费情况", sentence), TRIPS) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("基本支出60万元由人员经费50万元和公用经费10万元构成。", ("50", "10")),
        ("基本支出里人员支出50万元，商品服务等日常公用支出10万元。", ("50", "10")),
        ("其中，用于工资福利的人员经费50万元，用于机关运转的公用经费10万元。", ("50", "10")),
        ("项目支出里人员经费50万元，公用经费10万元。", (None, None)),
        ("用于防汛的人员补助经费50万元。", (None, None)),
    ],
)
def test_parts_are_read_behind_the_words_that_lead_to_them(filled, sentence, expected):
    values = filled("一、基本支出情况", sentence)
    found = stated(values, ("人员经费", "公用经费"))
    assert (found.get("人员经费"), found.get("公用经费")) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "防汛工程进展顺利，本年支出9万元。",
        "堤防改造已完工，全年支出9万元。",
        "饮水项目按期推进，当年支出9万元。",
        "渠道修缮基本完成，本年支出9万元。",
        "排涝专项正在实施，全年支出9万元。",
    ],
)
def test_what_works_cost_is_not_what_the_unit_spent(filled, sentence):
    assert stated(filled("一、概况", sentence), ("支出合计",)) == {}


def test_all_of_it_may_be_of_one_sort(filled):
    values = filled("一、“三公”经费", "“三公”经费年初预算9万元，实际支出6万元，全部为公务接待费。")
    assert stated(values, ("三公经费", "公务接待费")) == {"三公经费": "6", "公务接待费": "6"}


def test_numbered_paragraphs_are_projects_with_what_is_plainly_said_of_them(filled):
    values = filled(
        "一、项目实施情况",
        "（一）北渠水库除险加固。工程总投资86万元，工程进展顺利，本年支出52万元。",
        "（二）山塘清淤。计划清淤15口，预算40万元，本年支出37.8万元，累计支出70万元。",
        "（三）抗旱应急打井。年中追加20万元，打井4眼，支出18.3万元，其中钻探支出9万元。",
        "（四）水库管护。巡查若干次。",
    )
    assert projects(values) == [
        ("北渠水库除险加固", "52", None, None),
        ("山塘清淤", "37.8", None, "40"),
        ("抗旱应急打井", "18.3", None, None),
        ("水库管护", None, None, None),
    ]
    assert stated(values, ("项目支出", "支出合计")) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "项目支出30万元。其中：防火专项支出12万元，年初安排10万元；造林补助支出18万元。",
        "全年专项支出30万元。一是防火专项12万元，年初预算10万元；二是造林补助18万元，其中苗木5万元。",
        "项目支出300,000元。一是防火专项120,000元，年初安排100,000元；二是造林补助180,000元。",
    ],
)
def test_a_list_in_one_sentence_is_read_where_it_comes_to_the_total(filled, sentence):
    values = filled("一、收支情况", sentence)
    assert projects(values) == [("防火专项", "12", "10", None), ("造林补助", "18", None, None)]


@pytest.mark.parametrize(
    "sentence",
    [
        "项目支出40万元。其中：防火专项支出12万元；造林补助支出18万元。",  # what of the rest?
        "购置水泵支出12万元，护林员补助支出18万元。",
        "一是节约资金12万元；二是带动投资18万元。",
    ],
)
def test_a_list_that_comes_to_no_total_is_none(filled, sentence):
    assert projects(filled("一、收支情况", sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("某某区水利局是参照公务员法管理的事业单位。", "参照公务员法管理的事业单位"),
        ("水利局始建于1978年，是防汛单位，属差额拨款公益二类事业单位。", "公益二类事业单位"),
        ("我局为区政府下属公益一类科研事业单位。", "公益一类事业单位"),
        ("本单位系公益一类事业单位，正科级。", "公益一类事业单位"),
        ("区水利局属于公益二类事业单位。", "公益二类事业单位"),
        ("所属水利站是公益一类事业单位。", None),
        ("某某区水利局下设公益一类事业单位2个。", None),
        ("某某区文化馆是公益一类事业单位。", None),
        ("我局为主管部门，下辖水利站为公益一类事业单位。", None),
    ],
)
def test_the_sort_of_the_unit_is_read_from_a_sentence_about_it(filled, sentence, expected):
    assert filled("一、单位概况", sentence).fields["单位类型"].value == expected


def test_a_sum_of_rounded_parts_is_left_to_the_clerk(filled):
    values = filled("一、支出情况", "基本支出44,444.44元，项目支出44,444.44元。")
    assert stated(values, ("支出合计",)) == {}


@pytest.mark.parametrize(
    "fiscal", ["一般公共预算拨款", "一般公共预算财政拨款", "一般公共预算", "财政补助"]
)
def test_the_budget_is_the_fiscal_part_of_all_funds(filled, fiscal):
    values = filled(
        "一、部门预算情况", f"年初批复预算900,000元，其中{fiscal}800,000元，其他资金100,000元。"
    )
    assert stated(values, BUDGET[:1]) == {"年初预算": "80"}


def test_a_fund_that_is_not_of_the_treasury_is_not_the_budget(filled):
    values = filled("一、部门预算情况", "年初批复预算90万元，其中其他资金10万元。")
    assert stated(values, BUDGET[:1]) == {"年初预算": "90"}


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (["防汛专项支出9万元，年初预算也是9万元。"], [("防汛专项", "9", "9", None)]),
        (
            [
                "1.防汛专项，年初未安排，全年预算9万元，执行8万元。",
                "2.绿化专项，年初安排6万元，年中增加3万元，全年9万元，支出7万元。",
            ],
            [("防汛专项", "8", "0", "9"), ("绿化专项", "7", "6", "9")],
        ),
        (
            ["防汛专项年初没有安排，支出8万元；绿化专项年初批复7万元，支出7万元。"],
            [("防汛专项", "8", "0", None), ("绿化专项", "7", "7", None)],
        ),
        # What stands behind the last amount of an item is not the next one's.
        (
            ["防汛专项支出8万元，年初未安排；绿化专项支出7万元，年初预算7万元。"],
            [("防汛专项", "8", None, None), ("绿化专项", "7", "7", None)],
        ),
        (
            ["项目支出为：防汛专项9万元，绿化专项8万元，养护补助7万元。"],
            [
                ("防汛专项", "9", None, None), ("绿化专项", "8", None, None),
                ("养护补助", "7", None, None),
            ],
        ),
        # Names may begin with the word budget.
        (["预算绩效管理专项支出9万元，年初预算9万元。"], [("预算绩效管理专项", "9", "9", None)]),
    ],
)  # fmt: skip
def test_words_of_time_and_of_budgets_name_no_project(filled, sentences, expected):
    values = filled("二、一般公共预算支出情况", "（二）项目支出情况", *sentences)
    assert [row for row in projects(values) if row[0]] == expected


@pytest.mark.parametrize(
    ("lines", "keys", "expected"),
    [
        # More for projects than there is: what is left for the rest cannot be negative.
        (
            [
                "一、部门预算情况",
                "年初预算90万元，全年预算90万元。",
                "二、一般公共预算支出情况",
                "（二）项目支出情况",
                "防汛专项年初预算30万元，全年预算130万元，支出29万元。",
            ],
            ("总额_基本_年初预算数", "总额_基本_全年预算数"),
            {"总额_基本_年初预算数": "60"},
        ),
        # The income of other funds is another than their budget.
        (
            [
                "一、部门预算情况",
                "其他资金全年预算数60万元。本年收入合计100万元，其中其他收入56万元。",
            ],
            ("其他资金_全年预算数", "其他资金_本年收入"),
            {"其他资金_全年预算数": "60"},
        ),
        (
            ["一、部门预算情况", "其他资金全年预算数60万元。"],
            ("其他资金_全年预算数", "其他资金_本年收入"),
            {"其他资金_全年预算数": "60", "其他资金_本年收入": "60"},
        ),
    ],
)
def test_a_default_of_parts_or_of_a_budget_does_not_stand_for_what_is_said(
    filled, lines, keys, expected
):
    assert stated(filled(*lines), keys) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "年初一般公共预算90万元。执行中一般公共预算追加10万元，调整为100万元。",
        "年初预算90万元。年中一般公共预算追加10万元，一般公共预算全年数调整为100万元。",
        "年初，区财政批复我局预算90万元，全部是一般公共预算拨款。追加预算10万元，调整后全年预算为100万元。",
    ],
)
def test_the_general_budget_is_read_by_its_own_name(filled, sentence):
    values = filled("一、部门预算情况", sentence)
    assert stated(values, BUDGET) == {"年初预算": "90", "预算追加": "10", "全年预算": "100"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # Whether the 5 are last year's budget or outturn nobody can tell.
        ("“三公”经费合计3万元，预算4万元，上年5万元。", {
            "三公经费": "3", "三公经费预算": "4",
        }),
        ("公务接待费3万元，“三公”经费合计3万元，预算4万元。", {
            "三公经费": "3", "公务接待费": "3", "三公经费预算": "4",
        }),
        ("“三公”经费支出3万元，为预算4万元的75%。", {"三公经费": "3", "三公经费预算": "4"}),
        ("政府采购预算80万元，实际采购78万元。", {"采购_本年决算数": "78"}),
        # Of both together, or of another clause: nobody can tell.
        ("“三公”经费3万元，会议费2万元，预算6万元。", {"三公经费": "3"}),
        ("“三公”经费3万元；预算4万元。", {"三公经费": "3"}),
    ],
)  # fmt: skip
def test_a_budget_without_a_name_is_of_the_only_sum_before_it(filled, sentence, expected):
    keys = (
        "三公经费", "公务接待费", "三公经费预算", "三公_上年决算数",
        "采购_本年预算数", "采购_本年决算数",
    )  # fmt: skip
    assert stated(filled("三、其他情况", sentence), keys) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("在职人员57人，退休人员24人，没有离休人员。", {"在职人员": "57", "离退休人员": "24"}),
        ("在职人员57人，离休2人，退休24人。", {"在职人员": "57"}),
        ("在职人员57人，比上年少2人，退休2人。", {"在职人员": "57"}),
    ],
)
def test_the_retired_are_all_where_nobody_is_of_the_other_sort(filled, sentence, expected):
    assert stated(filled("一、部门概况", sentence), PEOPLE) == expected
