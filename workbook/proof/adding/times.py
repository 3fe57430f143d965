"""Totals of times and of what was paid each time: 一季度…四季度, 2022年…2023年…累计, 全年共发放."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workbook.proof.adding.claim import ASIDE, BESIDE, QUARTERS, Claim, likeliest
from workbook.proof.arithmetic import significant, term
from workbook.stated.clauses import Said, Sentence, Way

_QUARTER: Final = re.compile(r"(?:第)?([一二三四])季度")
_YEAR: Final = re.compile(r"全年|实际支出|合计|共计")
_OF_TERM: Final = {
    "一二三四": _YEAR, "一二": re.compile("上半年"), "三四": re.compile("下半年"),
    "一二三": re.compile("前三季度"),
}  # fmt: skip
_STARTS_TERM: Final = {
    "一二": re.compile("上半年|1-6月"), "一二三": re.compile("前三季度|1-9月"),
    "一二三四": re.compile("全年|1-12月"),
}  # fmt: skip
_OF_ONE_YEAR: Final = re.compile(r"^(?:其中)?((?:19|20)\d\d)年度?([^,;\d]{0,10})$")
_IN_ALL: Final = re.compile(
    r"^(?:[两二三四五六]年)?(?:累计|共计?|合计|总计)(?!\d)([^,;\d]{0,10}?)(?:共|为|达)?$"
)
_ALL_PAID: Final = re.compile(  # 特困人员全年共发放 is of them alone
    r"^(?:全年|累计|全[省市县区镇乡])?共计?(发放|支出|支付|投入|兑付|拨付|补助)([^\d,;]{0,8})$"
)
_ANY_MONEY: Final = re.compile(
    r"(?:各[类项种])?(?:资金|经费|补助|补贴|金额|款项?|金)*(?:共|为|达)?"
)
_TIMES: Final = re.compile(
    r"季度|半年|[\d一二三四五六七八九十][月年]|[上去前往当本]年|截至|年[初底末]|以前"
)
_LEVEL: Final = re.compile(  # a mean, a price or a stock: none is the sum of its quarters
    r"均|每|单价|价格|标准|季度末|余额|存量|保有量|在[岗校册库]"
)
_FILL: Final = re.compile(
    r"全年|(?:上|下)半年|(?:第?[一二三四]|前三)季度|\d+-\d+月|其中|累计|合计|共计|总计|实际|实现|完成|达到|[共总为达]"
)
_HALVES: Final = ("上半年", "下半年")
_FEWEST: Final = 2  # parts
_TELLING: Final = 4  # digits of a figure that nobody adds up by chance


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


def quarters(sentence: Sentence, before: Sentence | None) -> Iterator[Claim]:
    """The quarters of a sentence, and the year or the half that it or the one before states."""
    figures = [one for one in sentence.figures if one.way is Way.VALUE and not one.depth]
    found = [(match[1], one) for one in figures if (match := _QUARTER.match(one.clause))]
    names = "".join(name for name, _ in found)
    for names_of_term, words in _OF_TERM.items() if names in _OF_TERM else ():
        parts = [one for name, one in found if name in names_of_term]
        if names_of_term not in names or not parts or any(map(_is_level, parts)):
            continue
        around = [*figures, *(before.figures if before else ())]
        totals = [
            one for one in around
            if one.kind == parts[0].kind and one.way is Way.VALUE
            and (words.search(one.clause) or (before and _is_of_term(one, before, names_of_term)))
            and not one.after.startswith("(") and not _is_level(one)
        ]  # fmt: skip
        claims = [Claim(one, tuple(parts), QUARTERS, sentence) for one in totals]
        claims = [one for one in claims if one.holds() or _is_of_one_thing(one)]
        if claims:
            yield likeliest(claims)


def _is_level(one: Said) -> bool:
    return bool(_LEVEL.search(one.clause))


def _is_of_one_thing(claim: Claim) -> bool:
    """Whether quarters and year are of one thing, by their words: 办结 is no part of 受理."""
    own = _FILL.sub("", claim.total.clause)
    others = [_FILL.sub("", one.clause) for one in claim.parts]
    pairs = {own[at : at + 2] for at in range(len(own) - 1)}
    return not pairs or all(not one or any(two in one for two in pairs) for one in others)


def _is_of_term(one: Said, before: Sentence, names: str) -> bool:
    """Whether 上半年 or 1-9月 begins the sentence before, whose first figure is of it."""
    starts = _STARTS_TERM.get(names)
    return bool(starts and starts.match(before.text)) and one is before.figures[0]


def _is_all_of(total: Said, said: Sequence[tuple[int, str]]) -> bool:
    """Whether a total is of what the years are of: 累计支出 is no sum of what was 安排."""
    match = _IN_ALL.match(total.clause)
    if match is None:
        return False
    words, named = match[1], [one for _, one in said if one]
    return not words or (bool(named) and all(words in one or one in words for one in named))


def years(sentence: Sentence) -> Iterator[Claim]:
    """2022年完成投资3462.50万元,2023年完成投资7318.74万元,累计完成10781.24万元.

    Years before the first may have been paid for too: only what ties, or what one slip explains.
    """
    parts: list[Said] = []
    said: list[tuple[int, str]] = []
    for one in sentence.figures:
        match = _OF_ONE_YEAR.match(one.clause)
        is_value = one.way is Way.VALUE and one.is_exact and not one.depth
        if match and is_value:
            year, words = int(match[1]), match[2]
            if parts and (one.kind, year) == (parts[-1].kind, said[-1][0] + 1) and words in (
                "", said[0][1]
            ):  # fmt: skip
                parts, said = [*parts, one], [*said, (year, words)]
            else:
                parts, said = [one], [(year, words)]
        elif len(parts) >= _FEWEST and is_value and one.kind == parts[0].kind:
            is_telling = all(significant(term(x)) >= _TELLING for x in (one, *parts))
            claim = Claim(one, tuple(parts), QUARTERS, sentence)
            if is_telling and _is_all_of(one, said) and claim.is_likely():
                yield claim
            parts, said = [], []
        elif not (one.unit == "%" and parts):
            parts, said = [], []
