"""A row whose name is an amount: no report is told next year's row by last year's amount."""

from io import BytesIO

import docx
import pytest
from empty_document import empty_document
from openpyxl import Workbook

from docgen.adopting.kind import adopt_kind
from docgen.naming.page import paragraphs


def form(name):
    book = Workbook()
    book.active.title = "资金"
    for row in (
        ("资金执行表（万元）",),
        ("资金来源", "承办单位", "预算数", "结余数"),
        (name, "农业站", 418.27, 36.84),
        ("自筹部分", "水利站", 92.65, 11.93),
        ("社会捐助", "文化站", 57.48, 8.71),
    ):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def adopted(folder, name):
    document, file = empty_document(), BytesIO()
    document.add_paragraph(f"其中{name}预算数418.27万元，安排及时。")
    document.save(file)
    for path, data in (("表.xlsx", form(name)), ("报告.docx", file.getvalue())):
        (folder / path).write_bytes(data)
    made = adopt_kind(folder / "kinds" / "made", folder / "表.xlsx", folder / "报告.docx")
    return [one.text for one in paragraphs(docx.Document(BytesIO(made.report.template)))]


@pytest.mark.parametrize("name", ["381.43", "1,381.43", "91.2%"])
def test_a_figure_beside_an_amount_that_is_a_rows_name_stays(tmp_path, name):
    assert f"其中{name}预算数418.27万元，安排及时。" in adopted(tmp_path, name)


def test_a_figure_beside_the_words_of_its_row_is_told_by_them(tmp_path):
    said = "".join(adopted(tmp_path, "上级补助"))
    assert "418.27" not in said
    assert "上级补助" in said
