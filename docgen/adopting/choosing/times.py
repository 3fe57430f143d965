"""Of which time a figure is: this year's, last year's, or another's that no cell holds."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from typing import Any, Final

from docgen.naming.heads import is_aim_behind
from docgen.naming.model import Printed, Ways
from docgen.naming.place import Place
from workbook.adopting.model import Found

YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_FIRST: Final = 3  # paragraphs of a report in which its year is looked for
_SENTENCE: Final = re.compile(r"[。！？!?]")
_MARK: Final = re.compile(
    r"(?P<year>(?<!\d)(?:19|20)\d\d)年(?!\d{1,2}月\d{1,2}日)"
    r"|(?P<prior>上一?年度?|去年|上期|上季度?|上月)(?!结转|结余)"
    r"|(?P<this>今年|本年|本期|本季|本月|报告期)"
    r"|(?<!\d)(?P<month>\d{1,2})月(?:份|底|末)?(?!\d{1,2}日)"
    r"|(?P<other>下一?年|明年|来年|前年|往年|历年)"
)
_PLAN: Final = re.compile(r"力争|预计|计划|目标|拟(?!定)")
_WAS_PLANNED: Final = re.compile(r"(?:完成|年初|原|按照?|超额?|对照)[^，,；;]{0,4}$|数$")
_SHARE_OF: Final = re.compile(r"\d[^\d，,；;]{0,3}的$")
_PART: Final = re.compile(r"[，,；;]")
_CHANGED: Final = re.compile(
    r"增|减|升|降|缩短|延长|扩大|压缩|提高|上涨|下跌|持平|相比|同比|变为|调整|多|少|高于|低于"
)
_BECAME: Final = re.compile(
    r"(?:变|调整|增[加长至]?|减少?|上?升|下?降|提高|下跌|上涨|缩短|延长|扩大|压缩)[为到至]"
)
_BEGAN: Final = re.compile(
    r"以来|启动|建成|成立|开工|开放|开业|启用|投用|投入使用|设立|挂牌|立项|印发|[《》]"
)
_FROM: Final = ("由", "从", "自")
_OF_PRIOR: Final = re.compile(  # 收入比上年增长 is this year's
    r"(?<![比较])(?:上一?年|去年|上期|上季|上月|同期)|[年期]初(?!预算|计划|目标|安排|批复|下达)"
)
_OPENING: Final = re.compile(r"[年期月季]初")
_MONTHS: Final = 12
_REPORTED: Final = re.compile(r"(?<![\d至—~-])(\d{1,2})月(?:份)?(?!\d)")
_JUST_SAID: Final = 8  # letters before a figure
_OF_PLAN: Final = re.compile(r"力争|预计|计划|目标|指标值|拟|下年|明年")


class Time(Enum):
    """What is said of the time of a figure."""

    UNSAID = auto()
    THIS = auto()
    PRIOR = auto()
    OTHER = auto()


def year_of(found: Found, context: Mapping[str, Any], texts: Sequence[str]) -> int | None:
    """The year that is reported on: a field's, else the one of the form's title or the report's."""
    fields = [context.get(one.key) for one in found.asked() if one.type == "year"]
    told = next((int(value) for value in fields if value), None)
    for text in (found.title, *[one for one in texts if one.strip()][:_FIRST]):
        years = set(YEAR.findall(text))
        if told is None and len(years) == 1:
            told = int(years.pop())
    return told


def month_of(found: Found, texts: Sequence[str]) -> int | None:
    """The month that is reported on, where the form is one of a month."""
    told = {match for text in texts[:1] for match in _REPORTED.findall(text)}
    return int(told.pop()) if found.period == "month" and len(told) == 1 else None


def of_time(found: Iterable[Printed], place: Place) -> list[Printed]:
    """The cells that are of the time which the words before a figure say."""
    ways = list(found)
    if named := [way for way in ways if _is_prior_name_said(way, place)]:
        return named
    sentence = _without_names(place)
    if _is_planned(sentence):
        return [way for way in ways if _OF_PLAN.search("".join(way.known_by))]
    time, year = _time_of(sentence, place.ways)
    if year and (own := [way for way in ways if any(year in one for one in way.known_by)]):
        return own
    ways = ways if is_aim_behind(place) else _without_plans(ways, sentence)
    prior = [way for way in ways if _is_of_prior(way, place.ways.year)]
    if time is Time.THIS:
        return [way for way in ways if way not in prior or _opens(way, place)]
    if time is Time.UNSAID:
        rows = {way.known_by[0] for way in ways if way not in prior}
        return [way for way in ways if way not in prior or way.known_by[0] not in rows]
    return {Time.PRIOR: prior, Time.OTHER: []}[time]


def _without_plans(ways: Sequence[Printed], sentence: str) -> list[Printed]:
    """The cells without those of what was meant to be, where what was done is no other figure.

    Unless it is said: 目标18公里.
    """
    done = [way for way in ways if not _OF_PLAN.search("".join(way.known_by))]
    rows = {way.known_by[0] for way in done}
    if _PLAN.search(_PART.split(sentence)[-1]):
        return [*ways]
    return [way for way in ways if way in done or way.known_by[0] not in rows]


def _is_prior_name_said(way: Printed, place: Place) -> bool:
    """Whether a cell's whole name, which says 上月 itself, stands right before a figure."""
    name = way.known_by[0]
    return _OF_PRIOR.search(name) is not None and place.said.endswith(name)


def _opens(way: Printed, place: Place) -> bool:
    """Whether a figure is said to be an opening one of this year: 比年初的590台."""
    is_opening = _OPENING.search("".join(way.known_by)) is not None
    return is_opening and _OPENING.search(place.before[-_JUST_SAID:]) is not None


def is_said_to_be_prior(place: Place) -> bool:
    """Whether the words before a figure say that it is last year's: 比上年的23.68万元下降."""
    return _time_of(_without_names(place), place.ways)[0] is Time.PRIOR


def _without_names(place: Place) -> str:
    """The sentence before a figure, without the names of cells: 上年结余 is one, and no time."""
    sentence = _SENTENCE.split(place.before)[-1]
    for name in sorted(place.names, key=len, reverse=True):
        sentence = sentence.replace(name, "□" * len(name))
    return sentence


def _is_of_prior(way: Printed, year: int | None) -> bool:
    said = "".join(way.known_by)
    return _OF_PRIOR.search(said) is not None or (year is not None and f"{year - 1}年" in said)


def _is_planned(sentence: str) -> bool:
    """Whether a sentence says before a figure what is only meant to be; 完成年初计划 is done."""
    for match in _PLAN.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        is_far = match[0] in ("计划", "目标") and _PART.search(after)
        if _SHARE_OF.search(after) or after == "的":  # 为年度目标28.5亿元的105.7%, 占目标的94%
            continue
        if not is_far and not _WAS_PLANNED.search(before) and not after.startswith(("内", "数")):
            return True
    return False


def _time_of(sentence: str, ways: Ways) -> tuple[Time, str]:
    """The time that the last word of time says, and the year where one is written out."""
    year = ways.year
    for mark in reversed([*_MARK.finditer(sentence)]):
        before, gap = sentence[: mark.start()], sentence[mark.end() :]
        said = mark["year"] or ""
        if mark["month"]:
            if ways.month is None or _CHANGED.search(gap) or _PART.search(gap):
                continue
            is_last = int(mark["month"]) % _MONTHS == (ways.month - 1) % _MONTHS
            is_own = int(mark["month"]) == ways.month
            return (Time.THIS if is_own else Time.PRIOR if is_last else Time.OTHER), ""
        if _BEGAN.search(gap):
            continue
        if _CHANGED.search(gap):  # 比上年增加 says nothing of the time, 由上年的5变为 says this
            if before.endswith(_FROM) and _BECAME.search(gap) and not _PART.search(gap):
                return Time.THIS, ""
            if not mark["this"] and (said != str(year)):
                continue
        if mark["prior"] and _PART.search(gap):
            continue
        if mark["this"] or said == str(year):
            return Time.THIS, said
        is_prior = mark["prior"] or (year is not None and said == str(year - 1))
        return (Time.PRIOR if is_prior else Time.OTHER), said
    return Time.UNSAID, ""
