"""A watched file: told of now, at each save, and when it has gone for good."""

import threading
import time

import pytest

from workbook.files import watch
from workbook.files.watch import saves


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(watch, "AWAY", 0.3)
    path = tmp_path / "填报 一.xlsx"
    path.write_text("1")
    return path


def test_a_file_is_told_of_now_and_at_each_save_however_it_is_made(file):
    told = saves(file, pause=0.01)
    assert next(told)
    file.write_text("12")
    assert next(told)
    beside = file.with_name("~tmp")
    beside.write_text("123")
    beside.replace(file)
    assert next(told)


def test_a_file_that_has_gone_is_told_of_once_and_again_when_it_is_back(file):
    told = saves(file, pause=0.01)
    assert next(told)
    file.unlink()
    assert not next(told)
    file.write_text("1")
    assert next(told)


def test_a_moment_without_a_file_is_no_news(file):
    told = saves(file, pause=0.01)
    assert next(told)
    file.unlink()
    threading.Timer(0.1, file.write_text, ["12"]).start()
    assert next(told)


def test_what_is_written_in_pieces_is_told_of_once_more_when_all_is_there(file):
    told = saves(file, pause=0.01)
    assert next(told)

    def write() -> None:
        with file.open("a") as opened:
            for _ in range(10):
                opened.write("x" * 100)
                opened.flush()
                time.sleep(0.02)

    writing = threading.Thread(target=write)
    writing.start()
    while file.stat().st_size < 1001:  # a slow computer makes longer pauses
        assert next(told)
    writing.join()


def test_a_watch_ends_when_nobody_waits_for_it(file):
    over = threading.Event()
    told = saves(file, pause=0.01, is_over=over.is_set)
    assert next(told)
    over.set()
    assert list(told) == []
