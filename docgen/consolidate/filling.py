"""The workbook of a consolidated report, filled from the totals.

A kind of consolidated report is a kind like any other. What it calls as the summed kind does is
filled with the sum of all units, and what says the period as they say it; a few names are known
besides:

    应交单位数 计入单位数 未交单位数 未计入单位数: single fields
    单位: a row for each unit counted, with 名称 代码 上级 名次, and by key its own figures
    各级: a row for each unit with others below, with 名称 层级 应交 计入, and by key its sums
    未交: a row for each workbook or unit that is not counted, with 名称 代码 上级 状态 说明

A field whose `prior` names a figure gets that figure's sum of a year before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from docgen.batch.ledger import Entry, Ledger
from docgen.batch.model import Status
from docgen.batch.one import NAMES
from docgen.batch.units import Units
from docgen.consolidate.model import Part, Sums
from docgen.consolidate.totals import Summed
from workbook.across.summing import summed_fields
from workbook.checking.data_files import KindError
from workbook.checking.kinds import Kind
from workbook.form.field import Field
from workbook.form.sample import Sample, SampleValue
from workbook.form.table import Table
from workbook.years.periods import says_period

FILLED: Final = ("单位", "各级", "未交")  # tables
UNITS, LEVELS, MISSING = FILLED
MOST_ROWS: Final = 5000  # of a table in a workbook that calculates while somebody types
_Row = Mapping[str, SampleValue]


@dataclass(frozen=True)
class Filling:
    """What a consolidated kind is filled from: a group summed up, and who is in none.

    Of 12 units on the list of which 9 count and 2 handed in nothing: 应交单位数 12, 计入单位数 9,
    未交单位数 2 and 未计入单位数 1.
    """

    kind: Kind
    summed: Summed
    left_out: Sequence[Entry]
    units: Units
    ledger: Ledger

    def sample(self) -> Sample:
        """All that the totals know; raises `KindError` for what they cannot fill."""
        form = self.kind.form
        known = {
            key: value
            for key, field in form.fields.items()
            if not field.compute and (value := self._single(field)) is not None
        }
        tables = {
            key: tuple(rows(form.tables[key]))
            for key, rows in (
                (UNITS, self._unit_rows),
                (LEVELS, self._level_rows),
                (MISSING, self._missing_rows),
            )
            if key in form.tables
        }
        for key, rows in tables.items():
            if len(rows) > MOST_ROWS:
                told = f"有 {len(rows)} 行,最多 {MOST_ROWS} 行;单位太多的,请用“{LEVELS}”"
                raise KindError([f"{self.kind.name} 的表「{key}」{told}"])
        return Sample(known, tables)

    def _single(self, field: Field) -> SampleValue | None:
        """The value of a single field; None of one that only the clerk knows."""
        counts = self._counts
        if field.key in counts:
            return counts[field.key]
        if field.prior:
            return self._before(field)
        if field.key in self._period:
            return _typed(field, self._period[field.key])
        value = self._summed_value(field, self.summed.levels[0].sums)
        return self._top if value is None and field.key in NAMES else value

    def knows(self, field: Field) -> bool:
        """Whether a field is the totals' own: what stands there from before is out of date."""
        is_summed = field.key in self._sources or field.key in self._period
        return is_summed or field.key in self._counts or bool(field.prior)

    @cached_property
    def _counts(self) -> Mapping[str, int]:
        whole = self.summed.levels[0]
        missing = sum(one.status is Status.MISSING for one in self._left_out)
        # Of a unit of the list several workbooks may be in no sum, and others are of no unit of it.
        due = whole.due if self.units.all else whole.counted + len(self._left_out)
        return {
            "应交单位数": due,
            "计入单位数": whole.counted,
            "未交单位数": missing,
            "未计入单位数": max(0, due - whole.counted - missing),
        }

    @cached_property
    def _left_out(self) -> Sequence[Entry]:
        """Who is in no sum and may have to do with the kind."""
        return [one for one in self.left_out if one.kind in ("", self.summed.group.kind.name)]

    def _before(self, field: Field) -> SampleValue | None:
        """The sum of a year before of the figure that `prior` names."""
        beside = self.summed.beside
        if beside is None or field.prior not in beside.fields:
            return None
        self._must_agree(field, beside.fields[field.prior])
        changes = beside.whole or beside.changes[0][1]
        return _whole(field, changes[field.prior].before)

    @cached_property
    def _period(self) -> Mapping[str, str]:
        """What says the period, which is the same in all workbooks of a group."""
        group = self.summed.group
        said = self.ledger.figures(group.parts[0].entry.path or "")
        fields = group.kind.form.fields
        return {
            key: text for key, text in said.items() if key in fields and says_period(fields[key])
        }

    @property
    def _top(self) -> str | None:
        """The one unit that all others stand below."""
        tops = [one for one in self.summed.levels if one.depth == 1]
        return tops[0].name if len(tops) == 1 else None

    def _unit_rows(self, table: Table) -> Iterator[_Row]:
        for part, places in self.summed.order.rows:
            said: dict[str, SampleValue] = {
                "名称": part.entry.unit,
                "代码": part.entry.code,
                "上级": self._above(part.entry.unit, part.entry.code),
            }
            if places and places[0] is not None:
                said["名次"] = places[0]
            yield dict(self._row(table, said, part.sums, part))

    def _level_rows(self, table: Table) -> Iterator[_Row]:
        for one in self.summed.levels[1:]:
            said: dict[str, SampleValue] = {
                "名称": one.name,
                "层级": one.depth,
                "应交": one.due,
                "计入": one.counted,
            }
            yield dict(self._row(table, said, one.sums))

    def _missing_rows(self, table: Table) -> Iterator[_Row]:
        for one in self._left_out:
            said: dict[str, SampleValue] = {
                "名称": one.unit or one.path or "",
                "代码": one.code,
                "上级": self._above(one.unit, one.code),
                "状态": str(one.status),
                "说明": one.message,
            }
            yield dict(self._row(table, said, {}))

    def _row(
        self, table: Table, said: Mapping[str, SampleValue], sums: Sums, part: Part | None = None
    ) -> Iterator[tuple[str, SampleValue]]:
        own = self.ledger.figures(part.entry.path or "") if part else {}
        for column in table.column:
            if column.compute:
                continue
            value = said.get(column.key)
            if value is None:
                value = self._summed_value(column, sums)
            if value is None and column.key in own:
                value = _typed(column, own[column.key])
            if value is not None and value != "":
                yield column.key, value

    def _summed_value(self, field: Field, sums: Sums) -> SampleValue | None:
        """The sum of what the summed kind calls so, `项目_金额` being the column 项目.金额."""
        source = self._sources.get(field.key)
        if source is None:
            return None
        key, asked = source
        self._must_agree(field, asked)
        return _whole(field, sums.get(key))

    @cached_property
    def _sources(self) -> Mapping[str, tuple[str, Field]]:
        fields = summed_fields(self.summed.group.kind.form)
        return {key.replace(".", "_"): (key, one) for key, one in fields.items()}

    def _must_agree(self, field: Field, source: Field) -> None:
        """Refuse a figure that is another by its unit, or no figure."""
        if not field.is_number or field.unit != source.unit:
            told = f"「{field.key}」在 {self.summed.group.kind.name} 里的单位是{source.unit}"
            want = "请写同样的 type 和 unit;报告里要用别的单位,请写 printed_unit"
            raise KindError([f"{self.kind.name}:{told}。{want}"])

    def _above(self, name: str, code: str) -> str:
        return self._over.get((name, code), "")

    @cached_property
    def _over(self) -> Mapping[tuple[str, str], str]:
        return {(one.name, one.code): one.above for one in self.units.all}


def _whole(field: Field, value: Decimal | None) -> SampleValue | None:
    """A sum as it is typed, a whole number without a point."""
    if value is None:
        return None
    return int(value) if field.places == 0 and value == int(value) else value


def _typed(field: Field, text: str) -> SampleValue | None:
    """A ledger's text as the field's type has it."""
    if field.is_number:
        try:
            return _whole(field, Decimal(text))
        except ArithmeticError:  # a text of the summed kind, asked as a number
            return None
    return date.fromisoformat(text) if field.type == "date" else text
