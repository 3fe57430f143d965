"""Slips as lines for a person and as JSON for a program."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final

from workbook.proof.model import Place, Severity, Slip, Verdict
from workbook.proof.whole.rules import RULES

_NUMBER: Final = re.compile(r"(\d+(?:\.\d+)?)([亿万]?元|%|个百分点)?")
_SUMS: Final = ("sum", "table-sum", "code-sum")
_FEWEST: Final = 2  # figures that may have been rounded


def line_of(one: Slip) -> str:
    """The whole message on one line: where, what is said, what it should be, the arithmetic."""
    weight = "" if one.severity is Severity.ERROR else "(提示)"
    words = f"{one.place}:{RULES[one.rule].title}{weight}。写的是“{one.says}”,应为“{one.should_be}”"
    return (
        f"{words}({one.arithmetic})。{_todo(one)}。"
        if one.arithmetic
        else f"{words}。{_todo(one)}。"
    )


def _todo(one: Slip) -> str:
    if one.severity is Severity.HINT:
        if _may_be_rounded(one):
            return "可能是四舍五入或者口径不同,请看一看"
        return f"{'可能有交叉、没有列全,或者' if one.rule in _SUMS else '可能是'}口径不同,请看一看"
    return "请核对这几个数" if one.figures else "请改正"


def _may_be_rounded(one: Slip) -> bool:
    """Whether what is said and what it should be differ by no more than was rounded away."""
    said = _NUMBER.findall(one.says.replace(",", ""))
    due = _NUMBER.findall(one.should_be.replace(",", ""))
    if not said or not due:
        return False
    (number, unit), (right, unit_due) = said[-1], due[0]
    decimals = len(number.partition(".")[2])
    if unit != unit_due or not (unit or decimals):  # 31名 are counted one by one
        return False
    step = Decimal(1).scaleb(-decimals)
    off = abs(abs(Decimal(number)) - abs(Decimal(right)))
    return off <= step * max(len(one.figures), _FEWEST) / 2


def told(path: Path, verdict: Verdict) -> Iterator[str]:
    """A line for each slip, errors and hints in reading order, then what was found in order."""
    for one in verdict.slips:
        yield line_of(one)
    errors = sum(one.severity is Severity.ERROR for one in verdict.slips)
    hints = len(verdict.slips) - errors
    found = [f"{errors} 处前后矛盾或写错" if errors else "", f"{hints} 处提示" if hints else ""]
    words = "有 " + "、".join(filter(None, found)) if any(found) else "没有发现前后矛盾"
    yield f"{path.name}:{words}。{counted(verdict)}"


def counted(verdict: Verdict) -> str:
    """核对了 12 处合计、3 处占比,都对: so that silence means something."""
    parts = [
        f"{verdict.in_order[rule]} 处{what.counted}"
        for rule, what in RULES.items() if verdict.in_order[rule]
    ]  # fmt: skip
    if parts:
        return f"核对无误的有 {'、'.join(parts)}。"
    return "" if verdict.slips else "没有找到可以核对的数。"


def to_json(path: Path, verdict: Verdict) -> str:
    """The file, whether it is free of errors, what was in order, and each finding."""
    findings = [
        {
            "rule": one.rule,
            "severity": one.severity.value,
            "place": place_json(one.place),
            "text": one.text,
            "figures": list(one.figures),
            "says": one.says,
            "should_be": one.should_be,
            "arithmetic": one.arithmetic,
        }
        for one in verdict.slips
    ]
    content = {
        "file": str(path),
        "ok": verdict.is_sound,
        "checked": {rule: verdict.in_order[rule] for rule in RULES if verdict.in_order[rule]},
        "findings": findings,
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def place_json(place: Place) -> dict[str, int | str]:
    """A place as a program reads it: {paragraph}, or {table, row, column}; and the part."""
    part = {"part": place.part} if place.part else {}
    if place.table:
        return {**part, "table": place.table, "row": place.row, "column": place.column}
    return {**part, "paragraph": place.paragraph}
