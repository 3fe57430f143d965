"""Charts that Word can edit, and fields that Word updates."""

import io
import zipfile
from decimal import Decimal

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from empty_document import empty_document
from lxml import etree
from ooxml import new_faults

from docgen.charts.charts import Chart
from docgen.template import compile_template, render
from docgen.template.rich.pictures import mm

SERIES = {"预算": [1, Decimal("2.50"), 3], "=决算": [4, None, 6.5]}
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.mark.parametrize("kind", ["pie", "bar", "column", "line"])
def test_a_chart_has_its_figures_and_its_workbook(word, kind):
    chart = Chart(kind, ["甲", "乙<", "丙"], SERIES, title="收支 & 图", width=mm(100))
    template, out = word.template("前 {{ x }}", "{{ x }}"), word.folder / "out.docx"
    render(template, {"x": chart}, out)
    assert new_faults(template, out) == []
    package = zipfile.ZipFile(out)
    root = etree.fromstring(package.read("word/charts/chart1.xml"))
    assert [item.text for item in root.iter(f"{C}v")][:4] == ["预算", "甲", "乙<", "丙"]
    values = [[v.text for v in item.iter(f"{C}v")] for item in root.iter(f"{C}numCache")]
    assert values == [["1", "2.50", "3"], ["4", "6.5"]][: 1 if kind == "pie" else 2]
    book = openpyxl.load_workbook(io.BytesIO(package.read("word/embeddings/chart1.xlsx")))
    assert list(book.active.values) == [
        (None, "预算", "=决算"), ("甲", 1, 4), ("乙<", 2.5, None), ("丙", 3, 6.5),
    ]  # fmt: skip
    assert book.active["C1"].data_type == "s"
    assert [shape.width for shape in docx.Document(out).inline_shapes] == [mm(100)] * 2
    again = compile_template(template).render({"x": chart})
    assert again == out.read_bytes()


def test_a_chart_of_uneven_length_is_an_error():
    with pytest.raises(ValueError, match="「a」有 1 个数,类别有 2 个"):
        Chart("pie", ["甲", "乙"], {"a": [1]})


def contents(document, code, simple=False):
    if simple:
        xml = f'<w:p {nsdecls("w")}><w:fldSimple w:instr=" {code} "/></w:p>'
    else:
        xml = (
            f'<w:p {nsdecls("w")}><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText> {code[:2]}</w:instrText></w:r>"
            f"<w:r><w:instrText>{code[2:]} </w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>旧</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        )
    document.element.body.insert(0, parse_xml(xml))


@pytest.mark.parametrize("simple", [True, False])
@pytest.mark.parametrize(
    ("code", "dirty", "updates"),
    [(r"TOC \o 1-3", True, True), ("PAGEREF x", True, False), ("PAGE", False, False)],
)
def test_stale_fields_are_marked_for_updating(word, simple, code, dirty, updates):
    document = empty_document()
    document.add_paragraph("{{ x }}")
    contents(document, code, simple)
    template, out = word.save(document), word.folder / "out.docx"
    render(template, {"x": 1}, out)
    package = zipfile.ZipFile(out)
    assert (b'w:dirty="true"' in package.read("word/document.xml")) == dirty
    assert (b"<w:updateFields" in package.read("word/settings.xml")) == updates
    assert new_faults(template, out) == []
