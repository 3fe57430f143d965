"""Tags outside the text: in attributes, field codes, addresses, charts, properties, comments."""

import io
import re
import zipfile

import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from empty_document import empty_document
from lxml import etree
from ooxml import new_faults
from writing import body_of, made, with_body

from docgen.template import compile_template, render
from docgen.template.lint.annotate import annotate_template
from docgen.template.lint.lint import lint, variables
from docgen.template.model.errors import TemplateError, TemplateFault

VALUE = '甲"<&\\b'
IN_TEXT, IN_ATTRIBUTE = '甲"&lt;&amp;\\b', "甲&quot;&lt;&amp;\\b"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"


def field(code: str) -> str:
    """The runs of a field whose code is in the pieces between bars."""
    marks = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    pieces = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in code.split("|"))
    return f"{marks.format('begin')}{pieces}{marks.format('separate')}[x]{marks.format('end')}"


def picture(alt: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图" descr="{alt}"/><a:graphic>'
        f'<a:graphicData uri="x"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="图" descr="{alt}"/>'
        "</pic:nvPicPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


STRINGS = {  # XML with a hole, what {{ x }} gives in it, and where it says that it stands
    "watermark": (
        '<w:r><w:pict><v:shape id="s1"><v:textpath string="{}"/></v:shape></w:pict></w:r>',
        IN_ATTRIBUTE,
        "艺术字或水印",
    ),
    "simple field": ('<w:fldSimple w:instr=" QUOTE {} ">[a]</w:fldSimple>', IN_ATTRIBUTE, "域代码"),
    "quoted in a simple field": (
        "<w:fldSimple w:instr=' QUOTE \"{}\" '>[a]</w:fldSimple>",
        "甲\\&quot;&lt;&amp;\\\\b",
        "域代码",
    ),
    "field": (field("QUOTE {}"), IN_TEXT, "域代码"),
    "quoted in a field": (field('QUOTE "{}"'), '甲\\"&lt;&amp;\\\\b', "域代码"),
    "tooltip": (
        '<w:hyperlink w:anchor="_top" w:tooltip="{}">[a]</w:hyperlink>',
        IN_ATTRIBUTE,
        "链接的屏幕提示",
    ),
    "control": (
        '<w:sdt><w:sdtPr><w:alias w:val="{}"/></w:sdtPr><w:sdtContent>[a]</w:sdtContent></w:sdt>',
        IN_ATTRIBUTE,
        "内容控件的标题",
    ),
    "control's tag": (
        '<w:sdt><w:sdtPr><w:tag w:val="{}"/></w:sdtPr><w:sdtContent>[a]</w:sdtContent></w:sdt>',
        IN_ATTRIBUTE,
        "内容控件的标记",
    ),
    "form field": (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput><w:default w:val="{}"/>'
        '</w:textInput></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
        IN_ATTRIBUTE,
        "窗体域的默认文字",
    ),
    "shape": (
        "<w:r><w:drawing><a:p><a:r><a:t>{}</a:t></a:r></a:p></w:drawing></w:r>",
        IN_TEXT,
        "图形里的文字",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STRINGS)
def test_a_tag_in_a_string_prints_plain_text(word, name):
    xml, text, label = STRINGS[name]
    template = f"<w:p>{xml}</w:p>"
    bare = body_of(with_body(template.replace("{}", "HOLE")))
    if "QUOTE" in xml:  # the result of such a field is the template's, until it is updated
        bare = re.sub('(w:fldCharType="begin"|w:instr="[^"]*")', r'\1 w:dirty="true"', bare)
    assert made(word, template.replace("{}", "{{ x }}"), x=VALUE) == bare.replace("HOLE", text)
    chosen = "{% if x %}是{{ x }}{% else %}否{% endif %}"
    assert made(word, template.replace("{}", chosen), x="") == bare.replace("HOLE", "否")
    for tag, said in (
        ("{{ x", "标记没有写完,缺「}}」。请在标记末尾补上「}}」。"),
        ("{{p x }}", "这里只是一串文字,没有段、行、格可以代替。请写成 {{ x }}。"),
        ("{% if x %}", "「if」没有结束。请在它的内容之后写 {% endif %}。"),
    ):
        path = word.save(with_body(f"<w:p>[a]</w:p>{template.replace('{}', tag)}"))
        (fault,) = lint(path)
        where, _, words = str(fault).partition(":")
        assert where.startswith(f"正文 段落 2 › {label} {tag}")  # an open one shows what follows it
        assert words == said


def test_words_of_a_picture_say_its_own_row_in_a_loop(word):
    loop = "<w:p>[{%p for x in xs %}]</w:p><w:p>PICTURE</w:p><w:p>[{%p endfor %}]</w:p>"
    template = with_body(loop.replace("PICTURE", picture("{{ x }}")))
    document = word.document(word.save(template), xs=["甲", "乙"])
    assert document.element.body.xpath(".//wp:docPr/@descr") == ["甲", "乙"]
    assert document.element.body.xpath(".//pic:cNvPr/@descr") == ["甲", "乙"]


def test_a_line_break_in_an_attribute_stays_one(word):
    template = f"<w:p>{picture('{{ x }}')}</w:p>"
    document = word.document(word.save(with_body(template)), x="甲\n乙")
    assert document.element.body.xpath(".//wp:docPr/@descr") == ["甲\n乙"]


def test_a_tag_in_a_string_may_be_cut_anywhere(word):
    cut = field('HYPERLINK "{|{ ur|l }|}|"')
    whole = field('HYPERLINK "http://a|"')
    assert made(word, f"<w:p>{cut}</w:p>", url="http://a") == body_of(
        with_body(f"<w:p>{whole}</w:p>")
    )
    shape = "<w:p><w:r><w:drawing><a:p>{}</a:p></w:drawing></w:r></w:p>"
    runs = [
        f'<a:r><a:rPr b="{n}"/><a:t>{t}</a:t></a:r>' for n, t in enumerate(("前{", "{ x", "}}后"))
    ]
    assert made(word, shape.format("".join(runs)), x="值") == shape.format(
        '<a:r><a:rPr b="0"/><a:t>前值</a:t></a:r><a:r><a:rPr b="2"/><a:t>后</a:t></a:r>'
    )
    runs = [
        '<a:r><a:rPr b="1"/><a:t>a{% if x %}b</a:t></a:r>',
        "<a:r><a:t>c{% endif %}d</a:t></a:r>",
    ]
    assert made(word, shape.format("".join(runs)), x=False) == shape.format(
        '<a:r><a:rPr b="1"/><a:t>a</a:t></a:r><a:r><a:t>d</a:t></a:r>'
    )


def test_a_value_in_a_control_is_no_placeholder_and_not_bound(word):
    control = (
        "<w:p><w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent><w:r>{}<w:t>{}</w:t></w:r></w:sdtContent>"
        "</w:sdt></w:p>"
    )
    grey = '<w:rPr><w:rStyle w:val="a3"/></w:rPr>'
    state = '<w:showingPlcHdr/><w:dataBinding w:xpath="/x" w:storeItemID="y"/>'
    assert made(word, control.format(state, grey, "{{ x }}"), x="值") == body_of(
        with_body(control.format("", "<w:rPr></w:rPr>", "值"))
    )
    untouched = control.format(state, grey, "提示") + "<w:p>[{{ x }}]</w:p>"
    assert made(word, untouched, x="值") == body_of(with_body(untouched.replace("{{ x }}", "值")))


# addresses


def linked(word, address: str, body: str):
    """A template with a link to `address`, whose id is written {id} in the body."""
    document = empty_document()
    identity = document.part.relate_to(address, RT.HYPERLINK, is_external=True)
    made = with_body(body.replace("{id}", identity))
    for element in list(document.element.body)[:-1]:
        document.element.body.remove(element)
    for element in list(made.element.body)[:-1]:
        document.element.body.insert(-1, element)
    return word.save(document)


LINK = '<w:p><w:hyperlink r:id="{id}">[链接]</w:hyperlink></w:p>'


def addresses(document) -> list[str]:
    rels = document.part.rels
    return [rels[one].target_ref for one in document.element.body.xpath(".//w:hyperlink/@r:id")]


@pytest.mark.parametrize("address", ["https://a/{{ u }}?b=1", "https://a/%7B%7B%20u%20%7D%7D?b=1"])
def test_a_tag_in_an_address_is_filled(word, address):
    path = linked(word, address, LINK)
    assert addresses(word.document(path, u="甲 乙&c")) == ["https://a/甲%20乙&c?b=1"]
    assert variables(path) == ["u"]
    assert [str(fault) for fault in lint(path, ["v"])] == [
        "正文 段落 1 › 链接的地址 https://a/{{ u }}?b=1:没有叫「u」的数据。请核对名字。"
    ]


def test_a_link_in_a_loop_leads_somewhere_else_each_time(word):
    loop = f"<w:p>[{{%p for x in xs %}}]</w:p>{LINK}<w:p>[{{%p endfor %}}]</w:p>"
    document = word.document(
        linked(word, "{{ x.u }}", loop), xs=[{"u": "http://a"}, {"u": "http://b"}]
    )
    assert addresses(document) == ["http://a", "http://b"]
    external = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert external == ["http://a", "http://b"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "{% if x %}a{% endif %}",
            "链接的地址里只能打印值。请只写 {{ 名字 }},条件写成 {{ 甲 if 条件 else 乙 }}。",
        ),
        ("{{ x", "标记没有写完,缺「}}」。请在标记末尾补上「}}」。"),
    ],
)  # fmt: skip
def test_a_faulty_address_is_told(word, address, said):
    assert [str(fault) for fault in lint(linked(word, address, LINK))] == [
        f"正文 段落 1 › 链接的地址 {address}:{said}"
    ]


# other parts


def with_parts(word, parts: dict[str, tuple[str, str]], *paragraphs: str):
    """A template with further parts: name to kind of relationship and XML."""
    document = empty_document()
    document._body.clear_content()
    for text in paragraphs or ("a",):
        document.add_paragraph(text)
    for name, (kind, xml) in parts.items():
        part = Part(PackURI(f"/{name}"), "application/xml", xml.encode(), document.part.package)
        document.part.relate_to(part, kind)
    return word.save(document)


def member(word, path, name: str, **values) -> str:
    out = word.folder / "out.docx"
    render(path, values, out)
    text = zipfile.ZipFile(out).read(name).decode()
    return text.partition("?>")[2].strip()


CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:title><a:p>{title}</a:p>'
    "</c:title><c:strCache><c:pt><c:v>{name}</c:v></c:pt></c:strCache><c:numCache><c:pt>"
    "<c:v>{number}</c:v></c:pt></c:numCache></c:chartSpace>"
)
VARS = (
    '<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:docVars><w:docVar w:name="年" w:val="{}"/></w:docVars></w:settings>'
)
CUSTOM = (
    f'<Properties xmlns="{PROPERTIES}" xmlns:vt="{TYPES}"><property pid="2" name="文号">'
    "<vt:lpwstr>{}</vt:lpwstr></property></Properties>"
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Company>{}</Company></Properties>"
)
SMART = (
    '<dgm:dataModel xmlns:dgm="urn:d"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    "<a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:dataModel>"
)
TITLED = CHART.format(title="<a:r><a:t>{}</a:t></a:r>", name="a", number="1")
PARTS = {
    "word/charts/chart1.xml": (TITLED, "图表 图形里的文字"),
    "word/settings2.xml": (VARS, "文档设置 文档变量「年」"),
    "docProps/custom.xml": (CUSTOM, "自定义属性 文号"),
    "docProps/app2.xml": (APP, "文档属性 Company"),
    "word/diagrams/data1.xml": (SMART, "SmartArt 图形 图形里的文字"),
    "customXml/item7.xml": ("<x><y>{}</y></x>", "customXml/item7.xml y"),
}  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
def test_a_tag_in_another_part_is_filled(word, name):
    xml, place = PARTS[name]
    text = IN_ATTRIBUTE if "docVar" in xml else IN_TEXT
    path = with_parts(word, {name: ("http://x", xml.replace("{}", "{{ x }}"))})
    assert member(word, path, name, x=VALUE) == xml.replace("{}", text)
    path = with_parts(word, {name: ("http://x", xml.replace("{}", "{{ x|abc }}"))})
    (fault,) = lint(path)
    assert str(fault).startswith(f"{place} {{{{ x|abc }}}}:没有过滤器「abc」。")


def test_a_charts_title_and_data_are_filled(word):
    runs = "".join(f"<a:r><a:t>{text}</a:t></a:r>" for text in ("{", "{ 年 }", "}年"))
    xml = CHART.format(title=runs, name="{{ 名 }}", number="{{ 数 }}")
    path = with_parts(word, {"word/charts/chart1.xml": (RT.CHART, xml)})
    assert member(
        word, path, "word/charts/chart1.xml", 年=2023, 名="甲", 数="1.50"
    ) == CHART.format(
        title="<a:r><a:t>2023</a:t></a:r><a:r><a:t>年</a:t></a:r>", name="甲", number="1.50"
    )


def test_settings_with_a_tag_still_ask_for_an_update_of_contents(word):
    document = with_body(f"<w:p>{field('TOC')}</w:p><w:p>[{{{{ x }}}}]</w:p>")
    settings = document.settings.element
    variables = etree.SubElement(settings, qn("w:docVars"))
    etree.SubElement(variables, qn("w:docVar")).set(qn("w:val"), "{{ x }}")
    made = word.document(word.save(document), x="值").settings.element
    assert made.xpath(".//w:docVar/@w:val") == ["值"]
    assert made.xpath(".//w:updateFields/@w:val") == ["true"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/afchunk.htm", b"<p>{{ x }}</p>"),
        ("word/afchunk.rtf", rb"{\rtf1 \{\{ x \}\}}"),
        ("word/embeddings/图.xlsx", {"xl/sharedStrings.xml": b"<t>{</t><t>{ x }}</t>"}),
    ],
)  # fmt: skip
def test_a_tag_in_an_embedded_file_is_a_fault(word, name, content):
    path = with_parts(word, {})
    if isinstance(content, dict):
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            for own, data in content.items():
                archive.writestr(own, data)
        content = inner.getvalue()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, content)
    assert [str(fault) for fault in lint(path)] == [
        f"嵌入的文件 {name}:嵌入的文件里有标记,程序不填嵌入的文件。"
        "请删去其中的标记;图表请用图表过滤器或由程序给出。"
    ]


@pytest.mark.parametrize(
    "content", [b"<style>a{b{c}}</style>", b"{\\rtf1{{\\b x}}}", b"PK\x03\x04broken"]
)
def test_an_embedded_file_without_tags_is_left_as_it_is(word, content):
    path = with_parts(word, {}, "{{ x }}")
    ending = "rtf" if b"rtf1" in content else "docx" if b"PK" in content else "htm"
    name = f"word/afchunk.{ending}"
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, content)
    assert compile_template(path).package.read(name) == content


def test_a_tag_where_none_can_be_filled_is_a_fault(word):
    document = empty_document()
    document.styles["Normal"].element.set(qn("w:customStyle"), "{{ x }}")
    assert [str(fault) for fault in lint(word.save(document))] == [
        "样式 customStyle {{ x }}:这里的标记程序填不了。请在这里写固定的内容。"
    ]


def test_a_tag_in_a_tracked_deletion_is_a_fault(word):
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>{}</w:delText></w:r></w:del>'
    template = f"<w:p>[a]{deleted.format('{')}{deleted.format('{ x }}')}</w:p>"
    assert [str(fault) for fault in lint(word.save(with_body(template)))] == [
        "正文 段落 1 › delText {{ x }}:标记在还没有接受的删除修订里。请先接受或拒绝文档里的修订。"
    ]
    half = f"<w:p>[{{{{ a]{deleted.format('旧')}[b }}}}]</w:p>"
    assert "值" in made(word, half, ab="值")


# comments


def commented(word, author: str, text: str):
    document = empty_document()
    paragraph = document.add_paragraph("{{ x }}")
    document.add_comment(paragraph.runs, text=text, author=author)
    return word.save(document)


def test_only_the_templates_own_comments_are_filled(word):
    own = word.document(commented(word, "勾稽模板", "见 {{ x }}"), x="值")
    assert [comment.text for comment in own.comments] == ["见 值"]
    other = word.document(commented(word, "张三", "这里的 {{ x 写错了 {% if"), x="值")
    assert [comment.text for comment in other.comments] == ["这里的 {{ x 写错了 {% if"]


def test_a_copy_with_comments_of_lint_compiles_like_its_original(word):
    blocks = [
        "{%p if x %}",
        "{{ x }}",
        "{%p endif %}",
        "{% for y in x %}",
        "{{ y }}",
        "{% endfor %}",
    ]
    path = word.template(*blocks, [["{%tr for y in x %}"], ["{{ y }}"], ["{%tr endfor %}"]])
    (program,) = compile_template(path).programs
    faults = [
        TemplateFault("division-by-zero", one.where, one.text) for one in program.source.spots
    ]
    assert len(faults) == 9
    copy = word.folder / "copy.docx"
    copy.write_bytes(annotate_template(path, faults))
    plain, commented = (word.document(one, x="甲乙") for one in (path, copy))
    assert [p.text for p in commented.paragraphs] == [p.text for p in plain.paragraphs]
    assert [p.text for p in plain.paragraphs] == ["甲乙", "甲", "乙"]
    assert lint(copy, ["z"]) == lint(path, ["z"])


def test_what_is_filled_in_strings_is_valid(word):
    template = (
        f"<w:p>{STRINGS['field'][0]}{STRINGS['simple field'][0]}{STRINGS['tooltip'][0]}</w:p>"
    )
    path = word.save(with_body(template.replace("{}", "{{ x }}")))
    out = word.folder / "out.docx"
    render(path, {"x": VALUE}, out)
    assert new_faults(path, out) == []


def test_a_fault_of_a_string_is_told_at_rendering_with_its_place(word):
    with pytest.raises(TemplateError) as caught:
        made(word, f"<w:p>{picture('{{ y }}')}</w:p>", x=1)
    assert str(caught.value.faults[0]) == (
        "正文 段落 1 › 替代文字 {{ y }}:没有叫「y」的数据。请核对名字。"
    )
