"""What the buttons cost on the open book in Calc, beside the same check of the saved file.

    python bench/live.py [RUNS]

Needs LibreOffice and its Python bridge. Readings run in this process, in turns; medians are quoted.
The first check in a LibreOffice stands apart: its own Python starts there, once. Then, on a book
with 600 wrong cells, the marks, the second press and 清除, each beside the check itself; last the
whole click as a process beside `gouji check` of the same file (wanted under 2.5 times that).
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Final

import xlwings as xw

from addin.calc.engine import register
from addin.calc.program.office import Office, start
from addin.marking import marks
from addin.open_book.live import LiveBook
from workbook.checking.intake import Intake, examine, take_in
from workbook.checking.kinds import Kind, find_kind
from workbook.checking.show import summary
from workbook.form.sample import Sample
from workbook.making.build import as_bytes, build_workbook
from workbook.marking.remarks import remarks

WRONG_ROWS: Final = 150  # of three figures each, and the sums that they take part in
FEW: Final = 10


def seconds(work: Callable[[], object]) -> float:
    """How long one run of `work` takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    """Print every figure."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    kind = find_kind("department")
    office = start()
    register(office)
    try:
        readings(kind, runs)
        markings(kind, runs)
        clicks(kind, office, runs)
    finally:
        office.close()


def readings(kind: Kind, runs: int) -> None:
    """The live check beside the saved one."""
    with opened(kind, kind.sample) as book:
        path = Path(book.fullname)
        book.sheets["预算收支"]["C17"].value = 195.94  # not saved
        reading = [lambda: examine(path, LiveBook(book)), lambda: take_in(path)]
        (first, _), *pairs = [tuple(map(seconds, reading)) for _ in range(runs + 1)]
        live, saved = (median(times) for times in zip(*pairs, strict=True))
        ratio = median(a / b for a, b in pairs)
        print(f"live check: {live * 1000:.0f} ms, saved: {saved * 1000:.0f} ms, ratio {ratio:.2f}")
        print(f"the first live check: {first * 1000:.0f} ms")


def markings(kind: Kind, runs: int) -> None:
    """Marks on many cells, the same again, and all of them taken away, beside the check."""
    with opened(kind, wrong(kind, WRONG_ROWS * 3)) as book:
        path = Path(book.fullname)
        taken: list[Intake] = []
        check = median(
            seconds(lambda: taken.append(examine(path, LiveBook(book)))) for _ in range(runs)
        )
        findings = taken[-1].checked.findings
        show = [lambda: marks.show(book, findings, summary(findings))] * 2
        rounds = [[seconds(one) for one in (*show, lambda: marks.clear(book))] for _ in range(runs)]
        print(f"{len(remarks(findings))} cells to mark, the check: {check * 1000:.0f} ms")
        for name, times in zip(
            ("marks", "second press", "清除"), zip(*rounds, strict=True), strict=True
        ):
            spent = median(times)
            print(f"{name}: {spent * 1000:.0f} ms, {spent / check:.2f} times the check")


def clicks(kind: Kind, office: Office, runs: int) -> None:
    """A click on 校验 as LibreOffice starts it, with ten findings, beside the command line."""
    with opened(kind, wrong(kind, FEW)) as book:
        click = [sys.executable, "-m", "addin.ribbon.click", "validate", office.pipe]
        check = [str(Path(sys.executable).with_name("gouji")), "check", book.fullname]
        times = [[seconds(lambda it=it: quiet(it)) for it in (click, check)] for _ in range(runs)]
        clicked, checked = (median(some) for some in zip(*times, strict=True))
        print(f"a click on 校验: {clicked * 1000:.0f} ms, gouji check: {checked * 1000:.0f} ms")


def wrong(kind: Kind, cells: int) -> Sample:
    """The sample with so many figures of its projects that are no figures."""
    (first, *_) = kind.sample.tables["项目"]
    figures = ("金额", "上年决算数", "本年预算数")
    rows = []
    for number in range(-(-cells // 3)):
        few = figures[: cells - number * 3]
        rows.append({**first, "名称": f"项目{number}", **dict.fromkeys(few, "约4.68")})
    return replace(kind.sample, tables={**kind.sample.tables, "项目": rows})


@contextmanager
def opened(kind: Kind, sample: Sample) -> Iterator[xw.Book]:
    """A workbook with a sample in it, open in Calc."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "填报.xlsx")
        path.write_bytes(as_bytes(build_workbook(kind.form, kind.rules, sample)))
        book = xw.Book(str(path))
        try:
            yield book
        finally:
            book.close()


def quiet(command: list[str]) -> None:
    """Run a command, whose answer matters not."""
    subprocess.run(command, check=False, capture_output=True, timeout=60)


if __name__ == "__main__":
    main()
