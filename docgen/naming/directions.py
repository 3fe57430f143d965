"""Words before a figure that say whether it is more or less than another."""

import re
from typing import Final

_TURNS: Final = {  # the likeliest first
    "增加": ("减少",), "增长": ("下降",), "上升": ("下降",), "提高": ("降低", "下降"),
    "上涨": ("下跌",), "增收": ("减收",), "提升": ("下降",), "增幅": ("降幅",), "延长": ("缩短",),
    "减少": ("增加", "增长"), "下降": ("增长", "上升", "提高"), "降低": ("提高", "上升"),
    "下跌": ("上涨",), "减收": ("增收",), "降幅": ("增幅",), "缩短": ("延长",), "压减": ("增加",),
    "压缩": ("增加",), "回落": ("上升",),
}  # fmt: skip
_BALANCES: Final = {  # what is left where that is less than nothing, and what it is else
    "亏损": ("盈利", "盈余", "结余"), "亏损额": ("盈利额", "盈余额"),
    "亏损率": ("盈利率", "盈余率"), "亏": ("盈",),
    "亏空": ("结余", "盈余"), "倒亏": ("盈余",), "净亏损": ("净盈余", "净盈利"),
    "超支": ("结余", "节约"), "超支额": ("结余额",), "赤字": ("结余", "盈余"), "逆差": ("顺差",),
    "缺口": ("结余", "盈余"), "净流出": ("净流入",), "净支出": ("净收入",), "短收": ("超收",),
    "短缺": ("多余",), "入不敷出": ("结余",),
}  # fmt: skip
_UP: Final = ("增加", "增长", "上升", "提高", "上涨", "增收", "提升", "增幅", "延长")
_OF_RATES: Final = frozenset({"增长", "增幅", "降幅"})  # said of no amount: 增长13.07万元
_BY_LENGTH: Final = sorted((*_TURNS, *_BALANCES), key=len, reverse=True)
_EACH: Final = re.compile(
    r"(?:分别|依次|各自?)(?:[比较][^，；。、\d]{1,8})?"
    rf"(?P<word>{'|'.join(_BY_LENGTH)})了?\d[\d,.]*"
    r"[^\d，,；;。、和]{0,4}(?:[、，,和及与](?:\d[\d,.]*[^\d，,；;。、和]{0,4}[、，,和及与])*)$"
)
_SEVERAL: Final = re.compile(r"(?:分别|依次|各自?)(?:[比较][^，；。、\d]{1,8})?$")
DONE: Final = "了"  # behind such a word


def direction_word(before: str) -> str:
    """The word right before a figure that says whether it is more or less."""
    said = before.removesuffix(DONE)
    return next((word for word in _BY_LENGTH if said.endswith(word)), "")


def is_of_several(before: str) -> bool:
    """Whether the word of more or less before a figure is said of several: 分别增长6.18%和."""
    word = direction_word(before)
    return bool(
        word_of_all(before) or (word and _SEVERAL.search(before.removesuffix(DONE)[: -len(word)]))
    )


def word_of_all(before: str) -> str:
    """The word of 分别增长6.18%和 that is said once, before the first of several figures."""
    told = _EACH.search(before)
    return told["word"] if told else ""


def turn_of(word: str, report: str, after: str = "") -> str:
    """The word that says the opposite: the one before figures that the report has most often.

    `after` stands behind the figure: no amount is said to have 增长.
    """
    words = {**_TURNS, **_BALANCES}[word]
    if not after.startswith(("%", "％")):
        words = tuple(one for one in words if one not in _OF_RATES) or words
    return max(words, key=lambda one: len(re.findall(rf"{one}\d", report)))


def direction_of(before: str) -> int:
    """1 behind a word of more, -1 behind one of less, else 0; 亏损 compares with nothing."""
    word = direction_word(before) or word_of_all(before)
    return (1 if word in _UP else -1) if word in _TURNS else 0


def balance_word(before: str) -> str:
    """The word before a figure that says that less than nothing is left: 亏损, 超支."""
    word = direction_word(before) or word_of_all(before)
    return word if word in _BALANCES else ""
