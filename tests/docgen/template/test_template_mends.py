"""Mends that work: what a message tells to write is right, and no message tells to delete it."""

from decimal import Decimal

import docx
import pytest
from empty_document import empty_document

from docgen.template import compile_template
from docgen.template.lint.lint import lint


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (
            ["{% tr for x in xs %}a{% tr endfor %}"],
            ["「tr」前面多了空格。请写成 {%tr for x in xs %}。",
             "「tr」前面多了空格。请写成 {%tr endfor %}。"],
        ),
        (["{% if a ＞ 1 %}a{% endif %}"], ["标记里有全角符号「＞」。请写成 {% if a > 1 %}。"]),
        (["{% for x in xs ％＞a{% endfor %}"], ["标记没有写完,缺「%}」。请在标记末尾补上「%}」。"]),
        (["{% if a %}a{% endif }"], ["标记没有写完,缺「%}」。请在标记末尾补上「%}」。"]),
        (
            ["{{ 行.支出（万元） }}"],
            ["名字「支出（万元）」里有括号,Word 标记里的名字不能有括号。"
             '请写成 {{ 行["支出（万元）"] }}。'],
        ),
        (
            ["{{ 支出（万元） }}"],
            ["名字「支出（万元）」里有括号,Word 标记里的名字不能有括号。"
             "请给数据另起一个没有括号的名字,如 {{ 支出 }}。"],
        ),
        (["{{ 数|round（2） }}"], ["标记里有全角符号「（）」。请写成 {{ 数|round(2) }}。"]),
        (
            ["{{ '支出{{ x }}'|upper }}"],
            ["引号里的「{{ x }}」不会再填,会照原样印出来。"
             "请把引号断开,用 ~ 接上,如 '…' ~ x ~ '…'。"],
        ),
    ],
)  # fmt: skip
def test_one_mistake_is_told_once(word, texts, said):
    assert [fault.partition(":")[2] for fault in word.faults(*texts)] == said


def test_what_was_proposed_works(word):
    assert word.render('{{ 行["支出（万元）"] }}', 行={"支出（万元）": 3}) == ["3"]


def test_a_name_of_a_loop_is_told_to_be_one(word):
    template = word.template("{% for 行 in 表 %}{{ 行.名称 }}{% endfor %}", header="{{ 行.名称 }}")
    told = (
        "页眉 段落 1 {{ 行.名称 }}:「行」是 {% for 行 in 表 %} 给每一项起的名字,只在那个循环里有。"
        "请把这个标记移进循环,或写成 {{ 表[0].列 }} 这样取某一项。"
    )
    with pytest.raises(Exception) as caught:
        compile_template(template).render({"表": [{"名称": "甲"}]})
    assert str(caught.value) == told
    assert [str(fault) for fault in lint(template, ["表[*].名称"])] == [told]


def test_signs_that_are_no_whole_tag_are_hinted_at(word):
    template = word.template(
        "共 x }} 户", "{基本} {_{ a }_} {{ x }} {% raw %}{甲}{% endraw %}", "%}"
    )
    assert [fault.details for fault in lint(template) if fault.code == "lone-sign"] == [
        {"sign": "}}", "instead": "{{ 名字 }}"},
        {"sign": "{基本}", "instead": "{{ 基本 }}"},
        {"sign": "%}", "instead": "{{ 名字 }}"},
    ]


@pytest.mark.parametrize("value", [2.5 / 3, 0.1 + 0.2, 1 / 3])
def test_a_float_of_more_digits_than_excel_shows_asks_for_decimals(word, value):
    (fault,) = word.faults("{{ x }}", x=value)
    assert "请写上位数,如 {{ (甲 / 乙)|round(2) }}" in fault
    assert word.render("{{ x|round(2) }}", x=value) == [str(round(value, 2))]


def test_floats_are_printed_without_an_exponent(word):
    assert word.render("{{ x }} {{ y }}", x=1e22, y=0.00001) == [f"1{'0' * 22} 0.00001"]
    for value in (float("nan"), float("inf")):
        (fault,) = word.faults("{{ x }}", x=value)
        assert "一个算不出来的数" in fault


def test_paragraphs_inside_a_line_are_a_fault(word):
    from docgen.report.filters import FILTERS

    (fault,) = word.faults("说:{{ t|paragraphs }}", options={"filters": FILTERS}, t="甲\n乙")
    assert "这个值是一个列表,没有可以印出来的写法。" in fault
    assert word.render("{{ a / b }}", a=Decimal(1), b=8) == ["0.125"]


def test_a_dash_takes_the_line_breaks_beside_it(word):
    document = empty_document()
    paragraph = document.add_paragraph("a")
    for text in ("{%- if x -%}", "b", "{%- endif -%}", "c"):
        paragraph.add_run().add_break()
        paragraph.add_run(text)
    path = word.save(document)
    assert word.document(path, x=True).paragraphs[0].text == "abc"
    assert word.document(path, x=False).paragraphs[0].text == "ac"


def test_a_dash_leaves_page_breaks_and_tabs(word):
    document = empty_document()
    paragraph = document.add_paragraph("a\t")
    paragraph.add_run("{%- if x %}b{% endif %}")
    paragraph.add_run().add_break(docx.enum.text.WD_BREAK.PAGE)
    paragraph.add_run("{%- if x %}c{% endif %}")
    path = word.save(document)
    body = word.document(path, x=True).element.body
    assert [len(list(body.iter(f"{{*}}{name}"))) for name in ("tab", "br")] == [1, 1]


def test_a_part_that_is_no_xml_is_told_in_chinese(word):
    from test_template_corners import with_part

    path = word.template("a", header="{{ h }}")
    path.write_bytes(with_part(path.read_bytes(), "word/header1.xml", b"<w>{{ x }}"))
    (fault,) = lint(path)
    assert fault.problem == "内容已损坏,读不出来(第 1 行第 10 个字起不合 XML 的写法)"
