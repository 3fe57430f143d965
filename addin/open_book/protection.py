"""A sheet's protection, lifted around a change and put back with the same options.

Only protection without a password is ever lifted. `Unprotect` is always given an (empty) password:
without one Excel asks the clerk for it in a dialog and waits.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, Final

import xlwings as xw

from addin.open_book.busy import is_busy, is_gone, patiently

# What Worksheet.Protection tells and Worksheet.Protect takes, in Excel's own words.
ALLOWED: Final = (
    "AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows",
    "AllowInsertingColumns", "AllowInsertingRows", "AllowInsertingHyperlinks",
    "AllowDeletingColumns", "AllowDeletingRows", "AllowSorting", "AllowFiltering",
    "AllowUsingPivotTables",
)  # fmt: skip
# What Protect takes, and the property of the sheet that tells it.
_COVERED: Final = {
    "DrawingObjects": "ProtectDrawingObjects",
    "Contents": "ProtectContents",
    "Scenarios": "ProtectScenarios",
    "UserInterfaceOnly": "ProtectionMode",
}
# Properties of the sheet that Protect does not take and Unprotect may reset.
_BESIDE: Final = ("EnableSelection", "EnableOutlining", "EnableAutoFilter")


@contextmanager
def unlocked(sheet: xw.Sheet) -> Iterator[bool]:
    """Whether the sheet's cells may be changed now; a lock without a password is off meanwhile."""
    may_change, put_back = _opened(sheet)
    try:
        yield may_change
    finally:
        put_back()


def structure_is_locked(book: xw.Book) -> bool:
    """Whether sheets can be neither added nor deleted."""
    api = book.api
    if not _is_excel(book):
        return bool(api.isProtected())
    return _told(api, "ProtectStructure", "protect_structure")


def is_read_only(book: xw.Book) -> bool:
    """Whether the book cannot be saved under its own name, so that marks in it would be lost."""
    api = book.api
    if not _is_excel(book):
        return bool(api.isReadonly())
    return _told(api, "ReadOnly", "read_only")


def _opened(sheet: xw.Sheet) -> tuple[bool, Callable[[], object]]:
    """Whether the cells may be changed, and what puts the protection back."""
    if not _is_excel(sheet.book):
        return _opened_in_calc(sheet.api)
    if _is_mac():  # whose dictionary has no options to put back
        return not _told(sheet.api, "ProtectContents", "protect_contents"), _nothing
    return _opened_in_excel(sheet.api)


def _opened_in_calc(api: Any) -> tuple[bool, Callable[[], object]]:
    """Calc keeps a sheet's options while it is not protected."""
    from addin.calc.program.bridge import UnoError  # noqa: PLC0415 - Excel's computers have no UNO

    if not api.isProtected():
        return True, _nothing
    with suppress(UnoError):  # which another password is answered with
        api.unprotect("")
    is_open = not api.isProtected()
    return is_open, (lambda: api.protect("")) if is_open else _nothing


def _opened_in_excel(api: Any) -> tuple[bool, Callable[[], object]]:
    covered = {word: bool(getattr(api, name)) for word, name in _COVERED.items()}
    if not any(covered[word] for word in ("DrawingObjects", "Contents", "Scenarios")):
        return True, _nothing
    options = covered | {name: bool(getattr(api.Protection, name)) for name in ALLOWED}
    beside = {name: getattr(api, name) for name in _BESIDE}
    if not _unprotected(api):
        return covered["UserInterfaceOnly"], _nothing
    return True, lambda: _put_back(api, options, beside)


def _unprotected(api: Any) -> bool:
    """Whether the empty password opened the sheet; for another, Excel raises an error."""
    try:
        patiently(lambda: api.Unprotect(""))
    except Exception as error:
        if getattr(error, "hresult", None) is None:
            raise
        return False
    return not api.ProtectContents and not api.ProtectDrawingObjects


def _put_back(api: Any, options: dict[str, bool], beside: dict[str, Any]) -> None:
    """Protect the sheet as it was; a moment in which Excel is busy must not leave it open."""
    patiently(lambda: api.Protect(**options))
    for name, value in beside.items():
        patiently(partial(setattr, api, name, value))


def _told(api: Any, word: str, word_on_mac: str) -> bool:
    """What Excel says; True, the careful answer, where it does not say."""
    try:
        return bool(getattr(api, word_on_mac).get() if _is_mac() else getattr(api, word))
    except Exception as error:
        if is_busy(error) or is_gone(error):
            raise
        return True


def _is_excel(book: xw.Book) -> bool:
    return book.app.engine.name == "excel"


def _is_mac() -> bool:
    return sys.platform == "darwin"


def _nothing() -> None:
    """Nothing was lifted."""
