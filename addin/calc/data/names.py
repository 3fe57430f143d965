"""Defined names of books and sheets."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from xlwings import base_classes

from addin.calc.notation import addresses
from addin.calc.places.model import Block, OpenBook, OpenSheet
from addin.calc.program.bridge import UnoError, struct

_BUILT_IN: Final = "_xlnm"


class Name(base_classes.Name):
    """A defined name; `sheet` is None where the whole book knows it."""

    api: Any = None  # a property of the base class, a plain attribute here

    def __init__(self, book: OpenBook, sheet: OpenSheet | None, named: Any) -> None:
        self.book = book
        self.sheet = sheet
        self.api = named

    @property
    def _home(self) -> Any:
        return (self.sheet.api if self.sheet else self.book.document).NamedRanges

    @property
    def local_name(self) -> str:
        """The name without its sheet."""
        return str(self.api.getName())

    @property
    def name(self) -> str:
        """The name; `Sheet1!name` where only a sheet knows it."""
        if self.sheet is None:
            return self.local_name
        return f"{addresses.quoted(self.sheet.name)}!{self.local_name}"

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(addresses.split(value)[1])

    @property
    def refers_to(self) -> str:
        """What the name stands for, as a formula in Excel's notation."""
        return _reference(self.book, self.api.getContent())

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.api.setContent(_content(self.book, value))

    @property
    def refers_to_range(self) -> Block:
        """The range for which the name stands; ValueError where it stands for no range."""
        referred = self.api.getReferredCells()
        if referred is None:
            raise ValueError(f"The name {self.name!r} stands for {self.refers_to}, no range.")
        area = referred.getRangeAddress()
        return self.book.sheet_at(area.Sheet).of_area(area)

    def delete(self) -> None:
        """Take the name away."""
        self._home.removeByName(self.local_name)


class Names(base_classes.Names):
    """The names of a book and its sheets, or those of one sheet."""

    def __init__(self, book: OpenBook, sheet: OpenSheet | None = None) -> None:
        self.book = book
        self.sheet = sheet

    @property
    def api(self) -> Any:
        """Calc's collection of the names that belong here itself."""
        return (self.sheet.api if self.sheet else self.book.document).NamedRanges

    def _all(self) -> list[Name]:
        """The names in the order of the alphabet, as in Excel."""
        found = [Name(self.book, self.sheet, named) for named in self.api]
        if self.sheet is None:
            for sheet in self.book.each_sheet():
                found += [Name(self.book, sheet, named) for named in sheet.api.NamedRanges]
        shown = [name for name in found if not name.local_name.startswith(_BUILT_IN)]
        return sorted(shown, key=lambda name: name.local_name.casefold())

    def __call__(self, name_or_index: str | int) -> Name:
        """The name of a text, or at a place, from 1; KeyError where there is none."""
        if not isinstance(name_or_index, str):
            return self._all()[name_or_index - 1]
        found = find_name(self.book, name_or_index, self.sheet)
        if found is None:
            raise KeyError(name_or_index)
        return found

    def contains(self, name_or_index: str | int) -> bool:
        """Whether a name, or a place in the list, is there."""
        if not isinstance(name_or_index, str):
            return 1 <= name_or_index <= len(self)
        return find_name(self.book, name_or_index, self.sheet) is not None

    __contains__ = contains

    def references(self, wanted: Sequence[str]) -> dict[str, str]:
        """What each wanted name of the book stands for, all in one call; none for no name."""
        job = self.book.office.job
        found = job.references(self.book.document, wanted) if job else [None] * len(wanted)
        known = {key: one for key, one in zip(wanted, found, strict=True) if one is not None}
        references = {key: _reference(self.book, one) for key, one in known.items()}
        for key in wanted:  # LibreOffice without Python, or a name that says its sheet
            is_asked = job is None or addresses.split(key)[0] is not None
            if is_asked and key not in known and (name := find_name(self.book, key)):
                references[key] = name.refers_to
        return references

    def snapshot(self) -> Iterator[tuple[str, Name]]:
        """The names with their text, as they are now."""
        return iter([(name.name, name) for name in self._all()])

    def __iter__(self) -> Iterator[Name]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def add(self, name: str, refers_to: str) -> Name:
        """A new name; an existing one of the same name is changed."""
        return add_name(self.book, name, refers_to, self.sheet)


def find_name(book: OpenBook, text: str, sheet: OpenSheet | None = None) -> Name | None:
    """The name that a text means: on its sheet if it says so, then on `sheet`, then in the book."""
    scope, local = addresses.split(text)
    if scope is not None:
        places = [one for one in book.each_sheet() if one.name.casefold() == scope.casefold()]
        return next((found for one in places if (found := _in(book, one, local))), None)
    if sheet is not None:
        return _in(book, sheet, local)
    found = _in(book, None, local)
    sheets = () if found else book.each_sheet()
    return found or next((name for one in sheets if (name := _in(book, one, local))), None)


def _in(book: OpenBook, sheet: OpenSheet | None, local: str) -> Name | None:
    named = sheet.api.NamedRanges if sheet else book.named_ranges
    try:
        return Name(book, sheet, named.getByName(local))
    except UnoError:  # Excel's names differ by more than their case
        same = [one for one in named.getElementNames() if one.casefold() == local.casefold()]
        return Name(book, sheet, named.getByName(same[0])) if same else None


def add_name(book: OpenBook, text: str, refers_to: str, sheet: OpenSheet | None = None) -> Name:
    """A name of the book or, where the text or the caller says so, of a sheet."""
    scope, local = addresses.split(text)
    if scope is not None:
        sheet = book.sheet_named(scope)
    if existing := _in(book, sheet, local):
        existing.refers_to = refers_to
        return existing
    named = (sheet.api if sheet else book.document).NamedRanges
    home = struct("com.sun.star.table.CellAddress", Sheet=sheet.position if sheet else 0)
    try:
        named.addNewByName(local, _content(book, refers_to), home, 0)
    except UnoError as problem:
        raise ValueError(f"{local!r} cannot be a name: {problem}") from problem
    return Name(book, sheet, named.getByName(local))


def name_of(block: Block) -> Name | None:
    """The name that stands for exactly this range."""
    sheet, area = block.sheet.name, block.area
    for name in Names(block.sheet.book):
        scope, rest = addresses.split(name.refers_to.removeprefix("="))
        if scope == sheet and addresses.parse(rest) == area:
            return name
    return None


def _reference(book: OpenBook, content: str) -> str:
    """What a name stands for, as a formula in Excel's notation."""
    return f"={book.formats.to_excel(content)}"


def _content(book: OpenBook, refers_to: str) -> str:
    """What a name stands for, in Calc's notation; a bare address is one of the active sheet."""
    text = refers_to.removeprefix("=")
    if addresses.parse(text):
        text = f"{addresses.quoted(book.sheet_in_front().name)}!{text}"
    return book.formats.to_calc(text)
