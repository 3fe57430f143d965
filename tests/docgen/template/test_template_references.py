"""What refers to a bookmark that a block repeats leads to the one of its own pass."""

import io
import re

import pytest
from docx.oxml.ns import qn
from empty_document import empty_document
from writing import with_body

from docgen.template.rich.subdocuments import SubDocument

MARK = '<w:bookmarkStart w:id="7" w:name="图"/>[图]<w:bookmarkEnd w:id="7"/>'
BEGIN, PART, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def field(*pieces: str) -> str:
    code = "".join(
        f'<w:r><w:instrText xml:space="preserve">{one}</w:instrText></w:r>' for one in pieces
    )
    return f"{BEGIN}{code}{PART}[旧]{END}"


REFERENCES = {
    "REF": (field(r" REF 图 \h "), r"REF {} \h"),
    "PAGEREF cut into runs": (field(" PAGE", "REF ", "图", r" \h "), r"PAGEREF {} \h"),
    "NOTEREF": (field(r"NOTEREF 图 \f \h"), r"NOTEREF {} \f \h"),
    "a simple field": (r'<w:fldSimple w:instr=" REF 图 \h ">[旧]</w:fldSimple>', r"REF {} \h"),
    "a link by a field": (field(r' HYPERLINK  \l "图" \o "看" '), r'HYPERLINK  \l "{}" \o "看"'),
    "a link": ('<w:hyperlink w:anchor="图">[看]</w:hyperlink>', "{}"),
    "a code within the result of another": (
        f'{BEGIN}<w:r><w:instrText>IF 1 = 1</w:instrText></w:r>{PART}{field("REF 图")}{END}',
        "REF {}",
    ),
}  # fmt: skip
FOREIGN = {
    "another bookmark": (field("REF 表"), "REF 表"),
    "another file": (field(r'HYPERLINK "b.docx" \l "图"'), r'HYPERLINK "b.docx" \l "图"'),
    "a longer name": (field("REF 图2"), "REF 图2"),
    "a style": (field('STYLEREF "图"'), 'STYLEREF "图"'),
}


def led(document) -> list[str]:
    """What refers to bookmarks and the bookmarks, in the order of the document."""
    found, code = [], ""
    for item in document.element.body.iter():
        if item.tag == qn("w:bookmarkStart"):
            found.append(f"[{item.get(qn('w:name'))}]")
        elif item.tag == qn("w:hyperlink"):
            found.append(item.get(qn("w:anchor")))
        elif item.tag == qn("w:fldSimple"):
            found.append(item.get(qn("w:instr")).strip())
        elif item.tag == qn("w:instrText"):
            code += item.text or ""
        elif item.tag == qn("w:fldChar") and item.get(qn("w:fldCharType")) == "separate":
            found, code = [*found, code.strip()], ""
    return [one for one in found if one != "IF 1 = 1"]


def loop(*inside: str) -> str:
    return f"<w:p>[{{%p for x in xs %}}]</w:p>{''.join(inside)}<w:p>[{{%p endfor %}}]</w:p>"


@pytest.mark.parametrize("kind", REFERENCES)
def test_a_reference_leads_to_the_bookmark_of_its_pass_before_and_behind_it(word, kind):
    xml, says = REFERENCES[kind]
    made = word.document(word.save(with_body(loop(f"<w:p>{xml}{MARK}{xml}</w:p>"))), xs=[1, 2, 3])
    names = ["图", "图_2", "图_3"]
    assert led(made) == [
        one for name in names for one in (says.format(name), f"[{name}]", says.format(name))
    ]


@pytest.mark.parametrize("kind", REFERENCES)
def test_a_reference_outside_the_loop_leads_to_the_first(word, kind):
    xml, says = REFERENCES[kind]
    around = f"<w:p>{xml}</w:p>"
    made = word.document(
        word.save(with_body(f"{around}{loop(f'<w:p>{MARK}</w:p>')}{around}")), xs=[1, 2]
    )
    assert led(made) == [says.format("图"), "[图]", "[图_2]", says.format("图")]


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_refers_to_something_else_stays(word, kind):
    xml, says = FOREIGN[kind]
    made = word.document(word.save(with_body(loop(f"<w:p>{MARK}{xml}</w:p>"))), xs=[1, 2])
    assert led(made) == ["[图]", says, "[图_2]", says]


ROW = "<w:tr><w:tc><w:tcPr/>{}</w:tc></w:tr>"
REF = REFERENCES["REF"][0]
MAYBE = "<w:p>[{%p if x %}]</w:p>", f"<w:p>{MARK}</w:p>", "<w:p>[{%p endif %}]</w:p>"
PLACES = {
    "within a run": f"<w:p>[{{% for x in xs %}}]{MARK}{REF}[{{% endfor %}}]</w:p>",
    "rows": f"""<w:tbl>{ROW.format('<w:p>[{%tr for x in xs %}]</w:p>')}
        {ROW.format(f'<w:p>{MARK}{REF}</w:p>')}
        {ROW.format('<w:p>[{%tr endfor %}]</w:p>')}</w:tbl>""",
    "a block of the pass": loop(*MAYBE, f"<w:p>{REF}</w:p>"),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_wherever_the_block_stands(word, place):
    made = word.document(word.save(with_body(PLACES[place])), xs=[1, 2])
    assert led(made) == ["[图]", r"REF 图 \h", "[图_2]", r"REF 图_2 \h"]


def test_a_reference_in_the_outer_loop_leads_to_the_first_of_its_pass(word):
    inner = loop(f"<w:p>{MARK}{REF}</w:p>").replace("x in xs", "y in x")
    body = loop(f"<w:p>{REF}</w:p>", inner, f"<w:p>{REF}</w:p>")
    made = word.document(word.save(with_body(body)), xs=["ab", "cd"])
    own = [[f"[{name}]", rf"REF {name} \h"] for name in ("图", "图_2", "图_3", "图_4")]
    first, second = r"REF 图 \h", r"REF 图_3 \h"
    assert led(made) == [first, *own[0], *own[1], first, second, *own[2], *own[3], second]


def test_a_pass_without_the_bookmark_leads_to_the_one_before_it(word):
    body = loop(f"<w:p>{REF}</w:p>", *MAYBE)
    made = word.document(word.save(with_body(body)), xs=[1, 0, 1])
    assert led(made) == [r"REF 图 \h", "[图]", r"REF 图 \h", r"REF 图_2 \h", "[图_2]"]


def test_a_loop_of_tables_keeps_them_apart_with_references_too(word):
    table = f"<w:tbl>{ROW.format(f'<w:p>{MARK}{REF}</w:p>')}</w:tbl>"
    made = word.document(word.save(with_body(f"{loop(table)}<w:p/>")), xs=[1, 2])
    kinds = [re.sub("{.*}", "", one.tag) for one in made.element.body]
    assert kinds == ["tbl", "p", "tbl", "p", "sectPr"]


def test_a_document_that_is_printed_twice_leads_to_itself_each_time(word):
    other = io.BytesIO()
    with_body(f"<w:p>{REF}{MARK}</w:p>").save(other)
    document = empty_document()
    for _ in range(2):
        document.add_paragraph("{{p 附件 }}")
    made = word.document(word.save(document), 附件=SubDocument(other.getvalue()))
    assert led(made) == [r"REF 图 \h", "[图]", r"REF 图_2 \h", "[图_2]"]


def test_contents_that_a_document_brings_are_to_be_updated(word):
    other = io.BytesIO()
    with_body(f"<w:p>{field(' TOC ')}</w:p>").save(other)
    document = empty_document()
    document.add_paragraph("{{p 附件 }}")
    made = word.document(word.save(document), 附件=SubDocument(other.getvalue()))
    assert made.settings.element.xpath(".//w:updateFields/@w:val") == ["true"]
    assert made.element.body.xpath(".//w:fldChar/@w:dirty") == ["true"]
