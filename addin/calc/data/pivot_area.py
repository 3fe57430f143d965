"""Where a pivot table stands, and the source that it sums. To Calc it is a DataPilot table."""

from typing import Any, cast

from addin.calc.places.model import Block, OpenSheet
from addin.calc.values.contents import formulas_of, value_of

# com.sun.star.sheet.DataPilotOutputRangeType
_WHOLE, _BODY, _RESULTS = 0, 1, 2


class PivotArea:
    """The cells of one pivot table, and those of its source.

    Of a table that sums 金额 by 部门 `field_names` is `["部门", "科目", "金额"]`, the columns of
    the source; `captions()` is what stands above its own rows.
    """

    # Properties of xlwings' class, plain attributes here.
    api: Any = None
    parent: OpenSheet = cast("OpenSheet", None)

    def __init__(self, parent: OpenSheet, api: Any) -> None:
        self.parent = parent
        self.api = api

    @property
    def name(self) -> str:
        """The table's name."""
        return str(self.api.getName())

    @name.setter
    def name(self, value: str) -> None:
        kept = self.parent.book.kept.pop(("pivot", self.name), {})
        self.api.setName(value)
        self.parent.book.kept["pivot", value] = kept

    @property
    def kept(self) -> dict[Any, Any]:
        """What Calc does not tell about the table's fields, while the book is open."""
        found: dict[Any, Any] = self.parent.book.kept.setdefault(("pivot", self.name), {})
        return found

    @property
    def _source(self) -> Block:
        area = self.api.getSourceRange()
        return self.parent.book.sheet_at(area.Sheet).of_area(area)

    @property
    def field_names(self) -> list[str]:
        """The columns of the source."""
        source = self._source
        head = source.sheet.block(source.row, source.column, 1, source.shape[1])
        return formulas_of(head)[0]

    def source_field(self, name: str) -> Any:
        """Calc's field of a column of the source; KeyError where there is none."""
        names = self.field_names
        if name not in names:
            raise KeyError(name)
        return self.api.getDataPilotFields().getByIndex(names.index(name))

    def source_of(self, shown: str) -> str:
        """The column of the source that the table shows under another name."""
        fields = self.api.getDataPilotFields()
        pairs = zip(self.field_names, fields, strict=False)
        return next((name for name, field in pairs if field.getName() == shown), shown)

    def holds_numbers(self, name: str) -> bool:
        """Whether a column of the source holds numbers and nothing else."""
        source, place = self._source, self.field_names.index(name)
        column = value_of(
            source.sheet.block(source.row + 1, source.column + place, source.shape[0] - 1, 1)
        )
        rows = column if isinstance(column, list) else [[column]]
        return all(type(value) is float for (value,) in rows)

    def captions(self) -> list[str]:
        """What stands above the table's rows, from left to right and down."""
        whole = self.parent.of_area(self.api.getOutputRangeByType(_WHOLE))
        first = self.api.getOutputRangeByType(_RESULTS).StartRow + 1  # counted from 1
        head = self.parent.block(whole.row, whole.column, first - whole.row, whole.shape[1])
        return [text for line in formulas_of(head) for text in line] if len(head) else []

    @property
    def range(self) -> Block:
        """The table's cells, without the filters above."""
        return self.parent.of_area(self.api.getOutputRangeByType(_BODY))

    @property
    def data_body_range(self) -> Block | None:
        """The sums; None where nothing is summed."""
        if not self.api.getDataFields().getCount():
            return None
        return self.parent.of_area(self.api.getOutputRangeByType(_RESULTS))
