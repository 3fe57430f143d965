"""What Excel refuses of a formula, said to its author before any workbook is made.

The limits are those of Microsoft's page "Excel specifications and limits".
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from workbook.form.model import Form
from workbook.form.table import Table
from workbook.language.excel import by_address, named, own_row
from workbook.rules.computed import Computed
from workbook.rules.formulas import computed_formula, is_named, row_formula, verdict_formula
from workbook.rules.model import Rule

MOST_LETTERS, MOST_LEVELS = 8192, 64
MOST_SHORT = 702  # the column ZZ
_BRACKETS = re.compile(r""""[^"]*"|\[(?:'.|[^\[\]'])*\]|(?P<function>[A-Z]?)\(|\)""")


def computed_refused(cells: Sequence[Computed], form: Form) -> Iterator[str]:
    """A sentence for each computed cell whose formula Excel would not take."""
    for cell in cells:
        reference = own_row(cell.table) if cell.table else named
        is_quick = cell.table is not None and is_named(cell.table, cell.field)
        formula = computed_formula(cell, reference, is_quick=is_quick)
        if cell.table and is_quick:
            formula = _in_name(formula, cell.table, form)
        if refused := _refused(f"={formula}"):
            yield f"「{cell.key}」的 compute:{refused}"


def rules_refused(rules: Sequence[Rule], form: Form) -> Iterator[str]:
    """A sentence for each rule whose formula Excel would not take."""
    for rule in rules:
        if refused := _refused(f"={_verdict(rule, form)}"):
            yield f"规则「{rule.spec.id}」:{refused}"


def _verdict(rule: Rule, form: Form) -> str:
    """The longest formula that a rule is written as."""
    table = rule.each
    if table is None:
        return verdict_formula(rule)
    formula = row_formula(rule, table, own_row(table))
    return _in_name(formula, table, form) if is_named(table) else formula


def _in_name(formula: str, table: Table, form: Form) -> str:
    """The formula as the name holds it, in columns with two letters."""
    sheet = next(one.name for one in form.sheet if table in one.tables)
    return by_address(formula, table, sheet, defaultdict(lambda: MOST_SHORT), 1)


def _refused(formula: str) -> str:
    if len(formula) > MOST_LETTERS:
        found, unit = len(formula), f"个字,超过 {MOST_LETTERS}"
    elif (levels := function_levels(formula)) > MOST_LEVELS:
        found, unit = levels, f"层函数,超过 {MOST_LEVELS}"
    else:
        return ""
    return f"写成 Excel 公式有 {found} {unit};请把一部分写成另一个 compute 的格子"


def function_levels(formula: str) -> int:
    """How deep functions stand inside each other; brackets of a calculation are no level."""
    levels = [0]
    deepest = 0
    for bracket in _BRACKETS.finditer(formula):
        if bracket[0].endswith("("):
            levels.append(levels[-1] + len(bracket["function"]))
            deepest = max(deepest, levels[-1])
        elif bracket[0] == ")":
            levels.pop()
    return deepest
