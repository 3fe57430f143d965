"""Footnotes of rows that a refresh takes out go with them; others stay at their words."""

from dataclasses import replace
from io import BytesIO

import docx
import pytest
from audit.test_table_marks import (
    BOTH,
    LITTLE,
    NAMES,
    add_table,
    anew,
    cells,
    data,
    edited,
    exchanged,
    opened,
    untouched,
)
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from empty_document import empty_document
from lxml import etree
from printed import page_texts

from docgen.audit.audit import audit
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
    add_table(document, "收入")
    refer(document.tables[0].rows[1].cells[1].paragraphs[0], 2)
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


@pytest.mark.parametrize("edit", [untouched, exchanged])
@pytest.mark.parametrize("most", LITTLE)
def test_a_row_that_cannot_be_put_in_is_not_taken_out(tmp_path, most, edit):
    """A new row with a footnote has no place: the old one stays, and is told of."""
    document = noted(empty_document(), {2: "注"})
    for name in BOTH:
        document.add_paragraph(f"{name}情况")
        add_table(document, name)
        refer(document.tables[-1].rows[1].cells[1].paragraphs[0], 2)
    document.add_paragraph("完")
    document.save(tmp_path / "模板.docx")
    made = compile_template(tmp_path / "模板.docx", markers=True)
    limits = replace(LIMITS, marks=most)
    printed = made.render(data(BOTH), limits=limits, closing=traces_said)
    fresh = anew(made, data(BOTH, 支出丙科=99), limits)
    work = refreshed(opened(edited(printed, edit)), fresh, force=True, tracked=False)
    assert [[name for name, _ in rows] for rows in cells(work.document)] == [[*NAMES]] * 2
    told = [(one.figure.key, one.printed) for one in work.after.figures if one.state != "ok"]
    found = cells(work.document)[0 if edit is exchanged else 1][2]
    assert (found, told) in ((["丙科", "99"], []), (["丙科", "72"], [("丙科", "72")]))


NOTE_SAYS = "{{ 行.名 }}的注{{ 行.数 }}"


@pytest.mark.parametrize("tracked", [False, True])
@pytest.mark.parametrize("left", [NAMES[1:], NAMES[:-1], NAMES[::3]])
def test_a_note_with_figures_is_no_more_in_the_manifest_once_it_is_taken_out(
    tmp_path, left, tracked
):
    document = noted(empty_document(), {2: NOTE_SAYS, 3: "末注"})
    add_table(document, "收入")
    refer(document.tables[0].rows[1].cells[1].paragraphs[0], 2)
    refer(document.add_paragraph("末文"), 3)
    document.save(tmp_path / "模板.docx")
    made = compile_template(tmp_path / "模板.docx", markers=True)
    report = opened(made.render(data({"收入": 10}), closing=traces_said))
    now = {"收入": [row for row in data({"收入": 10})["收入"] if row["名"] in left]}
    work = refreshed(report, anew(made, now, LIMITS), force=True, tracked=tracked)
    again = audit(opened(work.document), anew(made, now, LIMITS))
    for found in (work.after, again):
        assert [(one.state, one.printed) for one in found.figures if one.state != "ok"] == []
        assert found.is_true
    if not tracked:
        said = [f"{row['名']}的注{row['数']}" for row in now["收入"]]
        assert notes_of(work.document) == [*said, "末注"]


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
