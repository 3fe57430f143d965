"""Settings of a computer and of its user: where kinds lie, where things are kept."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gouji.command_line.app import app
from workbook.checking.search import kind_folders
from workbook.files.cache import cache_folder
from workbook.files.settings import settings, settings_files

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Takes the text of the user's settings file, and gives its folder."""
    folder = tmp_path / "设 置" / "gouji"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder.parent))
    monkeypatch.delenv("GOUJI_TEMPLATES", raising=False)

    def written(text):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "settings.toml").write_text(text, encoding="utf-8")
        return folder

    return written


def test_nothing_is_set_where_there_is_no_file(write):
    found = settings()
    assert (found.kinds, found.cache, found.faults) == ((), None, ())


def test_kinds_are_looked_for_in_the_folders_that_it_names(write):
    folder = write('kinds = ["种类"]')
    shutil.copytree(ROOT / "tests/kinds/language", folder / "种类" / "language")
    assert kind_folders()["language"] == folder / "种类" / "language"


@pytest.mark.parametrize(
    ("text", "where"), [('cache = "缓存"', "缓存"), ("cache = false", None), ("", "default")]
)
def test_what_is_kept_lies_where_it_says(write, tmp_path, monkeypatch, text, where):
    folder = write(text)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    expected = tmp_path / "gouji" if where == "default" else where and folder / where
    assert cache_folder() == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind = []", "没有「kind」这一项,是不是 kinds?"),
        ("kinds = 3", 'kinds 要写成 ["文件夹", …]'),
        ("cache = 3", 'cache 要写成 "文件夹",或 false(什么也不留)'),
        ("cache = ", "读不了("),
        ('author = "是"', "author 要写成 true 或 false"),
    ],
)
def test_a_slip_is_told_and_nothing_fails(write, text, said):
    folder = write(text)
    (fault,) = settings().faults
    assert fault.startswith(f"{folder}/settings.toml:{said}")
    result = CliRunner().invoke(app, ["settings"])
    assert (result.exit_code, fault in result.output) == (2, True)
    assert "department" in kind_folders()


def test_the_command_says_what_holds_and_where_it_was_said(write):
    folder = write('kinds = ["没有的"]\ncache = false')
    lines = CliRunner().invoke(app, ["settings"]).output.splitlines()
    assert lines[:3] == [
        "设置文件(前面的优先):",
        f"  {folder}/settings.toml",
        "  /etc/gouji/settings.toml(没有)",
    ]
    assert lines[3:] == [
        "报告种类(依次查找):",
        f"  {folder}/没有的:没有这个文件夹",
        f"  {ROOT}/templates:department、department_total、grant_report、project、project_sichuan",
        "缓存:不留",
        "制表按钮:没有(改了以后要重新安装加载项或扩展)",
        "函数:没有准许的(种类可以用的,只由整台电脑的设置准许)",
    ]


def test_who_draws_forms_says_so(write):
    assert not settings().author
    write("author = true")
    assert settings().author
    assert "制表按钮:有" in CliRunner().invoke(app, ["settings"]).output


@pytest.mark.parametrize(
    ("system", "environment", "files"),
    [
        ("linux", {"XDG_CONFIG_HOME": "/a"}, ["/a/gouji", "/etc/gouji"]),
        ("win32", {"APPDATA": "/a", "PROGRAMDATA": "/p"}, ["/a/Gouji", "/p/Gouji"]),
    ],
)
def test_each_system_has_a_file_for_the_user_and_one_for_the_computer(system, environment, files):
    assert settings_files(environment, system) == tuple(
        Path(one) / "settings.toml" for one in files
    )
