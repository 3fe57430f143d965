"""Which form the open book says it is."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import xlwings as xw

from addin.open_book.busy import is_busy, is_gone, patiently
from addin.open_book.place import local_file
from addin.open_book.program import is_com
from addin.open_book.sheets_and_names import references
from workbook.catalogue.model import Language
from workbook.findings.marked_list import MARKED
from workbook.reading.saved import saved_identity
from workbook.reading.snapshot import (
    FORM_PROPERTY,
    KIND_PROPERTY,
    VERSION_PROPERTY,
    Identity,
    identity_of,
)


def identity(book: xw.Book) -> Identity:
    """The form that the book says it is: by its file, else by the book itself, else by a copy."""
    found = Identity(None, None)
    for found in _identities(book):
        if found.kind is not None:
            break
    return found


def spoken(book: xw.Book) -> Language:
    """The language of the book's form, by a name in it: a click has no time to look for its kind.

    Chinese of a book that is no form.
    """
    named = patiently(lambda: references(book, list(MARKED)))
    return "en" if named.get(MARKED.en) and not named.get(MARKED.zh) else "zh"


def _identities(book: xw.Book) -> Iterator[Identity]:
    path = local_file(book)
    if path is not None:
        yield saved_identity(path)
    try:
        yield identity_of(_properties(book))
    except Exception as error:
        if is_busy(error) or is_gone(error):
            raise
    if is_com(book):
        with suppress(OSError), tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, "copy.xlsx")
            book.api.SaveCopyAs(str(copy))
            yield saved_identity(copy)


def _properties(book: xw.Book) -> dict[str, Any]:
    """The custom document properties that name the form."""
    if book.app.engine.name == "excel" and not is_com(book):
        return {}
    there: Any = book.api
    if is_com(book):
        there = there.CustomDocumentProperties
        return dict(_asked(lambda name: there.Item(name).Value))
    there = there.DocumentProperties.UserDefinedProperties
    return dict(_asked(there.getPropertyValue))


def _asked(ask: Callable[[str], Any]) -> Iterator[tuple[str, Any]]:
    """The properties by name: what the book is, and of the form's state all parts."""
    yield from ((name, ask(name)) for name in (KIND_PROPERTY, VERSION_PROPERTY))
    for number in count(1):
        name = FORM_PROPERTY.format(number)
        try:
            value = ask(name)
        except Exception as error:
            if is_busy(error) or is_gone(error):
                raise
            return  # each program has its own way to say that there is no such property
        yield name, value
