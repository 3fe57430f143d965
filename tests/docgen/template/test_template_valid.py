"""What comes out is valid Open XML, judged against its own template."""

import io

import pytest
from ooxml import new_faults
from test_template_values import FORMATS, annex, png

from docgen.template import render
from docgen.template.rich.markup import RichText
from docgen.template.rich.pictures import Picture, mm
from docgen.template.rich.subdocuments import SubDocument

LOOP = [["{%tr for x in xs %}", ""], ["{% vm %}{{ x }}", "{% cellbg 'FF0000' %}a"],
        ["{%tr endfor %}", ""]]  # fmt: skip
COLUMNS = [["头", "{%tc for x in xs %}", "{% hm %}{{ x }}", "{%tc endfor %}"],
           ["头", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]]  # fmt: skip
CASES = {
    "text": (["{{ x }}", "**{{r x }}**", [["{{tc x }}"]]], {"x": "a\ab\fc\td\n&<"}),
    "rows": (["a", LOOP, "b"], {"xs": ["a", "b"]}),
    "no rows": (["a", LOOP, "b"], {"xs": []}),
    "columns": (["a", COLUMNS, "b"], {"xs": [1, 2, 3]}),
    "no columns": (["a", COLUMNS, "b"], {"xs": []}),
    "tables side by side": (
        ["{%p for x in xs %}", [["{{ x }}"]], "{%p endfor %}", "b"],
        {"xs": [1, 2, 3]},
    ),
    "rich": (["{{ x }}", "{{r x }}", "{{p x }}"], {"x": RichText("a\nb\ac", **FORMATS)}),
    "link": (["{{r x }}"], {"x": RichText("a", url="https://example.org")}),
    "picture": (["{{ x }}{{ x }}"], {"x": Picture(png(), width=mm(20), alt="图", link="http://a")}),
    "document": (["{{p x }}", [["{{tc x }}"]]], {"x": SubDocument(annex())}),
}


@pytest.mark.parametrize("case", CASES)
def test_the_output_has_no_fault_that_its_template_has_not(word, case):
    blocks, values = CASES[case]
    template, out = word.template(*blocks), word.folder / "out.docx"
    render(template, values, out)
    assert new_faults(template, out) == []


def test_docxtpls_rich_text_is_put_in_order(word):
    docxtpl = pytest.importorskip("docxtpl")
    template, out = word.template("{{r x }}{{r y }}"), word.folder / "out.docx"
    rich = docxtpl.RichText("a\tb", **FORMATS)
    picture = docxtpl.InlineImage(docxtpl.DocxTemplate(template), io.BytesIO(png()))
    render(template, {"x": rich, "y": picture}, out)
    assert new_faults(template, out) == []
