"""Ranges: where they are, and what is done to their cells."""

import struct
from pathlib import Path

import pytest
import xlwings as xw


@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        (("A1",), "$A$1"),
        (("$B$2:d5",), "$B$2:$D$5"),
        (("D5:B2",), "$B$2:$D$5"),
        (((2, 3),), "$C$2"),
        (((2, 2), (5, 4)), "$B$2:$D$5"),
        (("A1", (2, 2)), "$A$1:$B$2"),
        (("A:C",), "$A:$C"),
        (("1:3",), "$1:$3"),
        (("Sheet1!B2",), "$B$2"),
    ],
)
def test_an_address_is_understood(sheet: xw.Sheet, arguments: tuple, address: str) -> None:
    assert sheet.range(*arguments).address == address


def test_what_is_no_address_is_refused(sheet: xw.Sheet) -> None:
    with pytest.raises(IndexError):
        sheet.range((0, 1))
    with pytest.raises(ValueError, match="no address and no name"):
        sheet["没有"]


def test_addresses_are_written_as_excel_writes_them(book: xw.Book, sheet: xw.Sheet) -> None:
    block = sheet["A1:C3"]
    assert [
        block.get_address(False),
        block.get_address(True, False),
        block.get_address(False, False),
        block.get_address(include_sheetname=True),
        block.get_address(external=True),
    ] == [
        "$A1:$C3",
        "A$1:C$3",
        "A1:C3",
        "'Sheet1'!$A$1:$C$3",
        f"'[{book.name}]Sheet1'!$A$1:$C$3",
    ]


def test_cells_are_counted_and_sliced(sheet: xw.Sheet) -> None:
    block = sheet["B2:D4"]
    assert (block.shape, block.size, block.row, block.column) == ((3, 3), 9, 2, 2)
    assert [block(5).address, block[4].address, block[1:2, 1:].address] == [
        "$C$3",
        "$C$3",
        "$C$3:$D$3",
    ]
    assert [block.resize(1, 2).address, block.offset(1, 1).address, block.last_cell.address] == [
        "$B$2:$C$2",
        "$C$3:$E$5",
        "$D$4",
    ]
    assert (sheet["A1:D1"](5).address, len(sheet.cells.rows)) == ("$A$2", 1_048_576)


def test_ends_and_regions_are_found(sheet: xw.Sheet) -> None:
    sheet["A1:C5"].value = 1
    sheet["A8"].value = 1
    ends = [("A1", "down"), ("C5", "up"), ("A1", "right"), ("C5", "left"), ("A5", "d"), ("A8", "d")]
    assert [sheet[cell].end(way).address for cell, way in ends] == [
        "$A$5", "$C$1", "$C$1", "$A$5", "$A$8", "$A$1048576",
    ]  # fmt: skip
    assert sheet["B2"].current_region.address == "$A$1:$C$5"
    assert [sheet["A1"].expand(mode).address for mode in ("table", "down", "right")] == [
        "$A$1:$C$5",
        "$A$1:$A$5",
        "$A$1:$C$1",
    ]


def test_cells_rows_and_columns_are_inserted_and_deleted(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["a", "b"], ["c", "d"]]
    held = sheet["B2"]
    assert held.value == "d"
    sheet["A1"].insert("down")
    sheet["1:1"].insert("down")
    sheet["A:A"].insert("right")
    assert sheet["A1:C4"].value == [
        [None, None, None],
        [None, None, "b"],
        [None, "a", "d"],
        [None, "c", None],
    ]
    assert (held.address, held.value) == ("$C$3", "d")
    sheet["A:A"].delete()
    sheet["1:1"].delete()
    sheet["A1"].delete("up")
    assert sheet["A1:B2"].value == [["a", "b"], ["c", "d"]]
    sheet["A1"].delete()
    assert sheet["A1:B2"].value == [["b", None], ["c", "d"]]


def test_cells_are_copied_moved_and_pasted(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [1, "=A1+1"]
    sheet["A1:B1"].color = (34, 34, 34)
    sheet["A1:B1"].copy(sheet["A2"])
    sheet["A1:B1"].copy()
    sheet["A3"].paste()
    sheet["A4"].paste("values")
    sheet["A5"].paste("values", transpose=True)
    assert sheet["A1:B6"].formula == (
        ("1", "=A1+1"),
        ("1", "=A2+1"),
        ("1", "=A3+1"),
        ("1", "2"),
        ("1", ""),
        ("2", ""),
    )
    assert [sheet[cell].color for cell in ("A2", "A3", "A4")] == [(34, 34, 34)] * 2 + [None]
    sheet["A2:B2"].move(sheet["D7"])
    assert (sheet["A2:B2"].value, sheet["D7:E7"].formula) == ([None, None], (("1", "=D7+1"),))


def test_cells_are_merged_and_taken_apart(sheet: xw.Sheet) -> None:
    assert (sheet["A1"].merge_area.address, sheet["A1"].merge_cells) == ("$A$1", False)
    sheet["A1:B2"].merge()
    assert (sheet["A1"].merge_area.address, sheet["B2"].merge_cells) == ("$A$1:$B$2", True)
    sheet["A1:B2"].unmerge()
    assert sheet["A1"].merge_cells is False
    sheet["A1:B2"].merge(across=True)
    assert sheet["A2"].merge_area.address == "$A$2:$B$2"
    sheet["A1:C3"].merge()
    assert sheet["A2"].merge_area.address == "$A$1:$C$3"


def test_rows_are_sorted_freed_of_doubles_and_searched(sheet: xw.Sheet) -> None:
    block = sheet["A1:B5"]
    block.value = [["名", "数"], ["b", 1], ["a", 2], ["b", 1], ["c", 0]]
    sheet["A3"].color = (255, 0, 0)
    block.sort([1, 2], [True, False], has_headers=True)
    assert [cell.address for cell in block if cell.color] == ["$A$2"]
    assert block.value == [["名", "数"], ["a", 2], ["b", 1], ["b", 1], ["c", 0]]
    block.remove_duplicates([1, 2], has_headers=True)
    assert block.value == [["名", "数"], ["a", 2], ["b", 1], ["c", 0], [None, None]]
    assert [block.find("B"), block.find("B", match_case=True)] == [sheet["A3"], None]
    block.replace_all("b", "乙")
    assert sheet["A3"].value == "乙"


def test_special_cells_are_told_apart(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, "字", True], ["=1+1", '="a"', "=1/0"], [None, None, None]]

    def areas(kind: str, values: str | None = None) -> list[str]:
        return [area.address for area in sheet["A1:C3"].get_special_cells(kind, values)]

    assert areas("blanks") == ["$A$3:$C$3"]
    assert [sheet["D1"].get_special_cells(kind) for kind in ("constants", "formulas")] == [[], []]
    assert [areas("constants", kind) for kind in ("numbers", "text", "logical", "errors")] == [
        ["$A$1"], ["$B$1"], ["$C$1"], [],
    ]  # fmt: skip
    assert [areas("formulas", kind) for kind in ("numbers", "text", "logical", "errors")] == [
        ["$A$2"], ["$B$2"], [], ["$C$2"],
    ]  # fmt: skip


def test_a_series_is_continued(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1], [2]]
    sheet["A1:A2"].autofill(sheet["A1:A4"])
    sheet["A1:A2"].autofill(sheet["A1:B2"], "fill_copy")
    assert sheet["A1:B4"].value == [[1, 1], [2, 2], [3, None], [4, None]]


def test_links_are_set_and_read(sheet: xw.Sheet) -> None:
    sheet["A1"].add_hyperlink("www.xlwings.org")
    sheet["A2"].add_hyperlink("https://example.org/a", "示例")
    sheet["A3"].formula = '=HYPERLINK("https://example.org/b","b")'
    assert sheet["A1:A3"].value == ["www.xlwings.org", "示例", "b"]
    assert [cell.hyperlink.rstrip("/") for cell in sheet["A1:A3"]] == [
        "http://www.xlwings.org",
        "https://example.org/a",
        "https://example.org/b",
    ]
    with pytest.raises(Exception, match="hyperlink"):
        _ = sheet["A4"].hyperlink


def test_rows_and_columns_are_hidden_and_grouped(sheet: xw.Sheet) -> None:
    sheet["A2:B3"].rows.hidden = True
    sheet["B1"].columns.hidden = True
    assert [sheet[where].rows.hidden for where in ("A1", "A2:A3", "A1:A2")] == [False, True, None]
    assert [sheet[where].columns.hidden for where in ("A1", "B1")] == [False, True]
    sheet["5:6"].group()
    sheet["5:6"].ungroup()


def test_a_range_is_drawn(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["B2"].value = [["收入", 348.57], ["支出", 195.31]]
    sizes = {}
    for block in ("B2:C3", "B2:K40"):
        path = tmp_path / "图.png"
        sheet[block].impl.to_png(str(path))  # xlwings itself asks for Pillow first
        assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
        sizes[block] = struct.unpack(">II", path.read_bytes()[16:24])
    assert all(large > small for small, large in zip(*sizes.values(), strict=True))
