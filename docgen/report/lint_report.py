"""A report's template looked over against its form."""

from collections.abc import Sequence
from pathlib import Path

from docgen.importing.sayings import kind_phrases
from docgen.report.context import report_names
from docgen.report.filters import FILTERS
from docgen.template.lint.annotate import annotate_template
from docgen.template.lint.lint import lint, variables
from docgen.template.model.errors import TemplateFault
from workbook.checking.kinds import Kind, find_kind
from workbook.files.save import OutputError, save_new
from workbook.form.outline import SECTIONS


def lint_template(path: Path, kind: str | None, extra: Path | None = None) -> list[TemplateFault]:
    """All faults of a template, with the names unknown to a kind's form where one is given."""
    names = report_names(find_kind(kind, extra).form) if kind else None
    return lint(path, names, filters=FILTERS)


def kind_faults(kind: Kind) -> list[str]:
    """What is wrong with a kind's template; raises `KindError` for its other files."""
    kind.check()
    kind_phrases(kind)
    if not kind.template.exists():
        return [f"{kind.template}:没有 Word 模板"]
    faults = lint(kind.template, report_names(kind.form), filters=FILTERS)
    own = kind.folder / kind.template.name
    hint = "" if kind.template == own else f"(请把这个模板另存为 {own},在那里改)"
    told = [f"{kind.template}:{fault.chinese()}{hint}" for fault in faults]
    if kind.form.section and not faults and not _prints_sections(kind):
        missing = f"表单列了 [[section]],模板里却没有 for 节 in {SECTIONS},各节印不出来"
        told.append(f"{kind.template}:{missing}{hint}")
    return told


def _prints_sections(kind: Kind) -> bool:
    names = variables(kind.template, filters=FILTERS)
    return any(name.startswith(SECTIONS) for name in names)


def save_annotated(template: Path, faults: Sequence[TemplateFault], copy: Path) -> None:
    """Write the template with a Word comment at each fault; raises `OutputError`."""
    if copy.resolve() == template.resolve():
        raise OutputError("批注要写到另一份文件里,请换一个文件名。")
    data = annotate_template(template, faults)
    save_new(copy, lambda path: path.write_bytes(data))
