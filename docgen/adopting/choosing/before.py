"""The cell that the figures before another one tell: of a series, of the same row or column."""

import re
from collections.abc import Sequence
from typing import Final

from docgen.adopting.choosing.winning import keys_of
from docgen.naming.akin import row_of
from docgen.naming.heads import is_headed_as
from docgen.naming.model import Printed
from docgen.naming.place import EACH, Place

SAME: Final = re.compile(r"\d[\d,.]*[^\d，,；。]{0,3}[，,（(]?(?:折合|约合|合|即)(?:人民币)?$")
_SHARE_OF: Final = re.compile(r"\d[^\d，,；。]{0,3}的$")
_SINCE: Final = re.compile(r"\d[^\d，,；。]{0,3}[，,（(][^，,；。\d]{2,8}$")  # 2315台次，去年同期为
_SERIES: Final = re.compile(rf"(?P<head>[^，,；;。：:、\d]*){EACH}(?P<figures>[^；;。]*)$")
_BECAME: Final = re.compile(  # 由上年的16个增至18个
    r"由(?:上年|去年|上期|上月|上季度?)(?:同期)?[^，,；;。\d]{0,3}\d[\d,.]*[^，,；;。\d]{0,3}"
    r"(?:增|减|升|降|变|提高|压减|缩短|延长|扩大|压缩)(?:[加少]?[至到为])$"
)
_ITS_SHARE: Final = re.compile(r"\d[^\d，,；。]{0,3}[，,（(]占比?(?:为)?$")
_GIVEN: Final = re.compile(  # 412人，补助
    r"\d[^\d，,；。元]{0,3}[，,](?:共|累计)?(?:发放|补助|补贴|投入|支出|拨付|兑付)(?:资金|金额)?$"
)
_MONEY: Final = re.compile(r"(?:资金|金额|经费|支出|款)$")
_YUAN: Final = re.compile(r"[亿万千]?元")
_LEAST_SAME: Final = 2  # letters
_LISTED: Final = re.compile(r"\d[^\d，,；;。、]{0,3}、([一-龥]{2,})$")
_CLAUSE_END: Final = re.compile(r"[。；;]")
_FIGURE: Final = re.compile(r"\d[\d,.]*")
_SENTENCE: Final = re.compile(r"[；;。]")


def of_a_series(found: Sequence[Printed], place: Place) -> Printed | None:
    """The cell of one of several figures: 甲5万元、乙6万元，执行率分别为91%和99%."""
    told = _SERIES.search(place.before)
    if told is None:
        return None
    number = len(_FIGURE.findall(told["figures"]))
    behind = len(_FIGURE.findall(_SENTENCE.split(place.after)[0]))
    before = [one for one, end, _ in place.told if end <= told.start()]
    rows = [one.known_by[0] for one in before[-(number + behind + 1) :]]
    if len(rows) != number + behind + 1:
        return None
    own = [way for way in found if way.known_by[0] == rows[number] and len(way.known_by) > 1]
    own = [way for way in own if told["head"] and told["head"] in way.known_by[1]]
    return own[0] if len(keys_of(own)) == 1 else None


def of_the_last(found: Sequence[Printed], place: Place, is_timed: bool) -> Printed | None:
    """The cell that the words behind the last figure mean: 折合58.42万元, 去年同期为2098台次."""
    last = place.last
    if last is None or _is_past(place):
        return None
    same = [way for way in found if way.key == last.key and SAME.search(place.before)]
    row = [way for way in found if row_of(way) == row_of(last) and way.title == last.title]
    if place.after.startswith("%") and _SHARE_OF.search(place.before):  # 占预算3260万元的64.6%
        same += [way for way in found if way.divided_by == last.key]
    is_row = is_timed and _SINCE.search(place.before) is not None
    if _BECAME.search(place.before):
        return next((way for way in row if way.key != last.key), None)
    headed = [way for way in row if is_headed_as(way, place, last)]
    headed = headed or [way for way in found if _is_beside(way, place, last)]
    headed = headed or _alone([way for way in row if _is_its_share(way, place, last)])
    headed = headed or _alone([way for way in found if _is_its_amount(way, place, last)])
    return next(iter(same or (row if is_row else headed)), None)


def _alone(ways: Sequence[Printed]) -> list[Printed]:
    return [*ways] if len(keys_of(ways)) == 1 else []


def _is_its_share(way: Printed, place: Place, last: Printed) -> bool:
    """Whether a share is that of the row of the last figure: 货物类成交30万元，占27.2%."""
    is_share = way.unit == "%" and place.after.startswith("%") and bool(way.divided_by)
    is_own = way.known_by == last.known_by and way.key != last.key
    return is_share and is_own and _ITS_SHARE.search(place.before) is not None


def _is_its_amount(way: Printed, place: Place, last: Printed) -> bool:
    """Whether an amount is what was spent on those who were counted: 托养服务412人，补助92.70万元.

    It is of the same column, and its row begins with letters of theirs: 托养补助资金.
    """
    name, counted = way.known_by[0], last.known_by[0]
    if way.title != last.title or way.known_by[1:] != last.known_by[1:]:
        return False
    is_money = _MONEY.search(name) is not None and _YUAN.match(place.after) is not None
    is_of_them = name[:_LEAST_SAME] in counted and not last.unit.endswith("元")
    return is_money and is_of_them and _GIVEN.search(place.before) is not None


def _is_past(place: Place) -> bool:
    """Whether a clause has begun since the last cell's figure, with one that is nobody's.

    售水收入361.81万元。污水处理费141.58万元，累计1050.41万元: of 141.58 nothing is known, nor whose
    1050.41 is.
    """
    _, *later = _CLAUSE_END.split(place.before[place.told[-1].end :])
    return bool(later) and _FIGURE.search(later[-1]) is not None


def _is_beside(way: Printed, place: Place, last: Printed) -> bool:
    """Whether a row begins with what is said behind the figure of another in the same column.

    累计管理儿童2615人、孕产妇503人 of 孕产妇健康管理.
    """
    told = _LISTED.search(place.before)
    if told is None or len(way.known_by) == 1 or way.known_by[1:] != last.known_by[1:]:
        return False
    others = {one for one in place.names if one.startswith(told[1])} - {way.known_by[0]}
    return way.known_by[0].startswith(told[1]) and not others
