"""The fields of a pivot table: of rows, columns and filters, and those that are summed."""

from collections.abc import Container, Iterator
from typing import Any, Final

from xlwings import base_classes

from addin.calc.data.pivot_area import PivotArea
from addin.calc.program.bridge import enum

_ORIENTATION: Final = "com.sun.star.sheet.DataPilotFieldOrientation"
_FUNCTION: Final = "com.sun.star.sheet.GeneralFunction"
_AREAS: Final = {
    "rows": ("ROW", "getRowFields"),
    "columns": ("COLUMN", "getColumnFields"),
    "filters": ("PAGE", "getPageFields"),
}
# xlwings' functions: Calc's, and what Excel calls the field.
_FUNCTIONS: Final = {
    "sum": ("SUM", "Sum"), "count": ("COUNT", "Count"), "average": ("AVERAGE", "Average"),
    "max": ("MAX", "Max"), "min": ("MIN", "Min"), "product": ("PRODUCT", "Product"),
    "count_numbers": ("COUNTNUMS", "Count"), "std_dev": ("STDEV", "StdDev"),
    "std_dev_p": ("STDEVP", "StdDevp"), "var": ("VAR", "Var"), "var_p": ("VARP", "Varp"),
}  # fmt: skip


def put(field: Any, orientation: str) -> None:
    """Give a field of Calc its part in the table: ROW, COLUMN, PAGE, DATA or HIDDEN."""
    field.Orientation = enum(_ORIENTATION, orientation)


class PivotField(base_classes.PivotField):
    """A column of the source, wherever it stands in the table."""

    # Properties of the base class, plain attributes here.
    api: Any = None
    parent: Any = None
    name: Any = None

    def __init__(self, pivot: PivotArea, name: str) -> None:
        self.parent = pivot
        self.name = name
        self.api = pivot.source_field(name)

    def remove(self) -> None:
        """Take the field out of the table."""
        put(self.parent.source_field(self.name), "HIDDEN")


class PivotFields(base_classes.PivotFields):
    """The fields of one area: rows, columns or filters."""

    # Properties of the base class, plain attributes here.
    parent: Any = None
    area: Any = None

    def __init__(self, pivot: PivotArea, area: str) -> None:
        self.parent = pivot
        self.area = area

    @property
    def api(self) -> Any:
        """Calc's fields; among them may be the one that names the summed fields."""
        return getattr(self.parent.api, _AREAS[self.area][1])()

    def _names(self) -> list[str]:
        """The names in the order of the table; Calc tells them in that of the source."""
        names = self.parent.field_names
        found = [name for field in self.api if (name := str(field.getName())) in names]
        if len(found) < 2:
            return found
        shown = self.parent.captions()
        return sorted(found, key=lambda name: shown.index(name) if name in shown else len(shown))

    def __iter__(self) -> Iterator[PivotField]:
        return (PivotField(self.parent, name) for name in self._names())

    def __len__(self) -> int:
        return len(self._names())

    def __call__(self, key: str | int) -> PivotField:
        """The field of a name, or at a place, from 1; KeyError where there is none."""
        for number, name in enumerate(self._names(), 1):
            if key in (number, name):
                return PivotField(self.parent, name)
        raise KeyError(key)

    def __contains__(self, key: str | int) -> bool:
        return any(key in pair for pair in enumerate(self._names(), 1))

    def add(self, name: str) -> PivotField:
        """Put a field of the source last here; one that is here already stays in its place."""
        field = PivotField(self.parent, name)
        if name not in self:
            put(field.api, "HIDDEN")  # Calc keeps a place of an earlier area
            put(field.api, _AREAS[self.area][0])
        return field


class PivotValueField(base_classes.PivotValueField):
    """One field that is summed, counted or the like."""

    # Properties of the base class, plain attributes here.
    api: Any = None
    parent: Any = None

    def __init__(self, pivot: PivotArea, api: Any) -> None:
        self.parent = pivot
        self.api = api

    @property
    def name(self) -> str:
        """What the table calls it."""
        return str(self.api.getName())

    @name.setter
    def name(self, value: str) -> None:
        kept, before = self.parent.kept, self.name
        self.api.setName(value)
        for what in ("source", "format"):
            if (what, before) in kept:
                kept[what, value] = kept.pop((what, before))

    @property
    def source_field(self) -> str:
        """The column of the source that is summed."""
        return str(self.parent.kept.get(("source", self.name)) or self.parent.source_of(self.name))

    @property
    def function(self) -> str | None:
        """What is done with the values."""
        found = str(self.api.Function.value)
        return next((word for word, (name, _) in _FUNCTIONS.items() if name == found), None)

    @function.setter
    def function(self, value: str) -> None:
        is_automatic = self.name == _caption(self.function, self.source_field)
        self.api.Function = enum(_FUNCTION, _FUNCTIONS[value][0])
        if is_automatic:
            self.name = _caption(value, self.source_field)

    @property
    def number_format(self) -> str:
        """The format that was set while the book is open."""
        return str(self.parent.kept.get(("format", self.name), "General"))

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.parent.kept["format", self.name] = value
        format_values(self.parent)

    def remove(self) -> None:
        """Take the field out of the table."""
        for what in ("source", "format"):
            self.parent.kept.pop((what, self.name), None)
        put(self.api, "HIDDEN")


class PivotValueFields(base_classes.PivotValueFields):
    """The fields that are summed, by name or place."""

    parent: Any = None  # a property of the base class, a plain attribute here

    def __init__(self, pivot: PivotArea) -> None:
        self.parent = pivot

    @property
    def api(self) -> Any:
        """Calc's data fields."""
        return self.parent.api.getDataFields()

    def __iter__(self) -> Iterator[PivotValueField]:
        return (PivotValueField(self.parent, api) for api in self.api)

    def __len__(self) -> int:
        return int(self.api.getCount())

    def __call__(self, key: str | int) -> PivotValueField:
        """The field of a name, or at a place, from 1; KeyError where there is none."""
        for number, field in enumerate(self, 1):
            if key in (number, field.name):
                return field
        raise KeyError(key)

    def __contains__(self, key: str | int) -> bool:
        return any(key in (number, field.name) for number, field in enumerate(self, 1))

    def add(
        self,
        field: str,
        function: str | None = None,
        name: str | None = None,
        number_format: str | None = None,
    ) -> PivotValueField:
        """Sum a column of the source, or count it where it holds anything but numbers."""
        count = len(self)
        put(self.parent.source_field(field), "DATA")
        made = PivotValueField(self.parent, self.api.getByIndex(count))
        chosen = function or ("sum" if self.parent.holds_numbers(field) else "count")
        made.api.Function = enum(_FUNCTION, _FUNCTIONS[chosen][0])
        taken = {one.name for one in list(self)[:count]}
        made.api.setName(name or _free(_caption(chosen, field), taken))
        self.parent.kept["source", made.name] = field
        if len(self) > 1:  # beside each other, as in Excel
            put(self.parent.api.getDataLayoutField(), "COLUMN")
        if number_format is not None:
            made.number_format = number_format
        return made


def format_values(pivot: PivotArea) -> None:
    """Give the sums the number formats that were set for their fields, column by column."""
    body, fields = pivot.data_body_range, list(PivotValueFields(pivot))
    for index in range(body.shape[1] if body else 0):
        text = fields[index % len(fields)].number_format
        if body and text != "General":
            column = body.sheet.block(body.row, body.column + index, body.shape[0], 1)
            column.cells.NumberFormat = body.sheet.book.formats.key(text)


def _caption(function: str | None, field: str) -> str:
    """What Excel calls a field that was given no name."""
    return f"{_FUNCTIONS[function][1] if function else ''} of {field}"


def _free(caption: str, taken: Container[str]) -> str:
    """A name that no other field has: the caption, or the caption and a number."""
    number, text = 1, caption
    while text in taken:
        number += 1
        text = f"{caption}{number}"
    return text
