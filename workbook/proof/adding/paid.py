"""What was paid in all, behind what was paid for each: 城市低保…,农村低保…,全年共发放."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workbook.proof.adding.claim import ASIDE, BESIDE, QUARTERS, Claim
from workbook.stated.clauses import Said, Sentence, Way

_ALL_PAID: Final = re.compile(  # 特困人员全年共发放 is of them alone
    r"^(?:全年|累计|全[省市县区镇乡])?共计?(发放|支出|支付|投入|兑付|拨付|补助)([^\d,;]{0,8})$"
)
_ANY_MONEY: Final = re.compile(
    r"(?:各[类项种])?(?:资金|经费|补助|补贴|金额|款项?|金)*(?:共|为|达)?"
)
_TIMES: Final = re.compile(
    r"季度|半年|[\d一二三四五六七八九十][月年]|[上去前往当本]年|截至|年[初底末]|以前"
)
_HALVES: Final = ("上半年", "下半年")
_FEWEST: Final = 2  # parts


def closed_by_verb(sentence: Sentence) -> Iterator[Claim]:
    """城市低保…,全年发放3万元;农村低保…,全年发放4万元;全年共发放低保金7万元."""
    for at, one in enumerate(sentence.figures):
        match = _ALL_PAID.search(one.clause) if one.way is Way.VALUE and not one.depth else None
        parts = [
            before for before in sentence.figures[:at]
            if match and before.kind == one.kind and not ASIDE.search(before.clause)
        ]  # fmt: skip
        if match is None or len(parts) < _FEWEST:
            continue
        paid = re.compile(rf"(?<!共){match[1]}[^\d,;]{{0,6}}$")
        is_plain = all(x.way is Way.VALUE and not x.depth and paid.search(x.clause) for x in parts)
        words = _words_of(parts, sentence)
        if is_plain and (opening := _paid_for(words, match[2])):
            yield Claim(one, tuple(parts), opening, sentence)


def _words_of(parts: Sequence[Said], sentence: Sentence) -> list[str]:
    """All that stands between one part and the next: 城市低保1286人,全年发放."""
    starts = (0, *(one.end for one in parts))
    return [sentence.text[start : one.start] for start, one in zip(starts, parts, strict=False)]


def _paid_for(words: Sequence[str], what: str) -> str:
    """Whether parts are all that was paid in a year: QUARTERS if they must be, BESIDE if may be.

    A quarter or a month is none of two that make a year; 低保金 is not paid to 特困人员.
    """
    if not _ANY_MONEY.fullmatch(what) and not all(what[:2] in one for one in words):
        return ""
    if [one for word in words for one in _HALVES if one in word] == list(_HALVES):
        return QUARTERS if len(words) == len(_HALVES) else ""
    of_year = ["全年" in one for one in words]
    if any(map(_TIMES.search, words)) or any(of_year) is not all(of_year):
        return ""
    return QUARTERS if all(of_year) else BESIDE
