"""A form that a bureau drew, open in LibreOffice: what was bent in it is told there too."""

import sys
from io import BytesIO
from pathlib import Path

import pytest
import xlwings as xw
from light import lighten
from openpyxl import Workbook
from openpyxl.styles import Border, Side

from addin.open_book.live import LiveBook
from workbook.adopting.adopt import adopt
from workbook.checking.intake import examine
from workbook.checking.kinds import load_kind
from workbook.years.beginning import new_workbook

sys.path.append(str(Path(__file__).parents[1] / "workbook" / "adopting"))
from bureau_forms import projects


@pytest.fixture
def book(calc, tmp_path, monkeypatch):
    """The projects' form with last year's figures, open in Calc."""
    folder = tmp_path / "projects"
    folder.mkdir()
    for name, data in adopt("projects", projects()).files.items():
        (folder / name).write_bytes(data)
    monkeypatch.setenv("GOUJI_TEMPLATES", str(tmp_path))
    file = tmp_path / "填报.xlsx"
    file.write_bytes(new_workbook(load_kind(folder), sample=True))
    opened = xw.Book(str(lighten(file)))
    yield opened
    opened.close()


def findings(book):
    """What is told of the open book."""
    live = LiveBook(book)
    return [str(one) for one in examine(live.path, live).checked.findings]


def test_a_share_that_the_form_works_out_is_no_false_alarm_in_the_open_book(
    calc, tmp_path, monkeypatch
):
    form = Workbook()
    form.active.title = "支出"
    rows = (("支出占比", None, None), ("项目", "金额（元）", "占比"), ("工资", 3, "=B3/B5"),
            ("办公", 4.5, "=B4/B5"), ("合计", "=SUM(B3:B4)", "=B5/B3"))  # fmt: skip
    for row in rows:
        form.active.append(row)
    for row in form.active["A2:C5"]:
        for cell in row:
            cell.border = Border(*[Side(style="thin")] * 4)
    for row in range(3, 6):
        form.active[f"C{row}"].number_format = "0.00%"
    file = BytesIO()
    form.save(file)
    folder = tmp_path / "shares"
    folder.mkdir()
    for name, data in adopt("shares", file.getvalue()).files.items():
        (folder / name).write_bytes(data)
    monkeypatch.setenv("GOUJI_TEMPLATES", str(tmp_path))
    path = tmp_path / "填报.xlsx"
    path.write_bytes(new_workbook(load_kind(folder), sample=True))
    opened = xw.Book(str(lighten(path)))
    try:
        assert findings(opened) == []
        opened.sheets["支出"].range("C3").value = 0.55
        assert [one.partition(":")[0] for one in findings(opened)] == ["支出!C3 工资占比"]
    finally:
        opened.close()


def test_heads_exchanged_and_a_row_under_a_table_are_told_in_the_open_book(book):
    assert findings(book) == []
    sheet = book.sheets["项目进度"]
    sheet.range("D5").value, sheet.range("E5").value = "完成", "计划"
    astray = findings(book)
    assert [one.partition(" ")[0] for one in astray] == [
        f"项目进度!{at}" for at in ("D6", "E6", "D9", "E9")
    ]
    sheet.range("D5").value, sheet.range("E5").value = "计划", "完成"
    sheet.range("8:8").insert("down")
    sheet.range("B8").value = "新桥"
    sheet.range("C8").value = 100
    (under,) = findings(book)
    assert under.startswith("项目进度!B8 重点项目投资完成情况表:表「项目进度」下面还有内容")
