"""A budget of all funds together is never taken for that of the general public budget."""

import pytest
from test_import_by_meaning import TITLE, figures

READS = {
    "年初预算86万元，其中一般公共预算71万元，其他资金15万元；全年预算94万元。": {
        "年初预算": "71.00",
        "其他资金_年初预算数": "15.00",
    },
    "年初预算86万元，其中：一般公共预算拨款71万元，政府性基金15万元。调整后预算94万元。": {
        "年初预算": "71.00",
        "基金_年初预算数": "15.00",
    },
    "2023年全年预算94万元，其中一般公共预算财政拨款79万元，其他资金15万元；年初预算86万元。": {
        "全年预算": "79.00",
        "其他资金_全年预算数": "15.00",
    },
    "年初部门预算86万元，其中财政拨款71万元、事业收入15万元。年中追加预算8万元，全年预算94万元。": {
        "年初预算": "71.00",
    },
    "2023年年初预算86万元，全年预算94万元，其中一般公共预算79万元，单位资金15万元。": {
        "全年预算": "79.00",
    },
}


@pytest.mark.parametrize("text", READS)
def test_what_all_funds_have_is_not_of_one(imported, text):
    assert figures(imported([TITLE, "一、部门概况", "（一）部门基本情况", text])) == READS[text]
