"""Much data is no attack: what a caller gives may be worked on, in proportion to it."""

from decimal import Decimal

import pytest

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


def test_long_prose_in_many_paragraphs_is_not_refused(word):
    prose = "一段话&\n" * 500
    made = word.render("{%p for t in texts %}", "{{ t }}", "{%p endfor %}", texts=[prose] * 1_000)
    assert len(made) == 1_000
