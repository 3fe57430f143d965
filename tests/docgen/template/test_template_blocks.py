"""Conditions and loops: inside a paragraph, over paragraphs, rows, cells and runs."""

import pytest
from empty_document import empty_document

ITEMS = [{"名": "甲", "值": 1}, {"名": "乙", "值": 2}]


@pytest.mark.parametrize(("flag", "text"), [(True, "a **是** b"), (False, "a //否// b")])
def test_a_condition_over_runs_keeps_the_format_of_every_run(word, flag, text):
    template = "a {% if flag %}¦**是**¦{% else %}¦//否//¦{% endif %} b"
    assert word.render(template, flag=flag) == [text]


def test_a_tag_inside_a_bold_run_parts_it(word):
    template = "**A{% if flag %}B**C{% endif %}//D//"
    assert word.render(template, flag=True) == ["**AB**C//D//"]
    assert word.render(template, flag=False) == ["**A**//D//"]


def test_what_stands_behind_a_block_keeps_its_format_where_the_block_goes(word):
    template = "前{% if flag %}a**b{% endif %}后**"
    assert word.render(template, flag=True) == ["前a**b后**"]
    assert word.render(template, flag=False) == ["前**后**"]


def test_a_loop_inside_a_paragraph_repeats_text(word):
    template = (
        "{% for x in xs %}{{ loop.index }}.{{ x.名 }}{% if not loop.last %}、{% endif %}"
        "{% endfor %}。"
    )
    assert word.render(template, xs=ITEMS) == ["1.甲、2.乙。"]


def test_set_and_with_and_namespace_keep_values(word):
    assert word.render(
        "{% set a = 1 %}{% set ns = namespace(n=0) %}{% for x in xs %}"
        "{% set ns.n = ns.n + x.值 %}{% endfor %}"
        "{% with b = 2 %}{{ a + b }} {{ ns.n }}{% endwith %}"
        "{% set c %}块{{ a }}{% endset %}{{ c }}",
        xs=ITEMS,
    ) == ["3 3块1"]


def test_a_macro_writes_its_text(word):
    assert word.render("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(1) }}{{ m('a&b') }}") == [
        "<1><a&b>"
    ]


def test_a_paragraph_loop_repeats_paragraphs_and_leaves_none_of_its_own(word):
    assert word.render(
        "前", "{%p for x in xs %}", "**{{ x.名 }}**", "{{ x.值 }}", "{%p endfor %}", "后", xs=ITEMS
    ) == ["前", "**甲**", "1", "**乙**", "2", "后"]


def test_paragraph_conditions_choose_and_nest(word):
    template = [
        "{%p for x in xs %}", "{%p if x.值 == 1 %}", "一", "{%p elif x.值 == 2 %}", "二",
        "{%p else %}", "多", "{%p endif %}", "{%p endfor %}",
    ]  # fmt: skip
    assert word.render(*template, xs=[*ITEMS, {"值": 3}]) == ["一", "二", "多"]


def test_a_row_loop_repeats_its_rows(word):
    assert word.render(
        [
            ["名", "值"],
            ["{%tr for x in xs %}", ""],
            ["{{ x.名 }}", "**{{ x.值 }}**"],
            ["{%tr endfor %}", ""],
        ],
        xs=ITEMS,
    ) == [[["名", "值"], ["甲", "**1**"], ["乙", "**2**"]]]


def test_a_cell_loop_repeats_its_cells(word):
    template = [["头", "{%tc for x in xs %}", "{{ x.名 }}", "{%tc endfor %}"]]
    assert word.render(template, xs=ITEMS) == [[["头", "甲", "乙"]]]


def test_rows_and_cells_loop_together(word):
    template = [
        ["{%tr for r in rs %}", "", ""],
        ["{%tc for c in r %}", "{{ c }}", "{%tc endfor %}"],
        ["{%tr endfor %}", "", ""],
    ]
    assert word.render(template, rs=[[1, 2], [3, 4]]) == [[["1", "2"], ["3", "4"]]]


def test_tables_nest_in_loops(word):
    inner = [["{%tr for y in x.s %}"], ["{{ y }}"], ["{%tr endfor %}"]]
    template = [
        ["{%tr for x in xs %}", ""],
        ["{{ x.n }}", ("子", inner, "")],
        ["{%tr endfor %}", ""],
    ]
    assert word.render(template, xs=[{"n": 1, "s": ["a", "b"]}, {"n": 2, "s": ["c"]}]) == [
        [["1", ("子", [["a"], ["b"]], "")], ["2", ("子", [["c"]], "")]]
    ]


def test_a_run_tag_stands_between_runs(word):
    template = "a¦**{%r if flag %}**¦//b//¦**{%r endif %}**¦c"
    assert word.render(template, flag=True) == ["a//b//c"]
    assert word.render(template, flag=False) == ["ac"]


def test_a_plain_value_in_place_of_an_element_gets_that_element(word):
    assert word.render("a **{{r x }}** b", "**{{p x }}**", [["**{{tc x }}**", "c"]], x="1") == [
        "a **1** b",
        "**1**",
        [["**1**", "c"]],
    ]


def test_a_loop_from_a_rows_first_cell_to_its_last_repeats_the_row(word):
    template = [
        ["名", "值"],
        ["{% for x in xs %}{{ x.名 }}", "{{ x.值 }}{% endfor %}"],
        ["计", "3"],
    ]
    assert word.render(template, xs=ITEMS) == [
        [["名", "值"], ["甲", "1"], ["乙", "2"], ["计", "3"]]
    ]


def test_a_condition_from_a_rows_first_cell_to_its_last_keeps_or_drops_the_row(word):
    template = [["名", "值"], ["{% if flag %}a", "b{% endif %}"]]
    assert word.render(template, flag=True) == [[["名", "值"], ["a", "b"]]]
    assert word.render(template, flag=False) == [[["名", "值"]]]


def test_a_bare_loop_alone_in_its_paragraphs_is_lifted(word):
    template = ["前", "{% for x in xs %}", "{{ x.名 }}", "{% endfor %}", "后"]
    assert word.render(*template, xs=ITEMS) == ["前", "甲", "乙", "后"]


def test_a_bare_loop_from_edge_to_edge_repeats_its_paragraphs(word):
    template = ["{% for x in xs %}{{ x.名 }}", "{{ x.值 }}{% endfor %}", "后"]
    assert word.render(*template, xs=ITEMS) == ["甲", "1", "乙", "2", "后"]


def test_a_bare_loop_in_rows_is_lifted(word):
    template = [["{% for x in xs %}", ""], ["{{ x.名 }}", "{{ x.值 }}"], ["{% endfor %}", ""]]
    assert word.render(template, xs=ITEMS) == [[["甲", "1"], ["乙", "2"]]]


def test_a_bare_loop_may_begin_and_end_in_rows_that_it_repeats(word):
    template = [["{% for x in xs %}{{ x.名 }}", "a"], ["b", "{{ x.值 }}{% endfor %}"]]
    assert word.render(template, xs=ITEMS) == [[["甲", "a"], ["b", "1"], ["乙", "a"], ["b", "2"]]]


def test_a_bare_loop_around_a_table_repeats_the_table(word):
    template = ["{% for x in xs %}", [["{{ x.名 }}"]], "后", "{% endfor %}"]
    assert word.render(*template, xs=ITEMS) == [[["甲"]], "后", [["乙"]], "后"]


def test_bare_conditions_in_sequence_and_nested_are_lifted(word):
    template = [
        "{% for x in xs %}{% if x.值 == 1 %}",
        "一",
        "{% else %}",
        "二",
        "{% endif %}{% endfor %}",
    ]
    assert word.render(*template, xs=ITEMS) == ["一", "二"]


@pytest.mark.parametrize(("flag", "paragraphs"), [(True, ["a b", "c d"]), (False, ["a  d"])])
def test_a_condition_from_sentence_to_sentence_joins_them(word, flag, paragraphs):
    assert word.render("a {% if flag %}b", "c{% endif %} d", flag=flag) == [
        text.replace("c d", "c d") for text in paragraphs
    ]


def test_a_section_break_in_a_lifted_paragraph_stays(word):
    from docx.enum.section import WD_ORIENT

    document = empty_document()
    document.add_paragraph("{%p if flag %}")
    document.add_paragraph("a")
    document.add_paragraph("{%p endif %}")
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    document.add_paragraph("b")
    rendered = word.document(word.save(document), flag=False)
    assert len(rendered.sections) == 2
    assert [paragraph.text for paragraph in rendered.paragraphs] == ["", "b"]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{% filter upper %}a<b{{ x }}{% endfilter %}", "A<BC&"),
        ("{% set y %}a<b{{ x }}{% endset %}{{ y|upper }}{{ y }}", "A<BC&a<bc&"),
        ("{% set y %}a<b{{ x }}{% endset %}{{ y.upper() }}", "A<BC&"),
        ("{% macro f() %}a<b{% endmacro %}{{ f()|length }}", "3"),
        ("**{% filter upper %}ab**¦**c{% endfilter %}**", "**ABC**"),
        ("{% set y %}a<b{{ x }}{% endset %}{{ '<' ~ y ~ 1 }}", "<a<bc&1"),
        ("{% set y %}a<b{{ x }}{% endset %}{{ [y, '>', none]|join('&') }}", "a<bc&&>&"),
        ("**{% filter upper %}a{% endfilter %}** {% filter title %}b{% endfilter %}", "**A** B"),
    ],
)
def test_text_that_a_block_took_from_the_document_is_changed_as_text(word, template, text):
    assert word.render(template, x="c&") == [text]


@pytest.mark.parametrize(
    "template",
    ["{% filter upper %}a**b**{% endfilter %}", "{% set y %}a**b**{% endset %}{{ y.upper() }}"],
)
def test_text_of_several_formats_cannot_be_changed_as_text(word, template):
    (fault,) = word.faults(template)
    assert "这里的文字格式不一,不能用过滤器或方法改动" in fault


def test_a_cycler_and_a_joiner_work(word):
    template = "{% set c = cycler('a', 'b') %}{% set j = joiner('、') %}"
    loop = "{% for x in [1, 2, 3] %}{{ j() }}{{ c.next() }}{% endfor %}"
    assert word.render(template + loop) == ["a、b、a"]
