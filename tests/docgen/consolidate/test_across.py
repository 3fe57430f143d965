"""Rules across units: a bureau's own figures against its units', transfers from both sides."""

import pytest

from docgen.consolidate.across import Result
from docgen.consolidate.totals import Asked, totalled
from workbook.checking.data_files import KindError

RULES = """
[[rule]]
id = "上缴相符"
claim = "附属上缴 == sum(下级.上缴)"
source = "部门决算"

[[rule]]
id = "结余之和"
claim = "结余 == sum(下级.结余)"
tolerance = "rounding"

[[rule]]
id = "下级不大于本级"
each = "下级"
claim = "支出 <= 10"
severity = "warning"
message = "{{ 单位名称 }}支出 {{ 支出 }}"

[[rule]]
id = "全部下级"
claim = "收入 >= count(全部下级) + sum(拨出.金额)"

[[transfer]]
id = "拨付"
paid = { table = "拨出", unit = "收款单位", amount = "金额" }
received = { table = "收到", unit = "付款单位", amount = "金额" }
"""


@pytest.fixture
def told(ledger, units, kinds, tmp_path):
    """What rules in a file of the bureau's own say, by rule and unit."""

    def _told(text):
        path = tmp_path / "汇总规则.toml"
        path.write_text(text, encoding="utf-8")
        totals = totalled(ledger, Asked(units, kinds, rules=path))
        found = {}
        for one in totals.told:
            found.setdefault((one.rule, one.unit), []).append(one)
        return found, totals

    return _told


def test_a_bureaus_figure_is_the_sum_of_its_units_where_all_of_them_are_in(told):
    found, totals = told(RULES)

    def results(rule):
        return {unit: [one.result for one in those] for (id_, unit), those in found.items()
                if id_ == rule}  # fmt: skip

    lacking = "没有核对:乙二、乙三没有计入"
    assert results("上缴相符") == {
        "市局": [Result.TIES], "甲县": [Result.TIES], "乙县": [Result.UNCHECKED],
    }  # fmt: skip
    assert found["上缴相符", "乙县"][0].what == lacking
    assert results("结余之和") == {
        "市局": [Result.TIES], "甲县": [Result.FAILS], "乙县": [Result.UNCHECKED],
    }  # fmt: skip
    (fault,) = found["结余之和", "甲县"]
    assert fault.where == "甲县.xlsx"
    assert fault.what.startswith("结余 10.00 ≠ 下级 2 行结余合计 = 1.05,差 8.95")
    assert fault.todo == "请核对本单位的数和各下级单位的数"
    assert results("下级不大于本级")["甲县"] == [Result.TIES, Result.TIES]
    assert [one.what for one in found["下级不大于本级", "市局"]] == [
        "甲县支出 40.00", "乙县支出 30.00",
    ]  # fmt: skip
    assert results("全部下级")["市局"] == [Result.UNCHECKED]
    assert results("全部下级")["甲县"] == [Result.TIES]
    assert len(totals.faults) == 3  # the warnings are none


def test_a_transfer_is_told_by_both_sides_or_not_held_against_anybody(told):
    found, _ = told(RULES)
    assert [(one.result, one.what) for (rule, unit), those in found.items() for one in those
            if rule == "拨付" and unit == "市局"] == [
        (Result.TIES, "拨给甲县 20.00,甲县也收到 20.00"),
        (Result.FAILS, "拨给乙县 10.00,乙县收到 (没有填),差 10.00"),
    ]  # fmt: skip
    ties, fails = found["拨付", "甲县"]
    assert (ties.result, ties.what) == (Result.TIES, "拨给甲一 5.00,甲一也收到 5.00")
    assert str(fails) == (
        "甲县.xlsx 拨出第 2 行、甲二.xlsx 收到第 1 行 甲县:拨给甲二 4.00,甲二收到 3.00,差 1.00。"
        "请两家对账,核对金额和对方单位(规则「拨付」)"
    )
    assert [(one.result, one.where, one.what) for one in found["拨付", "乙县"]] == [
        (Result.UNCHECKED, "乙县.xlsx 拨出第 1 行", "收款单位「乙二」没有计入,这笔 1.00 没有核对"),
        (Result.UNCHECKED, "乙县.xlsx 拨出第 2 行",
         "收款单位「某公司」不在这一批里,这笔 2.00 没有核对"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[[rule]]\nid = "甲"\nclaim = "支 == sum(下级.支出)"', "规则「甲」:表单里没有「支」"),
        (
            '[[rule]]\nid = "甲"\nclaim = "支出 == sum(下级.花的)"',
            "表「下级」没有数字或文字列「花的」",
        ),
        ('[[rule]]\nid = "甲"\nclaim = "支出"', "要是一个能判断对错的式子"),
        ('[[rule]]\nid = "甲"', "claim"),
        ('[[rules]]\nid = "甲"', "rules"),
        ('[[rule]\nid = "甲"', "第 1 行"),
        (
            RULES.replace('unit = "收款单位"', 'unit = "谁"'),
            "往来「拨付」:表「拨出」里没有列「谁」",
        ),
        (RULES.replace('table = "收到"', 'table = "收"'), "的表单里没有表「收」"),
    ],
)
def test_a_rule_that_cannot_be_read_is_told_with_its_file(told, text, fault):
    with pytest.raises(KindError) as told_of:
        told(text)
    (line,) = told_of.value.faults
    assert "汇总规则.toml:" in line
    assert fault in line


def test_without_a_list_nobody_stands_above_anybody(ledger, kinds, tmp_path):
    from docgen.batch.units import Units

    path = tmp_path / "汇总规则.toml"
    path.write_text(RULES, encoding="utf-8")
    totals = totalled(ledger, Asked(Units(()), kinds, rules=path))
    unheld = [one for one in totals.told if one.rule != "拨付"]
    assert {(one.result, one.what) for one in unheld} == {
        (Result.UNCHECKED, "没有核对:没有名单(--units),不知道谁在谁的下面"),
    }  # fmt: skip
    assert len(unheld) == 4


def test_a_rule_on_a_kind_that_nobody_has_is_not_passed_over(told):
    found, _ = told(RULES.replace('id = "上缴相符"', 'id = "上缴相符"\nkind = "局表"'))
    (one,) = found["上缴相符", ""]
    assert (one.result, one.what) == (Result.UNCHECKED, "没有核对:没有计入合计的「局表」")
    found, _ = told(RULES.replace('id = "上缴相符"', 'id = "上缴相符"\nbelow = "局表"'))
    assert found["上缴相符", ""][0].what == "没有核对:没有计入合计的「局表 2025」"
