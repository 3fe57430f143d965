"""How workbooks of a kind are summed up: its `consolidate.toml`, and a bureau's own rules."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final

from msgspec import Struct

from workbook.across.rules import AcrossSpec, across_form, prepared_across
from workbook.checking.data_files import KindError, raise_all, shaped, toml
from workbook.checking.kinds import Kind, find_kind
from workbook.form.field import Field
from workbook.form.model import Form

FILE: Final = "consolidate.toml"
# Ranked by where a kind does not say: the first of each that its form has.
_RANKED: Final = (("自评总分", "总分"), ("执行率", "预算执行率"))
_NO_AMOUNTS: Final = ("", "%", "‰", "分", "倍")  # units of what nobody adds up


class TransferSide(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The table in which one side of a transfer stands: the column of the other unit, the amount.

    { table = "拨出", unit = "收款单位", amount = "金额" }
    """

    table: str
    unit: str
    amount: str
    kind: str = ""


class Transfer(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one unit says that it paid to another is what the other says that it received.

    id = "拨付"
    paid = { table = "拨出", unit = "收款单位", amount = "金额" }
    received = { table = "收到", unit = "付款单位", amount = "金额" }
    """

    id: str
    paid: TransferSide
    received: TransferSide
    tolerance: Decimal = Decimal(0)
    advice: str = ""
    source: str = ""


class SummingFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole of `consolidate.toml`.

    `rank` are the figures by which units are ranked, the highest first; None leaves it to their
    names. `chart` is the amount of which the levels' totals are drawn. `of` is said by the kind of
    a consolidated report: whose totals fill its workbook.

        rank = ["自评总分", "执行率"]
        chart = "支出合计"
    """

    rank: tuple[str, ...] | None = None
    chart: str = ""
    of: str = ""
    rule: tuple[AcrossSpec, ...] = ()
    transfer: tuple[Transfer, ...] = ()


class AcrossFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file of rules across units that a bureau writes for itself."""

    rule: tuple[AcrossSpec, ...] = ()
    transfer: tuple[Transfer, ...] = ()


def summing(kind: Kind) -> SummingFile:
    """What a kind says of its sums, checked; raises `KindError` with all that is wrong."""
    path = kind.file(FILE)
    if not path.exists():
        return SummingFile()
    found = shaped(path, toml(path, None), SummingFile)
    raise_all(path, list(_faults(found, kind.form)))
    return found


def across_file(path: Path) -> AcrossFile:
    """A bureau's own rules across units; raises `KindError` for a file that is not in shape."""
    return shaped(path, toml(path, None), AcrossFile)


def ranked(kind: Kind) -> list[Field]:
    """The single figures by which units are ranked, the one that counts first in front."""
    said = summing(kind).rank
    if said is None:
        names = (next((key for key in keys if _is_figure(kind.form, key)), "") for keys in _RANKED)
        said = tuple(filter(None, names))
    return [kind.form.fields[key] for key in said]


def ranked_or_none(name: str, templates: Path | None) -> list[Field]:
    """The same of the kind called `name`; nothing where it is gone or its files are wrong."""
    try:
        return ranked(find_kind(name, templates))
    except KindError:
        return []


def summed_fields(form: Form) -> dict[str, Field]:
    """The figures of a form that may be added up, by the ledger's names; tables by column.

    Rates, scores and years are no amounts; the rows that a form gives may hold totals.
    """
    found = {key: one for key, one in form.fields.items() if is_amount(one)}
    for key, table in form.tables.items():
        if not table.row:
            found |= {f"{key}.{one.key}": one for one in table.column if is_amount(one)}
    return found


def is_amount(field: Field) -> bool:
    """Whether a figure may be added up with those of other units."""
    return field.is_number and field.type != "year" and field.unit not in _NO_AMOUNTS


def _is_figure(form: Form, key: str) -> bool:
    return key in form.fields and form.fields[key].is_number


def _faults(found: SummingFile, form: Form) -> Iterator[str]:
    for key in found.rank or ():
        if not _is_figure(form, key):
            yield f"rank 里的「{key}」不是表单里的数"
    if found.chart and found.chart not in summed_fields(form):
        yield f"chart 里的「{found.chart}」不是表单里可以相加的数"
    if not any(rule.kind or rule.below for rule in found.rule):  # other kinds are seen in use alone
        yield from prepared_across(found.rule, across_form(form, summed_fields(form)))[1]
