"""The program itself."""

from typing import TYPE_CHECKING, Any, Final

from excel.com import ComObject, acts, asks, reads
from excel.errors import failed, refused
from excel.windows_of_books import (
    ProtectedViewWindow,
    ProtectedViewWindows,
    Window,
    Windows,
    selection,
    sheet_in_front,
)
from excel.workbooks import Workbook, Workbooks

if TYPE_CHECKING:
    from excel.program import Program

CALCULATIONS: Final = (-4105, -4135, 2)
SETTINGS: Final[dict[str, Any]] = {
    "DisplayAlerts": True,
    "EnableEvents": True,
    "Interactive": True,
    "ScreenUpdating": True,
    "StatusBar": False,
    "Calculation": -4105,
    "CutCopyMode": False,
    "Visible": True,
    "Cursor": -4143,
    "DisplayStatusBar": True,
    "EnableCancelKey": 1,
    "AutomationSecurity": 1,
}


class Application(ComObject):
    """Excel."""

    @reads
    def Name(self) -> str:
        return "Microsoft Excel"

    @reads
    def Version(self) -> str:
        return "16.0"

    @reads
    def Build(self) -> float:
        return 17328.0

    @reads
    def OperatingSystem(self) -> str:
        return "Windows (64-bit) NT 10.00"

    @reads
    def PathSeparator(self) -> str:
        return "\\"

    @reads
    def Path(self) -> str:
        return r"C:\Program Files\Microsoft Office\root\Office16"

    @reads
    def StartupPath(self) -> str:
        return str(self._program.folder / "XLSTART")

    @reads
    def UserName(self) -> str:
        return "经办人"

    @reads
    def Hwnd(self) -> int:
        return self._program.hwnd

    @reads
    def Parent(self) -> Any:
        return self

    @reads
    def Ready(self) -> bool:
        return self._program.refusal is None

    @reads
    def Workbooks(self) -> Any:
        return Workbooks(self._program)

    @reads
    def Windows(self) -> Any:
        return Windows(self._program, self._program.counted())

    @reads
    def ActiveWorkbook(self) -> Any:
        active = self._program.active
        return None if active is None else Workbook(self._program, active)

    @reads
    def ActiveSheet(self) -> Any:
        active = self._program.active
        return None if active is None else sheet_in_front(self._program, active)

    @reads
    def ActiveWindow(self) -> Any:
        active = self._program.active
        return None if active is None else Window(self._program, active)

    @reads
    def Selection(self) -> Any:
        active = self._program.active
        return None if active is None else selection(self._program, active)

    @reads
    def ActiveCell(self) -> Any:
        active = self._program.active
        if active is None:
            return None
        found = selection(self._program, active)
        return found._made(found._first(1, 1))

    @reads
    def ProtectedViewWindows(self) -> Any:
        return ProtectedViewWindows(self._program)

    @reads
    def ActiveProtectedViewWindow(self) -> Any:
        shown = [one for one in self._program.books if one.is_protected_view]
        if not shown or self._program.active is not None:
            return None
        return ProtectedViewWindow(self._program, shown[-1])

    @asks
    def Range(self, Cell1: Any, Cell2: Any = None) -> Any:
        if self._program.active is None:
            raise failed("_Global", "Range")
        return sheet_in_front(self._program, self._program.active)._between(Cell1, Cell2)

    @asks
    def Union(self, *ranges: Any) -> Any:
        found = [getattr(one, "_inner", one) for one in ranges if one is not None]
        sheet = found[0]._sheet
        if any(one._sheet._name != sheet._name for one in found):
            raise failed("_Application", "Union")
        return sheet._range(*(area for one in found for area in one._areas))

    @asks
    def Intersect(self, *ranges: Any) -> Any:
        first, *others = [getattr(one, "_inner", one) for one in ranges if one is not None]
        areas = first._areas
        for other in others:
            if other._sheet._name != first._sheet._name:
                return None
            areas = [met for one in areas for two in other._areas if (met := _common(one, two))]
        return first._sheet._range(*areas) if areas else None

    @asks
    def GetSaveAsFilename(
        self,
        InitialFilename: Any = None,
        FileFilter: Any = None,
        FilterIndex: Any = None,
        Title: Any = None,
        ButtonText: Any = None,
    ) -> Any:
        self._program.asked.append(f"GetSaveAsFilename: {InitialFilename}")
        chosen = self._program.answers.save_as
        return False if chosen is None else str(chosen)

    @asks
    def GetOpenFilename(self, *arguments: Any, **named: Any) -> Any:
        self._program.asked.append("GetOpenFilename")
        chosen = self._program.answers.opens
        return False if chosen is None else str(chosen)

    @asks
    def InputBox(self, *arguments: Any, **named: Any) -> Any:
        return self._program.dialog(f"InputBox: {arguments}")

    @acts
    def Calculate(self) -> None:
        self._program.calc.calculate()

    @acts
    def CalculateFull(self) -> None:
        self._program.calc.calculate()

    @acts
    def Goto(self, Reference: Any = None, Scroll: Any = None) -> None:
        found = getattr(Reference, "_inner", Reference)
        if not hasattr(found, "_areas"):
            raise refused("引用无效。")
        found._sheet._show("Activate")
        found._activate("Select")

    @acts
    def Run(self, Macro: Any, *arguments: Any) -> Any:
        raise refused(f"无法运行“{Macro}”宏。")

    @acts
    def Quit(self) -> None:
        self._program.is_closed = True


def _common(one: Any, two: Any) -> Any:
    """The cells that two rectangles share; None where there are none."""
    top, left = max(one.row, two.row), max(one.column, two.column)
    bottom = min(one.row + one.shape[0], two.row + two.shape[0])
    right = min(one.column + one.shape[1], two.column + two.shape[1])
    if bottom <= top or right <= left:
        return None
    return one.sheet.block(top, left, bottom - top, right - left)


def _setting(name: str) -> Any:
    def read(here: Application) -> Any:
        return here._program.settings[name]

    def put(here: Application, value: Any) -> None:
        here._program.settings[name] = value

    made = reads(read)
    made.sets(put)
    made.__set_name__(Application, name)
    return made


for _name in SETTINGS:
    setattr(Application, _name, _setting(_name))


def start(program: "Program") -> Application:
    """The application object of a program that has just been started."""
    program.settings = dict(SETTINGS)
    made = Application(program)
    program.application = made
    return made
