"""Corners of the engine that a report meets rarely: parts left alone, odd lists, formats."""

import io
import re
import zipfile
from datetime import date

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from empty_document import empty_document
from lxml import etree

from docgen.report.filters import FILTERS
from docgen.template import compile_template
from docgen.template.lint.lint import lint, variables
from docgen.template.model.errors import TemplateError
from docgen.template.rich.markup import RichText, RichTextParagraph
from docgen.template.rich.subdocuments import SubDocument


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """A Word file with other bytes in one of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for item in old.infolist():
            new.writestr(item, content if item.filename == name else old.read(item))
    return made.getvalue()


# parts and paragraphs that hold no tags


@pytest.mark.parametrize(
    ("content", "is_broken"),
    [(b"<x/ >", True), (b"<x>{{", True), (b"<x />", False), (b"<x><y></y> </x>", False)],
)
def test_a_part_without_the_sign_of_a_tag_goes_through_as_it_is(word, content, is_broken) -> None:
    path = word.template("{{ x }}", header="h")
    path.write_bytes(with_part(path.read_bytes(), "word/header1.xml", content))
    if is_broken:
        with pytest.raises(TemplateError) as caught:
            compile_template(path)
        assert [fault.code for fault in caught.value.faults] == ["bad-xml"]
    else:
        made = compile_template(path).render({"x": 1})
        assert zipfile.ZipFile(io.BytesIO(made)).read("word/header1.xml") == content


def test_members_with_extra_fields_are_read_and_all_are_dated_alike(word) -> None:
    path = word.template("{{ x }}")
    padded = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(padded, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            item.extra = b"\xfe\xca\x04\x00abcd"
            new.writestr(item, data)
        new.writestr("customXml/说明.xml", b"<x/>")
    path.write_bytes(padded.getvalue())
    made = zipfile.ZipFile(io.BytesIO(compile_template(path).render({"x": 7})))
    assert made.testzip() is None
    assert {item.date_time for item in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {item.filename: item.flag_bits for item in made.infolist() if item.flag_bits} == {
        "customXml/说明.xml": 0x800
    }
    assert b">7<" in made.read("word/document.xml")
    assert made.read("customXml/说明.xml") == b"<x/>"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("a {%- if x %} b{% endif %}", "a b"),
        ("a {% if x -%} b{% endif %}", "a b"),
        ("a {{- x }} b", "a1 b"),
        ("a {{ x -}} b", "a 1b"),
        ("a　{{- x -}}　b", "a1b"),
        ("a {{- x -}} {{- x -}} b", "a11b"),
    ],
)
def test_a_dash_takes_the_blanks_on_its_own_side_alone(word, template, text) -> None:
    assert word.render(template, x=1) == [text]


def test_a_dash_joins_nothing_where_something_stands_before_its_tag(word) -> None:
    assert word.render("前", "{{ a }}{%- if a %}b{% endif %}", a=1) == ["前", "1b"]
    assert word.render("{% if a %}b{%- endif -%}{{ a }}", "后", a=1) == ["b1", "后"]
    assert word.render("前", "{%- if a %}b{% endif %}", a=1) == ["前b"]


# lists that begin again


def listed(document, text: str):
    return document.add_paragraph(text, style="List Number")


def test_words_beside_a_tag_that_restarts_a_list_stay(word) -> None:
    document = empty_document()
    listed(document, "一")
    listed(document, "{% restart_numbering %}二")
    listed(document, "三")
    rendered = word.document(word.save(document))
    assert [p.text for p in rendered.paragraphs] == ["一", "二", "三"]
    first, second, third = (p._p.pPr.numPr for p in rendered.paragraphs)
    assert second.numId.val == third.numId.val
    assert first is None or first.numId.val != second.numId.val


def test_a_list_that_another_document_does_not_define_is_no_list(word) -> None:
    other = empty_document()
    for number in (99, 1):
        numbering = other.add_paragraph(str(number))._p.get_or_add_pPr().get_or_add_numPr()
        numbering.get_or_add_numId().val = number
    rendered = word.document(word.template("{{p x }}"), x=SubDocument(other))
    unknown, known = (p._p.pPr.numPr.numId.val for p in rendered.paragraphs)
    assert (unknown, known > 0) == (0, True)


# rich text


class Markup:
    """What another program's value brings: runs whose formats stand in any order."""

    def __init__(self, xml: str) -> None:
        self.xml = xml

    def __html__(self) -> str:
        return self.xml


ORDER = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
]


def test_formats_of_other_programs_are_put_into_the_schemas_order(word) -> None:
    given = "".join(f"<w:{name}/>" for name in reversed(ORDER))
    value = Markup(f"<w:r><w:rPr>{given}</w:rPr><w:t>a</w:t></w:r>")
    body = word.document(word.template("{{r x }}"), x=value).element.body
    (properties,) = [p for p in body.iter(qn("w:rPr")) if len(p) > 1]
    assert [item.tag.rpartition("}")[2] for item in properties] == ORDER
    assert properties.find(qn("w:shd")).get(qn("w:val")) == "clear"


def test_the_texts_of_a_run_of_other_programs_are_one(word) -> None:
    value = Markup("<w:r><w:t>a</w:t><w:t/><w:t>b</w:t></w:r><w:r><w:t>c</w:t></w:r>")
    assert word.render("前{{r x }}后", x=value) == ["前abc后"]


def test_values_and_tags_that_stand_for_elements_declare_no_names_again(word) -> None:
    run = "<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r>"
    table = "<w:tbl><w:tblGrid/><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    paragraphs = Markup(f"<w:p><w:pPr><w:jc w:val='center'/></w:pPr>{run}</w:p>{table}")
    document = docx.Document(word.template("{{r x }}", "**{{p y }}**", "{{p z }}", "**{{p w }}**"))
    for paragraph in document.paragraphs:
        paragraph.style = "Heading 1"
    path = word.save(document)
    declared = path_text(path).count("xmlns:w=")
    word.document(path, x=Markup(run), y=paragraphs, z=SubDocument(empty_document()), w="b")
    made = path_text(word.folder / "out.docx")
    assert (declared, made.count("xmlns:w=")) == (1, 1)
    assert made.count("<w:b/>") == 3


def path_text(path) -> str:
    """The main part of a Word file."""
    return zipfile.ZipFile(path).read("word/document.xml").decode()


COLOURS = [
    "black",
    "blue",
    "cyan",
    "green",
    "magenta",
    "red",
    "yellow",
    "white",
    "darkBlue",
    "darkCyan",
    "darkGreen",
    "darkMagenta",
    "darkRed",
    "darkYellow",
    "darkGray",
    "lightGray",
]
LINES = ["single", "double", "thick", "dotted", "dash", "dotDash", "dotDotDash", "wave", "words"]


def properties_of(word, **formats: object) -> str:
    """The run properties of a rich text, as XML without name spaces."""
    rendered = word.document(word.template("{{r x }}"), x=RichText("a", **formats))
    run = next(run for run in rendered.paragraphs[0].runs if run.text == "a")
    return re.sub(r' xmlns:\w+="[^"]*"', "", run._r.rPr.xml if run._r.rPr is not None else "")


@pytest.mark.parametrize(
    ("formats", "xml"),
    [
        ({"highlight": "red"}, '<w:highlight w:val="red"/>'),
        ({"highlight": "#C0FFEE"}, '<w:shd w:val="clear" w:color="auto" w:fill="C0FFEE"/>'),
        ({"underline": "wave"}, '<w:u w:val="wave"/>'),
        ({"underline": True}, '<w:u w:val="single"/>'),
        ({"underline": "curly"}, '<w:u w:val="single"/>'),
        ({"bold": True, "italic": True}, "<w:b/><w:i/>"),
        ({"bold": True, "rtl": True}, "<w:b/><w:bCs/><w:rtl/>"),
        ({"italic": True, "rtl": True}, "<w:i/><w:iCs/><w:rtl/>"),
        ({"strike": True}, "<w:strike/>"),
        ({"subscript": True}, '<w:vertAlign w:val="subscript"/>'),
        ({"superscript": True}, '<w:vertAlign w:val="superscript"/>'),
        ({"lang": "zh-CN"}, '<w:lang w:val="zh-CN"/>'),
        ({"size": 28}, '<w:sz w:val="28"/><w:szCs w:val="28"/>'),
        ({"color": "#ff0000"}, '<w:color w:val="ff0000"/>'),
        (
            {"font": "黑体"},
            '<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体" w:cs="黑体"/>',
        ),
        (
            {"font": "SimHei"},
            '<w:rFonts w:ascii="SimHei" w:hAnsi="SimHei" w:eastAsia="SimHei" w:cs="SimHei"/>',
        ),
        (
            {"font": "Century Gothic"},
            '<w:rFonts w:ascii="Century Gothic" w:hAnsi="Century Gothic" w:cs="Century Gothic"/>',
        ),
        (
            {"font": "eastAsia:宋体"},
            '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:cs="宋体"/>',
        ),
        ({"style": "Strong"}, '<w:rStyle w:val="Strong"/>'),
    ],
)
def test_each_format_has_its_element(word, formats, xml) -> None:
    made = re.sub(r"\s*\n\s*", "", properties_of(word, **formats))
    assert made == f"<w:rPr>{xml}</w:rPr>"


def test_words_colours_and_lines_are_taken_as_they_are(word) -> None:
    rich = RichText()
    for name in COLOURS:
        rich.add(name, highlight=name)
    for name in LINES:
        rich.add(name, underline=name)
    body = word.document(word.template("{{r x }}"), x=rich).element.body
    assert [one.get(qn("w:val")) for one in body.iter(qn("w:highlight"))] == COLOURS
    assert [one.get(qn("w:val")) for one in body.iter(qn("w:u"))] == LINES


def test_a_blank_rich_text_prints_nothing_and_takes_more(word) -> None:
    rich = RichText()
    assert word.render("a{{r x }}b", x=rich) == ["ab"]
    rich.add(RichText("c", bold=True))
    rich.add("")
    assert word.render("a{{r x }}b", x=rich) == ["a**c**b"]


def test_nothing_stands_between_the_paragraphs_that_a_value_brings(word) -> None:
    other = empty_document()
    other.add_paragraph("一")
    other.add_paragraph("二")
    rich = RichTextParagraph("三")
    rich.add("四", parastyle="Heading1")
    raw = Markup("<w:p><w:r><w:t>五</w:t></w:r></w:p><w:p><w:r><w:t>六</w:t></w:r></w:p>")
    path = word.template("{{p a }}", "{{p b }}", "{{p c }}", "{{r d }}")
    runs = RichText("七")
    runs.add("八", bold=True)
    values = {"a": SubDocument(other), "b": rich, "c": raw, "d": runs}
    body = etree.tostring(word.document(path, **values).element.body)
    assert "".join(etree.fromstring(body).itertext()) == "一二三四五六七八"


# cells and rows in which values print cells and paragraphs


def test_a_row_stays_whose_one_sure_cell_is_printed_by_a_value(word) -> None:
    rows = [["{%tc if x %}", "a", "{%tc endif %}", "{{tc y }}"]]
    assert word.render(rows, x=True, y="b") == [[["a", "b"]]]
    assert word.render(rows, x=False, y="b") == [[["b"]]]


def test_a_table_stays_whose_one_sure_row_is_printed_by_a_value(word) -> None:
    rows = [["{%tr if x %}"], ["a"], ["{%tr endif %}"], ["{{tr y }}"]]
    assert word.render(rows, x=False, y="b") == [[["b"]]]


def test_a_row_or_table_stays_whose_one_cell_or_row_is_a_value_under_a_condition(word) -> None:
    cells = [["{%tc if x %}", "{{tc y }}", "{%tc endif %}"], ["a", "b", "c"]]
    assert word.render(cells, x=True, y="d") == [[["d"], ["a", "b", "c"]]]
    assert word.render(cells, x=False, y="d") == [[["a", "b", "c"]]]
    rows = [["{%tr if x %}"], ["{{tr y }}"], ["{%tr endif %}"]]
    assert word.render("前", rows, x=True, y="d") == ["前", [["d"]]]
    assert word.render("前", rows, x=False, y="d") == ["前"]


def test_a_cell_that_a_value_ends_with_a_table_ends_with_a_paragraph(word) -> None:
    other = empty_document()
    other.add_table(1, 1).cell(0, 0).text = "格"
    rows = [[("a", "{{p x }}"), "b"]]
    rendered = word.document(word.template("{% if x %}前{% endif %}", rows), x=SubDocument(other))
    cell = rendered.tables[0].cell(0, 0)._tc
    assert [child.tag.rpartition("}")[2] for child in cell][-3:] == ["p", "tbl", "p"]


def test_a_cell_that_ends_with_a_table_beside_a_condition_ends_with_a_paragraph(word) -> None:
    rows = [[("{%p if x %}", "a", "{%p endif %}", [["t"]])]]
    assert word.render(rows, x=True) == [[[("a", [["t"]], "")]]]
    assert word.render(rows, x=False) == [[[([["t"]], "")]]]


def test_tags_between_runs_may_stand_in_other_paragraphs(word) -> None:
    template = ["前", "**{%r if x %}**¦a", "b¦**{%r endif %}**", "后"]
    assert word.render(*template, x=True) == ["前", "a", "b", "后"]
    assert word.render(*template, x=False) == ["前", "后"]


# settings

BEFORE = ["zoom", "trackRevisions", "defaultTabStop", "characterSpacingControl"]
AFTER = [
    "hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "attachedSchema",
    "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures",
    "forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "schemaLibrary",
    "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator",
]  # fmt: skip


ELSEWHERE = {
    "mathPr": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "docId": "http://schemas.microsoft.com/office/word/2010/wordml",
    "chartTrackingRefBased": "http://schemas.microsoft.com/office/word/2012/wordml",
}


@pytest.mark.parametrize("after", ["", *AFTER, *ELSEWHERE])
def test_the_wish_to_update_fields_stands_where_the_schema_has_it(word, after) -> None:
    document = empty_document()
    document.add_paragraph("{{ x }}")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " TOC \\o ")
    document.add_paragraph()._p.append(field)
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    old = OxmlElement("w:updateFields")
    old.set(qn("w:val"), "false")
    for name in (*BEFORE, after):
        if name in ELSEWHERE:
            settings.append(etree.Element(f"{{{ELSEWHERE[name]}}}{name}"))
        elif name:
            settings.append(OxmlElement(f"w:{name}"))
    settings.insert(1, old)
    made = word.document(word.save(document), x=1).settings.element
    names = [child.tag.rpartition("}")[2] for child in made]
    assert names == [*BEFORE, "updateFields", *([after] if after else [])]
    assert made.find(qn("w:updateFields")).get(qn("w:val")) == "true"


# faults


@pytest.mark.parametrize(
    ("expression", "what"),
    [
        ("x|map(attribute='__class__')|list", "__class__"),
        ("x|map(attribute='a.__class__')|list", "a.__class__"),
        ("x|attr('__a')", ""),
        ("x['__a']", "__a"),
        ("x._a", "_a"),
        ("_a", "_a"),
        ("f(*x)", "*"),
        ("f(**x)", "*"),
        ("x.secret()", "secret()"),
        ("x()()", "()"),
        ("x|_steps", "_steps"),
        ("x|_passes", ""),
    ],
)
def test_what_a_template_must_not_say_is_told_before_there_is_data(word, expression, what) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(word.template(f"{{{{ {expression} }}}}"))
    (fault,) = caught.value.faults
    if what:
        assert (fault.code, fault.details["what"]) == ("forbidden", what)
    else:
        assert fault.code == "unknown-filter"


KNOWN = ["项目[*].金额", "项目[*].名"]


@pytest.mark.parametrize(
    "chart",
    [
        "pie_chart",
        "bar_chart",
        "column_chart",
        "groups",
        "sum",
        "groupby",
        "selectattr",
        "rejectattr",
    ],
)
def test_a_filter_that_is_given_a_column_is_held_against_the_tables_columns(word, chart) -> None:
    path = word.template(f"{{% set a = 项目|{chart}('金頟') %}}")
    assert [str(one) for one in lint(path, KNOWN, filters=FILTERS)] == [
        f"正文 段落 1 {{% set a = 项目|{chart}('金頟') %}}:「项目[*]」里没有「金頟」。"
        "请核对名字,是不是「金额」。"
    ]


@pytest.mark.parametrize(
    ("template", "paths"),
    [
        ("{% macro m(x, y=a) %}{{ x.z }}{{ b }}{% endmacro %}{{ m.name }}{{ m(c) }}", "abc"),
        ("{% call(z) m() %}{{ z.a }}{{ b }}{{ caller }}{% endcall %}", "b"),
        ("{% macro m() %}{{ varargs.a }}{{ kwargs.b }}{{ caller.c }}{% endmacro %}", ""),
        ("{% for x in xs[1:] %}{{ x.a }}{% endfor %}", ["xs[*].a"]),
        ("{% for x in xs[n].ys %}{{ x.a }}{{ loop.index }}{% endfor %}", ["xs[*].ys[*].a", "n"]),
        ("{% for x in xs if x.a %}{{ x.b }}{% else %}{{ c }}{% endfor %}{{ x }}",
         ["xs[*].a", "xs[*].b", "c", "x"]),
        ("{% for k, v in d.items() %}{{ k.a }}{{ v.b }}{% endfor %}", "d"),
        ("{% for x in f(g) %}{{ x.a }}{{ loop.index }}{% endfor %}{{ loop.b }}", ["g", "loop.b"]),
        ("{% with a = b.c, d = 1 %}{{ a.e }}{{ d.f }}{% endwith %}", ["b.c.e"]),
        ("{% set a %}{{ b }}{% endset %}{{ a.c }}", "b"),
        ("{% set a = b %}{{ a.c }}{% set a = b + 1 %}{{ a.d }}", ["b.c"]),
        ("{{ (xs|first).a }}{{ (xs|sort(attribute='b')|last)['c'] }}",
         ["xs[*].a", "xs[*].b", "xs[*].c"]),
        ("{{ a if b else c }}{{ d ~ e }}{{ f(g, h=i) }}", "abcdegi"),
    ],
)  # fmt: skip
def test_the_names_that_a_template_needs_are_found_through_all_it_may_say(
    word, template, paths
) -> None:
    assert set(variables(word.template(template))) - {"f", "m"} == set(paths) - {"f", "m"}


KEPT = ["sort", "reverse", "list", "unique", "select", "selectattr", "reject", "rejectattr",
        "default", "d"]  # fmt: skip
MADE_ANEW = ["map('upper')", "groupby('b')", "batch(2)", "dictsort", "items", "slice(2)"]


@pytest.mark.parametrize("name", KEPT)
def test_a_filter_that_gives_the_same_items_leads_on_to_what_they_have(word, name) -> None:
    template = f"{{% for x in xs|{name} %}}{{{{ x.a }}}}{{% endfor %}}"
    assert variables(word.template(template)) == ["xs[*].a"]


@pytest.mark.parametrize("name", MADE_ANEW)
def test_a_filter_that_makes_others_leads_no_further(word, name) -> None:
    template = f"{{% for x in xs|{name} %}}{{{{ x.a }}}}{{% endfor %}}"
    grouped = ["xs[*].b"] if "'b'" in name else []
    assert variables(word.template(template)) == (grouped or ["xs"])


@pytest.mark.parametrize("name", ["sum", "map", "sort", "min", "max", "unique", "join", "groupby"])
def test_a_filter_that_is_given_an_attribute_asks_each_item_for_it(word, name) -> None:
    assert "xs[*].a" in variables(word.template(f"{{{{ xs|{name}(attribute='a') }}}}"))
    assert variables(word.template(f"{{{{ xs|{name} }}}}")) == ["xs"]


@pytest.mark.parametrize("name", ["first", "last"])
def test_a_filter_that_picks_one_item_leads_on_to_what_it_has(word, name) -> None:
    assert variables(word.template(f"{{{{ (xs|{name}).a }}}}")) == ["xs[*].a"]


@pytest.mark.parametrize("word_of_cell", ["colspan", "cellbg"])
def test_a_tag_that_shapes_a_cell_says_what_is_missing(word, word_of_cell) -> None:
    (fault,) = word.faults([[f"{{% {word_of_cell} %}}a"]])
    assert fault.startswith(f"正文 表格 1 行 1 列 1 {{% {word_of_cell} %}}:")
    with pytest.raises(TemplateError) as caught:
        compile_template(word.template([[f"{{% {word_of_cell} %}}a"]]))
    assert [one.code for one in caught.value.faults] == ["missing-value"]


@pytest.mark.parametrize("word_of_cell", ["colspan 2", "cellbg 'FF0000'", "hm", "vm"])
def test_a_tag_that_shapes_a_cell_stands_in_a_table(word, word_of_cell) -> None:
    name = word_of_cell.split()[0]
    assert word.faults("a", f"{{% {word_of_cell} %}}b") == [
        f"正文 段落 2 {{% {word_of_cell} %}}:「{name}」不在表格里。请把它写进单元格,或删去。"
    ]


@pytest.mark.parametrize(
    ("scope", "unit"),
    [("p", "paragraph"), ("tr", "table row"), ("tc", "table cell")],
)
def test_units_are_named_in_english_too(word, scope, unit) -> None:
    path = word.template([[f"{{%{scope} if x %}}"], ["a{% endif %}"]])
    with pytest.raises(TemplateError) as caught:
        compile_template(path)
    assert f"only one of them stands for a whole {unit}" in caught.value.faults[0].english()


SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p/></w:footnote>'
)


def test_a_note_is_counted_as_the_reader_counts_it(word) -> None:
    document = empty_document()
    document.add_paragraph("a")
    texts = ["b", "{{ x"]
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p><w:p/>'
        "<w:p><w:r><w:t>{{ y z }}</w:t></w:r></w:p></w:footnote>"
        for number, text in enumerate(texts, 1)
    )
    space = qn("w:p")[1:-2]
    xml = f'<w:footnotes xmlns:w="{space}">{SEPARATORS}{notes}</w:footnotes>'
    name = PackURI("/word/footnotes.xml")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    document.part.relate_to(Part(name, kind, xml.encode(), document.part.package), RT.FOOTNOTES)
    with pytest.raises(TemplateError) as caught:
        compile_template(word.save(document))
    assert [(f.part, f.place, f.english().partition(" {{")[0]) for f in caught.value.faults] == [
        ("脚注", "第 1 条 › 段落 3", "footnotes note 1 › paragraph 3"),
        ("脚注", "第 2 条", "footnotes note 2"),
        ("脚注", "第 2 条 › 段落 3", "footnotes note 2 › paragraph 3"),
    ]


def test_a_word_of_the_language_is_no_value(word) -> None:
    (fault,) = word.faults("{{ not }}")
    assert fault.startswith("正文 段落 1 {{ not }}:写法有误")
    (fault,) = word.faults("{{ and }}")
    assert fault.startswith("正文 段落 1 {{ and }}:没有叫「and」的数据")


def test_true_false_and_none_are_values(word) -> None:
    assert word.render("{{ 1 if true }}{{ 2 if false }}{{ none }}{{ 3 if True }}") == ["13"]


def test_a_tag_that_cannot_be_read_is_told_once(word) -> None:
    assert [one.partition(":")[2][:9] for one in word.faults("{%pif x %}a")] == [
        "「p」后面缺空格。"
    ]
    assert len(word.faults("{% tr for x in y %}")) == 1


# what may be calculated


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("6 * 7", "42"),
        ("2 ** 10", "1024"),
        ("7 // 2", "3"),
        ("7 % 4", "3"),
        ("7 / 2", "3.5"),
        ("-7 + 2 - 1", "-6"),
        ("0.1 * 3", "0.3"),
        ("3 * 0.1", "0.3"),
        ("f * 0.2", "0.30"),
        ("0.2 * f", "0.30"),
        ("f + 1", "2.5"),
        ("f / 2", "0.75"),
        ("f / 0.2", "7.5"),
        ("f // 0.5", "3"),
        ("f|round", "2.0"),
        ("g|round(2)", "2.35"),
        ("f % 0.4", "0.3"),
        ("f // 1", "1.0"),
        ("f % 1", "0.5"),
        ("f ** 2", "2.25"),
        ("f - 0.5", "1.0"),
        ("big ** 64 % 7", "1"),  # 65,536 bits
        ("big * wide % 7", "4"),
        ("'a' + 'b'", "ab"),
        ("([1] + [2])|join", "12"),
        ("'%s元' % 3", "3元"),
        ("(day - day).days", "0"),
    ],
)
def test_a_calculation_has_its_result(word, expression, result) -> None:
    values = {"f": 1.5, "g": 2.345, "day": date(2023, 3, 15), "big": 2**1023, "wide": 2**64_511}
    assert word.render(f"{{{{ {expression} }}}}", **values) == [result]


def test_a_text_of_the_data_is_made_a_figure(word) -> None:
    assert word.render("{{ decimal(x) + 0.1 }}", x="1.10") == ["1.20"]
    assert list(variables(word.template("{{ decimal(x) + 0.1 }}"))) == ["x"]


@pytest.mark.parametrize(
    "expression",
    [
        "f|round(99999)",
        "0.5|round(10001)",
        "(big * 2) ** 64",
        "big * wide * 2",
        "2 ** 65",
        "big ** wide",
    ],
)
def test_a_figure_beyond_all_use_is_refused(word, expression) -> None:
    (fault,) = word.faults(f"{{{{ {expression} }}}}", f=1.5, big=2**1023, wide=2**64_511)
    assert fault.startswith(f"正文 段落 1 {{{{ {expression} }}}}:")
    if "big" in expression or "round" in expression:
        assert ("数太大" if "big" in expression else "宽度或个数超过 10000") in fault


def test_a_content_control_around_a_tag_stays(word) -> None:
    document = docx.Document(word.template("{{ x }}"))
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    paragraph = document.paragraphs[0]._p
    paragraph.addprevious(control)
    control.append(content)
    content.append(paragraph)
    body = word.document(word.save(document), x=1).element.body
    assert ["".join(one.itertext(qn("w:t"))) for one in body.iter(qn("w:sdtContent"))] == ["1"]
