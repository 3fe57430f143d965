"""What a new workbook's formulas give for what is typed into it: `check`'s own values and verdicts.

A formula cannot read a figure that was typed as text, where the program reads on; there alone the
results are not those of a check.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from workbook.catalogue.model import Language
from workbook.catalogue.sheets import COUNTED as COUNTED_TEXT
from workbook.catalogue.sheets import COUNTED_MARK, COUNTED_OWN, NO_RULES
from workbook.catalogue.sheets import SUMMARY as SUMMARY_TEXT
from workbook.catalogue.verdicts import BY_PROGRAM, NOT_A_NUMBER, NOT_APPLICABLE, ROW_FAILS
from workbook.entries.read import read
from workbook.findings.model import Severity
from workbook.findings.place import Place
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.sample import Sample, SampleValue
from workbook.form.table import Table
from workbook.language.excel import is_criterion
from workbook.language.model import Leaf
from workbook.making.planning.plan import SheetPlan, TableSpot
from workbook.outline.order import placed, unasked
from workbook.reading.results import Result
from workbook.reading.snapshot import Identity, RawCell, RawTable, Snapshot, classified
from workbook.reading.values import Entry, Row, Values
from workbook.rules.computing import compute
from workbook.rules.formulas import ROW_BLANK, Formulas, has_sides, row_words
from workbook.rules.judge import WORST_LAST, Outcome, Verdict, judge_all
from workbook.rules.model import Rule, RuleSet
from workbook.xlsx.addresses import column_letters

EMPTY = Result("")
COMPARED = (Verdict.TIES, Verdict.ROUNDING, Verdict.FAILS)
# What is counted: the verdict, and the severity of the rules where it matters.
COUNTED = (
    (Verdict.TIES, None),
    (Verdict.FAILS, Severity.ERROR),
    (Verdict.FAILS, Severity.WARNING),
    (Verdict.ROUNDING, None),
    (Verdict.BLANK, None),
)


class WorkedOut(Struct, frozen=True):
    """The values of a new workbook and the verdicts on them, as its formulas' results.

    `entries` are found by their cell, `outcomes` by their rule, `rows` are the verdicts of a rule
    on each row, by the sheet's row number; `used` are the rows in use of each table, by it too.
    `unasked` need not be filled, since the outline leaves
    out what would print them.

    Where nothing is filled in yet the outcome of 编制构成 is 未填, and no row of 项目 is in use.
    """

    values: Values
    entries: Mapping[Place, Entry]
    outcomes: Mapping[str, Outcome]
    rows: Mapping[str, Mapping[int, Verdict]]
    used: Mapping[str, Collection[int]]
    unasked: Collection[str] = ()

    def computed(self, sheet: str, address: str) -> Result:
        """A computed cell's: its value, 不适用, 非数值, or nothing in a row not in use."""
        entry = self.entries.get(Place(sheet, address))
        if entry is None or entry.is_blank:
            return EMPTY
        if entry.is_absent or not entry.readable:
            word = NOT_APPLICABLE if entry.is_absent else NOT_A_NUMBER
            return Result(word(self.values.language))
        assert isinstance(entry.value, Decimal | str)
        return Result(entry.value)

    def row_verdict(self, rules: Sequence[Rule], row: int) -> Result:
        """What is first wrong with a row by all rules on it, as the sheet's formula says it."""
        found = {rule.spec.id: self.rule_verdict(rule, row).value for rule in rules}
        language = rules[0].language
        worst = next((word for word in row_words(language) if word in found.values()), "")
        if worst != Verdict.FAILS.word(language):
            return Result(worst)
        named = next(name for name, word in found.items() if word == worst)
        return Result(ROW_FAILS(language, word=worst, rule=named))

    def rule_verdict(self, rule: Rule, row: int) -> Result:
        """A rule's verdict on a row of a table; nothing on one that is not in use."""
        verdict = self.rows[rule.spec.id].get(row)
        if verdict is None:
            return EMPTY
        if rule.is_own:
            return Result(BY_PROGRAM(rule.language))
        return Result(ROW_BLANK if verdict is Verdict.BLANK else verdict.word(rule.language))

    def verdict(self, rule: Rule) -> Verdict | None:
        """A rule's verdict on the sheet 校验; of one on each row the worst.

        None where no formula can judge it.
        """
        if rule.is_own:
            return None
        if not rule.spec.each:
            return self.outcomes[rule.spec.id].verdict
        of_rows = self.rows[rule.spec.id].values()
        return max(of_rows, key=WORST_LAST.index, default=Verdict.BLANK)

    def sides(self, rule: Rule) -> tuple[Result, Result, Result, Result]:
        """Both sides, difference and tolerance of an equation; nothing before that."""
        outcome = self.outcomes[rule.spec.id]
        if outcome.verdict not in COMPARED:
            return EMPTY, EMPTY, EMPTY, EMPTY
        left, right, difference = outcome.left, outcome.right, outcome.difference
        return Result(left), Result(right), Result(difference), Result(outcome.tolerance)

    def line(self, rule: Rule) -> tuple[Result, ...]:
        """What a rule's line on the sheet 校验 gives: its verdict, and its sides if it has any."""
        verdict = self.verdict(rule)
        word = BY_PROGRAM(rule.language) if verdict is None else verdict.word(rule.language)
        return (Result(word), *(self.sides(rule) if has_sides(rule) else ()))

    def filled(self, keys: Iterable[str]) -> int:
        """How many of the fields are not blank, or need not be filled."""
        return sum(not self.values.fields[key].is_blank or key in self.unasked for key in keys)

    def rows_in_use(self, table: Table) -> int:
        """How many rows of a table somebody typed into."""
        return len(self.values.tables[table.key])

    def row_used(self, table: Table, row: int) -> Result:
        """1 for a row of a table that is in use, by the sheet's row number; 0 for any other."""
        return Result(int(row in self.used[table.key]))

    def cells_filled(self, column: Leaf) -> int:
        """How many cells of a table's column are not blank."""
        rows = self.values.tables[column.table]
        return sum(not row[column.field.key].is_blank for row in rows)

    def is_unreadable(self, column: Leaf) -> int:
        """How many cells of a table's column make no sense; of figures no more than 1."""
        entries = [row[column.field.key] for row in self.values.tables[column.table]]
        count = sum(not entry.readable for entry in entries)
        is_figure = column.field.is_number or column.field.type == "date"
        return min(count, 1) if is_figure else count

    def cells_odd(self, column: Leaf) -> int:
        """How many texts of a table's column are no criterion."""
        texts = (row[column.field.key].value for row in self.values.tables[column.table])
        return sum(isinstance(text, str) and not is_criterion(text) for text in texts)


class Contents(Struct, frozen=True):
    """What is typed into a new workbook, the formulas of its cells, and what they give for it."""

    sample: Sample
    formulas: Formulas
    results: WorkedOut


def work_out(form: Form, rules: RuleSet, plans: Sequence[SheetPlan], sample: Sample) -> WorkedOut:
    """What the formulas give once the sample is typed into the planned sheets."""
    values, _ = read(typed(plans, sample), form)
    values = compute(values, rules.computed)
    outcomes: dict[str, Outcome] = {}
    rows: dict[str, dict[int, Verdict]] = {r.spec.id: {} for r in rules.rules if r.spec.each}
    for outcome in judge_all(values, rules):
        rule = outcome.rule.spec
        if rule.each:
            rows[rule.id][_number(outcome.operands.row)] = outcome.verdict
        else:
            outcomes[rule.id] = outcome
    entries = {entry.place: entry for entry in values.entries() if entry.place}
    used = {key: {_number(row) for row in table} for key, table in values.tables.items()}
    return WorkedOut(values, entries, outcomes, rows, used, unasked(placed(form, values)))


def _number(row: Row) -> int:
    """The sheet's row."""
    place = next(iter(row.values())).place
    assert place is not None
    return place.row


def typed(plans: Sequence[SheetPlan], sample: Sample) -> Snapshot:
    """The snapshot of a workbook that is still to be written."""
    names: dict[str, RawCell | None] = {}
    tables: dict[str, RawTable] = {}
    for plan in plans:
        for spot in plan.spots:
            place = Place(plan.sheet.name, spot.address)
            names[spot.field.key] = _cell(
                spot.field, place, sample.fields.get(spot.field.key), plan.language
            )
        for table in plan.tables:
            tables[table.table.key] = _table(plan.sheet.name, table, sample)
    sheets = tuple(plan.sheet.name for plan in plans)
    return Snapshot(Identity(None, None), sheets, names, tables)


def _table(sheet: str, spot: TableSpot, sample: Sample) -> RawTable:
    table, letters = spot.table, {k: column_letters(n) for k, n in spot.columns.items()}
    rows = []
    for number, row in enumerate(spot.rows):
        typed = sample.row(table, number)
        rows.append(
            {
                c.key: _cell(
                    c, Place(sheet, f"{letters[c.key]}{row}"), typed.get(c.key), spot.language
                )
                for c in (table.cell(column, number) for column in table.column)
            }
        )
    return RawTable(Place(sheet, spot.reference), tuple(spot.columns), tuple(rows))


def _cell(field: Field, place: Place, value: SampleValue | None, language: Language) -> RawCell:
    if field.compute:
        return RawCell(place, "blank")
    if field.default and value is None:
        return RawCell(place, "default")
    typed = float(value) if isinstance(value, Decimal) else value
    kind, seen = classified(typed)
    is_lost = kind == "text" and (field.is_number or field.type == "date")
    return RawCell(place, kind, NOT_A_NUMBER(language) if is_lost else seen)  # words are no figure


def counted_words(
    verdict: Verdict, severity: Severity | None, count: object, language: Language
) -> str:
    """A verdict's word and how many rules have it; a rule that only warns is called a warning."""
    is_warning = severity is Severity.WARNING
    word = severity.text(language) if severity and is_warning else verdict.word(language)
    return COUNTED_TEXT(language, word=word, count=count)


def summary_line(rules: RuleSet, results: WorkedOut) -> str:
    """The line as it reads."""
    language = rules.language
    if not rules.rules:
        return NO_RULES(language)
    seen = [(results.verdict(rule), rule.severity) for rule in rules.rules]
    counted = (
        counted_words(
            verdict,
            severity,
            sum(v is verdict and s in (severity or s,) for v, s in seen),
            language,
        )
        for verdict, severity in COUNTED
    )
    listed = COUNTED_MARK(language).join([*counted, *words_of_own(rules.rules, language)])
    return SUMMARY_TEXT(language, count=len(rules.rules), counted=listed)


def words_of_own(rules: Sequence[Rule], language: Language) -> list[str]:
    """How many rules no formula can judge, nothing where there are none."""
    count = sum(rule.is_own for rule in rules)
    return [COUNTED_OWN(language, count=count)] if count else []
