"""The same desk on PostgreSQL: a server of its own in a folder, which goes with the test."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from bureau_site import Clock, Site, send
from sqlalchemy import text

from docgen.report.given_faults import DataError
from gouji.desk.bureau.desk import Desk

LEAST_USER = "nobody"  # the server will not run as root


@pytest.fixture(scope="module")
def database():
    """The URL of an empty database."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed, and in CI nothing may be skipped")
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="gj-pg-", dir="/tmp"))  # a socket's path must be short
    who = {}
    if os.getuid() == 0:
        shutil.chown(folder, LEAST_USER)
        who = {"user": LEAST_USER, "cwd": folder}

    def run(program, *arguments):
        command = [programs[-1] / program, *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=60, **who)

    data = folder / "data"
    run("initdb", "-D", data, "-U", "gouji", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-k {folder} -F -c listen_addresses= -c max_connections=20"
    run("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    yield f"postgresql+psycopg://gouji@/postgres?host={folder}"
    run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder)


def test_a_workbook_is_sent_decided_exported_and_let_go(options, database, filled):
    clock = Clock()
    chosen = options(database=database, keep_days=10)
    desk = Desk(chosen, clock)
    try:
        site = Site(desk, clock)
        unit, bureau = site.unit("001"), site.bureau()
        page = send(unit, filled("一中", "001", rest="2.50"), "错\u202e.xlsx")
        assert "有 1 处错误" in page.text
        page = send(unit, filled("一中", "001"), "对.xlsx")
        assert "全部相符" in page.text and "已被后一本替换" in page.text
        one = page.text.partition('href="/submissions/')[2].partition("/")[0]
        assert bureau.post(f"/submissions/{one}/accept").status_code == 200
        assert "已收" in bureau.get("/").text
        assert bureau.get("/汇总.xlsx").status_code == 200
        assert "收下" in bureau.get("/日志.csv").content.decode()
        with desk.store.step() as base:
            assert base.execute(text("UPDATE audit SET who = 'x'")).rowcount == 0
        clock.now += 11 * 24 * 3600
        desk.clean()
        assert "未报" in unit.get("/").text
    finally:
        desk.close()
    with pytest.raises(DataError, match="另一个文件夹的"):
        Desk(options(database=database), clock)
    Desk(options(folder=chosen.folder, database=database, units=None), clock).close()
