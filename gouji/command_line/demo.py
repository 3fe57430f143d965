"""The whole way on the built-in example: workbook, findings, report."""

from collections.abc import Iterator
from pathlib import Path

from docgen.report.report import make_report
from workbook.checking.intake import take_in
from workbook.checking.kinds import find_kind
from workbook.checking.show import report_lines
from workbook.files.save import save_over
from workbook.years.beginning import new_workbook

KIND = "department"


def run_demo(folder: Path) -> Iterator[str]:
    """Do it all in `folder`, and tell line by line what was done and where it is."""
    kind = find_kind(KIND)
    workbook = folder / "填报.xlsx"
    backup = save_over(workbook, new_workbook(kind, sample=True))
    yield f"工作簿:{workbook.resolve()}"
    if backup:
        yield f"  原有的一份留作:{backup.name}"
    intake = take_in(workbook)
    findings = folder / "校验结果.txt"
    lines = list(report_lines(workbook, intake.checked))
    save_over(findings, "\n".join([*lines, ""]).encode())
    yield f"校验结果:{findings.resolve()}"
    yield from (f"  {line}" for line in lines if line)
    made = make_report(intake)
    yield f"报告:{made.path.resolve()}"
    if made.backup:
        yield f"  原有的一份留作:{made.backup.name}"
