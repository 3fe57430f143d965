"""Rules and computed cells written as native formulas and as words, without any program to ask.

`tests/golden/rules/language.txt` holds what comes of the kind that uses every construct of the
language. That the formulas are right is seen in LibreOffice (`test_agreement`); here is seen that
they are still the same.
"""

from collections.abc import Iterator
from pathlib import Path

from workbook.checking.kinds import Kind
from workbook.language.excel import named, own_row
from workbook.rules.computed import Computed
from workbook.rules.formulas import (
    Formulas,
    row_formula,
    rows_verdict_formula,
    side_formulas,
    tolerance_formula,
    verdict_formula,
)
from workbook.rules.model import Rule
from workbook.rules.wording import claim_words

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "rules" / "language.txt"


def told(kind: Kind) -> Iterator[str]:
    """Every rule and computed cell by its name, and under it what is written of it."""
    formulas = Formulas(kind.rules.computed)
    for cell in kind.rules.computed:
        row = "" if cell.number is None else f" {cell.number}"
        yield f"{cell.key}{row}\n  {of_cell(formulas, cell)}\n  {cell.tree.words()}"
    for rule in kind.rules.rules:
        yield "\n  ".join((rule.spec.id, claim_words(rule), *of_rule(rule)))


def of_cell(formulas: Formulas, cell: Computed) -> str:
    if cell.table is None:
        return formulas.of(cell.key)
    return formulas.of_row(cell.table, cell.field, cell.number)


def of_rule(rule: Rule) -> Iterator[str]:
    """Its formula; then what may differ, and the sides, or the worst of all rows."""
    if rule.each is None:
        yield verdict_formula(rule)
        yield tolerance_formula(rule, named)
        yield from side_formulas(rule) or ()
    else:
        yield row_formula(rule, rule.each, own_row(rule.each))
        yield tolerance_formula(rule, own_row(rule.each))
        yield rows_verdict_formula(rule)


def test_each_construct_has_its_formula_and_its_words(language: Kind) -> None:
    assert "\n".join(told(language)).splitlines() == GOLDEN.read_text("utf-8").splitlines()
