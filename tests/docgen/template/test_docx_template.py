"""`DocxTemplate` does what docxtpl's does; each test asks docxtpl too, where both agree."""

import io
import zipfile
from datetime import date

import docx
import docxtpl
import jinja2
import pytest
from docx.shared import Mm
from empty_document import empty_document
from test_template_values import png
from writing import fill, read

import gouji

BOTH = pytest.mark.parametrize("library", [gouji, docxtpl], ids=["gouji", "docxtpl"])


@pytest.fixture
def template(tmp_path):
    """Makes a template of paragraphs and tables."""

    def make(*blocks, header=""):
        document = empty_document()
        document._body.clear_content()
        fill(document, blocks)
        document.sections[0].header.paragraphs[0].text = header
        document.save(tmp_path / "模板.docx")
        return tmp_path / "模板.docx"

    return make


def saved(made):
    """The body of a document as it is saved."""
    stream = io.BytesIO()
    made.save(stream)
    return read(docx.Document(io.BytesIO(stream.getvalue())))


@BOTH
@pytest.mark.parametrize(
    "given", [str, lambda path: path, lambda path: io.BytesIO(path.read_bytes())]
)
def test_a_template_is_read_from_a_path_or_an_open_file(library, template, given):
    made = library.DocxTemplate(given(template("{{ x }}")))
    made.render({"x": "甲"})
    assert saved(made) == ["甲"]


def test_a_template_is_read_from_bytes_too(template):
    made = gouji.DocxTemplate(template("{{ x }}").read_bytes())
    made.render({"x": "甲"})
    assert saved(made) == ["甲"]


@BOTH
def test_values_are_printed_in_pythons_words_and_missing_ones_are_nothing(library, template):
    made = library.DocxTemplate(
        template(
            "{{ none }} {{ yes }} {{ xs }} {{ d }} {{ 0.5 }} {{ unknown }}{{ row.unknown }}",
            "{% if unknown %}a{% else %}b{% endif %}{% for x in unknown %}c{% endfor %}",
        )
    )
    made.render({"none": None, "yes": True, "xs": [1], "d": date(2024, 3, 5), "row": {}})
    assert saved(made) == ["None True [1] 2024-03-05 0.5 ", "b"]


@BOTH
def test_an_environment_brings_filters_tests_names_and_its_kind_of_missing_value(library, template):
    environment = jinja2.Environment(undefined=jinja2.ChainableUndefined)
    environment.filters |= {"twice": lambda x: x * 2, "upper": lambda x: f"<{x}"[1:] + "!"}
    environment.tests["big"] = lambda x: x > 3
    environment.globals["名"] = "统战部"
    made = library.DocxTemplate(
        template("{{ x|twice }}{{ 'a'|upper }}{{ 名 }}{{ x is big }}{{ no.such.thing }}")
    )
    made.render({"x": 4}, environment)
    assert saved(made) == ["8a!统战部True"]


def test_a_strict_environment_tells_where_a_name_is_missing(template):
    made = gouji.DocxTemplate(template("{{ 单位 }}{{ 单位名 }}"))
    with pytest.raises(gouji.GoujiError) as caught:
        made.render({"单位": 1}, jinja2.Environment(undefined=jinja2.StrictUndefined))
    assert str(caught.value) == (
        "正文 段落 1 {{ 单位名 }}:没有叫「单位名」的数据。请核对名字,是不是「单位」。"
    )


def test_what_an_environment_asks_for_in_vain_is_told(template):
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], variable_start_string="<<")
    with pytest.raises(gouji.GoujiError) as caught:
        gouji.DocxTemplate(template("{{ x }}")).render({}, environment)
    assert (
        str(caught.value) == "jinja_env 里的 variable_start_string、ExprStmtExtension 用不了,请去掉"
    )


@BOTH
@pytest.mark.parametrize("autoescape", [True, False])
def test_rich_text_pictures_listings_and_links_are_printed(library, template, autoescape):
    made = library.DocxTemplate(
        template("甲{{r rich }}乙", "{{ 图 }}", "{{ 清单 }}", "{{p 段 }}", header="{{r rich }}")
    )
    rich = library.RichText("粗", bold=True)
    rich.add("链接", url_id=made.build_url_id("https://example.org/?a=1"), underline=True)
    picture = library.InlineImage(made, io.BytesIO(png()), width=Mm(5))
    paragraph = library.RichTextParagraph(library.R("段", italic=True))
    listing = library.Listing("a & b\nc\ad")
    values = {"rich": rich, "图": picture, "清单": listing, "段": paragraph}
    made.render(values, autoescape=autoescape)
    assert saved(made) == ["甲**粗**链接乙", "", "a & b\nc", "d", "//段//"]
    links = [one for one in made.docx.part.rels.values() if one.is_external]
    assert [one.target_ref for one in links] == ["https://example.org/?a=1"]
    assert [shape.width for shape in made.docx.inline_shapes] == [Mm(5)]


@BOTH
def test_an_empty_sub_document_is_written_with_the_templates_styles(library, template):
    path = template("{{p 附件 }}", "后")
    document = docx.Document(path)
    document.styles.add_style("公文", 1).font.bold = True
    document.save(path)
    made = library.DocxTemplate(path)
    inner = made.new_subdoc()
    inner.add_paragraph("一", style="公文")
    inner.add_table(1, 1).cell(0, 0).text = "格"
    inner.add_picture(io.BytesIO(png()), width=Mm(7))
    made.render({"附件": inner})
    assert saved(made) == ["一", [["格"]], "", "后"]
    assert made.docx.paragraphs[0].style.name == "公文"
    assert [shape.width for shape in made.docx.inline_shapes] == [Mm(7)]


@BOTH
def test_a_sub_document_comes_from_a_file_and_can_be_added_to(library, template, tmp_path):
    document = empty_document()
    document.add_paragraph("来")
    document.save(tmp_path / "附件.docx")
    made = library.DocxTemplate(template("{{p 附件 }}", "后"))
    inner = made.new_subdoc(str(tmp_path / "附件.docx"))
    inner.add_paragraph("加")
    made.render({"附件": inner})
    assert saved(made) == ["来", "加", "后"]


@BOTH
def test_the_document_can_be_changed_before_and_after(library, template):
    made = library.DocxTemplate(template("{{ x }}"))
    made.get_docx().add_paragraph("{{ x }}前")
    made.render({"x": "甲"})
    assert saved(made) == ["甲", "甲前"]
    made.add_paragraph("{{ x }}后")
    lost = library is docxtpl  # which adds to the body of before
    assert saved(made) == ["甲", "甲前", *([] if lost else ["{{ x }}后"])]


@BOTH
def test_a_second_rendering_begins_with_the_file(library, template):
    made = library.DocxTemplate(template("{{ x }}"))
    for value in ("甲", "乙"):
        made.render({"x": value})
        assert saved(made) == [value]
    assert (made.is_rendered, made.is_saved) == (True, True)


@BOTH
def test_names_that_the_template_needs_are_told(library, template):
    path = template("{{ a.b }}{% for x in xs %}{{ x.y }}{% endfor %}{{ k }}", header="{{ 头 }}")
    environment = jinja2.Environment()
    made = library.DocxTemplate(path)
    assert made.get_undeclared_template_variables() == {"a", "xs", "头", "k"}
    assert made.get_undeclared_template_variables(environment, {"a": 1}) == {"xs", "头", "k"}


class Person:
    def __init__(self, name):
        self.name = name

    def greet(self, words):
        return f"{words},{self.name}"


def test_own_methods_are_called_in_a_trusted_template_only(template):
    path = template("{{ p.greet('好') }}")
    made = gouji.DocxTemplate(path, trusted=True)
    made.render({"p": Person("甲")})
    peer = docxtpl.DocxTemplate(path)
    peer.render({"p": Person("甲")})
    assert saved(made) == saved(peer) == ["好,甲"]
    with pytest.raises(gouji.GoujiError, match=r"不允许用「greet\(\)」"):
        gouji.DocxTemplate(path).render({"p": Person("甲")})


def with_picture(path, name="占位.png"):
    document = docx.Document(path)
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(png()))
    for item in document.sections[0].header._element.iter("{*}cNvPr"):
        item.set("name", name)
    document.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/embeddings/表.xlsx", b"old")
    return path


@pytest.mark.parametrize("render", [True, False])
@pytest.mark.parametrize("way", ["pic", "media", "embedded", "zipname"])
def test_pictures_and_files_are_replaced_by_name_and_by_content(template, tmp_path, way, render):
    made = gouji.DocxTemplate(with_picture(template("{{ x }}")))
    (tmp_path / "新").write_bytes(b"new")
    (tmp_path / "旧").write_bytes(b"old")
    match way:
        case "pic":
            made.replace_pic("占位.png", tmp_path / "新")
        case "media":
            made.replace_media(io.BytesIO(png()), io.BytesIO(b"new"))
        case "embedded":
            made.replace_embedded(str(tmp_path / "旧"), str(tmp_path / "新"))
        case "zipname":
            made.replace_zipname("word/embeddings/表.xlsx", tmp_path / "新")
    if render:
        made.render({"x": "甲"})
    made.save(tmp_path / "成文.docx")
    with zipfile.ZipFile(tmp_path / "成文.docx") as archive:
        new = [name for name in archive.namelist() if archive.read(name) == b"new"]
    is_picture = way in ("pic", "media")
    assert new == ["word/media/image1.png" if is_picture else "word/embeddings/表.xlsx"]


def test_what_cannot_be_replaced_is_told_unless_it_may_be_missing(template, tmp_path):
    made = gouji.DocxTemplate(template("{{ x }}"))
    made.replace_pic("没有.png", io.BytesIO(b"new"))
    made.replace_media(io.BytesIO(b"old"), io.BytesIO(b"new"))
    with pytest.raises(gouji.GoujiError) as caught:
        made.save(tmp_path / "成文.docx")
    assert str(caught.value) == "模板里没有 没有.png、内容相同的图片或嵌入的文件,没有换成"
    made.allow_missing_pics = True
    made.save(tmp_path / "成文.docx")
    made.reset_replacements()
    assert saved(made) == ["{{ x }}"]


def test_files_that_are_none_are_told(tmp_path):
    (tmp_path / "坏.docx").write_bytes(b"PK")
    for path, said in (
        (tmp_path / "没有.docx", f"没有这个文件:{tmp_path / '没有.docx'}"),
        (
            tmp_path / "坏.docx",
            "坏.docx:不是 Word 文档(.docx)。请在 Word 或 WPS 里另存为 .docx 再用。",
        ),
    ):
        with pytest.raises(gouji.GoujiError) as caught:
            gouji.DocxTemplate(path).get_docx()
        assert str(caught.value) == said


@BOTH
@pytest.mark.parametrize("xs", [[], [1, 2, 3]])
def test_a_block_tag_alone_in_its_paragraph_leaves_an_empty_one_each_time(library, template, xs):
    made = library.DocxTemplate(
        template(
            "{% for x in xs %}", "{% if x > 1 %}", "{{ x }}", "{% else %}", "一", "{% endif %}",
            "{% endfor %}", [[("{% if xs %}", "有", "{% endif %}"), "格"]], "后",
        )
    )  # fmt: skip
    made.render({"xs": xs})
    once = {1: ["", "", "一", ""], 2: ["", "", "2", ""], 3: ["", "", "3", ""]}
    looped = [text for x in xs for text in once[x]] + [""]
    assert saved(made) == [*looped, [[("", "有", "") if xs else "", "格"]], "后"]


@BOTH
def test_own_functions_get_the_numbers_of_python(library, template):
    environment = jinja2.Environment()
    environment.filters |= {"plus": lambda x, y: x + y, "total": sum}
    environment.tests["above"] = lambda x, y: x > y + 0.1
    made = library.DocxTemplate(
        template(
            "{{ x|plus(2.5) }} {{ 2.5|plus(x) }} {{ x|plus(-0.5) }} {{ [0.5, 1.25]|total }}",
            "{{ x is above(0.5) }} {{ (x / 2)|plus(1.5) }} {{ 7 / 2 }} {{ 10 / 2 }} {{ x * 2.5 }}",
        )
    )
    made.render({"x": 1.5}, environment)
    assert saved(made) == ["4.0 4.0 1.0 1.75", "True 2.25 3.5 5.0 3.75"]


@BOTH
@pytest.mark.parametrize("nothing", ["", None])
def test_nothing_in_place_of_a_paragraph_leaves_no_paragraph(library, template, nothing):
    made = library.DocxTemplate(template("前", "{{p x }}", "{{p unknown }}", "后"))
    made.render({"x": nothing})
    assert saved(made) == ["前", "后"]


def test_nothing_in_place_of_a_cells_paragraph_leaves_the_cell_one(template):
    made = gouji.DocxTemplate(template([["{{p x }}", "{{p y }}", "{{p z }}"]]))
    made.render({"x": "", "y": gouji.RichTextParagraph(), "z": made.new_subdoc()})
    assert saved(made) == [[["", "", ""]]]


@BOTH
def test_the_lists_of_a_file_that_is_printed_begin_anew(library, template, tmp_path):
    document = empty_document()
    document.add_paragraph("一", style="List Number")
    document.add_paragraph("点", style="List Bullet")
    document.save(tmp_path / "附件.docx")
    path = template("{{p 甲 }}", "{{p 乙 }}")
    made = library.DocxTemplate(path)
    inner = [made.new_subdoc(str(tmp_path / "附件.docx")) for _ in range(2)]
    made.render(dict(zip("甲乙", inner, strict=True)))
    numbers = [one._p.pPr.numPr for one in made.docx.paragraphs]
    assert [number is None for number in numbers] == [False, True, False, True]
    lists = made.docx.part.numbering_part.element
    restarted = [lists.num_having_numId(number.numId.val) for number in numbers[::2]]
    assert all(one.xpath("w:lvlOverride/w:startOverride[@w:val=1]") for one in restarted)


@BOTH
def test_who_catches_the_errors_of_jinja_catches_those_of_a_template(library, template):
    with pytest.raises(jinja2.TemplateError):
        library.DocxTemplate(template("{% if x %}")).render({})


@BOTH
def test_the_document_goes_back_to_the_template(library, template):
    made = library.DocxTemplate(template("{{ x }}"))
    made.render({"x": 1})
    made.init_docx()
    assert [one.text for one in made.docx.paragraphs] == ["{{ x }}"]
    assert "{{ x }}" in made.get_xml()
