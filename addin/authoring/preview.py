"""预览: the form as it stands becomes a kind for a moment, is checked and reported on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import mkdtemp
from typing import Final

import xlwings as xw

from addin.authoring.form import TRIAL, Form, form_of
from addin.open_book.place import local_file
from docgen.adopting.kind import adopt_kind
from docgen.report.given_faults import DataError
from docgen.report.report import make_report, report_name
from docgen.template.model.errors import TemplateError
from workbook.adopting.model import Found
from workbook.checking.check import Checked
from workbook.checking.data_files import BOOK, SAMPLE, KindError
from workbook.checking.fault_lines import with_line
from workbook.checking.intake import take_in
from workbook.checking.kinds import Kind, load_kind
from workbook.checking.search import FORM
from workbook.checking.show import summary
from workbook.files.save import OutputError, save_new, save_over
from workbook.years.beginning import new_workbook

MOST_TOLD: Final = 5  # of each thing that is listed
NOT_FILLED: Final = "表里还没有填数,所以没有核对,也没有报告。想看报告,请在一份填好的表里按“预览”。"


@dataclass(frozen=True, slots=True)
class Preview:
    """What the author is told, and the report that was made, if one was."""

    text: str
    report: Path | None = None


def preview(book: xw.Book) -> Preview:
    """Try the open form; nothing of it changes, and what is made lies in a folder of its own."""
    form = form_of(book)
    if isinstance(form, str):
        return Preview(form)
    folder = Path(mkdtemp(prefix="gouji-"))
    try:
        kind = _own_kind(book, form, folder) or _new_kind(form, folder)
        kind.check()
        return _tried(kind, form.adopted.found, folder)
    except KindError as error:
        faults = [with_line(fault).replace(f"{folder}/", "") for fault in error.faults]
        return Preview("\n".join(["还不能用,请先改:", *_first(faults)]))
    except (DataError, OutputError, TemplateError) as error:
        return Preview(str(error))


def _tried(kind: Kind, found: Found, folder: Path) -> Preview:
    """The kind's workbook filled with its sample, checked and reported on."""
    told = [_counts(kind), *_doubts(found)]
    filled = folder / "填报.xlsx"
    has_sample = kind.file(SAMPLE).exists()
    save_new(filled, new_workbook(kind, sample=has_sample))
    if not has_sample:
        return Preview("\n".join([*told, NOT_FILLED]))
    intake = take_in(filled, kind.folder.parent)
    told += _findings(intake.checked)
    if intake.kind is None or not intake.checked.is_fit:
        return Preview("\n".join([*told, "有错误,没有生成报告。"]))
    path = folder / report_name(intake.kind, intake.checked.values)
    return Preview("\n".join(told), make_report(intake, path).path)


def _own_kind(book: xw.Book, form: Form, folder: Path) -> Kind | None:
    """A copy of the kind whose form.xlsx is open, with the form as it stands; None for others."""
    path = local_file(book)
    if path is None or path.name != BOOK or not (path.parent / FORM).exists():
        return None
    copy = folder / path.parent.name
    copy.mkdir()
    for file in (one for one in path.parent.iterdir() if one.is_file()):
        copyfile(file, copy / file.name)
    save_over(copy / BOOK, form.data)
    return load_kind(copy, path.parent.parent)


def _new_kind(form: Form, folder: Path) -> Kind:
    """What adopting makes of the form."""
    file = folder / "表.xlsx"
    file.write_bytes(form.data)
    made = adopt_kind(folder / "种类" / TRIAL, file)
    if made.faults:
        raise KindError(list(made.faults))
    return load_kind(made.folder)


def _counts(kind: Kind) -> str:
    return (
        f"填报项 {len(kind.form.fields)} 个,明细表 {len(kind.form.tables)} 张,"
        f"规则 {len(kind.rules.rules)} 条。"
    )


def _doubts(found: Found) -> list[str]:
    """Totals that look wrong, and what was not understood."""
    suspects = [f"{one.spot.place} {one.formula}:{one.says}" for one in found.suspects]
    told = [f"可疑的合计 {len(suspects)} 处:", *_first(suspects)] if suspects else []
    return told + (
        [f"没有弄清楚的 {len(found.open)} 处:", *_first(found.open)] if found.open else []
    )


def _findings(checked: Checked) -> list[str]:
    return [f"核对:{summary(checked.findings)}。", *_first([str(one) for one in checked.findings])]


def _first(lines: Sequence[str]) -> list[str]:
    """As many lines as a message box has room for."""
    more = [f"……共 {len(lines)} 处"] if len(lines) > MOST_TOLD else []
    return [*(f"· {line}" for line in lines[:MOST_TOLD]), *more]
