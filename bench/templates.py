"""Rendering times beside docxtpl from PyPI: the same templates, the same data, ratios printed.

    python bench/templates.py [--long]

Both run in this process in turns, equally often; the medians of the processor's time are quoted.
Ours is warm (the template is compiled once, as for a batch of reports) unless it says cold.
`--long` adds 100,000 rows.
"""

import io
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any

import docx
from docxtpl import DocxTemplate

from docgen.template import render
from docgen.template import template as engine

Case = tuple[str, Path, dict[str, Any], float]
COLUMNS = 6
RUNS, MANY, REPORTS = 3, 25, 50  # of long works and short ones; in a batch


def main(arguments: Sequence[str]) -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{'':34}{'ours':>10}{'docxtpl':>10}{'ratio':>8}{'wanted':>8}")
        for case in cases(folder):
            print(line(case, folder), flush=True)
        print(batch(folder))
        for case in cases(folder)[:3:2]:
            print(markers(case, folder))
        print(compiling(folder))
        print(fresh(folder))
        growth(folder, 100_000 if "--long" in arguments else 10_000)
        memory(folder, (10_000, 100_000) if "--long" in arguments else (10_000,))


def cases(folder: Path) -> list[Case]:
    """The measured works."""
    rows = table_template(folder / "rows.docx")
    report = report_template(folder / "report.docx")
    fixed = fixed_template(folder / "fixed.docx", 6_400)
    return [
        ("report, 60 tags, 3 tables", report, report_values(), 15),
        ("1,000 rows x 6", rows, row_values(1_000), 12),
        ("10,000 rows x 6", rows, row_values(10_000), 15),
        ("fixed table, 6,400 tags", fixed, {f"v{i}": f"值{i}" for i in range(6_400)}, 15),
    ]


def line(case: Case, folder: Path) -> str:
    """One work measured, as a line of text."""
    title, path, values, wanted = case
    out = folder / "out.docx"
    render(path, values, out)
    ours, peers = equal_turns(
        lambda: render(path, values, out),
        lambda: peer(path, values, folder / "peer.docx"),
        MANY if "report" in title else RUNS,
    )
    ratio = peers / ours
    text = f"{title:34}{ours * 1000:8.1f}ms{peers * 1000:8.0f}ms{ratio:7.1f}x{wanted:7.0f}x"
    engine._cache.clear()
    start = time.perf_counter()
    render(path, values, out)
    cold = time.perf_counter() - start
    return f"{text}   cold {cold * 1000:.1f}ms, {peers / cold:.1f}x"


def batch(folder: Path) -> str:
    """A batch of reports of ours beside as many of docxtpl's; ours compiles once."""
    path, values = report_template(folder / "batch.docx"), report_values()

    def made(one: Callable[..., object]) -> float:
        start = time.process_time()
        for number in range(REPORTS):
            one(path, values, folder / f"{number}.docx")
        return time.process_time() - start

    ours, peers = made(render), made(peer)
    title = f"{REPORTS} reports"
    return f"{title:34}{ours * 1000:8.0f}ms{peers * 1000:8.0f}ms{peers / ours:7.1f}x     15x"


def markers(case: Case, folder: Path) -> str:
    """What source markers add to one work, as a line of text."""
    title, path, values, _ = case
    out = folder / "out.docx"
    is_report = "report" in title
    plain, marked = equal_turns(
        *(partial(render, path, values, out, markers=flag) for flag in (False, True)),
        25 if is_report else 5,
    )
    wanted = 25 if is_report else 50
    return f"markers, {title:25}+{marked / plain * 100 - 100:.0f}% (wanted under {wanted}%)"


def peer(path: Path, values: dict[str, Any], out: Path) -> None:
    """Docxtpl's rendering."""
    template = DocxTemplate(path)
    template.render(values, autoescape=True)
    template.save(out)


def compiling(folder: Path) -> str:
    """Cold compilation of a realistic mix beside Jinja's own of the same tags, as lines of text."""
    from jinja2 import Environment  # noqa: PLC0415 - the peer of this alone

    times = {}
    for count in (1_000, 2_000, 8_000):
        path, tags = mixed_template(folder / f"mixed{count}.docx", count)
        data = path.read_bytes()

        def ours(data: bytes = data) -> None:
            engine._cache.clear()
            engine.compile_template(data)

        times[count] = equal_turns(ours, partial(Environment().from_string, tags), 7)
    ours, peers = times[2_000]
    exponent = math.log(times[8_000][0] / times[1_000][0]) / math.log(8)
    own = math.log(times[8_000][1] / times[1_000][1]) / math.log(8)
    return (
        f"compiling 2,000 mixed tags: {ours * 1000:.0f} ms, Jinja {peers * 1000:.0f} ms, "
        f"{ours / peers:.2f} times (wanted at most 1.3)\n"
        f"compiling 1,000 -> 8,000 tags: exponent {exponent:.2f}, Jinja {own:.2f} "
        "(wanted at most 1.1)"
    )


def fresh(folder: Path) -> str:
    """A process that finds its template compiled on disk beside docxtpl, imports taken off."""
    path, _ = mixed_template(folder / "fresh.docx", 2_000)
    times = {who: [] for who in ("kept", "peer")}
    run_fresh(path, "kept", folder)  # which keeps it
    for _ in range(5):
        for who, found in times.items():
            found.append(run_fresh(path, who, folder))
    ours, peers = (sorted(found)[2] for found in times.values())
    return (
        f"fresh process, 2,000 mixed tags, compiled on disk: {ours * 1000:.0f} ms, "
        f"docxtpl {peers * 1000:.0f} ms, {peers / ours:.1f} times as fast (wanted 5)"
    )


def run_fresh(path: Path, who: str, folder: Path) -> float:
    """The seconds that `who` takes in a process of its own."""
    command = (sys.executable, __file__, "--fresh", str(path), who)
    places = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=places)
    return float(done.stdout)


def measure_fresh(path: Path, who: str) -> None:
    """Print the time of one rendering in this process."""
    import docgen.template.kept  # noqa: PLC0415, F401 - imports are taken off on both sides

    values, out = mixed_values(), path.with_name("fresh_out.docx")
    start = time.perf_counter()
    if who == "kept":
        template = engine.compile_template(path, kept=True)
        engine.write_whole(out, template.pieces(values))
    else:
        peer(path, values, out)
    print(time.perf_counter() - start)


def equal_turns(
    ours: Callable[[], object], peers: Callable[[], object], times: int
) -> tuple[float, float]:
    """The median of each one's processor time after as many runs, in turns."""
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for function, seconds in zip((ours, peers), found, strict=True):
            start = time.process_time()
            function()
            seconds.append(time.process_time() - start)
    return sorted(found[0])[times // 2], sorted(found[1])[times // 2]


def growth(folder: Path, most: int) -> None:
    """Print how time grows with rows."""
    path = table_template(folder / "growth.docx")
    times = {}
    for count in (1_000, most):
        values = row_values(count)
        render(path, values, folder / "out.docx")
        times[count] = equal_turns(lambda v=values: render(path, v, folder / "out.docx"), int, 5)[0]
    exponent = math.log(times[most] / times[1_000]) / math.log(most / 1_000)
    print(f"growth 1,000 -> {most:,} rows: exponent {exponent:.2f} (wanted at most 1.05)")


def memory(folder: Path, counts: Sequence[int]) -> None:
    """Peak memory of a whole process, the caller's data taken off."""
    path = table_template(folder / "memory.docx")
    for count in counts:
        data = peak(path, count, "data")
        ours = peak(path, count, "ours") - data
        peers = peak(path, count, "peer") - data if count == 10_000 else None
        beside = f", docxtpl {peers:.0f} MB" if peers else ""
        print(f"peak memory at {count:,} rows beyond data and imports: {ours:.0f} MB{beside}")


def peak(path: Path, count: int, who: str) -> float:
    """The peak memory of a process of its own, in MB."""
    command = (sys.executable, __file__, "--peak", str(path), str(count), who)
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def measure(path: Path, count: int, who: str) -> None:
    """Print the peak memory of this process after the work of `who`."""
    values = row_values(count)
    out = path.with_name("peak.docx")
    if who == "ours":
        render(path, values, out)
    elif who == "peer":
        peer(path, values, out)
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    print(float(status.split("VmHWM:")[1].split()[0]) / 1024)


def row_values(count: int) -> dict[str, Any]:
    """Data for a table."""
    return {"rows": [{f"c{i}": f"值 {n}{i}" for i in range(COLUMNS)} for n in range(count)]}


def table_template(path: Path) -> Path:
    """A table with one loop over rows."""
    document = docx.Document()
    add_loop(document, "rows", COLUMNS)
    document.save(path)
    return path


def add_loop(document: Any, name: str, columns: int) -> None:
    """A table with a head and a loop over rows."""
    table = document.add_table(rows=4, cols=columns)
    table.cell(1, 0).text = f"{{%tr for r in {name} %}}"
    table.cell(3, 0).text = "{%tr endfor %}"
    for index in range(columns):
        table.cell(0, index).text = f"列{index}"
        table.cell(2, index).text = f"{{{{ r.c{index} }}}}"


def report_template(path: Path) -> Path:
    """Ten sections with sixty tags and three small tables."""
    document = docx.Document()
    for section in range(10):
        document.add_heading(f"第{section}节", 1)
        for part in range(3):
            tags = f"{{{{ a{section}{part} }}}}万元,{{{{ b{section}{part} }}}}"
            document.add_paragraph("本年度支出").add_run(tags).bold = True
        if section < 3:
            add_loop(document, f"t{section}", 4)
    document.save(path)
    return path


def report_values() -> dict[str, Any]:
    """Data for the report."""
    values: dict[str, Any] = {
        f"{name}{section}{part}": f"{section}{part}.00"
        for name in "ab" for section in range(10) for part in range(3)
    }  # fmt: skip
    for table in range(3):
        values[f"t{table}"] = row_values(5)["rows"]
    return values


def mixed_template(path: Path, count: int) -> tuple[Path, str]:
    """About `count` tags: a third names, a third filters, a third blocks; and the tags as text."""
    lines = []
    for number in range(count // 6):
        lines += [
            f"本年支出 {{{{ a{number} }}}} 万元,预算 {{{{ b{number} }}}}。",
            f"增长 {{{{ c{number}|round(2) }}}},{{{{ xs|join('、') }}}}",
            "{% if a %}超出{% endif %}" if number % 2 else "{% for x in xs %}各项{% endfor %}",
        ]
    document = docx.Document()
    for text in lines:
        document.add_paragraph(text)
    document.save(path)
    return path, "\n".join(lines)


def mixed_values() -> dict[str, Any]:
    """Data for the mix of 2,000 tags."""
    names = {f"{name}{number}": 1 for name in "abc" for number in range(340)}
    return {**names, "a": 1, "xs": ["甲", "乙"]}


def fixed_template(path: Path, rows: int) -> Path:
    """A table whose every row has a tag of its own."""
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "名", "{{ x }}"
    row = table.rows[0]._tr
    for _ in range(rows - 1):
        table._tbl.append(deepcopy(row))
    for index, row in enumerate(table._tbl.tr_lst):
        row.tc_lst[1].p_lst[0].r_lst[0].text = f"{{{{ v{index} }}}}"
    document.save(io.BytesIO())
    document.save(path)
    return path


if __name__ == "__main__":
    if "--peak" in sys.argv:
        measure(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    elif "--fresh" in sys.argv:
        measure_fresh(Path(sys.argv[2]), sys.argv[3])
    else:
        main(sys.argv[1:])
