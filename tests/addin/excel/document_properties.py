"""A book's own properties."""

from typing import TYPE_CHECKING, Any

from excel.com import Collection, ComObject, acts, reads
from excel.errors import ComError, failed

if TYPE_CHECKING:
    from excel.workbooks import Workbook

INVALID_ARGUMENT = -2147024809


class DocumentProperty(ComObject):
    """One property."""

    def __init__(self, book: "Workbook", name: str) -> None:
        super().__init__(book._program)
        self._book = book
        self._name = name

    @reads
    def Name(self) -> str:
        return self._name

    @reads
    def Value(self) -> Any:
        return properties(self._book).getPropertyValue(self._name)

    @acts
    def Delete(self) -> None:
        self._book._state.changes(failed(self._of, "Delete"))
        properties(self._book).removeProperty(self._name)


class CustomDocumentProperties(Collection):
    """The properties that were added to a file."""

    def __init__(self, book: "Workbook") -> None:
        super().__init__(book._program)
        self._book = book

    @property
    def _of(self) -> str:
        return "DocumentProperties"

    def _list(self) -> list[Any]:
        info = properties(self._book).getPropertySetInfo()
        return [DocumentProperty(self._book, one.Name) for one in info.getProperties()]

    def _missing(self, key: Any) -> ComError:
        return ComError(INVALID_ARGUMENT, "参数错误。", None, None)

    @acts
    def Add(
        self, Name: Any, LinkToContent: Any, Type: Any = None, Value: Any = None, *more: Any
    ) -> Any:
        self._book._state.changes(failed(self._of, "Add"))
        properties(self._book).addProperty(str(Name), 128, Value)
        return DocumentProperty(self._book, str(Name))


def properties(book: "Workbook") -> Any:
    """LibreOffice's bag of them."""
    return book._state.calc.document.DocumentProperties.UserDefinedProperties
