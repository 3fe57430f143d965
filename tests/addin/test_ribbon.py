"""A click ends in a sentence that says what to do, whatever the program and its book are up to."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import xlwings as xw
from excel.program import Busy
from light import lighten

from addin.open_book import busy
from addin.ribbon import click, click_lock
from addin.ribbon import press as ribbon
from addin.ribbon.press import press
from addin.ribbon.screen import ProgramScreen
from workbook.files import lock
from workbook.files.state import log_file


@pytest.fixture
def impatient(monkeypatch):
    """Nobody waits for seconds in a test."""
    monkeypatch.setattr(busy, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(busy, "PAUSE_SECONDS", 0.05)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("how", Busy)
def test_a_program_that_stays_busy_is_given_up_and_said_so(excel, excel_book, screen, how):
    for name in ("validate", "next_finding", "make_report", "clear_marks"):
        excel.refuse(how, None)
        screen.said.clear()
        begin = time.monotonic()
        press(name, excel_book, screen)
        assert time.monotonic() - begin < 3
        assert screen.said == [ribbon.BUSY]
        excel.answer_again()
        press(name, excel_book, screen)
        assert ribbon.BUSY not in screen.said[1:]


def test_a_program_that_is_busy_for_a_moment_is_waited_for(excel, excel_book, screen):
    for how in Busy:
        excel.refuse(how, 3)
        screen.states.clear()
        press("validate", excel_book, screen)
        assert screen.states[-1] == "发现 2 处提醒。"
        assert screen.said == []


def test_what_is_asked_while_the_program_is_busy_is_asked_again(excel, excel_book, screen):
    """xlwings takes such a refusal of a table for a table that is not there."""
    for member in ("ListObjects.Item", "Names._Default", "Worksheet.UsedRange"):
        excel.refuse_at(member)
        screen.states.clear()
        press("validate", excel_book, screen)
        assert excel.program.refuses_at == ""
        assert (screen.states[-1], screen.said) == ("发现 2 处提醒。", [])


def test_a_selection_that_is_asked_for_while_the_program_is_busy_is_one(excel, sample_file, screen):
    book = excel.open(sample_file)
    book.sheets["预算收支"].activate()
    book.sheets["预算收支"].range("C17").select()
    excel.refuse_at("Application.Selection")
    press("insert_check", book, screen)
    assert screen.states == ["已在 预算收支!F17 写入核对:相符。"]


def test_patience_ends_in_seconds(monkeypatch):
    assert busy.PATIENCE_SECONDS < 10
    asked = []

    def ask():
        asked.append(time.monotonic())
        error = Exception()
        error.hresult = -2147418111
        raise error

    monkeypatch.setattr(busy, "PATIENCE_SECONDS", 0.5)
    monkeypatch.setattr(busy, "PAUSE_SECONDS", 0.1)
    with pytest.raises(Exception):  # noqa: B017 - the error itself comes through
        busy.patiently(ask)
    assert 4 <= len(asked) <= 7


@pytest.mark.parametrize("calls", [0, 5, 40, 400])
def test_a_program_that_is_closed_in_the_middle_is_said_so(excel, sample_file, screen, calls):
    book = excel.open(sample_file)
    excel.close_after(calls)
    press("validate", book, screen)
    assert screen.said == [ribbon.GONE]


def test_a_book_that_is_closed_in_the_middle_is_said_so_in_calc(
    calc, sample_file, screen, monkeypatch
):
    from addin.ribbon import checked

    book = xw.Book(str(lighten(sample_file)))
    monkeypatch.setattr(checked, "show_in_book", lambda book, _: (book.close(), book.name))
    press("validate", book, screen)
    assert screen.said == [ribbon.GONE]


@pytest.mark.parametrize("name", ["validate", "make_report", "clear_marks", "roll_over"])
def test_without_a_book_the_clerk_is_told_to_open_one(excel, screen, name):
    press(name, excel.addin(), screen)
    assert screen.said == [ribbon.NO_BOOK]


def test_a_book_in_protected_view_is_checked_as_it_is_saved(excel, sample_file, screen):
    excel.open(sample_file, is_protected_view=True)
    addin = excel.addin()
    press("validate", addin, screen)
    assert screen.said[0].startswith("发现 2 处提醒。工作簿在“受保护的视图”里,没有做标记。\n\n")
    press("next_finding", addin, screen)
    assert screen.said[1] == ribbon.VIEWED
    press("make_report", addin, screen)
    assert [path.suffix for path in screen.shown] == [".docx"]


def test_a_second_click_while_the_first_works_does_nothing_twice(calc, sample_file, screen):
    book = xw.Book(str(lighten(sample_file)))
    with click_lock.one_at_a_time(book.fullname) as is_free:
        assert is_free
        press("validate", book, screen)
    assert screen.states == [ribbon.STILL_AT_IT]
    press("validate", book, screen)
    assert screen.states[-1] == "发现 2 处提醒。"
    book.close()


def test_a_click_that_was_killed_leaves_no_lock_behind():
    code = (
        "import os; from addin.ribbon.click_lock import one_at_a_time\n"
        "with one_at_a_time('a book') as is_free:\n"
        "    print(is_free, flush=True)\n"
        "    os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60
    )
    assert (killed.returncode, killed.stdout) == (-9, "True\n")
    with click_lock.one_at_a_time("a book") as is_free:
        assert is_free
    assert list(log_file().parent.glob("click-*")) == []


def test_nothing_is_left_of_a_click_that_has_ended(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with click_lock.one_at_a_time("a book") as first:
        assert first
        (lock,) = log_file().parent.iterdir()
        with click_lock.one_at_a_time("a book") as second:
            assert not second
        assert lock.exists()
    assert list(log_file().parent.iterdir()) == []


def test_a_lock_on_a_file_that_the_click_before_has_taken_away_is_none(tmp_path, monkeypatch):
    """It ended after the next one had opened the file, and before that one had locked it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    locked, tries = lock.locked, []

    def late(file):
        if not tries:
            Path(file.name).unlink()
        tries.append(file.name)
        return locked(file)

    monkeypatch.setattr(lock, "locked", late)
    with click_lock.one_at_a_time("a book") as is_free:
        assert is_free
        assert len(tries) == 2
        with click_lock.one_at_a_time("a book") as second:
            assert not second


def test_a_failure_is_told_even_where_no_log_can_be_written(excel_book, screen, monkeypatch):
    from addin.ribbon import actions

    def fail(*_):
        raise RuntimeError("secret")

    log_file().parent.mkdir(parents=True, exist_ok=True)
    log_file().unlink(missing_ok=True)
    log_file().mkdir()
    monkeypatch.setitem(actions.ACTIONS, "validate", fail)
    press("validate", excel_book, screen)
    log_file().rmdir()
    (said,) = screen.said
    assert re.fullmatch(
        r"程序出了意外,没有做完,详情也没能记下"
        r"\(tests/addin/test_ribbon\.py:\d+ fail,RuntimeError\)。"
        "请把这句话发给维护人员。",
        said,
    )


@pytest.mark.usefixtures("impatient")
def test_what_is_to_be_said_is_seen_where_the_program_takes_no_call(excel, excel_book, monkeypatch):
    shown = []
    monkeypatch.setattr(
        "addin.ribbon.screen.message_box", lambda text, title: shown.append((title, text))
    )
    screen = ProgramScreen(excel_book.app)
    screen.say("看得见")
    assert excel.message_boxes == ["勾稽: 看得见"]
    excel.program.is_closed = True
    press("validate", excel_book)
    assert shown == [("勾稽", ribbon.GONE)]


def test_a_click_whose_libreoffice_has_gone_says_so_without_it(tmp_path):
    writes = tmp_path / "zenity"
    writes.write_text(f'#!/bin/sh\nprintf "%s" "$*" > "{tmp_path}/said"\n')
    writes.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    assert click.WAIT_SECONDS < 30
    soon = "from addin.ribbon import click; click.WAIT_SECONDS = 1; click.main()"
    words = ["-X", "importtime", "-c", soon, "validate", "gouji-no-such-pipe"]
    begin = time.monotonic()
    run = subprocess.run(
        [sys.executable, *words], env=environment, check=True, timeout=60, capture_output=True
    )
    assert time.monotonic() - begin < 30
    assert ribbon.GONE in (tmp_path / "said").read_text()
    # xlwings without its paid part, which brings cryptography and is none of ours.
    loaded = {line.rpartition(b"|")[2].strip() for line in run.stderr.splitlines()}
    assert b"xlwings.main" in loaded
    assert not {b"cryptography", b"xlwings.pro.utils", b"xlwings.pro.embedded_code"} & loaded


def test_a_click_in_libreoffice_with_no_spreadsheet_in_front_says_so(office):
    """A message box would wait for a clerk, so what it is told is printed."""
    told = (
        "import addin.ribbon.click, addin.ribbon.screen\n"
        "addin.ribbon.screen.ProgramScreen.say = lambda _, text: print(text)\n"
        "addin.ribbon.click.main()"
    )
    click = [sys.executable, "-c", told, "validate", office.pipe]
    letter = office.desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, ())
    try:
        clicked = subprocess.run(click, check=True, capture_output=True, text=True, timeout=60)
        assert clicked.stdout.strip() == ribbon.NO_BOOK
    finally:
        letter.close(True)


def test_a_check_in_the_open_book_loads_no_library_that_builds_workbooks() -> None:
    code = "import sys, addin.ribbon.click, addin.ribbon.actions; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"openpyxl", "docx", "jinja2", "typer"} & set(run.stdout.split())
