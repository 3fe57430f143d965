"""Totals that stand beside their parts without a word that opens them: by name, by kind, behind."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Final

from workbook.proof.adding.claim import (
    ASIDE,
    BESIDE,
    STATES,
    TAKEN,
    Claim,
)  # fmt: skip
from workbook.proof.adding.exhaustive import names_all_classes, run
from workbook.proof.adding.openings import OPENS
from workbook.proof.arithmetic import MOST_PARTS
from workbook.proof.model import Statement
from workbook.proof.vocabulary import short_name, vocabulary, whole_of
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.model import Basis
from workbook.stated.words import named

_STATES: Final = re.compile(
    r"(?:已经?)?(..)[案结毕]?,(?:尚未|正在|仍在|未|待)\1?[案结毕]?|结案,未结案?|已?完工,在建|"
    r"(?:审[核批])?(?:通过|合格|同意|批准),(?:退回|驳回|不通过|未通过|不合格|不予通过)|"
    r"已?办[结理],(?:正在|尚在)办理|已?(?:整改|解决|化解|办结|修复)(?:完成|到位)?,(?:剩余|其余)…"
)
_UNDONE: Final = re.compile(r"正在|尚未|尚在|仍在|未|待|将")
_FEWEST: Final = 3  # a total and two parts
_AMONG: Final = re.compile(r"[^,;:。]{0,12}中,")
_SOURCE: Final = re.compile(r"收入|拨款|结转|结余")  # of money, none of which is left out
_CLOSES: Final = re.compile(
    r"^共$|(?:合计|共计|总计|合共|小计)(?:支出|收入|金额|资金|人数|数)?(?:为|达)?$"
)
_AGAIN: Final = re.compile(  # counts once more, or came in earlier
    r"再次|重新|重复|补正|复[核审查议检]|上年|上期|去年|前年|往年|历年|以前|跨年|结转|遗留|积案|旧存|存案|期初|转入"
)
_ALL_SPENT: Final = re.compile(
    r"(?:^|年|部门|单位|我[局委办镇校])(?:总|本年|全年)?支出(?:合计|总计|总额)?(?:为|共)?$"
)
_MOVED: Final = re.compile(
    r"新|[增减撤退拆关停]|其中|已|尚|仍|还|未|正在|出动|召开|检查|培训|举办|开展|组织|发放|发现|较|比|参加|注销|调[入出]"
)
_OTHERS: Final = ("次", "组", "批", "户", "队")  # 共8个组 of what was listed otherwise
_BESIDE: Final = re.compile(r"结转|结余|(?:支出|收入)(?:为|共)?$")
_MOST_MORE: Final = 4  # figures behind a list that may belong to it


def by_name(statement: Statement) -> Iterator[Claim]:
    """Totals that stand beside all their parts without a word between: 三公经费 and its three."""
    figures = [one for sentence in statement.sentences for one in sentence.figures]
    opened = any(OPENS.search(one.gap) for one in figures)
    yield from _spending(statement)
    found: dict[str, list[tuple[Said, Sentence]]] = {}
    for sentence in statement.sentences:
        for one in sentence.figures:
            is_plain = one.way is Way.VALUE and one.depth == 0 and not ASIDE.search(one.clause)
            if is_plain and named(one.clause).basis in (Basis.NONE, Basis.OUTTURN):
                found.setdefault(short_name(one.clause), []).append((one, sentence))
    for total, whole in () if opened else vocabulary().identities.items():
        names = (total, *whole)
        if all(len(found.get(name, ())) == 1 for name in names):
            said, sentence = found[total][0]
            parts = tuple(found[name][0][0] for name in whole)
            if {one.kind for one in parts} == {said.kind}:
                yield Claim(said, parts, "", sentence)


def _spending(statement: Statement) -> Iterator[Claim]:
    """All spending of a paragraph, and the one 基本支出 and 项目支出 that it states behind it."""
    found: dict[str, list[tuple[Said, Sentence]]] = {}
    for sentence in statement.sentences:
        for one in sentence.figures:
            is_plain = one.way is Way.VALUE and one.depth == 0 and not ASIDE.search(one.clause)
            if is_plain and not OPENS.search(one.gap):
                name = short_name(one.clause)
                name = "支出" if _ALL_SPENT.search(one.clause) else name
                found.setdefault(name, []).append((one, sentence))
    names = ("支出", "基本支出", "项目支出")
    if [name for name in found if name in names] == list(names):  # in this order
        ones = [found[name] for name in names]
        said, *parts = (one[0][0] for one in ones)
        is_plain = {one.kind for one in parts} == {said.kind} == {"元"}
        if is_plain and all(len(one) == 1 for one in ones):
            figures = [one for pairs in found.values() for one, _ in pairs if one.kind == said.kind]
            rest = [one for one in figures if one is not said and one not in parts]
            yield _with_more(Claim(said, tuple(parts), BESIDE, ones[0][0][1]), rest)


def _with_more(claim: Claim, rest: Sequence[Said]) -> Claim:
    """A claim with 经营支出 or 上年结转 that stand beside its parts, where that makes it tie."""
    also = vocabulary().also
    more = [one for one in rest if short_name(one.clause) in also or _BESIDE.search(one.clause)]
    lists = [*(more[:end] for end in range(_MOST_MORE + 1)), *([one] for one in more)]
    tried = [replace(claim, parts=(*claim.parts, *some)) for some in lists]
    if found := next((one for one in tried if one.holds()), None):
        return found
    sure = [one for one in more if short_name(one.clause) in also]  # left over is not spent
    return replace(claim, parts=(*claim.parts, *sure))


def beside(sentence: Sentence) -> Iterator[Claim]:
    """A total right before all its parts: 总收入8万元,财政拨款5万元,其他收入3万元."""
    figures = sentence.figures
    if len(figures) < _FEWEST:
        return
    start = next((at for at, one in enumerate(figures) if _is_total(one)), None)
    parts: list[Said] = []
    behind = figures[start + 1 :] if start is not None else ()
    for one in behind:
        if one.way in (Way.SHARE, Way.PERCENT) and not one.depth:
            continue
        is_odd = one.depth or one.way is not Way.VALUE or ASIDE.search(one.clause)
        if is_odd or one.kind != figures[start or 0].kind or _is_total(one):
            break
        parts.append(one)
    names = [short_name(one.clause) for one in parts]
    is_whole = bool(whole_of(names)) or all(map(_SOURCE.search, names))
    if is_whole and len(parts) > 1 and len(set(names)) == len(parts):
        plain = [one for one in behind[len(parts) :] if one.kind == parts[0].kind and not one.depth]
        rest = [one for one in plain if one.way is Way.VALUE and one not in parts]
        yield _with_more(Claim(figures[start or 0], tuple(parts), BESIDE, sentence), rest)


def states(sentence: Sentence) -> Iterator[Claim]:
    """立案286件,结案251件,未结35件: what is done and what is not are all there is."""
    is_again = _AGAIN.search(sentence.text)
    figures = [one for one in sentence.figures if one.unit != "%" and not is_again]
    for at, (first, done, rest) in enumerate(zip(figures, figures[1:], figures[2:], strict=False)):
        total = next((one for one in reversed(figures[: at + 1]) if not _is_listed(one)), first)
        is_rest = rest.clause in ("剩余", "其余") and _UNDONE.match(rest.after)
        words = f"{done.clause},{rest.clause}{'…' if is_rest else ''}"
        more = takewhile(_is_beside, figures[at + 3 : at + 6])
        same = (total, done, rest, *(one for one in more if one.kind == done.kind))
        is_plain = all(
            one.way is Way.VALUE and one.kind == total.kind and one.depth == total.depth
            for one in same
        )
        if is_plain and _STATES.fullmatch(words):
            ways = [Claim(total, same[1:end], STATES, sentence) for end in range(3, len(same) + 1)]
            found = next((one for one in ways if one.holds()), None)
            if found or len(ways) == 1:  # a third state is one of the parts too: 撤回12件
                yield found or ways[0]


def _is_beside(one: Said) -> bool:
    """Whether a figure behind two states may be of a third one."""
    return one.way is Way.VALUE and not re.search(r"[;。(]|其中|包括|含", one.gap)


def _is_listed(one: Said) -> bool:
    """Whether a figure is one of a list that divides another: 其中农药类6件、种子类8件;结案13件."""
    return one.gap[:1] == "、" or "其中" in one.gap


def among(sentence: Sentence) -> Iterator[Claim]:
    """25名人员中,高级职称4人、中级职称11人、初级及以下10人: only where all classes are named."""
    if "中," not in sentence.text:
        return
    for total, first in pairwise(sentence.figures):
        at = sentence.figures.index(first)
        parts = run(sentence.figures[at : at + MOST_PARTS])
        if (
            _AMONG.match(first.gap) and total.way is Way.VALUE and len(parts) > 1
            and {_head(one) for one in parts} == {_head(total)}
            and (names_all_classes(parts) or whole_of([short_name(one.clause) for one in parts]))
        ):  # fmt: skip
            yield Claim(total, parts, "其中", sentence)


def _head(one: Said) -> str:
    return "人" if one.unit == "名" else one.kind


def _is_total(one: Said) -> bool:
    """Whether a figure is of all income or spending."""
    is_plain = one.way is Way.VALUE and not one.depth and not ASIDE.search(one.clause)
    return is_plain and short_name(one.clause) in vocabulary().others


def _is_list(parts: Sequence[Said], total: Said) -> bool:
    """Whether 共 ends a list: 、 joins its items, or no item is what was added or lost."""
    if all(part.gap[:1] in "、和及" for part in parts[1:]):
        return True
    is_named = all(re.fullmatch(r"[,、][^\d,;。:()]+", part.gap) for part in parts[1:])
    return is_named and total.gap == ",共" and not any(_MOVED.search(x.clause) for x in parts)


def closed(sentence: Sentence) -> Iterator[Claim]:
    """A total that stands behind its parts: 甲3万元,乙4万元,合计7万元."""
    for at, one in enumerate(sentence.figures):
        if one.way is not Way.VALUE or not _CLOSES.search(one.clause):
            continue
        parts: list[Said] = []
        for before in reversed(sentence.figures[:at]):
            is_number = not sentence.text[before.start].isdigit() and before.end == one.start - len(
                one.gap
            )  # 人员经费3万元,公用经费1万元,两项合计4万元
            if before.unit == "%" or before.way is Way.AMOUNT or is_number:
                continue
            is_other = before.kind != one.kind or before.way is not Way.VALUE or before.depth
            if is_other or _CLOSES.search(before.clause):
                break
            parts.insert(0, before)
        if any(TAKEN.search(part.clause) for part in parts):
            continue
        is_joined = one.clause != "共" or _is_list(parts, one)
        if len(parts) > 1 and is_joined and not one.after.startswith(_OTHERS):
            yield Claim(one, tuple(parts), "合计", sentence)
