"""Amounts of money in Chinese capitals, and counts as they number headings.

Source: 中国人民银行《支付结算办法》附一《正确填写票据和结算凭证的基本规定》一至三.

Read by Python 3.8 too, inside LibreOffice: see `cell_functions`.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
PLACES: Final = ("", "拾", "佰", "仟")
GROUPS: Final = ("", "万", "亿")
MOST: Final = Decimal(10) ** 12
SMALL: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")


def in_capitals(amount: Decimal) -> str:
    """`壹仟肆佰零玖元伍角` for 1409.50 yuan, rounded half up to 分.

    Raises ValueError for 万亿 and more.
    """
    # Decimal cannot round to 分 what has more than 28 digits.
    is_small = abs(amount) < MOST
    cents = int((abs(amount) * 100).quantize(Decimal(1), ROUND_HALF_UP)) if is_small else 0
    if not is_small or cents >= MOST * 100:
        raise ValueError(f"金额太大:{amount:f}")
    sign = "负" if amount < 0 and cents else ""
    yuan, fen = divmod(cents, 100)
    return sign + (_yuan(yuan) + _fraction(fen, after=yuan) or "零元整")


def in_words(count: Decimal) -> str:
    """`十二` for 12, `一百零五` for 105: a whole number, not negative.

    Raises ValueError for 万亿 and more.
    """
    words = in_capitals(count)[: -len("元整")].translate(SMALL)
    return words[1:] if words.startswith("一十") else words


def _yuan(number: int) -> str:
    """The whole yuan with 元, nothing for 0."""
    groups = []
    rest = number
    while rest:
        rest, group = divmod(rest, 10_000)
        groups.append(group)
    words, gap = "", False
    for index in reversed(range(len(groups))):
        group = groups[index]
        if group == 0:
            gap = True
            continue
        is_short = group < 1_000 or groups[index + 1 : index + 2] == [0]
        words += ("零" if words and (gap or is_short) else "") + _group(group) + GROUPS[index]
        gap = False
    return f"{words}元" if words else ""


def _group(number: int) -> str:
    """Up to four figures; a gap between figures is one 零."""
    words = ""
    for index, digit in enumerate(f"{number:d}"):
        place = len(f"{number:d}") - 1 - index
        if digit != "0":
            words += DIGITS[int(digit)] + PLACES[place]
        elif not words.endswith("零"):
            words += "零"
    return words.rstrip("零")


def _fraction(fen: int, after: int) -> str:
    """角 and 分, or 整 after whole yuan; nothing where there is no money at all."""
    if fen == 0:
        return "整" if after else ""
    jiao, rest = divmod(fen, 10)
    if jiao == 0:
        return ("零" if after else "") + DIGITS[rest] + "分"
    start = "零" if after and after % 10 == 0 else ""
    return start + DIGITS[jiao] + "角" + (DIGITS[rest] + "分" if rest else "")
