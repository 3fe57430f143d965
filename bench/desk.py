"""From a save in Calc to the findings in the browser, beside the check alone; wanted under 1 s.

    python bench/desk.py [RUNS]

Needs LibreOffice with its Python bridge and Chromium. A figure is spoiled and mended in turns in
the open book, saved by Calc, and looked for on the page. What is counted begins when Calc has
written the file; how long Calc takes to write it is printed beside it. The pictures of the report
are made at the same time, by another LibreOffice.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Final

import xlwings as xw
from playwright.sync_api import Page, sync_playwright

from addin.calc.engine import register
from addin.calc.program.office import start
from workbook.checking.intake import take_in
from workbook.checking.kinds import find_kind
from workbook.making.build import as_bytes, build_workbook

CHROMIUM: Final = "/usr/bin/chromium"
ARGUMENTS: Final = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync")
WANTED: Final = 1.0
FIGURES: Final = (195.94, 195.49)
SAID: Final = ("发现 1 处错误、2 处提醒。", "发现 2 处提醒。")


def main() -> None:
    """Print the seconds and the ratio."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    kind = find_kind("department")
    office = start()
    register(office)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "填报.xlsx")
        path.write_bytes(as_bytes(build_workbook(kind.form, kind.rules, kind.sample)))
        try:
            book = xw.Book(str(path))
            with desk(path) as page:
                saved = [save(book, page, number) for number in range(runs)]
            book.close()
        finally:
            office.close()
        checks = [seconds_of_check(path) for _ in range(runs)]
    writing, telling = (median(times) for times in zip(*saved, strict=True))
    slowest = max(times[1] for times in saved)
    print(
        f"from Calc's save to the page: {telling * 1000:.0f} ms, slowest of {runs} "
        f"{slowest * 1000:.0f} ms, wanted under {WANTED * 1000:.0f}; "
        f"{telling / median(checks):.1f} times a check alone ({median(checks) * 1000:.0f} ms). "
        f"Calc itself wrote the file in {writing * 1000:.0f} ms"
    )


@contextmanager
def desk(path: Path) -> Iterator[Page]:
    """The page of a desk on this workbook, once it shows its findings."""
    command = [sys.executable, "-m", "gouji", "desk", str(path), "--no-browser"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as process,
        sync_playwright() as playwright,
    ):
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip().removeprefix("填报台:")
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.goto(address)
            page.locator("#summary", has_text=SAID[1]).wait_for()
            yield page
        finally:
            process.send_signal(signal.SIGINT)


def save(book: xw.Book, page: Page, number: int) -> tuple[float, float]:
    """Seconds in which Calc writes the file, and from there until the page says what is found."""
    book.sheets["预算收支"]["C17"].value = FIGURES[number % 2]
    begin = time.perf_counter()
    book.save()
    written = time.perf_counter()
    page.wait_for_function(
        "words => document.getElementById('summary').textContent === words",
        arg=SAID[number % 2],
        polling="raf",
    )
    return written - begin, time.perf_counter() - written


def seconds_of_check(path: Path) -> float:
    """How long a check takes in a process that is warm."""
    begin = time.perf_counter()
    take_in(path)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
