"""Which field of a form a stated quantity is: by its whole name, year, basis and unit."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from docgen.importing.patterns import MONEY
from docgen.stated.outline import Line
from docgen.template.model.errors import Location
from workbook.form.model import Field, Form
from workbook.stated.folded import CELL, letters
from workbook.stated.model import Basis, Quantity, Relation
from workbook.stated.sentences import read_text
from workbook.stated.words import BEFORE, canonical, general, named

_OWN: Final = (Relation.PLAIN, Relation.PART, Relation.TOTAL)
_PEOPLE: Final = frozenset(("名", "人"))


class _Asked(NamedTuple):
    """What a field asks for, as the reader of quantities would read its name."""

    key: str
    name: str
    basis: Basis
    year: str


@dataclass(frozen=True)
class Asked:
    """The figures that a form asks for, and of which unit and year the report is."""

    form: Form
    figures: Sequence[_Asked]
    years: Collection[str] = ()
    bodies: Collection[str] = ()

    @property
    def names(self) -> frozenset[str]:
        """All names by which the form's figures are known."""
        return frozenset(one.name for one in self.figures if one.name)

    def keys(self, quantity: Quantity) -> list[str]:
        """The fields that a quantity fills: one, or none where it is not plain which."""
        if quantity.relation not in _OWN or not quantity.is_exact or not self._is_own(quantity):
            return []
        name = canonical(quantity.name or quantity.subject)
        name = "" if name in general().words.totals else name
        if not name and quantity.basis is Basis.NONE:
            return []
        found = {
            one.key
            for one in self.figures
            if one.name == name
            and self._is_of_year(one, quantity)
            and _is_same_basis(one, quantity.basis, self.form.fields[one.key])
            and _is_same_unit(self.form.fields[one.key], quantity.unit)
        }
        asked = [key for key in found if not self.form.fields[key].compute]
        plain = [key for key in asked if not self.form.fields[key].default]
        chosen = asked if len(asked) == 1 else plain
        return chosen if len(chosen) == 1 else []

    def _is_own(self, quantity: Quantity) -> bool:
        """Whether the body before the name, if one is named, may be the report's own unit."""
        return not quantity.prefix or any(
            _is_within(letters(quantity.prefix), letters(body)) for body in self.bodies
        )

    def _is_of_year(self, one: _Asked, quantity: Quantity) -> bool:
        before = {str(int(year) - 1) for year in self.years}
        if one.year == BEFORE:
            return quantity.year == BEFORE or quantity.year in before
        return quantity.year != BEFORE and (
            not quantity.year or not self.years or quantity.year in self.years
        )


def asked_of(form: Form, years: Collection[str] = (), bodies: Collection[str] = ()) -> Asked:
    """The figures with a unit that `form` asks for, by their keys, labels and other names."""
    made = {
        _Asked(key, canonical(name), basis, year)
        for key, field in form.fields.items()
        if field.is_number and field.unit
        for words in (key, field.name, *field.said)
        for name, basis, year in [named(words)]
    }
    return Asked(form, sorted(made, key=str), years, bodies)


def _is_same_basis(one: _Asked, basis: Basis, field: Field) -> bool:
    if field.unit not in MONEY:
        return True
    if one.basis in (Basis.NONE, Basis.OUTTURN):
        return basis in (Basis.NONE, Basis.OUTTURN)
    return one.basis is basis


def _is_same_unit(field: Field, unit: str) -> bool:
    if field.unit in MONEY:
        return unit in MONEY
    return unit == field.unit or {unit, field.unit} <= _PEOPLE


def _is_within(part: str, whole: str) -> bool:
    """Whether the letters of `part` stand in `whole` in this order: 区统战部 in 芦淞区委统战部."""
    rest = iter(whole)
    return all(letter in rest for letter in part)


def quantities(
    asked: Asked, lines: Sequence[Line], topics: Mapping[Location, str]
) -> Iterator[tuple[Line, Quantity]]:
    """What the paragraphs and the cells of a report state, each with its line."""
    for line in lines:
        topic = topics.get(line.where, "")
        if line.is_long or any(word in topic for word in general().words.apart):
            continue
        start = 0
        for cell in line.folded.text.split(CELL):
            for one in read_text(cell, asked.names, "" if line.table is not None else topic):
                yield line, _moved(one, start)
            start += len(cell) + 1


def _moved(quantity: Quantity, count: int) -> Quantity:
    return replace(quantity, start=quantity.start + count, end=quantity.end + count)
