"""One workbook done: checked, reported, and where something is to be said of it, a copy marked."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from docgen.batch.found import FOREIGN, PACKED
from docgen.batch.model import REPORTS, SINGLE, Done, Figure, Status, Work
from docgen.batch.placing import clear, hash_of, make_way
from docgen.report.report import make_report
from docgen.template.model.errors import TemplateError
from workbook.checking.data_files import KindError
from workbook.checking.intake import Intake, take_in
from workbook.checking.kinds import Kind
from workbook.files.log import failure_told
from workbook.files.save import OutputError, save_over
from workbook.findings.model import Finding, Severity
from workbook.form.model import Form
from workbook.marking.annotate import annotated
from workbook.reading.saved import saved_identity
from workbook.reading.values import Entry, Values
from workbook.years.periods import says_period

# Of the fields that say whose a workbook is.
NAMES: Final = ("单位名称", "部门名称", "填报单位", "单位", "Organisation", "Organization")
CODES: Final = ("单位代码", "预算单位代码", "部门代码", "统一社会信用代码")
_MOST_SAID: Final = 3  # findings that a line of the summary repeats


def do(work: Work) -> Done:
    """What comes of a workbook, whatever stands in it; its report and copy are written."""
    done = _tried(work)
    try:  # what an earlier run made of it and this one does not is out of date
        for path, placed, ours in zip(
            (work.report, work.copy), (done.report, done.copy), work.made, strict=True
        ):
            if not placed:
                clear(path, ours)
    except OutputError as error:
        return _spoiled(done, str(error))
    return done


def _tried(work: Work) -> Done:
    try:
        return _done(work)
    except KindError as error:
        told = " ".join(str(error).split())
        kind = saved_identity(work.source).kind or ""
        return Done(work.path, Status.UNREADABLE, f"报告种类有误:{told}", kind)
    except Exception:  # noqa: BLE001 - one that fails must not end the batch; the trace is in the log
        told = failure_told("batch")
        return Done(work.path, Status.UNREADABLE, told, is_final=False)


def _done(work: Work) -> Done:
    if work.source.suffix.lower() in FOREIGN:
        told = f"{work.source.suffix} 格式的工作簿读不了,请用 Excel 或 WPS 另存为 .xlsx 再交"
        return Done(work.path, Status.UNREADABLE, told)
    if work.source.suffix.lower() in PACKED:
        told = f"{work.source.suffix} 压缩包没有打开,请解压,把里面的 .xlsx 放进来再做一次"
        return Done(work.path, Status.UNREADABLE, told)
    intake = take_in(work.source, work.templates)
    done = _checked(work.path, intake)
    if intake.kind is None or not done.figures:
        return done
    if done.status is not Status.PASSED:
        done = _copied(work, intake, done)
    return _reported(work, intake, intake.kind, done) if done.status.is_fit else done


def _checked(path: str, intake: Intake) -> Done:
    """What the check says, nothing written."""
    findings = intake.checked.findings
    errors = [one for one in findings if one.severity is Severity.ERROR]
    warnings = [one for one in findings if one.severity is Severity.WARNING]
    kind, values = intake.kind, intake.checked.values
    if kind is None or not values.fields:  # not ours, or of another state of its form
        name = kind.name if kind else ""
        return Done(
            *(path, Status.UNREADABLE, said(findings), name),
            errors=len(errors),
            findings=tuple(findings),
        )
    status = Status.WRONG if errors else Status.WARNED if warnings else Status.PASSED
    return Done(
        path,
        status,
        said(errors or warnings),
        kind.name,
        first_said(values, NAMES),
        first_said(values, CODES),
        period_of(kind.form, values),
        len(errors),
        len(warnings),
        figures=tuple(figures_of(values)),
        findings=tuple(findings),
    )


def _copied(work: Work, intake: Intake, done: Done) -> Done:
    """With a copy that bears what is to be said of its cells."""
    try:
        make_way(work.copy, work.made[1])
        save_over(work.copy, annotated(work.source, intake.checked.findings))
    except OutputError as error:
        return _spoiled(done, str(error))
    copy, made = _placed(work.copy, work.out)
    return replace(done, copy=copy, made=("", made))


def _reported(work: Work, intake: Intake, kind: Kind, done: Done) -> Done:
    """With its report; a kind that has no template has none."""
    if not kind.template.exists():
        told = f"{kind.name} 没有 Word 模板,没有生成报告"
        return replace(done, message="。".join(filter(None, (told, done.message))))
    kept_in = work.out / REPORTS
    try:
        make_way(work.report, work.made[0])
        make_report(intake, work.report, kept_in=kept_in, pages=lambda _document: ())
    except OutputError as error:
        return _spoiled(done, str(error))
    except TemplateError as error:
        return _spoiled(done, f"Word 模板有误:{' '.join(str(error).split())}")
    report, made = _placed(work.report, work.out)
    return replace(done, report=report, made=(made, done.made[1]))


def _spoiled(done: Done, told: str) -> Done:
    """One of which not all could be written; the next run tries again."""
    return replace(done, status=Status.WRONG, message=f"没有写成:{told}", is_final=False)


def _placed(path: Path, out: Path) -> tuple[str, str]:
    """A written file as the ledger knows it: where it lies, and its hash."""
    return path.relative_to(out).as_posix(), hash_of(path)


def said(findings: Sequence[Finding]) -> str:
    """The first findings in a line."""
    lines = [str(one) for one in findings]
    more = f" 等 {len(lines)} 处" if len(lines) > _MOST_SAID else ""
    return " ".join(lines[:_MOST_SAID]) + more


def first_said(values: Values, keys: tuple[str, ...]) -> str:
    """What the first of these fields that is filled says; "" where none is."""
    entries = (values.fields.get(key) for key in keys)
    return next((text for one in entries if one and (text := exact(one))), "")


def period_of(form: Form, values: Values) -> str:
    """The year, quarter or month that a workbook is of: 2025, 2025、9 or 2025年9月."""
    keys = (key for key, field in form.fields.items() if says_period(field))
    said = (exact(values.fields[key]) for key in keys if key in values.fields)
    return "、".join(filter(None, said))


def figures_of(values: Values) -> Iterator[Figure]:
    """All that was read and is not blank."""
    for key, entry in values.fields.items():
        yield from _figure(key, SINGLE, entry)
    for table, rows in values.tables.items():
        for number, row in enumerate(rows, start=1):
            for key, entry in row.items():
                yield from _figure(f"{table}.{key}", number, entry)


def _figure(field: str, row: int, entry: Entry) -> Iterator[Figure]:
    value = entry.value
    if value is not None:
        number = float(value) if isinstance(value, Decimal) else None
        yield Figure(field, row, number, exact(entry))


def exact(entry: Entry) -> str:
    """A value as text with all its digits; a day as 2023-03-05."""
    value = entry.value
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value.strip()
