"""What has no printed form is told with its place, and no letter is taken for a sign of ours."""

from decimal import Decimal

import pytest

from docgen.template.rich.markup import RichText

ADVICE = "请印其中的一项:列表用循环或 |join('、'),是或否写成 {{ '是' if 条件 else '否' }}。"


class Unit:
    def name(self) -> str:
        return "县教育局"


async def later() -> None:
    """Something that is still to be awaited."""


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("x == 1", "“是”或“否”"),
        ("[x]", "一个列表"),
        ("(x, x)", "一个列表"),
        ("{'a': x}", "一组有名字的值"),
        ("unit.name", "一个函数"),
        ("later", "一个函数"),
        ("range", "一个函数"),
        ("unit", "程序里的对象(Unit)"),
        ("namespace(a=1)", "程序里的对象(Namespace)"),
    ],
)
def test_what_has_no_printed_form_is_a_fault(word, expression, said):
    values = {"x": 1, "unit": Unit(), "later": later}
    tag = f"{{{{ {expression} }}}}"
    assert word.faults("a", tag, **values) == [
        f"正文 段落 2 {tag}:这个值是{said},没有可以印出来的写法。{ADVICE}"
    ]


def test_no_other_way_prints_it_either(word):
    for tag in ("{{p x }}", "{{ x ~ 1 }}", "{{ [x]|join }}", "{{ 'a'|replace('a', x) }}"):
        (fault,) = word.faults(tag, x=[1])
        assert fault == f"正文 段落 1 {tag}:这个值是一个列表,没有可以印出来的写法。{ADVICE}"
    path = word.template("a", title="{{ x }}")
    with pytest.raises(Exception) as caught:
        word.document(path, x=True)
    assert "文档属性 title {{ x }}:这个值是“是”或“否”,没有可以印出来的写法。" in str(caught.value)


def test_a_quotient_that_does_not_end_asks_for_its_decimals(word):
    values = {"a": Decimal(1), "b": Decimal(3)}
    assert word.faults("{{ a / b }}", **values) == [
        "正文 段落 1 {{ a / b }}:除出来的数有 28 位,没有说保留几位小数。"
        "请写上位数,如 {{ (甲 / 乙)|round(2) }}。"
    ]
    assert word.render("{{ (a / b)|round(2) }} {{ a / 8 }}", **values) == ["0.33 0.125"]
    large = Decimal("123456789012345678.90")
    assert word.render("{{ x }} {{ y }}", x=large, y=Decimal(10) ** 25) == [f"{large} 1{'0' * 25}"]


@pytest.mark.parametrize("letter", ["\ue000", "\ue007", "\ue00c", "\ue015", "\ue016", "\uf8ff"])
def test_a_private_letter_is_a_letter(word, letter):
    docxtpl = pytest.importorskip("docxtpl")
    name = f"王{letter}b7{letter}"
    rich, theirs = RichText(name), docxtpl.RichText(name)
    values = {"x": name, "rich": rich, "theirs": theirs}
    template = ["{%p for y in [1, 2] %}", "{{ x }}{{r rich }}{{r theirs }}", "{%p endfor %}"]
    assert word.render(*template, **values) == [name * 3] * 2
    document = word.document(word.template("a", title="{{ x }}"), x=name)
    assert document.core_properties.title == name


def test_a_private_letter_in_a_bookmarks_name_stays(word):
    from writing import made

    start, end = '<w:bookmarkStart w:id="7" w:name="\ue015n甲\ue016"/>', '<w:bookmarkEnd w:id="7"/>'
    loop = "<w:p>[{%p for x in xs %}]</w:p>", "<w:p>[{%p endfor %}]</w:p>"
    body = f"{loop[0]}<w:p>{start}[a]{end}</w:p>{loop[1]}<w:p>[b]</w:p>"
    assert 'w:name="\ue015n甲\ue016"' in made(word, body, xs=[1])


def test_values_are_printed_as_docxtpl_prints_them_where_that_is_asked_for(word):
    template = ["{{ a }} {{ b }} {{ c }} {{ d }} {{ e }}", [["{%tr for x in c %}"], ["{{ x }}"]]]
    template[1] += [["{%tr endfor %}"]]
    values = {"a": None, "b": True, "c": [1, "二"], "d": {"k": 2.5}, "e": Decimal("1E+3")}
    made = word.render(*template, options={"docxtpl": True}, **values)
    assert made == word.peer(*template, **values)
    assert made == ["None True [1, '二'] {'k': 2.5} 1E+3", [["1"], ["二"]]]
    down = [["{%tr for x in c %}", ""], ["{% vm %}合", "{{ x }}"], ["{%tr endfor %}", ""]]
    assert word.render(down, options={"docxtpl": True}, c=[1, 2]) == [[["合", "1"], ["", "2"]]]
