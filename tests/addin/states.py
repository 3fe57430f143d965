"""The states in which a clerk's book can be when a button is pressed, and how to bring it there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import xlwings as xw
from excel.fixtures import Excel
from excel.program import Busy
from openpyxl import Workbook as Book
from openpyxl.workbook.protection import WorkbookProtection

from workbook.checking.kinds import find_kind
from workbook.form.sample import Sample
from workbook.making.build import as_bytes, build_workbook

KINDS = ("department", "project", "project_sichuan")
PASSWORD = "caizheng2023"
# One figure typed wrong: which field, and what was typed.
SLIPS: dict[str, tuple[str, float]] = {
    "department": ("基本支出", 195.94),
    "project": ("项目支出", 96.75),
    "project_sichuan": ("项目支出", 125000.0),
}
URL = "https://d.docs.live.net/1a2b3c4d5e6f/绩效/填报.xlsx"
TEAM_URL = "https://xx.sharepoint.com/sites/caizheng/Shared Documents/绩效/填报.xlsx"
MANY = 8  # calls: the names are being read
EDITED, REOPEN = "结束编辑", "重新打开"
Dress = Callable[[Book], None]


def _as_built(_: Book) -> None:
    """As `gouji new --sample` makes it."""


def _locked_sheets(book: Book) -> Iterator[Any]:
    return (sheet.protection for sheet in book if sheet.protection.sheet)


def _without_formatting(book: Book) -> None:
    """As books were made that have been handed out."""
    for protection in _locked_sheets(book):
        protection.formatCells = True


def _with_objects(book: Book) -> None:
    """The clerk protected everything again in Excel's dialog, as it stands there by default."""
    for protection in _locked_sheets(book):
        protection.formatCells = protection.formatColumns = protection.formatRows = True
        protection.objects = protection.scenarios = True


def _with_password(book: Book) -> None:
    _with_objects(book)
    for protection in _locked_sheets(book):
        protection.set_password(PASSWORD)


def _with_structure(book: Book) -> None:
    book.security = WorkbookProtection(lockStructure=True)


def _with_all_of_it(book: Book) -> None:
    _with_password(book)
    _with_structure(book)


@cache
def book_bytes(kind: str, dress: Dress, *, is_broken: bool) -> bytes:
    """The filled workbook of a kind."""
    loaded = find_kind(kind)
    sample = loaded.sample
    if is_broken:
        key, typed = SLIPS[kind]
        sample = Sample({**sample.fields, key: typed}, sample.tables)
    book = build_workbook(loaded.form, loaded.rules, sample)
    dress(book)
    return as_bytes(book)


def _calmly(_: Excel) -> None:
    """Excel answers as ever."""


@dataclass(frozen=True)
class State:
    """A state: how the file is dressed, how it is opened, what is to be expected.

    `arm`: what befalls Excel just before each press.
    `is_read`: the book can be read, so that its findings must be shown and its report made.
    `is_marked`: every finding's cell can be marked and the list stand in the book.
    `tells`: what the clerk must be told to do, where it is not read.
    """

    name: str
    open: Callable[[Excel, Path], xw.Book]
    dress: Dress = _as_built
    arm: Callable[[Excel], None] = _calmly
    is_read: bool = True
    is_marked: bool = True
    tells: str = ""

    def __str__(self) -> str:
        return self.name


def _plainly(excel: Excel, path: Path) -> xw.Book:
    return excel.open(path)


def _from_the_udf_server(excel: Excel, path: Path) -> xw.Book:
    excel.open(path)
    excel.called_from(excel.program.books[-1])
    return xw.Book.caller()


def _read_only(excel: Excel, path: Path) -> xw.Book:
    return excel.open(path, read_only=True)


def _in_protected_view(excel: Excel, path: Path) -> xw.Book:
    excel.open(path, is_protected_view=True)
    return excel.addin()


def _no_book(excel: Excel, _path: Path) -> xw.Book:
    return excel.addin()


def _never_saved(excel: Excel, path: Path) -> xw.Book:
    return excel.never_saved(path)


def _on_onedrive(excel: Excel, path: Path) -> xw.Book:
    """Excel names a URL; the local folder is the one that OneDrive says it is."""
    return excel.open(path, full_name=URL)


def _on_sharepoint(excel: Excel, path: Path) -> xw.Book:
    """A team's folder that this computer has no copy of."""
    return excel.open(path, full_name=TEAM_URL)


def _refusing(how: Busy, times: int | None) -> Callable[[Excel], None]:
    return lambda excel: excel.refuse(how, times)


def _closing(calls: int) -> Callable[[Excel], None]:
    return lambda excel: excel.close_after(calls)


def _busy(how: Busy, times: int) -> State:
    number = {1: "once", 3: "three times"}[times]
    return State(f"busy {number}, {how.value}", _plainly, arm=_refusing(how, times))


def _unread(name: str, tells: str, arm: Callable[[Excel], None]) -> State:
    return State(name, _plainly, arm=arm, is_read=False, tells=tells)


AS_BUILT = State("as built", _plainly)
STATES = (
    AS_BUILT,
    State("called by the UDF server", _from_the_udf_server),
    State("formatting locked", _plainly, _without_formatting),
    State("everything locked", _plainly, _with_objects),
    State("password on sheets", _plainly, _with_password, is_marked=False),
    State("structure locked", _plainly, _with_structure, is_marked=False),
    State("password and structure", _plainly, _with_all_of_it, is_marked=False),
    State("read-only", _read_only),
    State("never saved", _never_saved),
    State("on OneDrive", _on_onedrive),
    State("on SharePoint", _on_sharepoint),
    _busy(Busy.REJECTED, 1),
    _busy(Busy.IGNORED, 1),
    _busy(Busy.IGNORED, 3),
    State("Protected View", _in_protected_view, is_marked=False),
    State("no book", _no_book, is_read=False, tells="请先打开"),
    _unread("busy without end, rejected", EDITED, _refusing(Busy.REJECTED, None)),
    _unread("busy without end, ignored", EDITED, _refusing(Busy.IGNORED, None)),
    _unread("closed before", REOPEN, _closing(0)),
    _unread("closed in the middle", REOPEN, _closing(MANY)),
)


def named(name: str) -> State:
    """The state of that name."""
    (found,) = [one for one in STATES if one.name == name]
    return found
