"""Fields that contradict themselves, or that name a field or a column which is not there."""

from collections.abc import Iterator, Mapping

from workbook.form.field import COMPUTED, CONVERSIONS, Field
from workbook.form.likely import likely
from workbook.form.model import Form


def field_faults(form: Form) -> Iterator[str]:
    """What is wrong with single fields and columns, each by itself."""
    for field in all_fields(form):
        yield from _own_faults(field)


def all_fields(form: Form) -> Iterator[Field]:
    """Every single field and every column, sheet by sheet."""
    for sheet in form.sheet:
        yield from sheet.fields
        for table in sheet.tables:
            yield from table.column


def _own_faults(field: Field) -> Iterator[str]:
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


def reference_faults(form: Form) -> Iterator[str]:
    """Names of other fields and columns that are not there."""
    for field in form.fields.values():
        yield from _prior_faults(field, form.fields, "表单")
    for table in form.tables.values():
        for column in table.column:
            yield from _prior_faults(column, {c.key: c for c in table.column}, f"表「{table.key}」")
    for field in all_fields(form):
        if field.choices_from and not _is_text_column(form, field.choices_from):
            yield f"「{field.key}」:choices_from 要写“表.文字列”,没有「{field.choices_from}」"


def aside_faults(form: Form) -> Iterator[str]:
    """Only a column that is computed can stand among what the program alone looks at."""
    single = [field for field in form.fields.values() if field.aside]
    columns = (column for table in form.tables.values() for column in table.column)
    for field in (*single, *(one for one in columns if one.aside and not one.compute)):
        yield f"「{field.key}」:aside 只用于表里写了 compute 的列"


def period_faults(form: Form) -> Iterator[str]:
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
