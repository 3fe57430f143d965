"""Rules across units: a bureau's own figures beside those of the units below it.

A rule is written in the language of all rules. What it may name are the fields and tables of the
bureau's own workbook, and the tables 下级 and 全部下级, a row for each unit that stands right
below, or anywhere below: `支出合计 == sum(下级.支出合计)`.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from workbook.form.field import Field, Fields
from workbook.form.model import Form, Sheet
from workbook.form.table import Table
from workbook.rules.model import RuleFile, RuleSet, RuleSpec
from workbook.rules.prepare import prepare_rules

BELOW, ALL_BELOW = "下级", "全部下级"
UNIT, CODE = "单位", "代码"  # columns of these tables, unless the form itself has such fields


class AcrossSpec(RuleSpec, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rule across units; `kind` is that of the bureau's workbook, `below` that of the others.

    [[rule]]
    id = "汇总等于下级之和"
    claim = "支出合计 == sum(下级.支出合计)"
    """

    kind: str = ""
    below: str = ""


def across_form(head: Form, amounts: Mapping[str, Field], below: Form | None = None) -> Form:
    """What a rule across units may name, as a form; `amounts` are those that the units add up.

    Those of tables stand in 下级 as 项目_金额, the sum of the column.
    """
    own = [_plain(one) for one in head.fields.values()]
    tables = [
        _plain_table(one) for one in head.tables.values() if one.key not in (BELOW, ALL_BELOW)
    ]
    columns = tuple(_columns(below or head, amounts))
    tables += [
        Table(key=key, title=key, column=columns, row_name=UNIT) for key in (BELOW, ALL_BELOW)
    ]
    block = Fields(title=head.title, field=tuple(own))
    return Form(
        kind=head.kind,
        version=head.version,
        title=head.title,
        sheet=(Sheet(name=head.title, block=(block, *tables)),),
    )


def prepared_across(specs: Sequence[AcrossSpec], form: Form) -> tuple[RuleSet, list[str]]:
    """The rules that can be judged, and what is wrong with the others, for their author."""
    return prepare_rules(RuleFile(tuple(specs)), form)


def _columns(form: Form, amounts: Mapping[str, Field]) -> Iterator[Field]:
    for key in (UNIT, CODE):
        if key not in form.fields:
            yield Field(key=key, type="text", required=False)
    for key, one in form.fields.items():
        yield replace(_plain(one), empty="zero" if key in amounts else one.empty)
    for key, one in amounts.items():
        table, _, column = key.partition(".")
        if column and f"{table}_{column}" not in form.fields:
            yield replace(_plain(one), key=f"{table}_{column}", empty="zero")


def _plain(field: Field) -> Field:
    """A field as it stands in a ledger: whatever gave the figure, it is there or it is not."""
    return replace(
        field, compute="", default="", grades=None, choices_from="", year="any", prior=""
    )


def _plain_table(table: Table) -> Table:
    columns = tuple(_plain(column) for column in table.column)
    return replace(table, column=columns, row=(), scoring=None, quote_as=None, together=())
