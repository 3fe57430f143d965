"""Whether each rule's claim holds on the values, in the same five words as the sheet's formulas."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from jinja2 import nodes

from workbook.evaluation import (
    NOTHING,
    NotApplicableError,
    ZeroDivisorError,
    evaluate,
    ordered,
)
from workbook.expressions import Leaf, decimals
from workbook.inputs import Inputs
from workbook.numbers import rounded
from workbook.rules import Rule, RuleSet
from workbook.snapshot import Place
from workbook.values import ABSENT, Entry, Row, Values


class Verdict(StrEnum):
    """What became of a rule; the words stand on the 校验 sheet."""

    TIES = "相符"
    ROUNDING = "尾差"
    FAILS = "不符"
    BLANK = "未填"
    NOT_APPLICABLE = "不适用"
    UNREADABLE = "非数值"
    UNCOMPUTABLE = "无法计算"


@dataclass(frozen=True, slots=True)
class Reading:
    """The values as one rule sees them: on a row of its own, and with figures put in on trial."""

    values: Values
    row: Row = field(default_factory=dict)
    trial: Mapping[Place | None, Decimal] = field(default_factory=dict)

    def entries(self, leaf: Leaf) -> list[Entry]:
        """The cells behind a leaf: one, or a column's filled rows."""
        if leaf.table:
            return [row[leaf.field.key] for row in self.values.tables[leaf.table]]
        key = leaf.field.key
        return [self.row[key] if key in self.row else self.values.fields[key]]

    def look_up(self, key: str) -> Any:
        """What an expression's name, `table.column` or table stands for."""
        table, _, column = key.partition(".")
        if column:
            return [self._in_column(row[column]) for row in self.values.tables[table]]
        if key in self.values.tables and key not in self.row:
            return self.values.tables[key]
        entry = self.row[key] if key in self.row else self.values.fields[key]
        if entry.is_absent:
            raise NotApplicableError
        return self.value(entry)

    def _in_column(self, entry: Entry) -> Any:
        """An entry's value to whoever looks for its words: 不适用 is one of them."""
        is_absent_text = entry.is_absent and not entry.field.is_number
        return ABSENT if is_absent_text else self.value(entry)

    def value(self, entry: Entry) -> Any:
        """An entry's value; a blank that counts as nothing is 0."""
        if entry.place in self.trial:
            return self.trial[entry.place]
        return NOTHING if entry.is_blank and entry.field.empty == "zero" else entry.value

    def meets_unreadable(self, inputs: Inputs) -> bool:
        """Whether a cell or table that is read made no sense, or an error stands beside one."""
        if not all(entry.readable for leaf in inputs.leaves for entry in self.entries(leaf)):
            return True
        if not self.values.lost.isdisjoint(inputs.tables):
            return True
        growing = (table for table in inputs.tables if not inputs.scope.tables[table].row)
        rows = (row for table in growing for row in self.values.tables[table])
        return any(entry.is_error for row in rows for entry in row.values())

    def meets_blank(self, inputs: Inputs) -> bool:
        """Whether a cell without which there is no result is blank."""
        return any(entry.is_blank for leaf in inputs.needed for entry in self.entries(leaf))

    def meets_absent(self, inputs: Inputs) -> bool:
        """Whether a cell without which there is no result is 不适用."""
        return any(entry.is_absent for leaf in inputs.applying for entry in self.entries(leaf))

    def with_trial(self, entry: Entry, value: Decimal) -> "Reading":
        """The same values with one figure replaced."""
        return replace(self, trial={**self.trial, entry.place: value})


@dataclass(frozen=True, slots=True)
class Outcome:
    """A rule's verdict; both sides and their difference where the claim is one comparison."""

    rule: Rule
    reading: Reading
    verdict: Verdict
    left: Decimal | None = None
    right: Decimal | None = None
    difference: Decimal | None = None
    tolerance: Decimal = Decimal(0)

    @property
    def expected(self) -> Decimal | None:
        """What the total should be; None for a rule without one."""
        if self.rule.total is None or self.rule.equation is None:
            return None
        return self.right if isinstance(self.rule.equation.left, nodes.Name) else self.left

    def entries(self) -> Iterator[Entry]:
        """The cells that took part, each once."""
        for leaf in self.rule.leaves:
            yield from self.reading.entries(leaf)


def judge_all(values: Values, rules: RuleSet) -> list[Outcome]:
    """An outcome for every rule, and for every row of a rule on each row."""
    return [judge(rule, reading) for rule in rules.rules for reading in _readings(rule, values)]


def _readings(rule: Rule, values: Values) -> Iterator[Reading]:
    if rule.spec.each:
        yield from (Reading(values, row) for row in values.tables[rule.spec.each])
    else:
        yield Reading(values)


def judge(rule: Rule, reading: Reading) -> Outcome:
    """The verdict on one rule."""
    if reading.meets_unreadable(rule.inputs):
        return Outcome(rule, reading, Verdict.UNREADABLE)
    if reading.meets_blank(rule.inputs):
        return Outcome(rule, reading, Verdict.BLANK)
    if reading.meets_absent(rule.inputs):
        return Outcome(rule, reading, Verdict.NOT_APPLICABLE)
    try:
        if rule.when is not None and not evaluate(rule.when, rule.scope, reading.look_up):
            return Outcome(rule, reading, Verdict.NOT_APPLICABLE)
        return _compared(rule, reading)
    except (ZeroDivisorError, NotApplicableError):
        return Outcome(rule, reading, Verdict.UNCOMPUTABLE)


def _compared(rule: Rule, reading: Reading) -> Outcome:
    if rule.equation is None:
        holds = evaluate(rule.claim, rule.scope, reading.look_up)
        return Outcome(rule, reading, Verdict.TIES if holds else Verdict.FAILS)
    left = evaluate(rule.equation.left, rule.scope, reading.look_up)
    right = evaluate(rule.equation.right, rule.scope, reading.look_up)
    difference = rounded(left - right, equation_decimals(rule))
    tolerance = _tolerance(rule, reading)
    verdict = Verdict.FAILS
    if ordered(rule.equation.operator, difference, Decimal(0)):
        verdict = Verdict.TIES
    elif tolerance and rule.equation.operator != "!=" and abs(difference) <= tolerance:
        verdict = Verdict.ROUNDING
    return Outcome(rule, reading, verdict, left, right, difference, tolerance)


def equation_decimals(rule: Rule) -> int:
    """The decimals to which both sides of a rule's equation compare."""
    assert rule.equation is not None
    sides = (rule.equation.left, rule.equation.right)
    return max(decimals(side, rule.scope) for side in sides)


def _tolerance(rule: Rule, reading: Reading) -> Decimal:
    return rule.tolerance.fixed + sum(
        (
            share * sum(entry.value is not None for entry in reading.entries(leaf))
            for leaf, share in rule.tolerance.per_figure
        ),
        Decimal(0),
    )
