"""What scripts and notebooks do with kinds, workbooks and templates.

Each function raises `GoujiError` for what can be foreseen to go wrong, with a sentence that says
what to do. What a clerk got wrong in a workbook is no exception but a finding.
"""

import os
import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from gouji.from_python.errors import GoujiError, foreseen, must_end_in, must_exist

if TYPE_CHECKING:
    from docgen.audit.audit import Audit
    from docgen.official.model import Deviation
    from workbook.checking.intake import Intake
    from workbook.checking.kinds import Kind
    from workbook.findings.model import Finding
    from workbook.proof.model import Verdict
    from workbook.reading.values import Row, Value

StrPath = str | os.PathLike[str]


@dataclass(frozen=True, slots=True, repr=False)
class CheckedWorkbook:
    """A workbook as it was read and checked.

        workbook = check_workbook("填报.xlsx")
        workbook.values["基本支出"]            Decimal("195.49")
        workbook.tables["项目"][0]["金额"]     Decimal("4.68")
        str(workbook.findings[0])             "基本情况!C26 在职人员:在职人员控制率 110.00%……"

    A value is None where a cell is blank, makes no sense, or has none because of what others hold.
    `is_fit` says that no finding is an error; `kind` is None for a file that is no workbook of
    ours.
    """

    path: Path
    kind: "Kind | None"
    is_fit: bool
    findings: "tuple[Finding, ...]"
    values: "Mapping[str, Value]"
    tables: "Mapping[str, tuple[Mapping[str, Value], ...]]"
    intake: "Intake" = field(compare=False)

    def __repr__(self) -> str:
        """What a notebook shows: the file, its kind, and how many findings there are."""
        from workbook.checking.show import summary

        kind = self.kind.name if self.kind else "?"
        return f"<CheckedWorkbook {str(self.path)!r} {kind}: {summary(self.findings)}>"


def load_kind(name: str, templates: StrPath | None = None) -> "Kind":
    """The kind of report called `name`, from the folder `templates` or those that Gouji knows.

    Warns where there are other kinds of that name, which are not used.
    """
    from workbook.checking.kinds import find_kind, rivals

    extra = None if templates is None else Path(templates)
    with foreseen():
        kind = find_kind(name, extra)
    for sentence in rivals(kind, extra):
        warnings.warn(sentence, stacklevel=2)
    return kind


def make_workbook(kind: "Kind | str", out: StrPath, *, sample: bool = False) -> Path:
    """Write a workbook to be filled, or with `sample` the filled example; never over another."""
    from workbook.files.save import save_new
    from workbook.years.beginning import new_workbook

    path = Path(out)
    must_end_in(path, ".xlsx", "工作簿")
    found = load_kind(kind) if isinstance(kind, str) else kind
    with foreseen():
        save_new(path, new_workbook(found, sample=sample), found.form.language)
    return path


def check_workbook(path: StrPath, templates: StrPath | None = None) -> CheckedWorkbook:
    """Read a workbook and check it; all that is wrong with it stands in `findings`."""
    from workbook.checking.intake import take_in

    file = must_exist(Path(path))
    with foreseen():
        intake = take_in(file, None if templates is None else Path(templates))
    values = intake.checked.values
    return CheckedWorkbook(
        path=file,
        kind=intake.kind,
        is_fit=intake.checked.is_fit,
        findings=tuple(intake.checked.findings),
        values=_plain(values.fields),
        tables=MappingProxyType(
            {key: tuple(map(_plain, rows)) for key, rows in values.tables.items()}
        ),
        intake=intake,
    )


def make_report(
    workbook: CheckedWorkbook, out: StrPath | None = None, *, draft: bool = False
) -> Path:
    """Write the Word report, by default beside its workbook; a `draft` is made in spite of errors.

    A report that is there already is kept under a dated name.
    """
    from docgen.report.report import make_report as write

    path = None if out is None else Path(out)
    if path is not None:
        must_end_in(path, ".docx", "报告")
    if not may_be_reported(workbook.intake, draft=draft):
        faults = "\n".join(f"  {one}" for one in workbook.findings if one.severity == "error")
        raise GoujiError(f"「{workbook.path}」还有错误,报告没有生成:\n{faults}")
    with foreseen():
        return write(workbook.intake, path, draft=draft).path


def render_template(template: StrPath, values: Mapping[str, Any], out: StrPath) -> Path:
    """Write a Word template with `values` in the place of its tags; it need not belong to a kind.

    The filters are those of the reports. A file that is there already is kept under a dated name.
    """
    from docgen.report.filters import FILTERS
    from docgen.template import compile_template
    from workbook.files.save import save_over

    file, path = must_exist(Path(template)), Path(out)
    with foreseen():
        save_over(path, compile_template(file, filters=FILTERS).render(values))
    return path


def audit_report(report: StrPath, workbook: CheckedWorkbook) -> "Audit":
    """Each figure of a report that Gouji made, held against its workbook.

    Raises `GoujiError` for another unit's, year's or kind's workbook, and where the report has
    lost what it keeps of its figures.
    """
    from docgen.audit.audit import audit_report as audited

    file, intake = must_exist(Path(report)), workbook.intake
    if intake.kind is None:
        raise GoujiError(f"「{workbook.path}」不是勾稽的填报表,不能核对。")
    with foreseen():
        return audited(file, intake.kind, intake.checked.values, intake.path)


def check_format(path: StrPath) -> "tuple[Deviation, ...]":
    """What of a Word document deviates from GB/T 9704-2012; nothing where it conforms."""
    from docgen.official.check import check_document

    file = must_exist(Path(path))
    with foreseen():
        return check_document(file)


def proof_document(path: StrPath, off: Collection[str] = ()) -> "Verdict":
    """What of a Word report contradicts itself, and how much of it is in order.

    `off` names rules that are left out, such as `repeated`; an unknown name is an error.
    """
    from docgen.proof.check import proof_document as proof
    from docgen.proof.check import unknown_rules

    file = must_exist(Path(path))
    if unknown := unknown_rules(off):
        raise GoujiError(f"没有这条规则:{'、'.join(unknown)}")
    with foreseen():
        return proof(file, off)


def may_be_reported(intake: "Intake", *, draft: bool) -> bool:
    """Whether a report can be made: where nothing is wrong, or a draft where anything was read."""
    has_values = bool(intake.checked.values.fields)
    return intake.kind is not None and (intake.checked.is_fit or (draft and has_values))


def _plain(row: "Row") -> "Mapping[str, Value]":
    return MappingProxyType({key: entry.value for key, entry in row.items()})
