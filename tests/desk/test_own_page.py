"""The clerk's desk as a process and in a browser: what a clerk sees and presses."""

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from interruptible import interruptible

from docgen.report.report import report_name
from workbook.checking.intake import take_in

WRONG = {"基本支出": 195.94, "行政编制": "约8"}


class Clerk:
    """Somebody at a desk that runs on one workbook."""

    def __init__(self, file, process):
        self.file = file
        self.address = process.stdout.readline().strip().removeprefix("填报台:")

    def save(self, content):
        """Save as office programs do: beside the file, and then in its place."""
        beside = self.file.with_name("~保存.tmp")
        beside.write_bytes(content)
        beside.replace(self.file)

    def type(self, **cells):
        self.save(self.typed(**cells))

    def sees(self, selector):
        self.page.wait_for_selector(selector)
        return self.page.inner_text(selector)

    def waits_for(self, selector, words):
        self.page.locator(selector, has_text=words).first.wait_for()

    def findings(self):
        return [one.get_attribute("data-key") for one in self.page.locator(".finding").all()]

    def focused(self):
        return self.page.evaluate("document.activeElement.dataset.key ?? ''")


@contextmanager
def seated(file, content, **environment):
    """A clerk at a desk on this file; it ends as it should."""
    file.write_bytes(content)
    command = [sys.executable, "-m", "gouji", "desk", str(file), "--no-browser"]
    with interruptible(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    ) as process:
        try:
            yield Clerk(file, process)
        finally:
            process.send_signal(signal.SIGINT)
        out, told = process.communicate(timeout=20)
    assert (process.returncode, told) == (0, "")
    assert out.endswith("填报台已经关闭。\n")


@pytest.fixture(scope="module")
def seat(tmp_path_factory, sample_bytes):
    """A desk that finds no program to print with, which would take most of the time."""
    file = tmp_path_factory.mktemp("绩效 自评") / "填报 一.xlsx"
    with seated(file, sample_bytes, PATH="/none") as clerk:
        yield clerk


@pytest.fixture
def clerk(page, seat, sample_bytes, typed):
    """A clerk before the sample, in which nothing is wrong."""
    seat.page, seat.typed = page, typed
    for left in seat.file.parent.glob("*.docx"):
        left.unlink()
    seat.save(sample_bytes)
    page.goto(seat.address)
    seat.waits_for("#summary", "发现 2 处提醒。")
    return seat


def test_each_save_shows_what_the_command_line_finds(clerk):
    clerk.type(**WRONG)
    clerk.waits_for("#summary", "发现 2 处错误、1 处提醒。")
    command = [sys.executable, "-m", "gouji", "check", str(clerk.file), "--json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(run.stdout)["findings"]
    assert clerk.findings() == [
        f"{one['code']} {one['rule']} {one['sheet']} {one['cell']}" for one in found
    ]
    told = clerk.page.locator(".finding").nth(1).inner_text()
    assert re.sub(r"\s+", " ", told).startswith(
        "错误 预算收支!C17 基本支出 195.94 ≠ 人员经费 171.74 + 公用经费 23.75 = 195.49,差 0.45。 "
        "现在 195.94 应为 195.49 差 0.45 "
        "可能:「基本支出」(预算收支!C17)若是 195.49 就相符,可能有两位数字颠倒。 "
        "怎么办:请核对这三个数。 涉及的 3 个单元格"
    )
    assert clerk.sees("#filled") == "必填 175 格,已填 175 格"


def test_what_was_mended_and_how_much_is_filled_is_told(clerk, sample_bytes):
    clerk.type(基本支出=195.94, 结果应用=None)
    clerk.waits_for("#filled", "必填 175 格,已填 174 格")
    clerk.save(sample_bytes)
    clerk.waits_for("#mended summary", "上次存盘以后改好了 3 处")
    clerk.page.click("#mended summary")
    mended = clerk.page.locator("#mended li").all_inner_texts()
    assert mended[1].startswith("预算收支!C17 基本支出:195.94 ≠ ")
    clerk.page.click("#validate")
    clerk.waits_for("#act", "发现 2 处提醒。")
    assert "改好了 3 处" in clerk.sees("#mended summary")  # nothing was saved since


def test_the_keyboard_goes_through_the_findings_and_presses_the_buttons(clerk):
    clerk.type(**WRONG)
    clerk.waits_for("#summary", "2 处错误")
    keys, order = clerk.page.keyboard, clerk.findings()
    visited = []
    for key in ("j", "ArrowDown", "j", "j", "k", "ArrowUp"):
        keys.press(key)
        visited.append(order.index(clerk.focused()))
    assert visited == [0, 1, 2, 2, 1, 0]
    for key in ("Shift+Tab", "Shift+Tab", "Enter"):  # back over 核对报告 to 更新报告
        keys.press(key)
    clerk.waits_for("#act", "发现 2 处错误、1 处提醒,报告没有更新。请先改正:")


def test_the_report_is_made_checked_and_brought_up_to_date(clerk, department):
    name = report_name(department, take_in(clerk.file).checked.values)
    clerk.page.click("#make_report")
    clerk.waits_for(".files", name)
    report = clerk.file.with_name(name)
    assert clerk.sees("#act").startswith(f"生成报告\n×\n\n报告:{report}")
    with clerk.page.expect_download() as fetched:
        clerk.page.click(".files >> text=下载")
    assert fetched.value.suggested_filename == name
    assert fetched.value.path().read_bytes() == report.read_bytes()
    before = report.read_bytes()
    clerk.type(行政编制=8)
    clerk.page.click("#check_report")
    asked = clerk.sees("#question-text")
    assert "【过时】段落 9 行政编制(基本情况!C22)\n    报告上是 7,填报表现在是 8。" in asked
    clerk.page.keyboard.press("Escape")
    clerk.waits_for("#act", "报告上是 7,填报表现在是 8。")
    clerk.page.click("#refresh_report")
    assert clerk.sees("#question-text").startswith(f"更新「{name}」?")
    clerk.page.keyboard.press("Enter")
    clerk.waits_for("#act", "原有的一份留作 ")
    (backup,) = (one for one in clerk.file.parent.glob("*.docx") if one != report)
    assert (backup.read_bytes(), report.read_bytes() == before) == (before, False)
    assert backup.name in clerk.sees("#act")


def test_the_pages_follow_and_those_of_a_workbook_with_errors_are_a_draft(
    page, sample_file, soffice, typed
):
    with seated(sample_file, typed(**WRONG)) as clerk:
        clerk.page = page
        page.goto(clerk.address)
        clerk.waits_for("#pages-words", "还有错误,这是草稿。")
        pictures = page.locator("#sheets img")
        assert clerk.sees("#pages-state") == f"共 {pictures.count()} 页"
        drawn = "picture => picture.complete && picture.naturalWidth"
        page.wait_for_function(drawn, arg=pictures.first.element_handle())
        shown = pictures.first.evaluate("one => [one.naturalWidth, one.naturalHeight, one.alt]")
        page.goto("about:blank")
    assert shown == [1013, 1432, "报告第 1 页"]


def test_where_nothing_prints_the_words_stand_there_and_say_so(clerk):
    clerk.waits_for("#pages-words", "下面只是报告的文字和表格,版式以打印为准。")
    clerk.waits_for("#sheets p.centred", "2022年度芦淞区委统战部整体支出")
    assert clerk.page.locator("#sheets table").count() > 3
    clerk.type(**WRONG)
    clerk.waits_for("#pages-words", "还有错误,这是草稿。")


def test_a_workbook_that_went_is_told_and_comes_back_by_itself(clerk):
    away = clerk.file.rename(clerk.file.with_name("改名.xlsx"))
    clerk.waits_for("#trouble", "「填报 一.xlsx」不在原来的地方了")
    clerk.page.click("#validate")
    clerk.waits_for("#act", "「填报 一.xlsx」不在原来的地方了")
    assert clerk.sees("#stale") == "下面还是这以前的结果。"
    away.rename(clerk.file)
    clerk.page.wait_for_selector("#trouble", state="hidden")


def test_of_a_workbook_that_was_never_read_nothing_else_is_said(page, sample_file):
    with seated(sample_file, sample_file.read_bytes()[:5000], PATH="/none") as clerk:
        clerk.page = page
        page.goto(clerk.address)
        clerk.waits_for("#trouble", "不是 Excel 工作簿,或已损坏")
        assert not page.locator("#found").is_visible() and not page.locator("#stale").is_visible()
        assert "正在读工作簿" not in page.inner_text("main#desk")
        page.goto("about:blank")


def test_a_report_is_told_to_be_of_an_older_save(clerk, sample_bytes):
    clerk.page.click("#make_report")
    clerk.waits_for(".files", "docx")
    assert clerk.page.locator(".old").count() == 0
    clerk.type(**WRONG)
    clerk.waits_for(".old", "这以后工作簿又存过盘,上面的文件还是以前的数。")
    clerk.save(sample_bytes)
    clerk.waits_for("#summary", "发现 2 处提醒。")
    clerk.page.click("#make_report")
    clerk.page.wait_for_selector(".old", state="detached")


def test_a_long_question_begins_at_its_beginning_and_holds_the_keyboard(clerk):
    clerk.page.click("#make_report")
    clerk.waits_for(".files", "docx")
    clerk.type(行政编制=8, 事业编制=9, 基本支出=195.94)
    clerk.waits_for("#summary", "错误")
    clerk.page.set_viewport_size({"width": 1366, "height": 320})
    clerk.page.click("#check_report")
    clerk.page.wait_for_selector("dialog[open]")
    text = clerk.page.locator("#question-text")
    top, shown, whole = text.evaluate("one => [one.scrollTop, one.clientHeight, one.scrollHeight]")
    assert (top, shown < whole) == (0, True)
    for choice in clerk.page.locator("#choices button").all():
        box = choice.bounding_box()
        assert box["y"] + box["height"] <= 320
    assert clerk.page.evaluate("document.activeElement.textContent") == "是"
    within = "document.querySelector('dialog').contains(document.activeElement)"
    on_page = "document.activeElement === document.body"  # the browser's own bar comes between
    for _ in range(8):
        clerk.page.keyboard.press("Tab")
        assert clerk.page.evaluate(f"{within} || {on_page}")
    clerk.page.keyboard.press("Escape")
    clerk.page.wait_for_selector("dialog", state="hidden")


FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const look = getComputedStyle(one);
  return [one.id || one.dataset.key || one.textContent.trim().slice(0, 9),
    look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
    box.bottom > 0 && box.top < innerHeight];
}"""


def test_the_tabulator_reaches_everything_and_shows_where_it_is(clerk):
    clerk.page.click("#make_report")
    clerk.waits_for(".files", "docx")
    clerk.type(**WRONG)
    clerk.waits_for(".old", "这以后")
    clerk.page.reload()
    clerk.waits_for("#summary", "2 处错误")
    seen = []
    for _ in range(30):
        clerk.page.keyboard.press("Tab")
        name, is_shown, is_there = clerk.page.evaluate(FOCUSED)
        if not name or clerk.page.evaluate("document.activeElement === document.body"):
            break
        assert is_shown and is_there, name
        seen.append(name)
    wanted = ["change", "validate", "make_report", "refresh_report", "check_report"]
    assert seen[:5] == wanted
    assert seen[5:8] == ["×", "打开", "下载"]
    assert clerk.findings()[0] in seen and "sheets" in seen
    for live in ("#summary", "#act", "#pages-state"):
        assert clerk.page.locator(live).get_attribute("aria-live") == "polite"


def test_in_high_contrast_what_weighs_how_much_and_how_far_one_is_can_be_seen(browser, clerk):
    clerk.type(**WRONG)
    context = browser.new_context(
        viewport={"width": 683, "height": 384}, device_scale_factor=2, forced_colors="active"
    )  # 1366 by 768 at 200 %
    page = context.new_page()
    page.goto(clerk.address)
    page.locator("#summary", has_text="2 处错误").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 683
    looks = "one => [getComputedStyle(one).borderTopStyle, getComputedStyle(one).backgroundColor]"
    outline, ground = page.locator("#progress").evaluate(looks)
    _, filled = page.locator("#progress > *").evaluate(looks)
    assert (outline, filled != ground) == ("solid", True)
    context.close()


def test_a_page_that_is_opened_anew_shows_the_same(clerk):
    clerk.type(**WRONG)
    clerk.waits_for("#summary", "2 处错误")
    shown = clerk.findings()
    clerk.page.reload()
    clerk.waits_for("#summary", "2 处错误")
    assert clerk.findings() == shown


def test_nothing_is_too_wide_for_a_small_screen(clerk):
    clerk.type(**WRONG)
    clerk.waits_for("#summary", "2 处错误")
    for width in (1366, 1024, 480):
        clerk.page.set_viewport_size({"width": width, "height": 700})
        assert clerk.page.evaluate("document.documentElement.scrollWidth") <= width


def test_words_of_a_cell_never_become_markup(clerk):
    clerk.type(行政编制="<img src=x onerror=alert(1)>")
    clerk.waits_for(".finding", "「<img src=x onerror=alert(1)>」不是数字")
    assert clerk.page.locator(".finding img").count() == 0
