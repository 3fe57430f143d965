"""Labels that stand in one cell with what is typed: 填表人：张三　　联系电话：…."""

import pytest
from test_odd_forms import book, found_in

from workbook.adopting.adopt import adopt
from workbook.checking.data_files import KindError
from workbook.checking.intake import take_in
from workbook.checking.kinds import load_kind
from workbook.form.behind import parts, typed_behind, with_typed
from workbook.reading.results import text_at
from workbook.reading.spots import Spot
from workbook.saving.edited import Edited
from workbook.xlsx.book import Book
from workbook.xlsx.package import Package
from workbook.years.beginning import new_workbook

SIGNED = "填表人：张三　　联系电话：0731-85221234"
ROWS = [
    ("收支表",),
    ("填报单位：清溪县水利局（盖章）", None, "单位：万元"),
    ("项目", "预算数", "决算数"),
    ("基本支出", 120.5, 118.2),
    ("项目支出", 80.25, 79.9),
    (SIGNED, None, "审核人：李四"),
]


@pytest.fixture
def kind(tmp_path):
    folder = tmp_path / "收支"
    folder.mkdir()
    for name, data in adopt("收支", book(ROWS, merged=("A6:B6",))).files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (SIGNED, [("填表人", "张三"), ("联系电话", "0731-85221234")]),
        ("校长（签字）：刘志远", [("校长（签字）", "刘志远")]),
        ("填报单位：某局（公章）", [("填报单位", "某局")]),
        ("填表人：　　审核人：", [("填表人", ""), ("审核人", "")]),
        ("负责人:赵 立 日期:3月15日", [("负责人", "赵 立"), ("日期", "3月15日")]),
        ("没有标签", []),
    ],
)  # fmt: skip
def test_each_label_of_a_cell_has_its_own_words(text, found):
    assert [(one.label, text[one.start : one.end]) for one in parts(text)] == found


def test_words_go_behind_their_labels_and_all_else_stays():
    blank = with_typed(SIGNED, {"填表人": "", "联系电话": ""})
    assert blank == "填表人：　　联系电话："
    assert with_typed(blank, {"填表人": "王五", "邮编": "1"}) == "填表人：王五　　联系电话："
    assert typed_behind("王五", "填表人") == ""


def test_what_stands_behind_labels_is_asked_and_blanked(kind):
    form = load_kind(kind).form
    assert [(one.key, one.behind, one.required) for one in form.fields.values() if one.behind] == [
        ("填报单位", "填报单位", True),
        ("填表人", "填表人", False),
        ("联系电话", "联系电话", False),
        ("审核人", "审核人", False),
    ]
    blank = Book(Package.of((kind / "form.xlsx").read_bytes()))
    said = [text_at(blank, Spot("表", row, column)) for row, column in ((2, 1), (6, 1), (6, 3))]
    assert said == ["填报单位：（盖章）", "填表人：　　联系电话：", "审核人："]


def test_a_sample_is_typed_behind_the_labels_and_read_from_there(kind, tmp_path):
    file = tmp_path / "填报.xlsx"
    file.write_bytes(new_workbook(load_kind(kind), sample=True))
    assert text_at(Book(Package.of(file.read_bytes())), Spot("表", 6, 1)) == SIGNED
    checked = take_in(file, kind.parent).checked
    assert checked.findings == ()
    said = {key: one.value for key, one in checked.values.fields.items() if one.field.behind}
    assert said == {
        "填报单位": "清溪县水利局",
        "填表人": "张三",
        "联系电话": "0731-85221234",
        "审核人": "李四",
    }


def test_a_label_that_was_typed_over_is_no_blank_in_silence(kind, tmp_path):
    edited = Edited(new_workbook(load_kind(kind), sample=True))
    edited.put({Spot("表", 2, 1): "清溪县水利局"})
    file = tmp_path / "填报.xlsx"
    file.write_bytes(edited.data())
    told = take_in(file, kind.parent).checked.findings
    assert [(str(one.place), one.code) for one in told] == [("表!A2", "required")]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'behind = "填表人"',
            'behind = "填报人"',
            "behind 写的是「填报人」,表!A6 里有的是「填表人」、「联系电话」",
        ),
        (
            'type = "text"\nbehind = "填表人"',
            'type = "integer"\nbehind = "填表人"',
            'behind 只写在 type = "text" 的字段里',
        ),
    ],
)
def test_a_label_that_is_not_in_the_cell_is_a_fault_of_the_form(kind, old, new, says):
    form = kind / "form.toml"
    form.write_text(form.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(KindError) as raised:
        new_workbook(load_kind(kind))
    assert [one.endswith(says) for one in raised.value.faults] == [True]


@pytest.mark.parametrize("text", ["注：本表按季填报", "其中：公务接待", "单位：万元", "支出：工资"])
def test_other_words_with_a_colon_are_no_labels_of_that_kind(text):
    found = found_in([*ROWS[:1], *ROWS[2:5], (text,)])
    assert [one.key for one in found.asked() if one.behind] == []


def test_a_lost_sheet_is_told_once_with_the_one_that_may_be_meant(kind):
    file = kind / "form.xlsx"
    edited = Edited(file.read_bytes())
    sheets = edited.tree("xl/workbook.xml")
    for one in sheets.iter():
        if one.get("name") == "表":
            one.set("name", "收支表")
    file.write_bytes(edited.data())
    with pytest.raises(KindError) as raised:
        new_workbook(load_kind(kind), sample=True)
    (fault,) = raised.value.faults
    assert "指着工作表「表」,没有这张表" in fault
