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
_PROFIT: Final = re.compile(r"利润|盈亏|损益|盈余")
_BALANCE: Final = re.compile(r"[结节]余|结存|节约|缺口|收支差|差额")
_TRADE: Final = re.compile(r"差额|顺差|净出口")
_RESULTS: Final = {  # a word of what came out, its opposite, and the cells that hold it
    "亏损": ("盈利", _PROFIT), "盈利": ("亏损", _PROFIT), "赤字": ("盈余", _BALANCE),
    "超支": ("结余", _BALANCE), "缺口": ("结余", _BALANCE),
    "逆差": ("顺差", _TRADE), "顺差": ("逆差", _TRADE),
}  # fmt: skip
_UP: Final = (
    "盈利",
    "顺差",
    "增加",
    "增长",
    "上升",
    "提高",
    "上涨",
    "增收",
    "提升",
    "增幅",
    "延长",
)
DONE: Final = "了"  # behind such a word


def direction_word(before: str) -> str:
    """The word right before a figure that says whether it is more or less."""
    said = before.removesuffix(DONE)
    return next((word for word in (*_TURNS, *_RESULTS) if said.endswith(word)), "")


def is_result_said(name: str, said: str) -> bool:
    """Whether a word of what came out ends what is said, and a cell holds it: 亏损 of 利润总额."""
    told = _RESULTS.get(direction_word(said))
    return told is not None and told[1].search(name) is not None


def turn_of(word: str, report: str) -> str:
    """The word that says the opposite: the one before figures that the report has most often."""
    if word in _RESULTS:
        return _RESULTS[word][0]
    return max(_TURNS[word], key=lambda one: len(re.findall(rf"{one}\d", report)))


def direction_of(before: str) -> int:
    """1 behind a word that says more, -1 behind one that says less, else 0."""
    word = direction_word(before)
    return (1 if word in _UP else -1) if word else 0
