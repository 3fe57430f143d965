"""A Word document proofed against itself, and a copy of it with comments."""

from collections.abc import Collection, Sequence
from pathlib import Path

from docgen.proof.document import Document, read_document
from docgen.proof.numbering import word_numbers
from docgen.proof.telling import line_of
from docgen.template.lint.annotate import commented
from docgen.template.model.errors import Location
from workbook.checking.uncollected import uncollected
from workbook.files.save import must_be_another, save_new
from workbook.proof.model import Slip, Verdict
from workbook.proof.numbered import NUMBERING
from workbook.proof.whole.rules import RULES, judged, without


def proof_document(path: Path, off: Collection[str] = ()) -> Verdict:
    """What of a document contradicts itself, in reading order, and how much is in order.

    `off` names rules that are left out. Raises `TemplateError` for what is no readable .docx.
    """
    with uncollected():
        return judged_document(read_document(path), off)


def judged_document(document: Document, off: Collection[str] = ()) -> Verdict:
    """The verdict on a document that was read."""
    verdict = judged(document.statements, document.tables)
    verdict.add(NUMBERING, word_numbers(document))
    order = {place: at for at, place in enumerate(document.where)}
    verdict.slips.sort(key=lambda one: order.get(one.place, len(order)))
    return without(verdict, off)


def unknown_rules(names: Collection[str]) -> list[str]:
    """Those of the names that no rule has."""
    return [name for name in names if name not in RULES]


def save_commented(path: Path, slips: Sequence[Slip], copy: Path) -> None:
    """Write the document with a comment at each slip; raises `OutputError`."""
    must_be_another(copy, path)
    where = read_document(path).where
    save_new(
        copy,
        commented(path, [(where.get(one.place, Location()), (line_of(one),)) for one in slips]),
    )
