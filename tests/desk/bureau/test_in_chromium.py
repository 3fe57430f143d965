"""The main way of a unit and of the bureau, in a real browser before the real command."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from io import BytesIO

import pytest
from docx import Document
from interruptible import interruptible

playwright = pytest.importorskip("playwright.sync_api")


@pytest.fixture(scope="module")
def port():
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("报 送") / "台"


@pytest.fixture(scope="module")
def first_link(port, folder, kinds, listed):
    """The link that the command prints for the bureau; it serves in the meantime."""
    command = [sys.executable, "-m", "gouji", "desk", "--serve", folder, "--units", listed]
    command += ["--port", str(port), "--templates", kinds, "--jobs", "1", "--max-upload", "1"]
    process = interruptible(command, stdout=subprocess.PIPE, text=True)
    lines = [process.stdout.readline() for _ in range(3)]
    assert lines[0].startswith(f"报送服务已经启动:http://127.0.0.1:{port}")
    yield lines[2].strip()
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    process.stdout.close()


@pytest.fixture(scope="module")
def browser(needed, first_link):
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(
            executable_path=needed("chromium"), args=["--no-sandbox"] if os.getuid() == 0 else []
        )
        yield made
        made.close()


@pytest.fixture
def person(browser):
    """Somebody at a browser of his own, at a screen of 1366 pixels; no script may fail."""
    opened = []

    def come():
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "console", lambda said: page.faults.append(said.text) if said.type == "error" else 0
        )
        opened.append((context, page))
        return page

    yield come
    for context, page in opened:
        assert page.faults == []
        context.close()


def test_a_unit_hands_in_by_keyboard_and_mouse_and_the_bureau_accepts(
    first_link, person, filled, port
):
    bureau = person()
    bureau.goto(first_link)
    bureau.wait_for_selector("button.first:focus")
    bureau.keyboard.press("Enter")
    bureau.wait_for_selector("text=各单位报送情况")
    bureau.click("text=登录链接")
    bureau.click("[aria-label='给 一中 新建链接']")
    link = bureau.input_value("#link")

    unit = person()
    unit.goto(link)
    unit.wait_for_selector("button.first:focus")
    unit.keyboard.press("Enter")
    unit.wait_for_selector("#workbook")
    unit.set_input_files("#workbook", {"name": "一.et", "mimeType": "", "buffer": b"x"})
    assert "请用 Excel 或 WPS 另存为 .xlsx 再报" in unit.inner_text("#said")
    drop(unit, "错.xlsx", filled("一中", "001", rest="2.50"))
    unit.focus("#go")
    unit.keyboard.press("Enter")
    unit.wait_for_selector("text=《错.xlsx》有 1 处错误。")
    assert "收支!C10" in unit.inner_text(".findings tbody th")
    assert unit.evaluate("document.documentElement.scrollWidth") <= 1366
    drop(unit, "对.xlsx", filled("一中", "001"))
    unit.click("#go")
    unit.wait_for_selector("text=《对.xlsx》全部相符。")
    with unit.expect_download() as report:
        unit.click("#result >> text=报告 >> nth=-1")
    assert report.value.suggested_filename == "001 一中 收支说明 2022.docx"
    with report.value.path().open("rb") as file:
        words = Document(BytesIO(file.read())).paragraphs[0].text
    assert words == "一中2022年收入 3.00 万元。"

    bureau.goto(f"http://127.0.0.1:{port}/")
    bureau.click("[aria-label='收下 一中']")
    bureau.wait_for_selector("tr:has-text('一中') >> text=已收")
    bureau.click("[aria-label='查看 一中']")
    bureau.fill("#remark", "请写明结余的原因")
    bureau.click(".decide >> text=退回 >> nth=-1")
    bureau.wait_for_selector("text=主管部门的话:")
    unit.reload()
    assert "请写明结余的原因" in unit.inner_text("main")
    assert bureau.evaluate("document.documentElement.scrollWidth") <= 1366


def drop(page, name, data):
    """Drag a file from the file manager onto the page."""
    page.evaluate(
        """([name, data]) => {
            const moved = new DataTransfer();
            moved.items.add(new File([new Uint8Array(data)], name));
            const event = new DragEvent("drop", { dataTransfer: moved, cancelable: true });
            document.getElementById("drop").dispatchEvent(event);
        }""",
        [name, list(data)],
    )


def test_links_are_written_beside_the_server_for_their_maker_alone(first_link, folder, tmp_path):
    path = tmp_path / "链接.csv"
    command = [sys.executable, "-m", "gouji", "desk", "--serve", folder, "--links", path]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert told.startswith(f"登录链接:{path}")
    assert path.stat().st_mode & 0o777 == 0o600
    rows = path.read_text("utf-8-sig").splitlines()
    assert rows[0] == "单位名称,单位代码,链接" and rows[1].startswith("主管部门,,http://127.0.0.1:")
