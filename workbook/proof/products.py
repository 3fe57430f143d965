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
    r"(?:每(?P<unit>[人名生户个台套期所件份场辆亩座村张间项批])(?P<time>每?[年月])?|单价|"
    r"(?P<mean>人均|户均|生均))(?P<rest>[^每\d,;:()]{0,8})$"
)
_PEOPLE: Final = frozenset("人名生")
_OTHER: Final = re.compile(r"天|日|课时|学期|季|周|次|以上|以下|不超过|上限|最高|最低|收入|增收|纯")
_OF_ALL: Final = re.compile(r"共计|合计|总计|共")  # of all that the sentence lists
_MORE: Final = re.compile(r"另|此外|其他|其它|其余|等\d")
_MEAN: Final = re.compile(r"平均|均")
_COMPARED: Final = re.compile(r"[比较]|上年|去年|计划|预算|目标|累计|历年|其余|其他|另")
_MONTHS: Final = range(1, 13)
_YEAR: Final = Decimal(12)


@dataclass(frozen=True, slots=True)
class _Made:
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
    for sentence in statement.sentences:
        groups = list(_groups(sentence))
        for group in groups:
            eaches = [one for one in group if _is_each(one)]
            for each in eaches if len(eaches) == 1 else ():
                ways = list(_ways(each, group))
                if any(way.ties for way in ways):
                    yield None
                    continue
                is_alone = sum(one.kind == each.kind for one in group) == 2 and not (
                    len(groups) > 1 and any(_OF_ALL.search(way.total.clause) for way in ways)
                )
                off = [way for way in ways if way.months in (1, _YEAR) and _is_slip(way)]
                if is_alone and off and not _MORE.search(sentence.text):
                    yield _told(off[-1], Spot(sentence, statement))


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
    return match is not None and is_plain and not _OTHER.search(match[0])


def _ways(each: Said, group: Sequence[Said]) -> Iterator[_Made]:
    """What may be the total of each: one count of its unit stands before it, or none is read."""
    match = _EACH.search(each.clause)
    assert match is not None
    plain = [one for one in group if one is not each and _is_plain(one)]
    counts = [one for one in plain if one.start < each.start and _is_counted(one, match)]
    if len(counts) != 1 or counts[0].kind == each.kind:
        return
    by_month = bool(match["time"]) and match["time"].endswith("月")
    for total in plain:
        if total.kind == each.kind and total.amount >= each.amount:
            for months in _MONTHS if by_month else (1,):
                yield _Made(total, counts[0], each, Decimal(months))


def _is_plain(one: Said) -> bool:
    is_value = one.way is Way.VALUE and one.is_exact and one.unit != "%" and one.value > 0
    return is_value and not one.depth and not _COMPARED.search(one.clause)


def _is_counted(one: Said, match: re.Match[str]) -> bool:
    """Whether a figure counts what the price is of: 人 of 每人, 生均 and 人均, 台 of 每台."""
    if one.decimals or one.kind == "元":
        return False
    unit = match["unit"] or (match["mean"] or "")[:1]
    if unit in _PEOPLE and unit:
        return one.unit in ("人", "名")
    return one.unit == unit if unit else one.unit in tuple("台套件辆个张座")


def _is_slip(way: _Made) -> bool:
    return any(change.is_likely for change in _changes(way))


def _changes(way: _Made) -> Sequence[Change]:
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


def _told(way: _Made, spot: Spot) -> Slip:
    months = f" × {way.months}个月" if way.months > 1 else ""
    due = shown(way.due / term(way.total).factor, way.total)
    words = Words(
        f"{way.total.clause[-16:]}{way.total}", told(_changes(way), "其中一个数写错"),
        f"{way.many} × {way.each}{months} = {due}",
    )  # fmt: skip
    return spot.slip(RULE, Severity.ERROR, (way.total, way.many, way.each), words)
