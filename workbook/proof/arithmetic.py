"""Whether figures that were rounded tie, and whether one slip of the hand would make them tie."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import Final, NamedTuple

from workbook.figures.numbers import round_half_up
from workbook.stated.clauses import FACTORS, Said

MOST_PARTS: Final = 60
_MOST_WAYS: Final = 400  # of adding up the same parts
SHIFTS: Final = tuple(Decimal(10) ** power for power in (-4, -2, -1, 1, 2, 4))
_UNSEEN: Final = Decimal("0.1")  # percentage points
ONE: Final = Decimal(1)


class Fit(Enum):
    """How well two figures agree."""

    EXACT = "exact"
    ROUNDED = "rounded"  # they differ by no more than was rounded away
    OFF = "off"


class Term(NamedTuple):
    """A figure in a sum: its value as printed, and the amount of one of its unit.

    `half` is half of its last digit, 0 for what is counted one by one.
    """

    value: Decimal
    factor: Decimal = ONE
    decimals: int = 0
    half: Decimal = Decimal(0)
    printed: str = ""

    @property
    def amount(self) -> Decimal:
        """The value in the smallest unit."""
        return self.value * self.factor


def term(said: Said) -> Term:
    """A figure of a sentence as a term."""
    factor = FACTORS.get(said.unit, ONE)
    return Term(said.value, factor, said.decimals, said.half, str(said))


def fit(found: Decimal, due: Decimal, slack: Decimal) -> Fit:
    """How `found` agrees with `due` where `slack` may have been rounded away."""
    if found == due:
        return Fit.EXACT
    return Fit.ROUNDED if abs(found - due) <= slack else Fit.OFF


def sum_of(parts: Iterable[Term]) -> Decimal:
    """The sum in the smallest unit."""
    return sum((one.amount for one in parts), Decimal(0))


def slack_of(total: Term, parts: Iterable[Term]) -> Decimal:
    """What may have been rounded away of a total and its parts."""
    return total.half + sum((one.half for one in parts), Decimal(0))


class Sum(NamedTuple):
    """Parts that add up, by their numbers, and how well."""

    fit: Fit
    parts: tuple[int, ...]


def best_sum(total: Term, parts: Sequence[Term], least: int = 2) -> Sum | None:
    """The first parts that add up to the total, each perhaps followed by its own parts.

    265.24 is 195.49 + 69.75 in `195.49, 171.74, 23.75, 69.75`, for 171.74 + 23.75 = 195.49. What
    follows behind the last part is not asked. None where nothing adds up.
    """
    rounded: Sum | None = None
    for chosen, _ in _ways(list(parts[:MOST_PARTS]), total):
        if len(chosen) < least:
            continue
        held = [parts[number] for number in chosen]
        how = fit(sum_of(held), total.amount, slack_of(total, held))
        if how is Fit.EXACT:
            return Sum(how, chosen)
        if how is Fit.ROUNDED and rounded is None:
            rounded = Sum(how, chosen)
    return rounded


def _ways(parts: Sequence[Term], total: Term) -> Iterator[tuple[tuple[int, ...], int]]:
    """Ways to take the first parts: which count, and where the next one stands."""
    ways: list[tuple[tuple[int, ...], int]] = [((), 0)]
    seen = 0
    while ways and seen < _MOST_WAYS:
        chosen, at = ways.pop(0)
        if chosen:
            seen += 1
            yield chosen, at
        if at < len(parts):
            ways += [((*chosen, at), end) for end in _ends(parts, at)]


def _ends(parts: Sequence[Term], at: int) -> Iterator[int]:
    """Where the own parts of the part at `at` may end: at once, or behind those that make it up."""
    yield at + 1
    own, found, slack = parts[at], Decimal(0), parts[at].half
    for end in range(at + 1, min(at + 13, len(parts))):
        found += parts[end].amount
        slack += parts[end].half
        if found > own.amount + slack:
            return
        if own.amount and end > at + 1 and fit(found, own.amount, slack) is not Fit.OFF:
            yield end + 1


def is_slip(total: Term, parts: Sequence[Term]) -> bool:
    """Whether one slip in one figure is what keeps these parts from their total."""
    excess = sum_of(parts) - total.amount
    return slipped(total, total.amount + excess) or any(
        slipped(one, one.amount - excess) for one in parts
    )


def slipped(one: Term, due: Decimal) -> bool:
    """Whether a figure is the amount `due` with a digit changed, two exchanged, or a shift."""
    right = due / one.factor
    if right < 0 or right == one.value:
        return False
    if any(one.value * shift == right for shift in SHIFTS):
        return True
    if right != rounded_to(right, one.decimals):
        return False
    was, is_due = (str(int(x.scaleb(one.decimals))) for x in (abs(one.value), right))
    length = max(len(was), len(is_due))
    was, is_due = was.zfill(length), is_due.zfill(length)
    places = [at for at in range(length) if was[at] != is_due[at]]
    if len(places) == 1:
        return True
    if len(places) == 2 and places[1] == places[0] + 1:
        at = places[0]
        return was[at] == is_due[at + 1] and was[at + 1] == is_due[at]
    return False


def significant(one: Term) -> int:
    """How many digits a figure has without the zeros at both ends: 4 of 23.75, 1 of 500."""
    return len(one.value.normalize().as_tuple().digits)


def rounded_to(value: Decimal, decimals: int) -> Decimal:
    """`value` rounded half up."""
    return round_half_up(value, decimals)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """`part` of `whole` in %; `whole` is not 0."""
    return part * 100 / whole


def quotient_range(
    part: Decimal, part_half: Decimal, whole: Decimal, whole_half: Decimal
) -> tuple[Decimal, Decimal]:
    """The least and the greatest percentage that rounded figures allow."""
    tops = (part - part_half, part + part_half)
    bottoms = [one for one in (whole - whole_half, whole + whole_half) if one > 0] or [whole]
    ways = [percent(top, bottom) for top in tops for bottom in bottoms]
    return min(ways), max(ways)


def rate_fit(rate: Term, part: Decimal, whole: Decimal, halves: tuple[Decimal, Decimal]) -> Fit:
    """How a printed percentage agrees with its two figures, `halves` of which were rounded away.

    ROUNDED also for a last digit that is cut instead of rounded, or one off.
    """
    due = percent(part, whole)
    step = ONE.scaleb(-rate.decimals)
    if abs(rate.value - due) <= step / 2:
        return Fit.EXACT
    least, most = quotient_range(part, halves[0], whole, halves[1])
    if least - step / 2 <= rate.value <= most + step / 2 and abs(rate.value - due) <= _UNSEEN:
        return Fit.EXACT  # reckoned from figures that were not rounded yet
    if least - step < rate.value < most + step:
        return Fit.ROUNDED
    return Fit.OFF


def is_rate_slip(rate: Term, part: Term, whole: Term) -> bool:
    """Whether one slip of the hand in a percentage or in one of its figures keeps them apart.

    A percentage without decimals fits too many figures to tell, but for one that has none: 59% of
    456 and 480, which are 95% to the last digit.
    """
    if not whole.value:
        return False
    due = percent(part.amount, whole.amount)
    if not rate.decimals:
        return due == rounded_to(due, 0) and due not in (0, 100) and slipped(rate, due)
    if slipped(rate, rounded_to(due, rate.decimals)) or _is_shifted(rate, due):
        return True
    halves = part.half, whole.half
    return any(
        rate_fit(rate, one.amount, whole.amount, halves) is Fit.EXACT for one in slips_of(part)
    ) or any(
        rate_fit(rate, part.amount, one.amount, halves) is Fit.EXACT for one in slips_of(whole)
    )


def is_share_slip(rate: Term, part: Term, whole: Term) -> bool:
    """Whether one slip keeps a percentage from its figures, a factor of 10 in a figure too."""
    if is_rate_slip(rate, part, whole):
        return True
    halves = part.half, whole.half
    return bool(rate.decimals and whole.value) and any(
        rate_fit(rate, part.amount * by, whole.amount, halves) is Fit.EXACT
        or rate_fit(rate, part.amount, whole.amount * by, halves) is Fit.EXACT
        for by in SHIFTS
    )


def _is_shifted(rate: Term, due: Decimal) -> bool:
    """Whether a percentage has its point in another place: 955.6% for 95.56%."""
    return any(
        rate.value * shift == rounded_to(due, max(rate.decimals + places, 0))
        for places, shift in ((1, Decimal("0.1")), (-1, Decimal(10)), (2, Decimal("0.01")))
    )


def is_change_slip(rate: Term, amount: Term, now: Decimal, sign: int) -> bool:
    """Whether one slip in an amount of change or in its rate keeps it from leading to `now`."""
    base = now - sign * amount.amount
    if base > 0:
        due = percent(amount.amount, base)
        if slipped(rate, rounded_to(due, rate.decimals)) or _is_shifted(rate, due):
            return True
    shifted = (amount._replace(value=amount.value * by) for by in SHIFTS)
    return bool(rate.decimals) and any(
        (due := now - sign * one.amount) > 0
        and rate_fit(rate, one.amount, due, (one.half, one.half)) is Fit.EXACT
        for one in (*slips_of(amount), *shifted)
    )


def slips_of(one: Term) -> Iterator[Term]:
    """A figure with a digit changed, or two neighbours exchanged."""
    digits = str(int(abs(one.value).scaleb(one.decimals)))
    for at, digit in enumerate(digits):
        made = {digits[:at] + other + digits[at + 1 :] for other in "0123456789" if other != digit}
        if digits[at + 1 : at + 2] not in ("", digit):
            made.add(digits[:at] + digits[at + 1] + digit + digits[at + 2 :])
        for words in sorted(made):
            value = Decimal(words).scaleb(-one.decimals)
            if value:
                yield one._replace(value=value)
