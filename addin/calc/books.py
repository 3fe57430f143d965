"""xlwings' books: the documents that are open in one program."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlwings import base_classes

from addin.calc.data.names import Names
from addin.calc.places.model import Block, OpenBook, Program
from addin.calc.program import documents
from addin.calc.sheet_list import Sheets
from addin.calc.sheets import Sheet


class Books(base_classes.Books):
    """The spreadsheets that are open in one program, in the order in which they were opened."""

    def __init__(self, app: Program) -> None:
        self.app = app
        self._known: dict[str, Book] = {}
        self._last: Book | None = None

    @property
    def api(self) -> Any:
        """LibreOffice's open components."""
        return self.app.office.desktop.Components

    def _documents(self) -> list[Any]:
        found = [one for one in self.api if documents.is_spreadsheet(one)]
        return sorted(found, key=lambda document: int(document.RuntimeUID))

    def wrap(self, document: Any) -> "Book":
        """The book of a document: the same one each time, so that what it knows is kept."""
        uid = str(document.RuntimeUID)
        if uid not in self._known:
            self._known[uid] = Book(document, self)
        return self._known[uid]

    @property
    def current(self) -> "Book | None":
        """The book in which the user, or the last call, works; None where none is open."""
        office = self.app.office
        document = office.desktop.getCurrentComponent()
        is_ours = document is not None and documents.is_spreadsheet(document)
        if is_ours and not office.is_headless:
            return self.wrap(document)
        books = list(self)
        return self._last if self._last in books else books[-1] if books else None

    @property
    def active(self) -> "Book":
        """The active book; IndexError where none is open."""
        book = self.current
        if book is None:
            raise IndexError("No workbook is open.")
        return book

    def activated(self, book: "Book") -> None:
        """Remember which book was activated last."""
        self._last = book

    def __call__(self, name_or_index: str | int) -> "Book":
        """The book of a name, in any case, or at a place, from 1; KeyError where none is."""
        if isinstance(name_or_index, str):
            for book in self:
                if book.name.lower() == name_or_index.lower():
                    return book
            raise KeyError(name_or_index)
        found = self._documents()
        if not 1 <= name_or_index <= len(found):
            raise KeyError(name_or_index)
        return self.wrap(found[name_or_index - 1])

    def __contains__(self, key: str | int) -> bool:
        with contextlib.suppress(KeyError):
            return bool(self(key))
        return False

    def __len__(self) -> int:
        return len(self._documents())

    def __iter__(self) -> Iterator["Book"]:
        yield from map(self.wrap, self._documents())

    def add(self) -> "Book":
        """A new, empty book."""
        return self._opened(documents.new(self.app.office, hidden=self._opens_hidden))

    def open(
        self,
        fullname: str,
        update_links: Any = None,
        read_only: bool | None = None,
        format: Any = None,
        password: str | None = None,
        *_settings: Any,
        **_more: Any,
    ) -> "Book":
        """The book in a file; FileNotFoundError or OSError where Calc cannot open it."""
        return self._opened(
            documents.load(
                self.app.office,
                Path(fullname),
                hidden=self._opens_hidden,
                read_only=bool(read_only),
                password=password,
            )
        )

    @property
    def _opens_hidden(self) -> bool:
        """Without a screen nothing shows anyway, and a hidden window freezes no panes."""
        return not self.app.office.is_headless and not self.app.visible_wanted

    def _opened(self, document: Any) -> "Book":
        book = self.wrap(document)
        self.activated(book)
        self.app.settle(document)
        return book


class Book(OpenBook, base_classes.Book):
    """One open spreadsheet."""

    def __init__(self, document: Any, books: Books) -> None:
        super().__init__(document, books.app)
        self._books = books

    app = property(lambda self: self.program)

    @property
    def api(self) -> Any:
        """The SpreadsheetDocument."""
        return self.document

    @property
    def fullname(self) -> str:
        """The file's path; before the first saving, the name."""
        return documents.path_of(self.document)

    @property
    def sheets(self) -> Sheets:
        """The sheets."""
        return Sheets(self)

    def sheet_of(self, api: Any) -> Sheet:
        """The sheet that one of Calc's sheets is."""
        return Sheet(self, api)

    @property
    def names(self) -> Names:
        """The defined names of the book and of its sheets."""
        return Names(self)

    @property
    def selection(self) -> Block | None:
        """The selected range; None where several or something else is selected."""
        selected = self.document.getCurrentSelection()
        if selected is None or not hasattr(selected, "getRangeAddress"):
            return None
        area = selected.getRangeAddress()
        return self.sheet_at(area.Sheet).of_area(area)

    def close(self) -> None:
        """Close without saving."""
        self.document.setModified(False)
        self.document.close(True)

    def activate(self) -> None:
        """Bring the book's window to the front."""
        self._books.activated(self)
        controller = self.document.getCurrentController()
        if controller is not None:
            controller.getFrame().activate()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save under the same name, or as a new file, in the format that its ending names."""
        documents.save(self.office, self.document, path, password)

    def to_pdf(self, path: str, quality: str = "standard") -> None:
        """Print the visible sheets into a PDF file."""
        documents.print_to_pdf(self.document, path, quality=quality)
