"""The cells of a filled form by the names that texts call them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from workbook.form.model import Form
from workbook.prose.figures import Figure, figures_of, is_same_unit
from workbook.prose.words import prose_words
from workbook.reading.values import Entry, Row, Values
from workbook.stated.folded import letters
from workbook.stated.model import Basis, Quantity
from workbook.stated.phrases import UNSURE
from workbook.stated.words import canonical, general, named

LEAST = 2  # letters of a row's name
_OF_UNIT = (Basis.INITIAL, Basis.ADDED, Basis.FULL)  # what needs no name: there is one of each


class Cell(NamedTuple):
    """A figure that the form asks for, and what stands in its cell."""

    figure: Figure
    entry: Entry

    @property
    def value(self) -> Decimal:
        """What stands there."""
        assert isinstance(self.entry.value, Decimal)
        return self.entry.value


@dataclass(frozen=True)
class Cells:
    """The figures of a filled form.

    `names` are all that they are called, also where they are blank.
    `year` is that of the report, empty where it is not known; `bodies` what the unit is called;
    `rows` are the rows of tables by their names' letters, `row_names` these by their last ones.

    `by_name["基本支出"]` holds 预算收支!C9, `row_names["经费"]` the name 防汛经费, and
    `rows["防汛经费"]` the row of that project.
    """

    form: Form
    by_name: Mapping[str, Sequence[Cell]]
    names: frozenset[str]
    bodies: tuple[str, ...]
    year: str
    rows: Mapping[str, Sequence[Row]]
    row_names: Mapping[str, Sequence[str]]
    of_rate: Sequence[Cell]

    def called(self, name: str, unit: str) -> list[Cell]:
        """The filled cells of a name, whatever their year and basis; the asked ones first."""
        return [one for one in self.named(name) if is_same_unit(one.entry.field, unit)]

    def named(self, name: str) -> Sequence[Cell]:
        """The filled cells of a name, in whatever unit."""
        return self.by_name.get(_bare(name), ())

    def rates(self, words: str) -> list[Cell]:
        """The filled rates whose whole name ends the words: `我部预算执行率为`."""
        said = named(words).name or letters(words)
        fillers = (*self.bodies, *prose_words().of_rate)
        return [
            one for one in self.of_rate
            for name in {one.figure.name, letters(one.entry.field.name)}
            if said.endswith(name) and is_plain(said.removesuffix(name), fillers)
        ]  # fmt: skip


def is_plain(words: str, fillers: Sequence[str]) -> bool:
    """Whether words before a name say no more than whose it is."""
    for word in (*fillers, *prose_words().own, *general().words.neutral):
        words = words.replace(word, "")
    return not words


def cells_of(values: Values, form: Form) -> Cells:
    """The cells of `form` in which a figure stands, by name."""
    by_name: dict[str, list[Cell]] = {}
    figures = figures_of(form)
    for figure in figures:
        entry = values.fields[figure.key]
        if not figure.name and not _is_of_unit(figure.key):
            continue
        if isinstance(entry.value, Decimal) and entry.readable:
            by_name.setdefault(_bare(figure.name), []).append(Cell(figure, entry))
    order = list(form.fields)
    for cells in by_name.values():
        cells.sort(key=lambda one: (_weight(one), order.index(one.figure.key)))
    names = {one.name for one in figures if one.name}
    names |= {letters(way) for one in general().same if one.says[0] in names for way in one.says}
    bodies = tuple(letters(words) for words in _unit_names(values))
    rows = _rows(values, form)
    row_names: dict[str, list[str]] = {}
    for name in rows:
        row_names.setdefault(name[-LEAST:], []).append(name)
    of_rate = [cell for ones in by_name.values() for cell in ones if cell.entry.field.unit == "%"]
    year = _year(values)
    return Cells(form, by_name, frozenset(names), bodies, year, rows, row_names, of_rate)


def name_of(one: Quantity, *, is_of_unit: bool) -> str | None:
    """The name of what a quantity is of, empty for the whole unit; None where nobody can tell.

    `is_of_unit` says that the unit itself is named before it, as in 我单位年初预算.
    """
    name = canonical(one.name or ("" if is_of_unit else one.subject))
    if name in general().words.totals and one.basis in _OF_UNIT:
        name = ""
    if name == UNSURE or (not name and one.basis not in _OF_UNIT):
        return None
    return name


def _bare(name: str) -> str:
    """A name as it is looked up: 编制 is 编制数."""
    return canonical(name).removesuffix("数")


def _is_of_unit(key: str) -> bool:
    """Whether a field without a name is the whole unit's: 年初预算 is, 年初预算合计 is of rows."""
    return any(key in ways for ways in general().basis.values())


def _weight(one: Cell) -> int:
    """Typed cells before those that may be typed over, and these before computed ones."""
    field = one.entry.field
    return 2 * bool(field.compute) + bool(field.default)


def _unit_names(values: Values) -> Iterator[str]:
    for entry in values.fields.values():
        is_name = any(word in entry.field.name for word in prose_words().names)
        if entry.field.type == "text" and is_name and isinstance(entry.value, str):
            yield entry.value


def _year(values: Values) -> str:
    years = (one.value for one in values.fields.values() if one.field.type == "year")
    return next((str(year) for year in years if isinstance(year, Decimal)), "")


def _rows(values: Values, form: Form) -> Mapping[str, Sequence[Row]]:
    """The rows of tables by their names, without those that are called like a single cell."""
    found: dict[str, list[Row]] = {}
    for table in (one for one in form.tables.values() if one.row_name):
        for row in values.tables[table.key]:
            words = row[table.row_name].value
            if isinstance(words, str) and len(name := letters(words)) >= LEAST:
                found.setdefault(name, []).append(row)
    return found
