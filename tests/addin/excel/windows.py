"""xlwings' own module for Windows, loaded here: only pywin32 below it is made anew."""

import atexit
import ctypes
import datetime as dt
import importlib
import os
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from excel.com import CDispatch
from excel.errors import ComError, WindowError

if TYPE_CHECKING:
    from excel.program import Program

NAME: Final = "xlwings._xlwindows"
MESSAGE_BOXES: Final = {
    "MB_OK": 0, "MB_OKCANCEL": 1, "MB_YESNOCANCEL": 3, "MB_YESNO": 4,
    "MB_ICONWARNING": 0x30, "MB_ICONINFORMATION": 0x40,
}  # fmt: skip
RUNNING: "list[Program]" = []


class TimeType(dt.datetime):
    """pywin32's time: a datetime with the time zone UTC."""


def _module(name: str, **members: Any) -> types.ModuleType:
    made = types.ModuleType(name)
    vars(made).update(members)
    return made


@cache
def pywin32() -> dict[str, types.ModuleType]:
    """The modules of pywin32 as far as xlwings uses them."""
    client = _module(
        "win32com.client",
        CDispatch=CDispatch,
        DispatchBaseClass=type("DispatchBaseClass", (), {}),
        CoClassBaseClass=type("CoClassBaseClass", (), {}),
        Dispatch=lambda found: found,
        DispatchEx=_no_second_program,
    )
    utc = types.SimpleNamespace(utc=lambda: dt.UTC)
    return {
        "pywintypes": _module(
            "pywintypes", com_error=ComError, error=WindowError, TimeType=TimeType, IID=str
        ),
        "pythoncom": _module(
            "pythoncom", ole_error=ComError, com_error=ComError, CoInitialize=lambda: None
        ),
        "win32api": _module("win32api", MessageBox=_message_box),
        "win32con": _module("win32con", **MESSAGE_BOXES),
        "win32gui": _module("win32gui"),
        "win32process": _module(
            "win32process", GetWindowThreadProcessId=lambda _: (1, RUNNING[-1].pid)
        ),
        "win32timezone": _module("win32timezone", TimeZoneInfo=utc),
        "win32com": _module("win32com", client=client),
        "win32com.client": client,
    }


def _no_second_program(_name: str) -> Any:
    raise AssertionError("Our code started an Excel of its own.")


def _message_box(_window: int, text: str, title: str, style: int) -> int:
    return int(RUNNING[-1].message_box(text, title, style))


@cache
def xlwindows() -> Any:
    """xlwings' module for Windows, which finds the program that is in `RUNNING`."""
    foreign = types.SimpleNamespace(
        ole32=types.SimpleNamespace(CLSIDFromString=lambda *_: 0),
        user32=types.SimpleNamespace(
            GetForegroundWindow=lambda: 0,
            SetForegroundWindow=lambda _: 1,
            SetWindowPos=lambda *_: 1,
        ),
    )
    before = {name: sys.modules.get(name) for name in pywin32()}
    here = os.getcwd()  # noqa: PTH109 - xlwings goes there and back
    missing = {"oledll": foreign, "windll": foreign, "PyDLL": _any_library}
    kept = {name: getattr(ctypes, name, None) for name in missing}
    vars(ctypes).update(missing)
    sys.modules.update(pywin32())
    vars(pywin32()["pythoncom"])["__file__"] = "pythoncom.dll"
    try:
        made: Any = importlib.import_module(NAME)
    finally:
        os.chdir(here)
        _put_back(before)
        for name, one in kept.items():
            if one is None:
                delattr(ctypes, name)
            else:
                setattr(ctypes, name, one)
    atexit.unregister(made.cleanup)
    made.get_excel_hwnds = lambda: iter([RUNNING[-1].hwnd] if _is_there() else [])
    made.get_xl_app_from_hwnd = lambda _: made.COMRetryObjectWrapper(RUNNING[-1].application)
    made.is_hwnd_xl_app = lambda _: _is_there()
    made.Apps.cleanup = staticmethod(lambda: None)
    return made


def _any_library(_path: str) -> Any:
    return types.SimpleNamespace(PyCom_PyObjectFromIUnknown=lambda *_: None)


def _is_there() -> bool:
    return bool(RUNNING) and not RUNNING[-1].is_closed


def _put_back(before: dict[str, types.ModuleType | None]) -> None:
    for name, one in before.items():
        if one is None:
            sys.modules.pop(name, None)
        else:
            sys.modules[name] = one


@contextmanager
def at_the_front(program: "Program") -> Iterator[Any]:
    """xlwings' module while `program` is the running Excel; pywin32 can be imported meanwhile."""
    made = xlwindows()
    before = {name: sys.modules.get(name) for name in pywin32()}
    sys.modules.update(pywin32())
    made.N_COM_ATTEMPTS = 0  # xlwings' own setting, which our code may have changed
    RUNNING.append(program)
    try:
        yield made
    finally:
        RUNNING.remove(program)
        made.BOOK_CALLER = None
        _put_back(before)
