"""A folder of workbooks at once: what comes of each, and of all that can happen on the way."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from decimal import Decimal
from functools import partial
from io import BytesIO

import pytest
from batch_works import work
from docx import Document
from empty_document import empty_document
from income_form import FORM, RULES
from interruptible import interruptible
from loaded import load_workbook
from openpyxl import Workbook
from typer.testing import CliRunner

from docgen.batch.batch import Asked, Progress, run_batch
from docgen.batch.folders import Folders
from docgen.batch.model import Status
from docgen.batch.workers import Lost, run_all
from docgen.report.given_faults import DataError
from gouji.command_line.app import app
from workbook.checking.kinds import find_kind
from workbook.files.save import OutputError
from workbook.reading.spots import referred
from workbook.saving.edited import Edited
from workbook.years.beginning import new_workbook

LIST = [
    ("单位名称", "单位代码", "上级", "种类"),
    ("一中", "001", "教育局", "收支"),
    ("二中", "002", "教育局", None),
    ("中心小学", "101", "河口县", None),
    ("中心小学", "102", "金平县", None),
    ("三中", None, None, None),
]


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kinds")
    kind = folder / "收支"
    kind.mkdir()
    (kind / "form.toml").write_text(FORM, encoding="utf-8")
    (kind / "rules.toml").write_text(RULES, encoding="utf-8")
    document = empty_document()
    document.add_paragraph("{{ 单位名称 }}{{ 年度 }}年收入 {{ 收入 }} 万元。")
    document.save(kind / "report.docx")
    return folder


@pytest.fixture(scope="module")
def blank(kinds):
    return new_workbook(find_kind("收支", kinds))


@pytest.fixture
def put(blank, tmp_path):
    """Puts a filled workbook into the folder of what was handed in."""

    def _put(path, name, code=None, income="3.00", spent="1.00", rest="2.00", year=2022):
        file = Edited(blank)
        typed = {"单位名称": name, "单位代码": code, "年度": year}
        typed |= {"收入": Decimal(income), "支出": Decimal(spent), "结余": Decimal(rest)}
        file.put({referred(file.book.names[key]): value for key, value in typed.items()})
        place = tmp_path / "收" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data())

    return _put


@pytest.fixture
def batch(kinds, tmp_path):
    """Runs a batch over what was handed in; gives how many workbooks it did, and its rows."""

    def _batch(listed=None, out="出", timeout=60.0):
        units = None
        if listed:
            units, book = tmp_path / "收" / "名单.xlsx", Workbook()
            book.active.append(("应交的单位",))
            for row in listed:
                book.active.append(row)
            book.save(units)
        places = Folders(tmp_path / "收", tmp_path / out)
        asked = Asked(places, partial(run_all, jobs=1), units, kinds, timeout)
        outcome = run_batch(asked, Progress(), lambda _result: None)
        return outcome, rows(tmp_path / out)

    return _batch


def ask(out, question):
    with closing(sqlite3.connect(out / "台账.sqlite")) as base:
        return base.execute(question).fetchall()


def rows(out):
    """Of each workbook, or unit without one, by its path: unit, code and status."""
    found = ask(out, "SELECT coalesce(path, '没有' || rowid), unit, code, status FROM workbooks")
    return {path.partition("没有")[0] or f"{unit}{code}": (unit, code, status)
            for path, unit, code, status in found}  # fmt: skip


def files(out):
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.suffix != ".sqlite"
    }


def test_each_workbook_finds_its_unit_and_each_unit_its_status(put, batch, tmp_path):
    put("教育局/一中 (定稿).xlsx", "一中", "001")
    put("教育局/二中.xlsx", "二中", rest="2.10")
    put("教育局/二中 改.xlsx", "二 中", spent="4.00", rest="-1.00")
    put("102 小学.XLSX", "中心小学")
    put("哪个小学.xlsx", "中心小学")
    put("四中.xlsx", "四中", spent="4.00", rest="-1.00")
    handed_in = tmp_path / "收"
    whole = (handed_in / "四中.xlsx").read_bytes()
    (handed_in / "半本.xlsx").write_bytes(whole[: len(whole) // 2])
    (handed_in / "字节\udcb5和\x01.xlsx").write_bytes(whole[:99])
    (handed_in / "旧.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with zipfile.ZipFile(handed_in / "炸弹.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("xl/workbook.xml", b"\0" * (20 << 20))
    for name in ("~$四中.xlsx", ".~lock.四中.xlsx#", "说明.docx", "说明.txt"):
        (handed_in / name).write_bytes(b"x")
    outcome, found = batch(LIST)
    assert found == {
        "教育局/一中 (定稿).xlsx": ("一中", "001", "通过"),
        "教育局/二中.xlsx": ("二中", "002", "重复"),
        "教育局/二中 改.xlsx": ("二中", "002", "重复"),
        "102 小学.XLSX": ("中心小学", "102", "通过"),
        "哪个小学.xlsx": ("中心小学", "", "通过"),
        "四中.xlsx": ("四中", "", "有警告"),
        "半本.xlsx": ("", "", "读不了"),
        "旧.xls": ("", "", "读不了"),
        "字节\\xb5和\\x01.xlsx": ("", "", "读不了"),
        "炸弹.xlsx": ("", "", "读不了"),
        "中心小学101": ("中心小学", "101", "未交"),
        "三中": ("三中", "", "未交"),
    }
    assert (outcome.is_fit, outcome.undecided, outcome.counts[Status.MISSING]) == (False, 6, 2)
    out = tmp_path / "出"
    assert set(files(out)) >= {
        *("报告/教育局/一中 (定稿).docx", "报告/102 小学.XLSX.docx", "报告/四中.docx"),
        *("退回/教育局/二中.xlsx", "退回/教育局/二中 改.xlsx", "退回/四中.xlsx", "汇总.xlsx"),
    }
    assert not list(handed_in.rglob(".gouji*"))
    figures = "SELECT field, row, value, text FROM figures WHERE path LIKE '%定稿%' ORDER BY field"
    assert ask(out, figures) == [
        *[("单位代码", 0, None, "001"), ("单位名称", 0, None, "一中"), ("年度", 0, 2022, "2022")],
        *[("支出", 0, 1, "1.00"), ("收入", 0, 3, "3.00"), ("结余", 0, 2, "2.00")],
    ]
    assert summed_up(out) == {
        "汇总": 12, "未交": 2, "重复": 2, "未定": 6, "数据 收支": 6,
    }  # fmt: skip


def summed_up(out):
    """How many lines each sheet of the summary has."""
    book = load_workbook(out / "汇总.xlsx")
    return {sheet.title: sheet.max_row - 3 for sheet in book}


def test_only_what_has_changed_is_done_again(put, batch, kinds, tmp_path):
    put("甲.xlsx", "甲", rest="2.50")
    put("乙.xlsx", "乙")
    put("丙.xlsx", "丙")
    out = tmp_path / "出"
    assert batch()[0].progress.done == 3
    assert ask(out, "SELECT report, annotated, errors FROM workbooks WHERE path = '甲.xlsx'") == [
        ("", "退回/甲.xlsx", 1)
    ]
    assert (batch()[0].progress.done, batch()[0].progress.kept) == (0, 3)
    put("甲.xlsx", "甲")
    (tmp_path / "收" / "丙.xlsx").unlink()
    (out / "报告" / "乙.docx").write_bytes("别人改过的".encode())
    outcome, found = batch()
    assert (outcome.progress.done, outcome.progress.kept, outcome.is_fit) == (1, 1, True)
    assert found == {"甲.xlsx": ("甲", "", "通过"), "乙.xlsx": ("乙", "", "通过")}
    places = {name for name in files(out) if "/.gouji/" not in name}
    assert places == {"报告/甲.docx", "报告/乙.docx", "汇总.xlsx"}
    template = kinds / "收支" / "report.docx"
    whole = template.read_bytes()
    try:
        document = Document(template)
        document.add_paragraph("另一句。")
        document.save(template)
        assert batch()[0].progress.done == 2
    finally:
        template.write_bytes(whole)
    (kept,) = out.glob("报告/乙.备份*.docx")
    assert kept.read_bytes().decode() == "别人改过的"
    assert ask(out, "SELECT path, attempts FROM workbooks ORDER BY path") == [
        ("乙.xlsx", 2), ("甲.xlsx", 3),
    ]  # fmt: skip


def test_two_runs_write_the_same_bytes(put, batch, tmp_path, monkeypatch):
    put("甲.xlsx", "甲", rest="2.50")
    put("乙.xlsx", "乙")
    batch(out="一")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    batch(out="二")
    written = files(tmp_path / "一")
    assert written == files(tmp_path / "二")
    made = (data for name, data in written.items() if not name.endswith(".xml"))
    packages = [zipfile.ZipFile(BytesIO(data)) for data in made]
    members = [member for package in packages for member in package.infolist()]
    assert (len(packages), {one.date_time[0] for one in members}) == (3, {1980})


def test_what_takes_too_long_is_told_and_tried_again(put, batch):
    put("甲.xlsx", "甲")
    assert batch(timeout=0)[1] == {"甲.xlsx": ("", "", "超时")}
    outcome, found = batch()
    assert (outcome.progress.done, found) == (1, {"甲.xlsx": ("甲", "", "通过")})


def test_a_lost_process_is_replaced_and_its_work_tried_once_more(tmp_path):
    works = ["好", f"死一次 {tmp_path / '死过'}", "睡", "死", "也好"]
    results = {one.work[:2]: (one.done, one.tries) for one in run_all(works, work, 1.5, 2)}
    assert results == {
        "好": ("做好好", 1), "死一": ("做好死一次", 2), "睡": (Lost.LATE, 1), "死": (Lost.GONE, 2),
        "也好": ("做好也好", 1),
    }  # fmt: skip


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_was_ended_is_taken_up_where_it_was(put, batch, kinds, tmp_path, number):
    for count in range(20):
        put(f"{count}.xlsx", f"单位{count}")
    out = tmp_path / "出"
    words = ("-m", "gouji", "batch", tmp_path / "收", out, "--templates", kinds, "--jobs", "1")
    running = interruptible((sys.executable, *words), stderr=subprocess.PIPE)
    while len(list(out.glob("报告/*.docx"))) < 3:
        assert running.poll() is None
        time.sleep(0.01)
    os.kill(running.pid, number)
    told = running.communicate()[1].decode()
    outcome, found = batch()
    assert 0 < outcome.progress.done < 20
    assert outcome.progress.done + outcome.progress.kept == len(found) == 20
    assert {status for _, _, status in found.values()} == {"通过"}
    assert len(list(out.glob("报告/*.docx"))) == 20
    if number is signal.SIGINT:
        done, left = map(int, re.findall(r"\d+", told))
        assert told == f"已停下:做好 {done} 本,还有 {left} 本。再运行同一条命令就接着做。\n"
        assert done + left == 20


def test_what_cannot_be_used_is_told_before_anything_changes(put, batch, tmp_path):
    put("甲.xlsx", "甲")
    (tmp_path / "占着").write_bytes(b"")
    with pytest.raises(OutputError, match="占着」里不能新建文件"):
        batch(out="占着")
    with pytest.raises(DataError, match="要有一列叫“单位名称”"):
        batch([("单位",), ("甲",)])
    with pytest.raises(DataError, match="「甲」和「乙」的代码都是 1,请核对"):
        batch([("单位名称", "单位代码"), ("甲", 1), ("乙", 1)])
    with pytest.raises(DataError, match="种类「季报」没有"):
        batch([("单位名称", "种类"), ("甲", "季报")])
    batch()
    shutil.move(tmp_path / "收", tmp_path / "别处")
    (tmp_path / "收").mkdir()
    with pytest.raises(DataError, match="里没有工作簿"):
        batch()
    assert (tmp_path / "出" / "报告" / "甲.docx").exists()


def test_what_is_handed_in_may_lie_beside_what_is_made(put, batch):
    put("甲.xlsx", "甲", rest="2.50")
    for done in (1, 0):
        outcome, found = batch(out="收")
        assert (outcome.progress.done, found) == (done, {"甲.xlsx": ("甲", "", "有错误")})


def test_the_commands_end_with_what_a_script_can_ask_for(put, kinds, tmp_path):
    def run(*words):
        result = CliRunner().invoke(app, [*map(str, words), "--templates", str(kinds)])
        return result.exit_code, result.output.splitlines()

    handed_in, out, total = tmp_path / "收", tmp_path / "出", tmp_path / "合计.xlsx"
    put("甲.xlsx", "甲", rest="2.50")
    assert run("batch", handed_in, out, "--jobs", 1) == (
        1, ["有错误 1(这次做了 1 本,没有变的 0 本)", f"汇总:{out / '汇总.xlsx'}"],
    )  # fmt: skip
    assert run("consolidate", out, total) == (1, [f"合计:{total}(计入 0 本,没有计入 1 行)"])
    put("甲.xlsx", "甲")
    assert run("batch", handed_in, out, "--jobs", 1)[0] == 0
    assert run("consolidate", out, total)[0] == 0
    assert run("batch", tmp_path / "没有", out) == (2, [f"没有这个文件夹:{tmp_path / '没有'}"])


def test_two_batches_do_not_write_into_one_folder(put, batch, tmp_path):
    put("甲.xlsx", "甲")
    batch()
    with closing(sqlite3.connect(tmp_path / "出" / "台账.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OutputError, match="另一次批量正在做"):
            batch()


@pytest.fixture(scope="module")
def maker():
    from tools.units.making import Maker

    return Maker()


def test_each_seeded_slip_breaks_what_its_name_says_and_nothing_else(maker, tmp_path):
    from random import Random

    from tools.units.slips import SLIPS
    from workbook.checking.intake import take_in

    book = tmp_path / "填报.xlsx"
    for slip in (None, *SLIPS):
        book.write_bytes(maker.workbook("河口县第一小学", Random(3), slip))
        findings = take_in(book).checked.findings
        told = {one.rule or one.code for one in findings if one.severity == "error"}
        assert told == ({slip.breaks} if slip else set()), slip
        assert slip or not findings
