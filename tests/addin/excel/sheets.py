"""The sheets of a book: by name or place, and new ones."""

from typing import TYPE_CHECKING, Any

from excel.com import Collection, acts, reads
from excel.errors import failed
from excel.worksheets import Worksheet

if TYPE_CHECKING:
    from excel.workbooks import Workbook


class Sheets(Collection):
    """The sheets of a book, in their order."""

    def __init__(self, workbook: "Workbook") -> None:
        super().__init__(workbook._program)
        self._workbook = workbook

    def _list(self) -> list[Any]:
        return [Worksheet(self._workbook, one) for one in self._workbook._state.calc.sheets]

    def _item(self, *arguments: Any) -> Any:
        (key,) = arguments
        if isinstance(key, str):
            for name in self._workbook._state.sheet_names():
                if name.casefold() == key.casefold():
                    return Worksheet(self._workbook, self._workbook._state.calc.sheets(name))
            raise self._missing(key)
        calc = self._workbook._state.calc.sheets
        if not 1 <= int(key) <= len(calc):
            raise self._missing(key)
        return Worksheet(self._workbook, calc(int(key)))

    @reads
    def Parent(self) -> Any:
        return self._workbook

    @acts
    def Add(self, Before: Any = None, After: Any = None, Count: Any = 1, Type: Any = None) -> Any:
        self._workbook._may_restructure(failed("Sheets", "Add"))
        before, after = (getattr(one, "_inner", one) for one in (Before, After))
        calc = self._workbook._state.calc.sheets
        if before is None and after is None:
            before = self._item(self._workbook._state.active_sheet)
        made = calc.add(before and before._calc, after and after._calc)
        self._program.active = self._workbook._state
        self._workbook._state.shows(made.name)
        return Worksheet(self._workbook, made)
