"""A report's template looked over against its form."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from docgen.importing.said.sayings import kind_phrases
from docgen.report.context import report_names
from docgen.report.filters import FILTERS
from docgen.report.filters import filters_of as filters_in
from docgen.report.given import data_paths, read_data
from docgen.report.own_functions import Filters, filters_of, own_names
from docgen.report.report import context_of
from docgen.template import compile_sound_parts, compile_template
from docgen.template.lint.annotate import annotate_template
from docgen.template.lint.lint import compared, lint, variables
from docgen.template.lint.tried import data_faults
from docgen.template.model.errors import TemplateError, TemplateFault
from docgen.template.template import Template
from workbook.across.summing import summing
from workbook.catalogue.model import Language
from workbook.checking.check import Checked, check
from workbook.checking.data_files import FUNCTIONS, SAMPLE, KindError
from workbook.checking.kind_files import shape_faults_beside
from workbook.checking.kinds import TEMPLATE, Kind, find_kind
from workbook.checking.search import FORM
from workbook.files.save import must_be_another, save_new
from workbook.findings.model import Severity
from workbook.form.model import Form
from workbook.form.outline import ADDED, OUTLINE, PAGES, SECTIONS
from workbook.form.sections import HEADINGS, PAGE, Section
from workbook.reading.saved import SavedBook
from workbook.xlsx.book import Book
from workbook.xlsx.package import Package
from workbook.years.beginning import new_workbook

_WORD: Final = re.compile(r"[^\W\d]\w*")


def lint_template(
    path: Path, kind: str | None, extra: Path | None = None, data: Path | None = None
) -> list[TemplateFault]:
    """All faults of a template, with what shows only when it is filled.

    It is filled with `data`, or with the sample of the kind, whose form says which names there are.
    """
    if data is not None:
        context = read_data(data, extra)
        return _tried(path, data_paths(context), context, FILTERS)
    if kind is None:
        return lint(path, filters=FILTERS)
    found = find_kind(kind, extra)
    names, filters = names_of(found.form), filters_of(found.form)
    try:
        context = sample_context(found)
    except KindError:  # a kind may have no sample yet
        return lint(path, names, filters=filters)
    return _tried(path, names, context, filters)


def names_of(form: Form) -> list[str]:
    """All that a template of a kind may name, the functions of its own among them."""
    return [*report_names(form), *own_names(form)]


def _tried(
    path: Path, names: Sequence[str], context: Mapping[str, Any], filters: Filters
) -> list[TemplateFault]:
    """The faults that a template has by itself and with data, each place and tag once."""
    faults = lint(path, names, filters=filters)
    try:
        template = compile_sound_parts(path, filters=filters).template
    except TemplateError:  # which was told
        return faults
    known = {(fault.where, fault.tag) for fault in faults}
    shown = data_faults(template, context)
    return [*faults, *(fault for fault in shown if (fault.where, fault.tag) not in known)]


def _template(kind: Kind) -> Template:
    return compile_template(kind.template, filters=filters_of(kind.form))


def sample_context(kind: Kind) -> dict[str, Any]:
    """What the example of a kind gives a template to name."""
    return context_of(kind, checked_sample(kind).values)


def checked_sample(kind: Kind) -> Checked:
    """The example of a kind, checked as a clerk's workbook is."""
    book = SavedBook(Book(Package.of(new_workbook(kind, sample=True))))
    return check(book.snapshot(kind.form), kind.form, kind.rules)


def kind_faults(kind: Kind) -> list[str]:
    """What is wrong with a kind's template; raises `KindError` for its other files."""
    kind.check()
    kind_phrases(kind)
    summing(kind)
    if not kind.template.exists():
        return [f"{kind.template}:没有 Word 模板"]
    faults = lint(kind.template, names_of(kind.form), filters=filters_of(kind.form))
    own = kind.folder / kind.template.name
    hint = "" if kind.template == own else f"(请把这个模板另存为 {own},在那里改)"
    told = [f"{kind.template}:{fault.chinese()}{hint}" for fault in faults]
    if kind.form.section and not faults:
        found = _section_faults(kind, is_own=kind.template == own)
        told += [f"{kind.template}:{fault}{hint}" for fault in found]
    if not faults and any(layer.content(SAMPLE) for layer in kind.layers):
        told += _sample_faults(kind)
    return told


def faults_beside_form(folder: Path) -> list[str]:
    """What is wrong with a kind's other files by themselves, where its form is faulty.

    Of the template that is how its tags are written; filters of its own only the form could name.
    """
    found, template = shape_faults_beside(folder), folder / TEMPLATE
    form = folder / FORM
    if template.exists() and form.exists() and FUNCTIONS not in form.read_bytes():
        every = {**filters_in("en"), **filters_in("zh")}  # which language is it? the form knows
        faults = lint(template, filters=every)
        found += [f"{template}:{fault.chinese()}" for fault in faults]
    return found


def faults_beside_rules(kind: Kind) -> list[str]:
    """What is wrong with a kind's template, where its rules or its sample are faulty."""
    if not kind.template.exists():
        return []
    faults = lint(kind.template, names_of(kind.form), filters=filters_of(kind.form))
    return [f"{kind.template}:{fault.chinese()}" for fault in faults]


_NOT_CALCULATED = "formula-unsaved"  # of a bureau's own formula, which only Excel knows


def _sample_faults(kind: Kind) -> Iterator[str]:
    """What a clerk would be told of the sample, and where the template fails when it is filled."""
    checked = checked_sample(kind)
    yield from untrue(kind, checked)
    context = context_of(kind, checked.values)
    for fault in data_faults(_template(kind), context):
        yield f"{kind.template}:填上样例后,{fault.chinese()}"


def untrue(kind: Kind, sample: Checked) -> Iterator[str]:
    """The errors that a check finds in a kind's own example."""
    for one in sample.findings:
        if one.severity is Severity.ERROR and one.code != _NOT_CALCULATED:
            key = next((k for k, e in sample.values.fields.items() if e.place == one.place), "")
            whose = f"「{key}」" if one.place and key else ""
            yield f"{kind.file(SAMPLE)}:样例自己就不相符:{whose}{one}"


def unprinted(kind: Kind) -> list[str]:
    """The fields and tables that are neither printed nor used for anything else, by key."""
    names = variables(kind.template, filters=filters_of(kind.form))
    said = {path.partition(".")[0].partition("[")[0] for path in names}
    said |= {key for one in kind.form.section for key in one.asked}
    columns = [column for table in kind.form.tables.values() for column in table.column]
    texts = [one.formula for one in (*kind.form.fields.values(), *columns)]
    texts += [one.choices_from for one in (*kind.form.fields.values(), *columns)]
    texts += [one.text for one in kind.form.section]
    texts += [text for one in kind.rules.rules for text in (one.spec.claim, one.spec.when)]
    said |= {word for text in texts for word in _WORD.findall(text or "")}
    keys = (*kind.form.fields, *kind.form.tables)
    return [key for key in keys if key not in said and key not in (OUTLINE, ADDED)]


def _section_faults(kind: Kind, *, is_own: bool) -> Iterator[str]:
    """What of a form's sections the template does not print, and what it prints that is none.

    The template of another kind may know sections that an overlay has dropped.
    """
    names = set(variables(kind.template, filters=filters_of(kind.form)))
    for name, word, is_asked in (
        (SECTIONS, "节", True),
        (PAGES, "页", any(one.level == PAGE for one in kind.form.section)),
    ):
        if is_asked and not any(path.startswith(name) for path in names):
            yield f"表单列了 [[section]],模板里却没有 for {word} in {name},各节印不出来"
            return
    known = {one.key for one in kind.form.section}
    printed = compared(_template(kind), "内容")
    if is_own:
        for key in (one for one in printed if one not in known):
            yield f'模板里写着 内容 == "{key}",表单里没有 key 是「{key}」的 [[section]]'
    for section in _of_the_template(kind.form.section):
        if section.key not in printed:
            yield (
                f'[[section]]「{section.key}」没有 text,模板里也没有 内容 == "{section.key}",'
                "这一节印不出内容"
            )
    told = {key for one in kind.form.section for key in one.asked}
    for field in kind.form.fields.values():
        is_due = field.type == "paragraphs" and field.is_due
        if is_due and field.key not in names | told:
            yield f"「{field.key}」必填,却没有一节印它,模板里也没有:请在表单里去掉它,或印出来"


def _of_the_template(sections: Sequence[Section]) -> Iterator[Section]:
    """The sections whose content only the template can say: no text, and nothing under them."""
    for one, after in zip_longest(sections, sections[1:]):
        depth = HEADINGS.index(one.level) if one.level in HEADINGS else len(HEADINGS)
        under = after is not None and after.level not in HEADINGS and one.level in HEADINGS
        is_higher = after is not None and (
            after.level in HEADINGS and HEADINGS.index(after.level) > depth
        )
        if not (one.text or one.written or one.empty or under or is_higher):
            yield one


def save_annotated(
    template: Path, faults: Sequence[TemplateFault], copy: Path, language: Language
) -> None:
    """Write the template with a Word comment at each fault; raises `OutputError`."""
    must_be_another(copy, template)
    data = annotate_template(template, faults, language)
    save_new(copy, data, language)
