"""What the sentences of a report become in the template that adopting a form makes of it."""

from io import BytesIO

import docx
from bureau_forms import said

from docgen.adopting.kind import adopt_kind
from docgen.naming.page import paragraphs


def texts_of_template(folder, form, sentences):
    """The paragraphs of the template by what they said; the kind has no faults."""
    for name, data in (("表.xlsx", form), ("报告.docx", said(*sentences))):
        (folder / name).write_bytes(data)
    kind = adopt_kind(folder / "kind", folder / "表.xlsx", folder / "报告.docx")
    assert kind.faults == []
    made = [one.text for one in paragraphs(docx.Document(BytesIO(kind.report.template)))]
    return dict(zip(sentences, [one for one in made if one], strict=True))
