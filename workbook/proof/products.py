"""Amounts against what they are made of: so many at so much each, and so much on average."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import slipped, term
from workbook.proof.corrected import Change, likely, shown, told
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.stated.clauses import Said, Sentence, Way

RULE: Final = "product"
_EACH: Final = re.compile(
    r"(?:每(?P<unit>平方米|公里|公顷|立方米|[人名生户个台套期所件份场辆亩座村张间项批吨米册])(?P<time>每?[年月])?|单价|"
    r"(?P<mean>[人户生亩车台床村校]均))(?P<rest>[^每\d,;:()]{0,8})$"
)
_PEOPLE: Final = frozenset("人名生")
_COUNTED: Final = {
    "车": "辆",
    "床": "张",
    "村": "个",
    "校": "所",
}  # how what a mean is of is counted
# The total right behind the price: 937人,每人2000元,计187.40万元.
_BEHIND: Final = re.compile(r"(?:小?计|(?:补助|发放|支付)?金额)为?")
_SPENT: Final = re.compile(r"(?:支出|费用|成本|标准|约|为)+$")
_OTHER: Final = re.compile(
    r"天|日|课时|学期|季|周|次|以上|以下|不超过|上限|最高|最低|收入|增收|增产|产量|单产|纯"
)
_OF_ALL: Final = re.compile(r"共计|合计|总计|共")  # of all that the sentence lists
_MORE: Final = re.compile(r"另|此外|其他|其它|其余|(?<![一二三四五甲乙丙特])等\d")
_MEAN: Final = re.compile(r"平均|均")
_COMPARED: Final = re.compile(r"[比较]|上年|去年|计划|预算|目标|累计|历年|其余|其他|另")
_MONTHS: Final = range(1, 13)
_YEAR: Final = Decimal(12)


@dataclass(frozen=True, slots=True)
class Made:
    """A total, how many there are, what each of them is, and for how many months."""

    total: Said
    many: Said
    each: Said
    months: Decimal

    @property
    def due(self) -> Decimal:
        """What the total should be."""
        return self.many.value * self.each.amount * self.months

    @property
    def slack(self) -> Decimal:
        """What was rounded away; an average of whole numbers was rounded too."""
        half = self.each.half
        if _MEAN.search(self.each.clause):
            half = max(half, term(self.each).factor * Decimal(5).scaleb(-self.each.decimals - 1))
        return self.total.half + half * self.many.value * self.months

    @property
    def ties(self) -> bool:
        """Whether count and price give the total."""
        return abs(self.due - self.total.amount) <= self.slack


def products(statement: Statement) -> Iterator[Slip | None]:
    """Each total with its count and price: 补助168万元,24所学校,每所7万元.

    An error only where one slip of the hand in one of the three explains it: what is paid may be
    of other people too.
    """
    earlier: list[Said] = []
    for sentence in statement.sentences:
        groups = list(_groups(sentence))
        for group in groups:
            eaches = [one for one in group if _is_each(one)]
            for each in eaches if len(eaches) == 1 else ():
                direct = _behind(each, group)
                ways = list(_ways(each, direct or group))
                is_alone = bool(direct) or _is_alone(each, group, groups, ways)
                if not ways and (total := _named_total(each, earlier)) is not None:
                    is_alone, ways = True, list(_ways(each, [*group, total]))
                if any(way.ties for way in ways):
                    yield None
                    continue
                wrong = [way for way in ways if way.months in (1, _YEAR) and is_slip(way)]
                if is_alone and wrong and not _MORE.search(sentence.text):
                    yield off(wrong[-1], Spot(sentence, statement))
        earlier += sentence.figures


def _is_alone(
    each: Said, group: Sequence[Said], groups: Sequence[Sequence[Said]], ways: Sequence[Made]
) -> bool:
    """Whether a price and its total are the only figures of their kind that are spoken of."""
    is_of_all = len(groups) > 1 and any(_OF_ALL.search(way.total.clause) for way in ways)
    return sum(_kind(one) == _kind(each) for one in group) == 2 and not is_of_all


def _behind(each: Said, group: Sequence[Said]) -> list[Said]:
    """The count right before a price, the price, and the total that is said right behind it."""
    at = next(number for number, one in enumerate(group) if one is each)
    near = group[max(at - 1, 0) : at + 2]
    is_total = len(near) == 3 and _BEHIND.fullmatch(near[2].clause) is not None
    return list(near) if is_total and _kind(near[2]) == _kind(each) else []


def _named_total(each: Said, earlier: Sequence[Said]) -> Said | None:
    """What a mean is of in a sentence before: of its name, or the only amount that is stated."""
    match = _EACH.search(each.clause)
    if match is None or not match["mean"]:
        return None
    name = _SPENT.sub("", match["rest"])
    known = [one for one in earlier if _is_plain(one) and one.kind == each.kind]
    named = [one for one in known if name and _SPENT.sub("", one.clause).endswith(name)]
    found = named if name else known
    return found[0] if len(found) == 1 else None


def _kind(one: Said) -> str:
    return "人" if one.unit in ("名", "人次") else one.kind


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
    match = _EACH.search(one.clause)
    is_plain = one.way is Way.VALUE and one.is_exact and one.unit != "%" and one.value > 0
    # 每期40人 may be about so many, 每期43人 is not.
    is_mean = match is not None and bool(match["mean"])
    is_told = match is not None and (is_mean or _kind(one) != "人" or one.value % 5 != 0)
    return (
        is_told
        and is_plain
        and match is not None
        and not _OTHER.search(match[0].replace("人次", ""))
    )


def _ways(each: Said, group: Sequence[Said]) -> Iterator[Made]:
    """What may be the total of each: one count of its unit stands before it, or none is read."""
    match = _EACH.search(each.clause)
    assert match is not None
    plain = [one for one in group if one is not each and _is_plain(one)]
    counts = [one for one in plain if one.start < each.start and _is_counted(one, match)]
    if len(counts) > 1 and match["rest"]:  # 12个社区,网格148个,平均每个网格3.6万元
        counts = [one for one in counts if one.clause.endswith(match["rest"])]
    if len(counts) != 1 or _kind(counts[0]) == _kind(each):
        return
    by_month = bool(match["time"]) and match["time"].endswith("月")
    for total in plain:
        if _kind(total) == _kind(each) and total.amount >= each.amount:
            for months in _MONTHS if by_month else (1,):
                yield Made(total, counts[0], each, Decimal(months))


def _is_plain(one: Said) -> bool:
    is_value = one.way is Way.VALUE and one.is_exact and one.unit != "%" and one.value > 0
    return is_value and not one.depth and not _COMPARED.search(one.clause)


def _is_counted(one: Said, match: re.Match[str]) -> bool:
    """Whether a figure counts what the price is of: 人 of 每人, 生均 and 人均, 台 of 每台."""
    if one.decimals or one.kind == "元":
        return False
    unit = match["unit"] or (match["mean"] or "")[:1]
    unit = _COUNTED.get(unit, unit)
    if unit in _PEOPLE and unit:
        return one.unit in ("人", "名") or (
            one.unit == "人次" and (match["mean"] == "人均" or match["rest"].startswith("次"))
        )
    return one.unit == unit if unit else one.unit in tuple("台套件辆个张座")


def is_slip(way: Made) -> bool:
    """Whether one slip of the hand keeps count and price from the total."""
    return any(change.is_likely for change in _changes(way))


def _changes(way: Made) -> Sequence[Change]:
    """The figures of which one, written otherwise, makes the product tie exactly."""
    found = []
    per = way.each.amount * way.months
    for one, amount in (
        (way.total, way.due),
        (way.many, way.total.amount / per),
        (way.each, way.total.amount / (way.many.value * way.months)),
    ):
        factor = term(one).factor
        due = round(amount / factor, one.decimals)
        made = replace(one, value=due)
        total, many, each = (
            made if said is one else said for said in (way.total, way.many, way.each)
        )
        if replace(way, total=total, many=many, each=each).ties and slipped(
            term(one), due * factor
        ):
            words = re.sub(r"^.*[,;:]", "", one.clause)[-12:]
            found.append(Change(one, due, f"{words}{shown(due, one)}"))
    return likely(found)


def off(way: Made, spot: Spot) -> Slip:
    """A product that does not tie, with the figure that mends it."""
    months = f" × {way.months}个月" if way.months > 1 else ""
    due = shown(way.due / term(way.total).factor, way.total)
    words = Words(
        f"{way.total.clause[-16:]}{way.total}", told(_changes(way), "其中一个数写错"),
        f"{way.many} × {way.each}{months} = {due}",
    )  # fmt: skip
    return spot.slip(RULE, Severity.ERROR, (way.total, way.many, way.each), words)
