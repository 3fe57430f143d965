"""Many at once onto one name, and some of them killed: nothing is lost, nothing is half."""

import subprocess
import sys
import time
from pathlib import Path
from random import Random

ONE = """
import sys
from pathlib import Path
from workbook.files.save import OutputError, save_new, save_over
call = {"new": save_new, "over": save_over}[sys.argv[1]]
print("ready", flush=True)
sys.stdin.readline()
try:
    call(Path(sys.argv[2]), sys.argv[3].encode() * 50_000)
    print("made")
except OutputError:
    print("refused")
"""


def started(call: str, target: Path, data: str) -> "subprocess.Popen[str]":
    words = [sys.executable, "-c", ONE, call, str(target), data]
    one = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert one.stdout is not None
    assert one.stdout.readline() == "ready\n"
    return one


def all_at_once(call: str, target: Path, count: int) -> list[str]:
    ones = [started(call, target, f"{number};") for number in range(count)]
    for one in ones:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    return [one.communicate()[0].strip() for one in ones]


def contents(folder: Path) -> list[str]:
    """What the files hold, each of them whole."""
    found = []
    for path in folder.iterdir():
        data = path.read_text()
        head = data[: data.index(";") + 1] if data else ""
        assert data == head * 50_000, path
        found.append(head)
    return sorted(found)


def test_one_of_many_makes_a_new_file_and_all_others_are_refused(tmp_path: Path) -> None:
    for trial in range(5):
        said = all_at_once("new", tmp_path / f"{trial}.xlsx", 6)
        assert sorted(said) == ["made", *["refused"] * 5]
    assert len(list(tmp_path.iterdir())) == 5
    contents(tmp_path)


def test_many_reports_onto_one_name_keep_the_one_before_each(tmp_path: Path) -> None:
    for trial in range(5):
        folder = tmp_path / str(trial)
        folder.mkdir()
        (folder / "报告.docx").write_text("old;" * 50_000)
        assert all_at_once("over", folder / "报告.docx", 6) == ["made"] * 6
        assert contents(folder) == [*(f"{number};" for number in range(6)), "old;"]


def test_who_is_killed_leaves_the_old_file_or_the_new_one_and_the_next_run_clears(
    tmp_path: Path,
) -> None:
    target, random = tmp_path / "报告.docx", Random(1)
    target.write_text("old;" * 50_000)
    kept = {"old;"}
    for number in range(30):
        one = started("over", target, f"{number};")
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
        time.sleep(random.random() * 0.006)
        one.kill()
        one.communicate()
        now = target.read_text()
        head = now[: now.index(";") + 1]
        assert now == head * 50_000
        kept.add(head)
    all_at_once("over", target, 1)
    assert set(contents(tmp_path)) == {*kept, "0;"}
