"""Files are put in their place in one step, and nothing that exists is lost."""

import os
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from workbook.files import save
from workbook.files.beside import written_beside
from workbook.files.names import file_name
from workbook.files.save import OutputError, put_whole, save_new, save_over

NOON = datetime(2023, 3, 15, 12, 0, 1)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_written_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "深" / "处" / "报告.docx"
    save_new(target, b"new")
    assert (target.read_bytes(), names(target.parent)) == (b"new", ["报告.docx"])


def test_a_new_file_has_the_mode_that_any_new_file_has(tmp_path: Path) -> None:
    plain, saved = tmp_path / "plain", tmp_path / "saved"
    plain.touch()
    save_new(saved, b"new")
    assert stat.S_IMODE(saved.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_a_new_file_is_refused_where_one_is(tmp_path: Path) -> None:
    target = tmp_path / "填报.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(OutputError) as error:
        save_new(target, b"new")
    assert str(error.value) == f"「{target}」已经存在,没有覆盖。请换一个文件名,或先把它移走。"
    assert (target.read_bytes(), names(tmp_path)) == (b"old", ["填报.xlsx"])


def test_an_old_file_is_kept_under_a_dated_name(tmp_path: Path) -> None:
    target = tmp_path / "报告.docx"
    target.write_bytes(b"old")
    backup = save_over(target, b"new", NOON)
    assert backup == tmp_path / "报告.备份20230315-120001.docx"
    assert (target.read_bytes(), backup.read_bytes()) == (b"new", b"old")


def test_a_second_backup_of_the_same_second_overwrites_none(tmp_path: Path) -> None:
    target = tmp_path / "报告.docx"
    for number in range(3):
        save_over(target, b"%d" % number, NOON)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "报告.备份20230315-120001.docx": b"0",
        "报告.备份20230315-1200011.docx": b"1",
        "报告.docx": b"2",
    }


def test_the_same_bytes_need_no_backup(tmp_path: Path) -> None:
    target = tmp_path / "报告.docx"
    assert save_over(target, b"same") is None
    assert save_over(target, b"same") is None
    assert names(tmp_path) == ["报告.docx"]


def limited(target: Path, call: str, most: int = 1000) -> str:
    """What a process that may write no longer file says of writing one."""
    code = f"""
import resource, sys
from pathlib import Path
from workbook.files import save
from workbook.files.beside import written_beside
from workbook.files.names import file_name
from workbook.files.save import OutputError, put_whole, save_new, save_over
resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))
try:
    {call}(Path(sys.argv[1]), bytes({most} + 1))
except OutputError as error:
    print(error)
"""
    ran = subprocess.run(
        [sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=True
    )
    return ran.stdout + ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are not Windows'")
@pytest.mark.parametrize("call", ["save_new", "save_over"])
def test_a_disk_that_has_no_room_leaves_what_was_there_and_no_trace(
    call: str, tmp_path: Path
) -> None:
    target, old = tmp_path / "报告.docx", {}
    if call == "save_over":
        target.write_bytes(b"old")
        old = {"报告.docx": b"old"}
    assert limited(target, call) == f"「{target}」写不进去:文件太大,磁盘放不下。\n"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == old


def test_a_folder_that_is_a_file_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    with pytest.raises(OutputError) as error:
        save_over(tmp_path / "文件" / "报告.docx", b"new")
    assert str(error.value) == f"「{tmp_path / '文件'}」里不能新建文件:路径里有一段不是文件夹。"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_a_folder_that_takes_no_files_is_told_plainly() -> None:
    with pytest.raises(OutputError, match=r"^「/proc」里不能新建文件:"):
        save_new(Path("/proc/报告.docx"), b"new")


def test_a_folder_in_the_place_of_the_target_stays_what_it_is(tmp_path: Path) -> None:
    target = tmp_path / "报告.docx"
    target.mkdir()
    (target / "里面").touch()
    with pytest.raises(OutputError) as error:
        save_over(target, b"new")
    assert str(error.value) == f"「{target}」是一个文件夹。请换一个文件名。"
    assert names(target) == ["里面"]


def test_a_name_that_is_too_long_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"写不进去:文件名太长。$"):
        save_over(tmp_path / f"{'长' * 100}.docx", b"new")


def test_a_backup_of_a_long_name_has_room_for_its_date(tmp_path: Path) -> None:
    target = tmp_path / f"{'长' * 82}.docx"
    target.write_bytes(b"old")
    backup = save_over(target, b"new", NOON)
    assert backup == tmp_path / f"{'长' * 71}.备份20230315-120001.docx"
    assert (target.read_bytes(), backup.read_bytes()) == (b"new", b"old")


def test_a_link_stays_one_and_the_file_behind_it_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "远").mkdir()
    target, link = tmp_path / "远" / "报告.docx", tmp_path / "报告.docx"
    target.write_bytes(b"old")
    link.symlink_to(target)
    backup = save_over(link, b"new", NOON)
    assert (link.readlink(), target.read_bytes()) == (target, b"new")
    assert backup == tmp_path / "远" / "报告.备份20230315-120001.docx"
    put_whole(link, [b"new", b"er"])
    assert (link.readlink(), target.read_bytes()) == (target, b"newer")
    assert names(tmp_path / "远") == ["报告.docx", "报告.备份20230315-120001.docx"]


def test_a_link_to_nothing_is_a_name_that_is_taken(tmp_path: Path) -> None:
    link = tmp_path / "填报.xlsx"
    link.symlink_to(tmp_path / "没有")
    with pytest.raises(OutputError, match="已经存在"):
        save_new(link, b"new")
    assert save_over(link, b"new") is None
    assert (link.is_symlink(), (tmp_path / "没有").read_bytes()) == (True, b"new")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("kind", ["device", "pipe", "loop"])
def test_what_is_no_plain_file_is_left_alone(kind: str, tmp_path: Path) -> None:
    target = tmp_path / "报告.docx"
    if kind == "device":
        target.symlink_to("/dev/full")
    elif kind == "pipe":
        os.mkfifo(target)
    else:
        target.symlink_to(target)
    with pytest.raises(OutputError) as error:
        save_over(target, b"new")
    assert str(error.value) == f"「{target}」不是普通文件。请换一个文件名。"
    assert names(tmp_path) == ["报告.docx"]


@pytest.mark.parametrize("name", ["a\0b.docx", "半\udcff个.docx"])
def test_a_name_that_is_no_text_is_told_plainly_or_taken(name: str, tmp_path: Path) -> None:
    target = tmp_path / name
    if "\0" in name:
        with pytest.raises(OutputError, match="不能用的字符"):
            save_over(target, b"new")
    else:
        save_over(target, b"new")
        save_over(target, b"newer", NOON)
        assert names(tmp_path) == ["半\udcff个.docx", "半\udcff个.备份20230315-120001.docx"]


def test_without_links_a_backup_is_a_copy_and_a_taken_name_stays_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on FAT and on some network drives, of which no test has one."""
    monkeypatch.setattr(save, "_is_linked", lambda made, path: False)
    target = tmp_path / "报告.docx"
    save_new(target, b"0")
    with pytest.raises(OutputError, match="已经存在"):
        save_new(target, b"new")
    for number in range(1, 3):
        save_over(target, b"%d" % number, NOON)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "报告.备份20230315-120001.docx": b"0",
        "报告.备份20230315-1200011.docx": b"1",
        "报告.docx": b"2",
    }


def test_what_a_killed_run_left_goes_and_what_a_living_one_holds_stays(tmp_path: Path) -> None:
    stray = tmp_path / ".gouji-killed.xlsx"
    stray.write_bytes(b"half")
    old = datetime(2023, 1, 1).timestamp()
    os.utime(stray, (old, old))
    with written_beside(tmp_path / "慢.docx", [b"slow"]) as held:
        save_new(tmp_path / "快.docx", b"fast")
        assert names(tmp_path) == sorted([held.name, "快.docx"])
    assert names(tmp_path) == ["快.docx"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("统战部/民宗局", "统战部_民宗局.docx"),
        (".隐藏", "隐藏.docx"),
        (" . .前后. . ", "前后.docx"),
        ("甲\u202exslx\u200b\ufeff\u2066乙\u0000", "甲xslx乙.docx"),
        ("CON", "_CON.docx"),
        ("nul.x", "_nul.x.docx"),
        ("com¹", "_com¹.docx"),
        ("CONTROL", "CONTROL.docx"),
        ("长" * 100, f"{'长' * 65}.docx"),
        ("𠀀" * 100, f"{'𠀀' * 48}.docx"),
        (" .\u200f. ", ""),
    ],
)
def test_a_name_made_of_the_clerks_words_is_one_for_every_system(words: str, name: str) -> None:
    assert file_name(words, ".docx") == name
