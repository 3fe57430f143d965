"""Amounts in Chinese capitals, with the rule book's own examples."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.figures.numerals import DIGITS, in_capitals

UNITS = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("0", "零元整"),
        ("-0.001", "零元整"),
        ("0.05", "伍分"),
        ("0.3", "叁角"),
        ("-12.00", "负壹拾贰元整"),
        ("0.005", "壹分"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("100000001", "壹亿零壹元整"),
        ("20000500", "贰仟万零伍佰元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_an_amount_is_written_as_the_rules_for_payments_say(amount: str, words: str) -> None:
    assert in_capitals(Decimal(amount)) == words


def test_an_amount_beyond_all_money_is_refused() -> None:
    with pytest.raises(ValueError, match="金额太大"):
        in_capitals(Decimal(10) ** 12)


@given(st.decimals(0, 10**12 - 1, places=2))
def test_the_words_say_the_amount(amount: Decimal) -> None:
    assert said(in_capitals(amount)) == amount


def said(words: str) -> Decimal:
    """The amount that the words name, read in another way than they are written."""
    yuan, _, fraction = words.rpartition("元") if "元" in words else ("", "", words)
    total, digit = Decimal(0), 0
    for sign in fraction:
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in "角分":
            total += digit * (Decimal("0.1") if sign == "角" else Decimal("0.01"))
    high, _, rest = yuan.rpartition("亿")
    return total + below_yi(high) * 10**8 + below_yi(rest)


def below_yi(words: str) -> int:
    high, _, low = words.rpartition("万")
    return below_wan(high) * 10_000 + below_wan(low)


def below_wan(words: str) -> int:
    total = digit = 0
    for sign in words:
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        else:
            total, digit = total + digit * UNITS[sign], 0
    return total + digit
