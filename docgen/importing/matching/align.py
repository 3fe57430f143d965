"""The lines of a template laid along the lines of a report, so that as much as can be fits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from docgen.importing.matching.model import Catch, Pattern
from docgen.importing.template.pieces import Loop, TemplateLine
from docgen.stated.outline import Line

Patterns: TypeAlias = Sequence[tuple[TemplateLine, Sequence[Pattern]]]
TEXT_WEIGHT = 1  # of a paragraph that is taken as it stands, the least that a match can tell


class Fit(NamedTuple):
    """A template's line, by its number, on a report's line, by its number, and what it catches."""

    template: int
    report: int
    catches: Sequence[Catch]
    weight: int


@dataclass(frozen=True, slots=True)
class _Chain:
    """Fits in order, as a list that is linked backwards."""

    fit: Fit
    weight: int
    before: "_Chain | None"


Finder: TypeAlias = Callable[[int, int], Fit | None]


@dataclass(frozen=True, slots=True)
class _Course:
    """Which of a template's lines may follow which in a report.

    By number `after_opener` are those behind the line that opens their group, `after_head` rows of
    values alone, which can only be known by the table's head above them.
    """

    patterns: Patterns
    lines: Sequence[Line]
    after_opener: frozenset[int] = frozenset()
    after_head: frozenset[int] = frozenset()

    def may_begin(self, fit: Fit) -> bool:
        """Whether a fit needs none before it."""
        return fit.template not in self.after_opener | self.after_head

    def may_follow(self, before: Fit, after: Fit) -> bool:
        """Whether the report may go on with `after`."""
        old, new = self.patterns[before.template][0], self.patterns[after.template][0]
        if after.template in self.after_opener and old.group != new.group:
            return False
        if after.template in self.after_head and not (
            old.table == new.table
            and self.lines[before.report].table == self.lines[after.report].table
        ):
            return False
        if shared_loop(old, new) is not None:
            return True
        if before.template == after.template:
            return any(p.repeats and not p.letters for p in self.patterns[after.template][1])
        return before.template < after.template and _goes_with(old, new)


def shared_loop(old: TemplateLine, new: TemplateLine) -> Loop | None:
    """The innermost loop that both lines stand in."""
    shared = [loop for loop in new.loops if loop in old.loops]
    return shared[-1] if shared else None


def _goes_with(old: TemplateLine, new: TemplateLine) -> bool:
    """Whether two lines are not in two branches of which only one is printed."""
    ways = dict(old.ways)
    return all(ways.get(number, way) == way for number, way in new.ways)


def align(patterns: Patterns, lines: Sequence[Line], find: Finder) -> list[Fit]:
    """The fits, in order, whose weights are the greatest together; any line may be left out."""
    course = _course(patterns, lines)
    best: dict[int, _Chain] = {}
    for report in range(len(lines)):
        added: list[_Chain] = []
        for template in range(len(patterns)):
            fit = find(template, report)
            if fit is not None and (chain := _longest(fit, best, course)) is not None:
                added.append(chain)
        for chain in added:
            old = best.get(chain.fit.template)
            if old is None or chain.weight >= old.weight:
                best[chain.fit.template] = chain
    last = max(best.values(), key=lambda chain: chain.weight, default=None)
    return _unrolled(last)


def _longest(fit: Fit, best: dict[int, _Chain], course: _Course) -> _Chain | None:
    """The heaviest chain that ends with `fit`, None where nothing may stand before it."""
    before = max(
        (chain for chain in best.values() if course.may_follow(chain.fit, fit)),
        key=lambda chain: (chain.weight, chain.fit.template),
        default=None,
    )
    if before is not None:
        return _Chain(fit, before.weight + fit.weight, before)
    return _Chain(fit, fit.weight, None) if course.may_begin(fit) else None


def _unrolled(chain: _Chain | None) -> list[Fit]:
    fits: list[Fit] = []
    while chain is not None:
        fits.append(chain.fit)
        chain = chain.before
    return fits[::-1]


def _course(patterns: Patterns, lines: Sequence[Line]) -> _Course:
    opened = {line.group for line, _ in patterns if line.opens and line.group is not None}
    lettered = [any(p.letters for p in found) for _, found in patterns]
    headed = {line.table for (line, _), has in zip(patterns, lettered, strict=True) if has} - {None}
    after_opener = (
        number
        for number, (line, _) in enumerate(patterns)
        if line.group in opened and not line.opens
    )
    after_head = (
        number
        for number, (line, _) in enumerate(patterns)
        if line.table in headed and not lettered[number]
    )
    return _Course(patterns, lines, frozenset(after_opener), frozenset(after_head))
