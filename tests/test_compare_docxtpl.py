"""The command that holds Gouji against docxtpl's own tests: what it cuts and what it sees."""

import pytest
from empty_document import empty_document

from tools.compare_docxtpl import differences, other_import, own_objects
from tools.docxtpl_tests.cut import cut_into_letters
from tools.docxtpl_tests.told import told


@pytest.fixture
def path(tmp_path):
    document = empty_document()
    paragraph = document.add_paragraph("基本支出 ")
    paragraph.add_run("{{ 基本支出 }}").bold = True
    paragraph.add_run("\t万元")
    document.add_table(1, 2).cell(0, 1).text = "合计"
    document.save(tmp_path / "tpl.docx")
    return tmp_path / "tpl.docx"


def test_each_part_is_told_with_the_looks_of_its_runs_and_cells(path):
    assert told(path)[:5] == [
        "== word/document.xml",
        "p",
        "  '基本支出 '",
        "  '{{ 基本支出 }}' b",
        "  '\\t万元'",
    ]
    assert "  '合计'" in told(path)


def test_a_file_cut_into_letters_reads_as_before(path):
    before, size = told(path), len(path.read_bytes())
    cut_into_letters(path)
    assert told(path) == before
    assert len(path.read_bytes()) > size


def test_only_the_line_of_import_is_changed():
    script = "from docxtpl import DocxTemplate, RichText\ntpl = DocxTemplate('a.docx')\n"
    assert other_import(script) == script.replace("docxtpl", "gouji", 1)
    assert own_objects(script) == script.replace(
        "RichText\n", "RichText\nfrom gouji import DocxTemplate\n", 1
    )


def test_what_differs_is_shown_by_file():
    told_lines = list(differences({"a": ["p", "  '甲'"]}, {"a": ["p", "  '乙'"]}))
    assert told_lines == [
        "--- a docxtpl",
        "+++ a gouji",
        "@@ -1,2 +1,2 @@",
        " p",
        "-  '甲'",
        "+  '乙'",
    ]
