"""How far the words before a figure are those by which a cell is known."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile
from typing import Final, NamedTuple
from unicodedata import normalize

from docgen.adopting.page import Paragraph
from docgen.adopting.printing import Printed, Ways, in_one_word
from workbook.adopting.words import bare_words

_NEAR: Final = 20  # letters before a figure in which two of its name are looked for
COMMON: Final = frozenset((
    "收入", "支出", "人数", "户数", "数量", "预算", "决算", "情况", "项目", "资金", "面积", "人次",
    "人员", "经费", "全年", "年度", "本年", "上年", "本月", "本期", "其他", "执行",
))  # fmt: skip
_TOTALS_OF: Final = frozenset(("金额", "合计", "小计", "总计", "总额"))
_PIECES: Final = re.compile(r"[，、；：:,;()（）。]")
_FAR: Final = 60  # letters before a figure in which its name is looked for
_LEAST_HEAD: Final = 2  # letters with which a head begins
_BRACKETS: Final = re.compile(r"[(（]([^()（）]+)[)）]")
_FEW: Final = 2  # letters behind a head: 一年级学生
_SHORT: Final = 3  # letters between a row's name and the figure of all its columns
_LEAST: Final = 3  # letters of the end of a name that count
PARTLY, HALF = 20, 10  # of a score: the end of a name is said; a row is, and no column
_BEFORE: Final = 25  # the row, and in a sentence before it the column
_BEGUN: Final = 30  # the row, and with what words the column begins
_AROUND: Final = 200  # said on both sides of the figure
_CLOSE: Final = 50  # the row right before the figure, and no column
_CLAUSE: Final = re.compile(r"[。;；!！?？]")
TOTALS: Final = re.compile(r"(?:合计|小计|总计|总额|总数|总量|总分)$")
ENDS: Final = re.compile(r"(?:总数|人数|比例|比重|比|总量|总额|金额|数|量|额|率|情况)$")
_TOTAL_SAID: Final = re.compile(r"[共总计][^，。；]{0,10}$")
_WHOLE: Final = re.compile(r"全[年县市镇乡区局校院省村]|[共总]|合计")
_ALL: Final = re.compile(r"全[县市镇乡区局校院省村馆厂社]|[共总]|合计")
_PIECE: Final = re.compile(r"[一-龥]+$")
_IS: Final = re.compile(r"(?:为|是|达到|达|共计|共|约|合计|总计)+$")
_PIECE_OF: Final = re.compile(r"[；;，,](?=[^、]*$)")
_PART: Final = re.compile(r"[，、；：:,;]")
_OF: Final = "的"  # 具有高级职称的69人
_SEVERAL: Final = re.compile(r"(?P<names>[^，,；;。：:]*)分别(?P<figures>[^；;。]*)$")
_AND: Final = re.compile(r"[、和及与]")
_NUMBER: Final = re.compile(r"\d[\d,.]*")
_NUMERAL: Final = re.compile(r"[一二三四五六七八九十\d]")
_RUN: Final = re.compile(r"[一二三四五六七八九十\d][^，。；]{0,2}[至到、~～—-]$")
_EACH: Final = "分别"
_OTHERS: Final = "□"
_LINK: Final = re.compile(  # words between a name and its figure that say nothing
    r"为|是|达到?|共|有|合计|总计|小计|约|实际|现有|全年|人民币|累计|已|完成|建成|计|支出|收入|金额|标准|每[人生期年月餐亩户次]|[\s，：:、（）()]"
)
_CHANGE: Final = re.compile(r"增减|增长|增幅|升降|变化|变动|同比")
_COMPARED: Final = re.compile(r"同比|环比|[比较](?:上|去|同|前|\d+月)")
_PERIOD: Final = re.compile(r"^(?:本年度?|本月|本季度?|本期|全年|当年|当月)")
_COMMON_LETTERS: Final = 2  # of a head that say too little
_MEASURE: Final = re.compile(r"^[个名户家条座处项件台辆所]")
_SHARE: Final = re.compile(r"(完成|执行|占)[^，。；]{1,14}的$")
_OF_SHARES: Final = re.compile(r"占|比重|比例")
_SHARED: Final = re.compile(r"占比?(?:[^，。；\d]{1,10}的)?$")
_PERIODIC: Final = re.compile(r"(?:\d{4}年度?|本[年月期季]度?数?|数量|数值|数据)$")
_RANKS: Final = ("排名", "名次", "位次", "排位")
_ALONE: Final = re.compile(r"[共总合]计?(?:金额)?")
_FULL: Final = re.compile(r"满分|分值|权重|标准分")
_SCORED: Final = ("得", "得分", "评分", "扣")
_NEAR_TOTAL: Final = 8  # letters before a score in which 总 is looked for
_COUNT_BEFORE: Final = re.compile(r"\d[\d.,]*[^\d，；。]{1,3}[、，]?$")
_COUNTS: Final = re.compile(r"([人批台户场班车架频]次|[人天次户])数?$")
_LAST_PIECES: Final = re.compile(r"[^，；：:,;。（）()]*$")
_COUNTED: Final = re.compile(r"[人批台户场班车架频]次$|天数?$")
_TURNS: Final = {  # the likeliest first
    "增加": ("减少",), "增长": ("下降",), "上升": ("下降",), "提高": ("降低", "下降"),
    "上涨": ("下跌",), "增收": ("减收",), "提升": ("下降",), "增幅": ("降幅",), "延长": ("缩短",),
    "减少": ("增加", "增长"), "下降": ("增长", "上升", "提高"), "降低": ("提高", "上升"),
    "下跌": ("上涨",), "减收": ("增收",), "降幅": ("增幅",), "缩短": ("延长",), "压减": ("增加",),
    "压缩": ("增加",), "回落": ("上升",),
}  # fmt: skip
_UP: Final = ("增加", "增长", "上升", "提高", "上涨", "增收", "提升", "增幅", "延长")
DONE: Final = "了"  # behind such a word


def direction_word(before: str) -> str:
    """The word right before a figure that says whether it is more or less."""
    said = before.removesuffix(DONE)
    return next((word for word in _TURNS if said.endswith(word)), "")


def turn_of(word: str, report: str) -> str:
    """The word that says the opposite: the one before figures that the report has most often."""
    return max(_TURNS[word], key=lambda one: len(re.findall(rf"{one}\d", report)))


def direction_of(before: str) -> int:
    """1 behind a word that says more, -1 behind one that says less, else 0."""
    word = direction_word(before)
    return (1 if word in _UP else -1) if word else 0


class Told(NamedTuple):
    """A figure that was found to be a cell's, where it ends, and whether its row alone was said."""

    way: Printed
    end: int
    is_named: bool


@dataclass(frozen=True)
class Place:
    """Where a figure stands: what is said before and behind it, and all that has a name."""

    paragraph: Paragraph
    before: str
    after: str
    ways: Ways
    told: Sequence[Told] = ()  # the figures before it in the same paragraph

    @property
    def last(self) -> Printed | None:
        """The figure before it."""
        return self.told[-1].way if self.told else None

    @cached_property
    def clause(self) -> str:
        """The words of its sentence before it."""
        return bare_words(_CLAUSE.split(self.before)[-1][-_FAR:])

    @cached_property
    def said(self) -> str:
        """The words of its sentence before it, behind what the paragraph is about."""
        said = f"{self.clause.removesuffix(_OF)}{self.several}"
        topic = bare_words(self.paragraph.topic)
        return in_one_word(said if topic in said else f"{topic}{said}")

    @cached_property
    def several(self) -> str:
        """The name of one figure of several: 三年级 of 7人 in 一、二、三年级分别为5人、6人、7人."""
        told = _SEVERAL.search(_CLAUSE.split(self.before)[-1])
        names = _AND.split(told["names"]) if told else []
        number = len(_NUMBER.findall(told["figures"])) if told else 0
        if len(names) < _LEAST_HEAD or number >= len(names):
            return ""
        own, last = names[number], names[-1]
        return own + (last[len(own) :] if len(own) < len(last) else "")

    @cached_property
    def names(self) -> list[str]:
        """The names of cells that are said in it."""
        return [one for one in self.ways.names if one in self.said]

    @cached_property
    def rows(self) -> list[str]:
        """The words of tables' rows that are said in its last part."""
        part = _PART.split(self.clause)[-1]
        for one in sorted(self.names, key=len, reverse=True):  # 一般公共预算 is part of one
            part = part.replace(one, _OTHERS) if one not in self.ways.rows else part
        return [one for one in self.ways.rows if one in part]


def is_anothers(way: Printed, place: Place) -> bool:
    """Whether the words right before a figure are the whole name of another cell, or of a row."""
    said = place.said
    own = {*way.known_by, *(ENDS.sub("", one) for one in way.known_by)}
    mine = max((len(one) for one in own if said.endswith(one)), default=0)
    others = [one for one in place.names if one not in own and not TOTALS.fullmatch(one)]
    if any(len(one) > mine and said.endswith(one) for one in others):
        return True
    return not own.issuperset(place.rows)


def is_akin(way: Printed, place: Place) -> bool:
    """Whether two letters of a cell's own words, no mere 收入 or 人数, are said before a figure.

    A figure of many digits is another's by chance all the same: 上级拨付专项资金 is no 业务收入.
    """
    near = bare_words(_PIECES.split(place.before)[-1][-_NEAR:])
    if is_change(way, place) or _is_whole(way, near, place.after):
        return True
    pairs = {a + b for words in way.known_by for a, b in pairwise(words)}
    around = near + "".join(map(bare_words, place.paragraph.before))
    is_total = any(near.endswith(pair) for pair in pairs & _TOTALS_OF)
    is_own = any(pair in around for pair in pairs - COMMON - _TOTALS_OF)
    return is_total or is_own or is_of_title(way, place)


def is_of_title(way: Printed, place: Place) -> bool:
    """Whether a total is meant by what its table is about: 在校学生1486人 of 各专业在校生情况."""
    if not TOTALS.search(way.known_by[0]):
        return False
    near = bare_words(_PIECES.split(place.before)[-1][-_NEAR:])
    if _ALONE.fullmatch(near):  # 大额采购4笔，共33,994.00元
        near = place.said
    pairs = {one + two for one, two in pairwise(bare_words(way.title))}
    return any(pair in near for pair in pairs - COMMON - _TOTALS_OF)


def is_meant(way: Printed, place: Place) -> bool:
    """Whether a cell of a row 合计 is meant where its row alone is said: 全年 is said of much."""
    is_total = TOTALS.fullmatch(way.known_by[0]) is not None
    return not is_total or _ALL.search(place.said) is not None or is_akin(way, place)


def is_head_right_before(way: Printed, place: Place) -> bool:
    """Whether the words right before a figure are those above its cell: 完成预算36.50万元."""
    head = way.known_by[-1]
    names = [head, ENDS.sub("", head), _PERIOD.sub("", ENDS.sub("", head))]
    names += ["目标", "目标值"] if head.endswith("指标值") else [head.removesuffix("值")]
    said = place.said.removesuffix("资金").removesuffix("金额")
    return any(len(name) > 1 and (place.said.endswith(name) or said == name) for name in names) or (
        len(names[1]) > 1 and said.endswith(names[1])
    )


def is_named_right_before(way: Printed, place: Place) -> bool:
    """Whether the words of a cell's row stand right before a figure, and none of its head."""
    name, said = way.known_by[0], place.said
    if len(way.known_by) < _LEAST_HEAD or not name or name not in said:
        return False
    return not _LINK.sub("", said[said.rindex(name) + len(name) :])


def row_of(way: Printed) -> str:
    """The words of a cell's row; of the total of a list 合计."""
    total = TOTALS.search(way.known_by[0])
    return total[0] if total and len(way.known_by) == 1 else way.known_by[0]


def is_headed_as(way: Printed, place: Place, last: Printed) -> bool:
    """Whether a cell in the row of the last figure is meant by its head, or by the end of it.

    累计采购44批次，预算2740.90万元 of 累计批次 and 累计预算.
    """
    head, other = way.known_by[-1], last.known_by[-1]
    own = _CLAUSE.split(place.before)[-1]
    if len(way.known_by) == 1:
        return False
    if is_head_right_before(way, place) or _is_counted_or_shared(head, own, place.after):
        return True
    if way.direction and _CHANGE.search(head):  # 增加17112.02元，增长6.6%
        return True
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(head, other, strict=False))
    rest = head[len([*alike]) :]
    return 1 < len(rest) < len(head) and place.said.endswith(ENDS.sub("", rest) or rest)


def is_of_all_rows(way: Printed, found: Sequence[Printed], place: Place) -> bool:
    """Whether a cell is the total of rows of which one is said that holds the same figure.

    （一）货物类。节支率4.05% is that of 货物, though that of all is 4.05 too.
    """
    if not TOTALS.search(way.known_by[0]) or _WHOLE.search(place.clause):
        return False
    return any(
        len(one.known_by) > 1
        and not TOTALS.search(one.known_by[0])
        and one.known_by[0] in place.said
        and is_head_right_before(one, place)
        for one in found
    )


def is_change(way: Printed, place: Place) -> bool:
    """Whether a figure behind 比上年同期增加 is one of a cell that says how much has changed."""
    is_one = way.direction != 0 and _CHANGE.search("".join(way.known_by)) is not None
    return is_one and _COMPARED.search(place.said) is not None


def _is_whole(way: Printed, near: str, after: str) -> bool:
    """Whether a cell of a total is meant by 共 and its unit: 共4570公斤 of 数量合计."""
    is_total = any(map(TOTALS.search, way.known_by))
    return (
        is_total
        and bool(way.unit)
        and _WHOLE.search(near) is not None
        and after.startswith(way.unit)
    )


def is_of_total(way: Printed, place: Place) -> bool:
    """Whether a row 合计 is meant by its column and its unit alone: 就餐学生840人 of 就餐人数."""
    if TOTALS.fullmatch(way.known_by[0]) is None or len(way.known_by) < 2:
        return False
    stem = ENDS.sub("", way.known_by[1])
    piece = _NUMBER.sub("", _LAST_PIECES.findall(place.before)[0][-_NEAR:])
    unit = way.unit or counted_in(way)
    is_counted = bool(unit) and place.after.startswith(unit)
    return len(stem) > 1 and stem in bare_words(piece) and is_counted


def counted_in(way: Printed) -> str:
    """What its words say that a cell without a unit counts: 人 of 减免人数, 天 of 供餐天数."""
    told = _COUNTS.search(way.known_by[-1]) or _COUNTS.search(way.known_by[0])
    return told[1] if told else ""


def is_of_list(way: Printed, place: Place) -> bool:
    """Whether the total of a list is meant by its unit and two letters of its head in the sentence.

    计划实施养护工程5条、54.0公里 of 里程计划合计.
    """
    words = way.known_by[0]
    stem = TOTALS.sub("", words)
    if len(way.known_by) > 1 or stem == words or not way.unit:
        return False
    pairs = {one + two for one, two in pairwise(stem)}
    clause = _PIECE_OF.split(place.clause)[-1]
    own = _LINK.sub("", _PIECES.split(place.before)[-1])
    is_own = all(sign in words for sign in own)  # 计划内贷款 is another thing
    return is_own and place.after.startswith(way.unit) and any(one in clause for one in pairs)


def is_told_around(way: Printed, place: Place) -> bool:
    """Whether a name is said on both sides of a figure: 辖17个村 of 辖村数, 陪餐34人次 of 陪餐人次.

    Of a cell in rows and columns the row, and its head on both sides: 预算执行得19.4分 of 得分.
    """
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
    before = (place.said, _COUNT_BEFORE.sub("", place.said))  # 接待87批次、694人次
    return any(
        any(one.endswith(stem[:at]) for one in before)
        and (after.startswith(stem[at:]) or counted.startswith(stem[at:]))
        for at in range(1, len(stem))
    )


def _is_of_another(stem: str, place: Place) -> bool:
    """Whether something else is named before what is counted: 晨光乳业供货20次 of 供货次数."""
    piece = _LINK.sub("", bare_words(_PART.split(place.before)[-1]))
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
    is_score = name.endswith("分") and place.after.startswith("分")
    return is_score and place.said.endswith(_SCORED) and (is_row or is_total)


def _is_row_of_last(way: Printed, place: Place) -> bool:
    return place.last is not None and place.last.known_by[0] == way.known_by[0]


def _bare_name(words: str) -> str:
    return words.removesuffix("情况")


def _without_others(way: Printed, place: Place) -> str:
    """What is said without longer names of other cells that a cell's own is a part of."""
    said, stem = place.said, ENDS.sub("", way.known_by[0]) or way.known_by[0]
    for one in place.names:
        if stem in one and one not in way.known_by:
            said = said.replace(one, _OTHERS * len(one))
    return said


def _is_another_nearer(name: str, way: Printed, place: Place) -> bool:
    """Whether another cell's name is said between a cell's own and the figure."""
    said = place.said
    if name not in said or _EACH in said:
        return False
    gap = said[said.rindex(name) + len(name) :]
    return any(
        one in gap and one not in way.known_by and not TOTALS.fullmatch(one) for one in place.names
    )


def name_score(way: Printed, place: Place, is_timed: bool = False) -> int:
    """How much of what a cell is known by is said before a figure: the nearer the better.

    `is_timed` says that words such as 由上年的5变为 tell it from the cell of the other year.
    """
    before, after, said = place.before, place.after, _without_others(way, place)
    around = in_one_word("".join(map(bare_words, place.paragraph.before)))
    first = way.known_by[0]
    if not first or _is_one_of_several(first, _CLAUSE.split(place.before)[-1]):
        return 0
    name, nearest = _nearest(first, said, around)
    if not nearest and _is_of_all(way, said):
        nearest = 100
    if is_told_around(way, place):
        return HALF + _AROUND
    if not nearest:
        return PARTLY if _is_said_in_part(way, said, after) else 0
    heads = [head for head in way.known_by[1:] if head]
    between = said[said.rindex(name) + len(name) :] if name in said else ""
    is_loose = not heads and bool(_LINK.sub("", between))
    if is_loose or _is_another_nearer(name, way, place):
        return HALF
    near = f"{before[-2 * _FAR :]}{place.several}"
    own = _CLAUSE.split(near)[-1]
    if is_timed or all(_is_head_said(head, around, own, after) for head in heads):
        return HALF + nearest + len(name)
    if all(_is_head_begun(head, way, place) or _is_head_ended(head, own) for head in heads):
        return HALF + _BEGUN
    is_whole = any(map(TOTALS.fullmatch, heads)) and len(between) <= _SHORT
    is_close = name in said and (is_whole or not _LINK.sub("", between))
    if all(_is_head_said(head, around, near, after) for head in heads):
        return HALF + _BEFORE + (_CLOSE if is_close else 0)
    return _CLOSE if is_close and place.paragraph.table is None else HALF


def _is_one_of_several(name: str, said: str) -> bool:
    """Whether a name ends a run of them of which something is said: 一至三年级, 七、八年级."""
    if name not in said or _NUMERAL.match(name) is None or _EACH in said:
        return False
    return _RUN.search(said[: said.rindex(name)]) is not None


def _said_names(first: str) -> Iterator[str]:
    """What a cell may be called: its words, without their end, or one of those in brackets.

    中标(成交)金额合计 is 成交金额合计, 预算金额合计 is 预算合计.
    """
    bracket = _BRACKETS.search(first)
    names = [first]
    if bracket is not None:
        before, after = first[: bracket.start()], first[bracket.end() :]
        names += [f"{before}{after}", f"{bracket[1]}{after}", f"{before}{bracket[1]}{after}"]
    if len(bare := _PERIOD.sub("", first)) > 1:
        names.append(bare)  # 累计 of 本年累计
    stem = TOTALS.sub("", first)
    if stem != first and len(bare := stem.removesuffix("数")) > _COMMON_LETTERS:
        names.append(bare)  # 脱贫户176户 of 脱贫户数合计
    for name in names:
        yield from (name, ENDS.sub("", name), TOTALS.sub("", name))
        if (total := TOTALS.search(name)) and total.start():
            stem = ENDS.sub("", TOTALS.sub("", name))
            if len(stem) > 1:
                yield from (f"{stem}{total[0]}", f"总{stem}")


def _nearest(first: str, said: str, around: str) -> tuple[str, int]:
    """The name, whole or without its last letter, and how near to the figure it is said."""
    for name in dict.fromkeys(_said_names(first)):
        if len(name) < min(2, len(first)):
            continue
        if said.endswith(name):
            return name, 300
        if name in said:
            return name, 100 + said.rindex(name) + len(name)
        if name in around or (name == first and _is_total_of(name, around)):
            return name, 200
    return _in_two(first, said)


def _in_two(name: str, said: str) -> tuple[str, int]:
    """The end of a name said apart from its beginning: 货物类实际采购 of 实际采购总额货物."""
    for at in range(_LEAST_HEAD, len(name) - 1):
        begun, end = name[:at], name[at:]
        bare = ENDS.sub("", TOTALS.sub("", begun))
        if begun != bare and len(bare) > _COMMON_LETTERS and bare in said and end in said:
            return end, 100 + said.rindex(end) + len(end)
    return name, 0


def _is_of_all(way: Printed, said: str) -> bool:
    """Whether a cell of the row 合计 is meant by 全县, or by the words above it alone."""
    if TOTALS.fullmatch(way.known_by[0]) is None:
        return False
    heads = [head for head in way.known_by[1:] if head]
    is_said = any(head in said[-len(head) - _FEW :] for head in heads)
    return _WHOLE.search(said) is not None or is_said


def _is_head_said(head: str, around: str, before: str, after: str) -> bool:
    """Whether the words above a cell are said, whole or without 数, or counted: 260人 of 人数."""
    stem = ENDS.sub("", TOTALS.sub("", head) or head)
    if after.startswith(head.removesuffix("数")) or _is_counted_or_shared(head, before, after):
        return True
    if head in around or head in before or (len(stem) > 1 and stem in before):
        return True
    if stem and (before.endswith(stem) or before.endswith(_PERIOD.sub("", stem) or stem)):
        return True
    if len(bare := _PERIOD.sub("", stem)) > _COMMON_LETTERS and bare in before:
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
    share = _SHARE.search(before)
    return share is not None and after.startswith("%") and share[1] in head


def _is_head_begun(head: str, way: Printed, place: Place) -> bool:
    """Whether the head of a figure's column, or the words before it, begin this head and no other.

    用水 begins 用水消费量（吨） and 用水金额（元）; the unit tells which.
    """
    columns = [bare_words(one) for one in place.paragraph.before[1:]]
    unit = "".join(_BRACKETS.findall("".join(place.paragraph.before[1:]))) or place.after
    for count in range(len(head), _LEAST_HEAD - 1, -1):
        begun = head[:count]
        if begun in columns or (not columns and place.said.endswith(begun)):
            others = {
                one
                for one, of in place.ways.heads
                if one != head and one.startswith(begun) and (not of or unit.startswith(of))
            }
            return not others and (not way.unit or not unit or unit.startswith(way.unit))
    return False


def _is_head_ended(head: str, before: str) -> bool:
    """Whether the lower of two heads ends what is said: 完成率 of 完成情况完成率.

    So does 安排 of 项目资金安排数.
    """
    starts = range(1, len(head) - _COMMON_LETTERS)
    ends = [head[start:] for start in starts]
    ends += [bare for one in ends if len(bare := one.removesuffix("数")) == _COMMON_LETTERS]
    return any(before.endswith(one) for one in ends if one not in COMMON)


def _is_total_of(words: str, around: str) -> bool:
    """Whether a cell of a table stands in the row 合计 under the head of 预算金额合计."""
    total = TOTALS.search(words)
    if total is None or total.start() == 0:
        return False
    return words[: total.start()] in around and total[0] in around


def _is_said_in_part(way: Printed, said: str, after: str) -> bool:
    """Whether the last words before a figure are the last of its name: 其他企业51.70."""
    words = way.known_by[0]
    stem = TOTALS.sub("", words)
    if any(said.endswith(stem[start:]) for start in range(len(stem) - _LEAST + 1)):
        return True
    is_total = stem != words
    counted = stem.removesuffix("数")
    if is_total and counted and after.startswith(counted) and _TOTAL_SAID.search(said):
        return True
    piece = _PIECE.search(_IS.sub("", said))
    return is_total and piece is not None and len(piece[0]) > _LEAST and set(piece[0]) <= set(stem)
