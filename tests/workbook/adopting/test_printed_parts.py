"""What a form prints itself, and columns whose cells show figures in different ways."""

from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook

from docgen.adopting.kind import adopt_kind


def adopted(folder, *sheets):
    """The kind that sheets become: each a title, its rows, and formats by cell."""
    book = Workbook()
    book.remove(book.active)
    for title, rows, formats in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cell, code in formats.items():
            sheet[cell].number_format = code
    file = folder / "表.xlsx"
    buffer = BytesIO()
    book.save(buffer)
    file.write_bytes(buffer.getvalue())
    return adopt_kind(folder / "kind", file)


def test_two_halves_with_units_and_printed_codes_make_a_kind_that_can_be_used(tmp_path):
    heads = ("指标名称", "计量单位", "代码", "本年", "上年")
    rows = (
        ("文化站年报",),
        (*heads, *heads),
        ("从业人员", "人", 1, 24, 26, "流通人次", "万人次", 4, 42.68, 36.15),
        ("总藏量", "册、件", 2, 35684, 33861, "办讲座", "次", 5, 48, 36),
        ("阅览座席", "个", 3, 685, 640, "馆舍面积", "平方米", 6, 6850, 6850),
    )
    kind = adopted(tmp_path, ("年报", rows, {}))
    assert (kind.faults, kind.untrue) == ([], [])
    asked = {one.key: (str(one.spot.place), one.unit) for one in kind.adopted.found.asked()}
    assert asked["流通人次_本年"] == ("年报!I3", "万人次")
    assert asked["总藏量_上年"] == ("年报!E4", "册、件")
    assert not any("代码" in key for key in asked)


def test_the_total_of_a_list_is_called_so_though_a_count_stands_beside_it(tmp_path):
    rows = (
        ("序号", "分馆", "馆长", "藏书（册）"),
        (1, "东馆", "甲", 26540),
        (2, "西馆", "乙", 15820),
        (3, "南馆", "丙", 9316),
        ("合计", "", "3家", "=SUM(D2:D4)"),
    )
    kind = adopted(tmp_path, ("分馆", rows, {}))
    assert [one.key for one in kind.adopted.found.asked()] == ["藏书合计"]


def test_a_column_of_percentages_and_other_figures_has_each_as_it_is_shown(tmp_path):
    rows = (
        ("序号", "指标", "完成值"),
        (1, "改厕户数", 372),
        (2, "合格率", 0.985),
        (3, "沟渠长度", 48.6),
        (4, "满意度", 0.936),
    )
    shares = dict.fromkeys(("C3", "C5"), "0.0%")
    kind = adopted(tmp_path, ("自评", rows, shares))
    assert (kind.faults, kind.untrue) == ([], [])
    (table,) = kind.adopted.found.tables()
    assert [row["完成值"] for row in table.rows] == [
        372,
        Decimal("98.5"),
        Decimal("48.6"),
        Decimal("93.6"),
    ]
    assert table.columns[-1].unit == ""


def test_a_total_adds_up_amounts_with_all_their_decimals(tmp_path):
    detail = (("险种", "收入（元）", "支出（元）"), ("甲", 10_004_900, 20), ("乙", 20_004_900, 30))
    rows = (
        ("险种", "预算（万元）", "收入（万元）"),
        ("甲", 990, "=明细!B2/10000"),
        ("乙", 1980, "=明细!B3/10000"),
        ("合计", "=SUM(B2:B3)", "=SUM(C2:C3)"),
    )
    kind = adopted(tmp_path, ("明细", detail, {}), ("执行", rows, {}))
    assert (kind.faults, kind.untrue) == ([], [])
    decimals = {str(one.spot.place): one.decimals for one in kind.adopted.found.asked()}
    assert decimals["执行!C2"] is None
    assert decimals["执行!C4"] == 2


def test_a_units_note_between_two_tables_is_of_the_lower_one(tmp_path):
    rows = (
        ("年级", "班数", "学生"),
        ("一年级", 4, 168),
        ("二年级", 3, 141),
        (),
        ("资助情况", "", "单位：元"),
        ("项目", "应发", "实发"),
        ("寄宿补助", 165625, 165000),
        ("营养改善", 465500, 464500),
    )
    kind = adopted(tmp_path, ("学校", rows, {}))
    units = {one.key: one.unit for one in kind.adopted.found.asked()}
    assert units["一年级_班数"] == ""
    assert units["寄宿补助_实发"] == "元"
