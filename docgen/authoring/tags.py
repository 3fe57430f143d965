"""All that a template of a kind may name, ready to paste, with what it prints of the sample."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from docgen.report.filters import filters_of
from docgen.report.lint_report import sample_context
from docgen.template.model.text import text_of
from workbook.checking.data_files import KindError
from workbook.checking.kinds import Kind
from workbook.form.field import Field

_MOST = 30  # letters of a value that are shown


def tag_lines(kind: Kind) -> Iterator[str]:
    """Lines such as `{{ 基本支出 }}    195.49 万元  基本支出`, sheet by sheet."""
    context, language = _context(kind), kind.form.language
    one = "row" if language == "en" else "行"
    dated = filters_of(language)["long_date"]
    for sheet in kind.form.sheet:
        yield f"# {sheet.name}"
        for field in sheet.fields:
            yield _line(_tag(field.key, field), context.get(field.key), field, dated)
        for table in sheet.tables:
            rows = context.get(table.key) or [{}]
            yield f"{{%p for {one} in {table.key} %}}    {len(rows)} 行,表格里写 {{%tr for … %}}"
            for column in table.column:
                shown = _line(
                    _tag(f"{one}.{column.key}", column), rows[0].get(column.key), column, dated
                )
                yield f"    {shown}"
            yield "{%p endfor %}"
    yield "# 过滤器,写在名称后面,如 {{ 成文日期|long_date }}"
    yield "、".join(filters_of(language))


def _context(kind: Kind) -> Mapping[str, Any]:
    try:
        return sample_context(kind)
    except KindError:  # a kind may have no sample yet
        return {}


def _tag(name: str, field: Field) -> str:
    if field.type == "date":
        return f"{{{{ {name}|long_date }}}}"
    return f"{{{{ {name}|paragraphs }}}}" if field.type == "paragraphs" else f"{{{{ {name} }}}}"


def _line(tag: str, value: Any, field: Field, dated: Callable[[date], str]) -> str:
    if isinstance(value, date):
        value = dated(value)
    text = " ".join(text_of(value).split()) if value is not None else ""
    shown = text if len(text) <= _MOST else f"{text[:_MOST]}…"
    label = field.name if field.name != field.key else ""
    space = " " if field.unit.isascii() and field.unit.isalpha() else ""
    shown = f"{shown}{space}{field.unit}" if shown else ""
    return "  ".join(part for part in (tag, shown, label) if part)
