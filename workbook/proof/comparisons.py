"""What a comparison is made of: the figure, the one before, the amount and the rate of change."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.model import Basis
from workbook.stated.words import named

_BASE_WORDS: Final = re.compile(r"(?:比|较|与|同|相比|对比|由|从)")
_OPENS: Final = re.compile(
    r"^[,、]?[^,;。:()\d]{0,24}?(?:同比|[比较]|[与同](?=.{2,14}(?:相比|对比|比较|比,)))"
)
_LAST: Final = re.compile(r"上年|去年|上一年|上期|同期|前年")
_AGAINST_LAST: Final = re.compile(r"上年|去年|上一年|上期|同期|前年|同比")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年)")
_BUDGET: Final = re.compile(r"预算|追加")
_NO_BASE: Final = re.compile(r"预算|计划|目标")
# 比年初预算增加, 较上月减少: changes from what is no figure of the year before.
_OTHER_BASE: Final = re.compile(r"预算|追加|计划|目标|年初|期初|月初|上月|上季|环比")
_AGAIN: Final = re.compile(r",[比较](?:上年|去年)(?:同期)?(?:增加|减少|增|减|多|少)(?:了)?")
_BEHIND: Final = re.compile(
    r"\(?,?[比较]?(?:(?:上年|去年)(?:同期)?|(?:19|20)\d\d年末?)[^\d,;。()]{0,6}"
)
_REACHED: Final = re.compile(r",?(?:总额|总量|总数)?达到?(?:了)?")
_OF_A_YEAR: Final = re.compile(
    r"[、,](?:上年|去年|(?:19|20)\d\d年)度?(?:同期)?(预算|决算|支出|收入)?数?(?:为|是)?"
)
# ;对比减少4万元;减少率35%: a change that names nothing is of the figures before it.
_GOES_ON: Final = re.compile(
    r";(?:两年|两者)?(?:同比|对比|相比|比较|[比较](?:上年|去年)(?:同期|决算数?)?|与(?:上年|去年)(?:同期|决算数?)?相比|"
    r"[比较](?:年初|全年)?预算数?)?,?"
    r"(?:增加|减少|节约|增长|下降|上升|降低|增|减|升|降)(?:率|额|幅度?|数|了|比例)?(?:为|约)?"
)
_BOTH: Final = re.compile(r"^[;,](?:两年|两者)?(?:对比|相比|比较),?")
_LAST_YEAR: Final = re.compile(r"(?:而|其)?(?:上年|去年|上一年)")
_ONLY_CHANGED: Final = re.compile(
    r",(?:同比|[比较](?:上年|去年)(?:同期)?|两年相比,?)?(?:增加|减少|增长|下降|增|减|上升|降低)(?:了)?"
)
# 一般公共预算收入 is the name of what came in, 预算执行数 what was spent.
_BUDGETED: Final = re.compile(r"(?<!公共)(?<!基金)(?<!经营)预算(?!执行|完成)|计划|目标")
_SPENT: Final = re.compile(r"决算|执行|实际")
_LIKE: Final = {Basis.NONE: Basis.OUTTURN, Basis.INITIAL: Basis.BUDGET}
_NAME: Final = 3  # letters that name a figure in full
_SHORT: Final = 14  # letters between an amount and its rate
_FILLERS: Final = re.compile(
    r"上年度?|去年|上一年|同期|年初|全年|年度|决算|预算|(?:19|20)\d\d年?|年|总额|支出数|金额|对比|情况|"
    r"总计|合计|本|减少|增加|实际|执行|安排|调整后|为|完成|累计|[比较与同相由从,:;、()和及的数各均共也略有所其中净末底]"
)
# 收入总计 holds what was left of the year before, 本年收入 does not.
_WITH_REST: Final = re.compile(r"(?:收入|支出|收支)总计")
_OF_YEAR: Final = re.compile(r"本年(?:收入|支出|收支)")
_SHARE: Final = re.compile(r"占[^,;]*%[,;]?")
# 因公出国费 and 受助学生 are names.
_NOT_SAME: Final = re.compile(
    r"原因|由于|因为|主要是|主要系|因(?![公人地时素])|受(?![助益理奖训资教检援聘灾贷邀])"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one 比上年…增加…,增长… says: the figures themselves, None where they are not stated.

    `is_sure` says that `now` can be no other figure.
    """

    now: Said
    base: Said | None
    amount: Said | None
    rate: Said | None
    is_sure: bool

    @property
    def sign(self) -> int:
        """1 where the words say more, -1 where they say less."""
        return (self.amount or self.rate or self.now).sign


def groups(sentence: Sentence) -> Iterator[list[Said]]:
    """The amount and the rate of one change, in either order; reasons are no comparison."""
    figures = sentence.figures
    at = 0
    while at < len(figures):
        one = figures[at]
        if one.way not in (Way.AMOUNT, Way.CHANGE_RATE):
            at += 1
            continue
        group = [one]
        if at + 1 < len(figures):
            other = figures[at + 1]
            ways = {one.way, other.way}
            is_again = one.way is Way.CHANGE_RATE and bool(_AGAIN.fullmatch(other.gap))
            is_near = is_again or (
                len(other.gap) <= _SHORT and "比" not in other.gap and "较" not in other.gap
            )
            if ways == {Way.AMOUNT, Way.CHANGE_RATE} and is_near and not _parts(other.gap):
                group.append(other)
        if not _in_reason(sentence, one):
            yield group
        at += len(group)


def _parts(gap: str) -> bool:
    """Whether another matter begins in the words before a change."""
    return ";" in gap and not _GOES_ON.fullmatch(gap)


def _in_reason(sentence: Sentence, one: Said) -> bool:
    """Whether a reason is given between the last ; and this figure."""
    before = sentence.text[: one.start].rpartition(";")[2]
    return _NOT_SAME.search(before) is not None


def comparisons(
    group: Sequence[Said], sentence: Sentence, earlier: Sentence | None = None
) -> Iterator[Comparison]:
    """The ways to understand a change: which figure has changed, and from which.

    Where its sentence names none, it is of the one figure of the sentence before.
    """
    amount, rate = (
        next((one for one in group if one.way is way and one.is_exact), None)
        for way in (Way.AMOUNT, Way.CHANGE_RATE)
    )
    if amount is None and rate is None:
        return
    first, unit = group[0], amount.kind if amount else ""
    before = [
        one for one in sentence.figures
        if one.start < first.start and one.way is Way.VALUE and one.depth <= first.depth
        and (not unit or one.kind == unit)
    ]  # fmt: skip
    base = (before and stated_base(before, first, sentence)) or _base_behind(group, sentence)
    bases = [base] if base is not None else _earlier_bases(before, first, sentence)
    values = [one for one in before if one not in bases and one.is_exact]
    if not before and (behind := _value_behind(group, sentence)) is not None:
        base = _base_behind([*group, behind], sentence)
        yield Comparison(behind, base, amount, rate, True)
        return
    if base is None and (was := _changed_before(before, first, earlier)) is not None:
        yield Comparison(was, before[0], amount, rate, True)
        return
    known = base or (bases[0] if len(bases) == 1 else None)
    for number, now in enumerate(reversed(values[-4:])):
        is_sure = number == 0 and _is_near(now, known, first, sentence)
        for one in bases or (None,):
            if one is None or one.kind == now.kind:
                yield Comparison(now, one, amount, rate, is_sure)
    if not values and earlier is not None and _OPENS.search(sentence.text):
        lone = _lone(earlier, unit)
        told = _next(lone, base or first, sentence) if lone else _called(earlier, first)
        if told is not None:
            yield Comparison(told, base, amount, rate, True)


def _next(lone: Said, follower: Said, sentence: Sentence) -> Said | None:
    """The one figure of the sentence before, where this one begins with what follows it."""
    is_next = follower is sentence.figures[0] and not _names_another(follower, lone)
    return lone if is_next else None


def _changed_before(before: Sequence[Said], first: Said, earlier: Sentence | None) -> Said | None:
    """The figure of the sentence before, where this one states 上年为9万元,增加3万元 alone."""
    if len(before) != 1 or earlier is None or not _ONLY_CHANGED.fullmatch(first.gap):
        return None
    now = _lone(earlier, before[0].kind)
    is_base = now is not None and _is_year_before(before[0], now, first.gap)
    return now if is_base else None


def with_base_behind(one: Comparison, after: Sentence | None) -> Comparison:
    """The comparison with the base of the next sentence: 增加3万元。上年9万元 and the like."""
    is_open = one.base is None and one.is_sure and after is not None
    base = _lone(after, one.now.kind) if is_open and after is not None else None
    changes = [said for said in (one.amount, one.rate) if said is not None]
    gap = min(changes, key=lambda said: said.start).gap if changes else ""
    return replace(one, base=base) if base and _is_year_before(base, one.now, gap) else one


def _is_year_before(base: Said, now: Said, change: str) -> bool:
    """Whether a figure of a neighbouring sentence is that of the year before, by its words.

    `change` are the words before the change, which may be from something else.
    """
    own, other = _YEAR.findall(now.clause), _YEAR.findall(base.clause)
    is_named = bool(_LAST_YEAR.match(base.clause))
    is_dated = bool(own and other) and int(other[-1]) == int(own[-1]) - 1
    words = _NO_BASE.search(base.clause)
    if not (is_named or is_dated) or (words and words[0] not in now.clause):
        return False
    is_same = _is_like(base.clause, now.clause)
    return (
        base.is_exact and is_same and _is_from(change, base, now) and not _names_another(base, now)
    )


def _is_like(*clauses: str) -> bool:
    """Whether figures are all budgeted or all spent: what says neither counts as spent."""
    budgeted = {bool(_BUDGETED.search(one)) and not _SPENT.search(one) for one in clauses}
    bases = {_LIKE.get(basis := named(one).basis, basis) for one in clauses} - {Basis.OUTTURN}
    return len(budgeted) == 1 and len(bases) <= 1


def _is_from(change: str, base: Said, now: Said) -> bool:
    """Whether a change may be from `base`, a figure of the year before that of `now`."""
    is_last = _AGAINST_LAST.search(change) is not None
    if words := _OTHER_BASE.search(change):
        return is_last and words[0] in base.clause
    years, own, other = (_YEAR.findall(text) for text in (change, now.clause, base.clause))
    due = other[-1] if other else str(int(own[-1]) - 1) if own else ""
    return is_last or not years or years[-1] == due


def _value_behind(group: Sequence[Said], sentence: Sentence) -> Said | None:
    """The figure that a change leads to: 比上年增加6万元,增长5.2%,达到121.2万元."""
    number = sentence.figures.index(group[-1]) + 1
    one = next(iter(sentence.figures[number : number + 1]), None)
    if one is None or one.way is not Way.VALUE or not one.is_exact or one.depth > group[0].depth:
        return None
    amounts = {said.kind for said in group if said.unit != "%"}
    is_same = one.kind != "%" and amounts <= {one.kind}
    return one if is_same and _REACHED.fullmatch(one.gap) else None


def _base_behind(group: Sequence[Said], sentence: Sentence) -> Said | None:
    """The base in 同比增长8.96%(2022年支出8.37亿元) and 同比下降12.9%,比上年473起减少61起."""
    number = sentence.figures.index(group[-1]) + 1
    one = next(iter(sentence.figures[number : number + 1]), None)
    if one is None or one.way is not Way.VALUE or not one.is_exact:
        return None
    words, first = _BEHIND.fullmatch(one.gap), group[0]
    if words is None or not (_AGAINST_LAST.search(first.gap) or _YEAR.search(first.gap)):
        return None
    said = [year for figure in sentence.figures[:number] for year in _YEAR.findall(figure.gap)]
    last = int(said[-1]) - (said[-1] not in _YEAR.findall(first.gap)) if said else 0
    is_last = all(int(year) == last for year in _YEAR.findall(one.gap))
    return one if is_last and not _NO_BASE.search(one.gap) else None


def _lone(sentence: Sentence, unit: str) -> Said | None:
    """The one figure of a sentence of this unit, 其中 and what follows it left out."""
    figures = [one for one in sentence.figures if one.unit != "%"]
    opened = next((at for at, one in enumerate(figures) if at and "其中" in one.gap), len(figures))
    figures = figures[:opened]
    lone = figures[0] if len(figures) == 1 else _same(figures)
    is_value = lone is not None and lone.way is Way.VALUE and lone.is_exact
    return lone if is_value and lone is not None and unit in ("", lone.kind) else None


def _called(sentence: Sentence, change: Said) -> Said | None:
    """The one figure of a sentence of several that a change behind it names in full."""
    name = _unsigned(change.clause)
    ones = [
        one for one in sentence.figures
        if one.way is Way.VALUE and one.kind == change.kind and one.clause.endswith(name)
    ]  # fmt: skip
    is_one = len(name) >= _NAME and len(ones) == 1
    return ones[0] if is_one and ones[0].is_exact and not ones[0].depth else None


def _same(figures: Sequence[Said]) -> Said | None:
    """收入总计9万元,支出总计9万元: one figure of both names."""
    is_same = len(figures) == 2 and len({(one.amount, one.way, one.depth) for one in figures}) == 1
    clause = "".join(one.clause for one in figures)
    return replace(figures[0], clause=clause) if is_same and figures[0].value else None


def stated_base(before: Sequence[Said], first: Said, sentence: Sentence) -> Said | None:
    """The figure in 比上年5万元增加, None where the words give none."""
    last = before[-1]
    # 与上年5万元相比,减少: this 比 is of the words before the base.
    between = re.sub(r"^,?(?:相比|相较|对比|比较)", "", sentence.text[last.end : first.start])
    is_compared = _compares(last.clause) and len(between) <= _SHORT and not _compares(between)
    return last if is_compared and not re.search(r"[;。]", between) else None


def _compares(words: str) -> bool:
    return bool(re.search(r"[比较]|与(?!其)|由|从", words)) and "占" not in words


def _earlier_bases(before: Sequence[Said], first: Said, sentence: Sentence) -> list[Said]:
    """Figures of the year or the budget that 比上年 or 比年初预算 speaks of, up to the last ;."""
    words = _BOTH.sub("", _SHARE.sub("", first.gap))
    goes_on = not _parts(first.gap)
    start = sentence.text.rfind(";", 0, first.start - len(first.gap) if goes_on else first.start)
    before = [one for one in before if one.start > start]
    years = _YEAR.findall(words)
    if _BUDGET.search(words) and not (years or _LAST.search(words)):
        return [one for one in before if _BUDGET.search(one.clause)]
    if years and not _LAST.search(words):
        is_done = "决算" in words
        same = [one for one in before if not (is_done and _BUDGET.search(one.clause))]
        return [one for one in same if years[-1] in one.clause]
    if _AGAINST_LAST.search(words):
        return [one for one in before if _is_of_last_year(one, before)]
    if (base := _listed_by_year(before, words)) is not None:
        return [base]
    last = before[-1] if before else None
    if last is None or last.end != first.start - len(first.gap) or len(before) < 2:
        return []
    is_plain = not _BASE_WORDS.search(words) and _names_another(first, last) is False
    return [last] if is_plain and _is_of_last_year(last, before[-2:]) else []


def _listed_by_year(before: Sequence[Said], words: str) -> Said | None:
    """The earlier of two figures that only their years tell apart, with no other base in `words`.

    2022年为10万元、2023年为12万元,增长20%; 治理12公里,2022年为10公里,增加2公里.
    """
    if len(before) < 2 or _BASE_WORDS.search(words) or not _OF_A_YEAR.fullmatch(before[-1].gap):
        return None
    one, last = before[-2:]
    own, other = _YEAR.findall(one.clause), _YEAR.findall(last.clause)
    kind = _OF_A_YEAR.fullmatch(last.gap)
    is_other = kind is not None and kind[1] is not None and kind[1] not in one.clause
    if one.kind != last.kind or not other or _LAST.search(one.clause) or is_other:
        return None
    if not own and len(before) == 2:
        return last
    if not own or abs(int(own[-1]) - int(other[-1])) != 1:
        return None
    return min(one, last, key=lambda said: int(_YEAR.findall(said.clause)[-1]))


def _is_of_last_year(one: Said, before: Sequence[Said]) -> bool:
    """Whether a figure is called the year before's, or is of the year before the first one's."""
    if _LAST.search(one.clause):
        return True
    own, first = _YEAR.findall(one.clause), _YEAR.findall(before[0].clause)
    return bool(own and first) and int(own[-1]) == int(first[-1]) - 1


def _is_near(now: Said, base: Said | None, first: Said, sentence: Sentence) -> bool:
    """Whether a change stands right behind its figure, and names nothing else."""
    follower = base if base is not None and base.start > now.start else first
    between = sentence.text[now.end : follower.start]
    if follower is first and not _parts(first.gap):
        between = between.removesuffix(first.gap)
    figures = [one for one in sentence.figures if now.start < one.start < first.start]
    others = [
        one for one in figures
        if one.way is Way.VALUE and one.depth <= now.depth and one is not base
        and (first.way is not Way.AMOUNT or one.kind == first.kind)
    ]  # fmt: skip
    if others or ";" in between or now.depth > first.depth:
        return False
    is_dated = base is not None and bool(_LAST.search(base.clause) or _YEAR.search(base.clause))
    words = follower.gap + first.gap
    if not (is_dated or _AGAINST_LAST.search(first.gap) or _BASE_WORDS.search(words)):
        return False
    return not _names_another(follower, now) and not _names_another(first, now)


def _names_another(one: Said, now: Said) -> bool:
    """Whether the words before a base or a change name what the figure itself does not."""
    words = one.clause if one.way is Way.VALUE else _unsigned(_SHARE.sub("", one.gap))
    if _WITH_REST.search(words + now.clause) and _OF_YEAR.search(words + now.clause):
        return True
    name = _FILLERS.sub("", re.sub(r"\d+", "", words))
    return not all(letter in now.clause for letter in name)


def _unsigned(words: str) -> str:
    return re.sub(
        r"(增加|增长|上升|提高|减少|下降|降低|节约|压减|调[增减]|增[收支]|减[收支]|[多少]支出|增|减|多|少|超出|超支|同比)(了|额|数|率|幅度)?为?$",
        "", words,
    )  # fmt: skip
