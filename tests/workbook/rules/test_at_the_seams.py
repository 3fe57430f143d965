"""What rules, and the expressions in them, do at the ends of what they allow."""

import pytest
from msgspec.structs import replace
from small import check_of, details, form_of, lines, money, rule, rules_of, snapshot_of, text

from workbook.checking.check import check
from workbook.entries.read import read
from workbook.language.parsing import parse, proposed
from workbook.rules.computing import own_typed
from workbook.rules.prepare_computed import form_scope, prepare_computed

FORM = form_of(
    money("甲"),
    money("乙"),
    tables=[details(text("名称"), money("额"), money("倍", default="额 * 2"), row_name="名称")],
)
SCOPE = form_scope(FORM)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("甲 * 5%", "甲 * (5 / 100)"),
        ("5% * 甲", "(5 / 100) * 甲"),
        ("甲 - 5%", "甲 - (5 / 100)"),
        ("甲 >= 5%", "甲 >= 5"),
    ],
)
def test_a_percentage_is_a_share_as_a_factor_and_else_as_percentages_are_held(written, meant):
    assert proposed(written, SCOPE) == meant


def test_a_look_up_is_told_with_the_column_that_it_reads():
    assert (
        "额" in parse("figure_where(明细.额, 明细.名称, '一')", SCOPE).words().partition("名称")[2]
    )


@pytest.mark.parametrize(
    ("count", "told"), [(2, "这两个数"), (10, "这十个数"), (11, "逐项核对以上各数")]
)
def test_the_advice_counts_the_figures_up_to_ten(count, told):
    names = tuple(f"数{number}" for number in range(1, count))
    form = form_of(money("合"), *map(money, names))
    claim = rule("合计", f"合 == {' + '.join(names)}")
    (said,) = lines(check_of(form, [claim], 合=1, **dict.fromkeys(names, 1000)))
    assert told in said


def test_a_computed_cell_does_not_add_yuan_to_ten_thousands_of_them():
    form = form_of(money("甲"), money("角", unit="元"), money("合", compute="甲 + 角"))
    (fault,) = prepare_computed(form)[1]
    assert "元" in fault and "合" in fault


def test_a_cell_that_takes_over_the_row_above_is_not_told_as_one_that_was_emptied():
    above = details(text("项目", default="above(项目)"), money("额"), rows=3)
    form = form_of(money("甲"), tables=[above])
    snapshot = snapshot_of(form, {"甲": 1}, ({"项目": "一", "额": 1}, {"额": 2}))
    codes = {one.code for one in check(snapshot, form, rules_of(form)).findings}
    assert "default-emptied" not in codes


def test_an_error_in_a_cell_that_the_form_fills_does_not_stop_the_rows_from_being_counted():
    snapshot = snapshot_of(FORM, {"甲": 1, "乙": 1}, ({"名称": "一", "额": 3, "倍": 6},))
    raw = snapshot.tables["明细"]
    rows = tuple({**row, "倍": replace(row["倍"], kind="error", value="#REF!")} for row in raw.rows)
    spoiled = replace(snapshot, tables={"明细": replace(raw, rows=rows)})
    claim = rule("行数", "count(明细) == 2")
    told = lines(check(spoiled, FORM, rules_of(FORM, claim)))
    assert any("行数" in one for one in told), told


def test_a_column_that_a_workbook_has_lost_has_no_formula_that_was_typed_over():
    own = details(text("名称"), money("额", own_formula=True), money("价"))
    form = form_of(money("甲"), tables=[own])
    snapshot = snapshot_of(form, {"甲": 1}, ({"名称": "一", "额": 3, "价": 1},))
    raw = snapshot.tables["明细"]
    rows = tuple({key: cell for key, cell in row.items() if key != "额"} for row in raw.rows)
    lost = replace(snapshot, tables={"明细": replace(raw, columns=("名称", "价"), rows=rows)})
    values, _ = read(lost, form)
    assert list(own_typed(values, lost, form)) == []
    values, _ = read(snapshot, form)
    assert [one.label for one in own_typed(values, snapshot, form)] == ["明细第 1 行 额"]


def test_an_addend_with_a_minus_before_it_is_taken_off():
    claim = rule("合计", "合 == 乙 + (-甲)")
    form = form_of(money("甲"), money("乙"), money("合"))
    assert lines(check_of(form, [claim], 甲=1, 乙=5, 合=4)) == []
    (said,) = lines(check_of(form, [claim], 甲=1, 乙=5, 合=7))
    assert "= 4.00,差 3.00" in said
