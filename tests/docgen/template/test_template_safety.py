"""Templates and files from outside can do no harm."""

import time
import zipfile

import pytest
from test_template_corners import with_part

from docgen.template import compile_template
from docgen.template.model.errors import TemplateError
from docgen.template.write.render import Limits

FORBIDDEN = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ [x]|map(attribute='__class__')|list }}",
    "{{ [x]|join(attribute='__class__') }}",
    "{{ x.secret() }}",
    "{{ x.wipe() }}",
    "{{ self._TemplateReference__context }}",
]
NO_SUCH_TAG = [
    "{% include 'x' %}",
    "{% extends 'x' %}",
    "{% import 'x' as y %}",
    "{% block a %}{% endblock %}",
]
TOO_WIDE = [
    "{{ 'a'|center(10 ** 9) }}",
    "{{ 'a'.center(10 ** 9) }}",
    "{{ 'a'.zfill(10 ** 9) }}",
    "{{ 'a'|indent(10 ** 9) }}",
    "{{ '%999999999d'|format(1) }}",
    "{{ '%*d' % (999999999, 1) }}",
    "{{ '{:>999999999}'.format(1) }}",
    "{{ [1]|batch(10 ** 9, 0)|list }}",
]
TOO_LONG = [
    "{% set ns = namespace(s='aaaaaaaaaa') %}{% for a in range(99) %}{% set ns.s = ns.s ~ ns.s %}"
    "{% endfor %}",
    "{% set ns = namespace(s='aaaaaaaaaa') %}{% for a in range(99) %}{% set ns.s = ns.s + ns.s %}"
    "{% endfor %}",
    "{% set a %}aaaaaaaaaa{% endset %}{% set ns = namespace(s=a) %}{% for a in range(99) %}"
    "{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    "{% set ns = namespace(s=[1, 2]) %}{% for a in range(99) %}{% set ns.s = ns.s + ns.s %}"
    "{% endfor %}",
    "{% set ns = namespace(s='aaaaaaaaaa') %}{% for a in range(99) %}"
    "{% set ns.s = ns.s|replace('a', ns.s) %}{% endfor %}",
]
TOO_LARGE = [
    "{{ 2 ** x.big }}",
    "{% set ns = namespace(n=9) %}{% for a in range(99) %}{% set ns.n = ns.n * ns.n %}{% endfor %}",
    "{% set ns = namespace(n=9) %}{% for a in range(9) %}{% set ns.n = ns.n ** 9 %}{% endfor %}",
]
REPEATED = ["{{ 'a' * 10 ** 10 }}", "{{ [1] * 10 ** 10 }}"]
ENDLESS = [
    "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
]
REFUSED = {
    **dict.fromkeys(FORBIDDEN, "不允许用「"),
    **dict.fromkeys(NO_SUCH_TAG, "没有「"),
    **dict.fromkeys(TOO_WIDE, "宽度或个数超过 10000"),
    **dict.fromkeys(TOO_LONG, "文字超过 1000000 个字"),
    **dict.fromkeys(TOO_LARGE, "数太大"),
    **dict.fromkeys(REPEATED, "「*」只能用于两个数"),
    **dict.fromkeys(ENDLESS, "循环次数超过限度"),
    "{{ '{0.__class__}'.format(x) }}": "不能用「__class__」",
    "{{ x|attr('__class__') }}": "没有过滤器「attr」",
    "{{ lipsum(n=10 ** 7) }}": "没有叫「lipsum」的数据",
    "{{ range(10 ** 9)|list }}": "range 的个数太多",
    "{% for a in range(9999) %}{% for b in range(90) %}{{ big }}{% endfor %}{% endfor %}": (
        "内容超过 10000000 个字符"
    ),
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "自己调用自己,没有完",
}


class Unit:
    """A caller's object with things that a template has no business with."""

    big = 10**9

    def secret(self):
        raise AssertionError("called")

    def wipe(self):
        raise AssertionError("called")

    wipe.alters_data = True


@pytest.mark.parametrize("attack", REFUSED)
def test_an_attack_is_refused_quickly_and_with_a_place(word, attack):
    start = time.perf_counter()
    with pytest.raises(TemplateError) as caught:
        compile_template(word.template("a", attack)).render(
            {"x": Unit(), "big": "x" * 1000}, limits=Limits(characters=10_000_000)
        )
    fault = caught.value.faults[0]
    assert fault.place == "段落 2"
    assert REFUSED[attack] in fault.problem
    assert time.perf_counter() - start < 3


@pytest.mark.parametrize("items", ["xs", "xs|select"])
def test_as_many_passes_as_allowed_are_made_and_no_more(word, items):
    template = compile_template(word.template(f"{{% for x in {items} %}}{{{{ x }}}}{{% endfor %}}"))
    assert template.render({"xs": [1, 2, 3]}, limits=Limits(passes=3))
    with pytest.raises(TemplateError, match="循环次数超过限度"):
        template.render({"xs": [1, 2, 3, 4]}, limits=Limits(passes=3))


def test_a_bound_that_is_reached_at_no_tag_is_told_of_the_part(word):
    with pytest.raises(TemplateError) as caught:
        compile_template(word.template("{{ x }}")).render({"x": 1}, limits=Limits(characters=10))
    assert [str(fault) for fault in caught.value.faults] == [
        "正文:内容超过 10 个字符。请减少数据,或由调用程序放宽限度。"
    ]


def test_a_trusted_template_may_call_methods_but_stays_in_the_sandbox(word):
    class Person:
        def greet(self, name):
            return f"hello {name}"

    options = {"trusted": True}
    assert word.render("{{ p.greet('a') }}", options=options, p=Person()) == ["hello a"]
    assert word.faults("{{ p.__class__.__mro__ }}", options=options, p=Person()) == [
        "正文 段落 1 {{ p.__class__.__mro__ }}:不能用「__class__」。请改写这个表达式。"
    ]


def test_methods_that_do_no_harm_may_be_called(word):
    from datetime import date

    assert word.render(
        "{{ d.strftime('%Y年') }} {% for k, v in m.items() %}{{ k.upper() }}{{ v }}{% endfor %} "
        "{{ '{:,.2f}'.format(x) }} {{ '%.1f' % x }} {{ '、'.join(['a', 'b']) }}",
        d=date(2024, 3, 5), m={"a": 1}, x=1234.5,
    ) == ["2024年 A1 1,234.50 1234.5 a、b"]  # fmt: skip


def test_safe_and_escape_filters_cannot_break_the_file(word):
    assert word.render(
        "{{ x|safe }} {{ x|e|upper }} {{ x|forceescape }}{% if true %}¦**{{ x|safe }}**{% endif %}",
        x="<w:p>a&b",
    ) == ["<w:p>a&b <W:P>A&B <w:p>a&b**<w:p>a&b**"]


def test_markup_characters_of_the_engine_in_the_document_are_text(word):
    assert word.render("<?t 0?> <?g hold?> \ufdd0 &lt; {{ x }}", x="<?t 1?>") == [
        "<?t 0?> <?g hold?> \ufdd0 &lt; <?t 1?>"
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"PK", "不是 Word 文档(.docx)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "是加密文档或旧的 .doc 文档"),
    ],
)
def test_a_file_that_is_no_word_document_is_refused(tmp_path, data, problem):
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(TemplateError) as caught:
        compile_template(path)
    assert [fault.problem for fault in caught.value.faults] == [problem]


@pytest.mark.parametrize(
    "doctype", ['<!DOCTYPE w SYSTEM "{}">', '<!DOCTYPE w [<!ENTITY e SYSTEM "{}">]>']
)
def test_no_file_that_a_part_points_at_is_read(word, doctype):
    secret = word.folder / "secret"
    secret.write_text("<!ELEMENT <")  # which could not be read without complaint
    path = word.template("a", header="h")
    content = f"{doctype.format(secret)}<w>&e;{{{{ x }}}}</w>"
    path.write_bytes(with_part(path.read_bytes(), "word/header1.xml", content.encode()))
    with pytest.raises(TemplateError) as caught:
        compile_template(path)
    assert [(one.code, one.details) for one in caught.value.faults] == [
        ("bad-xml", {"reason": "DOCTYPE", "reason_en": "DOCTYPE"})
    ]


def test_entities_in_a_part_are_refused(word):
    path = word.template("{{ x }}")
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"?>", b'?><!DOCTYPE w [<!ENTITY e "boom">]>', 1
    )
    with zipfile.ZipFile(path, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    with pytest.raises(TemplateError) as caught:
        compile_template(path)
    assert [fault.code for fault in caught.value.faults] == ["bad-xml"]
