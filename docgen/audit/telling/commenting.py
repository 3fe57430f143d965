"""An audit as comments in a copy of its report."""

from collections.abc import Iterator
from pathlib import Path

from docgen.audit.audit import Audit
from docgen.audit.judging import State, copied
from docgen.audit.telling.sentences import (
    HEADS,
    change_sentence,
    change_told,
    copy_sentence,
    copy_told,
    name_of,
    quoted,
    reworded_sentence,
    sentence,
)
from docgen.template.lint.annotate import commented
from docgen.template.model.errors import Location
from workbook.catalogue import audits as said
from workbook.catalogue.findings import AUTHOR
from workbook.files.save import must_be_another, save_new

Remark = tuple[Location, tuple[str, str]]  # a place, what is there, and what to do


def save_commented(path: Path, audit: Audit, copy: Path) -> None:
    """Write the report with a comment at each figure that is not in order; raises `OutputError`."""
    must_be_another(copy, path)
    remarks = [*_of_figures(audit), *_of_copies(audit), *_of_blocks(audit)]
    save_new(copy, commented(path, remarks, AUTHOR(audit.language)), audit.language)


def _of_figures(audit: Audit) -> Iterator[Remark]:
    language = audit.language
    together = {id(one) for copy in copied(audit.figures) for one in copy.figures}
    for one in audit.figures:
        if one.place and one.state is not State.OK and id(one) not in together:
            head = f"{HEADS[one.state](language)}{name_of(one, language)}"
            yield one.place.where, (head, sentence(one, language))


def _of_copies(audit: Audit) -> Iterator[Remark]:
    language = audit.language
    for copy in copied(audit.figures):
        for line in copy.places:
            head = next(copy_told(copy, language))
            yield line.where, (head, copy_sentence(copy, language))


def _of_blocks(audit: Audit) -> Iterator[Remark]:
    """The remarks on rows and paragraphs that are to be changed, or that somebody has reworded."""
    language = audit.language
    for one in audit.changes:
        if one.place and one.place.lines:
            head = "".join(change_told(one, language))
            yield one.place.lines[0].where, (head, change_sentence(one, language))
    for there, was in audit.reworded:
        if there is not None and there.lines:
            head = f"{said.REWORDED(language)}{quoted(was, language)}"
            yield there.lines[0].where, (head, reworded_sentence(there, language))
