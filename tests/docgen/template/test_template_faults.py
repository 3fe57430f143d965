"""What is wrong with a template is told with its place, and everything at once."""

import pytest
from empty_document import empty_document

from docgen.template import compile_template
from docgen.template.model.errors import TemplateError
from docgen.template.model.reasons import in_chinese

UNKNOWN_NAME = (
    "正文 段落 1 {{ 基本支岀 }}:没有叫「基本支岀」的数据。请核对名字,是不是「基本支出」。"
)

COMPILE = {
    "unclosed": (
        ["a {{ x", "{{ y }}"],
        "正文 段落 1 {{ x:标记没有写完,缺「}}」。请在标记末尾补上「}}」。",
    ),
    "unclosed block tag": (
        ["{% if x", "b"],
        "正文 段落 1 {% if x:标记没有写完,缺「%}」。请在标记末尾补上「%}」。",
    ),
    "empty": (
        ["{{ }}"],
        "正文 段落 1 {{ }}:标记里没有内容。请写上名字,如 {{ 单位名称 }},或删去这个标记。",
    ),
    "no end": (
        ["a", "{%p if x %}"],
        "正文 段落 2 {%p if x %}:「if」没有结束。请在它的内容之后写 {%p endif %}。",
    ),
    "stray end": (
        ["{% endfor %}"],
        "正文 段落 1 {% endfor %}:前面没有与它配对的「for」。请删去它,或在前面补上「for」。",
    ),
    "stray else": (
        ["{% else %}"],
        "正文 段落 1 {% else %}:前面没有与它配对的「if」。请删去它,或在前面补上「if」。",
    ),
    "crossed": (
        ["{%p for x in y %}", "{%p if x %}", "{%p endfor %}", "{%p endif %}"],
        "正文 段落 3 {%p endfor %}:与 {%p if x %}(段落 2) 交叉了。"
        "里面的先结束:请先写 {%p endif %}。",
    ),
    "crossed by several": (
        ["{%p for x in y %}", "{%p if x %}", "{%p with z = 1 %}", "{%p endfor %}"],
        "正文 段落 4 {%p endfor %}:与 {%p with z = 1 %}(段落 3) 交叉了。"
        "里面的先结束:请先写 {%p endwith %}。",
    ),
    "row mark forgotten": (
        [[["{%tr for x in y %}"], ["{{ x }}"], ["{% endfor %}"]]],
        "正文 表格 1 行 3 列 1 {% endfor %}:与它配对的 {%tr for x in y %}(表格 1 行 1 列 1) "
        "写法不同,一个整行、一个不是。请写成 {%tr endfor %}。",
    ),
    "paragraph mark forgotten in the middle": (
        ["{%p if x %}", "{% else %}", "{% endif %}"],
        "正文 段落 2 {% else %}:与它配对的 {%p if x %}(段落 1) 写法不同,一个整段、一个不是。"
        "请写成 {%p else %}。",
    ),
    "paragraph mark in the middle alone": (
        ["{% if x %}", "{%p else %}", "{% endif %}"],
        "正文 段落 1 {% if x %}:与它配对的 {%p else %}(段落 2) 写法不同,一个整段、一个不是。"
        "请写成 {%p if x %}。",
    ),
    "row mark outside": (
        ["{%tr if x %}", "{%tr endif %}"],
        "正文 段落 1 {%tr if x %}:它不在行里。请把它放进行里,或写成 {%p if x %}。",
    ),
    "no space": (
        ["{%pif x %}", "{%p endif %}"],
        "正文 段落 1 {%pif x %}:「p」后面缺空格。请写成 {%p if x %}。",
    ),
    "space before": (
        ["{% tr for x in y %}"],
        "正文 段落 1 {% tr for x in y %}:「tr」前面多了空格。请写成 {%tr for x in y %}。",
    ),
    "several tags in one paragraph": (
        ["{%p if x %}{{ y }}", "{%p endif %}"],
        "正文 段落 1 {%p if x %}:整段会被它替换,同一段里不能还有 {{ y }}。请让它独占一段。",
    ),
    "several tags beside a whole paragraph": (
        ["{%p if x %}{{ y }} {{ z }}", "{%p endif %}"],
        "正文 段落 1 {%p if x %}:整段会被它替换,同一段里不能还有 {{ y }} {{ z }}。请让它独占一段。",
    ),
    "unclosed and just short enough": (
        ["{{ " + "x" * 37],
        "正文 段落 1 {{ " + "x" * 37 + ":标记没有写完,缺「}}」。请在标记末尾补上「}}」。",
    ),
    "unclosed and too long": (
        ["{{ " + "x" * 38],
        "正文 段落 1 {{ " + "x" * 37 + "…:标记没有写完,缺「}}」。请在标记末尾补上「}}」。",
    ),
    "unknown tag": (
        ["{% fi x %}"],
        "正文 段落 1 {% fi x %}:没有「fi」这种标记。可用的有 if、elif、else、endif、for、endfor、"
        "set 等,是不是「if」。",
    ),
    "unknown filter": (
        ["{{ x|uper }}"],
        "正文 段落 1 {{ x|uper }}:没有过滤器「uper」。请改用已有的过滤器,是不是「upper」。",
    ),
    "unknown test": (
        ["{% if x is defind %}{% endif %}"],
        "正文 段落 1 {% if x is defind %}:没有检验「defind」。请改用已有的检验,是不是「defined」。",
    ),
    "bad expression": (
        ["{{ 3x }}"],
        "正文 段落 1 {{ 3x }}:写法有误(「x」不该写在这里)。请检查名字、引号、括号和运算符。",
    ),
    "full-width signs": (
        ["{{ x(1，2) }}"],
        "正文 段落 1 {{ x(1，2) }}:标记里有全角符号「，」。请写成 {{ x(1,2) }}。",
    ),
    "another level": (
        ["{% if x %}", [["{% endif %}"]]],
        "正文 段落 1 {% if x %}:与它配对的 {% endif %}(表格 1 行 1 列 1) "
        "不在同一层(段落、表格、单元格)。请把两个标记放在同一层,或用 {%p if x %} … {%p endif %}。",
    ),
    "from cell to cell": (
        [[["a {% if x %}", "b {% endif %} c"]]],
        "正文 表格 1 行 1 列 1 {% if x %}:与它配对的 {% endif %}(表格 1 行 1 列 2) "
        "不在同一层(段落、表格、单元格)。"
        "请把两个标记放在同一层,或用 {%tr if x %} … {%tr endif %}。",
    ),
    "forbidden": (
        ["{{ x.__class__ }}"],
        "正文 段落 1 {{ x.__class__ }}:不允许用「__class__」。请去掉它,或由程序先算好再传入模板。",
    ),
}

RUN = {
    "unknown name": (["{{ 基本支岀 }}"], {"基本支出": 1}, UNKNOWN_NAME),
    "unknown name in a condition": (
        [[["a", "{% if no %}1{% endif %}"]]],
        {},
        "正文 表格 1 行 1 列 2 {% if no %}:没有叫「no」的数据。请核对名字。",
    ),
    "unknown column": (
        ["{%p for x in xs %}", "{{ x.金頟 }}", "{%p endfor %}"],
        {"xs": [{"金额": 1}]},
        "正文 段落 2 {{ x.金頟 }}:「一组有名字的值」里没有「金頟」。请核对名字,是不是「金额」。",
    ),
    "division by zero": (
        ["a {{ 1 / x }}"],
        {"x": 0},
        "正文 段落 1 {{ 1 / x }}:除数是 0。请先判断除数不为 0,如 {% if 除数 %}。",
    ),
    "type": (
        ["{{ x + 1 }}"],
        {"x": "甲"},
        "正文 段落 1 {{ x + 1 }}:数据的类型不对(文字和数之间不能用「+」)。"
        "请核对这里用到的数据是数、文字还是列表。",
    ),
    "hidden name": (
        ["{{ x.甲乙 }}"],
        {"x": {"_甲乙": 1}},
        "正文 段落 1 {{ x.甲乙 }}:「一组有名字的值」里没有「甲乙」。请核对名字。",
    ),
    "first of none": (
        ["{{ x|first }}"],
        {"x": []},
        "正文 段落 1 {{ x|first }}:计算出错(列表是空的,取不出一项)。"
        "请核对这里用到的数据。",
    ),
    "text repeated": (
        ["{{ x * 3 }}"],
        {"x": "甲"},
        "正文 段落 1 {{ x * 3 }}:「*」只能用于两个数。请改写这个表达式。",
    ),
    "text divided": (
        ["{{ 3 / x }}"],
        {"x": "甲"},
        "正文 段落 1 {{ 3 / x }}:「/」只能用于两个数。请改写这个表达式。",
    ),
    "loop over a number": (
        ["{%p for y in x %}", "{%p endfor %}"],
        {"x": 3},
        "正文 段落 1 {%p for y in x %}:数据的类型不对(数没有一项一项可以循环)。"
        "请核对这里用到的数据是数、文字还是列表。",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", COMPILE)
def test_a_fault_of_the_template_is_told_with_its_place(word, case):
    blocks, message = COMPILE[case]
    assert word.faults(*blocks)[0] == message


@pytest.mark.parametrize("case", RUN)
def test_a_fault_of_the_data_is_told_with_the_place_of_its_tag(word, case):
    blocks, values, message = RUN[case]
    assert word.faults(*blocks, **values) == [message]


def test_all_faults_of_a_file_are_told_at_once(word):
    faults = word.faults(
        "{{ x", "{{ a b }}", "{{ x|nope }}", "{%p if x %}", [["{% endfor %}", "{{ x.__a }}"]]
    )
    assert [fault.split(":")[0] for fault in faults] == [
        "正文 段落 1 {{ x",
        "正文 段落 2 {{ a b }}",
        "正文 段落 3 {{ x|nope }}",
        "正文 段落 4 {%p if x %}",
        "正文 表格 1 行 1 列 1 {% endfor %}",
        "正文 表格 1 行 1 列 2 {{ x.__a }}",
    ]


def test_each_tag_that_cannot_be_read_is_told_and_what_only_the_whole_shows(word):
    faults = word.faults("{{ a b }}{{ c }}", "{% if d e %}{% endif %}")
    assert [fault.split(":")[0] for fault in faults] == [
        "正文 段落 1 {{ a b }}",
        "正文 段落 2 {% if d e %}",
    ]
    (fault,) = word.faults("a", "{% if b %}{% else %}{% elif c %}{% endif %}")
    assert fault.startswith("正文 段落 2 {% elif c %}:写法有误(")


def test_a_quote_that_is_left_open_spoils_its_own_tag_alone(word):
    faults = word.faults("{{ a' }} 和 {{ b }} {% if c' %}{% endif %}")
    assert [fault.split(":")[0] for fault in faults] == [
        "正文 段落 1 {{ a' }}",
        "正文 段落 1 {% if c' %}",
    ]


def test_beside_a_fault_nothing_is_told_of_tags_that_have_none(word):
    faults = word.faults(
        "{{ a b }}",
        "{% if x == 1 %}{% elif x == 2 %}{% endif %}{% for y in xs if y == 1 %}{% endfor %}",
        "{% with z = 2 %}{{ z }}{% endwith %}{% set c = 1 %}{% set d %}{{ c }}{% endset %}",
    )
    assert [fault.split(":")[0] for fault in faults] == ["正文 段落 1 {{ a b }}"]


def test_a_list_to_be_begun_again_is_looked_for_beside_a_block_without_an_end(word):
    faults = word.faults("{% restart_numbering %}", "{%p if x %}")
    assert [fault.split(":")[0] for fault in faults] == [
        "正文 段落 1 {% restart_numbering %}",
        "正文 段落 2 {%p if x %}",
    ]


def test_places_count_as_the_reader_does(word):
    nested = [["a"], ["b", ("c", "d", [["{{ 1 1 }}"]], "")]]
    assert word.faults("a", [["x"]], nested)[0].startswith(
        "正文 表格 2 行 2 列 2 › 表格 1 行 1 列 1 {{ 1 1 }}:"
    )
    assert word.faults([["a", ("b", "{{ 1 1 }}")]])[0].startswith("正文 表格 1 行 1 列 2 › 段落 2 ")


def test_parts_are_called_as_word_calls_them(word):
    path = word.template("a", header="{{ 1 1 }}", footer="{{ 2 2 }}", title="{{ 3 3 }}")
    with pytest.raises(TemplateError) as caught:
        compile_template(path)
    places = {f"{fault.part} {fault.place} {fault.tag}" for fault in caught.value.faults}
    assert places == {"页眉 段落 1 {{ 1 1 }}", "页脚 段落 1 {{ 2 2 }}", "文档属性 title {{ 3 3 }}"}


def test_a_fault_is_told_in_english_too(word):
    path = word.template([["a"], ["{{ x }}"]])
    with pytest.raises(TemplateError) as caught:
        compile_template(path).render({"xy": 1})
    assert [fault.english() for fault in caught.value.faults] == [
        "body table 1 row 2 column 1 {{ x }}: there is no value named x. Check the name; "
        "did you mean xy."
    ]
    with pytest.raises(TemplateError) as caught:
        compile_template(path).render({"y": 1})
    assert [fault.english() for fault in caught.value.faults] == [
        "body table 1 row 2 column 1 {{ x }}: there is no value named x. Check the name."
    ]


def test_parts_and_properties_are_called_in_english_too(word):
    path = word.template("a", header="{{ 1 1 }}", footer="{{ 2 2 }}", title="{{ 3 3 }}")
    with pytest.raises(TemplateError) as caught:
        compile_template(path)
    assert {fault.english().partition(":")[0] for fault in caught.value.faults} == {
        "header paragraph 1 {{ 1 1 }}",
        "footer paragraph 1 {{ 2 2 }}",
        "document properties title {{ 3 3 }}",
    }


def test_a_fault_in_a_text_box_is_told_once(word):
    from test_template_tags import text_box

    document = empty_document()
    document.add_paragraph().add_run()._r.append(text_box("{{ x"))
    with pytest.raises(TemplateError) as caught:
        compile_template(word.save(document))
    assert [fault.place for fault in caught.value.faults] == ["段落 1 › 文本框 1"]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (
            "unsupported operand type(s) for +: 'decimal.Decimal' and 'str'",
            "数和文字之间不能用「+」",
        ),
        ('can only concatenate str (not "decimal.Decimal") to str', "文字和数之间不能用「+」"),
        (
            "'<' not supported between instances of 'datetime.date' and 'int'",
            "不能比较日期和数",
        ),
        ("'library.Unit' object is not callable", "程序里的对象后面不能写括号"),
    ],
)
def test_a_class_of_whatever_module_is_told_as_what_it_is(reason, said):
    assert in_chinese(reason) == said
