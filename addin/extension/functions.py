"""The cell functions as Calc knows them: names, help, and what of the extension answers them."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from addin.extension.configuration import node, setting, text
from addin.functions import cells as functions
from addin.functions.vba import HELP

SERVICE: Final = "org.gouji.Functions"
IDL: Final = "gouji.idl"
CONFIGURATION: Final = "CalcAddIns.xcu"
# The arguments' names in the wizard, under their names in gouji.idl.
ARGUMENTS: Final = {
    "GJ_TIES": {"total": "合计", "parts": "组成数", "tolerance": "允许差额"},
    "GJ_RATE": {"part": "部分数", "whole": "总数"},
    "GJ_UPPER": {"amount": "金额"},
    "GJ_RULE": {"rule": "规则"},
    "GJ_FINDINGS": {},
}
# LibreOffice puts this folder of an extension on its Python's path. Its Python may be 3.8.
LIBRARY: Final = "pythonpath"
_PARTS: Final = ("answers", "book", "clicks", "program", "ranges")
_SHARED: Final = (
    "workbook/__init__",
    "workbook/catalogue/__init__",
    "workbook/catalogue/cells",
    "workbook/catalogue/model",
    "workbook/figures/__init__",
    "workbook/figures/cell_functions",
    "workbook/figures/numbers",
    "workbook/figures/numerals",
    "workbook/files/__init__",
    "workbook/files/state",
)
_HERE: Final = Path(__file__).parent
_PACKAGES: Final = _HERE.parent.parent
_CONFIGURATION: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="CalcAddIns"
 oor:package="org.openoffice.Office">
 <node oor:name="AddInInfo">
  <node oor:name="{service}" oor:op="replace">
   <node oor:name="AddInFunctions">{functions}</node>
  </node>
 </node>
</oor:component-data>
"""


def members() -> Iterator[tuple[str, str]]:
    """The extension's files behind the cell functions, by their places in it."""
    yield IDL, (_HERE / IDL).read_text(encoding="utf-8")
    yield CONFIGURATION, configuration()
    for name in _PARTS:
        source = _HERE / f"component_{name}.py.txt"
        yield f"{LIBRARY}/gouji_{name}.py", source.read_text(encoding="utf-8")
    for name in _SHARED:
        source = _PACKAGES / f"{name}.py"
        yield f"{LIBRARY}/{name}.py", source.read_text(encoding="utf-8")


def configuration() -> str:
    """The configuration that tells Calc of the functions, before anything of ours is loaded."""
    return _CONFIGURATION.format(
        service=SERVICE, functions="".join(_function(name) for name in ARGUMENTS)
    )


def _function(name: str) -> str:
    """What the wizard says of a function; newer programs save its CompatibilityName into .xlsx."""
    arguments = zip(ARGUMENTS[name].items(), HELP[name], strict=True)
    return node(
        name,
        text("DisplayName", name)
        + text("Description", inspect.getdoc(getattr(functions, name)) or "")
        + setting("Category", "Add-In")
        + text("CompatibilityName", name)
        + '<node oor:name="Parameters">'
        + "".join(_argument(key, label, words) for (key, label), words in arguments)
        + "</node>",
    )


def _argument(key: str, label: str, words: str) -> str:
    return node(key, text("DisplayName", label) + text("Description", words))
