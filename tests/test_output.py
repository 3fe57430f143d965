"""What is said into outputs that are full, closed or not read, and of files with odd names."""

import json
import os
import subprocess
import sys

import pytest
from test_cli import sample
from test_cli import started as gouji

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shells and devices of Unix")
FULL = "结果没有写完:磁盘已满。请换一个地方输出再试。\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("填报 2022 年")
    sample(made)
    return made


def in_shell(folder, words):
    """Run `gouji` in a shell: what it complained of, and its exit status."""
    line = f'set -o pipefail; "{sys.executable}" -m gouji {words}'
    run = subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, check=False)
    return run.stderr.decode(), run.returncode


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("check 填报.xlsx | head -0", ("", 0)),
        ("check 填报.xlsx >&-", ("", 0)),
        ("check 填报.xlsx >&- 2>&-", ("", 0)),
        ("check 没有.xlsx 2>&-", ("", 2)),
        ("check 填报.xlsx >/dev/full", (FULL, 2)),
        ("check --json 填报.xlsx >/dev/full", (FULL, 2)),
        ("check 填报.xlsx >/dev/full 2>/dev/full", ("", 2)),
        ("--version >/dev/full", (FULL, 2)),
        ("kinds | head -0", ("", 0)),
    ],
)
def test_an_output_that_takes_nothing_is_a_sentence_or_nothing(words, said, folder):
    assert in_shell(folder, words) == said


def test_who_stops_reading_gets_his_annotated_copy_all_the_same(folder):
    assert in_shell(folder, "check 填报.xlsx --annotate 副本.xlsx | head -0") == ("", 0)
    assert (folder / "副本.xlsx").stat().st_size > 100_000


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take only text")
def test_a_file_name_that_is_no_text_is_a_name_like_any_other(tmp_path):
    odd, copy, new = os.fsdecode(b"\xff.xlsx"), os.fsdecode(b"\xfe.xlsx"), os.fsdecode(b"\xfd.docx")
    assert gouji(tmp_path, "new", "department", odd, "--sample") == ("已新建:?.xlsx\n", "", 0)
    out, err, status = gouji(tmp_path, "check", "--json", odd, "--annotate", copy)
    assert (json.loads(out)["file"], err, status) == ("\ufffd.xlsx", "批注副本:?.xlsx\n", 0)
    assert gouji(tmp_path, "report", odd, new)[0].startswith("报告:?.docx\n")
    out, err, status = gouji(tmp_path, "import", new, "导入.xlsx", "--kind", "department")
    assert (out.splitlines()[0], err, status) == ("已新建:导入.xlsx", "", 0)
    assert {os.fsencode(name.name) for name in tmp_path.iterdir()} == {
        *(b"\xff.xlsx", b"\xfe.xlsx", b"\xfd.docx", b".gouji"),
        "导入.xlsx".encode(),
    }


def test_a_workbook_called_a_document_is_told(folder):
    (folder / "模板.docx").write_bytes((folder / "填报.xlsx").read_bytes())
    out, err, status = gouji(folder, "lint", "模板.docx")
    assert (out.splitlines()[0], err, status) == (
        "模板.docx:不是 Word 文档(.docx)。请在 Word 或 WPS 里另存为 .docx 再用。",
        "",
        1,
    )
    out, err, status = gouji(folder, "lint", "模板.docx", "--annotate", "模板批注.docx")
    assert (err, status) == (
        "模板.docx:不是 Word 文档(.docx)。请在 Word 或 WPS 里另存为 .docx 再用。\n",
        2,
    )
    assert not (folder / "模板批注.docx").exists()
