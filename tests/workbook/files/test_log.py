"""The log takes what failed and where, nothing of a cell, and is never the cause of a failure."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from workbook.files import log, state
from workbook.files.state import log_file, open_log, state_folder

HERE = "tests/workbook/files/test_log.py"
AS_NOTED = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d gouji [\w.]+, Python [\w.]+, \w+: (?P<what>.*)"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The user's folder of state, which is not there yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "状态"))
    return tmp_path / "状态" / "gouji"


def fail(text):
    return int(text)


def written(what, action=lambda: fail("张三")):
    try:
        action()
    except Exception:  # noqa: BLE001 - a shell, as the programs have them
        return log.write_down(what)


def told(what):
    try:
        fail("张三")
    except ValueError:
        return log.failure_told(what)


def noted(folder):
    """The lines of the log, with the times and the versions left out."""
    lines = (folder / "gouji.log").read_text(encoding="utf-8").splitlines()
    short = [found["what"] if (found := AS_NOTED.fullmatch(line)) else line for line in lines]
    return [re.sub(r":\d+ ", ":# ", line) for line in short]


def test_place_and_kind_of_a_failure_are_noted_and_no_word_of_its_message(folder):
    assert [written("check"), written("validate")] == [folder / "gouji.log"] * 2
    frames = [f"  {HERE}:# {name}" for name in ("written", "<lambda>", "fail")]
    of_each = [*frames, "ValueError", ""]
    assert noted(folder) == ["check", *of_each, "validate", *of_each]


def test_a_cause_stands_before_what_it_caused(folder):
    def chained():
        try:
            fail("张三")
        except ValueError as error:
            raise RuntimeError("李四") from error

    written("check", chained)
    assert noted(folder) == [
        "check",
        f"  {HERE}:# chained",
        f"  {HERE}:# fail",
        "ValueError",
        f"  {HERE}:# written",
        f"  {HERE}:# chained",
        "RuntimeError",
        "",
    ]


def refused():
    error = OSError(13, "no", "/家/张三.xlsx")
    error.hresult = -2147418111
    raise error


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        (refused, "PermissionError, errno 13, hresult 0x80010001"),
        (
            lambda: __import__("no_such"),
            "ModuleNotFoundError, No module named 'no_such'",
        ),
        (lambda: Path("张三").read_bytes(), "FileNotFoundError, errno 2"),
        (lambda: {}["张三"], "KeyError"),
    ],
)  # fmt: skip
def test_numbers_of_the_systems_and_missing_modules_are_named(folder, action, kind):
    written("check", action)
    assert noted(folder)[-2] == kind
    assert "张三" not in (folder / "gouji.log").read_text(encoding="utf-8")


def test_of_endless_recursion_the_last_places_are_enough(folder):
    def again():
        again()

    written("check", again)
    assert len(noted(folder)) == log.MOST_FRAMES + 3


def test_the_log_is_its_users_alone(folder):
    folder.mkdir(parents=True)
    (folder / "gouji.log").touch(0o644)
    written("check")
    assert stat.S_IMODE((folder / "gouji.log").stat().st_mode) == 0o600
    (folder / "gouji.log").unlink()
    folder.rmdir()
    written("check")
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (folder, folder / "gouji.log")]
    assert modes == [0o700, 0o600]


def test_the_log_has_bounds(folder, monkeypatch):
    monkeypatch.setattr(state, "MOST_BYTES", 1000)
    for _ in range(50):
        written("check")
    kept = {path.name: path.stat().st_size for path in folder.iterdir()}
    assert set(kept) == {"gouji.log", "gouji.old.log"}
    assert max(kept.values()) < 1500


@pytest.mark.parametrize("what", ["folder", "link", "pipe", "file in the way", "no rights"])
def test_a_log_that_cannot_be_opened_is_a_sentence_with_the_place(folder, tmp_path, what):
    folder.parent.mkdir()
    if what == "file in the way":
        folder.touch()
    elif what == "no rights":
        command = [sys.executable, "-c", NO_RIGHTS, str(Path(__file__).parents[3])]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
        assert "详情也没能记下(<string>:" in run.stdout
        return
    else:
        folder.mkdir()
        place = folder / "gouji.log"
        make = {
            "folder": place.mkdir,
            "link": lambda: place.symlink_to(tmp_path / "elsewhere"),
            "pipe": lambda: os.mkfifo(place),
        }
        make[what]()
    assert written("check") is None
    assert re.fullmatch(
        rf"程序出了意外,没有做完,详情也没能记下\({HERE}:\d+ fail,ValueError\)。"
        "请把这句话发给维护人员。",
        told("check"),
    )
    assert not (tmp_path / "elsewhere").exists()


NO_RIGHTS = """
import os, sys
sys.path.insert(0, sys.argv[1])
from workbook.files.log import failure_told
os.environ["XDG_STATE_HOME"] = "/proc/1"
try:
    int("张三")
except ValueError:
    print(failure_told("check"))
"""


def test_who_has_no_folder_at_all_gets_the_sentence_too(monkeypatch):
    def nobody():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", nobody)
    assert log_file() is None
    assert told("check").startswith("程序出了意外,没有做完,详情也没能记下(")


def test_each_system_has_its_own_place(monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: Path("/家"))
    assert state_folder({"LOCALAPPDATA": "/数据"}, "win32") == Path("/数据/Gouji")
    assert state_folder({}, "win32") == Path("/家/AppData/Local/Gouji")
    assert state_folder({}, "darwin") == Path("/家/Library/Logs/Gouji")
    assert state_folder({"XDG_STATE_HOME": "/状态"}, "linux") == Path("/状态/gouji")
    for given in ({}, {"XDG_STATE_HOME": "relative"}):
        assert state_folder(given, "linux") == Path("/家/.local/state/gouji")


def test_it_is_forgotten_without_a_trace_but_not_what_is_anothers(folder):
    written("check")
    (folder / "click-0123.lock").touch()
    state.forget_state(folder)
    assert not folder.exists()
    with open_log():
        (folder / "别的").touch()
    state.forget_state(folder)
    assert [path.name for path in folder.iterdir()] == ["别的"]
    state.forget_state(folder.parent / "nowhere")
