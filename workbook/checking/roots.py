"""Which of the rules that do not tie are broken by one slip, and which of them shows its root."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from workbook.findings.model import Severity
from workbook.language.model import Leaf
from workbook.reading.values import Entry
from workbook.rules.causes import Cause
from workbook.rules.judge import Outcome, Verdict, judge

MOST_ROWS = 10  # a rule that fails on more rows than that is no slip in one cell
_ORDER = list(Severity)
_MISSED = (Verdict.FAILS, Verdict.ROUNDING)
_Mend = tuple[Leaf, Entry, Decimal]  # a cell, and the figure that may belong there


def roots_of(telling: Sequence[Outcome], causes: Sequence[Sequence[Cause]]) -> dict[int, int]:
    """For each outcome that another explains, that other, which nothing explains in turn.

    One explains another that ties once the first one's total is right; of those that are left, one
    that ties once the first one's likely cause is mended. Of an amount in yuan the sum that is off
    explains the points that are lost.
    """
    missed = Counter(outcome.rule.spec.id for outcome in telling)
    able = [
        number
        for number, outcome in enumerate(telling)
        if outcome.verdict in _MISSED and missed[outcome.rule.spec.id] <= MOST_ROWS
    ]
    by_total = _under(telling, {n: list(_by_total(telling[n])) for n in able}, range(len(telling)))
    left = [number for number in range(len(telling)) if number not in by_total]
    by_cause = _under(telling, {n: list(_by_cause(causes[n])) for n in able if n in left}, left)
    return by_cause | {number: by_cause.get(root, root) for number, root in by_total.items()}


def _under(
    telling: Sequence[Outcome], mends: Mapping[int, Sequence[_Mend]], among: Iterable[int]
) -> dict[int, int]:
    """For each outcome that one of `mends` explains, the first that does and that none explains."""
    explained_by = {
        number: [
            cause
            for cause in mends
            if cause != number
            and any(_explains(telling[cause], mend, telling[number]) for mend in mends[cause])
        ]
        for number in among
    }
    on_top: dict[int, bool] = {}

    def stands(number: int) -> bool:
        if number not in on_top:
            on_top[number] = True  # so that of two that explain each other the earlier one stays
            on_top[number] = not any(stands(cause) for cause in explained_by[number])
        return on_top[number]

    folded = [number for number in explained_by if not stands(number)]
    roots = {n: [cause for cause in explained_by[n] if on_top[cause]] for n in folded}
    return {number: by[0] for number, by in roots.items() if by}


def _by_total(outcome: Outcome) -> Iterator[_Mend]:
    """The rule's total as it should be."""
    total = outcome.rule.total
    if total is not None and outcome.expected is not None:
        (entry,) = outcome.operands.entries(total)
        yield total, entry, outcome.expected


def _by_cause(causes: Iterable[Cause]) -> Iterator[_Mend]:
    """The figures of the likely causes."""
    for cause in causes:
        if cause.leaf is not None and cause.entry is not None and cause.value is not None:
            yield cause.leaf, cause.entry, cause.value


def _explains(cause: Outcome, mend: _Mend, effect: Outcome) -> bool:
    """Whether `effect` ties once a cell of `cause` is mended; a warning hides no error."""
    if effect.verdict not in _MISSED or _rank(effect) < _rank(cause):
        return False
    if cause.rule.spec.each and effect.rule.spec.each and cause.operands.row != effect.operands.row:
        return False
    leaf, entry, value = mend
    if not _reads(effect, _moved(cause, leaf)):
        return False
    trial = effect.operands.with_trial(entry, value, effect.rule.leaves)
    mended = judge(effect.rule, trial)
    return mended.verdict is Verdict.TIES or (
        mended.verdict is Verdict.ROUNDING and effect.verdict is Verdict.FAILS
    )


def _moved(cause: Outcome, leaf: Leaf) -> set[str]:
    """The keys of a cell and of all that is computed from it, columns under their table."""
    own = leaf.key_on(cause.rule.each)
    return {own, *(cell.key for cell in cause.operands.dependents.get(leaf.field.key, ()))}


def _reads(outcome: Outcome, keys: set[str]) -> bool:
    return any(leaf.key_on(outcome.rule.each) in keys for leaf in outcome.rule.leaves)


def _rank(outcome: Outcome) -> int:
    is_rounding = outcome.verdict is Verdict.ROUNDING
    return _ORDER.index(Severity.HINT if is_rounding else outcome.rule.severity)
