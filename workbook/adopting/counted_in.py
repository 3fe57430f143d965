"""What the figures under a head are counted in, where the sheet's note may mean others."""

import re
from typing import Final

from workbook.adopting.types import is_money
from workbook.figures.units import UNITS
from workbook.viewing.words import AND, bare_words, in_brackets, is_unit, unit_in

_PAID: Final = re.compile(
    r"金额|[单均]价|价格|价款|货值|产值|资金|经费|拨款|预算|决算|收入|支出|成本|工资|薪酬|税额|[用费]$|税$"
)
_OF_NO_UNIT: Final = re.compile(r"(?:率|比例|占比|比重|得分|分值|权重|名次|排名|倍数|系数)$")
_OF_SHARE: Final = re.compile(r"(?:率|比例|占比|比重)$")
_OF_TIME: Final = re.compile(r"时限|时长|时间$|工期|天数|[小工课学机台]时|分钟|年限|年龄|周期")
_TIMES: Final = ("天", "期", "年", "月", "日", "周", "分")
_MEASURE: Final = re.compile(  # in the brackets of a head, of what no unit is known here
    r"(?:工作日|自然日|小时|分钟|秒|岁|年|个?月|周|日|学时|课时|工时|号|倍|班|条|本|只|头|株|盏|吨标煤|℃)$"
)
_BY_WORD: Final = (  # what a head measures, and the units that are meant by it
    (re.compile(r"面积"), ("平方米", "㎡", "万平方米", "亩", "万亩", "公顷")),
    (re.compile(r"里程|长度|公里数"), ("公里", "米")),
    (re.compile(r"[用耗发供购售]电"), ("千瓦时", "万千瓦时", "度")),
    (re.compile(r"[用耗供购售取排]水|[用耗供]气"), ("吨", "万吨", "立方米", "万立方米")),
    (re.compile(r"重量|产量|吨数"), ("吨", "万吨", "公斤", "千克", "斤", "kg")),
)
_OF_AMOUNT: Final = re.compile(r"量$|数量")
_NUMBER_OF: Final = "数量"  # behind the unit itself: 人数, 户数; 人次 is another


def counted_in(head: str, *said: str) -> str:
    """The unit of the figures under a head: its own, else of those `said` the first that fits it.

    A note of several units leaves it to the head which of them is meant, and says nothing where
    that is open: 单价 under 公斤、元 is in 元, 上月 may be in either. A row of 同比(%), said before
    the sheet's note, is one of percentages under any head.
    """
    if len(said) > 1 and said[0] == "%":
        return "%"
    if own := unit_in(head):
        return own
    words = bare_words(head)
    if _OF_NO_UNIT.search(words):
        return "%" if _OF_SHARE.search(words) and "%" in said[-1].split(AND)[1:] else ""
    if any(map(_is_measure, in_brackets(head))):
        return ""
    fits = (_of_several(words, one) if AND in one else _of_one(words, one) for one in said)
    return next(filter(None, fits), "")


def of_its_row(label: str, head: str, said: str) -> str:
    """Which of several units the figures of a row are in by its label, where its head says none."""
    is_open = AND in said and not _OF_NO_UNIT.search(bare_words(head)) and not in_brackets(head)
    return _of_several(bare_words(label), said) if is_open else ""


def _is_measure(text: str) -> bool:
    """Whether brackets in a head hold a unit that figures are in, known or not: 工作日, 元/吨."""
    return is_unit(text) or _MEASURE.search(text) is not None or "/" in text


def _of_one(words: str, unit: str) -> str:
    """The unit that a note or a row says, "" where the head is of something else."""
    if unit.endswith("元") or unit not in UNITS:
        return unit
    is_paid = _PAID.search(words) is not None and is_money(words)
    is_other_time = _OF_TIME.search(words) is not None and unit not in _TIMES
    return "" if is_paid or is_other_time else unit


def _of_several(words: str, said: str) -> str:
    """The one of several units that a head means, "" where that is open."""
    units = said.split(AND)
    amounts = [one for one in units if one.endswith("元")]
    others = [one for one in units if one not in amounts]
    if _OF_TIME.search(words):
        told = [one for one in others if one in _TIMES and one in words]
    elif _PAID.search(words) and is_money(words):
        told = amounts
    else:
        told = _counted(words, others)
    return told[0] if len(told) == 1 else ""


def _counted(words: str, units: list[str]) -> list[str]:
    """The units of things that a head may mean: the one it says, else those of what it measures."""
    named = [one for one in units if _names(words, one)]
    if named:
        return [max(named, key=len)]
    for measured, meant in _BY_WORD:
        if measured.search(words):
            return [one for one in units if one in meant]
    return units if _OF_AMOUNT.search(words) else []


def _names(words: str, unit: str) -> bool:
    """Whether a head says a unit itself: 人 of 用能人数, 人次 of 就餐人次."""
    bare = unit.removeprefix("万")
    return words.endswith(bare) or any(f"{bare}{one}" in words for one in _NUMBER_OF)
