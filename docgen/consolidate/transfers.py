"""Transfers matched: what one unit says that it paid to another, and what the other received."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from docgen.batch.units import Units, folded, unit_key
from docgen.consolidate.across import Across, Result, Told, unasked
from docgen.consolidate.model import EXACT, Group, Part
from docgen.report.given_faults import DataError
from workbook.across.summing import Transfer, TransferSide
from workbook.form.model import Form
from workbook.reading.values import shown


class _Pair(NamedTuple):
    """Who paid and who received, by what they are known."""

    payer: str
    payee: str


@dataclass(slots=True)
class _Amounts:
    """What one side says of its pairs: the sum, and the rows in which it stands."""

    sums: dict[_Pair, Decimal] = field(default_factory=dict)
    rows: dict[_Pair, list[str]] = field(default_factory=dict)

    def add(self, pair: _Pair, amount: Decimal, row: str) -> None:
        self.sums[pair] = EXACT.add(self.sums.get(pair, Decimal(0)), amount)
        self.rows.setdefault(pair, []).append(row)


def told_transfers(transfer: Transfer, default: str, across: Across) -> Iterator[Told]:
    """Each pair of units of which the two sides differ, or one side cannot be asked.

    Raises `KindError` for a table or column that the form has not got.
    """
    kinds = [side.kind or default for side in (transfer.paid, transfer.received)]
    known = {one.kind.name for one in across.found.groups}
    if missing := [kind for kind in kinds if kind not in known]:
        yield unasked(transfer.id, missing[0])
        return
    periods = {one.period for one in across.found.groups if one.kind.name in kinds}
    for period in sorted(periods):
        groups = [across.group(kind, period) for kind in kinds]
        yield from _matched(transfer, groups, across)


def _matched(transfer: Transfer, groups: list[Group | None], across: Across) -> Iterator[Told]:
    parts = [one.parts if one else () for one in groups]
    books = [_Directory(across.units, one) for one in parts]
    paid, received = _Amounts(), _Amounts()
    for part in parts[0]:
        yield from _gather(transfer, transfer.paid, part, paid, (books[1], across))
    for part in parts[1]:
        yield from _gather(transfer, transfer.received, part, received, (books[0], across))
    for pair in sorted(paid.sums.keys() | received.sums.keys()):
        yield _compared(transfer, pair, (paid, received), books)


def _gather(
    transfer: Transfer,
    side: TransferSide,
    part: Part,
    amounts: _Amounts,
    asked: "tuple[_Directory, Across]",
) -> Iterator[Told]:
    """Add what a workbook says to the amounts; what names nobody who can be asked is told."""
    book, across = asked
    path = part.entry.path or ""
    rows = across.ledger.rows(path, side.table)
    for number, row in enumerate(rows, start=1):
        words, amount = row.get(side.unit, ""), row.get(side.amount)
        if not words or amount is None:
            continue
        where = f"{path} {side.table}第 {number} 行"
        other, doubt = book.find(words)
        if doubt:
            told = f"{side.unit}「{words}」{doubt},这笔 {amount} 没有核对"
            todo = "请核对单位名称" if other is None else ""
            yield Told(transfer.id, Result.UNCHECKED, part.entry.unit, where, told, todo)
        elif other is not None:
            is_payer = side is transfer.paid
            pair = _Pair(part.key, other) if is_payer else _Pair(other, part.key)
            amounts.add(pair, Decimal(amount), where)


def _compared(
    transfer: Transfer,
    pair: _Pair,
    sides: tuple[_Amounts, _Amounts],
    books: "Sequence[_Directory]",
) -> Told:
    paid, received = (one.sums.get(pair, Decimal(0)) for one in sides)
    gap = abs(EXACT.subtract(paid, received))
    payer, payee = books[0].name(pair.payer), books[1].name(pair.payee)
    is_tied = gap <= transfer.tolerance
    where = "、".join(row for one in sides for row in one.rows.get(pair, ()))
    if is_tied:
        what = f"拨给{payee} {shown(paid)},{payee}也收到 {shown(received)}"
        return Told(transfer.id, Result.TIES, payer, where, what, "", transfer.source)
    what = (
        f"拨给{payee} {_said(sides[0], pair)},{payee}收到 {_said(sides[1], pair)},差 {shown(gap)}"
    )
    todo = transfer.advice.rstrip("。") or "请两家对账,核对金额和对方单位"
    return Told(transfer.id, Result.FAILS, payer, where, what, todo, transfer.source)


def _said(side: _Amounts, pair: _Pair) -> str:
    return shown(side.sums[pair]) if pair in side.sums else "(没有填)"


class _Directory:
    """Whom the words in a table mean: a unit of the list, else one that has a workbook."""

    def __init__(self, units: Units, parts: Sequence[Part]) -> None:
        self._units = units
        self._names = {part.key: part.entry.unit for part in parts}
        self._keys: dict[str, set[str]] = {}
        for part in parts:
            for words in filter(None, (part.entry.unit, part.entry.code)):
                self._keys.setdefault(folded(words), set()).add(part.key)

    def name(self, key: str) -> str:
        """What a unit is called."""
        return self._names.get(key, key)

    def find(self, words: str) -> tuple[str | None, str]:
        """By what the unit is known, None where nobody is called so; and why it cannot be asked."""
        keys = self._keys.get(folded(words), set())
        if len(keys) == 1:
            return next(iter(keys)), ""
        if len(keys) > 1:
            return None, f"有 {len(keys)} 个,分不清是哪一个"
        try:
            unit = self._units.named(words)
        except DataError:
            return None, "在名单里不止一个,分不清是哪一个"
        if unit is None:
            return None, "不在这一批里"
        return unit_key(unit.name, unit.code), "没有计入"


def transfer_faults(transfer: Transfer, forms: Mapping[str, Form], default: str) -> Iterator[str]:
    """What a transfer names that its form has not got."""
    for side in (transfer.paid, transfer.received):
        form = forms.get(side.kind or default)
        table = form.tables.get(side.table) if form else None
        columns = [one.key for one in table.column] if table else []
        if form and table is None:
            yield f"往来「{transfer.id}」:{form.kind} 的表单里没有表「{side.table}」"
        for key in (side.unit, side.amount) if table else ():
            if key not in columns:
                yield f"往来「{transfer.id}」:表「{side.table}」里没有列「{key}」"
