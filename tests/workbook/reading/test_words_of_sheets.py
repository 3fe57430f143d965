"""What the words on a sheet say of the cells to which names lead, in sheets of a few cells."""

from collections.abc import Mapping

import pytest
from small import details, form_of, money, read_of, snapshot_of, text

from workbook.catalogue.sheets import FIELD_HEADS
from workbook.entries.head_witnesses import heads_astray
from workbook.entries.labels import columns_of
from workbook.entries.read import read
from workbook.entries.structure import structure_faults
from workbook.entries.witnesses import testified as heard
from workbook.findings.place import Place
from workbook.reading.snapshot import Identity, RawCell, Snapshot
from workbook.reading.spots import Spot
from workbook.xlsx.addresses import cell_at, column_letters

FORM = form_of(money("甲"), money("乙"), money("丙"))
HEAD = FIELD_HEADS[1]("zh")
# as the form has it: labels in B, figures in C, their head in row 4
WORDS = {"B5": "甲", "B6": "乙", "B7": "丙", "C4": HEAD}
FIGURES = {"C5": 1, "C6": 2, "C7": 3}


def sheet(
    words: Mapping[str, str], figures: Mapping[str, float] = FIGURES, **names: str | None
) -> Snapshot:
    """A sheet of words and figures, with the names 甲, 乙 and 丙 at C5, C6, C7 unless said."""
    at = {"甲": "C5", "乙": "C6", "丙": "C7"} | names

    def address(row: int, column: int) -> str:
        assert row >= 1 and column >= 1  # Excel has no others, and fails
        return f"{column_letters(column)}{row}"

    def cell(name: str, row: int, column: int) -> RawCell:
        where = address(row, column)
        place = Place(name, where)
        if where in figures:
            return RawCell(place, "number", float(figures[where]))
        return RawCell(place, "text" if where in words else "blank", words.get(where))

    found = {key: where and cell("表", *cell_at(where)) for key, where in at.items()}
    said = lambda name, row, column: words.get(address(row, column), "")  # noqa: E731
    return Snapshot(Identity("小表", 1), ("表",), found, {}, cell=cell, text=said)


def told(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """What is said of names: which, where, and what is seen there."""
    return [(one.code, str(one.place), one.found) for one in heard(snapshot, FORM)[1]]


def test_names_at_their_own_words_are_true():
    assert told(sheet(WORDS)) == []


def test_a_name_at_another_row_is_told_with_the_words_of_that_row():
    (found,) = told(sheet(WORDS, 甲="C6", 乙=None))
    assert found == ("name-misled", "表!C6", "乙")


def test_a_name_beside_its_column_is_told_with_the_words_above_it_too():
    words = {**WORDS, "D4": "单位", "D5": "万元"}
    (found,) = told(sheet(words, 甲="D5"))
    assert found == ("name-misled", "表!D5", "甲、单位")


def test_the_names_of_two_fields_at_one_cell_are_told_and_one_that_is_gone_is_not():
    assert told(sheet({}, 甲="C5", 乙="C5", 丙=None)) == [("names-shared", "表!C5", "乙")]
    assert told(sheet({}, 甲=None, 乙="C5", 丙=None)) == []


def test_a_sheet_of_other_words_is_another():
    words = {"B5": "车辆", "B6": "房屋", "B7": "土地"}
    assert [code for code, *_ in told(sheet(words))] == ["sheet-replaced"]
    assert told(sheet(words, 丙=None)) == []  # two may be the clerk's own wording


def test_a_second_row_of_the_same_words_is_told_where_something_stands_in_it():
    again = {**WORDS, "B20": "甲"}
    assert told(sheet(again, {**FIGURES, "C20": 9})) == [("label-doubled", "表!C20", "9.0")]
    assert told(sheet(again)) == []
    assert told(sheet({**again, "C20": HEAD})) == []  # the heads of what follows


@pytest.mark.parametrize(("head", "column"), [("C4", 3), ("J4", 10), ("J1", 10), ("K4", 3)])
def test_fields_belong_under_their_head_if_it_is_not_too_far_away(head, column):
    words = {**WORDS, "C4": "", head: HEAD}
    names = {"甲": Spot("表", 5, 3), "乙": Spot("表", 6, 3)}
    found = dict(columns_of(sheet(words), FORM.sheet[0], names, "zh"))
    assert found == {"甲": column, "乙": column}


@pytest.mark.parametrize(
    ("word", "is_copy"), [("A1", True), ("A59", True), ("S1", True), ("A60", False), ("T1", False)]
)
def test_a_sheet_of_the_forms_name_to_which_no_name_leads_is_known_by_its_words(word, is_copy):
    snapshot = sheet({word: "甲"})
    names = {key: RawCell(Place("旧表", "C5"), "blank") for key in FORM.fields}
    moved = Snapshot(
        snapshot.identity, ("旧表", "表"), names, {}, cell=snapshot.cell, text=snapshot.text
    )
    assert [one.code for one in structure_faults(moved, FORM)] == ["sheet-copied"] * is_copy


def test_a_column_under_the_head_of_another_is_told():
    form = form_of(tables=[details(text("名称"), money("额"))])
    made = snapshot_of(form, {}, ({"名称": "一", "额": 1},))
    head = cell_at(made.tables["明细"].place.address)[0]

    def astray(heads: Mapping[int, str]) -> list[tuple[str, str]]:
        says = lambda name, row, column: heads.get(column, "") if row == head - 1 else ""  # noqa: E731
        snapshot = Snapshot(made.identity, made.sheets, {}, made.tables, text=says)
        return [(one.code, one.found) for one in heads_astray(snapshot, form)]

    assert astray({2: "名称", 3: "额"}) == []
    assert astray({2: "额", 3: "名称"}) == [("name-astray", "额"), ("name-astray", "名称")]


def test_many_blank_cells_of_a_table_are_one_finding():
    form = form_of(money("甲"), tables=[details(text("名称"), money("额"), rows=30)])
    few = [one.code for one in read_of(form, [{"名称": "一"}], 甲=1)]
    many = [one.code for one in read_of(form, [{"名称": f"第{n}"} for n in range(30)], 甲=1)]
    assert few == ["required"]
    assert many == ["required-cells"]


def test_infinity_is_no_figure():
    snapshot = sheet(WORDS, {**FIGURES, "C5": float("inf")})
    values, findings = read(snapshot, FORM)
    assert [one.code for one in findings] == ["not-a-number"]
    assert not values.fields["甲"].readable
