"""The open book as a file of its own, whatever of it is saved."""

from pathlib import Path

import xlwings as xw

from addin.open_book.place import local_file
from addin.open_book.program import is_com


def save_copy(book: xw.Book, path: Path) -> None:
    """Write the book as it stands to `path`, an .xlsx file; on a Mac as it was last saved.

    Raises `OSError` where the program cannot write it, or a Mac's book was never saved.
    """
    if is_com(book):
        book.api.SaveCopyAs(str(path))
        return
    if book.app.engine.name != "excel":
        from addin.calc.program.documents import FILTERS, export  # noqa: PLC0415 - Excel has no UNO

        export(book.impl.document, str(path), FILTERS[".xlsx"])
        return
    saved = local_file(book)
    if saved is None:
        raise OSError("the book was never saved")
    path.write_bytes(saved.read_bytes())
