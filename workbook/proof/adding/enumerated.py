"""Counts of several kinds side by side, and how many they are together: 9个村、5个社区,共14个."""

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Final

from workbook.proof.adding.claim import SUM
from workbook.proof.arithmetic import Term, is_slip
from workbook.proof.model import Severity, Slip, Statement
from workbook.stated.clauses import MORE_UNITS
from workbook.stated.folded import sentence
from workbook.stated.units import MONEY, UNITS

_COUNTED: Final = {*UNITS, *MORE_UNITS} - {*MONEY, "%", "个百分点"}
_UNIT: Final = f"(?:{'|'.join(sorted(_COUNTED, key=len, reverse=True))})"
_NOUN: Final = r"[\u4e00-\u9fff]{0,8}?"
_ENUMERATED: Final = re.compile(
    rf"(?<![\d.第、和及])(?P<parts>\d{{1,5}}{_UNIT}{_NOUN}(?:[、和及]\d{{1,5}}{_UNIT}{_NOUN}){{1,7}}),?"
    rf"(?P<word>共计|合计|总计|总共|共有|共)(?P<total>\d{{1,5}})(?P<unit>{_UNIT})"
    r"(?P<noun>[\u4e00-\u9fff]{0,8}(?:\([\u4e00-\u9fff、]{1,8}\))?)(?=[,;。)、]|$)"
)
_EACH: Final = re.compile(rf"(\d{{1,5}})({_UNIT})({_NOUN})(?=[、和及,]|$)")
_GENERAL: Final = re.compile(r"(?:单位|部门|机构|村居|村社|项目|点位|下属单位|预算单位|基层单位)?")
_AMONG: Final = re.compile(r"其中|包括|含|新增|减少|增加|完成|剩余")
_ADDS_UP: Final = ("共计", "合计", "总计")
# 今年新建2个社区、3个村,共有60个: how many there are by now, not what has been added.
_CHANGES: Final = re.compile(
    r"新(?![区城镇乡村县市兴])|[增减撤退拆]|并入|合并|调[出入离]|划[出入转]|转[出入]|关[闭停]|注销|报废|"
    r"处置|淘汰|取缔|录用|招[录聘]|引进|扩建|改建"
)
_ENDS: Final = re.compile(r"[,;。:]")


def enumerated(statement: Statement, judged: Collection[int] = ()) -> Iterator[Slip | None]:
    """Each total right behind the counts of one unit that 、 joins; others are no total of them.

    `judged` are the places in the folded text of totals of which all has been said.
    """
    text = statement.folded.text
    if "共" not in text and "计" not in text:
        return
    for match in _ENUMERATED.finditer(text):
        parts = _EACH.findall(match["parts"])
        units = {unit for _, unit, _ in parts} | {match["unit"]}
        nouns = [noun for _, _, noun in parts]
        is_told = match.start("total") in judged
        if is_told or len(units) > 1 or len(parts) < 2 or not _is_of_all(match["noun"], nouns):
            continue
        added = sum(int(count) for count, _, _ in parts)
        if added == int(match["total"]):
            yield None
        elif not _is_of_more(match, [_term(count) for count, _, _ in parts]):
            yield _miscounted(statement, match, added, [count for count, _, _ in parts])


def _is_of_more(match: re.Match[str], parts: Sequence[Term]) -> bool:
    """Whether the total may be of what there is, of which the list names what was added or lost."""
    if match["word"] in _ADDS_UP:
        return False
    clause = _ENDS.split(match.string[: match.start()])[-1]
    is_change = _CHANGES.search(clause) is not None
    is_far = match["word"] == "共有" and not is_slip(_term(match["total"]), parts)
    return is_change or is_far


def _term(count: str) -> Term:
    return Term(Decimal(count))


def _is_of_all(noun: str, nouns: list[str]) -> bool:
    """Whether the total is of what was listed: 个, 个村(社区), 个单位, not 个村民小组."""
    rest = re.sub(r"[()、]", "", noun)
    for one in sorted(set(nouns), key=len, reverse=True):
        rest = rest.replace(one, "", 1)
    return not _AMONG.search(noun) and (not rest or bool(_GENERAL.fullmatch(noun)))


def _miscounted(statement: Statement, match: re.Match[str], added: int, counts: list[str]) -> Slip:
    origin = statement.folded.origin
    start, end = match.span()
    words = sentence(statement.text, origin[start], origin[min(end, len(origin)) - 1] + 1)
    unit = match["unit"]
    return Slip(
        SUM, Severity.ERROR, statement.place, words,
        (*(f"{count}{unit}" for count in counts), f"{match['total']}{unit}"),
        f"共{match['total']}{unit}", f"{added}{unit}(各项之和)",
        f"{' + '.join(counts)} = {added}",
    )  # fmt: skip
