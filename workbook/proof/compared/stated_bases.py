"""The figures of its own sentence that a change may be from: before it, or behind it."""

import re
from collections.abc import Sequence
from typing import Final

from workbook.proof.compared.comparison import SHORT, begins_another
from workbook.proof.compared.naming import SHARE, names_another
from workbook.stated.clauses import Said, Sentence, Way

BASE_WORDS: Final = re.compile(r"(?:比|较|与|同|相比|对比|由|从)")
LAST: Final = re.compile(r"上年|去年|上一年|上期|同期|前年")
AGAINST_LAST: Final = re.compile(r"上年|去年|上一年|上期|同期|前年|同比")
YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年)")
_BUDGET: Final = re.compile(r"预算|追加")
NO_BASE: Final = re.compile(r"预算|计划|目标")
_BEHIND: Final = re.compile(
    r"\(?,?[比较]?(?:(?:上年|去年)(?:同期)?|(?:19|20)\d\d年末?)[^\d,;。()]{0,6}"
)
_OF_A_YEAR: Final = re.compile(
    r"[、,](?:上年|去年|(?:19|20)\d\d年)度?(?:同期)?(预算|决算|支出|收入)?数?(?:为|是)?"
)
_BEFORE_BRACKET: Final = re.compile(
    r"(?:[同环]比|[比较](?:上年|去年|上月|上季度?|上期)(?:同期|同月|末)?)"
    r"\((?:上年|去年|上月|上期|上季度?|(?:19|20)\d\d年|\d{1,2}月|[一二三四]季度)(?:同期|同月|末|度|份|全年)*[^\d,;()]{0,8}$"
)
_BEHIND_BRACKET: Final = re.compile(
    r"\)(?:增加|减少|增长|下降|上升|增|减|降|提高|降低|回落|增收|减收|增幅|降幅)了?"
)
_BOTH: Final = re.compile(r"^[;,](?:两年|两者)?(?:对比|相比|比较),?")


def base_behind(group: Sequence[Said], sentence: Sentence) -> Said | None:
    """The base in 同比增长8.96%(2022年支出8.37亿元) and 同比下降12.9%,比上年473起减少61起."""
    number = sentence.figures.index(group[-1]) + 1
    one = next(iter(sentence.figures[number : number + 1]), None)
    if one is None or one.way is not Way.VALUE or not one.is_exact:
        return None
    words, first = _BEHIND.fullmatch(one.gap), group[0]
    is_told = AGAINST_LAST.search(first.gap) or YEAR.search(first.gap)
    # 下降4.08%(上年450万元): a change that names no base is from the one right behind it.
    is_plain = LAST.search(one.gap) and not (BASE_WORDS.search(first.gap) or "环" in first.gap)
    if words is None or not (is_told or is_plain):
        return None
    said = [year for figure in sentence.figures[:number] for year in YEAR.findall(figure.gap)]
    last = int(said[-1]) - (said[-1] not in YEAR.findall(first.gap)) if said else 0
    is_last = all(int(year) == last for year in YEAR.findall(one.gap))
    return one if is_last and not NO_BASE.search(one.gap) else None


def bracketed_base(first: Said, sentence: Sentence) -> Said | None:
    """The base in 同比(上年同期133.8万人次)下降3.9%: in a bracket before the change."""
    number = sentence.figures.index(first)
    one = sentence.figures[number - 1] if number else None
    if one is None or one.way is not Way.VALUE or one.depth != first.depth + 1:
        return None
    is_told = _BEFORE_BRACKET.search(one.gap) and one.is_exact
    return one if is_told and _BEHIND_BRACKET.fullmatch(first.gap) else None


def stated_base(before: Sequence[Said], first: Said, sentence: Sentence) -> Said | None:
    """The figure in 比上年5万元增加, None where the words give none."""
    last = before[-1]
    # 与上年5万元相比,减少: this 比 is of the words before the base.
    between = re.sub(r"^,?(?:相比|相较|对比|比较)", "", sentence.text[last.end : first.start])
    is_compared = _compares(last.clause) and len(between) <= SHORT and not _compares(between)
    return last if is_compared and not re.search(r"[;。]", between) else None


def _compares(words: str) -> bool:
    return bool(re.search(r"[比较]|与(?!其)|由|从", words)) and "占" not in words


def earlier_bases(before: Sequence[Said], first: Said, sentence: Sentence) -> list[Said]:
    """Figures of the year or the budget that 比上年 or 比年初预算 speaks of, up to the last ;."""
    words = _BOTH.sub("", SHARE.sub("", first.gap))
    goes_on = not begins_another(first.gap)
    start = sentence.text.rfind(";", 0, first.start - len(first.gap) if goes_on else first.start)
    before = [one for one in before if one.start > start]
    years = YEAR.findall(words)
    if _BUDGET.search(words) and not (years or LAST.search(words)):
        return [one for one in before if _BUDGET.search(one.clause)]
    if years and not LAST.search(words):
        is_done = "决算" in words
        same = [one for one in before if not (is_done and _BUDGET.search(one.clause))]
        return [one for one in same if years[-1] in one.clause]
    if AGAINST_LAST.search(words):
        return [one for one in before if _is_of_last_year(one, before)]
    if (base := _listed_by_year(before, words)) is not None:
        return [base]
    last = before[-1] if before else None
    if last is None or last.end != first.start - len(first.gap) or len(before) < 2:
        return []
    is_plain = not BASE_WORDS.search(words) and names_another(first, last) is False
    return [last] if is_plain and _is_of_last_year(last, before[-2:]) else []


def _listed_by_year(before: Sequence[Said], words: str) -> Said | None:
    """The earlier of two figures that only their years tell apart, with no other base in `words`.

    2022年为10万元、2023年为12万元,增长20%; 治理12公里,2022年为10公里,增加2公里.
    """
    if len(before) < 2 or BASE_WORDS.search(words) or not _OF_A_YEAR.fullmatch(before[-1].gap):
        return None
    one, last = before[-2:]
    own, other = YEAR.findall(one.clause), YEAR.findall(last.clause)
    kind = _OF_A_YEAR.fullmatch(last.gap)
    is_other = kind is not None and kind[1] is not None and kind[1] not in one.clause
    if one.kind != last.kind or not other or LAST.search(one.clause) or is_other:
        return None
    if not own and len(before) == 2:
        return last
    if not own or abs(int(own[-1]) - int(other[-1])) != 1:
        return None
    return min(one, last, key=lambda said: int(YEAR.findall(said.clause)[-1]))


def _is_of_last_year(one: Said, before: Sequence[Said]) -> bool:
    """Whether a figure is called the year before's, or is of the year before the first one's."""
    if LAST.search(one.clause):
        return True
    own, first = YEAR.findall(one.clause), YEAR.findall(before[0].clause)
    return bool(own and first) and int(own[-1]) == int(first[-1]) - 1
