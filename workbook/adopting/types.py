"""What a cell takes, told by its list, its format, its words and what last year's book holds."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from workbook.figures.number_formats import Shows, number_format, shows
from workbook.figures.units import UNITS
from workbook.form.field import FieldType
from workbook.viewing.boxes import Box, Value
from workbook.viewing.formulas import is_quotient, rounded_to
from workbook.viewing.words import unit_in

_LONG: Final = 40  # letters of a text that is none of a line
_DATE: Final = re.compile(r"日期|时间$|年月日|^日$")
_YEAR: Final = re.compile(r"(?:年度|年份|预算年)$|^年$")
_AMOUNT: Final = re.compile(
    r"金额|[数额费款价率量值分比]$|支出|收入|资金|拨款|经费|预算|决算|单价|合计|总计|小计|人数|面积|余额|结转|得分|权重|得票"
)
_NO_MONEY: Final = re.compile(
    r"(?:量|人数|(?:机构|单位|企业|车辆|床位|班级|合同|案件|学校|设备|岗位|职工|学生|教师)数|[机工学课小]时|时长|人口|里程|长度|面积|率|比例|占比|得分|分值|权重|编号|人次|批次|[项目个件户次台辆份家村处宗座天笔例篇场]数)$"
)
_OF_ALL: Final = re.compile(r"(?:[合总小共]计|累计)$")  # 受益户数合计 is no money either
_COUNTED: Final = re.compile(r"(?:人数|个数|次数|台数|户数|份数|天数|辆数)$|月份$|^月$|^季度$")
_SAID_FREELY: Final = re.compile(r"(?:指标|完成|目标|标准|实际)值$|来源|性质|用途|名称$")
_ONE_BY_ONE: Final = (
    "人", "人次", "名", "个", "台", "辆", "套", "件", "次", "批", "份", "户", "户次", "项", "张",
    "册", "所", "家", "座", "处", "场", "期", "册次", "场次", "车次", "座次", "架次",
    "班次", "台次", "件次", "批次", "例", "例次", "床",
)  # fmt: skip
_CURRENCY: Final = ("¥", "￥")
_LONG_WORDS: Final = re.compile(
    r"情况|说明|内容|概况|问题|建议|措施|目标|原因|简介|意见|职能|职责|经验|做法"
)


class Takes(NamedTuple):
    """The type of a field, its unit, its decimals, and whether its cell shows a percentage.

    Of 372, 48.6 and 98.5% below one another the type is number, with no unit and one decimal.
    """

    type: FieldType
    unit: str = ""
    decimals: int | None = None
    is_percent: bool = False
    is_partly_percent: bool = False  # a column some of whose cells show one: 372 above 98.5%


def takes(
    boxes: Sequence[Box],
    words: str,
    of_sheet: str,
    *,
    is_column: bool = False,
    is_read: bool = False,
) -> Takes:
    """What the cells take that stand under `words`; `of_sheet` is the unit that the sheet gives.

    `is_read` says that formulas calculate with them, so that a blank one is for a figure.
    """
    values = [one for box in boxes if (one := box.shown) not in (None, "")]
    formats = {box.number_format for box in boxes}
    if any(box.choices for box in boxes):
        return Takes("choice")
    if _are(values, date) or (not values and (_dates(formats) or _DATE.search(words))):
        return Takes("date")
    if _is_year(values, words):
        return Takes("year")
    is_figure = is_read or any(box.formula for box in boxes)
    if (not values and is_figure) or _is_number(values, formats, words):
        return _number(boxes, words, of_sheet, is_read=is_read)
    is_long = any(len(str(value)) > _LONG or "\n" in str(value) for value in values)
    is_tall = any(box.bottom > box.row and box.right > box.column for box in boxes)
    if not is_column and (is_long or is_tall or (not values and _LONG_WORDS.search(words))):
        return Takes("paragraphs")
    return Takes("text")


def _are(values: Sequence[Value], kind: type) -> bool:
    return bool(values) and all(isinstance(value, kind) for value in values)


def _dates(formats: Iterable[str]) -> bool:
    return any(shows(one) is Shows.DAY for one in formats)


def _is_year(values: Sequence[Value], words: str) -> bool:
    fits = all(isinstance(value, int) and 1990 <= value <= 2100 for value in values)
    return fits and _YEAR.search(words) is not None


def _is_number(values: Sequence[Value], formats: Iterable[str], words: str) -> bool:
    if values:
        return all(isinstance(value, int | Decimal) for value in values)
    if any(one not in ("General", "@") for one in formats):
        return not _dates(formats)
    is_amount = _AMOUNT.search(words) is not None and _SAID_FREELY.search(words) is None
    return is_amount and "@" not in formats


def _number(boxes: Sequence[Box], words: str, of_sheet: str, *, is_read: bool) -> Takes:
    """A figure's unit and decimals, which are the format's; next year's has other values.

    Where a General format leaves them open, so does the field, except of money.
    """
    formulas = [box.formula for box in boxes if box.formula]
    formats = {box.number_format for box in boxes}
    typed = max((_places(box.value) for box in boxes if not box.formula), default=0)
    said = max((places for one in formats if (places := _decimals(one)) is not None), default=None)
    said = max(
        (places for one in formulas if (places := rounded_to(one)) is not None), default=said
    )
    is_open = is_read and any(map(is_quotient, formulas))  # others calculate with all that it has
    if len({shows_percent(box) for box in boxes if box.value is not None}) > 1:
        places = max(_places(box.value) - 2 * shows_percent(box) for box in boxes)
        return Takes("number", "", max(places, 0), is_partly_percent=True)
    if any(shows(one) is Shows.PERCENT for one in formats):
        shown = max((number_format(one).decimals or 0 for one in formats), default=0)
        return Takes("number", "%", None if is_open else max(shown, typed - 2), is_percent=True)
    is_other = _COUNTED.search(words) and of_sheet not in words  # 人数 are in no 元
    unit = unit_in(words) or ("" if is_other else of_sheet) or _unit_shown(formats)
    if unit_in(words) == "" and of_sheet.endswith("元") and not is_money(words):
        unit = ""
    if is_open and not any(box.value is not None and not box.formula for box in boxes):
        return Takes("number", unit)  # a total of amounts in 元 / 10000 adds up all of them
    if unit.endswith("元"):
        return Takes("number", unit, max(said or 0, typed, 2))
    is_counted = unit in _ONE_BY_ONE or _COUNTED.search(words) or any(u.is_whole for u in boxes)
    if is_counted and not formulas and not typed and not said:
        return Takes("integer", unit)
    return Takes("number", unit, None if is_open or said is None else max(said, typed))


def _unit_shown(formats: Iterable[str]) -> str:
    """The unit that cells show behind their figures, 元 for a sign of the currency; "" for none."""
    shown = [one for one in formats if not number_format(one).thousands]
    told = {"元" if one.startswith(_CURRENCY) else number_format(one).words for one in shown}
    said = {"元" if one in _CURRENCY else one.strip() for one in told}
    return said.pop() if len(said) == 1 and said <= {*UNITS} else ""


def shows_percent(box: Box) -> bool:
    """Whether a cell shows its figure as a percentage."""
    return shows(box.number_format) is Shows.PERCENT


def _decimals(code: str) -> int | None:
    """The decimals that a format shows; None where it leaves them open or shows none."""
    return number_format(code).decimals or None


def is_money(words: str) -> bool:
    """Whether what stands under some words may be an amount: 数量 and 人数 are none."""
    return _NO_MONEY.search(_OF_ALL.sub("", words)) is None


def _places(value: Value | None) -> int:
    if not isinstance(value, Decimal):
        return 0
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
