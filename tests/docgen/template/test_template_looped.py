"""Footnotes, endnotes and charts in what repeats: each pass has one of its own."""

import io
import subprocess
import sys
import zipfile
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from ooxml import new_faults
from test_template_brought import REFERENCE, noted, notes_of, referred

from docgen.charts.charts import Chart
from docgen.template import compile_template, render
from docgen.template.lint.lint import lint, variables
from docgen.template.rich.markup import RichText

ROWS = [{"名": "甲", "注": "一<"}, {"名": "乙", "注": "二"}, {"名": "丙", "注": "三"}]


def loop(kind: str, number: int = 2) -> str:
    return (
        "<w:p>[{%p for x in xs %}]</w:p>"
        f"<w:p>[{{{{ x.名 }}}}]{REFERENCE.format(kind, number)}</w:p><w:p>[{{%p endfor %}}]</w:p>"
    )


def made(word, template: Path, **values):
    out = word.folder / "out.docx"
    render(template, values, out)
    assert new_faults(template, out) == []
    return docx.Document(io.BytesIO(out.read_bytes()))


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_each_pass_of_a_loop_has_a_note_with_its_own_values(word, kind):
    body = f"<w:p>[前]{REFERENCE.format(kind, 1)}</w:p>{loop(kind)}"
    path = word.save(noted(body, **{kind: {1: "外:{{ 外 }}", 2: "见{{ x.注 }}"}}))
    document = made(word, path, xs=ROWS, 外="值")
    link = "https://example.org"
    assert notes_of(document, kind) == {
        "1": ("外:值", link), "3": ("见一<", link), "4": ("见二", link), "5": ("见三", link),
    }  # fmt: skip
    assert referred(document, kind) == ["1", "3", "4", "5"]


def test_a_note_without_tags_is_copied_too_and_one_that_is_also_used_outside_stays(word):
    body = f"{loop('footnote')}<w:p>[后]{REFERENCE.format('footnote', 2)}</w:p>"
    document = made(word, word.save(noted(body, footnote={2: "同上"})), xs=ROWS)
    assert [text for text, _ in notes_of(document, "footnote").values()] == ["同上"] * 4
    assert referred(document, "footnote") == ["1", "2", "3", "4"]


def test_a_loop_without_passes_leaves_no_note(word):
    path = word.save(noted(loop("footnote"), footnote={2: "{{ x.注 }}"}))
    assert notes_of(made(word, path, xs=[]), "footnote") == {}


def test_blocks_links_and_rich_text_in_a_note_of_a_loop(word):
    text = "{% if x.注 == '二' %}又{% endif %}{% for c in x.注 %}{{ c }}/{% endfor %}{{r x.文 }}"
    rows = [one | {"文": RichText("链", url="https://a.example")} for one in ROWS]
    path = word.save(noted(loop("footnote"), footnote={2: text}))
    document = made(word, path, xs=rows)
    found = notes_of(document, "footnote").values()
    assert [said for said, *_ in found] == ["一/</链", "又二/链", "三/链"]
    assert [links for _, *links in found] == [["https://example.org", "https://a.example"]] * 3


@pytest.mark.parametrize(
    ("opener", "ender", "call"),
    [
        ("{%p macro m(x) %}", "{%p endmacro %}", "{{p m(xs|first) }}"),
        ("{%p set m %}", "{%p endset %}", "{{p m }}"),
    ],
)
def test_notes_in_what_is_printed_elsewhere(word, opener, ender, call):
    reference = REFERENCE.format("footnote", 2)
    body = f"<w:p>[{opener}]</w:p><w:p>[句]{reference}</w:p><w:p>[{ender}]</w:p><w:p>[{call}]</w:p>"
    path = word.save(noted(body, footnote={2: "{{ (xs|first).注 }}"}))
    document = made(word, path, xs=ROWS)
    assert [text for text, _ in notes_of(document, "footnote").values()] == ["一<"]
    assert referred(document, "footnote") == list(notes_of(document, "footnote"))


def test_rows_with_two_notes_of_a_loop_in_a_loop(word):
    reference = REFERENCE.format("footnote", 2) + REFERENCE.format("footnote", 3)
    body = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>"
        "<w:tr><w:tc><w:p>[{%tr for g in gs %}]</w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p>[{%tr for x in g %}]</w:p></w:tc></w:tr>"
        f"<w:tr><w:tc><w:p>[{{{{ x }}}}]{reference}</w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p>[{%tr endfor %}]</w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p>[{%tr endfor %}]</w:p></w:tc></w:tr></w:tbl>"
    )
    path = word.save(noted(body, footnote={2: "{{ x }}", 3: "{{ g[0] }}{{ loop.index }}"}))
    document = made(word, path, gs=["ab", "c"])
    texts = [text for text, _ in notes_of(document, "footnote").values()]
    assert texts == ["a", "a1", "b", "a2", "c", "c1"]
    assert referred(document, "footnote") == list(notes_of(document, "footnote"))


def test_names_and_faults_of_a_note_in_a_loop_are_told_at_the_note(word):
    path = word.save(noted(loop("footnote"), footnote={2: "{{ x.注 }}{{ x.住 }}"}))
    assert variables(path) == ["xs[*].名", "xs[*].注", "xs[*].住"]
    assert [str(fault) for fault in lint(path, ["xs[*].名", "xs[*].注"])] == [
        "脚注 第 1 条 {{ x.住 }}:「xs[*]」里没有「住」。请核对名字。"
    ]
    path = word.save(noted(loop("footnote"), footnote={2: "{{ x.注 }}{{ 1 1 }}{% if x %}"}))
    assert [f"{one.part} {one.tag} {one.code}" for one in lint(path)] == [
        "脚注 {{ 1 1 }} syntax",
        "脚注 {% if x %} unclosed-block",
    ]


def test_marks_stand_in_the_notes_of_a_loop_too(word):
    path = word.save(noted(loop("footnote"), footnote={2: "{{ x.注 }}"}))
    out = word.folder / "marked.docx"
    render(path, {"xs": ROWS}, out, markers=True)
    document = docx.Document(io.BytesIO(out.read_bytes()))
    assert [text for text, _ in notes_of(document, "footnote").values()] == ["一<", "二", "三"]
    assert new_faults(path, out) == []


def test_programs_kept_on_disk_make_the_same(word, tmp_path, monkeypatch):
    path = word.save(noted(loop("footnote"), footnote={2: "{{ x.注 }}"}))
    code = (
        "import sys; from docgen.template import compile_template;"
        "t = compile_template(sys.argv[1], kept=True);"
        "open(sys.argv[2], 'wb').write(t.render({'xs': [{'名': '甲', '注': '一'}]}))"
    )
    files = [tmp_path / "first.docx", tmp_path / "second.docx"]
    for file in files:
        subprocess.run([sys.executable, "-c", code, path, file], check=True)
    assert files[0].read_bytes() == files[1].read_bytes()
    same = compile_template(path).render({"xs": [{"名": "甲", "注": "一"}]})
    assert files[0].read_bytes() == same


C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


TITLE = "{{ x.名 }}的{% if x.数 > 1 %}多{% endif %}"


def charted(word, *, outside: bool = False, title: str = TITLE):
    """A template with a chart in a loop, whose title and figures hold tags."""
    first, out = word.template("{{ 图 }}"), word.folder / "chart.docx"
    render(first, {"图": Chart("column", ["甲", "乙"], {"数": [7, 8]}, title="题")}, out)
    document = docx.Document(io.BytesIO(out.read_bytes()))
    drawing = document.paragraphs[0]._p
    for text, put in (("{%p for x in xs %}", "addprevious"), ("{%p endfor %}", "addnext")):
        getattr(drawing, put)(document.add_paragraph(text)._p)
    if outside:
        document.element.body.insert(0, deepcopy(drawing))
    (chart,) = [one for one in document.part.package.parts if "chart1.xml" in one.partname]
    xml = chart.blob.decode().replace("<a:t>题</a:t>", f"<a:t>{title}</a:t>")
    chart._blob = xml.replace("<c:v>7</c:v>", "<c:v>{{ x.数 }}</c:v>").encode()
    return word.save(document)


def charts_of(document) -> list[tuple[str, str, str]]:
    """The charts in order: part, title and first figure; each has a workbook of its own."""
    found, books = [], []
    for drawn in document.element.body.iter(f"{C}chart"):
        part = document.part.related_parts[drawn.get(qn("r:id"))]
        root = etree.fromstring(part.blob)
        title = "".join(one.text or "" for one in root.iter(f"{A}t"))
        values = [one.text for one in root.find(f".//{C}numCache").iter(f"{C}v")]
        found.append((part.partname, title, values[0]))
        books += [one.target_part.partname for one in part.rels.values()]
    assert len(set(books)) == len(books)
    return found


def test_each_pass_of_a_loop_has_a_chart_with_its_own_values(word):
    xs = [{"名": "甲<", "数": 1}, {"名": "乙", "数": 2}, {"名": "乙", "数": 2}]
    assert charts_of(made(word, charted(word), xs=xs)) == [
        ("/word/charts/chart2.xml", "甲<的", "1"),
        ("/word/charts/chart3.xml", "乙的多", "2"),
        ("/word/charts/chart4.xml", "乙的多", "2"),
    ]
    assert charts_of(made(word, charted(word), xs=[])) == []


def test_what_is_left_of_a_chart_in_a_loop_holds_no_tags(word):
    out = word.folder / "left.docx"
    render(charted(word), {"xs": []}, out)
    with zipfile.ZipFile(out) as package:
        assert not any(b"{{" in package.read(name) for name in package.namelist())


def test_a_chart_that_also_stands_outside_the_loop_keeps_its_tags(word):
    path = charted(word, outside=True, title="{{ x.名 }}")
    row = {"名": "外", "数": 9}
    assert charts_of(made(word, path, xs=[{"名": "甲", "数": 1}], x=row)) == [
        ("/word/charts/chart1.xml", "外", "9"),
        ("/word/charts/chart2.xml", "甲", "1"),
    ]


def test_names_and_faults_of_a_chart_in_a_loop_are_told_at_the_chart(word):
    path = charted(word, title="{{ x.鸣 }}")
    assert [str(fault) for fault in lint(path, ["xs[*].名", "xs[*].数"])] == [
        "图表 图形里的文字 {{ x.鸣 }}:「xs[*]」里没有「鸣」。请核对名字。"
    ]
    path = charted(word, title="{{ 1 1 }}")
    assert [f"{one.part} {one.tag} {one.code}" for one in lint(path)] == ["图表 {{ 1 1 }} syntax"]


SAME_RUN = (
    "<w:r><w:rPr><w:b/></w:rPr><w:t>{{% for x in {} %}}{{{{ x.名 }}}}</w:t>{}"
    "<w:t>。{{% endfor %}}</w:t></w:r>"
)
GROUPS = [
    {"名": "一组", "子": [{"名": "甲", "数": 1}, {"名": "乙", "数": 2}]},
    {"名": "二组", "子": [{"名": "丙", "数": 3}]},
]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize(("name", "said"), [("g", "第{{ loop.index }}条"), ("x", "{{ x.名 }}的")])
def test_a_note_in_the_run_of_its_loop_has_the_values_of_that_loop(word, kind, name, said):
    run = SAME_RUN.format(f"{name}.子", f'<w:{kind}Reference w:id="2"/>')
    body = f"<w:p>[{{%p for {name} in gs %}}]</w:p><w:p>{run}</w:p><w:p>[{{%p endfor %}}]</w:p>"
    document = made(word, word.save(noted(body, **{kind: {2: said}})), gs=GROUPS)
    texts = [text for text, _ in notes_of(document, kind).values()]
    expected = {"g": ["第1条", "第2条", "第1条"], "x": ["甲的", "乙的", "丙的"]}
    assert texts == expected[name]
    assert referred(document, kind) == list(notes_of(document, kind))
    paragraphs = document.paragraphs
    assert [one.text for one in paragraphs] == ["甲。乙。", "丙。"]
    assert all(run.bold for one in paragraphs for run in one.runs)


def test_two_notes_in_the_run_of_their_loop(word):
    both = '<w:footnoteReference w:id="2"/><w:t>和</w:t><w:footnoteReference w:id="3"/>'
    body = f"<w:p>{SAME_RUN.format('xs', both)}</w:p>"
    document = made(
        word, word.save(noted(body, footnote={2: "{{ x.名 }}", 3: "{{ x.注 }}"})), xs=ROWS
    )
    texts = [text for text, _ in notes_of(document, "footnote").values()]
    assert texts == ["甲", "一<", "乙", "二", "丙", "三"]
    assert document.paragraphs[0].text == "甲和。乙和。丙和。"


def test_a_chart_in_the_run_of_its_loop_has_the_values_of_that_loop(word):
    document = docx.Document(io.BytesIO(charted(word, title="{{ x.名 }}").read_bytes()))
    (drawing,) = document.element.body.iter(qn("w:drawing"))
    opener, ender = etree.Element(qn("w:t")), etree.Element(qn("w:t"))
    opener.text, ender.text = "{% for x in x.子 %}", "{% endfor %}"
    drawing.addprevious(opener)
    drawing.addnext(ender)
    charts = charts_of(made(word, word.save(document), xs=GROUPS))
    assert [said[1:] for said in charts] == [("甲", "1"), ("乙", "2"), ("丙", "3")]


@pytest.mark.parametrize(("kind", "name"), [("footnote", "脚注"), ("endnote", "尾注")])
def test_a_note_beside_a_sign_that_stands_for_its_paragraph_is_told_by_its_name(word, kind, name):
    reference = REFERENCE.format(kind, 2)
    body = f"<w:p>[{{%p for x in xs %}}]{reference}</w:p><w:p>[{{%p endfor %}}]</w:p>"
    path = word.save(noted(body, **{kind: {2: "见{{ x.注 }}"}}))
    assert [str(fault) for fault in lint(path)] == [
        f"正文 段落 1 {{%p for x in xs %}}:整段会被它替换,同一段里不能还有 {name}。请让它独占一段。"
    ]


def test_a_chart_beside_a_sign_that_stands_for_its_paragraph_is_told_by_its_name(word):
    document = docx.Document(io.BytesIO(charted(word).read_bytes()))
    (drawing,) = document.element.body.iter(qn("w:drawing"))
    document.paragraphs[0]._p.append(drawing.getparent())
    (fault,) = lint(word.save(document))
    assert (fault.code, fault.details["others"]) == ("shared-scope", "图形")


def test_the_words_beside_a_figure_are_those_of_its_own_note_or_row(word):
    reference = REFERENCE.format("footnote", 2)
    body = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>"
        "<w:tr><w:tc><w:p>[{%tr for x in xs %}]</w:p></w:tc></w:tr>"
        f"<w:tr><w:tc><w:p>[数{{{{ x.名 }}}}]{reference}</w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p>[{%tr endfor %}]</w:p></w:tc></w:tr></w:tbl>"
    )
    path = word.save(noted(body, footnote={2: "详见{{ x.注 }}号"}))
    template = compile_template(path, markers=True)
    beside = {
        spot.text: spot.beside
        for program in template.programs
        for spot in program.source.spots
        if any(spot.beside)
    }
    assert beside == {"{{ x.名 }}": ("|数", ""), "{{ x.注 }}": ("详见", "号")}
