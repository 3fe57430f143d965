"""A kind's rules laid over a bureau's own form: red cells, entry rules, the sheet 校验.

All of it is made in a book of ours, which has sheets of the form's names with nothing but
conditional formats and entry rules, and is then grafted onto the file.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue.model import Language, Text
from workbook.catalogue.sheets import CHECK, CHOICES, MAKER
from workbook.form.field import TEXTUAL, Field
from workbook.form.model import Form
from workbook.language.model import Leaf
from workbook.laying.areas import Area
from workbook.laying.mirror import Mirror, first_name, verdicts_name
from workbook.making.build import as_bytes
from workbook.making.check_sheet import Line, sides_of, write_check_sheet
from workbook.making.entry_rules import add_choices, add_marked, colour_failures, limit_entry
from workbook.reading.results import NONE
from workbook.reading.spots import Spot, referred
from workbook.rules.formulas import rows_verdict_formula, verdict_formula
from workbook.rules.judge import Verdict
from workbook.rules.model import Rule, RuleSet
from workbook.saving.book import FormBook
from workbook.saving.edited import Edited
from workbook.saving.grafted import graft
from workbook.xlsx.addresses import Corners, address_of, column_letters, corners_of
from workbook.xlsx.book import Book


class _Entry(NamedTuple):
    """Cells of one column that are typed into and have no entry rule, as runs of rows.

    `table` is the key of the table that they belong to, "" for a single cell.

    金额 of 项目 in D6:D20, where D10 has an entry rule: column 4, runs (6, 9) and (11, 20).
    """

    table: str
    field: Field
    sheet: str
    column: int
    runs: list[tuple[int, int]]


def lay_over(edited: Edited, form: Form, rules: RuleSet, areas: Mapping[str, Area]) -> None:
    """Put what a drawn form has for its rules into a bureau's own file.

    `areas` are where the tables of the form stand. A form without rules gets entry rules alone.
    """
    laid = _Laid(edited, form, rules, areas)
    laid.limit_entries()
    if rules.rules:
        laid.check()
        laid.colour()
    if laid.own() or len(laid.book.sheetnames) > 1:
        graft(edited, as_bytes(laid.book), laid.own())


class _Laid:
    """The book of ours that is grafted onto a file."""

    def __init__(
        self, edited: Edited, form: Form, rules: RuleSet, areas: Mapping[str, Area]
    ) -> None:
        self.book = FormBook(form.language)
        self._edited, self._form, self._rules, self._areas = edited, form, rules, areas
        self._spots = _spots(form, edited.book)
        hidden = self.book.worksheets[0]
        hidden.title = _free(CHOICES, form.language, edited.book)
        hidden.sheet_state = "hidden"
        self._hidden: Worksheet = hidden
        self._check = _free(CHECK, form.language, edited.book)

    def own(self) -> dict[str, bool]:
        """The sheets that the file lacks, with whether they are hidden."""
        has_lists = self._hidden.max_column > 1 or self._hidden.max_row > 1
        found = {self._check: False} if self._check in self.book.sheetnames else {}
        return found | ({self._hidden.title: True} if has_lists else {})

    def _sheet(self, name: str) -> Worksheet:
        """Ours of the name of a sheet of the form."""
        if name not in self.book.sheetnames:
            self.book.create_sheet(name)
        made: Worksheet = self.book[name]
        return made

    def limit_entries(self) -> None:
        """What cells accept that are typed into and have no entry rule of the form's own."""
        entries = [one for one in self._entries() if one.runs and _takes_less(one.field)]
        add_choices(self._hidden, [(one.table, one.field) for one in entries])
        for one in entries:
            letters = column_letters(one.column)
            for top, bottom in one.runs:
                area = f"{letters}{top}" + (f":{letters}{bottom}" if bottom > top else "")
                limit_entry(self._sheet(one.sheet), one.field, area, one.table)

    def _entries(self) -> Iterator[_Entry]:
        for key, spot in self._spots.items():
            field = self._form.fields[key]
            runs = self._free_runs(spot.sheet, range(spot.row, spot.row + 1), spot.column, field)
            yield _Entry("", field, spot.sheet, spot.column, runs)
        for key, area in self._areas.items():
            for field in area.table.column:
                if number := area.columns.get(field.key):
                    rows = range(area.top, area.bottom + 1)
                    runs = self._free_runs(area.sheet, rows, number, field)
                    yield _Entry(key, field, area.sheet, number, runs)

    def _free_runs(
        self, name: str, rows: range, column: int, field: Field
    ) -> list[tuple[int, int]]:
        if field.formula or field.own_formula:
            return []
        taken = _ruled(self._edited, name)
        sheet = self._edited.book.sheet(name)
        runs: list[tuple[int, int]] = []
        for row in rows:
            is_taken = any(c.left <= column <= c.right and c.top <= row <= c.bottom for c in taken)
            if is_taken or sheet.formula(row, column) or (row, column) in sheet.swallowed:
                continue
            if runs and runs[-1][1] == row - 1:
                runs[-1] = (runs[-1][0], row)
            else:
                runs.append((row, row))
        return runs

    def check(self) -> None:
        """The sheet 校验, and what its formulas read."""
        self._mirror = Mirror(self._hidden, self._form, self._rules, self._areas)
        self._mirror.write(self._edited.book, self._spots)
        add_marked(self._hidden)
        lines = [self._line(rule) for rule in self._rules.rules]
        write_check_sheet(self.book, lines, NONE, self._check)

    def _line(self, rule: Rule) -> Line:
        reference = self._mirror.reference
        verdict = (
            rows_verdict_formula(rule, verdicts_name(rule))
            if rule.each
            else verdict_formula(rule, reference)
        )
        read = [one.key for one in rule.inputs.tables] + ([rule.spec.each] if rule.each else [])
        for key in () if rule.is_own else dict.fromkeys(read):
            area = self._areas[key]
            beyond = f"ROWS({area.source(area.first)})>{self._mirror.room(key)}"
            verdict = f'IF({beyond},"{Verdict.UNCOMPUTABLE.word(rule.language)}",{verdict})'
        leaf = rule.subject
        place = self._place(leaf, rule)
        is_single = not leaf.table and leaf.field.key in self._spots
        target = leaf.field.key if is_single else place
        return Line(rule, verdict, sides_of(rule, reference), target, place)

    def _place(self, leaf: Leaf, rule: Rule) -> str:
        """The first cell of what a rule is about, "" where the form has lost it."""
        if spot := self._spots.get(leaf.key_on(rule.each)):
            return str(spot.place)
        area = self._areas.get(leaf.table or rule.spec.each)
        column = area.columns.get(leaf.field.key) if area else None
        return str(Spot(area.sheet, area.top, column).place) if area and column else ""

    def colour(self) -> None:
        """Turn cells red while a rule that reads them fails."""
        for key, spot in self._spots.items():
            where = address_of(spot.row, spot.column)
            colour_failures(self._sheet(spot.sheet), where, self._rules.rules_on(key))
        for area in self._areas.values():
            for key, number in area.columns.items():
                self._colour_column(area, key, number)

    def _colour_column(self, area: Area, key: str, number: int) -> None:
        letters, sheet = column_letters(number), self._sheet(area.sheet)
        first, where = f"{letters}{area.top}", f"{letters}{area.top}:{letters}{area.bottom}"
        rules = self._rules.rules_on(key, area.table.key)
        whole = [rule for rule in rules if not rule.each]
        colour_failures(sheet, where, whole, only_filled=first)
        number_of_row = f"ROW({first})-ROW({first_name(area.table.key, self._form.language)})+1"
        for rule in rules:
            reads = {leaf.field.key for leaf in rule.leaves if not leaf.table}
            if rule.each == area.table and key in reads:
                verdict = f"INDEX({verdicts_name(rule)},{number_of_row})"
                colour_failures(sheet, where, [rule], verdict=verdict)


def _spots(form: Form, book: Book) -> dict[str, Spot]:
    """The cell of each field, of those to which a name leads."""
    found = ((key, referred(book.names.get(key, ""))) for key in form.fields)
    return {key: spot for key, spot in found if spot and spot.sheet in book.parts}


def _takes_less(field: Field) -> bool:
    """Whether there is anything that a field does not accept."""
    return field.type not in TEXTUAL or bool(field.choices)


def _ruled(edited: Edited, name: str) -> Sequence[Corners]:
    """The cells of a sheet that have entry rules of the form's own, those of newer kinds too."""
    root = edited.seen(edited.book.parts[name])
    areas = [one.get("sqref", "") for one in root.iter("{*}dataValidation")]
    for one in root.iter("{http://schemas.microsoft.com/office/excel/2006/main}sqref"):
        areas.append(one.text or "")
    return [found for text in areas for area in text.split() if (found := corners_of(area))]


def _free(text: Text, language: Language, book: Book) -> str:
    """A sheet's name, another where the form has one of this name itself."""
    taken = {one.casefold() for one in book.parts}
    name = text(language)
    return name if name.casefold() not in taken else f"{MAKER(language)}{name}"
