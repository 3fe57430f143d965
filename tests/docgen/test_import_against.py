"""What a report states otherwise than the form works it out, and budgets of several funds."""

import pytest
from test_import_by_meaning import TITLE, figures

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


def test_a_budget_of_several_funds_is_not_the_general_one(imported):
    sentence = (
        "调整后预算收入99万元，实际收入99万元，其中一般公共预算财政拨款90万元、"
        "政府性基金预算财政拨款9万元。"
    )
    assert "全年预算" not in figures(imported([*ABOUT, sentence])).keys() - {"formula"} or (
        figures(imported([*ABOUT, sentence]))["全年预算"] == "formula"
    )
