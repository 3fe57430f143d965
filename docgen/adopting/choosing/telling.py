"""Whether a figure tells a cell by itself: by its digits, its capitals, and by hardly any words."""

import re
from typing import Final

from docgen.naming.around import is_told_around
from docgen.naming.heads import is_change
from docgen.naming.model import Printed
from docgen.naming.place import Place
from docgen.naming.printing import is_converted
from docgen.naming.totals import is_of_list, is_of_total

DATE: Final = re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{4}-\d{1,2}-\d{1,2}")
_SURE: Final = 4  # digits of a figure that two cells do not share by chance
_TOLD: Final = 3  # digits of a figure that is named by its column and its unit alone
CAPITALS: Final = re.compile(
    r"[壹贰叁肆伍陆柒捌玖][零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*元(?:[零壹贰叁肆伍陆柒捌玖角分]+|[整正])?"
)
_CLOSE: Final = 5  # digits of a rounded figure that two cells do not share by chance
_PERSONS: Final = "人口"
_PEOPLE: Final = ("人", "名")
_YEARS: Final = range(1990, 2101)


# what is said of a part, of another time, of a change, or of money that goes and not comes
_ANOTHER: Final = re.compile(
    r"支出|成本|费|退|欠|用[去于]|罚|借|贷|还|赔|损失|结余|结转|其中|新增|增加|减少|增长|下降|上年|去年|上月|同期|累计|计划"
)
_PIECE: Final = re.compile(r"[，、；：,;:()（）。\d]")


def is_of_another_thing(way: Printed, place: Place) -> bool:
    """Whether words stand before a figure that tell of another thing than a cell: 培训支出."""
    piece = _PIECE.split(place.before)[-1]
    names = "".join(way.known_by)
    return any(word not in names for word in _ANOTHER.findall(piece))


def is_told_otherwise(figure: str, way: Printed, place: Place) -> bool:
    """Whether the one cell that a figure may be is named in another way than by its name."""
    if is_of_another_thing(way, place):
        return False
    digits = sum(map(str.isdigit, figure))
    if CAPITALS.fullmatch(figure):
        return len(figure) > _SURE or (place.last is not None and place.last.key == way.key)
    if is_told_around(way, place):
        return True
    if digits >= _TOLD and (is_of_total(way, place) or is_change(way, place)):
        return True
    return digits >= _TOLD and (is_of_list(way, place) or _is_of_many_digits(figure, way, place))


def _is_of_many_digits(figure: str, way: Printed, place: Place) -> bool:
    """Whether a figure of five digits and more is counted as its cell is: 11234人 of 受益人口."""
    digits = figure.replace(",", "").replace(".", "").strip("0")
    is_of_people = any(sign in "".join(way.known_by) for sign in _PERSONS)
    return len(digits) > _SURE and is_of_people and place.after.startswith(_PEOPLE)


def is_own_figure(figure: str, way: Printed) -> bool:
    """Whether a cell holds a figure, or in another unit one that is rounded to it: 1004.04万元."""
    digits = figure.replace(",", "").replace(".", "").lstrip("-−0")
    return way.is_exact or (is_converted(way) and len(digits) >= _CLOSE)


def is_sure(figure: str) -> bool:
    """Whether a figure is that of a cell by its digits alone: 8660 is, 8600 and 85.50 are not."""
    whole, _, decimals = figure.replace(",", "").lstrip("-0").partition(".")
    digits = f"{whole}{decimals}".strip("0") if decimals else whole
    is_year = figure.isdigit() and int(figure) in _YEARS
    return min(len(digits), len(digits.rstrip("0")) + 1) >= _SURE and not is_year
