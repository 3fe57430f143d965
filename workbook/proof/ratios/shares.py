"""Shares: a percentage against the part and the whole that it is said to be made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from workbook.proof.arithmetic import Fit, is_share_slip, percent, rate_fit, rounded_to, term
from workbook.proof.corrected import Change, likely, shown, told
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.ratios.rates import OF, fits, off
from workbook.proof.vocabulary import short_name, whole_of
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.counted import number_of

SHARE: Final = "share"
_TOTAL_WORDS: Final = re.compile(r"占比?(?:为|达)?$|占(?:总|全部|本年|年度|其|支出|收入|合计)")
_OF_BUDGET: Final = re.compile(
    r"^占(?!年初|全年|调整|预算).{2,10}预算(?:总额|合计)?的$"
)  # 占政府采购预算的
OF_WHOLE: Final = re.compile(r"(.*?)占(?:到(?!位))?(.{3,}?)(?:的?比重|的)?(?:为|达到?)?")
_KINDS: Final = re.compile(r"([两二三四五六])(?:大?[类者项种级]|个?部分)[^,;。]{0,10}(?:分别|各)占")
PER_HEAD: Final = re.compile(r"[人户生亩车床村校次例]均|平均|每")
_OWN: Final = re.compile(r"(.*?)占(?:比(?:例|重)?)?(?:为|达到?)?")
_ENDS: Final = re.compile(r"(?:累计|共|完成|为|达到?|总额|总数|金额)+$")
_AND: Final = ("、", "和", "及", "与", "以及")
_GOES_ON: Final = re.compile(r"(?:[、和及与]|以及)\d")
_SHORTEST: Final = 2  # letters of the name of a whole
_VAGUE: Final = re.compile(r"^(?:总数|总额|总|其)$|预算")
_FEW_POINTS: Final = 10
_MOST: Final = 60  # figures before a share that are looked at
_BARE_SHARE: Final = ("占", "占比", "占比为")


def shares(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """Each 占…% of the statement against the part before it and its whole."""
    earlier: tuple[Said, ...] = ()
    all_before: list[Said] = []
    for sentence in statement.sentences:
        spot = Spot(sentence, statement)
        done: list[Said] = []
        yield from _of_all_kinds(spot)
        for pairs in (_pairs(sentence), *_respective(sentence)):
            listed = list(_shares_of_all(pairs, spot)) or list(_shares_of_one(pairs, earlier, spot))
            done += [rate for _, rate in pairs] if listed else []
            yield from listed
        for at, one in enumerate(sentence.figures):
            known = sentence.figures[max(at - _MOST, 0) : at]
            if sentence.text.startswith("其中"):
                known = (*earlier, *known)
            is_share = _is_share(one)
            is_of = one.unit == "%" and bool(OF.match(one.gap)) and bool(known)
            is_alone = bool(known) and known[-1].gap not in _AND and not _GOES_ON.match(one.after)
            if one.is_exact and is_alone and (is_share or is_of) and one not in done:
                before = [*all_before, *sentence.figures[:at]][-_MOST:]
                yield from list(_share(one, known, spot)) or _of_named(one, known, before, spot)
        earlier = sentence.figures
        all_before += sentence.figures


def _of_all_kinds(spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """三类金额分别占总额的13.43%、61.62%和24.95%: as many shares as kinds are the whole."""
    figures = spot.sentence.figures
    for at, one in enumerate(figures):
        match = _KINDS.search(one.clause) if one.way is Way.SHARE else None
        if match is None:
            continue
        rates = figures[at : at + (number_of(match[1]) or 0)]
        is_run = len(rates) > 1 and all(x.unit == "%" and x.gap in _AND for x in rates[1:])
        if not is_run or not all(x.is_exact and x.decimals for x in rates):
            continue
        off_by = sum((x.value for x in rates), Decimal(-100))
        if abs(off_by) <= sum(x.half for x in rates):
            yield SHARE, None
            continue
        changes = [
            Change(x, due, f"{due}%") for x in rates if 0 < (due := x.value - off_by) < 100
        ]  # fmt: skip
        if any(change.is_likely for change in changes):
            says = "、".join(map(str, rates))
            added = " + ".join(f"{x.value}" for x in rates)
            words = Words(f"{one.clause[-16:]}{says}", told(likely(changes), "有一项写错"),
                          f"{added} = {off_by + 100}")  # fmt: skip
            yield SHARE, spot.slip(SHARE, Severity.ERROR, rates, words)


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
    return found if is_of_one and not bare else bare


def _respective(sentence: Sentence) -> Iterator[list[tuple[Said, Said]]]:
    """分别为3万元、7万元,占30%、70%: as many shares as figures before them, in their order."""
    runs: list[list[Said]] = []
    for one in sentence.figures:
        if runs and one.gap in _AND and (one.unit == "%") is (runs[-1][-1].unit == "%"):
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
        if "占" not in whole.clause or "预算" in whole.clause or whole not in values:
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
    elif named := _named_whole(rate, wholes) or _same_whole(rate, known, wholes):
        yield SHARE, off(SHARE, rate, (part, named), spot)
    elif ways and (OF.match(rate.gap) or _is_of_total(rate, known, spot.sentence)):
        yield SHARE, off(SHARE, rate, (part, wholes[0]), spot)


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
    if parts and any(one.amount < parts[0].amount for one in wholes):
        pair = term(parts[0]), term(wholes[0])
        if len(wholes) > 1 or not is_share_slip(term(rate), *pair):
            return  # a whole of other funds
    if len(parts) == 1 and len(wholes) == 1 and wholes[0].value and parts[0].kind == wholes[0].kind:
        is_right = fits(rate, parts[0], wholes[0]) is Fit.EXACT
        is_over = parts[0].amount > wholes[0].amount
        way = _odd((parts[0], rate), wholes[0], spot) if is_over else None
        yield SHARE, None if is_right else way or off(SHARE, rate, (parts[0], wholes[0]), spot)


def is_called(one: Said, name: str) -> bool:
    """Whether the words before a figure end with a name, verbs left out."""
    words, name = _ENDS.sub("", one.clause), _ENDS.sub("", name)
    if name in ("支出", "收入"):  # 支出总额 is no 基本支出
        return (
            re.fullmatch(rf"(?:.*年度?)?(?:总|本年|全年|部门|单位|实际)?{name}", words) is not None
        )
    return words.endswith(name)


def _shares_of_all(
    pairs: Sequence[tuple[Said, Said]], spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    """A list that names all parts of a whole, each with its share: the whole is their sum."""
    parts = [one for one, _ in pairs]
    if len(parts) < 2 or len(whole_of([short_name(one.clause) for one in parts])) != len(parts):
        return
    total = sum(one.amount for one in parts)
    if not total or len({one.kind for one in parts}) > 1:
        return
    for one, rate in pairs:
        due = percent(one.amount, total)
        fit = rate_fit(term(rate), one.amount, total, (one.half, one.half))
        if fit is Fit.EXACT:
            yield SHARE, None
            continue
        shown = f"{rounded_to(due, max(rate.decimals, 2))}%"
        severity = Severity.HINT if fit is Fit.ROUNDED else Severity.ERROR
        words = Words(
            f"{one.clause[-16:]}{one},{rate.clause}{rate}", shown,
            f"{one} ÷ ({' + '.join(map(str, parts))}) = {shown}",
        )  # fmt: skip
        yield SHARE, spot.slip(SHARE, severity, (*parts, rate), words)


def _shares_of_one(
    pairs: Sequence[tuple[Said, Said]], earlier: Sequence[Said], spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    """The shares of a list whose whole all of them show, or all but one, which is off then."""
    telling = [pair for pair in pairs if pair[1].value not in (0, 100)]
    if len(telling) < 2 or len({one.kind for one, _ in pairs}) > 1:
        return
    before = [one for one in spot.sentence.figures if one.end <= pairs[0][0].start]
    held: dict[Said, list[tuple[Said, Said]]] = {}
    for whole in (*earlier, *before):
        if whole.way is Way.VALUE and whole.kind == pairs[0][0].kind and whole.value:
            held[whole] = [pair for pair in telling if fits(pair[1], pair[0], whole) is Fit.EXACT]
    if not any(held.values()) and (total := _added(pairs)) is not None:
        held[total] = [pair for pair in telling if fits(pair[1], pair[0], total) is Fit.EXACT]
    if not any(len(ones) > 1 for ones in held.values()) and (shown := _shown(telling)) is not None:
        held[shown] = [pair for pair in telling if fits(pair[1], pair[0], shown) is Fit.EXACT]
    best = max(held, key=lambda one: len(held[one]), default=None)
    if best is None or len(held[best]) < max(len(telling) - 1, 1):
        return
    is_plain = len(held[best]) > 1 or any(rate.decimals for _, rate in held[best])
    others = [pair for one, ones in held.items() if one is not best for pair in ones]
    for pair in pairs:
        if pair in held[best] or pair not in telling:
            yield SHARE, None
        elif is_plain and pair not in others:
            yield SHARE, _odd(pair, best, spot)


def _odd(pair: tuple[Said, Said], whole: Said, spot: Spot) -> Slip:
    """The one share of a list that is off, or the figure before it where a slip explains that."""
    part, rate = pair
    slip = off(SHARE, rate, (part, whole), spot)
    due = rounded_to(whole.amount * rate.value / 100 / term(part).factor, part.decimals)
    changes = [Change(rate, Decimal(slip.should_be[:-1]), slip.should_be)]
    changes.append(Change(part, due, f"{part.clause[-16:]}{shown(due, part)}"))
    return replace(slip, should_be=told(likely(changes)[:1], ""))


def _added(pairs: Sequence[tuple[Said, Said]]) -> Said | None:
    """The sum of a list whose shares are nearly all: 甲60万元,占60%;乙30万元,占30%;丙10万元."""
    shares = sum((rate.value for _, rate in pairs), Decimal(0))
    if len(pairs) < 3 or abs(shares - 100) > _FEW_POINTS:
        return None
    first = pairs[0][0]
    total = sum((one.amount for one, _ in pairs), Decimal(0)) / term(first).factor
    return replace(first, value=total, clause="各项之和")


def _shown(pairs: Sequence[tuple[Said, Said]]) -> Said | None:
    """The whole that all shares of a list but one show: 70万元,占70%;20万元,占20%;1万元,占10%."""
    if len(pairs) < 3 or not all(rate.decimals for _, rate in pairs):
        return None
    for left_out in (None, *pairs):
        ends = [_whole_range(pair) for pair in pairs if pair is not left_out]
        low, high = max(low for low, _ in ends), min(high for _, high in ends)
        if low <= high:
            part = pairs[0][0]
            value = rounded_to((low + high) / 2 / term(part).factor, part.decimals)
            return replace(part, value=value, clause="各项占比合得的总数")
    return None


def _whole_range(pair: tuple[Said, Said]) -> tuple[Decimal, Decimal]:
    """The least and the greatest whole of which a figure is its rounded share."""
    part, rate = pair
    return (
        (part.amount - part.half) * 100 / (rate.value + rate.half),
        (part.amount + part.half) * 100 / (rate.value - rate.half),
    )


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
