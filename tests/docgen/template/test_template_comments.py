"""Comments in loops: each pass has its own, with the figures of its row where ours holds tags."""

import io

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree
from test_template_brought import NAMES, with_body

from docgen.template import render

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
SPACE = f'xmlns:w15="{W15}"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
COMMENT = (
    '<w:comment xmlns:w14="{}" w:id="{}" w:author="{}"><w:p w14:paraId="{}"><w:r><w:t>{}</w:t>'
    "</w:r></w:p></w:comment>"
)
BEGUN, ENDED = '<w:commentRangeStart w:id="{}"/>', '<w:commentRangeEnd w:id="{}"/>'
REFERENCE = '<w:r><w:commentReference w:id="{}"/></w:r>'
ANCHORS = ("{*}commentRangeStart", "{*}commentRangeEnd", "{*}commentReference")
ROWS = [{"名": "甲", "注": "一"}, {"名": "乙", "注": "二"}]


def commented(body, *comments):
    """A document with comments of these ids, authors, paragraph ids and texts; 1 answers 0."""
    document = with_body(body)
    inner = "".join(COMMENT.format(W14, *one) for one in comments)
    more = "".join(
        f'<w15:commentEx w15:paraId="{one[2]}" w15:done="{number}"'
        + (f' w15:paraIdParent="{comments[0][2]}"/>' if number == 1 else "/>")
        for number, one in enumerate(comments)
    )
    for name, kind, said in (
        ("comments", RELATION, f"<w:comments {NAMES}>{inner}</w:comments>"),
        ("commentsExtended", EXTENDED, f'<w15:commentsEx {SPACE}>{more}</w15:commentsEx>'),
    ):  # fmt: skip
        part = Part(
            PackURI(f"/word/{name}.xml"), TYPE.format(name), said.encode(), document.part.package
        )
        document.part.relate_to(part, kind)
    return document


def read(path):
    """The anchors in order; the comments by id; what the other part says of their paragraphs."""
    document = docx.Document(io.BytesIO(path.read_bytes()))
    anchors = [
        (etree.QName(one).localname.removeprefix("comment"), one.get(qn("w:id")))
        for one in document.element.body.iter(*ANCHORS)
    ]  # fmt: skip
    root = etree.fromstring(document.part.part_related_by(RELATION).blob)
    texts = {one.get(qn("w:id")): "".join(one.itertext()) for one in root}
    paragraphs = [one.get(f"{{{W14}}}paraId") for one in root.iter(qn("w:p"))]
    more = etree.fromstring(document.part.part_related_by(EXTENDED).blob)
    said = [
        tuple(one.get(f"{{{W15}}}{name}") for name in ("paraId", "paraIdParent", "done"))
        for one in more
    ]
    return anchors, texts, paragraphs, said


LOOP = "<w:p>[{{%p for x in xs %}}]</w:p>{}<w:p>[{{%p endfor %}}]</w:p>"
LINE = f"<w:p>{BEGUN}[__]{ENDED}{REFERENCE}</w:p>".replace("{}", "{0}").replace(
    "__", "{{{{ x.名 }}}}"
)


def test_each_pass_has_its_own_comment_and_the_figures_of_its_row(word):
    body = LOOP.format(LINE.format(4))
    document = commented(body, (4, "勾稽模板", "0A0A0A01", "注{{ x.注 }}"))
    out = word.folder / "out.docx"
    render(word.save(document), {"xs": ROWS}, out)
    anchors, texts, paragraphs, said = read(out)
    one, other = texts
    assert texts == {one: "注一", other: "注二"}
    assert anchors == [
        (kind, number)
        for number in (one, other)
        for kind in ("RangeStart", "RangeEnd", "Reference")
    ]
    assert [paragraph for paragraph, *_ in said] == paragraphs
    assert len({*paragraphs}) == 2


@pytest.mark.parametrize("xs", [[], ROWS[:1], ROWS])
def test_answers_answer_the_comment_of_their_pass(word, xs):
    ends = "".join(ENDED.format(n) + REFERENCE.format(n) for n in (0, 1))
    line = f"<w:p>{BEGUN.format(0)}{BEGUN.format(1)}[{{{{ x.名 }}}}]{ends}</w:p>"
    document = commented(
        LOOP.format(line) + f"<w:p>[末]{REFERENCE.format(7)}</w:p>",
        (0, "处长", "0A0A0A01", "请核对 {{ 原样 }}"), (1, "科长", "0A0A0A02", "已核对"),
        (7, "处长", "0A0A0A07", "末"),
    )  # fmt: skip
    out = word.folder / "out.docx"
    render(word.save(document), {"xs": xs}, out)
    anchors, texts, paragraphs, said = read(out)
    assert sorted(texts.values()) == sorted(["末", *["请核对 {{ 原样 }}", "已核对"] * len(xs)])
    assert {number for _, number in anchors} == {*texts}
    by_paragraph = dict(zip(paragraphs, texts.values(), strict=True))
    known = {one: (parent, done) for one, parent, done in said if one in by_paragraph}
    assert {*known} == {*paragraphs}
    answers = {one: parent for one, (parent, _) in known.items() if by_paragraph[one] == "已核对"}
    assert sorted(answers.values()) == sorted(
        one for one in paragraphs if by_paragraph[one][0] == "请"
    )
    kinds = [(kind, texts[number]) for kind, number in anchors]
    assert kinds == [
        ("RangeStart", "请核对 {{ 原样 }}"), ("RangeStart", "已核对"),
        ("RangeEnd", "请核对 {{ 原样 }}"), ("Reference", "请核对 {{ 原样 }}"),
        ("RangeEnd", "已核对"), ("Reference", "已核对"),
    ] * len(xs) + [("Reference", "末")]  # fmt: skip
