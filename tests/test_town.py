"""A town with several funds: its accounts tie, and text, 附件1 and 附件2 say the same."""

from dataclasses import replace
from decimal import Decimal

import pytest
from docx import Document
from openpyxl import load_workbook

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
