"""Scores from data: against the official wording in exact fractions, edge by edge."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from methods import BUDGET_DONE, BUDGET_KEPT, GRADES, KEY_SPENDING, QUALITY, STAFF, read
from small import text

from workbook.form.faults.scoring import grade_faults, method_faults
from workbook.form.field import Field
from workbook.form.rubrics import rubric
from workbook.form.scoring import (
    ComputingMethod,
    Equal,
    Grades,
    Inverse,
    Ratio,
    Steps,
    Tier,
    Tiers,
    claim_expression,
    grade_expression,
    score_expression,
)
from workbook.language.model import Scope, ZeroDivisorError
from workbook.language.parsing import parse

VALUE, TARGET, WEIGHT = "实际", "指标", "分值"
values = st.decimals(-50, 1000, places=2)
targets = st.decimals("0.01", 1000, places=2)
weights = st.decimals(0, 40, places=1)
steps = st.builds(
    Steps,
    bound=st.decimals(0, 120, places=1),
    direction=st.sampled_from(["above", "below"]),
    step=st.decimals("0.1", 20, places=1),
    points=st.decimals("0.1", 5, places=1),
    whole=st.booleans(),
)


@st.composite
def tiers(draw: st.DrawFn) -> Tiers:
    compare = draw(st.sampled_from(["<=", ">="]))
    size = draw(st.integers(1, 6))
    limits = draw(st.sets(st.decimals(-20, 120, places=1), min_size=size, max_size=size))
    points = draw(st.sets(st.decimals(0, 9, places=1), min_size=size + 1, max_size=size + 1))
    *kept, last = sorted(points, reverse=True)
    pairs = zip(sorted(limits, reverse=compare == ">="), kept, strict=True)
    tier = tuple(Tier(limit=limit, points=points) for limit, points in pairs)
    return Tiers(compare=compare, tier=tier, otherwise=last)


methods = st.one_of(st.just(Ratio()), st.just(Inverse()), st.just(Equal()), steps, tiers())


def figure(key: str) -> Field:
    """A figure kept as it was typed."""
    return Field(key=key, type="number")


def value_of(expression: str, **known: Any) -> Any:
    scope = Scope(
        {key: text(key) if isinstance(v, str) else figure(key) for key, v in known.items()}, {}
    )
    return parse(expression, scope).value(known.__getitem__)


def score(
    method: ComputingMethod,
    value: str | Decimal,
    weight: str | Decimal,
    target: str | Decimal = "1",
) -> Decimal:
    aimed = isinstance(method, Ratio | Inverse | Equal) and method.target is None
    expression = score_expression(method, VALUE, WEIGHT, TARGET if aimed else "")
    return value_of(expression, 实际=Decimal(value), 分值=Decimal(weight), 指标=Decimal(target))


def by_the_wording(
    method: ComputingMethod, value: Decimal, weight: Decimal, target: Decimal
) -> Decimal:
    """The score in exact fractions, worked out as the official sentences say it."""
    actual, aim, full = Fraction(value), Fraction(target), Fraction(weight)
    match method:
        case Ratio():
            points = full if actual >= aim else max(Fraction(0), actual / aim * full)
        case Inverse():
            points = full if actual <= aim else aim / actual * full
        case Equal():
            points = full if actual == aim else Fraction(0)
        case Steps():
            beyond = actual - Fraction(method.bound)
            off = Fraction(0)
            beyond = -beyond if method.direction == "below" else beyond
            while method.whole and beyond >= Fraction(method.step):
                beyond -= Fraction(method.step)
                off += Fraction(method.points)
            if not method.whole and beyond > 0:
                off = beyond / Fraction(method.step) * Fraction(method.points)
            points = max(Fraction(0), full - off)
        case Tiers():
            kept = [
                tier.points
                for tier in method.tier
                if (value <= tier.limit if method.compare == "<=" else value >= tier.limit)
            ]
            points = min(full, Fraction(max(kept, default=method.otherwise)))
    return Decimal(floor(points * 100 + Fraction(1, 2))) / 100


@given(methods, values, weights, targets)
def test_a_score_is_what_the_official_wording_gives(
    method: ComputingMethod, value: Decimal, weight: Decimal, target: Decimal
) -> None:
    assert score(method, value, weight, target) == by_the_wording(method, value, weight, target)


@given(methods, values, values, weights, st.decimals(-10, 1000, places=2))
def test_a_score_lies_between_nothing_and_the_weight_and_never_falls_for_doing_better(
    method: ComputingMethod, one: Decimal, two: Decimal, weight: Decimal, target: Decimal
) -> None:
    if isinstance(method, Ratio) and target <= 0:
        with pytest.raises(ZeroDivisorError):
            score(method, one, weight, target)
        return
    less, more = (score(method, value, weight, target) for value in sorted((one, two)))
    assert 0 <= less <= weight
    assert 0 <= more <= weight
    less_is_better = (
        isinstance(method, Inverse)
        or (isinstance(method, Steps) and method.direction == "above")
        or (isinstance(method, Tiers) and method.compare == "<=")
    )
    if not isinstance(method, Equal):
        assert less >= more if less_is_better else less <= more


@pytest.mark.parametrize(
    ("toml", "weight", "scores"),
    [
        (STAFF, "5", {"100": 5, "99": 5, "0": 5, "100.99": 5, "101": "4.5", "110": 0, "300": 0}),
        (
            STAFF + "whole = false",
            "5",
            {"100": 5, "100.5": "4.75", "101": "4.5", "100.01": "5", "100.02": "4.99"},
        ),
        (
            BUDGET_DONE,
            "5",
            {"100": 5, "99.27": 5, "95.01": 5, "95": 3, "94.99": 3, "90": 1, "85": 0, "0": 0}
            | {"120": 5, "-3": 0},
        ),
        (
            BUDGET_KEPT,
            "5",
            {"0": 5, "0.01": 4, "10": 4, "10.01": 3, "20": 3, "20.01": 2, "30": 2, "30.01": 0}
            | {"-4": 5},
        ),
        (
            KEY_SPENDING,
            "5",
            {"100": 5, "90": 5, "89.99": 4, "80": 4, "79.99": 3, "70": 3, "60": 2, "59.99": 0},
        ),
        ('method = "ratio"\ntarget = 100', "10", {"93.72": "9.37", "93.75": "9.38", "0": 0}),
        ('method = "ratio"\ntarget = 95\ndecimals = 0', "10", {"95": 10, "90.25": 10, "90": 9}),
        ('method = "inverse"\ntarget = 8', "10", {"0": 10, "8": 10, "16": 5, "-1": 10}),
        ('method = "inverse"\ntarget = 0', "10", {"0": 10, "0.01": 0}),
        ('method = "equal"\ntarget = 3', "4", {"3": 4, "3.01": 0, "2": 0, "0": 0}),
    ],
)
def test_each_method_at_its_edges(toml: str, weight: str, scores: Mapping[str, str | int]) -> None:
    method = read(toml)
    assert {value: score(method, value, weight) for value in scores} == {
        value: Decimal(points) for value, points in scores.items()
    }
    assert list(method_faults(method, Decimal(weight))) == []


@pytest.mark.parametrize("target", ["0", "-5"])
@pytest.mark.parametrize("value", ["0", "7", "-10"])
def test_no_part_of_a_target_of_nothing_can_be_reached(value: str, target: str) -> None:
    with pytest.raises(ZeroDivisorError):
        score(Ratio(), value, "10", target)


def test_a_whole_step_is_counted_however_its_percentage_was_computed() -> None:
    method = read(BUDGET_DONE)
    expression = score_expression(method, "支出 / 预算 * 100", "10")
    for budget in range(1, 400):
        spent = Decimal(budget) * 95 / 100
        assert value_of(expression, 支出=spent, 预算=Decimal(budget)) == 8


def test_what_was_not_built_has_full_marks() -> None:
    expression = score_expression(read(STAFF), "实际 / 批准 * 100 if 批准 != 0 else 0", "5")
    assert value_of(expression, 实际=Decimal(0), 批准=Decimal(0)) == 5
    assert value_of(expression, 实际=Decimal(52), 批准=Decimal(50)) == 3


def test_a_target_stands_in_one_place() -> None:
    for method, target in ((Ratio(), ""), (Ratio(target=Decimal(0)), "指标")):
        with pytest.raises(ValueError, match="a target is due, once"):
            score_expression(method, VALUE, WEIGHT, target)


@pytest.mark.parametrize(
    ("word", "kept", "missed"),
    [
        ("达成", ["10", "8", "9.5"], ["10.01", "7.99", "-1"]),
        ("部分达成", ["7.99", "6"], ["8", "5.99"]),
        ("未达成", ["5.99", "0"], ["6", "-0.01"]),
        ("别的", [], ["10", "8", "0"]),
    ],
)
def test_a_score_entered_for_a_word_lies_in_its_band(
    word: str, kept: Sequence[str], missed: Sequence[str]
) -> None:
    claim = claim_expression(read(QUALITY), "档次", "得分", WEIGHT)
    found = [
        value_of(claim, 档次=word, 得分=Decimal(points), 分值=Decimal(10))
        for points in (*kept, *missed)
    ]
    assert found == [True] * len(kept) + [False] * len(missed)


@given(st.decimals(0, 100, places=2))
def test_each_score_lies_in_one_band_and_each_total_has_the_grade_of_its_place(
    total: Decimal,
) -> None:
    claim = claim_expression(read(QUALITY), "档次", "得分", "100")
    words = read(QUALITY).words
    assert [value_of(claim, 档次=word, 得分=total) for word in words].count(True) == 1
    place = [total >= 90, 80 <= total < 90, 60 <= total < 80, total < 60].index(True)
    assert value_of(grade_expression(read(GRADES, Grades), "总分"), 总分=total) == "优良中差"[place]


@pytest.mark.parametrize(
    ("toml", "unit", "sentence", "with_weight"),
    [
        (
            STAFF,
            "%",
            "≤100%得满分；每超过1个百分点扣0.5分，不足1个百分点的不扣，扣完为止",
            "≤100%得5分；每超过1个百分点扣0.5分，不足1个百分点的不扣，扣完为止",
        ),
        (
            BUDGET_DONE,
            "%",
            "≥100%得满分；每低于5%扣2分，不足5%的不扣，扣完为止",
            "≥100%得5分；每低于5%扣2分，不足5%的不扣，扣完为止",
        ),
        (
            STAFF.replace("100", "0") + "whole = false",
            "人",
            "≤0得满分；每超过1人扣0.5分，不足1人的按比例扣，扣完为止",
            "≤0得5分；每超过1人扣0.5分，不足1人的按比例扣，扣完为止",
        ),
        (BUDGET_KEPT, "%", *["≤0得5分；≤10%得4分；≤20%得3分；≤30%得2分；>30%得0分"] * 2),
        (KEY_SPENDING, "%", *["≥90%得5分；≥80%得4分；≥70%得3分；≥60%得2分；<60%得0分"] * 2),
        (
            'method = "ratio"',
            "%",
            "≥指标值得满分；未达到的按实际完成值÷指标值×分值计分",
            "≥指标值得5分；未达到的按实际完成值÷指标值×5分计分",
        ),
        (
            'method = "ratio"\ntarget = 95.0',
            "%",
            "≥95%得满分；未达到的按实际完成值÷95%×分值计分",
            "≥95%得5分；未达到的按实际完成值÷95%×5分计分",
        ),
        (
            'method = "inverse"\ntarget = 8',
            "次",
            "≤8次得满分；超过的按8次÷实际完成值×分值计分",
            "≤8次得5分；超过的按8次÷实际完成值×5分计分",
        ),
        (
            'method = "inverse"\ntarget = 0',
            "次",
            "≤0得满分；超过的不得分",
            "≤0得5分；超过的不得分",
        ),
        (
            'method = "equal"\ntarget = 3',
            "个",
            "等于3个得满分，否则不得分",
            "等于3个得5分，否则不得分",
        ),
        (
            QUALITY,
            "",
            "达成得分值的100%—80%（含）；部分达成得分值的80%—60%（含）；未达成得分值的60%—0%",
            "达成得5分的100%—80%（含）；部分达成得5分的80%—60%（含）；未达成得5分的60%—0%",
        ),
    ],
)
def test_the_printed_sentence_says_the_numbers_that_score(
    toml: str, unit: str, sentence: str, with_weight: str
) -> None:
    method = read(toml)
    assert (rubric(method, unit=unit), rubric(method, Decimal(5), unit)) == (sentence, with_weight)


@pytest.mark.parametrize(
    ("toml", "weight", "found"),
    [
        (
            'method = "ratio"\ntarget = 0',
            None,
            'method = "ratio" 的 target 要大于 0,否则没有比例可算',
        ),
        ('method = "inverse"\ntarget = -1', None, 'method = "inverse" 的 target 不能小于 0'),
        ('method = "equal"\ntarget = nan', None, "target 要是数"),
        ('method = "equal"', "-1", "分值要是 0 或正数"),
        ('method = "equal"\ndecimals = 1', "2.25", "分值 2.25 的小数位数多于 decimals = 1"),
        (STAFF.replace("step = 1", "step = 0"), None, "step 要大于 0"),
        (STAFF.replace("0.5", "-0.5"), None, "points 要大于 0"),
        (STAFF.replace("100", "inf"), None, "bound 要是数"),
        (STAFF, "0.4", "每次扣 0.5 分,超过分值 0.4"),
        ('method = "tiers"\ncompare = "<="\ntier = []', None, "要有至少一个 tier"),
        (
            BUDGET_KEPT.replace("20", "10"),
            "5",
            'compare = "<=" 的各档 limit 要从小到大排列,不能重复',
        ),
        (
            KEY_SPENDING.replace("70", "85"),
            None,
            'compare = ">=" 的各档 limit 要从大到小排列,不能重复',
        ),
        (
            BUDGET_KEPT.replace("points = 3", "points = 4"),
            None,
            "各档 points 要从高到低排列,不能重复,otherwise 最低,都不小于 0",
        ),
        (
            BUDGET_KEPT + "otherwise = -1",
            None,
            "各档 points 要从高到低排列,不能重复,otherwise 最低,都不小于 0",
        ),
        (BUDGET_KEPT.replace("30", "inf"), None, "limit、points、otherwise 都要是数"),
        (BUDGET_KEPT, "4", "第一档 5 分,与分值 4 不同"),
        ('method = "bands"\nband = []', None, "要有至少一个 band"),
        (QUALITY.replace("80, to", "70, to"), None, "「达成」与「部分达成」之间有空档"),
        (QUALITY.replace("80, to", "90, to"), None, "「达成」与「部分达成」之间重叠"),
        (QUALITY.replace("to = 0", "to = 10"), None, "各档要从 100 排到 0"),
        (QUALITY.replace("100", "nan"), None, "from、to 都要是数"),
        (
            QUALITY.replace("from = 100", "from = 80"),
            None,
            "「达成」的 from 要大于 to 各档要从 100 排到 0",
        ),
        (QUALITY.replace("未达成", "达成"), None, "等级「达成、部分达成、达成」有重复"),
        (
            QUALITY.replace("未达成", '未\\"达成'),
            None,
            '等级「未"达成」不能为空,首尾不能有空格,不能含引号、反斜杠和换行',
        ),
    ],
)
def test_an_author_is_told_what_is_wrong_with_a_method(
    toml: str, weight: str | None, found: str
) -> None:
    told = method_faults(read(toml), Decimal(weight) if weight else None)
    assert " ".join(told) == found


@pytest.mark.parametrize(
    ("toml", "found"),
    [
        (GRADES, []),
        ('grade = []\notherwise = "差"', ["要有至少一个 grade"]),
        (GRADES.replace("80", "90"), ["grade 的 from 要是数,从高到低排列,不能重复"]),
        (GRADES.replace("差", "中"), ["等级「优、良、中、中」有重复"]),
    ],
)
def test_an_author_is_told_what_is_wrong_with_the_grades(toml: str, found: Sequence[str]) -> None:
    assert list(grade_faults(read(toml, Grades))) == found


@pytest.mark.parametrize(
    "toml",
    ['method = "other"', 'method = "equal"\nlimit = 1', STAFF.replace("above", "over"), "step = 1"],
)
def test_what_is_no_method_is_refused_on_reading(toml: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        read(toml)
