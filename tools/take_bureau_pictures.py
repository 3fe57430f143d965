"""Take the manual's pictures of the bureau's desk anew: the real command, a real Chromium.

    python tools/take_bureau_pictures.py [FOLDER]

Needs Chromium and a Chinese font. It is run by hand, after the pages have changed; the pictures are
then looked at, and `tools/build_docs.py` is run.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from openpyxl import load_workbook  # noqa: E402 - the path comes first
from PIL import Image  # noqa: E402 - the path comes first
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402 - as above

from tools.units.folder import BOOKS, LIST, TRUTH, make_folder  # noqa: E402 - as above

PORT: Final = 8248
URL: Final = f"http://127.0.0.1:{PORT}"
PICTURES: Final = (
    *("enter", "link-used", "hand-in", "handed-in", "refused", "decide", "sent-back", "accepted"),
    *("bureau", "links", "undecided"),
)
UNITS, WRONG = 9, 2
FIRST_LINES: Final = 3  # of the first start, the last one the bureau's link
REMARK: Final = "项目支出的说明太简单,请补充两个重点项目的成效后再报。"


def main() -> None:
    """Take them all."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "clerk"
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder = Path(name)
        make_folder(folder, UNITS, WRONG, 3)
        arguments = ["--no-sandbox"] if os.getuid() == 0 else []
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        with served(folder) as link:
            bureau = take(browser, link, folder, out)
            bureau.goto(f"{URL}/?state=已收")
            accepted = bureau.locator(".units tbody th").inner_text()
        strike(folder / LIST, accepted)
        with served(folder):
            bureau.goto(URL)
            bureau.screenshot(path=out / "undecided.png", clip=part(420))
        browser.close()
    for name in PICTURES:
        path = out / f"{name}.png"
        Image.open(path).convert("RGB").quantize(64).save(path, optimize=True)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The bureau's first link to a desk that is open meanwhile."""
    due = date.today() + timedelta(days=30)
    is_first = not (folder / "台").exists()
    command = [sys.executable, "-m", "gouji", "desk", "--serve", folder / "台"]
    command += ["--units", folder / LIST, "--port", str(PORT), "--due", str(due)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines = [process.stdout.readline()]
    while is_first and len(lines) < FIRST_LINES:
        lines.append(process.stdout.readline())
    try:
        yield lines[-1].strip()
    finally:
        process.terminate()
        process.wait()


def come(browser: Browser, link: str) -> Page:
    """Somebody who has opened a link."""
    context = browser.new_context(viewport={"width": 1200, "height": 760}, locale="zh-CN")
    page = context.new_page()
    page.goto(link)
    page.click("button.first")
    page.wait_for_load_state()
    return page


def take(browser: Browser, link: str, folder: Path, out: Path) -> Page:
    """Let units send and the bureau decide, and picture both sides of it; the bureau's page."""
    bureau = come(browser, link)
    books = sorted((folder / BOOKS).rglob("*.xlsx"))
    truth = (folder / TRUTH).read_text("utf-8-sig")
    wrong = [one for one in books if one.name in truth]
    fit = [one for one in books if one not in wrong]
    pages = {one: unit_of(browser, bureau, one) for one in (*wrong[:1], *fit[:4])}
    first, *others = pages.values()
    first.screenshot(path=out / "hand-in.png", clip=part(480))
    for book, page in pages.items():
        send(page, book)
    first.screenshot(path=out / "handed-in.png", clip=part(760))
    send(others[0], fit[1])
    others[0].locator("#result").screenshot(path=out / "refused.png")
    decide(bureau, others[1], "accept")
    decide(bureau, others[2], "return")
    bureau.screenshot(path=out / "decide.png", clip=part(640))
    others[2].goto(URL)
    others[2].screenshot(path=out / "sent-back.png", clip=part(300))
    bureau.goto(URL)
    bureau.screenshot(path=out / "bureau.png", clip=part(640))
    others[1].goto(URL)
    others[1].screenshot(path=out / "accepted.png", clip=part(300))
    of_the_links(browser, bureau, fit[5], out)
    return bureau


def of_the_links(browser: Browser, bureau: Page, book: Path, out: Path) -> None:
    """What the bureau makes, what its unit opens, and what it sees the second time."""
    bureau.goto(f"{URL}/links")
    bureau.click(f"[aria-label='给 {book.name.partition('(')[0]} 新建链接']")
    bureau.screenshot(path=out / "links.png", clip=part(480))
    link = bureau.input_value("#link")
    page = browser.new_context(viewport={"width": 1200, "height": 760}, locale="zh-CN").new_page()
    page.goto(link)
    page.screenshot(path=out / "enter.png", clip=part(340))
    page.click("button.first")
    page.goto(link)
    page.screenshot(path=out / "link-used.png", clip=part(260))


def strike(listed: Path, accepted: str) -> None:
    """Give the unit that was accepted another code, so that what it handed in is nobody's."""
    book = load_workbook(listed)
    for row in book.worksheets[0].iter_rows():
        if row[0].value == accepted:
            row[1].value = f"{row[1].value}9"
    book.save(listed)


def part(height: int) -> dict[str, int]:
    """The upper part of a page."""
    return {"x": 0, "y": 0, "width": 1200, "height": height}


def unit_of(browser: Browser, bureau: Page, book: Path) -> Page:
    """The unit of a workbook, which came in by a link."""
    bureau.goto(f"{URL}/links")
    bureau.click(f"[aria-label='给 {book.name.partition('(')[0]} 新建链接']")
    return come(browser, bureau.input_value("#link"))


def send(page: Page, book: Path) -> None:
    """Send a workbook and wait for what comes of it."""
    page.set_input_files("#workbook", book)
    page.click("#go")
    page.wait_for_selector(f"#result >> text={book.name}")
    page.evaluate("document.getElementById('result').scrollIntoView()")


def decide(bureau: Page, unit: Page, what: str) -> None:
    """Open the unit's workbook and accept it or send it back."""
    bureau.goto(URL)
    bureau.click(f"[aria-label='查看 {unit.inner_text('.who')}']")
    if what == "return":
        bureau.fill("#remark", REMARK)
    bureau.click(f"form[action$='/{what}'] button")
    bureau.wait_for_load_state()


if __name__ == "__main__":
    main()
