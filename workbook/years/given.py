"""What stands in each cell of a new workbook that its sample decides: pure, and no file written.

The workbook of a form differs from a blank one in these cells and in the heights of some rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from workbook.catalogue import sheets as said
from workbook.catalogue.model import Language
from workbook.catalogue.sheets import ROW_USED, ROW_VERDICT
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.sample import Sample, SampleValue, with_room
from workbook.making.card_values import CardValues, sources_of
from workbook.making.planning.layout import plan_sheets
from workbook.making.planning.measures import (
    SUMMARY_HEIGHT,
    TOLD_HEIGHT,
    field_height,
    row_height,
    told_height,
)
from workbook.making.planning.plan import GUIDE_WORDS, SheetPlan, TableSpot
from workbook.making.required import (
    Cell,
    counts_of,
    left_parts,
    needless_keys,
    table_counts,
    wanted_of,
)
from workbook.making.worked_out import Contents, WorkedOut, summary_line, work_out
from workbook.reading.results import Result
from workbook.rules.formulas import Formulas
from workbook.rules.model import RuleSet
from workbook.xlsx.addresses import address_of, cell_at

Order = Mapping[str, tuple[str, ...]]


class Given(Struct, frozen=True):
    """What a sheet holds: values typed, what its formulas give, the heights of its rows."""

    typed: dict[str, SampleValue]
    results: dict[str, Result]
    heights: dict[int, float]


def given_cells(form: Form, rules: RuleSet, sample: Sample, order: Order) -> dict[str, Given]:
    """By the sheet what stands in it. `order` has the cells of formulas as they were written.

    It is looked at for the sheets on which nobody fills a form: 填报说明, 校验, 选项 and cards.
    """
    form = with_room(form, sample.tables)
    plans = plan_sheets(form, rules)
    results = work_out(form, rules, plans, sample)
    contents = Contents(sample, Formulas(rules.computed), results)
    found = {plan.sheet.name: _FormSheet(plan, contents).given() for plan in plans}
    language = form.language
    made: dict[str, Iterator[Result]] = {
        said.GUIDE(language): _of_guide(form, rules, plans, results),
        said.CHECK(language): _of_check(rules, results),
        said.CHOICES(language): _of_choices(form, rules, plans, results),
    }
    for sheet in form.sheet:
        if sheet.card is not None:
            values = CardValues(sheet.card, sources_of(plans, contents), language)
            made[sheet.name] = values.results()
    for name, given in made.items():
        found[name] = Given({}, dict(zip(order.get(name, ()), given, strict=True)), {})
    guide = found[said.GUIDE(language)]
    guide.heights.update(_guide_heights(guide.results, language))
    return found


class _FormSheet:
    """A sheet that somebody fills."""

    def __init__(self, plan: SheetPlan, contents: Contents) -> None:
        self._plan, self._contents = plan, contents
        self._given = Given({}, {}, {})

    def given(self) -> Given:
        """What is typed into it and what its formulas give."""
        plan, fields = self._plan, self._contents.sample.fields
        for spot in plan.spots:
            self._give((spot.row, spot.column), spot.field, fields)
        for spot in plan.fields:
            height = field_height(plan, spot.field, fields.get(spot.field.key))
            self._given.heights[spot.row] = height
        for table in plan.tables:
            for number, row in enumerate(table.rows):
                self._give_row(table, number, row)
        return self._given

    def _give_row(self, spot: TableSpot, number: int, row: int) -> None:
        typed = self._contents.sample.row(spot.table, number)
        for one in spot.table.column:
            self._give((row, spot.columns[one.key]), spot.table.cell(one, number), typed)
        self._given.heights[row] = row_height(spot, self._plan.widths, typed)
        self._given.results.update(_verdicts(spot, row, self._contents.results))

    def _give(self, cell: Cell, field: Field, typed: Mapping[str, SampleValue]) -> None:
        """The value typed into a field's cell, or what its formula gives."""
        address, value = address_of(*cell), typed.get(field.key)
        if field.compute or (field.default and value is None):
            result = self._contents.results.computed(self._plan.sheet.name, address)
            self._given.results[address] = result
        elif value is not None:
            self._given.typed[address] = value.strip() if isinstance(value, str) else value


def _verdicts(spot: TableSpot, row: int, results: WorkedOut) -> Iterator[tuple[str, Result]]:
    columns = spot.columns
    for rule in spot.rules:
        yield address_of(row, columns[rule.spec.id]), results.rule_verdict(rule, row)
    if spot.rules:
        verdict = results.row_verdict(spot.rules, row)
        yield address_of(row, columns[ROW_VERDICT(spot.language)]), verdict
    if spot.asks_use:
        used = results.row_used(spot.table, row)
        yield address_of(row, columns[ROW_USED(spot.language)]), used


def _of_guide(
    form: Form, rules: RuleSet, plans: Sequence[SheetPlan], results: WorkedOut
) -> Iterator[Result]:
    """Of each sheet how much it wants, how much is filled, its name and what is left; a summary."""
    mark = said.PROGRESS_MARK(form.language)
    for plan in plans:
        counts = None
        if wanted := list(wanted_of(plan, needless_keys(form), results)):
            counts = counts_of(wanted)
            yield from (Result(one) for one in (counts[0], counts[0] - counts[1], plan.sheet.name))
        if parts := left_parts(plan, counts, results, ("", "")):
            yield Result(mark.join(words for _, words in parts))
    yield Result(summary_line(rules, results))


def _of_check(rules: RuleSet, results: WorkedOut) -> Iterator[Result]:
    if rules.rules:
        yield Result(summary_line(rules, results))
    for rule in rules.rules:
        yield from results.line(rule)


def _of_choices(
    form: Form, rules: RuleSet, plans: Sequence[SheetPlan], results: WorkedOut
) -> Iterator[Result]:
    yield from (Result(count) for _, _, count in table_counts(form, rules, results))
    wanted = chain.from_iterable(wanted_of(one, needless_keys(form), results) for one in plans)
    yield from (Result(number) for one in wanted for number in one.results)


def _guide_heights(
    results: Mapping[str, Result], language: Language
) -> Iterator[tuple[int, float]]:
    """Of rows that say how far a sheet is filled, and of the one that says what 校验 does."""
    cells = ((cell_at(address), str(result.value)) for address, result in results.items())
    told = [(cell[0], words) for cell, words in cells if cell and cell[1] == GUIDE_WORDS]
    for number, (row, words) in enumerate(told, start=1):
        least = SUMMARY_HEIGHT if number == len(told) else TOLD_HEIGHT
        yield row, told_height(words, language, least)
