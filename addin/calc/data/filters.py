"""Filters: which rows of a range or a table are shown."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from xlwings import base_classes

from addin.calc.places.model import Block
from addin.calc.program.bridge import call, enum, struct, typed
from addin.calc.values.serials import to_serial

_FIELD: Final = "com.sun.star.sheet.TableFilterField3"
_VALUE: Final = "com.sun.star.sheet.FilterFieldValue"
# com.sun.star.sheet.FilterOperator2
_EMPTY, _NOT_EMPTY, _EQUAL = 0, 1, 2
_TEXTS: Final = 1  # com.sun.star.sheet.FilterFieldType.STRING
_COMPARISONS: Final = {
    "equal_to": 2, "not_equal_to": 3, "greater_than": 4, "greater_than_or_equal": 5,
    "less_than": 6, "less_than_or_equal": 7,
}  # fmt: skip
_COUNTS: Final = {"top_items": 8, "top_percent": 9, "bottom_items": 10, "bottom_percent": 11}

Criterion = dict[str, Any]


class AutoFilter(base_classes.AutoFilter):
    """The filter of a range; what was set is known as long as the book is open."""

    def __init__(self, block: Block, database_range: Any = None) -> None:
        self.block = block
        self._database_range = database_range

    @property
    def api(self) -> Any:
        """Calc's database range: the table's, or the one that the sheet itself has."""
        if self._database_range is not None:
            return self._database_range
        ranges = self.block.sheet.book.document.getPropertyValue("UnnamedDatabaseRanges")
        position = self.block.sheet.position
        if not ranges.hasByTable(position):
            ranges.setByTable(self.block.range_address)
        found = ranges.getByTable(position)
        if self.block.sheet.of_area(found.getDataArea()).address != self.block.address:
            if found.AutoFilter and self._fields:
                raise ValueError("This worksheet already has an AutoFilter on a different range")
            found.setDataArea(self.block.range_address)
        return found

    @property
    def _fields(self) -> dict[int, Criterion]:
        kept = self.block.sheet.book.kept
        own = str(self._database_range.getName()) if self._database_range else "AutoFilter"
        fields: dict[int, Criterion] = kept.setdefault((self.block.sheet.name, own), {})
        return fields

    @property
    def criteria(self) -> list[Criterion]:
        """The criterion of each column, whether it has one or not."""
        fields = self._fields
        return [
            fields.get(field) or base_classes.empty_autofilter_criteria(field)
            for field in range(1, self.block.shape[1] + 1)
        ]

    def _apply(self, field: int, **criterion: Any) -> None:
        fields = self._fields
        fields[field] = base_classes.empty_autofilter_criteria(field) | criterion
        self._show(fields)

    def _show(self, fields: dict[int, Criterion]) -> None:
        epoch = self.block.sheet.book.formats.epoch
        made = [part for field in fields.values() for part in _as_fields(field, epoch)]
        if not made:  # a refresh with nothing to filter by leaves the rows hidden
            self.block.cells.filter(self.block.cells.createFilterDescriptor(True))
            return
        target = self.api
        target.AutoFilter = True
        descriptor = target.getFilterDescriptor()
        descriptor.ContainsHeader = True
        call(descriptor, "setFilterFields3", typed(f"[]{_FIELD}", tuple(made)))
        target.refresh()

    def apply_values(self, field: int, values: Sequence[str]) -> None:
        """Show the rows with one of these values."""
        self._apply(field, type="values", values=list(values))

    def apply_comparison(self, field: int, operator: str, value1: Any, value2: Any) -> None:
        """Show the rows whose value compares like this."""
        self._apply(field, type="comparison", operator=operator, value1=value1, value2=value2)

    def apply_top_items(self, field: int, count: int) -> None:
        """Show the so many rows with the largest values."""
        self._apply(field, type="top_items", count=count)

    def apply_bottom_items(self, field: int, count: int) -> None:
        """Show the so many rows with the smallest values."""
        self._apply(field, type="bottom_items", count=count)

    def apply_top_percent(self, field: int, percent: float) -> None:
        """Show the share of rows with the largest values."""
        self._apply(field, type="top_percent", percent=percent)

    def apply_bottom_percent(self, field: int, percent: float) -> None:
        """Show the share of rows with the smallest values."""
        self._apply(field, type="bottom_percent", percent=percent)

    def clear(self, field: int | None) -> None:
        """Show the rows again that one column, or all of them, hid."""
        fields = self._fields
        for one in [field] if field is not None else list(fields):
            fields.pop(one, None)
        self._show(fields)


def _as_fields(criterion: Criterion, epoch: dt.datetime) -> list[Any]:
    """A column's criterion as Calc's filter fields."""
    kind, column = criterion["type"], criterion["field"] - 1
    if kind == "values":
        return [_field(column, _EQUAL, [_value(value, epoch) for value in criterion["values"]])]
    if kind in _COUNTS:
        number = criterion["count"] if "items" in kind else criterion["percent"]
        return [_field(column, _COUNTS[kind], [_value(str(number), epoch)])]
    first, second = criterion["value1"], criterion["value2"]
    if first is None:
        return [_field(column, _EMPTY if criterion["operator"] == "equal_to" else _NOT_EMPTY, [])]
    parts = {
        "between": (("greater_than_or_equal", first), ("less_than_or_equal", second)),
        "not_between": (("less_than", first), ("greater_than", second)),
    }.get(criterion["operator"], ((criterion["operator"], first),))
    made = [_field(column, _COMPARISONS[word], [_value(value, epoch)]) for word, value in parts]
    if criterion["operator"] == "not_between":
        made[1].Connection = enum("com.sun.star.sheet.FilterConnection", "OR")
    return made


def _field(column: int, operator: int, values: list[Any]) -> Any:
    return struct(_FIELD, Field=column, Operator=operator, Values=tuple(values))


def _value(value: Any, epoch: dt.datetime) -> Any:
    """A text, a number in a text, or a date, as Calc's filter compares it."""
    if isinstance(value, dict):
        number = to_serial(dt.datetime.fromisoformat(value["value"]), epoch)
        return struct(_VALUE, IsNumeric=True, NumericValue=number)
    try:
        return struct(_VALUE, IsNumeric=True, NumericValue=float(value), StringValue=value)
    except ValueError:
        return struct(_VALUE, IsNumeric=False, StringValue=value, FilterType=_TEXTS)
