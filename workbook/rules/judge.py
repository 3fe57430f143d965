"""Whether each rule's claim holds on the values, in the same words as the sheet's formulas."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from workbook.catalogue import verdicts
from workbook.catalogue.model import Language
from workbook.figures.numbers import rounded
from workbook.language.model import Leaf, NotApplicableError, ZeroDivisorError
from workbook.language.names import FieldName
from workbook.language.operators import Relation
from workbook.language.own_functions import OwnFunctionError
from workbook.reading.values import Entry, Values
from workbook.rules.model import Rule, RuleSet
from workbook.rules.operands import Operands
from workbook.rules.sources import Rows, behind, picked


class Verdict(StrEnum):
    """What became of a rule; the values are the words on the 校验 sheet of a Chinese form."""

    TIES = verdicts.TIES.zh
    ROUNDING = verdicts.ROUNDING.zh
    FAILS = verdicts.FAILS.zh
    BLANK = verdicts.UNFILLED.zh
    NOT_APPLICABLE = verdicts.NOT_APPLICABLE.zh
    UNREADABLE = verdicts.NOT_A_NUMBER.zh
    UNCOMPUTABLE = verdicts.UNCOMPUTABLE.zh

    def word(self, language: Language) -> str:
        """What the sheet says in a language."""
        return verdicts.verdict_word(self.value, language)


# What the verdict on all rows of a table is made of.
WORST_LAST = (
    Verdict.BLANK,
    Verdict.NOT_APPLICABLE,
    Verdict.TIES,
    Verdict.ROUNDING,
    Verdict.UNCOMPUTABLE,
    Verdict.FAILS,
    Verdict.UNREADABLE,
)


class Outcome(Struct, frozen=True):
    """A rule's verdict; both sides and their difference where the claim is one comparison.

    `failure` is what a function of the kind's own did instead of giving a value.

    基本支出 == 人员经费 + 公用经费, with 195.49, 171.74 and 23.57 typed in:
    verdict 不符, left 195.49, right 195.31, difference 0.18
    """

    rule: Rule
    operands: Operands
    verdict: Verdict
    left: Decimal | None = None
    right: Decimal | None = None
    difference: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    failure: str = ""  # of a function of the kind's own

    @property
    def expected(self) -> Decimal | None:
        """What the total should be; None for a rule without one."""
        if self.rule.total is None or self.rule.equation is None:
            return None
        return self.right if isinstance(self.rule.equation.left, FieldName) else self.left

    def entries(self) -> Iterator[Entry]:
        """The cells that took part, each once."""
        for leaf in self.rule.leaves:
            yield from self.operands.entries(leaf)

    def sources(self) -> Iterator[tuple[Leaf, Sequence[Entry]]]:
        """The cells that took part by leaf, those behind a computed one after it.

        Of a column whose rows are picked by a word only the rows picked.
        """
        chosen: Mapping[str, Rows] = {}
        if any(leaf.table for leaf in self.rule.leaves):
            with suppress(ZeroDivisorError, NotApplicableError):
                # A rule that cannot be computed picks nothing: all rows of its columns take part.
                chosen = picked(self.rule.claim, self.operands)
        for leaf in self.rule.leaves:
            for source in behind(leaf, self.operands, chosen.get(leaf.key) if chosen else None):
                yield source.leaf, source.entries()

    def figures(self) -> Iterator[Entry]:
        """The cells of all sources, each once.

        A blank one behind a computed one adds nothing.
        """
        seen = set()
        for leaf, entries in self.sources():
            for entry in entries:
                is_nothing = entry.is_blank and leaf not in self.rule.leaves
                if entry.place not in seen and not is_nothing:
                    seen.add(entry.place)
                    yield entry


def judge_all(values: Values, rules: RuleSet) -> list[Outcome]:
    """An outcome for every rule, and for every row of a rule on each row."""
    whole = Operands(values, dependents=rules.dependents, computed=rules.computed)
    return [judge(rule, operands) for rule in rules.rules for operands in _operands_of(rule, whole)]


def _operands_of(rule: Rule, whole: Operands) -> Iterator[Operands]:
    if rule.spec.each:
        yield from (whole.on(row) for row in whole.values.tables[rule.spec.each])
    else:
        yield whole


def judge(rule: Rule, operands: Operands) -> Outcome:
    """The verdict on one rule."""
    if operands.meets_unreadable(rule.inputs):
        return Outcome(rule, operands, Verdict.UNREADABLE)
    if operands.meets_blank(rule.inputs):
        return Outcome(rule, operands, Verdict.BLANK)
    if operands.meets_absent(rule.inputs):
        return Outcome(rule, operands, Verdict.NOT_APPLICABLE)
    try:
        if rule.when is not None and not rule.when.value(operands.look_up):
            return Outcome(rule, operands, Verdict.NOT_APPLICABLE)
        return _compared(rule, operands)
    except OwnFunctionError as error:
        return Outcome(
            rule, operands, Verdict.UNCOMPUTABLE, failure=error.told(operands.values.language)
        )
    except (ZeroDivisorError, NotApplicableError):
        return Outcome(rule, operands, Verdict.UNCOMPUTABLE)


def _compared(rule: Rule, operands: Operands) -> Outcome:
    equation = rule.equation
    if equation is None:
        holds = rule.claim.value(operands.look_up)
        return Outcome(rule, operands, Verdict.TIES if holds else Verdict.FAILS)
    left, right = (side.value(operands.look_up) for side in equation.sides)
    difference = rounded(left - right, equation.decimals)
    tolerance = _tolerance(rule, operands)
    verdict = Verdict.FAILS
    if equation.relation.holds(difference, Decimal(0)):
        verdict = Verdict.TIES
    elif tolerance and equation.relation is not Relation.OTHER and abs(difference) <= tolerance:
        verdict = Verdict.ROUNDING
    return Outcome(rule, operands, verdict, left, right, difference, tolerance)


def _tolerance(rule: Rule, operands: Operands) -> Decimal:
    return rule.tolerance.fixed + sum(
        (
            share * sum(entry.value is not None for entry in operands.entries(leaf))
            for leaf, share in rule.tolerance.per_figure
        ),
        Decimal(0),
    )
