"""Much data is no attack: what a caller gives may be worked on, in proportion to it."""

import io
from decimal import Decimal

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from empty_document import empty_document

from docgen.template import compile_template
from docgen.template.model.errors import TemplateError

ROWS = [{"c": f"值{n}", "n": Decimal(n), "g": n % 50} for n in range(10_000)]


@pytest.mark.parametrize(
    "text",
    [
        "{% for r in rows %}{{ r.c|upper|trim }}{{ r.n|round(1) }}{{ r.c ~ r.g }}{% endfor %}",
        "{% for g in rows|groupby('g') %}{{ g.list|sum(attribute='n') }}{% endfor %}",
        "{% for k in range(50) %}{{ rows|selectattr('g', 'equalto', k)|list|length }}{% endfor %}",
        "{% macro m(r) %}{{ r.c }}{% endmacro %}{% for r in rows %}{{ m(r) }}{% endfor %}",
        "{% if rows != rows|list %}a{% else %}b{% endif %}{{ rows|sort(attribute='c')|length }}",
        "{% for r in rows[:999] %}{{ (r.n / rows[:999]|sum(attribute='n'))|round(2) }}{% endfor %}",
    ],
)
def test_a_large_report_is_not_refused(word, text):
    assert word.render(text, rows=ROWS)


def test_each_of_two_thousand_projects_may_ask_for_its_own_rows(word):
    projects = [{"名": f"项目{n}"} for n in range(2_000)]
    rows = [{"名": one["名"], "事": f"事{n}"} for one in projects for n in range(8)]
    own = "rows|selectattr('名', 'equalto', 项.名)|list|length"
    text = f"{{% for 项 in projects %}}{{{{ {own} }}}}{{% endfor %}}"
    assert word.render(text, projects=projects, rows=rows) == ["8" * 2_000]


@pytest.mark.parametrize(
    ("rows", "printed"),
    [
        ([{"g": "甲", "n": 1}, {"g": None, "n": 2}, {"g": "甲", "n": 3}], "13"),
        ([{"g": "甲", "n": 1}, {"g": 5, "n": 2}], "1"),  # not all of them words
        (({"g": "甲", "n": 1}, {"g": "乙", "n": 2}), "1"),
        ([], ""),
    ],
)
def test_rows_are_picked_by_a_word_as_jinja_picks_them(word, rows, printed):
    asked = "{{ rows|selectattr('g', 'equalto', 'WORD')|map(attribute='n')|join }}"
    twice = f"{asked}-{asked}".replace("WORD", "甲") + asked.replace("WORD", "丁")
    assert word.render(twice, rows=rows) == [f"{printed}-{printed}"]


def test_long_prose_in_many_paragraphs_is_not_refused(word):
    prose = "一段话&\n" * 500
    made = word.render("{%p for t in texts %}", "{{ t }}", "{%p endfor %}", texts=[prose] * 1_000)
    assert len(made) == 1_000


def test_lists_and_addresses_without_end_are_refused_and_thousands_are_not(word):
    document = empty_document()
    document.add_paragraph("{%p for i in range(n) %}")
    document.add_paragraph("{% restart_numbering %}一", style="List Number")
    link, anchor = OxmlElement("w:hyperlink"), document.add_paragraph("链")
    target = document.part.relate_to("https://a/{{ i }}", RT.HYPERLINK, is_external=True)
    link.set(qn("r:id"), target)
    link.append(anchor.runs[0]._r)
    anchor._p.append(link)
    document.add_paragraph("{%p endfor %}")
    template = compile_template(word.save(document))
    made = docx.Document(io.BytesIO(template.render({"n": 3_000})))
    assert len(made.part.numbering_part.element.num_lst) > 3_000
    assert sum(one.is_external for one in made.part.rels.values()) == 3_000
    with pytest.raises(TemplateError, match="太多"):
        template.render({"n": 90_000})
