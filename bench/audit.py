"""What audit and refresh of a long report cost beside parsing its XML, as ratios of CPU time.

    python bench/audit.py [PROJECTS]

The report is the example's with so many projects (60 give some 100 pages), each with a self-rating
of its own; the workbook is that of another state, so that figures are out of date.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any, Final

from lxml import etree

from docgen.audit.audit import audit_report
from docgen.audit.refresh import refresh_report
from docgen.report.report import make_report
from docgen.template.word.package import unpack
from workbook.checking.intake import Intake, take_in
from workbook.checking.kinds import Kind, find_kind
from workbook.making.build import as_bytes, build_workbook

RUNS: Final = 5
WANTED: Final = {"audit": 30, "refresh": 60}


def main() -> None:
    """Print both ratios."""
    projects = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    kind = find_kind("department")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        old, new = (taken(kind, projects, folder / f"{more}.xlsx", more) for more in (0, 1))
        report = make_report(old, folder / "报告.docx", draft=True).path
        parts = [one.read() for one in unpack(report.read_bytes()).members]
        texts = [part for part in parts if part.lstrip().startswith(b"<")]
        parsing = cpu(lambda: [etree.fromstring(text) for text in texts])
        assert new.kind is not None
        given = (report, new.kind, new.checked.values, new.path)
        counts = {str(state): count for state, count in audit_report(*given).counts.items()}
        print(f"{projects} projects, {sum(map(len, texts)) / 1e6:.1f} MB of XML, figures: {counts}")
        for title, work in (("audit", audit_report), ("refresh", refresh_report)):
            spent = cpu(lambda work=work: work(*given))
            print(
                f"{title}: {spent * 1000:.0f} ms, {spent / parsing:.1f} times parsing"
                f" ({parsing * 1000:.0f} ms), wanted under {WANTED[title]}"
            )


def taken(kind: Kind, projects: int, path: Path, more: int) -> Intake:
    """A workbook with so many projects, of which each tenth has spent a little more."""
    first, *_ = kind.sample.tables["项目"]
    rows = [
        {**first, "名称": f"第{number}项专项经费", "金额": 4 + (more if number % 10 == 0 else 0)}
        for number in range(projects)
    ]
    indicators = [
        {**row, "项目名称": f"第{number}项专项经费"}
        for number in range(projects)
        for row in kind.sample.tables["项目指标"][:8]
    ]
    tables: dict[str, Any] = {**kind.sample.tables, "项目": rows, "项目指标": indicators}
    sample = replace(kind.sample, tables=tables)
    path.write_bytes(as_bytes(build_workbook(kind.form, kind.rules, sample)))
    return take_in(path)


def cpu(work: Callable[[], object]) -> float:
    """The CPU time of one run of `work`, in seconds, the median of several."""
    times = []
    for _ in range(RUNS):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return median(times)


if __name__ == "__main__":
    main()
