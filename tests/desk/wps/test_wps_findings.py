"""What is found of a book that is open in WPS is what the command line finds of its file."""

import json
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from spoiled import DEPARTMENT
from test_cli import gouji

from addin.open_book.live import LiveBook
from gouji.desk.own.told import findings_told
from gouji.desk.wps.posted import OpenInWps, PostedBook
from workbook.checking.as_json import to_json
from workbook.checking.intake import Intake, examine, take_in
from workbook.checking.kinds import find_kind
from workbook.figures.numbers import from_excel
from workbook.reading.saved import open_saved
from workbook.reading.snapshot import Snapshot
from workbook.years.beginning import new_workbook

NAME = "填报 2022 年.xlsx"


def found_by_command(path: Path) -> list[dict]:
    out, err, _ = gouji(path.parent, "check", path.name, "--json")
    assert err == ""
    return json.loads(out)["findings"]


def found_in(answer: dict) -> list[dict]:
    return [one for group in answer["groups"] for one in group["findings"]]


def by_message(findings: list[dict]) -> list[dict]:
    return sorted(findings, key=lambda one: (one["severity"], one["message"]))


def in_use(snapshot: Snapshot) -> Snapshot:
    """The snapshot without rows in which nothing stands: a file may have cells there."""
    tables = {
        key: replace(
            one,
            rows=tuple(
                row for row in one.rows if any(cell.kind != "blank" for cell in row.values())
            ),
            order=tuple(cell for cell in one.order if cell.kind != "blank"),
        )
        for key, one in snapshot.tables.items()
    }
    return replace(snapshot, tables=tables)


def test_ten_slips_are_found_as_on_the_command_line(wps, slipped):
    wps.open_file(slipped)
    answer = wps.click("validate")["answer"]
    there = found_by_command(slipped)
    assert len(there) > 10
    assert by_message(found_in(answer)) == by_message(there)
    assert answer["status"] == wps.told("() => Application.StatusBar")


@pytest.mark.parametrize("kind", ["project", "project_sichuan", "department"])
def test_a_sample_of_each_kind_is_found_as_on_the_command_line(wps, tmp_path, kind):
    path = tmp_path / NAME
    path.write_bytes(new_workbook(find_kind(kind), sample=True))
    wps.open_file(path)
    there = json.loads(to_json(take_in(path)))["findings"]
    assert by_message(found_in(wps.click("validate")["answer"])) == by_message(there)


FILLED = """() => {
    const cells = {};
    for (let row = 1; row <= 6000; row += 1) {
        for (let column = 1; column <= 20; column += 1) cells[`${row},${column}`] = { value: row };
    }
    const sheet = { name: "自己的表", visible: -1, cells, merged: [], tables: [], password: null };
    Application.add({ ...sheet, allowed: [] });
    Object.assign(Application.counted, { calls: 0, largest: 0 });
    return readBook(Application.ActiveWorkbook).sheets.pop().blocks.map(one => one.rows.length);
}"""


def test_a_large_book_is_read_in_blocks_and_few_calls(wps, slipped):
    wps.open_file(slipped)
    assert wps.told(FILLED) == [2500, 2500, 1000]
    counted = wps.told("() => Application.counted")
    assert counted["largest"] == 120_000  # whose merges are asked for in one; of values 50,000
    assert counted["calls"] < 4_000


def test_what_is_read_in_wps_is_what_is_read_of_the_file(wps, slipped):
    """Every name, table and cell that the form asks for, money to the last digit."""
    wps.open_file(slipped)
    read = wps.told("() => JSON.stringify(readBook(Application.ActiveWorkbook))")
    posted = OpenInWps(msgspec.json.decode(read, type=PostedBook))
    saved = open_saved(slipped)
    assert posted.identity == saved.identity
    assert in_use(posted.snapshot(DEPARTMENT.form)) == in_use(saved.snapshot(DEPARTMENT.form))


FIGURES = [
    195.94,
    0.1,
    1 / 3,
    99999999999999.98,
    2.0**53 + 2,
    1e21,
    1e17,
    1e16,
    1e-7,
    5e-324,
    -0.005,
    1.7e308,
]


def test_a_figure_arrives_as_the_same_double(wps):
    cells = {f"{row},1": {"value": value} for row, value in enumerate(FIGURES, start=1)}
    sheet = {"name": "数", "visible": -1, "cells": cells, "merged": [], "tables": []}
    book = {"full_name": "工作簿1", "from_1904": False, "properties": [], "names": []}
    wps.open({**book, "sheets": [{**sheet, "password": None, "allowed": []}]})
    read = wps.told("() => JSON.stringify(readBook(Application.ActiveWorkbook))")
    posted = OpenInWps(msgspec.json.decode(read, type=PostedBook)).sheets["数"]
    found = [posted.cell(row, 1).value for row in range(1, len(FIGURES) + 1)]
    assert found == FIGURES
    saved = [f"{one:.17g}" for one in FIGURES]  # as Excel and WPS write them
    read_there = [int(one) if one.isdigit() else float(one) for one in saved]
    assert [from_excel(one) for one in found] == [from_excel(one) for one in read_there]


def test_ribbon_desk_wps_and_command_line_find_the_same(wps, slipped, excel):
    there = by_message(found_by_command(slipped))
    live = LiveBook(excel.open(slipped))
    assert by_message(found_of(examine(live.path, live))) == there
    wps.open_file(slipped)
    assert by_message(found_in(wps.click("validate")["answer"])) == there
    on_the_page = findings_told(take_in(slipped), None)["findings"]
    assert by_message([without_words(one) for one in on_the_page]) == there


def found_of(intake: Intake) -> list[dict]:
    return json.loads(to_json(intake))["findings"]


def without_words(one: dict) -> dict:
    """A finding of the desk's page as JSON has it; the page has a word for its weight beside."""
    plain = json.loads(msgspec.json.encode(one))
    del plain["word"]
    return plain | {"consequences": [without_words(below) for below in plain["consequences"]]}
