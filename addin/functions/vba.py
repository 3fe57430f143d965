"""The VBA behind the cell functions, written from their Python signatures.

Made at build time, so that nobody has to press “Import functions”. Excel's function wizard speaks
Chinese all the same: texts are spelled out with ChrW, because VBA source must be ASCII. None of it
is in the add-in of the program without Python, which has nothing that could answer a function.
"""

import inspect
from collections.abc import Callable, Sequence
from typing import Any, Final

from addin.functions import cells as functions
from workbook.catalogue.cells import MARKED

MODULE: Final = "GoujiFunctions"
WORKBOOK: Final = "ThisWorkbook"
CATEGORY: Final = "勾稽"
# What the wrapper gives in the place of these arguments. xlwings puts the calling cell in the place
# of Nothing. To ask for the book's language from Python would be four more calls for each cell.
GIVEN: Final = {
    "caller": "Nothing",
    "calculation": f"{WORKBOOK}.CalculationNumber",
    "language": "Language",
}
NOT_RUNNING: Final = "勾稽没有运行起来,请点“诊断”看原因"
HELP: Final[dict[str, tuple[str, ...]]] = {
    "GJ_TIES": ("合计所在的单元格", "各组成数所在的区域", "允许相差多少;不填则按四舍五入推算"),
    "GJ_RATE": ("部分数", "总数(基数)"),
    "GJ_UPPER": ("以元为单位的金额",),
    "GJ_RULE": ("规则的名称,如“基本支出构成”",),
    "GJ_FINDINGS": (),
}
VOLATILE: Final = frozenset(("GJ_RULE", "GJ_FINDINGS"))
_MODULE: Final = """Option Explicit

Private told As Boolean
Private written As String

{wrappers}
' Excel takes no help for a function while it shows no workbook, so this is tried until it does.
Public Sub TellExcel()
    If told Or ActiveWindow Is Nothing Then Exit Sub
    On Error GoTo NotYet
{told}
    told = True
NotYet:
End Sub

' The language of the form that the book of the calling cell is, by a name in it.
Private Function Language() As String
    Dim found As String
    Language = "zh"
    On Error Resume Next
    found = Application.Caller.Worksheet.Parent.Names("{marked}").Name
    If found <> "" Then Language = "en"
End Function

' What a cell shows when Python did not answer. The reason goes to the log, once for all cells.
Private Function NotRunning(reason As String) As String
    If reason <> written Then KeepTrace reason
    written = reason
    NotRunning = {not_running}
End Function
"""
# AfterCalculate ends a calculation. Where Excel calculates by hand nothing but the change itself
# tells that a check is out of date. A number of the clock's keeps apart what this session counts
# from what it counted before VBA was reset.
_EVENTS: Final = """Option Explicit

Private WithEvents program As Application
Private number As Long

Private Sub Workbook_Open()
    Watch
    TellExcel
End Sub

Private Sub Watch()
    Set program = Application
    number = CLng(Timer) + 1
End Sub

' Which calculation this is; 0 while Excel tells of no events, and so of no end of it.
Public Function CalculationNumber() As Long
    If program Is Nothing Then Watch
    If Application.EnableEvents Then CalculationNumber = number
End Function

Private Sub program_AfterCalculate()
    number = number + 1
End Sub

Private Sub program_SheetChange(ByVal Sh As Object, ByVal Target As Range)
    number = number + 1
End Sub

Private Sub program_WorkbookActivate(ByVal Wb As Workbook)
    TellExcel
End Sub
"""


def functions_modules() -> dict[str, str]:
    """The modules by name: the functions, and what watches Excel for them."""
    return {MODULE: functions_module(), WORKBOOK: _EVENTS}


def functions_module() -> str:
    """The module of functions: one VBA function for each, and their help for Excel's wizard."""
    return _MODULE.format(
        wrappers="\n".join(map(_wrapper, HELP)),
        told="\n".join(map(_told, HELP)),
        not_running=spelled(NOT_RUNNING),
        marked=MARKED.en,
    )


def _function(name: str) -> Callable[..., Any]:
    made: Callable[..., Any] = getattr(functions, name)
    return made


def _parameters(name: str) -> list[inspect.Parameter]:
    """What the formula gives."""
    parameters = inspect.signature(_function(name)).parameters.values()
    return [one for one in parameters if one.name not in GIVEN]


def _wrapper(name: str) -> str:
    """The VBA function, which hands its arguments and its cell to Python.

    xlwings would look through the sheets of a book that it is given here, so it is given none.
    """
    declared = ", ".join(
        one.name if one.default is inspect.Parameter.empty else f"Optional {one.name}"
        for one in _parameters(name)
    )
    given = [GIVEN.get(one, one) for one in inspect.signature(_function(name)).parameters]
    lines = [
        f"Function {name}({declared})",
        *(["    Application.Volatile"] if name in VOLATILE else []),
        "    If TypeOf Application.Caller Is Range Then On Error GoTo failed",
        f'    {name} = XLPy.CallUDF("{functions.__name__}", "{name}", '
        f"Array({', '.join(given)}), Nothing, Application.Caller)",
        "    Exit Function",
        "failed:",
        f"    {name} = NotRunning(Err.Description)",
        "End Function",
        "",
    ]
    return "\n".join(lines)


def _told(name: str) -> str:
    """The lines that give the function its description, category and argument help."""
    description = spelled(inspect.getdoc(_function(name)) or "")
    macro = f'Macro:="\'" & {WORKBOOK}.Name & "\'!{name}"'
    lines = [f"    Application.MacroOptions {macro}, Description:={description}, _"]
    if texts := HELP[name]:
        lines.append(f"        Category:={spelled(CATEGORY)}, _")
        lines.append(f"        ArgumentDescriptions:=Array({_listed(texts)})")
    else:
        lines.append(f"        Category:={spelled(CATEGORY)}")
    return "\n".join(lines)


def _listed(texts: Sequence[str]) -> str:
    """The texts as arguments, one on a line: VBA takes no line of more than 1,023 letters."""
    return ", _\n            ".join(map(spelled, texts))


def spelled(text: str) -> str:
    """`text` as a VBA expression of ASCII letters, broken into lines VBA can take."""
    pieces: list[str] = []
    plain = ""
    for letter in text:
        if letter.isascii() and letter != '"':
            plain += letter
            continue
        if plain:
            pieces.append(f'"{plain}"')
            plain = ""
        pieces.append(f"ChrW({ord(letter)})")
    if plain:
        pieces.append(f'"{plain}"')
    return " & ".join(pieces) or '""'
