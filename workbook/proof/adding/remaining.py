"""What is done and what is left of a total, and kinds that exclude each other.

`闲置房产38处,已盘活29处,剩余9处`; `36个科室中,盈余25个,亏损11个`; `查出问题15个,已整改12个`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from workbook.proof.adding.claim import OPPOSED, STATES, Claim
from workbook.proof.vocabulary import vocabulary
from workbook.stated.clauses import Said, Sentence, Way

_LEADS: Final = (
    r"^(?:其中|问题|隐患|线索|案件|项目|任务|目前|现|截至[^,]*|至今|累计|均|有|为|评为|评定为|"
    r"\d+月底?前)*"
)
_DONE: Final = re.compile(
    rf"{_LEADS}(?:已(?!上)|(?:完成|收回|追回|追缴|归还|办结|整改|建成|完工|盘活|拨付|落实|到位)[^\d]{{0,4}}$)"
)
_REST: Final = re.compile(
    r"^(?:目前)?(?:其余|剩余|余下|余(?!额)|尚有|还有|尚余|还剩|仍有|尚未|未|正在|待|尚在)"
)
_OTHERS: Final = re.compile(r"(?:目前)?(?:其余|剩余|余下|还剩|尚余)")
_FINISHED: Final = re.compile(
    r"完成|办结|整改|完工|建成|落实|到位|收回|追回|追缴|归还|销号|结案|竣工"
)
_UNDONE_ONLY: Final = re.compile(r"^(?:目前)?(?:正在|待|尚在|未|尚未)")
_SAME: Final = re.compile(r"[,]?(?:面积|金额|资金|涉及)*(?:资金|金额|面积)?(?:共|共计|计)?")
_AGAIN: Final = re.compile(r"上年|上期|去年|以前|跨年|结转|遗留|积案|再次|重新|年初")
_FOUND: Final = re.compile(r"查出|发现|排查|反馈|查处|检出|暴露|梳理|交办|移交|收到|受理|存在")
_MENDED: Final = re.compile(
    rf"{_LEADS}已(?:经)?(?:全部)?(?:完成)?(?:整改|办结|整治|销号|解决|化解|答复|回复|处置|处理|修复|消除)"
)
_FULL_MARKS: Final = re.compile(r"(?:分值|满分|权重|标准分)(?:为|共)?$")
_MARKS: Final = re.compile(r"^(?:实际|自评|评价)?得分?(?:为)?$")
_GRADE: Final = re.compile(
    r"(?:^|为|评)[\"“‘]?(优秀|优|良好|良|中等|中|一般|较差|差|合格|不合格)[\"”’]?(?:等次|等级|档次)?(?:的|为|有)*$"
)
_ASIDE: Final = re.compile(r"[比较占]|上年|去年|[人户亩]均|平均|每|累计|历年|计划数|限额")
_TWO: Final = 2
_MOST: Final = 4  # figures behind a total that may be its states
_PLAIN_WORDS: Final = re.compile(r"[;。]")


def states_of(sentence: Sentence, before: Sentence | None) -> Iterator[Claim]:
    """All claims of a sentence about what is done, what is left, and what excludes each other."""
    figures = [one for one in sentence.figures if one.unit != "%"]
    if len(figures) < _TWO or not _needed().search(sentence.text):
        return
    again = _AGAIN.search(sentence.text)
    for kind in dict.fromkeys(one.kind for one in figures):
        ones = _of_kind(sentence, kind)
        if not again or kind == "元":  # money does not come back a second time
            yield from _left_over(ones, sentence, before)
            yield from () if again else _exceeding(ones, sentence)
    yield from _opposed(sentence)
    yield from _graded(sentence, before)


@cache
def _needed() -> re.Pattern[str]:
    """A word that each of these claims needs; most sentences have none."""
    kinds = {one for kinds in vocabulary().opposites for one in kinds}
    words = {"已", "余", "尚", "仍", "还", "未", "正在", "待", "分值", "满分", "权重", "优", "良"}
    return re.compile("|".join(sorted(words | kinds)))


def _of_kind(sentence: Sentence, kind: str) -> list[tuple[Said, str]]:
    """The plain figures of a kind with the words that lead them: 9处0.32万平方米 has one lead."""
    made: list[tuple[Said, str]] = []
    lead = ""
    for one in sentence.figures:
        words = one.clause.strip('"')
        lead = lead if made and _SAME.fullmatch(one.gap) else words
        if one.unit == "%" and made and not words:
            continue
        if one.kind == kind and one.way is Way.VALUE and one.is_exact and not one.depth:
            made.append((one, lead))
        elif made is not None and one.kind != kind:
            made = made or []
            lead = words or lead
    return made


def _left_over(
    ones: Sequence[tuple[Said, str]], sentence: Sentence, before: Sentence | None
) -> Iterator[Claim]:
    for at, (rest, words) in enumerate(ones):
        if at and _REST.search(words):
            start = _first_done(ones, at)
            parts = tuple(one for one, _ in ones[start : at + 1])
            if len(parts) < 2 or not _are_opposite(ones[at - 1][1], rest, words):
                continue
            if start:
                total, lead = ones[start - 1]
                if _is_total(total, lead, parts[0]):
                    yield Claim(total, parts, STATES, sentence)
            elif before is not None and parts[0] is _first(sentence, rest.kind):
                yield from _of_earlier(parts, sentence, before)


def _are_opposite(lead: str, rest: Said, words: str) -> bool:
    """Whether what is left is what was not done: 已复绿, 待复绿, but not 已停产, 未复工."""
    if _OTHERS.match(words) or _FINISHED.search(lead):
        return True
    verbs = set(re.sub(_LEADS, "", lead)) - set("已经未待正在尚有全部的")
    return bool(verbs & set(words + rest.after)) or _UNDONE_ONLY.search(lead) is not None


def _first_done(ones: Sequence[tuple[Said, str]], at: int) -> int:
    """Where the states that end with the rest at `at` begin: behind 已 and its like."""
    start = at
    while start and at - start < _MOST - 1:
        words = ones[start - 1][1]
        if not (_DONE.search(words) or _UNDONE_ONLY.search(words)):
            break
        start -= 1
    return start


def _is_total(total: Said, lead: str, first: Said) -> bool:
    """Whether a figure right before the states is what they are of."""
    is_state = _DONE.search(lead) or _REST.search(lead) or _ASIDE.search(lead)
    return not is_state and not _PLAIN_WORDS.search(first.gap) and "%" not in first.gap


def _first(sentence: Sentence, kind: str) -> Said | None:
    return next((one for one in sentence.figures if one.kind == kind), None)


def _of_earlier(parts: tuple[Said, ...], sentence: Sentence, before: Sentence) -> Iterator[Claim]:
    """共反映82个问题。已整改71个,正在整改11个: what the sentence before counts, where it may be."""
    wholes = [
        one for one in before.figures
        if one.way is Way.VALUE and one.kind == parts[0].kind and one.is_exact and not one.depth
    ]  # fmt: skip
    claims = [Claim(one, parts, STATES, sentence) for one in wholes]
    found = [one for one in claims if one.holds()] or [one for one in claims if one.is_likely()]
    yield from found[-1:]


def _exceeding(ones: Sequence[tuple[Said, str]], sentence: Sentence) -> Iterator[Claim]:
    """查出问题15个,已整改21个: what is mended of it cannot be more."""
    for (total, lead), (done, words) in pairwise(ones):
        if _FULL_MARKS.search(lead) and _MARKS.search(words) and total.unit == "分":
            yield Claim(total, (done,), "其中", sentence)
            continue
        is_of = _FOUND.search(lead) and _MENDED.search(words) and done.gap[:1] == ","
        if is_of and not total.decimals and "企业" not in lead:
            yield Claim(total, (done,), "其中", sentence)


def _opposed(sentence: Sentence) -> Iterator[Claim]:
    """Kinds of which nothing can be two: 正常运行16套,停运4套 of 20套."""
    figures = [one for one in sentence.figures if one.unit != "%"]
    for at, total in enumerate(figures[:-2]):
        if total.way is not Way.VALUE or not total.is_exact or _ASIDE.search(total.clause):
            continue
        first = re.sub(_LEADS, "", figures[at + 1].clause).strip('"“”')
        for kinds in vocabulary().opposites:
            if not first.startswith(kinds):
                continue
            parts = tuple(figures[at + 1 : at + 1 + len(kinds)])
            if len(parts) == len(kinds) and _are_kinds(parts, kinds, total):
                yield Claim(total, parts, OPPOSED, sentence)
                break


def _are_kinds(parts: Sequence[Said], kinds: Sequence[str], total: Said) -> bool:
    names = [re.sub(_LEADS, "", one.clause).strip('"“”') for one in parts]
    is_plain = all(
        one.way is Way.VALUE and one.is_exact and _head(one) == _head(total)
        and one.depth == parts[0].depth and not _PLAIN_WORDS.search(one.gap)
        for one in parts
    )  # fmt: skip
    matched = [[name for name in names if name.startswith(kind)] for kind in kinds]
    return is_plain and all(len(one) == 1 for one in matched)


def _graded(sentence: Sentence, before: Sentence | None) -> Iterator[Claim]:
    """结果为优的3个,良的1个 of the 4个项目 of the sentence before: those of no grade are none."""
    parts = tuple(one for one in sentence.figures if _GRADE.search(one.clause))
    is_all = len(parts) > 1 and len(parts) == len(sentence.figures)
    if before is None or not is_all or len({one.kind for one in parts}) > 1:
        return
    wholes = [one for one in before.figures if one.kind == parts[0].kind and one.is_exact]
    if len(wholes) == 1 and wholes[0].way is Way.VALUE:
        yield Claim(wholes[0], parts, OPPOSED, sentence)


def _head(one: Said) -> str:
    return "人" if one.unit == "名" else one.kind
