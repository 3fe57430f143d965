"""Where the open book lies on this computer, if it does."""

from pathlib import Path
from typing import Any

import xlwings as xw

from addin.open_book.onedrive import is_url, of_this_computer
from addin.open_book.program import is_com


def full_name(book: xw.Book) -> str:
    """The book's path, its address on the net, or the name of one that was never saved."""
    # xlwings looks for the file behind an address by itself, and raises where it finds none.
    return str(book.api.FullName) if is_com(book) else str(book.fullname)


def local_file(book: xw.Book) -> Path | None:
    """The book's file on this computer; None where it was never saved, or only on the net."""
    name = full_name(book)
    if is_url(name):
        return of_this_computer(name)
    return Path(name) if Path(name).is_absolute() else None


def path_of(book: xw.Book) -> Path:
    """The book's file, or only a name for it where there is no file on this computer."""
    return local_file(book) or Path(full_name(book).replace("\\", "/").rpartition("/")[2])


def home(book: xw.Book | None) -> Path:
    """The folder of the open book; the clerk's own where it lies nowhere or none is open."""
    path = None if book is None else local_file(book)
    is_addin = path is not None and path.suffix == ".xlam"  # which speaks for Excel without a book
    return Path.home() if path is None or is_addin else path.parent


def is_addin(book: xw.Book) -> bool:
    """Whether it is the add-in itself, which speaks for Excel where no book is open."""
    return str(book.name).lower().endswith(".xlam")


def in_protected_view(book: xw.Book) -> Path | None:
    """The file in front in Excel's Protected View, where no program may touch it; else None."""
    if not is_com(book) or not is_addin(book):
        return None
    window: Any = book.app.api.ActiveProtectedViewWindow
    return None if window is None else Path(str(window.SourcePath), str(window.SourceName))
