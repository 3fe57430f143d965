"""A checked workbook turned into its Word report."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.contents.contents import PageFinder, with_contents
from docgen.contents.page_numbers import page_numbers
from docgen.manifest.keeping import numbered
from docgen.manifest.writing import traces_said
from docgen.report.context import figure_sources, report_context
from docgen.report.outline import page_rows, section_rows
from docgen.report.own_functions import filters_of, own_names
from docgen.report.rounding_note import rounding_note
from docgen.template.template import LIMITS, Closing, compile_template
from docgen.template.write.render import Limits
from workbook.catalogue.reports import DRAFT_FILE, REPORT_FILE, ROUNDING_NOTE
from workbook.checking.data_files import KindError
from workbook.checking.intake import Intake
from workbook.checking.kinds import Kind
from workbook.files.names import file_name
from workbook.files.save import save_over
from workbook.form.model import Form
from workbook.form.outline import PAGES, SECTIONS
from workbook.reading.values import Values
from workbook.rules.model import SLOT
from workbook.rules.wording import fill_in


@dataclass(frozen=True, slots=True)
class Made:
    """A written report, and where the one that it replaced is kept."""

    path: Path
    backup: Path | None


def make_report(
    intake: Intake,
    out: Path | None = None,
    *,
    draft: bool = False,
    kept_in: Path | None = None,
    pages: PageFinder = page_numbers,
) -> Made:
    """Write the report; a draft says so on every page.

    Its manifest is kept beside the workbook, or `kept_in` another folder that is there.
    Raises `TemplateError` when the template is faulty, `OutputError` when the file cannot be
    written, `KindError` when the kind has no template. The caller has looked at the findings.
    """
    assert intake.kind is not None
    values = intake.checked.values
    path = out or intake.path.with_name(report_name(intake.kind, values, draft=draft))
    document = render_report(intake.kind, values, draft=draft)
    workbook = intake.path  # which has no folder while it was never saved
    folder = kept_in or (workbook if workbook.exists() else path).parent
    document = numbered(with_contents(document, pages), folder)
    return Made(path, save_over(path, document, language=intake.kind.form.language))


def render_report(kind: Kind, values: Values, *, draft: bool = False) -> bytes:
    """The report as the bytes of a .docx file, in which every figure still knows its cell."""
    document = rendering(kind, values, draft=draft, closing=traces_said)(LIMITS)
    if not draft:
        return document
    from docgen.report.draft import mark_draft  # noqa: PLC0415 - brings python-docx, which costs start-up

    return mark_draft(document, kind.form.language)


def rendering(
    kind: Kind, values: Values, *, draft: bool, closing: Closing | None = None
) -> Callable[[Limits], bytes]:
    """What gives the report within limits, a draft without the word 草稿 across its pages.

    `closing` gives what its manifest says at its end; who compares the report needs none of it.
    """
    if not kind.template.exists():
        raise KindError([f"{kind.name} 没有 Word 模板({kind.template})"])
    template = compile_template(
        kind.template, filters=filters_of(kind.form), markers=True, kept=True
    )
    context = context_of(kind, values, draft=draft)
    about, sources = about_report(kind, values, draft=draft), figure_sources(values)
    return lambda limits: template.render(
        context, sources=sources, about=about, limits=limits, closing=closing
    )


def about_report(kind: Kind, values: Values, *, draft: bool) -> dict[str, str]:
    """What a report says of itself: kind, state of the form, template, whose and which year's."""
    return {
        "kind": kind.name,
        "form": kind.state,
        "template": sha256(kind.template.read_bytes()).hexdigest()[:16],
        "name": report_name(kind, values),
        "whose": json.dumps(_whose(kind.form, values), ensure_ascii=False),
        "draft": "1" if draft else "",
        **({} if kind.form.language == "zh" else {"language": kind.form.language}),
    }


def _whose(form: Form, values: Values) -> dict[str, str]:
    """What tells unit and year: the fields of the report's name, and the names that they stand for.

    `{"年度": "2022", "单位简称": "区统战部", "单位名称": "中共某区委统战部"}`.
    """
    keys = [match[1].strip() for match in SLOT.finditer(form.report_name)]
    keys += [form.fields[key].default for key in keys if key in form.fields]
    return {key: fill_in(f"{{{{ {key} }}}}", values) for key in keys if key in form.fields}


def context_of(kind: Kind, values: Values, *, draft: bool = False) -> dict[str, Any]:
    """All that a report's template can name."""
    context = {**own_names(kind.form), **report_context(values, draft=draft)}
    context[ROUNDING_NOTE(kind.form.language)] = rounding_note(values, kind.rules)
    return context | {
        SECTIONS: section_rows(kind.form, values, context),
        PAGES: page_rows(kind.form, values, context),
    }


def report_name(kind: Kind, values: Values, *, draft: bool = False) -> str:
    """The report's file name, from the form's pattern."""
    language = kind.form.language
    ending = f"{DRAFT_FILE(language) if draft else ''}.docx"
    words = fill_in(kind.form.report_name or kind.form.title, values)
    return (
        file_name(words, ending)
        or file_name(kind.form.title, ending)
        or f"{REPORT_FILE(language)}{ending}"
    )
