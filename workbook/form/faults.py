"""What is wrong with a form beyond its types, in words for its author.

`form_faults(form)` of a form whose table has no columns is `["表「项目」没有列"]`.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from workbook.catalogue.model import Language
from workbook.catalogue.reports import ROUNDING_NOTE
from workbook.catalogue.sheets import (
    ROW_ORDER,
    ROW_USED,
    ROW_VERDICT,
    generated_names,
    generated_sheets,
)
from workbook.form.card_faults import card_faults
from workbook.form.model import (
    COMPUTED,
    CONVERSIONS,
    Field,
    Form,
    Grid,
    Sheet,
    Table,
)
from workbook.form.outline import PAGES, SECTIONS, outline_faults

MOST_LETTERS = 200  # of a key; Excel's names end at 255, and ours put a word before some
# Excel reads R, C and R1C1 as addresses too, whatever style of references is set.
_CELL_LIKE = re.compile(r"[A-Za-z]{1,3}\d{1,7}|[RrCc]|[Rr]\d*[Cc]\d*")
# Names that Excel keeps for itself, and a sheet's that it does not give away.
_EXCELS = frozenset((
    "print_area", "print_titles", "criteria", "database", "extract", "consolidate_area",
    "sheet_title", "auto_open", "auto_close", "auto_activate", "auto_deactivate", "recorder",
    "data_form",
))  # fmt: skip
_EXCELS_SHEETS = ("history", "历史记录")
_WIDE_BRACES = re.compile(r"[｛｝]{1,2}")
_WORDS = frozenset(  # of the language of rules and templates
    ("and", "or", "not", "if", "else", "elif", "for", "in", "is", "none", "true", "false")
)
_SLOT = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")


def form_faults(form: Form) -> list[str]:
    """What is wrong with a form beyond its types, in words for its author."""
    return [
        *_name_faults(form),
        *_sheet_faults(form),
        *(fault for field in _all_fields(form) for fault in _field_faults(field)),
        *(fault for sheet in form.sheet for fault in _grid_faults(sheet)),
        *(fault for table in form.tables.values() for fault in _table_faults(table)),
        *_report_name_faults(form),
        *_reference_faults(form),
        *_aside_faults(form),
        *_period_faults(form),
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
    fields = {field.key: field for field in _all_fields(form)}
    graded = [key for key, field in fields.items() if field.grades]
    yield from (f'language = "en" 的表单不能评等级,「{key}」写了 grades' for key in graded)


def likely(name: str, known: Collection[str]) -> str:
    """`,是不是「…」` where one of the known names looks like it."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a fault pays for it

    near = get_close_matches(name, sorted(known), 1, cutoff=0.5)
    return f",是不是「{near[0]}」?" if near else ""


def _all_fields(form: Form) -> Iterator[Field]:
    for sheet in form.sheet:
        yield from sheet.fields
        for table in sheet.tables:
            yield from table.column


def _name_faults(form: Form) -> Iterator[str]:
    """Fields and tables share Excel's one namespace of names, which ignores case."""
    seen: set[str] = set()
    single = [f.key for sheet in form.sheet for f in sheet.fields]
    tables = [t.key for sheet in form.sheet for t in sheet.tables]
    for key in (*single, *tables):
        if key.casefold() in seen:
            yield f"「{key}」重复:字段和表的 key 在整张表单里只能出现一次"
        seen.add(key.casefold())
    columns = {c.key for t in form.tables.values() for c in t.column}
    own = {one(form.language) for one in (ROW_VERDICT, ROW_ORDER, ROW_USED)}
    for key in sorted(columns & own | {*single, *tables} & _of_templates(form)):
        yield f"「{key}」不能作 key:程序自己要用这个名字"
    for key in {*single, *tables, *columns}:
        if not key.isidentifier() or key.startswith("_") or len(key) > MOST_LETTERS:
            yield (
                f"「{key}」不能作 key:只能用汉字、字母、数字和下划线,"
                f"不以数字或下划线开头,最多 {MOST_LETTERS} 个字{_without_signs(key)}"
            )
        elif key.casefold() in _WORDS:
            yield f"「{key}」不能作 key:它在规则和模板里是语法用的词,请换一个名字"
        elif is_cell_like(key, form.language):
            yield f"「{key}」不能作 key:Excel 会把它当成单元格地址,或是 Excel 和程序自用的名称"


def _of_templates(form: Form) -> set[str]:
    """What the program itself gives a template."""
    return {SECTIONS, PAGES, ROUNDING_NOTE(form.language)}


def is_cell_like(key: str, language: Language = "zh") -> bool:
    """Whether Excel takes a key for a cell's address or a name of its own, or the program does."""
    is_excels = _CELL_LIKE.fullmatch(key) is not None or key.casefold() in _EXCELS
    return is_excels or key.casefold().startswith(generated_names(language))


def _without_signs(key: str) -> str:
    """The key that was meant by one with blanks, or with its unit behind it; "" where none is."""
    bare = re.sub(r"\W", "", re.sub(r"[(（\[【].*", "", key))
    is_key = bare.isidentifier() and bare != key and not bare.startswith("_")
    return f',是不是「{bare}」?印在表上的字写在 label 里,如 label = "{key}"' if is_key else ""


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


def _field_faults(field: Field) -> Iterator[str]:
    if (field.type == "choice") != bool(field.choices):
        yield f"「{field.key}」:choice 类型要写 choices,其他类型不写"
    limits = (field.decimals, field.min, field.max)
    if not field.is_number and any(limit is not None for limit in limits):
        yield f"「{field.key}」:只有数字类型才有 decimals、min、max"
    if field.signed and (field.type != "number" or field.min is not None):
        yield f"「{field.key}」:signed 只用于没有写 min 的 number"
    if field.year != "reported" and field.type != "date":
        yield f"「{field.key}」:只有日期类型才有 year"
    if field.min is not None and field.max is not None and field.min > field.max:
        yield f"「{field.key}」:min 大于 max,什么数都填不进去"
    if field.empty == "zero" and (field.required or not field.is_number):
        yield f'「{field.key}」:empty = "zero" 只用于可不填(required = false)的数字'
    if field.compute and (field.type not in COMPUTED or field.choices or field.choices_from):
        yield f"「{field.key}」:写了 compute 的只能是数字或文字,也没有可选的内容"
    if field.default and field.type not in (*COMPUTED, "choice"):
        yield f"「{field.key}」:写了 default 的只能是数字、文字或选项"
    if field.default and (field.compute or field.prior):
        yield f"「{field.key}」:default 和 compute、prior 只写一个"
    units = (field.unit, field.printed_unit)
    if field.printed_unit and not (field.is_number and units in CONVERSIONS):
        yield f'「{field.key}」:printed_unit 只用于 unit = "元" 而印 "万元" 的数字'
    if field.printed_decimals is not None and not field.is_number:
        yield f"「{field.key}」:只有数字类型才有 printed_decimals"


def _reference_faults(form: Form) -> Iterator[str]:
    """Names of other fields and columns that are not there."""
    for field in form.fields.values():
        yield from _prior_faults(field, form.fields, "表单")
    for table in form.tables.values():
        for column in table.column:
            yield from _prior_faults(column, {c.key: c for c in table.column}, f"表「{table.key}」")
    for field in _all_fields(form):
        if field.choices_from and not _is_text_column(form, field.choices_from):
            yield f"「{field.key}」:choices_from 要写“表.文字列”,没有「{field.choices_from}」"


def _aside_faults(form: Form) -> Iterator[str]:
    single = [field for field in form.fields.values() if field.aside]
    columns = (column for table in form.tables.values() for column in table.column)
    for field in (*single, *(one for one in columns if one.aside and not one.compute)):
        yield f"「{field.key}」:aside 只用于表里写了 compute 的列"


def _period_faults(form: Form) -> Iterator[str]:
    """A form of quarters or months has one cell that tells which."""
    told = [field for field in form.fields.values() if field.period]
    if form.period == "year":
        yield from (f"「{one.key}」:period 只用于 period 不是 year 的表单" for one in told)
    elif len(told) != 1:
        yield f'period = "{form.period}" 的表单要有一个字段写 period = true,说是哪一期'
    for one in told:
        if one.type not in ("integer", "text", "choice") or one.compute or one.prior:
            yield f"「{one.key}」:period 只用于要填的整数、文字或选项"
    columns = (column for table in form.tables.values() for column in table.column)
    for one in (column for column in columns if column.period):
        yield f"「{one.key}」:period 只用于单个的格子"


def _prior_faults(field: Field, among: Mapping[str, Field], where: str) -> Iterator[str]:
    """What is wrong with the figure of last year that a field takes over."""
    if not field.prior:
        return
    source = among.get(field.prior)
    if source is None:
        hint = likely(field.prior, among.keys() - {field.key})
        yield f"「{field.key}」:{where}里没有 prior 写的「{field.prior}」{hint}"
    elif not (field.is_number and source.is_number):
        yield f"「{field.key}」:prior 要写一个数字字段"
    elif field.unit != source.unit or not _has_room(field, source):
        yield f"「{field.key}」:单位要与 prior 写的「{field.prior}」相同,小数位不能比它少"
    if field.carry is not None:
        yield f"「{field.key}」:prior 和 carry 只写一个"


def _has_room(field: Field, source: Field) -> bool:
    """Whether every figure of `source` has no more decimals than `field` may have."""
    return field.places is None or (source.places is not None and source.places <= field.places)


def _is_text_column(form: Form, path: str) -> bool:
    table, _, column = path.partition(".")
    return table in form.tables and any(
        one.key == column and one.type == "text" for one in form.tables[table].column
    )


def _grid_faults(sheet: Sheet) -> Iterator[str]:
    for grid in (block for block in sheet.block if isinstance(block, Grid)):
        columns = {column.key for column in grid.column}
        for row in grid.row:
            for name in {*row.only, *row.cells} - columns:
                yield f"「{grid.title}」的行「{row.key}」写了没有的列「{name}」"


def _table_faults(table: Table) -> Iterator[str]:
    columns = {c.key for c in table.column}
    if not columns:
        yield f"表「{table.key}」没有列"
    if len({key.casefold() for key in columns}) < len(table.column):
        yield f"表「{table.key}」的列名有重复"
    named = [table.row_name] if table.row_name else []
    if table.quote_as:
        named += [table.quote_as.name, table.quote_as.value]
    for name in named:
        if name not in columns:
            hint = likely(name, columns)
            yield f"表「{table.key}」没有列「{name}」(写在 row_name 或 quote_as 里){hint}"
    for name in table.together:
        if name not in columns:
            yield f"表「{table.key}」没有列「{name}」(写在 together 里)"
    if table.row and (table.together or table.follows):
        yield f"表「{table.key}」给定了行,不写 together,default 里也不写 above"
    yield from _given_faults(table, columns)


def _given_faults(table: Table, columns: set[str]) -> Iterator[str]:
    for number, row in enumerate(table.row, start=1):
        for name in {*row.given, *row.compute} - columns:
            yield f"表「{table.key}」第 {number} 行写了没有的列「{name}」"
        for column in table.column:
            if column.key in row.given and not column.takes(row.given[column.key]):
                yield f"表「{table.key}」第 {number} 行给「{column.key}」的值类型不对"
        for name in row.given.keys() & row.compute.keys():
            yield f"表「{table.key}」第 {number} 行的「{name}」既给定又计算"
    names = [str(row.given.get(table.row_name, "")).strip() for row in table.row]
    if "" in names or len(set(names)) < len(names):
        yield f"表「{table.key}」给定的每一行都要有自己的 row_name"
    if table.row and any(c.key == table.row_name and c.type != "text" for c in table.column):
        yield f"表「{table.key}」给定了行,row_name 要是一个文字列"
