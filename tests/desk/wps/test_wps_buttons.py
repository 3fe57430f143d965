"""Each button of the ribbon in WPS, from the click to marks, pane and files."""

import json
import shutil
from copy import deepcopy

import pytest
from docx import Document
from loaded import load_workbook
from plain import plain_book

from addin.commands import offered
from addin.marking.results_sheet import HEAD_ROW, WIDTH, before_in
from workbook.catalogue.buttons import BEFORE, NOT_SAVED
from workbook.catalogue.findings import RESULT_COLUMNS, RESULTS_SHEET
from workbook.checking.intake import take_in
from workbook.checking.kinds import find_kind
from workbook.checking.search import kind_folders
from workbook.xlsx.addresses import cell_at
from workbook.years.beginning import new_workbook

NO_BOOK = "没有打开的填报工作簿。请先打开它,再点一次。"


def colours(sheets, name):
    (sheet,) = (one for one in sheets if one["name"] == name)
    return {key: cell.get("colour") for key, cell in sheet["cells"].items()}


def looks(sheets):
    """Each cell's colour and note, and each sheet's protection."""
    return {
        one["name"]: (
            one["password"],
            sorted(one["allowed"]),
            {
                key: (cell.get("colour", ""), cell.get("note", ""))
                for key, cell in one["cells"].items()
                if cell.get("colour") or cell.get("note")
            },
        )
        for one in sheets
        if one["name"] != "选项"  # where the list of marked cells is
    }


def answered(pane):
    """Wait until the pane shows what came of a choice: first it shows that it waits."""
    pane.wait_for_selector("#choices:empty", state="attached")
    pane.wait_for_function("() => !document.body.classList.contains('waiting')")


def test_marks_come_and_go(wps, slipped):
    wps.open_file(slipped)
    before = looks(wps.sheets())
    answer = wps.click("validate")["answer"]
    budget = wps.cells("预算收支")
    errors = [
        one for group in answer["groups"] for one in group["findings"] if one["sheet"] == "预算收支"
    ]
    assert errors
    for one in errors:
        row, column = int(one["cell"][1:]), ord(one["cell"][0]) - 64
        cell = budget[f"{row},{column}"]
        assert cell["colour"] in ("#EF7272", "#FFC7CE"), one
        assert one["what"] in cell["note"]
    names = [one["name"] for one in wps.sheets()]
    assert RESULTS_SHEET.zh in names
    assert wps.told("() => Application.ActiveWorkbook.ActiveSheet.Name") == "填报说明"
    assert wps.click("validate")["answer"]["groups"] == answer["groups"]  # marks are no content
    wps.click("clear_marks")
    assert wps.told("() => Application.StatusBar").startswith("已恢复 ")
    assert looks(wps.sheets()) == before


def test_the_list_in_the_book_is_the_one_that_excel_keeps(wps, slipped):
    """So that marks made in WPS are taken away in Excel, and the other way round."""
    wps.open_file(slipped)
    before = looks(wps.sheets())
    wps.click("validate")
    cells = wps.cells(RESULTS_SHEET.zh)
    rows = [
        [cells.get(f"{row},{column}", {}).get("value") or "" for column in range(1, WIDTH + 1)]
        for row in range(1, 200)
    ]
    assert rows[0][0].startswith("校验结果：发现 ")
    assert tuple(rows[HEAD_ROW - 1]) == (
        *(one.zh for one in RESULT_COLUMNS),
        "",
        *(one.zh for one in BEFORE),
    )
    kept = before_in(rows)
    assert len(kept) > 10
    for one in kept:
        row, column = cell_at(one.address)
        _, _, of_sheet = before[one.sheet]
        assert (one.colour, one.note) == of_sheet.get(f"{row},{column}", ("", ""))


def test_a_mended_book_loses_its_marks(wps, slipped, clean):
    wps.open_file(slipped)
    wps.click("validate")
    marked = wps.sheets()
    repaired = plain_book(clean)
    whole = {one["name"]: one for one in repaired["sheets"]}
    for sheet in marked:
        for key, cell in sheet["cells"].items():
            if sheet["name"] in whole:
                right = whole[sheet["name"]]["cells"].get(key, {})
                cell |= {"value": right.get("value"), "formula": right.get("formula")}
    wps.open({**repaired, "sheets": deepcopy(marked)})
    answer = wps.click("validate")["answer"]
    found = [one for group in answer["groups"] for one in group["findings"]]
    assert [one["message"] for one in found] == [
        str(one) for one in take_in(clean).checked.findings
    ]
    assert reds(wps.sheets()) == reds(repaired["sheets"])


def reds(sheets):
    """The cells in the colours of an error; the guide shows them, too."""
    return {
        (one["name"], key)
        for one in sheets
        for key, cell in one["cells"].items()
        if cell.get("colour") in ("#EF7272", "#FFC7CE")
    }


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {"structure_locked": True},
            "工作簿的结构有保护,加不了“校验结果”表,没有做标记。",
        ),
        ({"read_only": True}, "工作簿是只读的,标记存不下来。"),
    ],
)
def test_what_keeps_marks_away_is_said_and_the_pane_has_all(wps, slipped, more, said):
    wps.open_file(slipped, **more)
    answer = wps.click("validate")["answer"]
    assert answer["said"] == [said]
    assert len(answer["groups"]) > 1
    wps.click("next_finding")
    assert wps.told("() => Application.StatusBar").startswith("第 1 处,共 ")


def test_a_sheet_with_a_password_is_left_alone_and_named(wps, slipped):
    book = plain_book(slipped)
    for sheet in book["sheets"]:
        sheet["password"] = "geheim" if sheet["name"] == "预算收支" else sheet["password"]
        sheet["allowed"] = [] if sheet["name"] == "预算收支" else sheet["allowed"]
    wps.open(book)
    before = colours(wps.sheets(), "预算收支")
    assert wps.click("validate")["answer"]["said"] == ["“预算收支”表有密码保护,没有做标记。"]
    assert colours(wps.sheets(), "预算收支") == before


def test_findings_are_visited_one_by_one_and_from_the_pane(wps, slipped):
    wps.open_file(slipped)
    assert wps.click("next_finding")["answer"]["said"] == ["没有要查看的问题。请先按“校验”。"]
    wps.click("validate")
    here = """() => [
        Application.ActiveWorkbook.ActiveSheet.Name,
        addressOf([Application.ActiveCell.Column, Application.ActiveCell.Row,
                   Application.ActiveCell.Column, Application.ActiveCell.Row])
    ]"""
    wps.click("next_finding")
    first = wps.told(here)
    wps.click("next_finding")
    assert wps.told(here) != first
    wps.pane.locator("button.finding").last.click()
    place = wps.pane.locator("button.finding .place").last.text_content()
    assert "!".join(wps.told(here)) == place


def test_the_pane_shows_each_finding_with_what_to_do(wps, slipped):
    wps.open_file(slipped)
    answer = wps.click("validate")["answer"]
    pane = wps.pane
    pane.wait_for_selector("button.finding")
    assert pane.locator("h1").text_content() == "校验"
    assert pane.locator("#status").text_content() == answer["status"]
    heads = [one["title"] for one in answer["groups"]]
    assert pane.locator("h2").all_text_contents() == heads
    todo = [one["todo"] for group in answer["groups"] for one in group["findings"]]
    shown = pane.locator(".group > ul > li > .finding > .todo").all_text_contents()
    assert shown == [f"{one}。" for one in todo]
    assert pane.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_report_is_refused_then_made_checked_refreshed_and_printed(wps, slipped, clean, tmp_path):
    book = tmp_path / "填报 2022 年.xlsx"
    shutil.copy(clean, book)
    wps.open_file(slipped)
    refused = wps.click("make_report")["answer"]
    assert refused["said"][0].split("。")[0].endswith("报告没有生成")
    assert refused["groups"]
    assert wps.desk.shown == []
    wps.open_file(book)
    assert "没有" in wps.click("check_report")["answer"]["said"][0]
    made = wps.click("make_report")["answer"]
    (report,) = tmp_path.glob("*.docx")
    assert wps.desk.shown == [report]
    assert made["said"] == [f"报告:{report}"]
    assert Document(report).paragraphs
    assert "相符" in " ".join(wps.click("check_report")["answer"]["said"])
    asked = wps.click("refresh_report")["answer"]
    assert [one["label"] for one in asked["choices"]] == ["是", "否"]
    wps.pane.get_by_role("button", name="是").click()
    answered(wps.pane)
    assert wps.desk.shown == [report, report]


def test_a_book_that_lies_nowhere_is_checked_and_told_where_to_go(wps, clean):
    wps.open_file(clean, full_name="工作簿1")
    assert wps.click("validate")["answer"]["groups"]
    for action in ("make_report", "check_report", "refresh_report", "export_pdf", "roll_over"):
        (said,) = wps.click(action)["answer"]["said"]
        assert said.startswith("这本工作簿还没有存在这台电脑上"), action


def test_of_an_english_kind_they_are_made_and_refused_in_english(wps, tmp_path):
    book = tmp_path / "visits.xlsx"
    book.write_bytes(new_workbook(find_kind("grant_report"), sample=True))
    wps.open_file(book, full_name="Book1")
    (said,) = wps.click("roll_over")["answer"]["said"]
    assert said == NOT_SAVED("en")
    wps.open_file(book)
    wps.click("new_book")
    wps.pane.locator("#choices button", has_text="Monthly grant report").click()
    answered(wps.pane)
    assert f"Made: {tmp_path / 'workbook.xlsx'}" in wps.pane.inner_text("body")
    assert wps.told("() => Application.opened") == [str(tmp_path / "workbook.xlsx")]


def test_new_books_lie_beside_the_open_one_and_are_opened(wps, clean, tmp_path):
    book = tmp_path / "填报 2022 年.xlsx"
    shutil.copy(clean, book)
    wps.open_file(book)
    asked = wps.click("new_book")["answer"]
    assert len(asked["choices"]) == len(kind_folders(None))
    wps.pane.locator("#choices button").first.click()
    answered(wps.pane)
    rolled = wps.click("roll_over")["answer"]
    opened = wps.told("() => Application.opened")
    assert opened == [str(tmp_path / "填报.xlsx"), rolled["opened"]]
    assert all(load_workbook(one, read_only=True).sheetnames for one in opened)


WORDS = "本单位行政编制7名、事业编制3名。"
QUOTED = "本单位行政编制{{ 行政编制 }}名、事业编制{{ 事业编制 }}名。"


def with_words(path):
    book = plain_book(path)
    next(one for one in book["sheets"] if one["name"] == "基本情况")["cells"]["28,3"]["value"] = (
        WORDS
    )
    return book


def test_texts_take_quotes_once_the_clerk_agrees(wps, clean):
    wps.open(with_words(clean))
    asked = wps.click("quote_figures")["answer"]
    assert asked["said"][0].splitlines()[1] == "基本情况!C28(2 个)"
    wps.pane.get_by_role("button", name="是", exact=True).click()
    wps.page.wait_for_function("() => Application.StatusBar.startsWith('已把 2 个数改成引用')")
    assert wps.cells("基本情况")["28,3"]["value"] == QUOTED
    assert wps.click("quote_figures")["answer"]["said"] == ["文字里没有可以改成引用的数。"]


def test_a_choice_holds_for_the_book_that_was_asked_about(wps, clean, slipped):
    wps.open(with_words(clean))
    wps.click("quote_figures")
    wps.open_file(slipped)
    before = wps.sheets()
    wps.pane.get_by_role("button", name="是", exact=True).click()
    assert wps.pane.locator("#status").text_content() == (
        "现在前面是另一本工作簿。请回到刚才那一本,再点。"
    )
    assert wps.sheets() == before


def test_texts_stay_where_the_clerk_says_no(wps, clean):
    wps.open(with_words(clean))
    wps.click("quote_figures")
    wps.pane.get_by_role("button", name="否").click()
    wps.page.wait_for_function("() => Application.StatusBar === '没有改动。'")
    assert wps.cells("基本情况")["28,3"]["value"] == WORDS


def test_what_cannot_be_done_in_wps_says_why(wps, clean):
    wps.open_file(clean)
    (said,) = wps.click("insert_check")["answer"]["said"]
    assert said.startswith("“插入核对”写的公式要用勾稽的函数")


def test_buttons_without_a_book_say_so_or_do_without(wps):
    said = {one.name: wps.click(one.name)["answer"] for one in offered()}
    alone = {"new_book", "manual", "doctor", "about"}
    for name, answer in said.items():
        if name not in alone | {"insert_check"}:
            assert answer["said"] == [NO_BOOK], name
    assert said["about"]["said"][0].startswith("勾稽 ")
    assert "Python" in said["doctor"]["said"][0]
    assert [one.name for one in wps.desk.shown] == ["manual.html"]


def test_a_book_of_another_kind_and_an_empty_one_are_told(wps, clean):
    book = plain_book(clean)
    wps.open({**book, "properties": [], "full_name": "D:\\表\\别的.xlsx"})
    assert "勾稽" in json.dumps(wps.click("validate")["answer"]["said"], ensure_ascii=False)
    empty = {"name": "Sheet1", "visible": -1, "cells": {}, "merged": [], "tables": []}
    sheets = [{**empty, "password": None, "allowed": []}]
    wps.open({**book, "sheets": sheets, "names": []})
    assert len(wps.click("validate")["answer"]["groups"][0]["findings"]) >= 1


def test_a_wps_that_refuses_is_a_sentence(wps, clean):
    wps.open_file(clean)
    busy = "{ get() { throw Error('忙'); } }"
    wps.told(f"() => Object.defineProperty(Application.front, 'Worksheets', {busy})")
    (said,) = wps.click("validate")["answer"]["said"]
    assert said.startswith("没有做完:WPS 表格没有答应。")


def test_every_button_has_its_picture(wps):
    for one in offered():
        address = wps.told("id => ribbon.GetImage({ Id: id })", f"gj_button_{one.name}")
        answer = wps.page.request.get(f"{wps.desk.address}{address}")
        assert answer.headers["content-type"] == "image/svg+xml", one.name
        assert answer.text().startswith("<svg ")


def test_a_desk_that_is_gone_is_a_sentence(wps, clean):
    wps.open_file(clean)
    wps.page.route("**/ask/**", lambda route: route.abort())
    (said,) = wps.click("validate")["answer"]["said"]
    assert said.startswith("勾稽没有在运行,或刚刚停了。")
    assert [one for one in wps.faults if "net::ERR_FAILED" not in one] == []
    wps.faults.clear()
