"""Conditions put on cells so that Calc draws them.

A format of the list `ConditionalFormats` is kept and saved, and drawn only after the file has been
opened again: LibreOffice 7.4 does not tell the cells of it. The older interface, one format for a
range, does; it takes the range out of all other formats.
"""

from collections.abc import Sequence
from typing import Any, Final

from addin.calc.conditional.rules import ConditionalFormat
from addin.calc.notation.number_formats import Formats
from addin.calc.places.model import Block
from addin.calc.program.bridge import enum, properties, struct

_OPERATOR: Final = "com.sun.star.sheet.ConditionOperator"
# By com.sun.star.sheet.ConditionFormatOperator, which has others besides.
_OPERATORS: Final = {
    0: "EQUAL", 1: "LESS", 2: "GREATER", 3: "LESS_EQUAL", 4: "GREATER_EQUAL", 5: "NOT_EQUAL",
    6: "BETWEEN", 7: "NOT_BETWEEN", 24: "FORMULA",
}  # fmt: skip


def put_on(block: Block, rules: Sequence["ConditionalFormat"]) -> Any:
    """The one format of the block, made of all its rules; None where they cannot be made one.

    That is where another rule grades, compares in a way that the older interface does not know, or
    stands on a part of the block alone.
    """
    place = block.range_address
    can_be_one = all(
        rule.is_condition and rule.api.Operator in _OPERATORS and _covers(rule.owner.Range, place)
        for rule in rules
    )
    if not can_be_one:
        return None
    cells = block.cells
    entries = cells.ConditionalFormat
    entries.clear()
    for rule in rules:
        entries.addNew(_entry(block, rule))
    cells.ConditionalFormat = entries
    formats = block.sheet.api.ConditionalFormats.getConditionalFormats()
    return next(one for one in reversed(formats) if _covers(one.Range, place))  # the newest is last


def _covers(where: Any, place: Any) -> bool:
    """Whether the ranges hold the whole of an area."""
    shared = where.queryIntersection(place).getRangeAddresses()
    return sum(map(_count, shared)) == _count(place)


def _count(area: Any) -> int:
    rows, columns = area.EndRow - area.StartRow + 1, area.EndColumn - area.StartColumn + 1
    return int(rows * columns)


def _entry(block: Block, rule: "ConditionalFormat") -> Any:
    """A rule as Calc's older interface takes it.

    Its formulas are relative to the first cell of the range they were written for.
    """
    first = rule.owner.Range.getRangeAddresses()[0]
    api, formats = rule.api, block.sheet.book.formats
    return properties(
        Operator=enum(_OPERATOR, _OPERATORS[api.Operator]),
        Formula1=_as_api(str(api.Formula1), formats),
        Formula2=_as_api(str(api.Formula2), formats),
        StyleName=api.StyleName,
        SourcePosition=struct(
            "com.sun.star.table.CellAddress",
            Sheet=first.Sheet,
            Column=first.StartColumn,
            Row=first.StartRow,
        ),
    )


def _as_api(formula: str, formats: Formats) -> str:
    """A formula read from Calc's list of rules (commas) in the notation that Calc takes back."""
    return formats.to_calc(formula).removeprefix("=")
