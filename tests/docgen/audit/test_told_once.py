"""What is told of one figure hides no other: of a copy's figures, and of numbers written in."""

import copy
import re

import docx
from audit.reports import audited
from docx.oxml.ns import qn

from docgen.audit.telling.commenting import save_commented
from docgen.audit.telling.lines import told

ENDS = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))


def marked(paragraph, name):
    """Copies of a mark in a paragraph and of all that stands in it."""
    items = list(paragraph)
    (start,) = [number for number, one in enumerate(items) if one.get(qn("w:name")) == name]
    number = items[start].get(qn("w:id"))
    (end,) = [
        at for at, one in enumerate(items) if one.tag == ENDS[1] and one.get(qn("w:id")) == number
    ]
    return [copy.deepcopy(one) for one in items[start : end + 1]]


def test_a_figure_that_stands_alone_too_is_told_beside_the_copied_paragraph(
    made, intakes, tmp_path
):
    document = docx.Document(str(made / "报告.docx"))
    paragraph = document.paragraphs[15]._p
    names = [one.get(qn("w:name")) for one in paragraph.iter(ENDS[0])]
    assert names == ["_gj165", "_gj166"]
    alone = document.add_paragraph("另附")
    for one in marked(paragraph, "_gj166"):
        alone._p.append(one)
    for text in alone._p.iter(qn("w:t")):
        text.text = text.text.replace("265.24", "999.99")
    assert alone.text == "另附999.99"
    paragraph.addnext(copy.deepcopy(paragraph))
    document.save(str(tmp_path / "三处.docx"))
    found = audited(made, intakes, report=tmp_path / "三处.docx")
    lines = [line for line in told(tmp_path / "三处.docx", found) if "另写" not in line]
    name = "财政拨款收入(预算收支!C10)"
    first = f"【重复】段落 16、段落 17 年度(基本情况!C5)、{name}"
    copied = (
        "这一段或这一行在报告里出现了 2 次(复制过),里面的 2 个数都重复。请删去多余的,或逐处核对。"
    )
    number = len(document.paragraphs)
    heads = [line for line in lines if line.startswith("【重复】")]
    assert heads == [first, f"【重复】段落 {number} {name}"]
    said = "这个数在报告里出现了不止一次(复制过),这一处是 999.99,填报表是 265.24。请逐处核对。"
    assert [lines[lines.index(head) + 1] for head in heads] == [f"    {copied}", f"    {said}"]
    save_commented(tmp_path / "三处.docx", found, tmp_path / "批注.docx")
    comments = [one.text for one in docx.Document(str(tmp_path / "批注.docx")).comments]
    assert sorted(comments) == sorted([f"{first}\n{copied}"] * 2 + [f"【重复】{name}\n{said}"])


def test_a_deleted_paragraph_hides_no_number_that_somebody_wrote_elsewhere(made, intakes, tmp_path):
    document = docx.Document(str(made / "报告.docx"))
    (lost, *_) = [one for one in document.paragraphs if "基本支出195.49" in one.text]
    lost._p.getparent().remove(lost._p)
    document.add_paragraph("另有接待88批,支出195.49万元,又195.49亿。")
    document.save(str(tmp_path / "删了.docx"))
    found = audited(made, intakes, report=tmp_path / "删了.docx")
    assert found.counts["lost"] > 0
    written = [number for line, number in found.written_in if line.text.startswith("另有接待")]
    assert written == ["88", "195.49", "195.49"]


def test_a_figure_that_was_retyped_hides_the_same_number_in_its_own_line_alone(
    made, intakes, tmp_path
):
    document = docx.Document(str(made / "报告.docx"))
    paragraph = document.paragraphs[15]._p
    for one in list(paragraph):
        if one.tag in ENDS:
            paragraph.remove(one)
    (text,) = [one for one in paragraph.iter(qn("w:t")) if "265.24" in (one.text or "")]
    text.text = text.text.replace("265.24", "999.99")
    document.add_paragraph("别处也写999.99万元。")
    document.save(str(tmp_path / "改了.docx"))
    found = audited(made, intakes, report=tmp_path / "改了.docx")
    (again,) = [one for one in found.figures if one.state == "lost" and one.printed == "999.99"]
    assert again.place and re.search("999.99", again.place.text)
    places = [line.text for line, number in found.written_in if number == "999.99"]
    assert places == ["别处也写999.99万元。"]
