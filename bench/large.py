"""What many rows cost: CPU time and peak memory of whole commands, and how a check grows.

    python bench/large.py

A workbook of 10,000 rows checked and reported, one of 10,000 rows that do not tie, and the
department's example with more and more projects of eight indicators each, in this process.
"""

import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import docx

from workbook.checking.check import check
from workbook.checking.kinds import Kind, find_kind, load_kind
from workbook.entries.read import read
from workbook.form.sample import Sample, with_room
from workbook.making.build import build_workbook
from workbook.making.planning.layout import plan_sheets
from workbook.making.worked_out import typed
from workbook.reading.snapshot import RawCell, Snapshot
from workbook.reading.values import ABSENT
from workbook.rules.computing import compute
from workbook.rules.defaults import with_cells

ROWS: Final = 10_000
PROJECTS: Final = (20, 200, 2_000)
COLUMNS: Final = ("名称", "金额", "类别", "数量", "备注", "单价")
FORM: Final = """
kind = "清单表"
version = 1
title = "清单表"
[[sheet]]
name = "清单"
[[sheet.block]]
type = "fields"
title = "各项"
field = [{ key = "合计", type = "number", decimals = 2 }]
[[sheet.block]]
type = "table"
key = "明细"
title = "明细"
column = [
  { key = "名称", type = "text" }, { key = "金额", type = "number", decimals = 2 },
  { key = "类别", type = "text" }, { key = "数量", type = "integer" },
  { key = "备注", type = "text" }, { key = "单价", type = "number", decimals = 2 },
]
"""
RULES: Final = """
[[rule]]
id = "合计相符"
claim = "合计 == sum(明细.金额)"
[[rule]]
id = "金额相符"
each = "明细"
claim = "金额 == 数量 * 单价"
"""


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        list_kind(folder / "清单表")
        right, wrong = folder / "对.xlsx", folder / "错.xlsx"
        for path, count in ((right, 0), (wrong, ROWS)):
            # Elsewhere: what a process has used once is told of each that it starts.
            making = get_context("spawn").Process(target=fill, args=(folder, path, count))
            making.start()
            making.join()
        told(f"check, {ROWS:,} rows", ["check", right], folder)
        told(f"report, {ROWS:,} rows", ["report", right, folder / "报告.docx"], folder)
        told(f"check, {ROWS:,} findings", ["check", wrong], folder)
    growth()


def list_kind(folder: Path) -> None:
    """A kind whose report is one long table."""
    folder.mkdir()
    (folder / "form.toml").write_text(FORM, encoding="utf-8")
    (folder / "rules.toml").write_text(RULES, encoding="utf-8")
    document = docx.Document()
    table = document.add_table(3, len(COLUMNS))
    table.cell(0, 0).text, table.cell(2, 0).text = "{%tr for r in 明细 %}", "{%tr endfor %}"
    for number, key in enumerate(COLUMNS):
        table.cell(1, number).text = f"{{{{ r.{key} }}}}"
    document.save(str(folder / "report.docx"))


def fill(folder: Path, path: Path, wrong: int) -> None:
    """Write a workbook of many rows, of which so many do not tie."""
    kind = load_kind(folder / "清单表")
    rows: list[dict[str, Any]] = [
        {"名称": f"项{n}", "金额": Decimal(7 + n if n < wrong else 6), "类别": "甲"}
        | {"数量": 2, "备注": "无", "单价": Decimal(3)}
        for n in range(ROWS)
    ]
    total = sum(row["金额"] for row in rows)
    sample = Sample({"合计": total}, {"明细": tuple(rows)})
    build_workbook(kind.form, kind.rules, sample).save(path)


def told(title: str, words: Sequence[str | Path], kinds: Path) -> None:
    """One command measured, by itself."""
    command = [sys.executable, "-m", "gouji", *map(str, words), "--templates", str(kinds)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    seconds, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(f"{title:28}{seconds:7.2f} s{memory:7.0f} MB", flush=True)


def growth() -> None:
    """How long a check takes for more and more projects, and with what exponent it grows."""
    kind = find_kind("department")
    last: tuple[int, float] | None = None
    for count in PROJECTS:
        snapshot = with_projects(kind, count)
        start = time.process_time()
        check(snapshot, kind.form, kind.rules)
        seconds = time.process_time() - start
        grown = math.log(seconds / last[1], count / last[0]) if last else math.nan
        print(f"check, {count:5} projects {seconds:14.2f} s  exponent {grown:.2f}", flush=True)
        last = count, seconds


def with_projects(kind: Kind, count: int) -> Snapshot:
    """What stands in the cells of the example with so many projects."""
    sample = kind.sample
    project, indicators = sample.tables["项目"][0], sample.tables["项目指标"][:4]
    projects, rows = [], []
    for number in range(count):
        name = f"项目{number}"
        projects.append({**project, "名称": name})
        for place, one in enumerate((*indicators, *indicators)):
            rows.append({**one, "三级指标": f"{one['三级指标']}{place}"})
            rows[-1].pop("项目名称", None)
        rows[-len(indicators) * 2]["项目名称"] = name
    tables = {**sample.tables, "项目": tuple(projects), "项目指标": tuple(rows)}
    sample = replace(sample, tables=tables)
    snapshot = typed(plan_sheets(with_room(kind.form, tables), kind.rules), sample)
    return with_cells(snapshot, dict(_computed(kind, snapshot)))


def _computed(kind: Kind, snapshot: Snapshot) -> Iterator[tuple[Any, RawCell]]:
    """The computed cells as a program would have saved them."""
    values, _ = read(snapshot, kind.form)
    values = compute(values, kind.rules.computed)
    for cell in kind.rules.computed:
        for row in cell.rows(values):
            entry = row[cell.field.key] if row else values.fields[cell.field.key]
            if entry.field.compute and entry.place:
                value = ABSENT if entry.is_absent else entry.value
                is_figure = isinstance(value, Decimal)
                shown = "blank" if value is None else "number" if is_figure else "text"
                saved = float(value) if isinstance(value, Decimal) else value
                yield entry.place, RawCell(entry.place, shown, saved)


if __name__ == "__main__":
    main()
