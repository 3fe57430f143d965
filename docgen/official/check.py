"""A Word document held against the norm, and a copy of it with comments."""

from collections.abc import Sequence
from pathlib import Path

from docgen.official.annexes import annex_deviations
from docgen.official.cascade import read_cascade
from docgen.official.headings import heading_deviations, read_headings
from docgen.official.looks import look_deviations
from docgen.official.model import Deviation
from docgen.official.page_numbers import page_number_deviations
from docgen.official.pages import page_deviations
from docgen.official.paragraphs import read_paragraphs, sections
from docgen.official.parts import read_parts
from docgen.official.roles import roles
from docgen.official.wording import wording_deviations
from docgen.template.lint.annotate import commented
from docgen.template.word.package import read_document
from workbook.files.save import must_be_another, save_new


def check_document(path: Path) -> tuple[Deviation, ...]:
    """All that deviates in a document: pages first, then its paragraphs in order.

    Raises `TemplateError` for what is no readable .docx.
    """
    parts = read_parts(read_document(path.read_bytes(), path.name))
    cascade = read_cascade(parts)
    paragraphs = read_paragraphs(parts, cascade)
    are = roles(paragraphs)
    headings = read_headings(paragraphs, are)
    order = {one.where: at for at, one in enumerate(paragraphs)}
    of_text = [
        *look_deviations(paragraphs, are, headings, sections(parts.main)),
        *heading_deviations(paragraphs, headings),
        *annex_deviations(paragraphs, are),
        *wording_deviations(paragraphs, are, headings),
    ]
    return (
        *page_deviations(parts, paragraphs),
        *page_number_deviations(parts, cascade, paragraphs, are),
        *sorted(of_text, key=lambda one: order[one.where]),
    )


def save_commented(path: Path, deviations: Sequence[Deviation], copy: Path) -> None:
    """Write the document with a comment at each deviation; raises `OutputError`."""
    must_be_another(copy, path)
    save_new(copy, commented(path, [(one.where, (one.text,)) for one in deviations]))
