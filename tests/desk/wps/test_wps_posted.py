"""A book as it is posted: what WPS tells of a cell, and what nobody honest would send."""

import datetime as dt
import json
import urllib.error
import urllib.request
from pathlib import Path

import msgspec
import pytest

from addin.commands import offered
from gouji.desk.wps import layout
from gouji.desk.wps.actions import ACTIONS
from gouji.desk.wps.posted import NOT_SENT, ODD, OpenInWps, PostedBook, PostedSheet, Sheet

BLANK = {"full_name": "工作簿1", "properties": {}, "names": {}, "sheets": []}


def sheet(rows, **more):
    told = {"name": "预算 收支", "blocks": [{"top": 9, "left": 3, "rows": rows}], **more}
    return Sheet(msgspec.json.decode(json.dumps(told), type=PostedSheet), from_1904=False)


@pytest.mark.parametrize(
    ("value", "kind", "read"),
    [
        ("195.94", "number", 195.94),
        ("0.1", "number", 0.1),
        ("1e+21", "number", 1e21),
        ("123456789012345680000", "number", 1.2345678901234568e20),
        ("true", "flag", True),
        ('"171.74万元"', "text", "171.74万元"),
        ('" \\u200b"', "blank", None),
        ("null", "blank", None),
        ("-2146826246", "error", "#N/A"),
        ('"#DIV/0!"', "error", "#DIV/0!"),
        ('{"odd":"[object Date]"}', "broken", ODD),
        ("[1]", "broken", ODD),
    ],
)
def test_a_value_is_the_cell_that_wps_holds(value, kind, read):
    cell = sheet([[json.loads(value)]]).cell(9, 3)
    assert (cell.kind, cell.value) == (kind, read)
    assert str(cell.place) == "'预算 收支'!C9"


def test_a_number_in_a_format_for_days_is_a_day_and_a_percentage_knows_it():
    rows = [[45000, 0.5], [45000.75, 45000]]
    formats = [[3, 9, 9, 'yyyy"年"m"月"d"日"'], [4, 9, 9, "0.00%"], [3, 10, 10, "h:mm"]]
    made = sheet(rows, formats=formats)
    assert made.cell(9, 3).value == dt.date(2023, 3, 15)
    assert made.cell(9, 4).is_percent
    assert (made.cell(10, 3).kind, made.cell(10, 3).value) == ("text", "18:00:00")
    assert made.cell(10, 4).kind == "number"


def test_what_a_merge_covers_is_not_taken_for_an_entry():
    made = sheet([[1, 2]], merged=[[3, 9, 4, 10]])
    assert made.cell(9, 3).value == 1
    assert (made.cell(9, 4).kind, made.cell(9, 4).merged) == ("broken", "C9:D10")
    assert made.cell(10, 3).kind == "blank"


def test_a_cell_that_was_not_sent_is_never_taken_for_a_blank_one():
    made = sheet([[1]], sent=[3, 9, 3, 9])
    assert made.cell(9, 3).value == 1
    assert (made.cell(9, 4).kind, made.cell(9, 4).value) == ("broken", NOT_SENT)


def test_a_form_that_wps_does_not_tell_is_looked_up_in_the_file(clean):
    book = {**BLANK, "full_name": str(clean)}
    assert OpenInWps(msgspec.convert(book, PostedBook)).identity.kind == "department"
    assert OpenInWps(msgspec.convert(BLANK, PostedBook)).identity.kind is None
    net = {**BLANK, "full_name": "https://kdocs.example/d/填报.xlsx"}
    assert OpenInWps(msgspec.convert(net, PostedBook)).file is None


def posted(desk, action, body):
    request = urllib.request.Request(f"{desk.address}ask/{action}", body)
    request.add_header("Origin", desk.address[: desk.address.index("/", 8)])
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"book":{}}',
        b'{"unknown":1}',
        b'{"near":"/etc/passwd"}',
        json.dumps({"book": {**BLANK, "sheets": [{"name": "a", "blocks": [{"top": 0}]}]}}).encode(),
        json.dumps({"book": {**BLANK, "names": {"a": 1}}}).encode(),
        b'{"book":' + b"[" * 100_000,
    ],
)
def test_what_the_pages_do_not_send_is_a_sentence(desk, body):
    (said,) = posted(desk, "validate", body)["said"]
    assert said.startswith("WPS 表格发来的内容和这个版本的勾稽对不上。")


@pytest.mark.parametrize("action", ["nothing", "validate.", "__init__", "%2e%2e"])
def test_no_other_action_is_asked_for(desk, action):
    (said,) = posted(desk, action, b"{}")["said"]
    assert said.startswith("WPS 表格发来的内容")


def test_an_area_of_billions_costs_nothing():
    formats = [[3, 1, 1_048_576, "0.00"]] * 50
    assert sheet([[1.5]], formats=formats).cell(9, 3).number_format == "0.00"


@pytest.mark.parametrize("path", ["..%2f..%2fapp.py", "%2e%2e/app.py", "reading.js%00", "app.py"])
def test_only_the_pages_are_served(desk, path):
    with pytest.raises(urllib.error.HTTPError, match="40"):
        urllib.request.urlopen(f"{desk.address}{path}")


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "http://127.0.0.1:1"])
def test_a_request_from_elsewhere_is_refused(desk, origin):
    headers = {"Origin": origin} if origin else {}
    request = urllib.request.Request(f"{desk.address}ask/validate", b"{}", headers)
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(request)


def test_a_failure_of_the_pages_is_written_down_without_a_word_of_the_book(desk, monkeypatch):
    from workbook.files.log import log_file

    told = "TypeError validate\nError: 张三的工资\n    at readBook (http://127.0.0.1:1/geheim/reading.js:12:3)"
    request = urllib.request.Request(f"{desk.address}failure", told.encode())
    request.add_header("Origin", desk.address[: desk.address.index("/", 8)])
    urllib.request.urlopen(request).close()
    log = Path(log_file()).read_text("utf-8")
    assert "wps TypeError reading.js:12:3" in log
    assert "张三" not in log
    assert "geheim" not in log


def test_every_button_is_done_by_the_desk_or_the_pages_or_says_why_not():
    by_pages = {"next_finding", "clear_marks"}
    assert {one.name for one in offered()} == ACTIONS.keys() | by_pages | layout.CANNOT.keys()


def test_the_pages_run_in_the_older_chromium_that_wps_brings():
    """No operator younger than 2018, which an older one cannot even read."""
    folder = Path(layout.__file__).parent / "pages"
    for page in folder.glob("*.js"):
        text = page.read_text("utf-8")
        assert "?." not in text, page.name
        assert "??" not in text, page.name
        assert "replaceChildren" not in text, page.name
