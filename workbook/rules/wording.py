"""A rule's figures put into a sentence: `基本支出 195.49 ≠ 人员经费 171.74 + 公用经费 23.57`."""

import re
from decimal import Decimal
from typing import Any

from workbook.catalogue.model import Language
from workbook.catalogue.rules import (
    APART,
    CHECK_MANY,
    CHECK_ONE,
    CHECK_SOME,
    COUNTED,
    FIGURES_MARK,
    FULL_STOPS,
    NOT_HELD,
    STANDING,
)
from workbook.catalogue.verdicts import NOT_APPLICABLE, NOT_FILLED
from workbook.figures.numbers import MOST_DECIMALS, decimals_of, plain, round_half_up
from workbook.language.comparison import Pair
from workbook.language.expression import Expression
from workbook.language.model import NotApplicableError, Told, ZeroDivisorError
from workbook.language.names import FieldName, Number
from workbook.reading.values import Entry, Values, shown
from workbook.rules.judge import Outcome, Verdict
from workbook.rules.model import SLOT, Rule
from workbook.rules.operands import Operands


def claim_in_words(outcome: Outcome) -> str:
    """What is wrong: the author's message, or the claim with its figures."""
    rule = outcome.rule
    if rule.message:
        return _message(rule, outcome.operands)
    if rule.equation is None:
        language = rule.language
        figures = FIGURES_MARK(language).join(
            STANDING(language, label=e.label, value=_standing(e, language))
            for e in outcome.entries()
        )
        return NOT_HELD(language, claim=claim_words(rule), figures=figures)
    return _equation_in_words(outcome, rule.equation)


def _standing(entry: Entry, language: Language) -> str:
    """What stands in a cell."""
    if entry.is_absent:
        return NOT_APPLICABLE(language)
    return NOT_FILLED(language) if entry.value is None else shown(entry.value)


def _equation_in_words(outcome: Outcome, equation: Pair) -> str:
    """`195.49 ≠ 人员经费 171.74 + 公用经费 23.57 = 195.31,差 0.18`, without the total's label."""
    left, right, total = equation.left, equation.right, outcome.rule.total
    first, second = outcome.left, outcome.right
    if total is not None and not isinstance(left, FieldName):
        left, right, first, second = right, left, second, first
    opening = shown(first) if isinstance(left, FieldName) else _side(outcome, left, first)
    sign = equation.relation.failed_sign if outcome.verdict is not Verdict.TIES else "="
    gap = shown(abs(outcome.difference or Decimal(0)))
    other = _side(outcome, right, second)
    return APART(outcome.rule.language, left=opening, sign=sign, right=other, gap=gap)


def _side(outcome: Outcome, side: Expression, value: Decimal | None) -> str:
    text = side.words(Told(outcome.operands.look_up, outcome.rule.language))
    return text if isinstance(side, FieldName | Number) else f"{text} = {_computed(value)}"


def claim_words(rule: Rule) -> str:
    """The claim in the words on the sheet: `基本支出 = 人员经费 + 公用经费`."""
    return rule.claim.words(Told(language=rule.language))


def _value(piece: Expression, operands: Operands) -> str:
    """A figure of an author's message; a dash where a cell that it needs is blank or unreadable."""
    entries = [entry for leaf in piece.leaves() for entry in operands.entries(leaf)]
    if any(operands.value(entry) is None for entry in entries):
        return "—"
    try:
        return _computed(piece.value(operands.look_up))
    except (ZeroDivisorError, NotApplicableError):
        return "—"


def _computed(value: Any) -> str:
    """A result as it reads in a sentence, without the endless decimals of a division."""
    if isinstance(value, Decimal) and decimals_of(value) > MOST_DECIMALS:
        return plain(round_half_up(value, MOST_DECIMALS))
    return shown(value)


def _message(rule: Rule, operands: Operands) -> str:
    return "".join(
        piece if isinstance(piece, str) else _value(piece, operands) for piece in rule.message
    )


def advice(outcome: Outcome) -> str:
    """What to do: the author's advice, or to look at the figures again."""
    language = outcome.rule.language
    if outcome.rule.spec.advice:
        return outcome.rule.spec.advice.rstrip(FULL_STOPS(language))
    count = len(list(outcome.entries()))
    if count == 1:
        return CHECK_ONE(language)
    if 2 <= count <= 10:
        return CHECK_SOME(language, count=COUNTED[count](language))
    return CHECK_MANY(language)


def fill_in(pattern: str, values: Values) -> str:
    """A pattern such as `{{ 年度 }}年度报告` filled with values; a blank one leaves nothing."""

    def put(match: re.Match[str]) -> str:
        entry = values.fields.get(match[1].strip())
        return "" if entry is None or entry.value is None else shown(entry.value)

    return SLOT.sub(put, pattern)
