"""Charts that a template makes of fields and tables, in a report of the sample."""

import io
import re
import zipfile
from decimal import Decimal
from types import SimpleNamespace

import docx
import pytest
from loaded import load_workbook
from lxml import etree
from ooxml import new_faults, schema_faults
from printed import page_texts, printed

from docgen.new_document import new_document
from docgen.report.context import ToFill
from docgen.report.drawing import bar_chart, column_chart, pie_chart
from docgen.report.filters import FILTERS, filters_of
from docgen.report.report import render_report
from docgen.template.lint.lint import lint
from docgen.template.model.sourced import Amount, Source
from docgen.template.template import compile_template
from docgen.template.write.render import Limits
from workbook.checking.intake import take_in
from workbook.checking.kinds import find_kind
from workbook.form.sample import NOTHING
from workbook.making.build import build_workbook
from workbook.rules.model import RuleSet

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
FIGURES = "{urn:gouji:figures:2}"
PARTS = ["人员经费", "公用经费", "项目支出"]
COMPOSITION = (
    '{{p {"人员经费": 人员经费, "公用经费": 公用经费, "项目支出": 项目支出}'
    '|pie_chart(title="支出构成（万元）") }}'
)
PROJECTS = '{{p 项目|bar_chart("名称", "金额", title="项目支出（万元）") }}'
ROWS = [{"名": "甲", "预算": Decimal("120.50"), "决算": None}, {"名": "乙", "预算": 80, "决算": 3}]


def report(folder, *paragraphs, sample=None, draft=False):
    """The template, the report made of it, and the workbook that was filled in."""
    kind = find_kind("department")
    book = build_workbook(kind.form, kind.rules, sample or kind.sample)
    book.save(folder / "填报.xlsx")
    document = new_document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(folder / "template.docx"))
    values = take_in(folder / "填报.xlsx").checked.values
    made = render_report(
        SimpleNamespace(
            template=folder / "template.docx",
            rules=RuleSet(()),
            form=kind.form,
            name=kind.name,
            fingerprint=kind.fingerprint,
            state=kind.state,
        ),
        values,
        draft=draft,
    )
    (folder / "out.docx").write_bytes(made)
    saved = load_workbook(folder / "填报.xlsx", data_only=True)  # what its formulas give
    return folder / "template.docx", folder / "out.docx", saved


def drawn(path, number):
    """What the chart shows, category by category, and the cells of its workbook."""
    package = zipfile.ZipFile(path)
    root = etree.fromstring(package.read(f"word/charts/chart{number}.xml"))
    names, figures = (
        [v.text for v in next(root.iter(f"{C}{place}")).iter(f"{C}v")] for place in ("cat", "val")
    )
    inside = load_workbook(io.BytesIO(package.read(f"word/embeddings/chart{number}.xlsx")))
    return dict(zip(names, figures, strict=True)), list(inside.active.values)


def manifest(path):
    package = zipfile.ZipFile(path)
    (part,) = [p for n in package.namelist() if b"<figures xmlns=" in (p := package.read(n))]
    return etree.fromstring(part)


def cells(book, places):
    return [book[sheet][cell].value for sheet, _, cell in (p.partition("!") for p in places)]


def test_the_charts_of_the_sample_show_the_cells_of_its_workbook(tmp_path):
    template, out, book = report(tmp_path, COMPOSITION, PROJECTS)
    assert new_faults(template, out) == []
    inner = tmp_path / "inner.xlsx"
    inner.write_bytes(zipfile.ZipFile(out).read("word/embeddings/chart1.xlsx"))
    # Excel opens a workbook without a theme, which the validator misses.
    assert [one for one in schema_faults(inner) if "relationships/theme" not in one] == []
    charts = list(manifest(out).iter(f"{FIGURES}chart"))
    for number, chart in enumerate(charts, 1):
        shown, inside = drawn(out, number)
        typed = cells(book, [cell.text for cell in chart.iter(f"{FIGURES}cell")])
        assert [row[1] for row in inside[1:]] == typed
        assert [float(figure) for figure in shown.values()] == typed
        assert [row[0] for row in inside[1:]] == list(shown)
        assert [value.text for value in chart.iter(f"{FIGURES}value")] == list(shown.values())
    shown, inside = drawn(out, 1)
    assert shown == {"人员经费": "171.74", "公用经费": "23.75", "项目支出": "69.75"}
    assert inside[0] == (None, "支出构成（万元）")
    shown, inside = drawn(out, 2)
    assert list(shown.items())[3:5] == [("统战工作经费", "33.72"), ("统战经费", "19.98")]
    assert (len(shown), inside[0]) == (7, (None, "金额"))


def test_each_chart_stands_in_a_mark_with_the_paths_of_its_figures(tmp_path):
    _, out, _ = report(tmp_path, COMPOSITION, PROJECTS)
    first, second = manifest(out).iter(f"{FIGURES}chart")
    assert [path.text for path in first.iter(f"{FIGURES}path")] == PARTS
    assert {path.text for path in second.iter(f"{FIGURES}path")} == {"项目[*].金额"}
    assert first.findtext(f"{FIGURES}tag") == COMPOSITION
    body = zipfile.ZipFile(out).read("word/document.xml").decode()
    for chart in (first, second):
        name = chart.findtext(f"{FIGURES}name")
        assert re.search(rf'w:name="{name}"/><w:r><w:drawing>.*?</w:r><w:bookmarkEnd', body)


def test_a_chart_has_a_paragraph_of_its_own_in_which_it_is_not_cut_off(tmp_path):
    _, out, _ = report(tmp_path, "前", COMPOSITION, "后")
    texts = [(p.text, p.paragraph_format.line_spacing) for p in docx.Document(out).paragraphs]
    assert texts == [("前", None), ("", 1.0), ("后", None)]


@pytest.mark.parametrize("scope", ["p", "r", ""])
def test_a_chart_is_valid_wherever_its_tag_stands(word, scope):
    tag = f"{{{{{scope} {{“甲”: 甲}}|pie_chart(title=“支出”) }}}}"
    line, cell = (tag, tag) if scope == "p" else (f"中 {tag} 间", f"左 {tag} 右")
    template = word.template("前", line, [[cell]], header=tag, cut=True)
    document = word.document(template, {"filters": FILTERS, "markers": True}, 甲=Decimal(1))
    assert new_faults(template, word.folder / "out.docx") == []
    assert len(document.inline_shapes) == 2


def test_the_printed_charts_say_every_name_and_figure(tmp_path, convert):
    _, out, _ = report(tmp_path, COMPOSITION, PROJECTS)
    page = "".join(page_texts(printed(out.read_bytes(), tmp_path, convert)))
    words = page.split()
    for said in ("支出构成（万元）", *PARTS, "171.74", "65%", "23.75", "9%", "69.75", "26%"):
        assert said in words
    for said in ("项目支出（万元）", "统战工作经费", "33.72", "0.03"):
        assert said in words


def test_a_blank_form_has_no_charts(tmp_path):
    _, out, _ = report(tmp_path, "{{p 项目|bar_chart('名称', '金额') }}", sample=NOTHING)
    assert [p.text for p in docx.Document(out).paragraphs] == ["无。"]


def test_a_draft_shows_that_a_charts_figures_are_due(tmp_path):
    _, out, _ = report(tmp_path, COMPOSITION, sample=NOTHING, draft=True)
    assert [p.text for p in docx.Document(out).paragraphs] == ["【待填】"]


def test_where_there_is_nothing_to_draw_the_report_says_so():
    for nothing in ({"甲": None}, {"甲": Decimal("0.00"), "乙": None}, {}, None, []):
        for chart in (pie_chart, bar_chart, column_chart):
            assert chart(nothing, "名", "数") == "无。"
    assert pie_chart({}, empty="本年没有支出。") == "本年没有支出。"
    assert pie_chart({"甲": 1, "乙": ToFill()}) == "【待填】"
    assert bar_chart([{"名": ToFill(), "数": 1}], "名", "数") == "【待填】"


def test_columns_of_a_table_are_series_and_a_blank_stays_blank():
    chart = column_chart(ROWS, "名", "预算", "决算", title="预算与决算")
    assert chart.categories == ["甲", "乙"]
    assert chart.series == {"预算": [Decimal("120.50"), 80], "决算": [None, 3]}
    assert (chart.kind, chart.title, chart.alt) == ("column", "预算与决算", "预算与决算:甲,乙")


def test_bars_get_the_height_that_they_need():
    assert bar_chart(ROWS, "名", "预算").height < bar_chart(ROWS, "名", "预算", "决算").height
    assert bar_chart(ROWS * 100, "名", "预算").height == 220 * 36_000
    assert bar_chart(ROWS, "名", "预算", height=50, width=100).height == 50 * 36_000


def test_a_negative_figure_is_no_slice():
    assert pie_chart({"甲": 3, "乙": 1}).kind == "pie"
    assert pie_chart({"甲": 3, "乙": Decimal("-1")}).kind == "bar"


def test_a_slice_of_nothing_has_no_label(word):
    template = word.template("{{p x|pie_chart }}")
    document = word.document(template, {"filters": FILTERS}, x={"甲": 3, "乙": 0, "丙": None})
    root = etree.fromstring(
        next(p.blob for p in document.part.package.iter_parts() if "/chart1.xml" in p.partname)
    )
    assert [item.get("val") for item in root.iterfind(f".//{C}dLbl/{C}idx")] == ["1", "2"]
    assert [item.text for item in root.iterfind(f".//{C}numCache/{C}pt/{C}v")] == ["3", "0"]


@pytest.mark.parametrize(
    ("data", "columns", "said"),
    [
        (ROWS, ("名",), "表的图要写两个列名,先是名称,后是数"),
        (ROWS, ("名", "结余"), "表里没有「结余」这一列"),
        ({"甲": "三"}, (), "「三」不是数"),
        (ROWS, ("预算", "名"), "「甲」不是数"),
    ],
)
def test_what_cannot_be_drawn_is_refused(data, columns, said):
    with pytest.raises((ValueError, TypeError), match=said):
        column_chart(data, *columns)


def test_the_workbook_inside_has_every_digit_that_was_typed(word):
    typed = ["71.24", "0.07", "195.30", "99999999999.99", "0.1", "1234567.891"]
    rows = [
        {"名": f"={n}<", "数": Amount(Decimal(text), Source("表[*].数", f"表!B{n}"))}
        for n, text in enumerate(typed)
    ]
    template = word.template("{{p 表|column_chart('名', '数') }}")
    word.document(template, {"filters": FILTERS}, 表=rows)
    package = zipfile.ZipFile(word.folder / "out.docx")
    book = package.read("word/embeddings/chart1.xlsx")
    sheet = etree.fromstring(zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml"))
    assert [v.text for v in sheet.iter("{*}v")] == typed
    inside = load_workbook(io.BytesIO(book)).active
    assert [row[1].value for row in inside.iter_rows(min_row=2)] == [float(one) for one in typed]
    assert [(row[0].value, row[0].data_type) for row in inside.iter_rows(min_row=2)] == [
        (f"={n}<", "s") for n in range(len(typed))
    ]
    assert inside["B2"].number_format == "0.000"


def test_names_inside_a_charts_tag_are_checked(word):
    path = word.template(
        "{{p 项目|pie_chart('名', '金额', title='项目') }}",
        "{{p {'人员': 人员经费, '公用': 公用}|column_chart }}",
    )
    known = ["项目[*].名称", "项目[*].金额", "人员经费", "公用经费"]
    assert [fault.details["name"] for fault in lint(path, known, filters=FILTERS)] == ["名", "公用"]


@pytest.mark.parametrize(("language", "code"), [("zh", "0.00"), ("en", "#,##0.00")])
def test_thousands_stand_apart_in_the_charts_of_english_kinds(word, language, code):
    rows = [{"name": "Staff", "cost": Decimal("12345.60")}, {"name": "Rent", "cost": Decimal(900)}]
    template = word.template("{{p rows|column_chart('name', 'cost') }}")
    word.document(template, {"filters": filters_of(language)}, rows=rows)
    package = zipfile.ZipFile(word.folder / "out.docx")
    chart = etree.fromstring(package.read("word/charts/chart1.xml"))
    assert {one.text for one in chart.iter("{*}formatCode")} == {code}
    assert {one.get("formatCode") for one in chart.iter("{*}numFmt")} == {code}
    book = load_workbook(io.BytesIO(package.read("word/embeddings/chart1.xlsx"))).active
    assert book["B2"].number_format == code


def test_a_chart_behind_the_last_mark_has_none_and_lets_no_other_have_one(tmp_path):
    template = tmp_path / "模板.docx"
    document = docx.Document()
    for text in ("{%p for x in xs %}", "{{ x }}", COMPOSITION, "{%p endfor %}"):
        document.add_paragraph(text)
    document.save(str(template))
    compiled = compile_template(template, filters=FILTERS, markers=True)
    values = {name: Amount(Decimal(1), Source(name, f"表!C{name}")) for name in PARTS}
    out = compiled.render(values | {"xs": ["甲", "乙", "丙", "丁"]}, limits=Limits(marks=3))
    with zipfile.ZipFile(io.BytesIO(out)) as package:
        names = re.findall(r'w:name="(\w+)"', package.read("word/document.xml").decode())
    assert names == ["_gj1", "_gjchart3000002", "_gj1_3000003"]
