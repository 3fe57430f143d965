"""Last year's report read into a form that a bureau drew itself: its own cells, its own notes."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from bureau_forms import procurement, procurement_report, said
from loaded import load_workbook
from lxml import etree
from openpyxl.comments import Comment
from test_odd_forms import book as drawn

from docgen.adopting.kind import adopt_kind
from docgen.importing.report import imported_workbook, read_report, summary
from workbook.checking.data_files import KindError
from workbook.checking.kinds import load_kind
from workbook.saving.edited import Edited
from workbook.xlsx.book import Book
from workbook.xlsx.package import MAIN, RELATION, Package

FILLED = {
    "B2": ("某县水利局", "段落 1"),
    **{"B6": ("办公电脑", "段落 4"), "C6": ("公开招标", "段落 4"), "D6": (12.5, "段落 4")},
    **{"B7": ("防汛物资", "段落 5"), "C7": ("竞争性磋商", "段落 5"), "D7": (86, "段落 5")},
    **{"B8": ("水文设备", "段落 6"), "C8": ("单一来源", "段落 6"), "D8": (30, "段落 6")},
    **{"B9": ("物业服务", "段落 7"), "C9": ("公开招标", "段落 7"), "D9": (24, "段落 7")},
}


@pytest.fixture
def files(tmp_path):
    """The folder of the kind, and the report of which it was made."""
    book, report = tmp_path / "采购.xlsx", tmp_path / "去年 报告.docx"
    book.write_bytes(procurement())
    report.write_bytes(procurement_report())
    adopt_kind(tmp_path / "种类" / "procure", book, report)
    return tmp_path / "种类" / "procure", report


def imported(files):
    folder, report = files
    return load_workbook(BytesIO(imported_workbook(read_report(report, load_kind(folder)))))


def noted(sheet):
    """What stands in each cell with a note, and where its sentence is."""
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.comment]
    return {c.coordinate: (c.value, c.comment.text.split(")")[0][3:]) for c in cells}


def test_what_the_report_states_stands_in_the_bureaus_own_cells_each_with_its_sentence(files):
    book, own = imported(files), load_workbook(files[0] / "form.xlsx")
    sheet = book["采购情况"]
    date = sheet["G2"]
    assert (f"{date.value:%Y-%m-%d}", date.comment.text[:9]) == ("2025-10-09", "原文(段落 2):")
    date.comment = None
    assert noted(sheet) == FILLED
    assert sheet.merged_cells.ranges == own["采购情况"].merged_cells.ranges
    assert [sheet[cell].value for cell in ("G6", "F12")] == ["=E6+F6", "=SUM(F6:F8)"]
    assert book.sheetnames == ["采购情况", "未识别内容"]
    assert book["未识别内容"].print_title_rows == "$3:$3"


def test_a_note_on_a_cell_that_has_a_comment_stands_below_it(files):
    form = files[0] / "form.xlsx"
    own = load_workbook(form)
    own["采购情况"]["D6"].comment = Comment("按批复数填", "财务科")
    own["采购情况"]["H6"].comment = Comment("如有变更请注明", "财务科")
    own.save(form)
    sheet = imported(files)["采购情况"]
    assert sheet["D6"].comment.text == (
        "按批复数填\n———\n原文(段落 4):“1.办公电脑：采用公开招标方式，预算金额12.50万元。”"
    )
    assert sheet["H6"].comment.text == "如有变更请注明"
    assert {"B6", "C6", "D7"} <= noted(sheet).keys()


def test_rows_for_which_the_form_has_no_room_are_told(files):
    form = files[0] / "form.xlsx"
    own = load_workbook(form)
    for name, one in own.defined_names.items():
        if name.startswith("采购情况_"):
            one.attr_text = one.attr_text.replace("$11", "$8")
    own.save(form)
    read = read_report(files[1], load_kind(files[0]))
    assert [line.partition(":")[2] for line in summary(read) if "物业服务" in line] == [
        "“物业服务 | 公开招标 | 24.00 | 23.60”:表里只有 3 行,没有填进去"
    ]
    assert load_workbook(BytesIO(imported_workbook(read)))["采购情况"]["B9"].value is None


def test_comments_of_the_form_that_cannot_be_read_are_told_of_it(files):
    form = files[0] / "form.xlsx"
    own = load_workbook(form)
    own["采购情况"]["H6"].comment = Comment("如有变更请注明", "财务科")
    own.save(form)
    with ZipFile(form) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with ZipFile(form, "w") as bent:
        for name, data in parts.items():
            bent.writestr(name, data[:-1] if name.endswith(".vml") else data)
    with pytest.raises(KindError) as error:
        imported_workbook(read_report(files[1], load_kind(files[0])))
    assert [line.rpartition("/")[2] for line in error.value.faults] == [
        "commentsDrawing1.vml 第 1 行不是完整的 XML"
    ]


def test_a_form_with_such_a_sheet_and_a_picture_in_a_header_gets_both_anew(
    files,
):
    form = files[0] / "form.xlsx"
    own = load_workbook(form)
    own.create_sheet("未识别内容")
    own.save(form)
    edited = Edited(form.read_bytes())
    part = edited.book.parts["采购情况"]
    header = "xl/drawings/header.vml"
    edited.add(header, etree.fromstring("<xml/>"), "application/vnd.openxmlformats")
    relation = edited.relate(part, f"{RELATION[1:-3]}/vmlDrawing", header)
    etree.SubElement(edited.tree(part), f"{MAIN}legacyDrawingHF").set(RELATION, relation)
    form.write_bytes(edited.data())

    read = read_report(files[1], load_kind(files[0]))
    made = Package.of(imported_workbook(read))
    book = Book(made)
    assert list(book.parts) == ["采购情况", "未识别内容", "未识别内容 2"]
    assert "没有认出或有疑问的 1 处,全文见“未识别内容 2”表:" in summary(read)
    drawing = made.tree(part).find(f"{MAIN}legacyDrawing").get(RELATION)
    shapes = made.tree(made.relations(part)[drawing].part)
    words = next(one.part for one in made.relations(part).values() if one.type == "comments")
    assert len(list(shapes.iter("{*}shape"))) == len(list(made.tree(words).iter("{*}comment"))) > 10
    assert len(made.tree(header)) == 0


def test_what_stands_behind_labels_in_one_cell_is_filled_too(tmp_path):
    rows = [
        ("收支表",),
        ("填报单位：清溪县水利局（盖章）", None, "单位：万元"),
        ("项目", "预算数", "决算数"),
        ("基本支出", 120.5, 118.2),
        ("项目支出", 80.25, 79.9),
        ("填表人：张三丰　　联系电话：0731-85221234　　审核人：李四",),
    ]
    texts = (
        "清溪县水利局收支情况",
        "基本支出决算118.20万元，项目支出决算79.90万元。",
        "填表人：张三丰，联系电话：0731-85221234。",
    )
    (tmp_path / "收支.xlsx").write_bytes(drawn(rows, merged=("A6:C6",)))
    report = tmp_path / "报告.docx"
    report.write_bytes(said(*texts))
    folder = tmp_path / "种类" / "flow"
    adopt_kind(folder, tmp_path / "收支.xlsx", report)
    required = {one.key: one.required for one in load_kind(folder).form.fields.values()}
    assert [required[key] for key in ("填表人", "联系电话", "审核人")] == [True, True, False]
    made = imported((folder, report))["表"]
    assert [made[cell].value for cell in ("A2", "A6", "C4", "C5")] == [
        "填报单位：清溪县水利局（盖章）",
        "填表人：张三丰　　联系电话：0731-85221234　　审核人：",
        118.2,
        79.9,
    ]
    assert made["A6"].comment.text == "原文(段落 3):“填表人：张三丰，联系电话：0731-85221234。”"
