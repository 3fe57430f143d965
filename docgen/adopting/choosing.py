"""Which cell a figure is: by unit, time, the words before it, and the figures before it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from docgen.adopting.nearly import is_begun, is_nearly_named, is_said_before
from docgen.adopting.siblings import told_apart
from docgen.adopting.times import is_said_to_be_prior, of_time
from docgen.naming.akin import is_akin, is_anothers, is_meant, is_named_right_before, row_of
from docgen.naming.around import is_told_around
from docgen.naming.directions import direction_of
from docgen.naming.heads import (
    counted_in,
    is_aim,
    is_aim_behind,
    is_change,
    is_head_right_before,
    is_headed_as,
)
from docgen.naming.place import Place
from docgen.naming.printing import Printed, is_converted
from docgen.naming.scores import HALF, name_score
from docgen.naming.totals import is_of_all_rows, is_of_list, is_of_part, is_of_title, is_of_total
from workbook.adopting.types import is_money
from workbook.viewing.words import is_other_count

_UNIT: Final = re.compile(r"亿元|万元|千元|元|%|‰|个百分点|年")
_MEASURES: Final = ("亿元", "万元", "千元", "元", "%", "‰", "个百分点")
_YEAR: Final = "年"
DATE: Final = re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{4}-\d{1,2}-\d{1,2}")
_SURE: Final = 4  # digits of a figure that two cells do not share by chance
_TOLD: Final = 3  # digits of a figure that is named by its column and its unit alone
CAPITALS: Final = re.compile(
    r"[壹贰叁肆伍陆柒捌玖][零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*元(?:[零壹贰叁肆伍陆柒捌玖角分]+|[整正])?"
)
_RATE: Final = re.compile(r"[率幅%％]|比例")
_SAME: Final = re.compile(r"\d[\d,.]*[^\d，,；。]{0,3}[，,（(]?(?:折合|约合|合|即)(?:人民币)?$")
_SHARE_OF: Final = re.compile(r"\d[^\d，,；。]{0,3}的$")
_SINCE: Final = re.compile(r"\d[^\d，,；。]{0,3}[，,（(][^，,；。\d]{2,8}$")  # 2315台次，去年同期为
_SERIES: Final = re.compile(r"(?P<head>[^，,；;。：:、\d]*)分别(?P<figures>[^；;。]*)$")
_BECAME: Final = re.compile(  # 由上年的16个增至18个
    r"由(?:上年|去年|上期|上月|上季度?)[^，,；;。\d]{0,3}\d[\d,.]*[^，,；;。\d]{0,3}(?:增|减|升|降|变|提高|压减)(?:[加少]?[至到为])$"
)
_LISTED: Final = re.compile(r"\d[^\d，,；;。、]{0,3}、([一-龥]{3,})$")
_FIGURE: Final = re.compile(r"\d[\d,.]*")
_SENTENCE: Final = re.compile(r"[；;。]")
_ACTUAL: Final = (  # heads of what was really done, the plainest first
    re.compile(r"决算|执行|完成|实际|实收|实支|发生|^实"),
    re.compile(r"^本[年月期季](?!.*[预计])|支出数"),
)
_OF_PERIOD: Final = re.compile(r"^本[月季期](?!.*累计)")
_SO_FAR: Final = re.compile(r"累计|截至|以来")
_PERSONS: Final = "人口"
_THINGS: Final = tuple("人个名家户次批辆台项件天吨亩")  # that no amount is counted in
_APART: Final = {"天": "次人名元%", "次": "天人名元%", "人": "天次元%"}  # what is counted otherwise
_PEOPLE: Final = ("人", "名")
_YEARS: Final = range(1990, 2101)


def chosen(
    figure: str, found: Sequence[Printed], place: Place
) -> tuple[Printed | None, tuple[str, ...]]:
    """The one cell that a figure is; else the keys of those that it may be."""
    found = [way for way in found if _fits(way, place)]
    found = [way for way in found if not is_anothers(way, place)]
    if not found:
        return None, ()
    keys = _keys(found)
    if CAPITALS.fullmatch(figure) and place.last and place.last.key in keys:
        return next(way for way in found if way.key == place.last.key), ()
    if found[0].unit == _YEAR:
        return (found[0], ()) if len(keys) == 1 else (None, keys)
    found = found if DATE.fullmatch(figure) else of_time(found, place)
    if not found:  # of another year, or of a plan
        return None, keys
    is_timed = len(_keys(found)) == 1 and (len(keys) > 1 or is_said_to_be_prior(place))
    found = [way for way in found if not is_converted(way)] or found
    found = [way for way in found if not is_of_all_rows(way, found, place)] or found
    found = [way for way in found if not is_of_part(way, found, place)] or found
    named = [way for way in found if place.said.endswith(way.known_by[0])]
    found = [way for way in found if way in named or way in _first_of_alike(found)]
    for one in _by_words(figure, found, place, is_timed):
        if one is not None:
            is_same = _SAME.search(place.before) is not None
            meant = one if is_same else told_apart(one, found, place)
            return (meant, ()) if meant else (None, _keys(found))
    return None, _keys(found)


def _by_words(
    figure: str, found: Sequence[Printed], place: Place, is_timed: bool
) -> Iterator[Printed | None]:
    """The cells that words and the figures before may tell, the surest first."""
    yield _of_a_series(found, place)
    winners, best = _winners(found, place, is_timed)
    is_plain = best > HALF or (
        _is_sure(figure) and winners and winners[0].is_exact and is_meant(winners[0], place)
    )
    yield winners[0] if is_plain and len(_keys(winners)) == 1 else None
    yield _of_the_last(found, place, is_timed)
    keys = _keys(found)
    yield found[0] if len(keys) == 1 and _is_told(figure, found[0], place) else None
    exact = [way for way in found if way.is_exact and not _is_of_row(way)]
    if len(_keys(exact)) == 1 and len(_keys([way for way in found if way.is_exact])) == 1:
        only = exact[0]
        is_said = is_nearly_named(figure, only, place) or is_said_before(figure, only, place)
        yield only if is_said else None
    begun = [way for way in found if way.is_exact and is_begun(way, place)]
    yield begun[0] if len(_keys(begun)) == 1 else None
    if not winners:
        yield _only(figure, _first_of_alike(found), place)


def _keys(ways: Sequence[Printed]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(way.key for way in ways))


def _winners(found: Sequence[Printed], place: Place, is_timed: bool) -> tuple[list[Printed], int]:
    """The cells whose names are said best, and how well."""
    scores = {way: score for way in found if (score := name_score(way, place, is_timed))}
    best = max(scores.values(), default=0)
    winners = _first_of_alike([way for way, score in scores.items() if score == best])
    winners = [w for w in winners if w.unit and place.after.startswith(w.unit)] or winners
    if len(_keys(winners)) > 1:
        winners = [way for way in winners if is_head_right_before(way, place)] or winners
    winners = [way for way in winners if not is_converted(way)] or winners
    winners = [way for way in winners if not _is_of_row(way)] or winners
    if place.last and len(_keys(winners)) > 1:  # under the head of the one before it
        heads = place.last.known_by[1:]
        winners = [way for way in winners if way.known_by[1:] == heads] or winners
    if len(_keys(winners)) == 2:
        winners = _of_the_period(winners, place)
    if (usual := _usual(found, place)) is not None:
        return [usual], max(best, HALF + 1)
    return winners, best


def _of_the_period(ways: Sequence[Printed], place: Place) -> list[Printed]:
    """Of a row's cells of one quarter and of the year so far, which is one in the first, this."""
    alone = [way for way in ways if _OF_PERIOD.match(way.known_by[-1])]
    so_far = [way for way in ways if _SO_FAR.search(way.known_by[-1])]
    is_pair = len({way.known_by[0] for way in ways}) == 1 and alone and so_far
    if not is_pair:
        return [*ways]
    return so_far if _SO_FAR.search(place.clause) else alone


def _usual(found: Sequence[Printed], place: Place) -> Printed | None:
    """Of cells of a row that is named alone the one whose head the paragraph's others have.

    Else the one of what was really done: 人员经费1186.75万元 is 决算数, and no 调整预算数.
    """
    own = [way for way in found if len(way.known_by) > 1 and is_named_right_before(way, place)]
    if len(_keys(own)) < 2 or len({way.known_by[0] for way in own}) > 1:
        return None
    heads = Counter(one.known_by[1:] for one, _, is_named in place.told if is_named)
    most = max((heads[way.known_by[1:]] for way in own), default=0)
    usual = [way for way in own if most and heads[way.known_by[1:]] == most]
    if is_aim_behind(place):  # 改造6座的年度计划
        own = [way for way in own if is_aim(way)]
        return own[0] if len(_keys(own)) == 1 else None
    for actual in _ACTUAL:
        usual = usual or [way for way in own if actual.search(way.known_by[1])]
    return usual[0] if len(_keys(usual)) == 1 else None


def _of_a_series(found: Sequence[Printed], place: Place) -> Printed | None:
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
    return own[0] if len(_keys(own)) == 1 else None


def _only(figure: str, found: Sequence[Printed], place: Place) -> Printed | None:
    """The one cell that holds a figure of many digits, where it is akin to what is said."""
    found = [way for way in found if is_of_title(way, place)] or found
    is_only = len(_keys(found)) == 1 and found[0].is_exact and not _is_of_row(found[0])
    is_date = DATE.fullmatch(figure) is not None
    if is_only and _is_sure(figure) and (is_date or is_akin(found[0], place)):
        return found[0]
    return None


def _is_of_row(way: Printed) -> bool:
    """Whether a way prints a row of a list, which next year may not be there."""
    return "." in way.key


def _of_the_last(found: Sequence[Printed], place: Place, is_timed: bool) -> Printed | None:
    """The cell that the words behind the last figure mean: 折合58.42万元, 去年同期为2098台次."""
    last = place.last
    if last is None:
        return None
    same = [way for way in found if way.key == last.key and _SAME.search(place.before)]
    row = [way for way in found if row_of(way) == row_of(last) and way.title == last.title]
    if place.after.startswith("%") and _SHARE_OF.search(place.before):  # 占预算3260万元的64.6%
        same += [way for way in found if way.divided_by == last.key]
    is_row = is_timed and _SINCE.search(place.before) is not None
    if _BECAME.search(place.before):
        return next((way for way in row if way.key != last.key), None)
    headed = [way for way in row if is_headed_as(way, place, last)]
    headed = headed or [way for way in found if _is_beside(way, place, last)]
    return next(iter(same or (row if is_row else headed)), None)


def _is_beside(way: Printed, place: Place, last: Printed) -> bool:
    """Whether a row begins with what is said behind the figure of another in the same column.

    累计管理儿童2615人、孕产妇503人 of 孕产妇健康管理.
    """
    told = _LISTED.search(place.before)
    if told is None or len(way.known_by) == 1 or way.known_by[1:] != last.known_by[1:]:
        return False
    others = {one for one in place.names if one.startswith(told[1])} - {way.known_by[0]}
    return way.known_by[0].startswith(told[1]) and not others


def _first_of_alike(ways: Sequence[Printed]) -> list[Printed]:
    """The ways without those of cells that only repeat another's of them."""
    keys = {way.key for way in ways}
    return [way for way in ways if way.same_as not in keys]


def _is_told(figure: str, way: Printed, place: Place) -> bool:
    """Whether the one cell that a figure may be is named in another way than by its name."""
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


def _fits(way: Printed, place: Place) -> bool:
    """Whether the unit behind a figure, and a word of more or less before it, are a cell's."""
    before, after = place.before, place.after
    is_in_table = place.paragraph.table is not None
    said = _UNIT.match(after)
    unit = said[0] if said else ""
    if unit == "个百分点" and way.unit == "%" and _is_of_points(way):
        unit, after = way.unit, way.unit
    if unit != way.unit and is_converted(way) and not is_in_table:
        return False
    if way.unit in _MEASURES and not way.is_exact and after[:1] in _THINGS:
        return False
    if not way.unit and counted_in(way) in _APART and after[:1] in _APART[counted_in(way)]:
        return False
    if _YEAR in (way.unit, unit):
        return way.unit == unit
    if not way.unit and unit.endswith("元") and not is_money(way.known_by[-1]):
        return False
    if is_other_count(way.unit, after):
        return False
    is_other = unit in _MEASURES and way.unit and unit != way.unit
    if is_other or (way.unit in _MEASURES and unit and unit != way.unit):
        return False
    if unit == "%" and direction_of(before) and not way.direction:
        return False  # 增长3.70% is no share, whatever its figure
    return direction_of(before) == way.direction or not (way.direction or way.has_direction)


def _is_of_points(way: Printed) -> bool:
    """Whether a cell says by how much a share has changed, and no rate: 比上年提高2.6个百分点."""
    return way.direction != 0 and not _RATE.search("".join(way.known_by[1:]))


def _is_sure(figure: str) -> bool:
    """Whether a figure is that of a cell by its digits alone: 8660 is, 8600 and 85.50 are not."""
    whole, _, decimals = figure.replace(",", "").lstrip("-0").partition(".")
    digits = f"{whole}{decimals}".strip("0") if decimals else whole
    is_year = figure.isdigit() and int(figure) in _YEARS
    return min(len(digits), len(digits.rstrip("0")) + 1) >= _SURE and not is_year
