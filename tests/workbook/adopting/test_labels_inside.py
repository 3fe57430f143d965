"""Labels that stand in one cell with what is typed: 填表人：张三　　联系电话：…."""

import pytest
from msgspec.structs import replace
from small import form_of, snapshot_of, text
from test_odd_forms import book, found_in

from workbook.adopting.adopt import adopt
from workbook.checking.data_files import KindError
from workbook.checking.intake import take_in
from workbook.checking.kinds import load_kind
from workbook.form.behind import parts, runs_together, typed_behind, with_typed
from workbook.reading.labelled import surplus
from workbook.reading.results import text_at
from workbook.reading.spots import Spot
from workbook.rules.defaults import worked_out
from workbook.saving.edited import Edited
from workbook.viewing.words import labels_inside
from workbook.xlsx.book import Book
from workbook.xlsx.package import Package
from workbook.years.beginning import new_workbook
from workbook.years.leftovers import leftovers

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
        ("填报单位：某局　（单位：万元）", [("填报单位", "某局")]),
        ("填 表 人：王五　审　核　人：李四", [("填表人", "王五"), ("审核人", "李四")]),
        ("填表人：审核人：", [("填表人", ""), ("审核人", "")]),
        ("填表人：张三，联系电话：1", [("填表人", "张三"), ("联系电话", "1")]),
        (
            "制表人：张三  日期：2024-01-05    审核人：李四  日期：2024-01-09",
            [
                ("制表人", "张三"),
                ("日期", "2024-01-05"),
                ("审核人", "李四"),
                ("日期2", "2024-01-09"),
            ],
        ),
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
    assert [(str(one.place), one.code) for one in told] == [("表!A2", "label-lost")]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'behind = "填表人"',
            'behind = "填报人"',
            "behind 写的是「填报人」,表!A6 里有的是「填表人」、「联系电话」",
        ),
        (
            'behind = "联系电话"',
            'behind = "填表人"',
            "behind 写的是「填表人」,表!A6 的另一个字段也是这样写的",
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


def test_labels_right_behind_one_another_stay_when_words_are_typed():
    typed = with_typed("填表人：审核人：", {"填表人": "王五", "审核人": "李四"})
    assert (typed, typed_behind(typed, "审核人")) == ("填表人：王五　审核人：李四", "李四")


TWICE = "制表人：张三  日期：2024-01-05    审核人：李四  日期：2024-01-09"


def test_a_label_that_stands_twice_is_asked_by_the_one_before_it(tmp_path):
    made = adopt("收支", book([*ROWS[:5], (TWICE,)], merged=("A6:C6",)))
    folder = tmp_path / "收支"
    folder.mkdir()
    for name, data in made.files.items():
        (folder / name).write_bytes(data)
    asked = [(one.key, one.behind, one.value) for one in made.found.asked() if one.behind]
    assert asked[1:] == [
        ("制表人", "制表人", "张三"),
        ("制表人日期", "日期", "2024-01-05"),
        ("审核人", "审核人", "李四"),
        ("审核人日期", "日期2", "2024-01-09"),
    ]
    new = Book(Package.of(new_workbook(load_kind(folder), sample=True)))
    assert text_at(new, Spot("表", 6, 1)) == TWICE
    form = folder / "form.toml"
    said = form.read_text("utf-8")
    turned = said.replace('"日期2"', '"日期3"').replace('behind = "日期"', 'behind = "日期2"')
    form.write_text(turned.replace('"日期3"', '"日期"'), "utf-8")
    with pytest.raises(KindError) as raised:
        new_workbook(load_kind(folder))
    assert [one.partition("表!A6 ")[2] for one in raised.value.faults] == [
        "里的标签依次是制表人、日期、审核人、日期2,字段也要按这个顺序写"
    ] * 2
    form.write_text(said.replace('behind = "日期2"', 'behind = "审核人"'), "utf-8")
    with pytest.raises(KindError) as raised:
        new_workbook(load_kind(folder))
    assert [one.partition("表!A6 ")[2] for one in raised.value.faults] == [
        '里这个标签有 2 处,另外的也要有字段,写 behind = "日期2"',
        "的另一个字段也是这样写的",
    ]


SCAFFOLDS = {
    "填表日期：    年   月   日": "填表日期：某",
    "填表日期：    年   月   日　　审核人：": "填表日期：某　　审核人：某",
    "填表日期：20   年  月  日（盖章）　年度：": "填表日期：某（盖章）　年度：某",
    "填表人：_____　日期：____年__月__日": "填表人：某　日期：某",
    "时间：第   季度": "时间：某",
}


@pytest.mark.parametrize("text", SCAFFOLDS)
def test_the_signs_between_which_a_date_is_written_are_not_typed(text):
    labels = [one.label for one in parts(text)]
    assert {typed_behind(text, one) for one in labels} == {""}
    assert with_typed(text, dict.fromkeys(labels, "")) == text
    filled = with_typed(text, dict.fromkeys(labels, "某"))
    assert filled == SCAFFOLDS[text]
    assert {typed_behind(filled, one, labels) for one in labels} == {"某"}


@pytest.mark.parametrize("text", ["周期：月", "周期：年度", "填表日期：2024年3月5日", "期限：20年"])
def test_words_of_time_that_are_typed_stay(text):
    assert [text[one.start : one.end] for one in parts(text)] == [text.split("：")[1]]


def test_a_cell_that_holds_nothing_but_signs_to_write_between_has_no_sample():
    rows = [*ROWS[:1], ("填报日期：", "    年  月  日"), *ROWS[2:5]]
    assert [one.value for one in found_in(rows).asked() if one.key == "填报日期"] == [None]


@pytest.mark.parametrize(
    ("text", "is_together"),
    [
        ("联系人：   E-mail：", True),
        ("联系人：   微信/QQ：   电话：", True),
        ("网址：http://a.cn", False),
    ],
)
def test_a_label_of_latin_letters_runs_together_with_the_one_before(text, is_together):
    assert runs_together(text) == is_together


@pytest.mark.parametrize(
    "text", ["填表人：张三审核人：李四", "联系人：    E-mail：", "统 计 员：李四　填表人：张三"]
)
def test_a_cell_whose_labels_run_into_words_is_left_alone_and_told(text):
    made = adopt("收支", book([*ROWS[:5], (text,)], merged=("A6:C6",)))
    assert [one.key for one in made.found.asked() if one.behind] == ["填报单位"]
    assert [one for one in made.found.open if one.startswith("表!A6:标签和内容连在一起")] != []
    blank = Book(Package.of(made.files["form.xlsx"]))
    assert text_at(blank, Spot("表", 6, 1)) == text


@pytest.mark.parametrize(
    ("typed", "read", "told"),
    [
        ("填 表 人：王五　联 系 电 话:138", ["王五", "138"], []),
        ("填表人 : 王五，联系电话：138", ["王五", "138"], []),
        ("填 表 人：王五　电话：138", ["王五", None], ["label-lost 联系电话", "label-unknown "]),
        ("填表人王五 联系电话138", [None, None], ["label-lost 填表人", "label-lost 联系电话"]),
        ("张三 1234", [None, None], ["label-lost 填表人", "label-lost 联系电话"]),
        (138, [None, None], ["label-lost 填表人", "label-lost 联系电话"]),
        ("填表人：　　联系电话：", [None, None], []),
        ("", [None, None], []),
        (f"{SIGNED}　复核：钱七", ["张三", "0731-85221234"], ["label-unknown "]),
        (f"{SIGNED}\n传真：999", ["张三", "0731-85221234"], ["label-unknown "]),
        ("附：填表人：　联系电话：1", [None, "1"], []),
        ("制表单位（公章）　填表人：　联系电话：1", [None, "1"], []),
        ("金额单位：万元　填表人：王五　联系电话：1", ["王五", "1"], []),
        ("单位：人次　填表人：王五　联系电话：1", ["王五", "1"], []),
        ("王五　填表人：　联系电话：1", [None, "1"], ["label-unknown "]),
        ("李四　填表人：王五　联系电话：1", ["王五", "1"], ["label-unknown "]),
        ("2024年3月5日　填表人：王五　联系电话：1", ["王五", "1"], ["label-unknown "]),
        ("填表人：甲　填表人：乙　联系电话：1", [None, "1"], ["label-twice 填表人"]),
    ],
)
def test_nothing_typed_in_a_cell_with_labels_is_lost_in_silence(typed, read, told):
    keys = ("填表人", "联系电话")
    form = form_of(*(text(key, behind=key, required=False) for key in keys))
    snapshot = snapshot_of(form, {"填表人": typed})
    snapshot = replace(snapshot, names=dict.fromkeys(form.fields, snapshot.names["填表人"]))
    _, values, found = worked_out(snapshot, form, ())
    assert [values.fields[one].value for one in form.fields] == read
    assert [f"{one.code} {one.label}" for one in found] == told


def test_what_no_label_takes_in_is_left_over(kind):
    kind = load_kind(kind)
    edited = Edited(new_workbook(kind, sample=True))
    edited.put({Spot("表", 6, 1): f"{SIGNED}　复核：钱七"})
    left = leftovers(Book(Package.of(edited.data())), kind, kind.form)
    assert [(str(one.place), one.text) for one in left] == [("表!A6", "复核：钱七")]


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("填报单位：某局　　　　单位：万元", ["填报单位"]),
        ("填报单位：　　单位：万元", ["填报单位"]),
        ("填报单位：某局　（单位：万元）", ["填报单位"]),
        ("填报单位：某局　金额单位：人民币万元", ["填报单位"]),
        ("单位：万元　填报单位：某局", ["填报单位"]),
        ("单位：万元", []),
    ],
)
def test_a_unit_behind_another_label_holds_and_is_not_asked(note, asked):
    found = found_in([ROWS[0], (note,), *ROWS[2:5]], merged=("A2:C2",))
    assert [one.key for one in found.asked() if one.behind] == asked
    figures = [one for one in found.asked() if one.type != "text"]
    assert {one.unit for one in figures} == {"万元"}


LOST_TWO = ["label-lost 电话", "label-lost 审核人电话"]


@pytest.mark.parametrize(
    ("typed", "read", "told"),
    [
        ("制表人：甲　电话：1　审核人：乙　电话：2", ["甲", "1", "乙", "2"], []),
        ("制表人：甲　审核人：乙　电话：2", ["甲", None, "乙", None], LOST_TWO),
        ("制表人：甲　审核人：乙　电话：2　电话：1", ["甲", None, "乙", None], LOST_TWO),
        ("电话：1　制表人：甲　审核人：乙　电话：2", ["甲", None, "乙", None], LOST_TWO),
        (
            "甲　电话：1　审核人：乙　电话：2",
            [None, "1", "乙", "2"],
            ["label-lost 制表人", "label-unknown "],
        ),
        ("制表人：　电话：　审核人：", [None] * 4, []),
    ],
)
def test_of_doubled_labels_one_that_is_gone_gives_no_other_persons_words(typed, read, told):
    keys = {"制表人": "制表人", "电话": "电话", "审核人": "审核人", "审核人电话": "电话2"}
    form = form_of(*(text(key, behind=one, required=False) for key, one in keys.items()))
    snapshot = snapshot_of(form, {"制表人": typed})
    snapshot = replace(snapshot, names=dict.fromkeys(form.fields, snapshot.names["制表人"]))
    _, values, found = worked_out(snapshot, form, ())
    assert [values.fields[one].value for one in form.fields] == read
    assert [f"{one.code} {one.label}" for one in found] == told


@pytest.mark.parametrize(
    ("head", "is_open"), [("注：本表一式两份。", False), ("2024年3月5日", True), ("", False)]
)
def test_the_forms_own_words_before_labels_are_kept_and_what_differs_is_told(head, is_open):
    made = found_in([*ROWS[:5], (f"{head}　填表人：张三　审核人：",)], merged=("A6:C6",))
    assert [one.own_words for one in made.asked() if one.behind][1:] == [head, ""]
    assert any(one.startswith("表!A6:标签前面写着") for one in made.open) == is_open
    labels = ("填表人", "审核人")
    assert [*surplus(f" {head} 填表人：　审核人：", labels, head)] == []
    assert [*surplus(f"李四{head}　填表人：张三　审核人：", labels, head)] == [f"李四{head}"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("园长：贺  兰", ["园长"]),
        ("膳食委员会：陈立、唐果妈妈", ["膳食委员会"]),
        ("财务总监：佟丽", ["财务总监"]),
        ("保管：老杨", ["保管"]),
        ("理事长：高明", ["理事长"]),
        ("河长：周正", ["河长"]),
        ("截止：2024年9月30日", ["截止"]),
        ("填表：2024.11.4", ["填表"]),
        ("桥长：120米", []),
        ("周长：33米", []),
        ("河长：12公里", []),
        ("增长：8%", []),
    ],
)
def test_labels_of_persons_and_times_are_told_from_those_of_measures(text, labels):
    assert labels_inside(text) == labels


def test_a_date_behind_any_label_is_none_of_the_next_form():
    rows = [*ROWS[:1], ("填表：2024.11.4", None, "审核：王五"), *ROWS[2:-1]]
    carried = {one.key: one.is_carried for one in found_in(rows).asked()}
    assert (carried["填表"], carried["审核"]) == (False, True)
