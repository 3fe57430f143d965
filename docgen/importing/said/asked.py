"""Which field of a form a stated quantity is: by its whole name, year, basis and unit."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Final

from docgen.stated.grids import grid
from docgen.stated.outline import Line
from docgen.stated.totals import titled_total
from docgen.template.model.errors import Location
from workbook.form.model import Form
from workbook.prose.figures import Figure, figures_of, is_same_basis, is_same_unit, is_within
from workbook.stated.folded import CELL, letters
from workbook.stated.implied import alone, of_several_funds, with_implied
from workbook.stated.model import Basis, Quantity, Relation
from workbook.stated.nothing import nothing_in
from workbook.stated.phrases import UNSURE
from workbook.stated.sentences import read_text
from workbook.stated.tables.cells import Around, read_rows
from workbook.stated.whose import SUBORDINATE, WHOLES
from workbook.stated.words import BEFORE, canonical, general, named

_OWN: Final = (Relation.PLAIN, Relation.PART, Relation.TOTAL)
_BUDGETS: Final = (Basis.INITIAL, Basis.FULL)  # an item's own budget, where it has one column
MOST_TITLE: Final = 30  # letters of a table's title
_TAILS: Final = ("办事处", "人民政府", "政府")  # behind the short name of a street or a town
_SELF: Final = re.compile(r"绩效目标(?=自评|完成)")  # a table's title that is of no plan
_UNIT_ALONE: Final = re.compile(r"\(?(?:金额|计量)?单位:[^,。;:]{1,6}\)?")  # below a title
_TABLE: Final = re.compile(r"表(?:\([^()]*\))?$")  # at the end of a table's title
_SPENT: Final = re.compile(r"决算|执行|支出情况|使用")


@dataclass(frozen=True)
class Asked:
    """The figures that a form asks for, and of which unit and year the report is.

    基本支出195.49万元 fills 基本支出; in 项目支出9万元,其中人员经费2万元 the 2 fills nothing, for
    it is a part of 项目支出.
    """

    form: Form
    figures: Sequence[Figure]
    years: Collection[str] = ()
    bodies: Collection[str] = ()
    units: Collection[str] = ()  # those of the bodies that are the report's own unit

    @cached_property
    def names(self) -> frozenset[str]:
        """All names by which the form's figures are known."""
        return frozenset(one.name for one in self.figures if one.name)

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Figure]]:
        made: dict[str, list[Figure]] = {}
        for one in self.figures:
            made.setdefault(one.name, []).append(one)
        return made

    def keys(self, quantity: Quantity) -> list[str]:
        """The fields that a quantity fills: one, or none where it is not plain which."""
        if quantity.relation not in _OWN or not quantity.is_exact or not self._is_own(quantity):
            return []
        if quantity.relation is Relation.PART and "项目" in quantity.of:
            return []  # 项目支出9万元,其中人员经费2万元
        if quantity.name and quantity.subject not in ("", UNSURE, *WHOLES):
            return []  # 1.防汛项目。预算资金9万元
        keys = self._of_basis(quantity)
        is_budget = quantity.basis in _BUDGETS and quantity.name + quantity.subject
        return keys or (self._of_basis(replace(quantity, basis=Basis.BUDGET)) if is_budget else [])

    def _of_basis(self, quantity: Quantity) -> list[str]:
        """The fields of a quantity of just its basis."""
        name = canonical(quantity.name or quantity.subject)
        if name in general().words.totals and quantity.basis is not Basis.NONE:
            name = ""
        if not name and quantity.basis is Basis.NONE:
            return []
        found = {
            one.key
            for one in self._by_name.get(name, ())
            if self._is_of_year(one, quantity)
            and is_same_basis(one, quantity.basis, self.form.fields[one.key])
            and is_same_unit(self.form.fields[one.key], quantity.unit)
        }
        found = {self._entered(key) for key in found}
        asked = [key for key in found if not self.form.fields[key].compute]
        plain = [key for key in asked if not self.form.fields[key].default]
        chosen = asked if len(asked) == 1 else plain
        return chosen if len(chosen) == 1 else []

    def _entered(self, key: str) -> str:
        """The field that a computed one only repeats, 年初预算 of 公共预算_年初预算数."""
        other = self.form.fields[key].compute
        return other if other in self.form.fields else key

    def _is_own(self, quantity: Quantity) -> bool:
        """Whether the body before the name, if one is named, may be the report's own unit."""
        said = letters(quantity.prefix)
        ends = general().sort.get(said, ())  # 学校 of 某某中学
        return (
            not said
            or any(is_within(said, letters(body)) for body in self.bodies)
            or any(said in (f"{letters(unit)}{tail}" for tail in _TAILS) for unit in self.units)
            or any(letters(unit).endswith(ends) for unit in self.units)
        )

    def _is_of_year(self, one: Figure, quantity: Quantity) -> bool:
        before = {str(int(year) - 1) for year in self.years}
        if one.year == BEFORE:
            return quantity.year == BEFORE or quantity.year in before
        return quantity.year != BEFORE and (
            not quantity.year or not self.years or quantity.year in self.years
        )


def asked_of(
    form: Form,
    years: Collection[str] = (),
    bodies: Collection[str] = (),
    units: Collection[str] = (),
) -> Asked:
    """The figures with a unit that `form` asks for, by their keys, labels and other names."""
    return Asked(form, figures_of(form), years, bodies, units)


def quantities(
    asked: Asked, lines: Sequence[Line], topics: Mapping[Location, str]
) -> Iterator[tuple[Line, Quantity]]:
    """What the paragraphs and the tables of a report state, each with its line."""
    apart = general().words.apart
    lone = alone(line.folded.text for line in lines)
    read = {
        line: read_text(line.folded.text, asked.names, topics.get(line.where, ""))
        for line in lines
        if line.table is None and not line.is_long
    }
    whole = {topics.get(line.where, "") for line, made in read.items() if of_several_funds(made)}
    above = ""  # the paragraph before a table, which may be its title
    for number, group in groupby(lines, key=lambda line: line.table):
        members = [line for line in group if not line.is_long]
        topic = topics.get(members[0].where, "") if members else ""
        if number is not None:
            is_apart = any(word in _SELF.sub("", topic + above) for word in apart)
            if not is_apart and not SUBORDINATE.match(named(above).name):  # 下属水利站情况表
                yield from _of_table(members, above, topic, asked.units)
            continue
        for line in members:
            topic = topics.get(line.where, "")
            above = above if _UNIT_ALONE.fullmatch(line.title) else line.title
            if not any(word in topic for word in apart):
                text = line.folded.text
                for one in with_implied(text, read[line], lone, is_all=topic in whole):
                    yield line, one
                yield from ((line, one) for one in nothing_in(text))


def _of_table(
    lines: Sequence[Line], title: str, topic: str, units: Collection[str]
) -> Iterator[tuple[Line, Quantity]]:
    """What the rows of a table state; a total without a name may be an item's and is left out."""
    basis = Basis.NONE if _SPENT.search(title) else named(title).basis
    unit = lines[0].unit if lines else ""
    own = title if len(title) <= MOST_TITLE else ""
    made = grid(lines)
    total = titled_total(title if _TABLE.search(title) else topic, made.rows, units)
    around = Around(unit, basis, own, total, units)
    found: dict[tuple[int, int], list[Quantity]] = {}
    for number, column, one in read_rows(made.rows, around):
        found.setdefault((number, made.cells[number][column]), []).append(one)
    for (number, cell), ones in found.items():
        # A figure below two heads is of both together, which is none of them.
        if len(set(ones)) == 1 and ones[0].name and ones[0].name not in general().words.totals:
            cells = lines[number].folded.text.split(CELL)
            start = sum(len(words) + 1 for words in cells[:cell])
            yield (
                lines[number],
                replace(ones[0], start=ones[0].start + start, end=ones[0].end + start),
            )
