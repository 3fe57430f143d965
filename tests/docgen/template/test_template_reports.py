"""What users of docxtpl, docxtemplater, docx-templates, poi-tl and easy-template-x have reported.

Each is a small template of our own; the name says the project and the number of its issue.
"""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from empty_document import empty_document
from ooxml import new_faults
from PIL import Image
from writing import SPACES, Word, body_of, with_body

from docgen.template import compile_template
from docgen.template.model.errors import TemplateError
from docgen.template.rich.subdocuments import SubDocument
from gouji import InlineImage

MORE = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
START, GO_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
PARTING = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>'
)
DIRTY = ' w:dirty="true"'
PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def p(text: str) -> str:
    return f"<w:p>[{text}]</w:p>"


def cell(inside: str, merge: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/>{merge}</w:tcPr>{inside}</w:tc>'


def row(*cells: str) -> str:
    """A row of texts, or of whole cells."""
    return f"<w:tr>{''.join(one if one[:5] == '<w:tc' else cell(p(one)) for one in cells)}</w:tr>"


def table(columns: int, *rows: str, width: int = 1000) -> str:
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def loop(*inside: str) -> str:
    return p("{%p for x in xs %}") + "".join(inside) + p("{%p endfor %}")


def rows_of(*inside: str, columns: int = 1) -> tuple[str, ...]:
    blank = [""] * (columns - 1)
    return row("{%tr for x in xs %}", *blank), *inside, row("{%tr endfor %}", *blank)


def section(kind: str, inside: str = "[s]") -> str:
    return f'<w:p><w:pPr><w:sectPr><w:type w:val="{kind}"/></w:sectPr></w:pPr>{inside}</w:p>'


def check(number: int, state: str) -> str:
    sign = "☒" if state == "1" else "☐"
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{number}"/><w14:checkbox><w14:checked w14:val="{state}"/>'
        f"</w14:checkbox></w:sdtPr><w:sdtContent>[{sign}]</w:sdtContent></w:sdt>"
    )


def code(text: str, result: str, more: str = "") -> str:
    begin, part, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"{more if kind == "begin" else ""}/></w:r>'
        for kind in ("begin", "separate", "end")
    )
    return f"{begin}<w:r><w:instrText>{text}</w:instrText></w:r>{part}{result}{end}"


COMMENT = '<w:commentRangeStart w:id="1"/>{}<w:commentRangeEnd w:id="1"/>'
SHOWN = '<w:r><w:commentReference w:id="1"/></w:r>'
CONTENTS = "<w:sdt><w:sdtPr/><w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt>"
DATE = (
    "<w:sdt><w:sdtPr><w:date{}><w:dateFormat w:val='yyyy'/></w:date></w:sdtPr>"
    "<w:sdtContent>[{}]</w:sdtContent></w:sdt>"
)
CONTROL = '<w:sdt><w:sdtPr><w:alias w:val="k"/>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
NUMBER = '<w:id w:val="5"/>'
CHOSEN = ' w:fullDate="2020-01-01T00:00:00Z"', ' w:lastValue="1"'
LIST = "<w:sdt><w:sdtPr><w:dropDownList{}/></w:sdtPr><w:sdtContent>[{}]</w:sdtContent></w:sdt>"
OWN = '<w:customXml w:uri="u" w:element="e">{}</w:customXml>'
TRACKED = '<w:p><w:ins w:id="{}" w:author="a">[{}]</w:ins></w:p>'
NEW_ROW = '<w:tr><w:trPr><w:ins w:id="{}" w:author="a"/></w:trPr>{}</w:tr>'
LISTED = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{}</w:p>'
LINK = '<w:hyperlink w:anchor="q">{}</w:hyperlink>'
GROUPS = [{"n": 1, "ys": [2, 3]}, {"n": 4, "ys": []}]

# the template, its values, what comes of it
REPORTS = {
    "docxtpl 48, an optional row": (
        table(1, row("a"), row("{%tr if x %}"), row("{{ x }}"), row("{%tr endif %}")) + p("z"),
        {"x": ""},
        table(1, row("a")) + p("z"),
    ),
    "docxtpl 74, a table without rows": (
        p("a") + table(1, *rows_of(row("{{ x }}"))) + p("z"), {"xs": []}, p("a") + p("z")
    ),
    "docxtpl 310, a checkbox that is ticked or not": (
        f"<w:p>[{{% if a %}}]{check(5, '1')}[{{% else %}}]{check(6, '0')}[{{% endif %}}]</w:p>",
        {"a": 0},
        f"<w:p>{check(6, '0')}</w:p>",
    ),
    "docxtpl 504, a choice with dashes in a cell": (
        table(1, row("{% if a -%}1{%- elif b -%}2{%- else -%}3{%- endif %}")) + p("z"),
        {"a": 0, "b": 1},
        table(1, row("2")) + p("z"),
    ),
    "docxtpl 622, nothing but tables and page breaks": (
        loop(table(1, row("{{ x }}")), PAGE),
        {"xs": [1, 2]},
        table(1, row("1")) + PAGE + table(1, row("2")) + PAGE,
    ),
    "docxtemplater 88, two texts in one run": (
        "<w:p><w:r><w:t>{% for x in xs %}</w:t><w:t>{{ x }};{% endfor %}</w:t></w:r></w:p>",
        {"xs": [1, 2]},
        "<w:p><w:r><w:t>1;</w:t><w:t>2;</w:t></w:r></w:p>",
    ),
    "docxtemplater 333, a comment in a loop": (
        loop(f"<w:p>{COMMENT.format('[{{ x }}]')}{SHOWN}</w:p>"),
        {"xs": [1, 2]},
        f"<w:p>{COMMENT.format('[1]')}{SHOWN}</w:p>" + p("2"),
    ),
    "docxtemplater 356 and 379, signs that XML does not know": (
        p("{{ a }}"), {"a": "a\x02\x1d&<b>\ufffe"}, p("a&amp;&lt;b&gt;")
    ),
    "docxtemplater 373, line ends of Windows": (
        p("a{{ a }}"), {"a": "\r\nW"}, "<w:p><w:r><w:t>a</w:t><w:br/><w:t>W</w:t></w:r></w:p>"
    ),
    "docxtemplater 527, a section that ends in the loop's last paragraph": (
        p("{%p for x in xs %}") + p("{{ x }}") + section("nextPage", "[{%p endfor %}]") + p("z"),
        {"xs": [1, 2]},
        p("1") + p("2") + section("nextPage", "") + p("z"),
    ),
    "docxtemplater 660, pages of another kind in a loop": (
        section("nextPage", "[a]") + loop(p("{{ x }}"), section("oddPage", "")) + p("z"),
        {"xs": [1, 2]},
        section("nextPage", "[a]") + p("1") + section("oddPage", "") + p("2")
        + section("oddPage", "") + p("z"),
    ),
    "docxtemplater 778, rows of one column under a condition": (
        table(1, *rows_of(row("{%tr if x %}"), row("{{ x }}"), row("{%tr endif %}"))) + p("z"),
        {"xs": [1, 0, 3]},
        table(1, row("1"), row("3")) + p("z"),
    ),
    "docx-templates 17, a loop over pages": (
        loop(p("一{{ x }}"), PAGE, p("二{{ x }}")),
        {"xs": [1, 2]},
        p("一1") + PAGE + p("二1") + p("一2") + PAGE + p("二2"),
    ),
    "docx-templates 306, cells merged downwards beside a loop of columns": (
        table(4,
            row(cell(p("h"), START), "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"),
            row(cell("<w:p/>", GO_ON), "{%tc for x in xs %}", "{{ x }}v", "{%tc endfor %}"),
        ) + p("z"),
        {"xs": [1, 2, 3]},
        table(4, row(cell(p("h"), START), "1", "2", "3"),
              row(cell("<w:p/>", GO_ON), "1v", "2v", "3v")) + p("z"),
    ),
    "poi-tl 614, one paragraph a page": (
        loop('<w:p><w:pPr><w:pageBreakBefore/></w:pPr>[{{ x }}]</w:p>'),
        {"xs": [1, 2]},
        "".join(f"<w:p><w:pPr><w:pageBreakBefore/></w:pPr>[{n}]</w:p>" for n in (1, 2)),
    ),
    "poi-tl 673, a loop behind the contents": (
        CONTENTS.format(code("TOC", "[旧]")) + loop(p("{{ x }}")),
        {"xs": [1, 2]},
        CONTENTS.format(code("TOC", "[旧]", DIRTY)) + p("1") + p("2"),
    ),
    "poi-tl 898, a comment on a tag and a table": (
        f'<w:p><w:commentRangeStart w:id="1"/>[{{{{ a }}}}]</w:p>{table(1, row("{{ a }}"))}'
        f'<w:p>[b]<w:commentRangeEnd w:id="1"/>{SHOWN}</w:p>',
        {"a": 5},
        f'<w:p><w:commentRangeStart w:id="1"/>[5]</w:p>{table(1, row("5"))}'
        f'<w:p>[b]<w:commentRangeEnd w:id="1"/>{SHOWN}</w:p>',
    ),
    "poi-tl 935, continuous sections": (
        loop(p("{{ x }}"), section("continuous")) + p("z"),
        {"xs": [1, 2]},
        (p("1") + section("continuous")) + (p("2") + section("continuous")) + p("z"),
    ),
    "poi-tl 1145, a cell in which only a block stands": (
        table(2, row(cell(loop(p("{{ x }}"))), "y")) + p("z"),
        {"xs": []},
        table(2, row(cell("<w:p/>"), "y")) + p("z"),
    ),
    "easy-template-x 48, tables without blank lines between them": (
        loop(table(1, row("{{ x }}"))) + p("z"),
        {"xs": [1, 2]},
        table(1, row("1")) + PARTING + table(1, row("2")) + p("z"),
    ),
    "easy-template-x 50, a loop in a cell of a looped row": (
        table(2, row("{% for x in xs %}{{ x.n }}",
                     "{% for y in x.ys %}{{ y }};{% endfor %}!{% endfor %}")) + p("z"),
        {"xs": GROUPS},
        table(2, row("1", "2;3;!"), row("4", "!")) + p("z"),
    ),
    "easy-template-x 85, two loops in one row": (
        table(2, row("{% for x in xs %}{{ x }}{% endfor %}",
                     "{% for y in ys %}{{ y }}{% endfor %}")) + p("z"),
        {"xs": [1, 2], "ys": [3]},
        table(2, row("12", "3")) + p("z"),
    ),
    "easy-template-x 87, merged rows that repeat together": (
        table(2, row("h", "i"), *rows_of(
            row(cell(p("{{ x }}"), START), "a"), row(cell("<w:p/>", GO_ON), "b"), columns=2
        )) + p("z"),
        {"xs": [1, 2]},
        table(2, row("h", "i"), *(
            one for n in "12"
            for one in (row(cell(p(n), START), "a"), row(cell("<w:p/>", GO_ON), "b"))
        )) + p("z"),
    ),
    "easy-template-x 116, a table of rows for each item": (
        loop(table(1, row("{{ x.n }}"), row("{%tr for y in x.ys %}"), row("{{ y }}"),
                   row("{%tr endfor %}"))) + p("z"),
        {"xs": GROUPS},
        table(1, row("1"), row("2"), row("3")) + PARTING + table(1, row("4")) + p("z"),
    ),
    "poi-tl 910, columns of a loop behind a merged one": (
        table(3, row("{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}")) + p("z"),
        {"xs": [1, 2, 3]},
        table(3, row("1", "2", "3")) + p("z"),
    ),
    "docx-templates 143, a break in an item of a list and in a link": (
        LISTED.format("[{{ a }}]") + f"<w:p>{LINK.format('[{{ a }}]')}</w:p>",
        {"a": "x\ay"},
        LISTED.format("[x]") + LISTED.format("[y]")
        + f"<w:p>{LINK.format('[x]')}</w:p><w:p>{LINK.format('[y]')}</w:p>",
    ),
    "docxtemplater 694, insertions and rows that are tracked": (
        loop(TRACKED.format(4, "{{ x }}"))
        + table(1, *rows_of(NEW_ROW.format(9, cell(p("{{ x }}"))))) + p("z"),
        {"xs": [1, 2]},
        TRACKED.format(100_002, 1) + TRACKED.format(100_003, 2)
        + table(1, NEW_ROW.format(100_004, cell(p("1"))), NEW_ROW.format(100_005, cell(p("2"))))
        + p("z"),
    ),
    "a control around each tag of a loop": (
        f"<w:p>{CONTROL.format(NUMBER, '[{% for x in xs %}]')}{CONTROL.format('', '[{{ x }}]')}"
        f"{CONTROL.format('', '[{% endfor %}]')}</w:p>",
        {"xs": [1, 2]},
        f"<w:p>{CONTROL.format('', '[1]')}{CONTROL.format('', '[2]')}</w:p>",
    ),
    "a control that a tag cuts in two is the same on both sides": (
        f"<w:p>{CONTROL.format(NUMBER, '[a{% if x %}b]')}[c{{% endif %}}]</w:p>",
        {"x": 1},
        f"<w:p>{CONTROL.format(NUMBER, '[a]')}{CONTROL.format('', '[b]')}[c]</w:p>",
    ),
    "a control whose text has paragraphs": (
        f"<w:p>{CONTROL.format(NUMBER, '[{{ x }}]')}[c]</w:p>",
        {"x": "a\ab"},
        f"<w:p>{CONTROL.format(NUMBER, '[a]')}</w:p><w:p>{CONTROL.format('', '[b]')}[c]</w:p>",
    ),
    "rows in custom XML, as older programs write it": (
        table(1, *rows_of(OWN.format(row("{{ x }}")))) + p("z"),
        {"xs": [1, 2]},
        table(1, OWN.format(row("1")), OWN.format(row("2"))) + p("z"),
    ),
    "a field that compares with what a tag prints": (
        f"<w:p>{code('IF {{ a }} = 1 是 否', '[否]')}</w:p>",
        {"a": 1},
        f"<w:p>{code('IF 1 = 1 是 否', '[否]', DIRTY)}</w:p>",
    ),
    "controls that say what was chosen before": (
        f"<w:p>{DATE.format(CHOSEN[0], '{{ a }}')}{LIST.format(CHOSEN[1], '{{ b }}')}</w:p>",
        {"a": "2024", "b": "乙"},
        f"<w:p>{DATE.format('', '2024')}{LIST.format('', '乙')}</w:p>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
def test_each_has_what_was_asked_for(word, monkeypatch, name):
    for prefix, uri in MORE.items():
        monkeypatch.setitem(SPACES, prefix, uri)
    body, values, expected = REPORTS[name]
    template = word.save(with_body(body))
    assert body_of(word.document(template, **values)) == body_of(with_body(expected))
    assert new_faults(template, word.folder / "out.docx") == []


def picture(colour: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (2, 2), colour).save(made, "PNG")
    return made.getvalue()


def shown(document) -> list[bytes]:
    """The pictures that a part shows, in order."""
    return [
        document.part.related_parts[blip.get(qn("r:embed"))].blob
        for blip in document._element.iter(qn("a:blip"))
    ]


def test_docxtpl_245_pictures_of_two_documents_that_have_one_name(word: Word):
    colours = [picture("red"), picture("blue")]
    values = {}
    for name, one in zip("ab", colours, strict=True):
        other = empty_document()
        other.add_picture(io.BytesIO(one), Mm(5))
        other.save(saved := io.BytesIO())
        values[name] = SubDocument(saved.getvalue())
    assert shown(word.document(word.template("{{p a }}", "{{p b }}"), **values)) == colours


def test_docxtpl_372_a_picture_in_the_header_and_in_each_pass(word: Word):
    own = picture("green")
    value = InlineImage(None, io.BytesIO(own), width=Mm(5))
    template = word.template("{%p for x in xs %}", "{{ 图 }}", "{%p endfor %}", header="{{ 图 }}")
    made = word.document(template, xs=[1, 2], 图=value)
    assert shown(made) == [own, own]
    assert shown(made.sections[0].header) == [own]
    numbers = [one.get("id") for one in made.element.body.iter(qn("wp:docPr"))]
    assert len(set(numbers)) == 2


def numbering(data: bytes) -> list[tuple[str, str, list[str]]]:
    """The texts of a document, their styles and how the lists that they name are numbered."""
    document = docx.Document(io.BytesIO(data))
    lists = document.part.numbering_part.element
    found = []
    for one in document.paragraphs:
        own = one._p.xpath("./w:pPr/w:numPr/w:numId/@w:val")
        number = [*own, *one.style.element.xpath(".//w:numId/@w:val")][0]
        (kind,) = lists.xpath(f'./w:num[@w:numId="{number}"]/w:abstractNumId/@w:val')
        form = lists.xpath(f'./w:abstractNum[@w:abstractNumId="{kind}"]/w:lvl[1]/w:numFmt/@w:val')
        found.append((one.text, one.style.name, form))
    return found


def test_docxtpl_500_and_580_lists_in_documents_in_documents(word: Word):
    first = empty_document()
    for style in ("List Number", "List Bullet", "List Number"):
        first.add_paragraph(style, style=style)
    first.save(saved := io.BytesIO())
    data = saved.getvalue()
    expected = numbering(data)
    around = compile_template(word.template("{{p a }}"))
    for _ in range(3):
        data = around.render({"a": SubDocument(data)})
        assert numbering(data) == expected


@pytest.mark.parametrize(
    ("blocks", "header", "said"),
    [
        (["{{ 10 * 'x' }}"], "", "「*」只能用于两个数"),  # docxtpl 116
        # docx-templates 310
        (["{%p for x in xs %}", "{{ x }}", "{%p endfor %}"], "{{ x }}", "只在那个循环里有"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_fault(word: Word, blocks, header, said):
    with pytest.raises(TemplateError) as caught:
        compile_template(word.template(*blocks, header=header)).render({"xs": [1]})
    assert said in caught.value.faults[0].chinese()


BOX = """<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>
<wp:extent cx="1" cy="1"/><wp:docPr id="1" name="Box 1"/><a:graphic><a:graphicData uri="u"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>
<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:shape id="Box 1" o:spid="_x0000_s1026"><v:textbox><w:txbxContent>{0}
</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"""


def test_docx_templates_296_both_copies_of_a_box_in_each_pass(word: Word, monkeypatch):
    for prefix, uri in MORE.items():
        monkeypatch.setitem(SPACES, prefix, uri)
    inside = p("{%p for y in x %}") + p("{{ y }}") + p("{%p endfor %}")
    template = word.save(with_body(loop(BOX.format(inside))))
    body = word.document(template, xs=[["甲", "乙"], []]).element.body
    boxes = list(body.iter(qn("w:txbxContent")))
    texts = [[q.xpath("string(.)") for q in box.iter(qn("w:p"))] for box in boxes]
    assert texts == [["甲", "乙"], ["甲", "乙"], [""], [""]]
    assert len({one.get("id") for one in body.iter(qn("wp:docPr"))}) == 2
    shapes = [one.get("id") for one in body.iter("{urn:schemas-microsoft-com:vml}shape")]
    assert shapes == ["Box 1", "Box 1_2"]


def test_docxtpl_341_header_and_footer_stay_beside_a_loop(word: Word):
    template = word.template(
        "{%p for x in xs %}", "{{ x }}", "{%p endfor %}", header="上{{ a }}", footer="下{{ a }}"
    )
    word.document(template, xs=[1, 2], a=3)
    parts = zipfile.ZipFile(word.folder / "out.docx")
    texts = {
        name: docx.oxml.parse_xml(parts.read(name)).xpath("string(.)")
        for name in parts.namelist()
        if name.startswith(("word/header", "word/footer"))
    }
    assert sorted(texts.values()) == ["上3", "下3"]
