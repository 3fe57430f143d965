# ruff: noqa: N802 - the names are COM's
"""xlwings' UDF server as Excel calls it, on stand-ins for pywin32 and for Excel's ranges.

`xlwings.udfs`, `xlwings._xlwindows` and the conversion of arguments and results are the real ones.
They only import on Windows, so all of it runs in a process of its own that pretends to be there.
"""

import ctypes
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

RANGE = "{00020846-0000-0000-C000-000000000046}"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
NOT_GIVEN = -2147352572  # as pywin32 gives the missing argument of a VBA function
MOST_BROUGHT = 100_000
PYWIN32 = (
    "pythoncom",
    "pywintypes",
    *(f"win32{name}" for name in ("api", "con", "event", "gui", "process", "timezone", "com")),
    *(f"win32com.{name}" for name in ("client", "client.dynamic", "server", "server.util")),
    *(f"win32com.server.{name}" for name in ("dispatcher", "policy")),
)


@dataclass
class Sheet:
    """A worksheet: values by row and column, `Value2` where it is another, and what was read."""

    cells: dict[tuple[int, int], Any]
    doubles: dict[tuple[int, int], float] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    name: str = "Sheet1"
    book: str = "Book1"

    @property
    def Name(self):
        return self.name

    @property
    def Parent(self):
        return SimpleNamespace(Application=Excel(self), FullName=self.book, Name=self.book)

    @property
    def UsedRange(self):
        self.calls.append("UsedRange")
        rows, columns = zip(*(self.cells or {(1, 1): None}), strict=True)
        return Range(self, (min(rows), min(columns), max(rows), max(columns)))


@dataclass
class Excel:
    sheet: Sheet
    Hwnd: int = 1

    def Intersect(self, one, other):
        self.sheet.calls.append("Intersect")
        (top, left, bottom, right), (t, l, b, r) = one.corners, other.corners  # noqa: E741
        corners = max(top, t), max(left, l), min(bottom, b), min(right, r)
        is_empty = corners[0] > corners[2] or corners[1] > corners[3]
        return None if is_empty else Range(self.sheet, corners)


@dataclass
class Range:
    """A COM range. `Value` of a union is that of its first area, as in Excel."""

    sheet: Sheet
    corners: tuple[int, int, int, int]
    more: tuple["Range", ...] = ()
    CLSID: str = RANGE

    @property
    def _oleobj_(self):
        attributes = SimpleNamespace(iid=RANGE)
        return SimpleNamespace(GetTypeInfo=lambda: SimpleNamespace(GetTypeAttr=lambda: attributes))

    @property
    def Worksheet(self):
        return self.sheet

    @property
    def Application(self):
        return Excel(self.sheet)

    @property
    def Row(self):
        return self.corners[0]

    @property
    def Column(self):
        return self.corners[1]

    @property
    def Rows(self):
        return SimpleNamespace(Count=self.corners[2] - self.corners[0] + 1)

    @property
    def Columns(self):
        return SimpleNamespace(Count=self.corners[3] - self.corners[1] + 1)

    @property
    def CountLarge(self):
        return self.Rows.Count * self.Columns.Count

    @property
    def Areas(self):
        areas = (Range(self.sheet, self.corners), *self.more)
        return SimpleNamespace(Count=len(areas), Item=lambda number: areas[number - 1])

    @property
    def Value(self):
        return self._brought("Value", self.sheet.cells)

    @property
    def Value2(self):
        return self._brought("Value2", self.sheet.cells | self.sheet.doubles)

    def _brought(self, name, cells):
        self.sheet.calls.append(name)
        assert self.CountLarge < MOST_BROUGHT, "more cells than anybody waits for"
        top, left, bottom, right = self.corners
        columns = range(left, right + 1)
        rows = tuple(tuple(cells.get((row, c)) for c in columns) for row in range(top, bottom + 1))
        return rows[0][0] if self.CountLarge == 1 else rows


def _on_windows() -> None:
    """Let this process import what xlwings has for Windows alone, and the functions through it."""
    ctypes.windll = ctypes.oledll = ctypes.PyDLL = MagicMock()
    for name in PYWIN32:
        sys.modules[name] = MagicMock(name=name, __path__=[], __spec__=None)
    sys.modules["pythoncom"].__file__ = "pythoncom.dll"
    pywintypes = sys.modules["pywintypes"]
    pywintypes.IID = str
    pywintypes.com_error = type("com_error", (Exception,), {})
    pywintypes.TimeType = type("TimeType", (), {})

    import xlwings
    import xlwings._xlwindows
    from xlwings import udfs

    xlwings.engines.add(xlwings.main.Engine(impl=xlwings._xlwindows.engine))
    xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret


def _called(name: str, arguments: tuple[Any, ...], caller: Any) -> tuple[Any, list[str]]:
    from xlwings import udfs

    result = udfs.call_udf("addin.functions.cells", name, arguments, None, caller)
    sheets = {id(one.sheet): one.sheet for one in arguments if isinstance(one, Range)}
    return result, [call for sheet in sheets.values() for call in sheet.calls]


def _written(name: str, result: Any) -> Any:
    from xlwings import conversion

    import addin.functions.cells

    options = getattr(addin.functions.cells, name).__xlfunc__["ret"]["options"]
    return conversion.write(result, None, options)


class UdfServer:
    """Calls functions as a cell's formula does."""

    def __init__(self) -> None:
        self._process = ProcessPoolExecutor(1, get_context("spawn"), _on_windows)

    def call(self, name: str, *arguments: Any, caller: Any = None) -> Any:
        """What the cell gets: a value, or rows of them."""
        return self.called(name, *arguments, caller=caller)[0]

    def called(self, name: str, *arguments: Any, caller: Any = None) -> tuple[Any, list[str]]:
        """The same, and what was asked of the sheets of its arguments."""
        cell = caller or Range(Sheet({}), (1, 1, 1, 1))
        rows, calls = self._process.submit(_called, name, arguments, cell).result()
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows, calls

    def written(self, name: str, result: Any) -> Any:
        """The rows that Excel is given for a result of the function."""
        return self._process.submit(_written, name, result).result()

    def close(self) -> None:
        self._process.shutdown()
