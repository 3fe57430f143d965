"""Sheets."""

from pathlib import Path

import pytest
import xlwings as xw


def names(book: xw.Book) -> list[str]:
    return [sheet.name for sheet in book.sheets]


def test_sheets_are_added_where_they_are_wanted(book: xw.Book, sheet: xw.Sheet) -> None:
    book.sheets.add("后", after=sheet)
    book.sheets.add("前", before=sheet)
    book.sheets.add("二", after=1)
    assert names(book) == ["前", "二", sheet.name, "后"]
    assert (book.sheets.active.name, book.sheets["后"].index, len(book.sheets)) == ("二", 4, 4)
    added = book.sheets.add()
    assert (added.index, book.sheets.active) == (2, added)
    with pytest.raises(ValueError, match="already present"):
        book.sheets.add("后")
    with pytest.raises(KeyError):
        book.sheets["没有"]


def test_a_sheet_is_renamed_hidden_moved_and_deleted(book: xw.Book, sheet: xw.Sheet) -> None:
    other = book.sheets.add("乙", after=sheet)
    sheet.name = "甲"
    sheet.move(after=other)
    assert names(book) == ["乙", "甲"]
    sheet.visible = False
    assert (sheet.visible, other.visible) == (False, True)
    sheet.visible = True
    other.delete()
    assert names(book) == ["甲"]


def test_a_sheet_is_copied_within_its_book_and_into_another(
    app: xw.App, book: xw.Book, sheet: xw.Sheet
) -> None:
    sheet["A1"].value = "xyz"
    sheet.copy(before=sheet, name="本")
    sheet.copy()
    assert names(book) == ["本", "Sheet1", "Sheet1 (2)"]
    other = app.books.add()
    copied = sheet.copy(after=other.sheets[0], name="抄")
    assert (names(other), copied["A1"].value) == (["Sheet1", "抄"], "xyz")
    other.close()


def test_tables_of_a_copied_sheet_are_copied_too(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["a", "b"], [1, 2]]
    sheet.tables.add(sheet["A1:B2"], name="表")
    copied = sheet.copy()
    assert [(table.name, table.range.address) for table in copied.tables] == [("表_2", "$A$1:$B$2")]


def test_the_used_range_is_what_holds_something(sheet: xw.Sheet) -> None:
    assert sheet.used_range.address == "$A$1"
    sheet["B2:C7"].value = 1
    assert sheet.used_range.address == "$B$2:$C$7"


def test_a_sheet_is_emptied(sheet: xw.Sheet) -> None:
    sheet["G10"].value = 22
    sheet["G10"].color = (255, 255, 0)
    sheet.clear_contents()
    assert (sheet["G10"].value, sheet["G10"].color) == (None, (255, 255, 0))
    sheet["G10"].value = 22
    sheet.clear_formats()
    assert (sheet["G10"].value, sheet["G10"].color) == (22, None)
    sheet.clear()
    assert sheet["G10"].value is None


def test_what_is_printed_shown_and_frozen_can_be_set(sheet: xw.Sheet, tmp_path: Path) -> None:
    assert (sheet.page_setup.print_area, sheet.show_gridlines) == (None, True)
    sheet.page_setup.print_area = "A1:B2"
    sheet.show_gridlines = False
    sheet.freeze_panes.freeze_at("A1:A2")
    assert (sheet.page_setup.print_area, sheet.show_gridlines) == ("$A$1:$B$2", False)
    assert sheet.book.api.CurrentController.hasFrozenPanes()
    sheet.freeze_panes.unfreeze()
    sheet.page_setup.print_area = None
    assert sheet.page_setup.print_area is None
    assert not sheet.book.api.CurrentController.hasFrozenPanes()
    sheet["A1"].value = "网页"
    sheet.to_html(tmp_path / "a.html")
    assert "网页" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_gridlines_belong_to_one_sheet(app: xw.App, book: xw.Book, sheet: xw.Sheet) -> None:
    other = book.sheets.add(after=sheet)
    sheet.activate()
    other.show_gridlines = False
    assert (sheet.show_gridlines, other.show_gridlines, book.sheets.active) == (True, False, sheet)
    other.show_gridlines = True
    assert other.show_gridlines
    other.visible = False
    with pytest.raises(ValueError, match="is hidden"):
        other.show_gridlines = False


def test_rows_and_columns_are_fitted(sheet: xw.Sheet) -> None:
    block = sheet["A1:D4"]
    block.value = "test_string"
    block.row_height = block.column_width = 40
    assert (block.row_height, block.column_width) == (40, 40)
    sheet.autofit()
    assert (block.row_height, block.column_width) == (12.75, sheet["A1"].column_width)
    assert sheet["A1"].column_width < 20


def test_notes_are_written_read_and_taken_away(book: xw.Book, sheet: xw.Sheet) -> None:
    assert sheet["A1"].note is None
    note = sheet["B2"].add_note("请核对")
    sheet["A1"].add_note("一")
    note.text = "请再核对"
    assert [(one.location.address, one.text) for one in sheet.notes] == [
        ("$A$1", "一"),
        ("$B$2", "请再核对"),
    ]
    assert (len(book.notes), sheet.notes["B2"].text, len(sheet.shapes)) == (2, "请再核对", 0)
    note.delete()
    assert (sheet["B2"].note, len(sheet.notes)) == (None, 1)
