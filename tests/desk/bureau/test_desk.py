"""The desk itself: what it keeps and lets go, what the bureau takes away, and what goes wrong."""

import os
import re
import signal
import sqlite3
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date
from io import BytesIO
from multiprocessing import active_children

import pytest
from bureau_site import Clock, Site, send
from loaded import load_workbook
from openpyxl import Workbook
from sqlalchemy import URL, text
from sqlalchemy.exc import IntegrityError

from docgen.report.given_faults import DataError
from gouji.desk.bureau.desk import Desk
from gouji.desk.bureau.keeping.store import SUBMISSIONS

DAY = 24 * 3600


@contextmanager
def opened(options, clock=None):
    clock = clock or Clock()
    desk = Desk(options, clock)
    try:
        yield Site(desk, clock)
    finally:
        desk.close()


def stored(site):
    """Below the folder, all that is kept of workbooks."""
    files = site.desk.places.root / "files"
    return sorted(path.relative_to(files).as_posix() for path in files.rglob("*.*"))


def sent(page):
    return re.findall(r'<a href="/submissions/(\w+)">', page.text)


def test_fifty_uploads_at_once_are_all_taken(options, filled):
    with opened(options(jobs=2)) as site:
        keys = [f"{number:03}" for number in range(100, 150)]
        browsers = {key: site.unit(key) for key in keys}
        books = {key: filled(f"第{int(key)}小学", key) for key in keys}
        with ThreadPoolExecutor(50) as pool:
            pages = list(pool.map(lambda key: send(browsers[key], books[key]), keys))
        assert [page.status_code for page in pages] == [200] * 50
        assert all("全部相符" in page.text for page in pages)
        rows = re.findall(r"<th scope=\"row\">.*?</tr>", site.bureau().get("/").text, re.S)
        assert [("待收" in row, "未报" in row) for row in rows] == [(False, True)] * 3 + [
            (True, False)
        ] * 50


def test_a_restart_keeps_everything_and_heeds_a_new_list(options, filled, tmp_path):
    chosen = options()
    with opened(chosen) as site:
        unit = site.unit("001")
        (kept,) = set(sent(send(unit, filled("一中", "001"))))
        cookies = dict(unit.cookies)
        with site.desk.store.step() as base:  # as one is that was sent just before the end
            base.execute(SUBMISSIONS.update().values(stage="核对中", status=""))
    without_list = options(folder=chosen.folder, units=None)
    with opened(without_list) as site:
        browser = site.browser(cookies=cookies)
        for _ in range(100):
            page = browser.get("/")
            if "核对中" not in page.text and "正在核对" not in page.text:
                break
            time.sleep(0.05)
        assert "全部相符" in page.text and kept in page.text
        assert browser.get(f"/submissions/{kept}/report").status_code == 200
    book = Workbook()
    book.active.append(("单位名称", "单位代码"))
    book.active.append(("二中", "002"))
    book.save(tmp_path / "名单.xlsx")
    with opened(options(folder=chosen.folder, units=tmp_path / "名单.xlsx")) as site:
        assert site.browser(cookies=cookies).get("/").status_code == 401
        page = site.bureau().get("/").text
        assert "原来待收。名单里没有「一中」(代码 001)" in page


def test_two_servers_are_not_on_one_folder_and_no_folder_has_another_ones_database(options):
    chosen = options()
    with opened(chosen) as site:
        with pytest.raises(DataError, match="已经有一个服务在用"):
            Desk(chosen, Clock())
        path = str(site.desk.places.root / "desk.sqlite")
    database = URL.create("sqlite", database=path)
    with pytest.raises(DataError, match="另一个文件夹的"):
        Desk(options(database=database), Clock())
    with opened(chosen):
        pass  # the one that failed holds nothing


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"units": None}, "第一次启动要用 --units"),
        ({"database": "mysql://x/y"}, "--database 要写成"),
        ({"database": "unsinn"}, "--database 要写成"),
        ({"database": "sqlite:////nicht/da"}, "打不开,可能已损坏"),
        ({"database": "postgresql+psycopg://x:geheim@127.0.0.1:1/y"}, "x:\\*\\*\\*@127"),
    ],
)
def test_what_cannot_be_opened_is_told(options, changed, told):
    with pytest.raises(DataError, match=told) as caught:
        Desk(options(**changed), Clock())
    assert "geheim" not in str(caught.value)


def test_nothing_is_kept_longer_than_asked_not_even_in_the_files_bytes(options, filled):
    clock = Clock()
    with opened(options(keep_days=10), clock) as site:
        unit = site.unit("001")
        send(unit, filled("一中", "001", rest="2.77"), "早先的名字.xlsx")
        clock.now += 6 * DAY
        (later, *_) = sent(send(unit, filled("一中", "001"), "后来的.xlsx"))
        clock.now += 5 * DAY
        stray = site.desk.places.root / "files" / "0123"
        stray.mkdir()
        (stray / "填报.xlsx").write_bytes(b"x")
        site.desk.clean()
        assert {path.partition("/")[0] for path in stored(site)} == {later}
        assert set(sent(unit.get("/"))) == {later}
        clock.now += 6 * DAY
        site.desk.clean()
        assert stored(site) == []
        assert sent(unit.get("/")) == []
        log = site.bureau().get("/日志.csv").content.decode()
        assert log.count("到期删除") == 2  # that it was there is known as long as logs are kept
        clock.now += 400 * DAY
        site.desk.clean()
        root = site.desk.places.root
    data = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    assert "早先的名字".encode() not in data and b"2.77" not in data


def test_a_process_that_is_lost_or_stuck_is_told_and_the_next_workbook_has_its_turn(
    options, filled
):
    with opened(options(timeout=0.001)) as site:
        page = send(site.unit("001"), filled("一中", "001"))
        if "没有收下" not in page.text:  # the first has the time that a process needs to start
            page = send(site.unit("002"), filled("二中", "002"))
        assert "核对了很久还没有做完,已停下" in page.text
        assert stored(site) == [] or "全部相符" in site.bureau().get("/").text
    with opened(options()) as site:
        kill = threading.Thread(target=_kill_children)
        kill.start()
        page = send(site.unit("001"), filled("一中", "001"))
        kill.join()
        page = send(site.unit("002"), filled("二中", "002"))
        assert "全部相符" in page.text


def _kill_children():
    for child in active_children():
        os.kill(child.pid, signal.SIGKILL)


def test_the_log_is_only_added_to(options):
    with (
        opened(options()) as site,
        pytest.raises(IntegrityError, match="append only"),
        site.desk.store.step() as base,
    ):
        base.execute(text("UPDATE audit SET who = 'x'"))


def test_secrets_are_kept_as_hashes_alone(options):
    from gouji.desk.bureau.keeping.model import BUREAU

    with opened(options()) as site:
        link = site.link(BUREAU).rpartition("/")[2]
        browser = site.unit("001")
        secrets = (link, *dict(browser.cookies).values())
        path = site.desk.places.root / "desk.sqlite"
        with closing(sqlite3.connect(path)) as base:
            dump = "\n".join(base.iterdump())
        assert not [one for one in secrets if one in dump]


def test_the_bureau_takes_away_what_has_been_handed_in(options, filled):
    with opened(options(due=date(2023, 11, 1))) as site:
        bureau = site.bureau()
        send(site.unit("001"), filled("一中", "001"))
        send(site.unit("002"), filled("二中", "002", rest="2.10"))
        (one, *_) = sent(send(site.unit("三中"), filled("三中")))
        bureau.post(f"/submissions/{one}/return", data={"remark": "请重报"})
        bureau.post(f"/submissions/{sent(site.unit('001').get('/'))[0]}/accept")
        page = bureau.get("/")
        assert re.findall(r"<b>(\d+)</b>", page.text) == ["53", "50", "1", "1", "1"]
        assert "逾期" in page.text
        page = bureau.get("/", params={"state": "退回"})
        assert ("三中" in page.text, "二中" in page.text) == (True, False)
        assert "没有这样的单位" in bureau.get("/", params={"words": "无此"}).text
        archive = zipfile.ZipFile(BytesIO(bureau.get("/全部报告.zip").content))
        assert archive.namelist() == [
            *("汇总.xlsx", "报告/001 一中 收支说明 2022.docx", "退回/002 二中 收支说明 2022.xlsx"),
            "报告/三中 收支说明 2022.docx",
        ]
        assert archive.testzip() is None
        linked = load_workbook(BytesIO(archive.read("汇总.xlsx")))["汇总"]
        targets = [cell.hyperlink.target for row in linked for cell in row if cell.hyperlink]
        assert {one.replace("%20", " ") for one in targets} == set(archive.namelist()[1:])
        book = load_workbook(BytesIO(bureau.get("/汇总.xlsx").content))
        rows = [[cell.value for cell in row] for row in book["汇总"].iter_rows(4, 6)]
        assert [(row[0], row[4], row[11]) for row in rows] == [
            ("一中", "通过", "已收"),
            ("二中", "有错误", rows[1][11]),
            ("三中", "通过", "退回:请重报"),
        ]
        assert [cell.value for cell in book["数据 收支"][4]][:5] == ["一中", "001", "通过", 3, 1]


def test_a_unit_that_sends_too_much_is_asked_to_wait(site, filled, monkeypatch):
    monkeypatch.setattr("gouji.desk.bureau.receiving.MOST_A_DAY", 2)
    unit, book = site.unit("113"), filled("第113小学", "113")
    for _ in range(2):
        send(unit, book)
    page = send(unit, book)
    assert (page.status_code, "已经报了 2 次" in page.text) == (429, True)
    monkeypatch.setattr("gouji.desk.bureau.receiving.MOST_CHECKING", 2)
    other = site.unit("116")
    with site.desk.receiving("116"), site.desk.receiving("116"):  # in two other tabs, just now
        page = send(other, filled("第116小学", "116"))
    assert (page.status_code, "前面 2 本还在核对" in page.text) == (429, True)
    assert send(other, filled("第116小学", "116")).status_code == 200
    own = SUBMISSIONS.update().where(SUBMISSIONS.c.unit == "113")
    with site.desk.store.step() as base:
        base.execute(own.values(stage="核对中"))
    page = send(unit, book)
    assert (page.status_code, "还在核对" in page.text) == (429, True)
