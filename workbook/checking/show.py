"""Findings as a person reads them in a terminal: the gravest first, every addend with its cell."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from workbook.checking.check import Checked
from workbook.findings.groups import in_order
from workbook.findings.model import Finding, Severity
from workbook.reading.values import shown

MOST_PARTS = 12


def summary(findings: Sequence[Finding]) -> str:
    """`发现 2 处错误、1 处提醒`, or that everything ties."""
    counts = [
        f"{number} 处{severity.word}"
        for severity in Severity
        if (number := sum(one.severity is severity for one in findings))
    ]
    return f"发现 {'、'.join(counts)}" if counts else "全部相符"


def report_lines(path: Path, checked: Checked) -> Iterator[str]:
    """The whole result of a check, line by line."""
    for one in in_order(checked.findings):
        yield from finding_lines(one)
        yield ""
    if checked.unchecked:
        names = "、".join(checked.unchecked)
        yield f"未核对:{len(checked.unchecked)} 条规则涉及的单元格还没有填或读不出数({names})"
    yield f"{path.name}:{summary(checked.findings)}。"


def finding_lines(one: Finding, indent: str = "") -> Iterator[str]:
    """One finding, its addends, likely causes and what it brings about."""
    yield f"{indent}【{one.severity.word}】{one.place or ''} {one.label}".rstrip()
    inner = f"{indent}    "
    yield f"{inner}{one.what}。"
    for part in one.parts[:MOST_PARTS]:
        value = "空" if part.value is None else shown(part.value)
        yield f"{inner}· {part.place}  {part.label}  {value}"
    if len(one.parts) > MOST_PARTS:
        yield f"{inner}· ……共 {len(one.parts)} 个数"
    for cause in one.causes:
        yield f"{inner}可能:{cause}。"
    yield f"{inner}怎么办:{one.todo}。"
    if one.source:
        yield f"{inner}依据:{one.source}"
    for consequence in one.consequences:
        yield f"{inner}改好后,下面这条随之消失:"
        yield from finding_lines(consequence, inner)
