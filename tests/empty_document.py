"""python-docx's empty document, without what makes it ten times as large as one of Word's own.

It holds a hundred looks of tables, twice; a test of ours asks for one of them.
"""

from functools import cache
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE

KEPT = ("Normal Table", "Table Grid")
TWICE = "stylesWithEffects"  # the same for Word 2007


def empty_document() -> Document:
    """An empty document."""
    return docx.Document(BytesIO(_light()))


@cache
def _light() -> bytes:
    document = docx.Document()
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in KEPT:
            style.delete()
    relations = document.part.rels
    for name in [name for name, one in relations.items() if one.reltype.endswith(TWICE)]:
        relations.pop(name)
    made = BytesIO()
    document.save(made)
    return made.getvalue()
