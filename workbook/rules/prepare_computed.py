"""The expressions of cells that nobody types, checked against the form and put in order."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from workbook.amounts.one_unit import must_be_of_one_unit
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.language.expression import Expression
from workbook.language.functions import Above
from workbook.language.inputs import inputs_of
from workbook.language.model import ExpressionError, Leaf, Scope, Type
from workbook.language.own_functions import is_own
from workbook.language.parsing import parse
from workbook.rules.computed import Computed


def prepare_computed(form: Form) -> tuple[tuple[Computed, ...], list[str]]:
    """The computed cells, each behind what it reads, and what is wrong with the others."""
    found: list[Computed] = []
    faults: list[str] = []
    for field, table, number in _wanted(form):
        try:
            found.append(_prepare(field, form, table, number))
        except ExpressionError as fault:
            where = f"{table.key}.{field.key}" if table else field.key
            kind = "compute" if field.compute else "default"
            faults.append(f"「{where}」的 {kind}:{fault}")
    try:
        return tuple(_ordered(found)), faults
    except CycleError as error:
        ring = " → ".join(f"「{key}」" for key in error.args[1])
        faults.append(f"compute 互相引用,算不出来:{ring}。请改掉其中一个")
        return (), faults


def _wanted(form: Form) -> Iterator[tuple[Field, Table | None, int | None]]:
    for field in form.fields.values():
        if field.formula:
            yield field, None, None
    for table in form.tables.values():
        for column in table.column:
            own = [(n, table.cell(column, n)) for n in range(len(table.row))]
            if any(cell is not column for _, cell in own):
                yield from ((cell, table, n) for n, cell in own if cell.formula)
            elif column.formula:
                yield column, table, None


def _prepare(field: Field, form: Form, table: Table | None, number: int | None) -> Computed:
    scope = row_scope(form, table, number) if table else form_scope(form)
    tree = parse(field.formula, scope, may_be_blank=bool(field.default))
    _check_above(tree, field)
    if is_own(tree):
        raise ExpressionError(f"「{field.formula}」:自己的函数没有 Excel 公式,只用在规则和模板里")
    if tree.type is not (Type.NUMBER if field.is_number else Type.TEXT):
        raise ExpressionError(f"「{field.formula}」的结果类型({tree.type})与字段不符")
    must_be_of_one_unit(tree, Leaf(field, table.key if table else ""))
    return Computed(field, tree, inputs_of([tree]), table, number, form.language)


def _check_above(tree: Expression, field: Field) -> None:
    """A cell above is only read by the default of its own column: it goes from row to row."""
    read = [part.column.key for part in tree.walk() if isinstance(part, Above)]
    if any(key != field.key or not field.default for key in read):
        raise ExpressionError("above 只写在这一列自己的 default 里")


def form_scope(form: Form) -> Scope:
    """The names of a form: its single fields, its tables, and the kind's own functions."""
    return Scope(form.fields, form.tables, functions=form.functions)


def row_scope(form: Form, table: Table, number: int | None = None) -> Scope:
    """The names on a row of `table`: its columns come first, then the form's fields and tables.

    With `number` the columns are as the given row of that number, from 0, has them.
    """
    columns = {
        column.key: table.read_as(column) if number is None else table.cell(column, number)
        for column in table.column
    }
    others = {key: other for key, other in form.tables.items() if key not in columns}
    return Scope({**form.fields, **columns}, others, table, form.functions)


def _ordered(found: list[Computed]) -> Iterator[Computed]:
    """Raises `CycleError`."""
    by_key: dict[str, list[Computed]] = {}
    for one in found:
        by_key.setdefault(one.key, []).append(one)
    order = TopologicalSorter({key: _needs(cells, by_key) for key, cells in by_key.items()})
    for key in order.static_order():
        yield from by_key[key]


def _needs(cells: list[Computed], by_key: dict[str, list[Computed]]) -> list[str]:
    """What they read, in the order of the expressions: that of a set differs from run to run."""
    return list(dict.fromkeys(k for cell in cells for k in cell.reads() if k in by_key))
