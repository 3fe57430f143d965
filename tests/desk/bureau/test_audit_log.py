"""The log of the bureau's desk: whom its lines name, and that a line which was changed is found."""

import csv
import shutil
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from bureau_site import Clock, Site, send
from typer.testing import CliRunner

from gouji.command_line.app import app
from gouji.desk.bureau.desk import HERE, Desk
from gouji.desk.bureau.exports import links_table
from gouji.desk.bureau.keeping.audit import proven


@pytest.fixture(scope="module")
def made(options, filled):
    """A desk that is closed, and its log as the bureau took it away."""
    chosen = options()
    clock = Clock()
    desk = Desk(chosen, clock)
    try:
        site = Site(desk, clock)
        send(site.unit("001"), filled("一中", "001"), "一中.xlsx")
        links_table(desk.store, HERE, clock.now)
        exported = site.bureau().get("/日志.csv").content
    finally:
        desk.close()
    return chosen.folder, exported


@pytest.fixture
def logged(made, tmp_path):
    """The same, for one test to spoil."""
    folder, exported = made
    return Path(shutil.copytree(folder, tmp_path / "台")), exported


def rows_of(exported):
    return list(csv.DictReader(StringIO(exported.decode("utf-8-sig"))))


def verified(folder, exported, tmp_path):
    path = tmp_path / "日志.csv"
    path.write_bytes(exported)
    words = ["desk", "--serve", str(folder), "--verify-log", str(path)]
    said = CliRunner().invoke(app, words)
    return said.exit_code, said.output.strip()


def test_accounts_are_called_by_their_names_whoever_did_it_and_whoever_it_is_about(logged):
    rows = rows_of(logged[1])
    assert [(row["谁"], row["做了什么"], row["关于"]) for row in rows[:6]] == [
        ("", "启动", "名单 53 行"),
        ("", "建链接", "一中"),
        ("一中", "登录", "一中"),
        ("一中", "上传", "一中.xlsx"),
        ("一中", "收到", "一中.xlsx"),
        ("", "建链接", "二中"),
    ]
    assert [row["关于"] for row in rows if row["做了什么"] == "登录"] == ["一中", "主管部门"]


def test_a_log_that_nobody_touched_is_whole(logged, tmp_path):
    folder, exported = logged
    rows = rows_of(exported)
    assert {row["核对"] for row in rows} == {""}
    code, said = verified(folder, exported, tmp_path)
    assert code == 0
    assert said == (
        f"操作日志完整:{len(rows)} 行都接得上,「日志.csv」里的都还在,"
        f"最后一行的校验码 {rows[-1]['校验码']}。"
    )


TAMPERED = {
    "a line taken out": ("DELETE FROM audit WHERE number = 4", 1, 1),
    "a line taken out with its link": (
        "DELETE FROM audit WHERE number = 4; DELETE FROM chain WHERE number = 4", 1, 1,
    ),
    "the last lines taken out": (
        "DELETE FROM audit WHERE number > 50; DELETE FROM chain WHERE number > 50", 0, 10,
    ),
    "a line rewritten": (
        "DROP TRIGGER audit_is_final; UPDATE audit SET about = 'x' WHERE number = 4", 1, 0,
    ),
    "a line put in": (
        "INSERT INTO audit (at, who, address, act, about, sha256)"
        " VALUES (1, 'bureau', '', '退出', '', '')", 1, 0,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("done", "broken", "lost"), TAMPERED.values(), ids=TAMPERED.keys())
def test_whoever_changes_the_database_is_found_out(
    logged, tmp_path, monkeypatch, done, broken, lost
):
    folder, exported = logged
    monkeypatch.setattr("gouji.command_line.bureau_desk.time.time", lambda: Clock().now)
    with closing(sqlite3.connect(folder / "desk.sqlite")) as base:
        base.executescript(done)
    code, said = verified(folder, exported, tmp_path)
    assert (code, said) == (
        1,
        f"操作日志被改过或删过:{broken} 行和前面的对不上,"
        f"「日志.csv」里有 {lost} 行现在没有了。请查谁动过数据库。",
    )


def test_the_server_goes_on_after_the_last_line_was_taken_out_and_tells_it(options, logged):
    folder, _ = logged
    with closing(sqlite3.connect(folder / "desk.sqlite")) as base:
        base.execute("DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)")
        base.commit()
    clock = Clock()
    desk = Desk(options(folder=folder), clock)
    try:
        rows = rows_of(Site(desk, clock).bureau().get("/日志.csv").content)
        assert any(row["核对"].startswith("对不上") for row in rows)
    finally:
        desk.close()


def test_what_is_let_go_does_not_break_the_chain(options, logged):
    folder, _ = logged
    clock = Clock()
    clock.now += 399 * 24 * 3600
    desk = Desk(options(folder=folder), clock)
    try:
        clock.now += 2 * 24 * 3600
        desk.clean()
        site = Site(desk, clock)
        rows = rows_of(site.bureau().get("/日志.csv").content)
        assert {row["做了什么"] for row in rows} == {"启动", "到期删除", "建链接", "登录", "导出"}
        with desk.store.read() as base:
            proof = proven(base, [], clock.now)
        assert (proof.lines, proof.broken) == (len(rows), 0)
    finally:
        desk.close()


def test_a_file_that_is_no_log_is_told(logged, tmp_path):
    code, said = verified(logged[0], b"x", tmp_path)
    assert (code, "不是从报送页面导出的操作日志" in said) == (2, True)
