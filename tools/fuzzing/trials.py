"""What is done with a spoiled file, and what of it went wrong: an exception that is not our own."""

import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from docgen.report.filters import FILTERS
from docgen.report.lint_report import save_annotated
from docgen.report.report import render_report
from docgen.stated.outline import read_lines
from docgen.template.lint.lint import lint
from docgen.template.model.errors import TemplateError
from workbook.checking.intake import take_in
from workbook.files.save import OutputError
from workbook.marking.annotate import annotate
from workbook.reading.saved import SavedBook, homes, open_saved
from workbook.xlsx.bounds import must_be_bounded
from workbook.xlsx.package import PackageError
from workbook.years.rollover import roll_over_file


def workbook_trial(path: Path) -> str:
    """Check, report, copy and roll over the workbook; "" where all of it ended in our own words."""
    return _told(_try_workbook, path)


def template_trial(path: Path) -> str:
    """Look the template over, copy it with notes, and read it as a report."""
    return _told(_try_template, path)


def _told(trial: Callable[[Path], Any], path: Path) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl's, on what it cannot keep
            trial(path)
    except Exception:  # noqa: BLE001 - whatever comes is what is looked for
        return traceback.format_exc(limit=-4)
    return ""


def _try_workbook(path: Path) -> None:
    taken = take_in(path)
    if taken.kind is not None and taken.checked.values.fields:
        render_report(taken.kind, taken.checked.values, draft=True)
    roll_over_file(path)
    copy = path.with_name("copy.xlsx")
    copy.unlink(missing_ok=True)
    try:
        annotate(path, taken.checked.findings, copy)
    except OutputError:
        return


def _try_template(path: Path) -> None:
    faults = lint(path, filters=FILTERS)
    copy = path.with_name("copy.docx")
    copy.unlink(missing_ok=True)
    try:
        save_annotated(path, faults, copy, "zh")
        read_lines(path)
    except (OutputError, TemplateError):
        return


def differing(path: Path) -> list[str]:
    """The cells that we read as a value and openpyxl, which reads the file too, as another."""
    saved = open_saved(path)
    if not isinstance(saved, SavedBook) or saved.identity.kind is None:
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            must_be_bounded(path.read_bytes())
            book = load_workbook(path, data_only=True)
    except Exception:  # noqa: BLE001 - it raises what it likes, and then there is nothing to compare
        return []
    told = []
    for sheet in (one for one in book.worksheets if one.title in homes(saved.book)):
        with suppress(PackageError):  # a broken sheet is told as one
            for (row, column), cell in sheet._cells.items():
                ours = saved._cell(sheet.title, row, column)
                if ours.kind in ("number", "text") and ours.value != cell.value:
                    told.append(f"{ours.place}: {ours.value!r}, openpyxl {cell.value!r}")
    return told
