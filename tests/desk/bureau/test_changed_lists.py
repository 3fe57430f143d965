"""What becomes of workbooks when the list of units is changed: they go with their unit, or wait."""

import html
import re
import shutil
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from bureau_site import Clock, Site, send
from loaded import load_workbook
from openpyxl import Workbook

from gouji.desk.bureau.desk import Desk
from gouji.desk.bureau.keeping.model import BUREAU, Account, Role

HEADS = ("单位名称", "单位代码", "上级", "种类")


@contextmanager
def opened(options):
    desk = Desk(options, Clock())
    try:
        yield Site(desk, desk._clock)
    finally:
        desk.close()


@pytest.fixture(scope="module")
def accepted(options, filled, tmp_path_factory):
    """Gives a folder in which a unit of a line has handed in a workbook that was accepted."""

    @cache
    def made(line, code):
        chosen = options(units=written(tmp_path_factory.mktemp("before"), [line]))
        with opened(chosen) as site:
            page = send(site.unit(line[1] or line[0]), filled("一中", code), "一中 上报.xlsx")
            one = re.search(r"/submissions/(\w+)/workbook", page.text)[1]
            assert site.bureau().post(f"/submissions/{one}/accept").status_code == 200
        return chosen.folder, one

    def copied(line, path, code=None):
        folder, one = made(line, code)
        return Path(shutil.copytree(folder, path / "台")), one

    return copied


def written(folder, lines):
    book = Workbook()
    for row in (HEADS, *lines):
        book.active.append(row)
    book.save(folder / "名单.xlsx")
    return folder / "名单.xlsx"


def rows_of(bureau):
    """Of each row of the bureau's list the unit, its state and what is said of it."""
    text = bureau.get("/").text.partition("<tbody>")[2]
    found = []
    for row in text.split("</tr>")[:-1]:
        unit, *cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)
        words = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in (unit, *cells)]
        found.append((words[0], words[4], words[8]))
    return found


def summary_of(bureau):
    """Of each row of 汇总 the unit, how it stands, whether it is in 未定."""
    book = load_workbook(BytesIO(bureau.get("/汇总.xlsx").content))
    undecided = {row[10] for row in book["未定"].iter_rows(4, values_only=True)}
    rows = book["汇总"].iter_rows(4, values_only=True)
    return [(row[0], row[4], bool(row[10]) and row[10] in undecided) for row in rows]


KEEPS = {
    "another name": (("一中", "001"), "001", ("第一中学", "001")),
    "another name, no code in the workbook": (("一中", "001"), None, ("第一中学", "001")),
    "a code is added": (("一中", None), None, ("一中", "001")),
    "a code is added that the workbook has": (("一中", None), "001", ("一中", "001")),
    "a kind is added": (("一中", "001"), "001", ("一中", "001", None, "收支")),
    "the kind is struck": (("一中", "001", None, "收支"), "001", ("一中", "001")),
}


@pytest.mark.parametrize(("before", "code", "after"), KEEPS.values(), ids=KEEPS.keys())
def test_an_accepted_workbook_stays_with_its_unit(options, accepted, tmp_path, before, code, after):
    folder, one = accepted(before, tmp_path, code=code)
    other = ("二中", "002")
    with opened(options(folder=folder, units=written(tmp_path, [other, after]))) as site:
        bureau = site.bureau()
        assert [row[:2] for row in rows_of(bureau)] == [("二中", "未报"), (after[0], "已收")]
        assert [row[:2] for row in summary_of(bureau)] == [("二中", "未交"), (after[0], "通过")]
        unit = site.unit(after[1] or after[0])
        assert "已收" in unit.get("/").text
        assert unit.get(f"/submissions/{one}/workbook").status_code == 200


LOSES = {
    "another code": ("001", ("一中", "0011"), "名单里「一中」的代码是 0011,不是 001"),
    "another code, none in the workbook": (
        None,
        ("一中", "0011"),
        "名单里「一中」的代码是 0011,不是 001",
    ),
    "the unit is gone": ("001", ("二中", "002"), "名单里没有「一中」(代码 001)"),
    "another kind": (
        *("001", ("一中", "001", None, "项目")),
        "名单里要「一中」报的是 项目,这一本是 收支",
    ),
}


@pytest.mark.parametrize(("code", "after", "doubt"), LOSES.values(), ids=LOSES.keys())
def test_what_no_line_asks_for_is_undecided_with_its_history_and_comes_back(
    options, accepted, kinds, tmp_path, code, after, doubt, monkeypatch
):
    monkeypatch.setattr("gouji.desk.bureau.desk.units_of", lambda path, _: read(path))
    before = ("一中", "001")
    folder, one = accepted(before, tmp_path, code=code)
    with opened(options(folder=folder, units=written(tmp_path, [after]))) as site:
        bureau = site.bureau()
        assert rows_of(bureau) == [
            ("一中", "未定", f"原来已收。{doubt}"),
            (after[0], "未报", ""),
        ]
        of_summary = summary_of(bureau)
        assert ("一中", "通过", True) in of_summary and (after[0], "未交", False) in of_summary
        page = bureau.get(f"/submissions/{one}")
        assert f"<strong>未定:</strong>{doubt}。请把名单改好" in page.text
        assert bureau.post(f"/submissions/{one}/return", data={"remark": "x"}).status_code == 409
        assert "未定" in bureau.get("/", params={"state": "未定"}).text
        if after[0] != "一中":  # nobody else gets to see it
            assert site.unit(after[1]).get(f"/submissions/{one}").status_code == 404
        assert "名单改了" in bureau.get("/日志.csv").content.decode()
    with opened(options(folder=folder, units=written(tmp_path, [before]))) as site:
        assert rows_of(site.bureau()) == [("一中", "已收", "")]


def read(path):
    from docgen.batch.units import read_units

    return read_units(path)  # of which a kind may be one that is not there


def test_a_code_that_is_given_to_another_unit_does_not_hand_on_workbooks(
    options, accepted, tmp_path
):
    folder, one = accepted(("一中", "001"), tmp_path, code="001")
    lines = [("四中", "001"), ("一中", "0011")]
    with opened(options(folder=folder, units=written(tmp_path, lines))) as site:
        told = "代码 001 是「四中」的,表里写的是「一中」,名单里两个单位都有"
        bureau = site.bureau()
        assert rows_of(bureau)[0] == ("一中", "未定", f"原来已收。{told}")
        assert ("一中", "通过", True) in summary_of(bureau)
        for account in (Account(Role.UNIT, "001"), Account(Role.UNIT, "0011")):
            assert site.inside(account).get(f"/submissions/{one}").status_code == 404
        assert site.inside(BUREAU).get(f"/submissions/{one}").status_code == 200


def test_two_that_come_to_count_for_one_line_are_both_shown(options, filled, tmp_path):
    chosen = options(units=written(tmp_path, [("一中", "001"), ("分校", "002")]))
    with opened(chosen) as site:
        for name, code in (("一中", "001"), ("分校", "002")):
            send(site.unit(code), filled(name, None), f"{name}.xlsx")
        (ids,) = [re.findall(r"/submissions/(\w+)/accept", site.bureau().get("/").text)]
        site.bureau().post(f"/submissions/{ids[0]}/accept")
    later = written(tmp_path, [("一中", "001"), ("一中", "002")])
    with opened(options(folder=chosen.folder, units=later)) as site:
        rows = rows_of(site.bureau())
        assert [row[:2] for row in rows] == [("一中", "已收"), ("一中", "待收")]


def test_a_long_list_is_searched_filtered_and_leafed_through(options, tmp_path):
    lines = [(f"第{number}小学", f"{number:03}", "教育局") for number in range(230)]
    with opened(options(units=written(tmp_path, lines))) as site:
        bureau = site.bureau()
        first, third = bureau.get("/"), bureau.get("/?page=3")
        assert [len(rows_of(bureau)), third.text.count('<th scope="row">')] == [100, 30]
        assert "共 230 行,第 1 页,共 3 页" in first.text
        assert ">第200小学<" in third.text and ">第199小学<" not in third.text
        assert bureau.get("/?page=99").text.count('<th scope="row">') == 30
        found = bureau.get("/", params={"words": "第22", "state": "未报"})
        assert "找到 11 行" in found.text and "翻页" not in found.text
        assert bureau.get("/?page=x").status_code == 422
        links = bureau.get("/links", params={"words": "022"})
        assert ("找到 1 个单位" in links.text, ">第22小学<" in links.text) == (True, True)
        made = bureau.post("/links", data={"unit": "022", "back": "words=022"})
        assert ("「第22小学」的链接" in made.text, ">第23小学<" in made.text) == (True, False)


def test_who_accepts_in_the_list_is_back_where_that_was(options, filled, tmp_path):
    with opened(options(units=written(tmp_path, [("一中", "001")]))) as site:
        send(site.unit("001"), filled("一中", "001"))
        bureau = site.bureau()
        page = bureau.get("/", params={"state": "待收", "words": "一"})
        (back,) = re.findall(r'name="back" value="([^"]+)"', page.text)
        one = re.search(r"/submissions/(\w+)/accept", page.text)[1]
        data = {"back": html.unescape(back) + "&evil=//x.example"}
        answer = bureau.post(f"/submissions/{one}/accept", data=data, follow_redirects=False)
        assert answer.headers["location"] == "/?state=%E5%BE%85%E6%94%B6&words=%E4%B8%80"
