"""Values with formats of their own: rich text, hyperlinks, pictures, other documents."""

import io
import struct
import zipfile
import zlib

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from empty_document import empty_document

from docgen.template.rich.markup import Listing, RichText, RichTextParagraph
from docgen.template.rich.pictures import InlineImage, Picture, mm
from docgen.template.rich.subdocuments import SubDocument

FORMATS = {
    "bold": True, "italic": True, "underline": "double", "strike": True, "color": "#FF0000",
    "size": 28, "font": "黑体", "highlight": "FFFF00", "superscript": True, "style": "Strong",
}  # fmt: skip


def png(width=4, height=2, colour=b"\x10\x20\x30"):
    return png_file(width, height, (b"\0" + colour * width) * height)


def png_file(width, height, rows):
    def chunk(name, data):
        body = name + data
        return struct.pack(">L", len(data)) + body + struct.pack(">L", zlib.crc32(body))

    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


def formats(run):
    font = run.font
    return {
        "text": run.text,
        "bold": font.bold,
        "italic": font.italic,
        "underline": run._r.xpath("string(w:rPr/w:u/@w:val)"),
        "strike": font.strike,
        "color": str(font.color.rgb or ""),
        "size": font.size,
        "font": font.name,
        "fill": run._r.xpath("string(w:rPr/w:shd/@w:fill)"),
        "superscript": font.superscript,
        "style": run.style.style_id,
    }


def test_rich_text_has_all_its_formats(word):
    document = word.document(word.template("a {{r x }} b"), x=RichText("富 & <b>", **FORMATS))
    (run,) = [run for run in document.paragraphs[0].runs if run.text.startswith("富")]
    assert formats(run) == {
        "text": "富 & <b>", "bold": True, "italic": True, "underline": "double", "strike": True,
        "color": "FF0000", "size": Pt(14), "font": "黑体", "fill": "FFFF00", "superscript": True,
        "style": "Strong",
    }  # fmt: skip
    assert document.paragraphs[0].text == "a 富 & <b> b"


def test_docxtpls_rich_text_comes_out_as_from_docxtpl(word):
    docxtpl = pytest.importorskip("docxtpl")
    rich = docxtpl.RichText("富 & <b>", **FORMATS)
    rich.add("二", bold=True)
    ours = word.document(word.template("a {{r x }} b"), x=rich).paragraphs[0]
    word.peer("a {{r x }} b", x=rich)
    peers = docx.Document(word.folder / "peer.docx").paragraphs[0]
    assert [formats(run) for run in ours.runs if run.text] == [
        formats(run) for run in peers.runs if run.text
    ]


@pytest.mark.parametrize("template", ["**a {{ x }} b**", "a {{r x }} b", "a {{p x }}"])
@pytest.mark.parametrize("text", ["1", "1\n2\t3", "1\a2", "1\f2"])
def test_rich_text_stands_anywhere_and_breaks_as_text_does(word, template, text):
    if "{{p" in template:
        template = "{{p x }}"
    rich = RichText(text, italic=True)
    rendered = word.render("前", template, "后", x=rich)
    joined = "|".join(rendered)
    assert joined.startswith("前|")
    assert joined.endswith("|后")
    for piece in text.replace("\a", " ").replace("\f", " ").split():
        assert piece[0] in joined
    assert len(rendered) == 3 + text.count("\a") + 2 * text.count("\f")


def test_rich_text_in_a_loop_over_rows(word):
    rows = [["{%tr for x in xs %}"], ["{{r x }}"], ["{%tr endfor %}"]]
    assert word.render(rows, xs=[RichText("a", bold=True), "b"]) == [[["**a**"], ["b"]]]


def test_rich_paragraphs_have_their_styles(word):
    value = RichTextParagraph(RichText("a", bold=True), parastyle="Heading1")
    value.add("b")
    document = word.document(word.template("{{p x }}"), x=value)
    assert [(p.text, p.style.name) for p in document.paragraphs] == [
        ("a", "Heading 1"),
        ("b", "Normal"),
    ]


def test_docxtpls_rich_paragraphs_come_out_as_from_docxtpl(word):
    docxtpl = pytest.importorskip("docxtpl")
    value = docxtpl.RichTextParagraph(docxtpl.RichText("a\tb", bold=True), parastyle="Heading1")
    assert word.render("{{p x }}", x=value) == word.peer("{{p x }}", x=value) == ["**a\tb**"]


@pytest.mark.parametrize("header", [False, True])
def test_rich_text_links(word, header):
    rich = RichText("a")
    rich.add("网", url="https://example.org/?a=1&b=2", underline=True)
    path = word.template("{{r x }}", header="{{r x }}" if header else "")
    document = word.document(path, x=rich)
    paragraphs = [document.paragraphs[0]]
    if header:
        paragraphs.append(document.sections[0].header.paragraphs[0])
    for paragraph in paragraphs:
        (link,) = paragraph.hyperlinks
        assert (link.text, link.address) == ("网", "https://example.org/?a=1&b=2")


def test_a_link_of_docxtpls_that_leads_nowhere_is_text(word):
    docxtpl = pytest.importorskip("docxtpl")
    template = word.template("{{r x }}")
    rich = docxtpl.RichText("网", url_id=docxtpl.DocxTemplate(template).build_url_id("http://a"))
    paragraph = word.document(template, x=rich).paragraphs[0]
    assert (paragraph.text, paragraph.hyperlinks) == ("网", [])


def test_a_listing_keeps_the_format_of_its_tag(word):
    assert word.render("**{{ x }}**", x=Listing("a\nb\ac & <d>")) == ["**a\nb**", "**c & <d>**"]


def test_an_unknown_format_is_an_error():
    with pytest.raises(TypeError, match="bolt"):
        RichText("a", bolt=True)


def test_pictures_have_size_and_alt_text_and_stand_once_in_the_file(word):
    rows = [["{%tr for x in xs %}"], ["a {{ x }} b"], ["{%tr endfor %}"]]
    picture = Picture(png(), width=mm(40), alt='饼图 "1"')
    path = word.template(rows, "{{ y }}", header="{{ z }}")
    document = word.document(
        path, xs=[picture, picture], y=Picture(io.BytesIO(png(2, 2))), z=picture
    )
    shapes = document.inline_shapes
    assert [(shape.width, shape.height) for shape in shapes][:2] == [(Mm(40), Mm(20))] * 2
    properties = list(document.element.body.iter(qn("wp:docPr")))
    assert properties[0].get("descr") == '饼图 "1"'
    assert len({item.get("id") for item in properties}) == 3
    names = zipfile.ZipFile(word.folder / "out.docx").namelist()
    assert len([name for name in names if name.startswith("word/media/")]) == 2
    assert document.tables[0].cell(0, 0).text == "a  b"
    header = document.sections[0].header
    (identity,) = header._element.xpath(".//a:blip/@r:embed")
    assert header.part.related_parts[identity].blob == png()


@pytest.mark.parametrize("tag", ["{{ x }}", "{{r x }}", "{{p x }}"])
def test_docxtpls_pictures_and_ours_like_them_are_the_same(word, tag):
    docxtpl = pytest.importorskip("docxtpl")
    template = word.template(tag)
    peers = docxtpl.InlineImage(docxtpl.DocxTemplate(template), io.BytesIO(png()), Mm(30), Mm(9))
    ours = InlineImage(None, io.BytesIO(png()), Mm(30), Mm(9), anchor="https://example.org")
    for value in (peers, ours):
        (shape,) = word.document(template, x=value).inline_shapes
        assert (shape.width, shape.height) == (Mm(30), Mm(9))


def annex():
    document = empty_document()
    style = document.styles.add_style("附件正文", 1)
    style.base_style = document.styles["Body Text"]
    document.add_heading("附件", 1)
    document.add_paragraph("文", style="附件正文").add_run("粗").bold = True
    document.add_paragraph("一", style="List Number")
    document.add_picture(io.BytesIO(png()))
    document.add_table(1, 2, style="Table Grid").cell(0, 0).text = "格"
    return document


@pytest.mark.parametrize("form", ["object", "bytes", "path"])
def test_another_document_comes_with_its_pictures_and_styles(word, form):
    document = annex()
    buffer = io.BytesIO()
    document.save(buffer)
    (word.folder / "annex.docx").write_bytes(buffer.getvalue())
    source = {"object": document, "bytes": buffer.getvalue(), "path": word.folder / "annex.docx"}
    rendered = word.document(word.template("前", "{{p x }}", "后"), x=SubDocument(source[form]))
    paragraphs = [(p.text, p.style.name) for p in rendered.paragraphs]
    assert paragraphs == [
        ("前", "Normal"), ("附件", "Heading 1"), ("文粗", "附件正文"), ("一", "List Number"),
        ("", "Normal"), ("后", "Normal"),
    ]  # fmt: skip
    assert rendered.styles["附件正文"].base_style.name == "Body Text"
    assert rendered.tables[0].style.name == "Table Grid"
    assert len(rendered.inline_shapes) == 1
    (identity,) = rendered.element.body.xpath(".//a:blip/@r:embed")
    assert rendered.part.related_parts[identity].blob == png()


def test_another_documents_lists_begin_again_each_time(word):
    document = empty_document()
    paragraph = document.add_paragraph("一")
    paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 1
    sub = SubDocument(document)
    rendered = word.document(
        word.template("{%p for x in xs %}", "{{p x }}", "{%p endfor %}"), xs=[sub, sub]
    )
    numbers = [p._p.pPr.numPr.numId.val for p in rendered.paragraphs]
    assert len(set(numbers)) == 2
    known = {int(item.get(qn("w:numId"))) for item in
             rendered.part.numbering_part.element.findall(qn("w:num"))}  # fmt: skip
    assert set(numbers) <= known


@pytest.mark.parametrize("fresh", [True, False])
def test_docxtpls_sub_documents_come_out_as_from_docxtpl(word, fresh):
    docxtpl = pytest.importorskip("docxtpl")
    pytest.importorskip("docxcompose")
    path = word.template("前", "{{p x }}", "后")
    annex().save(word.folder / "annex.docx")

    def made():
        template = docxtpl.DocxTemplate(path)
        sub = template.new_subdoc(None if fresh else word.folder / "annex.docx")
        if fresh:
            sub.add_paragraph("节", style="Heading 2").add_run("粗").bold = True
            sub.add_picture(io.BytesIO(png()))
        return template, sub

    template, sub = made()
    template.render({"x": sub})
    template.save(word.folder / "peer.docx")
    peers = docx.Document(word.folder / "peer.docx")
    ours = word.document(path, x=made()[1])
    assert [(p.text, p.style.name) for p in ours.paragraphs] == [
        (p.text, p.style.name) for p in peers.paragraphs
    ]
    assert len(ours.inline_shapes) == len(peers.inline_shapes) == 1


def test_a_picture_and_an_embedded_file_are_replaced_by_name(word):
    document = empty_document()
    document.add_picture(io.BytesIO(png()))
    document.element.body.xpath(".//pic:cNvPr")[0].set("name", "占位.png")
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(png(8, 8)))
    document.sections[0].header._element.xpath(".//pic:cNvPr")[0].set("descr", "徽")
    document.add_paragraph("{{ x }}")
    path = word.save(document)
    new, badge = png(4, 2, b"\xff\0\0"), png(8, 8, b"\0\xff\0")
    options = {"replacements": {"占位.png": new, "徽": badge}}
    rendered = word.document(path, options, x="1")
    (identity,) = rendered.element.body.xpath(".//a:blip/@r:embed")
    assert rendered.part.related_parts[identity].blob == new
    header = rendered.sections[0].header
    (identity,) = header._element.xpath(".//a:blip/@r:embed")
    assert header.part.related_parts[identity].blob == badge


@pytest.mark.parametrize("name", ["word/media/image1.png", "image1.png", "docProps/thumbnail.jpeg"])
def test_a_file_is_replaced_by_its_place_and_a_picture_by_its_own_name_too(word, name):
    document = empty_document()
    document.add_picture(io.BytesIO(png()))
    path = word.save(document)
    word.document(path, {"replacements": {name: b"new"}})
    made = zipfile.ZipFile(word.folder / "out.docx")
    types = "[Content_Types].xml"
    assert made.read(types) == zipfile.ZipFile(path).read(types)
    replaced = [one for one in made.namelist() if made.read(one) == b"new"]
    assert [one.endswith(name) for one in replaced] == [True]


def test_names_to_be_replaced_that_the_template_does_not_have_are_told_together(word):
    path = word.template("{{ x }}")
    with pytest.raises(KeyError) as caught:
        word.document(path, {"replacements": {"没有.png": b"", "thumbnail.jpeg": b""}}, x="1")
    assert caught.value.args == ("模板里没有 没有.png、thumbnail.jpeg",)


@pytest.mark.parametrize("tag", ["{% restart_numbering %}", None])
def test_numbering_begins_again_in_each_pass(word, tag):
    document = empty_document()
    document.add_paragraph("{%p for x in xs %}")
    if tag:
        document.add_paragraph(tag)
    document.add_paragraph("{{ x }}" if tag else "{% restart_numbering %}{{ x }}",
                           style="List Number")  # fmt: skip
    document.add_paragraph("b", style="List Number")
    document.add_paragraph("{%p endfor %}")
    rendered = word.document(word.save(document), xs=["a", "c"])
    assert [p.text for p in rendered.paragraphs] == ["a", "b", "c", "b"]
    numbers = [p._p.pPr.numPr.numId.val for p in rendered.paragraphs]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    starts = rendered.part.numbering_part.element.xpath(
        f"w:num[@w:numId='{numbers[2]}']/w:lvlOverride/w:startOverride/@w:val"
    )
    assert starts[0] == "1"


def test_each_level_of_a_list_that_begins_again_begins_where_it_did(word):
    document = empty_document()
    document.add_paragraph("{% restart_numbering %}{{ x }}", style="List Number")
    root = document.part.numbering_part.element
    number = document.styles["List Number"].element.pPr.numPr.numId.val
    identity = root.xpath(f"w:num[@w:numId='{number}']/w:abstractNumId/@w:val")[0]
    (abstract,) = root.xpath(f"w:abstractNum[@w:abstractNumId='{identity}']")
    for level in abstract.findall(qn("w:lvl")):
        abstract.remove(level)
    for level, start in (("0", "3"), ("1", None), ("2", "1")):
        element = OxmlElement("w:lvl")
        element.set(qn("w:ilvl"), level)
        if start is not None:
            element.append(OxmlElement("w:start"))
            element[0].set(qn("w:val"), start)
        abstract.append(element)
    rendered = word.document(word.save(document), x="1")
    made = rendered.paragraphs[0]._p.pPr.numPr.numId.val
    overrides = rendered.part.numbering_part.element.xpath(
        f"w:num[@w:numId='{made}']/w:lvlOverride"
    )
    assert [(one.get(qn("w:ilvl")), one[0].get(qn("w:val"))) for one in overrides] == [
        ("0", "3"), ("1", "0"), ("2", "1"),
    ]  # fmt: skip


def test_a_restart_before_no_list_is_a_fault(word):
    assert word.faults("{% restart_numbering %}", "a") == [
        "正文 段落 1 {% restart_numbering %}:后面没有编号的段落。"
        "请把它写在要重新编号的段落之前,或写在该段落里。"
    ]


def test_page_breaks_of_the_template_stay(word):
    document = empty_document()
    document.add_paragraph("{{ x }}").add_run().add_break(WD_BREAK.PAGE)
    assert word.document(word.save(document), x="1").element.body.xpath("count(.//w:br)") == 1
