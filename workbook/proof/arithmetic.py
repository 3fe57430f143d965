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
ONE: Final = Decimal(1)
_PAIR: Final = 2


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
    return len(_changed_digits(one, right)) == 1 or exchanged(one, due)


def exchanged(one: Term, due: Decimal) -> bool:
    """Whether a figure is the amount `due` with two neighbouring digits exchanged."""
    changed = _changed_digits(one, due / one.factor)
    if len(changed) != _PAIR:
        return False
    (first, was, is_due), (second, was_next, is_due_next) = changed
    return second == first + 1 and (was, was_next) == (is_due_next, is_due)


def _changed_digits(one: Term, right: Decimal) -> list[tuple[int, str, str]]:
    """The digits that differ, by their places; none where one has decimals that the other lacks."""
    if right < 0 or right != rounded_to(right, one.decimals):
        return []
    was, is_due = (str(int(x.scaleb(one.decimals))) for x in (abs(one.value), right))
    length = max(len(was), len(is_due))
    pairs = zip(was.zfill(length), is_due.zfill(length), strict=True)
    return [(at, own, other) for at, (own, other) in enumerate(pairs) if own != other]


def significant(one: Term) -> int:
    """How many digits a figure has without the zeros at both ends: 4 of 23.75, 1 of 500."""
    return len(one.value.normalize().as_tuple().digits)


def rounded_to(value: Decimal, decimals: int) -> Decimal:
    """`value` rounded half up."""
    return round_half_up(value, decimals)


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
