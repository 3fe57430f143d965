"""A blank of a draft, or 不适用, prints as it is whatever a template makes of a figure."""

from io import BytesIO

import docx
import pytest
from empty_document import empty_document

from docgen.report.context import ToFill
from docgen.report.filters import FILTERS
from docgen.template import compile_template
from docgen.template.model.stand_in import StandIn


@pytest.mark.parametrize("words", [ToFill(), StandIn("不适用")])
@pytest.mark.parametrize(
    "said",
    [
        "{{ (数 / 10000)|round(2) }}",
        "{{ ((数 - 数)|abs / 1)|round(0) }}",
        "{{ 数.normalize() }}",
        "{{ '{:,}'.format(数) }}",
        "{{ '{:,f}'.format((数 / 10000).normalize()) }}",
        "{{ (数 / 数 * 100)|round(1) if 数 else '＿＿＿' }}",
        "{{ 100 * 数 }}",
    ],
)
def test_no_calculation_with_a_stand_in_fails(words, said):
    document = empty_document()
    document.add_paragraph(said)
    file = BytesIO()
    document.save(file)
    made = compile_template(file.getvalue(), filters=FILTERS).render({"数": words})
    assert [one.text for one in docx.Document(BytesIO(made)).paragraphs] == [str(words)]
