"""Take the manual's pictures of the clerk's desk anew, in the system's own Chromium.

    python tools/desk_pictures.py [FOLDER]

Needs LibreOffice, Chromium and ImageMagick; `take_pictures.py` takes these too.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from workbook.checking.kinds import find_kind  # noqa: E402 - the path comes first
from workbook.making.examples_sheet import build_example  # noqa: E402 - as above

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync")
WIDTH, HEIGHT = 1366, 768
LOW = 430  # of a picture whose lower part would be blank
COLOURS = "96"
WRONG = {"C17": 195.94, "C5": None}


def of_the_desk(folder: Path) -> None:
    """Every state of the desk, from the choice of a workbook to its end."""
    with neat_home() as home, tempfile.TemporaryDirectory() as name:
        desktop = home / "桌面"
        desktop.mkdir(exist_ok=True)
        book, good = desktop / "2022年度填报.xlsx", Path(name, "填好.xlsx")
        kind = find_kind("department")
        build_example(kind.form, kind.rules, kind.sample).save(good)
        wrong(good, book)
        with desk(home) as (page, _):
            of_the_choice(page, folder)
            of_the_findings(page, folder, book, good)
            of_the_report(page, folder, book, good)
            of_the_troubles(page, folder, book)
        book.write_bytes(book.read_bytes()[:5000])
        with desk(home, book) as (page, _):
            page.wait_for_selector("#trouble:not([hidden])")
            take(page, folder / "desk-damaged.png", LOW)
        saved(good, book)
        with desk(home, book, PATH="/none") as (page, end):
            page.wait_for_selector("#sheets.is-plain")
            take(page, folder / "desk-plain.png")
            end()
            page.wait_for_selector("#lost:not([hidden])")
            take(page, folder / "desk-lost.png")


@contextmanager
def neat_home() -> Iterator[Path]:
    """A home whose path looks well in a picture, for as long as pictures are taken."""
    place = Path("/home")
    if not os.access(place, os.W_OK):
        place = Path(tempfile.mkdtemp())
    home = place / "张三"
    home.mkdir()
    try:
        yield home
    finally:
        shutil.rmtree(home)


def wrong(good: Path, book: Path) -> None:
    """A copy with a slip and a blank cell."""
    opened = load_workbook(good)
    for address, value in WRONG.items():
        opened["预算收支"][address] = value
    opened.save(book)


@contextmanager
def desk(home: Path, *words: Path, **environment: str) -> Iterator[tuple[Page, Callable[[], None]]]:
    """The page of a desk of this user's, and what ends the desk before the page."""
    command = [sys.executable, "-m", "gouji", "desk", *map(str, words), "--no-browser"]
    given = {**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT), **environment}
    with (
        subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=given, cwd=home
        ) as process,
        sync_playwright() as playwright,
    ):
        try:
            assert process.stdout is not None
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.goto(process.stdout.readline().strip().removeprefix("填报台:"))
            yield page, lambda: process.send_signal(signal.SIGINT)
        finally:
            process.send_signal(signal.SIGINT)


def of_the_choice(page: Page, folder: Path) -> None:
    """Which workbook."""
    page.wait_for_selector("#nearby button")
    take(page, folder / "desk-choose.png", LOW)
    page.click("#nearby button")


def of_the_findings(page: Page, folder: Path, book: Path, good: Path) -> None:
    """With errors and a draft, what a refusal says, and mended."""
    drawn(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    take(page, folder / "desk.png")
    page.click("#make_report")
    page.locator("#act", has_text="报告没有生成").wait_for()
    take(page, folder / "desk-refused.png", LOW)
    saved(good, book)
    page.wait_for_selector("#mended:not([hidden])")
    page.wait_for_selector("#pages-words", state="hidden", timeout=120_000)
    page.click("#mended summary")
    page.wait_for_timeout(2000)
    take(page, folder / "desk-mended.png")


def of_the_report(page: Page, folder: Path, book: Path, good: Path) -> None:
    """Made, checked after a change, brought up to date."""
    page.click("#make_report")
    page.wait_for_selector(".files")
    take(page, folder / "desk-made.png", LOW)
    changed = load_workbook(book)
    changed["基本情况"]["C22"] = 8
    changed.save(book)
    page.click("#check_report")
    page.wait_for_selector("dialog[open]")
    take(page, folder / "desk-question.png")
    page.keyboard.press("Escape")
    page.locator("#check_report:not([disabled])").wait_for()
    page.click("#refresh_report")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".files")
    take(page, folder / "desk-refreshed.png", LOW)
    wrong(good, book)
    page.wait_for_selector(".old")
    drawn(page)
    take(page, folder / "desk-old.png", LOW)


def of_the_troubles(page: Page, folder: Path, book: Path) -> None:
    """A workbook that is damaged."""
    book.write_bytes(book.read_bytes()[:5000])
    page.wait_for_selector("#trouble:not([hidden])")
    take(page, folder / "desk-trouble.png", LOW)


def saved(source: Path, book: Path) -> None:
    """Save as a program does, in one step."""
    beside = book.with_name("~存.tmp")
    beside.write_bytes(source.read_bytes())
    beside.replace(book)


def drawn(page: Page) -> None:
    """Wait for the first page's picture."""
    first = page.locator("#sheets img").first
    first.wait_for(timeout=120_000)
    page.wait_for_function("one => one.complete", arg=first.element_handle())


def take(page: Page, path: Path, height: int = HEIGHT) -> None:
    """Write the upper part of the page."""
    page.mouse.move(0, 0)
    page.screenshot(path=path, clip={"x": 0, "y": 0, "width": WIDTH, "height": height})
    few = ["-dither", "None", "-colors", COLOURS]
    subprocess.run(["convert", path, *few, f"PNG8:{path}"], check=True)
    print(path)


if __name__ == "__main__":
    of_the_desk(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "clerk")
