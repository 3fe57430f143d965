"""References of a formula to the table in which it stands, which Excel writes without its name."""

import re
from typing import Any, Final

_BRACKETS: Final = r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]"
_UNNAMED: Final = re.compile(
    rf"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')+'|[\w.]+{_BRACKETS}|(?P<own>{_BRACKETS})(?!\w)"
)


def with_name(formula: str, cells: Any, document: Any) -> str:
    """An Excel formula whose `[@Column]` names the table of the block's first cell, as Calc asks.

    Outside of any table it stays as it is.
    """
    if "[" not in formula:
        return formula
    name = _name_at(cells.getRangeAddress(), document)
    if not name:
        return formula
    return _UNNAMED.sub(lambda found: name * bool(found["own"]) + found[0], formula)


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
