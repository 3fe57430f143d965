"""A town with several funds: its accounts tie, and text, 附件1 and 附件2 say the same."""

from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

import pytest
from docx import Document
from loaded import load_workbook

from docgen.report.report import make_report
from workbook.checking.intake import take_in
from workbook.checking.kinds import find_kind
from workbook.making.build import build_workbook

# 全年预算: 1,300.00 + 120.00 + 580.00; 全年执行: 910.00 + 1,040.00, and 50.00 is left.
TYPED = {
    "年初预算": 1300,
    "预算追加": None,
    "基金_全年预算数": 120,
    "其他资金_全年预算数": 580,
    "人员经费": 800,
    "公用经费": 110,
    "公用_本年预算数": 110,
    "年末结转": 50,
}
LARGE = 970.25 + 33.72  # the project that takes what the others leave of 1,040.00


@pytest.fixture
def town(sample_file):
    """The sample with the town's accounts typed into it, as a program leaves it: uncalculated."""
    book = load_workbook(sample_file)
    for key, value in TYPED.items():
        sheet, address = book.defined_names[key].attr_text.replace("'", "").split("!")
        book[sheet][address.replace("$", "")] = value
    projects = book["项目支出"]
    projects["C9"] = projects["G9"] = projects["F9"] = round(LARGE, 2)
    book.save(sample_file)
    return take_in(sample_file)


def test_its_accounts_tie(town):
    errors = [str(one) for one in town.checked.findings if one.severity == "error"]
    assert errors == []
    values = {key: entry.value for key, entry in town.checked.values.fields.items()}
    wanted = {
        "总额_全年预算数": "2000.00",
        "收入合计": "2000.00",
        "支出合计": "1950.00",
        "基本支出": "910.00",
        "项目支出": "1040.00",
        "年末结转": "50.00",
        "自评执行数": "1950.00",
        "执行率": "97.50",
    }
    assert {key: str(values[key]) for key in wanted} == wanted
    own = town.checked.values.fields["财政拨款支出"]
    assert (own.value, own.is_absent) == (None, True)  # nobody said which fund paid for what


def test_its_report_says_so_in_text_and_annexes(town, tmp_path):
    document = Document(str(make_report(town, tmp_path / "报告.docx").path))
    text = [paragraph.text for paragraph in document.paragraphs]
    assert (
        "3.2022年度单位各项资金收入合计2000.00万元，其中：一般公共预算1300.00万元，政府性基金120.00万元，"
        "其他资金580.00万元。支出合计1950.00万元，年末结转和结余50.00万元。" in text
    )
    assert "2022年度政府性基金预算拨款全年预算120.00万元。" in text
    first, second = ([[c.text for c in r.cells] for r in t.rows] for t in document.tables[:2])
    totals = [row for row in first if row[0] in ("收入、支出合计", "年末结转和结余")]
    assert [list(dict.fromkeys(row)) for row in totals] == [
        ["收入、支出合计", "2000.00", "1950.00"],
        ["年末结转和结余", "50.00"],
    ]
    lines = [list(dict.fromkeys(row)) for row in second[1:9]]
    assert lines[0][1:5] == ["", "年初预算数", "全年预算数", "全年执行数\n（按支出）"]
    assert lines[1][1:] == ["年度资金总额", "1300.00", "2000.00", "1950.00", "10", "97.50%", "9.75"]
    assert [line[1:] for line in lines[2:7]] == [
        ["按收入性质分（全年预算数）：", "按支出性质分（全年执行数）："],
        ["其中：一般公共预算：1300.00", "其中：基本支出：910.00"],
        ["　　　政府性基金拨款：120.00", "　　　项目支出：1040.00"],
        ["　　　国有资本经营预算拨款：0.00", "　　　结余分配：0.00"],
        ["　　　纳入专户管理的非税收入拨款：0.00", "　　　年末结转和结余：50.00"],
    ]


@pytest.mark.parametrize(
    ("left", "ties"),
    [(100, True), (None, False), (99, False)],
    ids=["all", "nothing", "too little"],
)
def test_a_fund_beside_the_first_can_be_entered(left, ties, sample_file):
    """The sample with a fund of 100.00, taken in and spent, which leaves 100.00 of the first."""
    kind = find_kind("department")
    fields = dict(kind.sample.fields) | {
        "基金_全年预算数": Decimal("100.00"),
        "基金_全年执行数": Decimal("100.00"),
    }
    fields |= {} if left is None else {"年末结转": Decimal(left)}
    reason = {"三级指标": "预算完成率", "扣分原因": "资金下达较晚,结转下年使用。"}
    scores = {"评分": (reason, *kind.sample.tables["评分"])}
    sample = replace(kind.sample, fields=fields, tables={**kind.sample.tables, **scores})
    build_workbook(kind.form, kind.rules, sample).save(sample_file)
    rules = {one.rule for one in take_in(sample_file).checked.findings if one.severity == "error"}
    assert rules == (set() if ties else {"收支平衡"})


# what a town's final accounts list: income besides the budget's, balances, three more expenses;
# its published totals are 0.01 more than their rounded parts

PROJECTS = {
    "村级运转经费": "812.40",
    "农村人居环境整治": "655.17",
    "民政和社会救助": "430.09",
    "农林水专项": "1288.50",
    "移民后期扶持": "216.00",
}
ACCOUNTS = {
    "年初预算": "3820.00",
    "预算追加": "395.38",
    "基金_年初预算数": "600.00",
    "基金_全年预算数": "1086.90",
    "国资_全年预算数": "12.00",
    "其他资金_年初预算数": "200.00",
    "其他资金_全年预算数": "305.25",
    "经营收入": "36.50",
    "其他收入": "268.75",
    "收入合计": "5619.54",
    "年初结转": "312.46",
    "使用非财政拨款结余": "8.20",
    "人员经费": "1876.41",
    "公用经费": "272.36",
    "公用_本年预算数": "272.36",
    "经营支出": "31.20",
    "支出合计": "5582.14",
    "结余分配": "5.30",
    "年末结转": "352.76",
    "总额_其他_年初预算数": "20.00",
    "总额_其他_全年预算数": "31.20",
}


def with_accounts(kind, **more):
    """The sample with these accounts and projects, each project with the first one's indicators."""
    tables, first = dict(kind.sample.tables), kind.sample.tables["项目指标"][0]["项目名称"]
    names = accumulate(
        (row.get("项目名称") for row in tables["项目指标"]), lambda above, own: own or above
    )
    indicators = [row for row, name in zip(tables["项目指标"], names, strict=True) if name == first]
    tables["项目指标"] = tuple(row | {"项目名称": name} for name in PROJECTS for row in indicators)
    tables["项目"] = tuple(
        {
            "名称": name,
            "金额": Decimal(amount),
            "本年预算数": Decimal(amount),
            "全年预算数": Decimal(amount),
            "预期目标": "按年度计划完成。",
            "实际完成情况": "全部完成。",
        }
        for name, amount in PROJECTS.items()
    )
    reason = {"三级指标": "预算完成率", "扣分原因": "部分资金结转下年使用。"}
    tables["评分"] = (reason, *tables["评分"])
    typed = {key: Decimal(value) for key, value in (ACCOUNTS | more).items()}
    return replace(kind.sample, fields=kind.sample.fields | typed, tables=tables)


@pytest.fixture
def full_town(tmp_path):
    kind = find_kind("department")
    build_workbook(kind.form, kind.rules, with_accounts(kind)).save(tmp_path / "填报.xlsx")
    return take_in(tmp_path / "填报.xlsx")


def test_accounts_with_all_that_a_town_may_have_tie(full_town):
    found = full_town.checked.findings
    assert [str(one) for one in found if one.severity == "error"] == []
    assert {one.rule for one in found if one.severity == "hint"} == {
        "收入合计构成",
        "支出合计构成",
    }  # what follows from them, 收支平衡, is folded under them


@pytest.mark.parametrize("key", ["使用非财政拨款结余", "经营支出", "其他收入", "结余分配"])
def test_none_of_it_may_be_wrong(key, tmp_path):
    kind = find_kind("department")
    wrong = with_accounts(kind, **{key: str(Decimal(ACCOUNTS[key]) + 1)})
    build_workbook(kind.form, kind.rules, wrong).save(tmp_path / "填报.xlsx")
    found = take_in(tmp_path / "填报.xlsx").checked.findings
    assert [one.severity for one in found if one.severity == "error"] != []


def test_text_and_annexes_say_all_of_it(full_town, tmp_path):
    document = Document(str(make_report(full_town, tmp_path / "报告.docx").path))
    text = [paragraph.text for paragraph in document.paragraphs]
    assert (
        "3.2022年度单位各项资金收入合计5619.54万元，其中：一般公共预算4215.38万元，"
        "政府性基金1086.90万元，国有资本经营预算12.00万元，其他资金305.25万元；"
        "年初结转和结余312.46万元，使用非财政拨款结余8.20万元。"
        "其他资金中，经营收入36.50万元，其他收入268.75万元。"
        "支出合计5582.14万元，结余分配5.30万元，年末结转和结余352.76万元。" in text
    )
    assert (
        "其中：项目支出3402.16万元，经营支出31.20万元，基本支出2148.77万元，"
        "其中：人员经费1876.41万元，公用经费272.36万元。" in text
    )
    first, second = ([[c.text for c in r.cells] for r in t.rows] for t in document.tables[:2])
    accounts = [list(dict.fromkeys(row)) for row in first]
    start = accounts.index(["全年收支情况", "全年预算数", "本年收入", "本年支出"])
    assert accounts[start + 1 : start + 11] == [
        ["收入、支出合计", "5619.53", "5619.54", "5582.14"],
        ["　其中：一般公共预算", "4215.38", "—"],
        ["　　　政府性基金拨款", "1086.90", "—"],
        ["　　　国有资本经营预算拨款", "12.00", "—"],
        ["　　　其他资金", "305.25", "—"],
        ["年初结转和结余", "312.46"],
        ["使用非财政拨款结余", "8.20"],
        ["经营支出", "31.20"],
        ["结余分配", "5.30"],
        ["年末结转和结余", "352.76"],
    ]
    halves = [list(dict.fromkeys(row))[1:] for row in second[2:12]]
    assert halves == [
        ["年度资金总额", "4620.00", "5619.53", "5582.14", "10", "99.33%", "9.93"],
        ["按收入性质分（全年预算数）：", "按支出性质分（全年执行数）："],
        ["其中：一般公共预算：4215.38", "其中：基本支出：2148.77"],
        ["　　　政府性基金拨款：1086.90", "　　　项目支出：3402.16"],
        ["　　　国有资本经营预算拨款：12.00", "　　　结余分配：5.30"],
        ["　　　纳入专户管理的非税收入拨款：0.00", "　　　年末结转和结余：352.76"],
        ["　　　其他资金：305.25", ""],
        ["　　　年初结转和结余：312.46", ""],
        ["　　　使用非财政拨款结余：8.20", ""],
        ["", "　　　经营支出：31.20"],
    ]
