"""A new document's traces, read from its bytes, are those that its tree gives."""

import pytest
from writing import with_body

from docgen.manifest import tracing
from docgen.manifest.blocks import Trace, read_blocks
from docgen.manifest.lines import read_lines
from docgen.manifest.reading import read_manifest
from docgen.manifest.tracing import OnlyInTreeError, read_traces
from docgen.manifest.writing import traces_said
from docgen.template.template import compile_template
from docgen.template.word.names import MAIN
from docgen.template.word.package import Package, deflated, main_part, unpack
from docgen.template.write.marks import manifest_of

MAIN_PART = "word/document.xml"


def mark(number: int, inner: str) -> str:
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="_gj{number}"/>{inner}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def run(text: str) -> str:
    return f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str) -> str:
    return f'<w:p w:rsidR="00"><w:pPr><w:tabs><w:tab w:pos="9"/></w:tabs></w:pPr>{inner}</w:p>'


def row(*cells: str) -> str:
    return f"<w:tr><w:trPr/>{''.join(f'<w:tc><w:tcPr/>{cell}</w:tc>' for cell in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def document(body: str, names: str = f'xmlns:w="{MAIN}"') -> Package:
    xml = f"<w:document {names}><w:body>{body}<w:sectPr/></w:body></w:document>"
    return Package((deflated(MAIN_PART, xml.encode()),))


def from_tree(package: Package, marks: set[str]) -> list[Trace]:
    return [block.trace for block in read_blocks(read_lines(package), MAIN_PART, marks)]


FIGURE = paragraph(run("支出") + mark(1, run("12.30")) + run("万元。"))
BODIES = {
    "a figure": FIGURE,
    "no mark": paragraph(run("只有文字")),
    "a mark of somebody else": FIGURE
    + paragraph('<w:bookmarkStart w:id="7" w:name="目录"/><w:bookmarkEnd w:id="7"/>' + run("字")),
    "a row's mark, which is no figure's": FIGURE + paragraph(mark(9, "") + run("甲")),
    "two figures and signs": paragraph(
        mark(2, run("1")) + "<w:r><w:noBreakHyphen/><w:sym w:char='F0'/><w:br/><w:tab/></w:r>"
        + run(" 甲&lt;乙&gt;&amp;lt;丙&quot;\u3000丁 ") + mark(1, run("&lt;5") + run("6"))
    ),
    "empty paragraphs": f"<w:p/>{FIGURE}<w:p w:rsidR='1'/><w:p></w:p>",
    "rows": FIGURE + table(row(paragraph(run("甲")), paragraph(mark(2, run("3")))), row("<w:p/>"))
    + paragraph(run("之间")) + table(row(paragraph(run("乙")) + paragraph(run("丙")))),
    "a table in a cell": FIGURE + table(
        row(paragraph(run("外")) + table(row(paragraph(mark(2, run("4"))), "<w:p/>")) + "<w:p/>")
    ) + table(row("<w:p/>")),
    "a table without rows": FIGURE + table() + table(row(paragraph(run("甲")))),
    "a row without cells": FIGURE + table("<w:tr><w:trPr/></w:tr>", row(paragraph(run("甲")))),
    "content controls": f"<w:sdt><w:sdtPr/><w:sdtContent>{FIGURE}<w:sdt><w:sdtContent>"
    + table(f"<w:sdt><w:sdtContent>{row(paragraph(run('甲')))}</w:sdtContent></w:sdt>")
    + "</w:sdtContent></w:sdt></w:sdtContent></w:sdt>",
    "letters that do print": paragraph(
        '<w:r><w:rPr><w:strike w:val="0"/><w:vanish w:val="false"/></w:rPr><w:t>甲</w:t></w:r>'
        + mark(1, run("1"))
    ),
    "marks of somebody else with more to them": FIGURE
    + table(row(paragraph('<w:bookmarkStart w:id="7" w:colFirst="0" w:colLast="0" w:name="列"/>'
    + run("甲") + '<w:bookmarkEnd w:id="7"/>'))),
    "a field": paragraph('<w:r><w:instrText xml:space="preserve"> REF 表 </w:instrText></w:r>')
    + FIGURE,
    "lines within a table": FIGURE + table(row(paragraph(run("甲")))).replace(
        "<w:tblPr/>", '<w:tblPr><w:tblBorders><w:insideH w:val="single"/></w:tblBorders></w:tblPr>'
    ),
    "names declared again": f'<w:p xmlns:w="{MAIN}">{run("甲")}</w:p>{FIGURE}',
}  # fmt: skip
OF_A_TREE = {
    "a box": paragraph(f"<w:r><w:txbxContent>{FIGURE}</w:txbxContent></w:r>"),
    "a change": paragraph(f"<w:del>{run('旧')}</w:del>") + FIGURE,
    "a hidden run": paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>") + FIGURE,
    "a struck run": paragraph("<w:r><w:rPr><w:strike/></w:rPr><w:t>划</w:t></w:r>") + FIGURE,
    "a letter by its number": paragraph(run("&#20803;")) + FIGURE,
    "a comment in the XML": paragraph(run("甲<!-- 乙 -->丙")) + FIGURE,
    "two figures in one another": paragraph(mark(1, run("1") + mark(2, run("2")))),
    "a figure over two paragraphs": FIGURE.replace("<w:bookmarkEnd", "</w:p><w:p><w:bookmarkEnd"),
    "a figure without an end": paragraph('<w:bookmarkStart w:id="1" w:name="_gj1"/>' + run("1")),
    "a figure between paragraphs": mark(1, paragraph(run("1"))),
    "an empty row": FIGURE + table("<w:tr/>", row("<w:p/>")),
    "an empty table": f"{FIGURE}<w:tbl/>{FIGURE}",
    "a mark with more to it": FIGURE.replace('"_gj1"', '"_gj1" w:displacedByCustomXml="next"'),
    "an instruction in a text": paragraph(run("甲<?a b?>乙")) + FIGURE,
    "a mark written otherwise": FIGURE.replace('w:id="1" w:name="_gj1"', 'w:name="_gj1" w:id="1"'),
}  # fmt: skip


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("at_once", [1, 64, tracing.AT_ONCE])
def test_the_bytes_tell_what_the_tree_tells(body, at_once, monkeypatch):
    monkeypatch.setattr(tracing, "AT_ONCE", at_once)
    package = document(body)
    found = read_traces(package.members[0], {b"_gj1", b"_gj2"})
    assert found == from_tree(package, {"_gj1", "_gj2"})
    assert bool(found) == ('"_gj' in body)


@pytest.mark.parametrize("body", OF_A_TREE.values(), ids=OF_A_TREE)
def test_what_only_a_tree_tells_is_left_to_it(body):
    with pytest.raises(OnlyInTreeError):
        read_traces(document(body).members[0], {b"_gj1", b"_gj2"})


def test_a_document_that_calls_its_names_otherwise_is_left_to_the_tree():
    names = f'xmlns:w="{MAIN}" xmlns:v="{MAIN}"'
    with pytest.raises(OnlyInTreeError):
        read_traces(document(f"<v:p/>{FIGURE}", names).members[0], {b"_gj1"})


def test_a_whole_report_has_the_traces_of_its_tree(made):
    package = unpack((made / "报告.docx").read_bytes())
    main = next(one for one in package.members if one.name == main_part(package))
    own = manifest_of(package)
    assert own is not None
    manifest = read_manifest(own.read())
    assert manifest is not None
    found = read_traces(main, {name.encode() for name in manifest.marks})
    assert found == list(manifest.traces) == from_tree(package, set(manifest.marks))
    assert len(found) > 100


def test_the_traces_of_a_report_with_a_box_come_from_its_tree(word):
    body = f"{FIGURE.replace('12.30', '{{ 乙 }}')}{OF_A_TREE['a box'].replace('12.30', '{{ 甲 }}')}"
    template = compile_template(word.save(with_body(body)), markers=True)
    package = unpack(template.render({"甲": 1, "乙": 2}, closing=traces_said))
    own = manifest_of(package)
    assert own is not None
    manifest = read_manifest(own.read())
    assert manifest is not None
    assert list(manifest.traces) == from_tree(package, set(manifest.marks))
    assert len(manifest.traces) == 2
