"""Whether the words above a cell are said near a figure."""

import re
from itertools import takewhile
from typing import Final

from docgen.naming.cells import in_one_word
from docgen.naming.directions import direction_of
from docgen.naming.model import Printed
from docgen.naming.place import CLAUSE, LEAST_HEAD, Place
from workbook.viewing.words import bare_words

COMMON: Final = frozenset((
    "收入", "支出", "人数", "户数", "数量", "预算", "决算", "情况", "项目", "资金", "面积", "人次",
    "人员", "经费", "全年", "年度", "本年", "上年", "本月", "本期", "其他", "执行",
))  # fmt: skip
BRACKETS: Final = re.compile(r"[(（]([^()（）]+)[)）]")
TOTALS: Final = re.compile(r"(?:合计|小计|总计|总额|总数|总量|总分)$")
MEASURED: Final = re.compile(r"(?:长度|里程|面积|规模|容量)$")  # 新建管网19.2公里
ENDS: Final = re.compile(r"(?:总数|人数|数量|比例|比重|比|总量|总额|金额|数|量|额|率|情况)$")
_CHANGE: Final = re.compile(r"增减|增长|增幅|升降|变化|变动|同比")
_COMPARED: Final = re.compile(r"同比|环比|[比较](?:上|去|同|前|\d+月)")
PERIOD: Final = re.compile(r"^(?:(?:19|20)\d\d年度?|本年度?|本月|本季度?|本期|全年|当年|当月)")
OF_TIME: Final = re.compile(
    r"(?:(?:19|20)\d\d年?|[上去本今当]一?[年月期季]度?|[去上]年同期|同期)(?:累计)?[数额]?"
)
_SUMMED: Final = re.compile(r"^(?:本年度?|全年|当年)?(?:合计|累计|小计)(?=.)")  # 全年合计预算
_LEADS: Final = re.compile(r"(?:[,，]?最[高低多少大小])?[,，]?(?:为|是|达到?|仅|约|安排)*$")
_AIM: Final = re.compile(r"(?:指标|目标|计划)值$|计划$|目标$")
_AIM_BEHIND: Final = re.compile(r"[^，。；\d]{0,3}的[^，。；\d]{0,4}(?:标准|目标|指标|计划)")
_ARRANGED: Final = re.compile(r"(?:安排|核定|批复|下达)(?=[^，。；]{2,4}$)")  # 年初安排预算
_SPENT: Final = ("实际支出", "实际使用")  # of 年度资金总额 under 全年执行数
_OF_AIM: Final = re.compile(
    r"占(?:年度|全年|年初|本年度?)?(?:目标|任务|计划|预算)[^，。；]{0,12}的$"
)
_DONE: Final = re.compile(r"(?:完成|执行|支出)率$|进度$")
_AIMED: Final = (
    "目标",
    "目标值",
    "目标的",
    "计划",
    "计划的",
    "控制在",
    "不超过",
    "不低于",
    "不少于",
)
_UNIT: Final = re.compile(r"^(?:[亿万千]?元|%|[个名户人台辆件次吨亩][次]?)(?:的|为)?")
_SCORE: Final = "得分"  # 得7.73分
TURNS: Final = tuple("应未不无非拟待")  # before words that mean something else without them
COMMON_LETTERS: Final = 2  # of a head that say too little
_SHARE: Final = re.compile(r"(完成|执行|占)[^，。；]{1,14}的$")
_OF_SHARES: Final = re.compile(r"占|比重|比例")
_SHARED: Final = re.compile(r"占比?(?:[^，。；\d]{1,10}的)?$")
_COUNTS: Final = re.compile(r"([人批台户场班车架频册件]次|[人天次户])数?$")


def own_heads(way: Printed) -> list[str]:
    """What the words above a cell may be called: all of them, or those of one row of heads.

    资金使用已支付 is 已支付, and 出口本年 is 出口, as the time is told otherwise.
    """
    head = way.known_by[-1]
    if not way.lowest or not head.endswith(way.lowest):
        return [head]
    group = head.removesuffix(way.lowest)
    return [head, group if OF_TIME.fullmatch(way.lowest) else way.lowest]


def ends_with(said: str, name: str) -> bool:
    """Whether words end with a name that means the same there: 未整改 does not with 整改."""
    return len(name) > 1 and said.endswith(name) and not said[: -len(name)].endswith(TURNS)


def is_head_right_before(way: Printed, place: Place) -> bool:
    """Whether the words right before a figure are those above its cell: 完成预算36.50万元.

    So are they where they are turned about, 伙食费收入 of 收入伙食费, and before 最高，为.
    """
    head = way.known_by[-1]
    names = [head, ENDS.sub("", head), PERIOD.sub("", ENDS.sub("", head)), _SUMMED.sub("", head)]
    names.append(ENDS.sub("", TOTALS.sub("", head)))  # 决算 of 决算数合计
    names += [*_AIMED] if _AIM.search(head) else [head.removesuffix("值")]
    names += [*_SPENT] if "执行" in head and TOTALS.search(way.known_by[0]) else []
    said = place.said.removesuffix("资金").removesuffix("金额")
    plain = _ARRANGED.sub("", _LEADS.sub("", place.said))
    return (
        (is_aim(way) and is_aim_behind(place))
        or (head == _SCORE and place.after.startswith("分") and place.said.endswith("得"))
        or any(
            len(name) > 1 and (plain.endswith(name) or place.said.endswith(name)) for name in names
        )
        or said in names
        or any(ends_with(one, name) for name in own_heads(way)[1:] for one in (plain, said))
        or (len(names[1]) > 1 and said.endswith(names[1]))
        or is_turned(head, plain)
        or is_turned(PERIOD.sub("", head), plain)
    )


def is_aim(way: Printed) -> bool:
    """Whether a cell is under the head of an aim: 年度计划."""
    return _AIM.search(way.known_by[-1]) is not None


def is_aim_behind(place: Place) -> bool:
    """Whether what stands behind a figure says that it is an aim: 6座的年度计划."""
    return _AIM_BEHIND.match(place.after) is not None


def is_turned(head: str, said: str) -> bool:
    """Whether the two halves of a head end what is said the other way about: 伙食费收入."""
    halves = ((head[:at], head[at:]) for at in range(COMMON_LETTERS, len(head) - 1))
    return any(said.endswith(f"{end}{begun}") for begun, end in halves)


def is_parted(head: str, title: str, said: str) -> bool:
    """Whether a word of the table's title stands in a head: 第一季度采购预算 of 第一季度预算."""
    for at in range(COMMON_LETTERS, len(head) - 1):
        begun, end = head[:at], head[at:]
        if said.endswith(end) and begun in said[: -len(end)]:
            gap = said[: -len(end)].rpartition(begun)[2]
            if len(gap) == COMMON_LETTERS and gap in title:
                return True
    return False


def is_headed_as(way: Printed, place: Place, last: Printed) -> bool:
    """Whether a cell in the row of the last figure is meant by its head, or by the end of it.

    累计采购44批次，预算2740.90万元 of 累计批次 and 累计预算.
    """
    head, other = way.known_by[-1], last.known_by[-1]
    own = CLAUSE.split(place.before)[-1]
    if len(way.known_by) == 1:
        return False
    if is_head_right_before(way, place) or _is_counted_or_shared(head, own, place.after):
        return True
    if way.direction and _CHANGE.search(head):  # 增加17112.02元，增长6.6%
        return True
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(head, other, strict=False))
    rest = head[len([*alike]) :]
    return 1 < len(rest) < len(head) and place.said.endswith(ENDS.sub("", rest) or rest)


def is_change(way: Printed, place: Place) -> bool:
    """Whether a figure behind 比上年同期增加 is one of a cell that says how much has changed."""
    is_one = way.direction != 0 and _CHANGE.search("".join(way.known_by)) is not None
    return is_one and _COMPARED.search(place.said) is not None


def counted_in(way: Printed) -> str:
    """What its words say that a cell without a unit counts: 人 of 减免人数, 天 of 供餐天数."""
    told = _COUNTS.search(way.known_by[-1]) or _COUNTS.search(way.known_by[0])
    return told[1] if told else ""


def is_head_said(head: str, around: str, before: str, after: str) -> bool:
    """Whether the words above a cell are said, whole or without 数, or counted: 260人 of 人数."""
    behind = _UNIT.sub("", in_one_word(after))
    if len(head) > 1 and head not in COMMON and behind.startswith(head):
        return True  # 南岭村尚有6.3万元待支付
    stem, before = ENDS.sub("", TOTALS.sub("", head) or head), _LEADS.sub("", before)
    if is_turned(PERIOD.sub("", head), before):
        return True
    if after.startswith(head.removesuffix("数")) or _is_counted_or_shared(head, before, after):
        return True
    if head in around or head in before or (len(stem) > 1 and stem in before):
        return True
    if stem and (before.endswith(stem) or before.endswith(PERIOD.sub("", stem) or stem)):
        return True
    if len(bare := PERIOD.sub("", stem)) > 1 and TOTALS.sub("", before).endswith(bare):
        return True  # 预算总额 of 2025年预算数
    if len(bare) > COMMON_LETTERS and bare in before:
        return True
    return _CHANGE.search(head) is not None and direction_of(before) != 0


def _is_counted_or_shared(head: str, before: str, after: str) -> bool:
    """Whether a head is said by what is counted, or by of what a share is.

    11批次 of 本季度批次, 完成全年预算的50.0% of 累计完成率.
    """
    counted = _COUNTS.search(head)
    if counted is not None and len(counted[1]) > 1 and after.startswith(counted[1]):
        return True
    if _OF_SHARES.search(head) and after.startswith("%") and _SHARED.search(before):
        return True
    if _DONE.search(head) and after.startswith("%") and _OF_AIM.search(before):
        return True
    share = _SHARE.search(before)
    return share is not None and after.startswith("%") and share[1] in head


def is_head_begun(head: str, way: Printed, place: Place) -> bool:
    """Whether the head of a figure's column, or the words before it, begin this head and no other.

    用水 begins 用水消费量（吨） and 用水金额（元）; the unit tells which.
    """
    columns = [bare_words(one) for one in place.paragraph.before[1:]]
    unit = "".join(BRACKETS.findall("".join(place.paragraph.before[1:]))) or place.after
    for count in range(len(head), LEAST_HEAD - 1, -1):
        begun = head[:count]
        if begun in columns or (not columns and place.said.endswith(begun)):
            others = {
                one
                for one, of in place.ways.heads
                if one != head and one.startswith(begun) and (not of or unit.startswith(of))
            }
            return not others and (not way.unit or not unit or unit.startswith(way.unit))
    return False


def is_head_ended(head: str, before: str) -> bool:
    """Whether the lower of two heads ends what is said: 完成率 of 完成情况完成率.

    So does 安排 of 项目资金安排数, but no 整改 of 未整改数.
    """
    before = _LEADS.sub("", before)
    starts = [at for at in range(1, len(head) - COMMON_LETTERS) if head[at - 1] not in TURNS]
    ends = [head[start:] for start in starts]
    ends += [bare for one in ends if len(bare := one.removesuffix("数")) == COMMON_LETTERS]
    return any(before.endswith(one) for one in ends if one not in COMMON)
