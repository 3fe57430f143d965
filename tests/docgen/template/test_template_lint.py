"""What a template needs, and what is wrong with it, told before there is data."""

import io
import re

import docx
import pytest
from ooxml import new_faults
from writing import with_body

from docgen.report.filters import FILTERS
from docgen.template.lint.annotate import annotate_template
from docgen.template.lint.lint import lint, variables

TEMPLATE = [
    "{{ 单位名称 }} {{ 单位.地址.市 }} {{ d.strftime('%Y') }} {{ xs[0].名 }}",
    [["{%tr for 行 in 项目 %}", ""], ["{{ loop.index }}", "{{ 行.金额|round(2) }}"],
     ["{%tr endfor %}", ""]],
    "{% for 行 in 项目|sort(attribute='序') %}{{ 行['名称'] }}"
    "{% for z in 行.子 %}{{ z }}{% endfor %}{% endfor %}",
    "{% set a = 合计 %}{{ a + b }}{% if c is defined %}{% endif %}{{ 项目|sum(attribute='金额') }}",
    "{% macro m(x) %}{{ x.y }}{% endmacro %}{{ m(e) }}{% with f = g.h %}{{ f.i }}{% endwith %}",
]  # fmt: skip
PATHS = [
    "单位名称", "单位.地址.市", "d", "xs[*].名", "项目[*].金额", "项目[*].序", "项目[*].名称",
    "项目[*].子[*]", "合计", "b", "c", "e", "g.h.i",
]  # fmt: skip


def test_variables_are_told_with_their_paths(word):
    assert sorted(variables(word.template(*TEMPLATE))) == sorted(PATHS)


def test_variables_of_headers_and_properties_are_told(word):
    path = word.template("{{ a }}", header="{{ b }}", title="{{ c }}")
    assert sorted(variables(path)) == ["a", "b", "c"]


def test_a_template_whose_names_are_known_has_no_faults(word):
    assert lint(word.template(*TEMPLATE), PATHS) == []
    roots = {path.partition(".")[0].partition("[")[0] for path in PATHS}
    assert lint(word.template(*TEMPLATE), roots) == []
    assert lint(word.template(*TEMPLATE)) == []


def test_unknown_names_and_columns_are_faults_with_places(word):
    path = word.template(
        "{{ 单位名称 }}{{ 单位名 }}",
        [["{%tr for 行 in 项目 %}"], ["{{ 行.金頟 }}"], ["{%tr endfor %}"]],
    )
    assert [str(fault) for fault in lint(path, ["单位名称", "项目[*].金额", "项目[*].名"])] == [
        "正文 段落 1 {{ 单位名 }}:没有叫「单位名」的数据。请核对名字,是不是「单位名称」。",
        "正文 表格 1 行 2 列 1 {{ 行.金頟 }}:「项目[*]」里没有「金頟」。"
        "请核对名字,是不是「金额」。",
    ]


def test_names_inside_groups_are_known_by_the_tables_columns(word):
    path = word.template(
        "{%p for 甲 in 指标|groups('一级指标') %}",
        "{{ 甲.name }}{{ 甲.rows|sum(attribute='分值') }}",
        "{% for 乙 in 甲.rows|groups('二级') %}{% for 行 in 乙.rows %}{{ 行.分数 }}{% endfor %}"
        "{% endfor %}{{ (指标|groups(列)|first).rows[0].得分 }}",
        "{{ 指标|groups('一级指标')|length }}",
        "{%p endfor %}",
    )
    columns = ["指标[*].一级指标", "指标[*].二级指标", "指标[*].分值", "列"]
    assert [str(fault) for fault in lint(path, columns, filters=FILTERS)] == [
        "正文 段落 3 {% for 乙 in 甲.rows|groups('二级') %}:「指标[*]」里没有「二级」。"
        "请核对名字,是不是「二级指标」。",
        "正文 段落 3 {{ 行.分数 }}:「指标[*]」里没有「分数」。请核对名字,是不是「分值」。",
    ]
    assert variables(path, filters=FILTERS) == [
        "指标[*].一级指标", "指标[*].分值", "指标[*].二级", "指标[*].分数", "列",
    ]  # fmt: skip


def test_what_a_group_has_of_its_own_is_no_name_of_the_data(word):
    path = word.template("{% for g in xs|groups('a') %}{{ g.size }}{{ g[n] }}{% endfor %}")
    assert variables(path, filters=FILTERS) == ["xs[*].a", "n"]
    assert variables(word.template("{{ xs|join(d='a') }}")) == ["xs"]


def test_names_inside_phrases_are_known_too(word):
    path = word.template("{{ 支出|change(上年, '上年') }}{{ 支出|completion(年初) }}")
    assert [
        fault.details["name"] for fault in lint(path, ["支出", "上年支出"], filters=FILTERS)
    ] == [
        "上年",
        "年初",
    ]


def told(word, *blocks, **parts) -> list[str]:
    """The places, tags and codes of all faults of a template for these names."""
    path = word.template(*blocks, **parts)
    found = lint(path, ["单位", "项目[*].名称", "项目[*].金额"], filters=FILTERS)
    return [f"{one.part} {one.place} {one.tag} {one.code}" for one in found]


def test_faults_of_all_parts_and_of_all_stages_are_told_at_once(word):
    assert told(
        word,
        "{{ 单位名 }}{{ 单",
        "{% for 行 in 项目 %}{{ 行.金頟 }}{{ 行.金额|abc }}{% endfor %}",
        "{%p if 单位 %}{{ 单位 }}",
        "{%p endif %}",
        [["{%tr for 行 in 项目 %}"], ["{{ 行.名 }}"], ["{% endfor %}"]],
        "{{ a.__class__ }}{% colspan 2 %}",
        "{%p for x in 项目 %}",
        "{% restart_numbering %}",
        "{{ x.名称 + }}",
        header="{{ 单伟 }}{% if 单位 %}",
        footer="{{ 单位 = 1 }}",
        title="{{ 1 1 }}",
    ) == [
        "文档属性 title {{ 1 1 }} syntax",
        "正文 段落 1 {{ 单位名 }} unknown-name",
        "正文 段落 1 {{ 单 unclosed-tag",
        "正文 段落 2 {{ 行.金頟 }} unknown-attribute",
        "正文 段落 2 {{ 行.金额|abc }} unknown-filter",
        "正文 段落 3 {%p if 单位 %} shared-scope",
        "正文 表格 1 行 2 列 1 {{ 行.名 }} unknown-attribute",
        "正文 表格 1 行 3 列 1 {% endfor %} mixed-scopes",
        "正文 段落 5 {{ a.__class__ }} forbidden",
        "正文 段落 5 {% colspan 2 %} outside-table",
        "正文 段落 6 {%p for x in 项目 %} unclosed-block",
        "正文 段落 7 {% restart_numbering %} no-list",
        "正文 段落 8 {{ x.名称 + }} syntax",
        "页眉 段落 1 {{ 单伟 }} unknown-name",
        "页眉 段落 1 {% if 单位 %} unclosed-block",
        "页脚 段落 1 {{ 单位 = 1 }} syntax",
    ]


ALONE = {
    "a loop that is not closed": (
        ["{% for 行 in 项目 %{{ 行.金頟 }}", "{{ 行.名 }}{{ loop.index }}{% endfor %}"],
        ["段落 1 {% for 行 in 项目 %{{ 行.金頟 }} unclosed-tag"],
    ),
    "a word written wrong": (
        ["{% fro 行 in 项目 %}{{ 行.甲 }}{% endfor %}"],
        ["段落 1 {% fro 行 in 项目 %} unknown-tag"],
    ),
    "an end written wrong": (
        ["{% for 行 in 项目 %}{{ 行.金额 }}{% edfor %}"],
        ["段落 1 {% edfor %} unknown-tag"],
    ),
    "a statement between the signs of a value": (
        ["{{ for 行 in 项目 }}{{ 行.甲 }}{{ endfor }}"],
        ["段落 1 {{ for 行 in 项目 }} block-in-output", "段落 1 {{ endfor }} block-in-output"],
    ),
    "an end between the signs of a value": (
        ["{% if 单位 %}a{{ else }}b{{ endif }}"],
        ["段落 1 {{ else }} block-in-output", "段落 1 {{ endif }} block-in-output"],
    ),
    "a wrong word inside a right block": (
        ["{% if 单位 %}{% fi 单位 %}a{% endif %}"],
        ["段落 1 {% fi 单位 %} unknown-tag"],
    ),
    "a name given by a tag that cannot be read": (
        ["{% set 甲 = 单位 | | %}{{ 甲 }}", "{% macro 印(x %}{{ x }}{% endmacro %}{{ 印(1) }}"],
        ["段落 1 {% set 甲 = 单位 | | %} syntax", "段落 2 {% macro 印(x %} syntax"],
    ),
    "blocks that cross": (
        ["{%p for 行 in 项目 %}", "{%p if 行.金额 %}", "{{ 行.名 }}", "{%p endfor %}",
         "{%p endif %}"],
        ["段落 3 {{ 行.名 }} unknown-attribute", "段落 4 {%p endfor %} crossed-blocks"],
    ),
    "a sign beside a tag that is not closed": (
        ["{{ 单位 } }"],
        ["段落 1 {{ 单位 } } unclosed-tag"],
    ),
    "a row's tag outside tables": (
        ["{%tr for 行 in 项目 %}", "{{ 行.金额 }}"],
        [
            "段落 1 {%tr for 行 in 项目 %} unclosed-block",
            "段落 1 {%tr for 行 in 项目 %} misplaced-scope",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("blocks", "faults"), ALONE.values(), ids=ALONE)
def test_a_fault_makes_no_others(word, blocks, faults):
    assert told(word, *blocks) == [f"正文 {one}" for one in faults]


def test_a_bracket_that_is_open_at_the_end_of_a_tag_is_told_as_such(word):
    (fault,) = lint(word.template("{{ round(1 }}"))
    assert fault.problem == "写法有误(括号没有写完)"


def test_no_english_message_holds_chinese(word):
    path = word.template(
        "{%p for x in y %}\t", "{%p if x %}", "{%p endfor %}", [["{%tr if x %}"], ["{% endif %}"]],
        "{% if a %}", [["{% endif %}"]], header="{%p if a %}b",
    )  # fmt: skip
    said = [fault.said("en") for fault in lint(path, ["y"])]
    assert len(said) == 8
    assert [line for line in said if re.search("[\u3000-\uffff]", line)] == []


@pytest.mark.parametrize("times", [1, 2])
def test_an_annotated_copy_has_a_comment_at_each_fault(word, times):
    path = word.template("a", "{{ x", [["b", "{{ y|nope }}"]], header="{{ 1 1 }}")
    template = path
    for _ in range(times):
        faults = lint(path)
        path = word.folder / "annotated.docx"
        path.write_bytes(annotate_template(template, faults))
        template = path
    assert new_faults(word.template("a", "{{ x"), path) == []
    root = docx.Document(io.BytesIO(path.read_bytes())).element.body
    marked = [p for p in root.iter("{*}p") if p.find("{*}commentRangeStart") is not None]
    assert ["".join(t.text for t in p.iter("{*}t")) for p in marked] == [
        "a",
        "{{ x",
        "{{ y|nope }}",
    ]
    comments = docx.Document(io.BytesIO(path.read_bytes())).part.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    )
    assert comments.blob.decode().count("标记没有写完") == times


def test_references_to_bookmarks_that_are_not_there_are_told(word):
    mark = '<w:bookmarkStart w:id="1" w:name="图"/><w:bookmarkEnd w:id="1"/>'
    codes = (
        "REF 图 \\h", "REF 圖 \\h", "PAGEREF _Toc12", "TOC \\b 表", "SET 名 1", "REF 名", "AUTO",
        "REF {{ x }}",
    )  # fmt: skip
    fields = "".join(f'<w:fldSimple w:instr=" {code} "/>' for code in codes)
    names = "_top", "节", "图"
    links = "".join(f'<w:hyperlink w:anchor="{name}">[a]</w:hyperlink>' for name in names)
    body = f"<w:p>{mark}[{{{{ y }}}}]</w:p><w:p>{fields}</w:p><w:p>{links}</w:p>"
    path = word.save(with_body(body))
    assert [f"{one.place} {one.code} {one.details['name']}" for one in lint(path)] == [
        "段落 3 lost-reference 节",
        "段落 2 lost-reference 圖",
        "段落 2 lost-reference 表",
    ]
