"""The VBA of the cell functions agrees with their Python, and does what it is there for."""

import inspect
import re

from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter import Interpreter

from addin.excel import package
from addin.excel.vba import XLWINGS
from addin.functions import cells as functions
from addin.functions.vba import (
    GIVEN,
    HELP,
    MODULE,
    NOT_RUNNING,
    VOLATILE,
    WORKBOOK,
    functions_module,
    functions_modules,
    spelled,
)
from addin.install.addin_files import make_addin

LOG = """Dim kept As String
Sub KeepTrace(text As String)
    kept = kept & text & "|"
End Sub
Function Kept_() As String
    Kept_ = kept
End Function
"""


def test_every_function_has_a_wrapper_and_help_for_each_argument():
    named = [name for name in dir(functions) if name.startswith("GJ_")]
    assert sorted(HELP) == named
    for name, texts in HELP.items():
        parameters = inspect.signature(getattr(functions, name)).parameters
        wanted = [one for one in parameters if one not in GIVEN]
        assert len(texts) == len(wanted), name
        (declared,) = re.findall(rf"^Function {name}\((.*)\)$", functions_module(), re.M)
        assert [one.split()[-1] for one in declared.split(", ") if one] == wanted
        (handed,) = re.findall(rf'"{name}", Array\((.*)\), Nothing,', functions_module())
        assert handed.split(", ") == [GIVEN.get(one, one) for one in parameters]


def test_no_cell_shows_what_python_or_the_dll_said_in_english():
    assert "Err.Description\n" not in functions_module()
    assert functions_module().count("NotRunning(Err.Description)") == len(HELP)


def test_a_python_that_does_not_run_is_a_sentence_and_one_line_in_the_log(tmp_path):
    package.build(tmp_path / "gouji.xlam")
    app = ExcelApplication.open(tmp_path / "gouji.xlam", with_vba=False)
    app.add_module(functions_module().replace("Private Function", "Function"), name=MODULE)
    app.add_module(LOG, name="Log")
    said = [app.run("NotRunning", reason) for reason in ("no DLL", "no DLL", "no Python")]
    assert said == [NOT_RUNNING] * 3
    assert app.run("Kept_") == "no DLL|no Python|"


def counted(*happened: str, events: bool = True):
    """The number of the calculation before and after each event of Excel's."""
    interpreter = Interpreter()
    # The interpreter has no events; what they call is run as Excel would run it.
    text = functions_modules()[WORKBOOK].replace(
        "WithEvents program As Application", "program As Object"
    )
    text = text.replace("Application.EnableEvents", str(events))
    interpreter.add_module(text.replace("= Application", "= New Collection"), name=WORKBOOK)
    interpreter.add_module("Sub TellExcel()\nEnd Sub", name=MODULE)
    numbers = [interpreter.run("CalculationNumber")]
    for event in happened:
        interpreter.run(event)
        numbers.append(interpreter.run("CalculationNumber"))
    return numbers


def test_the_add_in_of_the_program_without_python_has_no_functions(tmp_path):
    """Their formulas keep the values that they had."""
    make_addin(tmp_path / "gouji.xlam", has_python=False)
    with ExcelFile(tmp_path / "gouji.xlam") as file:
        modules = file.vba_modules()
    ours = {name: code for name, code in modules.items() if name != XLWINGS}
    assert MODULE not in ours
    assert [name for name, code in ours.items() if "XLPy" in code or "WithEvents" in code] == []


def test_each_calculation_has_a_number_of_its_own():
    """Also where nobody had the add-in opened with events, and when VBA was reset."""
    first, *rest = counted("program_AfterCalculate", "program_AfterCalculate")
    assert rest == [first + 1, first + 2]
    assert first > 0


def test_there_is_no_number_while_events_are_off():
    assert counted("program_AfterCalculate", events=False) == [0, 0]


def test_excel_is_told_of_the_functions_when_it_shows_a_workbook():
    """MacroOptions fails in a program without one; so it is tried again until it went well."""
    module, events = functions_module(), functions_modules()[WORKBOOK]
    (tell,) = re.findall(r"Public Sub TellExcel\(\)\n(.*?)\nEnd Sub", module, re.S)
    assert tell.startswith("    If told Or ActiveWindow Is Nothing Then Exit Sub\n")
    assert tell.endswith("    told = True\nNotYet:")
    assert re.findall(r"Macro:=\"'\" & ThisWorkbook.Name & \"'!(\w+)\"", tell) == list(HELP)
    calling = re.findall(r"Private Sub (\w+)\([^\n]*\)\n(?:(?!End Sub).*\n)*?    TellExcel", events)
    assert calling == ["Workbook_Open", "program_WorkbookActivate"]
    assert "Auto_Open" not in module


def test_the_module_is_ascii_with_lines_that_vba_takes():
    lines = functions_module().split("\n")
    assert all(line.isascii() and len(line) < 1_023 for line in lines)


def test_a_text_is_spelled_out():
    assert spelled("人民币 GJ") == 'ChrW(20154) & ChrW(27665) & ChrW(24065) & " GJ"'
    assert spelled('"') == "ChrW(34)"
    assert spelled("") == '""'


def test_only_what_reads_other_cells_is_volatile():
    module = functions_module()
    volatile = re.findall(r"Function (\w+)\(.*\)\n    Application.Volatile", module)
    assert sorted(volatile) == sorted(VOLATILE)
