"""The VBA of the add-in before compilers: none of them Excel's, each with its own eyes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw
from pyopenvba import ExcelFile
from pyvbaanalysis import analyze_office_file

from addin.excel import package, vba
from addin.functions.vba import MODULE, WORKBOOK, functions_module, functions_modules

OURS = (vba.BRIDGE, MODULE, WORKBOOK)
WINDOWS = {"VBA7", "Win64", "Not Mac", 'App = "Microsoft Excel"'}
MAC = {"VBA7", "Win64", "Mac", "MAC_OFFICE_VERSION >= 15", 'App = "Microsoft Excel"'}
PROBE = "\r\nPublic Function GjProbe() As Integer\r\n    GjProbe = 7\r\nEnd Function\r\n"


@pytest.fixture(scope="module")
def addin(tmp_path_factory):
    path = tmp_path_factory.mktemp("vba") / "gouji.xlam"
    package.build(path, modules=functions_modules())
    return path


def test_an_analyser_of_excels_rules_finds_no_error_and_in_our_modules_nothing(addin):
    found = analyze_office_file(str(addin))
    assert set(found) >= {*OURS, vba.XLWINGS, "Dictionary"}
    every = [(name, one) for name, problems in found.items() for one in problems]
    assert [(name, one.message) for name, one in every if one.severity.value == "error"] == []
    assert [(name, one.message) for name, one in every if name in OURS] == []


def test_that_analyser_sees_what_excel_would_not_compile(tmp_path):
    path = tmp_path / "faulty.xlam"
    faulty = {MODULE: functions_module() + "\nSub Again()\nGJ_NONE 1\nEnd Sub"}
    package.build(path, modules=functions_modules() | faulty)
    assert [one.severity.value for one in analyze_office_file(str(path))[MODULE]] == ["error"]


def resolved(code: str, holds: set[str]) -> str:
    """Code without its `#If`s, which LibreOffice reads in part: the lines for one system."""
    return "\r\n".join(_lines(code.splitlines(), holds)) + "\r\n"


def _lines(code: list[str], holds: set[str]) -> Iterator[str]:
    branches: list[bool | None] = []  # of each open #If; None where an earlier branch was taken
    for line in code:
        word, _, rest = line.partition("'")[0].strip().partition(" ")
        condition = rest.removesuffix("Then").strip()
        if word == "#If":
            branches.append(condition in holds)
        elif word in ("#ElseIf", "#Else"):
            taken = branches[-1] is not False
            branches[-1] = None if taken else word == "#Else" or condition in holds
        elif word == "#End":
            branches.pop()
        elif word != "#Const" and all(branches):
            yield line


def is_compiled(name: str, code: str, path: Path) -> bool:
    """Whether LibreOffice's Basic compiles a module, alone: one that it cannot read stops all."""
    from addin.calc.program.bridge import UnoError

    others = dict.fromkeys((vba.XLWINGS, vba.BRIDGE, "Dictionary"), "Option Explicit")
    package.build(path, modules=others | {name: code + PROBE})
    book = xw.apps.active.books.open(str(path))
    try:
        return book.app.macro(f"'{book.name}'!Gouji.{name}.GjProbe")() == 7
    except UnoError:  # what it cannot compile
        return False
    finally:
        book.close()


@pytest.mark.parametrize("name", [*OURS, vba.XLWINGS])
@pytest.mark.parametrize("holds", [WINDOWS, MAC], ids=["windows", "mac"])
def test_libreoffice_compiles_every_module(addin, calc, tmp_path, name, holds):
    """But xlwings' class Dictionary, which is as it was shipped: it cannot be called here."""
    with ExcelFile(addin) as file:
        code = resolved(file.vba_modules()[name], holds)
    # LibreOffice has no ribbon, and skips a procedure whose types it does not know.
    code = code.replace(" As IRibbonControl", "")
    assert is_compiled(name, code, tmp_path / "gouji.xlam")
    assert not is_compiled(name, code + "Sub Faulty(\r\n", tmp_path / "faulty.xlam")
