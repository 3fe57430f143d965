"""What must tie: a rule as its author wrote it, and as it is once it has been checked."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Literal

from msgspec import Struct, field

from workbook.catalogue.model import Language
from workbook.findings.model import Severity
from workbook.form.table import Table
from workbook.language.comparison import Pair
from workbook.language.expression import Expression
from workbook.language.model import Inputs, Leaf
from workbook.language.names import FieldName
from workbook.language.operators import Relation
from workbook.rules.computed import Computed

SLOT = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)  # an expression inside a text


class RuleSpec(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule as its author wrote it.

    `when` limits the rule, `each` names a table whose rows it is checked on one by one.
    `tolerance` is in the figures' unit, or "rounding": half a unit of the last decimal for every
    figure that takes part, as XBRL Calculations 1.1 has it.

        [[rule]]
        id = "基本支出构成"
        claim = "基本支出 == 人员经费 + 公用经费"
        tolerance = "rounding"
    """

    id: str
    claim: str
    severity: Literal["error", "warning", "hint"] = "error"
    when: str = ""
    each: str = ""
    tolerance: str = "0"
    message: str = ""
    advice: str = ""
    source: str = ""


class RuleFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `rules.toml`."""

    rule: tuple[RuleSpec, ...] = ()


class Tolerance(Struct, frozen=True):
    """What a difference may be: a fixed amount, and so much for each figure that is filled in."""

    fixed: Decimal = Decimal(0)
    per_figure: tuple[tuple[Leaf, Decimal], ...] = ()


class Rule(Struct, frozen=True, dict=True):
    """A rule whose every name, type and function has been checked.

    `equation` is a claim that is one comparison of two figures, which is what can show a
    difference; `message` the author's words and the expressions between their braces; `each` the
    table on whose rows the rule is checked one by one; `is_own` that a function of the kind's own
    takes part, which no formula can ask.

    `基本支出 == 人员经费 + 公用经费` has an equation, and 基本支出 is its total.
    """

    spec: RuleSpec
    inputs: Inputs
    claim: Expression
    when: Expression | None
    equation: Pair | None
    tolerance: Tolerance
    message: tuple[str | Expression, ...]
    each: Table | None = None
    language: Language = "zh"
    is_own: bool = False

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The fields and columns that it reads."""
        return self.inputs.leaves

    @cached_property
    def severity(self) -> Severity:
        """How much it weighs when the claim fails."""
        return Severity(self.spec.severity)

    @cached_property
    def total(self) -> Leaf | None:
        """The one field that an equation says is the sum of others, None where there is none."""
        if self.equation is None or self.equation.relation is not Relation.EQUAL:
            return None
        singles = (side for side in self.equation.sides if isinstance(side, FieldName))
        return next((side.leaf for side in singles), None)

    @property
    def decimals(self) -> int:
        """The decimals to which both sides of its equation compare."""
        assert self.equation is not None
        return self.equation.decimals

    @cached_property
    def subject(self) -> Leaf:
        """What the rule is about: its total, or the first thing it reads, of its own row if any."""
        if self.total or self.leaves:
            own = {column.key for column in self.each.column} if self.each else ()
            on_row = (leaf for leaf in self.leaves if not leaf.table and leaf.field.key in own)
            return self.total or next(on_row, self.leaves[0])
        table = self.inputs.tables[0]
        return Leaf(table.column[0], table.key)


class RuleSet(Struct, frozen=True):
    """The rules of one form in their author's order, and its computed cells in theirs.

    A computed cell stands behind those that it reads.
    """

    rules: tuple[Rule, ...]
    computed: tuple[Computed, ...] = ()
    dependents: Mapping[str, tuple[Computed, ...]] = field(default_factory=dict)
    language: Language = "zh"

    def rules_on(self, key: str, table: str = "") -> list[Rule]:
        """The rules that read a field, or a table's column."""
        return [
            rule
            for rule in self.rules
            for leaf in rule.leaves
            if leaf.field.key == key and (leaf.table or rule.spec.each) == table
        ]
