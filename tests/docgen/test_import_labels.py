"""Names of the unit, dates and people beside their labels, in titles and in signatures."""

from datetime import date

import pytest
from read_back import sample_of

TITLE = "2023年度某某区水利局部门整体支出绩效自评报告"


def texts(read):
    """The fields that are no figures."""
    fields, _ = sample_of(read)
    return {key: one for key, one in fields.items() if isinstance(one, str | date)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("填报单位：某某区水利局", {"单位名称": "某某区水利局"}),
        ("部门（单位）名称：某某区水利局", {"单位名称": "某某区水利局"}),
        (
            "填报单位（盖章）：某某区水利局    填报日期：2024年3月5日",
            {"单位名称": "某某区水利局", "填报日期": date(2024, 3, 5)},
        ),
        (
            "填表人：甲某 联系电话：0731-1234567 单位负责人：乙某",
            {"填表人": "甲某", "联系电话": "0731-1234567", "单位负责人": "乙某"},
        ),
        ("报告日期：2024年3月5日", {"成文日期": date(2024, 3, 5)}),
        ("填报单位：见附件", {}),
        ("填报单位：某某区水利局：下属各站", {}),
        ([["联系人", "甲某", "联络电话", "0731-1234567"]], {"联系电话": "0731-1234567"}),
        ([["单位名称", "编制数"], ["某某站", "12"]], {}),
    ],
)
def test_a_value_is_known_by_the_name_beside_it(line, expected, imported):
    read = imported([TITLE, "一、部门概况", line])
    made = texts(read)
    made.pop("单位简称", None)
    assert made == expected


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("沅东县林业局2023年度部门整体支出绩效评价自评报告", "沅东县林业局"),
        ("2023年度沅东县林业局部门整体绩效评价自评情况报告", "沅东县林业局"),
        ("沅东县2023年度部门整体支出绩效评价自评报告", None),
        ("2023年农村公路养护项目绩效评价自评报告", None),
    ],
)
def test_a_unit_is_read_from_a_title_in_no_known_wording(title, unit, imported):
    assert texts(imported([title, "一、部门概况"])).get("单位简称") == unit


def test_the_one_date_that_stands_alone_is_the_reports_and_above_it_is_the_unit(imported):
    lines = [TITLE, "一、其他事项", "无。", "某某市某某区水利局", "2024年4月18日"]
    made = texts(imported(lines))
    assert (made["成文日期"], made["单位名称"]) == (date(2024, 4, 18), "某某市某某区水利局")
    twice = texts(imported([*lines, "附件", "2024年3月1日"]))
    assert twice["单位名称"] == "某某市某某区水利局"
