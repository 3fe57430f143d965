"""A total, how many there are, and what each of them is: whether they tie, and what mends them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import SHIFTS, Term, slipped, slips_of
from workbook.proof.corrected import Change, likely, shown, told
from workbook.proof.model import Severity, Slip, Spot, Words
from workbook.stated.clauses import FACTORS, Said, Way

RULE: Final = "product"
_MEAN: Final = re.compile(r"平均|均|[亩单]产")
_COMPARED: Final = re.compile(r"[比较]|上年|去年|计划|预算|目标|累计|历年|其余|其他|另")
_TEN_THOUSAND: Final = Decimal(10_000)
_WEIGHTS: Final = {
    "斤": Decimal("0.5"), "公斤": Decimal(1), "吨": Decimal(1000), "千吨": Decimal(1_000_000),
    "万吨": Decimal(10_000_000),
}  # fmt: skip
_PEOPLE: Final = ("人", "名", "人次")
ASSUMED: Final = -1  # the start of a count that no words state: the days of a year


@dataclass(frozen=True, slots=True)
class Made:
    """A total, how many there are, what each of them is, and for how many months."""

    total: Said
    many: Said
    each: Said
    months: Decimal = Decimal(1)

    @property
    def due(self) -> Decimal:
        """What the total should be."""
        return measure(self.many).amount * measure(self.each).amount * self.months

    @property
    def slack(self) -> Decimal:
        """What was rounded away; an average of whole numbers was rounded too."""
        total, many, each = map(measure, (self.total, self.many, self.each))
        half = each.half
        if _MEAN.search(self.each.clause):
            half = max(half, each.factor * Decimal(5).scaleb(-self.each.decimals - 1))
        return total.half + (half * many.amount + each.amount * many.half) * self.months

    @property
    def ties(self) -> bool:
        """Whether count and price give the total."""
        return abs(self.due - measure(self.total).amount) <= self.slack


def unit_of(unit: str) -> tuple[str, Decimal]:
    """What a unit counts, whatever its magnitude, and how much: 亩 and 10,000 of 万亩.

    All weights are in 公斤, all people 人.
    """
    if unit in FACTORS:
        return "元", FACTORS[unit]
    if unit in _WEIGHTS:
        return "公斤", _WEIGHTS[unit]
    plain = unit.removeprefix("万")
    return "人" if plain in _PEOPLE else plain, _TEN_THOUSAND if plain != unit else Decimal(1)


def base_unit(one: Said) -> str:
    """What a figure counts, whatever its magnitude: 亩 of 万亩, 公斤 of 吨, 人 of 名."""
    return unit_of(one.unit)[0]


def measure(one: Said) -> Term:
    """A figure as a term in its base unit."""
    factor = unit_of(one.unit)[1]
    half = Decimal(5).scaleb(-one.decimals - 1) * factor if one.decimals else Decimal(0)
    if one.unit == "亿元":
        half = one.half
    return Term(one.value, factor, one.decimals, half, str(one))


def is_plain(one: Said) -> bool:
    """Whether a figure states a value of its own year, in no bracket."""
    is_value = one.way is Way.VALUE and one.is_exact and one.unit != "%" and one.value > 0
    return is_value and not one.depth and not _COMPARED.search(one.clause)


def is_slip(way: Made) -> bool:
    """Whether one slip of the hand keeps count and price from the total."""
    return bool(_changes(way))


def _changes(way: Made) -> Sequence[Change]:
    """The figures of which one, written otherwise, makes the product tie.

    A mean was rounded, so that several values tie: where none of the likeliest is one slip of the
    hand away, any that is will do.
    """
    total, many, each = map(measure, (way.total, way.many, way.each))
    figures = [
        (one, amount / measure(one).factor)
        for one, amount in (
            (way.total, way.due),
            (way.many, total.amount / (each.amount * way.months)),
            (way.each, total.amount / (many.amount * way.months)),
        )
        if one.start != ASSUMED
    ]
    found = [(one, round(due, one.decimals)) for one, due in figures]
    found = [(one, due) for one, due in found if _ties_with(way, one, due) and _slipped(one, due)]
    if not found and _MEAN.search(way.each.clause):
        found = [(one, near) for one, due in figures for near in _nearest(way, one, due)]
    return likely([Change(one, due, f"{_called(one)}{shown(due, one)}") for one, due in found])


def _slipped(one: Said, due: Decimal) -> bool:
    like = measure(one)
    return slipped(like, due * like.factor)


def _called(one: Said) -> str:
    return re.sub(r"^.*[,;:]", "", one.clause)[-12:]


def _nearest(way: Made, one: Said, due: Decimal) -> Sequence[Decimal]:
    """The value that ties and that one slip leads to, the nearest to what is due; none or one."""
    shifted = (one.value * by for by in SHIFTS)
    tried = (*shifted, *(other.value for other in slips_of(measure(one))))
    found = [value for value in tried if _ties_with(way, one, value)]
    return sorted(found, key=lambda value: abs(value - due))[:1]


def _ties_with(way: Made, one: Said, value: Decimal) -> bool:
    """Whether all ties where one of the figures is another."""
    if value <= 0:
        return False
    decimals = max(one.decimals, -int(value.normalize().as_tuple().exponent))
    made = replace(one, value=value, decimals=decimals)
    figures = [made if said is one else said for said in (way.total, way.many, way.each)]
    return Made(figures[0], figures[1], figures[2], way.months).ties


def off(way: Made, spot: Spot) -> Slip:
    """A product that does not tie, with the figure that mends it."""
    months = f" × {way.months}个月" if way.months > 1 else ""
    due = shown(way.due / measure(way.total).factor, way.total)
    words = Words(
        f"{way.total.clause[-16:]}{way.total}", told(_changes(way), "其中一个数写错"),
        f"{way.many} × {way.each}{months} = {due}",
    )  # fmt: skip
    return spot.slip(RULE, Severity.ERROR, (way.total, way.many, way.each), words)
