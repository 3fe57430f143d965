"""The likely slip behind a difference: what single change to one figure would make the rule tie."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from workbook.catalogue.findings import SUSPECT
from workbook.catalogue.model import Language, Text
from workbook.catalogue.rules import (
    DIVIDED,
    IN_YUAN,
    LEFT_OUT,
    LOST_ROW,
    POINT,
    SIGN,
    SWAPPED,
    TIES,
    TWICE,
    WOULD_TIE,
)
from workbook.figures.numbers import round_half_up, rounded
from workbook.language.model import Leaf
from workbook.language.names import Number
from workbook.language.operators import Relation
from workbook.reading.values import Entry, shown
from workbook.rules.judge import Outcome, Verdict, judge

MOST_CAUSES = 3
_YUAN = Decimal("0.0001")  # of a 万元
_SHIFTS = (
    (Decimal(10_000), DIVIDED),
    (_YUAN, IN_YUAN),
    (Decimal(10), POINT),
    (Decimal("0.1"), POINT),
    (Decimal(100), POINT),
    (Decimal("0.01"), POINT),
)


class Cause(Struct, frozen=True):
    """A slip in the clerk's words, and with which figure in which cell the rule would tie."""

    words: str
    leaf: Leaf | None = None
    entry: Entry | None = None
    value: Decimal | None = None


def likely_causes(outcome: Outcome) -> tuple[Cause, ...]:
    """Up to three, the most telling first; empty where arithmetic shows nothing."""
    equation = outcome.rule.equation
    if (
        equation is None
        or equation.relation is not Relation.EQUAL
        or outcome.verdict is not Verdict.FAILS
    ):
        return ()
    read = [{leaf.key for leaf in side.leaves()} for side in equation.sides]
    if not read[0].isdisjoint(read[1]):
        return ()  # a figure held against what is made of itself, such as its whole part
    found = {words: Cause(words) for words in _lost_rows(outcome)}
    for cause in _candidates(outcome):
        # Of two ways to one figure the first.
        found.setdefault(cause.words.partition(TIES(outcome.rule.language))[0], cause)
    return tuple(found.values())[:MOST_CAUSES]


def _lost_rows(outcome: Outcome) -> Iterator[str]:
    """Rows that a table which is added up should have, for another table names them.

    Of 项目 without the row 甲, which 项目指标 still has indicators of, that 甲 may be missing.
    """
    tables = outcome.operands.values.tables
    added = (leaf for leaf, _ in outcome.sources() if leaf.table and leaf.field.is_number)
    for read in dict.fromkeys(leaf.table for leaf in added):
        for key, rows in tables.items():
            for column in (entry.field for entry in next(iter(rows), {}).values()):
                table, _, name = column.choices_from.partition(".")
                if table == read:
                    known = {row[name].value for row in tables[read]}
                    named = dict.fromkeys(row[column.key].value for row in rows)
                    for lost in (one for one in named if one and one not in known):
                        yield LOST_ROW(outcome.rule.language, lost=lost, key=key, read=read)


class _Suspect(Struct, frozen=True):
    """A figure that may be wrong, and for a column's figure what it must change by to tie."""

    leaf: Leaf
    entry: Entry
    change: Decimal | None = None
    language: Language = "zh"

    @property
    def figure(self) -> Decimal:
        assert isinstance(self.entry.value, Decimal)
        return self.entry.value

    def __str__(self) -> str:
        return SUSPECT(self.language, label=self.entry.label, place=self.entry.place)


_Guess = tuple[str, Decimal]  # what is said of a suspect, and the figure that would tie


def _candidates(outcome: Outcome) -> Iterator[Cause]:
    suspects = list(_suspects(outcome))
    for explain in (_missing_or_double, _sign, _shift, _swap):
        for suspect in suspects:
            for words, value in explain(outcome, suspect):
                yield Cause(words, suspect.leaf, suspect.entry, value)


def _suspects(outcome: Outcome) -> Iterator[_Suspect]:
    for leaf, cells in outcome.sources():
        entries = [entry for entry in cells if isinstance(entry.value, Decimal) and entry.is_typed]
        change = _change(outcome, entries) if leaf.table else None
        if change is not None or not leaf.table:
            language = outcome.rule.language
            filled = (entry for entry in entries if entry.value != 0)
            yield from (_Suspect(leaf, entry, change, language) for entry in filled)


def _change(outcome: Outcome, column: Sequence[Entry]) -> Decimal | None:
    """What any one figure of a column must change by, told by a single trial; None: none helps.

    A rule knows only the column's sum. Trying each of a thousand rows would judge it a thousand
    times over a thousand rows.
    """
    if not column or outcome.difference is None:
        return None
    value = column[0].value
    assert isinstance(value, Decimal)
    moved = _on_trial(outcome, column[0], value + 1).difference
    slope = moved - outcome.difference if moved is not None else 0
    return -outcome.difference / slope if slope else None


def _ties_with(outcome: Outcome, suspect: _Suspect, value: Decimal) -> bool:
    if suspect.change is not None:
        missing = value - suspect.figure - suspect.change
        if rounded(missing, outcome.rule.decimals) != 0:
            return False
    return _on_trial(outcome, suspect.entry, value).verdict is Verdict.TIES


def _on_trial(outcome: Outcome, entry: Entry, value: Decimal) -> Outcome:
    """What becomes of the rule with another figure in one cell."""
    trial = outcome.operands.with_trial(entry, value, outcome.rule.leaves)
    return judge(outcome.rule, trial)


def _said(text: Text, suspect: _Suspect, value: Decimal, how: Text | None = None) -> str:
    language = suspect.language
    slip = how(language) if how else ""
    return text(language, suspect=suspect, value=shown(value), how=slip)


def _missing_or_double(outcome: Outcome, suspect: _Suspect) -> Iterator[_Guess]:
    value, total = suspect.figure, outcome.rule.total
    is_total = total is not None and total.field is suspect.entry.field
    if is_total or _is_fixed(outcome) or not _is_gap(outcome, value):
        return
    if _ties_with(outcome, suspect, Decimal(0)):
        yield _said(LEFT_OUT, suspect, value), Decimal(0)
    if _ties_with(outcome, suspect, 2 * value):
        yield _said(TWICE, suspect, value), 2 * value


def _sign(outcome: Outcome, suspect: _Suspect) -> Iterator[_Guess]:
    if _is_gap(outcome, 2 * suspect.figure) and _ties_with(outcome, suspect, -suspect.figure):
        yield _said(SIGN, suspect, suspect.figure), -suspect.figure


def _is_fixed(outcome: Outcome) -> bool:
    """Whether one side is a figure of the rule's own, in which nobody can have left out a part."""
    equation = outcome.rule.equation
    return equation is not None and any(isinstance(side, Number) for side in equation.sides)


def _is_gap(outcome: Outcome, figure: Decimal) -> bool:
    """Whether a figure is the difference, either way; in a product it need not be."""
    assert outcome.difference is not None
    return rounded(abs(figure) - abs(outcome.difference), outcome.rule.decimals) == 0


def _shift(outcome: Outcome, suspect: _Suspect) -> Iterator[_Guess]:
    for factor, words in _SHIFTS:
        value, places = suspect.figure * factor, suspect.entry.field.places
        if places is not None:
            # Yuan turned into 万元 are rounded; a shifted point leaves the digits as they are.
            value = round_half_up(value, places)
            if factor != _YUAN and value != suspect.figure * factor:
                continue
        if value != 0 and _ties_with(outcome, suspect, value):
            yield _said(WOULD_TIE, suspect, value, words), value


def _swap(outcome: Outcome, suspect: _Suspect) -> Iterator[_Guess]:
    """Two neighbouring digits exchanged.

    That 9 divides the difference, the accountant's sign of it, says nothing by itself: one in nine
    differences has it, and where no figure explains it, no two digits were exchanged.
    """
    for value in swapped_digits(suspect.figure):
        if _ties_with(outcome, suspect, value):
            yield _said(WOULD_TIE, suspect, value, SWAPPED), value


def swapped_digits(number: Decimal) -> Iterator[Decimal]:
    """The figures that come of exchanging two neighbouring digits."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    digits = (0,) * max(0, 1 - exponent - len(digits)) + digits  # 0.03 has a leading zero to swap
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            swapped = (*digits[:i], digits[i + 1], digits[i], *digits[i + 2 :])
            yield Decimal((sign, swapped, exponent))
