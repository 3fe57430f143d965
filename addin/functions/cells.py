"""Functions for cells: verdicts, findings, sums that tie, rates and amounts in capitals.

They never give an Excel error: what is wrong is said as the cell's text. This is their outermost
shell in Excel; what they say is in `workbook.figures.cell_functions` and in `verdicts` beside it.
"""

from collections.abc import Callable
from typing import Any, Final

import xlwings as xw

from addin.functions import verdicts
from addin.functions.arguments import Argument, values
from workbook.figures.cell_functions import CellError, rate, ties, upper

UNEXPECTED: Final = "没有算出来。请按 F9 再算一次;还是这样,请点“诊断”,把记录文件发给维护人员"


@xw.func
@xw.arg("total", Argument)
@xw.arg("parts", Argument)
@xw.arg("tolerance", Argument)
def GJ_TIES(total: Any, parts: Any, tolerance: Any = None) -> Any:
    """合计是否等于各组成数之和:相符、尾差或不符,连同差额。"""
    return _said("GJ_TIES", lambda: ties(values(total), values(parts), values(tolerance)))


@xw.func
@xw.arg("part", Argument)
@xw.arg("whole", Argument)
def GJ_RATE(part: Any, whole: Any) -> Any:
    """部分数占总数的比率;0/0 为“不适用”。"""
    return _said("GJ_RATE", lambda: rate(values(part), values(whole)))


@xw.func
@xw.arg("amount", Argument)
def GJ_UPPER(amount: Any) -> Any:
    """人民币大写,如 1409.50 为“壹仟肆佰零玖元伍角”。"""
    return _said("GJ_UPPER", lambda: upper(values(amount)))


@xw.func(volatile=True)
@xw.arg("rule", Argument)
def GJ_RULE(rule: Any, caller: Any = None, calculation: Any = 0) -> Any:
    """一条规则核对的结果:相符、不符、尾差、未填……"""
    return _said("GJ_RULE", lambda: _of_rule(_word(values(rule)), caller, int(calculation)))


@xw.func(volatile=True)
def GJ_FINDINGS(caller: Any = None, calculation: Any = 0) -> Any:
    """所有问题,一行一条。"""
    return _said("GJ_FINDINGS", lambda: _all_findings(caller, int(calculation)))


def _of_rule(rule: Any, caller: Any, calculation: int) -> str:
    if isinstance(rule, CellError):
        return f"规则的名称是错误值 {rule},请先改正"
    if not isinstance(rule, str) or not rule.strip():
        return '请写规则的名称,如 =GJ_RULE("基本支出构成")'
    if caller is None:
        return verdicts.NOT_IN_A_CELL
    name = rule.strip()
    return verdicts.rule_verdict(verdicts.checked(caller, name, calculation), name)


def _all_findings(caller: Any, calculation: int) -> Any:
    if caller is None:
        return verdicts.NOT_IN_A_CELL
    rows = verdicts.finding_rows(verdicts.checked(caller, "", calculation))
    return verdicts.fitted(rows, *caller.shape)


def _word(found: Any) -> Any:
    """What stands in the one cell of an argument."""
    while True:
        rows = getattr(found, "rows", found)
        if not isinstance(rows, list) or len(rows) != 1:
            return None if isinstance(rows, list) else rows
        found = rows[0]


def _said(name: str, answer: Callable[[], Any]) -> Any:
    """The answer, or a sentence where the program fails."""
    try:
        return answer()
    except Exception as error:  # noqa: BLE001 - the outermost shell: a cell never shows a traceback
        from workbook.checking.data_files import KindError  # noqa: PLC0415 - the same
        from workbook.files.log import write_down  # noqa: PLC0415 - only a failure pays

        if isinstance(error, KindError):
            return str(error)
        write_down(name)
        return UNEXPECTED
