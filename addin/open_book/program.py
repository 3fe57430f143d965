"""Which program the open book is in."""

import sys

import xlwings as xw


def is_com(book: xw.Book) -> bool:
    """Whether the program is Excel on Windows, whose own object model `.api` is."""
    return book.app.engine.name == "excel" and sys.platform != "darwin"
