"""Whether printed percentages agree with figures that were rounded, and what one slip explains."""

from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import ONE, SHIFTS, Fit, Term, rounded_to, slipped, slips_of

_UNSEEN: Final = Decimal("0.1")  # percentage points


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
