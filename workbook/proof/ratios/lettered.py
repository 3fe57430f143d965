"""Rates whose name begins or shortens the words of a figure, and those of 应到 and 实到.

`止付资金1840万元,返还被骗资金276万元,返还率15%`; `颁发证书1539人,颁证率95%`;
`参训率95%,即应到1920人,实到1824人`.
"""

import re
from collections.abc import Sequence
from typing import Final

from workbook.proof.multiplied.made import base_unit, is_plain
from workbook.stated.clauses import Said, Sentence

_MEAN: Final = re.compile(r"[人户亩生车村校台场期班日]均|平均|每")
_DUE: Final = re.compile(
    r"应(?:当|该)?(?:实)?(?P<what>[\u4e00-\u9fff]{1,4}?)(?:人数|人员|人次|数|总数)?(?:为|共)?$"
)
_ATTENDANCE: Final = re.compile(r".{0,4}?(?:参[训会加学与]|到[会课岗]|出[勤席])")
_LETTERS: Final = 2  # of a rate's name: 按期办结率 may be of less than 办结
_WIDEST: Final = 4  # letters between those of a short name: 颁(发)证, 获(得)奖


def due_and_done(rate: Said, stem: str, sentence: Sentence) -> tuple[Said, Said] | None:
    """应到1920人 and 实到1824人, the only ones beside the only rate of a sentence."""
    values = [one for one in sentence.figures if is_plain(one)]
    rates = [one for one in sentence.figures if one.unit == "%" and "率" in one.clause]
    if rates != [rate]:
        return None
    pairs = [
        (done, due)
        for due in values for done in values
        if (match := _DUE.search(due.clause)) and _is_done(done, match["what"])
        and _is_of(stem, match["what"])
        and base_unit(due) == base_unit(done)
    ]  # fmt: skip
    return pairs[0] if len(pairs) == 1 else None


def _is_of(stem: str, what: str) -> bool:
    """Whether a rate is of what was due: 参训率 of 应到 and of 应参训, no 合格率."""
    return (what == "到" and _ATTENDANCE.fullmatch(stem) is not None) or what in stem


def _is_done(one: Said, what: str) -> bool:
    """实到, 实际参训 of what was 应到, 应参训."""
    return re.search(rf"实(?:际)?{re.escape(what)}", one.clause) is not None


def by_letters(rate: Said, stem: str, sentence: Sentence) -> tuple[Said, list[Said]] | None:
    """The figure right before a rate that its name begins or shortens, and what it may be of."""
    before = [one for one in sentence.figures if one.start < rate.start]
    if not before or not rate.gap.startswith(",") or len(stem) != _LETTERS:
        return None
    top = before[-1]
    is_named = re.search(rf"(?<![不未无非]){stem}", top.clause) or re.search(
        rf"^{stem[0]}.{{0,{_WIDEST}}}{stem[1]}", top.clause
    )
    if not is_plain(top) or not is_named or ";" in rate.gap:
        return None
    wholes = [
        one for one in before[:-1]
        if is_plain(one) and base_unit(one) == base_unit(top) and one.amount
        and not _MEAN.search(one.clause) and "其中" not in one.gap and not _is_joined(one, before)
    ]  # fmt: skip
    return (top, wholes) if wholes else None


def _is_joined(one: Said, figures: Sequence[Said]) -> bool:
    """Whether 、 joins a figure to others of its kind: 甲3万元、乙4万元, not 46人、补助23万元."""
    at = figures.index(one)
    is_same = at > 0 and base_unit(figures[at - 1]) == base_unit(one)
    return one.gap[:1] == "、" and is_same
