"""Templates that go deep or never end are faults with a place, in a time that grows with them."""

import pytest

from docgen.template import compile_template
from docgen.template.lint.lint import lint
from docgen.template.model.errors import TemplateError


def codes(template) -> list[str]:
    return [fault.code for fault in lint(template)]


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 9000 + "1" + ")" * 9000 + " }}",
        "{{ " + "-" * 9000 + "1 }}",
        "{{ " + "1+" * 9000 + "1 }}",
        "{{ x" + "|upper" * 9000 + " }}",
        "{% for i in x %}" * 21 + "{% endfor %}" * 21,
        "{% if x %}" * 150 + "{% endif %}" * 150,
        "{% for i in x %}" * 300 + "{% endfor %}" * 300,
    ],
    ids=["brackets", "signs", "sums", "filters", "loops", "branches", "many loops"],
)
def test_what_lies_too_deep_is_told_with_its_place(text, word):
    template = word.template("甲", f"{text}乙")
    faults = lint(template)
    assert [(fault.code, fault.place) for fault in faults] == [("too-deep", "段落 2")]


def test_twenty_loops_in_one_another_are_not_too_deep(word):
    template = word.template("{% for i in x %}" * 20 + "甲" + "{% endfor %}" * 20)
    assert compile_template(template).render({"x": [1]})


@pytest.mark.parametrize("sign", ["{", "{{ ", "{% ", "{# ", "{{ '{{' "])
def test_a_hundred_tags_without_an_end_are_told_and_no_more(sign, word):
    assert codes(word.template(sign * 200_000)) == ["unclosed-tag"] * 100


def test_a_relation_to_a_part_that_is_not_there_leads_nowhere(word, tmp_path):
    from tools.fuzzing.spoiled import packed, parts_of

    template = word.template("{{ x }}", '{{ "目录" }}')
    parts = parts_of(template.read_bytes())
    del parts["word/settings.xml"]
    template.write_bytes(packed(parts))
    assert compile_template(template).render({"x": 1})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"word/styles.xml": b""}, "word/styles.xml"),
        ({"word/styles.xml": b"<!DOCTYPE x><x/>"}, "word/styles.xml"),
        ({"word/settings.xml": b"<x"}, "word/settings.xml"),
        ({"[Content_Types].xml": b"<Types"}, "[Content_Types].xml"),
    ],
)
def test_a_part_that_cannot_be_read_is_named(change, said, word):
    from tools.fuzzing.spoiled import packed, parts_of

    template = word.template("{{ x }}")
    template.write_bytes(packed(parts_of(template.read_bytes()) | change))
    with pytest.raises(TemplateError) as told:
        compile_template(template)
    assert [(fault.code, fault.where.file) for fault in told.value.faults] == [("bad-xml", said)]
