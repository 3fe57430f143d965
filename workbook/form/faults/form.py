"""Everything that is asked of a form beyond its types, and what is asked of it as a whole.

`form_faults(form)` of a form whose table has no columns is `["表「项目」没有列"]`.
"""

import re
from collections.abc import Iterator

from workbook.catalogue.sheets import generated_sheets
from workbook.form.faults.cards import card_faults
from workbook.form.faults.fields import (
    all_fields,
    aside_faults,
    field_faults,
    period_faults,
    reference_faults,
)
from workbook.form.faults.keys import key_faults
from workbook.form.faults.tables import grid_faults, table_faults
from workbook.form.likely import likely
from workbook.form.model import Form
from workbook.form.outline import outline_faults

_EXCELS_SHEETS = ("history", "历史记录")
_WIDE_BRACES = re.compile(r"[｛｝]{1,2}")
_SLOT = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")


def form_faults(form: Form) -> list[str]:
    """What is wrong with a form beyond its types, in words for its author."""
    return [
        *key_faults(form),
        *_sheet_faults(form),
        *field_faults(form),
        *(fault for sheet in form.sheet for fault in grid_faults(sheet)),
        *(fault for table in form.tables.values() for fault in table_faults(table)),
        *_report_name_faults(form),
        *reference_faults(form),
        *aside_faults(form),
        *period_faults(form),
        *(fault for sheet in form.sheet for fault in card_faults(sheet, form)),
        *outline_faults(form),
        *_language_faults(form),
    ]


def _language_faults(form: Form) -> Iterator[str]:
    """What only forms in Chinese have: its words are those of Chinese official reports."""
    if form.language == "zh":
        return
    if form.section:
        yield 'language = "en" 的表单不能写 [[section]]:提纲是中文公文的'
    scored = [table.key for table in form.tables.values() if table.scoring]
    yield from (f'language = "en" 的表单不能打分,表「{key}」写了 scoring' for key in scored)
    fields = {field.key: field for field in all_fields(form)}
    graded = [key for key, field in fields.items() if field.grades]
    yield from (f'language = "en" 的表单不能评等级,「{key}」写了 grades' for key in graded)


def _report_name_faults(form: Form) -> Iterator[str]:
    """A name in report_name that is no field would leave a gap in the file's name."""
    if wide := _WIDE_BRACES.search(form.report_name):
        yield f"report_name 里全角的「{wide[0]}」请改成半角的 {{{{ }}}}"
    for name in _SLOT.findall(form.report_name):
        if name.strip() not in form.fields:
            hint = likely(name.strip(), form.fields)
            yield f"report_name 里的「{name.strip()}」不是表单里的字段{hint}"


def _sheet_faults(form: Form) -> Iterator[str]:
    names = [sheet.name for sheet in form.sheet]
    taken = {one.casefold() for one in generated_sheets(form.language)}
    if not names:
        yield "表单里没有工作表"
    for sheet in form.sheet:
        if not sheet.fields and not sheet.tables and not sheet.card:
            yield f"工作表「{sheet.name}」里没有要填的内容"
    for name in dict.fromkeys(names):
        if not 0 < len(name) <= 31 or _SHEET_FORBIDDEN.search(name):
            yield f"工作表名「{name}」不能用:须为 1 至 31 个字,且不含 [ ] : * ? / \\ '"
        if name.casefold() in _EXCELS_SHEETS:
            yield f"工作表名「{name}」是 Excel 自用的,请换一个"
        is_ours = name.casefold() in taken
        if is_ours or [n.casefold() for n in names].count(name.casefold()) > 1:
            yield f"工作表名「{name}」已被占用,请换一个"
