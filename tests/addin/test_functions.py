"""Functions for cells, called as Excel calls them: None is a blank cell, lists are ranges."""

import pytest

from addin.functions import GJ_RATE, GJ_TIES, GJ_UPPER


@pytest.mark.parametrize(
    ("total", "parts", "said"),
    [
        (195.49, [[171.74], [23.75]], "相符"),
        (195.49, [[171.74, 23.75, None]], "相符"),
        (0.3, [[0.1], [0.2]], "相符"),
        (None, [[None]], "相符"),
        (195.5, [[171.74, 23.75]], "尾差 0.01"),
        (195.94, [[171.74, 23.75]], "不符,差 0.45"),
        (100, [[171.74, 23.75]], "不符,差 -95.49"),
        ("１９５．４９", [["171.74", " 23.75 "]], "相符"),
        (195.49, [["约170", 23.75]], "「约170」不是数字"),
        (True, [[1]], "「True」不是数字"),
        ("#REF!", [[1]], "「#REF!」不是数字"),
    ],
)
def test_a_total_ties_or_the_cell_says_by_how_much_not(total, parts, said):
    assert GJ_TIES(total, parts) == said


@pytest.mark.parametrize(
    ("tolerance", "said"),
    [(0, "不符,差 0.01"), (0.01, "相符"), ("0.005", "不符,差 0.01"), (" ", "尾差 0.01")],
)
def test_a_tolerance_that_is_given_takes_the_place_of_rounding(tolerance, said):
    assert GJ_TIES(195.5, [[171.74, 23.75]], tolerance) == said


@pytest.mark.parametrize(
    ("part", "whole", "rate"),
    [
        (265.24, 221.91, 1.1952593393718174),
        (10, 14, 0.7142857142857143),
        (0, 0, "不适用"),
        (None, None, "不适用"),
        (5, 0, "基数为 0,不算比率"),
        (-1, 4, -0.25),
        ("甲", 4, "「甲」不是数字"),
    ],
)
def test_a_rate_has_a_base_or_the_cell_says_so(part, whole, rate):
    assert GJ_RATE(part, whole) == rate


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (1409.5, "壹仟肆佰零玖元伍角"),
        ("1,409.50", "壹仟肆佰零玖元伍角"),
        (None, ""),
        ("十元", "「十元」不是数字"),
        (1e15, "金额太大:1000000000000000"),
    ],
)
def test_an_amount_is_written_in_capitals(amount, words):
    assert GJ_UPPER(amount) == words
