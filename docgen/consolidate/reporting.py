"""A consolidated report: the totals in a workbook of their own kind, checked and printed as any."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from docgen.batch.ledger import Ledger
from docgen.consolidate.filling import FILLED, Filling
from docgen.consolidate.totals import Asked, Summed, Totals
from docgen.report.given_faults import DataError
from docgen.report.report import Made, make_report
from workbook.across.summing import FILE, summing
from workbook.checking.data_files import KindError
from workbook.checking.intake import Intake, take_in
from workbook.checking.kinds import Kind
from workbook.files.names import file_name
from workbook.files.save import save_over
from workbook.findings.model import Finding
from workbook.form.sample import NOTHING, Sample
from workbook.making.build import build_workbook
from workbook.reading.saved import open_saved
from workbook.saving.book import given_time, save_book
from workbook.years.carry import moves, same_year, sample_of
from workbook.years.own_form import own_workbook


@dataclass(frozen=True, slots=True)
class Reported:
    """A filled workbook, checked, and its report where nothing stood in the way."""

    intake: Intake
    backup: Path | None
    made: Made | None


def reported(
    kind: Kind, totals: Totals, ledger: Ledger, asked: Asked, beside: Path
) -> Iterator[Reported]:
    """A workbook and a report for each period that the batch has, beside the workbook of totals.

    What the clerk typed into an earlier one is kept where the totals say nothing. Raises
    `KindError` for a kind that cannot be filled, `DataError` where the batch has nothing for it,
    `OutputError` for a file that cannot be written.
    """
    name = _summed_kind(kind, totals)
    groups = [one for one in totals.groups if one.group.kind.name == name]
    if not groups:
        raise DataError(f"这一批里没有计入合计的「{name}」,做不成「{kind.name}」")
    for one in groups:
        path = beside.with_name(_named(kind, one, beside))
        filling = Filling(kind, one, totals.found.left_out, asked.units, ledger)
        sample = _with_typed(filling, path, asked.templates)
        backup = save_over(path, _workbook(kind, sample))
        intake = take_in(path, asked.templates)
        made = make_report(intake, path.with_suffix(".docx")) if intake.checked.is_fit else None
        yield Reported(intake, backup, made)


def _summed_kind(kind: Kind, totals: Totals) -> str:
    """The kind whose totals a report is of: as its file says, else the only one that there is."""
    if said := summing(kind).of:
        return said
    names: Sequence[str] = sorted({one.group.kind.name for one in totals.groups} - {kind.name})
    if len(names) != 1:
        told = f'没有写 of:请写明汇总哪一种报告,如 of = "{names[0] if names else "department"}"'
        raise KindError([f"{kind.file(FILE)}:{told}"])
    return names[0]


def _named(kind: Kind, one: Summed, beside: Path) -> str:
    """The workbook is called by the totals, the kind and the period."""
    ending = ".xlsx"
    return file_name(f"{beside.stem} {kind.form.title} {one.group.period}".strip(), ending)


def _with_typed(filling: Filling, path: Path, templates: Path | None) -> Sample:
    """What the totals say, and where they know nothing what the clerk typed into the workbook."""
    sample, fields = filling.sample(), filling.kind.form.fields
    typed = _typed(filling.kind, path, templates) if path.is_file() else NOTHING
    texts = {key: one for key, one in typed.fields.items() if not filling.knows(fields[key])}
    own = {key: rows for key, rows in typed.tables.items() if key not in FILLED}
    return Sample({**texts, **sample.fields}, {**own, **sample.tables})


def _typed(kind: Kind, path: Path, templates: Path | None) -> Sample:
    """What stands in a workbook of the kind; nothing where it is none, which is then kept aside."""
    book = open_saved(path)
    if isinstance(book, Finding) or book.identity.kind != kind.name:
        return NOTHING
    checked = take_in(path, templates).checked
    if not checked.values.fields:
        return NOTHING
    return sample_of(tuple(moves(checked.values, kind.form, {}, same_year)), kind.form)


def _workbook(kind: Kind, sample: Sample) -> bytes:
    """The filled workbook; the same totals give the same bytes."""
    if kind.book is not None:
        return own_workbook(kind, kind.book, sample)
    book = build_workbook(kind.form, kind.rules, sample)
    book.properties.created = given_time()
    data = BytesIO()
    save_book(book, data, book.results, given_time())
    return data.getvalue()
