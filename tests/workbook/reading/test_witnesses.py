"""Names that lead to another field's cell are found by the words that stand beside it."""

import pytest
from openpyxl import Workbook
from spoiled import DEPARTMENT, Spoil, editing, sheets_change_places, typing

from workbook.checking.intake import take_in
from workbook.checking.show import finding_lines
from workbook.findings.model import flattened

SHEET = "预算收支"


def told(path, spoil: Spoil):
    """What is said of names, and the values that are read of the fields of one sheet."""
    spoil(path)
    checked = take_in(path).checked
    found = [one for one in flattened(checked.findings) if one.code.startswith("name")]
    fields = checked.values.fields
    return {(one.label, str(one.place), one.expected) for one in found}, fields


def swap(one: int, other: int) -> Spoil:
    """Two rows change places with their labels and figures, as sorting does; names stay."""

    def rows(book: Workbook) -> None:
        sheet = book[SHEET]
        for column in range(2, 6):
            a, b = sheet.cell(one, column), sheet.cell(other, column)
            a.value, b.value = b.value, a.value

    return editing(rows)


def test_rows_that_were_sorted_with_their_labels(sample_file):
    found, fields = told(sample_file, swap(18, 19))
    assert found == {
        ("人员经费", f"{SHEET}!C18", f"{SHEET}!C19"),
        ("公用经费", f"{SHEET}!C19", f"{SHEET}!C18"),
    }
    assert not fields["人员经费"].readable and not fields["公用经费"].readable


def test_a_row_that_a_tool_put_in_without_moving_the_names(sample_file):
    editing(lambda book: book[SHEET].insert_rows(18))(sample_file)
    checked = take_in(sample_file).checked
    (found,) = [one for one in checked.findings if one.code.startswith("name")]
    assert (found.code, str(found.place), found.found) == ("names-moved", f"{SHEET}!C18", "17")
    # the places alone: their cells are not blank, and what stands in them is another's
    assert list(finding_lines(found))[2] == f"    · {SHEET}!C18  人员经费"
    twice = {str(one.place) for one in checked.findings if one.code == "label-doubled"}
    assert f"{SHEET}!C18" not in twice  # the row put in is blank
    astray = {part.place for part in found.parts}
    for field in checked.values.fields.values():
        if field.place and field.place.sheet == SHEET and int(field.place.address[1:]) >= 18:
            assert field.place in astray or field.field.compute
            assert not field.readable or field.field.compute


def test_a_column_of_a_grid_whose_cells_changed_places(sample_file):
    def columns(book: Workbook) -> None:
        sheet = book["基础数据"]
        for row in range(1, sheet.max_row + 1):
            one, other = sheet.cell(row, 3), sheet.cell(row, 4)
            one.value, other.value = other.value, one.value

    found, fields = told(sample_file, editing(columns))
    assert found
    assert all(not fields[key].readable for key in ("公用_上年决算数", "公用_本年预算数"))


@pytest.mark.parametrize("words", ["", "人员经费(含离退休) *", "本单位的人员费用"])
def test_a_label_in_the_clerks_own_words_is_no_reason(sample_file, words):
    found, fields = told(sample_file, editing(lambda book: book[SHEET].__setitem__("B18", words)))
    assert found == set()
    assert str(fields["人员经费"].value) == "171.74"


def test_a_column_put_in_before_the_labels_moves_names_and_labels_alike(sample_file):
    def moved(book: Workbook) -> None:
        sheet = book[SHEET]
        sheet.move_range(f"A1:{sheet.dimensions.partition(':')[2]}", cols=1)
        for name in book.defined_names.values():
            if name.attr_text.startswith((f"'{SHEET}'", SHEET)):
                name.attr_text = name.attr_text.replace("$C$", "$D$")

    found, fields = told(sample_file, editing(moved))
    assert found == set()
    assert str(fields["人员经费"].value) == "171.74"


def test_signs_that_nobody_sees_are_a_blank_cell(sample_file):
    found, fields = told(sample_file, typing(人员经费="\u200b \ufeff", 单位名称="\u200b"))
    assert found == set()
    assert fields["人员经费"].is_blank and fields["单位名称"].is_blank


def lead(**cells: str) -> Spoil:
    """Names led by hand to other cells of the sheet."""

    def names(book: Workbook) -> None:
        for key, address in cells.items():
            book.defined_names[key].attr_text = f"{SHEET}!${address[0]}${address[1:]}"

    return editing(names)


@pytest.mark.parametrize("address", ["B18", "D18", "E18", "F18"])
def test_a_name_that_was_led_sideways_in_its_own_row(sample_file, address):
    found, fields = told(sample_file, lead(人员经费=address))
    assert found == {("人员经费", f"{SHEET}!{address}", f"{SHEET}!C18")}
    assert not fields["人员经费"].readable


def test_a_name_led_to_the_forms_own_words_beside_a_blank_cell(sample_file):
    spoil = editing(
        lambda book: (
            book["基本情况"].__setitem__("C6", None),
            setattr(book.defined_names["单位名称"], "attr_text", "基本情况!$B$6"),
        )
    )
    found, fields = told(sample_file, spoil)
    assert found == {("单位名称", "基本情况!B6", "基本情况!C6")}
    assert not fields["单位名称"].readable


@pytest.mark.parametrize("column", [1, 2, 3])
def test_a_column_that_a_tool_put_in_without_moving_the_names(sample_file, column):
    editing(lambda book: book[SHEET].insert_cols(column))(sample_file)
    checked = take_in(sample_file).checked
    (found,) = [one for one in checked.findings if one.code.startswith("name")]
    assert (found.code, found.place.sheet) == ("names-moved", SHEET)
    for field in checked.values.fields.values():
        if field.place and field.place.sheet == SHEET and not field.field.compute:
            assert not field.readable or field.is_blank


def test_a_cell_that_was_cut_and_pasted_takes_its_name_along(sample_file):
    def cut(book: Workbook) -> None:
        book[SHEET].move_range("C18", cols=4)
        book.defined_names["人员经费"].attr_text = f"{SHEET}!$G$18"

    found, fields = told(sample_file, editing(cut))
    assert found == set()
    assert str(fields["人员经费"].value) == "171.74"


@pytest.mark.parametrize(
    ("sheet", "cell"), [("基本情况", "H40"), ("绩效数据", "C13"), ("项目自评卡", "C40")]
)
def test_a_cell_that_was_cut_to_another_sheet_while_its_own_is_filled_anew(
    sample_file, sheet, cell
):
    def cut(book: Workbook) -> None:
        book[sheet][cell] = 171.74
        book[SHEET]["C18"] = 175
        book.defined_names["人员经费"].attr_text = f"'{sheet}'!${cell[0]}${cell[1:]}"

    found, fields = told(sample_file, editing(cut))
    assert found == {("人员经费", f"{sheet}!{cell}", f"{SHEET}!C18")}
    assert not fields["人员经费"].readable


def test_a_cell_that_was_cut_to_another_sheet_takes_its_name_along(sample_file):
    def cut(book: Workbook) -> None:
        book["基本情况"]["H40"] = 171.74
        book[SHEET]["C18"] = None
        book.defined_names["人员经费"].attr_text = "'基本情况'!$H$40"

    found, fields = told(sample_file, editing(cut))
    assert (found, str(fields["人员经费"].value)) == (set(), "171.74")


OTHERS = (
    "填报说明",
    "预算收支",
    "项目支出",
    "绩效数据",
    "基础数据",
    "提纲",
    "校验",
    "选项",
)


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("one", ["问题与改进", "附表说明", "资金来源"])
def test_what_stands_on_two_sheets_changed_places(sample_file, one, other):
    sheets_change_places(one, other)(sample_file)
    assert not take_in(sample_file).checked.is_fit


@pytest.mark.parametrize("other", ["校验", "绩效指标"])
def test_nothing_is_read_of_a_sheet_without_any_of_the_forms_words(sample_file, other):
    sheets_change_places("附表说明", other)(sample_file)
    checked = take_in(sample_file).checked
    (found,) = [one for one in checked.findings if one.code == "sheet-replaced"]
    assert (str(found.place), found.found) == ("附表说明!C5", "附表说明")
    sheet = next(one for one in DEPARTMENT.form.sheet if one.name == "附表说明")
    assert not any(checked.values.fields[field.key].readable for field in sheet.fields)
