"""Paragraphs joined, raw text, new paragraphs inside values, notes, and ids in loops."""

import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from empty_document import empty_document

NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
JOINED = ["我家在", "{%- if city -%}", "城里", "{%- else -%}", "乡下", "{%- endif -%}", ",真好。"]


@pytest.mark.parametrize("city", [True, False])
def test_a_dash_joins_paragraphs(word, city):
    expected = ["前", f"我家在{'城里' if city else '乡下'},真好。", "后"]
    assert word.render("前", *JOINED, "后", city=city) == expected
    assert word.peer("前", *JOINED, "后", city=city) == expected


def test_joined_paragraphs_have_the_properties_of_the_first(word):
    document = empty_document()
    document.add_paragraph("a", style="Heading 1")
    document.add_paragraph("{%- if x %}b", style="Heading 2")
    document.add_paragraph("{% endif %}")
    rendered = word.document(word.save(document), x=True)
    assert next((p.text, p.style.name) for p in rendered.paragraphs) == ("ab", "Heading 1")


def test_a_dash_inside_a_paragraph_takes_the_blanks_beside_its_tag(word):
    assert word.render("a {%- if x -%} b {%- endif %} c {{- x -}} d", x=1) == ["ab c1d"]


def test_a_dash_of_a_tag_that_stands_for_its_element_joins_nothing(word):
    template = ["前", "{%-p if x -%}", "a", "{%-p endif -%}", "{#-p b -#}", "后"]
    assert word.render(*template, x=True) == ["前", "a", "后"]
    document = empty_document()
    for text in ("前", "{%- restart_numbering -%}", "后"):
        document.add_paragraph(text, style="List Number")
    assert [p.text for p in word.document(word.save(document)).paragraphs] == ["前", "后"]


def test_a_plus_in_a_tag_is_passed_over(word):
    assert word.render("a {%+ if x +%} b {% endif +%}{{+ x +}}", x=1) == ["a  b 1"]
    assert word.render("前", "{%+p if x +%}", "a", "{%p endif +%}", x=1) == ["前", "a"]


def test_a_dash_beside_a_table_joins_nothing(word):
    assert word.render([["a"]], "{%- if x %}b{% endif %}", x=1) == [[["a"]], "b"]


def test_raw_text_is_printed_as_it_stands(word):
    template = "{% raw %}{{ x }} {% if %} {_{{% endraw %} {{ x }}"
    assert word.render(template, x=1) == ["{{ x }} {% if %} {_{ 1"]
    assert word.render("{%p raw %}", "{{ x }}", "**{% y %}**", "{%p endraw %}", "{{ x }}", x=1) == [
        "{{ x }}",
        "**{% y %}**",
        "1",
    ]


def test_raw_text_without_an_end_is_a_fault(word):
    assert word.faults("a", "{% raw %}", "{{ x }}") == [
        "正文 段落 2 {% raw %}:「raw」没有结束。请在它的内容之后写 {% endraw %}。"
    ]


def test_a_bell_in_a_value_begins_a_paragraph_of_the_same_properties(word):
    document = empty_document()
    document.add_paragraph("前 ", style="List Bullet").add_run("{{ x }} 后").italic = True
    path = word.save(document)
    rendered = word.document(path, x="一\a二")
    assert [(p.text, p.style.name, p.runs[-1].italic) for p in rendered.paragraphs] == [
        ("前 一", "List Bullet", True),
        ("二 后", "List Bullet", True),
    ]


@pytest.mark.parametrize("value", ["a\nb", "a\ab", "a\fb", "a\tb", "\a", "a\a\nb\fc"])
@pytest.mark.parametrize("template", [["**{{ x }}**"], [[["**{{ x }}**", "c"]]], ["//{{r x }}//"]])
def test_listings_come_out_as_from_docxtpl(word, value, template):
    docxtpl = pytest.importorskip("docxtpl")
    ours = word.render(*template, x=docxtpl.Listing(value))
    assert ours == word.render(*template, x=value)
    if "{{r" not in str(template):
        assert ours == word.peer(*template, x=docxtpl.Listing(value))


def test_a_new_paragraph_inside_a_value_closes_what_is_around_the_tag(word):
    document = empty_document()
    paragraph = document.add_paragraph("a")
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), "m")
    link.append(paragraph.add_run("{% for y in ys %}{{ y }}{{ x }}{% endfor %} b")._r)
    paragraph._p.append(link)
    rendered = word.document(word.save(document), x="1\a2", ys=["甲", "乙"])
    assert [
        ("".join(t.text or "" for t in p._p.iter(qn("w:t"))), len(p.hyperlinks) > 0)
        for p in rendered.paragraphs
    ] == [("a甲1", True), ("2乙1", True), ("2 b", True)]


def test_a_value_with_paragraphs_in_a_loop_over_rows(word):
    rows = [["{%tr for x in xs %}"], ["**{{ x }}**"], ["{%tr endfor %}"]]
    assert word.render(rows, xs=["a\ab", "c"]) == [[[("**a**", "**b**")], ["**c**"]]]


def test_a_value_takes_the_place_of_a_row(word):
    assert word.render([["**{{tr x }}**"], ["b"]], x="a") == [[["**a**"], ["b"]]]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_tags_in_notes_are_rendered(word, kind):
    document = empty_document()
    document.add_paragraph("a")
    xml = (
        f'<w:{kind}s xmlns:w="{qn("w:p")[1:-2]}"><w:{kind} w:id="1">'
        "<w:p><w:r><w:t>{{ </w:t></w:r><w:r><w:t>x }} {% if y %}是{% endif %}</w:t></w:r></w:p>"
        f"</w:{kind}></w:{kind}s>"
    )
    name = PackURI(f"/word/{kind}s.xml")
    part = Part(name, f"{TYPES}.{kind}s+xml", xml.encode(), document.part.package)
    document.part.relate_to(part, f"{NOTES}/{kind}s")
    rendered = word.document(word.save(document), x="a<b\ac", y=True)
    (part,) = [part for part in rendered.part.package.parts if part.partname == name]
    from lxml import etree

    notes = etree.fromstring(part.blob)
    assert ["".join(p.itertext()) for p in notes.iter(qn("w:p"))] == ["a<b", "c 是"]


def test_ids_and_names_that_a_loop_repeats_are_made_unique(word):
    document = empty_document()
    document.add_paragraph("{%p for x in xs %}")
    paragraph = document.add_paragraph()
    for name, number in (("甲", "3"), ("乙", "4")):
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        start.set(qn("w:id"), number)
        start.set(qn("w:name"), name)
        end.set(qn("w:id"), number)
        paragraph._p.append(start)
        paragraph.add_run("{{ x }}")
        paragraph._p.append(end)
    document.add_paragraph("{%p endfor %}")
    body = word.document(word.save(document), xs=[1, 2, 3]).element.body
    starts = [item.get(qn("w:id")) for item in body.iter(qn("w:bookmarkStart"))]
    ends = [item.get(qn("w:id")) for item in body.iter(qn("w:bookmarkEnd"))]
    names = [item.get(qn("w:name")) for item in body.iter(qn("w:bookmarkStart"))]
    assert names == ["甲", "乙", "甲_2", "乙_2", "甲_3", "乙_3"]
    assert starts == ends
    assert len(set(starts)) == 6


def test_ids_and_names_that_a_macro_repeats_are_made_unique(word):
    document = empty_document()
    document.add_paragraph("{%p macro m() %}")
    paragraph = document.add_paragraph("a")
    for name in ("bookmarkStart", "bookmarkEnd"):
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:id"), "3")
        if name == "bookmarkStart":
            element.set(qn("w:name"), "甲")
        paragraph._p.append(element)
    for text in ("{%p endmacro %}", "{{p m() }}", "{{p m() }}"):
        document.add_paragraph(text)
    body = word.document(word.save(document)).element.body
    starts = [
        (one.get(qn("w:id")), one.get(qn("w:name"))) for one in body.iter(qn("w:bookmarkStart"))
    ]
    assert [name for _, name in starts] == ["甲", "甲_2"]
    assert len({number for number, _ in starts}) == 2


def test_private_signs_in_a_document_stay(word):
    assert word.render("{%p for x in xs %}", "\ue015b3\ue016 {{ x }}", "{%p endfor %}", xs=["a"])
