"""What another document brings along: its footnotes, endnotes and comments."""

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree
from ooxml import new_faults
from writing import SPACES, with_body

from docgen.template import render
from docgen.template.rich.subdocuments import SubDocument

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
NAMES = " ".join(f'xmlns:{name}="{uri}"' for name, uri in SPACES.items())
NOTE = (
    '<w:{kind} w:id="{number}"{more}><w:p><w:r><w:{kind}Ref/></w:r>'
    '<w:hyperlink r:id="rId1"><w:r><w:t>{text}</w:t></w:r></w:hyperlink></w:p></w:{kind}>'
)
REFERENCE = '<w:r><w:{}Reference w:id="{}"/></w:r>'
RANGE = '<w:commentRangeStart w:id="{0}"/>[句]<w:commentRangeEnd w:id="{0}"/>'
AUTHOR = ' w:author="甲" w:date="2023-01-01T00:00:00Z"'


def noted(body: str, **notes: dict[int, str]):
    """A document with this XML in its body, and notes by kind and number, each with a link."""
    document = with_body(body)
    for kind, texts in notes.items():
        more = AUTHOR if kind == "comment" else ""
        inner = "".join(
            NOTE.format(kind=kind, number=number, text=text, more=more)
            for number, text in texts.items()
        ).replace("<w:commentRef/>", "<w:annotationRef/>")
        xml = f"<w:{kind}s {NAMES}>{inner}</w:{kind}s>"
        name = PackURI(f"/word/{kind}s.xml")
        part = Part(name, TYPE.format(f"{kind}s"), xml.encode(), document.part.package)
        part.relate_to("https://example.org", RT.HYPERLINK, is_external=True)
        document.part.relate_to(part, getattr(RT, f"{kind}s".upper()))
    return document


def notes_of(document, kind: str) -> dict[str, tuple[str, str]]:
    """The notes of a document by number: their words, and where their links lead."""
    part = document.part.part_related_by(getattr(RT, f"{kind}s".upper()))
    root = etree.fromstring(part.blob)
    return {
        note.get(qn("w:id")): (
            "".join(note.itertext(qn("w:t"))),
            *(part.rels[link.get(qn("r:id"))].target_ref for link in note.iter(qn("w:hyperlink"))),
        )
        for note in root
    }


def referred(document, kind: str) -> list[str]:
    return [item.get(qn("w:id")) for item in document.element.body.iter(qn(f"w:{kind}Reference"))]


def inserted(kind: str) -> SubDocument:
    anchors = RANGE.format(2) if kind == "comment" else ""
    body = f"<w:p>{anchors}{REFERENCE.format(kind, 2)}</w:p>"
    return SubDocument(noted(body, **{kind: {1: "不用的", 2: "注"}}))


@pytest.mark.parametrize("kind", ["footnote", "endnote", "comment"])
def test_notes_come_along_into_a_document_that_has_none(word, kind):
    path = word.template("前", "{{p x }}", "后")
    document = word.document(path, x=inserted(kind))
    (number,) = referred(document, kind)
    assert notes_of(document, kind)[number] == ("注", "https://example.org")
    separators = {} if kind == "comment" else {"-1": ("",), "0": ("",)}
    assert notes_of(document, kind) == {**separators, number: ("注", "https://example.org")}
    assert new_faults(path, word.folder / "out.docx") == []


@pytest.mark.parametrize("kind", ["footnote", "endnote", "comment"])
def test_notes_stand_behind_those_that_are_there_and_once_each_time(word, kind):
    here = noted(
        f"<w:p>{REFERENCE.format(kind, 7)}</w:p><w:p>[{{%p for i in xs %}}]</w:p>"
        "<w:p>[{{p x }}]</w:p><w:p>[{%p endfor %}]</w:p><w:p>[后]</w:p>",
        **{kind: {7: "{{ 原 }}"}},
    )
    if kind == "comment":  # only the template's own comments are filled
        part = here.part.part_related_by(RT.COMMENTS)
        part._blob = part.blob.replace("甲".encode(), "勾稽模板".encode())
    document = word.document(word.save(here), x=inserted(kind), xs=[1, 2], 原="原有的")
    assert referred(document, kind) == ["7", "8", "9"]
    link = "https://example.org"
    assert notes_of(document, kind) == {"7": ("原有的", link), "8": ("注", link), "9": ("注", link)}
    ranges = [
        item.get(qn("w:id")) for item in document.element.body.iter(qn("w:commentRangeStart"))
    ]
    assert ranges == (["8", "9"] if kind == "comment" else [])


def test_a_header_takes_no_notes(word):
    path, out = word.template("a", header="{{p x }}"), word.folder / "out.docx"
    for kind in ("footnote", "comment"):
        render(path, {"x": inserted(kind)}, out)
        header = docx.Document(out).sections[0].header._element
        assert list(header.iter(qn(f"w:{kind}Reference"), qn("w:commentRangeStart"))) == []
        assert "".join(header.itertext(qn("w:t"))) == ("句" if kind == "comment" else "")
