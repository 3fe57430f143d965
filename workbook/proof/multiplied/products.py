"""Amounts against what they are made of: so many at so much each, and so much on average."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from workbook.proof.model import Slip, Spot, Statement
from workbook.proof.multiplied.counted import counted_near, is_counted
from workbook.proof.multiplied.made import Made, base_unit, is_plain, is_slip, measure, off
from workbook.stated.clauses import Said, Sentence, Way

EACH: Final = re.compile(
    r"(?:每(?P<unit>平方米|公里|公顷|立方米|[人名生户个台套期所件份场辆亩座村张间项批吨米册班家支])(?P<time>每?[年月])?|单价|"
    r"(?P<mean>[人户生亩车床村校台场期班笔]均|亩产|单产))(?P<rest>[^每\d,;:()]{0,8})$"
)
_PRICED: Final = re.compile(r"[每均]|单\s*[价产]|亩\s*产")
# The total right behind the price: 937人,每人2000元,计187.40万元.
_BEHIND: Final = re.compile(r"(?:小?计|(?:补助|发放|支付)?金额)为?")
_CLOSING: Final = re.compile(r"共计?|合计|总计")
_SPENT: Final = re.compile(r"(?:支出|费用|成本|标准|投资|补助|补贴|约|为|达到?)+$")
_OTHER: Final = re.compile(
    r"天|日|课时|学期|季|周|次|以上|以下|不超过|上限|最高|最低|收入|增收|增产|纯"
)
_OF_ALL: Final = re.compile(r"共计|合计|总计|共")  # of all that the sentence lists
_MORE: Final = re.compile(r"另|此外|其他|其它|其余|(?<![一二三四五甲乙丙特])等\d")
_MONTHS: Final = range(1, 13)
_YEAR: Final = Decimal(12)


def products(statement: Statement) -> Iterator[Slip | None]:
    """Each total with its count and price: 补助168万元,24所学校,每所补助7万元.

    An error only where one slip of the hand in one of the three explains it: what is paid may be
    of other people too.
    """
    if not _PRICED.search(statement.text):
        return
    earlier: list[Said] = []
    for sentence in statement.sentences:
        groups = list(_groups(sentence))
        eaches = [[one for one in group if _is_each(one)] for group in groups]
        for group, prices in zip(groups, eaches, strict=True):
            for each in prices if len({_counts(one) for one in prices}) == len(prices) else ():
                ways, is_alone = _found(each, group, groups, earlier)
                if any(way.ties for way in ways):
                    yield None
                    continue
                wrong = [way for way in ways if way.months in (1, _YEAR) and is_slip(way)]
                is_its = is_alone and _is_its_own(each, group, groups)
                if is_its and wrong and not _MORE.search(sentence.text):
                    yield off(wrong[-1], Spot(sentence, statement))
        earlier += sentence.figures


def _is_its_own(each: Said, group: Sequence[Said], groups: Sequence[Sequence[Said]]) -> bool:
    """Whether the total of a price is not of other prices too.

    慰问党员36人,每人500元,慰问困难户20户,每户1000元,计3.80万元: sure only where each has its own.
    """
    priced = [(one, other) for other in groups for one in other if _is_each(one)]
    same = [(one, other) for one, other in priced if base_unit(one) == base_unit(each)]
    if _behind(each, group, is_one=False):
        return all(_behind(one, other, is_one=False) for one, other in same)
    near = [one for one, other in same if other is group]
    return len(near) == 1 or all(map(_is_mean, near))


def _is_mean(each: Said) -> bool:
    """Whether it tells all that is paid once more (人均, 户均): of two prices each has its own."""
    match = EACH.search(each.clause)
    return "平均" in each.clause or (match is not None and bool(match["mean"]))


def _counts(each: Said) -> str:
    """What a price is of: two of one sentence may be of households and of people."""
    match = EACH.search(each.clause)
    return (match["unit"] or match["mean"] or "") if match else ""


def _found(
    each: Said, group: Sequence[Said], groups: Sequence[Sequence[Said]], earlier: Sequence[Said]
) -> tuple[list[Made], bool]:
    """What may be made of a price, and whether nothing else of its kind is spoken of."""
    is_one = sum(any(map(_is_each, other)) for other in groups) == 1
    if direct := _behind(each, group, is_one=is_one):
        ways = list(_ways(each, direct))
        if ways:
            return ways, True
    ways = list(_ways(each, group))
    if ways:
        return ways, _is_alone(each, group, groups, ways)
    if (total := _named_total(each, earlier)) is not None:
        return list(_ways(each, [*group, total])), True
    if (total := _right_before(each, group)) is not None:
        before = [*earlier, *(one for other in groups for one in other if one.start < each.start)]
        match = EACH.search(each.clause)
        many = counted_near(match, before) if match else None
        if many is not None and base_unit(many) != base_unit(each):
            return [Made(total, many, each)], True
    return [], False


def _right_before(each: Said, group: Sequence[Said]) -> Said | None:
    """The total right before a mean of it: 配送活动240场,平均每个分馆20场."""
    match = EACH.search(each.clause)
    at = next(number for number, one in enumerate(group) if one is each)
    is_mean = match is not None and (match["mean"] or "平均" in each.clause)
    if match is None or not is_mean or not at:
        return None
    total = group[at - 1]
    name = _SPENT.sub("", match["rest"])
    is_named = bool(match["unit"]) or not name or name in total.clause
    is_whole = base_unit(total) == base_unit(each) and measure(total).amount > measure(each).amount
    is_part = "其中" in total.gap or total.gap[:1] == "、"
    return total if is_plain(total) and is_named and is_whole and not is_part else None


def _is_alone(
    each: Said, group: Sequence[Said], groups: Sequence[Sequence[Said]], ways: Sequence[Made]
) -> bool:
    """Whether a price and its total are the only figures of their kind that are spoken of."""
    if (total := _right_before(each, group)) is not None and total in [one.total for one in ways]:
        return True
    is_of_all = len(groups) > 1 and any(_OF_ALL.search(way.total.clause) for way in ways)
    values = [one for one in group if one is each or not _is_each(one)]
    return sum(base_unit(one) == base_unit(each) for one in values) == 2 and not is_of_all


def _behind(each: Said, group: Sequence[Said], *, is_one: bool) -> list[Said]:
    """The count right before a price, the price, and the total that is said right behind it."""
    at = next(number for number, one in enumerate(group) if one is each)
    near = group[max(at - 1, 0) : at + 2]
    if len(near) != 3:
        return []
    words = near[2].clause
    is_total = bool(_BEHIND.fullmatch(words)) or (is_one and bool(_CLOSING.fullmatch(words)))
    return list(near) if is_total and base_unit(near[2]) == base_unit(each) else []


def _named_total(each: Said, earlier: Sequence[Said]) -> Said | None:
    """What a mean is of in a sentence before: of its name, or the only amount that is stated."""
    match = EACH.search(each.clause)
    if match is None or not match["mean"]:
        return None
    name = _SPENT.sub("", match["rest"])
    known = [
        one for one in earlier
        if is_plain(one) and base_unit(one) == base_unit(each) and not _is_each(one)
    ]  # fmt: skip
    named = [one for one in known if name and _SPENT.sub("", one.clause).endswith(name)]
    found = named if name else known
    return found[0] if len(found) == 1 else None


def _groups(sentence: Sentence) -> Iterator[list[Said]]:
    """The figures of a sentence up to each ;."""
    group: list[Said] = []
    for one in sentence.figures:
        if ";" in one.gap and group:
            yield group
            group = []
        group.append(one)
    yield group


def _is_each(one: Said) -> bool:
    match = EACH.search(one.clause)
    is_value = one.way is Way.VALUE and one.is_exact and one.unit != "%" and one.value > 0
    if match is None or not is_value:
        return False
    # 每期40人 may be about so many, 每期43人 is not.
    is_told = _is_mean(one) or base_unit(one) != "人" or one.value % 5 != 0
    return is_told and not _OTHER.search(match[0].replace("人次", ""))


def _ways(each: Said, group: Sequence[Said]) -> Iterator[Made]:
    """What may be the total of each: one count of its unit stands before it, or none is read."""
    match = EACH.search(each.clause)
    assert match is not None
    plain = [one for one in group if one is not each and is_plain(one)]
    counts = [one for one in plain if one.start < each.start and is_counted(one, match)]
    if len(counts) > 1 and match["rest"]:  # 12个社区,网格148个,平均每个网格3.6万元
        counts = [one for one in counts if one.clause.endswith(match["rest"])]
    if len(counts) > 1:  # 用车46辆,其中轿车22辆、越野车24辆
        counts = [one for one in counts if "其中" not in one.gap and one.gap[:1] != "、"]
    if len(counts) != 1 or base_unit(counts[0]) == base_unit(each):
        return
    by_month = bool(match["time"]) and match["time"].endswith("月")
    for total in plain:
        is_more = measure(total).amount >= measure(each).amount
        if base_unit(total) == base_unit(each) and is_more and not _is_each(total):
            for months in _MONTHS if by_month else (1,):
                yield Made(total, counts[0], each, Decimal(months))
