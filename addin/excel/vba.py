"""The add-in's VBA as text: the callbacks of the buttons, and xlwings' own module fitted to us."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from addin.commands import COMMANDS, Command

BRIDGE: Final = "GoujiBridge"
XLWINGS: Final = "xlwings"
_BRIDGE_FILE: Final = Path(__file__).with_name("bridge.bas")


class Change(NamedTuple):
    """A passage of xlwings' module, what stands there instead, and how often it must be found."""

    old: str
    new: str
    times: int


# xlwings looks for a setting in a sheet <project>.conf of the active book, then of the add-in,
# then in <project>.conf beside the book, then in ~/.<project>/<project>.conf (GetConfig).
# A project name of our own leaves the user's xlwings.conf alone. A book that came by mail must not
# name the interpreter, so the active book's sheet and folder are left out. What remains is the
# add-in's own sheet: it holds paths in any script where VBA reads files in the system's code page,
# and it goes when the add-in goes.
_SETTINGS: Final = (
    Change('PROJECT_NAME As String = "myaddin"', 'PROJECT_NAME As String = "gouji"', 1),
    Change("SheetExists(ActiveWorkbook, PROJECT_NAME", "SheetExists(ThisWorkbook, PROJECT_NAME", 1),
    Change("GetConfigFromSheet(ActiveWorkbook)", "GetConfigFromSheet(ThisWorkbook)", 2),
    Change('If GetFullName(ActiveWorkbook) <> "" Then', "If False Then", 1),
    # Range without a sheet belongs to the active one, and where no book is open there is none.
    Change('In Range(sht.Range("A1"), lastCell)', 'In sht.Range(sht.Range("A1"), lastCell)', 1),
)
_CONDUCT: Final = (
    # A sheet named *.py would be run as embedded code, which asks for a licence of xlwings PRO.
    Change('If Right$(sht.Name, 3) = ".py" Then', "If False Then", 2),
    # The bridge has a ShowError that shows no trace.
    Change("Sub ShowError(", "Private Sub ShowErrorOfXlwings(", 1),
    Change(
        'MsgBox "Could not find Interpreter!", vbCritical',
        'ShowError "", "Could not find Interpreter!"',
        1,
    ),
    Change(
        "MsgBox \"To enable RunPython, please run 'xlwings runpython install' "
        'in a terminal once and try again.", vbCritical',
        'ShowError "", "Could not run the AppleScript"',
        1,
    ),
    # xlwings hands the DLL a class in place of a command to connect to a Python that somebody
    # debugs; the DLL then starts nothing (config.cpp, SetupAutoConfig and ActivateRPCServer).
    Change("If DEBUG_UDFS = True Then", 'If GetConfig("RESIDENT CLSID") <> "" Then', 1),
    Change(
        'XLPyCommand = "{506e67c3-55b5-48c3-a035-eed5deea7d6d}"',
        'XLPyCommand = GetConfig("RESIDENT CLSID")',
        1,
    ),
    # Without an open book there is no ActiveWorkbook, and a new one could not be asked for.
    Change("ActiveWorkbook", "CallingBook", 18),
)


def callback(command: Command) -> str:
    """The name of the VBA procedure behind a command's button."""
    return f"gj_{command.name}"


def bridge() -> str:
    """The module that the ribbon calls: one procedure a button, and what they share."""
    callbacks = "\n".join(
        f'Sub {callback(command)}(control As IRibbonControl)\n    Press "{command.name}"\nEnd Sub\n'
        for command in COMMANDS
    )
    text = _BRIDGE_FILE.read_text(encoding="ascii")
    return with_crlf(text.replace("'@callbacks\n", callbacks))


def fitted(shipped: str) -> str:
    """The module of xlwings with our changes; raises ValueError for a version that has moved on."""
    text = shipped
    for change in _SETTINGS + _CONDUCT:
        if (found := text.count(change.old)) != change.times:
            raise ValueError(f"xlwings' VBA has {change.old!r} {found} times, not {change.times}")
        text = text.replace(change.old, change.new)
    return with_crlf(text)


def modules(shipped: str, more: Mapping[str, str]) -> dict[str, str]:
    """The text of each module by name: xlwings', the bridge, and the modules of `more`."""
    return {
        XLWINGS: fitted(shipped),
        BRIDGE: bridge(),
        **{name: with_crlf(text) for name, text in more.items()},
    }


def with_crlf(text: str) -> str:
    """The text with the line ends of VBA; raises UnicodeEncodeError for what is not ASCII.

    Other letters in a VBA project read differently under another system's code page.
    """
    text.encode("ascii")
    return "\r\n".join(text.splitlines()) + "\r\n"
