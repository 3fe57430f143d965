"""Whatever the data leave out, a reference leads to a bookmark that the document has."""

import io
import re

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from writing import with_body

from docgen.template.rich.subdocuments import SubDocument

LINE = re.compile(r"\[(\w+)\]|=>(\w+)|(\{.+?\}+)|(<.+?>)")
LONG = "名" * 39
CELL = "<w:tc><w:tcPr/>"


def xml(text: str) -> str:
    """`[图]` is a bookmark, `=>图` a reference, `{…}` a tag, each in a paragraph of its own."""
    return LINE.sub(_piece, text)


def _piece(match: re.Match[str]) -> str:
    mark, reference, tag, other = match.groups()
    if mark:
        ends = f'<w:bookmarkStart w:id="{match.start()}" w:name="{mark}"/>'
        return f'<w:p>{ends}<w:r><w:t>图</w:t></w:r><w:bookmarkEnd w:id="{match.start()}"/></w:p>'
    if reference:
        kinds = 'instr="REF {} \\h"', 'instr="PAGEREF {}"', 'instr="HYPERLINK \\l {}"'
        code = kinds[match.start() % 3].format(reference)
        return f"<w:p><w:fldSimple w:{code}><w:r><w:t>旧</w:t></w:r></w:fldSimple></w:p>"
    return f"<w:p><w:r><w:t>{tag}</w:t></w:r></w:p>" if tag else other


def led(root) -> str:
    """The bookmarks and references of a tree, as they are written here."""
    found = []
    for item in root.iter(qn("w:bookmarkStart"), qn("w:fldSimple")):
        name = item.get(qn("w:name"))
        code = (item.get(qn("w:instr")) or "").replace("\\l ", "").split()
        found.append(f"[{name}]" if name else f"=>{code[1]}")
    return " ".join(found)


def row(*inside: str) -> str:
    return f"<w:tr><w:tc><w:tcPr/>{''.join(inside)}</w:tc></w:tr>"


FOR, END = "{%p for x in xs %}", "{%p endfor %}"
INNER = "{%p for y in x %}"
# what a template says, the data, and what its document says
CASES = {
    "an else without a pass": (f"{FOR}[图]=>图{{%p else %}}=>图{END}", [], "=>图"),
    "an else in a pass": (
        f"{FOR}[图]{INNER}=>图{{%p else %}}=>图=>图{END}{END}",
        ["a", ""],
        "[图] =>图 [图_2] =>图_2 =>图_2",
    ),
    "a bookmark in another else": (
        f"{FOR}{INNER}=>图{{%p else %}}[图]{END}=>图{END}",
        ["a", "", ""],
        "=>图 =>图 [图] =>图 [图_2] =>图_2",
    ),
    "the first pass only": (
        f"{FOR}{{%p if loop.first %}}[图]{{%p endif %}}=>图{END}",
        "abc",
        "[图] =>图 =>图 =>图",
    ),
    "the last pass only": (
        f"{FOR}=>图{{%p if loop.last %}}[图]{{%p endif %}}{END}=>图",
        "abc",
        "=>图 =>图 =>图 [图] =>图",
    ),
    "the first of each outer pass": (
        f"{FOR}{INNER}{{%p if loop.first %}}[图]{{%p endif %}}=>图{END}{END}",
        ["ab", "cd"],
        "[图] =>图 =>图 [图_2] =>图_2 =>图_2",
    ),
    "the last of each outer pass": (
        f"{FOR}{INNER}=>图{{%p if loop.last %}}[图]{{%p endif %}}{END}{END}",
        ["ab", "cd"],
        "=>图 =>图 [图] =>图_2 =>图_2 [图_2]",
    ),
    "an inner loop without a pass": (
        f"{FOR}=>图{INNER}[图]{END}=>图{END}",
        ["", "ab", ""],
        "=>图 =>图 =>图 [图] [图_2] =>图 =>图_2 =>图_2",
    ),
    "nothing is printed": (f"{FOR}=>图{INNER}[图]{END}{END}=>图", ["", ""], "=>图 =>图 =>图"),
    "names that the template has": (
        f"{FOR}[图][图_2]=>图=>图_2{END}",
        "ab",
        "[图] [图_2] =>图 =>图_2 [图_3] [图_2_2] =>图_3 =>图_2_2",
    ),
    "names in capital letters": (
        f"[TU_2]{FOR}[Tu]=>tU{END}=>tu_2",
        "ab",
        "[TU_2] [Tu] =>Tu [Tu_3] =>Tu_3 =>tu_2",
    ),
    "long names": (
        f"{FOR}[{LONG}甲][{LONG}乙]=>{LONG}甲=>{LONG}乙{END}",
        "ab",
        f"[{LONG}甲] [{LONG}乙] =>{LONG}甲 =>{LONG}乙 "
        f"[{LONG[:38]}_2] [{LONG[:38]}_3] =>{LONG[:38]}_2 =>{LONG[:38]}_3",
    ),
    "a macro": (
        f"{{%p macro m() %}}=>图[图]{{%p endmacro %}}{FOR}{{{{p m() }}}}{END}",
        "ab",
        "=>图 [图] =>图_2 [图_2]",
    ),
    "a bookmark in a macro": (
        f"{{%p macro m(x) %}}{{%p if x %}}[图]{{%p endif %}}{{%p endmacro %}}"
        f"=>图{FOR}=>图{{{{p m(x) }}}}{END}",
        [1, 0, 1],
        "=>图 =>图 [图] =>图 =>图_2 [图_2]",
    ),
    "a reference in a macro": (
        f"{{%p macro m() %}}=>图{{%p endmacro %}}{FOR}{{{{p m() }}}}[图]{END}{{{{p m() }}}}",
        "ab",
        "=>图 [图] =>图_2 [图_2] =>图_2",
    ),
    "a body of a call": (
        "{%p macro m() %}{{p caller() }}{{p caller() }}{%p endmacro %}"
        "{%p call m() %}=>图[图]{%p endcall %}",
        [],
        "=>图 [图] =>图_2 [图_2]",
    ),
    "a text that is kept": (
        "{%p set a %}=>图[图]{%p endset %}{{p a }}{{p a }}",
        [],
        "=>图 [图] =>图_2 [图_2]",
    ),
    "a loop in itself": (
        "{%p for x in xs recursive %}=>图{%p if x.n %}[图]{%p endif %}{{p loop(x.xs) }}"
        f"=>图{END}",
        [{"n": 1, "xs": [{"n": 0, "xs": []}, {"n": 1, "xs": []}]}, {"n": 0, "xs": []}],
        "=>图 [图] =>图 =>图 =>图_2 [图_2] =>图_2 =>图 =>图_2 =>图_2",
    ),
    "a table that goes": (
        f"{FOR}=>图<w:tbl>{row('{%tr for y in x %}')}{row('[图]')}{row('{%tr endfor %}')}</w:tbl>"
        f"=>图{END}",
        ["", "a", ""],
        "=>图 =>图 =>图 [图] =>图 =>图 =>图",
    ),
    "a row that goes": (
        f"{FOR}=>图<w:tbl><w:tr>{CELL}{{%tc for y in x %}}</w:tc>{CELL}[图]</w:tc>"
        f"{CELL}{{%tc endfor %}}</w:tc></w:tr></w:tbl>{END}",
        ["", "a", ""],
        "=>图 =>图 [图] =>图",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_every_reference_leads_to_a_bookmark_that_is_there(word, case):
    text, xs, says = CASES[case]
    made = word.document(word.save(with_body(xml(text))), xs=xs)
    assert led(made.element.body) == says
    names = [one.lower() for one in re.findall(r"\[(\w+)\]", says)]
    assert len(names) == len(set(names))
    assert set(re.findall(r"=>(\w+)", says.lower())) <= set(names) or not names


@pytest.mark.parametrize(
    ("header", "xs", "head", "body"),
    [
        ("=>图", [0, 1, 1], "=>图", "=>图 =>图 [图] =>图_2 [图_2]"),
        ("[图_2]=>图_2", [1, 1], "[图_2] =>图_2", "=>图 [图] =>图_3 [图_3]"),
        (f"{FOR}=>图{END}", [0, 1], "=>图 =>图", "=>图 =>图 [图]"),
    ],
    ids=["a reference", "a name that is taken", "a loop of references"],
)
def test_a_header_and_the_body_have_their_names_in_common(word, header, xs, head, body):
    text = f"{FOR}=>图{{%p if x %}}[图]{{%p endif %}}{END}"
    document = with_body(xml(text))
    top = document.sections[0].header
    top.is_linked_to_previous = False
    holder = parse_xml(f"<w:hdr {nsdecls('w')}>{xml(header)}</w:hdr>")
    top._element[:] = list(holder)
    made = word.document(word.save(document), xs=xs)
    assert (led(made.sections[0].header._element), led(made.element.body)) == (head, body)


def test_a_document_that_is_brought_takes_no_name_of_the_template(word):
    other = io.BytesIO()
    with_body(xml("=>图[图]")).save(other)
    text = f"{{{{p 附件 }}}}{FOR}=>图{{{{p 附件 }}}}[图]{END}"
    made = word.document(word.save(with_body(xml(text))), xs="ab", 附件=SubDocument(other))
    assert led(made.element.body) == (
        "=>图_2 [图_2] =>图 =>图_3 [图_3] [图] =>图_5 =>图_4 [图_4] [图_5]"
    )


def test_what_waits_for_a_bookmark_far_behind_it_is_written_in_order(word):
    text = f"{FOR}=>图{INNER}{{{{ y }}}}{END}{{%p if loop.index > 1 %}}[图]{{%p endif %}}{END}"
    numbers = range(5_000)
    made = word.document(word.save(with_body(xml(text))), xs=[numbers] * 2)
    assert led(made.element.body) == "=>图 =>图 [图]"
    texts = made.element.body.xpath(".//w:p/w:r/w:t/text()")
    assert texts == [*map(str, numbers), *map(str, numbers), "图"]


@pytest.mark.parametrize("code", [' TOC \\o "1-2" \\b {} \\h ', " {} ", "{} \\* MERGEFORMAT"])
def test_contents_of_a_part_and_fields_that_only_name_a_bookmark_follow_their_pass(word, code):
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        f"{code.format('图')}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>旧</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = xml(f"{FOR}[图]<w:p>{field}</w:p>{END}")
    document = word.document(word.save(with_body(body)), xs=[1, 2])
    codes = [one.text for one in document.element.body.iter(qn("w:instrText"))]
    assert codes == [code.format("图"), code.format("图_2")]
    begins = [
        one.get(qn("w:dirty"))
        for one in document.element.body.iter(qn("w:fldChar"))
        if one.get(qn("w:fldCharType")) == "begin"
    ]
    assert begins == ["true", "true"]


def test_a_field_that_is_called_as_a_bookmark_is_no_reference(word):
    body = '<w:p><w:fldSimple w:instr=" PAGE "/></w:p>'
    document = word.document(word.save(with_body(xml(f"{FOR}[PAGE]{body}{END}"))), xs=[1, 2])
    codes = [one.get(qn("w:instr")) for one in document.element.body.iter(qn("w:fldSimple"))]
    assert codes == [" PAGE ", " PAGE "]
