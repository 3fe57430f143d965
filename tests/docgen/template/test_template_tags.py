"""Tags that print, wherever they stand and however Word cut them."""

from decimal import Decimal

import pytest
from empty_document import empty_document
from writing import made


def test_a_value_takes_the_place_of_its_tag(word):
    assert word.render("共 {{ 金额 }} 万元", 金额=Decimal("195.31")) == ["共 195.31 万元"]


def test_a_tag_split_over_runs_has_the_format_of_its_first_run(word):
    assert word.render("a **{{ **¦x¦** }}** b", x="1") == ["a **1** b"]


def test_text_after_a_split_tag_keeps_its_own_format(word):
    assert word.render("**{{ x **}} tail", x="1") == ["**1** tail"]


def test_items_are_looked_up_before_attributes(word):
    assert word.render("{{ d.items }} {{ d.x.keys }}", d={"items": 3, "x": {"keys": "k"}}) == [
        "3 k"
    ]


def test_attributes_of_objects_are_read(word):
    class Unit:
        name = "县教育局"

    assert word.render("{{ unit.name }}", unit=Unit()) == ["县教育局"]


def test_numbers_are_written_plainly_and_none_not_at_all(word):
    values = {"a": Decimal("1E+3"), "b": 7, "c": 2.5, "d": None}
    assert word.render("{{ a }}|{{ b }}|{{ c }}|{{ d }}", **values) == ["1000|7|2.5|"]


def test_text_that_looks_like_xml_stays_text(word):
    assert word.render("{{ x }}", x="a<b & \"c\" 'd' {{ y }} <?t 0?>") == [
        "a<b & \"c\" 'd' {{ y }} <?t 0?>"
    ]


def test_breaks_and_tabs_in_a_value_become_words_own(word):
    path = word.template("{{ x }}")
    run = word.document(path, x="1\n2\r\n3\t4").paragraphs[0].runs[0]
    assert [element.tag.partition("}")[2] for element in run._r] == [
        *("t", "br", "t", "br", "t", "tab", "t"),
    ]
    assert run.text == "1\n2\n3\t4"


def test_characters_that_xml_cannot_hold_are_dropped(word):
    assert word.render("{{ x }}", x="a\x00b\x0ec\x12d\ufffee\ud800f") == ["abcdef"]


def test_decimal_literals_are_exact(word):
    assert word.render("{{ 0.1 + 0.2 }} {{ x * 0.1 }}", x=3) == ["0.3 0.3"]


def test_floats_of_the_caller_can_be_calculated_with(word):
    assert word.render("{{ x + 0.2 }} {{ x * 3 }} {{ x / x }}", x=0.5) == ["0.7 1.5 1.0"]


def test_filters_and_tests_of_jinja_work(word):
    assert word.render(
        "{{ xs|join('、') }} {{ n|default('无') }} {{ 2.345|round(2) }} {{ 'ab'|upper }}"
        " {{ xs|length }} {{ 1 if xs is iterable else 0 }} {{ xs|first ~ xs[-1] }}",
        xs=["甲", "乙"],
    ) == ["甲、乙 无 2.35 AB 2 1 甲乙"]


def test_filters_tests_and_globals_of_the_caller_work(word):
    options = {
        "filters": {"万元": lambda x: f"{x}万元"},
        "tests": {"大": lambda x: x > 1},
        "globals": {"单位": "县"},
    }
    template = "{{ x|万元 }} {% if x is 大 %}大{% endif %} {{ 单位 }}"
    assert word.render(template, options=options, x=2) == ["2万元 大 县"]


def test_full_width_signs_of_a_tag_are_understood(word):
    assert word.render(
        "｛｛ x ｝｝ ｛％ if x ％｝是｛％ endif ％｝ {{　x｜upper }} {{ “引” ~ ‘号’ }} {＃ 注 ＃}",
        x="a",
    ) == ["a 是 A 引号 "]


def test_quoted_text_in_a_tag_is_left_as_it_is(word):
    assert word.render("{{ '％｝ “好” }}' }}{{ \"it's %}\" }}") == ["％｝ “好” }}it's %}"]


def test_dictionaries_and_remainders_in_tags_are_no_ends(word):
    assert word.render("{{ {'a': {'b': 1}}['a']['b'] }} {{ 7 % 4 }} {{{'a': 2}.a}}") == ["1 3 2"]


def test_escaped_signs_are_printed(word):
    assert word.render("{_{ x }_} {_% if %_}") == ["{{ x }} {% if %}"]
    assert word.render("a {_{ b }_} c {_{") == ["a {{ b }} c {{"]


def test_a_quote_that_ends_otherwise_than_it_began_is_one(word):
    template = ['{{ "甲” }}', '{{ “乙" }}', "{{ '丙’ }}", "{{ ‘丁' }}"]
    assert word.render(*template) == ["甲", "乙", "丙", "丁"]


def test_comments_vanish_with_their_tags(word):
    assert word.render("a{# {{ b }} {% if %} #}c") == ["ac"]


def test_an_element_comment_takes_its_element_along(word):
    assert word.render("a", "{#p b #}", [["{#tr c #}", ""], ["d", "{#tc e #}"]]) == ["a", [["d"]]]


def test_a_variable_may_be_called_like_a_scope(word):
    assert word.render("{{ p }}{{p}}{{r.x}}{{tc ~ p}}", p=1, r={"x": 2}, tc=3) == ["11231"]


def test_headers_footers_and_properties_are_part_of_the_template(word):
    path = word.template("a", header="**{{ x }}**头", footer="{{ x }}脚", title="题 {{ x }}")
    document = word.document(path, x="<1>")
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "<1>头"
    assert section.footer.paragraphs[0].text == "<1>脚"
    assert document.core_properties.title == "题 <1>"


def test_tags_in_text_boxes_and_in_their_old_style_copies_are_rendered(word):
    document = empty_document()
    paragraph = document.add_paragraph("外 {{ x }}")
    paragraph.add_run()._r.append(text_box("内 {{ ", "x }} {% if x %}是{% endif %}"))
    rendered = word.document(word.save(document), x="1")
    texts = [
        "".join(text.text for text in box.iter("{*}t"))
        for box in rendered.element.body.iter("{*}txbxContent")
    ]
    assert texts == ["内 1 是", "内 1 是"]
    assert rendered.paragraphs[0].runs[0].text == "外 1"


def text_box(*runs):
    from docx.oxml import parse_xml

    content = "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
    content = f"<w:txbxContent><w:p>{content}</w:p></w:txbxContent>"
    return parse_xml(
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing>'
        "</mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )


HELD = {
    "a link": ('<w:hyperlink w:anchor="b">', "</w:hyperlink>"),
    "a control": ("<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>"),
}


@pytest.mark.parametrize(("begin", "end"), HELD.values(), ids=HELD)
@pytest.mark.parametrize(
    ("before", "inside", "behind", "printed"),
    [
        ("[前{{ ]", "[x }}链]", "[后]", ("[前值]", "[链]", "[后]")),
        ("[前]", "[链{{ x]", "[ }}后]", ("[前]", "[链值]", "[后]")),
        ("[前{{ ]", "[x][ }}]", "[后]", ("[前]", "[值]", "[后]")),
        ("[{]", "[{ x }}]", "", ("", "[值]", "")),
        ("[前{{ ]", "[x]", "[ }}后]", ("[前]", "[值]", "[后]")),
    ],
)
def test_a_tag_that_reaches_into_a_link_or_out_of_it(
    word, begin, end, before, inside, behind, printed
):
    body = made(word, f"<w:p>{before}{begin}{inside}{end}{behind}</w:p>", x="值")
    assert body == f"<w:p>{printed[0]}{begin}{printed[1]}{end}{printed[2]}</w:p>"
