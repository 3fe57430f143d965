"""The book as LibreOffice hands it over is the book as it is read over the bridge."""

import datetime as dt
import json
import subprocess
import sys
import types
from pathlib import Path

import pytest
import xlwings as xw
from light import lighten

from addin.extension import package
from addin.functions.answers import reply
from addin.functions.handed import HandedBook
from addin.open_book.live import LiveBook
from workbook.checking.kinds import find_kind
from workbook.findings.place import Place
from workbook.reading.snapshot import RawCell

RULE = "基本支出构成"


@pytest.fixture(scope="module")
def inside(office):
    """Our lines inside LibreOffice; a document answers them over the bridge as well."""
    from addin.calc.program.bridge import uno

    source = Path(package.__file__).with_name("component_book.py.txt").read_text(encoding="utf-8")
    module = types.ModuleType("gouji_book")
    module.__dict__["uno"] = uno
    exec(source.replace("import uno\n", ""), module.__dict__)
    return module


@pytest.fixture
def book(calc, sample_file):
    opened = xw.Book(str(lighten(sample_file)))
    yield opened
    opened.close()


@pytest.fixture
def handed(inside, book):
    """The book as it is handed over now."""
    return lambda: json.loads(json.dumps(inside.collected(book.impl.document)))


def as_it_is(book):
    pass


def broken(book):
    book.sheets["预算收支"].range("C17").value = 195.94
    book.sheets["预算收支"].range("C18").value = "约170"


def errors(book):
    sheet = book.sheets["预算收支"]
    sheet.range("C10:C11").formula = [["=1/0"], ["=NA()"]]
    sheet.range("C17").formula = "=SQRT(-1)"
    sheet.range("C18").formula = "=A1:A2 B3:B4"
    sheet.range("C19").formula = "=nobody(1)"


def shown_otherwise(book):
    sheet = book.sheets["预算收支"]
    sheet.range("C17").value = dt.datetime(2024, 1, 2)
    sheet.range("C18").value = True
    sheet.range("C19").value = 0.4
    sheet.range("C19").number_format = "0.0%"
    sheet.range("C20").formula = "=DATE(2024,5,6)"
    sheet.range("C20").number_format = "yyyy-mm-dd"


def moved(book):
    sheet = book.sheets["预算收支"]
    sheet.api.unprotect("")
    sheet.range("3:4").insert("down")
    sheet.name = "收支 表"
    del book.names["人员经费"]


def grown(book):
    table = next(sheet for sheet in book.sheets if len(sheet.tables)).tables[0]
    below = table.range.last_cell.offset(1, 0)
    below.value = "在表外"


CHANGES = (as_it_is, broken, errors, shown_otherwise, moved, grown)


def test_it_is_read_the_same_after_each_change(book, handed):
    form = find_kind("department").form
    for change in CHANGES:
        change(book)
        live, given = LiveBook(book), HandedBook(handed())
        assert given.path == live.path
        assert given.snapshot(form) == live.snapshot(form), change


def test_a_cell_far_away_is_handed_over_without_the_blank_ones_before_it(book, handed):
    form = find_kind("department").form
    before = HandedBook(handed()).snapshot(form)
    book.sheets["预算收支"].api.unprotect("")
    book.sheets["预算收支"].range("XFD1048576").value = 1
    given = handed()
    assert HandedBook(given).snapshot(form) == before
    assert len(json.dumps(given)) < 1_000_000


def test_an_answer_of_ours_is_no_other_book_and_anything_else_is(inside, book):
    def fingerprint():
        return inside.fingerprint(inside.collected(book.impl.document))

    sheet = book.sheets.add("问", after=book.sheets[-1])
    sheet.range("A1").formula = f'=GJ_RULE("{RULE}")&1'
    sheet.range("A2").formula = '=IF(1,"甲","乙")'
    first = fingerprint()
    assert fingerprint() == first
    sheet.range("A2").formula = '=IF(0,"甲","乙")'
    second = fingerprint()
    assert second != first
    book.sheets["预算收支"].range("C17").value = 195.94
    assert fingerprint() not in (first, second)


def test_rules_and_findings_are_answered_from_it(book, handed):
    broken(book)
    book.sheets["预算收支"].range("C18").value = 171.74
    question = handed() | {"rules": [RULE, "没有这条"]}
    said = reply(json.dumps(question).encode())
    assert said["rules"] == {RULE: "不符", "没有这条": "没有规则「没有这条」,规则的名称见“校验”表"}
    assert said["findings"][0][0] == "发现 1 处错误、2 处提醒。"
    assert said["findings"][2][:2] == ["错误", "预算收支!C17"]


def test_the_process_answers_line_by_line_until_nobody_asks(handed):
    line = json.dumps(handed() | {"rules": [RULE]}) + "\n"
    unread = json.dumps({"rules": []}) + "\n"
    first, second, sentence, last = asked(line * 2 + unread + line)
    assert first == second == last
    assert first["rules"] == {RULE: "相符"}
    assert sentence == {"is_failed": True}


def asked(lines):
    """What the process says to these lines."""
    command = [sys.executable, "-m", "addin.functions.answers"]
    run = subprocess.run(command, check=True, input=lines, capture_output=True, text=True)
    assert run.stderr == ""
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_an_error_with_a_number_is_an_error_as_in_the_saved_file(book):
    book.sheets["预算收支"].range("C17").formula = "=SQRT(-1)"
    names = LiveBook(book).snapshot(find_kind("department").form).names
    assert names["基本支出"] == RawCell(Place("预算收支", "C17"), "error", "Err:502")
