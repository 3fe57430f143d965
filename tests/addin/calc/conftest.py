"""xlwings on the LibreOffice of the tests."""

from collections.abc import Iterator

import pytest
import xlwings as xw


@pytest.fixture(scope="module")
def app(calc: None) -> xw.App:
    """xlwings' program."""
    app = xw.apps.active
    assert app is not None
    return app


@pytest.fixture
def book(app: xw.App) -> Iterator[xw.Book]:
    """An empty workbook."""
    book = app.books.add()
    yield book
    if book in list(app.books):
        book.close()


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    """The empty workbook's sheet."""
    return book.sheets[0]
