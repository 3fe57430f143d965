"""What has two ends stays whole in what is repeated or left out, and ids are given once."""

import re

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from ooxml import new_faults
from writing import SPACES, body_of, made, with_body

from docgen.template import render
from docgen.template.model.errors import TemplateError

START, END = '<w:{}Start w:id="7"{}/>', '<w:{}End w:id="7"/>'
RANGES = {
    "bookmark": ' w:name="甲"',
    "perm": ' w:edGrp="everyone"',
    "moveFromRange": ' w:author="a" w:name="move1"',
    "moveToRange": ' w:author="a" w:name="move1"',
    "customXmlInsRange": ' w:author="a"',
}
LOOP = "<w:p>[{%p for x in xs %}]</w:p>", "<w:p>[{%p endfor %}]</w:p>"


def ends(document) -> list[tuple[str, str]]:
    """The ends of ranges in order, and their ids."""
    return [
        (etree.QName(item).localname, item.get(qn("w:id")))
        for item in document.element.body.iter()
        if isinstance(item.tag, str) and re.search("(Range|mark|perm)(Start|End)$", item.tag)
    ]  # fmt: skip


@pytest.mark.parametrize("name", RANGES)
@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_range_that_begins_inside_a_loop_is_taken_around_it(word, name, count):
    start, end = START.format(name, RANGES[name]), END.format(name)
    for body in (
        f"{LOOP[0]}<w:p>{start}[a]</w:p>{LOOP[1]}<w:p>[b]{end}</w:p>",
        f"<w:p>{start}[b]</w:p>{LOOP[0]}<w:p>[a]{end}</w:p>{LOOP[1]}<w:p>[b]</w:p>",
        f"<w:p>[a{{% for x in xs %}}{{{{ x }}}}]{start}[b{{% endfor %}}c]{end}</w:p>",
        f"<w:p>{start}[{{% for x in xs %}}b]{end}[{{{{ x }}}}{{% endfor %}}c]</w:p>",
    ):
        found = ends(word.document(word.save(with_body(body)), xs=list(range(count))))
        assert [kind for kind, _ in found] == [f"{name}Start", f"{name}End"]
        assert found[0][1] == found[1][1]


@pytest.mark.parametrize("name", RANGES)
def test_a_range_inside_a_loop_has_an_id_of_its_own_each_time(word, name):
    start, end = START.format(name, RANGES[name]), END.format(name)
    body = f"{LOOP[0]}<w:p>{start}[a]{end}</w:p>{LOOP[1]}<w:p>[b]</w:p>"
    found = ends(word.document(word.save(with_body(body)), xs=[1, 2, 3]))
    assert [kind for kind, _ in found] == [f"{name}Start", f"{name}End"] * 3
    ids = [number for _, number in found]
    assert ids[::2] == ids[1::2]
    assert len(set(ids)) == 3


def test_a_range_from_branch_to_branch_is_taken_around_both(word):
    start, end = START.format("bookmark", ' w:name="甲"'), END.format("bookmark")
    body = (
        f"<w:p>[{{%p if x %}}]</w:p><w:p>[a]{start}</w:p><w:p>[{{%p else %}}]</w:p>"
        f"<w:p>{end}[b]</w:p><w:p>[{{%p endif %}}]</w:p><w:p>[c]</w:p>"
    )
    for x, letter in ((True, "a"), (False, "b")):
        assert made(word, body, x=x) == f"{start}<w:p>[{letter}]</w:p>{end}<w:p>[c]</w:p>"


def test_moves_that_are_repeated_go_from_and_to_the_same_name(word):
    kinds = ("moveFromRange", "moveToRange")
    both = "".join(START.format(kind, RANGES[kind]) + END.format(kind) for kind in kinds)
    body = f"{LOOP[0]}<w:p>{both}</w:p>{LOOP[1]}<w:p>[b]</w:p>"
    root = word.document(word.save(with_body(body)), xs=[1, 2]).element.body
    names = [[item.get(qn("w:name")) for item in root.iter(qn(f"w:{kind}Start"))] for kind in kinds]
    assert names == [["move1", "move1_2"]] * 2


def test_tracked_changes_have_ids_of_their_own(word):
    inserted = '<w:ins w:id="5" w:author="a">{}</w:ins>'
    looped = f"{LOOP[0]}<w:p>{inserted.format('[a]')}</w:p>{LOOP[1]}<w:p>[b]</w:p>"
    cut = f"<w:p>[a{{% if x %}}]{inserted.format('[b{% endif %}c]')}</w:p>"
    for body, count in ((looped, 3), (cut, 2)):
        root = word.document(word.save(with_body(body)), xs=[1, 2, 3], x=1).element.body
        ids = [item.get(qn("w:id")) for item in root.iter(qn("w:ins"))]
        assert len(ids) == len(set(ids)) == count


def test_shapes_have_names_of_their_own_and_objects_know_them(word):
    thing = (
        '<w:p><w:r><w:object><v:shapetype id="_x0000_t75"/><v:shape id="_x0000_i1025" o:spid="s1"'
        ' type="#_x0000_t75"/><o:OLEObject ShapeID="_x0000_i1025"/></w:object></w:r></w:p>'
    )
    template = word.save(with_body(f"{LOOP[0]}{thing}{LOOP[1]}<w:p/>"))
    root = word.document(template, xs=[1, 2]).element.body
    names = [item.get("id") for item in root.iter(f"{{{SPACES['v']}}}shape")]
    objects = [item.get("ShapeID") for item in root.iter(f"{{{SPACES['o']}}}OLEObject")]
    assert names == objects == ["_x0000_i1025", "_x0000_i1025_2"]


# comments

RANGE = '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/>'
REFERENCE = '<w:r><w:commentReference w:id="0"/></w:r>'


def test_a_comment_in_a_loop_is_shown_once(word):
    body = f"{LOOP[0]}<w:p>{RANGE.format('[{{ x }}]')}{REFERENCE}</w:p>{LOOP[1]}<w:p>[b]</w:p>"
    first = f"<w:p>{RANGE.format('[1]')}{REFERENCE}</w:p>"
    assert made(word, body, xs=[1, 2]) == f"{first}<w:p>[2]</w:p><w:p>[b]</w:p>"
    assert made(word, body, xs=[]) == "<w:p>[b]</w:p>"


def test_a_comment_from_inside_a_loop_to_behind_it_is_taken_around_it(word):
    inner = RANGE.format(f"[b]</w:p>{LOOP[1]}<w:p>[c]")
    body = f"{LOOP[0]}<w:p>[a]</w:p><w:p>{inner}{REFERENCE}</w:p>"
    assert made(word, body, xs=[]) == (
        f'<w:commentRangeStart w:id="0"/><w:p>[c]<w:commentRangeEnd w:id="0"/>{REFERENCE}</w:p>'
    )


def test_of_a_comment_on_a_tag_nothing_is_left(word):
    end = "<w:p>[{%p endif %}]</w:p>"
    body = f"<w:p>{RANGE.format('[{%p if x %}]')}{REFERENCE}</w:p><w:p>[a]</w:p>{end}"
    assert made(word, body, x=1) == "<w:p>[a]</w:p>"
    half = f"<w:p>{RANGE.format('[{%p if x %}]</w:p><w:p>[a]')}{REFERENCE}</w:p>{end}"
    assert made(word, half, x=1) == f"<w:p>[a]{REFERENCE}</w:p>"


# fields

BEGIN, BETWEEN, FINISH = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)
CODE = "<w:r><w:instrText>PAGE</w:instrText></w:r>"


def test_a_field_of_which_a_block_holds_a_part_is_a_fault(word):
    for body in (
        f"<w:p>[{{%p if x %}}]</w:p><w:p>{BEGIN}{CODE}{BETWEEN}[1]</w:p>"
        f"<w:p>[{{%p endif %}}]</w:p><w:p>{FINISH}</w:p>",
        f"<w:p>[{{% if x %}}]{BEGIN}{CODE}{BETWEEN}[1{{% endif %}}]{FINISH}</w:p>",
        f"<w:p>{BEGIN}{CODE}{BETWEEN}[{{% if x %}}1]{FINISH}[{{% endif %}}]</w:p>",
    ):
        with pytest.raises(TemplateError) as caught:
            made(word, body, x=1)
        assert re.sub(r"\(段落 \d\)", "", str(caught.value)).replace("%p", "%") == (
            "正文 段落 1 {% if x %}:到 {% endif %} 为止只有一个域的一半(域如目录、页码、链接)。"
            "请把整个域放进去,或整个放在外面。"
        )
    whole = f"<w:p>[{{% if x %}}]{BEGIN}{CODE}{BETWEEN}[1]{FINISH}[{{% endif %}}]</w:p>"
    assert made(word, whole, x=1) == body_of(
        with_body(f"<w:p>{BEGIN}{CODE}{BETWEEN}[1]{FINISH}</w:p>")
    )


def test_what_is_repeated_with_both_ends_is_valid(word):
    start, end = START.format("bookmark", ' w:name="甲"'), END.format("bookmark")
    changed = '<w:ins w:id="5" w:author="a" w:date="2023-01-01T00:00:00Z">[a]</w:ins>'
    field = f"{BEGIN}{CODE}{BETWEEN}[1]{FINISH}"
    body = f"{LOOP[0]}<w:p>{start}{changed}{end}{field}</w:p>{LOOP[1]}<w:p>[b]</w:p>"
    path, out = word.save(with_body(body)), word.folder / "out.docx"
    render(path, {"xs": [1, 2, 3]}, out)
    assert new_faults(path, out) == []
    assert docx.Document(out).paragraphs[-1].text == "b"


def test_controls_in_a_loop_have_no_id_twice(word):
    control = '<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    body = f"{LOOP[0]}{control.format('<w:p>[{{ x }}]</w:p>')}{LOOP[1]}<w:p>[b]</w:p>"
    document = word.document(word.save(with_body(body)), xs=[1, 2])
    assert document.element.body.xpath("//w:sdtPr/w:id") == []
    assert len(document.element.body.xpath("//w:sdt")) == 2


def test_what_a_value_cuts_in_two_has_ids_of_its_own(word):
    tracked = '<w:{0} w:id="{1}" w:author="a">{2}</w:{0}>'
    deleted = "<w:r><w:delText>b</w:delText></w:r>"
    body = (
        '<w:p w14:paraId="12345678" w14:textId="77777777">'
        f"{tracked.format('ins', 7, '[{{ x }}]')}</w:p>"
        f"<w:p>{tracked.format('del', 8, deleted)}</w:p>"
    )
    SPACES["w14"] = "http://schemas.microsoft.com/office/word/2010/wordml"
    document = word.document(word.save(with_body(body)), x="一\a二\a三")
    made = document.element.body
    changes = [item.get(qn("w:id")) for item in made.iter(qn("w:ins"), qn("w:del"))]
    assert [one.text for one in made.iter(qn("w:t"))] == ["一", "二", "三"]
    assert len(set(changes)) == len(changes) == 4
    assert len([item for item in made.iter() if item.get(f"{{{SPACES['w14']}}}paraId")]) == 1
