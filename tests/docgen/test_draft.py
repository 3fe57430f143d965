"""草稿 on every page, whatever headers the document has."""

import io
import subprocess
import sys

import docx
from docx.enum.section import WD_SECTION
from empty_document import empty_document
from printed import page_pixels, printed

from docgen.new_document import new_document
from docgen.report.draft import mark_draft
from workbook.catalogue.reports import DRAFT

VML = "{urn:schemas-microsoft-com:vml}"
HEADERS = ("header", "even_page_header", "first_page_header")
SILVER_HALF_SEEN_THROUGH = range(219, 228)


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def marked(document):
    return docx.Document(io.BytesIO(mark_draft(saved(document))))


def marks(header) -> list[str]:
    """The marks that a header shows, its own or those of the section before."""
    return [path.get("string") for path in header.part.element.iter(f"{VML}textpath")][1::2]


def all_marks(document) -> list[list[str]]:
    return [marks(getattr(section, name)) for section in document.sections for name in HEADERS]


def test_a_document_without_headers_gets_the_mark_in_all_three():
    assert all_marks(marked(new_document())) == [[DRAFT.zh]] * 3


def test_every_section_shows_the_mark_in_every_header():
    document = empty_document()
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].header.paragraphs[0].text = "眉"
    for _ in range(2):
        document.add_section(WD_SECTION.NEW_PAGE)
    document.sections[1].even_page_header.paragraphs[0].text = "双页"
    document.sections[2].first_page_header.is_linked_to_previous = False
    assert all_marks(marked(document)) == [[DRAFT.zh]] * 9


def test_what_a_header_held_stays():
    document = empty_document()
    header = document.sections[0].header
    header.paragraphs[0].text = "内部资料"
    header.add_table(1, 1, docx.shared.Mm(50)).cell(0, 0).text = "编号"
    header.add_paragraph("末行")
    kept = marked(document).sections[0].header
    assert [paragraph.text for paragraph in kept.paragraphs] == ["内部资料", "末行"]
    assert kept.tables[0].cell(0, 0).text == "编号"


def test_a_header_of_a_table_alone_gets_a_paragraph_for_the_mark():
    document = empty_document()
    header = document.sections[0].header
    header.add_table(1, 1, docx.shared.Mm(50))
    header._element.remove(header.paragraphs[0]._p)
    assert marks(marked(document).sections[0].header) == [DRAFT.zh]


def test_a_document_without_any_section_is_marked_too():
    document = new_document()
    document.element.body.remove(document.sections[0]._sectPr)
    assert all_marks(marked(document)) == [[DRAFT.zh]] * 3


def test_a_draft_is_not_marked_twice():
    assert all_marks(marked(marked(new_document()))) == [[DRAFT.zh]] * 3


def test_marks_have_names_of_their_own_that_word_knows():
    document = marked(new_document())
    names = [
        shape.get("id")
        for name in HEADERS
        for shape in getattr(document.sections[0], name).part.element.iter(f"{VML}shape")
    ]
    assert names == [f"PowerPlusWaterMarkObject{number}" for number in (1, 2, 3)]


def test_the_line_of_a_new_header_takes_one_point_of_the_page():
    (paragraph,) = marked(new_document()).sections[0].header.paragraphs
    spacing = paragraph._p.pPr.find(docx.oxml.ns.qn("w:spacing"))
    assert {name.split("}")[1]: value for name, value in spacing.attrib.items()} == {
        "before": "0",
        "after": "0",
        "line": "20",
        "lineRule": "exact",
    }


def test_nobody_waits_for_python_docx_before_there_is_a_draft():
    code = "import sys, docgen.report.draft; sys.exit('docx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def silver(page: bytes) -> float:
    """The share of a page's pixels that have the grey of the mark."""
    return sum(page.count(grey) for grey in SILVER_HALF_SEEN_THROUGH) / len(page)


def three_pages():
    document = new_document()
    document.sections[0].different_first_page_header_footer = True
    for number in "一二三":
        document.add_paragraph(number).paragraph_format.page_break_before = True
    return saved(document)


def test_the_mark_is_printed_on_each_of_three_pages(tmp_path, convert):
    pages = page_pixels(printed(mark_draft(three_pages()), tmp_path, convert))
    assert [silver(page) > 0.01 for page in pages] == [True, True, True]


def test_nothing_of_its_grey_is_printed_without_the_mark(tmp_path, convert):
    pages = page_pixels(printed(three_pages(), tmp_path, convert))
    assert [silver(page) > 0.0001 for page in pages] == [False, False, False]
