"""Indicators whose target is words: the aim, the grade that was reached and the own score."""

from pathlib import Path

import pytest
from read_back import listed, sample_of

from workbook.checking.kinds import load_kind
from workbook.stated.tables.targets import attained, is_worded

TITLE = "2023年度某某区水利局项目支出绩效自评表"
HEAD = ["二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
WORDS = ("达成年度指标", "部分达成年度指标并具有一定效果", "未达成年度指标且效果较差")
DONE, PARTLY, _ = WORDS
ASKED = ("指标性质", "年度指标值", "定性目标", "实际完成值", "完成等次", "自评得分")


@pytest.fixture(scope="module")
def project():
    return load_kind(Path(__file__).parents[2] / "templates" / "project")


def only_row(read):
    (row,) = sample_of(read)[1]["项目指标"]
    return {key: row[key] if key in WORDS else str(row[key]) for key in ASKED if key in row}


@pytest.mark.parametrize(
    ("target", "actual", "aim", "grade"),
    [
        ("保持稳定", "达成年度指标", "保持稳定", DONE),
        ("长期", "达成预期指标", "长期", DONE),
        ("逐步提升", "部分达成预期指标并具有一定效果", "逐步提升", PARTLY),
        ("≥良好", "完成", "≥良好", DONE),
        ("有所改善", "有所改善", "有所改善", DONE),
        ("2023年12月底前", "按时完成", "2023年12月底前", DONE),
        ("明显改善", "绿化补植中", "明显改善", None),
    ],
)
def test_a_target_in_words_is_an_aim_with_its_grade(target, actual, aim, grade, imported, project):
    read = imported(
        [TITLE, [HEAD, ["社会效益指标", "出行条件", target, actual, "10", "9"]]], kind=project
    )
    row = only_row(read)
    assert row == {"指标性质": "定性", "定性目标": aim, "自评得分": "9.00"} | (
        {"完成等次": grade} if grade else {}
    )
    assert ("“绿化补植中”没有对应的完成等次,没有采用" in "".join(listed(read))) is (grade is None)
    assert "不是数字" not in "".join(listed(read))


def test_a_sign_before_an_aim_is_a_part_of_it(imported, project):
    head = ["二级指标", "三级指标", "指标性质", "年度指标值", "度量单位", "实际完成值"]
    read = imported(
        [TITLE, [head, ["社会效益指标", "评价", "≥", "良好", "/", "达标"]]], kind=project
    )
    assert only_row(read) == {"指标性质": "定性", "定性目标": "≥良好", "完成等次": DONE}


def test_a_target_with_a_figure_that_is_not_plain_is_no_aim(imported, project):
    read = imported(
        [TITLE, [HEAD, ["数量指标", "渠道", "5处或6处", "5处", "10", "10"]]], kind=project
    )
    assert only_row(read) == {"实际完成值": "5"}
    assert "年度指标值:「5处或6处」" in "".join(listed(read))


def test_a_weight_and_a_percentage_by_other_words(imported, project):
    head = ["二级指标", "三级指标", "指标值", "完成值", "权重"]
    read = imported(
        [TITLE, [head, ["质量指标", "合格情况", "≥98百分比", "99%", "10"]]], kind=project
    )
    (row,) = sample_of(read)[1]["项目指标"]
    kept = ("指标性质", "年度指标值", "度量单位", "实际完成值", "分值")
    assert [str(row[key]) for key in kept] == ["≥", "98", "%", "99", "10"]


def test_words_are_graded_by_what_they_begin_with():
    assert attained("达成预期目标", WORDS) == DONE
    assert attained("未完成", WORDS) == WORDS[2]
    assert attained("良好", WORDS) == ""
    assert attained("达成", ("优", "良")) == ""
    assert [is_worded(one) for one in ("长期", "≥5处", "5处或6处", "/", "无", "11月底前")] == [
        True, False, False, False, False, True,
    ]  # fmt: skip
