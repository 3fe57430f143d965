"""Rules across units judged: what a bureau says of itself against what its units say."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from docgen.batch.ledger import Entry as WorkbookEntry
from docgen.batch.ledger import Ledger
from docgen.batch.units import Unit, Units, unit_key
from docgen.consolidate.levels import above
from docgen.consolidate.model import Gathered, Group, Part
from workbook.across.rules import (
    ALL_BELOW,
    BELOW,
    CODE,
    UNIT,
    AcrossSpec,
    across_form,
    prepared_across,
)
from workbook.across.summing import AcrossFile, summed_fields
from workbook.checking.data_files import KindError
from workbook.findings.place import Place
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.reading.values import Entry, Row, Values
from workbook.rules.causes import likely_causes
from workbook.rules.judge import Outcome, Verdict, judge_all
from workbook.rules.model import RuleSet, RuleSpec
from workbook.rules.wording import advice, claim_in_words

_MOST_NAMED = 5  # units of which a sentence names each


class Result(StrEnum):
    """What became of a rule across units."""

    FAILS = "不符"
    DOUBTED = "提醒"
    UNCHECKED = "未核对"
    TIES = "相符"

    @property
    def is_error(self) -> bool:
        """Whether it counts as an error of the batch."""
        return self is Result.FAILS


@dataclass(frozen=True, slots=True)
class Told:
    """One rule on one unit, or on two: where it is, what there is to say, and what to do.

    `Told("结余相符", Result.FAILS, "甲县", "甲县.xlsx", "结余 10.00 ≠ 下级 2 行结余合计 = 1.05,…")`
    is of a unit with two others below it.
    """

    rule: str
    result: Result
    unit: str
    where: str
    what: str
    todo: str = ""
    source: str = ""

    def __str__(self) -> str:
        """The whole in one line."""
        todo = f"。{self.todo}" if self.todo else ""
        return f"{self.where} {self.unit}:{self.what}{todo}(规则「{self.rule}」)"


@dataclass(frozen=True)
class Across:
    """All that rules across units look at."""

    found: Gathered
    units: Units
    ledger: Ledger = field(repr=False)

    @cached_property
    def _below(self) -> Mapping[str, Sequence[Unit]]:
        made: dict[str, dict[str, Unit]] = {}
        for unit in self.units.all:
            if over := next(above(unit, self.units), None):
                children = made.setdefault(unit_key(over.name, over.code), {})
                children[unit_key(unit.name, unit.code)] = unit
        return {key: list(children.values()) for key, children in made.items()}

    @cached_property
    def _due(self) -> frozenset[tuple[str, str]]:
        return frozenset((unit_key(one.name, one.code), one.kind) for one in self.units.all)

    def is_due(self, unit: Unit, kind: str) -> bool:
        """Whether the list asks a unit for a workbook of a kind; a unit may have several lines."""
        key = unit_key(unit.name, unit.code)
        return (key, "") in self._due or (key, kind) in self._due

    def right_below(self, key: str) -> Iterator[Unit]:
        """Who stands right below a unit, each once however many lines the list has of it."""
        yield from self._below.get(key, ())

    def all_below(self, key: str) -> Iterator[Unit]:
        """Who stands anywhere below a unit."""
        for unit in self._below.get(key, ()):
            yield unit
            yield from self.all_below(unit_key(unit.name, unit.code))

    def group(self, kind: str, period: str) -> Group | None:
        """The workbooks of a kind and a period."""
        same = (one for one in self.found.groups if (one.kind.name, one.period) == (kind, period))
        return next(same, None)


def told_across(rules: AcrossFile, default: str, across: Across) -> Iterator[Told]:
    """What there is to say of each rule on each unit that has others below it.

    `default` is the kind of rules that name none. Raises `KindError` for rules that cannot be read.
    """
    for spec in rules.rule:
        kind = spec.kind or default
        groups = [one for one in across.found.groups if one.kind.name == kind]
        if not groups:
            yield unasked(spec.id, kind)
        elif not across.units.all:
            told = "没有核对:没有名单(--units),不知道谁在谁的下面"
            yield Told(spec.id, Result.UNCHECKED, "", "", told)
        for group in groups if across.units.all else ():
            below = across.group(spec.below or kind, group.period)
            if below is None:
                yield unasked(spec.id, f"{spec.below} {group.period}")
            else:
                yield from _on_heads(spec, group, below, across)


def unasked(rule: str, kind: str) -> Told:
    """That a rule cannot be held against anybody, for nobody's workbook of a kind counts."""
    return Told(rule, Result.UNCHECKED, "", "", f"没有核对:没有计入合计的「{kind.strip()}」")


def _on_heads(spec: AcrossSpec, group: Group, below: Group, across: Across) -> Iterator[Told]:
    lower = below.kind
    form = across_form(group.kind.form, summed_fields(lower.form), lower.form)
    rules, faults = prepared_across([spec], form)
    if faults:
        raise KindError(faults)
    (rule,) = rules.rules
    read = {table.key for table in rule.inputs.tables} | {rule.spec.each}
    parts = {part.key: part for part in below.parts}
    for head in group.parts:
        wanted = across.all_below(head.key) if ALL_BELOW in read else across.right_below(head.key)
        children = [one for one in wanted if across.is_due(one, lower.name)]
        lacking = [one.name for one in children if unit_key(one.name, one.code) not in parts]
        if lacking:
            yield _told(spec, Result.UNCHECKED, head, f"没有核对:{_names(lacking)}没有计入")
        elif children:
            yield from _judged(rules, _values(form, head, _Below(across, parts), read), head)


@dataclass(frozen=True, slots=True)
class _Below:
    """The workbooks below a head, by unit."""

    across: Across
    parts: Mapping[str, Part]

    def rows(self, units: Iterator[Unit], table: Table) -> tuple[Row, ...]:
        """A row of the table for each of the units that has a workbook."""
        keys = [unit_key(one.name, one.code) for one in units]
        return tuple(self._row(self.parts[key], table) for key in keys if key in self.parts)

    def _row(self, part: Part, table: Table) -> Row:
        entry = part.entry
        said = {UNIT: entry.unit, CODE: entry.code}
        said |= self.across.ledger.figures(entry.path or "")
        for key, value in part.sums.items():
            said.setdefault(key.replace(".", "_"), f"{value:f}")
        return {
            one.key: _entry(one, said.get(one.key), entry, f"{entry.unit} {one.name}")
            for one in table.column
        }


def _values(form: Form, head: Part, below: _Below, read: Container[str]) -> Values:
    """The figures of a head's own workbook, and in what is `read` a row for each unit below it."""
    entry, ledger = head.entry, below.across.ledger
    said = ledger.figures(entry.path or "")
    fields = {key: _entry(one, said.get(key), entry, one.name) for key, one in form.fields.items()}
    tables: dict[str, tuple[Row, ...]] = dict.fromkeys(form.tables, ())
    for key, table in form.tables.items():
        if key in (BELOW, ALL_BELOW) and key in read:
            across = below.across
            units = across.right_below if key == BELOW else across.all_below
            tables[key] = below.rows(units(head.key), table)
        elif key in read:
            tables[key] = tuple(_own_rows(table, ledger.rows(entry.path or "", key), entry))
    return Values(fields, tables)


def _own_rows(
    table: Table, rows: Sequence[Mapping[str, str]], entry: WorkbookEntry
) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        yield {
            one.key: _entry(one, row.get(one.key), entry, one.name, f"{table.key}第{number}行")
            for one in table.column
        }


def _entry(one: Field, text: str | None, of: WorkbookEntry, label: str, where: str = "") -> Entry:
    """A figure of the ledger as an entry of its own, with a place that no other has."""
    place = Place(of.path or "", f"{where}{one.key}")
    if not text:
        return Entry(one, label, place)
    if one.is_number:
        return Entry(one, label, place, Decimal(text))
    return Entry(one, label, place, date.fromisoformat(text) if one.type == "date" else text)


def _judged(rules: RuleSet, values: Values, head: Part) -> Iterator[Told]:
    for outcome in judge_all(values, rules):
        spec = outcome.rule.spec
        if outcome.verdict in (Verdict.FAILS, Verdict.UNCOMPUTABLE):
            result = Result.FAILS if spec.severity == "error" else Result.DOUBTED
            todo = advice(outcome) if spec.advice else "请核对本单位的数和各下级单位的数"
            yield _told(spec, result, head, _fault(outcome), todo)
        elif outcome.verdict in (Verdict.BLANK, Verdict.UNREADABLE):
            blank = "、".join(one.label for one in outcome.entries() if one.value is None)
            yield _told(spec, Result.UNCHECKED, head, f"没有核对:{blank}没有填")
        elif outcome.verdict in (Verdict.TIES, Verdict.ROUNDING):
            yield _told(spec, Result.TIES, head, outcome.verdict)


def _fault(outcome: Outcome) -> str:
    """What is wrong, with the slips that it looks like."""
    if outcome.verdict is Verdict.UNCOMPUTABLE:
        return "算不出来,除数为 0"
    total = outcome.rule.total
    subject = f"{total.field.name} " if total and not outcome.rule.spec.message else ""
    causes = "".join(f"。{cause.words}" for cause in likely_causes(outcome))
    return f"{subject}{claim_in_words(outcome)}{causes}"


def _told(spec: RuleSpec, result: Result, head: Part, what: str, todo: str = "") -> Told:
    return Told(spec.id, result, head.entry.unit, head.entry.path or "", what, todo, spec.source)


def _names(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 个单位" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more
