"""校验 on the open book in Calc beside the same check on the saved file, as a ratio.

    python bench/live.py [RUNS]

Needs LibreOffice and its Python bridge. Both run in this process, in turns; the median is quoted.
The first check in a LibreOffice stands apart: its own Python starts there, once.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import xlwings as xw

from addin.calc.engine import register
from addin.calc.office import start
from addin.live import LiveBook
from workbook.build import as_bytes, build_workbook
from workbook.intake import examine, take_in
from workbook.kinds import find_kind


def seconds(work: Callable[[], object]) -> float:
    """How long one run of `work` takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    """Print both medians and the median of the ratios of neighbouring runs."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    kind = find_kind("department")
    office = start()
    register(office)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "填报.xlsx")
        path.write_bytes(as_bytes(build_workbook(kind.form, kind.rules, kind.sample)))
        book = xw.Book(str(path))
        book.sheets["预算收支"]["C17"].value = 195.94  # not saved
        reading = [lambda: examine(path, LiveBook(book)), lambda: take_in(path)]
        (first, _), *pairs = [tuple(map(seconds, reading)) for _ in range(runs + 1)]
        live, saved = (median(times) for times in zip(*pairs, strict=True))
        ratio = median(a / b for a, b in pairs)
        print(f"live check: {live * 1000:.0f} ms, saved: {saved * 1000:.0f} ms, ratio {ratio:.2f}")
        print(f"the first live check: {first * 1000:.0f} ms")
        book.close()
    office.close()


if __name__ == "__main__":
    main()
