"""Counts against lists: 3个项目 and the three that are named."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from workbook.proof.model import Severity, Slip, Statement
from workbook.proof.numbered import DIGITS, ORDINALS, ordinal_of, sentence_at
from workbook.stated.clauses import Way
from workbook.stated.counted import number_of
from workbook.stated.folded import numbering

COUNT: Final = "count"
_COUNT: Final = rf"(?P<count>\d{{1,3}}|[{DIGITS}两]{{1,3}})"
_NOUN: Final = r"(?:个|家|名|所|类|种|项|条|支|期|处|位|大类|大项|个方面)"
_AFTER: Final = re.compile(
    rf"{_COUNT}{_NOUN}[^,;:。()、\d]{{0,12}}[,:]?(?:(?:即|分别是|分别为|具体是|具体为|依次是):?|:)(?P<list>[^;:。\d]+?)(?=[;。]|$)"
)
_BRACKETED: Final = re.compile(
    rf"{_COUNT}{_NOUN}[^,;:。()、\d]{{0,10}}\((?:即|分别是|分别为|包括)?:?(?P<list>[^();:。\d]*、[^();:。\d]*)\)"
)
_BEFORE: Final = re.compile(
    rf"(?:内设|下设|涉及|覆盖|设有|设立|分设|下辖|辖有|管辖|即|分别是|分别为|(?<=[^建开增])设)(?:机构|科室|单位|部门|有|了)?:?"
    rf"(?P<list>[^,;:。()\d]*?、[^,;:。\d]*?)(?:共计?|总计|合计)?{_COUNT}{_NOUN}(?=[^,;。、]{{0,14}}[,;。]|$)"
)
_SHORT_OF: Final = re.compile(  # 等4项 of five that are named
    rf"(?:包括|包含)(?P<list>[^,;:。()\d等]*、[^,;:。()\d等]*等){_COUNT}(?:大?[项类种个家])(?=[,;。])"
)
_LEADS: Final = re.compile(
    rf"{_COUNT}{_NOUN}[^,;:。()、\d]{{0,12}}(?:,?(?:具体|分别|主要)?(?:如下|为|是))?:$"
)
_INLINE: Final = re.compile(
    rf"{_COUNT}{_NOUN}[^,;:。()、\d]{{0,12}}(?:,?(?:具体|分别|主要)?(?:如下|为|是))?:?(?=一是|\(一\)|\(1\)|第一,|①)"
)
_SO_MANY: Final = re.compile(
    rf"(?P<before>项目|工程)?{_COUNT}个(?P<noun>(?:专项|子|具体)?(?:项目|工程)(?!人|的))?"
)
_FOLLOWED: Final = re.compile(r"(?:具体|分别|情况)(?:情况)?(?:如下|为|是)[:。]?$")
_WITH_AMOUNTS: Final = re.compile(
    rf"{_COUNT}(?:个|项)(?:项目|工程|任务|专项)[^,;:。()\d]{{0,6}},?(?:分别|具体)(?:是|为)[:,]?"
)
_MANY: Final = re.compile(
    rf"(?<![第每\d]){_COUNT}(?:个|家)(?:项目|乡镇|镇|街道|村|社区|单位|部门|县区?|区县|企业|学校|医院|专项)(?=[^;。]*?元)"
)
_ITEM: Final = re.compile(r"[、,;和及]?[^\d、,;:。()]{2,24}")
_NUMBERED: Final = (
    re.compile(r"(\d{1,2})[.、]"), re.compile(r"\((\d{1,2})\)"),
    re.compile(rf"\(([{DIGITS}]{{1,3}})\)"),
)  # fmt: skip
# 预算单位共4家,包括局机关本级和3家直属事业单位: the unit itself is one of them.
_WITH_ITSELF: Final = re.compile(
    rf"(?:预算|决算|编报|二级|纳入)[^,;:。()]{{0,16}}单位(?:为|有)?(?:共计?|合计)?(?:有)?{_COUNT}[个家],?(?:包括|分别为|分别是|其中:?|即):?"
    rf"[^,;:。()\d]{{0,12}}?(?:本级|机关)(?:1个)?[和及、与](?:下属|所属|直属)?(?P<under>\d{{1,3}}|[{DIGITS}两]{{1,3}})[个家]"
    r"(?:[^,;:。\d]{0,8}单位)?(?=[,;。:(]|$)"
)
# 共3个,包括局本级和市救援支队、市监测中心2个事业单位
_NAMED_UNDER: Final = re.compile(
    rf"(?:预算|决算|编报|二级|纳入)[^,;:。()]{{0,24}}单位(?:为|有)?(?:共计?|合计)?(?:有)?{_COUNT}[个家],?(?:包括|分别为|分别是|其中:?|即):?"
    rf"[^,;:。()\d、]{{0,12}}?(?:本级|机关)[和及与]?[^\d,;:。()]{{2,60}}?(?P<under>\d{{1,2}})[个家](?:所属|下属|直属|二级)?[^,;:。\d]{{0,8}}单位(?=[,;。:(]|$)"
)
_FEWEST: Final = 2
_MOST: Final = 60  # paragraphs behind a count that are looked at
_OPEN: Final = re.compile(r"等$|等(?:单位|部门|科室|机构|方面)?$|以及其他|有关")
_MAY_JOIN: Final = re.compile(r"[和及与]|以及|并")
_OFFICES: Final = "科室股处部局所院校馆站队镇乡村"
_NESTED: Final = re.compile(r"\([^()]*\)|\"[^\"]*\"|《[^》]*》")


def counts(statement: Statement) -> Iterator[Slip | None]:
    """N个 against the items that are listed behind it, before it or in a bracket."""
    text = statement.folded.text
    found = (*_WITH_ITSELF.finditer(text), *_NAMED_UNDER.finditer(text))
    for match in {one.start("count"): one for one in found}.values():
        count, under = number_of(match["count"]), number_of(match["under"])
        if count and under and "等" not in match[0]:
            yield None if count == under + 1 else _miscounted(statement, match, under + 1)
    for pattern in (_AFTER, _BRACKETED, _BEFORE, _SHORT_OF):
        for match in pattern.finditer(text):
            yield from _counted(match, statement)


def _counted(match: re.Match[str], statement: Statement) -> Iterator[Slip | None]:
    count = number_of(match["count"])
    words = _NESTED.sub("", match["list"].rstrip(",.、和及"))
    if not count or count < 2 or "、" not in words or re.search(r"\d", words):
        return
    is_open = bool(_OPEN.search(words)) or "等" in words[-8:]
    parts = re.split(r"、|," if "、" not in words else "、", words)
    is_short = match.re is _BRACKETED and any(len(part) < 2 for part in parts)  # 6个县(市、区)
    if is_short or any(len(part) > 24 or not part for part in parts) or "," in words:
        return
    least = len(parts)
    most = least + sum(_joins(part, parts) for part in parts)
    if least <= count <= most or (is_open and count >= least):
        yield None
        return
    items = f"{least}" if least == most else f"{least} 到 {most}"
    start, end = match.span()
    yield Slip(
        COUNT, Severity.ERROR, statement.place, sentence_at(statement, start, end),
        (match["count"],), statement.words(start, end)[-60:], f"{items} 项(与列出的一致)",
        f"列出 {items} 项,写的是 {match['count']}",
    )  # fmt: skip


def _joins(part: str, parts: Sequence[str]) -> int:
    """How many more names an item may be than one: 救灾和物资保障科 is one among 办公室 and 科.

    Where all others end with one of a few letters, the words before 和 have to as well.
    """
    ends = {one[-1] for one in parts if one[-1] in _OFFICES}
    joined = list(_MAY_JOIN.finditer(part))
    if len([one for one in parts if one[-1] in _OFFICES]) < max(len(parts) - 1, _FEWEST):
        return len(joined)
    return sum(part[: one.start()][-1:] in ends | set(_OFFICES) for one in joined)


def counted_lists(statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """4项… at the end of a paragraph against the numbered paragraphs that follow it."""
    for statement, after in pairwise((*statements, None)):
        if statement is not None:
            yield from _counted_inline(statement, after)
    for statement in statements:
        yield from _counted_amounts(statement)
    for at, statement in enumerate(statements[:-1]):
        text = statement.folded.text
        match = _LEADS.search(text)
        if match is None and _FOLLOWED.search(text):
            yield from _counted_paragraphs(statement, statements[at + 1 : at + 1 + _MOST])
        count = number_of(match["count"]) if match else None
        if match is None or count is None or count < _FEWEST:
            continue
        items = _items(statements[at + 1 : at + 1 + _MOST])
        if items == count:
            yield None
        elif items >= _FEWEST:
            yield _miscounted(statement, match, items)


def _counted_inline(statement: Statement, after: Statement | None) -> Iterator[Slip | None]:
    """五项工作:一是…;二是…;三是… whose points stand in the same paragraph, one behind another."""
    text = statement.folded.text
    for match in _INLINE.finditer(text):
        count, form = number_of(match["count"]), _form(text[match.end() :])
        if count is None or form is None:
            continue
        numbers = [ordinal_of(one[1]) for one in form.finditer(text, match.end())]
        rest = numbers.index(1, 1) if 1 in numbers[1:] else len(numbers)
        items = numbers[:rest]
        goes_on = after is not None and (found := form.match(after.folded.text)) is not None
        if items != list(range(1, len(items) + 1)) or len(items) < _FEWEST:
            continue
        if goes_on and found and ordinal_of(found[1]) == len(items) + 1:
            continue
        yield None if len(items) == count else _miscounted(statement, match, len(items))


def _counted_paragraphs(
    statement: Statement, following: Sequence[Statement]
) -> Iterator[Slip | None]:
    """项目5个 of a paragraph that ends with 具体如下 against the priced paragraphs behind it.

    Only one more or fewer is a slip: 35个项目 may be told in three groups.
    """
    found = [
        one for one in _SO_MANY.finditer(statement.folded.text) if one["before"] or one["noun"]
    ]
    items = _items(following)
    count = number_of(found[0]["count"]) if len(found) == 1 else None
    priced = (
        any(one.kind == "元" for sentence_ in each.sentences for one in sentence_.figures)
        for each in following[:items]
    )
    if count is None or items < _FEWEST or not all(priced):
        return
    if items == count:
        yield None
    elif abs(items - count) == 1:
        yield _miscounted(statement, found[0], items)


def _counted_amounts(statement: Statement) -> Iterator[Slip | None]:
    """3个项目,分别为:甲10万元,乙20万元,丙30万元: as many names with an amount as are counted."""
    yield from _priced(statement)
    for sentence_ in statement.sentences:
        for match in _WITH_AMOUNTS.finditer(sentence_.text):
            count = number_of(match["count"])
            behind = [one for one in sentence_.figures if one.start >= match.end()]
            is_list = behind and all(
                one.way is Way.VALUE and one.kind == "元" and not one.depth
                and _ITEM.fullmatch(one.gap if at else one.clause)
                for at, one in enumerate(behind)
            )  # fmt: skip
            rest = sentence_.text[match.end() :]
            is_mixed = len({one.gap[:1] for one in behind[1:]} & set("、,;")) > 1
            is_whole = not (is_mixed or re.search("等|其余|其他|合计|共计|其中", rest))
            if count is None or count < _FEWEST or not (is_list and is_whole):
                continue
            if len(behind) == count:
                yield None
            elif len(behind) > 1:
                yield _miscounted(statement, match, len(behind), sentence_.start)


def _priced(statement: Statement) -> Iterator[Slip | None]:
    """3个项目…资金9万元:甲2万元,乙3万元,丙4万元: as many as the items that make up the amount."""
    for sentence_ in statement.sentences:
        for match in _MANY.finditer(sentence_.text):
            count = number_of(match["count"])
            behind = [one for one in sentence_.figures if one.start >= match.end()]
            amounts = [one for one in behind if one.kind == "元" and one.way is Way.VALUE]
            if count is None or count < _FEWEST or len(amounts) <= _FEWEST:
                continue
            total, *items = amounts
            is_list = re.match(r"(?:[:(]|,?(?:其中|分别为|包括|具体为):?)", items[0].gap) and all(
                _ITEM.fullmatch(one.gap) for one in items[1:]
            )
            is_all = sum(one.amount for one in items) == total.amount and behind[0] is total
            is_all &= re.match(r"[;。]|$", sentence_.text[items[-1].end :]) is not None
            if not (is_list and is_all and len(behind) == len(amounts)):
                continue
            if len(items) == count:
                yield None
            elif abs(len(items) - count) == 1:
                yield _miscounted(statement, match, len(items), sentence_.start)


def _form(text: str) -> re.Pattern[str] | None:
    """The way to number points with which a text begins."""
    return next((form for form, _ in ORDINALS if form.match(text)), None)


def _miscounted(statement: Statement, match: re.Match[str], items: int, offset: int = 0) -> Slip:
    """`match` was found so many letters behind the beginning of the statement."""
    start, end = (place + offset for place in match.span())
    return Slip(
        COUNT, Severity.ERROR, statement.place, sentence_at(statement, start, end),
        (match["count"],), statement.words(start, end), f"{items} 项(与列出的一致)",
        f"列出 {items} 项,写的是 {match['count']}",
    )  # fmt: skip


def _items(statements: Sequence[Statement]) -> int:
    """How many paragraphs are numbered from 1 on in one form; others may stand between them."""
    first = numbering(statements[0].folded.text) if statements else ""
    form = next((form for form in _NUMBERED if form.fullmatch(first)), None)
    if form is None:
        return 0
    done = 0
    for statement in statements:
        number = numbering(statement.folded.text)
        match = form.fullmatch(number)
        if match and statement.folded.text[len(number) :].startswith(("以上", "上述", "此外")):
            return done
        if match and (number_of(match[1]) or 0) != done + 1:
            return done if number_of(match[1]) == 1 else 0  # a new list, or one out of order
        done += bool(match)
    return done
