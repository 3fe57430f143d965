"""Files are put in their place in one step, and nothing that exists is lost."""

import stat
import sys
from datetime import datetime
from pathlib import Path

import pytest

from workbook.files.save import OutputError, save_new, save_over

NOON = datetime(2023, 3, 15, 12, 0, 1)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_written_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "深" / "处" / "报告.docx"
    save_new(target, lambda path: path.write_bytes(b"new"))
    assert (target.read_bytes(), names(target.parent)) == (b"new", ["报告.docx"])


def test_a_new_file_has_the_mode_that_any_new_file_has(tmp_path: Path) -> None:
    plain, saved = tmp_path / "plain", tmp_path / "saved"
    plain.touch()
    save_new(saved, lambda path: path.write_bytes(b"new"))
    assert stat.S_IMODE(saved.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_a_new_file_is_refused_where_one_is(tmp_path: Path) -> None:
    target = tmp_path / "填报.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(OutputError) as error:
        save_new(target, lambda path: path.write_bytes(b"new"))
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


def test_the_target_survives_a_write_that_fails(tmp_path: Path) -> None:
    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    target = tmp_path / "新.xlsx"
    with pytest.raises(OutputError) as error:
        save_new(target, fail)
    assert str(error.value) == f"「{target}」写不进去:磁盘已满。"
    assert names(tmp_path) == []


def test_what_the_program_got_wrong_is_not_swallowed_and_leaves_nothing(tmp_path: Path) -> None:
    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise ValueError("a fault of ours")

    with pytest.raises(ValueError, match="a fault of ours"):
        save_new(tmp_path / "新.xlsx", fail)
    assert names(tmp_path) == []


def test_a_target_that_is_held_open_says_so_and_stays(tmp_path: Path) -> None:
    def fail(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    target = tmp_path / "新.xlsx"
    with pytest.raises(OutputError) as error:
        save_new(target, fail)
    assert str(error.value) == (
        f"「{target}」写不进去,可能正被 Word、Excel 或 WPS 打开。请关闭它再试。"
    )


def test_a_folder_that_is_a_file_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    with pytest.raises(OutputError) as error:
        save_over(tmp_path / "文件" / "报告.docx", b"new")
    assert str(error.value) == f"「{tmp_path / '文件'}」里不能新建文件:路径里有一段不是文件夹。"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_a_folder_that_takes_no_files_is_told_plainly() -> None:
    with pytest.raises(OutputError, match=r"^「/proc」里不能新建文件:"):
        save_new(Path("/proc/报告.docx"), lambda path: path.write_bytes(b"new"))


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
