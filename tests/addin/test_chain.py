"""From the button's VBA to the cell: LibreOffice runs the macro, Python runs what it asks for.

xlwings' own VBA speaks to Windows, so a module that writes the command down stands in for it.
"""

import subprocess
import sys

import pytest
import xlwings as xw
from light import lighten

from addin.commands import COMMANDS
from addin.excel import package, vba

STAND_IN = """Attribute VB_Name = "xlwings"
Option Explicit

Public Function GetConfig(key As String, Optional other As String = "") As String
    GetConfig = ""
End Function

Public Sub RunFrozenPython(executable As String, args As String)
End Sub

Public Sub RunPython(command As String)
    Dim number As Integer
    number = FreeFile
    Open "{written}" For Output As #number
    Print #number, command
    Close #number
End Sub

Public Function ReadFile(name As String) As String
    ReadFile = ""
End Function
"""
# What RunPython does on Windows: a Python of its own, told which book the click came from.
CLICKED = """
import xlwings as xw
from addin.calc.engine import register
from addin.calc.program.office import attach
register(attach({pipe!r}))
xw.Book({book!r}).set_mock_caller()
{command}
"""


@pytest.fixture
def addin(tmp_path, calc):
    """The add-in, open in Calc, and the file that its clicks end in."""
    written = tmp_path / "command.txt"
    path = tmp_path / "gouji.xlam"
    package.build(
        path,
        modules={
            vba.XLWINGS: STAND_IN.format(written=written),
            "Dictionary": "Option Explicit",
            # LibreOffice has no ribbon, and skips a procedure whose types it does not know.
            vba.BRIDGE: vba.bridge().replace(" As IRibbonControl", ""),
        },
    )
    book = xw.apps.active.books.open(str(path))
    yield book, written
    book.close()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_button_asks_python_for_its_own_action(addin, command):
    book, written = addin
    book.app.macro(f"'{book.name}'!Gouji.GoujiBridge.{vba.callback(command)}")(0)
    assert written.read_text().strip() == (
        f"import addin.ribbon.press; addin.ribbon.press.press('{command.name}')"
    )


def test_a_click_on_validate_colours_the_cell(addin, office, sample_file):
    book, written = addin
    form = xw.Book(str(lighten(sample_file)))
    total = form.sheets["预算收支"].range("C17")
    total.value = 195.94
    book.app.macro(f"'{book.name}'!Gouji.GoujiBridge.gj_validate")(0)
    script = CLICKED.format(pipe=office.pipe, book=str(sample_file), command=written.read_text())
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
    assert total.color == (239, 114, 114)
    assert total.note.text.startswith("【错误】预算收支!C17 基本支出:195.94 ≠")
    assert form.sheets["校验结果"].range("A1").value == "校验结果：发现 1 处错误、2 处提醒"
    form.close()
