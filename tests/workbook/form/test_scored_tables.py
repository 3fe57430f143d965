"""Whole tables of indicators: what they come to, and what is said of each row, however filled."""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from methods import GRADES, QUALITY, read
from small import Typed, details, form_of, rules_of, snapshot_of, text

from workbook.checking.check import Checked, check
from workbook.findings.model import Severity, flattened
from workbook.form.field import Field
from workbook.form.scored_tables import with_scores
from workbook.form.scoring import Equal, Grades, Inverse, Ratio, ScoreCase, Scoring

Row = dict[str, Any]
CENT = Decimal("0.01")
BANDS = {"达成": (100, 80), "部分达成": (80, 60), "未达成": (60, 0)}
ROWS = 8


def figure(key: str, **options: object) -> Field:
    return Field(**{"key": key, "type": "number", "decimals": 2, "required": False, **options})


SCORING = Scoring(
    score="得分",
    weight="分值",
    value="实际",
    target="指标值",
    sort="性质",
    entered="自评",
    reason="原因",
    word="等次",
    case=(
        ScoreCase(of="≥", score=Ratio()),
        ScoreCase(of="≤", score=Inverse()),
        ScoreCase(of="=", score=Equal()),
        ScoreCase(of="定性", score=read(QUALITY)),
        ScoreCase(of="不适用"),
    ),
)
FORM = with_scores(
    form_of(
        figure("得分合计", compute="sum(明细.得分)"),
        figure("适用分值", compute="sum(明细.有效分值)"),
        figure("总分", compute="得分合计 / 适用分值 * 100"),
        text("等级", compute="总分", grades=read(GRADES, Grades)),
        tables=[
            details(
                Field(key="性质", type="choice"),
                figure("指标值"),
                figure("实际"),
                Field(key="等次", type="choice", required=False),
                figure("分值", required=True, min=Decimal(0)),
                figure("自评"),
                figure("得分"),
                figure("有效分值", compute="0 if absent(得分) else 分值"),
                text("原因", required=False),
                scoring=SCORING,
                rows=2 * ROWS,
            )
        ],
    )
)
RULES = rules_of(FORM)  # prepared once for hundreds of fillings
amounts = st.decimals(0, 1000, places=2)
weights = st.decimals("0.01", 40, places=2)


@st.composite
def measured(draw: st.DrawFn) -> Row:
    """A row that is scored from its figures, its reason given."""
    return {
        "性质": draw(st.sampled_from(["≥", "≤", "="])),
        "指标值": draw(st.decimals("0.01", 1000, places=2)),
        "实际": draw(amounts),
        "分值": draw(weights),
        "原因": "原因",
    }


@st.composite
def judged(draw: st.DrawFn) -> Row:
    """A qualitative row whose score lies in its band."""
    word = draw(st.sampled_from(sorted(BANDS)))
    top, bottom = BANDS[word]
    weight = draw(st.integers(1, 40))
    least, most = (Decimal(weight * share) / 100 for share in (bottom, top))
    least = min(most, least + (0 if word == "未达成" else CENT))
    points = draw(st.decimals(least, most - (CENT if word != "达成" else 0), places=2))
    return {"性质": "定性", "等次": word, "分值": weight, "自评": points, "原因": "原因"}


@st.composite
def idle(draw: st.DrawFn) -> Row:
    """A row that does not apply."""
    return {"性质": "不适用", "分值": draw(weights)}


scored = st.lists(st.one_of(measured(), judged()), min_size=1, max_size=ROWS)


def points(row: Row) -> Fraction:
    """The score in exact fractions, as the ministry's sentences have it, rounded half up."""
    weight = Fraction(row["分值"])
    if row["性质"] == "定性":
        return Fraction(row["自评"])
    done, aim = Fraction(row["实际"]), Fraction(row["指标值"])
    if row["性质"] == "=":
        part = Fraction(int(done == aim))
    else:
        part = done / aim if row["性质"] == "≥" else aim / done if done else Fraction(1)
    return half_up(min(Fraction(1), part) * weight)


def half_up(number: Fraction) -> Fraction:
    return Fraction(floor(number * 100 + Fraction(1, 2)), 100)


def total(rows: Sequence[Row]) -> Decimal:
    of = sum(Fraction(row["分值"]) for row in rows)
    scaled = half_up(sum(map(points, rows)) / of * 100)
    return Decimal(scaled.numerator) / scaled.denominator


def filled(rows: Sequence[Row]) -> Checked:
    return check(snapshot_of(FORM, {}, rows), FORM, RULES)


GATHERED = re.compile(r"等 (\d+) 处$")


def said(checked: Checked) -> list[str]:
    """The rules of which something is said, of each row that is named or counted."""
    found = flattened(checked.findings)
    return sorted(one.rule for one in found for _ in range(_rows_of(one.label)))


def _rows_of(label: str) -> int:
    match = GATHERED.search(label)
    return int(match[1]) if match else 1


def value(checked: Checked, key: str) -> Typed:
    return checked.values.fields[key].value


@settings(deadline=None)  # a busy machine is no fault
@given(scored)
def test_a_total_is_the_points_of_the_points_there_are_and_lies_between_0_and_100(
    rows: list[Row],
) -> None:
    checked = filled(rows)
    assert said(checked) == []
    assert value(checked, "总分") == total(rows)
    assert 0 <= total(rows) <= 100
    assert value(checked, "得分合计") == sum(map(points, rows))


@settings(deadline=None)  # a busy machine is no fault
@given(scored)
def test_a_grade_is_that_of_its_total(rows: list[Row]) -> None:
    of_total = total(rows)
    words = [(90, "优"), (80, "良"), (60, "中"), (0, "差")]
    assert value(filled(rows), "等级") == next(word for least, word in words if of_total >= least)


@settings(deadline=None)  # a busy machine is no fault
@given(scored, st.lists(idle(), max_size=ROWS), st.randoms(use_true_random=False))
def test_what_does_not_apply_drops_out_and_the_rest_is_scaled(
    rows: list[Row], absent: list[Row], random: Any
) -> None:
    mixed = [*rows, *absent]
    random.shuffle(mixed)
    checked = filled(mixed)
    assert said(checked) == []
    assert [value(checked, key) for key in ("总分", "等级", "适用分值")] == [
        value(filled(rows), key) for key in ("总分", "等级", "适用分值")
    ]


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(idle(), min_size=1, max_size=ROWS))
def test_nothing_of_nothing_is_not_applicable_and_never_an_error_or_full_marks(
    rows: list[Row],
) -> None:
    checked = filled(rows)
    entries = [checked.values.fields[key] for key in ("总分", "等级")]
    assert [(entry.value, entry.is_absent, entry.readable) for entry in entries] == [
        (None, True, True)
    ] * 2
    assert (value(checked, "得分合计"), value(checked, "适用分值")) == (0, 0)
    assert list(checked.findings) == []


@settings(deadline=None)  # a busy machine is no fault
@given(scored, st.data())
def test_a_score_that_is_entered_otherwise_than_computed_is_told_on_its_row(
    rows: list[Row], data: st.DataObject
) -> None:
    entered = [data.draw(st.sampled_from([None, "same", "other"])) for _ in rows]
    wrong = 0
    for row, how in zip(rows, entered, strict=True):
        if row["性质"] != "定性" and how:
            score = Decimal(points(row).numerator) / points(row).denominator
            row["自评"] = score + (CENT if how == "other" else 0)
            wrong += how == "other"
    checked = filled(rows)
    assert said(checked) == ["明细得分一致"] * wrong
    assert {one.severity for one in checked.findings} <= {Severity.ERROR}
    assert value(checked, "总分") == total(rows), "what was entered changes nothing"


@settings(deadline=None)  # a busy machine is no fault
@given(scored)
def test_a_point_that_is_lost_without_a_reason_is_told_on_its_row(rows: list[Row]) -> None:
    silent = [row | {"原因": None} for row in rows]
    lost = sum(points(row) < Fraction(row["分值"]) for row in rows)
    assert said(filled(silent)) == ["明细扣分有原因"] * lost


@settings(deadline=None)  # a busy machine is no fault
@given(scored, st.sampled_from(["实际", "指标值", "等次", "自评"]))
def test_a_row_that_lacks_what_its_sort_needs_is_told_and_not_taken_for_one_without_sort(
    rows: list[Row], column: str
) -> None:
    needs = {"定性": ("等次", "自评")}
    bare = [row | {column: None} for row in rows]
    lacking = [row for row in bare if column in needs.get(row["性质"], ("实际", "指标值"))]
    assert len(said(filled(bare))) == len(lacking)
    assert {rule.rstrip("1234") for rule in said(filled(bare))} <= {"明细填齐"}


@settings(deadline=None)  # a busy machine is no fault
@given(scored, st.sampled_from(["0", "-3"]))
def test_a_target_of_which_no_part_can_be_reached_is_told(rows: list[Row], target: str) -> None:
    bare = [row | {"指标值": Decimal(target)} for row in rows if row["性质"] == "≥"]
    assert said(filled(bare)) == ["明细可算比例1"] * len(bare)


@settings(deadline=None)  # a busy machine is no fault
@given(scored, st.lists(idle(), min_size=1, max_size=ROWS), amounts)
def test_a_score_for_what_does_not_apply_is_told(
    rows: list[Row], absent: list[Row], entered: Decimal
) -> None:
    told = filled([*rows, *(row | {"自评": entered} for row in absent)])
    assert said(told) == ["明细不适用不打分"] * len(absent)


@settings(deadline=None)  # a busy machine is no fault
@given(judged(), st.decimals(-5, 60, places=2))
def test_a_qualitative_score_outside_its_band_is_told(row: Row, entered: Decimal) -> None:
    top, bottom = (Decimal(row["分值"] * share) / 100 for share in BANDS[row["等次"]])
    is_inside = bottom <= entered and (entered < top or (row["等次"] == "达成" and entered == top))
    told = said(filled([row | {"自评": entered}]))
    assert told == ([] if is_inside else ["明细得分在档内"])
