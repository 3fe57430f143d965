"""`[@Column]` in a formula: Excel leaves out the name of the table that the formula stands in."""

import re
from functools import cached_property
from typing import Any, Final

_BRACKETS: Final = r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]"
_UNNAMED: Final = re.compile(
    rf"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')+'|[\w.]+{_BRACKETS}|(?P<own>{_BRACKETS})(?!\w)"
)


class OwnTable:
    """The table around a block's first cell, looked for when the first formula has brackets."""

    def __init__(self, cells: Any, document: Any) -> None:
        self._cells = cells
        self._document = document

    @cached_property
    def _name(self) -> str:
        return _name_at(self._cells.getRangeAddress(), self._document)

    def named_in(self, formula: str) -> str:
        """The formula with the table's name before each `[@Column]`; unchanged outside a table."""
        if "[" not in formula or not self._name:
            return formula
        return _UNNAMED.sub(lambda found: self._name * bool(found["own"]) + found[0], formula)


def _name_at(area: Any, document: Any) -> str:
    """The name of the table that holds an area's first cell, '' where there is none."""
    for table in document.DatabaseRanges:
        whole = table.getDataArea()
        if (
            whole.Sheet == area.Sheet
            and whole.StartRow <= area.StartRow <= whole.EndRow
            and whole.StartColumn <= area.StartColumn <= whole.EndColumn
        ):
            return str(table.getName())
    return ""
