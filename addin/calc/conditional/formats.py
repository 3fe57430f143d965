"""Conditional formats: how cells look depending on what they hold."""

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from addin.calc.conditional import scales
from addin.calc.conditional.drawn import put_on
from addin.calc.conditional.entries import (
    CONDITION,
    DATA_BAR,
    holds_conditions,
    make_anew,
    new_format,
)
from addin.calc.conditional.rules import ConditionalFormat
from addin.calc.places.model import Block


class ConditionalFormats(base_classes.ConditionalFormats):
    """The rules that apply to cells of a range.

    Colour scales, data bars and icon sets come first, the newest before the others; then the
    conditions in the order in which Calc tries them, which is the newest first too.
    """

    def __init__(self, block: Block) -> None:
        self.block = block

    @property
    def api(self) -> Any:
        """The sheet's conditional formats."""
        return self.block.sheet.api.ConditionalFormats

    def _touching(self) -> list[Any]:
        """The formats that apply to a cell of the range, in the order in which Calc tries them."""
        place = self.block.range_address
        found = [
            one
            for one in self.api.getConditionalFormats()
            if any(_meets(area, place) for area in one.Range.getRangeAddresses())
        ]
        return sorted(found, key=lambda one: int(one.ID))

    def _all(self) -> list[ConditionalFormat]:
        rules = [
            ConditionalFormat(self.block, one, index)
            for one in self._touching()
            for index in range(one.getCount())
        ]
        graded = [rule for rule in rules if not rule.is_condition]
        return graded[::-1] + [rule for rule in rules if rule.is_condition]

    def __iter__(self) -> Iterator[ConditionalFormat]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __call__(self, key: int) -> ConditionalFormat:
        """The rule at a place, from 1; KeyError where there is none."""
        rules = self._all()
        if not 1 <= key <= len(rules):
            raise KeyError(key)
        return rules[key - 1]

    def __contains__(self, key: int) -> bool:
        return 1 <= key <= len(self)

    def add_cell_value(self, spec: dict[str, Any]) -> ConditionalFormat:
        """A look for cells whose value compares like this."""
        return self._add_condition(spec)

    def add_custom(self, spec: dict[str, Any]) -> ConditionalFormat:
        """A look for cells for which a formula is true; it is written for the first cell."""
        return self._add_condition(spec)

    def _add_condition(self, spec: dict[str, Any]) -> ConditionalFormat:
        older = [one for one in self._touching() if holds_conditions(one)]
        rule = self._rule(new_format(self.block, self.block.range_address, CONDITION))
        rule.set(spec)
        for one in older:
            make_anew(self.block, one)
        drawn = put_on(self.block, self._all())
        return rule if drawn is None else self._rule(drawn)

    def add_color_scale(self, spec: dict[str, Any]) -> ConditionalFormat:
        """Two or three colours, and what lies between them."""
        return self._rule(scales.add_color_scale(self.block, spec))

    def add_icon_set(self, spec: dict[str, Any]) -> ConditionalFormat:
        """Three, four or five icons."""
        return self._rule(scales.add_icon_set(self.block, spec))

    def add_data_bar(self, spec: dict[str, Any]) -> ConditionalFormat:
        """A bar in each cell, as long as its value is large."""
        rule = self._rule(new_format(self.block, self.block.range_address, DATA_BAR))
        rule.set_bar(spec)
        return rule

    def _rule(self, made: Any) -> ConditionalFormat:
        return ConditionalFormat(self.block, made, 0)

    def clear(self) -> None:
        """Take the rules off the range; other cells keep theirs."""
        place = self.block.range_address
        for one in self._touching():
            where = one.Range
            for area in where.queryIntersection(place).getRangeAddresses():
                where.removeRangeAddress(area)
            if where.getRangeAddresses():
                one.Range = where
            else:
                self.api.removeByID(one.ID)


def _meets(area: Any, place: Any) -> bool:
    """Whether two areas of one sheet share a cell; to ask Calc for each takes a millisecond."""
    return bool(
        area.StartRow <= place.EndRow
        and place.StartRow <= area.EndRow
        and area.StartColumn <= place.EndColumn
        and place.StartColumn <= area.EndColumn
    )
