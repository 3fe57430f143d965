"""Names and tables."""

import asyncio
from pathlib import Path

import pytest
import xlwings as xw
from light import lighten
from loaded import load_workbook


def test_names_stand_for_ranges(book: xw.Book, sheet: xw.Sheet) -> None:
    assert (len(book.names), sheet["A1"].name) == (0, None)
    sheet["B2:D10"].name = "乙"
    sheet["A1"].name = "a1x"
    book.names.add("率", "=0.25")
    assert [(name.name, name.refers_to) for name in book.names] == [
        ("a1x", "=Sheet1!$A$1"),
        ("乙", "=Sheet1!$B$2:$D$10"),
        ("率", "=0.25"),
    ]
    assert sheet["乙"].address == book.names["乙"].refers_to_range.address == "$B$2:$D$10"
    assert ("乙" in book.names, "丙" in book.names, sheet["B2:D10"].name.name) == (
        True, False, "乙",
    )  # fmt: skip
    with pytest.raises(ValueError, match="no range"):
        _ = book.names["率"].refers_to_range
    book.names["乙"].refers_to = "='Sheet1'!$C$3"
    assert sheet["乙"].address == "$C$3"
    book.names["乙"].name = "丁"
    del book.names["a1x"]
    assert [name.name for name in book.names] == ["丁", "率"]


def test_a_sheet_has_names_of_its_own(book: xw.Book, sheet: xw.Sheet) -> None:
    other = book.sheets.add("又 一", after=sheet)
    other["B2"].name = "'又 一'!本地"
    sheet.names.add("内", "=Sheet1!$A$1:$B$3")
    assert (len(other.names), len(sheet.names), len(book.names)) == (1, 1, 2)
    assert (sheet["A1:B3"].name.name, other["本地"].address) == ("Sheet1!内", "$B$2")
    with pytest.raises(ValueError, match="no name"):
        sheet["本地"]
    sheet.name = "她 的"
    assert book.names["'她 的'!内"].refers_to_range.address == "$A$1:$B$3"


@pytest.mark.parametrize("has_python", [True, False])
def test_many_names_are_asked_for_in_one_call(
    book: xw.Book, sheet: xw.Sheet, monkeypatch: pytest.MonkeyPatch, has_python: bool
) -> None:
    """And one by one in a LibreOffice that has no Python."""
    if not has_python:
        monkeypatch.setattr(book.impl.app.office, "job", None)
    assert bool(book.impl.app.office.job) is has_python
    sheet["B2"].name = "乙"
    sheet.names.add("内", "=Sheet1!$A$1:$B$3")
    book.names.add("Rate", "=ROUND(0.25,1)")
    asked = ["乙", "丙", "rate", "内"]
    assert book.names.impl.references(asked) == {
        "乙": "=Sheet1!$B$2", "rate": "=ROUND(0.25,1)", "内": "=Sheet1!$A$1:$B$3",
    }  # fmt: skip
    sheet.range("1:1").insert("down")
    sheet.name = "她 的"
    assert book.names.impl.references(["乙"]) == {"乙": "='她 的'!$B$3"}


def test_a_table_tells_its_parts(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["名", "数"], ["a", 1], ["b", 2]]
    table = sheet.tables.add(sheet["A1:B3"], name="表")
    assert [table.range.address, table.header_row_range.address, table.data_body_range.address] == [
        "$A$1:$B$3",
        "$A$1:$B$1",
        "$A$2:$B$3",
    ]
    assert ([column.name for column in table.columns], len(table.rows)) == (["名", "数"], 2)
    assert (sheet["B2"].table, sheet["D9"].table, sheet.tables["表"], "表" in sheet.tables) == (
        table, None, table, True,
    )  # fmt: skip
    assert (table.insert_row_range, table.totals_row_range) == (None, None)
    sheet["D1"].formula = "=SUM(表[数])"
    table.rows.add(["c", 3])
    table.columns.add("注", 2)
    assert (table.range.address, sheet["A1:C4"].value) == (
        "$A$1:$C$4",
        [["名", "注", "数"], ["a", None, 1], ["b", None, 2], ["c", None, 3]],
    )
    table.sort(1, ascending=False)
    table.rows[0].delete()
    table.columns["注"].delete()
    assert table.range.value == [["名", "数"], ["b", 2], ["a", 1]]


def test_a_tables_header_and_totals_come_and_go(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["名", "数"], ["a", 1]]
    table = sheet.tables.add(sheet["A1"].expand())
    assert (table.name, table.show_headers, table.show_totals) == ("Table1", True, False)
    sheet["A3"].value = "表下"
    table.show_totals = True
    assert (table.totals_row_range.formula, table.data_body_range.address) == (
        (("Total", "=SUBTOTAL(109,$B$2)"),), "$A$2:$B$2",
    )  # fmt: skip
    assert (sheet["B3"].value, sheet["A4"].value) == (1, "表下")
    table.totals_row_range[0, 0].value = "合计"
    table.show_totals = False
    assert sheet["A3:B3"].value == [None, None]
    table.show_totals = True
    assert table.totals_row_range.value == ["合计", 1]
    table.show_totals = False
    table.show_headers = False
    assert (table.header_row_range, table.range.address) == (None, "$A$2:$B$2")
    table.show_headers = True
    assert table.range.value == [["名", "数"], ["a", 1]]
    table.resize(sheet["A1:C5"])
    table.name = "XYZ"
    assert (sheet.tables["XYZ"].range.address, table.display_name) == ("$A$1:$C$5", "XYZ")
    empty = sheet.tables.add(sheet["H10"])
    assert (empty.insert_row_range.address, empty.data_body_range) == ("$H$11", None)
    empty.rows.add(["首行"])
    assert (empty.range.value, len(empty.rows)) == (["Column1", "首行"], 1)
    assert [one.name for one in sheet.tables] == ["XYZ", empty.name]


def test_rows_and_columns_of_a_table_can_be_awaited(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["名", "数"], ["a", 1]]
    table = sheet.tables.add(sheet["A1:B2"])

    async def asked() -> list[object]:
        return [
            await table.rows.get_count(),
            await table.columns.get_count(),
            (await table.rows[0].get_range()).address,
            (await table.columns[1].get_range()).address,
            (await table.columns[1].get_data_body_range()).address,
        ]

    assert asyncio.run(asked()) == [1, 2, "$A$2:$B$2", "$B$1:$B$2", "$B$2"]


def test_the_real_form_has_its_names_and_tables(app: xw.App, sample_file: Path) -> None:
    saved = load_workbook(sample_file)
    book = app.books.open(lighten(sample_file))
    tables = {
        table.name: table.range.address.replace("$", "")
        for sheet in book.sheets
        for table in sheet.tables
    }
    assert tables == {name: ref for sheet in saved for name, ref in sheet.tables.items()}
    assert {name.name for name in book.names} == set(saved.defined_names)
    book.close()
