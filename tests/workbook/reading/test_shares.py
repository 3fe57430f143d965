"""A share typed where a percentage is asked is asked about, and what says % itself is believed."""

from decimal import Decimal

import pytest
from small import Typed, details, form_of, money, read_of, text

from workbook.form.field import Field

RATE = Field(key="满意度", type="number", unit="%")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (0.9, "90"),
        (1, "100"),
        (-0.05, "-5"),
        (1.5, ""),
        (90, ""),
        (0, ""),
        ("0.9%", ""),
        (None, ""),
    ],
)
def test_a_field_of_percent(typed: Typed, told: str) -> None:
    found = [one for one in read_of(form_of(RATE), 满意度=typed) if one.code != "required"]
    assert [(one.code, one.expected) for one in found] == [("share-for-percent", told)] * bool(told)


def test_a_share_of_too_many_decimals_is_asked_about_before_it_is_rounded() -> None:
    field = Field(key="满意度", type="number", unit="%", decimals=2)
    found = read_of(form_of(field), 满意度=0.955)
    assert [(one.code, one.expected) for one in found] == [
        ("share-for-percent", "95.5"),
        ("too-many-decimals", "2"),
    ]


def test_many_in_a_table_are_one_finding() -> None:
    form = form_of(tables=[details(text("名称"), RATE, money("金额"), row_name="名称")])
    rows = [{"名称": name, "满意度": 0.9, "金额": Decimal(1)} for name in "甲乙丙丁"]
    (found,) = read_of(form, rows)
    assert (found.label, len(found.parts)) == ("明细「甲」满意度等 4 格", 4)
