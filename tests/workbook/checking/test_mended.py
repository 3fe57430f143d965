"""What an author may have meant by an expression in another way of writing."""

import pytest

from workbook.language.mending import mended


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("甲 ＝ 乙 ÷ 2", ["甲 == 乙 / 2"]),
        ("乙 * 5%", ["乙 * (5 / 100)"]),
        ("甲 >= 95%", ["甲 >= 95"]),
        ("甲 / 80％", ["甲 / (80 / 100)"]),
        ("甲 <> 1,234,567.5", ["甲 != 1234567.5"]),
        ("甲 = SUM(乙, 丙)", ["甲 == sum(乙, 丙)", "甲 == total(乙, 丙)"]),
        ("甲 > 0 且 乙 ≤ 3", ["甲 > 0 and 乙 <= 3"]),
    ],
)
def test_other_signs_and_excels_ways_are_turned_into_ours(typed, meant):
    assert list(mended(typed)) == meant
