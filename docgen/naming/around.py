"""Whether a cell's words are said on both sides of a figure: 辖17个村 of 辖村数."""

import re
from dataclasses import replace
from typing import Final
from unicodedata import normalize

from docgen.naming.cells import in_one_word
from docgen.naming.heads import TOTALS
from docgen.naming.model import Printed
from docgen.naming.place import PART, Place
from docgen.naming.totals import LINK
from workbook.viewing.words import bare_words

_MEASURE: Final = re.compile(r"^[个名位户家条座处项件台辆所间栋幢眼口支艘架张份套]")
_HELD: Final = re.compile(r"(?:辖|有|设|共计?|合计|总计|包[括含]|涉及|覆盖|涵盖|拥有|现存)了?$")
_ENDED: Final = re.compile(r"[、，。；;,（(和及与共]|$")
_LEAST_NAME: Final = 2  # letters of a name behind a figure
_NEXT: Final = 2  # pieces of what stands between two figures of a list
_PERIODIC: Final = re.compile(r"(?:\d{4}年度?|本[年月期季]度?数?|数量|数值|数据)$")
_RANKS: Final = ("排名", "名次", "位次", "排位")
_FUNDS: Final = "资金总额"  # whose score is that of 预算执行
_FULL: Final = re.compile(r"满分|分值|权重|标准分")
_SCORED: Final = ("得", "得分", "评分", "扣")
_NEAR_TOTAL: Final = 8  # letters before a score in which 总 is looked for
_COUNT_BEFORE: Final = re.compile(r"\d[\d.,]*[^\d，；。]{1,3}[、，]?$")
_COUNTED_ROW: Final = re.compile(r"[月天次人]数$")
_OVERALL: Final = re.compile(r"^(?:综合|总体|平均|整体)")
_COUNTED: Final = re.compile(r"[人批台户场班车架频]次$|天数?$")


def is_told_around(way: Printed, place: Place) -> bool:
    """Whether a name is said on both sides of a figure: 辖17个村 of 辖村数, 陪餐34人次 of 陪餐人次.

    Of a cell in rows and columns the row, and its head on both sides: 预算执行得19.4分 of 得分.
    """
    if _is_said_around(way, place):
        return True
    is_of_row = len(way.known_by) > 1 and _COUNTED_ROW.search(way.known_by[0]) is not None
    return is_of_row and _is_said_around(replace(way, known_by=way.known_by[::-1]), place)


def _is_said_around(way: Printed, place: Place) -> bool:
    """The same of one order of a cell's row and head: 可支付月数 may be either."""
    *rows, name = (_bare_name(one) for one in way.known_by)
    if rows and _PERIODIC.match(name):  # 下辖11个社区 of 社区数 in 2024
        rows, name = [], rows[0]
    if name in _RANKS:
        is_place = place.said.endswith("第") and place.after.startswith(("位", "名"))
        return is_place and bool(rows) and rows[0] in place.said
    if _is_score(way, place):
        return not _FULL.search(name)
    stem = name.removesuffix("数").removesuffix("数量")
    if stem == name and not _COUNTED.search(name) and not rows:
        return False
    is_said = bool(rows) and rows[0] != "" and rows[0] in place.said
    is_row = is_said or (bool(rows) and _is_row_of_last(way, place))
    if rows and not (is_row and len(stem) > 1):
        return False
    if rows and not is_said and _is_of_another(stem, place):
        return False
    after = normalize("NFKC", place.after)
    counted = _MEASURE.sub("", after)
    if not rows and counted != after and stem and counted.startswith(stem):
        return True  # 辖14个村(社区)
    said = in_one_word(place.said)
    before = (said, _COUNT_BEFORE.sub("", said))  # 接待87批次、694人次
    return any(
        any(one.endswith(stem[:at]) for one in before)
        and (after.startswith(stem[at:]) or counted.startswith(stem[at:]))
        for at in range(1, len(stem))
    )


def is_named_behind(way: Printed, place: Place) -> bool:
    """Whether a cell's whole name stands behind a figure and its measure: 辖9个行政村.

    Of few digits only where they are held, or go on a list of such, and not some of them that were
    built: 新建2个卫生室 may be any two.
    """
    name = way.known_by[0]
    counted = _counted(way, place)
    if len(way.known_by) > 1 or len(name) < _LEAST_NAME or not counted.startswith(name):
        return False
    if not _ENDED.match(counted[len(name) :]):
        return False
    piece = bare_words(PART.split(place.before)[-1])
    is_listed = not piece and place.told and place.before[place.told[-1].end :].endswith("、")
    is_list = is_listed and len(PART.split(place.before[place.told[-1].end :])) == _NEXT
    return bool(is_list) or _HELD.search(piece) is not None


def _counted(way: Printed, place: Place) -> str:
    """What stands behind a figure and its unit or its measure word."""
    after = in_one_word(normalize("NFKC", place.after))
    if way.unit and after.startswith(way.unit):
        return after.removeprefix(way.unit)
    return _MEASURE.sub("", after)


def _is_of_another(stem: str, place: Place) -> bool:
    """Whether something else is named before what is counted: 晨光乳业供货20次 of 供货次数."""
    piece = LINK.sub("", in_one_word(bare_words(PART.split(place.before)[-1])))
    piece = _OVERALL.sub("", piece)
    return not any(piece == stem[:at] for at in range(1, len(stem) + 1)) and bool(piece)


def _is_score(way: Printed, place: Place) -> bool:
    """Whether a figure is said to be a score, as its cell is: 预算执行率得9.6分 of 自评分."""
    name = TOTALS.sub("", way.known_by[-1])
    is_row = len(way.known_by) > 1 and (
        way.known_by[0] in place.said or _is_row_of_last(way, place)
    )
    is_total = len(way.known_by) == 1 and "总" in place.said[-_NEAR_TOTAL:]
    of = name.removesuffix("得分").removesuffix("评分")  # 执行率99.8%，得9.73分 of 执行率得分
    is_total = is_total or (len(way.known_by) == 1 and len(of) > 1 and of in place.said)
    is_total = is_total or (way.known_by[0].endswith(_FUNDS) and "执行" in place.said)
    is_score = name.endswith("分") and place.after.startswith("分")
    return is_score and place.said.endswith(_SCORED) and (is_row or is_total)


def _is_row_of_last(way: Printed, place: Place) -> bool:
    return place.last is not None and way.known_by[0] in (
        place.last.known_by[0],
        place.last.known_by[-1],
    )


def _bare_name(words: str) -> str:
    return words.removesuffix("情况")
