"""Footnotes of rows that a refresh takes out go with them; others stay at their words."""

from io import BytesIO

import docx
import pytest
from audit.test_table_marks import NAMES, anew, data, opened
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from empty_document import empty_document
from lxml import etree
from printed import page_texts

from docgen.audit.refresh import refreshed
from docgen.manifest.writing import traces_said
from docgen.printing.pdf import save_as_pdf
from docgen.template import compile_template
from docgen.template.template import LIMITS

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
REFERENCE = '<w:r {}><w:footnoteReference w:id="{}"/></w:r>'
NOTE = '<w:footnote w:id="{}"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'


def noted(document, notes):
    """The document with footnotes by their ids."""
    said = "".join(NOTE.format(number, text) for number, text in notes.items())
    content = f"<w:footnotes {nsdecls('w')}>{said}</w:footnotes>".encode()
    part = Part(PackURI("/word/footnotes.xml"), TYPE, content, document.part.package)
    document.part.relate_to(part, RT.FOOTNOTES)
    return document


def refer(paragraph, number):
    paragraph._p.append(parse_xml(REFERENCE.format(nsdecls("w"), number)))


def notes_of(content):
    document = docx.Document(BytesIO(content))
    root = etree.fromstring(document.part.part_related_by(RT.FOOTNOTES).blob)
    return ["".join(note.itertext()) for note in root]


@pytest.mark.parametrize("tracked", [False, True])
def test_the_note_of_a_row_that_goes_goes_with_it(tmp_path, tracked):
    document = noted(empty_document(), {2: "{{ 行.名 }}的注", 3: "末注"})
    table = document.add_table(3, 2)
    texts = ("{%tr for 行 in 收入 %}", "", "{{ 行.名 }}", "{{ 行.数 }}", "{%tr endfor %}", "")
    for cell, text in zip((cell for row in table.rows for cell in row.cells), texts, strict=True):
        cell.text = text
    refer(table.rows[1].cells[1].paragraphs[0], 2)
    refer(document.add_paragraph("末文"), 3)
    document.save(tmp_path / "模板.docx")
    made = compile_template(tmp_path / "模板.docx", markers=True)
    report = opened(made.render(data({"收入": 10}), closing=traces_said))
    fresh = anew(made, data({"收入": 10}, names=NAMES[1:]), LIMITS)
    work = refreshed(report, fresh, force=True, tracked=tracked)
    gone = [] if not tracked else ["甲科的注"]
    assert notes_of(work.document) == [*gone, "乙科的注", "丙科的注", "丁科的注", "末注"]
    body = docx.Document(BytesIO(work.document)).element.body
    assert len(list(body.iter(qn("w:footnoteReference")))) == len(gone) + 4


@pytest.mark.parametrize(("asked", "order"), [((5, 3, 4), "乙注 丙注 丁注"), ((4, 5), "丁注 乙注")])
def test_a_pdf_shows_a_strangers_notes_at_their_words_whatever_their_order(tmp_path, asked, order):
    document = noted(empty_document(), {3: "丙注", 4: "丁注", 5: "乙注"})
    for number in asked:
        refer(document.add_paragraph(f"文{number}"), number)
    document.save(tmp_path / "公文.docx")
    before = (tmp_path / "公文.docx").read_bytes()
    save_as_pdf(tmp_path / "公文.docx", tmp_path / "公文.pdf")
    said = "".join(page_texts(tmp_path / "公文.pdf"))
    found = sorted((said.index(note), note) for note in order.split())
    assert " ".join(note for _, note in found) == order
    assert (tmp_path / "公文.docx").read_bytes() == before
