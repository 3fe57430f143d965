"""What stands inside of what: values of every source, other documents, tags cut anywhere."""

import io
import re
import zipfile
from decimal import Decimal

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from empty_document import empty_document
from lxml import etree
from test_template_corners import Markup, with_part
from test_template_markers import MARKED, manifest
from test_template_values import png

from docgen.template import compile_template
from docgen.template.lint.annotate import annotate_template
from docgen.template.lint.lint import lint
from docgen.template.model.errors import TemplateError
from docgen.template.model.sourced import Amount, Source
from docgen.template.rich.markup import RichText
from docgen.template.rich.pictures import Picture, mm
from docgen.template.rich.subdocuments import SubDocument

# pictures


@pytest.mark.parametrize("source", ["path", "text", "bytes", "stream", "file"])
def test_a_picture_comes_from_wherever_it_is(word, source) -> None:
    path = word.folder / "图.png"
    path.write_bytes(png())
    with path.open("rb") as file:
        file.read(5)  # whoever had it before may have read of it
        stream = io.BytesIO(png())
        stream.read(5)
        sources = {"path": path, "text": str(path), "bytes": png(), "stream": stream, "file": file}
        value = Picture(sources[source], width=mm(40))
        document = word.document(word.template("{{ x }}"), x=value)
    (shape,) = document.inline_shapes
    assert shape.width == mm(40)
    body = document.element.body
    (identity,) = body.xpath(".//a:blip/@r:embed")
    assert document.part.related_parts[identity].blob == png()
    name = "图.png" if source in ("path", "text") else "picture"
    assert body.xpath(".//pic:cNvPr/@name") == [name]
    assert body.xpath(".//wp:docPr/@descr") == [""]
    assert body.xpath(".//a:hlinkClick") == []


def test_a_pictures_words_may_hold_every_sign(word) -> None:
    value = Picture(png(), alt='"甲" & <乙>', link="https://example.org/?a=1&b=2")
    document = word.document(word.template("{{ x }}"), x=value)
    assert document.element.body.xpath(".//wp:docPr/@descr") == ['"甲" & <乙>']
    (identity,) = document.element.body.xpath(".//a:hlinkClick/@r:id")
    assert document.part.rels[identity].target_ref == "https://example.org/?a=1&b=2"


# other documents

FOREIGN = (
    "commentRangeStart", "commentRangeEnd", "footnoteReference", "endnoteReference",
    "commentReference",
)  # fmt: skip


def test_what_refers_to_notes_that_are_not_there_is_not_brought_along(word) -> None:
    other = empty_document()
    paragraph = other.add_paragraph("甲")
    paragraph._p.set(qn("w14:paraId") if "w14" in paragraph._p.nsmap else qn("w:rsidR"), "00000001")
    for name in FOREIGN:
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:id"), "1")
        holder = paragraph.add_run()._r if name.endswith("Reference") else paragraph._p
        holder.append(element)
    paragraph.add_run("乙")
    body = word.document(word.template("{{p x }}"), x=SubDocument(other)).element.body
    assert [name for name in FOREIGN if list(body.iter(qn(f"w:{name}")))] == []
    assert "".join(body.itertext(qn("w:t"))) == "甲乙"


def styled(name: str, identity: str) -> docx.document.Document:
    document = empty_document()
    style = document.styles.add_style(name, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), identity)
    return document


def test_a_style_whose_id_means_another_style_here_gets_an_id_of_its_own(word) -> None:
    here, other = styled("这里的", "S1"), styled("那里的", "S1")
    here.add_paragraph("{{p x }}")
    here.add_paragraph("后", style="这里的")
    other.add_paragraph("甲", style="那里的")
    document = word.document(word.save(here), x=SubDocument(other))
    assert [(p.text, p.style.name, p.style.style_id) for p in document.paragraphs] == [
        ("甲", "那里的", "S1_1"),
        ("后", "这里的", "S1"),
    ]


def test_a_style_that_another_document_does_not_define_stays_as_it_is_called(word) -> None:
    other = empty_document()
    for text in ("甲", "乙"):
        other.add_paragraph(text, style="Heading 1")
    style = other.paragraphs[0]._p.pPr.find(qn("w:pStyle"))
    style.set(qn("w:val"), "Unknown")
    made = word.document(word.template("{{p x }}"), x=SubDocument(other)).element.body
    assert [one.get(qn("w:val")) for one in made.iter(qn("w:pStyle"))] == ["Unknown", "Heading1"]


def test_pictures_of_another_document_lie_among_the_pictures(word) -> None:
    other = empty_document()
    other.add_picture(io.BytesIO(png()))
    here = empty_document()
    here.add_picture(io.BytesIO(png(8, 8)))
    here.add_paragraph("{{p x }}")
    document = word.document(word.save(here), x=SubDocument(other))
    own, identity = document.element.body.xpath(".//a:blip/@r:embed")
    assert document.part.related_parts[own].blob == png(8, 8)
    assert document.part.related_parts[identity].blob == png()
    assert document.part.related_parts[identity].partname == "/word/media/sub_image1.png"


# parts in another order, and parts that nothing was added to


def test_the_main_part_is_known_by_its_type_and_not_by_its_place(word) -> None:
    path = word.template("{{ x }}", header="h", footer="f")
    types = zipfile.ZipFile(path).read("[Content_Types].xml")
    root = parse_xml(types)
    root[:] = reversed(root)
    root[:] = sorted(root, key=lambda one: "header" not in one.get("ContentType", ""))
    path.write_bytes(with_part(path.read_bytes(), "[Content_Types].xml", etree.tostring(root)))
    document = word.document(path, MARKED, x=Picture(png()))
    assert len(document.inline_shapes) == 1
    package = zipfile.ZipFile(word.folder / "out.docx")
    before = zipfile.ZipFile(path).namelist()
    (manifest_of,) = (
        name for name in package.namelist()
        if name not in before and b"<figures " in package.read(name)
    )  # fmt: skip
    assert manifest_of.encode() in package.read("word/_rels/document.xml.rels")


def test_a_part_may_call_words_names_otherwise(word) -> None:
    path, name = word.template("a", header="{{ x }}{{r y }}"), "word/header1.xml"
    header = zipfile.ZipFile(path).read(name).decode()
    header = re.sub(
        r"(?<=[</ ])w:|(?<=xmlns:)w(?==)", lambda found: found[0].replace("w", "v1"), header
    )
    path.write_bytes(with_part(path.read_bytes(), name, header.encode()))
    document = word.document(path, x="一<", y=RichText("二", bold=True))
    (paragraph,) = document.sections[0].header.paragraphs
    assert [(run.text, run.bold) for run in paragraph.runs] == [("一<", None), ("二", True)]


def test_relations_to_which_nothing_was_added_stay_as_they_are(word) -> None:
    document = empty_document()
    document.add_paragraph("{% restart_numbering %}{{ x }}", style="List Number")
    path, name = word.save(document), "word/_rels/document.xml.rels"
    rels = zipfile.ZipFile(path).read(name).replace(b"'", b'"')
    path.write_bytes(with_part(path.read_bytes(), name, rels))
    made = compile_template(path).render({"x": 1})
    assert zipfile.ZipFile(io.BytesIO(made)).read(name) == rels


def test_a_part_that_is_no_xml_is_told_with_the_parsers_reason(word) -> None:
    path = word.template("a", header="h")
    path.write_bytes(with_part(path.read_bytes(), "word/header1.xml", b"<x>{{"))
    with pytest.raises(TemplateError) as caught:
        compile_template(path)
    (fault,) = caught.value.faults
    assert fault.details["reason"] in str(fault)
    assert "(it is no XML from letter 5 of line 1 on)" in fault.english()


# what shows without being text

SHOWN = (
    "drawing", "pict", "object", "fldChar", "fldSimple", "instrText", "sym", "ptab",
    "footnoteReference", "endnoteReference", "pgNum", "ruby", "br", "cr", "tab", "noBreakHyphen",
)  # fmt: skip


@pytest.mark.parametrize("name", [*SHOWN, "oMath", "bookmarkStart"])
def test_a_paragraph_that_shows_more_than_its_tag_stays(word, name) -> None:
    document = docx.Document(word.template("前", "{% if x %}", "b", "{% endif %}"))
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    element = etree.Element(f"{{{space}}}oMath" if name == "oMath" else qn(f"w:{name}"))
    holder = document.paragraphs[1]
    if name in ("oMath", "fldSimple", "bookmarkStart"):
        holder._p.append(element)
    else:
        holder.add_run()._r.append(element)
    body = word.document(word.save(document), x=True).element.body
    texts = ["".join(p.itertext(qn("w:t"))) for p in body.iter(qn("w:p"))]
    assert texts == (["前", "b"] if name == "bookmarkStart" else ["前", "", "b"])
    assert len(list(body.iter(element.tag))) == 1


# tags cut anywhere


def test_empty_texts_inside_a_tag_are_nothing(word) -> None:
    document = empty_document()
    paragraph = document.add_paragraph("{{ x")
    paragraph.add_run()._r.append(OxmlElement("w:t"))
    paragraph.add_run("y }}")
    assert word.document(word.save(document), xy="一").paragraphs[0].text == "一"


def test_blanks_beside_a_tag_are_kept_as_word_keeps_them(word) -> None:
    path = word.template("共{{ x }} 户", title="题 {{ x }}")
    document = word.document(path, x="一")
    space = "{http://www.w3.org/XML/1998/namespace}space"
    texts = [(one.text, one.get(space)) for one in document.element.body.iter(qn("w:t"))]
    assert texts == [("共一 户", "preserve")]
    properties = zipfile.ZipFile(word.folder / "out.docx").read("docProps/core.xml")
    assert "题 一".encode() in properties
    assert b"preserve" not in properties


def test_runs_beside_a_tag_stay_as_they_are(word) -> None:
    document = docx.Document(word.template("甲¦{{ x }}¦**乙**"))
    first, _, last = document.paragraphs[0].runs
    last._r.append(OxmlElement("w:t"))
    made = word.document(word.save(document), x="一").paragraphs[0]
    assert [run._r.xml for run in (made.runs[0], made.runs[2])] == [first._r.xml, last._r.xml]
    assert made.text == "甲一乙"


def test_a_tag_that_was_cut_up_leaves_one_run(word) -> None:
    made = word.document(word.template("{{ x }}", cut=True), x="一").paragraphs[0]
    assert [run.text for run in made.runs] == ["一"]


def test_tab_stops_of_a_paragraph_are_no_tabs_in_its_text(word) -> None:
    document = empty_document()
    paragraph = document.add_paragraph("甲{{ x }}\t{{ y }}")
    for place in (100, 200):
        paragraph.paragraph_format.tab_stops.add_tab_stop(place)
    paragraph.add_run("{{\tx\t}}")
    (made,) = word.document(word.save(document), x=1, y=2).paragraphs
    assert made.text == "甲1\t21"
    assert len(made.paragraph_format.tab_stops) == 2


def test_what_a_call_takes_from_the_document_is_one_text(word) -> None:
    macro = "{% macro m() %}[{{ caller()|upper }}]{% endmacro %}"
    call = "{% call m() %}a¦b{{ x }}{% endcall %}"
    assert word.render(f"{macro}", call, x="c") == ["", "[ABC]"]


TAKEN = {
    "capitalize": "Ab <c",
    "center(8)": " ab <c  ",
    "count": "5",
    "first": "a",
    "format": "ab <c",
    "indent(2, true)": "  ab <c",
    "last": "c",
    "length": "5",
    "list|length": "5",
    "lower": "ab <c",
    "replace('b', 'd')": "ad <c",
    "reverse": "c< ba",
    "striptags": "ab <c",
    "title": "Ab <C",
    "trim": "ab <c",
    "truncate(3, true, '', 0)": "ab ",
    "upper": "AB <C",
    "urlencode": "ab%20%3Cc",
    "wordcount": "2",
    "wordwrap(3)|length": "5",
}


def test_a_filter_sees_the_text_that_a_block_took_and_not_its_markup(word) -> None:
    lines = [f"{{{{ y|{name} }}}}" for name in TAKEN]
    document = word.document(word.template("{% set y %}ab <c{% endset %}" + lines[0], *lines[1:]))
    assert dict(zip(TAKEN, (p.text for p in document.paragraphs), strict=True)) == TAKEN
    numbers = "{% set y %}12{% endset %}{{ y|int + 1 }} {{ y|float }}"
    assert word.render(numbers) == ["13 12.0"]


@pytest.mark.parametrize("flag", [True, False])
@pytest.mark.parametrize("place", [0, 2])
def test_a_section_that_ends_in_a_lifted_paragraph_ends_there_still(word, flag, place) -> None:
    document = empty_document()
    for text in ("{%p if flag %}", "a", "{%p endif %}", "b"):
        document.add_paragraph(text)
    ending = parse_xml(f'<w:sectPr {nsdecls("w")}><w:type w:val="nextPage"/></w:sectPr>')
    document.paragraphs[place]._p.get_or_add_pPr().append(ending)
    made = word.document(word.save(document), flag=flag)
    texts = [p.text for p in made.paragraphs]
    within = ["a"] if flag else []
    assert texts == (["", *within, "b"] if place == 0 else [*within, "", "b"])
    assert len(made.sections) == 2
    assert made.paragraphs[texts.index("")]._p.pPr.find(qn("w:sectPr")) is not None


def test_a_section_that_ends_in_a_paragraph_ends_once_where_a_value_begins_another(word) -> None:
    document = empty_document()
    paragraph = document.add_paragraph("{{ x }}", style="Heading 1")
    ending = parse_xml(f'<w:sectPr {nsdecls("w")}><w:type w:val="nextPage"/></w:sectPr>')
    paragraph._p.pPr.append(ending)
    made = word.document(word.save(document), x="甲\a乙")
    assert [(p.text, p.style.name) for p in made.paragraphs] == [
        ("甲", "Heading 1"),
        ("乙", "Heading 1"),
    ]
    assert len(made.sections) == 2


def test_a_paragraphs_tracked_change_comes_along_with_a_new_paragraph(word) -> None:
    document = empty_document()
    paragraph = document.add_paragraph("{{ x }}", style="Heading 1")
    change = parse_xml(
        f'<w:pPrChange {nsdecls("w")} w:id="9" w:author="某"><w:pPr><w:jc w:val="left"/></w:pPr>'
        "</w:pPrChange>"
    )
    paragraph._p.pPr.append(change)
    made = word.document(word.save(document), x="甲\a乙")
    assert [(p.text, p.style.name) for p in made.paragraphs] == [
        ("甲", "Heading 1"),
        ("乙", "Heading 1"),
    ]
    assert len(list(made.element.body.iter(qn("w:pPrChange")))) == 2


def test_a_calculated_figure_names_all_that_it_is_made_of(word) -> None:
    word.document(word.template("{{ a + b + a }}"), MARKED, a=1, b=2)
    assert manifest(word.folder / "out.docx") == [
        ("figure", ("name", "_gj0"), ("tag", "{{ a + b + a }}"), ("path", "a"), ("path", "b"),
         ("value", "4")),
    ]  # fmt: skip
    package = zipfile.ZipFile(word.folder / "out.docx")
    parts = [package.read(name) for name in package.namelist() if name.startswith("customXml/")]
    assert any(b"</text><path>a</path><path>b</path></tag>" in part for part in parts)


def test_markup_of_other_programs_may_be_paragraphs_and_tables(word) -> None:
    row = "<w:tr><w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc></w:tr>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{row}</w:tbl>"
    value = Markup(
        f"{table}<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:t>段</w:t></w:r></w:p>"
    )
    document = word.document(word.template("前", "{{p x }}", "后"), x=value)
    assert [p.text for p in document.paragraphs] == ["前", "段", "后"]
    assert [t.cell(0, 0).text for t in document.tables] == ["格"]
    assert word.render("{{ x }}", x=Markup("a &amp; <b>")) == ["a & <b>"]


def test_a_loop_runs_over_what_a_filter_gives_piece_by_piece(word) -> None:
    template = "{% for x in xs|map('upper') %}{{ loop.index }}{{ x }}{% endfor %}"
    assert word.render(template, xs=["a", "b"]) == ["1A2B"]


@pytest.mark.parametrize("tag", ["{% cellbg 'FF0000' %}", "{% vm true %}", "{% colspan 3 %}"])
def test_only_a_tag_that_makes_columns_changes_a_tables_grid(word, tag) -> None:
    document = docx.Document(word.template([[f"{tag}a", "b"]]))
    grid = document.tables[0]._tbl.tblGrid
    grid.append(parse_xml(f'<w:gridCol {nsdecls("w")} w:w="77"/>'))
    made = word.document(word.save(document)).tables[0]._tbl.tblGrid
    assert len(made) == (4 if "colspan" in tag else 3)


def test_an_amount_prints_rounded_and_calculates_with_all_it_has(word) -> None:
    source = Source("甲", "表!C5")
    values = {"x": Amount(Decimal("2.345"), source, 2), "y": Amount(Decimal("2.345"), source)}
    template = "{{ x }} {{ x|string }} {{ x * 2 }} {{ '{}'.format(x) }} {{ y }} {{ y|string }}"
    assert word.render(template, **values) == ["2.35 2.35 4.690 2.35 2.345 2.345"]


@pytest.mark.parametrize(("language", "author"), [("zh", "勾稽"), ("en", "Gouji")])
def test_a_comment_at_a_fault_says_it_in_the_language_of_the_kind(word, language, author) -> None:
    path = word.template("{{ x")
    (fault,) = faults = lint(path)
    made = docx.Document(io.BytesIO(annotate_template(path, faults, language)))
    comments = etree.fromstring(made.part.part_related_by(RT.COMMENTS).blob)
    (comment,) = comments
    assert ["".join(p.itertext()) for p in comment] == [fault.said(language)]
    assert {name.rpartition("}")[2]: value for name, value in comment.attrib.items()} == {
        "id": "0", "author": author, "initials": author,
    }  # fmt: skip
    assert next(one.tag for one in made.paragraphs[0]._p) == qn("w:commentRangeStart")
    (reference,) = made.element.body.iter(qn("w:commentReference"))
    assert reference.get(qn("w:id")) == "0"


@pytest.mark.parametrize(
    ("said", "is_stale"),
    [
        (["", " TOC ", "\\o"], True),
        (["PAGE", "REF a"], True),
        ([" PAGE "], False),
        ([""], False),
        (["RE", "F a"], True),
        ([" = 1 + 1 "], True),
    ],
)
def test_a_field_that_the_text_may_change_is_updated_on_opening(word, said, is_stale) -> None:
    document = empty_document()
    document.add_paragraph("{{ x }}")
    paragraph = document.add_paragraph()
    for kind in ("begin", *said, "separate", "end"):
        run = paragraph.add_run()._r
        is_sign = kind in ("begin", "separate", "end")
        element = OxmlElement("w:fldChar" if is_sign else "w:instrText")
        if is_sign:
            element.set(qn("w:fldCharType"), kind)
        elif kind:
            element.text = kind
        run.append(element)
    body = word.document(word.save(document), x=1).element.body
    signs = [one.get(qn("w:dirty")) for one in body.iter(qn("w:fldChar"))]
    assert signs == ["true" if is_stale else None, None, None]


@pytest.mark.parametrize(
    "text", ["{{ x }}{% cellbg 'FF0000' %}", "{% cellbg 'FF0000' %}{{ x }}", "{% cellbg c %}甲"]
)
def test_a_tag_that_shapes_its_cell_leaves_nothing_of_itself(word, text) -> None:
    document = word.document(word.template([[text, "b"]]), x="甲", c="FF0000")
    cell = document.tables[0].cell(0, 0)
    assert cell.text == "甲"
    assert cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "FF0000"


def test_a_list_of_a_style_asks_for_its_number_where_the_schema_has_it(word) -> None:
    document = empty_document()
    paragraph = document.add_paragraph("{% restart_numbering %}{{ x }}", style="List Number")
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.page_break_before = True
    paragraph.paragraph_format.alignment = 1
    (made,) = word.document(word.save(document), x=1).paragraphs
    names = [child.tag.rpartition("}")[2] for child in made._p.pPr]
    assert names == ["pStyle", "keepNext", "pageBreakBefore", "numPr", "jc"]
    assert [one.tag.rpartition("}")[2] for one in made._p.pPr.numPr] == ["ilvl", "numId"]


def listed() -> docx.document.Document:
    """A document with one list."""
    document = empty_document()
    numbering = document.add_paragraph("一")._p.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_numId().val = 1
    return document


def test_a_document_without_lists_is_given_those_of_another(word) -> None:
    document = empty_document()
    document.add_paragraph("{{p x }}")
    for name, relation in list(document.part.rels.items()):
        if relation.reltype == RT.NUMBERING:
            del document.part.rels[name]
    rendered = word.document(word.save(document), x=SubDocument(listed()))
    part = rendered.part.part_related_by(RT.NUMBERING)
    assert (part.partname, part.content_type.rpartition(".")[2]) == (
        "/word/numbering.xml",
        "numbering+xml",
    )
    (number,) = part.element.findall(qn("w:num"))
    assert rendered.paragraphs[0]._p.pPr.numPr.numId.val == int(number.get(qn("w:numId")))


def test_lists_stand_behind_pictures_for_bullets(word) -> None:
    document = empty_document()
    document.add_paragraph("{{p x }}")
    root = document.part.numbering_part.element
    kept = {"abstractNum": 1, "num": 1}
    for item in list(root):
        name = item.tag.rpartition("}")[2]
        if kept.get(name, 0):
            kept[name] -= 1
        else:
            root.remove(item)
    for _ in range(3):
        root.insert(0, OxmlElement("w:numPicBullet"))
    root.append(OxmlElement("w:numIdMacAtCleanup"))
    rendered = word.document(word.save(document), x=SubDocument(listed()))
    names = [one.tag.rpartition("}")[2] for one in rendered.part.numbering_part.element]
    assert names == [
        *["numPicBullet"] * 3, *["abstractNum"] * 2, *["num"] * 2, "numIdMacAtCleanup",
    ]  # fmt: skip


def test_another_document_without_lists_has_numbers_of_none(word) -> None:
    other = empty_document()
    numbering = other.add_paragraph("甲")._p.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_numId().val = 3
    for name, relation in list(other.part.rels.items()):
        if relation.reltype == RT.NUMBERING:
            del other.part.rels[name]
    (made,) = word.document(word.template("{{p x }}"), x=SubDocument(other)).paragraphs
    assert (made.text, made._p.pPr.numPr.numId.val) == ("甲", 3)


@pytest.mark.parametrize("scope", ["p", "tr", "tc"])
def test_rich_text_in_place_of_an_element_may_begin_a_paragraph(word, scope) -> None:
    rich = RichText("甲\a乙", bold=True)
    if scope == "p":
        assert word.render("{{p x }}", x=rich) == ["**甲**", "**乙**"]
    else:
        assert word.render([[f"{{{{{scope} x }}}}"]], x=rich) == [[[("**甲**", "**乙**")]]]


def test_a_document_without_settings_stays_without(word) -> None:
    document = empty_document()
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "TOC")
    document.add_paragraph("{{ x }}")._p.append(field)
    for name, relation in list(document.part.rels.items()):
        if relation.reltype == RT.SETTINGS:
            del document.part.rels[name]
    made = compile_template(word.save(document)).render({"x": 1})
    assert "word/settings.xml" not in zipfile.ZipFile(io.BytesIO(made)).namelist()


def test_a_part_of_another_document_brings_the_parts_that_it_relates_to(word) -> None:
    other = empty_document()
    package = other.part.package
    inner = Part(PackURI("/word/embeddings/book1.bin"), "application/x-inner", b"inner", package)
    outer = Part(PackURI("/word/charts/chart1.bin"), "application/x-outer", b"outer", package)
    outer.relate_to(inner, "http://example.org/inner")
    outer.relate_to("https://example.org/", "http://example.org/web", is_external=True)
    element = OxmlElement("w:object")
    element.set(qn("r:id"), other.part.relate_to(outer, "http://example.org/outer"))
    other.add_paragraph().add_run()._r.append(element)
    here = empty_document()
    here.add_picture(io.BytesIO(png()))
    here.add_paragraph("{{p x }}")
    document = word.document(word.save(here), x=SubDocument(other))
    (identity,) = [one.get(qn("r:id")) for one in document.element.body.iter(qn("w:object"))]
    made = document.part.related_parts[identity]
    assert (made.blob, made.content_type) == (b"outer", "application/x-outer")
    targets = {
        one.reltype.rpartition("/")[2]: one.target_ref if one.is_external else one.target_part.blob
        for one in made.rels.values()
    }
    assert targets == {"inner": b"inner", "web": "https://example.org/"}
    package = zipfile.ZipFile(word.folder / "out.docx")
    assert b".rels" not in package.read("[Content_Types].xml")
