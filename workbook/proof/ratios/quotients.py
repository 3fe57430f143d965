"""Rates that are named after one of their figures, 合格率 of 合格 and 抽检, and 控制率."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from workbook.proof.arithmetic import Fit, significant, slipped, term
from workbook.proof.model import Severity, Slip, Spot, Statement
from workbook.proof.percentages import is_share_slip
from workbook.proof.ratios.bounds import over_whole
from workbook.proof.ratios.lettered import by_letters, due_and_done
from workbook.proof.ratios.rates import COMPLETION, fits, off
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.folded import letters

_RATE: Final = re.compile(
    r"([\u4e00-\u9fff]{2,12})(?:率|(?<=满意)度)(?:稳定在|保持在|仅|为|达到?|是)?$"
)
_CONTROLS: Final = (  # the words of the rate, of what there is, of what was allowed
    (re.compile(r"(?:在职|财政供养)人员控制$"), r"在职|实有", r"编制(?:人?数)?(?:为|共)?$"),
    (re.compile(r"三公(?:经费)?控制$"), r"三公.*支出|实际|决算", r"预算"),
    (re.compile(r"公用经费控制$"), r"公用.*支出|实际|决算", r"预算"),
    (re.compile(r"^控制$"), r"实际支出|支出决算|决算数|支出$|在职|实有", r"预算|编制"),
)
_NOT: Final = ("不", "未", "非", "无", "应", "拟", "需", "待")
_VERBS: Final = re.compile(r"(?:人数|总数|户数|数量|件数|数|共计|共有|共|为|达到?|有|了|的)+$")
_ANY: Final = re.compile(r"项目|工程|全[省市县区镇乡局校]")  # says nothing of what is counted
_SCORED: Final = ("满分", "得分")  # all that stands before the 得分率 of a clause
_TO_DO: Final = re.compile(r"问题|隐患|违[法规章]|线索|缺陷|故障|不合格|矛盾|纠纷")
_MENDED: Final = re.compile(r"整改|整治|解决|化解|消除|修复|销号|办结")
_ORDERED: Final = re.compile(r"限期|责令|督促|要求|计划|现场|当场|立即|立行")  # of what was found
_ALL: Final = 100
_TELLING: Final = 3  # digits of a figure that is hardly another's by chance
_SHORTEST: Final = 2  # letters that name a figure


def stated_quotients(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """Each rate of the statement that is named after a figure stated beside it.

    `抽检1500批次,合格1492批次,合格率99.47%`, `编制412人,实有在职379人,在职人员控制率91.99%`.
    """
    before: list[Said] = []
    for sentence in statement.sentences:
        for one in sentence.figures:
            match = _RATE.search(one.clause)
            is_rate = one.unit == "%" and one.way in (Way.PERCENT, Way.DONE) and one.is_exact
            if match is None or not is_rate:
                continue
            spot = Spot(sentence, statement)
            if "控制" in match[1]:
                yield from _controlled(one, [*before, *sentence.figures], spot)
                continue
            found = list(_counted(one, match[1], spot)) if one.way is Way.PERCENT else []
            found = [_not_of_earlier(one, told, before, spot) for told in found]
            over = over_whole(one, spot)
            is_told = any(slip and slip.severity is Severity.ERROR for _, slip in found)
            yield from [(COMPLETION, over)] if over and not is_told else found
        before += sentence.figures


def _not_of_earlier(
    rate: Said, told: tuple[str, Slip | None], before: Sequence[Said], spot: Spot
) -> tuple[str, Slip | None]:
    """What is told of a rate, in order where it is of a figure of the sentences before.

    报名21846人。参加考试21402人,缺考444人,缺考率2.03%: of all who had a place.
    """
    tops = [one for one in spot.sentence.figures if one.start < rate.start and _is_plain(one)][-1:]
    is_of = told[1] is not None and rate.decimals and tops
    wholes = [one for one in before if is_of and _is_plain(one) and one.value]
    is_right = any(fits(rate, *pair) is Fit.EXACT for pair in _pairs(tops, wholes))
    return (told[0], None) if is_right else told


def _controlled(rate: Said, known: Sequence[Said], spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """What there is against what was allowed, both stated in this paragraph before the rate."""
    words = letters(_RATE.sub(r"\1", rate.clause))
    held = known[: next(at for at, one in enumerate(known) if one is rate)]
    for name, there, allowed in _CONTROLS:
        if name.search(words):
            values = [one for one in held if _is_plain(one)]
            bases = [one for one in values if re.search(allowed, letters(one.clause))]
            tops = [
                one for one in values
                if one not in bases and re.search(there, letters(one.clause))
            ]  # fmt: skip
            yield from _judged(rate, _pairs(tops, bases), spot, is_sure=True)
            return


def _counted(rate: Said, stem: str, spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """The counted figure that the rate is named after, against those that it may be of."""
    known = [one for one in spot.sentence.figures if _is_plain(one) and one.kind != "元"]
    if (pair := due_and_done(rate, stem, spot.sentence)) is not None:
        yield from _judged(rate, [pair], spot, is_sure=True)
        return
    name, tops, values = _of_clause(rate, stem, known, spot.sentence)
    if not tops:
        if (found := by_letters(rate, stem, spot.sentence)) is not None:
            pairs = [(found[0], one) for one in found[1]]
            told = _judged(rate, pairs, spot, is_sure=False)
            yield from (one for one in told if not one[1] or one[1].severity is Severity.ERROR)
        return
    due = [one for one in values if _VERBS.sub("", one.clause).endswith(f"应{name}")]
    bases = due or [
        one for one in values
        if one not in tops and one.start < tops[0].start and one.amount >= tops[0].amount
    ] or [  # 上线846人,参考1152人,上线率73.44%
        one for one in values
        if tops[0].start < one.start < rate.start and one.amount >= tops[0].amount
        and _kind(one) == _kind(tops[0])
    ]  # fmt: skip
    grades = [
        one for one in spot.sentence.figures
        if one.way is Way.VALUE and name in re.sub("满意度", "", one.clause)
    ]  # fmt: skip
    if name == "满意" and len(grades) > 1:
        return  # 非常满意 and 比较满意 together
    smaller = [] if bases else [  # the part cannot be more than what it is of
        one for one in values if one not in tops and one.start < tops[0].start
    ]  # fmt: skip
    is_sure = name == "得分" and len(values) == len(_SCORED)
    if stem == name and (all_done := _of_all(rate, stem, tops, spot.sentence)) is not None:
        bases, is_sure = [all_done], True
    for slip in _judged(rate, _pairs(tops, bases or smaller), spot, is_sure=is_sure):
        is_told = slip[1] is None or slip[1].severity is Severity.ERROR
        if is_told or (
            not smaller and stem.removesuffix(name) == ""
        ):  # 重大隐患整改率 may be of others
            yield slip


def _of_all(rate: Said, stem: str, tops: Sequence[Said], sentence: Sentence) -> Said | None:
    """What 100% is of where it stands right before: 发现问题9个,整改8个,整改率100%."""
    at = sentence.figures.index(rate)
    if rate.value != _ALL or at < len(_SCORED) or sentence.figures[at - 1] not in tops:
        return None
    base, top = sentence.figures[at - 2 : at]
    is_near = _is_plain(base) and top.gap[:1] == "," and ";" not in rate.gap
    is_due = re.search(rf"[应须需待](?:当|要|予)?{re.escape(stem)}", base.clause)
    is_found = _TO_DO.search(base.clause) and _MENDED.search(stem)
    if not (is_due or is_found) or _ORDERED.search(top.clause):
        return None  # of 检查企业12家 not all have anything to mend
    return base if is_near and _kind(base) == _kind(top) and not top.decimals else None


def _of_clause(
    rate: Said, stem: str, values: Sequence[Said], sentence: Sentence
) -> tuple[str, list[Said], Sequence[Said]]:
    """The figures that a rate is named after, and those around them, of its own clause if it can.

    满分20分,得分18分,得分率90%;满分30分,得分27分,得分率90%: each clause has its own.
    """
    rates = [one for one in sentence.figures if one.unit == "%" and one.end < rate.start]
    told = [one.end for one in rates if stem in one.clause]  # 合格率99%,…,合格率98%
    values = [one for one in values if not told or one.start > told[-1]]
    for start in (rates[-1].end if rates else -1, sentence.text.rfind(";", 0, rate.start)):
        own = [one for one in values if start < one.start < rate.start]
        name, tops = _named_after(stem, own, sentence)
        if tops and own[0] not in tops:
            return _nearest(name, tops, own)
    return _nearest(*_named_after(stem, values, sentence), values)


def _nearest(
    name: str, tops: list[Said], values: Sequence[Said]
) -> tuple[str, list[Said], Sequence[Said]]:
    """Of scores the last one and what stands right before it: each is of its own full marks.

    Behind several that 其中 opens nobody can tell whether the rate is of all or of the last.
    """
    if name != "得分":
        return name, tops, values
    last = values[-len(_SCORED) :]
    if any("其中" in one.gap for one in values[: -len(_SCORED)]):
        return name, [], values
    return name, [one for one in last[1:] if one in tops], last


def _named_after(stem: str, values: Sequence[Said], sentence: Sentence) -> tuple[str, list[Said]]:
    """The longest end of a rate's name that is said of a figure; what is left out was said too."""
    for at in range(len(stem) - _SHORTEST + 1):
        name = stem[at:]
        said = re.split(f"{re.escape(stem)}[率度]", sentence.text, maxsplit=1)[0]
        if stem[:at] not in said and not _ANY.fullmatch(stem[:at]):
            continue
        tops = [one for one in values if _is_called(one, name)]
        if tops:
            return name, tops
    return "", []


def _is_called(one: Said, name: str) -> bool:
    words = _VERBS.sub("", one.clause)
    if name == "回收" and "收回" in words:  # 收回有效问卷397份
        return True
    if name == "得分" and one.unit == "分" and words.endswith("得"):  # 指标25分,得20.75分
        return True
    return words.endswith(name) and not words.removesuffix(name).endswith(_NOT)


def _is_plain(one: Said) -> bool:
    is_value = one.way is Way.VALUE and one.is_exact and one.unit != "%"
    return is_value and not re.search(r"[比较]|上年|去年|同期", one.clause)


def _pairs(tops: Sequence[Said], bases: Sequence[Said]) -> list[tuple[Said, Said]]:
    return [
        (top, base) for top in tops for base in bases if _kind(top) == _kind(base) and base.value
    ]


def _judged(
    rate: Said, pairs: Sequence[tuple[Said, Said]], spot: Spot, *, is_sure: bool
) -> Iterator[tuple[str, Slip | None]]:
    """An error where one slip of the hand explains it, or where the words leave no other pair."""
    if any(fits(rate, *pair) is Fit.EXACT for pair in pairs):
        yield COMPLETION, None
        return
    slips = [
        pair for pair in pairs
        if is_share_slip(term(rate), *map(term, pair)) or _was_exact(rate, *pair)
    ]  # fmt: skip
    if slips or (is_sure and len(pairs) == 1):
        yield COMPLETION, off(COMPLETION, rate, (slips or pairs)[-1], spot)
    elif len(pairs) == 1:
        slip = off(COMPLETION, rate, pairs[0], spot)
        yield COMPLETION, replace(slip, severity=Severity.HINT)


def _was_exact(rate: Said, part: Said, whole: Said) -> bool:
    """Whether one slip of the hand keeps a figure from giving a whole percentage exactly."""
    if rate.decimals or not rate.value or rate.value >= _ALL:
        return False
    right = (
        (part, rate.value * whole.amount / _ALL),
        (whole, part.amount * _ALL / rate.value),
    )
    return any(significant(term(one)) >= _TELLING and slipped(term(one), due) for one, due in right)


def _kind(one: Said) -> str:
    return "人" if one.unit == "名" else one.kind
