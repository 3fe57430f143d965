"""Defaults that an import must not leave standing: what they add up the report does not all state.

编制数 is 行政编制 + 事业编制 + 工勤编制. Where a report says 机关行政编制6名 and 另有事业人员5名,
of which nobody can tell what they are, a sum of 6 would be printed as if the report had said so.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from docgen.importing.matching.found import Row
from docgen.stated.outline import Line
from workbook.catalogue import imports as told
from workbook.catalogue.model import listed
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.language.model import Leaf
from workbook.reading.values import Entry, Values, shown
from workbook.rules.computed import Computed
from workbook.stated.clauses import Said, Sentence, sentences
from workbook.stated.folded import CELL, letters, sentence
from workbook.stated.units import MONEY
from workbook.stated.words import general, ways_of

_CLAUSE: Final = re.compile(r"[,;:。()]")
_YEAR: Final = re.compile(r"^(?:(?:19|20)\d\d年度?|本年度?|全年)")
_BEHIND: Final = 4  # letters between a name and its own figure: 总支出合计为


@dataclass(frozen=True)
class Defaults:
    """What of a form the report states, by which its defaults are held.

    `stated` are the fields that it states, `rows` the rows of its tables; those of a `laid_out`
    one stand as the template has them, where a blank cell is one that somebody left blank.
    `rounded` are the fields whose figures have more decimals than the form takes: 4.444 and 4.444
    are no 8.88.
    """

    form: Form
    computed: Mapping[str, Computed]
    stated: frozenset[str]
    rows: Mapping[str, Sequence[Row]]
    laid_out: Collection[str]
    lines: Sequence[Line]
    rounded: Collection[str] = ()

    def doubts(self, values: Values) -> Iterator[tuple[str, str]]:
        """The keys of the defaults that must not stand, each with what is to be said of it.

        Of a 0 of which the report does not speak there is nothing to say.
        """
        for key, entry in values.fields.items():
            is_ours = entry.is_derived and key in self.computed and key not in self.stated
            if is_ours and isinstance(entry.value, Decimal):
                why = self._why(key, entry)
                if why:
                    yield key, why if entry.value or self._speaks_of(entry.field) else ""

    def _why(self, key: str, entry: Entry) -> str:
        language, value = self.form.language, shown(entry.value)
        if lacking := list(dict.fromkeys(self._lacking(key))):
            names = listed(language, lacking)
            return told.DEFAULT_LACKS(language, label=entry.label, value=value, names=names)
        if rounded := [self.form.fields[one].name for one in self._reads(key) & set(self.rounded)]:
            names = listed(language, rounded)
            return told.DEFAULT_ROUNDED(language, label=entry.label, value=value, names=names)
        if _is_too_low(entry):
            return told.DEFAULT_NEGATIVE(language, label=entry.label, value=value)
        if others := list(self._others(entry)):
            said = ";".join(dict.fromkeys(others))
            return told.DEFAULT_DIFFERS(language, label=entry.label, value=value, said=said)
        return ""

    def _lacking(self, key: str) -> Iterator[str]:
        """The names of what a field is worked out from and the report has not, or not plainly."""
        cell = self.computed.get(key)
        for leaf in cell.inputs.leaves if cell is not None else ():
            if leaf.table:
                if not self._is_whole(leaf):
                    yield f"{leaf.table}.{leaf.field.name}"
            elif leaf.key in self.computed and not self._is_taken(leaf):
                yield from self._lacking(leaf.key)
            elif leaf.key not in self.stated and self._may_be_some(leaf.field):
                yield leaf.field.name

    def _is_taken(self, leaf: Leaf) -> bool:
        """Whether what the report states of a field stands in the form; a sum is worked out."""
        return leaf.key in self.stated and not leaf.field.compute

    def _reads(self, key: str) -> set[str]:
        """The fields that a default is worked out from without another table."""
        cell = self.computed.get(key)
        return {leaf.key for leaf in cell.inputs.leaves} if cell is not None else set()

    def _is_whole(self, leaf: Leaf) -> bool:
        """Whether the report has rows of a table, each with the figure that is added up.

        Where none has it the report may know of no such figure at all, and a blank cell of rows
        that stand as the template has them is one that somebody left blank.
        """
        rows = [row for row in self.rows.get(leaf.table, ()) if row]
        has = [leaf.field.key in row for row in rows]
        if leaf.table in self.laid_out or not any(has):
            return bool(rows) and not self._speaks_of(leaf.field)
        return all(has)

    def _may_be_some(self, field: Field) -> bool:
        """Whether a field may be another than 0, which it is only where the form says so."""
        return field.empty != "zero" or self._speaks_of(field)

    def _speaks_of(self, field: Field) -> bool:
        """Whether some sentence with a figure other than 0 speaks of a field, by whatever words."""
        name = letters(field.name)
        hints = [ways for word, ways in general().hints.items() if word in name]
        ways = [way for one in hints for way in one] or [name]
        return any(way in text for text in self._telling for way in ways)

    @cached_property
    def _sentences(self) -> Sequence[tuple[Line, Sentence]]:
        """All sentences, and rows of tables, read once for all defaults."""
        return [
            (line, one) for line in self.lines if not line.is_long for one in sentences(line.folded)
        ]

    @cached_property
    def _telling(self) -> Sequence[str]:
        """The letters of all sentences, and rows, with a figure other than 0."""
        return [
            letters(one.text)
            for line, one in self._sentences
            if line.table is not None or any(said.value for said in one.figures)
        ]

    def _others(self, entry: Entry) -> Iterator[str]:
        """The sentences in which the field's own name has another figure right behind it."""
        found = list(self._own(entry.field))
        is_said = any(_is_same(said, entry) for _, _, said in found)
        for line, place, _ in () if is_said else found:
            start = line.folded.origin[place]
            yield sentence(line.text, start, start + 1).replace(CELL, " | ")

    def _own(self, field: Field) -> Iterator[tuple[Line, int, Said]]:
        """The figures right behind a field's own name in running text, with where they stand."""
        ways = [*ways_of(field.name), *_other_income(field.name)]
        ways += general().funded.get(field.name, ())
        for line, one in self._sentences:
            for said in one.figures if line.table is None else ():
                if _fits(said, field) and _is_named(
                    _YEAR.sub("", _CLAUSE.split(one.text[: said.start])[-1]), ways
                ):
                    yield line, one.start + said.start, said


def _is_named(clause: str, ways: Collection[str]) -> bool:
    """Whether the words right before a figure begin with one of the names, and say hardly more."""
    clause = clause.removeprefix("其中")
    return any(clause.startswith(way) and len(clause) - len(way) <= _BEHIND for way in ways)


def _is_too_low(entry: Entry) -> bool:
    """Whether a sum is below what may be: its parts are not all known, or are of other sums."""
    least = entry.field.least
    return isinstance(entry.value, Decimal) and least is not None and entry.value < least


def _other_income(name: str) -> list[str]:
    """What else a report may call the income of a source, 其他收入 of 其他资金本年收入."""
    hints = general().hints.items() if name.endswith("本年收入") else ()
    return [way for word, ways in hints if word in name for way in ways if way.endswith("收入")]


def _fits(said: Said, field: Field) -> bool:
    return said.unit in MONEY if field.unit in MONEY else said.unit == field.unit


def _is_same(said: Said, entry: Entry) -> bool:
    power = MONEY.get(entry.field.unit, 0)
    return said.value.scaleb(MONEY.get(said.unit, 0) - power) == entry.value
