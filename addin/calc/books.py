"""Open documents, opening and saving them."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from xlwings import base_classes

from addin.calc.bridge import UnoError, path, properties, typed, url
from addin.calc.names import Names
from addin.calc.number_formats import Formats
from addin.calc.pages import QUALITIES
from addin.calc.ranges import Range
from addin.calc.sheet_list import Sheets
from addin.calc.sheets import Sheet

if TYPE_CHECKING:
    from addin.calc.app import App

SHEETS_SERVICE: Final = "com.sun.star.sheet.SpreadsheetDocument"
FILTERS: Final = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xlam": "Calc MS Excel 2007 VBA XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".xltm": "Calc MS Excel 2007 XML Template",
    ".xls": "MS Excel 97",
    ".xlt": "MS Excel 97 Vorlage/Template",
    ".ods": "calc8",
    ".ots": "calc8_template",
    ".csv": "Text - txt - csv (StarCalc)",
    ".html": "HTML (StarCalc)",
}
_READ_WITH: Final = {".xlam": "Calc MS Excel 2007 VBA XML"}
# com.sun.star.document.MacroExecMode
_NO_MACROS: Final = 0
_ALL_MACROS: Final = 4


class Books(base_classes.Books):
    """The spreadsheets that are open in one program, in the order in which they were opened."""

    def __init__(self, app: "App") -> None:
        self.app = app
        self._known: dict[str, Book] = {}
        self._last: Book | None = None

    @property
    def api(self) -> Any:
        """LibreOffice's open components."""
        return self.app.office.desktop.Components

    def _documents(self) -> list[Any]:
        documents = [one for one in self.api if is_spreadsheet(one)]
        return sorted(documents, key=lambda document: int(document.RuntimeUID))

    def wrap(self, document: Any) -> "Book":
        """The book of a document: the same one each time, so that what it knows is kept."""
        uid = str(document.RuntimeUID)
        if uid not in self._known:
            self._known[uid] = Book(document, self.app)
        return self._known[uid]

    @property
    def current(self) -> "Book | None":
        """The book in which the user, or the last call, works; None where none is open."""
        document = self.app.office.desktop.getCurrentComponent()
        if document is not None and is_spreadsheet(document) and not self.app.office.is_headless:
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
        documents = self._documents()
        if not 1 <= name_or_index <= len(documents):
            raise KeyError(name_or_index)
        return self.wrap(documents[name_or_index - 1])

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
        return self._opened("private:factory/scalc")

    def open(self, fullname: str, *settings: Any, **more: Any) -> "Book":
        """The book in a file; FileNotFoundError or OSError where Calc cannot open it."""
        file = Path(fullname)
        if not file.exists():
            raise FileNotFoundError(f"No such file: '{fullname}'")
        named = dict(
            zip(("update_links", "read_only", "format", "password"), settings, strict=False)
        )
        named |= more
        options: dict[str, Any] = {"ReadOnly": bool(named.get("read_only"))}
        if named.get("password"):
            options["Password"] = named["password"]
        if file.suffix.lower() in _READ_WITH:
            options["FilterName"] = _READ_WITH[file.suffix.lower()]
        return self._opened(url(str(file)), **options)

    def _opened(self, address: str, **options: Any) -> "Book":
        # Without a screen nothing shows anyway, and a hidden window freezes no panes.
        hidden = not self.app.office.is_headless and not self.app.visible_wanted
        settings = properties(
            Hidden=hidden,
            MacroExecutionMode=_ALL_MACROS if self.app.office.runs_macros else _NO_MACROS,
            UpdateDocMode=0,
            **options,
        )
        try:
            document = self.app.office.desktop.loadComponentFromURL(address, "_blank", 0, settings)
        except UnoError as problem:
            raise OSError(f"LibreOffice cannot open {address}: {problem}") from problem
        if document is None:
            raise OSError(
                f"LibreOffice cannot open {address}: it is locked, damaged or no workbook."
            )
        book = self.wrap(document)
        book.remember_file()
        self.activated(book)
        self.app.opened(book)
        return book


class Book(base_classes.Book):
    """One open spreadsheet."""

    app: "App" = cast("App", None)  # a property of the base class, a plain attribute here

    def __init__(self, document: Any, app: "App") -> None:
        self.document = document
        self.app = app
        self.formats = Formats(document)
        # All three are live; to ask for them each time would be a dear call.
        self.sheet_list = document.getSheets()
        self.named_ranges = document.NamedRanges
        self.database_ranges = document.DatabaseRanges
        self.moves = 0  # how often cells were moved: ranges then look where they are now
        self.kept: dict[tuple[str, str], Any] = {}  # what Calc has no place for, while it is open

    @property
    def api(self) -> Any:
        """The SpreadsheetDocument."""
        return self.document

    @property
    def name(self) -> str:
        """The file's name; before the first saving, Calc's title."""
        address = self.document.getURL()
        if not address.startswith("file:"):  # never saved, or on the net
            return str(self.document.getTitle())
        return Path(path(address)).name

    @property
    def fullname(self) -> str:
        """The file's path; before the first saving, the name."""
        address = self.document.getURL()
        if not address:
            return self.name
        return path(address) if address.startswith("file:") else str(address)

    @property
    def sheets(self) -> Sheets:
        """The sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """The defined names of the book and of its sheets."""
        return Names(self)

    @property
    def selection(self) -> Range | None:
        """The selected range; None where several or something else is selected."""
        selected = self.document.getCurrentSelection()
        if selected is None or not hasattr(selected, "getRangeAddress"):
            return None
        area = selected.getRangeAddress()
        return self.sheet_at(area.Sheet).of_area(area)

    def moved(self) -> None:
        """Note that rows, columns or cells have moved."""
        self.moves += 1

    def sheet_at(self, index: int) -> Sheet:
        """A sheet by its place, from 0."""
        return Sheet(self, self.sheet_list.getByIndex(index))

    def close(self) -> None:
        """Close without saving."""
        self.document.setModified(False)
        self.document.close(True)

    def activate(self) -> None:
        """Bring the book's window to the front."""
        self.app.books.activated(self)
        controller = self.document.getCurrentController()
        if controller is not None:
            controller.getFrame().activate()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save under the same name, or as a new file, in the format that its ending names."""
        if path is None and self.document.getURL() and not password:
            self._store(self.document.store)
            return
        own = Path(self.fullname)
        target = Path(path or (own if self.document.getURL() else f"{own}.xlsx")).resolve()
        suffix = target.suffix.lower()
        if suffix not in FILTERS:
            raise ValueError(f"A workbook cannot be saved as {suffix or 'a file without ending'}.")
        if not target.parent.is_dir():  # LibreOffice would make the folder
            raise FileNotFoundError(f"LibreOffice cannot save {target}: there is no such folder.")
        options = {"Password": password} if password else {}
        settings = properties(FilterName=FILTERS[suffix], Overwrite=True, **options)
        self._store(lambda: self.document.storeAsURL(url(str(target)), settings))
        self.remember_file()

    def remember_file(self) -> None:
        """Note where the book is saved, for the lock file that a killed program leaves there."""
        if address := self.document.getURL():
            self.app.office.files.add(Path(path(address)))

    def _store(self, action: Any) -> None:
        try:
            action()
        except UnoError as problem:
            raise OSError(f"LibreOffice cannot save {self.name}: {problem}") from problem

    def to_pdf(self, path: str, quality: str = "standard") -> None:
        """Print the visible sheets into a PDF file."""
        self.export(path, "calc_pdf_Export", Quality=QUALITIES[quality])

    def export(self, path: str, filter_name: str, **choices: Any) -> None:
        """Write a copy through one of LibreOffice's export filters."""
        data = typed("[]com.sun.star.beans.PropertyValue", properties(**choices))
        settings = properties(FilterName=filter_name, FilterData=data, Overwrite=True)
        self._store(lambda: self.document.storeToURL(url(path), settings))


def is_spreadsheet(component: Any) -> bool:
    """Whether an open component is one of Calc's documents."""
    try:
        return bool(component.supportsService(SHEETS_SERVICE))
    except (UnoError, AttributeError):
        return False
