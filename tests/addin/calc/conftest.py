"""One headless LibreOffice for the session, and xlwings on it."""

from collections.abc import Iterator

import pytest
import xlwings as xw


@pytest.fixture(scope="module")
def app(soffice: str) -> Iterator[xw.App]:
    """xlwings' program: a LibreOffice of the tests' own."""
    pytest.importorskip("addin.calc.program.bridge", exc_type=ImportError)
    from addin.calc.engine import register
    from addin.calc.program.office import start

    register(start(program=soffice))
    app = xw.apps.active
    assert app is not None
    yield app
    app.quit()


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
