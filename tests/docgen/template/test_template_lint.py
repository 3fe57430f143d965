"""What a template needs, and what is wrong with it, told before there is data."""

import io

import docx
import pytest
from ooxml import new_faults

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


def test_faults_of_writing_come_first(word):
    assert [fault.code for fault in lint(word.template("{{ x", "{{ y }}"), ["z"])] == [
        "unclosed-tag"
    ]


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
