"""What a check says, as far as two checks of one workbook can differ."""

from typing import Any

from workbook.checking.check import Checked
from workbook.rules.judge import Outcome


def told(checked: Checked) -> tuple[Any, ...]:
    """The values, the findings, and each outcome.

    Each outcome holds all values and its rule's whole syntax; to compare these hundreds of times
    over takes half a minute. Of the rule its text is compared, the values are compared once.
    """
    return checked.values, checked.findings, [_own(checked, one) for one in checked.outcomes]


def _own(checked: Checked, outcome: Outcome) -> tuple[Any, ...]:
    reading = outcome.operands
    return (
        outcome.rule.spec,
        reading.row,
        reading.trial,
        reading.values is checked.values,
        outcome.verdict,
        outcome.left,
        outcome.right,
        outcome.difference,
        outcome.tolerance,
    )
