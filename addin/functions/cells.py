"""Functions for cells: verdicts, findings, sums that tie, rates and amounts in capitals.

They never give an Excel error: what is wrong is said as the cell's text. This is their outermost
shell in Excel; what they say is in `workbook.figures.cell_functions` and in `verdicts` beside it.
"""

from collections.abc import Callable
from typing import Any

import xlwings as xw

from addin.functions import verdicts
from addin.functions.arguments import Argument, values
from workbook.catalogue.cells import NAME_A_RULE, NOT_IN_A_CELL, RULE_IS_ERROR, UNEXPECTED
from workbook.catalogue.model import Language
from workbook.figures.cell_functions import CellError, rate, ties, upper


@xw.func
@xw.arg("total", Argument)
@xw.arg("parts", Argument)
@xw.arg("tolerance", Argument)
def GJ_TIES(total: Any, parts: Any, tolerance: Any = None, language: Any = "zh") -> Any:
    """合计是否等于各组成数之和:相符、尾差或不符,连同差额。"""

    def answer(spoken: Language) -> str:
        return ties(values(total), values(parts), values(tolerance), spoken)

    return _said("GJ_TIES", language, answer)


@xw.func
@xw.arg("part", Argument)
@xw.arg("whole", Argument)
def GJ_RATE(part: Any, whole: Any, language: Any = "zh") -> Any:
    """部分数占总数的比率;0/0 为“不适用”。"""
    return _said("GJ_RATE", language, lambda spoken: rate(values(part), values(whole), spoken))


@xw.func
@xw.arg("amount", Argument)
def GJ_UPPER(amount: Any, language: Any = "zh") -> Any:
    """人民币大写,如 1409.50 为“壹仟肆佰零玖元伍角”。"""
    return _said("GJ_UPPER", language, lambda spoken: upper(values(amount), spoken))


@xw.func(volatile=True)
@xw.arg("rule", Argument)
def GJ_RULE(rule: Any, caller: Any = None, calculation: Any = 0, language: Any = "zh") -> Any:
    """一条规则核对的结果:相符、不符、尾差、未填……"""

    def answer(spoken: Language) -> str:
        return _of_rule(_word(values(rule)), caller, int(calculation), spoken)

    return _said("GJ_RULE", language, answer)


@xw.func(volatile=True)
def GJ_FINDINGS(caller: Any = None, calculation: Any = 0, language: Any = "zh") -> Any:
    """所有问题,一行一条。"""
    return _said(
        "GJ_FINDINGS", language, lambda spoken: _all_findings(caller, int(calculation), spoken)
    )


def _of_rule(rule: Any, caller: Any, calculation: int, language: Language) -> str:
    if isinstance(rule, CellError):
        return RULE_IS_ERROR(language, value=rule)
    if not isinstance(rule, str) or not rule.strip():
        return NAME_A_RULE(language)
    if caller is None:
        return NOT_IN_A_CELL(language)
    name = rule.strip()
    return verdicts.rule_verdict(verdicts.checked(caller, name, calculation), name)


def _all_findings(caller: Any, calculation: int, language: Language) -> Any:
    if caller is None:
        return NOT_IN_A_CELL(language)
    rows = verdicts.finding_rows(verdicts.checked(caller, "", calculation))
    return verdicts.fitted(rows, *caller.shape)


def _word(found: Any) -> Any:
    """What stands in the one cell of an argument."""
    while True:
        rows = getattr(found, "rows", found)
        if not isinstance(rows, list) or len(rows) != 1:
            return None if isinstance(rows, list) else rows
        found = rows[0]


def _said(name: str, language: Any, answer: Callable[[Language], Any]) -> Any:
    """The answer in the language that the book says of itself, or a sentence on a failure."""
    spoken: Language = "en" if language == "en" else "zh"
    try:
        return answer(spoken)
    except Exception as error:  # noqa: BLE001 - the outermost shell: a cell never shows a traceback
        from workbook.checking.data_files import KindError  # noqa: PLC0415 - the same
        from workbook.files.log import write_down  # noqa: PLC0415 - only a failure pays

        if isinstance(error, KindError):
            return str(error)
        write_down(name)
        return UNEXPECTED(spoken)
