"""Shares: a percentage against the part and the whole that it is said to be made of."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from workbook.proof.arithmetic import Fit, term
from workbook.proof.model import Slip, Spot, Statement
from workbook.proof.percentages import is_share_slip
from workbook.proof.ratios.rates import OF, fits, is_apart, off
from workbook.proof.ratios.share_lists import (
    AND,
    SHARE,
    odd,
    of_all_kinds,
    shares_of_all,
    shares_of_hundred,
    shares_of_one,
)
from workbook.proof.vocabulary import short_name
from workbook.stated.clauses import Said, Sentence, Way

_TOTAL_WORDS: Final = re.compile(r"占比?(?:为|达)?$|占(?:总|全部|本年|年度|其|支出|收入|合计)")
_OF_BUDGET: Final = re.compile(
    r"^占(?!年初|全年|调整|预算).{2,10}预算(?:总额|合计)?的$"
)  # 占政府采购预算的
OF_WHOLE: Final = re.compile(r"(.*?)占(?:到(?!位))?(.{3,}?)(?:的?比重|的)?(?:为|达到?)?")
PER_HEAD: Final = re.compile(r"[人户生亩车床村校次例]均|平均|每")
_OWN: Final = re.compile(r"(.*?)占(?:比(?:例|重)?)?(?:为|达到?)?")
_ENDS: Final = re.compile(r"(?:累计|共|完成|为|达到?|总额|总数|金额)+$")
_GOES_ON: Final = re.compile(r"(?:[、和及与]|以及)\d")
_SHORTEST: Final = 2  # letters of the name of a whole
_UNREAD: Final = re.compile(r"\d(?!\d|[,.]\d|[年月日号至岁-]).*占")  # a figure of another unit
_VAGUE: Final = re.compile(r"^(?:总数|总额|总|其)$|预算")
_MOST: Final = 60  # figures before a share that are looked at
_AMONG: Final = re.compile(r"[^,;:。()、]{0,12}中,?(?:有|共有)")
_BARE_SHARE: Final = ("占", "占比", "占比为")


def shares(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """Each 占…% of the statement against the part before it and its whole."""
    earlier: tuple[Said, ...] = ()
    all_before: list[Said] = []
    for sentence in statement.sentences:
        spot = Spot(sentence, statement)
        done: list[Said] = []
        yield from of_all_kinds(spot)
        for pairs in (*_of_one_whole(_pairs(sentence), sentence), *_respective(sentence)):
            listed = (
                list(shares_of_all(pairs, spot))
                or list(shares_of_one(pairs, earlier, spot))
                or list(shares_of_hundred(pairs, spot))
            )
            done += [rate for _, rate in pairs] if listed else []
            yield from listed
        for at, one in enumerate(sentence.figures):
            known = sentence.figures[max(at - _MOST, 0) : at]
            if sentence.text.startswith("其中"):
                known = (*earlier, *known)
            is_share = _is_share(one)
            is_of = one.unit == "%" and bool(OF.match(one.gap)) and bool(known)
            is_alone = bool(known) and known[-1].gap not in AND and not _GOES_ON.match(one.after)
            is_alone &= not _UNREAD.search(one.gap)
            if one.is_exact and is_alone and (is_share or is_of) and one not in done:
                before = [*all_before, *sentence.figures[:at]][-_MOST:]
                yield from list(_share(one, known, spot)) or _of_named(one, known, before, spot)
        earlier = sentence.figures
        all_before += sentence.figures


def _is_share(one: Said) -> bool:
    """Whether a percentage is a share; 占支出预算的 is one, 占年初预算的 says how much was done."""
    return one.way is Way.SHARE or (one.unit == "%" and bool(_OF_BUDGET.search(one.clause)))


def _pairs(sentence: Sentence) -> list[tuple[Said, Said]]:
    """The figures of a list that each stand before their share: 甲3万元,占30%;乙7万元,占70%."""
    found = [
        (one, rate)
        for one, rate in pairwise(sentence.figures)
        if one.way is Way.VALUE and _is_share(rate) and one.is_exact and rate.is_exact
    ]
    bare = [pair for pair in found if pair[1].clause in _BARE_SHARE]
    is_of_one = len({rate.clause for _, rate in found}) == 1  # 占支出合计的, each time
    goes_on = len(found) > 1 and bare == found[1:]  # 甲占总量的60%;乙占40%
    return found if goes_on or (is_of_one and not bare) else bare


def _of_one_whole(
    pairs: Sequence[tuple[Said, Said]], sentence: Sentence
) -> Iterator[Sequence[tuple[Said, Said]]]:
    """The pairs of a list, parted where another whole begins: 全部120个项目中有12个未开工."""
    starts = [
        at for at, (one, _) in enumerate(pairs)
        if at and _AMONG.fullmatch(one.gap)
        and sentence.figures[sentence.figures.index(one) - 1] is not pairs[at - 1][1]
    ]  # fmt: skip
    for start, end in pairwise((0, *starts, len(pairs))):
        yield pairs[start:end]


def _respective(sentence: Sentence) -> Iterator[list[tuple[Said, Said]]]:
    """分别为3万元、7万元,占30%、70%: as many shares as figures before them, in their order."""
    runs: list[list[Said]] = []
    for one in sentence.figures:
        if runs and one.gap in AND and (one.unit == "%") is (runs[-1][-1].unit == "%"):
            runs[-1].append(one)
        else:
            runs.append([one])
    for run in runs:  # 甲3万元、乙7万元,分别占总数的30%和70%
        if run[0].way is Way.SHARE and "分别" in run[0].clause and len(run) > 1:
            at = sentence.figures.index(run[0])
            listed = sentence.figures[max(at - len(run), 0) : at]
            is_list = all(one.way is Way.VALUE and one.is_exact for one in listed)
            if is_list and len(listed) == len(run) and all(";" not in x.gap for x in listed[1:]):
                yield list(zip(listed, run, strict=True))
                return
    for values, rates in pairwise(runs):
        is_share = rates[0].way is Way.SHARE and values[0].way is Way.VALUE
        if is_share and len(rates) == len(values) > 1:
            yield list(zip(values, rates, strict=True))


def _share(rate: Said, known: Sequence[Said], spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    values = [one for one in known if one.way is Way.VALUE and one.is_exact]
    own = _before_its_whole(rate, known)
    if len(values) < 2 and own is None:
        return
    if OF.match(rate.gap):  # 占总支出100万元的26.8%
        whole, part = known[-1], values[-2]
        is_task = is_apart(part) and re.search("计划|任务|目标", whole.clause)
        if "占" not in whole.clause or "预算" in whole.clause or whole not in values or is_task:
            return
        wholes = [whole]
    elif own is not None:
        part, wholes = own[0], [own[1]]
    else:
        part = _named_part(rate, values) or values[-1]
        is_aside = values[-1] is not known[-1] or PER_HEAD.search(values[-1].clause)
        if is_aside or _is_of_another(rate, part):
            return
        before = values[: values.index(part)]
        wholes = [one for one in before if one.kind == part.kind and one.amount >= part.amount]
    if not wholes or wholes[0].kind != part.kind:
        return
    ways = [fits(rate, part, one) for one in wholes if one.value]
    if Fit.EXACT in ways:
        yield SHARE, None
    elif own is not None:
        yield SHARE, off(SHARE, rate, own, spot)
    elif among := _among(rate, known, wholes):
        yield SHARE, off(SHARE, rate, (part, among), spot)
    elif named := _named_whole(rate, wholes) or _same_whole(rate, known, wholes):
        yield SHARE, off(SHARE, rate, (part, named), spot)
    elif ways and (OF.match(rate.gap) or _is_of_total(rate, known, spot.sentence)):
        yield SHARE, off(SHARE, rate, (part, wholes[0]), spot)


def _among(rate: Said, known: Sequence[Said], wholes: Sequence[Said]) -> Said | None:
    """The whole of 抽查的36处设施中有5处损坏,占13.9%: what stands right before 中有."""
    is_bare = rate.clause in _BARE_SHARE and len(known) > 1 and known[-2] in wholes
    return known[-2] if is_bare and _AMONG.fullmatch(known[-1].gap) else None


def _before_its_whole(rate: Said, known: Sequence[Said]) -> tuple[Said, Said] | None:
    """The part and the whole of 余额52万元,控制在限额61万元以内,占限额的85%."""
    values = [
        one for one in known
        if one.way is Way.VALUE and (one.is_exact or one.after.startswith("以内"))
    ]  # fmt: skip
    if len(values) < 2:
        return None
    part, whole = values[-2:]
    name = re.sub(r"^占|的(?:比重)?$", "", rate.clause)
    is_whole = whole is known[-1] and rate.clause.startswith("占") and len(name) >= _SHORTEST
    is_named = is_whole and is_called(whole, name) and not is_called(part, name)
    is_part = part.kind == whole.kind and not _VAGUE.search(name)
    return (part, whole) if is_named and is_part and ";" not in whole.gap else None


def _part_name(rate: Said) -> str:
    """What a share names as its part: 税收 of 税收占比66%, mostly nothing."""
    match = OF_WHOLE.fullmatch(rate.clause) or _OWN.fullmatch(rate.clause)
    return _ENDS.sub("", match[1]) if match else ""


def _named_part(rate: Said, values: Sequence[Said]) -> Said | None:
    """The one figure before that is called as the share names its part."""
    if not (name := _part_name(rate)):
        return None
    ones = [one for one in values if not _is_of_another(rate, one)]
    return ones[0] if name and len(ones) == 1 else None


def _is_of_another(rate: Said, part: Said) -> bool:
    """Whether a share names its part, and that is another figure: 税收占比66%."""
    name = _part_name(rate)
    own = _ENDS.sub("", short_name(part.clause))  # 非税收入 holds 税收, and is another
    return bool(name) and not own.startswith(name) and not own.endswith(short_name(name))


def _of_named(
    rate: Said, known: Sequence[Said], before: Sequence[Said], spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    """税收收入占地方财政收入66.19%: both are named, their figures stand before."""
    words = OF_WHOLE.fullmatch(rate.clause)
    if words is None:
        return
    values = [one for one in before if one.way is Way.VALUE and one.is_exact]
    parts = [one for one in values if words[1] and is_called(one, words[1])]
    last = [one for one in values[-1:] if one is known[-1] and not PER_HEAD.search(one.clause)]
    parts = parts if words[1] else last
    wholes = [one for one in values if is_called(one, words[2]) and one not in parts]
    wholes = wholes or _of_one_noun(words[2], parts, values)
    if parts and any(one.amount < parts[0].amount for one in wholes):
        pair = term(parts[0]), term(wholes[0])
        if len(wholes) > 1 or not is_share_slip(term(rate), *pair):
            return  # a whole of other funds
    if len(parts) == 1 and len(wholes) == 1 and wholes[0].value and parts[0].kind == wholes[0].kind:
        is_right = fits(rate, parts[0], wholes[0]) is Fit.EXACT
        is_over = parts[0].amount > wholes[0].amount
        way = odd((parts[0], rate), wholes[0], spot) if is_over else None
        yield SHARE, None if is_right else way or off(SHARE, rate, (parts[0], wholes[0]), spot)


def _of_one_noun(name: str, parts: Sequence[Said], values: Sequence[Said]) -> list[Said]:
    """制造业税收14亿元,占第二产业的72%: the whole is 第二产业税收, if that is stated."""
    if len(parts) != 1:
        return []
    own = _ENDS.sub("", parts[0].clause)
    return [
        one for one in values
        if (words := _ENDS.sub("", one.clause)).startswith(name) and one is not parts[0]
        and len(noun := words.removeprefix(name)) >= _SHORTEST and own.endswith(noun)
    ]  # fmt: skip


def is_called(one: Said, name: str) -> bool:
    """Whether the words before a figure end with a name, verbs left out."""
    words, name = _ENDS.sub("", one.clause), _ENDS.sub("", name)
    if name in ("支出", "收入"):  # 支出总额 is no 基本支出
        return (
            re.fullmatch(rf"(?:.*年度?)?(?:总|本年|全年|部门|单位|实际)?{name}", words) is not None
        )
    return words.endswith(name)


def _named_whole(rate: Said, wholes: Sequence[Said]) -> Said | None:
    """The whole that 占一般公共预算收入的 names, where a figure before is called just so."""
    name = re.sub(r"^.*占|的$|的比重.*$|比重.*$", "", rate.clause)
    found = [one for one in wholes if one.value and is_called(one, name)]
    return found[0] if len(_ENDS.sub("", name)) > 2 and len(found) == 1 else None


def _same_whole(rate: Said, known: Sequence[Said], wholes: Sequence[Said]) -> Said | None:
    """The whole that the share before has shown: 税收58万元,占收入的58%;非税42万元,占42%."""
    if rate.clause not in _BARE_SHARE:
        return None
    before = [
        (part, share) for part, share in pairwise(known)
        if share.way is Way.SHARE and part.way is Way.VALUE and share.is_exact and share.decimals
    ]  # fmt: skip
    part, share = before[-1] if before else (None, None)
    if part is None or share is None or share.end > known[-1].start - len(known[-1].gap):
        return None
    shown = [one for one in wholes if one.value and fits(share, part, one) is Fit.EXACT]
    return shown[0] if len({one.amount for one in shown}) == 1 else None


def _is_of_total(rate: Said, known: Sequence[Said], sentence: Sentence) -> bool:
    """Whether 占 speaks of the one total before 其中, of which the figure is a part."""
    head, opened, _ = sentence.text[: rate.start].partition("其中")
    kind = known[-1].kind
    totals = [
        one for one in known
        if one.end <= len(head) and one.way is Way.VALUE and one.kind == kind
        and ";" not in head[one.end :]
    ]  # fmt: skip
    is_own = re.search(r"[;。]", sentence.text[len(head) : rate.start].rstrip(";")) is None
    is_listed = all(one.end <= len(head) or one.way in (Way.VALUE, Way.SHARE) for one in known)
    words = _TOTAL_WORDS.search(rate.clause)
    return bool(opened) and len(totals) == 1 and bool(words) and (is_own or is_listed)
